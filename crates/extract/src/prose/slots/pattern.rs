//! [`Pattern`]: a paragraph of a narrative as steps that a printed paragraph is read by.
//!
//! Words stand as they are, folded; what is optional or repeated is a fork between steps; a slot is the kind of
//! number or words that may stand there. Conditions are not asked: whether the words under one stand is what the
//! printed paragraph shows.

use mingzhang_model::key::Stage;
use mingzhang_standard::compare::NO_RATE;
use mingzhang_standard::narrative::{List, Narrative, Piece, Slot, Span, Sum, Text};
use mingzhang_standard::words;

/// A paragraph of a narrative.
#[derive(Debug)]
pub(super) struct Pattern<'n> {
    /// From the first; behind the last, the paragraph ends.
    pub(super) steps: Vec<Step<'n>>,
    /// The words that no way through the steps leaves out: most paragraphs lack one, and are read no further.
    pub(super) needed: Vec<String>,
}

/// What is read next.
#[derive(Debug)]
pub(super) enum Step<'n> {
    /// These words.
    Words(Vec<char>),
    /// One letter of words that nobody prescribes.
    Any(Reach),
    /// Digits without a unit; the name of what they count, where they are a figure.
    Digits(Option<&'n str>),
    /// The document's year, counted back.
    Year(u16),
    /// A number with its unit.
    Number(Role<'n>),
    /// The name of a code begins.
    Open(Naming),
    /// It ends.
    Close,
    /// What was named is no longer spoken of.
    Forget,
    /// The next step, or another one.
    Fork(usize),
    /// Another step.
    Jump(usize),
}

/// Which codes a name is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Naming {
    /// Functional 类.
    Class,
    /// Functional 项.
    Item,
    /// Economic codes.
    Economic,
}

/// How far words run that nobody prescribes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// Up to a number or the end of the clause: a name.
    Clause,
    /// Over sentences and the numbers in them: what a person wrote.
    Paragraph,
}

/// What a number is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Role<'n> {
    /// This money.
    Money(&'n Sum),
    /// More or less of it than last year, by so much.
    Difference(&'n Sum),
    /// The same in per cent.
    Rate(&'n Sum),
    /// So many per cent of the second are the first.
    Share(&'n Sum, &'n Sum),
    /// So many per cent of the budget of a stage were spent.
    Done(&'n Sum, Stage),
    /// A figure of this name.
    Figure(&'n str),
    /// A number that stands to the others of its sentence in a way that no claim can say.
    Untold,
}

/// The paragraphs of a narrative that hold any number that could be told, in its order.
pub(super) fn patterns(narrative: &Narrative) -> Vec<Pattern<'_>> {
    let mut patterns = Vec::new();
    collect(&narrative.pieces, &mut Vec::new(), &mut patterns);
    patterns
}

fn collect<'n>(pieces: &'n [Piece], lists: &mut Vec<&'n List>, patterns: &mut Vec<Pattern<'n>>) {
    for piece in pieces {
        match piece {
            Piece::Paragraph { text, .. } => {
                let pattern = Pattern::of(text, lists);
                if pattern.steps.iter().any(|step| matches!(step, Step::Number(_) | Step::Digits(Some(_)))) {
                    patterns.push(pattern);
                }
            }
            Piece::If { then, otherwise, .. } => {
                collect(then, lists, patterns);
                collect(otherwise, lists, patterns);
            }
            Piece::Each { list, pieces } => {
                lists.push(list);
                collect(pieces, lists, patterns);
                lists.pop();
            }
            // Titles, tables and their cells are read elsewhere.
            Piece::Cover(_)
            | Piece::Contents
            | Piece::Break
            | Piece::Decimals(_)
            | Piece::Table { .. }
            | Piece::Heading { .. }
            | Piece::Sheet(_) => {}
        }
    }
}

impl<'n> Pattern<'n> {
    /// The pattern of a text that stands in lists, the innermost last.
    fn of(text: &'n Text, lists: &[&'n List]) -> Pattern<'n> {
        let mut compiler = Compiler { steps: Vec::new(), lists: lists.to_vec() };
        compiler.text(text);
        let words = text.iter().filter_map(|span| match span {
            Span::Words(words) => Some(words::fold(words)),
            Span::Slot(_) | Span::If(..) | Span::Each { .. } => None,
        });
        Pattern { steps: compiler.steps, needed: words.collect() }
    }
}

/// Which codes a list is of; a list of rows is of none.
fn naming(list: &List) -> Option<Naming> {
    match list {
        List::Classes(_) => Some(Naming::Class),
        List::Items(_) => Some(Naming::Item),
        List::Economics(_) => Some(Naming::Economic),
        List::Rows { .. } => None,
    }
}

struct Compiler<'n> {
    steps: Vec<Step<'n>>,
    lists: Vec<&'n List>,
}

impl<'n> Compiler<'n> {
    fn text(&mut self, text: &'n Text) {
        for span in text {
            match span {
                Span::Words(words) => self.words(words),
                Span::Slot(slot) => self.slot(slot),
                Span::If(_, text) => {
                    let without = self.fork();
                    self.text(text);
                    self.land(without);
                }
                Span::Each { list, separator, text } => self.each(list, separator, text),
            }
        }
    }

    fn each(&mut self, list: &'n List, separator: &str, text: &'n Text) {
        let none = self.fork();
        let first = self.steps.len();
        if naming(list).is_some() {
            self.steps.push(Step::Forget);
        }
        self.lists.push(list);
        self.text(text);
        self.lists.pop();
        let last = self.fork();
        self.words(separator);
        self.steps.push(Step::Jump(first));
        self.land(none);
        self.land(last);
        if naming(list).is_some() {
            self.steps.push(Step::Forget);
        }
    }

    fn slot(&mut self, slot: &'n Slot) {
        match slot {
            Slot::Body | Slot::Code => self.run(Reach::Clause),
            Slot::Year(back) => self.steps.push(Step::Year(*back)),
            Slot::Cutoff => {
                for word in ["年", "月", "日"] {
                    self.steps.push(Step::Digits(None));
                    self.words(word);
                }
            }
            Slot::Money(sum) | Slot::Plain(sum) => self.steps.push(Step::Number(Role::Money(sum))),
            Slot::Change(sum) => {
                let level = self.fork();
                self.moved(Role::Difference(sum));
                self.or_words(level, &["持平"]);
            }
            Slot::Rate(sum) => {
                let level = self.fork();
                self.moved(Role::Rate(sum));
                self.or_words(level, &["持平", &format!("{NO_RATE}增减率")]);
            }
            Slot::Compared(sum) => self.compared(sum),
            Slot::Share(part, whole) => self.percentage(Role::Share(part, whole)),
            Slot::Done(sum, stage) => self.percentage(Role::Done(sum, *stage)),
            Slot::Beyond(..) => {
                let level = self.fork();
                self.moved(Role::Untold);
                let only = self.fork();
                self.words("，");
                self.moved(Role::Untold);
                self.land(only);
                self.or_words(level, &["持平"]);
            }
            Slot::Larger(..) => self.one_of(&["大于", "小于", "等于"]),
            Slot::Figure(name) => {
                let without_number = self.fork();
                self.steps.push(Step::Number(Role::Figure(name)));
                let end = self.jump();
                self.land(without_number);
                self.run(Reach::Clause);
                self.land(end);
            }
            Slot::Number(name) => self.steps.push(Step::Digits(Some(name))),
            Slot::Exact(name) => self.steps.push(Step::Number(Role::Figure(name))),
            Slot::Ordinal | Slot::Count(_) => self.steps.push(Step::Digits(None)),
            Slot::Words(_) | Slot::Field(_) => self.run(Reach::Paragraph),
            Slot::Name | Slot::Path => self.name(),
        }
    }

    /// The name of the code of the list around; of a row, any name.
    fn name(&mut self) {
        let naming = self.lists.last().and_then(|list| naming(list));
        self.steps.extend(naming.map(Step::Open));
        self.run(Reach::Clause);
        if naming.is_some() {
            self.steps.push(Step::Close);
        }
    }

    /// 比2023年预算增加3万元, 与2023年预算持平.
    fn compared(&mut self, sum: &'n Sum) {
        let level = self.fork();
        self.words("比");
        self.steps.push(Step::Year(1));
        self.one_of(&["预算", "决算"]);
        self.moved(Role::Difference(sum));
        let end = self.jump();
        self.land(level);
        self.words("与");
        self.steps.push(Step::Year(1));
        self.one_of(&["预算持平", "决算持平"]);
        self.land(end);
    }

    fn moved(&mut self, role: Role<'n>) {
        self.one_of(&["增加", "减少", "增长", "下降"]);
        self.steps.push(Step::Number(role));
    }

    fn percentage(&mut self, role: Role<'n>) {
        let none = self.fork();
        self.steps.push(Step::Number(role));
        self.or_words(none, &[NO_RATE]);
    }

    /// Ends the branch that stands, and begins the other: one of these words.
    fn or_words(&mut self, fork: usize, words: &[&str]) {
        let end = self.jump();
        self.land(fork);
        self.one_of(words);
        self.land(end);
    }

    fn one_of(&mut self, words: &[&str]) {
        let mut ends = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let other = (i + 1 < words.len()).then(|| self.fork());
            self.words(word);
            if let Some(other) = other {
                ends.push(self.jump());
                self.land(other);
            }
        }
        ends.into_iter().for_each(|end| self.land(end));
    }

    fn words(&mut self, words: &str) {
        let folded: Vec<char> = words::fold(words).chars().collect();
        if !folded.is_empty() {
            self.steps.push(Step::Words(folded));
        }
    }

    fn run(&mut self, reach: Reach) {
        let letter = self.steps.len();
        self.steps.extend([Step::Any(reach), Step::Fork(letter)]);
    }

    /// A fork whose other way is still to land.
    fn fork(&mut self) -> usize {
        self.steps.push(Step::Fork(0));
        self.steps.len() - 1
    }

    /// A jump that is still to land.
    fn jump(&mut self) -> usize {
        self.steps.push(Step::Jump(0));
        self.steps.len() - 1
    }

    /// Lets a fork or a jump land at the next step.
    fn land(&mut self, at: usize) {
        let next = self.steps.len();
        if let Step::Fork(to) | Step::Jump(to) = &mut self.steps[at] {
            *to = next;
        }
    }
}
