//! Charts of public money as SVG text, drawn on the server: nothing here needs a script, a font or a network.
//!
//! Each chart is a function from a small description to text: [`treemap`], [`columns`], [`lines`], [`bars`],
//! [`ranking`] and [`stacked`]. The same description gives the same bytes. A mark can be a link, so that a number
//! leads to its source, and tells its label and its exact amount when it is pointed at. Colour never stands alone:
//! series are hatched, dashed or named where they are. Every chart is drawn in two frames, for a desk and for a
//! phone, because text that is scaled down to a phone cannot be read; [`responsive`] puts both on the page and
//! [`stylesheet`] shows one of them. Colours are presentation attributes for a light page and classes for the rest,
//! so that a page whose policy forbids inline styles loses nothing.
//!
//! Libraries were tried, their pictures looked at, and not taken. `charts-rs` has tooltips, a treemap and bullets, but
//! links nothing, writes 1.1k for 1,100 万元, puts ticks at 190 and 380, lets Chinese names of series run into each
//! other, and holds amounts as 32-bit floats. `plotters` has neither links nor tooltips, and its colours cannot follow
//! the page. `treemap` lays one level out as `squarify` does, which is shorter than what it takes to use it.
//!
//! Absent on purpose: what a number means, where it comes from, and any amount that was not given. An amount that
//! cannot be drawn, such as less than nothing in a treemap, is written under the chart.

mod bars;
mod columns;
mod lines;
mod measure;
mod money;
mod paint;
mod ranking;
mod squarify;
mod stacked;
mod treemap;

pub use bars::{Bar, Bars, bars};
pub use columns::{Series, Years, columns};
pub use lines::lines;
pub use paint::stylesheet;
pub use ranking::{Ranked, Ranking, ranking};
pub use stacked::{Shares, Whole, stacked};
pub use treemap::{Group, Leaf, Treemap, treemap};

use mingzhang_model::amount::Amount;
use paint::{Anchor, Canvas};

/// What a chart is called. A screen reader reads it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Caption {
    /// What tells it from the other charts of its page: letters, digits and hyphens; others are left out.
    pub id: String,
    /// What it shows, in short.
    pub title: String,
    /// What can be seen in it, for those who do not see it.
    pub description: String,
}

/// An amount of a chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Datum {
    /// The amount.
    pub value: Amount,
    /// Where a click on its mark leads.
    pub href: Option<String>,
    /// What else is said when it is pointed at: where it is printed, or that it is contradicted.
    pub note: Option<String>,
}

impl From<Amount> for Datum {
    fn from(value: Amount) -> Datum {
        Datum { value, href: None, note: None }
    }
}

/// How much room a chart has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// A desk: 720 units wide.
    Wide,
    /// A phone: 360 units wide.
    Narrow,
}

impl Frame {
    pub(crate) fn width(self) -> f64 {
        match self {
            Frame::Wide => 720.0,
            Frame::Narrow => 360.0,
        }
    }

    /// The size of text.
    pub(crate) fn font(self) -> f64 {
        match self {
            Frame::Wide => 14.0,
            Frame::Narrow => 13.0,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Frame::Wide => "wide",
            Frame::Narrow => "narrow",
        }
    }
}

/// A chart in both frames, as HTML. The style sheet shows the one that fits.
pub fn responsive(draw: impl Fn(Frame) -> String) -> String {
    let (wide, narrow) = (draw(Frame::Wide), draw(Frame::Narrow));
    format!("<div class=\"mz-wide\">\n{wide}</div>\n<div class=\"mz-narrow\">\n{narrow}</div>\n")
}

/// A chart of nothing says so.
fn nothing(caption: &Caption, frame: Frame) -> String {
    const HEIGHT: f64 = 96.0;
    let mut canvas = Canvas::new(caption, frame);
    canvas.text((frame.width() / 2.0, HEIGHT / 2.0 + frame.font() * 0.36), Anchor::Middle, "无数据");
    canvas.finish(HEIGHT)
}

/// Lines of text under a chart, each cut to its width; where they end.
fn footnotes(canvas: &mut Canvas<'_>, frame: Frame, top: f64, notes: &[String]) -> f64 {
    let line = frame.font() * 1.5;
    for (i, note) in notes.iter().enumerate() {
        let note = measure::Words::of(note, frame.font()).cut(frame.width());
        canvas.text((0.0, top + line * (i as f64 + 1.0) - frame.font() * 0.3), Anchor::Start, &note);
    }
    top + line * notes.len() as f64
}
