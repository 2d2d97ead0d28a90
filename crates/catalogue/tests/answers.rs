//! What the catalogue answers, on small documents whose every number is given here.

use mingzhang_catalogue::{About, Catalogue, FlatRow, Holding, Item, ItemQuery, Period, Scope, Search};
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::document::{Place, Rect};
use mingzhang_model::fact::{
    CellRef, Column, Disclosure, DisclosureKind, Domain, Fact, Facts, Printed, Proof, Row, Slot, Statement, Text,
};
use mingzhang_model::key::{Function, Key, Stage};
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;

const BUDGET: DisclosureKind = DisclosureKind::Budget;
const ACCOUNTS: DisclosureKind = DisclosureKind::Accounts;

/// A line of a document: a year and stage, a functional code or nothing, the words of a filter, hundredths of a 万元.
type Line<'a> = (u16, Stage, &'a str, &'a str, i64);

/// A document of one table in 万元, a row a line.
fn facts(body: &str, year: u16, kind: DisclosureKind, lines: &[Line<'_>]) -> Facts {
    let row = |line: &Line<'_>| Row {
        name: format!("{}{}", line.2, line.3),
        code: None,
        misprinted_code: None,
        place: Place::default(),
    };
    let statement = Statement {
        code: "B01",
        concept: "revenue_expenditure_summary",
        reading: mingzhang_model::fact::Reading::Form,
        title: Text { text: "收支总表".into(), place: Place::default() },
        unit_note: None,
        unit: Some(Unit::WanYuan),
        name_slot: Slot::Absent,
        notes: Vec::new(),
        rows: lines.iter().map(row).collect(),
        columns: vec![Column { path: vec!["金额".into()] }],
        missing_columns: Vec::new(),
        ordinals: Vec::new(),
        closed: false,
        domain: Domain { incoming: Set::all(), outgoing: Set::all(), funds: Set::all(), kinds: Set::all() },
        blocks: vec![0],
    };
    let fact = |(row, &(year, stage, function, words, hundredths)): (usize, &Line<'_>)| {
        let mut key = Key::everything(year, stage, Set::all());
        Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap().narrow(&mut key);
        key.function = FunctionalCode::parse(function).map_or(Function::All, Function::Code);
        let figure = Figure { amount: Amount(hundredths * 10_000), unit: Unit::WanYuan, decimals: 2 };
        let top = 100.0 + 20.0 * row as f32;
        let rect = Some(Rect { x0: 50.0, y0: top, x1: 90.25, y1: top + 15.5 });
        Fact {
            key,
            printed: Printed::Figure(figure),
            unit: Unit::WanYuan,
            decimals: 2,
            statement: 0,
            row,
            column: 0,
            cell: CellRef { block: 0, row: row as u32, column: 1 },
            place: Place { page: Some(4), rect, ..Place::default() },
        }
    };
    Facts {
        disclosure: Disclosure { body: Some(body.into()), year: Some(year), kind: Some(kind), ..Disclosure::default() },
        statements: vec![statement],
        facts: lines.iter().enumerate().map(fact).collect(),
        ..Facts::default()
    }
}

fn holding(id: &str, facts: &Facts) -> Holding {
    let about = About { id: id.into(), place: Some("海平".into()), ..About::default() };
    Holding::of(facts, &vec![Proof::Proven; facts.facts.len()], about)
}

use Stage::{FinalAccounts, Initial};

/// Two years of one office, and a neighbour's budget.
fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::new();
    let budget = [
        (2024, Initial, "", "income", 100_000),
        (2024, Initial, "", "income fiscal", 80_000),
        (2024, Initial, "", "expenditure", 100_000),
        (2024, Initial, "201", "expenditure", 60_000),
        (2024, Initial, "20126", "expenditure", 60_000),
        (2024, Initial, "208", "expenditure", 40_000),
        (2024, Initial, "", "expenditure basic", 70_000),
        (2024, Initial, "", "expenditure project", 30_000),
        (2024, Initial, "", "expenditure fiscal receptions", 300),
        (2023, Initial, "", "expenditure fiscal receptions", 500),
    ];
    catalogue.put(holding("b24", &facts("云麓区 档案馆", 2024, BUDGET, &budget)));
    let accounts = [
        (2024, FinalAccounts, "", "expenditure", 98_500),
        (2024, FinalAccounts, "201", "expenditure", 60_000),
        (2024, FinalAccounts, "", "expenditure fiscal receptions", 100),
        (2024, Initial, "", "expenditure fiscal receptions", 310),
    ];
    catalogue.put(holding("a24", &facts("云麓区档案馆", 2024, ACCOUNTS, &accounts)));
    let neighbour = [
        (2024, Initial, "", "expenditure", 50_000),
        (2024, Initial, "", "expenditure fiscal receptions", 300),
        (2024, Initial, "2080501", "expenditure", 12_345),
    ];
    catalogue.put(holding("n24", &facts("云麓区体育局", 2024, BUDGET, &neighbour)));
    catalogue
}

const BUDGET_OF_2024: Period = Period { year: 2024, stage: Initial };

#[test]
fn documents_of_one_body_meet_on_one_page() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let ids: Vec<&str> = page.documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["b24", "a24"]);
    let periods: Vec<(u16, Stage)> = page.periods.iter().map(|period| (period.year, period.stage)).collect();
    assert_eq!(periods, [(2023, Initial), (2024, Initial), (2024, FinalAccounts)]);
    let spent = page.totals.iter().find(|row| row.code == "expenditure").unwrap();
    let yuan: Vec<Option<&str>> = spent.cells.iter().map(|cell| cell.as_ref().map(|a| a.yuan.as_str())).collect();
    assert_eq!(yuan, [None, Some("10000000.00"), Some("9850000.00")]);
    assert!(page.totals.iter().all(|row| row.code != "closing"), "nobody prints it");
}

#[test]
fn an_amount_leads_to_the_place_that_prints_it() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let amount = page.income[0].cells[1].as_ref().unwrap();
    assert_eq!(
        (amount.key.as_str(), amount.blank),
        ("2024/initial/income funds=general_public+government_managed+state_capital", false)
    );
    let source = amount.source().unwrap();
    assert_eq!((source.document.as_str(), source.page, source.quote.as_str()), ("b24", Some(4), "800.00"));
    assert_eq!(source.bbox, Some([50.0, 120.0, 90.25, 135.5]));
    assert_eq!(source.words, "第 4 页，《收支总表》，“income fiscal”行，“金额”列");
    assert_eq!((source.unit, source.proof), ("万元", "proven"));
}

#[test]
fn a_number_is_found_again_by_its_place_in_reading_order() {
    let catalogue = catalogue();
    let page = catalogue.body("云麓区档案馆").unwrap();
    let cells = page.totals.iter().chain(&page.income).chain(&page.three_public).flat_map(|row| &row.cells).flatten();
    let mut found = 0;
    for amount in cells {
        for source in &amount.sources {
            let holding = catalogue.holding(&source.document).unwrap();
            assert_eq!(holding.printed_at(source.figure).as_ref(), Some(source));
            assert_eq!(catalogue.figure(&source.document, source.figure).as_ref(), Some(amount));
            found += 1;
        }
    }
    assert_eq!(found, 7);
    assert_eq!(catalogue.holding("b24").unwrap().printed_at(10), None);
    assert_eq!((catalogue.figure("b24", 10), catalogue.figure("none", 0)), (None, None));
}

#[test]
fn periods_and_codes_are_those_that_documents_print() {
    let catalogue = catalogue();
    let periods = [Period { year: 2023, stage: Initial }, BUDGET_OF_2024, Period { year: 2024, stage: FinalAccounts }];
    assert_eq!(catalogue.periods(), periods);
    assert_eq!(catalogue.periods_of("云麓区体育局"), [BUDGET_OF_2024]);
    assert_eq!(catalogue.holding("a24").unwrap().periods(), periods[1..]);
    let codes: Vec<String> = catalogue.functions().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["201", "20126", "208", "2080501"]);
    assert_eq!(catalogue.documents_of("云麓区档案馆"), ["b24", "a24"]);
    let tables = catalogue.holding("b24").unwrap();
    assert_eq!(tables.tables(), [("收支总表", Some(4), None)]);
    let renamed = About { id: "b24".into(), body: Some("云麓区档案局".into()), ..About::default() };
    assert_eq!(tables.clone().filed(renamed).body(), Some("云麓区档案局"));
}

#[test]
fn what_two_documents_print_differently_is_shown_twice() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let receptions = page.three_public.iter().find(|row| row.code == "receptions").unwrap();
    let budget = receptions.cells[1].as_ref().unwrap();
    assert_eq!(budget.yuan, "30000.00");
    assert_eq!(budget.contradicted.len(), 1);
    assert_eq!(budget.contradicted[0].yuan, "31000.00");
    assert_eq!(budget.contradicted[0].sources[0].document, "a24");
    assert!(receptions.cells[0].as_ref().unwrap().contradicted.is_empty());
}

#[test]
fn a_number_that_breaks_an_identity_gives_way_to_one_that_does_not() {
    let mut catalogue = catalogue();
    let budget = facts("云麓区档案馆", 2024, BUDGET, &[(2024, Initial, "", "expenditure fiscal receptions", 300)]);
    let about = About { id: "b24".into(), ..About::default() };
    catalogue.put(Holding::of(&budget, &[Proof::Contradicted], about));
    let page = catalogue.body("云麓区档案馆").unwrap();
    let budget = page.three_public[0].cells[0].as_ref().unwrap();
    assert_eq!((budget.yuan.as_str(), budget.contradicted[0].yuan.as_str()), ("31000.00", "30000.00"));
}

#[test]
fn execution_is_computed_and_says_from_what() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let codes: Vec<&str> = page.execution.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(codes, ["expenditure", "receptions", "201"]);
    let rate = page.execution[0].rate.as_ref().unwrap();
    assert_eq!((rate.value.as_str(), rate.exact.as_str(), rate.formula), ("98.50%", "197/200", "accounts / budget"));
    assert_eq!((rate.from[0].role, rate.from[0].yuan.as_str()), ("accounts", "9850000.00"));
    assert_eq!(rate.from[1].source.as_ref().unwrap().document, "b24");
    assert_eq!(page.execution[0].rate_of_adjusted, None);
}

#[test]
fn a_share_stands_beside_its_amount_where_the_whole_is_known() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let basic = page.kinds.iter().find(|row| row.code == "basic").unwrap();
    let shares: Vec<Option<&str>> = basic.shares.iter().map(|s| s.as_ref().map(|share| share.value.as_str())).collect();
    assert_eq!((basic.whole, shares), (Some("expenditure"), vec![None, Some("70.00%"), None]));
    assert_eq!((page.totals[0].whole, page.totals[0].shares.len()), (None, 0));
}

#[test]
fn functions_are_a_tree_without_invented_amounts() {
    let page = catalogue().body("云麓区档案馆").unwrap();
    let shape: Vec<(&str, usize)> = page.functions.iter().map(|row| (row.code.as_str(), row.children.len())).collect();
    assert_eq!(shape, [("201", 1), ("208", 0)]);
    assert_eq!((page.functions[0].name.as_str(), page.functions[0].level), ("一般公共服务支出", "class"));
    let neighbour = catalogue().body("云麓区体育局").unwrap();
    let class = &neighbour.functions[0];
    assert_eq!((class.code.as_str(), class.cells.iter().all(Option::is_none)), ("208", true));
    let item = &class.children[0].children[0];
    assert_eq!((item.code.as_str(), item.cells[0].as_ref().unwrap().yuan.as_str()), ("2080501", "1234500.00"));
}

#[test]
fn a_unit_and_the_department_of_its_name_are_two() {
    let mut catalogue = catalogue();
    let unit = facts("云麓区档案馆", 2024, BUDGET, &[(2024, Initial, "", "expenditure", 40_000)]);
    let about = About { id: "u24".into(), scope: Some(Scope::Unit), ..About::default() };
    catalogue.put(Holding::of(&unit, &[], about));
    let page = catalogue.body("云麓区档案馆@unit").unwrap();
    assert_eq!((page.documents.len(), page.body.scope, page.body.name.as_str()), (1, "unit", "云麓区档案馆"));
    assert_eq!(page.related[0].address, "云麓区档案馆");
    let department = catalogue.body("云麓区档案馆").unwrap();
    assert_eq!((department.documents.len(), department.related.len()), (2, 1));
    assert_eq!(department.totals[1].cells[1].as_ref().unwrap().contradicted, []);
}

#[test]
fn search_wants_every_word_and_every_condition() {
    let catalogue = catalogue();
    let found = |query: &str, search: Search| {
        let found = catalogue.search(&Search { query: query.into(), ..search });
        found.bodies.into_iter().map(|body| body.name).collect::<Vec<_>>()
    };
    let (archive, sports) = ("云麓区档案馆", "云麓区体育局");
    assert_eq!(found("", Search::default()), [sports, archive]);
    assert_eq!(found("档案 云麓", Search::default()), [archive]);
    assert_eq!(found("档案 体育", Search::default()), [] as [&str; 0]);
    assert_eq!(found("云麓", Search { kind: Some(ACCOUNTS), ..Search::default() }), [archive]);
    assert_eq!(found("", Search { year: Some(2023), ..Search::default() }), [] as [&str; 0]);
    assert_eq!(found("", Search { place: Some("上海".into()), ..Search::default() }), [] as [&str; 0]);
    let second = catalogue.search(&Search { page: 1, per_page: 1, ..Search::default() });
    assert_eq!((second.total, second.bodies[0].name.as_str()), (2, archive));
    let years = &second.bodies[0].years;
    assert_eq!((years.len(), years[0].year, &years[0].kinds[..]), (1, 2024, &["budget", "accounts"][..]));
}

#[test]
fn bodies_stand_side_by_side_with_shares() {
    let asked = ["云麓区体育局", "没有的局", "云麓区档案馆", "云麓区体育局"];
    let page = catalogue().compare(&asked, BUDGET_OF_2024);
    let names: Vec<&str> = page.bodies.iter().map(|body| body.name.as_str()).collect();
    assert_eq!(names, ["云麓区体育局", "云麓区档案馆"]);
    assert_eq!(page.left_out, ["没有的局"]);
    let project = page.rows.iter().find(|row| row.code == "project").unwrap();
    assert_eq!(project.cells[0], None);
    let share = project.cells[1].as_ref().unwrap().share.as_ref().unwrap();
    assert_eq!((share.value.as_str(), share.from[1].yuan.as_str()), ("30.00%", "10000000.00"));
    let codes: Vec<&str> = page.functions.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["201", "20126", "208", "2080501"]);
}

#[test]
fn one_item_stands_in_order_across_all_bodies() {
    let item = |text| ItemQuery { item: Item::parse(text).unwrap(), period: BUDGET_OF_2024, place: None };
    let page = catalogue().item(&item("expenditure"));
    let rows: Vec<(usize, &str)> = page.rows.iter().map(|row| (row.rank, row.body.name.as_str())).collect();
    assert_eq!(rows, [(1, "云麓区档案馆"), (2, "云麓区体育局")]);
    let median = page.median.unwrap();
    assert_eq!((median.value.as_str(), median.from.len()), ("7500000.00", 2));
    let equal = catalogue().item(&item("receptions"));
    assert_eq!(equal.rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [1, 1]);
    let code = catalogue().item(&item("2080501"));
    assert_eq!((code.name.as_str(), code.count), ("行政单位离退休", 1));
    assert_eq!(Item::parse("receptions of state"), None);
}

#[test]
fn what_is_closed_is_gone_and_what_is_put_again_replaces() {
    let mut catalogue = catalogue();
    let before = serde_json::to_string(&catalogue.body("云麓区档案馆")).unwrap();
    let taken = catalogue.remove("a24").unwrap();
    assert_eq!(catalogue.body("云麓区档案馆").unwrap().execution, []);
    catalogue.put(taken.clone());
    catalogue.put(taken);
    assert_eq!(serde_json::to_string(&catalogue.body("云麓区档案馆")).unwrap(), before);
    catalogue.remove("n24");
    assert_eq!((catalogue.body("云麓区体育局"), catalogue.remove("n24")), (None, None));
    assert_eq!(catalogue.search(&Search::default()).total, 1);
}

#[test]
fn a_document_without_a_body_waits_for_a_name() {
    let mut catalogue = Catalogue::new();
    let mut nameless = facts("", 2024, BUDGET, &[(2024, Initial, "", "expenditure", 1)]);
    nameless.disclosure.body = None;
    catalogue.put(holding("x", &nameless));
    assert_eq!((catalogue.unnamed().len(), catalogue.search(&Search::default()).total), (1, 0));
    let about = About { id: "x".into(), body: Some("云麓区图书馆".into()), ..About::default() };
    catalogue.put(Holding::of(&nameless, &[], about));
    assert_eq!((catalogue.unnamed().len(), catalogue.search(&Search::default()).total), (0, 1));
}

#[test]
fn the_flat_table_says_everything_of_every_number() {
    let catalogue = catalogue();
    let rows: Vec<_> = catalogue.rows().collect();
    assert_eq!(rows.len(), 17);
    assert!(rows.windows(2).all(|pair| pair[0].document <= pair[1].document));
    let row = rows.iter().find(|row| row.document == "b24" && row.row == "income fiscal").unwrap();
    let json = serde_json::to_value(row).unwrap();
    let text = serde_json::to_string(row).unwrap();
    assert_eq!(json.as_object().unwrap().len(), FlatRow::COLUMNS.len());
    let mut last = 0;
    for (name, value) in FlatRow::COLUMNS.into_iter().zip(row.values()) {
        let at = text.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name}"));
        assert!(at >= last, "{name} stands elsewhere in JSON");
        last = at;
        let same = match &json[name] {
            serde_json::Value::String(text) => *text == value,
            serde_json::Value::Null => value.is_empty(),
            serde_json::Value::Array(_) => value == "50 120 90.25 135.5",
            other => format!("{other}") == value,
        };
        assert!(same, "{name}: {value}");
    }
    assert_eq!((row.amount_yuan.as_str(), row.printed.as_str()), ("8000000.00", "800.00"));
    assert_eq!(row.funds_term, "一般公共预算、政府性基金预算、国有资本经营预算");
    assert_eq!((row.kinds.as_str(), row.measures_term.as_str(), row.stage_term), ("", "本年收入", "年初预算"));
}
