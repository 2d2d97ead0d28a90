//! A number on a page: in 万元, a link to the place that prints it, with what contradicts it beside it.

use maud::{Markup, html};
use mingzhang_catalogue::{Amount, Derived, Period, Row, Source};
use mingzhang_charts::Datum;
use mingzhang_model::amount::{self, Unit};
use mingzhang_model::key::Stage;
use mingzhang_model::set::Member;

use crate::messages::Lang;

/// Where a number is printed: the document, open at its page, the number marked.
pub(super) fn place(source: &Source) -> String {
    let page = source.page.map_or_else(String::new, |page| format!("page={page}&"));
    format!("/read/documents/{}?{page}figure={}#here", source.document, source.figure)
}

/// An amount in 万元 with two decimals.
pub(super) fn wan(fen: i64) -> String {
    amount::render(amount::Amount(fen), Unit::WanYuan, 2, true)
}

/// Yuan of the catalogue, in 万元 with two decimals; as it is where it is no amount.
pub(super) fn wan_of(yuan: &str) -> String {
    let (sign, digits) = yuan.strip_prefix('-').map_or((1, yuan), |digits| (-1, digits));
    let fen = digits.replace('.', "").parse::<i64>().ok().filter(|_| digits.contains('.'));
    fen.map_or_else(|| yuan.to_owned(), |fen| wan(sign * fen))
}

/// A cell of a table: the amount with what contradicts it, and its share or rate under it.
pub(super) fn cell(lang: Lang, amount: Option<&Amount>, share: Option<&Derived>) -> Markup {
    html! {
        td.n {
            (linked(lang, amount))
            @if let Some(share) = share.filter(|_| amount.is_some_and(|amount| amount.fen != 0)) { " " (rate(share)) }
        }
    }
}

/// The amount as a link to where it is printed.
pub(super) fn linked(lang: Lang, amount: Option<&Amount>) -> Markup {
    let Some(amount) = amount else {
        return html! { span.muted title=(lang.of("文件中没有印出", "No document prints it")) { "—" } };
    };
    html! {
        (one(lang, amount.blank, &amount.yuan, amount.sources.first()))
        @if amount.sources.iter().any(|source| source.proof == "contradicted") && amount.contradicted.is_empty() {
            span.doubt title=(lang.of("与文件中别处的数不符", "Does not agree with other numbers of the document")) { "※" }
        }
        @for other in &amount.contradicted {
            span.other {
                span.doubt { (lang.of("另印", "also printed")) } " "
                (one(lang, other.blank, &other.yuan, other.sources.first()))
            }
        }
    }
}

fn one(lang: Lang, is_blank: bool, yuan: &str, source: Option<&Source>) -> Markup {
    let shown = if is_blank { lang.of("空", "blank").to_owned() } else { wan_of(yuan) };
    let class = if is_blank || yuan == "0.00" { "amount zero" } else { "amount" };
    html! {
        @match source {
            Some(source) => a class=(class)
            href=(place(source)) title=(format!("{yuan} {}\u{a0}· {}", lang.of("元", "yuan"), source.words)) { (shown) },
            None => (shown),
        }
    }
}

/// A number that was computed, with what it was computed from.
pub(super) fn rate(derived: &Derived) -> Markup {
    let from: Vec<&str> = derived.from.iter().map(|operand| operand.yuan.as_str()).collect();
    html! { span.share title=(format!("{} = {}", from.join(" / "), derived.exact)) { (derived.value) } }
}

/// The amount for a chart.
pub(super) fn datum(amount: &Amount) -> Datum {
    let source = amount.source();
    let doubt = amount.contradicted.first().map(|other| format!("另印 {} 元", other.yuan));
    let words: Vec<String> = source.map(|source| source.words.clone()).into_iter().chain(doubt).collect();
    Datum {
        value: amount::Amount(amount.fen),
        href: source.map(place),
        note: (!words.is_empty()).then(|| words.join("；")),
    }
}

/// The amount for a chart, where a number is printed.
pub(super) fn stated(amount: Option<&Amount>) -> Option<Datum> {
    amount.filter(|amount| !amount.blank).map(datum)
}

/// 2024 年决算
pub(super) fn period(lang: Lang, period: Period) -> String {
    match lang {
        // 2024 年年初预算 would stumble.
        Lang::Zh if period.stage == Stage::Initial => format!("{} 年预算", period.year),
        Lang::Zh => format!("{} 年{}", period.year, period.stage.term()),
        Lang::En => format!("{} {}", period.year, stage(lang, period.stage)),
    }
}

/// The name of a stage.
pub(super) fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Initial => lang.of("年初预算", "budget"),
        Stage::Adjusted => lang.of("调整预算", "adjusted budget"),
        Stage::FinalAccounts => lang.of("决算", "accounts"),
    }
}

/// The name of a kind of document.
pub(super) fn kind(lang: Lang, word: &str) -> &'static str {
    match word {
        "budget" => lang.of("预算", "budget"),
        "accounts" => lang.of("决算", "accounts"),
        _ => "",
    }
}

/// The name of a row.
pub(super) fn name(lang: Lang, row: &Row) -> &str {
    lang.of(&row.name, row.english.unwrap_or(&row.name))
}

/// The name of a concept or a functional code, by its word.
pub(super) fn named<'a>(lang: Lang, code: &str, name: &'a str) -> &'a str {
    let english = mingzhang_catalogue::Concept::named(code).map_or(name, |concept| concept.english);
    lang.of(name, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_become_wan() {
        assert_eq!(wan_of("10370000.00"), "1,037.00");
        assert_eq!(wan_of("-0.50"), "0.00");
        assert_eq!(wan_of("-123456.00"), "-12.35");
        assert_eq!(wan_of("nothing"), "nothing");
    }
}
