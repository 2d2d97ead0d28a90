//! Documents that belong together: which of the shared ones do, what the rules over several documents say of them, and
//! that they see a number that is changed in one of two.
//!
//! `corpus/bundles.tsv` lists what is said of each bundle, and what a person who read the documents says of that.
//! `UPDATE_GOLDEN=1` prints the lines as they are now; verdict and reason are a person's to write.

use mingzhang_model::amount::Amount;
use mingzhang_model::fact::Printed;
use mingzhang_model::rule::{Outcome, Report};
use mingzhang_rules::bundle::{self, Part};
use mingzhang_testkit::shared;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn part(path: &Path) -> Option<Part> {
    let document = mingzhang_read::read(&std::fs::read(path).unwrap()).ok()?;
    let facts = mingzhang_extract::extract(&document);
    Some(Part::of(shared::name(path), &document, facts))
}

fn checked(parts: &[Part], members: &[usize]) -> Report {
    bundle::check(&members.iter().map(|i| &parts[*i]).collect::<Vec<_>>())
}

/// What the rules said, one line each; what does not apply is left out.
fn told(report: &Report) -> Vec<(String, String)> {
    let lines = report.outcomes.iter().flat_map(|(code, outcome)| {
        let lines = match outcome {
            Outcome::Passed(n) => vec![format!("held {n}")],
            Outcome::Undecided(why) => vec![format!("undecided: {why}")],
            Outcome::NotApplicable(_) => Vec::new(),
            Outcome::Failed { findings, passed } => {
                let findings = findings.iter().map(|finding| finding.fingerprint.clone());
                findings.chain([format!("held {passed}")]).collect()
            }
        };
        lines.into_iter().map(|line| (code.clone(), line)).collect::<Vec<_>>()
    });
    lines.collect()
}

#[test]
fn what_is_said_of_the_shared_bundles_has_been_read_and_is_true() {
    let parts: Vec<Part> = shared::files("corpus/pdf", "").iter().filter_map(|path| part(path)).collect();
    if parts.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for bundle in bundle::bundles(&parts) {
        let documents = format!("{} documents", bundle.members.len());
        found.push([bundle.body.clone(), "-".into(), documents]);
        let told = told(&checked(&parts, &bundle.members));
        found.extend(told.into_iter().map(|(code, line)| [bundle.body.clone(), code, line]));
    }
    for (text, tables) in bundle::halves(&parts) {
        let body = parts[text].facts.disclosure.body.clone().unwrap_or_default();
        found.push([body.clone(), "halves".into(), format!("{} + {}", parts[text].name, parts[tables].name)]);
        let told = told(&across(&parts[text].name, &parts[tables].name));
        found.extend(told.into_iter().map(|(code, line)| [body.clone(), format!("halves {code}"), line]));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        found.iter().for_each(|line| println!("{}\t?\t", line.join("\t")));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/bundles.tsv");
    let judged = std::fs::read_to_string(path).unwrap();
    let lines = judged.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let judged: BTreeMap<[&str; 3], &str> = lines.map(|f| ([f[0], f[1], f[2]], f[3])).collect();
    let found: Vec<[&str; 3]> = found.iter().map(|line| [line[0].as_str(), &line[1], &line[2]]).collect();
    let open: Vec<_> = found.iter().filter(|line| judged.get(*line) != Some(&"true")).collect();
    assert!(open.is_empty(), "not judged, or not true: {open:#?}");
    let gone: Vec<_> = judged.keys().filter(|line| !found.contains(line)).collect();
    assert!(gone.is_empty(), "no longer said: {gone:#?}");
}

/// What two shared files say as one document that neither says alone.
fn across(text: &str, tables: &str) -> Report {
    let read =
        |name: &str| mingzhang_read::read(&std::fs::read(&shared::files("corpus/pdf", name)[0]).unwrap()).unwrap();
    let joined = bundle::joined((text, read(text)), (tables, read(tables)));
    let facts = mingzhang_extract::extract(&joined.document);
    joined.across(mingzhang_rules::check(&joined.document, &facts))
}

/// The parts of these shared documents, in this order.
fn named(names: [&str; 2]) -> Option<Vec<Part>> {
    let files: Vec<PathBuf> = names.iter().flat_map(|name| shared::files("corpus/pdf", name)).collect();
    (!files.is_empty()).then(|| files.iter().filter_map(|path| part(path)).collect())
}

/// A number of the second document that both print is changed, one after the other: how many were changed, and how many
/// of them the rule then names with both documents.
fn planted(parts: &mut [Part], rule: &str, at: usize) -> (usize, usize) {
    let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let (mut changed, mut seen) = (0, 0);
    for i in 0..parts[at].facts.facts.len() {
        let fact = parts[at].facts.facts[i].clone();
        let Printed::Figure(mut figure) = fact.printed else { continue };
        // A number that the document prints elsewhere too still has a print that agrees.
        let twins = parts[at].facts.facts.iter().filter(|other| other.key == fact.key).count();
        let other =
            parts[1 - at].facts.facts.iter().any(|other| other.key == fact.key && other.printed == fact.printed);
        if twins > 1 || !other {
            continue;
        }
        figure.amount = Amount(figure.amount.0 + 1_000_000);
        parts[at].facts.facts[i].printed = Printed::Figure(figure);
        let report = checked(parts, &[0, 1]);
        let tells = |finding: &mingzhang_model::finding::Finding| {
            let related = finding.related.iter().map(|related| &related.location);
            let said: Vec<&String> =
                related.chain([&finding.location]).filter_map(|location| location.document.as_ref()).collect();
            finding.rule == rule && names.iter().all(|name| said.contains(&name))
        };
        changed += 1;
        seen += usize::from(report.findings().any(tells));
        parts[at].facts.facts[i] = fact;
    }
    (changed, seen)
}

#[test]
fn a_number_that_differs_between_a_department_and_its_only_unit_is_told_with_both() {
    for names in [["人民政府办公室25年", "人民政府办公室单位25年"], ["商务委员会25年", "商务委员会单位25年"]]
    {
        let Some(mut parts) = named(names) else { return };
        let (changed, seen) = planted(&mut parts, "DU011", 1);
        println!("{}: {seen} of {changed} are seen", names[0]);
        assert!(changed > 50 && seen == changed, "{}: {seen} of {changed}", names[0]);
    }
}

#[test]
fn last_years_number_that_is_not_what_was_disclosed_is_told() {
    let Some(mut parts) = named(["万里街道办事处24年", "万里街道办事处25年"]) else { return };
    let total = parts[0].facts.facts.iter().map(|fact| fact.printed.amount()).max().unwrap();
    for fact in &mut parts[0].facts.facts {
        if let Printed::Figure(figure) = &mut fact.printed
            && figure.amount == total
        {
            figure.amount = Amount(total.0 + 2_000_000);
        }
    }
    let report = checked(&parts, &[0, 1]);
    let told: Vec<_> = report.findings().filter(|finding| finding.rule == "CT004").collect();
    assert!(!told.is_empty(), "{:?}", report.outcomes);
    assert!(told.iter().all(|finding| finding.message.contains("156,211,100")), "{told:#?}");
}

const TEXT: &str = "青岚市水务局2025年部门预算情况说明
一、部门预算编制说明
2025年，青岚市水务局收入预算81.00万元，其中：财政拨款收入81.00万元，比2024年预算增加1.00万元。
支出预算81.00万元，其中：财政拨款支出预算81.00万元，比2024年预算增加1.00万元。
";

const TABLES: &str = "2025年部门财务收支预算总表
编制部门：青岚市水务局
单位：元
本年收入\t\t本年支出\t
项目\t预算数\t项目\t预算数
一、财政拨款收入\t800,000\t一、农林水支出\t800,000
收入总计\t800,000\t支出总计\t800,000

2025年部门支出预算总表
编制部门：青岚市水务局
单位：元
项目\t\t\t\t支出预算\t\t
功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
213\t\t\t农林水支出\t800,000\t500,000\t300,000
合计\t\t\t\t800,000\t500,000\t300,000
";

#[test]
fn the_halves_of_one_disclosure_are_read_as_one() {
    let half = |name: &str, text: &str| {
        let document = mingzhang_read::read(text.as_bytes()).unwrap();
        let facts = mingzhang_extract::extract(&document);
        (Part::of(name, &document, facts), document)
    };
    let ((text, first), (tables, second)) = (half("附件1.txt", TEXT), half("附件2.txt", TABLES));
    assert_eq!(bundle::halves(&[tables.clone(), text.clone()]), [(1, 0)]);
    assert!(bundle::halves(&[tables.clone(), text.clone(), tables]).is_empty(), "two files could be the tables");
    let joined = bundle::joined(("附件1.txt", first), ("附件2.txt", second));
    let facts = mingzhang_extract::extract(&joined.document);
    let report = joined.across(mingzhang_rules::check(&joined.document, &facts));
    let told: Vec<_> = report.findings().collect();
    assert!(!told.is_empty(), "81.00 in the text is not 800,000 in the tables");
    for finding in told {
        let places = finding.related.iter().map(|related| &related.location).chain([&finding.location]);
        for place in places {
            let (file, line) = (place.document.as_deref().unwrap(), place.place.line.unwrap() as usize);
            let source = if file == "附件1.txt" { TEXT } else { TABLES };
            let words = source.lines().nth(line - 1).unwrap().replace(',', "");
            let quote = place.quote.as_deref().unwrap_or_default().replace(',', "");
            assert!(words.contains(quote.trim()), "{file}:{line} is no place of “{quote}”: {words}");
        }
    }
}
