//! The straight lines of a picture: long, thin and dark.
//!
//! A line is sought row by row and column by column: dots that are dark over a long stretch, in few rows beside each
//! other. A page that lies askew by more than a degree has no such stretches, and is read without tables.

use crate::picture::Picture;
use mingzhang_model::recognition::Ruled;

/// A dot is dark when it is no lighter than this: thin lines are grey once they have been made larger.
const DARK: u8 = 160;
/// A line is at least so long, in points: longer than a stroke of a letter of a title.
const SHORTEST: f32 = 36.0;
/// A line is at most so thick, in points; what is thicker is a background or a picture.
const THICKEST: f32 = 4.0;
/// A gap of so many dots does not end a line.
const GAP: usize = 4;
/// A picture of more lines than this is a photograph or a pattern.
const MOST: usize = 4_000;

/// A line in dots: the first and last row that it lies in, the first and one past the last dot of it.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    last: usize,
    from: usize,
    to: usize,
}

/// Takes the lines out of a picture.
pub(crate) fn take(picture: &mut Picture) -> Vec<Ruled> {
    let (width, height, scale) = (picture.width, picture.height, picture.scale);
    let dark = |x: usize, y: usize| picture.grey[y * width + x] <= DARK;
    let across = lines(height, width, scale, |row, at| dark(at, row));
    let down = lines(width, height, scale, dark);
    let (Some(across), Some(down)) = (across, down) else { return Vec::new() };
    let place = |line: &Stretch| {
        let middle = (line.first + line.last + 1) as f32 / 2.0;
        (middle / scale, line.from as f32 / scale, line.to as f32 / scale)
    };
    let rules = across.iter().map(place).map(|(at, from, to)| Ruled::Across(at, from, to));
    let rules = rules.chain(down.iter().map(place).map(|(at, from, to)| Ruled::Down(at, from, to))).collect();
    for line in &across {
        // The edge of a line is lighter than its middle.
        for row in line.first.saturating_sub(1)..(line.last + 2).min(height) {
            picture.grey[row * width + line.from..row * width + line.to].fill(u8::MAX);
        }
    }
    for line in &down {
        for row in line.from..line.to {
            let ends = line.first.saturating_sub(1)..(line.last + 2).min(width);
            picture.grey[row * width + ends.start..row * width + ends.end].fill(u8::MAX);
        }
    }
    rules
}

/// The lines that run along the rows, of which there are `count`, each of `length` dots. None where there are more
/// than lines can be.
fn lines(count: usize, length: usize, scale: f32, dark: impl Fn(usize, usize) -> bool) -> Option<Vec<Stretch>> {
    let (shortest, thickest) = ((SHORTEST * scale) as usize, (THICKEST * scale) as usize);
    let mut open: Vec<Stretch> = Vec::new();
    let mut done: Vec<Stretch> = Vec::new();
    for row in 0..count {
        for (from, to) in runs(length, shortest, |at| dark(row, at)) {
            match open.iter_mut().find(|line| line.last + 1 >= row && line.from < to && from < line.to) {
                Some(line) => {
                    (line.from, line.to, line.last) = (line.from.min(from), line.to.max(to), row);
                }
                None => open.push(Stretch { first: row, last: row, from, to }),
            }
        }
        if open.len() + done.len() > MOST {
            return None;
        }
        let ended = open.extract_if(.., |line| line.last < row);
        done.extend(ended.filter(|line| line.last - line.first < thickest));
    }
    done.extend(open.into_iter().filter(|line| line.last - line.first < thickest));
    Some(done)
}

/// The stretches of dark dots that are long enough.
fn runs(length: usize, shortest: usize, dark: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    for at in 0..length {
        if !dark(at) {
            continue;
        }
        run = match run {
            Some((from, to)) if at - to <= GAP => Some((from, at + 1)),
            other => {
                found.extend(other);
                Some((at, at + 1))
            }
        };
    }
    found.extend(run);
    found.retain(|(from, to)| to - from >= shortest);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: f32 = 2.0;

    /// White paper of 200 by 100 points with dark rectangles, in dots.
    fn drawn(dark: &[[usize; 4]]) -> Picture {
        let (width, height) = (400, 200);
        let mut grey = vec![u8::MAX; width * height];
        for [left, top, right, bottom] in dark {
            for row in *top..*bottom {
                grey[row * width + left..row * width + right].fill(60);
            }
        }
        Picture::new(width, height, SCALE, grey).unwrap()
    }

    #[test]
    fn lines_are_found_in_points_and_taken_out() {
        let mut picture = drawn(&[[20, 40, 380, 43], [100, 20, 102, 180]]);
        let rules = picture.take_rules();
        assert_eq!(rules, [Ruled::Across(20.75, 10.0, 190.0), Ruled::Down(50.5, 10.0, 90.0)]);
        assert!(picture.grey.iter().all(|&dot| dot == u8::MAX), "a line is left");
    }

    #[test]
    fn strokes_of_letters_and_backgrounds_are_no_lines() {
        let dots = [[20, 40, 80, 44], [20, 60, 380, 100]];
        let mut picture = drawn(&dots);
        assert!(picture.take_rules().is_empty());
        assert_eq!(picture, drawn(&dots), "what is no line stays");
    }

    #[test]
    fn a_line_that_leans_a_little_and_has_gaps_is_one() {
        let pieces: Vec<[usize; 4]> = (0..4).map(|i| [20 + 90 * i, 40 + i, 108 + 90 * i, 42 + i]).collect();
        assert_eq!(drawn(&pieces).take_rules().len(), 1);
    }
}
