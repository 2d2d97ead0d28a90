//! Grouped columns over years, and the grid that columns and lines share.

use crate::measure::Words;
use crate::money::Axis;
use crate::paint::{Anchor, Area, Canvas, Rule, Sample};
use crate::{Caption, Datum, Frame, money, nothing};

/// Amounts over years: what [`columns`] and [`lines`](crate::lines) draw.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Years {
    /// What it is called.
    pub caption: Caption,
    /// The years, from left to right.
    pub years: Vec<String>,
    /// The series.
    pub series: Vec<Series>,
}

/// The amounts of one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its amounts, year by year; none where nothing is printed. Lacking ones at the end are none.
    pub values: Vec<Option<Datum>>,
}

impl Years {
    /// The amounts that there are.
    pub(crate) fn data(&self) -> impl Iterator<Item = &Datum> {
        self.series.iter().flat_map(|series| series.values.iter().take(self.years.len())).flatten()
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.series.iter().map(|series| series.name.as_str()).collect()
    }
}

/// The grid of a chart over years: its axis, and where things are.
pub(crate) struct Grid {
    pub(crate) axis: Axis,
    plot: Area,
    years: usize,
}

impl Grid {
    /// Draws legend, axis, grid and years.
    pub(crate) fn draw(canvas: &mut Canvas<'_>, chart: &Years, frame: Frame, sample: Sample) -> Grid {
        let font = frame.font();
        let legend = canvas.legend(&chart.names(), 0.0, sample);
        canvas.text((0.0, legend + font * 1.3), Anchor::Start, "万元");
        let axis = Axis::of(chart.data().map(|datum| datum.value), 5);
        let label_width = axis.ticks.iter().map(|tick| Words::of(&axis.label(*tick), font).width());
        let left = label_width.fold(0.0, f64::max) + font * 0.6;
        let plot = Area { x: left, y: legend + font * 2.3, width: frame.width() - left - 1.0, height: PLOT_HEIGHT };
        let grid = Grid { axis, plot, years: chart.years.len() };
        for tick in &grid.axis.ticks {
            let y = grid.y(*tick);
            let rule = if *tick == 0 { Rule::Axis } else { Rule::Grid };
            canvas.rule((plot.x, y), (plot.x + plot.width, y), rule);
            canvas.text((left - font * 0.4, y + font * 0.36), Anchor::End, &grid.axis.label(*tick));
        }
        let widest = chart.years.iter().map(|year| Words::of(year, font).width()).fold(1.0, f64::max);
        // Where names would touch, only every second, third … is written.
        let every = ((widest + font * 0.5) / grid.slot()).ceil().max(1.0) as usize;
        for (i, year) in chart.years.iter().enumerate().filter(|(i, _)| i % every == 0) {
            let half = Words::of(year, font).width() / 2.0;
            let x = grid.x(i).min(frame.width() - half).max(half);
            canvas.text((x, plot.y + plot.height + font * 1.4), Anchor::Middle, year);
        }
        grid
    }

    /// The width that a year has.
    pub(crate) fn slot(&self) -> f64 {
        self.plot.width / self.years as f64
    }

    /// The middle of a year.
    pub(crate) fn x(&self, year: usize) -> f64 {
        self.plot.x + self.slot() * (year as f64 + 0.5)
    }

    /// The height of an amount.
    pub(crate) fn y(&self, fen: i128) -> f64 {
        self.plot.y + self.plot.height * (1.0 - self.axis.at(fen))
    }

    /// How high the chart is.
    pub(crate) fn height(&self, frame: Frame) -> f64 {
        self.plot.y + self.plot.height + frame.font() * 2.0
    }
}

const PLOT_HEIGHT: f64 = 240.0;

/// Draws grouped columns.
pub fn columns(chart: &Years, frame: Frame) -> String {
    if chart.data().next().is_none() {
        return nothing(&chart.caption, frame);
    }
    let mut canvas = Canvas::new(&chart.caption, frame);
    let grid = Grid::draw(&mut canvas, chart, frame, Sample::Area);
    // A column is at most as wide as it looks well, and an eighth of the slot stays free.
    let width = (grid.slot() * 0.88 / chart.series.len() as f64).min(56.0);
    // All amounts are written or none: a column without its amount beside one with it looks like a column of nothing.
    let fits = |datum: &Datum| Words::of(&money::short(datum.value), frame.font()).width() <= width;
    let written = chart.data().all(fits);
    for (i, series) in chart.series.iter().enumerate() {
        for (year, datum) in series.values.iter().take(chart.years.len()).enumerate() {
            let Some(datum) = datum else { continue };
            let x = grid.x(year) + width * (i as f64 - chart.series.len() as f64 / 2.0);
            let end = grid.y(i128::from(datum.value.0));
            canvas.open(&tip(chart, i, year), datum);
            canvas.filled(column(x, width, grid.y(0), end), i);
            if written {
                let y = if datum.value.0 < 0 { end + frame.font() * 1.1 } else { end - frame.font() * 0.4 };
                canvas.text((x + width / 2.0, y), Anchor::Middle, &money::short(datum.value));
            }
            canvas.close(datum);
        }
    }
    canvas.finish(grid.height(frame))
}

/// From nothing to an amount; a column of nothing is a thin line.
fn column(x: f64, width: f64, zero: f64, end: f64) -> Area {
    Area { x: x + 1.0, width: (width - 2.0).max(0.5), y: zero.min(end), height: (zero - end).abs().max(1.0) }
}

/// 2024 决算: which mark it is.
pub(crate) fn tip(chart: &Years, series: usize, year: usize) -> String {
    format!("{} {}", chart.years[year], chart.series[series].name)
}
