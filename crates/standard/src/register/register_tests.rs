//! The files of the registers are registers, and faults in a file are named.

use super::*;

#[test]
fn every_file_in_the_folder_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/registers");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".toml", ""))
        .collect();
    let mut known: Vec<&str> = FILES.iter().map(|(id, _)| *id).collect();
    files.sort();
    known.sort_unstable();
    assert_eq!(files, known);
}

#[test]
fn every_file_is_a_register_with_fields_and_figures() {
    if let Err(fault) = parse_all(&FILES) {
        panic!("{fault}");
    }
    for register in registers() {
        assert!(!register.fields.is_empty() && !register.figures.is_empty(), "{}", register.id);
        assert!(!register.checks.is_empty() || !register.remarks.is_empty(), "{} checks nothing", register.id);
        assert!(!register.requirements.is_empty() && !register.unique.is_empty(), "{}", register.id);
    }
}

#[test]
fn the_functions_that_rest_on_registers_have_one() {
    let wanted = [1, 2, 4].into_iter().chain(18..=20).chain(23..=27).chain([29]).chain(31..=44);
    for number in wanted {
        assert!(registers().iter().any(|register| register.requirements.contains(&number)), "function {number}");
    }
}

#[test]
fn payments_that_need_a_row_find_its_register() {
    for (code, id) in [
        ("30217", "receptions"),
        ("30212", "trips"),
        ("30215", "meetings"),
        ("30216", "trainings"),
        ("30231", "vehicle_costs"),
        ("31013", "vehicles"),
    ] {
        let found: Vec<&str> = paid_by(EconomicCode::parse(code).unwrap()).map(|register| register.id).collect();
        assert_eq!(found, [id], "{code}");
    }
    assert_eq!(paid_by(EconomicCode::parse("30201").unwrap()).count(), 0);
}

#[test]
fn registers_of_totals_cannot_name_anybody() {
    let totals: Vec<&str> = registers().iter().filter(|register| register.totals_only).map(|r| r.id).collect();
    assert_eq!(totals, ["staff", "documents", "hotline", "duty", "petitions", "finance_risk", "party", "surveys"]);
    let petitions = register("petitions").unwrap();
    for field in &petitions.fields {
        assert!(!matches!(field.kind, FieldKind::Text | FieldKind::Code | FieldKind::Reference(_)), "{}", field.name);
    }
    let counts = petitions.figures.iter().filter(|figure| figure.unit == "件次");
    for figure in counts {
        assert_eq!(figure.suppress_below, Some(5), "{}", figure.name);
    }
}

/// What is wrong with a file that holds this besides a title.
fn fault(body: &str) -> String {
    let text = format!("title = '册'\nrow = '一行'\nrequirements = [1]\n{body}");
    parse_all(&[("x", &text)]).unwrap_err()
}

const FIELDS: &str = "fields = [\n{ name = 'day', title = '日', kind = 'date' },\n\
     { name = 'count', title = '数', kind = 'count' },\n{ name = 'plate', title = '牌', kind = 'code', secret = true },\n\
     { name = 'sort', title = '类', kind = 'choice', choices = [['a', '甲'], ['b', '乙']] },\n]\n";

#[test]
fn faults_in_fields_are_named() {
    let field = |text: &str| fault(&format!("fields = [{{ {text} }}]"));
    assert!(field("name = 'a', title = '甲', kind = 'float'").contains("unknown kind “float”"));
    assert!(field("name = 'a', title = '甲', kind = 'choice'").contains("without choices"));
    assert!(field("name = 'a', title = '甲', kind = 'reference'").contains("of which register"));
    assert!(field("name = 'a', title = '甲', kind = 'reference', of = 'y'").contains("“y”, which has no key"));
    assert!(field("name = 'year', title = '甲', kind = 'text'").contains("cannot be the name"));
    assert!(field("name = 'A', title = '甲', kind = 'text'").contains("cannot be the name"));
    assert!(field("name = 'a', title = '甲', kind = 'text', colour = 'red'").contains("colour"));
    assert!(field("name = 'a', title = '甲', kind = 'text', of = 'y'").contains("its kind does not have"));
    assert!(
        field("name = 'a', title = '甲', kind = 'text' }, { name = 'a', title = '乙', kind = 'text'").contains("twice")
    );
    let taken = "name = 'a', title = '甲', kind = 'choice', choices = [['a', '一'], ['b', '二']]";
    assert!(field(taken).contains("name of something else"));
    assert!(fault(&format!("unique = ['no']\n{FIELDS}")).contains("“no” is no field"));
    assert!(fault(&format!("key = 'plate'\n{FIELDS}")).contains("not required"));
    assert!(fault(&format!("totals_only = true\n{FIELDS}")).contains("“plate” could name somebody"));
    assert!(fault(&format!("pays = ['50101']\n{FIELDS}")).contains("no economic code"));
}

#[test]
fn faults_in_checks_are_named() {
    let check =
        |that: &str, message: &str| fault(&format!("{FIELDS}[[check]]\nthat = \"{that}\"\nmessage = '{message}'"));
    assert!(check("cuont > 0", "少").contains("“cuont” is no field"));
    assert!(check("count > 1元", "少").contains("compared"));
    assert!(check("count + 1", "少").contains("not a condition"));
    assert!(check("count < year", "少").contains("known only where"));
    assert!(check("sort = c", "少").contains("none of the choices"));
    assert!(check("count > 0", "").contains("without a message"));
    assert!(check("count > 0", "{cuont}").contains("“cuont” is no field"));
    assert!(check("count > 0", "{count").contains("does not end"));
    assert!(check("count > 0", "{plate}").contains("secret “plate”"));
    let group = "[[group]]\nby = ['sort']\nsum = 'day'\nthat = 'total > 0'\nmessage = '少'";
    assert!(fault(&format!("{FIELDS}{group}")).contains("cannot be added up"));
    assert!(fault(&format!("computed = [['x', '某', 'count + y']]\n{FIELDS}")).contains("computed “x”"));
}

#[test]
fn faults_in_figures_are_named() {
    let figure = |text: &str| fault(&format!("date = 'day'\n{FIELDS}[[figure]]\n{text}"));
    assert!(figure("statistic = 'x'\ncount = 'rows'\nunit = '个'\nat = 'year'").contains("no statistic"));
    let named = |text: &str| figure(&format!("name = 'n'\ntitle = '名'\n{text}"));
    assert!(named("count = 'rows'\nunit = '个'").contains("at = year"));
    assert!(named("count = 'rows'\nunit = '个'\nat = 'cutoff'").contains("held"));
    assert!(named("count = 'rows'\nat = 'year'").contains("no unit"));
    assert!(named("count = 'rows'\nunit = '个'\nat = 'year'\ndate = 'count'").contains("time of a row"));
    assert!(named("count = 'columns'\nunit = '个'\nat = 'year'").contains("one of count"));
    assert!(named("sum = 'sort'\nunit = '个'\nat = 'year'").contains("cannot be added up"));
    assert!(named("ratio = ['n', 'm']").contains("“n” is no figure"));
    assert!(named("count = 'rows'\nunit = '个'\nat = 'year'\nby = 'count'").contains("no choice"));
    assert!(named("count = 'rows'\nunit = '个'\nat = 'year'\nby = 'sort'").contains("{} in its title"));
    assert!(named("count = 'rows'\nunit = '个'\nat = 'year'\nwhere = 'count'").contains("not a condition"));
    let whole = "count = 'rows'\nunit = '个'\nat = 'year'\n[[agreement]]\nthat = 'm > 0'\nmessage = '少'";
    assert!(named(whole).contains("“m” is no field"));
}
