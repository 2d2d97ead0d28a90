//! What the rules of performance share: the numbers that a section states together, and the scores and
//! grades that sentences give.

use crate::prose::Prose;
use crate::text::{self, Passage};
use mingzhang_model::prose::Claim;
use mingzhang_model::statistic::Statistic;
use std::collections::BTreeMap;
use std::ops::Range;

/// The statistics that one section states together. One that is told again begins another list.
#[derive(Default)]
pub(crate) struct Told {
    section: Option<usize>,
    of: BTreeMap<Statistic, usize>,
}

impl Told {
    /// The mention of a statistic.
    pub(crate) fn mention(&self, statistic: Statistic) -> Option<usize> {
        self.of.get(&statistic).copied()
    }

    /// The mention of a statistic that is a count, and the count.
    pub(crate) fn count(&self, prose: &Prose<'_>, statistic: Statistic) -> Option<(usize, u64)> {
        let mention = self.mention(statistic)?;
        Some((mention, prose.count(mention)?))
    }
}

/// The statistics of the narrative, section by section.
pub(crate) fn told(prose: &Prose<'_>) -> Vec<Told> {
    let mut lists: Vec<Told> = Vec::new();
    for claim in prose.claims() {
        let Claim::Stated { mention, statistic } = claim else { continue };
        let block = prose.facts.prose.mentions[*mention].span.block;
        let section = prose.facts.prose.section_of.get(block).copied().flatten();
        match lists.last_mut() {
            Some(list) if list.section == section && !list.of.contains_key(statistic) => {
                list.of.insert(*statistic, *mention);
            }
            _ => lists.push(Told { section, of: BTreeMap::from([(*statistic, *mention)]) }),
        }
    }
    lists
}

/// A number of points, in hundredths: 98.5分 is 9850.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Points(pub(crate) i64);

impl Points {
    pub(crate) const FULL: Points = Points(10_000);

    /// Digits with at most two decimals.
    pub(crate) fn parse(text: &str) -> Option<Points> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
            return None;
        }
        Some(Points(format!("{whole}{fraction:0<2}").parse().ok()?))
    }
}

impl std::fmt::Display for Points {
    /// Without zeros that say nothing: 98.5.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// A grade, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Grade {
    Excellent,
    Good,
    Fair,
    Poor,
}

/// The words of the grades, those that hold another before it.
const GRADES: [(&str, Grade); 12] = [
    ("不合格", Grade::Poor),
    ("不及格", Grade::Poor),
    ("较差", Grade::Poor),
    ("优秀", Grade::Excellent),
    ("良好", Grade::Good),
    ("合格", Grade::Fair),
    ("及格", Grade::Fair),
    ("一般", Grade::Fair),
    ("优", Grade::Excellent),
    ("良", Grade::Good),
    ("中", Grade::Fair),
    ("差", Grade::Poor),
];

impl Grade {
    /// What the grade is called in a document that calls the third grade 合格, or 中.
    pub(crate) fn of(points: Points) -> Grade {
        match points.0 {
            9_000.. => Grade::Excellent,
            8_000.. => Grade::Good,
            6_000.. => Grade::Fair,
            _ => Grade::Poor,
        }
    }

    /// The scores of the grade, in words.
    pub(crate) fn band(self) -> &'static str {
        match self {
            Grade::Excellent => "90分以上",
            Grade::Good => "80分至90分",
            Grade::Fair => "60分至80分",
            Grade::Poor => "60分以下",
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Grade::Excellent => "优",
            Grade::Good => "良",
            Grade::Fair => "中（合格）",
            Grade::Poor => "差（不合格）",
        }
    }
}

/// A score of a sentence.
pub(crate) struct Score {
    /// The number and 分.
    pub(crate) bytes: Range<usize>,
    pub(crate) points: Points,
    /// The average of several projects: it has no grade of its own.
    pub(crate) average: bool,
    /// The grade that is given with it.
    pub(crate) grade: Option<(Range<usize>, Grade)>,
}

/// The words of which one leads to a score.
const LEADS: [&str; 8] = ["得分", "评分", "自评分", "综合分", "平均分", "自评总分", "评价总分", "自评为"];

/// The words that make a score another thing than points out of a hundred.
const OTHER: [&str; 8] = ["加分", "附加", "满分", "扣分", "分值", "考核得分", "权重", "考试"];

/// The furthest that a leading word stands before its score, in characters.
const LEAD: usize = 14;

/// The scores of a paragraph that speaks of evaluation, in order.
pub(crate) fn scores(passage: &Passage<'_>) -> Vec<Score> {
    let text = passage.text();
    if !["绩效", "自评", "评价"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut found: Vec<Score> = Vec::new();
    for (at, _) in text.match_indices('分') {
        let Some((start, points)) = number_before(text, at) else { continue };
        let sentence = text::sentence(text, start);
        let from = found.last().map_or(sentence.start, |last| last.bytes.end.max(sentence.start));
        let skipped = text[from..start].chars().count().saturating_sub(LEAD);
        let lead: String = text[from..start].chars().skip(skipped).collect();
        // 满分100分，得分98分: the clause before speaks of another number.
        let lead = lead.rsplit(['，', '；', ',', ';']).next().unwrap_or_default();
        let behind = &text[at + '分'.len_utf8()..sentence.end];
        if !LEADS.iter().any(|word| lead.contains(word)) || OTHER.iter().any(|word| lead.contains(word)) {
            continue;
        }
        if behind.starts_with(['以', '（', '(', '至', '及', '值', '之', '~', '-', '－', '—'])
            && !behind.starts_with("（其中")
            && !is_bracket_of_grade(behind)
        {
            continue;
        }
        let bytes = start..at + '分'.len_utf8();
        found.push(Score { bytes, points, average: lead.contains("平均"), grade: None });
    }
    give_grades(text, &mut found);
    found
}

/// （优） and （等级为优）: a bracket that gives the grade of the score before it.
fn is_bracket_of_grade(behind: &str) -> bool {
    let inner = behind.trim_start_matches(['（', '(', '“', '"', '’', '‘']);
    GRADES.iter().any(|(word, _)| inner.starts_with(word)) || inner.contains("等级") || inner.contains("评为")
}

/// The number directly before a place, and where it begins.
fn number_before(text: &str, at: usize) -> Option<(usize, Points)> {
    let before = text[..at].trim_end();
    let is_part = |c: &char| c.is_ascii_digit() || *c == '.';
    let length: usize = before.chars().rev().take_while(is_part).map(char::len_utf8).sum();
    let start = before.len() - length;
    Some((start, Points::parse(&before[start..])?))
}

/// Gives each score the one grade that stands between it and the next score or the end of the sentence.
fn give_grades(text: &str, scores: &mut [Score]) {
    for i in 0..scores.len() {
        let end = text::sentence(text, scores[i].bytes.start).end;
        let end = scores.get(i + 1).map_or(end, |next| end.min(next.bytes.start));
        let from = scores[i].bytes.end;
        if from < end && !scores[i].average {
            scores[i].grade = grade_in(text, from..end);
        }
    }
}

/// The grade that a stretch of text gives, where it gives one only.
fn grade_in(text: &str, bytes: Range<usize>) -> Option<(Range<usize>, Grade)> {
    const OPENINGS: [&str; 13] = [
        "等级为",
        "等级是",
        "等级：",
        "等级:",
        "等级",
        "评为",
        "评定为",
        "评级为",
        "结果为",
        "结论为",
        "属于",
        "档次为",
        "（",
    ];
    let stretch = &text[bytes.clone()];
    let mut grades = Vec::new();
    for opening in OPENINGS {
        for (at, _) in stretch.match_indices(opening) {
            let rest = &stretch[at + opening.len()..];
            let inner = rest.trim_start_matches(['“', '"', '”', '‘', '\'', ' ', '：', ':', '「']);
            let start = bytes.start + at + opening.len() + (rest.len() - inner.len());
            let Some((word, grade)) = GRADES.iter().find(|(word, _)| inner.starts_with(word)) else { continue };
            let behind = inner[word.len()..].trim_start_matches(['”', '"', '’', '\'', '」']);
            // 优化, 中央, 差旅 are no grades.
            let ends = behind.is_empty()
                || behind.starts_with(['，', '。', '；', '、', '）', ',', ';', ')', ' ', '级', '等'])
                || inner[word.len()..].starts_with(['”', '"', '’', '」']);
            if ends && !grades.iter().any(|(range, _): &(Range<usize>, Grade)| range.start == start) {
                grades.push((start..start + word.len(), *grade));
            }
        }
    }
    match grades.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::Paragraph;

    fn read(text: &str) -> Vec<(String, Option<Grade>)> {
        let paragraph = Paragraph { text: text.to_string(), ..Paragraph::default() };
        let found = scores(&Passage { block: 0, paragraph: &paragraph });
        found.into_iter().map(|score| (score.points.to_string(), score.grade.map(|(_, grade)| grade))).collect()
    }

    #[test]
    fn scores_are_read_with_their_grades() {
        let given = |points: &str, grade| vec![(points.to_string(), grade)];
        assert_eq!(read("部门整体绩效自评综合评分为98分，评价等级为“优”。"), given("98", Some(Grade::Excellent)));
        assert_eq!(read("绩效评价满分100分，自评得分95分，等级为优秀。"), given("95", Some(Grade::Excellent)));
        assert_eq!(read("绩效自评得分88.50分（良）。"), given("88.5", Some(Grade::Good)));
        assert_eq!(read("绩效自评得分75分，等级为合格，优化了流程。"), given("75", Some(Grade::Fair)));
        assert_eq!(read("绩效自评项目4个，平均得分99.43分（其中，绩效评级为“优”的项目4个）。"), given("99.43", None));
    }

    #[test]
    fn what_is_no_score_is_left_alone() {
        assert_eq!(read("绩效评价得分90分以上的为优。"), []);
        assert_eq!(read("绩效指标总分100分，该项分值10分。"), []);
        assert_eq!(read("绩效工作分为三部分。"), []);
    }
}
