//! The page of a rule as HTML: headings, paragraphs, lists, and words set as code. Its examples stay out: they
//! are whole tables, and the finding is an example already.

use mingzhang_model::rule::Rule;

use super::super::markup::escaped;

/// The page without its title and its examples, with headings of this tag.
pub(crate) fn html(rule: &Rule, heading_tag: &str) -> String {
    let (mut html, mut list, mut fenced) = (String::new(), false, false);
    let mut paragraph = String::new();
    for line in rule.page.lines().skip_while(|line| line.trim().is_empty() || line.starts_with("# ")) {
        let line = line.trim_end();
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let is_example = line.starts_with("## 例");
        if is_example {
            break;
        }
        if fenced || line.starts_with("```") {
            continue;
        }
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        if item.is_some() || line.is_empty() || line.starts_with('#') {
            end_paragraph(&mut html, &mut paragraph);
        }
        if list && item.is_none() && !line.starts_with(' ') {
            html.push_str("</ul>");
            list = false;
        }
        match (item, line.strip_prefix("## ").or_else(|| line.strip_prefix("### "))) {
            (Some(item), _) => {
                html.push_str(if list { "<li>" } else { "<ul><li>" });
                html.push_str(&format!("{}</li>", inline(item)));
                list = true;
            }
            (None, Some(heading)) => html.push_str(&format!("<{heading_tag}>{}</{heading_tag}>", inline(heading))),
            (None, None) => paragraph.push_str(line.trim()),
        }
    }
    end_paragraph(&mut html, &mut paragraph);
    if list {
        html.push_str("</ul>");
    }
    html
}

/// Chinese paragraphs are broken over lines without a space.
fn end_paragraph(html: &mut String, paragraph: &mut String) {
    if !paragraph.is_empty() {
        html.push_str(&format!("<p>{}</p>", inline(paragraph)));
        paragraph.clear();
    }
}

/// Words between backquotes are code; the rest is text.
fn inline(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let is_code = |i: usize| i % 2 == 1 && i + 1 < pieces.len();
    let piece = |(i, piece): (usize, &&str)| match (is_code(i), i % 2 == 1) {
        (true, _) => format!("<code>{}</code>", escaped(piece)),
        (false, true) => format!("`{}", escaped(piece)),
        (false, false) => escaped(piece),
    };
    pieces.iter().enumerate().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_set_without_its_examples() {
        let mut rule = mingzhang_rules::registry()[0].clone();
        rule.page =
            "# 题\n\n## 查什么\n\n一行\n又一行 `a<b`\n\n- 甲\n- 乙\n\n```text\nx\n```\n末`尾\n\n## 例：正确\n\n无\n"
                .into();
        let expected =
            "<h5>查什么</h5><p>一行又一行 <code>a&lt;b</code></p><ul><li>甲</li><li>乙</li></ul><p>末`尾</p>";
        assert_eq!(html(&rule, "h5"), expected);
    }

    #[test]
    fn every_page_is_balanced() {
        for rule in mingzhang_rules::registry() {
            let html = html(rule, "h5");
            for tag in ["p", "ul", "li", "h5", "code"] {
                let count = |mark: String| html.matches(&mark).count();
                assert_eq!(count(format!("<{tag}>")), count(format!("</{tag}>")), "{} {tag}", rule.code);
            }
        }
    }
}
