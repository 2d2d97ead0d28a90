//! The help of the commands, in both languages, and what is said about wrong arguments.
//!
//! The commands themselves are declared without a word; [`localised`] gives them their words. A test
//! walks over all of them, so that none is without.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::Lang;

/// A command or an argument of one, and its help.
struct Help {
    /// `check`, `books show`, or `check.paths`; `.lang` is an argument of every command that has it.
    at: &'static str,
    zh: &'static str,
    en: &'static str,
}

const fn help(at: &'static str, zh: &'static str, en: &'static str) -> Help {
    Help { at, zh, en }
}

const HELP: &[Help] = &[
    help(
        "mingzhang",
        "明账：读取政府部门预算、决算公开文件，核对其中每一个数。",
        "Mingzhang reads the budget and final-accounts disclosures of government departments and checks that every \
         number agrees.",
    ),
    help("check", "检查公开文件，列出问题", "Check disclosures and list what is wrong"),
    help("read", "查看从文件中读到的文字和表格", "Show the text and the tables that were read from a file"),
    help("facts", "列出文件中每一个数及其口径", "List every number of a file with what it is about"),
    help("rule", "说明一条规则：查什么、为什么、怎样改", "Explain a rule: what it checks, why, how to mend"),
    help(".lang", "界面语言：zh（默认）或 en", "Language: zh (default) or en"),
    help(".help", "显示帮助", "Show this help"),
    help(".version", "显示版本", "Show the version"),
    help(
        "check.paths",
        "文件、文件夹（含下级文件夹中的 pdf、docx、doc、wps、txt）或 -（标准输入）",
        "Files, folders (their pdf, docx, doc, wps and txt files, at any depth), or - for standard input",
    ),
    help(
        "check.output_format",
        "full（默认，供人阅读）、concise（每个问题一行）、json、jsonl、csv、sarif、junit、github、html 或 xlsx",
        "full (default, for people), concise (a line a finding), json, jsonl, csv, sarif, junit, github, html or xlsx",
    ),
    help("check.output_file", "写入文件，写完才出现", "Write to a file, which appears only when it is complete"),
    help(
        "check.fail_on",
        "出现此级别及以上的问题时退出码为 1：error（默认）、warning、note 或 never",
        "Exit with 1 on findings at or above: error (default), warning, note, or never",
    ),
    help(
        "check.show_all",
        "在 full 中列出备注、提示、全部对照和无法判断的规则；各格式都列出不计入的问题",
        "List notes, hints, every compared place and undecided rules in full; in all, what is set aside",
    ),
    help(
        "check.select",
        "只查这些规则：编码或开头，逗号分隔，例如 TA,HI001",
        "Only these rules: codes or their beginnings, separated by commas, such as TA,HI001",
    ),
    help("check.ignore", "不查这些规则，写法同上", "Not these rules, written in the same way"),
    help(
        "check.baseline",
        "较早的问题清单（json、jsonl 或 --write-baseline 的输出），只列出并计入新问题",
        "Earlier findings (from json, jsonl or --write-baseline): only new ones are shown and count",
    ),
    help(
        "check.write_baseline",
        "把本次的问题写成基线，供以后 --baseline 使用",
        "Write the findings as a baseline for a later --baseline",
    ),
    help(
        "check.statistics",
        "按规则统计：问题、通过、不适用、无法判断及原因，未取数的格，未识别的表",
        "Count by rule what was found, held, did not apply or was undecided and why, and what was not understood",
    ),
    help(
        "check.config",
        "设置文件，默认为当前文件夹或上级文件夹中的 mingzhang.toml",
        "The settings; default: mingzhang.toml in this folder or one above",
    ),
    help("check.jobs", "同时检查的文件数，默认为处理器核数", "How many files at once; default: the number of cores"),
    help(
        "check.time_limit",
        "每个文件最多用几秒，默认 10，识别图片时 600",
        "Seconds that one file may take; default 10, or 600 with --ocr",
    ),
    help(
        "check.ocr",
        "识别图片页上的文字（需要安装 tesseract 及其简体中文数据），没有把握的数字不作为判断依据",
        "Recognise the text of pages that are pictures (needs tesseract and chi_sim); unsure numbers decide nothing",
    ),
    help("check.quiet", "不显示进度和说明", "Show no progress and no notes"),
    help("read.path", "文件，或 -（标准输入）", "A file, or - for standard input"),
    help("read.output_format", "text（默认）、csv（一张表）或 json", "text (default), csv (one table) or json"),
    help("read.table", "csv 的表格编号，从 1 开始", "The number of the table for csv, from 1"),
    help("read.ocr", "识别图片页上的文字（需要安装 tesseract）", "Recognise pages that are pictures (needs tesseract)"),
    help("read.output_file", "写入文件，写完才出现", "Write to a file, which appears only when it is complete"),
    help("facts.paths", "文件、文件夹或 -（标准输入）", "Files, folders, or - for standard input"),
    help("facts.output_format", "json（默认）或 csv", "json (default) or csv"),
    help("facts.output_file", "写入文件，写完才出现", "Write to a file, which appears only when it is complete"),
    help("facts.jobs", "同时读取的文件数，默认为处理器核数", "How many files at once; default: the number of cores"),
    help(
        "facts.time_limit",
        "每个文件最多用几秒，默认 10，识别图片时 600",
        "Seconds that one file may take; default 10, or 600 with --ocr",
    ),
    help(
        "facts.ocr",
        "识别图片页上的文字（需要安装 tesseract 及其简体中文数据），没有把握的数字不作为判断依据",
        "Recognise the text of pages that are pictures (needs tesseract and chi_sim); unsure numbers decide nothing",
    ),
    help("facts.quiet", "不显示进度和说明", "Show no progress and no notes"),
    help("rule.code", "规则编码，例如 TA007", "The code of a rule, such as TA007"),
    help("rule.all", "列出全部规则", "List every rule"),
    help("rule.output_format", "text（默认）或 json", "text (default) or json"),
    help(
        "books",
        "账簿：编报一年的预算、执行、决算和台账",
        "Books: keep a year's budget, spending, accounts and registers",
    ),
    help(".books", "账簿文件，默认为当前文件夹中的 mingzhang.db", "The file of the books; default: mingzhang.db here"),
    help(
        ".database",
        "PostgreSQL 账簿，例如 postgres://user@host/name?schema=mingzhang",
        "Books in PostgreSQL, such as postgres://user@host/name?schema=mingzhang",
    ),
    help(
        ".unit",
        "单位编码或名称；只有一个部门时可以不写",
        "The unit's code or name; may be left out for a single department",
    ),
    help(".year", "预算年度，默认为最近有业务的一年", "The budget year; default: the last with entries"),
    help(".own_level", "只看本级，不汇总下属单位", "The unit by itself, without the units below it"),
    help(".form", "表式，例如 hunan_accounts", "The form, such as hunan_accounts"),
    help(
        "write",
        "从账簿生成公开文件：docx、pdf、xlsx、html、txt",
        "Write a disclosure from books: docx, pdf, xlsx, html, txt",
    ),
    help(
        "write.to",
        "写到哪些文件，按扩展名定格式：docx、pdf、xlsx、html、txt；可以写多个",
        "The files to write, their endings the formats: docx, pdf, xlsx, html, txt; may be given several times",
    ),
    help(
        "write.package",
        "同时写出机器可读的数据包（facts.csv、facts.json、datapackage.json）的文件夹",
        "A folder for the machine-readable package too: facts.csv, facts.json, datapackage.json",
    ),
    help(
        "write.draft",
        "缺内容、有问题也写出，缺的地方标为【待填】",
        "Write even if something is lacking or wrong; what is lacking is marked 【待填】",
    ),
    help("write.font", "PDF 里生僻字用的字体文件", "A font file for rare characters in PDF"),
    help("serve", "在浏览器里使用：检查、记账与公开、查阅", "Use it in a browser: check, keep and write, read"),
    help(
        "serve backup",
        "把服务器的全部数据复制到一个新文件夹（可在运行时进行）",
        "Copy all that a server keeps to a new folder, while it runs",
    ),
    help("serve backup.to", "一个空文件夹", "An empty folder"),
    help("serve restore", "由备份恢复到一个新的数据文件夹", "Make a new folder of data from a backup"),
    help("serve restore.from", "备份文件夹", "The folder of the backup"),
    help(
        "serve invite",
        "为管理员生成一次性链接（忘记密码时用）",
        "Make a one-time link for an administrator who forgot the password",
    ),
    help("serve invite.account", "账号名", "The name of the account"),
    help(
        "serve.data",
        "数据文件夹：账簿、账号、上传的文件；默认 mingzhang-data",
        "The folder of data: books, accounts, files; mingzhang-data where nothing is said",
    ),
    help(
        "serve.database",
        "PostgreSQL 地址；账号与检查记录放在同名加 _desk 的模式里",
        "The address of a PostgreSQL database; accounts and batches stand in the schema with _desk at its end",
    ),
    help("serve.listen", "监听的地址和端口", "The address and port to listen at"),
    help(
        "serve.public_url",
        "用户访问的网址，如 https://mz.example.cn；以 https 开头时会话只经加密连接传送",
        "The address that people use, such as https://mz.example.cn; with https sessions are sent encrypted only",
    ),
    help(
        "serve.behind_proxy",
        "前面有代理：来访地址以代理写的 X-Forwarded-For 为准",
        "There is a proxy before the server: its X-Forwarded-For says where requests come from",
    ),
    help(
        "serve.demo",
        "演示：五个示例单位、各种职责的账号和一批检查好的文件；不写 --data 时退出即清除",
        "A demonstration: five offices, accounts for every role, a checked batch; gone at the end without --data",
    ),
    help(
        "serve.jobs",
        "检查文件的线程数；默认比处理器少一个",
        "Threads that check files; one less than there are processors",
    ),
    help("serve.time_limit", "一个文件最长检查多少秒", "How many seconds one file may take"),
    help("serve.largest_file", "一个文件最大多少 MB", "The largest file, in MB"),
    help(
        "serve.largest_upload",
        "一次上传（含解压后）最大多少 MB",
        "The most that comes at once, archives unpacked, in MB",
    ),
    help(
        "serve.rate",
        "每个地址平均每秒最多多少次请求；0 为不限",
        "Requests a second from one address, on average; 0 is no limit",
    ),
    help("serve.log_format", "日志格式：text 或 json（写到标准错误）", "The log, on standard error: text or json"),
    help("books init", "建立账簿", "Begin new books"),
    help("books examples", "装入五个示例单位", "Load the five example offices"),
    help("books template", "生成导入用的空表", "Write empty tables to fill in and import"),
    help(
        "books template.tables",
        "表名，例如 payments 或 支付；不写则为全部",
        "Tables, such as payments; all where none is named",
    ),
    help("books template.to", "写到 .xlsx、.csv（一张表）或文件夹", "To an .xlsx, a .csv (one table) or a folder"),
    help("books import", "导入 xlsx、csv：先预览，全部导入或全不导入", "Import xlsx and csv: all of it or nothing"),
    help("books import.paths", "文件或文件夹", "Files or folders"),
    help("books import.by", "办理人", "Who does it"),
    help("books import.preview", "只看会有什么变化，不写入", "Only say what would change"),
    help("books enter", "录入一行：列名=值", "Enter one row: COLUMN=VALUE"),
    help("books enter.table", "表名，例如 payments 或 支付", "The table, such as payments"),
    help("books enter.values", "列名=值，例如 金额=1200.50", "COLUMN=VALUE, such as 金额=1200.50"),
    help("books enter.by", "办理人", "Who does it"),
    help("books enter.preview", "只看会有什么变化，不写入", "Only say what would change"),
    help("books export", "导出全部数据", "Export everything"),
    help(
        "books export.to",
        "写到 .xlsx、文件夹（每张表一个 csv）或 .jsonl（逐条分录，可核对）",
        "To an .xlsx, a folder (a csv a table) or a .jsonl (every entry, verifiable)",
    ),
    help("books restore", "由导出的 .jsonl 逐条恢复到空的账簿", "Restore empty books from an exported .jsonl"),
    help("books restore.from", "导出的 .jsonl 文件", "The exported .jsonl"),
    help("books show", "查看单位、年度执行、表格或台账数", "Show units, a year, tables, or the figures of registers"),
    help("books show.table", "表式中的一张表，例如 A05", "One table of the form, such as A05"),
    help(
        "books show.figures",
        "列出台账汇总出的数和需要关注的地方",
        "The figures of the registers, and what to look at",
    ),
    help(
        "books show.cutoff",
        "存量的时点，默认按表式或年末",
        "The day of what is held; default: the form's, or year's end",
    ),
    help(
        "books check",
        "在编写公开文件之前，用规则检查账簿",
        "Run the rules over the books before anything is written",
    ),
    help("books check.output_format", "同 mingzhang check", "As for mingzhang check"),
    help("books check.output_file", "写入文件，写完才出现", "Write to a file, which appears only when it is complete"),
    help("books check.show_all", "列出备注、提示和无法判断的规则", "List notes, hints and undecided rules too"),
    help(
        "books facts",
        "列出账簿按表式得出的每一个数及其口径",
        "List every number of the tables with what it is about",
    ),
    help("books facts.output_format", "json（默认）或 csv", "json (default) or csv"),
    help("books facts.output_file", "写入文件，写完才出现", "Write to a file, which appears only when it is complete"),
    help(
        "books publish",
        "公开文件走一步：起草、机检、复核、保密审查、签发、公开、退回",
        "Move a disclosure on by one step",
    ),
    help(
        "books publish.publication",
        "budget（预算）、accounts（决算），或只含本级的 unit_budget、unit_accounts",
        "budget or accounts; unit_budget or unit_accounts for the unit without those below it",
    ),
    help(
        "books publish.step",
        "drafted（草稿）、checked（机检，由程序检查文件）、reviewed、secrecy_reviewed、signed、published 或 returned",
        "drafted, checked (the program checks the file), reviewed, secrecy_reviewed, signed, published or returned",
    ),
    help("books publish.file", "公开的文件，以校验值记入", "The file; its hash is kept"),
    help("books publish.by", "办理人", "Who does it"),
    help("books publish.edition", "第几版，默认为最新一版", "Which edition; default: the newest"),
    help("books publish.on", "日期，默认为今天", "The day; default: today"),
    help(
        "books publish.remark",
        "公开网址、保密审查编号、退回原因或更正说明",
        "The address, the number of the secrecy review, the reason of a return or a correction",
    ),
    help("books verify", "从头核对每一条分录的校验链", "Verify the chain of entries from the first"),
    help("books backup", "备份账簿文件", "Copy the file of the books"),
    help("books backup.to", "备份文件，不能已经存在", "The copy; it must not exist yet"),
];

/// What may follow each command.
const USAGE: [(&str, &str); 18] = [
    ("mingzhang", "mingzhang COMMAND"),
    ("check", "mingzhang check [--…] PATH..."),
    ("read", "mingzhang read [--…] PATH"),
    ("facts", "mingzhang facts [--…] PATH..."),
    ("rule", "mingzhang rule [--…] CODE | --all"),
    ("books", "mingzhang books COMMAND"),
    ("books init", "mingzhang books init [--books FILE]"),
    ("books examples", "mingzhang books examples [--books FILE]"),
    ("books template", "mingzhang books template -o PATH [TABLE...]"),
    ("books import", "mingzhang books import --as PERSON [--preview] PATH..."),
    ("books enter", "mingzhang books enter --as PERSON TABLE COLUMN=VALUE..."),
    ("books export", "mingzhang books export -o PATH"),
    ("books restore", "mingzhang books restore [--books FILE] FILE"),
    ("books show", "mingzhang books show [--…]"),
    ("books check", "mingzhang books check --form FORM [--…]"),
    ("books facts", "mingzhang books facts --form FORM [--…]"),
    ("books verify", "mingzhang books verify [--books FILE]"),
    ("books backup", "mingzhang books backup [--books FILE] PATH"),
];

const TEMPLATE_ZH: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
const TEMPLATE_EN: &str = "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}";

const EXITS_ZH: &str = "退出码：0 没有达到 --fail-on 的问题；1 有；2 有文件无法读取、全部无法判断，或命令有误";
const EXITS_EN: &str = "Exit codes: 0 no finding reaches --fail-on; 1 some do; \
     2 a file could not be read, nothing could be judged, or the command is wrong";

/// The commands with their words in one language.
pub(crate) fn localised(command: Command, lang: Lang) -> Command {
    let name = command.get_name().to_owned();
    worded(command, &name, lang)
}

/// A command that stands at a path such as `books show`.
fn worded(command: Command, path: &str, lang: Lang) -> Command {
    let about = text(path, lang);
    let usage = USAGE.iter().find(|(name, _)| *name == path).map_or("", |(_, usage)| usage);
    let headings = match lang {
        Lang::Zh => ("命令", "选项", "参数"),
        Lang::En => ("Commands", "Options", "Arguments"),
    };
    let (template, exits) = match lang {
        Lang::Zh => (TEMPLATE_ZH, EXITS_ZH),
        Lang::En => (TEMPLATE_EN, EXITS_EN),
    };
    let mut command = command
        .about(about)
        .override_usage(usage)
        .help_template(template)
        .after_help(exits)
        .subcommand_help_heading(headings.0)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .mut_subcommands(|sub| {
            let below = below(path, sub.get_name());
            worded(sub, &below, lang)
        });
    if command.get_version().is_some() {
        command = command.arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    }
    command.mut_args(|arg| {
        let heading = if arg.is_positional() { headings.2 } else { headings.1 };
        let words = argument_text(path, arg.get_id().as_str(), lang);
        let takes_value = arg.get_action().takes_values();
        let arg = arg.help(words).help_heading(heading);
        if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
    })
}

/// The path of a command under another; the program's own name is left out.
fn below(path: &str, name: &str) -> String {
    if path == "mingzhang" { name.to_owned() } else { format!("{path} {name}") }
}

fn argument_text(command: &str, argument: &str, lang: Lang) -> StyledStr {
    let own = text(&format!("{command}.{argument}"), lang);
    let words = if own.is_empty() { text(&format!(".{argument}"), lang) } else { own };
    words.into()
}

fn text(at: &str, lang: Lang) -> &'static str {
    HELP.iter().find(|help| help.at == at).map_or("", |help| match lang {
        Lang::Zh => help.zh,
        Lang::En => help.en,
    })
}

/// What is wrong with the arguments, in one line.
pub(crate) fn explained(error: &clap::Error, lang: Lang) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let said = match lang {
        Lang::Zh => explained_zh(error.kind(), &argument, &value, &context(ContextKind::InvalidSubcommand)),
        Lang::En => explained_en(error.kind(), &argument, &value, &context(ContextKind::InvalidSubcommand)),
    };
    let valid = [
        context(ContextKind::ValidValue),
        context(ContextKind::SuggestedArg),
        context(ContextKind::SuggestedSubcommand),
    ];
    let valid = valid.into_iter().find(|hint| !hint.is_empty());
    match (lang, valid) {
        (Lang::Zh, Some(valid)) => format!("{said}，可用：{valid}。用法见 --help"),
        (Lang::Zh, None) => format!("{said}。用法见 --help"),
        (Lang::En, Some(valid)) => format!("{said}; possible: {valid}. See --help"),
        (Lang::En, None) => format!("{said}. See --help"),
    }
}

fn explained_zh(kind: ErrorKind, argument: &str, value: &str, command: &str) -> String {
    match kind {
        ErrorKind::UnknownArgument => format!("不认识的参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有 {command} 这个命令"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少取值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 不能取 {value}"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} 重复，或不能与其他参数同用"),
        _ => "命令的参数有误".to_owned(),
    }
}

fn explained_en(kind: ErrorKind, argument: &str, value: &str, command: &str) -> String {
    match kind {
        ErrorKind::UnknownArgument => format!("unknown argument {argument}"),
        ErrorKind::InvalidSubcommand => format!("there is no command {command}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} cannot be {value}"),
        ErrorKind::MissingRequiredArgument => format!("{argument} is missing"),
        ErrorKind::ArgumentConflict => format!("{argument} is given twice, or not possible with the others"),
        _ => "the arguments are wrong".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;

    #[test]
    fn every_command_and_argument_has_its_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let command = localised(cli::command(), lang);
            complete(&command);
            command.debug_assert();
        }
    }

    fn complete(command: &Command) {
        assert!(command.get_about().is_some_and(|about| !about.to_string().is_empty()), "{}", command.get_name());
        for arg in command.get_arguments() {
            assert!(
                arg.get_help().is_some_and(|help| !help.to_string().is_empty()),
                "{}.{}",
                command.get_name(),
                arg.get_id()
            );
        }
        command.get_subcommands().for_each(complete);
    }

    #[test]
    fn no_words_are_left_over() {
        let command = cli::command();
        for help in HELP {
            let (at, argument) = help.at.split_once('.').unwrap_or((help.at, ""));
            let sub = if at == "mingzhang" {
                Some(&command)
            } else {
                at.split(' ').try_fold(&command, |command, name| command.find_subcommand(name))
            };
            let known = match (at, argument, sub) {
                ("", ..) => true,
                (_, "", Some(_)) => true,
                (_, argument, Some(sub)) => sub.get_arguments().any(|arg| arg.get_id() == argument),
                _ => false,
            };
            assert!(known, "{}", help.at);
        }
    }
}
