//! Whether a printed paragraph is one of a narrative, and what its numbers are then.
//!
//! Every way to read the paragraph is followed at once, each state once, so that the work is bounded by the steps
//! of the pattern and the letters of the paragraph, and by a limit. A number that two ways read differently is told
//! apart by nobody here: it has both readings.

use super::pattern::{Naming, Pattern, Reach, Role, Step};
use mingzhang_model::prose::{Mention, Quantity};
use mingzhang_standard::words;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// The most states that one paragraph may be in: more than any paragraph of a disclosure needs.
const MOST_STATES: usize = 60_000;

/// A printed paragraph, folded, without its list number.
pub(super) struct Line<'d> {
    text: String,
    letters: Vec<char>,
    /// The numbers by the letter that they begin at: which, and where they end.
    numbers: BTreeMap<usize, (usize, usize)>,
    mentions: &'d [Mention],
    /// The document's year, where it is known.
    year: Option<u16>,
}

/// How a number is read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Reading {
    /// As part of a person's words.
    Unsaid,
    /// As the slot of a step, speaking of a code.
    Slot { step: usize, named: Option<Named> },
}

/// A name that was read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Named {
    /// What it is a name of.
    pub(super) naming: Naming,
    /// Where it stands.
    pub(super) letters: (usize, usize),
}

/// The readings of each number of a paragraph.
pub(super) type Readings = BTreeMap<usize, BTreeSet<Reading>>;

impl<'d> Line<'d> {
    /// The paragraph of a text in which the numbers of `own` stand.
    pub(super) fn of(text: &str, own: Range<usize>, mentions: &'d [Mention], year: Option<u16>) -> Line<'d> {
        let folded: Vec<(usize, char)> =
            text.char_indices().filter_map(|(at, c)| words::fold_char(c).map(|c| (at, c))).collect();
        let words: String = folded.iter().map(|(_, c)| c).collect();
        let number = super::super::outline::numbered(&words).map_or(0, |(_, number)| number.chars().count());
        let folded = &folded[number..];
        let letter = |byte: usize| folded.partition_point(|(at, _)| *at < byte);
        let numbers = own.filter(|i| folded.first().is_some_and(|(at, _)| *at <= mentions[*i].span.bytes.start));
        let numbers = numbers.map(|i| {
            let bytes = &mentions[i].span.bytes;
            (letter(bytes.start), (i, letter(bytes.end)))
        });
        let letters: Vec<char> = folded.iter().map(|(_, c)| *c).collect();
        Line { text: letters.iter().collect(), numbers: numbers.collect(), letters, mentions, year }
    }

    /// The words of some letters.
    pub(super) fn words(&self, (from, to): (usize, usize)) -> String {
        self.letters.get(from..to).unwrap_or_default().iter().collect()
    }

    /// Where digits with separators and a point end that begin at a letter.
    fn digits(&self, at: usize) -> Option<usize> {
        let is_digit = |c: &&char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let count = self.letters[at..].iter().take_while(is_digit).count();
        self.letters.get(at)?.is_ascii_digit().then_some(at + count)
    }

    /// Where a year ends that begins at a letter.
    fn year(&self, at: usize, back: u16) -> Option<usize> {
        let end = at + 4;
        let said: u16 = self.words((at, end)).parse().ok()?;
        (self.digits(at) == Some(end) && self.year.is_none_or(|year| said == year.saturating_sub(back))).then_some(end)
    }

    /// The number that begins at a letter, if it can have a role: which, and where it ends.
    fn number(&self, at: usize, role: &Role<'_>) -> Option<(usize, usize)> {
        let (mention, end) = *self.numbers.get(&at)?;
        let quantity = &self.mentions[mention].quantity;
        let fits = match role {
            Role::Money(_) | Role::Difference(_) => matches!(quantity, Quantity::Money { .. }),
            Role::Rate(_) | Role::Share(..) | Role::Done(..) => matches!(quantity, Quantity::Percent(_)),
            Role::Figure(_) | Role::Untold => true,
        };
        fits.then_some((mention, end))
    }
}

/// Where the reader stands: at a step, at a letter, speaking of a code.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    step: usize,
    at: usize,
    named: Option<Named>,
}

/// A number and its reading, on the way from one state to another.
type Told = Option<(usize, Reading)>;

/// The ways through a pattern.
#[derive(Default)]
struct Ways {
    states: Vec<State>,
    known: HashMap<State, usize>,
    /// From a state to a state.
    edges: Vec<(usize, usize, Told)>,
}

/// What the numbers of a paragraph are if it is a pattern from the first letter to the last; none if it is not, or
/// if that could not be found out within the limit.
pub(super) fn readings(pattern: &Pattern<'_>, line: &Line<'_>) -> Option<Readings> {
    if !pattern.needed.iter().all(|words| line.text.contains(words.as_str())) {
        return None;
    }
    let mut ways = Ways::default();
    ways.place(State { step: 0, at: 0, named: None });
    let mut next = 0;
    while next < ways.states.len() {
        if ways.states.len() > MOST_STATES {
            return None;
        }
        let state = ways.states[next].clone();
        if let Some(step) = pattern.steps.get(state.step) {
            follow(step, &state, line, &mut |to, told| ways.lead(next, to, told));
        }
        next += 1;
    }
    ways.told(|state| state.step == pattern.steps.len() && state.at == line.letters.len())
}

impl Ways {
    fn place(&mut self, state: State) -> usize {
        let next = self.states.len();
        let place = *self.known.entry(state.clone()).or_insert(next);
        if place == next {
            self.states.push(state);
        }
        place
    }

    fn lead(&mut self, from: usize, to: State, told: Told) {
        let to = self.place(to);
        self.edges.push((from, to, told));
    }

    /// The readings on all ways that end well; none where no way does.
    fn told(&self, ends: impl Fn(&State) -> bool) -> Option<Readings> {
        let mut open: Vec<usize> = (0..self.states.len()).filter(|at| ends(&self.states[*at])).collect();
        if open.is_empty() {
            return None;
        }
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.states.len()];
        self.edges.iter().for_each(|(from, to, _)| before[*to].push(*from));
        let mut good = vec![false; self.states.len()];
        open.iter().for_each(|at| good[*at] = true);
        while let Some(at) = open.pop() {
            for from in &before[at] {
                if !std::mem::replace(&mut good[*from], true) {
                    open.push(*from);
                }
            }
        }
        let mut readings = Readings::new();
        for (_, _, told) in self.edges.iter().filter(|(_, to, _)| good[*to]) {
            if let Some((mention, reading)) = told {
                readings.entry(*mention).or_default().insert(reading.clone());
            }
        }
        Some(readings)
    }
}

/// Every way on from a state.
fn follow(step: &Step<'_>, state: &State, line: &Line<'_>, lead: &mut impl FnMut(State, Told)) {
    let next = |at: usize| State { step: state.step + 1, at, named: state.named.clone() };
    let slot = |mention: usize| Some((mention, Reading::Slot { step: state.step, named: state.named.clone() }));
    let here = line.numbers.get(&state.at);
    match step {
        Step::Words(words) => {
            if line.letters[state.at..].starts_with(words) {
                lead(next(state.at + words.len()), None);
            }
        }
        Step::Any(reach) => {
            let Some(letter) = line.letters.get(state.at) else { return };
            let stops = here.is_some() || matches!(letter, '。' | ',' | ';' | ':');
            if *reach == Reach::Paragraph || !stops {
                lead(next(state.at + 1), here.map(|(mention, _)| (*mention, Reading::Unsaid)));
            }
        }
        Step::Digits(name) => {
            let told = here.and_then(|(mention, _)| match name {
                Some(_) => slot(*mention),
                None => Some((*mention, Reading::Unsaid)),
            });
            line.digits(state.at).into_iter().for_each(|end| lead(next(end), told.clone()));
        }
        Step::Year(back) => line.year(state.at, *back).into_iter().for_each(|end| lead(next(end), None)),
        Step::Number(role) => {
            if let Some((mention, end)) = line.number(state.at, role) {
                lead(next(end), slot(mention));
            }
        }
        Step::Open(naming) => {
            let named = Some(Named { naming: *naming, letters: (state.at, state.at) });
            lead(State { named, ..next(state.at) }, None);
        }
        Step::Close => {
            let close = |named: &Named| Named { letters: (named.letters.0, state.at), ..named.clone() };
            let named = state.named.as_ref().map(close);
            lead(State { named, ..next(state.at) }, None);
        }
        Step::Forget => lead(State { named: None, ..next(state.at) }, None),
        Step::Fork(other) => {
            lead(next(state.at), None);
            lead(State { step: *other, ..next(state.at) }, None);
        }
        Step::Jump(other) => lead(State { step: *other, ..next(state.at) }, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::mentions;
    use crate::prose::slots::pattern::patterns;
    use mingzhang_model::document::{Block, Document, Format, Paragraph};
    use mingzhang_standard::narrative::Narrative;

    /// What the numbers of a printed paragraph are by a narrative of one paragraph, with the name that is spoken of.
    fn told(narrative: &str, printed: &str) -> Option<Vec<String>> {
        let narrative = Narrative::parse("hunan_budget", narrative, &[]).unwrap();
        let paragraph = Paragraph { text: printed.to_string(), ..Paragraph::default() };
        let blocks = vec![Block::Paragraph(paragraph)];
        let mentions = mentions::mentions(&Document { format: Format::Text, pages: vec![], blocks, notes: vec![] });
        let line = Line::of(printed, 0..mentions.len(), &mentions, Some(2024));
        let patterns = patterns(&narrative);
        let readings = readings(&patterns[0], &line)?;
        let word = |reading: &Reading| match reading {
            Reading::Unsaid => "unsaid".to_string(),
            Reading::Slot { step, named } => {
                let named = named.as_ref().map(|named| format!(" of {}", line.words(named.letters)));
                format!("{}{}", role(&patterns[0].steps[*step]), named.unwrap_or_default())
            }
        };
        let words = |all: &BTreeSet<Reading>| all.iter().map(word).collect::<Vec<_>>().join(" or ");
        Some(readings.values().map(words).collect())
    }

    fn role(step: &Step<'_>) -> String {
        match step {
            Step::Number(Role::Money(sum)) => sum.words.clone(),
            Step::Number(Role::Difference(sum)) => format!("change {}", sum.words),
            Step::Number(Role::Rate(sum)) => format!("rate {}", sum.words),
            Step::Number(Role::Share(part, whole)) => format!("{} in {}", part.words, whole.words),
            Step::Number(Role::Done(sum, stage)) => format!("{} of {stage:?}", sum.words),
            Step::Number(Role::Untold) => "untold".to_owned(),
            Step::Number(Role::Figure(name)) | Step::Digits(Some(name)) => (*name).to_string(),
            _ => String::new(),
        }
    }

    #[test]
    fn a_paragraph_is_the_forms_from_its_first_letter_to_its_last() {
        let narrative = "{year}年支出预算{money expenditure}，其中：基本支出{money expenditure basic}。";
        let words = ["expenditure", "expenditure basic"].map(str::to_string).to_vec();
        let sentence = "2024年支出预算 3.00 万元，其中：基本支出2万元。";
        assert_eq!(told(narrative, sentence), Some(words.clone()));
        assert_eq!(told(narrative, &format!("（一）{sentence}")), Some(words));
        for other in [
            "2023年支出预算3.00万元，其中：基本支出2万元。",
            "2024年支出预算3.00万元，其中：基本支出2万元。另有1万元。",
            "据此，2024年支出预算3.00万元，其中：基本支出2万元。",
            "2024年支出预算3.00万元，其中：基本支出2%。",
        ] {
            assert_eq!(told(narrative, other), None, "{other}");
        }
    }

    #[test]
    fn what_is_optional_may_be_left_out() {
        let narrative = "收入{money income}{if money income other_revenue:，其他收入{money income other_revenue}}。\
                         较上年{change income}{if changed income:，{rate income}，主要原因是{words reason}}。";
        let all = "收入3万元，其他收入1万元。较上年减少1万元，下降25%，主要原因是少了2万元。";
        let told_all = ["income", "income other_revenue", "change income", "rate income", "unsaid"];
        assert_eq!(told(narrative, all), Some(told_all.map(str::to_string).to_vec()));
        assert_eq!(told(narrative, "收入3万元。较上年持平。"), Some(vec!["income".to_string()]));
    }

    #[test]
    fn what_is_repeated_speaks_of_the_name_before_it() {
        let narrative = "包括：{each classes in general_public join \"；\":{name}{money general_public here}，\
                         占{share general_public here of general_public}}。";
        let found = told(narrative, "包括：教育支出3万元，占75%；卫生健康支出1万元，占25%。").unwrap();
        assert_eq!(found[0], "general_public here of 教育支出");
        assert_eq!(found[3], "general_public here in general_public of 卫生健康支出");
        assert!(told(narrative, "包括：教育支出3万元，占75%；。").is_none());
        assert!(told(narrative, "包括：教育支出3万元，占75%，卫生健康支出1万元，占25%。").is_none());
    }

    #[test]
    fn a_number_that_can_be_two_things_is_told_apart_by_nobody() {
        let narrative =
            "收入{money income}{if words note:，{words note}}{if money expenditure:，支出{money expenditure}}。";
        let found = told(narrative, "收入3万元，支出2万元。").unwrap();
        assert_eq!(found, ["income", "unsaid or expenditure"]);
    }

    #[test]
    fn figures_have_their_unit_in_the_slot_or_behind_it() {
        let narrative = "共有车辆{figure vehicles_held}，等级{figure grade}；设备{number equipment}台（套）。";
        let found = told(narrative, "共有车辆3辆，等级优；设备2台（套）。").unwrap();
        assert_eq!(found, ["vehicles_held", "equipment"]);
    }

    #[test]
    fn what_takes_too_long_is_given_up() {
        let words: String = (0..12).map(|at| format!("{{words w{at}}}，")).collect();
        let narrative = format!("{words}收入{{money income}}。");
        let short = format!("{}收入3万元。", "一，".repeat(12));
        assert!(told(&narrative, &short).is_some());
        assert!(told(&narrative, &format!("{}收入3万元。", "一，".repeat(4_000))).is_none());
    }
}
