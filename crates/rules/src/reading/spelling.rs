//! How near-misses of fixed terms are found: one character left out, put in, turned round, or written as one
//! that looks or sounds alike.
//!
//! A word that is itself a known term is never a miss of another; neither is one that differs at its ends, for
//! there the sentence may simply go on otherwise.

use crate::text::is_han;
use foldhash::{HashMap, HashMapExt};
use mingzhang_standard::{codes, wording};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The shortest terms that each kind of slip is looked for in, in characters. The shorter a term, the more words
/// are like it by chance; and names of codes are made of common words.
struct Shortest {
    turned: usize,
    alike: usize,
    put_in: usize,
    left_out: usize,
}

const OF_FIXED: Shortest = Shortest { turned: 4, alike: 4, put_in: 6, left_out: 7 };
const OF_CODES: Shortest = Shortest { turned: 6, alike: 6, put_in: 8, left_out: 9 };

/// Characters that a sentence may put between the words of a term, or leave out there.
const LOOSE: &str = "的与和及等了之类其按各总性化全本所有为或";

/// The characters of a term, whether it is the name of a code only, and whether that is the usual name.
struct Term {
    chars: Vec<char>,
    code: bool,
    usual: bool,
}

/// The terms by their first two characters.
type Index = HashMap<[char; 2], Vec<Term>>;

/// The fixed terms and every name of a code.
static TERMS: LazyLock<Index> = LazyLock::new(|| {
    let mut names: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for (name, usual) in codes::names() {
        names.entry(name).or_insert((true, false)).1 |= usual;
    }
    names.extend(wording::fixed().iter().map(|term| (*term, (false, true))));
    let mut index: Index = HashMap::new();
    for (name, (code, usual)) in names {
        let chars: Vec<char> = name.chars().collect();
        if chars.len() >= OF_FIXED.turned && chars.iter().all(|c| is_han(*c) || *c == '、') {
            index.entry([chars[0], chars[1]]).or_default().push(Term { chars, code, usual });
        }
    }
    index
});

/// A near-miss: its bytes, and the term that was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Miss {
    pub(crate) bytes: Range<usize>,
    pub(crate) term: String,
}

/// The near-misses of a text.
pub(crate) fn misses(text: &str) -> Vec<Miss> {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let chars: Vec<char> = places.iter().map(|(_, c)| *c).collect();
    let begun: Vec<&[Term]> =
        chars.windows(2).map(|pair| TERMS.get(&[pair[0], pair[1]]).map_or(&[][..], Vec::as_slice)).collect();
    // What is a known term as it stands.
    let mut known: Vec<Range<usize>> = Vec::new();
    for (i, terms) in begun.iter().enumerate() {
        let stands = terms.iter().filter(|term| chars[i..].starts_with(&term.chars));
        known.extend(stands.map(|term| i..i + term.chars.len()).max_by_key(ExactSizeIterator::len));
    }
    let mut found: Vec<Miss> = Vec::new();
    let byte = |i: usize| places.get(i).map_or(text.len(), |(at, _)| *at);
    for (i, terms) in begun.iter().enumerate() {
        let usual = terms.iter().filter(|term| term.usual);
        let miss = usual.filter_map(|term| Some((slip(&chars[i..], term)?, term)));
        // The longest term that was nearly written is the one that was meant.
        let Some((slip, term)) = miss.max_by_key(|(_, term)| term.chars.len()) else { continue };
        let (from, to) = (i + slip.changed.start, i + slip.changed.end);
        let stands = known.iter().any(|range| range.start < to && from < range.end && range.len() > 1);
        let again = found.last().is_some_and(|last| last.bytes.end > byte(i));
        if !stands && !again {
            let term = term.chars.iter().collect();
            found.push(Miss { bytes: byte(i)..byte(i + slip.length), term });
        }
    }
    found
}

/// True for a name without one of its characters, other than the first two and the last: a name is written in one
/// way only, so here 和 counts too, and so does the last but one.
fn lacks_one(chars: &[char], name: &[char]) -> bool {
    let shorter = name.len() - 1;
    let without = |i: usize| name[..i].iter().chain(&name[i + 1..]);
    let stands = chars.starts_with(name);
    !stands && chars.len() >= shorter && (2..shorter).any(|i| without(i).eq(&chars[..shorter]))
}

/// Near-misses of a name: its slips, however short the words around. Where the name itself stands there is none.
pub(crate) fn misses_of(text: &str, name: &str) -> Vec<Range<usize>> {
    let term: Vec<char> = name.chars().collect();
    let begins: String = term.iter().take(2).collect();
    let near = |(at, _): (usize, &str)| {
        let chars: Vec<char> = text[at..].chars().take(term.len() + 1).collect();
        let joint = |c: char| matches!(c, '和' | '与' | '及');
        let joined = chars.len() >= term.len()
            && chars.iter().zip(&term).filter(|(one, other)| one != other).count() == 1
            && chars.iter().zip(&term).all(|(one, other)| one == other || joint(*one) && joint(*other));
        let length = match joined {
            true => term.len(),
            false if lacks_one(&chars, &term) => term.len() - 1,
            false => slip(&chars, &Term { chars: term.clone(), code: false, usual: true })?.length,
        };
        Some(at..at + chars[..length].iter().map(|c| c.len_utf8()).sum::<usize>())
    };
    text.match_indices(begins.as_str()).filter_map(near).collect()
}

/// How a text differs from a term: the characters of the text that it takes, and those among them that were
/// changed, with their neighbours where one was left out.
struct Slip {
    length: usize,
    changed: Range<usize>,
}

/// The one slip by which the text began to write the term.
fn slip(text: &[char], term: &Term) -> Option<Slip> {
    let (shortest, term) = (if term.code { OF_CODES } else { OF_FIXED }, &term.chars);
    let length = term.len();
    let same = text.iter().zip(term).take_while(|(one, other)| one == other).count();
    let rest = &term[same.min(length)..];
    // Two characters on each side hold the slip.
    if same < 2 || rest.len() < 2 || text.len() <= same {
        return None;
    }
    let behind = &text[same..];
    let is_loose = |c: char| LOOSE.contains(c);
    if length >= shortest.turned && behind.len() > 1 && behind[0] == rest[1] && behind[1] == rest[0] {
        return behind[2..].starts_with(&rest[2..]).then_some(Slip { length, changed: same..same + 2 });
    }
    if length >= shortest.alike && wording::alike(behind[0], rest[0]) && behind[1..].starts_with(&rest[1..]) {
        return Some(Slip { length, changed: same..same + 1 });
    }
    let put_in = is_han(behind[0]) && !is_loose(behind[0]) && behind[1..].starts_with(rest);
    if length >= shortest.put_in && put_in {
        return Some(Slip { length: length + 1, changed: same..same + 1 });
    }
    let left_out = rest.len() > 2 && !is_loose(rest[0]) && behind.starts_with(&rest[1..]);
    (length >= shortest.left_out && left_out).then_some(Slip { length: length - 1, changed: same - 1..same + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, String)> {
        misses(text).into_iter().map(|miss| (text[miss.bytes].to_string(), miss.term)).collect()
    }

    #[test]
    fn one_slip_in_a_fixed_term_is_seen() {
        let one = |wrong: &str, right: &str| {
            assert_eq!(of(&format!("我们{wrong}。")), [(wrong.to_string(), right.to_string())]);
        };
        one("社会主义核价值观", "社会主义核心价值观");
        one("财政转专户管理资金", "财政专户管理资金");
        one("一般共公预算", "一般公共预算");
        one("一般公共预财政拨款", "一般公共预算财政拨款");
        one("社区事物受理", "社区事务受理");
    }

    #[test]
    fn the_term_itself_and_other_terms_are_none() {
        assert!(of("一般公共预算财政拨款").is_empty());
        assert!(of("城乡社区管理事务、城乡社区公共设施").is_empty());
        assert!(of("政府性基金预算支出和国有资本经营预算支出").is_empty());
    }
}
