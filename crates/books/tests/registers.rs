//! A small made-up year of every register: its rows pass, each check fails on a row that breaks it, and the
//! figures are those that were worked out by hand. The years are in `registers/`, one file each.

use mingzhang_books::register::{
    Complaint, Row, Weight, agreements, check_row, check_rows, figures, parse_value, read_row,
};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::register::{Register, register, registers};
use std::collections::BTreeMap;

/// A year: `table` has a line of names and then a row on each line, cells between bars; `bad` has the row to
/// start from, counted from 1, what is changed in it, and words of the complaint; `figures` has a name and a
/// value on each line, and a family of kinds may leave out those that are nothing.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: u16,
    cutoff: String,
    table: String,
    bad: Vec<(usize, String, String)>,
    #[serde(default)]
    together: Vec<(usize, String, String)>,
    figures: String,
    /// What the figures are remarked on for.
    #[serde(default)]
    agreements: Vec<String>,
    /// As `bad`, for what is remarked on the figures; a row below nothing stands alone in its year.
    #[serde(default)]
    disagreeing: Vec<(i64, String, String)>,
}

struct Sample {
    register: &'static Register,
    year: Year,
    rows: Vec<Row>,
}

fn samples() -> Vec<Sample> {
    registers().iter().map(sample).collect()
}

fn sample(register: &'static Register) -> Sample {
    let path = format!("{}/tests/registers/{}.toml", env!("CARGO_MANIFEST_DIR"), register.id);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no made-up year", register.id));
    let year: Year = toml::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", register.id));
    let mut lines = year.table.lines().filter(|line| !line.trim().is_empty());
    let names: Vec<&str> = lines.next().unwrap().split('|').map(str::trim).collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), names.len(), "{}: {line}", register.id);
        let mut row = Row::new();
        names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()).for_each(|(name, cell)| {
            put(register, &mut row, name, cell);
        });
        row
    };
    let rows = lines.map(row).collect();
    Sample { register, year, rows }
}

fn put(register: &Register, row: &mut Row, name: &str, typed: &str) {
    let field = register.field(name).unwrap_or_else(|| panic!("{}: {name}", register.id));
    let value = parse_value(field, typed).unwrap_or_else(|fault| panic!("{}: {fault}", register.id));
    row.insert(name.to_string(), value);
}

/// A row with some fields changed: `field=value` apart by semicolons, without a value to empty it.
fn changed(register: &Register, row: &Row, changes: &str) -> Row {
    let mut row = row.clone();
    for change in changes.split(';').map(str::trim).filter(|change| !change.is_empty()) {
        match change.split_once('=').unwrap() {
            (name, "") => assert!(row.remove(name).is_some(), "{}: {name} is empty already", register.id),
            (name, typed) => put(register, &mut row, name, typed),
        }
    }
    row
}

impl Sample {
    fn bad_rows(&self) -> Vec<(Row, &str)> {
        let bad = |(at, changes, says): &'_ (usize, String, String)| {
            (changed(self.register, &self.rows[at - 1], changes), says.clone())
        };
        let rows: Vec<(Row, String)> = self.year.bad.iter().map(bad).collect();
        rows.into_iter().zip(&self.year.bad).map(|((row, _), (_, _, says))| (row, says.as_str())).collect()
    }

    fn figures(&self) -> BTreeMap<String, String> {
        let cutoff = Date::parse(&self.year.cutoff).unwrap();
        let found = figures(self.register, self.rows.iter().enumerate(), self.year.year, cutoff);
        for figure in &found {
            assert!(figure.unclear.is_empty(), "{}: {figure:?}", self.register.id);
        }
        found.into_iter().map(|figure| (figure.name, figure.value.to_string())).collect()
    }
}

#[test]
fn the_rows_of_every_year_pass_their_checks() {
    for sample in samples() {
        for (at, row) in sample.rows.iter().enumerate() {
            let complaints = check_row(sample.register, row);
            assert_eq!(complaints, [], "{} row {}", sample.register.id, at + 1);
        }
        let together = check_rows(sample.register, sample.rows.iter().enumerate());
        assert_eq!(together, [], "{}", sample.register.id);
    }
}

#[test]
fn rows_that_break_a_check_fail_for_the_stated_reason() {
    for sample in samples() {
        for (row, says) in sample.bad_rows() {
            let told: Vec<String> = check_row(sample.register, &row).into_iter().map(|c| c.message).collect();
            assert!(told.iter().any(|message| message.contains(says)), "{}: “{says}” in {told:?}", sample.register.id);
        }
    }
}

#[test]
fn every_check_fails_on_some_row() {
    for sample in samples() {
        let bad = sample.bad_rows();
        let all = sample.register.checks.iter().chain(&sample.register.remarks);
        for check in all {
            let only = Register { checks: vec![check.clone()], remarks: Vec::new(), ..sample.register.clone() };
            let is_broken = bad.iter().any(|(row, _)| !check_row(&only, row).is_empty());
            assert!(is_broken, "{}: nothing breaks {:?}", sample.register.id, check.message);
        }
    }
}

#[test]
fn rows_that_do_not_stand_together_fail_for_the_stated_reason() {
    for sample in samples() {
        let repeated: Vec<Row> = sample.rows.iter().chain(sample.rows.first()).cloned().collect();
        let told = check_rows(sample.register, repeated.iter().enumerate());
        let same = |(ids, complaint): &(Vec<usize>, Complaint)| {
            *ids == [0, repeated.len() - 1] && complaint.message.contains("应只登记一行")
        };
        assert!(told.iter().any(same), "{}: {told:?}", sample.register.id);
        for (at, changes, says) in &sample.year.together {
            let mut rows = sample.rows.clone();
            rows[at - 1] = changed(sample.register, &rows[at - 1], changes);
            let told = check_rows(sample.register, rows.iter().enumerate());
            let is_told =
                told.iter().any(|(ids, complaint)| ids.contains(&(at - 1)) && complaint.message.contains(says));
            assert!(is_told, "{}: “{says}” in {told:?}", sample.register.id);
        }
        assert!(sample.register.groups.len() <= sample.year.together.len(), "{}", sample.register.id);
    }
}

#[test]
fn the_figures_of_every_year_are_those_worked_out_by_hand() {
    for sample in samples() {
        let mut found = sample.figures();
        for line in sample.year.figures.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, expected) = line.split_once(' ').unwrap();
            let value = found.remove(name).unwrap_or_else(|| panic!("{}: no figure {name}", sample.register.id));
            assert_eq!(value, expected.trim(), "{}: {name}", sample.register.id);
        }
        for (name, value) in found {
            let is_kind = sample.register.figure(&name).unwrap().family.is_some();
            assert!(
                is_kind && (value == "0" || value == "0.00"),
                "{}: {name} {value} is not expected",
                sample.register.id
            );
        }
    }
}

#[test]
fn the_figures_of_every_year_agree_as_they_should() {
    for sample in samples() {
        let cutoff = Date::parse(&sample.year.cutoff).unwrap();
        let found = figures(sample.register, sample.rows.iter().enumerate(), sample.year.year, cutoff);
        let told: Vec<String> = agreements(sample.register, &found).into_iter().map(|c| c.message).collect();
        assert_eq!(told.len(), sample.year.agreements.len(), "{}: {told:?}", sample.register.id);
        for (told, says) in told.iter().zip(&sample.year.agreements) {
            assert!(told.contains(says.as_str()), "{}: {told}", sample.register.id);
        }
    }
}

#[test]
fn every_agreement_can_be_broken_and_says_so() {
    for sample in samples() {
        let cutoff = Date::parse(&sample.year.cutoff).unwrap();
        let told = |register: &Register, at: i64, changes: &str| {
            let index = usize::try_from(at.abs() - 1).unwrap();
            let mut rows = sample.rows.clone();
            rows[index] = changed(register, &rows[index], changes);
            if at < 0 {
                rows = vec![rows[index].clone()];
            }
            let found = figures(register, rows.iter().enumerate(), sample.year.year, cutoff);
            agreements(register, &found).into_iter().map(|complaint| complaint.message).collect::<Vec<String>>()
        };
        for (at, changes, says) in &sample.year.disagreeing {
            let told = told(sample.register, *at, changes);
            assert!(told.iter().any(|m| m.contains(says.as_str())), "{}: “{says}” in {told:?}", sample.register.id);
        }
        for agreement in &sample.register.agreements {
            let only = Register { agreements: vec![agreement.clone()], ..sample.register.clone() };
            let is_broken =
                sample.year.disagreeing.iter().any(|(at, changes, _)| !told(&only, *at, changes).is_empty());
            assert!(is_broken || !told(&only, 1, "").is_empty(), "{}: {:?}", sample.register.id, agreement.message);
        }
        let nothing = figures(sample.register, Vec::<(usize, &Row)>::new(), sample.year.year, cutoff);
        assert_eq!(agreements(sample.register, &nothing), [], "{} without rows", sample.register.id);
    }
}

#[test]
fn a_figure_names_the_rows_behind_it() {
    let sample = sample(register("receptions").unwrap());
    let cutoff = Date::parse(&sample.year.cutoff).unwrap();
    let found = figures(sample.register, sample.rows.iter().enumerate(), sample.year.year, cutoff);
    let foreign = found.iter().find(|figure| figure.name == "foreign_guests").unwrap();
    let kinds: Vec<&Row> = foreign.rows.iter().map(|at| &sample.rows[*at]).collect();
    assert_eq!(kinds.len(), 1);
    assert_eq!(format!("{:?}", kinds[0]["kind"]), "Choice(\"foreign\")");
}

#[test]
fn an_incomplete_or_foreign_field_is_a_fault_of_the_row() {
    for sample in samples() {
        for field in sample.register.fields.iter().filter(|field| field.required && field.default.is_none()) {
            let mut row = sample.rows[0].clone();
            row.remove(&field.name);
            let told = check_row(sample.register, &row);
            let is_told = told.iter().any(|complaint| {
                complaint.field.as_deref() == Some(&field.name)
                    && complaint.weight == Weight::Fault
                    && complaint.message == format!("“{}”必须填写", field.title)
            });
            assert!(is_told, "{}: {}", sample.register.id, field.name);
        }
    }
    let sample = sample(register("trips").unwrap());
    let mut row = sample.rows[0].clone();
    let day = row["departure"].clone();
    row.insert("passport".to_string(), day.clone());
    row.insert("persons".to_string(), day);
    let told: Vec<String> = check_row(sample.register, &row).into_iter().map(|c| c.message).collect();
    assert!(told.iter().any(|message| message.contains("没有“passport”这一栏")), "{told:?}");
    assert!(told.iter().any(|message| message.contains("“本单位出访人数”应填整数")), "{told:?}");
}

#[test]
fn every_default_is_what_its_field_can_hold() {
    for register in registers() {
        for field in &register.fields {
            let Some(default) = &field.default else { continue };
            assert!(parse_value(field, default).is_ok(), "{}: {}", register.id, field.name);
        }
    }
}

#[test]
fn rows_come_from_sheets_by_the_titles_of_their_columns() {
    let procurement = register("procurement").unwrap();
    let cells = [
        ("采购编号", Cell::Text("C-1".into())),
        (" 采购类别 ", Cell::Text("货物".into())),
        ("采购预算（万元）", Cell::Number("12.5".into())),
        ("合同金额（元）", Cell::Number("120000".into())),
        ("合同签订日", Cell::Text("2024/5/6".into())),
        ("备注", Cell::Empty),
        ("经办人", Cell::Text("某".into())),
        ("供应商规模", Cell::Text("特大".into())),
        ("采购预算年度", Cell::Formula("=YEAR(A1)".into())),
    ];
    let (row, complaints) = read_row(procurement, cells.iter().map(|(header, cell)| (*header, cell)));
    let json = serde_json::to_string(&row).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"amount":{"money":12000000},"budget":{"money":12500000},"kind":{"choice":"goods"},"#,
            r#""number":{"text":"C-1"},"signed":{"date":"2024-05-06"}}"#
        )
    );
    let told: Vec<&str> = complaints.iter().map(|complaint| complaint.message.as_str()).collect();
    assert_eq!(told.len(), 3);
    assert!(told[0].contains("没有“经办人”这一栏") && told[1].contains("“特大”") && told[2].contains("公式"));
}
