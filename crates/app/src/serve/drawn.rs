//! A page of a document as SVG, as it was printed, with the places of findings marked and linked.
//!
//! Nothing is needed to look at it: no script, no font, no second request. Each mark is a link with a name of its
//! own, so a link from the list of findings makes the place glow (`:target`), and a touch of the place leads back.
//! Text is text. The picture is a group with a name, not one image: an image would keep its text and its links from
//! those who listen to the page.
//!
//! Absent on purpose: which findings a document has, and where a mark leads: whoever shows the page says so.

mod marks;
mod strokes;
mod tags;

use std::fmt::Write as _;
use std::sync::Arc;

use mingzhang_model::document::Rect;
use mingzhang_model::drawing::{Colour, Drawing, Face, Family, Point, Weight, Writing};

use super::house::House;
use super::problem::Problem;
use crate::messages::Lang;
use crate::pipeline::{Failure, within};
use crate::report::markup::escaped;
use crate::spots::Role;
pub(crate) use marks::{Mark, marks_of, place_id};
use tags::{HEIGHT, Tags};

/// How marks, tags and letters look.
pub(crate) const STYLE: &str = include_str!("drawn/drawn.css");

/// How far a mark reaches around what it marks, in points.
const AROUND: f32 = 1.0;

/// A page of a file as it is drawn. What a page holds must not hold up the server, so it has its time as checking has.
pub(crate) fn page(house: &House, bytes: &Arc<Vec<u8>>, number: u32) -> Result<Option<Drawing>, Problem> {
    let bytes = Arc::clone(bytes);
    in_time(house, move || mingzhang_read::drawing(&bytes, number))
}

/// How many pages of a file can be drawn.
pub(crate) fn pages(house: &House, bytes: &Arc<Vec<u8>>) -> Result<u32, Problem> {
    let bytes = Arc::clone(bytes);
    in_time(house, move || mingzhang_read::pages(&bytes))
}

fn in_time<T: Send + 'static>(
    house: &House,
    work: impl FnOnce() -> Result<T, mingzhang_read::Unreadable> + Send + 'static,
) -> Result<T, Problem> {
    let done = within(house.settings.time_limit, move || work().map_err(|why| Failure::Unreadable(why.to_string())));
    done.map_err(|failure| Problem::bad(Lang::Zh.failure(&failure), Lang::En.failure(&failure)))
}

/// The page with its marks. `name` is what it is called: 第 3 页.
pub(crate) fn svg(drawing: &Drawing, marks: &[Mark], name: &str) -> String {
    let (width, height) = (short(drawing.width), short(drawing.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawn\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}pt\" height=\"{height}pt\" role=\"group\" aria-label=\"{}\">\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>",
        escaped(name)
    );
    if !drawing.shapes.is_empty() {
        svg.push_str("<g class=\"shapes\" aria-hidden=\"true\">");
        strokes::write(&mut svg, &drawing.shapes);
        svg.push_str("</g>");
    }
    writing(&mut svg, &drawing.writing);
    if !marks.is_empty() {
        let characters = drawing.writing.iter().flat_map(Writing::boxes).map(|(_, at)| at).collect();
        let mut tags = Tags::new(drawing.width, drawing.height, characters);
        marks.iter().for_each(|mark| self::mark(&mut svg, mark, drawing, &mut tags));
    }
    svg.push_str("</svg>");
    svg
}

/// The page with one place on it that somebody asks for: `#here`, and `label` says what stands there.
pub(crate) fn pointing(drawing: &Drawing, place: Rect, name: &str, label: &str) -> String {
    let mut svg = svg(drawing, &[], name);
    let Some(rect) = on_page(place, drawing) else { return svg };
    svg.truncate(svg.len() - "</svg>".len());
    let label = escaped(label);
    let _ = write!(svg, "<g id=\"here\" class=\"pointed\" role=\"img\" aria-label=\"{label}\"><title>{label}</title>");
    rounded(&mut svg, rect, "1.5");
    svg.push_str("</g></svg>");
    svg
}

/// What the lines of one group have in common.
#[derive(PartialEq)]
struct Look {
    face: Face,
    colour: Colour,
    size: String,
}

fn look(line: &Writing) -> Look {
    Look { face: line.face, colour: line.colour, size: short(line.size) }
}

fn writing(svg: &mut String, lines: &[Writing]) {
    for group in lines.chunk_by(|a, b| look(a) == look(b)) {
        let Look { face, colour: ink, size } = look(&group[0]);
        // Writing to a String cannot fail.
        let _ = write!(svg, "<g class=\"{}\" font-size=\"{size}\"", class(face));
        if ink != Colour::BLACK {
            let _ = write!(svg, " fill=\"{}\"", colour(ink));
        }
        svg.push('>');
        group.iter().for_each(|line| self::line(svg, line));
        svg.push_str("</g>");
    }
}

fn line(svg: &mut String, line: &Writing) {
    if !line.outline.is_empty() {
        let _ = write!(svg, "<path d=\"{}\"/>", strokes::path_data(&line.outline));
        return;
    }
    let (start, place) = match line.turn {
        None => (line.origin, format!("y=\"{}\"", short(line.origin.y))),
        Some([right, down]) => {
            let matrix = [right.x, right.y, down.x, down.y].map(|v| format!("{v:.4}")).join(" ");
            let (x, y) = (short(line.origin.x), short(line.origin.y));
            (Point::default(), format!("transform=\"matrix({matrix} {x} {y})\""))
        }
    };
    let ends = line.offsets.windows(2);
    let shown = line.text.chars().zip(ends).filter(|(char, _)| !char.is_control());
    let shown: Vec<(char, f32, f32)> = shown.map(|(char, ends)| (char, start.x + ends[0], ends[1] - ends[0])).collect();
    // Browsers disagree how a list of positions counts characters beyond the first plane: each stands alone.
    for piece in shown.chunk_by(|a, b| a.0 < '\u{10000}' && b.0 < '\u{10000}') {
        let xs: Vec<String> = piece.iter().map(|(_, x, _)| short(*x)).collect();
        let _ = write!(svg, "<text x=\"{}\" {place}>", xs.join(" "));
        for alike in piece.chunk_by(|a, b| !narrowed(*a, line.size) && !narrowed(*b, line.size)) {
            let text = escaped(&alike.iter().map(|(char, ..)| *char).collect::<String>());
            if narrowed(alike[0], line.size) {
                let length = short(alike[0].2);
                let _ = write!(svg, "<tspan textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{text}</tspan>");
            } else {
                svg.push_str(&text);
            }
        }
        svg.push_str("</text>");
    }
}

/// True for a broad letter that its font sets in half an em, as Chinese fonts do: another font's would lie over its
/// neighbour.
fn narrowed((char, _, advance): (char, f32, f32), size: f32) -> bool {
    matches!(char, '%' | '‰' | '@' | '&' | 'M' | 'W' | 'm' | 'w') && advance > 0.0 && advance < 0.6 * size
}

/// The classes of a face, as the style names them.
fn class(face: Face) -> &'static str {
    match (face.family, face.weight) {
        (Family::Song, Weight::Regular) => "song",
        (Family::Song, Weight::Bold) => "song bold",
        (Family::Hei, Weight::Regular) => "hei",
        (Family::Hei, Weight::Bold) => "hei bold",
        (Family::Kai, Weight::Regular) => "kai",
        (Family::Kai, Weight::Bold) => "kai bold",
        (Family::FangSong, Weight::Regular) => "fangsong",
        (Family::FangSong, Weight::Bold) => "fangsong bold",
        (Family::Roman, Weight::Regular) => "roman",
        (Family::Roman, Weight::Bold) => "roman bold",
        (Family::Sans, Weight::Regular) => "sans",
        (Family::Sans, Weight::Bold) => "sans bold",
    }
}

fn mark(svg: &mut String, mark: &Mark, drawing: &Drawing, tags: &mut Tags) {
    let rects: Vec<Rect> = mark.rects.iter().filter_map(|rect| on_page(*rect, drawing)).collect();
    let Some(last) = rects.last() else { return };
    let role = match mark.role {
        Role::Here => "here",
        Role::There => "there",
    };
    let (number, label) = (mark.finding, escaped(&mark.label));
    let _ = write!(
        svg,
        "<a id=\"{}\" class=\"mark {role} {} of-f{number}\" href=\"{}\" aria-label=\"{number} {label}\">\
         <title>{number} {label}</title>",
        mark.id(),
        mark.severity.word(),
        escaped(&mark.href)
    );
    for rect in &rects {
        rounded(svg, *rect, "1.5");
    }
    let tag = tags.place(*last, number);
    rounded(svg, tag, "2.5");
    let (x, y) = (short((tag.x0 + tag.x1) / 2.0), short(tag.y0 + HEIGHT * 0.75));
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\">{number}</text></a>");
}

fn rounded(svg: &mut String, rect: Rect, radius: &str) {
    let (x, y) = (short(rect.x0), short(rect.y0));
    let (width, height) = (short(rect.x1 - rect.x0), short(rect.y1 - rect.y0));
    let _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>");
}

/// A little more than a rectangle, as far as it lies on the page.
fn on_page(rect: Rect, drawing: &Drawing) -> Option<Rect> {
    let rect = Rect {
        x0: (rect.x0 - AROUND).max(0.0),
        y0: (rect.y0 - AROUND).max(0.0),
        x1: (rect.x1 + AROUND).min(drawing.width),
        y1: (rect.y1 + AROUND).min(drawing.height),
    };
    (rect.x0 < rect.x1 && rect.y0 < rect.y1).then_some(rect)
}

/// A length with one digit behind the point, and none that says nothing.
fn short(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None if text == "-0" => "0".to_owned(),
        None => text.to_owned(),
    }
}

/// A colour as short as it can be written.
fn colour(Colour(r, g, b): Colour) -> String {
    if [r, g, b].iter().all(|v| v % 17 == 0) {
        return format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17);
    }
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests;
