//! The running text of a document in its parts: contents, explanations of terms, and the body that
//! speaks for itself. What stands in the contents or among the terms is not yet said.

use crate::text::{self, ListNumber, Passage};
use mingzhang_model::document::{Block, Document, NoteKind};
use mingzhang_model::fact::Facts;
use mingzhang_standard::section::Required;
use mingzhang_standard::words;
use std::collections::{BTreeMap, BTreeSet};

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 45;

/// A paragraph with its folded text.
pub(crate) struct Line<'d> {
    pub(crate) passage: Passage<'d>,
    pub(crate) folded: String,
}

/// The paragraphs of a document by their part.
#[derive(Default)]
pub(crate) struct Body<'d> {
    /// The lines of the contents, without the word itself.
    pub(crate) contents: Vec<Line<'d>>,
    /// The heading of the explanations of terms, and these.
    pub(crate) terms: Vec<Line<'d>>,
    /// The titles of tables.
    pub(crate) titles: Vec<Line<'d>>,
    /// Everything else.
    pub(crate) text: Vec<Line<'d>>,
}

impl Line<'_> {
    /// A short line that does not end as a sentence does.
    pub(crate) fn is_short(&self) -> bool {
        self.folded.chars().count() <= LONGEST_HEADING && !self.folded.ends_with(['。', ';', ',', '!'])
    }
}

impl<'d> Body<'d> {
    pub(crate) fn of(document: &'d Document) -> Body<'d> {
        let lines: Vec<Line<'d>> = text::passages(document)
            .map(|passage| Line { passage, folded: words::fold(&words::without_bookmarks(passage.text())) })
            .collect();
        let contents = contents(document, &lines);
        let mut body = Body::default();
        let running = running_heads(&lines);
        let mut among_terms = false;
        let mut head: Option<ListNumber> = None;
        for (i, line) in lines.into_iter().enumerate() {
            if is_terms_heading(&line) {
                (among_terms, head) = (true, ListNumber::of(&line.folded));
            } else if !running.contains(&line.folded) && line.folded.contains(char::is_alphabetic) {
                // Page numbers and the heads of pages end nothing.
                among_terms = among_terms && !ends_terms(document, &line) && !follows(&line, head.as_ref());
            }
            if contents.contains(&i) {
                among_terms = false;
                body.contents.push(line);
            } else if among_terms {
                body.terms.push(line);
            } else if is_table_title(&line) {
                body.titles.push(line);
            } else {
                body.text.push(line);
            }
        }
        body
    }

    /// The first line that shows a subject to be spoken of: its heading, or a paragraph about it.
    pub(crate) fn first_about(&self, subject: &Required) -> Option<&Line<'d>> {
        if let Some(heading) = self.terms.first().filter(|line| subject.is_headed(&line.folded)) {
            return Some(heading);
        }
        let headed = self.text.iter().find(|line| line.is_short() && subject.is_headed(&line.folded));
        headed.or_else(|| self.text.iter().find(|line| subject.is_stated(&line.folded)))
    }

    /// The lines of the contents that promise a subject: as a section, or as a table.
    pub(crate) fn promises(&self, subject: &Required) -> impl Iterator<Item = &Line<'d>> {
        self.contents.iter().filter(|line| subject.is_headed(&line.folded))
    }
}

/// True when some page is a picture of text, or was recognised, or some object was not opened: then what was not read may well be
/// there.
pub(crate) fn is_partly_unread(document: &Document) -> bool {
    document
        .notes
        .iter()
        .any(|note| matches!(note.kind, NoteKind::NoTextLayer | NoteKind::Recognised | NoteKind::Embedded))
}

/// True when a table holds long text about a subject: some places print their narrative in tables.
pub(crate) fn is_in_a_table(document: &Document, facts: &Facts, subject: &Required) -> bool {
    const SENTENCE: usize = 20;
    facts.unrecognised.iter().any(|block| match &document.blocks[*block] {
        Block::Table(table) => table.cells().iter().any(|cell| {
            let folded = words::fold(&cell.text);
            folded.chars().count() >= SENTENCE && (subject.is_stated(&folded) || subject.is_headed(&folded))
        }),
        Block::Paragraph(_) => false,
    })
}

/// The places of the lines of the contents among all lines: from 目录 to where its first line comes
/// again, or running text begins.
fn contents(document: &Document, lines: &[Line<'_>]) -> std::ops::Range<usize> {
    const NEAR_THE_FRONT: usize = 60;
    let is_word = |line: &Line<'_>| matches!(line.folded.as_str(), "目录" | "目次");
    let Some(word) = lines.iter().take(NEAR_THE_FRONT).position(is_word) else { return 0..0 };
    let first = lines.get(word + 1).map_or(String::new(), |line| entry_key(&line.folded));
    let number = |folded: &str| ListNumber::of(folded).map(|number| (number.level, number.value));
    let opening = number(&first);
    let mut end = word + 1;
    while let Some(line) = lines.get(end) {
        let before = document.blocks.get(line.passage.block.wrapping_sub(1));
        let behind_table = end > word + 1 && matches!(before, Some(Block::Table(_)));
        let renumbered = opening.is_some() && number(&line.folded) == opening;
        let again = end > word + 1 && (renumbered || entry_key(&line.folded) == first);
        if again || behind_table || !is_entry(line) {
            break;
        }
        end += 1;
    }
    // Headings of the body that carry no number are no entries, though they follow at once.
    let numbered = |line: &Line<'_>| ListNumber::of(&line.folded).is_some() || has_page_number(&line.folded);
    while end > word + 1 && !numbered(&lines[end - 1]) {
        end -= 1;
    }
    word + 1..end
}

/// What makes an entry of the contents the heading that it names.
pub(crate) fn entry_key(folded: &str) -> String {
    let title = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '—'));
    title.chars().filter(|c| !c.is_whitespace()).collect()
}

fn has_page_number(folded: &str) -> bool {
    folded.ends_with(|c: char| c.is_ascii_digit())
}

fn is_entry(line: &Line<'_>) -> bool {
    const LONGEST: usize = 70;
    line.folded.chars().count() <= LONGEST && !line.folded.contains('。')
}

fn is_terms_heading(line: &Line<'_>) -> bool {
    const WORDS: [&str; 6] = ["名词解释", "名词说明", "名词释义", "术语解释", "用语解释", "专业名词"];
    line.is_short() && line.folded.chars().count() <= 24 && WORDS.iter().any(|word| line.folded.contains(word))
}

/// Short lines that come again and again: the heads and feet of pages.
fn running_heads(lines: &[Line<'_>]) -> BTreeSet<String> {
    const OFTEN: usize = 3;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_short() && ListNumber::of(&line.folded).is_none()) {
        *counts.entry(line.folded.as_str()).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(text, _)| text.to_string()).collect()
}

/// The explanations end where a heading of another matter stands: short, and explaining nothing.
fn ends_terms(document: &Document, line: &Line<'_>) -> bool {
    const SHORT: usize = 30;
    let part = line.folded.starts_with('第') && line.folded.contains("部分");
    let after_table = matches!(document.blocks.get(line.passage.block.wrapping_sub(1)), Some(Block::Table(_)));
    let heading = line.folded.chars().count() < SHORT && !line.folded.contains([':', '。', ',', '、', ';', '指']);
    part || after_table || heading && line.is_short() && ListNumber::of(&line.folded).is_none()
}

/// The next heading of the row that the heading of the terms stands in.
fn follows(line: &Line<'_>, head: Option<&ListNumber>) -> bool {
    let number = ListNumber::of(&line.folded);
    let next = number.zip(head).is_some_and(|(own, head)| own.level == head.level && own.value == head.value + 1);
    next && line.is_short() && !line.folded.contains([':', '指'])
}

/// True for the title of a table, in the contents too.
pub(crate) fn is_table_title(line: &Line<'_>) -> bool {
    let title = entry_key(&line.folded);
    line.is_short() && (title.ends_with('表') || title.ends_with("表)"))
}
