//! Amounts of the narrative that are some table's: which money each of them is.
//!
//! An amount is named by the words that lead to it and the headings that it stands under; an item by
//! its path of 类, 款 and 项, wherever the sentence goes on to say how much. What is not clearly this
//! year's amount of the prescribed thing is not named.

use super::outline::numbered;
use super::subject;
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Domain, Fact, Facts, Reading, RowCode, Statement};
use mingzhang_model::key::{Function, Key, Measure, Stage};
use mingzhang_model::prose::{Claim, Mention, Prose, Quantity};
use mingzhang_model::set::Set;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::form;
use mingzhang_standard::phrase::{Phrase, phrases};
use mingzhang_standard::words;

/// The claims that amounts of the narrative are amounts of tables. Tables need not be there: a document
/// without them still names the same money.
pub(crate) fn named(document: &Document, facts: &Facts, kind: DisclosureKind) -> Vec<Claim> {
    let (prose, year) = (&facts.prose, facts.disclosure.year.unwrap_or(0));
    let stage = match kind {
        DisclosureKind::Budget => Stage::Initial,
        DisclosureKind::Accounts => Stage::FinalAccounts,
    };
    let mut claims = Vec::new();
    for (i, mention) in prose.mentions.iter().enumerate() {
        if !matches!(mention.quantity, Quantity::Money { .. }) {
            continue;
        }
        let lead = words::fold(&mention.lead);
        if is_of_other_year(&lead, year) {
            continue;
        }
        let said = subject::subject(document, prose, i, kind);
        let headings = headings(prose, mention);
        let found = phrases(kind).iter().filter_map(|phrase| fit(phrase, &said, &headings).map(|n| (n, phrase)));
        if let Some((_, phrase)) = found.max_by_key(|(length, _)| *length) {
            let mut key = Key::everything(year, stage, Set::all());
            phrase.narrow(&mut key, domain(facts, phrase.table, kind));
            if is_vague(facts, &key) {
                continue;
            }
            claims.push(Claim::Named { mention: i, table: phrase.table, key });
        } else if let Some(claim) = item(document, facts, kind, i).or_else(|| class(facts, kind, i, &headings)) {
            claims.push(claim);
        }
    }
    let is_named =
        |mention| claims.iter().any(|claim| matches!(claim, Claim::Named { mention: m, .. } if *m == mention));
    let stated = prose.claims.iter().filter_map(|claim| match claim {
        Claim::Stated { mention, statistic } if !is_named(*mention) => three_public(facts, prose, *mention, *statistic),
        _ => None,
    });
    let stated: Vec<Claim> = stated.collect();
    claims.extend(stated);
    claims
}

/// A 三公 amount of the narrative as the table of 三公 shows it, at the stage that the narrative means.
fn three_public(facts: &Facts, prose: &Prose, mention: usize, statistic: Statistic) -> Option<Claim> {
    let (economic, is_budget) = mingzhang_standard::statistic::three_public(statistic)?;
    let fact = facts.facts.iter().find(|fact| {
        let of_table = facts.statements[fact.statement].concept == "three_public";
        let is_outturn =
            fact.key.stage == Stage::FinalAccounts || facts.disclosure.kind == Some(DisclosureKind::Budget);
        let whole = fact.key.units == Set::all() && facts.is_plain(fact);
        of_table && fact.key.economic == economic && is_outturn != is_budget && whole
    })?;
    // 年初预算 is not what a table of 全年预算 shows.
    let says = |word: &str| last_clause(&prose.mentions[mention].lead).contains(word);
    let other_stage = match fact.key.stage {
        Stage::Initial => says("全年") || says("调整"),
        Stage::Adjusted => says("年初"),
        _ => false,
    };
    if other_stage {
        return None;
    }
    Some(Claim::Named { mention, table: facts.statements[fact.statement].code, key: fact.key.clone() })
}

/// True when the words speak of another year than the document's: 比2023年预算, 上年.
pub(super) fn is_of_other_year(lead: &str, year: u16) -> bool {
    let clause = last_clause(lead);
    let other = year != 0 && words::year_in(clause).is_some_and(|said| said != year);
    other || clause.contains("上年") || clause.contains("去年") || clause.starts_with(['比', '较'])
}

pub(super) fn last_clause(lead: &str) -> &str {
    lead.rsplit([',', ';', ':', '。']).next().unwrap_or(lead)
}

/// The titles over a mention, from the nearest up.
pub(super) fn headings(prose: &Prose, mention: &Mention) -> Vec<String> {
    let mut titles = Vec::new();
    let mut at = prose.section_of.get(mention.span.block).copied().flatten();
    while let Some(section) = at.map(|s| &prose.sections[s]) {
        titles.push(words::fold(&section.title));
        at = section.parent;
    }
    titles
}

/// True for the income of a fund in a document that carries money over and whose form is not known: 财政拨款收入
/// is with what was carried over in some places and without it in others.
fn is_vague(facts: &Facts, key: &Key) -> bool {
    let carries =
        |statement: &Statement| statement.reading == Reading::Words && statement.domain.incoming.has(Measure::Opening);
    let of_funds = key.measures == Set::only(Measure::Income) && key.funds != Set::all();
    of_funds && facts.statements.iter().any(carries)
}

/// What “all” means in the document: in the table of that code, or else in its first. A narrative without tables
/// means what most do: a budget's money comes in and goes out within its year.
fn domain<'f>(facts: &'f Facts, table: &str, kind: DisclosureKind) -> Option<&'f Domain> {
    let own = facts.statements.iter().find(|statement| statement.code == table);
    let usual = || {
        let budget = (kind == DisclosureKind::Budget).then(|| form::form("shanghai_budget_department")).flatten()?;
        budget.tables.first().map(|table| &table.domain)
    };
    own.or(facts.statements.first()).map(|statement| &statement.domain).or_else(usual)
}

/// The length of the longest name of a phrase that the subject ends in, under fitting headings.
fn fit(phrase: &Phrase, said: &str, headings: &[String]) -> Option<usize> {
    // The nearest heading says what the sentence is about; those above only where it is silent.
    let nearest = headings.first().map_or("", String::as_str);
    let under = phrase.under.iter().all(|word| headings.iter().any(|title| title.contains(word.as_str())));
    if !under || phrase.not_under.iter().any(|word| nearest.contains(word.as_str())) {
        return None;
    }
    phrase.names.iter().filter(|name| ends_in(said, name)).map(String::len).max()
}

/// True when what is said is the name itself, but for the year and the office before it. 其他收入 is
/// not the 收入 of a longer name: a letter before the name must belong to the office or the year.
pub(super) fn ends_in(said: &str, name: &str) -> bool {
    let said = said.trim_end_matches('均');
    let Some(before) = said.strip_suffix(name) else { return false };
    const ENDS: [&str; 16] = [
        "年",
        "年度",
        "中",
        "局",
        "委",
        "委员会",
        "办",
        "办公室",
        "部",
        "处",
        "中心",
        "院",
        "所",
        "队",
        "单位",
        "部门",
    ];
    let closed = before.ends_with([')', '(', '、']);
    before.is_empty() || closed || ENDS.iter().any(|end| before.ends_with(end)) || before.ends_with("财政拨款的")
}

/// An item of the narrative: …(类)…(款)…(项), or 类-款-项, or a class alone, with the amount of the budget or
/// the outturn.
fn item(document: &Document, facts: &Facts, kind: DisclosureKind, i: usize) -> Option<Claim> {
    let mention = &facts.prose.mentions[i];
    let lead = words::fold(&mention.lead);
    let clause = last_clause(&lead);
    let is_outturn = clause.contains("支出决算") || clause.ends_with("决算为");
    let (path, table) = match kind {
        DisclosureKind::Accounts => (path_over(document, mention.span.block)?, is_outturn.then_some("A05")?),
        DisclosureKind::Budget => {
            let said = without_digits(clause.trim_end_matches(['为']));
            if let Some(class) = said.strip_suffix("科目").and_then(class_alone) {
                return class_claim(facts, i, class);
            }
            let item = ["(项)", "(项)科目", "(项)支出"].iter().any(|end| said.ends_with(end));
            let dashed = said.ends_with("科目") && !said.contains("(类)");
            ((item || dashed).then(|| path(&said))??, "B05")
        }
    };
    let statement = facts.statements.iter().find(|statement| statement.code == table)?;
    let Some(code) = code_of(statement, &path) else {
        // An item that nothing was spent on has no row.
        let is_nothing = matches!(mention.quantity, Quantity::Money { figure, .. } if figure.amount.is_zero());
        let placed = is_nothing || is_placed(statement, &path);
        return (!placed).then_some(Claim::Unplaced { mention: i, names: path, table: statement.code });
    };
    let fact = facts.facts.iter().find(|fact| {
        facts.statements[fact.statement].code == table
            && fact.key.function == Function::Code(code)
            && fact.key.kinds == Set::all()
    })?;
    Some(Claim::Named { mention: i, table: statement.code, key: fact.key.clone() })
}

/// The name of a class that stands by itself: 4.住房保障支出.
fn class_alone(said: &str) -> Option<&str> {
    let name = numbered(said).map_or(said, |(_, number)| &said[number.len()..]);
    let plain = !name.is_empty() && !name.contains(['-', '(', ')', ',', ':']);
    plain.then_some(name)
}

/// The fiscal money of a class, as the table of fiscal income and expenditure prints it.
fn class_claim(facts: &Facts, mention: usize, class: &str) -> Option<Claim> {
    const TABLE: &str = "B04";
    let statement = facts.statements.iter().find(|statement| statement.code == TABLE)?;
    let of_class = facts.facts.iter().filter(|fact| {
        let own = &facts.statements[fact.statement];
        let is_class = matches!(fact.key.function, Function::Code(code) if code.parent().is_none());
        own.code == TABLE && is_class && words::label_key(&own.rows[fact.row].name) == class
    });
    let whole = of_class.max_by_key(|fact| fact.key.funds.len())?;
    Some(Claim::Named { mention, table: statement.code, key: whole.key.clone() })
}

/// (204类) is (类): some places print the code with the name.
fn without_digits(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
        let of_code = c.is_ascii_digit() && ["类)", "款)", "项)"].iter().any(|mark| rest.starts_with(mark));
        if !of_code {
            kept.push(c);
        }
    }
    kept
}

/// A class of the accounts' structure: 一般公共服务支出（类）3万元, or 一般公共服务（类）支出3万元.
fn class(facts: &Facts, kind: DisclosureKind, i: usize, headings: &[String]) -> Option<Claim> {
    const TABLE: &str = "A05";
    let nearest = headings.first().filter(|_| kind == DisclosureKind::Accounts)?;
    let lead = words::fold(&facts.prose.mentions[i].lead);
    let name = last_clause(&lead).trim_end_matches('为').replace("(类)", "");
    let code = class_called(facts, TABLE, &name).filter(|_| nearest.contains("支出决算结构"))?;
    let key = class_key(facts, TABLE, code)?;
    Some(Claim::Named { mention: i, table: TABLE, key })
}

/// The class that a table calls so, with or without 支出 behind it.
pub(super) fn class_called(facts: &Facts, table: &str, name: &str) -> Option<FunctionalCode> {
    let bare = |name: &str| name.strip_suffix("支出").unwrap_or(name).to_string();
    let statement = facts.statements.iter().find(|statement| statement.code == table)?;
    let mut classes = statement.rows.iter().filter_map(|row| match row.code {
        Some(RowCode::Functional(code)) if code.parent().is_none() => Some((code, words::label_key(&row.name))),
        _ => None,
    });
    let found = classes.find(|(_, own)| !name.is_empty() && bare(own) == bare(name));
    found.map(|(code, _)| code)
}

/// Which money a table's row of a class shows in all.
pub(super) fn class_key(facts: &Facts, table: &str, code: FunctionalCode) -> Option<Key> {
    let in_table = |fact: &&Fact| facts.statements[fact.statement].code == table;
    let rows = facts.facts.iter().filter(in_table).filter(|fact| fact.key.function == Function::Code(code));
    // The column of the total lets the most kinds pass.
    rows.max_by_key(|fact| fact.key.kinds.len()).map(|fact| fact.key.clone())
}

/// The path that a paragraph of accounts is about: it begins with one, or the line above is one.
fn path_over(document: &Document, block: usize) -> Option<[String; 3]> {
    let text = |block: usize| match document.blocks.get(block) {
        Some(Block::Paragraph(paragraph)) => Some(words::label_key(&paragraph.text)),
        _ => None,
    };
    let own = text(block)?;
    // What a reason further on says of another item is no path of this one.
    if own.find("(类)").is_some_and(|at| !own[..at].contains(['。', ','])) {
        return path(&own);
    }
    let above = text(block.checked_sub(1)?)?;
    path(&above).filter(|_| above.trim_end_matches('。').ends_with("(项)"))
}

/// The names of 类, 款 and 项 in 一般公共服务支出(类)财政事务(款)行政运行(项), and in
/// 一般公共服务支出-财政事务-行政运行科目.
fn path(text: &str) -> Option<[String; 3]> {
    let name = |text: &str| words::label_key(text.trim_start_matches("支出"));
    let Some((class, rest)) = text.split_once("(类)") else {
        let said = text.strip_suffix("科目")?;
        let names: Vec<&str> = said.split(['-', '—', '–']).collect();
        return match names.as_slice() {
            [class, subclass, item] => Some([name(class), name(subclass), name(item)]),
            _ => None,
        };
    };
    let (subclass, rest) = rest.split_once("(款)")?;
    let (item, _) = rest.split_once("(项)")?;
    Some([name(class), name(subclass), name(item)])
}

/// The item of the table that has these names at its three levels; none when none or several have.
fn code_of(statement: &Statement, path: &[String; 3]) -> Option<FunctionalCode> {
    let codes = || {
        statement.rows.iter().filter_map(|row| match row.code {
            Some(RowCode::Functional(code)) => Some((code, words::label_key(&row.name))),
            _ => None,
        })
    };
    let name_of = |code| codes().find(|(c, _)| *c == code).map(|(_, name)| name);
    let mut fits = codes().filter(|(code, name)| {
        let Some(subclass) = code.parent() else { return false };
        let Some(class) = subclass.parent() else { return false };
        let same = |found: Option<String>, said: &String| found.is_some_and(|name| name == *said);
        *name == path[2] && same(name_of(subclass), &path[1]) && same(name_of(class), &path[0])
    });
    match (fits.next(), fits.next()) {
        (Some((code, _)), None) => Some(code),
        _ => None,
    }
}

/// True when the table holds no items at all, or holds these names more than once: then it does not
/// say that the sentence is wrong.
fn is_placed(statement: &Statement, path: &[String; 3]) -> bool {
    let names: Vec<String> = statement.rows.iter().map(|row| words::label_key(&row.name)).collect();
    let twice = |name: &String| names.iter().filter(|own| *own == name).count() > 1;
    !statement.closed || names.len() < 3 || path[1..].iter().all(|name| names.contains(name) && twice(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_whole_name() {
        assert!(ends_in("2024年某局收入预算", "收入预算"));
        assert!(ends_in("财政拨款收入", "财政拨款收入"));
        assert!(!ends_in("非财政拨款收入", "财政拨款收入"));
        assert!(!ends_in("其他财政拨款支出预算", "支出预算"));
    }

    #[test]
    fn items_have_three_names() {
        let names = path("一般公共服务支出(类)财政事务(款)行政运行(项)").unwrap();
        assert_eq!(names, ["一般公共服务支出", "财政事务", "行政运行"]);
        assert_eq!(path("一般公共服务支出(类)"), None);
        let names = path("1.一般公共服务支出-财政事务-行政运行科目").unwrap();
        assert_eq!(names, ["一般公共服务支出", "财政事务", "行政运行"]);
        assert_eq!(without_digits("公共安全支出(204类)公安(02款)2024年"), "公共安全支出(类)公安(款)2024年");
        assert_eq!((class_alone("4.住房保障支出"), class_alone("教育支出-普通教育")), (Some("住房保障支出"), None));
    }
}
