//! CM027: the pages can be searched. A page of pictures without a character cannot be checked.

use super::Verdicts;
use mingzhang_model::document::{Document, Format, NoteKind};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, _: &Facts) -> Outcome {
    if document.format != Format::Pdf {
        return Outcome::NotApplicable("不是 PDF".into());
    }
    let mut verdicts = Verdicts::of("CM027");
    let is_scan = |kind| matches!(kind, NoteKind::NoTextLayer | NoteKind::Recognised);
    let scanned: Vec<_> = document.notes.iter().filter(|note| is_scan(note.kind)).collect();
    let unread = scanned.iter().any(|note| note.kind == NoteKind::NoTextLayer);
    let readable =
        document.pages.iter().filter(|page| page.characters > 0 && !document.is_recognised(page.number)).count();
    (0..readable).for_each(|_| verdicts.pass());
    if let Some(first) = scanned.first() {
        let pages: Vec<String> =
            scanned.iter().filter_map(|note| note.place.page).map(|page| page.to_string()).collect();
        // A document of which nothing can be read is no mere matter of format.
        let severity = if readable == 0 { Severity::Warning } else { Severity::Note };
        let checked = if unread { "其内容未能检查" } else { "其内容按图片识别的文字检查" };
        let message = format!("第 {} 页是图片，没有可检索的文字，{checked}；应公开可检索的文本", run(&pages));
        let location = Locator { place: first.place, ..Locator::default() };
        verdicts.fail_as(severity, location, "pages", message);
    }
    verdicts.outcome("没有页面")
}

/// 1、2、3, or the first few of many.
fn run(pages: &[String]) -> String {
    const MOST: usize = 10;
    match pages.len() {
        n if n > MOST => format!("{}…（共 {n} 页）", pages[..MOST].join("、")),
        _ => pages.join("、"),
    }
}
