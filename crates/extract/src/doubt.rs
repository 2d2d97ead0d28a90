//! Which numbers of a document may have been misread: those over which the reader has put a doubt.
//!
//! A number in a cell is doubtful with the head of its row: a code that was misread gives it the key of another row.

use mingzhang_model::document::{Document, Place};
use mingzhang_model::fact::{Doubts, Facts};

/// The doubtful numbers among the facts of a document.
pub(crate) fn doubts(document: &Document, facts: &Facts) -> Doubts {
    let doubtful: Vec<&Place> = document.doubts().collect();
    let is_doubtful = |place: &Place| doubtful.iter().any(|doubt| doubt.lies_over(place));
    if doubtful.is_empty() {
        return Doubts::default();
    }
    let of_facts = facts.facts.iter().enumerate().filter(|(_, fact)| {
        let row = &facts.statements[fact.statement].rows[fact.row];
        is_doubtful(&fact.place) || is_doubtful(&row.place)
    });
    let of_text = facts.prose.mentions.iter().enumerate().filter(|(_, mention)| is_doubtful(&mention.place));
    Doubts { facts: of_facts.map(|(i, _)| i).collect(), mentions: of_text.map(|(i, _)| i).collect() }
}

#[cfg(test)]
mod tests {
    use crate::extract;
    use mingzhang_model::document::{Block, Document, Format, Line, Note, NoteKind, Paragraph, Place, Rect};

    fn at(x0: f32, x1: f32) -> Place {
        Place { page: Some(1), rect: Some(Rect { x0, y0: 0.0, x1, y1: 10.0 }), ..Place::default() }
    }

    #[test]
    fn the_number_under_a_doubt_is_doubtful_and_its_neighbour_is_not() {
        let text = "培训费3.20万元，会议费1.10万元。";
        let edges = (0..=text.chars().count()).map(|i| 10.0 * i as f32).collect();
        let lines = vec![Line { start: 0, place: at(0.0, 200.0), edges }];
        let blocks = vec![Block::Paragraph(Paragraph { text: text.into(), lines })];
        let notes = vec![Note { kind: NoteKind::Doubtful, place: at(125.0, 165.0), detail: "1.10".into() }];
        let mut document = Document { format: Format::Pdf, pages: vec![], blocks, notes };
        let doubts = extract(&document).doubts;
        assert_eq!(doubts.mentions.into_iter().collect::<Vec<_>>(), [1]);
        document.notes.clear();
        assert_eq!(extract(&document).doubts, super::Doubts::default());
    }
}
