//! Lines over years. A year without an amount breaks the line: nothing is drawn through what nobody printed.

use crate::columns::{Grid, Years, tip};
use crate::paint::{Canvas, Sample, number};
use crate::{Frame, nothing};

/// Draws lines, each dashed and marked in its own way.
pub fn lines(chart: &Years, frame: Frame) -> String {
    if chart.data().next().is_none() {
        return nothing(&chart.caption, frame);
    }
    let mut canvas = Canvas::new(&chart.caption, frame);
    let grid = Grid::draw(&mut canvas, chart, frame, Sample::Point);
    for (i, series) in chart.series.iter().enumerate() {
        let mut path = String::new();
        let mut broken = true;
        for (year, datum) in series.values.iter().take(chart.years.len()).enumerate() {
            let Some(datum) = datum else {
                broken = true;
                continue;
            };
            let (x, y) = (grid.x(year), grid.y(i128::from(datum.value.0)));
            path.push_str(&format!("{}{} {}", if broken { "M" } else { "L" }, number(x), number(y)));
            broken = false;
        }
        canvas.stroke(&path, i);
    }
    for (i, series) in chart.series.iter().enumerate() {
        for (year, datum) in series.values.iter().take(chart.years.len()).enumerate() {
            let Some(datum) = datum else { continue };
            canvas.open(&tip(chart, i, year), datum);
            canvas.point((grid.x(year), grid.y(i128::from(datum.value.0))), i);
            canvas.close(datum);
        }
    }
    canvas.finish(grid.height(frame))
}
