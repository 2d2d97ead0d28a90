//! Paragraphs of a legacy file.

use super::bytes::{slice, u16_at, utf16};
use super::pieces::Pieces;
use super::runs::Runs;
use super::sprm::{Sprm, code, sprms};
use super::styles::{Listed, Styles};
use super::table::{Ends, Shapes, Sorter};
use crate::word::draft::{Draft, Sight, Track};
use crate::word::field::{self, Field, Part};
use crate::word::lists::Lists;
use crate::word::{Flow, Piece, TAB, symbol};
use mingzhang_model::document::{NoteKind, Place};
use std::ops::Range;

/// Tables within tables deeper than this are one.
const MAX_TABLES: u32 = 32;

/// Which text is read: the body's own, or what stands in margins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Body,
    Margin,
}

/// Characters that are no text.
mod mark {
    pub(super) const PICTURE: u16 = 0x01;
    pub(super) const COMMENT: u16 = 0x05;
    pub(super) const CELL: u16 = 0x07;
    pub(super) const DRAWN: u16 = 0x08;
    pub(super) const TAB: u16 = 0x09;
    pub(super) const LINE: u16 = 0x0b;
    pub(super) const PAGE: u16 = 0x0c;
    pub(super) const PARAGRAPH: u16 = 0x0d;
    pub(super) const COLUMN: u16 = 0x0e;
    pub(super) const FIELD: u16 = 0x13;
    pub(super) const RESULT: u16 = 0x14;
    pub(super) const FIELD_END: u16 = 0x15;
    pub(super) const HYPHEN: u16 = 0x1e;
    pub(super) const SYMBOL: u16 = 0x28;
}

/// How characters look, as far as a reader must know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Look {
    track: Track,
    sight: Sight,
    kind: Kind,
    /// The font and the code of a character of a symbol font.
    symbol: Option<(u16, u16)>,
}

/// What characters are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Kind {
    #[default]
    Text,
    /// They stand for something that is no text.
    Special,
    /// For an object of another program.
    Object,
}

/// What the properties of a paragraph say.
#[derive(Default)]
struct Form {
    style: u16,
    listed: Listed,
    depth: u32,
    in_table: bool,
    ends_row: bool,
    ends_inner_row: bool,
    ends_inner_cell: bool,
    shapes: Shapes,
}

/// Reads the texts one after the other.
pub(super) struct Reader<'f> {
    pub(super) characters: Runs<'f>,
    pub(super) paragraphs: Runs<'f>,
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    pub(super) fonts: Vec<String>,
    pub(super) data: &'f [u8],
    pub(super) pieces: &'f Pieces,
    pub(super) flow: Flow,
    pub(super) region: Region,
    /// How many drawn things hang on the text: pictures, or text boxes.
    pub(super) drawn: u32,
    /// The fields that are open.
    pub(super) fields: Vec<Field>,
    /// The places that have a comment, in order.
    pub(super) commented: Vec<Place>,
}

impl Reader<'_> {
    /// What stands in a stretch of the text.
    pub(super) fn range(&mut self, range: Range<u32>) -> Vec<Piece> {
        let end = range.end.min(self.pieces.text.len() as u32);
        let mut sorter = Sorter::default();
        let mut at = range.start;
        // A paragraph whose end is deleted or hidden goes on in the next.
        let mut draft = Draft::default();
        while at < end {
            let mark = (at..end).find(|at| self.ends_paragraph(*at)).unwrap_or(end - 1);
            let form = self.form(mark);
            self.fill(at..mark + 1, &form, &mut draft);
            let ends = self.ends(mark, &form);
            at = mark + 1;
            if ends == Ends::Paragraph && at < end && self.is_gone(mark, &form) {
                continue;
            }
            let draft = std::mem::take(&mut draft);
            let depth = self.depth(&form);
            if let Ends::Row(_) = ends {
                sorter.take(depth, None, &ends);
            } else if ends != Ends::Cell || self.flow.counts_cell() {
                let piece = self.end(draft, mark, &form);
                sorter.take(depth, piece, &ends);
            }
        }
        self.fields.clear();
        sorter.finish()
    }

    /// The text of a stretch, without marks and codes of fields.
    pub(super) fn plain(&mut self, range: Range<u32>) -> String {
        let end = range.end.min(self.pieces.text.len() as u32);
        let units = self.pieces.text.get(range.start as usize..end as usize).unwrap_or_default();
        let text = utf16(units.iter().map(|unit| if *unit == mark::PARAGRAPH { 0x0a } else { *unit }));
        let mut seen = String::new();
        crate::word::push_seen(&mut seen, &text);
        seen.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("；")
    }

    fn unit(&self, at: u32) -> u16 {
        self.pieces.text.get(at as usize).copied().unwrap_or(mark::PARAGRAPH)
    }

    /// Whether a paragraph ends with a character. A page may break within one.
    fn ends_paragraph(&self, at: u32) -> bool {
        match self.unit(at) {
            mark::PARAGRAPH | mark::CELL => true,
            mark::PAGE => {
                let kept = self.pieces.kept(at).unwrap_or(0);
                self.paragraphs.at(kept).is_none_or(|run| run.to <= kept + 2)
            }
            _ => false,
        }
    }

    /// What is said of the paragraph that ends with a character.
    fn form(&self, mark: u32) -> Form {
        let mut form = Form::default();
        let run = self.pieces.kept(mark).and_then(|kept| self.paragraphs.at(kept));
        if let Some(run) = run {
            form.style = run.style;
            self.apply(run.sprms, &mut form);
        }
        self.apply(self.pieces.change(mark), &mut form);
        form
    }

    fn apply(&self, list: &[u8], form: &mut Form) {
        for sprm in sprms(list) {
            if code::P_HUGE_PAPX.contains(&sprm.code) {
                let at = sprm.long() as usize;
                let length = u16_at(self.data, at).map_or(0, usize::from);
                let far = slice(self.data, at.saturating_add(2), length).unwrap_or_default();
                // Those that are kept there name no others.
                sprms(far).for_each(|sprm| form.take(sprm));
            }
            form.take(sprm);
        }
    }

    fn ends(&self, mark: u32, form: &Form) -> Ends {
        match self.unit(mark) {
            mark::CELL if form.ends_row => Ends::Row(form.shapes.clone()),
            mark::CELL if form.in_table || form.depth > 0 => Ends::Cell,
            mark::PARAGRAPH if form.ends_inner_row => Ends::Row(form.shapes.clone()),
            mark::PARAGRAPH if form.ends_inner_cell => Ends::Cell,
            _ => Ends::Paragraph,
        }
    }

    fn depth(&self, form: &Form) -> usize {
        let depth = if form.in_table { form.depth.max(1) } else { form.depth };
        depth.min(MAX_TABLES) as usize
    }

    /// Whether a paragraph ends only in sight of those who see changes or hidden text.
    fn is_gone(&self, mark: u32, form: &Form) -> bool {
        let look = self.look(mark, form);
        look.track == Track::Deleted || look.sight == Sight::Hidden
    }

    fn end(&mut self, mut draft: Draft, mark: u32, form: &Form) -> Option<Piece> {
        if !(draft.is_blank() && self.is_gone(mark, form))
            && let Some(number) = self.number(form)
        {
            draft.text.insert_str(0, &number);
        }
        self.flow.end(draft).map(Piece::Text)
    }

    /// The number that Word prints before a paragraph.
    fn number(&mut self, form: &Form) -> Option<String> {
        /// A way of numbering that is older than lists.
        const ANCIENT: u16 = 0x07ff;
        let of_style = self.styles.listed(form.style);
        let list = form.listed.list.or(of_style.list).filter(|list| !matches!(*list, 0 | ANCIENT | 0xf801))?;
        let level = form.listed.level.or(of_style.level).unwrap_or(0);
        self.lists.next(u32::from(list), usize::from(level))
    }

    /// How a character looks.
    fn look(&self, at: u32, form: &Form) -> Look {
        let run = self.pieces.kept(at).and_then(|kept| self.characters.at(kept));
        self.look_of(run.map_or(&[], |run| run.sprms), self.pieces.change(at), form)
    }

    fn look_of(&self, own: &[u8], change: &[u8], form: &Form) -> Look {
        let mut look = Look::default();
        let of_style = self.styles.hides(form.style);
        let (mut hidden, mut said) = (of_style, None);
        for sprm in sprms(own).chain(sprms(change)) {
            match sprm.code {
                code::C_ISTD => hidden = self.styles.hides(sprm.word()) || of_style,
                code::C_F_VANISH => said = Some(sprm.byte()),
                code::C_F_R_MARK_DEL if sprm.byte() & 1 == 1 => look.track = Track::Deleted,
                code::C_F_R_MARK_INS if sprm.byte() & 1 == 1 && look.track == Track::Unchanged => {
                    look.track = Track::Inserted;
                }
                code::C_F_SPEC if sprm.byte() & 1 == 1 && look.kind == Kind::Text => look.kind = Kind::Special,
                code::C_F_OLE2 if sprm.byte() & 1 == 1 => look.kind = Kind::Object,
                code::C_SYMBOL => look.symbol = u16_at(sprm.operand, 2).map(|char| (sprm.word(), char)),
                _ => {}
            }
        }
        // 128 is what the style says, 129 the contrary.
        let is_hidden = match said {
            Some(0) => false,
            Some(1) => true,
            Some(129) => !hidden,
            _ => hidden,
        };
        if is_hidden {
            look.sight = Sight::Hidden;
        }
        look
    }

    /// Reads the characters of a paragraph.
    fn fill(&mut self, range: Range<u32>, form: &Form, draft: &mut Draft) {
        let mut look = Look::default();
        // The run whose look that is: until where it is kept, and the change of its piece.
        let mut known: Option<(Range<u32>, *const u8)> = None;
        let mut text: Vec<u16> = Vec::new();
        for at in range {
            let kept = self.pieces.kept(at).unwrap_or(0);
            let change = self.pieces.change(at).as_ptr();
            if known.as_ref().is_none_or(|(run, of)| !run.contains(&kept) || *of != change) {
                self.push(&mut text, look, draft);
                look = self.look(at, form);
                let run = self.characters.at(kept).map_or(kept..kept + 1, |run| run.from..run.to);
                known = Some((run, change));
            }
            let unit = self.unit(at);
            if unit >= 0x20 && !(unit == mark::SYMBOL && look.kind != Kind::Text) {
                text.push(unit);
                continue;
            }
            self.push(&mut text, look, draft);
            self.mark(unit, look, draft);
        }
        self.push(&mut text, look, draft);
    }

    /// Adds characters of one look to a paragraph, or to the code of a field.
    fn push(&mut self, units: &mut Vec<u16>, look: Look, draft: &mut Draft) {
        if units.is_empty() {
            return;
        }
        let text = utf16(units.drain(..));
        self.shown(&text, look, draft);
    }

    fn shown(&mut self, text: &str, look: Look, draft: &mut Draft) {
        if let Some(field) = self.fields.last_mut().filter(|field| field.part == Part::Code) {
            return field.code.push_str(text);
        }
        let counts = |field: &Field| self.region == Region::Margin && field.counts_pages();
        if field::shows(&self.fields) && !self.fields.iter().any(counts) {
            draft.push(text, look.track, look.sight);
        }
    }

    fn mark(&mut self, unit: u16, look: Look, draft: &mut Draft) {
        match unit {
            mark::TAB => self.shown(TAB, look, draft),
            mark::LINE | mark::COLUMN | mark::PAGE => self.shown("\n", look, draft),
            mark::HYPHEN => self.shown("-", look, draft),
            mark::FIELD => self.fields.push(Field::default()),
            mark::RESULT => {
                if let Some(field) = self.fields.last_mut() {
                    field.part = Part::Result;
                }
            }
            mark::FIELD_END => {
                if let Some(text) = self.fields.pop().and_then(|field| field.overstruck()) {
                    self.shown(&text, look, draft);
                }
            }
            mark::SYMBOL => self.symbol(look, draft),
            mark::COMMENT if self.region == Region::Body => self.commented.push(self.flow.next_place()),
            mark::PICTURE if look.kind == Kind::Object => {
                let program = self.fields.iter().rev().find_map(|field| object(&field.code));
                let detail = format!("嵌入的对象（{}）", program.unwrap_or("未知程序"));
                self.flow.note(NoteKind::Embedded, self.flow.next_place(), detail);
            }
            // In the code of a field it stands for what the field keeps.
            mark::PICTURE if look.kind == Kind::Special && field::shows(&self.fields) => self.flow.pictures += 1,
            mark::DRAWN if look.kind == Kind::Special => self.drawn += 1,
            _ => {}
        }
    }

    fn symbol(&mut self, look: Look, draft: &mut Draft) {
        let Some((font, char)) = look.symbol else { return self.shown("(", look, draft) };
        let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
        match symbol::of(font, u32::from(char)) {
            Some(char) => self.shown(char.encode_utf8(&mut [0; 4]), look, draft),
            None => {
                let detail = format!("字体 {font} 的符号没有对应的文字编码");
                self.flow.note(NoteKind::Unmapped, self.flow.next_place(), detail);
            }
        }
    }
}

/// The program of an object, from the field around it: `EMBED Excel.Sheet.8`.
fn object(code: &str) -> Option<&str> {
    let mut words = code.split_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case("EMBED") || word.eq_ignore_ascii_case("LINK"))?;
    words.next()
}

impl Form {
    fn take(&mut self, sprm: Sprm<'_>) {
        let is_on = sprm.byte() & 1 == 1;
        match sprm.code {
            code::P_ISTD => self.style = sprm.word(),
            code::P_ILFO => self.listed.list = Some(sprm.word()),
            code::P_ILVL => self.listed.level = Some(sprm.byte()),
            code::P_F_IN_TABLE => self.in_table = is_on,
            code::P_F_TTP => self.ends_row = is_on,
            code::P_F_INNER_TABLE_CELL => self.ends_inner_cell = is_on,
            code::P_F_INNER_TTP => self.ends_inner_row = is_on,
            code::P_ITAP => self.depth = sprm.long(),
            code::P_DTAP => self.depth = self.depth.saturating_add_signed(sprm.long() as i32),
            _ => self.shapes.take(sprm),
        }
    }
}
