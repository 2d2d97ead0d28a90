//! One amount of many bodies: a bar for each, its name and amount over it, as long as the amount is large.

use crate::measure::Words;
use crate::paint::{Anchor, Area, Canvas, Rule};
use crate::{Caption, Datum, Frame, money, nothing};

/// Amounts beside each other.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ranking {
    /// What it is called.
    pub caption: Caption,
    /// The bars, from top to bottom, in the order that they are given.
    pub bars: Vec<Ranked>,
}

/// A name with its amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ranked {
    /// The name.
    pub label: String,
    /// The amount.
    pub datum: Datum,
}

/// Draws a ranking. A bar of less than nothing goes to the left of the axis.
pub fn ranking(chart: &Ranking, frame: Frame) -> String {
    if chart.bars.is_empty() {
        return nothing(&chart.caption, frame);
    }
    let font = frame.font();
    let mut canvas = Canvas::new(&chart.caption, frame);
    let ends = chart.bars.iter().map(|bar| i128::from(bar.datum.value.0));
    let (low, high) = ends.fold((0, 0), |(low, high), end: i128| (end.min(low), end.max(high)));
    let range = (high - low).max(1) as f64;
    let x = |fen: i128| 1.0 + (fen - low) as f64 / range * (frame.width() - 2.0);
    canvas.text((frame.width(), font * 1.1), Anchor::End, "单位：万元");
    let mut top = font * 1.5;
    for bar in &chart.bars {
        let amount = money::exact(bar.datum.value);
        let room = frame.width() - Words::of(&amount, font).width() - font;
        let line = top + font * 1.2;
        canvas.text((0.0, line), Anchor::Start, &Words::of(&bar.label, font).cut(room));
        canvas.text((frame.width(), line), Anchor::End, &amount);
        let (y, height) = (line + font * 0.4, font * 0.9);
        let (zero, end) = (x(0), x(i128::from(bar.datum.value.0)));
        canvas.open(&bar.label, &bar.datum);
        canvas.plain(Area { x: zero.min(end), y, width: (zero - end).abs().max(1.0), height }, 0);
        canvas.close(&bar.datum);
        canvas.rule((zero, y - font * 0.15), (zero, y + height + font * 0.15), Rule::Axis);
        top = y + height + font * 0.5;
    }
    canvas.finish(top)
}
