//! What a report states, a score and a grade, held against what was computed.

use super::{Evaluation, Item, Total};
use mingzhang_standard::performance::Points;

/// The most items that a message names.
const MOST_NAMED: usize = 5;

/// Words for a grade that mean the same as the word of a scale.
const SAME: [(&str, &str); 2] = [("优秀", "优"), ("良好", "良")];

impl Evaluation {
    /// What a stated score and grade contradict, in words for the one who wrote them; empty where nothing does.
    /// A score that is still a range contradicts only what lies outside of it.
    pub fn stated(&self, score: Option<Points>, grade: Option<&str>) -> Vec<String> {
        let mut contradictions = Vec::new();
        if let Some(score) = score {
            contradictions.extend(self.stated_score(score));
        }
        if let Some(word) = grade {
            self.stated_grade(score, word.trim(), &mut contradictions);
        }
        contradictions
    }

    fn stated_score(&self, score: Points) -> Option<String> {
        if score > Points::FULL {
            return Some(format!("自评得分写为 {score} 分，超过满分 {} 分", Points::FULL));
        }
        let total = self.total?;
        if (total.low()..=total.high()).contains(&score) {
            return None;
        }
        let due = match total {
            Total::Exact(points) => format!("应为 {points} 分"),
            Total::Between { high, .. } if score > high => format!("至多 {high} 分"),
            Total::Between { low, .. } => format!("至少 {low} 分"),
        };
        let mut text = format!("自评得分写为 {score} 分，按《{}》计算{due}", self.system);
        let lost = self.lost();
        if score > total.high() && !lost.is_empty() {
            text.push_str(&format!("：{lost}"));
        }
        Some(text)
    }

    /// The items that lost points, those that lost most first.
    fn lost(&self) -> String {
        let loss = |item: &Item| Some(item.weight? - item.score()?).filter(|loss| *loss > Points::ZERO);
        let mut lost: Vec<(Points, &Item)> =
            self.items.iter().filter_map(|item| loss(item).map(|loss| (loss, item))).collect();
        lost.sort_by_key(|(loss, _)| std::cmp::Reverse(*loss));
        let named = lost.iter().take(MOST_NAMED).map(|(_, item)| match item.worked.is_empty() {
            true => format!("{} {}", item.name, item.why),
            false => format!("{} {}（{}）", item.name, item.why, item.worked),
        });
        let mut text = named.collect::<Vec<_>>().join("；");
        if lost.len() > MOST_NAMED {
            text.push_str(&format!("；等 {} 项", lost.len()));
        }
        text
    }

    fn stated_grade(&self, score: Option<Points>, word: &str, contradictions: &mut Vec<String>) {
        let plain = SAME.iter().find(|(other, _)| *other == word).map_or(word, |(_, plain)| plain);
        let grades = self.scale.grades();
        let Some(place) = grades.iter().position(|(_, known)| known == plain) else {
            let words: Vec<&str> = grades.iter().map(|(_, word)| word.as_str()).collect();
            contradictions.push(format!("评价等级写为“{word}”，应为{}之一", words.join("、")));
            return;
        };
        if let Some(score) = score.filter(|score| *score <= Points::FULL && self.scale.place(*score) != place) {
            let (due, band) = (self.scale.grade(score), self.scale.band(self.scale.place(score)));
            contradictions.push(format!("自评得分写为 {score} 分，等级应为“{due}”（{band}），写为“{word}”"));
        }
        let Some(total) = self.total else { return };
        let (best, worst) = (self.scale.place(total.high()), self.scale.place(total.low()));
        if (best..=worst).contains(&place) {
            return;
        }
        let (computed, due) = match total {
            Total::Exact(points) => (format!("得分 {points} 分"), format!("应为“{}”", grades[best].1)),
            Total::Between { high, .. } if place < best => {
                (format!("得分至多 {high} 分"), format!("至多为“{}”", grades[best].1))
            }
            Total::Between { low, .. } => (format!("得分至少 {low} 分"), format!("至少为“{}”", grades[worst].1)),
        };
        contradictions.push(format!("评价等级写为“{word}”，按《{}》计算{computed}，等级{due}", self.system));
    }
}
