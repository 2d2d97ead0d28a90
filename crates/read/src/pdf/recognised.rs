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
    let words: Vec<Word> = found
        .words
        .into_iter()
        .filter(|word| on_page(&word.rect))
        .map(|word| Word { text: with_commas(&word.text), ..word })
        .collect();
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

/// The commas between thousands, which are often recognised as points: no number has two points, so 12.954.16 is
/// 12,954.16.
fn with_commas(text: &str) -> String {
    let is_part = |char: char| char.is_ascii_digit() || matches!(char, '.' | ',');
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
        let length = rest[at..].find(|char| !is_part(char)).unwrap_or(rest.len() - at);
        let (before, number) = (&rest[..at], &rest[at..at + length]);
        whole.push_str(before);
        let end = number.trim_end_matches(['.', ',']);
        let groups: Vec<&str> = end.split(['.', ',']).collect();
        match groups.as_slice() {
            [first, thousands @ .., last]
                if first.len() <= 3
                    && !thousands.is_empty()
                    && thousands.iter().all(|group| group.len() == 3)
                    && (1..=3).contains(&last.len()) =>
            {
                let point = if last.len() == 3 { "," } else { "." };
                whole.extend([groups[..groups.len() - 1].join(",").as_str(), point, last, &number[end.len()..]]);
            }
            _ => whole.push_str(number),
        }
        rest = &rest[at + length..];
    }
    whole + rest
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_between_thousands_are_commas() {
        for (recognised, meant) in [
            ("预算12.954.16万元，", "预算12,954.16万元，"),
            ("12,954.16", "12,954.16"),
            ("1.234.567.89", "1,234,567.89"),
            ("1.234.567。", "1,234,567。"),
            ("3.683.76,", "3,683.76,"),
            ("68.72%和4197.93", "68.72%和4197.93"),
            ("2022.12.31", "2022.12.31"),
            ("1.5", "1.5"),
            ("表1.", "表1."),
        ] {
            assert_eq!(with_commas(recognised), meant);
        }
    }
}
