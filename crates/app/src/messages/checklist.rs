//! The words of the checklist that reviewers keep, in both languages.

use mingzhang_model::fact::DisclosureKind;

use super::Lang;

/// The words of the workbook.
pub(crate) struct Words {
    /// The names of the sheets: checklist, findings, counts.
    pub(crate) sheets: [&'static str; 3],
    pub(crate) heads: [&'static str; 5],
    pub(crate) counts: [&'static str; 16],
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) open: &'static str,
    pub(crate) readable: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) suggested: &'static str,
    pub(crate) set_aside: &'static str,
    pub(crate) total: &'static str,
    pub(crate) footer: &'static str,
}

const ZH: Words = Words {
    sheets: ["检查表", "问题清单", "统计"],
    heads: ["检查内容", "符合要求（是/否）", "问题", "位置", "依据"],
    counts: [
        "文件",
        "单位",
        "年度",
        "结论",
        "错误",
        "警告",
        "备注",
        "提示",
        "通过",
        "不适用",
        "无法判断",
        "已豁免",
        "已在基线中",
        "法定表格",
        "未找到的表",
        "数",
    ],
    yes: "是",
    no: "否",
    open: "待核",
    readable: "文件能够打开，文字可以读取",
    not_found: "没有识别到这张表，请人工核对是否公开",
    suggested: "改为",
    set_aside: "不计入",
    total: "合计",
    footer: "第 &P 页，共 &N 页",
};

const EN: Words = Words {
    sheets: ["Checklist", "Findings", "Counts"],
    heads: ["item", "as required (yes/no)", "problem", "where", "basis"],
    counts: [
        "file",
        "body",
        "year",
        "verdict",
        "errors",
        "warnings",
        "notes",
        "hints",
        "passed",
        "not applicable",
        "undecided",
        "suppressed",
        "in the baseline",
        "statutory tables",
        "tables not found",
        "numbers",
    ],
    yes: "yes",
    no: "no",
    open: "to check",
    readable: "the file opens and its text can be read",
    not_found: "this table was not recognised; see whether it is disclosed",
    suggested: "change to",
    set_aside: "set aside",
    total: "total",
    footer: "page &P of &N",
};

/// The words of the workbook in a language.
pub(crate) fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

/// The title of the checklist: of budgets, of accounts, or of both.
pub(crate) fn title(kinds: &[DisclosureKind], lang: Lang) -> &'static str {
    let has = |kind| kinds.contains(&kind);
    match (has(DisclosureKind::Budget), has(DisclosureKind::Accounts), lang) {
        (true, false, Lang::Zh) => "预算公开情况检查表",
        (false, true, Lang::Zh) => "决算公开情况检查表",
        (_, _, Lang::Zh) => "预决算公开情况检查表",
        (true, false, Lang::En) => "Checklist of budget disclosure",
        (false, true, Lang::En) => "Checklist of final-accounts disclosure",
        (_, _, Lang::En) => "Checklist of disclosure",
    }
}
