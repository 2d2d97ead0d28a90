//! What sentences say of their numbers.
//!
//! A paragraph is read from left to right. Each number has a role, told by the words that lead to it:
//! an amount, last year's amount, a difference, a budget, an outturn, a share, a rate, a completion.
//! A claim is made only where the sentence leaves no doubt which numbers belong together; a number that
//! has served in one comparison does not serve in the next. Better no claim than a wrong one.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::prose::{Claim, Direction, Mention, Quantity};
use mingzhang_standard::words;
use std::ops::Range;

/// What a number is in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// An amount of the document's own year.
    Amount,
    /// Last year's.
    Base,
    /// A budget that an outturn will be measured by.
    Budget,
    /// What was spent.
    Outturn,
    /// More or less by so much.
    Difference(Option<Direction>),
    /// More or less by so many per cent.
    Rate(Option<Direction>),
    /// So many per cent of a whole.
    Share,
    /// So many per cent of the budget.
    Completion,
    /// None of these.
    Other,
}

/// Every claim of the document of a year, in reading order.
pub(super) fn claims(document: &Document, mentions: &[Mention], year: Option<u16>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for range in paragraphs(mentions) {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mentions[range.start].span.block) else { continue };
        let mut reader = Reader { text: &paragraph.text, mentions, year, state: State::default(), claims: &mut claims };
        for i in range {
            reader.next(i);
        }
    }
    claims
}

/// The runs of mentions that stand in one paragraph.
pub(super) fn paragraphs(mentions: &[Mention]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if mentions[run.start].span.block == mention.span.block => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// The numbers that the next ones can relate to.
#[derive(Default)]
struct State {
    /// The first number of this sentence.
    first: usize,
    /// The amounts of this sentence that no comparison has used yet.
    amounts: Vec<usize>,
    /// How many amounts this sentence has named.
    named: usize,
    /// The one amount that the sentence before spoke of: its only one, or the one whose parts it lists.
    before: Option<usize>,
    /// The numbers of last year, the nearest last.
    bases: Vec<usize>,
    /// The budgets that the outturn can be measured by, the nearest last.
    budgets: Vec<usize>,
    outturn: Option<usize>,
    /// The amounts of the paragraph that a list of parts can belong to, the nearest last.
    wholes: Vec<usize>,
    /// The change claim that a rate directly behind it completes.
    open_change: Option<usize>,
    /// The parts claim that is being listed.
    parts: Option<usize>,
    /// The amount that a colon follows.
    announced: Option<usize>,
    /// The first percentage of the list of shares.
    shares: Option<usize>,
    /// What the paragraph was about before it gave its reasons: the outturn just measured.
    topic: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    /// The document's own year.
    year: Option<u16>,
    state: State,
    claims: &'a mut Vec<Claim>,
}

impl Reader<'_> {
    fn next(&mut self, i: usize) {
        let mention = &self.mentions[i];
        let lead = words::fold(&mention.lead);
        if self.begins_sentence(i) {
            self.close_sentence();
            self.state.first = i;
        }
        // 主要原因是… talks of other numbers than the sentence did.
        if ["原因", "主要是", "主要系"].iter().any(|word| lead.contains(word)) {
            self.state.amounts.clear();
            self.state.before = self.state.topic.filter(|_| returns_to_topic(&lead));
            self.state.named = 0;
            self.state.bases.clear();
        }
        let open_change = self.state.open_change.take();
        if lead == "(" && self.rate_in_brackets(i, open_change) {
            return;
        }
        let role = match role(mention, &lead, self.year) {
            Role::Base if self.is_planned(i, &lead) => Role::Budget,
            role => role,
        };
        match role {
            role @ (Role::Amount | Role::Base | Role::Budget | Role::Outturn) => self.amount(i, role, &lead),
            Role::Difference(direction) => self.difference(i, direction, &lead),
            Role::Rate(direction) => self.rate(i, direction, open_change, &lead),
            Role::Share => self.share(i, &lead),
            Role::Completion => self.completion(i, &lead),
            Role::Other => {}
        }
    }

    /// 2025年执行数为7.11万元，2025年预算安排8.61万元 in a budget of 2026: behind what was spent last year stands what
    /// is planned for this one, whatever year the sentence gives it.
    fn is_planned(&self, i: usize, lead: &str) -> bool {
        let executed = self.state.bases.last().is_some_and(|base| self.mentions[*base].lead.contains("执行"));
        let clause = lead.rsplit([',', ';', ':', '。']).next().unwrap_or(lead);
        executed && clause.contains("预算安排") && !self.names_own_year(i)
    }

    /// True when the sentence of a number names the document's own year.
    fn names_own_year(&self, i: usize) -> bool {
        let at = self.mentions[i].span.bytes.start;
        let from = self.text[..at].rfind('。').unwrap_or(0);
        let end = self.text[at..].find('。').map_or(self.text.len(), |end| at + end);
        self.year.is_some_and(|year| self.text[from..end].contains(&format!("{year}年")))
    }

    /// True when a sentence ends between the mention before and this one.
    fn begins_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|b| &self.mentions[b]) else { return true };
        let span = &self.mentions[i].span;
        before.span.block != span.block
            || self.text.get(before.span.bytes.end..span.bytes.start).is_none_or(|gap| gap.contains('。'))
    }

    fn close_sentence(&mut self) {
        let whole = self.state.parts.take().and_then(|n| match &self.claims[n] {
            Claim::Parts { whole, .. } => Some(*whole),
            _ => None,
        });
        let only = self.state.amounts.first().copied().filter(|_| self.state.named == 1);
        self.state.before = whole.or(only);
        self.state.amounts.clear();
        self.state.named = 0;
        self.state.bases.clear();
    }

    fn amount(&mut self, i: usize, role: Role, lead: &str) {
        if ["其中", "主要用于", "包括", "具体为"].iter().any(|word| lead.contains(word)) {
            self.state.shares = None;
        }
        if let Some(whole) = self.state.announced.take() {
            self.state.parts = None;
            self.list(whole, i);
        } else if lead.contains("其中") {
            self.open_parts(i, lead);
        } else if matches!(role, Role::Amount | Role::Budget) {
            self.more_parts(i, lead);
        }
        // 总额10万元：货物… — what follows the colon are its parts.
        let behind = self.text.get(self.mentions[i].span.bytes.end..).unwrap_or_default();
        self.state.announced = behind.starts_with(['：', ':']).then_some(i);
        match role {
            Role::Base => self.state.bases.push(i),
            Role::Budget => self.state.budgets.push(i),
            Role::Outturn => self.state.outturn = Some(i),
            _ => {}
        }
        if role != Role::Base {
            self.state.amounts.push(i);
            self.state.wholes.push(i);
            self.state.named += 1;
        }
    }

    /// 其中 directly behind an amount opens the list of its parts. Inside a list it opens a list in the
    /// list: from there on nobody can tell which amount belongs to which, so neither is claimed.
    fn open_parts(&mut self, i: usize, lead: &str) {
        let directly = lead.trim_start_matches([',', '(', ';', ':']).starts_with("其中");
        if self.state.parts.take().is_some_and(|n| n + 1 == self.claims.len()) {
            self.claims.pop();
            return;
        }
        let Some(whole) = self.state.amounts.last().copied().filter(|whole| directly && *whole + 1 == i) else {
            return;
        };
        self.list(whole, i);
    }

    /// Begins the list of the parts of an amount.
    fn list(&mut self, whole: usize, first: usize) {
        if same_unit(&self.mentions[whole].quantity, &self.mentions[first].quantity) {
            self.state.parts = Some(self.claims.len());
            self.claims.push(Claim::Parts { whole, parts: vec![first], exhaustive: false });
        }
    }

    /// The list goes on as long as its members are named shortly; a new subject ends it.
    fn more_parts(&mut self, i: usize, lead: &str) {
        const LONGEST_NAME: usize = 24;
        let unit = &self.mentions[i].quantity;
        let Some(Claim::Parts { whole, parts, .. }) = self.state.parts.and_then(|n| self.claims.get_mut(n)) else {
            return;
        };
        let goes_on = lead.chars().count() <= LONGEST_NAME && !lead.contains("20") && !lead.contains('本');
        if goes_on && same_unit(&self.mentions[*whole].quantity, unit) {
            parts.push(i);
        } else {
            self.state.parts = None;
        }
    }

    /// The amount that a difference or rate is about. 财政拨款支出比上年增加 names it; where nothing does
    /// it is the last amount of the sentence, or the one amount of the sentence before.
    fn compared(&mut self, i: usize, lead: &str) -> Option<usize> {
        let name = compared_name(lead);
        let found = if name.is_empty() {
            // In a list the sentence may speak of the whole or of the last part: nobody can tell.
            let own = self.state.amounts.last().copied().filter(|_| self.state.parts.is_none());
            if self.state.named == 0 { self.state.before.take() } else { own }
        } else {
            self.called(i, &name)
        };
        self.state.amounts.retain(|amount| Some(*amount) != found);
        found
    }

    /// The nearest amount of the paragraph whose lead ends in a name.
    fn called(&self, i: usize, name: &str) -> Option<usize> {
        let ends_in_name = |m: &usize| {
            let lead = words::fold(&self.mentions[*m].lead);
            lead.trim_end_matches(['为', '共', '是', '均', '数']).ends_with(name)
        };
        let usable = |m: &usize| self.state.amounts.contains(m) || self.state.before == Some(*m);
        (0..i).rev().take_while(|m| self.in_paragraph_of(i, *m)).filter(usable).find(ends_in_name)
    }

    fn in_paragraph_of(&self, i: usize, other: usize) -> bool {
        self.mentions[i].span.block == self.mentions[other].span.block
    }

    /// The number of last year that a comparison names: what was spent where it says 比上年执行数, what was planned where
    /// it says 比上年预算; the nearest where only one is told.
    fn take_base(&mut self, lead: &str) -> Option<usize> {
        let bases = std::mem::take(&mut self.state.bases);
        let is_named = |base: &&usize| self.mentions[**base].lead.contains("执行") == lead.contains("执行");
        bases.iter().rev().find(is_named).or(bases.last()).copied()
    }

    fn difference(&mut self, i: usize, direction: Option<Direction>, lead: &str) {
        let (current, base) = (self.compared(i, lead), self.take_base(lead));
        self.state.open_change = Some(self.claims.len());
        let (rate, rate_direction) = (None, None);
        self.claims.push(Claim::Change { current, base, difference: Some(i), direction, rate, rate_direction });
    }

    fn rate(&mut self, i: usize, direction: Option<Direction>, open_change: Option<usize>, lead: &str) {
        const NEAR: usize = 8;
        let near = lead.chars().count() <= NEAR;
        if let Some(Claim::Change { rate, rate_direction, .. }) =
            open_change.filter(|_| near).and_then(|n| self.claims.get_mut(n))
        {
            (*rate, *rate_direction) = (Some(i), direction);
            return;
        }
        let (current, base) = (self.compared(i, lead), self.take_base(lead));
        if current.is_some() {
            let (difference, rate, rate_direction) = (None, Some(i), direction);
            self.claims.push(Claim::Change { current, base, difference, direction: None, rate, rate_direction });
        }
    }

    /// 较上年减少24.5万元（43%）: the rate of the difference that it stands behind.
    fn rate_in_brackets(&mut self, i: usize, open_change: Option<usize>) -> bool {
        let is_percent = matches!(self.mentions[i].quantity, Quantity::Percent(_));
        let Some(Claim::Change { difference: Some(by), direction, rate, rate_direction, .. }) =
            open_change.filter(|_| is_percent).and_then(|n| self.claims.get_mut(n))
        else {
            return false;
        };
        let directly = *by + 1 == i;
        if directly {
            (*rate, *rate_direction) = (Some(i), *direction);
        }
        directly
    }

    fn share(&mut self, i: usize, lead: &str) {
        let Some(part) = i.checked_sub(1).filter(|p| self.is_money(*p) && self.in_paragraph_of(i, *p)) else { return };
        // What follows 占 names the whole; where nothing does, it is an amount before the list.
        let named = lead.rsplit_once('占').map_or("", |(_, name)| name).trim_end_matches('的');
        let named = named.trim_start_matches(['比', '总', '为']);
        let list = *self.state.shares.get_or_insert(i);
        let wholes: Vec<usize> = if named.is_empty() {
            let before = self.state.wholes.iter().rev().copied();
            before.filter(|w| *w < list && *w != part && self.is_money(*w)).collect()
        } else {
            self.named(part, named).into_iter().collect()
        };
        if !wholes.is_empty() {
            let list = named.is_empty().then_some(list);
            self.claims.push(Claim::Share { part, wholes, percent: i, list });
        }
    }

    /// The nearest amount before `part` in this or the last few paragraphs whose lead ends in a name, and
    /// which is no share itself: 占收入合计的 does not mean the 事业收入 listed just before.
    fn named(&self, part: usize, name: &str) -> Option<usize> {
        const PARAGRAPHS: usize = 3;
        const SHORTEST_NAME: usize = 4;
        // So long a name is no other's: 占授予中小企业合同金额的 means it, though it is itself a share.
        const SURE_NAME: usize = 8;
        let sure = name.chars().count() >= SURE_NAME;
        let near = |i: &usize| self.mentions[*i].span.block + PARAGRAPHS >= self.mentions[part].span.block;
        let is_share = |i: usize| self.mentions.get(i + 1).is_some_and(|next| next.lead.contains('占'));
        let called = |i: &usize| {
            let lead = words::fold(&self.mentions[*i].lead);
            lead.trim_end_matches(['为', '共', '是']).ends_with(name)
        };
        let long_enough = name.chars().count() >= SHORTEST_NAME;
        let mut before = (0..part).rev().take_while(near);
        before.find(|i| long_enough && self.is_money(*i) && (sure || !is_share(*i)) && called(i))
    }

    fn completion(&mut self, i: usize, lead: &str) {
        let budgets = std::mem::take(&mut self.state.budgets);
        if let (Some(budget), Some(outturn)) = (self.measured_by(&budgets, lead), self.state.outturn.take()) {
            self.claims.push(Claim::Completion { budget, outturn, percent: i });
            // The outturn goes on to be compared with last year's.
            (self.state.amounts, self.state.named, self.state.topic) = (vec![outturn], 1, Some(outturn));
        }
    }

    /// The budget that a rate of completion names, 完成年初预算的, where both are told; else the nearest.
    fn measured_by(&self, budgets: &[usize], lead: &str) -> Option<usize> {
        let named = ["年初", "全年", "调整"].into_iter().find(|stage| lead.contains(stage));
        let of_stage = |budget: &&usize| {
            **budget >= self.state.first && named.is_some_and(|stage| self.mentions[**budget].lead.contains(stage))
        };
        budgets.iter().rev().find(of_stage).or(budgets.last()).copied()
    }

    fn is_money(&self, i: usize) -> bool {
        matches!(self.mentions[i].quantity, Quantity::Money { .. })
    }
}

/// …主要原因是厉行节约;与上年相比减少: after its reasons the sentence comes back to its subject.
fn returns_to_topic(lead: &str) -> bool {
    let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(lead);
    ["与上年相比", "与去年相比", "比上年", "较上年"].iter().any(|word| clause.starts_with(word))
}

/// The name of what is compared: 财政拨款支出 in 财政拨款支出比上年增加 and in 与上年相比,财政拨款支出增加;
/// nothing where the sentence leaves it out.
fn compared_name(lead: &str) -> String {
    let clause = lead.rsplit([',', ';', ':', '。']).next().unwrap_or(lead);
    let end = direction_at_end(clause).map_or(clause.len(), |(_, at)| at);
    let said = clause.get(..end).unwrap_or(clause);
    let at = ["比", "较", "与上年", "与去年", "与20", "同比", "与年初"].iter().filter_map(|word| said.find(word)).min();
    let name = said.get(..at.unwrap_or(said.len())).unwrap_or(said);
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = ["年度", "年", "本年", "当年", "其", "相", "我单位", "我局", "本单位", "本部门", "同", "总体", "总额"]
        .iter()
        .fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    name.to_string()
}

fn same_unit(a: &Quantity, b: &Quantity) -> bool {
    match (a, b) {
        (Quantity::Money { .. }, Quantity::Money { .. }) => true,
        (Quantity::Count { unit: a, .. }, Quantity::Count { unit: b, .. }) => a == b,
        _ => false,
    }
}

/// The role of a number, told by the words that lead to it; `lead` is folded.
fn role(mention: &Mention, lead: &str, year: Option<u16>) -> Role {
    let clause = lead.rsplit([',', ';', ':', '。']).next().unwrap_or(lead);
    match &mention.quantity {
        Quantity::Percent(_) => {
            if clause.contains('占') {
                Role::Share
            } else if clause.contains("完成") {
                Role::Completion
            } else if let Some((direction, _)) = direction_at_end(clause) {
                Role::Rate(direction)
            } else {
                Role::Other
            }
        }
        Quantity::Count { .. } => Role::Amount,
        Quantity::Money { .. } => {
            if let Some((direction, _)) = direction_at_end(clause) {
                return Role::Difference(direction);
            }
            if is_of_last_year(clause, year) {
                Role::Base
            } else if clause.contains("决算") {
                Role::Outturn
            } else if clause.contains("预算") {
                Role::Budget
            } else {
                Role::Amount
            }
        }
    }
}

/// 上年决算数为, 比去年执行数, 2023年预算数 in a budget of 2024: last year's number of the same thing. 上年结转 is
/// money of this year, and 比上年增加了某项资金 names a part of the change.
fn is_of_last_year(clause: &str, year: Option<u16>) -> bool {
    let named = year.is_some_and(|year| last_year_named(clause) == Some(year - 1));
    let last_year = named || clause.contains("上年") || clause.contains("去年") || clause.starts_with(['比', '较']);
    let number =
        ["预算", "决算", "执行", "完成", "同期", "收入为", "支出为", "总额"].iter().any(|word| clause.contains(word));
    let other = ["结转", "结余", "余额", "增加", "增长", "减少", "下降"].iter().any(|word| clause.contains(word));
    // 较上年的7.80万元增加: the amount itself is what is compared with.
    let alone = ["比上年的", "较上年的", "比去年的", "较去年的"].iter().any(|words| clause.ends_with(words));
    last_year && number && !other || alone
}

/// The last year that a clause names: 2024年预算与2023年相比(2023年预算为 is about 2023.
fn last_year_named(clause: &str) -> Option<u16> {
    const DIGITS: usize = 4;
    let mut years = clause.match_indices('年').filter_map(|(at, mark)| {
        let from = at.checked_sub(DIGITS).filter(|from| clause.is_char_boundary(*from))?;
        words::year_in(&clause[from..at + mark.len()])
    });
    years.next_back()
}

/// The direction word that the clause ends in, with where it begins: 比上年增加, 同比增长了, 减少金额为.
/// An option that was never chosen, 增加(减少), is a direction word without a direction.
fn direction_at_end(clause: &str) -> Option<(Option<Direction>, usize)> {
    const WORDS: [(&str, Direction); 9] = [
        ("增加", Direction::Up),
        ("增长", Direction::Up),
        ("提高", Direction::Up),
        ("上升", Direction::Up),
        ("多", Direction::Up),
        ("减少", Direction::Down),
        ("下降", Direction::Down),
        ("降低", Direction::Down),
        ("少", Direction::Down),
    ];
    // 增幅25.00%: the noun alone.
    const NOUNS: [(&str, Option<Direction>); 5] = [
        ("增减幅", None),
        ("升降幅", None),
        ("增幅", Some(Direction::Up)),
        ("降幅", Some(Direction::Down)),
        ("减幅", Some(Direction::Down)),
    ];
    let said = clause.trim_end_matches(['为', '约']);
    if let Some((noun, direction)) = NOUNS.iter().find(|(noun, _)| said.ends_with(noun)) {
        return Some((*direction, said.len() - noun.len()));
    }
    let end =
        clause.trim_end_matches(['了', '为', '约', '额', '数', '率', '幅', '度', '近', '金', '达', '到', '各', '的']);
    if let Some(option) = end.strip_suffix(')') {
        let unchosen = WORDS.iter().any(|(word, _)| option.ends_with(word)) && option.contains('(');
        return unchosen.then_some((None, 0));
    }
    // 增加到 says what it became, not by how much.
    if clause.ends_with('到') || clause.ends_with("达") {
        return None;
    }
    WORDS
        .iter()
        .find(|(word, _)| end.ends_with(word))
        .map(|(word, direction)| (Some(*direction), end.len() - word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::mentions::mentions;
    use mingzhang_model::document::{Format, Line, Paragraph};

    fn claims_of(text: &str) -> Vec<String> {
        let paragraph = Paragraph { text: text.to_string(), lines: vec![Line::default()] };
        let blocks = vec![Block::Paragraph(paragraph)];
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let mentions = mentions(&document);
        let say = |i: usize| text[mentions[i].span.bytes.clone()].to_string();
        let maybe = |i: Option<usize>| i.map_or_else(|| "?".to_string(), say);
        claims(&document, &mentions, Some(2024))
            .into_iter()
            .map(|claim| match claim {
                Claim::Named { mention, .. }
                | Claim::Reported { mention, .. }
                | Claim::Stated { mention, .. }
                | Claim::Unplaced { mention, .. } => say(mention),
                Claim::Change { current, base, difference, direction, rate, rate_direction } => format!(
                    "{} from {} by {} {direction:?} {} {rate_direction:?}",
                    maybe(current),
                    maybe(base),
                    maybe(difference),
                    maybe(rate)
                ),
                Claim::Share { part, wholes, percent, .. } => {
                    let wholes: Vec<String> = wholes.into_iter().map(say).collect();
                    format!("{} of {} {}", say(part), wholes.join(" or "), say(percent))
                }
                Claim::Completion { budget, outturn, percent } => {
                    format!("{} against {} {}", say(outturn), say(budget), say(percent))
                }
                Claim::Parts { whole, parts, .. } | Claim::Total { whole, parts, .. } => {
                    format!("{} = {}", say(whole), parts.into_iter().map(say).collect::<Vec<_>>().join(" + "))
                }
            })
            .collect()
    }

    #[test]
    fn a_change_with_difference_and_rate() {
        assert_eq!(
            claims_of("本年收入300.00万元。与上年相比，减少20.00万元，下降6.25%，主要原因是减少5.00万元设备款。"),
            ["300.00万元 from ? by 20.00万元 Some(Down) 6.25% Some(Down)", "? from ? by 5.00万元 Some(Down) ? None",]
        );
    }

    #[test]
    fn a_change_against_a_printed_base() {
        assert_eq!(
            claims_of("上年执行数为80.00万元，今年安排100.00万元，比上年执行数增长25.00%。"),
            ["100.00万元 from 80.00万元 by ? None 25.00% Some(Up)"]
        );
    }

    #[test]
    fn the_year_before_is_a_base_too() {
        assert_eq!(
            claims_of("2023年预算执行数为80.00万元，2024年预算安排100.00万元，比2023年预算执行数增长25.00%。"),
            ["100.00万元 from 80.00万元 by ? None 25.00% Some(Up)"]
        );
        assert_eq!(
            claims_of("2024年预算与2023年相比（2023年预算安排为80.00万元），增加20.00万元，增长25.00%。"),
            ["? from 80.00万元 by 20.00万元 Some(Up) 25.00% Some(Up)"]
        );
    }

    #[test]
    fn a_rate_in_brackets_is_that_of_the_difference() {
        assert_eq!(
            claims_of("接待费8.60万元，较上年增加1.50万元（21.13%），增加的主要原因是来访增多。"),
            ["8.60万元 from ? by 1.50万元 Some(Up) 21.13% Some(Up)"]
        );
    }

    #[test]
    fn shares_of_a_listed_whole_and_of_a_named_one() {
        assert_eq!(
            claims_of("支出合计10.00万元，其中：基本支出7.00万元，占70.00%；项目支出3.00万元，占支出合计的30.00%。"),
            ["10.00万元 = 7.00万元 + 3.00万元", "7.00万元 of 10.00万元 70.00%", "3.00万元 of 10.00万元 30.00%",]
        );
    }

    #[test]
    fn a_sentence_about_the_whole_after_its_parts() {
        assert_eq!(
            claims_of(
                "收入9.00万元，其中：拨款6.00万元；其他3.00万元。收入比上年增加1.00万元；支出比上年减少2.00万元。"
            ),
            [
                "9.00万元 = 6.00万元 + 3.00万元",
                "9.00万元 from ? by 1.00万元 Some(Up) ? None",
                "? from ? by 2.00万元 Some(Down) ? None",
            ]
        );
    }

    #[test]
    fn money_carried_over_is_no_number_of_last_year() {
        assert_eq!(
            claims_of("拨款8.00万元，上年结转2.00万元，较上年增加1.00万元。"),
            ["2.00万元 from ? by 1.00万元 Some(Up) ? None"]
        );
    }

    #[test]
    fn completion_of_a_budget() {
        assert_eq!(
            claims_of("年初预算为14.00万元，支出决算为7.00万元，完成年初预算的50.00%。"),
            ["7.00万元 against 14.00万元 50.00%"]
        );
        let both = "年初预算为14.00万元，全年预算为8.00万元，支出决算为7.00万元，";
        let [of_opening, of_whole] =
            ["完成年初预算的50.00%。", "完成全年预算的87.50%。"].map(|end| claims_of(&format!("{both}{end}")));
        assert_eq!(of_opening, ["7.00万元 against 14.00万元 50.00%"]);
        assert_eq!(of_whole, ["7.00万元 against 8.00万元 87.50%"]);
    }

    #[test]
    fn a_comparison_names_its_base() {
        let said = "2024年预算安排110.00万元，2023年执行数为80.00万元，2023年预算安排100.00万元，";
        assert_eq!(
            claims_of(&format!("{said}比2023年执行数增加30.00万元。")),
            ["110.00万元 from 80.00万元 by 30.00万元 Some(Up) ? None"]
        );
        assert_eq!(
            claims_of(&format!("{said}比2023年预算增加10.00万元。")),
            ["110.00万元 from 100.00万元 by 10.00万元 Some(Up) ? None"]
        );
        assert_eq!(
            claims_of("支出100.00万元，比上年增加20.00万元，增减幅25.00%。"),
            ["100.00万元 from ? by 20.00万元 Some(Up) 25.00% None"]
        );
    }

    #[test]
    fn what_is_planned_behind_what_was_spent_is_of_this_year() {
        assert_eq!(
            claims_of("2023年预算执行数为80.00万元，2023年预算安排100.00万元，比2023年预算执行数增长25.00%。"),
            ["100.00万元 from 80.00万元 by ? None 25.00% Some(Up)"]
        );
        assert_eq!(
            claims_of("会议费100.00万元，较上年的80.00万元增加20.00万元，增幅25.00%。"),
            ["100.00万元 from 80.00万元 by 20.00万元 Some(Up) 25.00% Some(Up)"]
        );
    }

    #[test]
    fn an_option_never_chosen_has_no_direction() {
        assert_eq!(claims_of("三公经费40万元，比上年增加（减少）4万元。"), ["40万元 from ? by 4万元 None ? None"]);
    }
}
