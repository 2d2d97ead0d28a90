//! Paths to shapes: rectangles and rules where they are such, outlines else, cut to the clip.

use hayro_interpret::FillRule;
use hayro_interpret::kurbo::{self, Affine, BezPath, PathEl};
use mingzhang_model::document::Rect;
use mingzhang_model::drawing::{Brush, Colour, Point, Shape, Step};

/// A stretch counts as running along an axis when it leaves it by no more than this, in points.
const STRAIGHT: f32 = 0.05;

/// A filled path: rectangles, if it is nothing but rectangles.
pub(super) fn filled(path: &BezPath, to_page: Affine, rule: FillRule, colour: Colour, clip: Rect) -> Vec<Shape> {
    let steps = steps(path, to_page);
    if let Some(rects) = rectangles(&steps) {
        let areas = rects.into_iter().filter_map(|rect| common(rect, clip));
        return areas.map(|rect| Shape::Area { rect, colour }).collect();
    }
    let brush = match rule {
        FillRule::NonZero => Brush::Fill,
        FillRule::EvenOdd => Brush::FillEvenOdd,
    };
    outline(steps, brush, colour, clip).into_iter().collect()
}

/// A stroked path: rules, if all of it runs along the axes.
pub(super) fn stroked(path: &BezPath, to_page: Affine, width: f32, colour: Colour, clip: Rect) -> Vec<Shape> {
    let steps = steps(path, to_page);
    let width = width * to_page.determinant().abs().sqrt() as f32;
    if !width.is_finite() {
        return Vec::new();
    }
    if let Some(stretches) = stretches(&steps) {
        let rules = stretches.into_iter().filter_map(|(from, to)| rule(from, to, width, colour, clip));
        return rules.collect();
    }
    outline(steps, Brush::Stroke(width), colour, clip).into_iter().collect()
}

/// The steps of a path on the page; none where one of them is nowhere.
pub(super) fn steps(path: &BezPath, to_page: Affine) -> Vec<Step> {
    let at = |p: kurbo::Point| {
        let p = to_page * p;
        Point { x: p.x as f32, y: p.y as f32 }
    };
    let mut steps = Vec::with_capacity(path.elements().len());
    let mut here = kurbo::Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                steps.push(Step::Move(at(p)));
                here = p;
            }
            PathEl::LineTo(p) => {
                steps.push(Step::Line(at(p)));
                here = p;
            }
            PathEl::QuadTo(c, p) => {
                let (first, second) = (here + (c - here) * (2.0 / 3.0), p + (c - p) * (2.0 / 3.0));
                steps.push(Step::Curve(at(first), at(second), at(p)));
                here = p;
            }
            PathEl::CurveTo(c, d, p) => {
                steps.push(Step::Curve(at(c), at(d), at(p)));
                here = p;
            }
            PathEl::ClosePath => steps.push(Step::Close),
        }
    }
    let somewhere = points(&steps).all(|p| p.x.is_finite() && p.y.is_finite());
    if somewhere { steps } else { Vec::new() }
}

/// What is common to a rectangle of the painter and the clip.
pub(super) fn cut(rect: kurbo::Rect, clip: Rect) -> Option<Rect> {
    let rect = Rect { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 };
    common(rect, clip)
}

/// Turns a shape as the page is turned.
pub(super) fn turn(shape: &mut Shape, point: impl Fn(Point) -> Point) {
    let turned = |rect: Rect| {
        let (p, q) = (point(Point { x: rect.x0, y: rect.y0 }), point(Point { x: rect.x1, y: rect.y1 }));
        Rect { x0: p.x.min(q.x), y0: p.y.min(q.y), x1: p.x.max(q.x), y1: p.y.max(q.y) }
    };
    match shape {
        Shape::Area { rect, .. } | Shape::Picture { rect } => *rect = turned(*rect),
        Shape::Line { from, to, .. } => (*from, *to) = (point(*from), point(*to)),
        Shape::Outline { path, within, .. } => {
            path.iter_mut().for_each(|step| turn_step(step, &point));
            *within = within.map(turned);
        }
    }
}

/// Turns a step as the page is turned.
pub(super) fn turn_step(step: &mut Step, point: impl Fn(Point) -> Point) {
    *step = match *step {
        Step::Move(p) => Step::Move(point(p)),
        Step::Line(p) => Step::Line(point(p)),
        Step::Curve(c, d, p) => Step::Curve(point(c), point(d), point(p)),
        Step::Close => Step::Close,
    };
}

fn points(steps: &[Step]) -> impl Iterator<Item = Point> + '_ {
    let of = |step: &Step| match *step {
        Step::Move(p) | Step::Line(p) => [Some(p), None, None],
        Step::Curve(c, d, p) => [Some(c), Some(d), Some(p)],
        Step::Close => [None; 3],
    };
    steps.iter().flat_map(of).flatten()
}

fn bounds(steps: &[Step]) -> Option<Rect> {
    points(steps).map(|p| Rect { x0: p.x, y0: p.y, x1: p.x, y1: p.y }).reduce(Rect::around)
}

/// What two rectangles have in common; one without breadth or height is still one.
fn common(a: Rect, b: Rect) -> Option<Rect> {
    let rect = Rect { x0: a.x0.max(b.x0), y0: a.y0.max(b.y0), x1: a.x1.min(b.x1), y1: a.y1.min(b.y1) };
    let is = rect.x0 <= rect.x1 && rect.y0 <= rect.y1;
    (is && [rect.x0, rect.y0, rect.x1, rect.y1].iter().all(|v| v.is_finite())).then_some(rect)
}

/// The contours of a path, if every one is a rectangle along the axes.
fn rectangles(steps: &[Step]) -> Option<Vec<Rect>> {
    let mut rects = Vec::new();
    for contour in contours(steps) {
        if contour.len() < 2 {
            continue;
        }
        let corners: Option<Vec<Point>> = contour.iter().map(corner).collect();
        rects.push(rectangle(&corners?)?);
    }
    Some(rects)
}

/// The steps from each move to the next, without the steps that close.
fn contours(steps: &[Step]) -> Vec<Vec<Step>> {
    let mut contours: Vec<Vec<Step>> = Vec::new();
    for step in steps {
        match step {
            Step::Move(_) => contours.push(vec![*step]),
            Step::Close => {}
            _ => contours.last_mut().into_iter().for_each(|contour| contour.push(*step)),
        }
    }
    contours
}

fn corner(step: &Step) -> Option<Point> {
    match *step {
        Step::Move(p) | Step::Line(p) => Some(p),
        Step::Curve(..) | Step::Close => None,
    }
}

/// The rectangle that has these corners, in the order of drawing; the last may be the first again.
fn rectangle(corners: &[Point]) -> Option<Rect> {
    let near = |a: f32, b: f32| (a - b).abs() <= STRAIGHT;
    let corners = match corners {
        [start @ .., end] if start.len() == 4 && near(start[0].x, end.x) && near(start[0].y, end.y) => start,
        _ => corners,
    };
    let [a, b, c, d] = corners else { return None };
    let wide_first = near(a.y, b.y) && near(b.x, c.x) && near(c.y, d.y) && near(d.x, a.x);
    let high_first = near(a.x, b.x) && near(b.y, c.y) && near(c.x, d.x) && near(d.y, a.y);
    let rect = Rect { x0: a.x.min(c.x), y0: a.y.min(c.y), x1: a.x.max(c.x), y1: a.y.max(c.y) };
    (wide_first || high_first).then_some(rect)
}

/// The stretches of a path, if every one runs along an axis.
fn stretches(steps: &[Step]) -> Option<Vec<(Point, Point)>> {
    let (mut start, mut here) = (Point::default(), Point::default());
    let mut stretches = Vec::new();
    for step in steps {
        let next = match *step {
            Step::Move(p) => {
                (start, here) = (p, p);
                continue;
            }
            Step::Line(p) => p,
            Step::Close => start,
            Step::Curve(..) => return None,
        };
        if (next.x - here.x).abs() > STRAIGHT && (next.y - here.y).abs() > STRAIGHT {
            return None;
        }
        if next != here {
            stretches.push((here, next));
        }
        here = next;
    }
    Some(stretches)
}

/// A rule, cut to the clip. Its thickness may reach out of the clip: a table's outer rules often do.
fn rule(from: Point, to: Point, width: f32, colour: Colour, clip: Rect) -> Option<Shape> {
    let half = width / 2.0;
    let across = (from.y - to.y).abs() <= STRAIGHT;
    let rect = Rect { x0: from.x.min(to.x), y0: from.y.min(to.y), x1: from.x.max(to.x), y1: from.y.max(to.y) };
    let clip = match across {
        true => Rect { y0: clip.y0 - half, y1: clip.y1 + half, ..clip },
        false => Rect { x0: clip.x0 - half, x1: clip.x1 + half, ..clip },
    };
    let seen = common(rect, clip)?;
    let (from, to) = (Point { x: seen.x0, y: seen.y0 }, Point { x: seen.x1, y: seen.y1 });
    Some(Shape::Line { from, to, width, colour })
}

fn outline(path: Vec<Step>, brush: Brush, colour: Colour, clip: Rect) -> Option<Shape> {
    let around = bounds(&path)?;
    let seen = common(around, clip)?;
    let within = (seen != around).then_some(clip);
    Some(Shape::Outline { path, brush, colour, within })
}
