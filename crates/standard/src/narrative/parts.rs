//! What several narratives share: `@use file/name` stands for the lines of a part, `$word` for what `@let word=…` says.

use std::collections::BTreeMap;

/// A line with the words by which a fault in it is found.
pub(super) struct Line {
    pub(super) place: String,
    pub(super) text: String,
}

/// The lines of a narrative, its parts put in and its words filled in; comments and empty lines left out.
pub(super) fn expanded(text: &str, files: &[(&str, &str)]) -> Result<Vec<Line>, String> {
    let parts = parts(files)?;
    let mut words: Vec<(&str, &str)> = Vec::new();
    let mut lines = Vec::new();
    for (number, line) in numbered(text) {
        let place = format!("line {number}");
        if let Some(pair) = line.strip_prefix("@let ") {
            words.push(pair.split_once('=').ok_or_else(|| format!("{place}: “{line}” is no WORD=…"))?);
        } else if let Some(name) = line.strip_prefix("@use ") {
            let (file, part) = parts.get(name).ok_or_else(|| format!("{place}: there is no part “{name}”"))?;
            for (number, line) in part {
                lines.push(filled(&words, format!("{file}.parts line {number}"), line)?);
            }
        } else {
            lines.push(filled(&words, place, line)?);
        }
    }
    Ok(lines)
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with(';'))
}

/// A part: the file that it stands in, and its lines with their numbers.
type Part<'a> = (&'a str, Vec<(usize, &'a str)>);

fn parts<'a>(files: &[(&'a str, &'a str)]) -> Result<BTreeMap<String, Part<'a>>, String> {
    let mut parts = BTreeMap::new();
    for (file, text) in files {
        let mut open: Option<(&str, Vec<(usize, &str)>)> = None;
        for (number, line) in numbered(text) {
            match (line.strip_prefix("@part "), &mut open) {
                (Some(name), None) => open = Some((name, Vec::new())),
                (None, Some(_)) if line == "@endpart" => {
                    parts.extend(open.take().map(|(name, lines)| (format!("{file}/{name}"), (*file, lines))));
                }
                (None, Some((_, lines))) => lines.push((number, line)),
                _ => return Err(format!("{file}.parts line {number}: “{line}” stands in no part")),
            }
        }
    }
    Ok(parts)
}

fn filled(words: &[(&str, &str)], place: String, line: &str) -> Result<Line, String> {
    let mut text = line.to_owned();
    for (word, said) in words {
        text = text.replace(&format!("${word}"), said);
    }
    match text.find('$') {
        Some(at) => {
            Err(format!("{place}: “{}” is a word that nothing says", &text[at..].chars().take(12).collect::<String>()))
        }
        None => Ok(Line { place, text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_in_and_words_filled_in() {
        let files = [("shared", "@part a\n; note\n由$who负责\n@endpart")];
        let lines = expanded("@let who=本级\n@use shared/a\n$who。", &files).unwrap();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["由本级负责", "本级。"]);
        assert_eq!(lines[0].place, "shared.parts line 3");
        assert!(expanded("@use shared/b", &files).is_err() && expanded("$whose", &files).is_err());
        assert!(expanded("一", &[("shared", "一")]).is_err());
    }
}
