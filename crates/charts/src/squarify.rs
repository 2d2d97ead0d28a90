//! Squarified treemaps, after Bruls, Huizing and van Wijk: areas in the proportion of the sizes, as square as can be.

use crate::paint::Area;

/// An area for each size, in their order. Sizes are above zero; an area without size gets none.
pub(crate) fn squarify(sizes: &[f64], within: Area) -> Vec<Area> {
    let total: f64 = sizes.iter().filter(|size| **size > 0.0).sum();
    let mut areas = vec![Area::default(); sizes.len()];
    if total <= 0.0 || within.width <= 0.0 || within.height <= 0.0 {
        return areas;
    }
    let scale = within.width * within.height / total;
    let mut order: Vec<usize> = (0..sizes.len()).filter(|i| sizes[*i] > 0.0).collect();
    // Stable: of equals the one that was given first.
    order.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]));
    let scaled: Vec<f64> = order.iter().map(|i| sizes[*i] * scale).collect();
    let (mut rest, mut from) = (within, 0);
    while from < scaled.len() {
        let side = rest.width.min(rest.height);
        let mut to = from + 1;
        while to < scaled.len() && worst(&scaled[from..=to], side) <= worst(&scaled[from..to], side) {
            to += 1;
        }
        rest = lay(&scaled[from..to], &order[from..to], rest, &mut areas);
        from = to;
    }
    areas
}

/// The worst proportion of a row of areas along a side: 1 is a square.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let (least, most) = row.iter().fold((f64::MAX, 0.0_f64), |(least, most), area| (least.min(*area), most.max(*area)));
    let (side, sum) = (side * side, sum * sum);
    (side * most / sum).max(sum / (side * least))
}

/// Lays a row along the shorter side; what is left of the rectangle.
fn lay(row: &[f64], places: &[usize], rest: Area, areas: &mut [Area]) -> Area {
    let sum: f64 = row.iter().sum();
    let upright = rest.width >= rest.height;
    let side = if upright { rest.height } else { rest.width };
    let depth = sum / side;
    let mut along = 0.0;
    for (size, place) in row.iter().zip(places) {
        let length = size / depth;
        areas[*place] = if upright {
            Area { x: rest.x, y: rest.y + along, width: depth, height: length }
        } else {
            Area { x: rest.x + along, y: rest.y, width: length, height: depth }
        };
        along += length;
    }
    if upright {
        Area { x: rest.x + depth, width: (rest.width - depth).max(0.0), ..rest }
    } else {
        Area { y: rest.y + depth, height: (rest.height - depth).max(0.0), ..rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_tile_the_rectangle_in_the_proportion_of_the_sizes() {
        let within = Area { x: 0.0, y: 0.0, width: 600.0, height: 400.0 };
        let sizes = [6.0, 2.0, 6.0, 1.0, 4.0, 3.0, 2.0, 0.0];
        let areas = squarify(&sizes, within);
        for (size, area) in sizes.iter().zip(&areas) {
            assert!((area.width * area.height - size * 10_000.0).abs() < 1e-6, "{area:?}");
            assert!(area.x >= 0.0 && area.y >= 0.0);
            assert!(area.x + area.width < 600.0 + 1e-6 && area.y + area.height < 400.0 + 1e-6);
        }
        for (i, a) in areas.iter().enumerate() {
            for b in &areas[..i] {
                let across = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
                let down = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
                assert!(across < 1e-6 || down < 1e-6 || a.width == 0.0 || b.width == 0.0, "{a:?} {b:?}");
            }
        }
        // The published example: no area is more than twice as long as wide but the last.
        assert!(areas[..3].iter().all(|a| a.width.max(a.height) / a.width.min(a.height) < 2.0));
    }

    #[test]
    fn nothing_has_no_area() {
        assert_eq!(squarify(&[], Area::default()), []);
        assert_eq!(squarify(&[0.0, -1.0], Area { x: 0.0, y: 0.0, width: 9.0, height: 9.0 }), [Area::default(); 2]);
    }
}
