//! Shares of a whole: for each whole a bar of its parts, as long as every other, so that shares can be compared.

use crate::measure::Words;
use crate::paint::{Anchor, Area, Canvas, Sample};
use crate::{Caption, Datum, Frame, footnotes, money, nothing};

/// Shares of wholes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Shares {
    /// What it is called.
    pub caption: Caption,
    /// The names of the parts, in their order.
    pub parts: Vec<String>,
    /// The wholes, from top to bottom.
    pub wholes: Vec<Whole>,
}

/// A whole and its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whole {
    /// Its name.
    pub label: String,
    /// The amounts of its parts, in the order of their names; none where nothing is printed.
    pub parts: Vec<Option<Datum>>,
}

impl Whole {
    /// Its parts that can be drawn, each with its place among the names.
    fn drawn(&self, names: usize) -> impl Iterator<Item = (usize, &Datum)> {
        let parts = self.parts.iter().take(names).enumerate();
        parts.filter_map(|(i, datum)| Some((i, datum.as_ref()?))).filter(|(_, datum)| datum.value.0 > 0)
    }
}

/// Draws share bars. A share is of the parts that are drawn.
pub fn stacked(chart: &Shares, frame: Frame) -> String {
    let names = chart.parts.len();
    if chart.wholes.iter().all(|whole| whole.drawn(names).next().is_none()) {
        return nothing(&chart.caption, frame);
    }
    let font = frame.font();
    let mut canvas = Canvas::new(&chart.caption, frame);
    let names: Vec<&str> = chart.parts.iter().map(String::as_str).collect();
    let mut top = canvas.legend(&names, 0.0, Sample::Area) + font * 0.3;
    let mut notes = Vec::new();
    for whole in &chart.wholes {
        let label = Words::of(&whole.label, font).cut(frame.width());
        canvas.text((0.0, top + font * 1.2), Anchor::Start, &label);
        let bar = Area { x: 0.0, y: top + font * 1.7, width: frame.width(), height: font * 2.0 };
        parts(&mut canvas, frame, chart, whole, bar);
        notes.extend(undrawn(chart, whole));
        top = bar.y + bar.height + font * 0.5;
    }
    let foot = footnotes(&mut canvas, frame, top, &notes);
    canvas.finish(foot)
}

fn parts(canvas: &mut Canvas<'_>, frame: Frame, chart: &Shares, whole: &Whole, bar: Area) {
    let font = frame.font();
    let sum: i128 = whole.drawn(chart.parts.len()).map(|(_, datum)| i128::from(datum.value.0)).sum();
    let mut x = bar.x;
    for (i, datum) in whole.drawn(chart.parts.len()) {
        let width = bar.width * (datum.value.0 as f64 / sum as f64);
        let share = money::share(datum.value, sum);
        canvas.open(&format!("{} {}（{share}）", whole.label, chart.parts[i]), datum);
        let area = Area { x, width, ..bar };
        canvas.filled(area, i);
        canvas.seam(area);
        let text = Words::of(&share, font);
        if text.width() + font * 0.6 <= width {
            // The share stands on the bare paint: a hatching under it would be hard to read.
            let plate = Area { x: x + (width - text.width()) / 2.0 - 2.0, width: text.width() + 4.0, ..bar }.inset(2.0);
            canvas.plain(Area { x: plate.x, width: plate.width, ..plate }, i);
            canvas.text_on((x + width / 2.0, bar.y + bar.height / 2.0 + font * 0.36), Anchor::Middle, &share);
        }
        canvas.close(datum);
        x += width;
    }
}

/// What cannot be a share, in words.
fn undrawn<'a>(chart: &'a Shares, whole: &'a Whole) -> impl Iterator<Item = String> + 'a {
    let parts = chart.parts.iter().zip(&whole.parts).filter_map(|(name, datum)| Some((name, datum.as_ref()?)));
    parts
        .filter(|(_, datum)| datum.value.0 < 0)
        .map(|(name, datum)| format!("未画出：{} {name} {} 万元", whole.label, money::exact(datum.value)))
}
