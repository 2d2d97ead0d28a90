//! Whether the answers of the books are the sums of the entries: after every step for what the step
//! touched, and now and then for everything.

use super::{Held, Kept, Law, Oracle, Stock, Sums, hold};
use mingzhang_books::entry::{Pot, Version};
use mingzhang_books::line::{Line, Source};
use mingzhang_books::names::UnitCode;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::state::{Account, Books, Pile, Status, Year};
use mingzhang_model::key::{Fund, Key, Measure, Stage};
use mingzhang_model::set::{Member, Set};
use std::collections::BTreeMap;

fn same<T: PartialEq + std::fmt::Debug>(told: T, sum: T, what: impl FnOnce() -> String) -> Held {
    hold(told == sum, Law::Answers, || format!("{}: the books say {told:?}, the entries add up to {sum:?}", what()))
}

impl Oracle {
    /// Holds the books against the sums, where entries have touched them since the last comparison.
    ///
    /// # Errors
    /// Where they differ.
    pub fn compare(&mut self, books: &Books) -> Held {
        same(books.count(), self.count, || "the number of entries".into())?;
        same(books.hash(), self.hash, || "the last hash".into())?;
        for line in std::mem::take(&mut self.lines_touched) {
            let sums = self.years.get(&(line.unit.clone(), line.year)).and_then(|kept| kept.lines.get(&line));
            let account = books.year(&line.unit, line.year).and_then(|year| year.account(&line));
            same_line(&line, account, sums)?;
        }
        for pot in std::mem::take(&mut self.pots_touched) {
            let stock = self.years.get(&(pot.unit.clone(), pot.year)).and_then(|kept| kept.pots.get(&pot));
            let pile = books
                .year(&pot.unit, pot.year)
                .and_then(|year| year.pots().find(|(other, _)| **other == pot).map(|(_, pile)| *pile));
            same_pot(&pot, pile, stock)?;
        }
        Ok(())
    }

    /// Holds everything against everything, and asks the pivot.
    ///
    /// # Errors
    /// Where they differ.
    pub fn compare_all(&mut self, books: &Books) -> Held {
        self.compare(books)?;
        for (id, (first, last)) in &self.requests {
            same(books.done(id).map(|done| (done.first, done.last)), Some((*first, *last)), || {
                format!("request {id}")
            })?;
        }
        for code in self.units.keys() {
            let years: Vec<u16> = books.years_of(code).map(|(year, _)| year).collect();
            let kept = self.years.range((code.clone(), 0)..=(code.clone(), u16::MAX));
            same(years, kept.map(|((_, year), _)| *year).collect(), || format!("the years of {code}"))?;
            same(books.is_closed(code), self.gone.contains(code), || format!("whether {code} is closed"))?;
        }
        for ((unit, person, role), held) in self.roles.iter().map(|key| (key, true)) {
            let told = books.roles(person, unit).iter().any(|other| other.word() == *role);
            same(told, held, || format!("{role} of {person} at {unit}"))?;
        }
        for ((unit, number), kept) in &self.years {
            let Some(year) = books.year(unit, *number) else {
                return hold(false, Law::Answers, || format!("{unit} {number} is not in the books"));
            };
            same_year(unit, *number, year, kept)?;
            self.carried(unit, *number, kept)?;
        }
        for ((unit, contract), sum) in &self.contracts {
            let told = books.years_of(unit).map(|(_, year)| year.paid_under(contract).0).sum();
            same(*sum, told, || format!("contract {contract} of {unit}"))?;
        }
        for ((unit, register), rows) in &self.rows {
            let told: Vec<_> = books.rows(unit, register).collect();
            same(told, rows.iter().collect(), || format!("{register} of {unit}"))?;
        }
        self.compare_pivots(books)
    }

    /// I10, looked at from the side of the next year.
    fn carried(&self, unit: &UnitCode, year: u16, kept: &Kept) -> Held {
        let Some(next) = self.years.get(&(unit.clone(), year + 1)).filter(|_| kept.closed) else { return Ok(()) };
        for (pot, stock) in &kept.pots {
            let after = Pot { year: year + 1, ..pot.clone() };
            let opening = next.pots.get(&after).map_or(0, |stock| stock.opening);
            hold(stock.left() == opening, Law::Carried, || format!("{pot:?}: {} and {opening}", stock.left()))?;
        }
        let openings: i64 = next.pots.values().map(|stock| stock.opening).sum();
        let left: i64 = kept.pots.values().map(Stock::left).sum();
        hold(openings == left, Law::Carried, || format!("{unit} {year} leaves {left}, the next has {openings}"))
    }

    fn compare_pivots(&self, books: &Books) -> Held {
        for code in self.units.keys() {
            self.compare_pivot(books, &Scope::Own(code.clone()), &[code])?;
        }
        for top in self.units.values().filter(|unit| unit.parent.is_none()) {
            let below: Vec<&UnitCode> =
                self.units.keys().filter(|unit| self.above(unit).any(|above| *above == top.code)).collect();
            self.compare_pivot(books, &Scope::Consolidated(top.code.clone()), &below)?;
        }
        Ok(())
    }

    fn compare_pivot(&self, books: &Books, scope: &Scope, units: &[&UnitCode]) -> Held {
        let pivot = Pivot::of(books, scope);
        let mut sums: BTreeMap<(u16, &str, &str, &str), i64> = BTreeMap::new();
        for ((_, year), kept) in self.years.iter().filter(|((unit, _), _)| units.contains(&unit)) {
            let mut put = |stage: Stage, measure: Measure, fund: Fund, amount: i64| {
                *sums.entry((*year, stage.word(), measure.word(), fund.word())).or_default() += amount;
            };
            gather(kept, units, &mut put);
        }
        let years: Vec<u16> =
            (self.years.keys().filter(|(unit, _)| units.contains(&unit))).map(|(_, year)| *year).collect();
        for year in years {
            for stage in Stage::ALL {
                for (measure, fund) in
                    Measure::ALL.iter().flat_map(|measure| Fund::ALL.iter().map(move |fund| (measure, fund)))
                {
                    let key = Key { funds: Set::only(*fund), ..Key::everything(year, *stage, Set::only(*measure)) };
                    let sum = sums.get(&(year, stage.word(), measure.word(), fund.word())).copied().unwrap_or(0);
                    same(pivot.amount(&key).0, sum, || format!("{scope:?} {key}"))?;
                }
            }
        }
        Ok(())
    }
}

/// The money of a year as disclosures count it, what goes between these units left out.
fn gather(kept: &Kept, units: &[&UnitCode], put: &mut impl FnMut(Stage, Measure, Fund, i64)) {
    let inside = |unit: Option<&UnitCode>| unit.is_some_and(|unit| units.contains(&unit));
    let mut budget = |line: &Line, stage: Stage, amount: i64| {
        match &line.source {
            Source::Current => put(stage, Measure::Income, line.fund, amount),
            Source::CarriedOver => put(stage, Measure::Opening, line.fund, amount),
            Source::Surplus => put(stage, Measure::SurplusUse, line.fund, amount),
            Source::Internal(unit) if !inside(Some(unit)) => put(stage, Measure::Income, line.fund, amount),
            Source::Internal(_) => {}
        }
        if !inside(line.purpose.counterparty()) {
            put(stage, Measure::Expenditure, line.fund, amount);
        }
    };
    let order = [Version::Approved, Version::SecondSubmission, Version::FirstSubmission];
    let newest = order.iter().filter_map(|version| kept.versions.get(version.word())).find(|lines| !lines.is_empty());
    for (line, amount) in newest.into_iter().flatten() {
        budget(line, Stage::Initial, *amount);
        if !kept.is_approved() {
            budget(line, Stage::Adjusted, *amount);
        }
    }
    for (line, sums) in &kept.lines {
        budget(line, Stage::Adjusted, sums.adjusted());
    }
    for (line, sums) in kept.lines.iter().filter(|(line, _)| !inside(line.purpose.counterparty())) {
        put(Stage::FinalAccounts, Measure::Expenditure, line.fund, sums.paid);
    }
    for (pot, stock) in &kept.pots {
        let mut told = |measure, amount| put(Stage::FinalAccounts, measure, pot.fund, amount);
        told(Measure::Opening, stock.opening - stock.recovered);
        told(Measure::Income, stock.received);
        told(Measure::SurplusUse, stock.used);
        told(Measure::SurplusDistribution, stock.distributed);
        told(Measure::Closing, stock.left());
    }
    for (receipt, _) in kept.receipts.values().filter(|(receipt, back)| !back && inside(receipt.from.as_ref())) {
        put(Stage::FinalAccounts, Measure::Income, receipt.pot.fund, -receipt.amount.0);
    }
}

fn same_line(line: &Line, account: Option<&Account>, sums: Option<&Sums>) -> Held {
    let told = account.map(|account| Sums {
        initial: account.initial.0,
        changes: account.adjusted_by.0,
        allotted: account.allotted.0,
        reserved: account.reserved.0,
        paid: account.paid.0,
        paid_in: account.paid_in.map(|amount| amount.0),
        plan: (1..)
            .zip(account.plan.iter().flat_map(|plan| plan.iter()))
            .map(|(month, amount)| (month, amount.0))
            .collect(),
    });
    // A month without a plan and a plan of nothing are one thing once any month is planned.
    let sums = sums.cloned().map(|mut sums| {
        if !sums.plan.is_empty() {
            (1..=12).for_each(|month| *sums.plan.entry(month).or_default() += 0);
        }
        sums
    });
    if let (Some(account), Some(sums)) = (account, &sums) {
        same(account.adjusted().0, sums.adjusted(), || format!("adjusted: {line}"))?;
        same(account.free().0, sums.adjusted() - sums.paid - sums.reserved, || format!("free: {line}"))?;
    }
    same(told, sums, || line.to_string())
}

fn same_pot(pot: &Pot, pile: Option<Pile>, stock: Option<&Stock>) -> Held {
    let told = pile.map(|pile| Stock {
        opening: pile.opening.0,
        since: pile.since,
        received: pile.received.0,
        used: pile.surplus_used.0,
        paid: pile.paid.0,
        paid_old: pile.paid_old.0,
        distributed: pile.distributed.0,
        recovered: pile.recovered.0,
    });
    same(pile.map(|pile| pile.closing().0), stock.map(Stock::left), || format!("what is left in {pot:?}"))?;
    same(told, stock.copied(), || format!("{pot:?}"))
}

fn same_year(unit: &UnitCode, number: u16, year: &Year, kept: &Kept) -> Held {
    let what = |what: &str| format!("{what} of {unit} {number}");
    let status = match &year.status {
        Status::Open => (false, false),
        Status::Closed(_) => (true, false),
        Status::Approved(..) => (true, true),
    };
    same(status, (kept.closed, kept.approved_accounts), || what("how far"))?;
    same(year.accounts().len(), kept.lines.len(), || what("the lines"))?;
    for (line, sums) in &kept.lines {
        same_line(line, year.account(line), Some(sums))?;
    }
    let piles: BTreeMap<&Pot, &Pile> = year.pots().collect();
    same(piles.len(), kept.pots.len(), || what("the pots"))?;
    for (pot, stock) in &kept.pots {
        same_pot(pot, piles.get(pot).map(|pile| **pile), Some(stock))?;
    }
    for version in Version::ALL {
        let told: BTreeMap<Line, i64> = year.version(*version).map(|(line, amount)| (line.clone(), amount.0)).collect();
        let lines = kept.versions.get(version.word()).cloned().unwrap_or_default();
        same(&told, &lines, || what(version.word()))?;
        let hash = year.frozen(*version).map(|frozen| frozen.hash.as_str());
        same(hash, kept.frozen.get(version.word()).map(|(_, hash)| hash.as_str()), || what("the hash"))?;
        if let Some((then, _)) = kept.frozen.get(version.word()) {
            hold(*then == told, Law::Frozen, || what("the frozen version"))?;
        }
    }
    let open: Vec<_> = year.open_reservations().into_iter().map(|(id, held)| (id.clone(), held.left.0)).collect();
    let mut left: Vec<_> = kept.reservations.iter().map(|(id, (_, left))| (id.clone(), *left)).collect();
    left.retain(|(_, left)| *left != 0);
    left.sort();
    same(open, left, || what("the open reservations"))?;
    same(year.payments().count(), kept.payments.len(), || what("the payments"))?;
    for (id, (payment, back)) in &kept.payments {
        let told = year.payment(id).map(|paid| (paid.amount.0, paid.month, paid.reversed));
        same(told, Some((payment.amount.0, payment.on.month(), *back)), || format!("payment {id}"))?;
    }
    for (id, (receipt, back)) in &kept.receipts {
        let told = year.receipt(id).map(|received| (received.amount.0, received.reversed));
        same(told, Some((receipt.amount.0, *back)), || format!("receipt {id}"))?;
    }
    same(year.receipts().count(), kept.receipts.len(), || what("the receipts"))?;
    same(year.adjustments().count(), kept.adjustments.len(), || what("the adjustments"))?;
    let ceilings: BTreeMap<&str, i64> = year.ceilings.iter().map(|(group, one)| (*group, one.amount.0)).collect();
    same(&ceilings, &kept.ceilings, || what("the ceilings"))?;
    let words: BTreeMap<String, String> =
        year.explanations().map(|(place, words)| (place.to_owned(), words.to_owned())).collect();
    same(&words, &kept.words, || what("the words"))
}
