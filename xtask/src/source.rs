//! Rust source, split into what is code and what is comment, line by line.
//!
//! A small lexer and no parser: it knows comments, strings and characters well enough that a word in a message is
//! never taken for code. What it hides it replaces with spaces, so lines and columns stay where they were.

use std::ops::Range;

/// A source file in two layers of equal shape.
pub struct Layers {
    /// The code, without comments and without what stands inside strings and characters.
    pub code: String,
    /// The comments alone.
    pub comments: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Literal,
}

/// Splits a source file.
pub fn layers(text: &str) -> Layers {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = vec![Part::Code; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let joined = at > 0 && is_word(chars[at - 1]);
        let (part, length) = match rest {
            ['/', '/', ..] => (Part::Comment, rest.iter().position(|&c| c == '\n').unwrap_or(rest.len())),
            ['/', '*', ..] => (Part::Comment, block_comment(rest)),
            ['"', ..] => (Part::Literal, string(rest)),
            ['r', ..] if !joined && raw_string(rest).is_some() => (Part::Literal, raw_string(rest).unwrap_or(1)),
            ['b', 'r', ..] if !joined && raw_string(&rest[1..]).is_some() => (Part::Code, 1),
            ['\'', '\\', ..] => (Part::Literal, rest[2..].iter().skip(1).position(|&c| c == '\'').map_or(2, |i| i + 4)),
            ['\'', _, '\'', ..] => (Part::Literal, 3),
            [c, ..] if is_word(*c) => (Part::Code, rest.iter().position(|&c| !is_word(c)).unwrap_or(rest.len())),
            _ => (Part::Code, 1),
        };
        // A word that ends in `r` or `b` must not swallow the quote after it, and a raw string begins with a word.
        let end = (at + length.max(1)).min(chars.len());
        parts[at..end].fill(part);
        at = end;
    }
    let layer = |wanted: Part| -> String {
        let keep = |(&c, &part): (&char, &Part)| if part == wanted || c == '\n' { c } else { ' ' };
        chars.iter().zip(&parts).map(keep).collect()
    };
    Layers { code: layer(Part::Code), comments: layer(Part::Comment) }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
    let open = 1 + hashes;
    if rest.get(open) != Some(&'"') {
        return None;
    }
    let closes = |at: &usize| rest[*at] == '"' && rest[at + 1..].iter().take_while(|&&c| c == '#').count() >= hashes;
    Some((open + 1..rest.len()).find(closes).map_or(rest.len(), |at| at + 1 + hashes))
}

/// The byte offsets where a word stands in code, not as a part of a longer word.
pub fn words<'t>(code: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = code[..at].chars().next_back().is_some_and(is_word);
        let after = code[at + word.len()..].chars().next().is_some_and(is_word);
        let open = |edge: Option<char>| edge.is_some_and(is_word);
        !(before && open(word.chars().next()) || after && open(word.chars().next_back()))
    })
}

/// The line of a byte offset, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// From a byte offset to the end of the block or statement that begins there: past its first `;`, or past the
/// bracket that closes its first `{`.
pub fn item(code: &str, from: usize) -> Range<usize> {
    let mut depth = 0;
    for (i, c) in code[from..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth <= 0 && matches!(c, ';' | '}') {
            return from..from + i + 1;
        }
    }
    from..code.len()
}

/// The code without the items that are compiled for tests only.
pub fn without_tests(code: &str) -> String {
    const GATE: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut at = 0;
    while let Some(found) = code[at..].find(GATE).map(|i| at + i) {
        kept.push_str(&code[at..found]);
        let hidden = item(code, found + GATE.len());
        kept.extend(code[found..hidden.end].chars().filter(|&c| c == '\n'));
        at = hidden.end;
    }
    kept.push_str(&code[at..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_strings_and_comments_are_no_code() {
        let text = [
            r#"let a = "fs // \" no"; // fs"#,
            r##"let r#fn = r#"fs " fs"#; /* fs /* fs */ fs */ let c = '"'; fs"##,
            r#"b"fs"; br"fs"; '\''; x::<'a>(fs)"#,
        ];
        let text = text.join("\n");
        let layers = layers(&text);
        let code: Vec<usize> = words(&layers.code, "fs").map(|at| line_of(&layers.code, at)).collect();
        assert_eq!(code, [2, 3]);
        assert_eq!(words(&layers.comments, "fs").count(), 4);
        assert_eq!(layers.code.lines().count(), 3);
    }

    #[test]
    fn a_word_is_whole() {
        assert_eq!(words("fs fsx xfs fs_ (fs)", "fs").collect::<Vec<_>>(), [0, 16]);
        assert_eq!(words("println! eprintln!", "println!").collect::<Vec<_>>(), [0]);
        assert_eq!(words("std::fs::File std::fsx", "std::fs").collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn tests_are_cut_out_and_lines_stay() {
        let code = "a\n#[cfg(test)]\nmod tests {\n fn b() { c[1;2] }\n}\nd\n#[cfg(test)]\n#[path = \"\"]\nmod t;\ne";
        let kept = without_tests(code);
        assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), ["a", "d", "e"]);
        assert_eq!(kept.lines().count(), code.lines().count());
    }
}
