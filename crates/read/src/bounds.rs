//! How long a paragraph is, and how much text a document holds, whatever format it had.
//!
//! Whoever reads sentences looks through the whole of one again and again. Nothing that an office writes is as long as
//! the bounds here; what is longer is divided, so that nothing is lost, and what is too much is noted.

use mingzhang_model::document::{Block, Document, Line, Note, NoteKind, Paragraph, Place};

/// A paragraph of more characters than this is read as several.
pub(crate) const MAX_PARAGRAPH: usize = 2_500;
/// Characters of running text beyond this are not read: a thousand pages are half of it.
pub(crate) const MAX_CHARACTERS: usize = 1_500_000;

/// A document within the bounds.
pub(crate) fn within(mut document: Document) -> Document {
    let is_long = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.text.len() > MAX_PARAGRAPH);
    let bytes: usize = document.blocks.iter().map(|block| written(block).len()).sum();
    if bytes <= MAX_CHARACTERS && !document.blocks.iter().any(is_long) {
        return document;
    }
    let mut left = MAX_CHARACTERS;
    let mut full = None;
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for block in document.blocks {
        let characters = written(&block).chars().count();
        match block {
            _ if full.is_some() || characters > left => full = full.or(Some(place(&block))),
            Block::Paragraph(paragraph) if characters > MAX_PARAGRAPH => {
                let detail = format!("一段有 {characters} 个字符，分成几段读取");
                document.notes.push(Note { kind: NoteKind::Limit, place: paragraph.place(), detail });
                blocks.extend(divided(&paragraph).into_iter().map(Block::Paragraph));
                left -= characters;
            }
            block => {
                blocks.push(block);
                left -= characters;
            }
        }
    }
    document.blocks = blocks;
    if let Some(place) = full {
        let detail = format!("文字超过 {} 万字，其后的内容未读", MAX_CHARACTERS / 10_000);
        document.notes.push(Note { kind: NoteKind::Limit, place, detail });
    }
    document
}

/// The running text of a block: the text of tables is bounded by their cells.
fn written(block: &Block) -> &str {
    match block {
        Block::Paragraph(paragraph) => &paragraph.text,
        Block::Table(_) => "",
    }
}

fn place(block: &Block) -> Place {
    match block {
        Block::Paragraph(paragraph) => paragraph.place(),
        Block::Table(table) => table.parts.first().map_or_else(Place::default, |part| part.place),
    }
}

/// Pieces of a paragraph, each ending with a sentence where one ends within the bound.
fn divided(paragraph: &Paragraph) -> Vec<Paragraph> {
    let text = &paragraph.text;
    let mut pieces = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let rest = &text[from..];
        let most = rest.char_indices().nth(MAX_PARAGRAPH).map_or(rest.len(), |(at, _)| at);
        let stop = rest[..most].rfind('。').map(|at| at + '。'.len_utf8()).filter(|_| most < rest.len());
        let to = from + stop.unwrap_or(most);
        pieces.push(piece(paragraph, from, to));
        from = to;
    }
    pieces
}

fn piece(paragraph: &Paragraph, from: usize, to: usize) -> Paragraph {
    let ends = paragraph.lines.iter().skip(1).map(|line| line.start).chain([paragraph.text.len()]);
    let own = paragraph.lines.iter().zip(ends).filter(|(line, end)| line.start < to && *end > from);
    let lines = own.map(|(line, end)| {
        let is_whole = line.start >= from && end <= to;
        let edges = if is_whole { line.edges.clone() } else { Vec::new() };
        Line { start: line.start.saturating_sub(from), place: line.place, edges }
    });
    Paragraph { text: paragraph.text[from..to].to_owned(), lines: lines.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::Format;

    fn document(texts: &[String]) -> Document {
        let line = |line| Line { place: Place { line: Some(line), ..Place::default() }, ..Line::default() };
        let block = |(i, text): (usize, &String)| {
            Block::Paragraph(Paragraph { text: text.clone(), lines: vec![line(i as u32 + 1)] })
        };
        let blocks = texts.iter().enumerate().map(block).collect();
        Document { format: Format::Text, pages: Vec::new(), blocks, notes: Vec::new() }
    }

    fn texts(document: &Document) -> Vec<&str> {
        document.blocks.iter().map(written).collect()
    }

    #[test]
    fn a_long_paragraph_is_divided_behind_a_sentence_and_nothing_is_lost() {
        let sentence = "收入1.00万元。".to_owned();
        let long = sentence.repeat(1_000);
        let bounded = within(document(&[sentence.clone(), long.clone()]));
        let texts = texts(&bounded);
        assert_eq!(texts.concat(), sentence.clone() + &long);
        assert!(
            texts.len() > 3 && texts.iter().all(|text| text.chars().count() <= MAX_PARAGRAPH && text.ends_with('。'))
        );
        assert!(bounded.blocks.iter().skip(1).all(|block| place(block).line == Some(2)));
        assert_eq!((bounded.notes.len(), bounded.notes[0].kind), (1, NoteKind::Limit));
        let endless = within(document(&["甲".repeat(MAX_PARAGRAPH + 1)]));
        assert_eq!(endless.blocks.len(), 2);
    }

    #[test]
    fn too_much_text_is_noted_where_reading_ends() {
        let many = vec!["甲".repeat(MAX_PARAGRAPH); MAX_CHARACTERS / MAX_PARAGRAPH + 2];
        let bounded = within(document(&many));
        assert_eq!(bounded.blocks.len(), MAX_CHARACTERS / MAX_PARAGRAPH);
        assert_eq!(bounded.notes[0].place.line, Some(MAX_CHARACTERS as u32 / MAX_PARAGRAPH as u32 + 1));
        let usual = document(&["甲".to_owned()]);
        assert_eq!(within(usual.clone()), usual);
    }
}
