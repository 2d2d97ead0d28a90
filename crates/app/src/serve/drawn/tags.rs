//! Where the number of a finding stands beside its mark: where it hides neither text nor another number.

use mingzhang_model::document::Rect;

/// The height of a tag in points.
pub(super) const HEIGHT: f32 = 8.0;
/// How much space a tag keeps from its mark.
const GAP: f32 = 0.8;
/// The width of a tag without digits, and of each digit.
const WIDTH: (f32, f32) = (4.0, 3.6);

/// Finds places for tags on one page.
pub(super) struct Tags {
    page: Rect,
    /// What may not be hidden: characters, and the tags that have a place already.
    taken: Vec<Rect>,
}

impl Tags {
    /// A page of this size with characters in these boxes.
    pub(super) fn new(width: f32, height: f32, characters: Vec<Rect>) -> Tags {
        Tags { page: Rect { x0: 0.0, y0: 0.0, x1: width, y1: height }, taken: characters }
    }

    /// Takes a place for a number beside a mark: the first free one around it, else the corner of the mark that is
    /// hidden least.
    pub(super) fn place(&mut self, mark: Rect, number: usize) -> Rect {
        let digits = number.checked_ilog10().unwrap_or(0) + 1;
        let width = WIDTH.0 + WIDTH.1 * digits as f32;
        let tag = |x: f32, y: f32| Rect { x0: x, y0: y, x1: x + width, y1: y + HEIGHT };
        let middle = (mark.y0 + mark.y1 - HEIGHT) / 2.0;
        let (right, left) = (mark.x1 + GAP, mark.x0 - GAP - width);
        let (above, below) = (mark.y0 - GAP - HEIGHT, mark.y1 + GAP);
        let beside = [(right, middle), (left, middle), (right, mark.y0), (left, mark.y0)];
        let inside = [(mark.x1 - width, middle), (mark.x0, middle), (mark.x1 - width, mark.y0), (mark.x0, mark.y0)];
        let over =
            [(right, above), (mark.x1 - width, above), (mark.x0, above), (right, below), (mark.x1 - width, below)];
        let further = [(right + width + GAP, middle), (left - width - GAP, middle)];
        let places = inside.into_iter().chain(beside).chain(over).chain(further);
        let hidden = |at: &Rect| self.hidden(*at);
        let best = places.map(|(x, y)| self.within(tag(x, y))).map(|at| (hidden(&at), at));
        let best = best.reduce(|best, next| if next.0 < best.0 { next } else { best });
        let best = best.map_or(mark, |(_, at)| at);
        self.taken.push(best);
        best
    }

    /// How much of what is there a tag would hide, in square points.
    fn hidden(&self, tag: Rect) -> f32 {
        let common = |other: &Rect| {
            let (wide, high) =
                (tag.x1.min(other.x1) - tag.x0.max(other.x0), tag.y1.min(other.y1) - tag.y0.max(other.y0));
            wide.max(0.0) * high.max(0.0)
        };
        self.taken.iter().map(common).sum()
    }

    /// A tag that is moved into the page.
    fn within(&self, tag: Rect) -> Rect {
        let x = (self.page.x1 - tag.x1).min(0.0) + (self.page.x0 - tag.x0).max(0.0);
        let y = (self.page.y1 - tag.y1).min(0.0) + (self.page.y0 - tag.y0).max(0.0);
        Rect { x0: tag.x0 + x, y0: tag.y0 + y, x1: tag.x1 + x, y1: tag.y1 + y }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: Rect = Rect { x0: 50.0, y0: 50.0, x1: 80.0, y1: 60.0 };

    fn apart(a: Rect, b: Rect) -> bool {
        a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0
    }

    #[test]
    fn numbers_hide_neither_text_nor_each_other() {
        let mut tags = Tags::new(200.0, 200.0, vec![MARK, Rect { x0: 80.0, x1: 120.0, ..MARK }]);
        let first = tags.place(MARK, 7);
        let second = tags.place(MARK, 12);
        assert!(apart(first, MARK) && apart(second, MARK) && apart(first, second), "{first:?} {second:?}");
        assert!(first.x1 < 51.0, "the left is free: {first:?}");
    }

    #[test]
    fn a_wide_cell_has_room_within() {
        let digits = Rect { x0: 65.0, ..MARK };
        let tag = Tags::new(200.0, 200.0, vec![digits]).place(MARK, 7);
        assert!(!apart(tag, MARK) && apart(tag, digits), "{tag:?}");
    }

    #[test]
    fn numbers_stay_on_the_page() {
        let whole = Rect { x0: -10.0, y0: -10.0, x1: 300.0, y1: 300.0 };
        let tag = Tags::new(200.0, 200.0, Vec::new()).place(whole, 1000);
        assert!(tag.x0 >= 0.0 && tag.y0 >= 0.0 && tag.x1 <= 200.0 && tag.y1 <= 200.0, "{tag:?}");
    }
}
