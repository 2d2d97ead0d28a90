//! From the text of a file to a [`System`] or the [`Scale`]s. A fault names the indicator and what is wrong.

use super::input::{Input, Quantity};
use super::points::Points;
use super::{
    Band, IfNone, Indicator, Level, OpenPart, Rate, Scale, Scoring, Sign, Slope, Steps, Sum, System, Term, Weighting,
};
use crate::fraction::Fraction;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SystemFile {
    name: String,
    basis: String,
    decimals: u8,
    weighting: String,
    steps: Option<String>,
    scale: String,
    #[serde(rename = "indicator", default)]
    indicators: Vec<IndicatorFile>,
    #[serde(default)]
    open: Vec<OpenFile>,
    #[serde(default)]
    levels: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    code: String,
    level1: String,
    #[serde(default)]
    level2: String,
    name: String,
    weight: Option<String>,
    part: Option<String>,
    whole: Option<String>,
    scoring: Option<ScoringFile>,
    /// The words for the case in which there is nothing to measure and the table then gives full points.
    full_if_none: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
enum ScoringFile {
    AtMost { full_at: String, step: String, minus: String },
    AtLeast { full_at: String, step: String, minus: String },
    Near { full_at: String, step: String, minus: String },
    UpTo { bands: Vec<(String, String)> },
    From { bands: Vec<(String, String)> },
    RatioCapped { full_at: String },
    InverseRatio { full_at: String },
    Awarded {},
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenFile {
    level1: String,
    level2: Vec<String>,
    weight: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScalesFile {
    #[serde(rename = "scale")]
    scales: Vec<ScaleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    id: String,
    name: String,
    grades: Vec<(String, String)>,
}

/// A system from the text of its file.
pub(super) fn system(id: &'static str, text: &str, scales: &[Scale]) -> Result<System, String> {
    let file: SystemFile = toml::from_str(text).map_err(|e| e.to_string())?;
    let weighting = match file.weighting.as_str() {
        "none" => Weighting::None,
        "fixed" => Weighting::Fixed,
        "adjustable" => Weighting::Adjustable,
        other => return Err(format!("unknown weighting “{other}”")),
    };
    let steps = match file.steps.as_deref() {
        None | Some("whole") => Steps::Whole,
        Some("pro_rata") => Steps::ProRata,
        Some(other) => return Err(format!("unknown steps “{other}”")),
    };
    if file.decimals > 2 {
        return Err(format!("scores with {} decimals; two are the most", file.decimals));
    }
    if !scales.iter().any(|scale| scale.id == file.scale) {
        return Err(format!("unknown scale “{}”", file.scale));
    }
    let indicator = |each: &IndicatorFile| each.build(weighting).map_err(|e| format!("{}: {e}", each.code));
    let system = System {
        id,
        indicators: file.indicators.iter().map(indicator).collect::<Result<_, _>>()?,
        open: file.open.iter().map(OpenFile::build).collect::<Result<_, _>>()?,
        levels: levels(&file.levels)?,
        name: file.name,
        basis: file.basis,
        decimals: file.decimals,
        weighting,
        steps,
        scale: file.scale,
    };
    hold(&system)?;
    Ok(system)
}

/// What must hold for a system as a whole.
fn hold(system: &System) -> Result<(), String> {
    let mut codes = BTreeSet::new();
    if let Some(twice) = system.indicators.iter().find(|each| !codes.insert(&each.code)) {
        return Err(format!("two indicators have the code “{}”", twice.code));
    }
    let mut parts = BTreeSet::new();
    if let Some(twice) = system.open.iter().find(|each| !parts.insert(&each.level1)) {
        return Err(format!("two open parts are called “{}”", twice.level1));
    }
    if system.weighting == Weighting::None {
        return if system.open.is_empty() { Ok(()) } else { Err("open parts without weights".into()) };
    }
    let fixed: Points = system.indicators.iter().filter_map(|each| each.weight).sum();
    let sum = fixed + system.open.iter().map(|part| part.weight).sum();
    if sum != Points::FULL {
        return Err(format!("the weights add up to {sum}, not to 100"));
    }
    if system.levels.is_empty() && !system.open.is_empty() {
        return Err("open parts need levels for qualitative indicators".into());
    }
    Ok(())
}

impl IndicatorFile {
    fn build(&self, weighting: Weighting) -> Result<Indicator, String> {
        let weight = self.weight.as_deref().map(points).transpose()?;
        let scoring = self.scoring.as_ref().map(ScoringFile::build).transpose()?;
        match (weighting, weight, &scoring) {
            (Weighting::None, None, None) => {}
            (Weighting::None, _, _) => return Err("a weight or a scoring in a system without weights".into()),
            (_, Some(weight), Some(scoring)) => within(weight, scoring)?,
            _ => return Err("no weight or no scoring".into()),
        }
        let rate = match (&self.part, &self.whole) {
            (Some(part), Some(whole)) => Some(rate(part, whole)?),
            (None, None) => None,
            _ => return Err("a part without a whole, or a whole without a part".into()),
        };
        let if_none = self.full_if_none.clone().map_or(IfNone::NotApplicable, IfNone::Full);
        let judged = scoring.as_ref().is_none_or(|scoring| *scoring == Scoring::Awarded);
        if rate.is_none() && (!judged || if_none != IfNone::NotApplicable) {
            return Err("is scored by a rate and has none".into());
        }
        Ok(Indicator {
            code: self.code.clone(),
            level1: self.level1.clone(),
            level2: self.level2.clone(),
            name: self.name.clone(),
            weight,
            rate,
            scoring,
            if_none,
        })
    }
}

/// The points of bands are within the weight, and the best band gives all of it.
fn within(weight: Points, scoring: &Scoring) -> Result<(), String> {
    let (Scoring::UpTo(bands) | Scoring::From(bands)) = scoring else { return Ok(()) };
    let falling = bands.windows(2).all(|pair| pair[0].points > pair[1].points);
    if bands.first().is_none_or(|best| best.points != weight) || !falling {
        return Err(format!("the points of the bands do not fall from the weight {weight}"));
    }
    Ok(())
}

impl ScoringFile {
    fn build(&self) -> Result<Scoring, String> {
        Ok(match self {
            ScoringFile::AtMost { full_at, step, minus } => Scoring::AtMost(slope(full_at, step, minus)?),
            ScoringFile::AtLeast { full_at, step, minus } => Scoring::AtLeast(slope(full_at, step, minus)?),
            ScoringFile::Near { full_at, step, minus } => Scoring::Near(slope(full_at, step, minus)?),
            ScoringFile::UpTo { bands: limits } => {
                let bands = bands(limits)?;
                if !bands.windows(2).all(|pair| pair[0].limit < pair[1].limit) {
                    return Err("the limits of up_to do not rise".into());
                }
                Scoring::UpTo(bands)
            }
            ScoringFile::From { bands: limits } => {
                let bands = bands(limits)?;
                if !bands.windows(2).all(|pair| pair[0].limit > pair[1].limit) {
                    return Err("the limits of from do not fall".into());
                }
                Scoring::From(bands)
            }
            ScoringFile::RatioCapped { full_at } => Scoring::RatioCapped(positive(full_at)?),
            ScoringFile::InverseRatio { full_at } => Scoring::InverseRatio(positive(full_at)?),
            ScoringFile::Awarded {} => Scoring::Awarded,
        })
    }
}

impl OpenFile {
    fn build(&self) -> Result<OpenPart, String> {
        let weight = points(&self.weight).map_err(|e| format!("{}: {e}", self.level1))?;
        Ok(OpenPart { level1: self.level1.clone(), level2: self.level2.clone(), weight })
    }
}

fn levels(texts: &[(String, String, String)]) -> Result<Vec<Level>, String> {
    let mut levels: Vec<Level> = Vec::new();
    let mut above = Fraction::ONE;
    for (name, from, to) in texts {
        let (from, to) = (number(from)?, number(to)?);
        if to != above || from >= to {
            return Err(format!("the level “{name}” does not begin where the one before it ends"));
        }
        above = from;
        levels.push(Level { name: name.clone(), from, to });
    }
    if levels.is_empty() || above.is_zero() { Ok(levels) } else { Err("the levels do not reach down to 0%".into()) }
}

fn number(text: &str) -> Result<Fraction, String> {
    Fraction::parse(text).ok_or_else(|| format!("“{text}” is not a number"))
}

fn positive(text: &str) -> Result<Fraction, String> {
    let number = number(text)?;
    if number > Fraction::ZERO { Ok(number) } else { Err(format!("“{text}” is not above zero")) }
}

fn points(text: &str) -> Result<Points, String> {
    Points::parse(text).ok_or_else(|| format!("“{text}” is not a number of points"))
}

fn slope(full_at: &str, step: &str, minus: &str) -> Result<Slope, String> {
    Ok(Slope { full_at: number(full_at)?, step: positive(step)?, minus: points(minus)? })
}

fn bands(texts: &[(String, String)]) -> Result<Vec<Band>, String> {
    texts.iter().map(|(limit, score)| Ok(Band { limit: number(limit)?, points: points(score)? })).collect()
}

fn rate(part: &str, whole: &str) -> Result<Rate, String> {
    let ((part, of), (whole, by)) = (sum(part)?, sum(whole)?);
    if of == by { Ok(Rate { part, whole }) } else { Err(format!("{of:?} is divided by {by:?}")) }
}

/// A sum of inputs: `opening + initial_budget - closing`, `adjusted_budget * planned_payment_progress`.
fn sum(text: &str) -> Result<(Sum, Quantity), String> {
    let mut terms: Vec<Term> = Vec::new();
    let mut quantity = None;
    let mut words = text.split_whitespace().peekable();
    let mut sign = Sign::Plus;
    loop {
        let mut factors = vec![factor(words.next(), text)?];
        while words.next_if_eq(&"*").is_some() {
            factors.push(factor(words.next(), text)?);
        }
        let own =
            product(&factors).ok_or_else(|| format!("a product in “{text}” is more than a share of one thing"))?;
        if *quantity.get_or_insert(own) != own {
            return Err(format!("“{text}” adds unlike things"));
        }
        terms.push(Term { sign, factors });
        sign = match words.next() {
            None => return Ok((Sum(terms), own)),
            Some("+") => Sign::Plus,
            Some("-") => Sign::Minus,
            Some(other) => return Err(format!("“{other}” in “{text}” is not +, - or *")),
        };
    }
}

fn factor(word: Option<&str>, text: &str) -> Result<Input, String> {
    let word = word.ok_or_else(|| format!("“{text}” breaks off"))?;
    Input::from_word(word).ok_or_else(|| format!("unknown input “{word}”"))
}

/// What a product counts: at most one of its factors is more than a share.
fn product(factors: &[Input]) -> Option<Quantity> {
    let mut things = factors.iter().map(|input| input.quantity()).filter(|quantity| *quantity != Quantity::Share);
    let first = things.next();
    if things.next().is_some() { None } else { Some(first.unwrap_or(Quantity::Share)) }
}

/// The scales from the text of their file.
pub(super) fn scales(text: &str) -> Result<Vec<Scale>, String> {
    let file: ScalesFile = toml::from_str(text).map_err(|e| e.to_string())?;
    if file.scales.is_empty() {
        return Err("there is no scale".into());
    }
    file.scales.into_iter().map(scale).collect()
}

fn scale(file: ScaleFile) -> Result<Scale, String> {
    let grade = |(least, word): &(String, String)| Ok::<_, String>((points(least)?, word.clone()));
    let grades: Vec<_> = file.grades.iter().map(grade).collect::<Result<_, _>>()?;
    let falling = grades.windows(2).all(|pair| pair[0].0 > pair[1].0);
    if !falling || grades.last().is_none_or(|(least, _)| *least != Points::ZERO) {
        return Err(format!("{}: the grades do not fall to zero", file.id));
    }
    Ok(Scale { id: file.id, name: file.name, grades })
}
