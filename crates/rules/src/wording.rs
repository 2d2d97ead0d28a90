//! The words of the findings about numbers. Written for the one who must mend it: the place, the two
//! numbers, and the reason in the reader's own terms.

use crate::laws::{Identity, Law, Space};
use crate::slip::{self, Slip};
use crate::tables::in_column;
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::fact::{Fact, Printed};
use mingzhang_model::locator::Locator;

/// 《表》“行”“列”
pub(crate) fn cell(locator: &Locator) -> String {
    let mut words = String::new();
    if let Some(table) = &locator.table {
        words.push_str(&format!("《{table}》"));
    }
    if let Some(row) = &locator.row {
        words.push_str(&format!("“{row}”"));
    }
    if let Some(column) = &locator.column {
        words.push_str(&format!("“{column}”"));
    }
    words
}

/// 写为 48.00, 为空
pub(crate) fn found(fact: &Fact) -> String {
    match fact.printed {
        Printed::Figure(figure) => format!("写为 {figure}"),
        Printed::Blank => "为空".into(),
        Printed::Dash => "写为“-”".into(),
        Printed::Nil => "写为“无”".into(),
    }
}

/// What the writer may have done, where a slip of the hand explains the number: for the end of a message.
pub(crate) fn slip(found: Amount, meant: Amount) -> String {
    let Some(slip) = slip::between(found, meant) else { return String::new() };
    let words = match slip {
        Slip::Shift(4) => "元与万元写错",
        Slip::Shift(_) => "小数点错位",
        Slip::Transposed => "相邻两位数字写反",
        Slip::Digit => "一位数字写错",
        Slip::Length => "多写或漏写一位数字",
        Slip::Sign => "正负号写错",
    };
    format!("（疑为{words}）")
}

/// The last words of what leads to a number.
pub(crate) fn shortened(lead: &str) -> String {
    const LONGEST: usize = 24;
    let chars: Vec<char> = lead.chars().collect();
    let from = chars.len().saturating_sub(LONGEST);
    let words: String = chars[from..].iter().collect();
    let words = words.trim_start_matches(|c: char| "，。；：、,;:".contains(c)).trim_end_matches(['”', '"']);
    if from > 0 { format!("…{words}") } else { words.to_string() }
}

/// An amount as the fact's column would print it.
pub(crate) fn amount(fact: &Fact, amount: Amount) -> String {
    in_column(fact, amount)
}

/// A difference with its unit, without its sign.
pub(crate) fn difference(fact: &Fact, by: Amount) -> String {
    format!("{}{}", in_column(fact, Amount(by.0.saturating_abs())), fact.unit.word())
}

/// Why the cell should hold the value suggested.
pub(crate) fn reason(space: &Space<'_>, identity: &Identity, culprit: usize, suggested: &str) -> String {
    match identity.law {
        Law::Nothing => "该行与该列互相排斥，此格不应有数".into(),
        Law::Agree => {
            let other = identity.facts().find(|i| *i != culprit).unwrap_or(culprit);
            format!("与{}的 {} 是同一笔数", place(space, culprit, other), printed(space, other))
        }
        Law::Sum if identity.left == [culprit] => {
            format!("各分项之和为 {suggested}（{}）", addends(space, &identity.right, " + "))
        }
        Law::Sum => {
            let whole = identity.left[0];
            let rest: Vec<usize> = identity.right.iter().copied().filter(|i| *i != culprit).collect();
            let rest = if rest.is_empty() { String::new() } else { format!(" − {}", addends(space, &rest, " − ")) };
            format!(
                "{}为 {}，减去其余分项得 {suggested}（{}{rest}）",
                place(space, culprit, whole),
                printed(space, whole),
                printed(space, whole)
            )
        }
        Law::Flow => format!("年初加收入应等于支出加年末（{}）", flow(space, identity)),
        Law::Within => {
            let other = identity.facts().find(|i| *i != culprit).unwrap_or(culprit);
            format!("不应超过{}的 {}", place(space, culprit, other), printed(space, other))
        }
    }
}

/// The headline of an identity that does not hold, and what its left side should be.
pub(crate) fn contradiction(space: &Space<'_>, identity: &Identity) -> (String, String) {
    let first = identity.left[0];
    let fact = space.fact(first);
    let here = format!("{}{}", cell(&space.facts.locator(fact)), found(fact));
    let sum: Interval = identity.right.iter().map(|i| space.fact(*i).interval()).sum();
    let total = amount(fact, sum.middle());
    let message = match identity.law {
        Law::Nothing => format!("{here}，但该行与该列互相排斥，此格不应有数"),
        Law::Agree => {
            let other = identity.right[0];
            format!("{here}，{}{}：同一笔数前后不一", place(space, first, other), found(space.fact(other)))
        }
        Law::Sum => format!("{here}，而各分项之和为 {total}（{}）", addends(space, &identity.right, " + ")),
        Law::Flow => format!("{here}，年初加收入不等于支出加年末（{}）", flow(space, identity)),
        Law::Within => {
            let other = identity.right[0];
            format!("{here}，超过了{}的 {}", place(space, first, other), printed(space, other))
        }
    };
    (message, total)
}

fn printed(space: &Space<'_>, i: usize) -> String {
    match space.fact(i).printed {
        Printed::Figure(figure) => figure.to_string(),
        Printed::Blank => "空白".into(),
        Printed::Dash => "-".into(),
        Printed::Nil => "无".into(),
    }
}

/// Where another cell stands, as seen from the culprit's: its table only where it is another one.
fn place(space: &Space<'_>, from: usize, to: usize) -> String {
    let mut locator = space.facts.locator(space.fact(to));
    if space.fact(from).statement == space.fact(to).statement {
        locator.table = None;
    }
    cell(&locator)
}

/// `48.00 + 36.00`, long lists cut; what is blank or zero adds nothing and is left out.
fn addends(space: &Space<'_>, cells: &[usize], sign: &str) -> String {
    let filled: Vec<String> =
        cells.iter().filter(|i| !space.fact(**i).printed.amount().is_zero()).map(|i| printed(space, *i)).collect();
    listed(&filled, sign)
}

/// Some numbers joined by a sign, long lists cut.
pub(crate) fn listed(numbers: &[impl AsRef<str>], sign: &str) -> String {
    const MOST: usize = 8;
    let all: Vec<&str> = numbers.iter().map(AsRef::as_ref).collect();
    match all.len() {
        0 => "0".into(),
        n if n > MOST => format!("{}{sign}…，共 {n} 项", all[..MOST].join(sign)),
        _ => all.join(sign),
    }
}

fn flow(space: &Space<'_>, identity: &Identity) -> String {
    format!("{} 与 {}", addends(space, &identity.left, " + "), addends(space, &identity.right, " + "))
}
