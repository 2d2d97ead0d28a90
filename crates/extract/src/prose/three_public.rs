//! The “三公” amounts of the narrative: which item each is, and whether it is budget or outturn.
//!
//! Only a clause that is nothing but the item's name, with words such as 预算, 支出 and 为 and the office
//! before it, names an item. What speaks of last year or of a difference is none. A clause without a name, 支出
//! 决算为 or 2026年预算数, goes on with the item before it or with the one that the paragraph begins with.

use super::named::last_clause;
use super::stated::titles;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::prose::{Claim, Prose, Quantity};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::words;

/// What the items are called once 费, 支出 and the like are off; the longest of a kind first.
const ITEMS: [(&str, Statistic); 21] = [
    ("公务用车购置费和运行", Statistic::VehicleCosts),
    ("公务用车购置费及运行", Statistic::VehicleCosts),
    ("公务用车购置费用及运行", Statistic::VehicleCosts),
    ("公务用车购置及公务用车运行", Statistic::VehicleCosts),
    ("公务用车购置费及公务用车运行", Statistic::VehicleCosts),
    ("公务用车购置费和公务用车运行", Statistic::VehicleCosts),
    ("公务用车购置和运行", Statistic::VehicleCosts),
    ("公务用车购置及运行", Statistic::VehicleCosts),
    ("公务用车购置与运行", Statistic::VehicleCosts),
    ("公务用车购置、运行", Statistic::VehicleCosts),
    ("公务用车购置", Statistic::VehiclePurchase),
    ("公务用车运行", Statistic::VehicleRunning),
    ("公车购置", Statistic::VehiclePurchase),
    ("公车运行", Statistic::VehicleRunning),
    ("公务车购置", Statistic::VehiclePurchase),
    ("公务车运行", Statistic::VehicleRunning),
    ("公务接待", Statistic::Receptions),
    ("出国(境)", Statistic::OverseasTrips),
    ("出国出境", Statistic::OverseasTrips),
    ("因公出国", Statistic::OverseasTrips),
    ("三公", Statistic::ThreePublic),
];

/// What may stand behind an item's name and leaves it what it is.
const TAILS: [&str; 28] = [
    "一般公共预算",
    "财政拨款",
    "经费",
    "费用",
    "金额",
    "总额",
    "支出",
    "维护",
    "安排",
    "年初",
    "全年",
    "当年",
    "实际",
    "资金",
    "本年",
    "执行",
    "情况",
    "合计",
    "共计",
    "费",
    "数",
    "总",
    "为",
    "是",
    "共",
    "均",
    "约",
    "的",
];

/// Words before a name that make it another thing than the office's own item of this year.
const OTHERS: [&str; 18] = [
    "国内",
    "外宾",
    "上年",
    "去年",
    "上一年",
    "比",
    "较",
    "压减",
    "其他",
    "所属",
    "下属",
    "减少",
    "增加",
    "结转",
    "超过",
    "人均",
    "不含",
    "扣除",
];

/// The 三公 amounts of a document of this kind.
pub(super) fn three_public(
    document: &Document,
    prose: &Prose,
    kind: Option<DisclosureKind>,
    year: Option<u16>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut reader = Reader { kind, year, block: usize::MAX, topic: None, stage: None };
    for (i, mention) in prose.mentions.iter().enumerate() {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { continue };
        let before = paragraph.text.get(..mention.span.bytes.start).unwrap_or_default();
        if reader.block != mention.span.block {
            reader.begin(mention.span.block, &words::fold(before));
        }
        // The lead begins where a sentence does, or behind the number before it.
        if before.trim_end_matches(|c: char| c != '。').trim_end().len() + mention.lead.len() >= before.trim_end().len()
        {
            reader.stage = None;
        }
        if !matches!(mention.quantity, Quantity::Money { .. }) {
            continue;
        }
        let about = || titles(document, prose, mention).iter().any(|title| title.contains("三公"));
        let lead = words::fold(&mention.lead);
        if let Some(statistic) = reader.read(&lead).filter(|_| words::fold(before).contains("三公") || about()) {
            claims.push(Claim::Stated { mention: i, statistic });
        }
    }
    claims
}

/// Budget or outturn, where the words say so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Budget,
    Outturn,
}

struct Reader {
    kind: Option<DisclosureKind>,
    year: Option<u16>,
    block: usize,
    /// The item that a clause without a name goes on with.
    topic: Option<Statistic>,
    stage: Option<Stage>,
}

impl Reader {
    /// A paragraph may begin with its item: 1.因公出国(境)费用。2026年预算数…
    fn begin(&mut self, block: usize, before: &str) {
        const LONGEST_NAME: usize = 20;
        let first = before.split(['。', ':']).next().unwrap_or_default();
        let name = super::outline::numbered(first).map_or(first, |(_, number)| &first[number.len()..]);
        let is_name = first.len() < before.len() && name.chars().count() <= LONGEST_NAME;
        self.topic = if is_name { self.item(name).flatten() } else { None };
        (self.block, self.stage) = (block, None);
    }

    fn read(&mut self, lead: &str) -> Option<Statistic> {
        let clause = last_clause(lead);
        let found = self.item(clause);
        self.stage = stage(clause).or(self.stage);
        match found {
            Some(Some(item)) => self.topic = Some(item),
            Some(None) => {}
            None => self.topic = None,
        }
        let item = self.topic.filter(|_| found.is_some())?;
        let accounts = self.kind == Some(DisclosureKind::Accounts);
        Some(if self.stage == Some(Stage::Budget) && accounts { item.budget().unwrap_or(item) } else { item })
    }

    /// The item that a clause names; none inside for a clause that names nothing and goes on, and none
    /// at all for one that speaks of something else.
    fn item(&self, clause: &str) -> Option<Option<Statistic>> {
        let said = clause.trim_start_matches(['、', '(', ')', '和', '及']);
        let said = said.trim_start_matches("其中").trim_start_matches([',', ':']);
        let other_year = words::year_in(said).is_some_and(|said| self.year.is_some_and(|year| year != said));
        if other_year || OTHERS.iter().any(|word| said.contains(word)) {
            return None;
        }
        let name = stem(said);
        if name.is_empty() {
            let says = said.contains("预算") || said.contains("决算");
            return says.then_some(None);
        }
        let (name, item) = ITEMS.iter().find_map(|(stem, item)| Some((name.strip_suffix(stem)?, *item)))?;
        // 出国(境)费、公务接待费 of two items together, and what is a kind of an item only.
        let kinds = ["国内", "国(境)外", "境外", "国外", "外事", "外宾", "商务", "、", "和", "及", "与"];
        (!kinds.iter().any(|kind| name.ends_with(kind))).then_some(Some(item))
    }
}

/// A clause without its tail: 2026年“三公”经费预算数为 is 2026年三公.
fn stem(said: &str) -> &str {
    let mut name = said;
    loop {
        let year = || {
            let rest = name.strip_suffix("年度").or_else(|| name.strip_suffix('年'))?;
            let cut = rest.trim_end_matches(|c: char| c.is_ascii_digit());
            (cut.len() < rest.len()).then_some(cut)
        };
        let tail = ["预算", "决算"].into_iter().chain(TAILS).find_map(|tail| name.strip_suffix(tail));
        match tail.or_else(year) {
            Some(shorter) => name = shorter,
            None => return name,
        }
    }
}

fn stage(clause: &str) -> Option<Stage> {
    match (clause.contains("决算"), clause.contains("预算")) {
        (true, _) => Some(Stage::Outturn),
        (false, true) => Some(Stage::Budget),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Statistic::{
        OverseasTrips, Receptions, ReceptionsBudget, ThreePublic, ThreePublicBudget, VehicleCosts, VehiclePurchase,
        VehicleRunning,
    };
    use mingzhang_model::document::{Format, Paragraph};
    use mingzhang_model::fact::Disclosure;

    fn read(kind: DisclosureKind, lines: &[&str]) -> Vec<Statistic> {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let disclosure = Disclosure { kind: Some(kind), year: Some(2024), ..Disclosure::default() };
        let claims = super::super::prose(&document, &disclosure).claims;
        let stated = claims.into_iter().filter_map(|claim| match claim {
            Claim::Stated { statistic, .. } => Some(statistic),
            _ => None,
        });
        stated.collect()
    }

    #[test]
    fn items_of_a_budget_without_last_year_and_differences() {
        let lines = [
            "2024年“三公”经费预算数为9万元，2023年预算数为8万元，增加1万元。其中：公务用车购置及运行费5万元（其中，公务用车购置费0万元、公务用车运行费5万元）、“公务接待费”4万元（含商务接待费1万元）。",
        ];
        assert_eq!(
            read(DisclosureKind::Budget, &lines),
            [ThreePublic, VehicleCosts, VehiclePurchase, VehicleRunning, Receptions]
        );
    }

    #[test]
    fn an_item_at_the_head_of_its_paragraph() {
        let lines = ["一、“三公”经费说明", "1.因公出国（境）费用。2024年预算数3万元，较2023年年初预算增加1万元。"];
        assert_eq!(read(DisclosureKind::Budget, &lines), [OverseasTrips]);
    }

    #[test]
    fn budget_and_outturn_of_accounts() {
        let lines = [
            "“三公”经费支出预算为5万元，支出决算为4万元，与上年相比减少1万元。",
            "“三公”经费预算金额为5万元，其中公务接待费2万元。“三公”经费支出4万元，其中公务接待费1万元。",
        ];
        assert_eq!(
            read(DisclosureKind::Accounts, &lines),
            [ThreePublicBudget, ThreePublic, ThreePublicBudget, ReceptionsBudget, ThreePublic, Receptions]
        );
    }
}
