//! What a page shows on the screen and leaves out on paper, by the style sheet that it carries.
//!
//! A disclosure is what is printed of it. A page may have more around it: ways to skip, evidence behind the numbers,
//! buttons. Where its own rules for print hide such a part by its class or name, that is the page's word for it. Other
//! rules of style sheets are not followed.

use super::tree::{Content, Element, ROOT, Tree};
use std::collections::BTreeSet;

/// Selectors of one class or one name, as `.aside` and `#sources`.
#[derive(Debug, Default)]
pub(super) struct Unprinted {
    selectors: BTreeSet<String>,
}

impl Unprinted {
    /// What the style sheets in a page say.
    pub(super) fn of(tree: &Tree) -> Unprinted {
        let mut unprinted = Unprinted::default();
        let mut is_print = None;
        tree.each(ROOT, |content| {
            match content {
                Content::Element(element) if element.name() == "style" => {
                    is_print = Some(element.attribute("media").is_some_and(|media| media.trim() == "print"));
                }
                Content::Element(_) => is_print = None,
                Content::Text(text) => match is_print.take() {
                    Some(true) => unprinted.rules(&without_comments(text)),
                    Some(false) => unprinted.sheet(&without_comments(text)),
                    None => {}
                },
                Content::Nothing => {}
            }
            true
        });
        unprinted
    }

    /// True for an element that is left out on paper.
    pub(super) fn has(&self, element: &Element) -> bool {
        if self.selectors.is_empty() {
            return false;
        }
        let classes = element.attribute("class").unwrap_or_default().split_whitespace();
        let id = element.attribute("id").map(|id| format!("#{id}"));
        classes.map(|class| format!(".{class}")).chain(id).any(|selector| self.selectors.contains(&selector))
    }

    fn sheet(&mut self, sheet: &str) {
        for (prelude, body) in blocks(sheet) {
            let media = prelude.trim().to_ascii_lowercase();
            if media.strip_prefix("@media").is_some_and(|media| media.trim() == "print") {
                self.rules(body);
            }
        }
    }

    fn rules(&mut self, rules: &str) {
        for (selectors, body) in blocks(rules) {
            let hides = body.split(';').any(|declaration| {
                declaration.split_once(':').is_some_and(|(property, value)| {
                    property.trim().eq_ignore_ascii_case("display") && value.trim().starts_with("none")
                })
            });
            if hides {
                let simple = selectors.split(',').map(str::trim).filter(|selector| is_simple(selector));
                self.selectors.extend(simple.map(str::to_owned));
            }
        }
    }
}

fn is_simple(selector: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    selector.strip_prefix(['.', '#']).is_some_and(|name| !name.is_empty() && name.chars().all(is_part))
}

/// What stands before each pair of braces, and what stands in it.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let (mut start, mut open, mut depth) = (0, 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => {
                open = if depth == 0 { at } else { open };
                depth += 1;
            }
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    blocks.push((&text[start..open], &text[open + 1..at]));
                    start = at + 1;
                }
            }
            // An order without braces, as of an import.
            ';' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    blocks
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rules_for_print_count_and_only_plain_selectors() {
        let tree = Tree::of(
            "<style>@import 'x'; .a { display: none } /* .b */ @media print { body { color: red } .c, #d, p .e, * \
             { display: none; } .f { display: block } } @media screen { .g { display: none } }</style>
             <style media=print>.h{display:none!important}</style>",
        );
        let selectors: Vec<String> = Unprinted::of(&tree).selectors.into_iter().collect();
        assert_eq!(selectors, ["#d", ".c", ".h"]);
    }
}
