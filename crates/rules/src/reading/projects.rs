//! The explanations of projects: seven headings each, 一、项目概述 to 七、绩效目标, one project behind
//! the other.

use crate::text::{ListNumber, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_standard::words;

/// A part of an explanation and the words by which its heading is known.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    words: &'static [&'static str],
}

pub(crate) const PARTS: [Part; 7] = [
    Part { name: "项目概述", words: &["项目概述", "项目概况", "项目简介"] },
    Part { name: "立项依据", words: &["立项依据"] },
    Part { name: "实施主体", words: &["实施主体"] },
    Part { name: "实施方案", words: &["实施方案"] },
    Part { name: "实施周期", words: &["实施周期", "项目周期", "实施期限"] },
    Part { name: "年度预算安排", words: &["年度预算安排", "年度预算"] },
    Part { name: "绩效目标", words: &["绩效目标"] },
];

/// Which of the parts says how much money there is.
pub(crate) const BUDGET: usize = 5;

/// So many of the seven show that an explanation is meant to have them all.
const MEANT: usize = 4;

/// A heading of an explanation with what stands under it.
pub(crate) struct Written<'d> {
    pub(crate) heading: Passage<'d>,
    pub(crate) lines: Vec<Passage<'d>>,
    /// A table stands under it.
    pub(crate) table: bool,
}

/// The explanation of one project.
#[derive(Default)]
pub(crate) struct Project<'d> {
    /// The line over its first heading.
    pub(crate) title: Option<Passage<'d>>,
    /// Its parts, in the order of [`PARTS`].
    pub(crate) parts: [Option<Written<'d>>; 7],
}

/// The explanations of a document.
pub(crate) fn projects(document: &Document) -> Vec<Project<'_>> {
    let mut found: Vec<Project<'_>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut above: Option<Passage<'_>> = None;
    for (block, content) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = content else {
            if let (Some(part), Some(project)) = (open, found.last_mut()) {
                project.parts[part].iter_mut().for_each(|written| written.table = true);
            }
            continue;
        };
        let passage = Passage { block, paragraph };
        match part_of(paragraph.text.as_str()) {
            Some(part) => {
                let begins = part == 0 || found.last().is_none_or(|project| project.parts[part].is_some());
                if begins {
                    found.push(Project { title: above, ..Project::default() });
                }
                if let Some(project) = found.last_mut() {
                    project.parts[part] = Some(Written { heading: passage, lines: Vec::new(), table: false });
                }
                open = Some(part);
            }
            // The last part runs on into the title of the next project; nobody asks what it holds.
            None => {
                if let (Some(part), Some(project)) = (open, found.last_mut()) {
                    project.parts[part].iter_mut().for_each(|written| written.lines.push(passage));
                }
            }
        }
        above = Some(passage);
    }
    found.retain(|project| project.parts.iter().flatten().count() >= MEANT);
    found
}

/// Which of the parts a numbered heading is.
fn part_of(text: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let number = ListNumber::of(text).filter(|number| matches!(number.level, 2 | 3))?;
    let title = words::fold(&text[number.length..]);
    let head = title.split([':', '。', ',']).next().unwrap_or_default();
    let fits = |part: &Part| part.words.iter().any(|word| head.starts_with(word));
    (head.chars().count() <= LONGEST).then(|| PARTS.iter().position(fits)).flatten()
}
