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

/// Every claim of the document, in reading order.
pub(super) fn claims(document: &Document, mentions: &[Mention]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for range in paragraphs(mentions) {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mentions[range.start].span.block) else { continue };
        let mut reader = Reader { text: &paragraph.text, mentions, state: State::default(), claims: &mut claims };
        for i in range {
            reader.next(i);
        }
    }
    claims
}

/// The runs of mentions that stand in one paragraph.
fn paragraphs(mentions: &[Mention]) -> Vec<Range<usize>> {
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
    /// The last amount that no comparison has used yet.
    amount: Option<usize>,
    base: Option<usize>,
    budget: Option<usize>,
    outturn: Option<usize>,
    /// The last amount of money, used or not.
    last: Option<usize>,
    /// The amount whose parts are being listed.
    whole: Option<usize>,
    /// The change claim that a rate directly behind it completes.
    open_change: Option<usize>,
    /// The parts claim that is being listed.
    parts: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    state: State,
    claims: &'a mut Vec<Claim>,
}

impl Reader<'_> {
    fn next(&mut self, i: usize) {
        let mention = &self.mentions[i];
        let lead = words::fold(&mention.lead);
        if self.begins_sentence(i) {
            self.state.parts = None;
        }
        let role = role(mention, &lead);
        // 主要原因是… talks of other numbers than the sentence did.
        if lead.contains("原因") || lead.contains("主要是") || lead.contains("主要系") {
            self.state.amount = None;
            self.state.base = None;
        }
        let open_change = self.state.open_change.take();
        match role {
            Role::Amount | Role::Base | Role::Budget | Role::Outturn => self.amount(i, role, &lead),
            Role::Difference(direction) => self.difference(i, direction),
            Role::Rate(direction) => self.rate(i, direction, open_change, &lead),
            Role::Share => self.share(i, &lead),
            Role::Completion => self.completion(i),
            Role::Other => {}
        }
    }

    /// True when a sentence ends between the mention before and this one.
    fn begins_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|b| &self.mentions[b]) else { return true };
        let span = &self.mentions[i].span;
        before.span.block != span.block
            || self.text.get(before.span.bytes.end..span.bytes.start).is_none_or(|gap| gap.contains('。'))
    }

    fn amount(&mut self, i: usize, role: Role, lead: &str) {
        let opens_list = ["其中", "主要用于", "包括", "具体为"].iter().any(|word| lead.contains(word));
        if opens_list && self.state.last.is_some() {
            self.state.whole = self.state.last;
            self.open_parts(i);
        } else if let Some(Claim::Parts { parts, .. }) = self.state.parts.and_then(|n| self.claims.get_mut(n))
            && role == Role::Amount
        {
            parts.push(i);
        }
        match role {
            Role::Base => self.state.base = Some(i),
            Role::Budget => self.state.budget = Some(i),
            Role::Outturn => self.state.outturn = Some(i),
            _ => {}
        }
        if role != Role::Base {
            self.state.last = Some(i);
            if role != Role::Budget || self.state.amount.is_none() {
                self.state.amount = Some(i);
            }
        }
    }

    fn open_parts(&mut self, i: usize) {
        let Some(whole) = self.state.whole else { return };
        let same_kind = same_unit(&self.mentions[whole].quantity, &self.mentions[i].quantity);
        self.state.parts = same_kind.then_some(self.claims.len());
        if same_kind {
            self.claims.push(Claim::Parts { whole, parts: vec![i], exhaustive: false });
        }
    }

    fn difference(&mut self, i: usize, direction: Option<Direction>) {
        let (current, base) = (self.state.amount.take(), self.state.base.take());
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
        let (current, base) = (self.state.amount.take(), self.state.base.take());
        if current.is_some() {
            self.claims.push(Claim::Change {
                current,
                base,
                difference: None,
                direction: None,
                rate: Some(i),
                rate_direction: direction,
            });
        }
    }

    fn share(&mut self, i: usize, lead: &str) {
        let Some(part) = i.checked_sub(1).filter(|p| self.is_money(*p)) else { return };
        // What follows 占 names the whole; where nothing does, it is the amount whose parts are listed.
        let named = lead.rsplit_once('占').map_or("", |(_, name)| name).trim_end_matches('的');
        let named = named.trim_start_matches(['比', '总', '为']);
        let whole = if named.is_empty() { self.state.whole } else { self.named(part, named) };
        if let Some(whole) = whole.filter(|whole| *whole != part && self.is_money(*whole)) {
            self.claims.push(Claim::Share { part, whole, percent: i });
        }
    }

    /// The nearest amount before `part` in this or the last few paragraphs whose lead ends in a name.
    fn named(&self, part: usize, name: &str) -> Option<usize> {
        const PARAGRAPHS: usize = 3;
        let near = |i: &usize| self.mentions[*i].span.block + PARAGRAPHS >= self.mentions[part].span.block;
        let called = |i: &usize| {
            let lead = words::fold(&self.mentions[*i].lead);
            lead.trim_end_matches(['为', '共', '是']).ends_with(name)
        };
        (0..part).rev().take_while(near).find(|i| self.is_money(*i) && called(i))
    }

    fn completion(&mut self, i: usize) {
        if let (Some(budget), Some(outturn)) = (self.state.budget.take(), self.state.outturn.take()) {
            self.claims.push(Claim::Completion { budget, outturn, percent: i });
            // The outturn goes on to be compared with last year's.
            self.state.amount = Some(outturn);
        }
    }

    fn is_money(&self, i: usize) -> bool {
        matches!(self.mentions[i].quantity, Quantity::Money { .. })
    }
}

fn same_unit(a: &Quantity, b: &Quantity) -> bool {
    match (a, b) {
        (Quantity::Money { .. }, Quantity::Money { .. }) => true,
        (Quantity::Count { unit: a, .. }, Quantity::Count { unit: b, .. }) => a == b,
        _ => false,
    }
}

/// The role of a number, told by the words that lead to it; `lead` is folded.
fn role(mention: &Mention, lead: &str) -> Role {
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
            let of_last_year = clause.contains("上年") || clause.contains("去年") || clause.starts_with(['比', '较']);
            if of_last_year {
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
        claims(&document, &mentions)
            .into_iter()
            .map(|claim| match claim {
                Claim::Change { current, base, difference, direction, rate, rate_direction } => format!(
                    "{} from {} by {} {direction:?} {} {rate_direction:?}",
                    maybe(current),
                    maybe(base),
                    maybe(difference),
                    maybe(rate)
                ),
                Claim::Share { part, whole, percent } => format!("{} of {} {}", say(part), say(whole), say(percent)),
                Claim::Completion { budget, outturn, percent } => {
                    format!("{} against {} {}", say(outturn), say(budget), say(percent))
                }
                Claim::Parts { whole, parts, .. } => {
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
    fn shares_of_a_listed_whole_and_of_a_named_one() {
        assert_eq!(
            claims_of("支出合计10.00万元，其中：基本支出7.00万元，占70.00%；项目支出3.00万元，占支出合计的30.00%。"),
            ["10.00万元 = 7.00万元 + 3.00万元", "7.00万元 of 10.00万元 70.00%", "3.00万元 of 10.00万元 30.00%",]
        );
    }

    #[test]
    fn completion_of_a_budget() {
        assert_eq!(
            claims_of("年初预算为14.00万元，支出决算为7.00万元，完成年初预算的50.00%。"),
            ["7.00万元 against 14.00万元 50.00%"]
        );
    }

    #[test]
    fn an_option_never_chosen_has_no_direction() {
        assert_eq!(claims_of("三公经费40万元，比上年增加（减少）4万元。"), ["40万元 from ? by 4万元 None ? None"]);
    }
}
