//! The JSON of a holding, as it is kept: versioned, and compact by tables of words and keys that the numbers point to.
//!
//! A number is a list of whole numbers, in the order of [`NUMBERS`]. Nothing that is read is trusted: an index beyond
//! its table, a key that is none, a version of another program is a refusal with its reason.

use crate::holding::{About, Entry, Heading, Holding};
use crate::place::Spot;
use crate::spelling;
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::fact::Scope;
use mingzhang_model::fact::{DisclosureKind, Printed, Proof};
use mingzhang_model::key::Key;
use mingzhang_model::set::Member;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The version of the shape that this program writes and reads.
pub const VERSION: u32 = 1;

/// What the numbers of a figure are: the key, the heading, the words of row and column; what is printed (0 blank,
/// 1 dash, 2 无, 3 a number), the decimals of the number, its amount in fen; the unit (0 元, 1 万元, 2 亿元) and
/// decimals of the column; the proof (0 proven, 1 unproven, 2 contradicted); page, line (below 0 a paragraph) and the
/// four edges of the rectangle in hundredths of a point, 0 where there is none.
const NUMBERS: usize = 16;

/// Why a holding cannot be read back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It was written in a version of the shape that this program does not know.
    Version(u32),
    /// It is no holding: what is wrong.
    Broken(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Version(version) => write!(
                f,
                "目录条目的格式版本是 {version}，本程序只认识版本 {VERSION}：请升级程序，或从原文件重新生成 \
                 (holding of version {version}; this program knows {VERSION})"
            ),
            Refusal::Broken(what) => write!(f, "目录条目已损坏：{what} (broken holding)"),
        }
    }
}

impl std::error::Error for Refusal {}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    version: u32,
    id: String,
    body: Option<String>,
    printed_body: Option<String>,
    scope: Option<String>,
    place: Option<String>,
    source: Option<String>,
    year: Option<u16>,
    kind: Option<String>,
    form: Option<String>,
    headings: Vec<[Arc<str>; 3]>,
    words: Vec<Arc<str>>,
    keys: Vec<String>,
    figures: Vec<[i64; NUMBERS]>,
}

/// The words of budget and accounts.
pub(crate) const KINDS: [(DisclosureKind, &str); 2] =
    [(DisclosureKind::Budget, "budget"), (DisclosureKind::Accounts, "accounts")];

/// The word of a kind.
pub(crate) fn kind_word(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => "budget",
        DisclosureKind::Accounts => "accounts",
    }
}

const UNITS: [Unit; 3] = [Unit::Yuan, Unit::WanYuan, Unit::YiYuan];
const PROOFS: [Proof; 3] = [Proof::Proven, Proof::Unproven, Proof::Contradicted];

impl Holding {
    /// The holding as JSON on one line.
    pub fn to_json(&self) -> String {
        let shape = Shape {
            version: VERSION,
            id: self.about.id.clone(),
            body: self.about.body.clone(),
            printed_body: self.printed_body.clone(),
            scope: self.about.scope.map(|scope| scope.word().to_owned()),
            place: self.about.place.clone(),
            source: self.about.source.clone(),
            year: self.year,
            kind: self.kind.map(|kind| kind_word(kind).to_owned()),
            form: self.form.clone(),
            headings: self.headings.iter().map(|h| [h.code.clone(), h.concept.clone(), h.title.clone()]).collect(),
            words: self.words.clone(),
            keys: self.keys.iter().map(Key::to_string).collect(),
            figures: self.entries.iter().map(numbers).collect(),
        };
        // Strings and whole numbers always are JSON.
        serde_json::to_string(&shape).unwrap_or_default()
    }

    /// Reads what [`Holding::to_json`] wrote.
    pub fn from_json(json: &[u8]) -> Result<Holding, Refusal> {
        let broken = |error: serde_json::Error| Refusal::Broken(error.to_string());
        let Versioned { version } = serde_json::from_slice(json).map_err(broken)?;
        if version != VERSION {
            return Err(Refusal::Version(version));
        }
        let shape: Shape = serde_json::from_slice(json).map_err(broken)?;
        holding(shape).map_err(Refusal::Broken)
    }
}

fn holding(shape: Shape) -> Result<Holding, String> {
    let sizes = [shape.keys.len(), shape.headings.len(), shape.words.len()];
    let key = |text: &String| spelling::key(text).ok_or_else(|| format!("“{text}” is no key"));
    let keys: Result<Vec<Key>, String> = shape.keys.iter().map(key).collect();
    let entry = |(i, numbers): (usize, &[i64; NUMBERS])| entry(numbers, sizes).ok_or(format!("figure {i} is none"));
    let entries: Result<Vec<Entry>, String> = shape.figures.iter().enumerate().map(entry).collect();
    let keys = keys?;
    if keys.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err("the keys are not in their order".into());
    }
    let scope = |word: &String| Scope::ALL.iter().copied().find(|scope| scope.word() == word);
    let kind = |word: &String| KINDS.iter().find(|(_, own)| own == word).map(|(kind, _)| *kind);
    let known = |word: &Option<String>, known: bool| match word {
        Some(word) if !known => Err(format!("“{word}” is no scope or kind")),
        _ => Ok(()),
    };
    let (told, stated) = (shape.scope.as_ref().and_then(scope), shape.kind.as_ref().and_then(kind));
    known(&shape.scope, told.is_some())?;
    known(&shape.kind, stated.is_some())?;
    let heading = |[code, concept, title]: [Arc<str>; 3]| Heading { code, concept, title };
    let (place, source, body) = (shape.place, shape.source, shape.body);
    let holding = Holding {
        about: About { id: shape.id, place, source, body, scope: told },
        year: shape.year,
        kind: stated,
        form: shape.form,
        printed_body: shape.printed_body,
        headings: shape.headings.into_iter().map(heading).collect(),
        words: shape.words,
        keys,
        entries: entries?,
        by_key: Vec::new(),
        starts: Vec::new(),
    };
    Ok(holding.ordered())
}

fn numbers(entry: &Entry) -> [i64; NUMBERS] {
    let (printed, decimals, fen) = match entry.printed {
        Printed::Blank => (0, 0, 0),
        Printed::Dash => (1, 0, 0),
        Printed::Nil => (2, 0, 0),
        Printed::Figure(figure) => (3, figure.decimals, figure.amount.0),
    };
    let spot = entry.spot;
    let [x0, y0, x1, y1] = spot.edges.map(i64::from);
    [
        i64::from(entry.key),
        i64::from(entry.heading),
        i64::from(entry.row),
        i64::from(entry.column),
        printed,
        i64::from(decimals),
        fen,
        entry.unit as i64,
        i64::from(entry.decimals),
        entry.proof as i64,
        i64::from(spot.page),
        if spot.paragraph == 0 { i64::from(spot.line) } else { -i64::from(spot.paragraph) },
        x0,
        y0,
        x1,
        y1,
    ]
}

/// The figure that the numbers are; none where one of them is out of its range.
fn entry(numbers: &[i64; NUMBERS], [keys, headings, words]: [usize; 3]) -> Option<Entry> {
    let [key, heading, row, column, printed, own_decimals, fen, unit, decimals, proof, page, line, edges @ ..] =
        *numbers;
    let index = |number: i64, below: usize| u32::try_from(number).ok().filter(|i| (*i as usize) < below);
    let unit = *UNITS.get(usize::try_from(unit).ok()?)?;
    let printed = match printed {
        0 => Printed::Blank,
        1 => Printed::Dash,
        2 => Printed::Nil,
        3 => Printed::Figure(Figure { amount: Amount(fen), unit, decimals: renderable(fen, unit, own_decimals)? }),
        _ => return None,
    };
    let edge = |i: usize| i32::try_from(edges[i]).ok();
    Some(Entry {
        key: index(key, keys)?,
        heading: index(heading, headings)?,
        row: index(row, words)?,
        column: index(column, words)?,
        printed,
        unit,
        decimals: u8::try_from(decimals).ok()?,
        proof: *PROOFS.get(usize::try_from(proof).ok()?)?,
        spot: Spot {
            page: u32::try_from(page).ok()?,
            line: u32::try_from(line.max(0)).ok()?,
            paragraph: u32::try_from(line.checked_neg()?.max(0)).ok()?,
            edges: [edge(0)?, edge(1)?, edge(2)?, edge(3)?],
        },
    })
}

/// The decimals of a number, if all its digits can be shown.
fn renderable(fen: i64, unit: Unit, decimals: i64) -> Option<u8> {
    let decimals = u8::try_from(decimals).ok()?;
    10u128.checked_pow(u32::from(decimals))?.checked_mul(u128::from(fen.unsigned_abs()))?;
    (decimals <= unit.fen_decimals().saturating_add(MAX_EXTRA)).then_some(decimals)
}

/// How many digits below a fen a number may be printed with: no document comes near.
const MAX_EXTRA: u8 = 28;

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{"version":1,"id":"ab","body":null,"printed_body":"馆","scope":null,"place":null,
        "source":null,"year":2024,"kind":"budget","form":null,"headings":[["B01","revenue","表"]],"words":["","行"],
        "keys":["2024/initial/income","2024/initial/expenditure"],
        "figures":[[1,0,1,0,3,2,1050,0,2,0,3,0,100,200,300,400],[0,0,0,0,0,0,0,1,2,1,0,9,0,0,0,0]]}"#;

    #[test]
    fn a_holding_is_read_back_as_it_was_written() {
        let holding = Holding::from_json(SMALL.as_bytes()).unwrap();
        assert_eq!(Holding::from_json(holding.to_json().as_bytes()), Ok(holding.clone()));
        assert_eq!(holding.to_json().matches(char::is_whitespace).count(), 0);
        let first = holding.of_key(&holding.keys[1]).next().unwrap().1;
        assert_eq!(holding.locator(first).words(), "第 3 页，《表》，“行”行");
        assert_eq!(crate::holding::quote(first), "10.50");
    }

    #[test]
    fn another_version_is_refused_with_what_to_do() {
        let later = SMALL.replace("\"version\":1", "\"version\":2,\"more\":[]");
        let refusal = Holding::from_json(later.as_bytes()).unwrap_err();
        assert_eq!(refusal, Refusal::Version(2));
        assert!(refusal.to_string().contains("升级程序"));
    }

    #[test]
    fn what_points_nowhere_is_refused() {
        let broken = [
            ("[[1,0,1", "[[2,0,1"),
            ("[[1,0,1", "[[1,1,1"),
            ("[[1,0,1", "[[1,0,2"),
            ("[[1,0,1", "[[1,0,-1"),
            (",3,2,1050", ",4,2,1050"),
            (",3,2,1050", ",3,31,1050"),
            ("1050,0,2,0", "1050,3,2,0"),
            ("1050,0,2,0", "1050,0,2,3"),
            ("initial/income", "initial/gold"),
            ("\"budget\"", "\"plan\""),
            ("2024/initial/income", "2025/initial/income"),
            ("\"id\"", "\"ids\""),
        ];
        for (from, to) in broken {
            assert!(SMALL.contains(from), "{from}");
            let refused = Holding::from_json(SMALL.replacen(from, to, 1).as_bytes());
            assert!(matches!(refused, Err(Refusal::Broken(_))), "{from} {to}");
        }
    }

    #[test]
    fn a_spoiled_holding_is_refused_or_can_be_shown() {
        let (mut refused, mut shown) = (0, 0);
        for at in 0..SMALL.len() {
            for byte in *b"09-[]\",x" {
                let mut spoiled = SMALL.as_bytes().to_vec();
                spoiled[at] = byte;
                match Holding::from_json(&spoiled) {
                    Ok(holding) => shown += holding.rows().count(),
                    Err(_) => refused += 1,
                }
            }
        }
        assert!(refused > 1_000 && shown > 100, "{refused} {shown}");
        let large = SMALL.replace("1050", &i64::MAX.to_string());
        assert_eq!(Holding::from_json(large.as_bytes()).unwrap().rows().count(), 2);
        let fine = large.replace("[[1,0,1,0,3,2,", "[[1,0,1,0,3,20,");
        assert!(matches!(Holding::from_json(fine.as_bytes()), Err(Refusal::Broken(_))));
    }
}
