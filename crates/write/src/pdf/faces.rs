//! The faces that a page is set in, and the glyph of every character.
//!
//! Text is set one glyph a character: Chinese needs no more, and a glyph that stands for one character is read
//! back as that character. Every character of a manuscript is looked up before anything is laid out, so that what
//! cannot be printed is known at once and in full.
//!
//! Absent on purpose: kerning, ligatures, writing from right to left, fonts of the system.

use super::{MOST_MISSING, Missing, PdfFault};
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use std::sync::Arc;

const SONG: &[u8] = include_bytes!("../../fonts/song.otf");
const HEI: &[u8] = include_bytes!("../../fonts/hei.otf");

/// What a stretch of text is set in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Weight {
    /// Song: running text and tables.
    Text,
    /// Hei: headings, titles, totals.
    Bold,
}

/// The faces to print with: a text face (Song), a bold one (Hei), and further ones for what these have not.
#[derive(Clone)]
pub struct Faces {
    faces: Vec<Face>,
}

#[derive(Clone)]
struct Face {
    bytes: Bytes,
    font: Font,
}

#[derive(Clone)]
enum Bytes {
    BuiltIn(&'static [u8]),
    Given(Arc<Vec<u8>>),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::BuiltIn(bytes) => bytes,
            Bytes::Given(bytes) => bytes,
        }
    }
}

impl Faces {
    /// The faces that are compiled in. They have the characters of GB 2312, those of the Table of General Standard
    /// Chinese Characters, and the signs that figures need.
    pub fn built_in() -> Result<Faces, PdfFault> {
        let song = Face::new(Bytes::BuiltIn(SONG))?;
        let hei = Face::new(Bytes::BuiltIn(HEI))?;
        Ok(Faces { faces: vec![song, hei] })
    }

    /// These faces and a further one: an OpenType or TrueType font, or the first of a collection. It is asked for
    /// what all faces before it have not.
    pub fn with(mut self, extra: Vec<u8>) -> Result<Faces, PdfFault> {
        self.faces.push(Face::new(Bytes::Given(Arc::new(extra)))?);
        Ok(self)
    }

    /// The font behind [`Letter::face`].
    pub(super) fn font(&self, face: u8) -> &Font {
        &self.faces[usize::from(face)].font
    }
}

impl Face {
    fn new(bytes: Bytes) -> Result<Face, PdfFault> {
        let data = match &bytes {
            Bytes::BuiltIn(bytes) => krilla::Data::from(*bytes),
            Bytes::Given(bytes) => krilla::Data::from(Arc::clone(bytes)),
        };
        let font = Font::new(data, 0).ok_or(PdfFault::NotAFont)?;
        Ok(Face { bytes, font })
    }
}

/// A character, set.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Letter {
    /// The character.
    pub char: char,
    /// Which of the faces.
    pub face: u8,
    /// Which glyph of it.
    pub glyph: u32,
    /// How far the next letter stands from this one, in ems.
    pub advance: f32,
}

/// The letters of a manuscript's characters.
#[derive(Default)]
pub(super) struct Cast {
    text: HashMap<char, Letter>,
    bold: HashMap<char, Letter>,
}

impl Cast {
    /// Finds a letter for every character of these texts. Each text comes with its place in words.
    pub(super) fn new(faces: &Faces, texts: &[(String, Weight, String)]) -> Result<Cast, PdfFault> {
        let fonts = faces.faces.iter().map(|face| FontRef::from_index(face.bytes.as_slice(), 0));
        let fonts: Vec<FontRef<'_>> = fonts.collect::<Result<_, _>>().map_err(|_| PdfFault::NotAFont)?;
        let mut cast = Cast::default();
        let mut missing: Vec<Missing> = Vec::new();
        for (text, weight, place) in texts {
            for char in text.chars().filter_map(printed) {
                if missing.len() >= MOST_MISSING {
                    return Err(PdfFault::NoGlyph(missing));
                }
                if cast.letters(*weight).contains_key(&char) || missing.iter().any(|known| known.char == char) {
                    continue;
                }
                match letter(&fonts, *weight, char) {
                    Some(letter) => _ = cast.letters_mut(*weight).insert(char, letter),
                    None => missing.push(Missing { char, place: place.clone() }),
                }
            }
        }
        if missing.is_empty() { Ok(cast) } else { Err(PdfFault::NoGlyph(missing)) }
    }

    /// The letters of a text. Characters that no one sees are left out.
    pub(super) fn set(&self, text: &str, weight: Weight) -> Vec<Letter> {
        let letters = self.letters(weight);
        text.chars().filter_map(printed).filter_map(|char| letters.get(&char).copied()).collect()
    }

    fn letters(&self, weight: Weight) -> &HashMap<char, Letter> {
        match weight {
            Weight::Text => &self.text,
            Weight::Bold => &self.bold,
        }
    }

    fn letters_mut(&mut self, weight: Weight) -> &mut HashMap<char, Letter> {
        match weight {
            Weight::Text => &mut self.text,
            Weight::Bold => &mut self.bold,
        }
    }
}

/// The character that is printed for one of the text. A line break stays: it ends a line and has no ink.
fn printed(char: char) -> Option<char> {
    match char {
        '\n' => Some('\n'),
        '\t' | '\u{a0}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
        char if char.is_control() => None,
        char => Some(char),
    }
}

/// The letter of a character: from the face of its weight, else from the other one, else from a further one.
fn letter(fonts: &[FontRef<'_>], weight: Weight, char: char) -> Option<Letter> {
    if char == '\n' {
        return Some(Letter { char, face: 0, glyph: 0, advance: 0.0 });
    }
    let own = usize::from(weight == Weight::Bold);
    let order = [own, 1 - own].into_iter().chain(2..fonts.len());
    order.into_iter().find_map(|face| {
        let font = &fonts[face];
        let glyph = font.charmap().map(char).filter(|glyph| *glyph != GlyphId::NOTDEF)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let advance = metrics.advance_width(glyph)? / em;
        Some(Letter { char, face: u8::try_from(face).ok()?, glyph: glyph.to_u32(), advance })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_face_lacks_is_lent_by_the_other_and_then_by_further_ones() {
        let (song, hei) = (FontRef::new(SONG).unwrap(), FontRef::new(HEI).unwrap());
        let face = |fonts: &[FontRef<'_>], weight, char| letter(fonts, weight, char).map(|letter| letter.face);
        let built_in = [song.clone(), hei.clone()];
        assert_eq!(face(&built_in, Weight::Bold, '书'), Some(1));
        assert_eq!(face(&built_in, Weight::Bold, '書'), Some(0), "only Song has it");
        let further = [hei.clone(), hei, song];
        assert_eq!(face(&further, Weight::Text, '書'), Some(2));
        assert_eq!(face(&further, Weight::Text, '\u{e01}'), None);
    }

    #[test]
    fn every_digit_is_as_wide_as_every_other() {
        let faces = Faces::built_in().unwrap();
        for weight in [Weight::Text, Weight::Bold] {
            let cast = Cast::new(&faces, &[("0123456789".to_owned(), weight, String::new())]).unwrap();
            let digits = cast.set("0123456789", weight);
            assert!(digits.iter().all(|digit| digit.advance.to_bits() == digits[0].advance.to_bits()));
        }
    }

    #[test]
    fn general_standard_characters_and_signs_of_figures_are_there() {
        let faces = Faces::built_in().unwrap();
        let text = "亍堃喆淼珺䶮①Ⅻ≥≤≠±×÷％‰℃㎡—…·“”《》（）〔〕、。，；：？！￥§°";
        let cast = Cast::new(&faces, &[(text.to_owned(), Weight::Bold, String::new())]);
        assert_eq!(cast.err(), None);
    }
}
