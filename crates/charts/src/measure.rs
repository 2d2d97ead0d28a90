//! [`Words`]: how wide a text is, without a font. The page's own font is not known here, so the estimate is that of
//! common Chinese fonts, on the wide side: what is said to fit does.

/// A text in a size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    size: f64,
}

const ELLIPSIS: char = '…';

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a str, size: f64) -> Words<'a> {
        Words { text, size }
    }

    /// Its width.
    pub(crate) fn width(self) -> f64 {
        self.text.chars().map(em).sum::<f64>() * self.size
    }

    /// The text, cut short with … where it is wider; nothing where not even two characters would be left.
    pub(crate) fn cut(self, width: f64) -> String {
        if self.width() <= width {
            return self.text.to_owned();
        }
        let mut left = width / self.size - em(ELLIPSIS);
        let kept = self.text.chars().take_while(|c| {
            left -= em(*c);
            left >= 0.0
        });
        let kept: String = kept.collect();
        if kept.chars().count() < 2 { String::new() } else { format!("{kept}{ELLIPSIS}") }
    }

    /// The text in lines of a width, at most so many and about equally long; none where it needs more.
    pub(crate) fn lines(self, width: f64, most: usize) -> Option<Vec<String>> {
        let lines = self.broken(width);
        let fits = |lines: &[String]| lines.iter().all(|line| Words::of(line, self.size).width() <= width);
        if lines.len() > most || !fits(&lines) {
            return None;
        }
        // One character alone on the last line looks like a mistake: narrower lines, but as many.
        let even = self.width() / lines.len() as f64;
        let narrower = [0.0, 0.5, 1.0].map(|more| self.broken((even + more * self.size).min(width)));
        Some(narrower.into_iter().find(|narrow| narrow.len() == lines.len()).unwrap_or(lines))
    }

    /// The text in as many lines as it needs.
    fn broken(self, width: f64) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        let (mut used, room) = (0.0, width / self.size);
        for c in self.text.chars() {
            if used + em(c) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            used += em(c);
            line.push(c);
        }
        lines.push(line);
        lines
    }
}

/// The width of a character in units of the size.
fn em(c: char) -> f64 {
    match c {
        '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'l' | 'j' | '!' | ' ' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.72,
        '\u{21}'..='\u{7e}' => 0.6,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_cut_or_left_out() {
        let words = Words::of("社会保障和就业支出", 10.0);
        assert!((words.width() - 90.0).abs() < 1e-9);
        assert_eq!((words.cut(90.0), words.cut(60.0)), ("社会保障和就业支出".into(), "社会保障和…".into()));
        assert_eq!(words.cut(25.0), "");
    }

    #[test]
    fn text_breaks_into_lines_that_fit_or_not_at_all() {
        let words = Words::of("社会保障和就业支出", 10.0);
        assert_eq!(words.lines(50.0, 2), Some(vec!["社会保障和".into(), "就业支出".into()]));
        assert_eq!(words.lines(80.0, 4), Some(vec!["社会保障和".into(), "就业支出".into()]), "not 出 alone");
        assert_eq!((words.lines(40.0, 2), words.lines(5.0, 20)), (None, None));
    }
}
