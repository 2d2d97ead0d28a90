//! Patterns of paths: `*` is any part of a name, `**` any part of a path, `?` one character of a name.
//!
//! A pattern matches from the beginning of the path or from any folder on, so that `财政局.pdf` is that file
//! wherever it lies and `2025/**` everything in a folder 2025.

/// True when the pattern matches the path.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let path: Vec<char> = path.replace('\\', "/").chars().collect();
    let pattern: Vec<char> = pattern.replace('\\', "/").chars().collect();
    let starts = (0..path.len()).filter(|&i| i == 0 || path[i - 1] == '/');
    starts.map(|i| &path[i..]).any(|rest| matches_whole(&pattern, rest))
}

/// Follows the pattern along the path, keeping every position of the pattern that is still possible: time
/// grows with the product of the two lengths, whatever the pattern.
fn matches_whole(pattern: &[char], path: &[char]) -> bool {
    let mut alive = vec![false; pattern.len() + 1];
    alive[0] = true;
    skip_stars(pattern, &mut alive);
    for &c in path {
        let mut next = vec![false; pattern.len() + 1];
        for (i, wanted) in pattern.iter().enumerate().filter(|(i, _)| alive[*i]) {
            let doubled = pattern.get(i + 1) == Some(&'*') || i > 0 && pattern[i - 1] == '*';
            match wanted {
                '*' if c != '/' || doubled => next[i] = true,
                '*' => {}
                '?' => next[i + 1] = c != '/',
                _ => next[i + 1] |= *wanted == c,
            }
        }
        skip_stars(pattern, &mut next);
        alive = next;
    }
    alive[pattern.len()]
}

/// A star may stand for nothing.
fn skip_stars(pattern: &[char], alive: &mut [bool]) {
    for (i, c) in pattern.iter().enumerate() {
        if *c == '*' && alive[i] {
            alive[i + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_from_any_folder_on() {
        let path = "data/2025/普陀区/财政局.pdf";
        for pattern in ["财政局.pdf", "*.pdf", "普陀区/*.pdf", "2025/**", "data/**/*.pdf", "**", "财政?.pdf", path]
        {
            assert!(matches(pattern, path), "{pattern}");
        }
        for pattern in ["政局.pdf", "*.txt", "2025/*.pdf", "财政?pdf", "普陀区", "", "data/*"] {
            assert!(!matches(pattern, path), "{pattern}");
        }
        assert!(matches(r"2025\*.pdf", r"C:\data\2025\a.pdf"));
    }

    #[test]
    fn many_stars_do_not_take_forever() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(199)));
    }
}
