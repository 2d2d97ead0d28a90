//! The words that were recognised on the picture of a page, as glyphs of its sheet.
//!
//! From here on they are text like any other: they stand in cells and lines. What they are not is certain, and that the
//! notes say: one for the page, and one for each number of which the recogniser was not sure.

use super::MAX_GLYPHS;
use super::sheet::{Glyph, Rule, Sheet, Turn};
use mingzhang_model::document::{Note, NoteKind, Place, Rect};
use mingzhang_model::recognition::{Recognition, Ruled, Word};

/// Puts what was recognised on a sheet, and says what is to be known of it. Nothing where no word was recognised.
pub(super) fn put(sheet: &mut Sheet, found: Recognition, page: u32) -> Vec<Note> {
    let on_page = |rect: &Rect| {
        let sides = [rect.x0, rect.y0, rect.x1, rect.y1];
        sides.iter().all(|side| side.is_finite()) && rect.x0 < rect.x1 && rect.y0 < rect.y1
    };
    let words: Vec<Word> = found.words.into_iter().filter(|word| on_page(&word.rect)).collect();
    for word in &words {
        put_word(sheet, word);
    }
    if sheet.glyphs.is_empty() {
        return Vec::new();
    }
    for rule in found.rules {
        match rule {
            Ruled::Across(at, from, to) => sheet.across.push(Rule { at, from, to }),
            Ruled::Down(at, from, to) => sheet.down.push(Rule { at, from, to }),
        }
    }
    let doubtful: Vec<&Word> = words.iter().filter(|word| word.is_doubtful() && word.holds_number()).collect();
    let place = |rect| Place { page: Some(page), rect, ..Place::default() };
    let whole = Note { kind: NoteKind::Recognised, place: place(None), detail: summary(&words, doubtful.len()) };
    let doubts = doubtful.into_iter().map(|word| Note {
        kind: NoteKind::Doubtful,
        place: place(Some(word.rect)),
        detail: format!("“{}”，把握 {}%", word.text, word.confidence),
    });
    std::iter::once(whole).chain(doubts).collect()
}

fn summary(words: &[Word], doubtful: usize) -> String {
    let characters: usize = words.iter().map(|word| word.text.chars().count()).sum();
    let sum: usize = words.iter().map(|word| word.text.chars().count() * usize::from(word.confidence)).sum();
    let numbers = match doubtful {
        0 => String::new(),
        n => format!("；{n} 处数字没有把握，不作为判断依据"),
    };
    format!("本页是图片，识别出 {characters} 个字符，平均把握 {}%{numbers}", sum / characters.max(1))
}

/// The characters of a word share its width: those of the Latin half take half as much as others.
fn put_word(sheet: &mut Sheet, word: &Word) {
    let share = |char: char| if char < '\u{2000}' { 1.0 } else { 2.0 };
    let whole: f32 = word.text.chars().map(share).sum();
    let Rect { x0: mut left, y0: top, x1: end, y1: bottom } = word.rect;
    let width = (end - left) / whole.max(1.0);
    let mut starts = true;
    for char in word.text.chars() {
        let (x0, x1) = (left, left + width * share(char));
        left = x1;
        if char.is_whitespace() || char.is_control() {
            continue;
        }
        if sheet.glyphs.len() >= MAX_GLYPHS {
            sheet.limit = Some("字符");
            return;
        }
        let seen = ((x0 + x1) / 2.0, (top + bottom) / 2.0);
        sheet.glyphs.push(Glyph { x0, x1, top, bottom, char, spaced: false, starts, turn: Turn::Upright, seen });
        starts = false;
    }
}
