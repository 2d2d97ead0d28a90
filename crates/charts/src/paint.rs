//! [`Canvas`]: SVG text under construction. Everything that comes from outside is escaped here and nowhere else.

use crate::measure::Words;
use crate::{Caption, Datum, Frame, money};
use std::fmt::Write;

/// How many paints there are; the paint after the last is the first again, with another pattern.
pub(crate) const PAINTS: usize = 8;

/// The paints on a light page: white text on each, and each on white, has a contrast of more than 4.5.
pub(crate) const LIGHT: [&str; PAINTS] =
    ["#1f5fa8", "#a8461f", "#2d6f3c", "#7a3f8f", "#7d5a00", "#006b75", "#a12a5e", "#565e66"];
/// The same on a dark page, with dark text on each.
pub(crate) const DARK: [&str; PAINTS] =
    ["#7fb2e8", "#f0a07c", "#85c795", "#c79bdc", "#dcb45a", "#6cc7cf", "#ee8fb4", "#b4bcc4"];
/// Text on the paints of a light page.
pub(crate) const ON_LIGHT: &str = "#ffffff";
/// Text on the paints of a dark page.
pub(crate) const ON_DARK: &str = "#101418";

/// The style sheet of all charts: put it once into the style sheet of the page. A page may set `--mz-paint-1` to
/// `--mz-paint-8`, `--mz-on` and `--mz-grid` of its own. Without it the charts are those of a light page.
pub fn stylesheet() -> String {
    let mut css = String::from(
        ".mz-chart{display:block;width:100%;height:auto}\n\
         .mz-chart a:hover .mz-mark,.mz-chart a:focus .mz-mark{stroke:currentColor;stroke-width:2}\n\
         .mz-wide{max-width:60rem}.mz-narrow{display:none}\n\
         @media (max-width:40rem){.mz-wide{display:none}.mz-narrow{display:block}}\n",
    );
    rules(&mut css, &LIGHT, ON_LIGHT, "#c9ced3");
    css.push_str("@media (prefers-color-scheme:dark){\n");
    rules(&mut css, &DARK, ON_DARK, "#4a525a");
    css.push_str("}\n");
    css
}

fn rules(css: &mut String, paints: &[&str; PAINTS], on: &str, grid: &str) {
    for (i, paint) in paints.iter().enumerate() {
        let n = i + 1;
        put(css, format_args!(".mz-{n}{{fill:var(--mz-paint-{n},{paint})}}"));
        put(css, format_args!(".mz-line-{n}{{stroke:var(--mz-paint-{n},{paint})}}\n"));
    }
    put(css, format_args!(".mz-on{{fill:var(--mz-on,{on})}}.mz-hatch{{stroke:var(--mz-on,{on})}}\n"));
    put(css, format_args!(".mz-grid{{stroke:var(--mz-grid,{grid})}}\n"));
}

/// Writing into a string cannot fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}

/// Text as the content or the attribute of an element. A character that XML does not know is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Where a text is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle of the canvas.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Area {
    /// Smaller by so much on every side.
    pub(crate) fn inset(self, by: f64) -> Area {
        let (width, height) = ((self.width - 2.0 * by).max(0.0), (self.height - 2.0 * by).max(0.0));
        Area { x: self.x + by, y: self.y + by, width, height }
    }
}

/// SVG text under construction.
pub(crate) struct Canvas<'a> {
    caption: &'a Caption,
    frame: Frame,
    linked: bool,
    body: String,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(caption: &'a Caption, frame: Frame) -> Canvas<'a> {
        Canvas { caption, frame, linked: false, body: String::new() }
    }

    /// The id of a part of this chart: charts of one page must not share any.
    fn id(&self, part: &str) -> String {
        let own: String = self.caption.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        format!("mz-{own}-{}-{part}", self.frame.word())
    }

    /// The whole picture, so high.
    pub(crate) fn finish(self, height: f64) -> String {
        let (title, desc) = (self.id("title"), self.id("desc"));
        // An image has no parts for a screen reader: one with links in it is a group.
        let role = if self.linked { "group" } else { "img" };
        let mut svg = String::new();
        put(
            &mut svg,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mz-chart\" viewBox=\"0 0 {} {}\" width=\"100%\" \
                 role=\"{role}\" aria-labelledby=\"{title} {desc}\" font-size=\"{}\">\n",
                number(self.frame.width()),
                number(height),
                number(self.frame.font())
            ),
        );
        put(&mut svg, format_args!("<title id=\"{title}\">{}</title>\n", escaped(&self.caption.title)));
        put(&mut svg, format_args!("<desc id=\"{desc}\">{}</desc>\n", escaped(&self.caption.description)));
        self.patterns(&mut svg);
        svg.push_str(&self.body);
        svg.push_str("</svg>\n");
        svg
    }

    /// The hatchings that are used, thin lines in the colour of text on a paint.
    fn patterns(&self, svg: &mut String) {
        const HATCHES: [&str; 3] = ["M0 8L8 0M-2 2L2 -2M6 10L10 6", "M0 4H8", "M0 0L8 8M-2 6L2 10M6 -2L10 2"];
        let used = |i: usize| self.body.contains(&format!("url(#{})", self.id(&format!("hatch{i}"))));
        for (i, path) in HATCHES.iter().enumerate().filter(|(i, _)| used(i + 1)) {
            let id = self.id(&format!("hatch{}", i + 1));
            put(
                svg,
                format_args!(
                    "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"{path}\" \
                     class=\"mz-hatch\" stroke=\"{ON_LIGHT}\" stroke-width=\"1.5\" fill=\"none\"/></pattern>\n"
                ),
            );
        }
    }

    /// What follows until [`Canvas::close`] is one mark: its tooltip, and its link where it has one.
    pub(crate) fn open(&mut self, label: &str, datum: &Datum) {
        match &datum.href {
            Some(href) => {
                self.linked = true;
                put(&mut self.body, format_args!("<a href=\"{}\">", escaped(href)));
            }
            None => self.body.push_str("<g>"),
        }
        let note = datum.note.as_deref().map_or_else(String::new, |note| format!("（{note}）"));
        let tip = format!("{label}：{} 万元{note}", money::exact(datum.value));
        put(&mut self.body, format_args!("<title>{}</title>", escaped(&tip)));
    }

    pub(crate) fn close(&mut self, datum: &Datum) {
        self.body.push_str(if datum.href.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// A filled rectangle; every second to fourth paint is hatched, so that it is not told by its colour alone.
    pub(crate) fn filled(&mut self, area: Area, paint: usize) {
        self.plain(area, paint);
        let hatch = paint % 4;
        if hatch > 0 {
            let fill = format!("url(#{})", self.id(&format!("hatch{hatch}")));
            self.rect(area, &format!("fill=\"{fill}\" fill-opacity=\"0.55\" pointer-events=\"none\""));
        }
    }

    /// A filled rectangle for text to stand on.
    pub(crate) fn plain(&mut self, area: Area, paint: usize) {
        let i = paint % PAINTS;
        self.rect(area, &format!("class=\"mz-mark mz-{}\" fill=\"{}\"", i + 1, LIGHT[i]));
    }

    /// A rectangle without a filling.
    pub(crate) fn outline(&mut self, area: Area) {
        self.rect(
            area,
            "class=\"mz-mark\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" pointer-events=\"all\"",
        );
    }

    /// A line of a different colour within a rectangle that is filled.
    pub(crate) fn seam(&mut self, area: Area) {
        self.rect(
            area,
            &format!(
                "class=\"mz-hatch\" fill=\"none\" stroke=\"{ON_LIGHT}\" stroke-width=\"1\" pointer-events=\"none\""
            ),
        );
    }

    fn rect(&mut self, area: Area, how: &str) {
        put(
            &mut self.body,
            format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {how}/>",
                number(area.x),
                number(area.y),
                number(area.width),
                number(area.height)
            ),
        );
    }

    /// A thin line of the grid, or the axis where `axis`.
    pub(crate) fn rule(&mut self, from: (f64, f64), to: (f64, f64), rule: Rule) {
        let how = match rule {
            Rule::Grid => "class=\"mz-grid\" stroke=\"#c9ced3\"",
            Rule::Axis => "stroke=\"currentColor\"",
        };
        let (x0, y0, x1, y1) = (number(from.0), number(from.1), number(to.0), number(to.1));
        put(&mut self.body, format_args!("<path d=\"M{x0} {y0}L{x1} {y1}\" {how} fill=\"none\"/>\n"));
    }

    /// A path of a series of lines, dashed in its own way.
    pub(crate) fn stroke(&mut self, path: &str, paint: usize) {
        const DASHES: [&str; 4] =
            ["", " stroke-dasharray=\"8 4\"", " stroke-dasharray=\"2 4\"", " stroke-dasharray=\"10 4 2 4\""];
        let (i, dash) = (paint % PAINTS, DASHES[paint % DASHES.len()]);
        put(
            &mut self.body,
            format_args!(
                "<path d=\"{path}\" class=\"mz-line-{}\" stroke=\"{}\" stroke-width=\"2.5\" fill=\"none\"{dash}/>\n",
                i + 1,
                LIGHT[i]
            ),
        );
    }

    /// The mark of a series at a point: circle, square, triangle, diamond.
    pub(crate) fn point(&mut self, (x, y): (f64, f64), paint: usize) {
        let i = paint % PAINTS;
        let how = format!("class=\"mz-mark mz-{}\" fill=\"{}\"", i + 1, LIGHT[i]);
        let (r, n) = (5.0, number);
        let (left, right, top, foot) = (n(x - r), n(x + r), n(y - r), n(y + r));
        let (x, y) = (n(x), n(y));
        let path = match paint % 4 {
            0 => return put(&mut self.body, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" {how}/>")),
            1 => format!("M{left} {top}H{right}V{foot}H{left}Z"),
            2 => format!("M{x} {top}L{right} {foot}H{left}Z"),
            _ => format!("M{x} {top}L{right} {y}L{x} {foot}L{left} {y}Z"),
        };
        put(&mut self.body, format_args!("<path d=\"{path}\" {how}/>"));
    }

    /// Text in the colour of the page's text.
    pub(crate) fn text(&mut self, at: (f64, f64), anchor: Anchor, text: &str) {
        self.words(at, anchor, text, "fill=\"currentColor\"");
    }

    /// Text that stands on a paint.
    pub(crate) fn text_on(&mut self, at: (f64, f64), anchor: Anchor, text: &str) {
        self.words(at, anchor, text, &format!("class=\"mz-on\" fill=\"{ON_LIGHT}\" pointer-events=\"none\""));
    }

    fn words(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str, how: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        put(
            &mut self.body,
            format_args!("<text x=\"{}\" y=\"{}\"{anchor} {how}>{}</text>", number(x), number(y), escaped(text)),
        );
    }

    /// The names of the series with their paints, in as many lines as they need; the height that they take.
    pub(crate) fn legend(&mut self, names: &[&str], top: f64, sample: Sample) -> f64 {
        let (font, width) = (self.frame.font(), self.frame.width());
        let (line, swatch) = (font * 1.6, font * 1.1);
        let (mut x, mut y) = (0.0, top);
        for (i, name) in names.iter().enumerate() {
            let name = Words::of(name, font).cut(width - swatch * 2.0);
            let own = swatch * 1.4 + Words::of(&name, font).width() + font;
            if x > 0.0 && x + own > width {
                (x, y) = (0.0, y + line);
            }
            let area = Area { x, y: y + (line - swatch) / 2.0, width: swatch, height: swatch };
            match sample {
                Sample::Area => self.filled(area, i),
                Sample::Point => self.point((x + swatch / 2.0, y + line / 2.0), i),
            }
            self.text((x + swatch * 1.4, y + line / 2.0 + font * 0.36), Anchor::Start, &name);
            self.body.push('\n');
            x += own;
        }
        y + line - top
    }
}

/// What a legend shows of each series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sample {
    Area,
    Point,
}

/// What a thin line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    Grid,
    Axis,
}

/// A length with at most two decimals and without zeros that say nothing.
pub(crate) fn number(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (part, part % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG.
    fn luminance(colour: &str) -> f64 {
        let channel = |i: usize| {
            let value = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_on_every_paint_and_every_paint_on_its_page_can_be_read() {
        for (paints, on, page) in [(LIGHT, ON_LIGHT, "#ffffff"), (DARK, ON_DARK, "#1e242a")] {
            for paint in paints {
                assert!(contrast(paint, on) >= 4.5, "{on} on {paint}: {}", contrast(paint, on));
                assert!(contrast(paint, page) >= 4.5, "{paint} on {page}: {}", contrast(paint, page));
            }
        }
    }

    #[test]
    fn lengths_are_short_and_never_minus_zero() {
        let lengths = [0.0, -0.001, 12.0, 12.5, 12.345, -0.5, 0.05];
        assert_eq!(lengths.map(number), ["0", "0", "12", "12.5", "12.35", "-0.5", "0.05"]);
    }

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(escaped("<a href=\"x\">'&\u{0}\n"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp; ");
    }
}
