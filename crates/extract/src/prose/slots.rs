//! Paragraphs that stand as the form prescribes them: what their numbers are, by the slots that they fill.
//!
//! The narrative by which a form is written reads what is written: a paragraph that is one of the narrative's from
//! its first letter to its last says of each number what its slot says. So the wording of a form is told once, and
//! what one place words in its own way needs no phrase.
//!
//! It adds and never overrules. A number that other words have named already keeps that name. Where the slot would
//! give it another, one of the two readings is wrong and nobody here knows which: nothing is added, and no share or
//! change is told of that number. Money that no table shows and numbers that two ways to read tell differently get no
//! claim. A paragraph that is nearly the form's is none.

mod pattern;
mod reading;

use super::claims::paragraphs;
use super::reported;
use super::stated::MONEY;
use mingzhang_model::code::{FunctionalCode, Level};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::key::{Economic, Function, Key, Stage};
use mingzhang_model::prose::{Claim, Direction, Mention, Quantity};
use mingzhang_model::set::{Member, Set};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::codes;
use mingzhang_standard::form::{form, forms};
use mingzhang_standard::narrative::{Sum, narrative};
use mingzhang_standard::statistic::wordings;
use mingzhang_standard::words;
use pattern::{Naming, Pattern, Role, Step, patterns};
use reading::{Line, Named, Reading, readings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The patterns of every form.
static PATTERNS: LazyLock<BTreeMap<&'static str, Vec<Pattern<'static>>>> = LazyLock::new(|| {
    let narratives = forms().iter().filter_map(|form| Some((form.id, narrative(form.id)?)));
    narratives.map(|(form, narrative)| (form, patterns(narrative))).collect()
});

/// What the slots of the document's form say of numbers of which nothing else has been said.
pub(crate) fn slots(document: &Document, facts: &Facts) -> Vec<Claim> {
    let form = facts.disclosure.form.and_then(form);
    let Some((form, patterns)) = form.and_then(|form| Some((form, PATTERNS.get(form.id)?))) else {
        return Vec::new();
    };
    let report = reported::begins(document, facts, form.kind);
    let reader = Reader::of(facts, form.stage, patterns, report);
    let mentions = &facts.prose.mentions;
    let mut said = BTreeMap::new();
    for own in paragraphs(mentions) {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mentions[own.start].span.block) else { continue };
        let line = Line::of(&paragraph.text, own, mentions, facts.disclosure.year);
        said.extend(reader.said(&line).into_iter().filter(|(mention, what)| !reader.is_disputed(*mention, what)));
    }
    reader.claims(&said)
}

/// What a number is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Said {
    /// Nothing that the form prescribes.
    Unsaid,
    /// This money.
    Money(Keys),
    /// More or less of it than last year.
    Difference(Keys),
    /// The same in per cent.
    Rate(Keys),
    /// So many per cent of the second are the first.
    Share(Keys, Keys),
    /// So many per cent of the second, the budget, are the first.
    Done(Keys, Keys),
    /// A figure.
    Figure(Statistic),
}

/// Which money is meant: more than one where codes share the name that is printed, none where no code has it.
type Keys = Vec<Key>;

struct Reader<'a> {
    facts: &'a Facts,
    patterns: &'a [Pattern<'a>],
    stage: Stage,
    /// The block at which an appended report begins.
    report: Option<usize>,
    /// The amounts that are named already, and what they are then.
    named: BTreeMap<usize, &'a Key>,
    /// The numbers that a claim says what they are.
    told: BTreeSet<usize>,
    /// The numbers that any claim speaks of.
    spoken_of: BTreeSet<usize>,
}

impl<'a> Reader<'a> {
    fn of(facts: &'a Facts, stage: Stage, patterns: &'a [Pattern<'a>], report: Option<usize>) -> Reader<'a> {
        let claims = &facts.prose.claims;
        let tells = |claim: &&Claim| {
            matches!(
                claim,
                Claim::Named { .. } | Claim::Reported { .. } | Claim::Stated { .. } | Claim::Unplaced { .. }
            )
        };
        let named = claims.iter().filter_map(|claim| match claim {
            Claim::Named { mention, key, .. } => Some((*mention, key)),
            _ => None,
        });
        let told = claims.iter().filter(tells).flat_map(Claim::mentions).collect();
        let spoken_of = claims.iter().flat_map(Claim::mentions).collect();
        Reader { facts, patterns, stage, report, named: named.collect(), told, spoken_of }
    }

    /// What the numbers of a paragraph are. All ways to read it as one paragraph of the narrative have to agree, and
    /// so do all paragraphs that it can be; but one of a person's words only can be anything and denies nothing.
    fn said(&self, line: &Line<'_>) -> BTreeMap<usize, Said> {
        let mut all: BTreeMap<usize, BTreeSet<Said>> = BTreeMap::new();
        for pattern in self.patterns {
            for (mention, readings) in readings(pattern, line).into_iter().flatten() {
                let said = only(readings.iter().map(|reading| self.meaning(pattern, line, reading)));
                all.entry(mention).or_default().extend(said.filter(|said| *said != Said::Unsaid));
            }
        }
        all.into_iter().filter_map(|(mention, said)| Some((mention, only(said)?))).collect()
    }

    /// True for a number that is named already and is other money than its slot says.
    fn is_disputed(&self, mention: usize, what: &Said) -> bool {
        match (what, self.named.get(&mention)) {
            (Said::Money(keys), Some(key)) => !keys.contains(key),
            _ => false,
        }
    }

    fn meaning(&self, pattern: &Pattern<'_>, line: &Line<'_>, reading: &Reading) -> Said {
        let Reading::Slot { step, named } = reading else { return Said::Unsaid };
        let codes = named.as_ref().map(|named| self.codes(named, &line.words(named.letters))).unwrap_or_default();
        let keys = |sum: &Sum| self.keys(sum, None, &codes);
        match &pattern.steps[*step] {
            Step::Number(Role::Money(sum)) => Said::Money(keys(sum)),
            Step::Number(Role::Difference(sum)) => Said::Difference(keys(sum)),
            Step::Number(Role::Rate(sum)) => Said::Rate(keys(sum)),
            Step::Number(Role::Share(part, whole)) => Said::Share(keys(part), keys(whole)),
            Step::Number(Role::Done(sum, stage)) => Said::Done(keys(sum), self.keys(sum, Some(*stage), &codes)),
            Step::Number(Role::Figure(name)) | Step::Digits(Some(name)) => {
                Statistic::ALL.iter().find(|known| known.word() == *name).map_or(Said::Unsaid, |s| Said::Figure(*s))
            }
            _ => Said::Unsaid,
        }
    }

    /// The money of a slot: at another stage where one is said, of the code that is named where the slot means it.
    fn keys(&self, sum: &Sum, stage: Option<Stage>, codes: &[RowCode]) -> Keys {
        let mut key = Key::everything(self.facts.disclosure.year.unwrap_or(0), self.stage, Set::EMPTY);
        sum.filter.narrow(&mut key);
        key.stage = stage.unwrap_or(key.stage);
        if !sum.here {
            return self.totals(sum, key);
        }
        let narrowed = codes.iter().map(|code| match code {
            RowCode::Functional(code) => Key { function: Function::Code(*code), ..key.clone() },
            RowCode::Economic(code) => {
                Key { economic: key.economic.intersection(&Economic::of([*code])), ..key.clone() }
            }
        });
        narrowed.collect()
    }

    /// A total of all that comes in, or goes out, is what a table counts as such, and tables differ: that of the
    /// appropriation has no use of other surplus. Any other money is itself.
    fn totals(&self, sum: &Sum, key: Key) -> Keys {
        let side = sum.words.split_whitespace().find(|word| matches!(*word, "incoming" | "outgoing"));
        let Some(side) = side else { return vec![key] };
        let domains = self.facts.statements.iter().map(|statement| statement.domain);
        let measures = domains.map(|domain| if side == "incoming" { domain.incoming } else { domain.outgoing });
        let all: BTreeSet<Key> =
            measures.map(|measures| Key { measures, ..key.clone() }).chain([key.clone()]).collect();
        all.into_iter().collect()
    }

    /// The codes of a printed name or path: those of the document's rows, and of the table of codes.
    fn codes(&self, named: &Named, printed: &str) -> Vec<RowCode> {
        let levels = printed.replace("(款)", "(类)").replace("(项)", "(类)");
        let mut names = levels.rsplit("(类)").filter(|name| !name.is_empty());
        let Some(name) = names.next().map(words::label_key) else { return Vec::new() };
        let above: Vec<&str> = names.collect();
        let level = match named.naming {
            Naming::Class => Level::Class,
            Naming::Item => Level::Item,
            Naming::Economic => return self.rows_named(&name).filter(|c| matches!(c, RowCode::Economic(_))).collect(),
        };
        let own = self.rows_named(&name).filter_map(|code| match code {
            RowCode::Functional(code) => Some(code),
            RowCode::Economic(_) => None,
        });
        let mut found: Vec<FunctionalCode> = own.chain(codes::functional_named(&name)).collect();
        found.retain(|code| code.level() == level && self.stands_under(*code, &above));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(RowCode::Functional).collect()
    }

    /// The codes of the document's rows of a name.
    fn rows_named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = RowCode> + 's {
        let rows = self.facts.statements.iter().flat_map(|statement| &statement.rows);
        rows.filter_map(move |row| row.code.filter(|_| words::label_key(&row.name) == name))
    }

    /// True when the codes above a code have these names, the nearest first.
    fn stands_under(&self, code: FunctionalCode, names: &[&str]) -> bool {
        let parents = std::iter::successors(code.parent(), |code| code.parent());
        let is_named = |code: FunctionalCode, name: &str| {
            let in_table = codes::functional(code).is_some_and(|entry| entry.is_named(name));
            in_table || self.rows_named(&words::label_key(name)).any(|own| own == RowCode::Functional(code))
        };
        parents.zip(names).all(|(code, name)| is_named(code, name))
    }

    /// The claims of the document. What a percentage is of may stand paragraphs before it: a slot says which money
    /// that is, so it cannot be mistaken.
    fn claims(&self, said: &BTreeMap<usize, Said>) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut completed = None;
        for (&mention, what) in said {
            if self.spoken_of.contains(&mention) && !matches!(what, Said::Money(_)) || completed == Some(mention) {
                continue;
            }
            let amount = |keys: &Keys| amount(said, mention, keys);
            claims.extend(match what {
                Said::Unsaid => None,
                Said::Money(keys) => self.name(mention, keys),
                Said::Figure(statistic) => self.stated(mention, *statistic),
                Said::Share(part, whole) => amount(part).zip(amount(whole)).map(|(part, whole)| Claim::Share {
                    part,
                    wholes: vec![whole],
                    percent: mention,
                    list: None,
                }),
                Said::Done(outturn, budget) => amount(outturn)
                    .zip(amount(budget))
                    .map(|(outturn, budget)| Claim::Completion { budget, outturn, percent: mention }),
                Said::Difference(keys) => {
                    let rate = said.get(&(mention + 1)).filter(|next| **next == Said::Rate(keys.clone()));
                    completed = rate.map(|_| mention + 1).filter(|rate| !self.spoken_of.contains(rate));
                    amount(keys).map(|current| self.change(current, Some(mention), completed))
                }
                Said::Rate(keys) => amount(keys).map(|current| self.change(current, None, Some(mention))),
            });
        }
        claims
    }

    fn name(&self, mention: usize, keys: &Keys) -> Option<Claim> {
        let untold = !self.told.contains(&mention);
        let shown = |key: &Key| self.facts.facts.iter().find(|fact| fact.key == *key);
        let fact = only(keys.iter().filter_map(shown).map(|fact| (fact.key.clone(), fact.statement)));
        let (key, statement) = fact.filter(|_| untold)?;
        let table = self.facts.statements[statement].code;
        let block = self.facts.prose.mentions[mention].span.block;
        Some(match self.report.is_some_and(|report| block > report) {
            true => Claim::Reported { mention, table, key },
            false => Claim::Named { mention, table, key },
        })
    }

    /// A figure, where it is printed in a unit that it can have.
    fn stated(&self, mention: usize, statistic: Statistic) -> Option<Claim> {
        let unit = unit(&self.facts.prose.mentions[mention]);
        let mut wordings = wordings().iter().filter(|wording| wording.statistic == statistic);
        wordings.any(|wording| wording.units.contains(&unit)).then_some(Claim::Stated { mention, statistic })
    }

    fn change(&self, current: usize, difference: Option<usize>, rate: Option<usize>) -> Claim {
        let direction = |mention: usize| direction(&self.facts.prose.mentions[mention]);
        let (way, rate_way) = (difference.and_then(direction), rate.and_then(direction));
        let current = Some(current);
        Claim::Change { current, base: None, difference, direction: way, rate, rate_direction: rate_way }
    }
}

/// The nearest amount before a number that is this money.
fn amount(said: &BTreeMap<usize, Said>, before: usize, keys: &Keys) -> Option<usize> {
    let is_it = |what: &Said| matches!(what, Said::Money(own) if own == keys && !keys.is_empty());
    said.range(..before).rev().find(|(_, what)| is_it(what)).map(|(mention, _)| *mention)
}

/// The one of its kind; none where there is none or another.
fn only<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Option<T> {
    let mut all = all.into_iter();
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// The unit of a number as wordings know it.
fn unit(mention: &Mention) -> &str {
    match &mention.quantity {
        Quantity::Money { .. } => MONEY,
        Quantity::Percent(_) => "%",
        Quantity::Count { unit, .. } => unit,
    }
}

/// The direction that the word before a number says.
fn direction(mention: &Mention) -> Option<Direction> {
    let lead = words::fold(&mention.lead);
    match () {
        () if lead.ends_with("增加") || lead.ends_with("增长") => Some(Direction::Up),
        () if lead.ends_with("减少") || lead.ends_with("下降") => Some(Direction::Down),
        () => None,
    }
}
