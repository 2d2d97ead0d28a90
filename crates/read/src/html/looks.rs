//! How elements look, as far as it decides what is read: which begin a line of their own, and which are not seen.
//!
//! Styles count where they stand on an element itself. What a style sheet hides is read as if it were seen: whether
//! it applies, only a browser knows, and text too much does less harm than text that is lost.

use super::tree::Element;

/// Elements that begin and end a line of running text.
const BLOCKS: [&str; 48] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "textarea",
    "tr",
    "ul",
];

/// Elements whose text is for programs, or for browsers that cannot show what they are.
const UNSEEN: [&str; 18] = [
    "script", "style", "template", "noscript", "head", "title", "xml", "noframes", "noembed", "object", "iframe",
    "audio", "video", "canvas", "datalist", "rp", "desc", "metadata",
];

/// How an element is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    /// Within a line.
    Inline,
    /// On lines of its own.
    Block,
    /// Not at all, and nobody would miss it.
    Unseen,
    /// Not at all, though it has text that might be meant for people.
    Hidden,
}

/// How an element looks.
pub(super) fn look(element: &Element) -> Look {
    let name = element.name();
    if UNSEEN.contains(&name) {
        return Look::Unseen;
    }
    let is_closed = name == "dialog" && element.attribute("open").is_none();
    let is_hidden = element.attribute("hidden").is_some_and(|until| !until.eq_ignore_ascii_case("until-found"));
    if is_closed || is_hidden || hides(element.attribute("style").unwrap_or_default()) {
        Look::Hidden
    } else if BLOCKS.contains(&name) {
        Look::Block
    } else {
        Look::Inline
    }
}

/// True for a style that takes an element out of sight: by the standard, or by the word of word processors.
fn hides(style: &str) -> bool {
    declarations(style).any(|(property, value)| {
        matches!(
            (property.as_str(), value.as_str()),
            ("display", "none") | ("visibility", "hidden" | "collapse") | ("mso-hide", "all")
        )
    })
}

/// The kind of numbers that a style gives the items of a list.
pub(super) fn list_style(element: &Element) -> Option<String> {
    let style = element.attribute("style").unwrap_or_default();
    let is_list = |property: &str| property == "list-style" || property == "list-style-type";
    declarations(style).filter(|(property, _)| is_list(property)).map(|(_, value)| value).last()
}

fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim();
        Some((property.trim().to_ascii_lowercase(), value.to_ascii_lowercase()))
    })
}

/// True for a character that takes no room: marks of direction and of places where a line may break.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}') || c == '\0'
}

/// True for characters as wide as high, between which the end of a line of the source is no space.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// The number of an item as the list prints it; nothing for a list without numbers.
pub(super) fn marker(kind: &str, number: i64) -> Option<String> {
    let words = match kind {
        "none" | "disc" | "circle" | "square" => return None,
        "a" | "lower-alpha" | "lower-latin" => letters(number, b'a')?,
        "A" | "upper-alpha" | "upper-latin" => letters(number, b'A')?,
        "i" | "lower-roman" => roman(number)?.to_lowercase(),
        "I" | "upper-roman" => roman(number)?,
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" | "cjk-decimal" => {
            return chinese(number).map(|words| format!("{words}、"));
        }
        _ => number.to_string(),
    };
    Some(format!("{words}."))
}

fn letters(number: i64, first: u8) -> Option<String> {
    let mut rest = usize::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(first + (rest % 26) as u8);
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(number: i64) -> Option<String> {
    const PARTS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut words = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            words.push_str(letters);
            rest -= value;
        }
    }
    Some(words)
}

fn chinese(number: i64) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number = usize::try_from(number).ok().filter(|number| (1..100).contains(number))?;
    let (tens, ones) = (number / 10, number % 10);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    Some(tens + DIGITS[ones])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_whatever_their_case_and_spacing() {
        for style in ["display:none", "color:red; DISPLAY : None ;", "mso-hide:all", "visibility:hidden!important"] {
            assert!(hides(style), "{style}");
        }
        for style in ["", "display:block", "mso-hide:none", "content:'display:none'x", "border-style:hidden"] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn items_are_numbered_as_browsers_do() {
        let known = [
            ("1", 3, "3."),
            ("a", 28, "ab."),
            ("upper-roman", 14, "XIV."),
            ("cjk-ideographic", 21, "二十一、"),
            ("decimal", -1, "-1."),
        ];
        for (kind, number, printed) in known {
            assert_eq!(marker(kind, number).as_deref(), Some(printed));
        }
        assert_eq!(marker("none", 1), None);
    }
}
