//! [`System`]: an indicator system of self-evaluation, and [`Scale`]: which grade a score is.
//!
//! The files in `data/performance/` are the systems: indicator by indicator what it weighs, which rate it looks
//! at, and how the rate is scored. There is no code for any indicator: a small closed set of ways of scoring is
//! enough for the tables in use. Weights of a system with scores add up to 100, which is checked when it is read.
//!
//! Absent on purpose: what a rate is and what is scored for it, which is for the books to work out.

mod file;
mod input;
mod points;

pub use input::{Input, Quantity};
pub use points::Points;

use crate::fraction::Fraction;
use std::sync::LazyLock;

/// An indicator system.
#[derive(Clone, PartialEq, Debug)]
pub struct System {
    /// The name of its file.
    pub id: &'static str,
    /// Its name in Chinese.
    pub name: String,
    /// What it is founded on.
    pub basis: String,
    /// With how many decimals it gives scores, at most two.
    pub decimals: u8,
    /// Whether it scores at all, and whether an office may shift weights.
    pub weighting: Weighting,
    /// What a step that is begun and not filled takes off.
    pub steps: Steps,
    /// The id of the scale by which it grades unless another is chosen.
    pub scale: String,
    /// The indicators that are the same for everybody, in order.
    pub indicators: Vec<Indicator>,
    /// The parts whose indicators each office or project brings itself.
    pub open: Vec<OpenPart>,
    /// The shares of its weight that a qualitative indicator may be given, best first.
    pub levels: Vec<Level>,
}

/// How a system deals with weights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weighting {
    /// It has none: it gives rates and no score.
    None,
    /// As in its table.
    Fixed,
    /// The weights of open parts may be shifted as long as all add up to 100.
    Adjustable,
}

/// What a step that is begun and not filled takes off: tables only say “for each percentage point over”.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Steps {
    /// Nothing.
    Whole,
    /// Its proportional part.
    ProRata,
}

/// An indicator that is the same for everybody.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicator {
    /// Its name within the system, for awards and records: `staff_control`.
    pub code: String,
    /// The name of the first level, such as 过程.
    pub level1: String,
    /// The name of the second level, such as 预算执行; empty where there is none.
    pub level2: String,
    /// Its own name.
    pub name: String,
    /// The most that it scores; none in a system without weights.
    pub weight: Option<Points>,
    /// The rate that it looks at; none where a person judges.
    pub rate: Option<Rate>,
    /// How it is scored; none where it is only a rate.
    pub scoring: Option<Scoring>,
    /// What happens where there is nothing to measure by.
    pub if_none: IfNone,
}

/// What happens to an indicator whose rate would be divided by nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IfNone {
    /// It does not apply; what that means for the total is for a person to say.
    NotApplicable,
    /// Full points, when there is nothing to be measured either: the table says so. With the words for it:
    /// 没有新建楼堂馆所.
    Full(String),
}

/// A rate: a part of a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rate {
    /// What is measured.
    pub part: Sum,
    /// What it is measured by.
    pub whole: Sum,
}

/// A sum of products of inputs, all in one quantity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum(Vec<Term>);

impl Sum {
    /// Its terms, at least one.
    pub fn terms(&self) -> &[Term] {
        &self.0
    }
}

/// An input that is added or taken away, or a share of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Whether it is added or taken away.
    pub sign: Sign,
    /// The inputs that are multiplied: one, and perhaps a share.
    pub factors: Vec<Input>,
}

/// Whether a term is added or taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// Added.
    Plus,
    /// Taken away.
    Minus,
}

impl Rate {
    /// Every input that it needs, in the order in which the formula names them.
    pub fn inputs(&self) -> impl Iterator<Item = Input> {
        self.part.0.iter().chain(&self.whole.0).flat_map(|term| term.factors.iter().copied())
    }
}

/// How a rate becomes points. What would fall below nothing is nothing, what would exceed the weight is the weight.
#[derive(Clone, PartialEq, Debug)]
pub enum Scoring {
    /// Full points up to a limit, and so much off for each step above it. With 0% as the limit: no growth.
    AtMost(Slope),
    /// Full points from a limit on, and so much off for each step below it.
    AtLeast(Slope),
    /// Full points at a value, and so much off for each step away from it.
    Near(Slope),
    /// The points of the first limit that the rate does not exceed; nothing above the last. Limits rise.
    UpTo(Vec<Band>),
    /// The points of the first limit that the rate reaches; nothing below the last. Limits fall.
    From(Vec<Band>),
    /// The weight in proportion to the rate, full at a limit.
    RatioCapped(Fraction),
    /// The weight in proportion to the limit over the rate, full up to the limit.
    InverseRatio(Fraction),
    /// A person awards up to the weight and says why.
    Awarded,
}

/// Full at a limit, less with the distance from it.
#[derive(Clone, PartialEq, Debug)]
pub struct Slope {
    /// The limit.
    pub full_at: Fraction,
    /// The length of a step, above zero.
    pub step: Fraction,
    /// What a step takes off.
    pub minus: Points,
}

/// A limit and the points within it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Band {
    /// The limit, which is in the band.
    pub limit: Fraction,
    /// The points.
    pub points: Points,
}

/// A part of a system whose indicators each office or project brings itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPart {
    /// The name of the first level, such as 产出指标.
    pub level1: String,
    /// The names of the second level.
    pub level2: Vec<String>,
    /// What its indicators weigh together.
    pub weight: Points,
}

/// How far a qualitative goal was reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Level {
    /// What it is called.
    pub name: String,
    /// The least share of the weight, which is in the level.
    pub from: Fraction,
    /// Where the next better level begins, which is not in this one; the best level ends with 100%, which is.
    pub to: Fraction,
}

impl Level {
    /// True when a share of the weight may be given for it.
    pub fn allows(&self, share: Fraction) -> bool {
        share >= self.from && (share < self.to || (share == self.to && self.to == Fraction::ONE))
    }
}

/// Which grade a score is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scale {
    /// Its name in records: `ministry`.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// The least score of each grade and its word, best first; the last begins at nothing.
    grades: Vec<(Points, String)>,
}

impl Scale {
    /// The grades, best first: the least score and the word.
    pub fn grades(&self) -> &[(Points, String)] {
        &self.grades
    }

    /// The place of the grade of a score among the grades.
    pub fn place(&self, score: Points) -> usize {
        let place = self.grades.iter().position(|(least, _)| score >= *least);
        place.unwrap_or(self.grades.len() - 1)
    }

    /// The grade of a score. A score below nothing has the last.
    pub fn grade(&self, score: Points) -> &str {
        &self.grades[self.place(score)].1
    }

    /// The scores of a grade, in words: `80分（含）至90分`.
    pub fn band(&self, place: usize) -> String {
        let least = self.grades.get(place).map_or(Points::ZERO, |(least, _)| *least);
        match place.checked_sub(1).and_then(|better| self.grades.get(better)) {
            None => format!("{least}分（含）以上"),
            Some((above, _)) if least == Points::ZERO => format!("{above}分以下"),
            Some((above, _)) => format!("{least}分（含）至{above}分"),
        }
    }
}

/// The systems compiled in: name of the file, text of the file.
const FILES: [(&str, &str); 5] = [
    ("ministry_2013", include_str!("../../data/performance/ministry_2013.toml")),
    ("hunan_whole_unit", include_str!("../../data/performance/hunan_whole_unit.toml")),
    ("central_whole_unit", include_str!("../../data/performance/central_whole_unit.toml")),
    ("project", include_str!("../../data/performance/project.toml")),
    ("project_with_cost", include_str!("../../data/performance/project_with_cost.toml")),
];

const SCALES_FILE: &str = include_str!("../../data/performance/scales.toml");

static SYSTEMS: LazyLock<Vec<System>> = LazyLock::new(|| {
    // The files are part of the program and a test parses each: a fault here is ours, at build time.
    let parse = |(id, text): &(&'static str, &str)| {
        file::system(id, text, scales()).unwrap_or_else(|fault| panic!("data/performance/{id}.toml: {fault}"))
    };
    FILES.iter().map(parse).collect()
});

static SCALES: LazyLock<Vec<Scale>> =
    LazyLock::new(|| file::scales(SCALES_FILE).unwrap_or_else(|fault| panic!("data/performance/scales.toml: {fault}")));

/// Every indicator system.
pub fn systems() -> &'static [System] {
    &SYSTEMS
}

/// The system of a name.
pub fn system(id: &str) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.id == id)
}

/// Every scale of grades.
pub fn scales() -> &'static [Scale] {
    &SCALES
}

/// The scale of a name.
pub fn scale(id: &str) -> Option<&'static Scale> {
    SCALES.iter().find(|scale| scale.id == id)
}

impl System {
    /// The scale by which it grades unless another is chosen.
    pub fn own_scale(&self) -> &'static Scale {
        // The reader of the file has refused a scale that there is not.
        scale(&self.scale).unwrap_or(&SCALES[0])
    }

    /// The open part of a first level.
    pub fn open_part(&self, level1: &str) -> Option<&OpenPart> {
        self.open.iter().find(|part| part.level1 == level1)
    }
}

#[cfg(test)]
mod tests;
