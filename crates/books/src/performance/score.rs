//! From a rate to points: the closed set of ways that the tables know, each with the words that explain it.

use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{Band, Points, Scoring, Slope, Steps, System};

/// The points of a rate and why; none where the numbers do not fit, or where a person must judge.
pub(super) fn score(scoring: &Scoring, system: &System, weight: Points, value: Fraction) -> Option<(Points, String)> {
    let graded = Graded { system, weight, value };
    match scoring {
        Scoring::AtMost(slope) => graded.slope(slope, value.minus(slope.full_at)?, "超过", "不超过"),
        Scoring::AtLeast(slope) => graded.slope(slope, slope.full_at.minus(value)?, "低于", "达到"),
        Scoring::Near(slope) if value > slope.full_at => {
            graded.slope(slope, value.minus(slope.full_at)?, "超过", "等于")
        }
        Scoring::Near(slope) => graded.slope(slope, slope.full_at.minus(value)?, "低于", "等于"),
        Scoring::UpTo(bands) => Some(graded.band(bands, |limit| value <= limit, "超过", "不超过")),
        Scoring::From(bands) => Some(graded.band(bands, |limit| value >= limit, "低于", "达到")),
        Scoring::RatioCapped(full_at) => graded.ratio(*full_at, value >= *full_at, value.over(*full_at), "达到"),
        Scoring::InverseRatio(full_at) => graded.ratio(*full_at, value <= *full_at, full_at.over(value), "不超过"),
        Scoring::Awarded => None,
    }
}

struct Graded<'a> {
    system: &'a System,
    weight: Points,
    value: Fraction,
}

impl Graded<'_> {
    /// Rounds as the system does and keeps within nothing and the weight.
    fn points(&self, exact: Fraction) -> Option<Points> {
        within(exact, self.weight, self.system.decimals)
    }

    fn slope(&self, slope: &Slope, distance: Fraction, beyond: &str, reached: &str) -> Option<(Points, String)> {
        let (weight, limit) = (self.weight, slope.full_at.short_percent());
        let rate = self.value.percent_beside(slope.full_at);
        if distance <= Fraction::ZERO {
            return Some((weight, format!("{rate} {reached} {limit}，得满分 {weight} 分")));
        }
        let steps = distance.over(slope.step)?;
        let (steps, each) = match self.system.steps {
            Steps::Whole => (Fraction::new(steps.floor(), 1)?, "每满"),
            Steps::ProRata => (steps, "按比例每"),
        };
        let off = slope.minus.number().times(steps)?;
        let points = self.points(weight.number().minus(off)?)?;
        let percent_points = |share: Fraction| share.times(Fraction::whole(100));
        let (away, step) = (percent_points(distance)?.fixed(2), percent_points(slope.step)?.short());
        let taken = match (off.is_zero(), points == Points::ZERO) {
            (true, _) => format!("不满 {step} 个百分点不扣分"),
            (_, true) => format!("{each} {step} 个百分点扣 {} 分，扣完为止", slope.minus),
            _ => format!("{each} {step} 个百分点扣 {} 分，扣 {} 分", slope.minus, weight - points),
        };
        Some((points, format!("{rate} {beyond} {limit} 共 {away} 个百分点，{taken}，得 {points} 分，满分 {weight} 分")))
    }

    fn band(&self, bands: &[Band], holds: impl Fn(Fraction) -> bool, beyond: &str, reached: &str) -> (Points, String) {
        let at = bands.iter().position(|band| holds(band.limit));
        let passed = match at {
            Some(at) => at.checked_sub(1).and_then(|before| bands.get(before)),
            None => bands.last(),
        };
        let band = at.and_then(|at| bands.get(at));
        let points = band.map_or(Points::ZERO, |band| band.points);
        // Beside the limit that it only just passed, a rate is printed so that one sees it.
        let nearest = passed.or(band).map_or(Fraction::ONE, |band| band.limit);
        let mut text = self.value.percent_beside(nearest);
        if let Some(passed) = passed {
            text.push_str(&format!(" {beyond} {}", passed.limit.short_percent()));
        }
        if let Some(band) = band {
            let comma = if passed.is_some() { "、" } else { " " };
            text.push_str(&format!("{comma}{reached} {}", band.limit.short_percent()));
        }
        (points, format!("{text}，按评分标准得 {points} 分，满分 {} 分", self.weight))
    }

    fn ratio(&self, full_at: Fraction, full: bool, share: Option<Fraction>, reached: &str) -> Option<(Points, String)> {
        let (weight, limit) = (self.weight, full_at.short_percent());
        let rate = self.value.percent_beside(full_at);
        if full {
            return Some((weight, format!("{rate} {reached} {limit}，得满分 {weight} 分")));
        }
        let share = share?;
        let points = self.points(weight.number().times(share)?)?;
        let not = if reached == "达到" { "未达到" } else { "超过" };
        Some((
            points,
            format!("{rate} {not} {limit}，按比例 {weight} × {} 得 {points} 分", share.percent_beside(Fraction::ONE)),
        ))
    }
}

/// Points rounded to so many decimals, not below nothing and not above the weight.
pub(super) fn within(exact: Fraction, weight: Points, decimals: u8) -> Option<Points> {
    let kept = exact.clamp(Fraction::ZERO, weight.number().max(Fraction::ZERO));
    // Rounding to whole points could step over a weight that is not whole.
    Points::rounded(kept, decimals).map(|points| points.min(weight))
}
