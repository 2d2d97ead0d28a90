//! Everything that the program itself says, in both languages, in one place.
//!
//! Chinese comes first. What the rules say about a document is Chinese only and passes through untouched.
//! The help of the commands is in [`help`].

pub(crate) mod books;
pub(crate) mod checklist;
pub(crate) mod help;
pub(crate) mod html;
pub(crate) mod settings;
pub(crate) mod statistics;
pub(crate) mod write;

use clap::ValueEnum;
use mingzhang_model::document::NoteKind;
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::rule::Severity;
use mingzhang_standard::outline;

use crate::coverage::Coverage;
use crate::pipeline::Failure;
use crate::sieve::Why;
use crate::tally::{Standing, Tally, Totals};

/// The language of the program.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum)]
pub(crate) enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// The words before the parts of a finding.
pub(crate) struct Labels {
    pub(crate) place: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) found: &'static str,
    pub(crate) difference: &'static str,
    pub(crate) related: &'static str,
    pub(crate) culprit: &'static str,
    pub(crate) also: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) aside: &'static str,
}

const ZH: Labels = Labels {
    place: "位置",
    expected: "应为",
    found: "实为",
    difference: "相差",
    related: "对照",
    culprit: "改为",
    also: "同因",
    basis: "依据",
    severity: "级别",
    reading: "读取",
    aside: "说明",
};

const EN: Labels = Labels {
    place: "where",
    expected: "expected",
    found: "found",
    difference: "off by",
    related: "compare",
    culprit: "change to",
    also: "also breaks",
    basis: "basis",
    severity: "severity",
    reading: "reading",
    aside: "set aside",
};

/// A thing that the program says.
pub(crate) enum Message<'a> {
    /// A file has no result, and why.
    CannotRead(&'a Failure),
    /// No statutory table was recognised.
    NoTables,
    /// Tables were recognised, but no two numbers could be compared.
    NothingCompared,
    /// Documents that belong together, as a heading.
    Together {
        body: &'a str,
        documents: usize,
    },
    /// Documents belong together, but no two of them could be compared.
    NothingTogether,
    /// So many notes and hints are not shown.
    Collapsed {
        notes: usize,
        hints: usize,
    },
    /// So many places that a finding was compared with are not shown.
    MoreRelated(usize),
    /// So many rules could not be decided, as a heading.
    UndecidedRules(usize),
    /// So many findings are set aside, as a heading.
    SetAside(usize),
    /// Why a finding is set aside.
    WhyAside(&'a Why),
    /// So many files in folders are no documents.
    PassedOver(usize),
    /// How one document or the whole run came out.
    Verdict(Standing, &'a Tally),
    /// How one document came out.
    Standing(Standing),
    /// A format that is no text was asked for at a terminal.
    NotForTerminals,
    /// Pictures cannot be recognised on this machine.
    NoRecogniser,
    /// How many documents came out how.
    Summary(&'a Totals),
    /// A number of findings of one severity, as a heading.
    Heading(Severity, usize),
    /// What the reader was not sure of: the kind and how often.
    Reading(NoteKind, usize),
    /// What a document is: year and kind.
    Disclosure {
        year: Option<u16>,
        kind: Option<DisclosureKind>,
    },
    /// Budget or accounts.
    Kind(DisclosureKind),
    /// The document does not say whose it is.
    UnknownBody,
    /// How many tables and numbers were read.
    Extent {
        tables: usize,
        facts: usize,
    },
    /// The form that a document follows.
    Form(&'a str),
    /// How far tables without a form were understood.
    ByWords(Coverage),
    /// The results could not be written.
    CannotWrite {
        path: &'a str,
        why: &'a str,
    },
    /// The file to be written is one of those to be read.
    WouldOverwrite(&'a str),
    /// No rule has this code; the nearest that one has.
    UnknownRule {
        code: &'a str,
        nearest: Option<&'a str>,
    },
    /// Neither a code nor `--all` was given.
    NoRuleNamed,
    /// There is no table of this number.
    NoSuchTable {
        number: usize,
        count: usize,
    },
    /// There are several tables, and CSV holds one.
    WhichTable(usize),
    /// A document without any table.
    NoTableAtAll,
    /// `--table` without CSV.
    TableNeedsCsv,
    /// The heading of a page, and of a table.
    Page(u32),
    TableHeading {
        number: usize,
        rows: u32,
        columns: u32,
    },
    /// Files read, of so many.
    Progress,
}

impl Lang {
    /// The words before the parts of a finding.
    pub(crate) fn labels(self) -> &'static Labels {
        match self {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    /// The words of this language: for what is said in one place only, with both languages side by side.
    pub(crate) fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Why a file has no result.
    pub(crate) fn failure(self, failure: &Failure) -> String {
        match self {
            Lang::Zh => failure_zh(failure),
            Lang::En => failure_en(failure),
        }
    }

    /// A message in this language.
    pub(crate) fn say(self, message: &Message<'_>) -> String {
        match self {
            Lang::Zh => zh(message),
            Lang::En => en(message),
        }
    }
}

fn zh(message: &Message<'_>) -> String {
    match message {
        Message::CannotRead(failure) => format!("无法读取，因为{}", failure_zh(failure)),
        Message::NoTables => "未识别到法定表格，无法判断".into(),
        Message::NothingCompared => "识别到法定表格，但没有可以核对的数，无法判断".into(),
        Message::Together { body, documents } => format!("{body} · {documents} 份文件一起核对"),
        Message::NothingTogether => "没有可以互相核对的数".into(),
        Message::Collapsed { notes, hints } => {
            let parts = [(*notes, "备注"), (*hints, "提示")];
            format!("另有 {}，用 --show-all 展开", counted(&parts, "、"))
        }
        Message::MoreRelated(n) => format!("另有 {n} 处，用 --show-all 展开"),
        Message::UndecidedRules(n) => format!("无法判断 {n}"),
        Message::SetAside(n) => format!("不计入 {n}"),
        Message::WhyAside(why) => why_zh(why),
        Message::PassedOver(n) => {
            format!("文件夹或压缩包中另有 {n} 个文件不是 PDF、Word、网页、电子表格或文本，未检查")
        }
        Message::Verdict(standing, tally) => format!("{}：{}", standing_zh(*standing), tally_zh(tally)),
        Message::Standing(Standing::Unreadable) => "无法读取".into(),
        Message::Standing(standing) => standing_zh(*standing).into(),
        Message::NotForTerminals => "xlsx 不能显示在终端，请用 --output-file 写入文件".into(),
        Message::NoRecogniser => {
            "--ocr 需要 tesseract 及其简体中文数据，请先安装（Debian、Ubuntu：apt install tesseract-ocr tesseract-ocr-chi-sim）"
                .into()
        }
        Message::Summary(t) => {
            let parts = [
                (t.passed, "份通过"),
                (t.failed, "份不通过"),
                (t.undecided, "份无法判断"),
                (t.unreadable, "份无法读取"),
            ];
            let together = match (t.bundles, t.bundles_failed) {
                (0, _) => String::new(),
                (n, 0) => format!("；{n} 组一起核对"),
                (n, failed) => format!("；{n} 组一起核对，{failed} 组不一致"),
            };
            format!("共 {} 份文件：{}{together}", t.documents(), counted(&parts, "，"))
        }
        Message::Heading(severity, n) => format!("{} {n}", severity.term()),
        Message::Reading(kind, n) => format!("{}（{n} 处）", note_zh(*kind)),
        Message::Disclosure { year, kind } => {
            let kind = kind.map_or("未识别预算或决算", kind_zh);
            year.map_or_else(|| format!("未识别年度 · {kind}"), |year| format!("{year} 年 · {kind}"))
        }
        Message::Kind(kind) => kind_zh(*kind).into(),
        Message::UnknownBody => "未识别单位名称".into(),
        Message::Extent { tables, facts } => format!("{tables} 张法定表格，{facts} 个数"),
        Message::Form(form) => format!("表式 {}", outline::named(form).map_or(*form, |(_, name)| name)),
        Message::ByWords(coverage) => format!(
            "按表头、行名读：金额格读懂 {}/{}，其中 {} 个有别处印证",
            coverage.keyed, coverage.cells, coverage.proven
        ),
        Message::CannotWrite { path, why } => format!("无法写入 {path}：{why}。请换一个有写入权限的位置"),
        Message::WouldOverwrite(path) => format!("--output-file 指向被检查的文件 {path}，请换一个文件名"),
        Message::UnknownRule { code, nearest: Some(nearest) } => {
            format!("没有编码为 {code} 的规则，是不是 {nearest}？全部规则见 mingzhang rule --all")
        }
        Message::UnknownRule { code, nearest: None } => {
            format!("没有编码为 {code} 的规则。全部规则见 mingzhang rule --all")
        }
        Message::NoRuleNamed => "请给出规则编码，或用 --all 列出全部规则".into(),
        Message::NoSuchTable { number, count } => format!("没有第 {number} 张表，文件共有 {count} 张表"),
        Message::WhichTable(count) => {
            format!("文件共有 {count} 张表，请用 --table 1 至 --table {count} 选一张（编号见 --output-format text）")
        }
        Message::NoTableAtAll => "文件里没有表格".into(),
        Message::TableNeedsCsv => "--table 只用于 --output-format csv".into(),
        Message::Page(n) => format!("第 {n} 页"),
        Message::TableHeading { number, rows, columns } => format!("表 {number}（{rows} 行 {columns} 列）"),
        Message::Progress => "{bar:30} {pos}/{len} 份  已用 {elapsed}  剩余约 {eta}".into(),
    }
}

fn en(message: &Message<'_>) -> String {
    match message {
        Message::CannotRead(failure) => format!("cannot read: {}", failure_en(failure)),
        Message::NoTables => "no statutory table recognised, cannot judge".into(),
        Message::NothingCompared => "statutory tables recognised, but no numbers to compare, cannot judge".into(),
        Message::Together { body, documents } => format!("{body}: {documents} files held against each other"),
        Message::NothingTogether => "no numbers that could be compared with each other".into(),
        Message::Collapsed { notes, hints } => {
            let parts = [(*notes, "notes"), (*hints, "hints")];
            format!("and {}; --show-all shows them", counted(&parts, ", "))
        }
        Message::MoreRelated(n) => format!("{n} more; --show-all shows them"),
        Message::UndecidedRules(n) => format!("undecided {n}"),
        Message::SetAside(n) => format!("set aside {n}"),
        Message::WhyAside(why) => why_en(why),
        Message::PassedOver(n) => {
            format!(
                "{n} other files in folders or archives are no PDF, Word file, web page, workbook or text, not checked"
            )
        }
        Message::Verdict(standing, tally) => format!("{}: {}", standing_en(*standing), tally_en(tally)),
        Message::Standing(Standing::Unreadable) => "unreadable".into(),
        Message::Standing(standing) => standing_en(*standing).into(),
        Message::NotForTerminals => "xlsx cannot be shown in a terminal; write it with --output-file".into(),
        Message::NoRecogniser => {
            "--ocr needs tesseract with simplified Chinese (Debian: apt install tesseract-ocr tesseract-ocr-chi-sim)"
                .into()
        }
        Message::Summary(t) => {
            let parts =
                [(t.passed, "passed"), (t.failed, "failed"), (t.undecided, "undecided"), (t.unreadable, "unreadable")];
            let together = match (t.bundles, t.bundles_failed) {
                (0, _) => String::new(),
                (n, 0) => format!("; {n} groups held together"),
                (n, failed) => format!("; {n} groups held together, {failed} contradict themselves"),
            };
            format!("{} files: {}{together}", t.documents(), counted(&parts, ", "))
        }
        Message::Heading(severity, n) => format!("{} {n}", severity.word()),
        Message::Reading(kind, n) => format!("{} ({n})", note_en(*kind)),
        Message::Disclosure { year, kind } => {
            let kind = kind.map_or("budget or accounts unknown", kind_en);
            year.map_or_else(|| format!("year unknown · {kind}"), |year| format!("{year} · {kind}"))
        }
        Message::Kind(kind) => kind_en(*kind).into(),
        Message::UnknownBody => "body unknown".into(),
        Message::Extent { tables, facts } => format!("{tables} statutory tables, {facts} numbers"),
        Message::Form(form) => format!("form {form}"),
        Message::ByWords(coverage) => format!(
            "read by headers and names: {} of {} money cells understood, {} confirmed elsewhere",
            coverage.keyed, coverage.cells, coverage.proven
        ),
        Message::CannotWrite { path, why } => format!("cannot write {path}: {why}; choose a place you may write to"),
        Message::WouldOverwrite(path) => format!("--output-file is {path}, one of the files to check; choose another"),
        Message::UnknownRule { code, nearest: Some(nearest) } => {
            format!("there is no rule {code}; did you mean {nearest}? mingzhang rule --all lists all")
        }
        Message::UnknownRule { code, nearest: None } => {
            format!("there is no rule {code}; mingzhang rule --all lists all")
        }
        Message::NoRuleNamed => "name a rule, or list all with --all".into(),
        Message::NoSuchTable { number, count } => format!("there is no table {number}; the file has {count}"),
        Message::WhichTable(count) => {
            format!(
                "the file has {count} tables; choose one with --table 1 to --table {count} (see --output-format text)"
            )
        }
        Message::NoTableAtAll => "the file has no table".into(),
        Message::TableNeedsCsv => "--table goes with --output-format csv only".into(),
        Message::Page(n) => format!("page {n}"),
        Message::TableHeading { number, rows, columns } => format!("table {number} ({rows} rows, {columns} columns)"),
        Message::Progress => "{bar:30} {pos}/{len} files  {elapsed}  {eta} left".into(),
    }
}

fn kind_zh(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => "预算公开",
        DisclosureKind::Accounts => "决算公开",
    }
}

fn kind_en(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => "budget",
        DisclosureKind::Accounts => "final accounts",
    }
}

fn why_zh(why: &Why) -> String {
    match why {
        Why::Suppressed { reason, by, until } => format!("{by} 豁免至 {until}：{reason}"),
        Why::Known => "已在基线中".into(),
    }
}

fn why_en(why: &Why) -> String {
    match why {
        Why::Suppressed { reason, by, until } => format!("suppressed by {by} until {until}: {reason}"),
        Why::Known => "in the baseline".into(),
    }
}

fn failure_zh(failure: &Failure) -> String {
    match failure {
        Failure::NotFound => "找不到这个文件或文件夹，请核对路径".into(),
        Failure::NotPermitted => "没有读取权限，请修改文件权限或换一个账户".into(),
        Failure::EmptyFolder { passed_over: 0 } => "文件夹是空的，请放入 PDF、Word、网页、电子表格或文本文件".into(),
        Failure::EmptyFolder { passed_over } => {
            format!(
                "文件夹中没有 PDF、Word、网页、电子表格或文本文件（另有 {passed_over} 个其他文件），请先转为其中一种"
            )
        }
        Failure::IsFolder => "这是文件夹，请给出其中的一个文件".into(),
        Failure::Io(why) => format!("系统读取出错（{why}），请重试或复制到本机后再检查"),
        Failure::Unreadable(why) => why.clone(),
        Failure::OverTime(seconds) => format!("超过 {seconds} 秒仍未完成，可用 --time-limit 放宽时限"),
        Failure::Internal(what) => format!("程序内部错误（{what}），请把这一行和该文件一并报告给开发者"),
    }
}

fn failure_en(failure: &Failure) -> String {
    match failure {
        Failure::NotFound => "no such file or folder; check the path".into(),
        Failure::NotPermitted => "permission denied; change the permissions of the file or the account".into(),
        Failure::EmptyFolder { passed_over: 0 } => {
            "the folder is empty; put PDF files, Word files, web pages, workbooks or text into it".into()
        }
        Failure::EmptyFolder { passed_over } => {
            format!(
                "the folder has no PDF, Word file, web page, workbook or text ({passed_over} others); convert them first"
            )
        }
        Failure::IsFolder => "this is a folder; name a file in it".into(),
        Failure::Io(why) => format!("the system failed to read it ({why}); try again or copy it to this machine"),
        Failure::Unreadable(why) => why.clone(),
        Failure::OverTime(seconds) => format!("not finished after {seconds} s; --time-limit allows more"),
        Failure::Internal(what) => format!("internal error ({what}); please report this line together with the file"),
    }
}

fn standing_zh(standing: Standing) -> &'static str {
    match standing {
        Standing::Passed => "通过",
        Standing::Failed => "不通过",
        Standing::Undecided => "无法判断",
        Standing::Unreadable => "有文件无法读取",
    }
}

fn standing_en(standing: Standing) -> &'static str {
    match standing {
        Standing::Passed => "passed",
        Standing::Failed => "failed",
        Standing::Undecided => "cannot judge",
        Standing::Unreadable => "some files could not be read",
    }
}

/// Errors, warnings, what held and what did not apply are always said, the rest where there is any.
fn tally_zh(t: &Tally) -> String {
    let mut text = format!("{} 错误，{} 警告", t.errors, t.warnings);
    push_counted(&mut text, &[(t.notes, "备注"), (t.hints, "提示")], "，");
    text.push_str(&format!("，{} 通过，{} 不适用", t.held, t.rules_not_applicable));
    let rest = [
        (t.rules_undecided, "无法判断"),
        (t.rules_not_selected, "未选"),
        (t.suppressed, "已豁免"),
        (t.known, "已在基线中"),
    ];
    push_counted(&mut text, &rest, "，");
    text
}

fn tally_en(t: &Tally) -> String {
    let mut text = format!("{}, {}", plural(t.errors, "error"), plural(t.warnings, "warning"));
    for (n, word) in [(t.notes, "note"), (t.hints, "hint")] {
        if n > 0 {
            text.push_str(&format!(", {}", plural(n, word)));
        }
    }
    text.push_str(&format!(", {} passed, {} not applicable", t.held, t.rules_not_applicable));
    let rest = [
        (t.rules_undecided, "undecided"),
        (t.rules_not_selected, "not selected"),
        (t.suppressed, "suppressed"),
        (t.known, "in the baseline"),
    ];
    push_counted(&mut text, &rest, ", ");
    text
}

fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

fn push_counted(text: &mut String, parts: &[(usize, &str)], between: &str) {
    let more = counted(parts, between);
    if !more.is_empty() {
        text.push_str(between);
        text.push_str(&more);
    }
}

/// The parts that are not nothing: `3 备注、2 提示`.
fn counted(parts: &[(usize, &str)], between: &str) -> String {
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    parts.join(between)
}

fn note_zh(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::NoTextLayer => "页面只有图片，没有可读的文字",
        NoteKind::Recognised => "文字是从图片识别的，可能有误，请对照原件",
        NoteKind::Doubtful => "从图片识别的数字没有把握，不作为判断依据",
        NoteKind::Unmapped => "文字的字体没有对应的编码，读不出来",
        NoteKind::Clipped => "文字被版面裁掉，读者看不到",
        NoteKind::Overlapping => "文字与别的文字重叠或超出单元格",
        NoteKind::Swallowed => "表框内的文字不属于任何单元格",
        NoteKind::Untiled => "表格的单元格拼不完整，按段落保留",
        NoteKind::Damaged => "文件有损坏，只读出了其余部分",
        NoteKind::Limit => "达到读取上限，其后的内容未读",
        NoteKind::Undecodable => "文本中有无法解码的字节",
        NoteKind::Residue => "文字处理软件留下的标记，未计入正文",
        NoteKind::Hidden => "文件中有不显示的内容，未计入正文",
        NoteKind::Unprinted => "只在屏幕上显示、打印时不出现的内容，未计入正文",
        NoteKind::Comment => "文件中留有批注，未计入正文",
        NoteKind::Uncomputed => "公式没有保存计算结果，请用 Excel 或 WPS 打开，重新计算后保存",
        NoteKind::Elsewhere => "这部分内容在另一个文件里，没有读",
        NoteKind::TrackedChange => "修订没有接受或拒绝，按接受后的文字读取",
        NoteKind::Embedded => "嵌入的对象，其中的内容没有读",
    }
}

fn note_en(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::NoTextLayer => "a page of pictures without text",
        NoteKind::Recognised => "text that was recognised on a picture and may be misread",
        NoteKind::Doubtful => "a number recognised without certainty: nothing rests on it",
        NoteKind::Unmapped => "characters that the font does not map to Unicode",
        NoteKind::Clipped => "text that the page clips away",
        NoteKind::Overlapping => "text over other text or over the edge of its cell",
        NoteKind::Swallowed => "text inside a table that belongs to no cell",
        NoteKind::Untiled => "a table whose cells do not tile it, kept as paragraphs",
        NoteKind::Damaged => "the file is damaged, the rest was read",
        NoteKind::Limit => "a limit was reached, what lies beyond was not read",
        NoteKind::Undecodable => "bytes that are no text",
        NoteKind::Residue => "a mark left by a word processor, not counted as text",
        NoteKind::Hidden => "content that is not shown, not counted as text",
        NoteKind::Unprinted => "content for the screen that is left out on paper, not counted as text",
        NoteKind::Comment => "a comment left in the file, not counted as text",
        NoteKind::Uncomputed => "a formula without its result: open it in a spreadsheet program, recalculate and save",
        NoteKind::Elsewhere => "this part lies in another file and was not read",
        NoteKind::TrackedChange => "a tracked change, read as if it were accepted",
        NoteKind::Embedded => "an embedded object whose content was not read",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_is_one_line() {
        let tally = Tally { errors: 3, warnings: 5, held: 212, rules_not_applicable: 31, ..Tally::default() };
        let verdict = Lang::Zh.say(&Message::Verdict(Standing::Failed, &tally));
        assert_eq!(verdict, "不通过：3 错误，5 警告，212 通过，31 不适用");
        let more = Tally { notes: 1, rules_undecided: 2, ..tally };
        let verdict = Lang::Zh.say(&Message::Verdict(Standing::Failed, &more));
        assert_eq!(verdict, "不通过：3 错误，5 警告，1 备注，212 通过，31 不适用，2 无法判断");
    }

    #[test]
    fn english_counts_one_as_one() {
        let tally = Tally { warnings: 1, notes: 2, ..Tally::default() };
        let verdict = Lang::En.say(&Message::Verdict(Standing::Passed, &tally));
        assert_eq!(verdict, "passed: 0 errors, 1 warning, 2 notes, 0 passed, 0 not applicable");
    }

    #[test]
    fn a_summary_leaves_out_what_there_is_none_of() {
        let totals = Totals { passed: 2, unreadable: 1, ..Totals::default() };
        assert_eq!(Lang::Zh.say(&Message::Summary(&totals)), "共 3 份文件：2 份通过，1 份无法读取");
        assert_eq!(Lang::En.say(&Message::Summary(&totals)), "3 files: 2 passed, 1 unreadable");
    }
}
