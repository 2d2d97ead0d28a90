//! What may stand in for a font, guessed from its name.
//!
//! Chinese word processors write names of fonts in GB 18030, which the interpreter does not decode. Such a font is
//! known by the length of its file, which the page's resources say beside its name.

use encoding_rs::GB18030;
use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_syntax::page::Page;
use mingzhang_model::drawing::{Face, Family, Weight};
use std::collections::BTreeMap;

/// Parts of names, in lower case, and the family that they speak of; the first that fits counts.
const FAMILIES: [(&str, Family); 34] = [
    ("fangsong", Family::FangSong),
    ("仿宋", Family::FangSong),
    ("fzfs", Family::FangSong),
    ("stfang", Family::FangSong),
    ("kaiti", Family::Kai),
    ("楷", Family::Kai),
    ("fzkt", Family::Kai),
    ("stkai", Family::Kai),
    ("simhei", Family::Hei),
    ("heiti", Family::Hei),
    ("黑", Family::Hei),
    ("fzht", Family::Hei),
    ("xihei", Family::Hei),
    ("yahei", Family::Hei),
    ("等线", Family::Hei),
    ("dengxian", Family::Hei),
    ("notosanscjk", Family::Hei),
    ("sourcehansans", Family::Hei),
    ("gothic", Family::Hei),
    ("song", Family::Song),
    ("simsun", Family::Song),
    ("宋", Family::Song),
    ("fzxbs", Family::Song),
    ("fzss", Family::Song),
    ("cjk", Family::Song),
    ("ming", Family::Song),
    ("arial", Family::Sans),
    ("helvetica", Family::Sans),
    ("calibri", Family::Sans),
    ("verdana", Family::Sans),
    ("tahoma", Family::Sans),
    ("sans", Family::Sans),
    ("times", Family::Roman),
    ("cambria", Family::Roman),
];

/// Parts of names of faces that are heavy by themselves.
const BOLD: [&str; 7] = ["bold", "black", "heavy", "xbs", "小标宋", "粗", "xiaobiaosong"];

/// The names of a page's fonts, and the faces that were found so far.
#[derive(Default)]
pub(super) struct Names {
    by_length: BTreeMap<usize, String>,
    faces: BTreeMap<u128, Face>,
}

impl Names {
    /// The names that the interpreter does not know, of the fonts of a page.
    pub(super) fn of(page: &Page<'_>) -> Names {
        let mut names = Names::default();
        let fonts = &page.resources().fonts;
        for key in fonts.keys() {
            if let Some(font) = fonts.get::<Dict<'_>>(key.as_ref()) {
                names.learn(&font);
            }
        }
        names
    }

    fn learn(&mut self, font: &Dict<'_>) -> Option<()> {
        let descendants = font.get::<Array<'_>>("DescendantFonts");
        let font = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next()).unwrap_or_else(|| font.clone());
        let name = font.get::<Name<'_>>("BaseFont")?;
        if name.as_ref().is_ascii() {
            return None;
        }
        let descriptor = font.get::<Dict<'_>>("FontDescriptor")?;
        let file = ["FontFile2", "FontFile3"].into_iter().find_map(|key| descriptor.get::<Stream<'_>>(key))?;
        let length = file.dict().get::<u32>("Length1")? as usize;
        let decoded = match std::str::from_utf8(name.as_ref()) {
            Ok(name) => name.to_owned(),
            Err(_) => GB18030.decode(name.as_ref()).0.into_owned(),
        };
        self.by_length.insert(length, decoded);
        Some(())
    }

    /// The face of a glyph.
    pub(super) fn face(&mut self, placed: &PositionedGlyph<'_>) -> Face {
        let Glyph::Outline(glyph) = &**placed else { return Face::default() };
        let Some(font) = glyph.font_data() else { return Face { family: Family::Roman, ..Face::default() } };
        if let Some(face) = self.faces.get(&font.cache_key) {
            return *face;
        }
        let length = (*font.data).as_ref().len();
        let name = match font.postscript_name {
            Some(name) if name.is_ascii() && !name.starts_with('{') => Some(name),
            other => self.by_length.get(&length).cloned().or(other),
        };
        let mut face = named(&name.unwrap_or_default());
        if font.weight.is_some_and(|weight| weight >= 600) {
            face.weight = Weight::Bold;
        }
        self.faces.insert(font.cache_key, face);
        face
    }
}

/// The face that a name speaks of.
fn named(name: &str) -> Face {
    let name = name.to_lowercase();
    let family = FAMILIES.iter().find(|(part, _)| name.contains(part)).map_or(Family::Song, |(_, family)| *family);
    let weight = if BOLD.iter().any(|part| name.contains(part)) { Weight::Bold } else { Weight::Regular };
    Face { family, weight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_speak_of_families_and_weights() {
        let of = |name: &str| (named(name).family, named(name).weight);
        assert_eq!(of("SimSun,Bold"), (Family::Song, Weight::Bold));
        assert_eq!(of("仿宋_GB2312"), (Family::FangSong, Weight::Regular));
        assert_eq!(of("FZXBSJW--GB1-0"), (Family::Song, Weight::Bold));
        assert_eq!(of("黑体"), (Family::Hei, Weight::Regular));
        assert_eq!(of("KaiTi_GB2312"), (Family::Kai, Weight::Regular));
        assert_eq!(of("TimesNewRomanPS-BoldMT"), (Family::Roman, Weight::Bold));
        assert_eq!(of("ArialMT"), (Family::Sans, Weight::Regular));
        assert_eq!(of("CIDFont+F1"), (Family::Song, Weight::Regular));
    }
}
