//! Totals that the narrative states together with all of their parts: 基本支出 and 项目支出, the items of
//! the appropriation, what 基本支出 is spent on, areas.
//!
//! A list is a total's only where the names of its members say that nothing is left out. The numbers need
//! not stand in one sentence: （一）基本支出 and （二）项目支出 often have paragraphs of their own.

use super::outline::numbered;
use super::subject::subject;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::prose::{Claim, Mention, Prose, Quantity, Total};
use mingzhang_standard::words;
use std::ops::Range;

/// The totals of a document.
pub(super) fn totals(document: &Document, prose: &Prose) -> Vec<Claim> {
    let reader = Reader { document, prose, kinds: Vec::new() };
    let kinds = (0..prose.mentions.len()).map(|i| reader.kind_of(i)).collect();
    let reader = Reader { kinds, ..reader };
    let mut claims = Vec::new();
    for i in 0..prose.mentions.len() {
        match reader.kinds[i] {
            Some(Kind::Basic) => {
                claims.extend(reader.kinds_of_expenditure(i));
                claims.extend(reader.basic(i));
            }
            Some(Kind::Personnel) => claims.extend(reader.kinds_of_expenditure(i)),
            _ => claims.extend(reader.areas(i)),
        }
    }
    claims.extend(reader.items());
    claims
}

/// A kind of expenditure by the name before an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Basic,
    Personnel,
    Operating,
    /// What some places set apart from 人员 and 公用: 对个人和家庭的补助, 增人增资.
    OtherBasic,
    Project,
    /// 经营支出, 上缴上级支出, 对附属单位补助支出.
    Other,
}

const KINDS: [(&str, Kind); 26] = [
    ("基本支出", Kind::Basic),
    ("项目支出", Kind::Project),
    ("在职人员经费", Kind::Personnel),
    ("人员经费", Kind::Personnel),
    ("人员支出", Kind::Personnel),
    ("日常公用经费", Kind::Operating),
    ("公用经费", Kind::Operating),
    ("公用支出", Kind::Operating),
    ("对个人和家庭的补助支出", Kind::OtherBasic),
    ("对个人和家庭补助支出", Kind::OtherBasic),
    ("对个人和家庭的补助", Kind::OtherBasic),
    ("对个人和家庭补助", Kind::OtherBasic),
    ("增人增资支出", Kind::OtherBasic),
    ("增人增资", Kind::OtherBasic),
    ("上缴上级支出", Kind::Other),
    ("事业单位经营支出", Kind::Other),
    ("经营支出", Kind::Other),
    ("对附属单位补助支出", Kind::Other),
    ("附属单位补助支出", Kind::Other),
    ("结转下年支出", Kind::Other),
    ("结转下年", Kind::Other),
    ("年末结转和结余", Kind::Other),
    ("年终结转结余资金", Kind::Other),
    ("单位预留机动经费", Kind::Other),
    ("预留机动经费", Kind::Other),
    ("预留经费", Kind::Other),
];

struct Reader<'a> {
    document: &'a Document,
    prose: &'a Prose,
    /// What kind of expenditure each number is.
    kinds: Vec<Option<Kind>>,
}

/// Words around a name that only say when, whose and that it is an amount.
const BEFORE: [&str; 12] =
    ["其中", "包括", "年度", "年", "本年", "本单位", "本部门", "安排", "用于", "为", "的", "部门"];
const BEHIND: [&str; 9] = ["支出预算", "预算支出", "年初预算", "预算", "支出决算", "决算", "总额", "数", "为"];

impl Reader<'_> {
    fn mention(&self, i: usize) -> &Mention {
        &self.prose.mentions[i]
    }

    fn is_money(&self, i: usize) -> bool {
        matches!(self.mention(i).quantity, Quantity::Money { .. })
    }

    /// The printed amount in fen.
    fn amount(&self, i: usize) -> i64 {
        match self.mention(i).quantity {
            Quantity::Money { figure, .. } => figure.amount.0,
            _ => 0,
        }
    }

    /// The name of a number: what it is of, without when and whose.
    fn name(&self, i: usize) -> String {
        let said = subject(self.document, self.prose, i, DisclosureKind::Budget);
        let mut name = said.rsplit(['、', '(', '。']).next().unwrap_or(&said);
        loop {
            let digits = name.trim_start_matches(|c: char| c.is_ascii_digit() || "和与及以".contains(c));
            let cut = BEFORE.iter().find_map(|word| digits.strip_prefix(word)).unwrap_or(digits);
            let cut = BEHIND.iter().find_map(|word| cut.strip_suffix(word)).unwrap_or(cut);
            if cut == name {
                return name.to_string();
            }
            name = cut;
        }
    }

    fn kind_of(&self, i: usize) -> Option<Kind> {
        if !self.is_money(i) || self.is_beside(i) {
            return None;
        }
        let name = self.name(i);
        let whole = |word: &str| {
            name.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with("财政拨款"))
        };
        KINDS.iter().find(|(word, _)| whole(word)).map(|(_, kind)| *kind)
    }

    /// True for a number that stands beside another: a share, a difference, last year's number.
    fn is_beside(&self, i: usize) -> bool {
        let lead = words::fold(&self.mention(i).lead);
        let clause = lead.rsplit([',', ';', ':', '。']).next().unwrap_or(&lead);
        const MARKS: [&str; 14] = [
            "占",
            "增加",
            "减少",
            "增长",
            "下降",
            "降低",
            "提高",
            "上升",
            "上年",
            "去年",
            "同比",
            "完成",
            "超过",
            "不低于",
        ];
        !self.is_money(i) || MARKS.iter().any(|mark| clause.contains(mark)) || clause.starts_with(['比', '较'])
    }

    /// The kinds of expenditure that begin with this one, and their sum before them.
    fn kinds_of_expenditure(&self, first: usize) -> Option<Claim> {
        const LONGEST: usize = 24;
        const BLOCKS: usize = 8;
        let from = self.mention(first).span.block;
        let mut parts = vec![first];
        let mut kinds = vec![self.kinds[first]?];
        let mut others = Vec::new();
        let detailed = kinds[0] == Kind::Personnel;
        for i in (first + 1..self.prose.mentions.len()).take(LONGEST) {
            if self.mention(i).span.block > from + BLOCKS {
                break;
            }
            let ended = kinds.contains(&Kind::Project);
            match self.kinds[i] {
                _ if self.is_beside(i) => {}
                Some(kind) if kinds.contains(&kind) && kind != Kind::Other && kind != Kind::OtherBasic => break,
                Some(Kind::Personnel | Kind::Operating | Kind::OtherBasic) if !detailed => {}
                Some(kind) => {
                    parts.push(i);
                    kinds.push(kind);
                }
                // Another share of the whole can be a part of it, whatever its name.
                None if ended && self.has_share(i) && self.has_share(first) => others.push(i),
                None if ended || detailed => break,
                None => {}
            }
        }
        let complete = kinds.contains(&Kind::Project) && (!detailed || kinds.contains(&Kind::Operating));
        let whole = self.whole_before(first, &parts).filter(|_| complete)?;
        let off =
            |parts: &[usize]| (self.amount(whole) - parts.iter().map(|part| self.amount(*part)).sum::<i64>()).abs();
        let extended = [parts.as_slice(), &others].concat();
        let parts = if off(&extended) < off(&parts) { extended } else { parts };
        Some(Claim::Total { whole, parts, what: Total::Kinds })
    }

    /// True for an amount whose share of a whole stands behind it.
    fn has_share(&self, i: usize) -> bool {
        let next = self.prose.mentions.get(i + 1);
        next.is_some_and(|next| matches!(next.quantity, Quantity::Percent(_)) && next.lead.contains('占'))
    }

    /// The total that stands before a list: the amount directly before it, or the first of the paragraph
    /// that the list follows.
    fn whole_before(&self, first: usize, parts: &[usize]) -> Option<usize> {
        const BLOCKS: usize = 4;
        let block = |i: usize| self.mention(i).span.block;
        let near = |i: &usize| block(*i) + BLOCKS >= block(first);
        let last = (0..first).rev().take_while(near).find(|i| !self.is_beside(*i))?;
        let opening =
            (0..=last).rev().take_while(|i| block(*i) == block(last)).filter(|i| !self.is_beside(*i)).last()?;
        let sum: i64 = parts.iter().map(|part| self.amount(*part)).sum();
        let largest = parts.iter().map(|part| self.amount(*part)).max().unwrap_or(0);
        let can_be = |i: &usize| {
            let amount = self.amount(*i);
            self.is_total(*i) && amount >= largest && sum <= amount.saturating_mul(2) && amount > 0
        };
        let off = |i: &usize| (self.amount(*i) - sum).abs();
        [last, opening].into_iter().filter(can_be).min_by_key(off)
    }

    /// True when the name of a number is that of expenditure as a whole.
    fn is_total(&self, i: usize) -> bool {
        let lead = words::fold(&self.mention(i).lead);
        let name = self.name(i);
        let ends =
            ["支出", "支出合计", "支出总计", "总计", "合计", "金额", "预算"].iter().any(|end| name.ends_with(end));
        let bare = name.is_empty() && lead.contains("预算");
        (ends || bare || lead.ends_with("预算")) && self.kinds[i].is_none() && !lead.contains("收入")
    }

    /// What 基本支出 is spent on: 人员经费 and 公用经费, or a list of items in its own sentence.
    fn basic(&self, whole: usize) -> Option<Claim> {
        const BLOCKS: usize = 4;
        let near = |i: &usize| self.mention(*i).span.block <= self.mention(whole).span.block + BLOCKS;
        let mut after = (whole + 1..self.prose.mentions.len()).take_while(near).filter(|i| !self.is_beside(*i));
        let first = after.next()?;
        if self.kinds[first] == Some(Kind::Personnel) {
            let mut parts = vec![first];
            for next in after {
                match self.kinds[next] {
                    Some(Kind::Operating) => {
                        parts.push(next);
                        return Some(Claim::Total { whole, parts, what: Total::Basic });
                    }
                    Some(Kind::OtherBasic) => parts.push(next),
                    _ => return None,
                }
            }
            return None;
        }
        self.listed(whole)
    }

    /// The items of 基本支出 that its own sentence lists.
    fn listed(&self, whole: usize) -> Option<Claim> {
        const FEWEST: usize = 3;
        let end = self.sentence_end(whole);
        let parts: Vec<usize> = (whole + 1..end).collect();
        let opens = ["包括", "用于", "其中"]
            .iter()
            .any(|word| parts.first().is_some_and(|first| words::fold(&self.mention(*first).lead).contains(word)));
        let plain = parts.iter().all(|i| !self.is_beside(*i) && self.kinds[*i].is_none());
        if !opens || !plain || parts.len() < FEWEST {
            return None;
        }
        let last = self.name(*parts.last()?);
        let closed = ["其他", "其它", "其他支出", "其他费用", "其他经费"].contains(&last.as_str());
        let what = if closed { Total::Basic } else { Total::BasicListed };
        Some(Claim::Total { whole, parts, what })
    }

    /// The first mention behind one that is not of its sentence.
    fn sentence_end(&self, of: usize) -> usize {
        let mut end = of + 1;
        while end < self.prose.mentions.len() && self.gap(end - 1).is_some_and(|gap| !gap.contains(['。', '；'])) {
            end += 1;
        }
        end
    }

    /// The text between a mention and the next one of its paragraph.
    fn gap(&self, i: usize) -> Option<&str> {
        let (own, next) = (&self.mention(i).span, &self.prose.mentions.get(i + 1)?.span);
        let text = self.paragraph(own.block).filter(|_| next.block == own.block)?;
        text.get(own.bytes.end..next.bytes.start)
    }

    fn paragraph(&self, block: usize) -> Option<&str> {
        match self.document.blocks.get(block) {
            Some(Block::Paragraph(paragraph)) => Some(&paragraph.text),
            _ => None,
        }
    }

    /// Areas: those in brackets make up the area before the brackets, and 共 sums up its sentence.
    fn areas(&self, i: usize) -> Vec<Claim> {
        let area = |i: usize| matches!(&self.mention(i).quantity, Quantity::Count { unit, .. } if is_area(unit));
        if !area(i) {
            return Vec::new();
        }
        let mut claims = Vec::new();
        let inner = self.bracketed(i).filter(|parts| parts.len() > 1 && parts.clone().all(area));
        if let Some(parts) = inner {
            claims.push(Claim::Total { whole: i, parts: parts.collect(), what: Total::Areas });
        }
        let above = self.above_and_below(i).filter(|parts| parts.iter().all(|part| area(*part)));
        claims.extend(above.map(|parts| Claim::Total { whole: i, parts, what: Total::Areas }));
        let lead = words::fold(&self.mention(i).lead);
        let sums_up = lead.trim_start_matches([',', '、', ')']);
        if ["共", "共计", "合计", "总计"].contains(&sums_up) {
            let parts = self.summed_up(i).filter(|parts| parts.len() > 1 && parts.iter().all(|part| area(*part)));
            claims.extend(parts.map(|parts| Claim::Total { whole: i, parts, what: Total::Areas }));
        }
        claims
    }

    /// 地上 and 地下 of the area before them.
    fn above_and_below(&self, whole: usize) -> Option<Vec<usize>> {
        let lead = |i: usize| words::fold(&self.mention(i).lead);
        let is_side = |i: usize| lead(i).contains("地上") || lead(i).contains("地下");
        let above = whole + 1;
        let below = (above + 1..self.sentence_end(whole)).find(|i| lead(*i).contains("地下"))?;
        let sides = !is_side(whole) && lead(above).contains("地上") && lead(above).contains("其中");
        sides.then_some(vec![above, below])
    }

    /// The numbers in the brackets directly behind a number.
    fn bracketed(&self, i: usize) -> Option<Range<usize>> {
        if !self.gap(i)?.trim_start().starts_with(['（', '(']) {
            return None;
        }
        let mut end = i + 2;
        while !self.gap(end - 1).unwrap_or(")").contains(['）', ')']) {
            end += 1;
        }
        let behind = self.paragraph(self.mention(i).span.block)?.get(self.mention(end - 1).span.bytes.end..)?;
        behind.starts_with(['）', ')']).then_some(i + 1..end)
    }

    /// The numbers of a sentence outside brackets before the one that sums them up.
    fn summed_up(&self, total: usize) -> Option<Vec<usize>> {
        let mut parts = Vec::new();
        let mut depth = 0;
        for i in (0..total).rev() {
            let gap = self.gap(i)?;
            if gap.contains(['。', '；']) {
                break;
            }
            for c in gap.chars().rev() {
                match c {
                    '）' | ')' => depth += 1,
                    '（' | '(' => depth -= 1,
                    _ => {}
                }
            }
            if depth == 0 {
                parts.insert(0, i);
            }
            if i == 0 || self.gap(i - 1).is_none() {
                break;
            }
        }
        (depth == 0).then_some(parts)
    }

    /// The budgets and the outturns of the items, under the heading of the accounts that lists them.
    fn items(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (n, section) in self.prose.sections.iter().enumerate() {
            let title = words::fold(&section.title);
            let end = self.prose.sections[n + 1..].iter().find(|next| next.level <= section.level);
            let blocks = section.block + 1..end.map_or(self.document.blocks.len(), |next| next.block);
            if title.contains("支出决算") && title.contains("具体情况") && !title.contains("三公") {
                claims.extend(self.items_of(blocks));
            } else if title.contains("政府性基金") && title.contains("支出决算") {
                claims.extend(self.items_of_fund(blocks));
            }
        }
        claims
    }

    fn items_of(&self, blocks: Range<usize>) -> Vec<Claim> {
        let is_item = |block: &usize| self.paragraph(*block).is_some_and(begins_item);
        let items = blocks.clone().filter(is_item).count();
        let Some(first) = blocks.clone().find(is_item).filter(|_| items > 1) else { return Vec::new() };
        let within = |i: &usize| blocks.contains(&self.mention(*i).span.block);
        let of_section: Vec<usize> = (0..self.prose.mentions.len()).filter(within).collect();
        let mut pairs = Vec::new();
        for pair in of_section.windows(2) {
            let (budget, outturn) = (self.stage(pair[0]), self.stage(pair[1]));
            if let (Some(Stage::Budget(word)), Some(Stage::Outturn)) = (budget, outturn) {
                pairs.push((pair[0], pair[1], word));
            }
        }
        let (total, listed): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(budget, ..)| self.mention(*budget).span.block < first);
        let [(budget, outturn, word)] = total.as_slice() else { return Vec::new() };
        if listed.len() != items {
            return Vec::new();
        }
        let mut claims = Vec::new();
        if listed.iter().all(|(.., own)| own == word) {
            let parts = listed.iter().map(|(budget, ..)| *budget).collect();
            claims.push(Claim::Total { whole: *budget, parts, what: Total::ItemBudgets });
        }
        let parts = listed.iter().map(|(_, outturn, _)| *outturn).collect();
        claims.push(Claim::Total { whole: *outturn, parts, what: Total::ItemOutturns });
        claims
    }

    /// The outturns of the items of a fund, behind 支出80.00万元，支出具体情况如下, which says that all of them follow.
    fn items_of_fund(&self, blocks: Range<usize>) -> Option<Claim> {
        let is_item = |block: &usize| self.paragraph(*block).is_some_and(names_item);
        let items: Vec<usize> = blocks.clone().filter(is_item).collect();
        let first = *items.first()?;
        let announced = self.paragraph(first.checked_sub(1)?).map(words::fold)?;
        let money = |within: Range<usize>| {
            let inside = move |i: &usize| within.contains(&self.mention(*i).span.block) && self.is_money(*i);
            (0..self.prose.mentions.len()).filter(inside)
        };
        let whole = money(blocks.start..first).next_back()?;
        let lead = words::fold(&self.mention(whole).lead);
        let clause = lead.rsplit([',', ';', ':', '。', '(']).next().unwrap_or(&lead).trim_end_matches('为');
        let clause = ["政府性基金预算", "财政拨款", "本年"].iter().fold(clause, |c, word| c.trim_start_matches(word));
        // 支出收入 is a slip of a form that several offices carry on.
        let is_whole = matches!(clause, "支出" | "支出决算" | "支出合计" | "支出总计" | "支出收入")
            && announced.ends_with("如下:");
        let ends = items.iter().skip(1).copied().chain([blocks.end]);
        let part = |(from, end): (usize, usize)| {
            let mut outturns = money(from..end).filter(|i| matches!(self.stage(*i), Some(Stage::Outturn)));
            outturns.next().filter(|_| outturns.next().is_none())
        };
        let parts: Vec<usize> = items.iter().copied().zip(ends).map(part).collect::<Option<_>>()?;
        is_whole.then_some(Claim::Total { whole, parts, what: Total::ItemOutturns })
    }

    /// Whether an amount of an item is its budget, of which stage, or its outturn. A layout may have left
    /// the words on the line above.
    fn stage(&self, i: usize) -> Option<Stage> {
        if !self.is_money(i) {
            return None;
        }
        let mention = self.mention(i);
        let mut lead = words::fold(&mention.lead);
        if lead.is_empty() {
            let above = mention.span.block.checked_sub(1).and_then(|block| self.paragraph(block));
            lead = above.map(words::fold).unwrap_or_default();
        }
        let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(&lead);
        if clause.contains("完成") || clause.contains("上年") || clause.contains("去年") {
            return None;
        }
        if clause.contains("决算") {
            return Some(Stage::Outturn);
        }
        let word = ["年初预算", "全年预算", "调整预算", "预算"].into_iter().find(|word| clause.contains(word));
        word.map(Stage::Budget)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Budget(&'static str),
    Outturn,
}

/// True for the units of areas.
fn is_area(unit: &str) -> bool {
    matches!(unit, "㎡" | "平方米" | "平米")
}

/// True for a paragraph that begins an item: 1、一般公共服务支出（类）财政事务（款）….
fn begins_item(text: &str) -> bool {
    let folded = words::fold(&words::without_bookmarks(text));
    numbered(&folded).is_some_and(|(level, _)| level >= 4) && names_item(&folded)
}

/// True for a paragraph that names an item with its 类 and 款.
fn names_item(text: &str) -> bool {
    let folded = words::fold(text);
    folded.contains("(类)") && folded.contains("(款)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::prose;
    use mingzhang_model::document::{Format, Paragraph};

    fn read(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let prose = prose(&document, &mingzhang_model::fact::Disclosure::default());
        let say = |i: usize| {
            let span = &prose.mentions[i].span;
            lines[span.block][span.bytes.clone()].to_string()
        };
        let told = |claim: &Claim| match claim {
            Claim::Total { whole, parts, what } => {
                let parts: Vec<String> = parts.iter().map(|part| say(*part)).collect();
                Some(format!("{what:?} {} = {}", say(*whole), parts.join(" + ")))
            }
            _ => None,
        };
        prose.claims.iter().filter_map(told).collect()
    }

    #[test]
    fn kinds_of_expenditure_stand_in_one_sentence_or_in_paragraphs() {
        assert_eq!(
            read(&["支出合计9.00万元，其中：基本支出6.00万元，占66.67%；项目支出3.00万元，占33.33%。"]),
            ["Kinds 9.00万元 = 6.00万元 + 3.00万元"]
        );
        assert_eq!(
            read(&[
                "2025年支出预算9.00万元，比上年增加1.00万元。",
                "（一）基本支出：2025年年初预算数为6.00万元。",
                "（二）项目支出：2025年年初预算数为3.00万元。",
            ]),
            ["Kinds 9.00万元 = 6.00万元 + 3.00万元"]
        );
        assert_eq!(
            read(&["预算9.00万元，包括在职人员经费4.00万元、公用经费1.00万元、增人增资1.00万元、项目支出3.00万元。"]),
            ["Kinds 9.00万元 = 4.00万元 + 1.00万元 + 1.00万元 + 3.00万元"]
        );
        assert_eq!(
            read(&["支出9.00万元，较上年增加5.00万元，其中基本支出减少1.00万元，项目支出增加6.00万元。"]),
            [""; 0]
        );
    }

    #[test]
    fn a_list_that_ends_in_other_is_whole() {
        let list = "基本支出8.00万元，包括用于基本工资5.00万元、办公费2.00万元、其他1.00万元等。";
        assert_eq!(read(&[list]), ["Basic 8.00万元 = 5.00万元 + 2.00万元 + 1.00万元"]);
        let open = list.replace("其他1.00", "水费0.50");
        assert_eq!(read(&[&open]), ["BasicListed 8.00万元 = 5.00万元 + 2.00万元 + 0.50万元"]);
    }

    #[test]
    fn areas_in_brackets_and_areas_summed_up() {
        assert_eq!(
            read(&["地上8㎡（计容7㎡，不计容1㎡），地下5㎡，共13㎡。"]),
            ["Areas 8㎡ = 7㎡ + 1㎡", "Areas 13㎡ = 8㎡ + 5㎡"]
        );
        assert_eq!(read(&["总面积13平方米，其中地上8平方米，地下5平方米。"]), ["Areas 13平方米 = 8平方米 + 5平方米"]);
    }

    #[test]
    fn items_are_added_only_where_each_is_understood() {
        let head = ["（三）支出决算具体情况", "年初预算为9.00万元，支出决算为8.00万元，其中："];
        let first = "1、教育支出（类）普通教育（款）小学教育（项）。年初预算为6.00万元，支出决算为5.00万元。";
        let second = "2、教育支出（类）普通教育（款）初中教育（项）。年初预算为3.00万元，支出决算为3.00万元。";
        assert_eq!(
            read(&[head[0], head[1], first, second]),
            ["ItemBudgets 9.00万元 = 6.00万元 + 3.00万元", "ItemOutturns 8.00万元 = 5.00万元 + 3.00万元"]
        );
        let fund = [
            "八、政府性基金预算财政拨款收入支出决算情况说明",
            "政府性基金预算财政拨款收入9.00万元，支出9.00万元，支出具体情况如下：",
            "住房保障支出（类）国债安排的支出（款）其他支出（项）8.00万元。年初预算为0.00万元，支出决算为8.00万元。",
        ];
        assert_eq!(read(&fund), ["ItemOutturns 9.00万元 = 8.00万元"]);
        let silent = "2、教育支出（类）普通教育（款）初中教育（项）。支出决算为3.00万元。";
        assert_eq!(read(&[head[0], head[1], first, silent]), [""; 0]);
    }
}
