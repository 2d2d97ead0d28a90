//! A page as a picture in grey.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use mingzhang_model::document::Rect;
use mingzhang_model::recognition::Ruled;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The resolution that programs which recognise characters are trained for.
pub const DOTS_PER_INCH: f32 = 300.0;

/// A picture has no more dots than this; a larger page is painted smaller. It is four pages of A4.
pub const MAX_DOTS: f32 = 4.0 * 2480.0 * 3508.0;

/// A side of a picture that the painter can count.
const LONGEST_SIDE: f32 = 32_000.0;

/// A picture in grey, row by row from the top.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// How many dots make one point.
    pub(crate) scale: f32,
    pub(crate) grey: Vec<u8>,
}

impl Picture {
    /// A picture of these dots, so many to one point of the page. None where they do not fill its rows.
    pub fn new(width: usize, height: usize, scale: f32, grey: Vec<u8>) -> Option<Picture> {
        let whole = width > 0 && height > 0 && scale > 0.0 && width.checked_mul(height) == Some(grey.len());
        whole.then_some(Picture { width, height, scale, grey })
    }

    /// How many dots there are to an inch.
    pub fn dots_per_inch(&self) -> u32 {
        (self.scale * 72.0).round() as u32
    }

    /// The picture as a portable grey map, the plainest of all formats of pictures.
    pub fn pgm(&self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend(&self.grey);
        bytes
    }

    /// The straight lines in it, in points of the page. They are taken out of the picture: a recogniser takes them
    /// for letters.
    pub fn take_rules(&mut self) -> Vec<Ruled> {
        crate::ruled::take(self)
    }

    /// A rectangle of dots, in points of the page.
    pub(crate) fn in_points(&self, [left, top, right, bottom]: [f32; 4]) -> Rect {
        Rect { x0: left / self.scale, y0: top / self.scale, x1: right / self.scale, y1: bottom / self.scale }
    }
}

/// The pages of a PDF, to be painted one by one.
pub struct Pages {
    pdf: Pdf,
}

impl Pages {
    /// The pages of a file; none where it is no PDF that can be opened.
    pub fn of(bytes: &[u8]) -> Option<Pages> {
        let bytes = bytes.to_vec();
        // The parser is foreign code that meets hostile bytes.
        let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes)));
        opened.ok()?.ok().map(|pdf| Pages { pdf })
    }

    /// A page, counted from 1, upright, on white paper. None where there is no such page or it cannot be painted.
    pub fn picture(&self, page: u32) -> Option<Picture> {
        let page = self.pdf.pages().get((page as usize).checked_sub(1)?)?;
        let (width, height) = page.render_dimensions();
        let scale = scale(width, height)?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let painted = catch_unwind(AssertUnwindSafe(|| {
            let cache = RenderCache::new();
            render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)
        }));
        let painted = painted.ok()?;
        let grey = painted.data_as_u8_slice().chunks_exact(4).map(luminance).collect();
        Picture::new(usize::from(painted.width()), usize::from(painted.height()), scale, grey)
    }
}

/// How many dots a point gets.
fn scale(width: f32, height: f32) -> Option<f32> {
    let sides = width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite();
    let fits = (MAX_DOTS / (width * height)).sqrt().min(LONGEST_SIDE / width.max(height));
    let scale = fits.min(DOTS_PER_INCH / 72.0);
    // A page of which one side has no dot left cannot be painted.
    (sides && width.min(height) * scale >= 1.0).then_some(scale)
}

/// How light a dot is. The paper is white and opaque, so there is no transparency left.
fn luminance(dot: &[u8]) -> u8 {
    let [red, green, blue] = [dot[0], dot[1], dot[2]].map(u32::from);
    ((299 * red + 587 * green + 114 * blue) / 1000) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_the_usual_resolution_and_a_huge_one_fewer_dots() {
        assert_eq!(scale(595.0, 842.0), Some(DOTS_PER_INCH / 72.0));
        let huge = scale(14_400.0, 14_400.0).unwrap();
        assert!(14_400.0 * huge <= LONGEST_SIDE && 14_400.0 * 14_400.0 * huge * huge <= MAX_DOTS * 1.01);
        for (width, height) in [(0.0, 842.0), (f32::NAN, 842.0), (1.0e9, 0.001), (f32::INFINITY, 1.0)] {
            assert_eq!(scale(width, height), None, "{width} × {height}");
        }
    }

    #[test]
    fn what_is_no_pdf_has_no_pages_and_no_picture() {
        assert!(Pages::of(b"%PDF-1.7\n").is_none_or(|pages| pages.picture(1).is_none()));
        assert!(Picture::new(2, 2, 1.0, vec![0; 3]).is_none());
    }
}
