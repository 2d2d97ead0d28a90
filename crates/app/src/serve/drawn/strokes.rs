//! Shapes as SVG: neighbours of one look become one path, and the pieces of a rule one rule.

use std::fmt::Write as _;

use mingzhang_model::document::Rect;
use mingzhang_model::drawing::{Brush, Colour, Point, Shape, Step};

use super::{colour, short};

/// A rule is drawn at least so thick, in points: thinner ones would fade on a screen.
const THINNEST: f32 = 0.7;
/// Pieces of one rule that are no further apart than this are one, in points.
const JOINT: f32 = 0.35;

/// What a path of several shapes looks like. A width is in tenths of points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Fill(Colour),
    Rule(Colour, u32),
}

/// Writes the shapes in their order.
pub(super) fn write(svg: &mut String, shapes: &[Shape]) {
    let mut rest = shapes;
    while let Some(first) = rest.first() {
        let Some(look) = look(first) else {
            alone(svg, first);
            rest = &rest[1..];
            continue;
        };
        let count = rest.iter().take_while(|shape| self::look(shape) == Some(look)).count();
        let (same, others) = rest.split_at(count);
        match look {
            Look::Fill(fill) => areas(svg, same, fill),
            Look::Rule(stroke, width) => rules(svg, same, stroke, width),
        }
        rest = others;
    }
}

/// The look of a shape that can share a path.
fn look(shape: &Shape) -> Option<Look> {
    match *shape {
        Shape::Area { rect, colour } => match thin(rect) {
            Some(_) => Some(Look::Rule(colour, tenths(breadth(rect)))),
            None => Some(Look::Fill(colour)),
        },
        Shape::Line { width, colour, .. } => Some(Look::Rule(colour, tenths(width))),
        Shape::Outline { .. } | Shape::Picture { .. } => None,
    }
}

fn tenths(width: f32) -> u32 {
    (width.max(THINNEST) * 10.0).round() as u32
}

fn breadth(rect: Rect) -> f32 {
    (rect.x1 - rect.x0).min(rect.y1 - rect.y0)
}

/// The line along the middle of a rectangle that is as thin as a rule.
fn thin(rect: Rect) -> Option<(Point, Point)> {
    let (wide, high) = (rect.x1 - rect.x0, rect.y1 - rect.y0);
    let (x, y) = ((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
    match (wide < 3.0, high < 3.0) {
        (false, false) => None,
        (_, true) if wide >= high => Some((Point { x: rect.x0, y }, Point { x: rect.x1, y })),
        _ => Some((Point { x, y: rect.y0 }, Point { x, y: rect.y1 })),
    }
}

fn areas(svg: &mut String, shapes: &[Shape], fill: Colour) {
    // Writing to a String cannot fail.
    let _ = write!(svg, "<path fill=\"{}\" d=\"", colour(fill));
    for shape in shapes {
        if let Shape::Area { rect, .. } = shape {
            let (x, y, w) = (short(rect.x0), short(rect.y0), short(rect.x1 - rect.x0));
            let _ = write!(svg, "M{x} {y}h{w}v{}h-{w}z", short(rect.y1 - rect.y0));
        }
    }
    svg.push_str("\"/>");
}

fn rules(svg: &mut String, shapes: &[Shape], stroke: Colour, width: u32) {
    let ends = shapes.iter().filter_map(|shape| match *shape {
        Shape::Area { rect, .. } => thin(rect),
        Shape::Line { from, to, .. } => Some((from, to)),
        _ => None,
    });
    let (across, down): (Vec<_>, Vec<_>) = ends.partition(|(from, to)| (to.x - from.x).abs() >= (to.y - from.y).abs());
    let _ = write!(svg, "<path stroke=\"{}\" stroke-width=\"{}\" d=\"", colour(stroke), short(width as f32 / 10.0));
    for (at, from, to) in joined(across.into_iter().map(|(p, q)| (p.y, p.x, q.x))) {
        let _ = write!(svg, "M{} {}H{}", short(from), short(at), short(to));
    }
    for (at, from, to) in joined(down.into_iter().map(|(p, q)| (p.x, p.y, q.y))) {
        let _ = write!(svg, "M{} {}V{}", short(at), short(from), short(to));
    }
    svg.push_str("\"/>");
}

/// Stretches on parallel lines (where the line lies, from, to), those that touch joined.
fn joined(stretches: impl Iterator<Item = (f32, f32, f32)>) -> Vec<(f32, f32, f32)> {
    let round = |v: f32| (v * 10.0).round() / 10.0;
    let mut stretches: Vec<(f32, f32, f32)> =
        stretches.map(|(at, from, to)| (round(at), from.min(to), from.max(to))).collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut joined: Vec<(f32, f32, f32)> = Vec::new();
    for (at, from, to) in stretches {
        match joined.last_mut() {
            Some(last) if (last.0 - at).abs() < 0.01 && from <= last.2 + JOINT => last.2 = last.2.max(to),
            _ => joined.push((at, from, to)),
        }
    }
    joined
}

fn alone(svg: &mut String, shape: &Shape) {
    match shape {
        Shape::Picture { rect } => {
            let (x, y) = (short(rect.x0), short(rect.y0));
            let (width, height) = (short(rect.x1 - rect.x0), short(rect.y1 - rect.y0));
            let _ = write!(svg, "<rect class=\"picture\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
        }
        Shape::Outline { path, brush, colour, within } => outline(svg, path, *brush, *colour, *within),
        Shape::Area { .. } | Shape::Line { .. } => {}
    }
}

/// An outline; where it reaches out of a rectangle, within a picture of its own that ends there.
fn outline(svg: &mut String, path: &[Step], brush: Brush, ink: Colour, within: Option<Rect>) {
    if let Some(Rect { x0, y0, x1, y1 }) = within {
        let [x, y, width, height] = [x0, y0, x1 - x0, y1 - y0].map(short);
        let view = format!("viewBox=\"{x} {y} {width} {height}\"");
        let _ = write!(svg, "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {view}>");
    }
    let ink = colour(ink);
    let paint = match brush {
        Brush::Fill => format!("fill=\"{ink}\""),
        Brush::FillEvenOdd => format!("fill=\"{ink}\" fill-rule=\"evenodd\""),
        Brush::Stroke(width) => {
            format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\"", short(width.max(THINNEST)))
        }
    };
    let _ = write!(svg, "<path {paint} d=\"{}\"/>", path_data(path));
    if within.is_some() {
        svg.push_str("</svg>");
    }
}

/// The steps of an outline in the language of SVG.
pub(super) fn path_data(path: &[Step]) -> String {
    let mut data = String::new();
    let p = |point: Point| format!("{} {}", fine(point.x), fine(point.y));
    for step in path {
        let _ = match *step {
            Step::Move(to) => write!(data, "M{}", p(to)),
            Step::Line(to) => write!(data, "L{}", p(to)),
            Step::Curve(c, d, to) => write!(data, "C{} {} {}", p(c), p(d), p(to)),
            Step::Close => write!(data, "Z"),
        };
    }
    data
}

/// A coordinate of an outline: letters are small, and need two digits.
fn fine(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(shapes: &[Shape]) -> String {
        let mut svg = String::new();
        write(&mut svg, shapes);
        svg
    }

    fn area(x0: f32, y0: f32, x1: f32, y1: f32) -> Shape {
        Shape::Area { rect: Rect { x0, y0, x1, y1 }, colour: Colour(255, 0, 0) }
    }

    #[test]
    fn the_pieces_of_a_rule_are_one_rule_whatever_drew_them() {
        let line = Shape::Line {
            from: Point { x: 30.2, y: 10.2 },
            to: Point { x: 40.0, y: 10.2 },
            width: 0.48,
            colour: Colour(255, 0, 0),
        };
        let pieces = [area(20.0, 10.0, 30.0, 10.48), area(10.0, 10.0, 20.0, 10.48), line];
        assert_eq!(svg(&pieces), "<path stroke=\"#f00\" stroke-width=\".7\" d=\"M10 10.2H40\"/>");
    }

    #[test]
    fn what_lies_over_something_else_stays_over_it() {
        let order = svg(&[area(0.0, 0.0, 50.0, 50.0), area(0.0, 9.0, 50.0, 10.0), area(0.0, 0.0, 50.0, 20.0)]);
        assert_eq!(order.matches("<path").count(), 3, "{order}");
    }

    #[test]
    fn an_outline_ends_where_its_clip_ends() {
        let path = vec![Step::Move(Point { x: 0.0, y: 0.0 }), Step::Line(Point { x: 9.0, y: 9.0 }), Step::Close];
        let within = Some(Rect { x0: 1.0, y0: 2.0, x1: 4.0, y1: 6.0 });
        let svg = svg(&[Shape::Outline { path, brush: Brush::Stroke(1.0), colour: Colour::BLACK, within }]);
        assert!(svg.starts_with("<svg x=\"1\" y=\"2\" width=\"3\" height=\"4\" viewBox=\"1 2 3 4\">"), "{svg}");
        assert!(svg.ends_with("d=\"M0 0L9 9Z\"/></svg>"), "{svg}");
    }
}
