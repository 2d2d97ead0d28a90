//! Execution against the budget: for each line the budget as an outline, the accounts as a filling, the rate as text.

use crate::measure::Words;
use crate::paint::{Anchor, Area, Canvas, Rule};
use crate::{Caption, Datum, Frame, money, nothing};

/// Bars of execution.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Bars {
    /// What it is called.
    pub caption: Caption,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
}

/// What came of one budget.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What it was for.
    pub label: String,
    /// The budget.
    pub budget: Option<Datum>,
    /// The accounts.
    pub accounts: Option<Datum>,
    /// The accounts in per cent of the budget, as they are to be written.
    pub rate: Option<String>,
}

/// Draws bars, each with its name and numbers over it, so that a phone has room for both.
pub fn bars(chart: &Bars, frame: Frame) -> String {
    let data = || chart.bars.iter().flat_map(|bar| [&bar.budget, &bar.accounts]).flatten();
    if data().next().is_none() {
        return nothing(&chart.caption, frame);
    }
    let font = frame.font();
    let mut canvas = Canvas::new(&chart.caption, frame);
    let ends = data().map(|datum| i128::from(datum.value.0));
    let (low, high) = ends.fold((0, 0), |(low, high), end: i128| (end.min(low), end.max(high)));
    let range = (high - low).max(1) as f64;
    let x = |fen: i128| 1.0 + (fen - low) as f64 / range * (frame.width() - 2.0);
    let mut top = legend(&mut canvas, font);
    for bar in &chart.bars {
        top = self::bar(&mut canvas, frame, bar, top, &x);
    }
    canvas.finish(top)
}

/// What outline and filling are; where it ends.
fn legend(canvas: &mut Canvas<'_>, font: f64) -> f64 {
    let swatch = Area { x: 1.0, y: font * 0.3, width: font * 1.6, height: font };
    canvas.outline(swatch);
    canvas.text((font * 2.2, font * 1.15), Anchor::Start, "预算");
    let x = font * 5.2;
    canvas.filled(Area { x, y: font * 0.3, width: font * 1.6, height: font }, 0);
    canvas.text((x + font * 2.1, font * 1.15), Anchor::Start, "决算");
    canvas.text((x + font * 5.2, font * 1.15), Anchor::Start, "单位：万元");
    font * 2.0
}

/// One bar; where it ends.
fn bar(canvas: &mut Canvas<'_>, frame: Frame, bar: &Bar, top: f64, x: &impl Fn(i128) -> f64) -> f64 {
    let font = frame.font();
    let numbers = numbers(bar);
    let room = frame.width() - Words::of(&numbers, font).width() - font;
    let mut line = top + font * 1.3;
    // Where name and numbers do not fit beside each other, the numbers stand under the name.
    let name = Words::of(&bar.label, font);
    if name.width() <= room {
        canvas.text((0.0, line), Anchor::Start, &bar.label);
    } else {
        canvas.text((0.0, line), Anchor::Start, &name.cut(frame.width()));
        line += font * 1.4;
    }
    canvas.text((frame.width(), line), Anchor::End, &numbers);
    let (y, height) = (line + font * 0.5, font * 1.4);
    let span = |datum: &Datum, inset: f64| {
        let (zero, end) = (x(0), x(i128::from(datum.value.0)));
        let (y, height) = (y + inset, height - 2.0 * inset);
        Area { x: zero.min(end), width: (zero - end).abs().max(1.0), y, height }
    };
    canvas.rule((x(0), y - font * 0.2), (x(0), y + height + font * 0.2), Rule::Axis);
    if let Some(budget) = &bar.budget {
        canvas.open(&format!("{} 预算", bar.label), budget);
        canvas.outline(span(budget, 0.0));
        canvas.close(budget);
    }
    if let Some(accounts) = &bar.accounts {
        canvas.open(&format!("{} 决算", bar.label), accounts);
        canvas.filled(span(accounts, height * 0.25), 0);
        canvas.close(accounts);
    }
    y + height + font * 0.6
}

/// `1,100.00 / 1,120.50　98.17%`, with a dash for what is not printed.
fn numbers(bar: &Bar) -> String {
    let amount = |datum: &Option<Datum>| datum.as_ref().map_or("—".to_owned(), |datum| money::exact(datum.value));
    let rate = bar.rate.as_ref().map_or(String::new(), |rate| format!("　{rate}"));
    format!("{} / {}{rate}", amount(&bar.accounts), amount(&bar.budget))
}
