//! [`Evaluation`]: the self-evaluation of a department or a project under an indicator system.
//!
//! Score and grade are computed and never typed. What the ledger and the registers know gives the rates; what a
//! person must judge is awarded with a reason; what is not known stays open, and the total is then a range. A
//! person may lower a computed score with a reason and never raise it. Every item says in words how its score came
//! about, so that a report can quote it, and [`Evaluation::stated`] holds a report against it.
//!
//! Absent on purpose: where inputs come from, how a report looks, and any indicator by name.

mod rate;
mod row;
mod score;
mod stated;
mod summary;

pub use row::{Attainment, Judgement, MAX_ROWS, Row, Wanted};
pub use summary::{Evaluated, Summary};

use mingzhang_model::set::Member;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{IfNone, Indicator, Input, Points, Scale, Scoring, System, Weighting};
use rate::Worked;
use std::collections::BTreeMap;

/// What an evaluation is made from.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Material {
    /// What is known: money in fen, counts in pieces, area in square metres, a share as a part of one.
    pub inputs: BTreeMap<Input, Fraction>,
    /// What a person has awarded, by the code of the indicator.
    pub awards: BTreeMap<String, Award>,
    /// The indicators of the open parts, in order.
    pub rows: Vec<Row>,
}

/// Points that a person gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Award {
    /// The points, within the weight.
    pub points: Points,
    /// Why. Without it the award does not count.
    pub reason: String,
}

/// How an item stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It has its points.
    Scored(Points),
    /// The system gives no points: only the rate, if it has one.
    Unscored,
    /// There is nothing to measure by; a person says what that means for the score.
    NotApplicable,
    /// A person has yet to judge.
    ToJudge,
    /// Something is not known, or cannot be true.
    Undecided,
}

/// An indicator with what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Its code within the system or the register.
    pub code: String,
    /// The name of the first level.
    pub level1: String,
    /// The name of the second level; may be empty.
    pub level2: String,
    /// Its own name.
    pub name: String,
    /// The most that it scores; none in a system without weights.
    pub weight: Option<Points>,
    /// The rate, where there is one and it is known.
    pub rate: Option<Fraction>,
    /// The rate with its numbers: `本年追加预算数 69.94 万元 ÷ 年初预算数 225.18 万元 = 31.06%`; may be empty.
    pub worked: String,
    /// How it stands.
    pub standing: Standing,
    /// Why, in words.
    pub why: String,
    /// The inputs that are not known.
    pub missing: Vec<Input>,
}

impl Item {
    /// The rate as it is printed: `31.06%`.
    pub fn percent(&self) -> Option<String> {
        self.rate.map(Fraction::percent)
    }

    /// Its points; none while it is open.
    pub fn score(&self) -> Option<Points> {
        match self.standing {
            Standing::Scored(points) => Some(points),
            _ => None,
        }
    }
}

/// The sum of the scores.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Total {
    /// Every item is scored.
    Exact(Points),
    /// Some items are open: what they can still make of it, ends included.
    Between {
        /// When every open item scores nothing.
        low: Points,
        /// When every open item scores its weight.
        high: Points,
    },
}

impl Total {
    /// The least that it can be.
    pub fn low(self) -> Points {
        match self {
            Total::Exact(points) => points,
            Total::Between { low, .. } => low,
        }
    }

    /// The most that it can be.
    pub fn high(self) -> Points {
        match self {
            Total::Exact(points) => points,
            Total::Between { high, .. } => high,
        }
    }
}

/// A self-evaluation, worked out.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    system: String,
    scale: Scale,
    items: Vec<Item>,
    total: Option<Total>,
    faults: Vec<String>,
    notes: Vec<String>,
}

impl Evaluation {
    /// Works out an evaluation. It cannot fail: what is wrong with the material is among the faults, what is not
    /// known among the gaps.
    pub fn new(system: &System, scale: &Scale, material: &Material) -> Evaluation {
        let mut faults = Vec::new();
        let mut notes = Vec::new();
        let mut items: Vec<Item> =
            system.indicators.iter().map(|indicator| fixed_item(system, indicator, &material.inputs)).collect();
        items.extend(row::items(system, &material.rows, &mut faults, &mut notes));
        // Rows that are wrong in themselves would make a sum that means nothing.
        let sound = faults.is_empty();
        award(&mut items, system, &material.awards, &mut faults);
        row::unexplained(&items[system.indicators.len()..], &material.rows, &mut notes);
        let total = total(system, &items, &mut faults).filter(|_| sound);
        Evaluation { system: system.name.clone(), scale: scale.clone(), items, total, faults, notes }
    }

    /// The name of the system.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The scale by which it is graded.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// The indicators: those of the system, then those of the open parts, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The sum of the scores; none where the system has no weights, or where they do not add up to 100.
    pub fn total(&self) -> Option<Total> {
        self.total
    }

    /// The score, once every item has one.
    pub fn score(&self) -> Option<Points> {
        match self.total {
            Some(Total::Exact(points)) => Some(points),
            _ => None,
        }
    }

    /// The grade, as soon as what is still open cannot change it.
    pub fn grade(&self) -> Option<&str> {
        let total = self.total?;
        let (worst, best) = (self.scale.place(total.low()), self.scale.place(total.high()));
        (worst == best).then(|| self.scale.grade(total.low()))
    }

    /// What is wrong with the material, for the one who supplied it.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// What should be looked at without being wrong.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The inputs that are not known, each with the names of the indicators that need it.
    pub fn missing(&self) -> BTreeMap<Input, Vec<&str>> {
        let mut missing: BTreeMap<Input, Vec<&str>> = BTreeMap::new();
        for item in &self.items {
            for input in &item.missing {
                missing.entry(*input).or_default().push(&item.name);
            }
        }
        missing
    }

    /// What is still to be done before the score is complete, in words.
    pub fn gaps(&self) -> Vec<String> {
        let missing = self.missing();
        let mut gaps: Vec<String> =
            missing.iter().map(|(input, names)| format!("缺少{}，用于{}", input.term(), names.join("、"))).collect();
        let open = self.items.iter().filter(|item| item.missing.is_empty());
        gaps.extend(open.filter_map(|item| {
            let ask = match item.standing {
                Standing::Scored(_) | Standing::Unscored => return None,
                Standing::NotApplicable => "不适用，请说明如何计分",
                Standing::ToJudge => "待评定",
                Standing::Undecided => "待核对",
            };
            Some(format!("{}：{ask}：{}", item.name, item.why))
        }));
        gaps
    }
}

/// An indicator of the system.
fn fixed_item(system: &System, indicator: &Indicator, inputs: &BTreeMap<Input, Fraction>) -> Item {
    let mut item = Item {
        code: indicator.code.clone(),
        level1: indicator.level1.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        weight: indicator.weight,
        rate: None,
        worked: String::new(),
        standing: Standing::Undecided,
        why: String::new(),
        missing: Vec::new(),
    };
    let Some(rate) = &indicator.rate else {
        (item.standing, item.why) = match indicator.weight {
            Some(weight) => (Standing::ToJudge, format!("由评价人在满分 {weight} 分以内评定并说明理由")),
            None => (Standing::Unscored, "定性指标，没有比率".into()),
        };
        return item;
    };
    match rate::work_out(rate, inputs) {
        Worked::Missing(missing) => {
            let names: Vec<&str> = missing.iter().map(|input| input.term()).collect();
            item.why = format!("缺少{}，不能计算", names.join("、"));
            item.missing = missing;
        }
        Worked::Refused(why) => item.why = why,
        Worked::DividedByNothing { shown, part } => {
            (item.standing, item.why) = nothing_to_measure_by(indicator, part, &shown);
            item.worked = shown;
        }
        Worked::Known { value, shown } => {
            item.worked = shown;
            item.rate = Some(value);
            (item.standing, item.why) = scored(system, indicator, value);
        }
    }
    item
}

/// What the rate of an indicator is worth.
fn scored(system: &System, indicator: &Indicator, value: Fraction) -> (Standing, String) {
    let (Some(weight), Some(scoring)) = (indicator.weight, &indicator.scoring) else {
        return (Standing::Unscored, format!("{}为 {}", indicator.name, value.percent()));
    };
    if *scoring == Scoring::Awarded {
        return (Standing::ToJudge, format!("{}，由评价人在满分 {weight} 分以内评定并说明理由", value.percent()));
    }
    match score::score(scoring, system, weight, value) {
        Some((points, why)) => (Standing::Scored(points), why),
        None => (Standing::Undecided, "数字过大，不能计算，请核对".into()),
    }
}

/// An indicator whose rate would be divided by nothing.
fn nothing_to_measure_by(indicator: &Indicator, part: Fraction, shown: &str) -> (Standing, String) {
    match (&indicator.if_none, indicator.weight) {
        (IfNone::Full(words), Some(weight)) if part.is_zero() => {
            (Standing::Scored(weight), format!("{words}，按评分标准得满分 {weight} 分"))
        }
        (IfNone::Full(_), _) => (Standing::Undecided, format!("分母为 0 而分子不为 0，请核对（{shown}）")),
        (IfNone::NotApplicable, _) => (Standing::NotApplicable, format!("分母为 0，比率不适用（{shown}）")),
    }
}

/// Lays the awards over the items. An award that does not count is a fault and changes nothing.
fn award(items: &mut [Item], system: &System, awards: &BTreeMap<String, Award>, faults: &mut Vec<String>) {
    for (code, award) in awards {
        let Some(item) = items.iter_mut().find(|item| item.code == *code) else {
            faults.push(format!("评定的指标“{code}”不在《{}》里", system.name));
            continue;
        };
        let Award { points, reason } = award;
        let Some(weight) = item.weight else {
            faults.push(format!("{}：本指标体系不设权重，不能评分", item.name));
            continue;
        };
        if reason.trim().is_empty() {
            faults.push(format!("{}：评定 {points} 分没有写理由，未计入", item.name));
            continue;
        }
        if *points > weight || *points < Points::ZERO {
            faults.push(format!("{}：评定 {points} 分，应在 0 至 {weight} 分之间，未计入", item.name));
            continue;
        }
        match item.standing {
            Standing::Scored(computed) if *points > computed => faults.push(format!(
                "{}：评定 {points} 分，高于按评分标准计算的 {computed} 分，仍计 {computed} 分",
                item.name
            )),
            Standing::Scored(computed) if *points < computed => {
                item.why = format!("{}；核减为 {points} 分：{reason}", item.why);
                item.standing = Standing::Scored(*points);
            }
            Standing::Scored(_) => {}
            Standing::NotApplicable => {
                item.why = format!("{}；评定得 {points} 分，满分 {weight} 分：{reason}", item.why);
                item.standing = Standing::Scored(*points);
            }
            Standing::ToJudge => {
                item.why = format!("评定得 {points} 分，满分 {weight} 分：{reason}");
                item.standing = Standing::Scored(*points);
            }
            Standing::Undecided | Standing::Unscored => {
                faults.push(format!("{}：{}，补齐以前不能评定", item.name, item.why));
            }
        }
    }
}

/// The sum of the scores, where the weights add up to 100.
fn total(system: &System, items: &[Item], faults: &mut Vec<String>) -> Option<Total> {
    if system.weighting == Weighting::None {
        return None;
    }
    let weights: Points = items.iter().filter_map(|item| item.weight).sum();
    if weights != Points::FULL {
        faults.push(format!("权重合计 {weights} 分，应为 100 分，未计总分"));
        return None;
    }
    let low: Points = items.iter().filter_map(Item::score).sum();
    let open: Points = items.iter().filter(|item| item.score().is_none()).filter_map(|item| item.weight).sum();
    // An open item always weighs something: rows without weight are faults.
    Some(if open == Points::ZERO { Total::Exact(low) } else { Total::Between { low, high: low + open } })
}

#[cfg(test)]
mod tests;
