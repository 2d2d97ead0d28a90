//! The numbers that the narrative states, as the rules of 三公 and 其他重要事项 see them.
//!
//! A statistic that a document states twice with different values is none: nobody knows which of them the other
//! numbers belong to.

use crate::prose::Prose;
use crate::rules::Verdicts;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::key::Stage;
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Severity;
use mingzhang_model::set::{Member, Set};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::statistic::three_public;
use mingzhang_standard::words;

/// What a document states beside its tables.
pub(crate) struct Stated<'a> {
    pub(crate) prose: Prose<'a>,
    pub(crate) kind: Option<DisclosureKind>,
    list: Vec<(Statistic, usize)>,
}

/// A 三公 amount: from a sentence, or where no sentence states it from the table.
#[derive(Clone, Copy)]
pub(crate) enum Money<'a> {
    Said(usize),
    Shown(&'a Fact),
}

impl<'a> Stated<'a> {
    pub(crate) fn of(document: &'a Document, facts: &'a Facts) -> Stated<'a> {
        let list = facts.prose.claims.iter().filter_map(|claim| match claim {
            Claim::Stated { mention, statistic } => Some((*statistic, *mention)),
            _ => None,
        });
        let mut list: Vec<(Statistic, usize)> = list.collect();
        list.sort_by_key(|(_, mention)| *mention);
        Stated { prose: Prose { document, facts }, kind: facts.disclosure.kind, list }
    }

    pub(crate) fn is_accounts(&self) -> bool {
        self.kind == Some(DisclosureKind::Accounts)
    }

    /// Every mention with what it states, in reading order.
    pub(crate) fn list(&self) -> &[(Statistic, usize)] {
        &self.list
    }

    /// The mentions that state one thing.
    pub(crate) fn all(&self, wanted: Statistic) -> impl Iterator<Item = usize> {
        self.list.iter().filter(move |(statistic, _)| *statistic == wanted).map(|(_, mention)| *mention)
    }

    /// The amount that the document states for it, wherever it does the same one.
    pub(crate) fn amount(&self, wanted: Statistic) -> Option<usize> {
        let first = self.all(wanted).next()?;
        let value = self.prose.interval(first)?;
        let same = |mention: usize| {
            let other = self.prose.interval(mention);
            other.is_some_and(|other| !matches!(other.agreement(value), Agreement::Off(_)))
        };
        self.all(wanted).all(same).then_some(first)
    }

    /// The count that the document states for it, wherever it does the same one.
    pub(crate) fn count(&self, wanted: Statistic) -> Option<(usize, u64)> {
        let first = self.all(wanted).next()?;
        let value = self.prose.count(first)?;
        self.all(wanted).all(|mention| self.prose.count(mention) == Some(value)).then_some((first, value))
    }

    /// A 三公 amount as the sentences state it, or else as the table shows it. None where they differ among
    /// themselves.
    pub(crate) fn money(&self, wanted: Statistic) -> Option<Money<'a>> {
        match self.all(wanted).next() {
            Some(_) => self.amount(wanted).map(Money::Said),
            None => self.cell(wanted).map(Money::Shown),
        }
    }

    /// The cell of the table of 三公 that shows this amount.
    pub(crate) fn cell(&self, wanted: Statistic) -> Option<&'a Fact> {
        let (economic, is_budget) = three_public(wanted)?;
        let facts = self.prose.facts;
        facts.facts.iter().find(|fact| {
            let of_table = facts.statements[fact.statement].concept == "three_public";
            let own = !self.is_accounts() || fact.key.stage == Stage::FinalAccounts;
            let whole = fact.key.units == Set::all() && facts.is_plain(fact);
            of_table && fact.key.economic == economic && own != is_budget && whole
        })
    }

    pub(crate) fn interval(&self, money: Money<'_>) -> Option<Interval> {
        match money {
            Money::Said(mention) => self.prose.interval(mention),
            Money::Shown(fact) => Some(fact.interval()),
        }
    }

    /// True when it is nothing, or less than its last digit shows.
    pub(crate) fn is_zero(&self, money: Money<'_>) -> bool {
        self.interval(money).is_some_and(|interval| interval.middle().is_zero())
    }

    /// True when it is certainly more than nothing.
    pub(crate) fn is_positive(&self, money: Money<'_>) -> bool {
        self.interval(money).is_some_and(|interval| interval.low().0 > 0)
    }

    /// The amount as printed, with its unit.
    pub(crate) fn words(&self, money: Money<'_>) -> String {
        match money {
            Money::Said(mention) => self.prose.words(mention).to_string(),
            Money::Shown(fact) => {
                let quote = self.prose.facts.locator(fact).quote.unwrap_or_default();
                format!("{}{}（表内）", if quote.is_empty() { "0" } else { &quote }, fact.unit.word())
            }
        }
    }

    /// Where it stands, as what a finding is held against.
    pub(crate) fn related(&self, wanted: Statistic, money: Money<'_>) -> Related {
        let location = match money {
            Money::Said(mention) => self.place(mention),
            Money::Shown(fact) => self.prose.facts.locator(fact),
        };
        Related { label: wanted.term().to_string(), location }
    }

    /// A finding about a number, quoted with the words of its clause that name it.
    pub(crate) fn fail_at<'v>(
        &self,
        verdicts: &'v mut Verdicts,
        severity: Severity,
        mention: usize,
        others: &[usize],
        message: String,
    ) -> &'v mut Finding {
        let finding = self.prose.fail(verdicts, severity, mention, others, message);
        finding.location.quote = Some(self.clause(mention));
        finding
    }

    /// A number with the words before it in its clause.
    fn clause(&self, mention: usize) -> String {
        const LONGEST: usize = 40;
        let span = &self.prose.facts.prose.mentions[mention].span;
        let Some(Block::Paragraph(paragraph)) = self.prose.document.blocks.get(span.block) else {
            return self.prose.words(mention).to_string();
        };
        let earlier = mention.checked_sub(1).map(|before| &self.prose.facts.prose.mentions[before].span);
        let from = earlier.filter(|before| before.block == span.block).map_or(0, |before| before.bytes.end);
        let before = paragraph.text.get(from..span.bytes.start).unwrap_or_default();
        let lead = before.rsplit(['。', '；', ';', '，', ',', '：', ':', '、']).next().unwrap_or_default();
        let lead = lead.trim_start_matches(['（', '(', '）', ')']);
        let lead = if lead.chars().count() > LONGEST { "" } else { lead.trim_start() };
        format!("{lead}{}", self.prose.words(mention))
    }

    /// A finding about a 三公 amount, where it stands.
    pub(crate) fn fail<'v>(
        &self,
        verdicts: &'v mut Verdicts,
        severity: Severity,
        item: Statistic,
        money: Money<'_>,
        message: String,
    ) -> &'v mut Finding {
        match money {
            Money::Said(mention) => self.fail_at(verdicts, severity, mention, &[], message),
            Money::Shown(fact) => verdicts.fail_as(severity, self.prose.facts.locator(fact), item.word(), message),
        }
    }

    /// The paragraphs of the document about 三公, folded into one text.
    pub(crate) fn about_three_public(&self) -> String {
        let mut blocks: Vec<usize> = Vec::new();
        for (statistic, mention) in &self.list {
            if three_public(*statistic).is_some() {
                let block = self.prose.facts.prose.mentions[*mention].span.block;
                blocks.extend([block, block + 1]);
            }
        }
        blocks.dedup();
        blocks.into_iter().map(|block| self.text(block)).collect()
    }

    fn text(&self, block: usize) -> String {
        match self.prose.document.blocks.get(block) {
            Some(Block::Paragraph(paragraph)) => words::fold(&paragraph.text),
            Some(Block::Table(_)) | None => String::new(),
        }
    }

    /// Where a mention stands, quoted.
    pub(crate) fn place(&self, mention: usize) -> Locator {
        self.prose.quoted(mention)
    }

    /// The words that lead to a mention, folded.
    pub(crate) fn lead(&self, mention: usize) -> String {
        words::fold(&self.prose.facts.prose.mentions[mention].lead)
    }

    /// The paragraph that a mention stands in, folded.
    pub(crate) fn paragraph(&self, mention: usize) -> String {
        self.text(self.prose.facts.prose.mentions[mention].span.block)
    }
}

/// The six amounts of 三公 that a document of its year states.
pub(crate) const ITEMS: [Statistic; 6] = [
    Statistic::ThreePublic,
    Statistic::OverseasTrips,
    Statistic::VehicleCosts,
    Statistic::VehiclePurchase,
    Statistic::VehicleRunning,
    Statistic::Receptions,
];
