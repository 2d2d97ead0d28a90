//! [`Spot`]: where a figure stands, in whole numbers: a catalogue holds a million of them.
//!
//! The one file of this crate with floating point: lengths on a page are geometry, kept to a hundredth of a point.

use mingzhang_model::document::{Place, Rect};

/// Where a figure stands. A page, line or paragraph of 0 is none, and so is a rectangle of four zeros. What stands on a
/// page and in a line of it is a cell of a sheet, which has no rectangle: its first edge is the column.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Spot {
    pub(crate) page: u32,
    pub(crate) line: u32,
    pub(crate) paragraph: u32,
    /// Left, top, right and bottom, in hundredths of a point from the top left corner of the page.
    pub(crate) edges: [i32; 4],
}

const HUNDREDTHS: f32 = 100.0;

impl From<Place> for Spot {
    fn from(place: Place) -> Spot {
        // A float that is out of range becomes the nearest whole number, and what is no number becomes 0.
        let edges = place.rect.map(|r| [r.x0, r.y0, r.x1, r.y1].map(|edge| (edge * HUNDREDTHS).round() as i32));
        let column = place.column.and_then(|column| i32::try_from(column).ok()).unwrap_or_default();
        Spot {
            page: place.page.unwrap_or_default(),
            line: place.line.unwrap_or_default(),
            paragraph: place.paragraph.unwrap_or_default(),
            edges: edges.unwrap_or([column, 0, 0, 0]),
        }
    }
}

impl From<Spot> for Place {
    fn from(spot: Spot) -> Place {
        let [x0, y0, x1, y1] = spot.edges.map(|edge| edge as f32 / HUNDREDTHS);
        let has_rect = spot.edges != [0; 4] && !spot.is_cell();
        Place {
            page: (spot.page != 0).then_some(spot.page),
            rect: has_rect.then_some(Rect { x0, y0, x1, y1 }),
            line: (spot.line != 0).then_some(spot.line),
            column: u32::try_from(spot.edges[0]).ok().filter(|column| spot.is_cell() && *column != 0),
            paragraph: (spot.paragraph != 0).then_some(spot.paragraph),
        }
    }
}

/// Left, top, right and bottom in points from the top left corner of the page, as JSON has it.
pub type Bbox = [f64; 4];

impl Spot {
    fn is_cell(self) -> bool {
        self.page != 0 && self.line != 0
    }

    /// The rectangle; none where the format has no pages.
    pub(crate) fn bbox(self) -> Option<Bbox> {
        (self.edges != [0; 4] && !self.is_cell())
            .then(|| self.edges.map(|edge| f64::from(edge) / f64::from(HUNDREDTHS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_to_a_hundredth_of_a_point() {
        let rect = Rect { x0: 232.55, y0: 268.14, x1: 304.25, y1: 289.64 };
        let place = Place { page: Some(10), rect: Some(rect), ..Place::default() };
        assert_eq!(Place::from(Spot::from(place)), place);
        assert_eq!(Spot::from(place).bbox(), Some([232.55, 268.14, 304.25, 289.64]));
        let line = Place { line: Some(7), ..Place::default() };
        assert_eq!((Place::from(Spot::from(line)), Spot::from(line).bbox()), (line, None));
        let cell = Place { page: Some(3), line: Some(12), column: Some(28), ..Place::default() };
        assert_eq!((Place::from(Spot::from(cell)), Spot::from(cell).bbox()), (cell, None));
    }
}
