//! CM012: the narrative speaks of the assets held, of large equipment as well as of vehicles.

use super::{Verdicts, required};
use crate::reading::Reading;
use crate::reading::body::{self, Line};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// What is said of equipment that is dear enough to be told.
const EQUIPMENT: [&str; 7] = ["单价", "单位价值", "价值", "万元以上", "大型", "设备", "台(套)"];

/// Words of which one must lead to a count of vehicles in the section on assets.
const HELD: [&str; 5] = ["共有车辆", "共有公务用车", "实有车辆", "占有车辆", "车辆总数"];

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let document = reading.document;
    let outcome = required::check("CM012", reading, facts);
    let mut verdicts = Verdicts::of("CM012");
    let body = reading.body();
    let held = |line: &&Line<'_>| HELD.iter().any(|word| line.folded.contains(word)) && line.folded.contains('辆');
    let Some(line) = body.text.iter().find(held) else { return outcome };
    let told = |line: &Line<'_>| EQUIPMENT.iter().any(|word| line.folded.contains(word));
    let near = body.text.iter().skip_while(|other| other.passage.block < line.passage.block);
    const PARAGRAPHS: usize = 12;
    if near.take(PARAGRAPHS).any(told) || body.text.iter().any(|line| line.folded.contains("设备")) {
        verdicts.pass();
    } else if !body::is_partly_unread(document) && line.folded.ends_with('。') {
        let message = "国有资产只写了车辆，没有写单价较高的大型设备；没有的也应写明0台（套）".to_string();
        let location = line.passage.locate(facts, 0..line.passage.text().len());
        // Some places ask for vehicles only.
        verdicts.fail_as(Severity::Warning, location, "equipment", message);
    }
    verdicts.join(outcome)
}
