//! [`Row`]: an indicator that an office or a project brings itself, and what it scores.
//!
//! A number reached scores full, a number missed in proportion, the other way round where less is better. What is no
//! number is judged: which level was reached, and which share of the weight within the level.

use super::score::within;
use super::{Item, Standing};
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{Points, System, Weighting};
use std::collections::BTreeSet;

/// The most rows that one evaluation takes.
pub const MAX_ROWS: usize = 1_000;

/// An indicator of an open part.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Its code in the register, distinct within the evaluation.
    pub code: String,
    /// The first level, one of the open parts: 产出指标.
    pub level1: String,
    /// The second level: 数量指标.
    pub level2: String,
    /// Its own name.
    pub name: String,
    /// The most that it scores, above nothing.
    pub weight: Points,
    /// What was wanted and what came of it.
    pub attainment: Attainment,
    /// 偏差原因分析及改进措施; may be empty where it scores full.
    pub explanation: String,
}

/// What was wanted and what came of it.
#[derive(Clone, PartialEq, Debug)]
pub enum Attainment {
    /// A number.
    Quantity {
        /// On which side of the target it is to be.
        wanted: Wanted,
        /// The target.
        target: Fraction,
        /// What was reached; none while it is not known.
        actual: Option<Fraction>,
        /// The unit of both, for the words: 次, %, 万元.
        unit: String,
    },
    /// No number; none while nobody has judged.
    Quality(Option<Judgement>),
}

/// On which side of its target a number is to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// ≥
    AtLeast,
    /// ≤
    AtMost,
    /// =
    Exactly,
}

impl Wanted {
    fn sign(self) -> &'static str {
        match self {
            Wanted::AtLeast => "≥",
            Wanted::AtMost => "≤",
            Wanted::Exactly => "=",
        }
    }
}

/// What a person makes of a goal that is no number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// The place of the level among those of the system, best first, from 0.
    pub level: usize,
    /// The share of the weight, within the level.
    pub share: Fraction,
    /// Why. Without it the judgement does not count.
    pub reason: String,
}

/// The items of the rows. What is wrong with them goes to the faults, shifted weights to the notes.
pub(super) fn items(system: &System, rows: &[Row], faults: &mut Vec<String>, notes: &mut Vec<String>) -> Vec<Item> {
    if rows.len() > MAX_ROWS {
        faults.push(format!("指标 {} 个，最多 {MAX_ROWS} 个，其余未计", rows.len()));
    }
    let rows = &rows[..rows.len().min(MAX_ROWS)];
    let mut codes: BTreeSet<&str> = system.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    for row in rows {
        if !codes.insert(&row.code) {
            faults.push(format!("{}：编码“{}”与别的指标重复", row.name, row.code));
        }
        if row.weight <= Points::ZERO {
            faults.push(format!("{}：权重应大于 0", row.name));
        }
        match system.open_part(&row.level1) {
            None => faults.push(format!("{}：《{}》没有一级指标“{}”", row.name, system.name, row.level1)),
            Some(part) if !part.level2.is_empty() && !part.level2.contains(&row.level2) => faults.push(format!(
                "{}：“{}”下没有二级指标“{}”，应为{}之一",
                row.name,
                row.level1,
                row.level2,
                part.level2.join("、")
            )),
            Some(_) => {}
        }
    }
    hold_weights(system, rows, faults, notes);
    rows.iter().map(|row| item(system, row)).collect()
}

/// Each open part weighs what the system says, or at least somebody should know that it does not.
fn hold_weights(system: &System, rows: &[Row], faults: &mut Vec<String>, notes: &mut Vec<String>) {
    for part in &system.open {
        let own = rows.iter().filter(|row| row.level1 == part.level1);
        let sum: Points = own.map(|row| row.weight).sum();
        if sum == part.weight {
            continue;
        }
        match system.weighting {
            Weighting::Adjustable => {
                notes.push(format!("{}权重合计 {sum} 分，一般为 {} 分", part.level1, part.weight));
            }
            Weighting::Fixed | Weighting::None => {
                faults.push(format!("{}权重合计 {sum} 分，应为 {} 分", part.level1, part.weight));
            }
        }
    }
}

fn item(system: &System, row: &Row) -> Item {
    let mut item = Item {
        code: row.code.clone(),
        level1: row.level1.clone(),
        level2: row.level2.clone(),
        name: row.name.clone(),
        weight: Some(row.weight),
        rate: None,
        worked: String::new(),
        standing: Standing::Undecided,
        why: String::new(),
        missing: Vec::new(),
    };
    let weight = row.weight;
    match &row.attainment {
        Attainment::Quantity { actual: None, wanted, target, unit } => {
            item.why = format!("目标 {}{}{unit}，缺少实际完成值", wanted.sign(), target.short());
        }
        Attainment::Quantity { wanted, target, actual: Some(actual), unit } => {
            let values = format!("目标 {}{}{unit}、实际完成 {}{unit}", wanted.sign(), target.short(), actual.short());
            match reached(*wanted, *target, *actual) {
                Reached::Fully => {
                    item.standing = Standing::Scored(weight);
                    item.why = format!("{values}，达到目标，得满分 {weight} 分");
                }
                Reached::Share(share) => {
                    item.rate = Some(share);
                    let exact = weight.number().times(share);
                    match exact.and_then(|exact| within(exact, weight, system.decimals)) {
                        Some(points) => {
                            item.standing = Standing::Scored(points);
                            let share = share.percent_beside(Fraction::ONE);
                            item.why = format!("{values}，未达到目标，按比例 {weight} × {share} 得 {points} 分");
                        }
                        None => item.why = format!("{values}，数字过大，不能计算，请核对"),
                    }
                }
                Reached::Unclear => {
                    item.standing = Standing::ToJudge;
                    item.why = format!("{values}，不能按比例计分，请评定并说明理由");
                }
            }
        }
        Attainment::Quality(None) => {
            item.standing = Standing::ToJudge;
            item.why = format!("定性指标，请选定完成档次和得分比例，满分 {weight} 分");
        }
        Attainment::Quality(Some(judgement)) => judged(system, weight, judgement, &mut item),
    }
    item
}

fn judged(system: &System, weight: Points, judgement: &Judgement, item: &mut Item) {
    let Some(level) = system.levels.get(judgement.level) else {
        item.why = "没有所选的完成档次，请重新选定".into();
        return;
    };
    let share = judgement.share.short_percent();
    if !level.allows(judgement.share) {
        let end = if level.to == Fraction::ONE { "（含）" } else { "（不含）" };
        let (from, to) = (level.from.short_percent(), level.to.short_percent());
        item.why = format!("“{}”的得分比例在 {from}（含）至 {to}{end}之间，所选 {share} 不在其中", level.name);
        return;
    }
    if judgement.reason.trim().is_empty() {
        item.standing = Standing::ToJudge;
        item.why = format!("选定“{}”{share} 没有写理由，未计入", level.name);
        return;
    }
    let exact = weight.number().times(judgement.share);
    match exact.and_then(|exact| within(exact, weight, system.decimals)) {
        Some(points) => {
            item.rate = Some(judgement.share);
            item.standing = Standing::Scored(points);
            item.why = format!("{}，按 {share} 得 {points} 分，满分 {weight} 分：{}", level.name, judgement.reason);
        }
        None => item.why = "数字过大，不能计算，请核对".into(),
    }
}

enum Reached {
    Fully,
    /// So much of the weight, less than one.
    Share(Fraction),
    /// More than an exact target, or numbers of which no share can be made: a person must say.
    Unclear,
}

fn reached(wanted: Wanted, target: Fraction, actual: Fraction) -> Reached {
    let fully = match wanted {
        Wanted::AtLeast => actual >= target,
        Wanted::AtMost => actual <= target,
        Wanted::Exactly => actual == target,
    };
    if fully {
        return Reached::Fully;
    }
    if target.is_negative() || actual.is_negative() {
        return Reached::Unclear;
    }
    let share = match wanted {
        Wanted::AtLeast => actual.over(target),
        Wanted::AtMost => target.over(actual),
        Wanted::Exactly if actual < target => actual.over(target),
        // More may be better or worse than exactly so much.
        Wanted::Exactly => None,
    };
    share.map_or(Reached::Unclear, Reached::Share)
}

/// Notes the rows that lost points without saying why. The items are those of the rows.
pub(super) fn unexplained(items: &[Item], rows: &[Row], notes: &mut Vec<String>) {
    for (item, row) in items.iter().zip(rows) {
        let Some(points) = item.score().filter(|points| *points < row.weight) else { continue };
        if row.explanation.trim().is_empty() {
            let weight = row.weight;
            notes.push(format!("{}：得 {points} 分，少于满分 {weight} 分，请填写偏差原因和改进措施", row.name));
        }
    }
}
