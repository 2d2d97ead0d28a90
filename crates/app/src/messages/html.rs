//! The words of the report in HTML, in both languages.

use super::Lang;

/// The words of the page.
pub(crate) struct Words {
    pub(crate) language: &'static str,
    pub(crate) title: &'static str,
    pub(crate) documents: &'static str,
    pub(crate) file: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) findings: &'static str,
    pub(crate) original: &'static str,
    pub(crate) to_original: &'static str,
    pub(crate) to_top: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) about_rule: &'static str,
    pub(crate) more: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) proofs: [&'static str; 3],
    pub(crate) legend: [&'static str; 2],
    pub(crate) number: &'static str,
    pub(crate) table: &'static str,
}

const ZH: Words = Words {
    language: "zh-CN",
    title: "预决算公开核对报告",
    documents: "文件一览",
    file: "文件",
    verdict: "结论",
    findings: "问题",
    original: "原文",
    to_original: "查看原文",
    to_top: "回到文件一览",
    nothing_found: "没有发现问题",
    about_rule: "规则说明",
    more: "更多对照",
    missing: "没有找到的法定表格",
    proofs: ["已证实", "未证实", "有矛盾"],
    legend: ["问题所在", "对照之处"],
    number: "问题",
    table: "表",
};

const EN: Words = Words {
    language: "en",
    title: "Disclosure check",
    documents: "Files",
    file: "file",
    verdict: "verdict",
    findings: "Findings",
    original: "Document",
    to_original: "to the document",
    to_top: "to the list of files",
    nothing_found: "nothing found",
    about_rule: "about the rule",
    more: "more places",
    missing: "Statutory tables not found",
    proofs: ["proven", "unproven", "contradicted"],
    legend: ["what is wrong", "what it was compared with"],
    number: "finding",
    table: "table",
};

/// The words of the page in a language.
pub(crate) fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}
