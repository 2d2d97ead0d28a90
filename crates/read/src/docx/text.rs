//! Paragraphs of a DOCX file: runs of text, and what stands between them.

use super::styles::{Listed, hidden};
use super::xml::Element;
use super::{Reader, Region};
use crate::word::draft::{self, Sight, Track};
use crate::word::field::{self, Field, Part};
use crate::word::{Piece, TAB, symbol};
use mingzhang_model::document::NoteKind;

/// Elements that say how something looks, or that nobody sees.
const PROPERTIES: [&str; 9] = ["pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "smartTagPr", "customXmlPr"];

/// A paragraph in the making.
#[derive(Default)]
pub(super) struct Draft<'x> {
    text: draft::Draft,
    /// The text boxes that hang on the paragraph, and whether a change deletes them.
    boxes: Vec<(Element<'x>, Track)>,
    /// Whether the characters that come are shown.
    sight: Sight,
}

impl Reader {
    /// Paragraphs and tables within an element.
    pub(super) fn blocks<'x>(&mut self, parent: Element<'x>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // A paragraph whose end is deleted or hidden, which goes on in the next.
        let mut open: Option<Draft<'x>> = None;
        let mut children = parent.children().peekable();
        while let Some(child) = children.next() {
            if child.name() == "p" {
                let mut draft = open.take().unwrap_or_default();
                self.fill(child, &mut draft);
                let goes_on = self.mark_is_gone(child) && children.peek().is_some_and(|next| next.name() == "p");
                if goes_on {
                    open = Some(draft);
                } else {
                    self.end(child, draft, &mut pieces);
                }
                continue;
            }
            pieces.extend(self.block(child));
        }
        pieces
    }

    fn block(&mut self, element: Element<'_>) -> Vec<Piece> {
        match element.name() {
            "tbl" => vec![self.table(element)],
            "sectPr" => {
                self.section(element);
                Vec::new()
            }
            "AlternateContent" => choice(element).map(|choice| self.blocks(choice)).unwrap_or_default(),
            "altChunk" => {
                self.flow.note(NoteKind::Embedded, self.flow.next_place(), "插入的外部文档".into());
                Vec::new()
            }
            "commentRangeStart" => {
                self.commented(element);
                Vec::new()
            }
            name if PROPERTIES.contains(&name) => Vec::new(),
            _ => self.tracked(element, |reader| reader.blocks(element)),
        }
    }

    /// Reads something within an element that may be a tracked change.
    fn tracked<T>(&mut self, element: Element<'_>, read: impl FnOnce(&mut Reader) -> T) -> T {
        let track = match element.name() {
            "del" | "moveFrom" => Track::Deleted,
            "ins" | "moveTo" if self.track == Track::Unchanged => Track::Inserted,
            _ => self.track,
        };
        let before = std::mem::replace(&mut self.track, track);
        let read = read(self);
        self.track = before;
        read
    }

    /// The headers and footers of a section.
    fn section(&mut self, properties: Element<'_>) {
        for child in properties.children() {
            if let ("headerReference" | "footerReference", Some(id)) = (child.name(), child.attribute("id"))
                && !self.margins.iter().any(|own| own == id)
            {
                self.margins.push(id.to_owned());
            }
        }
    }

    /// Whether a paragraph ends only in sight of those who see changes or hidden text.
    fn mark_is_gone(&self, paragraph: Element<'_>) -> bool {
        let mark = paragraph.at(&["pPr", "rPr"]);
        let is_deleted = mark.is_some_and(|mark| mark.child("del").or(mark.child("moveFrom")).is_some());
        is_deleted || self.track == Track::Deleted || hidden(mark) == Some(true)
    }

    fn fill<'x>(&mut self, paragraph: Element<'x>, draft: &mut Draft<'x>) {
        let properties = paragraph.child("pPr");
        if let Some(section) = properties.and_then(|properties| properties.child("sectPr")) {
            self.section(section);
        }
        let style = self.styles.of_paragraph(properties);
        draft.sight = sight(self.styles.hides(style)).unwrap_or_default();
        self.inline(paragraph, draft);
    }

    /// Ends a paragraph: its number comes before it, its text boxes behind it.
    fn end(&mut self, paragraph: Element<'_>, mut draft: Draft<'_>, pieces: &mut Vec<Piece>) {
        let is_gone = draft.text.is_blank() && self.mark_is_gone(paragraph);
        if !is_gone && let Some(number) = self.number(paragraph) {
            draft.text.text.insert_str(0, &number);
        }
        pieces.extend(self.flow.end(draft.text).map(Piece::Text));
        let fields = std::mem::take(&mut self.fields);
        for (boxed, track) in draft.boxes {
            let before = std::mem::replace(&mut self.track, track);
            pieces.extend(self.blocks(boxed));
            self.track = before;
        }
        self.fields = fields;
    }

    /// The number that Word prints before a paragraph.
    fn number(&mut self, paragraph: Element<'_>) -> Option<String> {
        let properties = paragraph.child("pPr");
        let said = Listed::of(properties);
        let style = self.styles.of_paragraph(properties);
        let (list, level) = match said.list {
            Some(list) => (list, said.level.unwrap_or(0)),
            None => {
                let (list, level, style) = self.styles.listed(style)?;
                let of_style = || self.numbering.level_of_style(list, style);
                (list, said.level.or(level).or_else(of_style).unwrap_or(0))
            }
        };
        // List 0 is how a paragraph says that it is in none.
        if list == 0 { None } else { self.numbering.lists.next(list, level) }
    }

    /// What stands in a line: runs, and what is wrapped around them.
    fn inline<'x>(&mut self, parent: Element<'x>, draft: &mut Draft<'x>) {
        for child in parent.children() {
            match child.name() {
                "r" => self.run(child, draft),
                "AlternateContent" => {
                    if let Some(choice) = choice(child) {
                        self.inline(choice, draft);
                    }
                }
                "fldSimple" => {
                    let code = child.attribute("instr").unwrap_or_default().to_owned();
                    self.fields.push(Field { code, part: Part::Result });
                    self.inline(child, draft);
                    self.fields.pop();
                }
                "commentRangeStart" => self.commented(child),
                "ruby" => self.ruby(child, draft),
                name if PROPERTIES.contains(&name) => {}
                _ => self.tracked(child, |reader| reader.inline(child, draft)),
            }
        }
    }

    fn commented(&mut self, mark: Element<'_>) {
        if let Some(id) = mark.attribute("id") {
            let place = self.flow.next_place();
            self.commented.entry(id.to_owned()).or_insert(place);
        }
    }

    fn run<'x>(&mut self, run: Element<'x>, draft: &mut Draft<'x>) {
        let properties = run.child("rPr");
        let style = properties.and_then(|properties| properties.child("rStyle")).and_then(Element::value);
        let said = hidden(properties).or_else(|| style.and_then(|style| self.styles.hides(Some(style))));
        let before = draft.sight;
        draft.sight = sight(said).unwrap_or(before);
        for child in run.children() {
            self.part_of_run(child, draft);
        }
        draft.sight = before;
    }

    fn part_of_run<'x>(&mut self, child: Element<'x>, draft: &mut Draft<'x>) {
        match child.name() {
            "t" | "delText" => {
                // Only where it is said are the spaces at both ends more than a matter of how the file is laid out.
                let kept = child.attribute("space") == Some("preserve");
                let text = if kept { child.text() } else { child.text().trim_matches([' ', '\t', '\r', '\n']) };
                self.push(&text.replace(['\n', '\r', '\t'], " "), draft);
            }
            "instrText" | "delInstrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| field.part == Part::Code) {
                    field.code.push_str(child.text());
                }
            }
            "fldChar" => self.field_mark(child, draft),
            "tab" | "ptab" => self.push(TAB, draft),
            "br" | "cr" => self.push("\n", draft),
            "noBreakHyphen" => self.push("-", draft),
            "sym" => self.symbol(child, draft),
            "drawing" | "pict" | "object" => self.drawing(child, draft),
            "AlternateContent" => {
                if let Some(choice) = choice(child) {
                    choice.children().for_each(|child| self.part_of_run(child, draft));
                }
            }
            "footnoteReference" => self.refers("footnote", child),
            "endnoteReference" => self.refers("endnote", child),
            "commentReference" => self.commented(child),
            "ruby" => self.ruby(child, draft),
            // A run within a run is a mistake of some programs.
            "r" => self.run(child, draft),
            _ => {}
        }
    }

    /// The reference itself is a small number over the line; in the text it would be part of the number before it.
    fn refers(&mut self, kind: &'static str, reference: Element<'_>) {
        if let Some(id) = reference.attribute("id").filter(|_| self.track != Track::Deleted) {
            self.remarks.push((kind, id.to_owned()));
        }
    }

    /// Characters with their reading over them: only the characters.
    fn ruby<'x>(&mut self, ruby: Element<'x>, draft: &mut Draft<'x>) {
        if let Some(base) = ruby.child("rubyBase") {
            self.inline(base, draft);
        }
    }

    fn field_mark(&mut self, mark: Element<'_>, draft: &mut Draft<'_>) {
        match mark.attribute("fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.part = Part::Result;
                }
            }
            Some("end") => {
                let shown = self.fields.pop().and_then(|field| field.overstruck());
                self.push(&shown.unwrap_or_default(), draft);
            }
            _ => {}
        }
    }

    fn symbol(&mut self, child: Element<'_>, draft: &mut Draft<'_>) {
        let font = child.attribute("font").unwrap_or_default();
        let code = child.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(|code| symbol::of(font, code)) {
            Some(char) => self.push(char.encode_utf8(&mut [0; 4]), draft),
            None => {
                let detail = format!("字体 {font} 的符号没有对应的文字编码");
                self.flow.note(NoteKind::Unmapped, self.flow.next_place(), detail);
            }
        }
    }

    /// What is drawn: pictures are counted, objects noted, text boxes read.
    fn drawing<'x>(&mut self, drawing: Element<'x>, draft: &mut Draft<'x>) {
        for child in drawing.children() {
            match child.name() {
                "txbxContent" | "txBody" => draft.boxes.push((child, self.track)),
                "AlternateContent" => {
                    if let Some(choice) = choice(child) {
                        self.drawing(choice, draft);
                    }
                }
                "OLEObject" => {
                    let program = child.attribute("ProgID").unwrap_or("未知程序");
                    let detail = format!("嵌入的对象（{program}）");
                    self.flow.note(NoteKind::Embedded, self.flow.next_place(), detail);
                }
                "chart" | "relIds" if child.attribute("id").or(child.attribute("dm")).is_some() => {
                    self.flow.note(NoteKind::Embedded, self.flow.next_place(), "嵌入的图表".into());
                }
                name => {
                    self.flow.pictures += u32::from(matches!(name, "pic" | "imagedata"));
                    self.drawing(child, draft);
                }
            }
        }
    }

    /// Adds characters to a paragraph, unless they are the code of a field.
    fn push(&mut self, text: &str, draft: &mut Draft<'_>) {
        let counts = |field: &Field| self.region == Region::Margin && field.counts_pages();
        if text.is_empty() || !field::shows(&self.fields) || self.fields.iter().any(counts) {
            return;
        }
        draft.text.push(text, self.track, draft.sight);
    }
}

fn sight(hidden: Option<bool>) -> Option<Sight> {
    hidden.map(|hidden| if hidden { Sight::Hidden } else { Sight::Seen })
}

/// Of two ways to say one thing, the newer: programs write both, and only one is to be read.
fn choice(element: Element<'_>) -> Option<Element<'_>> {
    element.child("Choice").or_else(|| element.child("Fallback"))
}
