//! Real documents through all stages into the catalogue: the examples of this repository, and the shared ones.

use mingzhang_catalogue::{
    About, Amount, BodyPage, Catalogue, FlatRow, FunctionRow, Holding, Item, ItemQuery, Row, Search,
};
use mingzhang_model::document::Place;
use mingzhang_model::fact::Facts;
use mingzhang_testkit::shared;
use std::path::{Path, PathBuf};

fn facts_of(path: &Path) -> Option<Facts> {
    let document = mingzhang_read::read(&std::fs::read(path).unwrap()).ok()?;
    Some(mingzhang_extract::extract(&document))
}

fn holding(path: &Path, facts: &Facts) -> Holding {
    let (id, source) = (format!("id of {}", shared::name(path)), Some(shared::name(path)));
    Holding::of(facts, &mingzhang_rules::proofs(facts), About { id, source, ..About::default() })
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

/// Every amount of a page.
fn amounts(page: &BodyPage) -> Vec<Amount> {
    fn of_tree(rows: &[FunctionRow], amounts: &mut Vec<Amount>) {
        for row in rows {
            amounts.extend(row.cells.iter().flatten().cloned());
            of_tree(&row.children, amounts);
        }
    }
    let parts = [&page.totals, &page.income, &page.funds, &page.kinds, &page.general_public, &page.three_public];
    let rows = parts.into_iter().flatten().chain(&page.operating_funds);
    let mut amounts: Vec<Amount> = rows.flat_map(|row: &Row| row.cells.iter().flatten().cloned()).collect();
    of_tree(&page.functions, &mut amounts);
    of_tree(&page.general_public_functions, &mut amounts);
    amounts
}

#[test]
fn the_example_reads_as_it_is_printed() {
    let paths = examples();
    assert_eq!(paths.len(), 2);
    let clean = paths.iter().find(|path| !shared::name(path).contains("mistakes")).unwrap();
    let facts = facts_of(clean).unwrap();
    let mut catalogue = Catalogue::new();
    catalogue.put(holding(clean, &facts));
    let page = catalogue.body("云麓区档案馆").unwrap();
    let cell = |rows: &[Row], code: &str| {
        let row = rows.iter().find(|row| row.code == code).unwrap_or_else(|| panic!("{code}"));
        row.cells[0].as_ref().unwrap().yuan.clone()
    };
    assert_eq!(page.periods.len(), 1);
    assert_eq!((cell(&page.totals, "income"), cell(&page.totals, "expenditure")).0, "10370000.00");
    assert_eq!(cell(&page.totals, "expenditure"), "10370000.00");
    assert_eq!((cell(&page.income, "income_fiscal"), cell(&page.income, "income_other")).0, "10320000.00");
    assert_eq!(cell(&page.kinds, "project"), "1650000.00");
    assert_eq!(cell(&page.general_public, "general_public_personnel"), "6420000.00");
    assert_eq!((cell(&page.three_public, "three_public"), cell(&page.three_public, "receptions")).1, "20000.00");
    assert_eq!(cell(&page.operating_funds, "operating_funds"), "2300000.00");
    let classes: Vec<&str> = page.functions.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(classes, ["201", "208", "210", "221"]);
    assert!(amounts(&page).iter().all(|amount| amount.contradicted.is_empty()));
    let spent = page.totals.iter().find(|row| row.code == "expenditure").unwrap().cells[0].as_ref().unwrap();
    assert!(spent.sources.iter().any(|source| source.table.is_none()), "the narrative says it too");
}

#[test]
fn the_example_with_mistakes_shows_both_numbers() {
    let path = examples().into_iter().find(|path| shared::name(path).contains("mistakes")).unwrap();
    let facts = facts_of(&path).unwrap();
    let mut catalogue = Catalogue::new();
    catalogue.put(holding(&path, &facts));
    let address = catalogue.addresses().next().unwrap().to_owned();
    let page = catalogue.body(&address).unwrap();
    assert!(amounts(&page).iter().any(|amount| !amount.contradicted.is_empty()));
}

#[test]
fn every_shared_document_is_held_and_comes_back() {
    let paths = shared::files("corpus/pdf", "");
    if paths.is_empty() {
        return;
    }
    let (mut catalogue, mut figures, mut largest) = (Catalogue::new(), 0, 0);
    for path in &paths {
        let Some(facts) = facts_of(path) else { continue };
        let holding = holding(path, &facts);
        sources_resolve(&holding, &facts);
        let json = holding.to_json();
        assert_eq!(Holding::from_json(json.as_bytes()), Ok(holding.clone()), "{}", shared::name(path));
        // Numbers by unit and project carry those names.
        let limit = 4_000 + 240 * holding.len().max(500);
        assert!(json.len() < limit, "{}: {} bytes of {} figures", shared::name(path), json.len(), holding.len());
        (figures, largest) = (figures + holding.len(), largest.max(json.len()));
        catalogue.put(holding);
    }
    let bodies = catalogue.addresses().count();
    println!("{figures} figures, {bodies} bodies, the largest holding is {largest} bytes");
    assert!(figures > 10_000 && bodies > 20);
    every_body_is_found(&catalogue);
    totals_are_those_printed(&catalogue);
}

/// The place of each fact is in the holding, and its words are those of the facts.
fn sources_resolve(holding: &Holding, facts: &Facts) {
    let rows: Vec<_> = holding.rows().collect();
    assert!(rows.len() >= facts.facts.len());
    for (row, fact) in rows.iter().zip(&facts.facts) {
        let locator = facts.locator(fact);
        let printed = locator.quote.unwrap_or_default();
        assert_eq!((row.printed.as_str(), row.page), (printed.as_str(), locator.place.page));
        assert_eq!(row.row, locator.row.unwrap_or_default());
        assert!(row.page.is_some() || row.line.is_some(), "a figure stands nowhere: {row:?}");
        let near = |edge: f64, own: f32| (edge - f64::from(own)).abs() < 0.01;
        let Place { rect: Some(rect), .. } = fact.place else { continue };
        let [x0, y0, x1, y1] = row.bbox.unwrap();
        assert!(near(x0, rect.x0) && near(y0, rect.y0) && near(x1, rect.x1) && near(y1, rect.y1));
    }
}

fn every_body_is_found(catalogue: &Catalogue) {
    for address in catalogue.addresses() {
        let head = catalogue.head(address).unwrap();
        let found = catalogue.search(&Search { query: head.name.clone(), ..Search::default() });
        assert!(found.bodies.iter().any(|body| body.address == address), "{address}");
    }
}

/// Each page's total is the one that its documents print in the total row; and every amount has a place.
fn totals_are_those_printed(catalogue: &Catalogue) {
    let mut compared = 0;
    for address in catalogue.addresses() {
        let page = catalogue.body(address).unwrap();
        for amount in amounts(&page) {
            let others = amount.contradicted.iter().flat_map(|other| &other.sources);
            assert!(!amount.sources.is_empty());
            for source in amount.sources.iter().chain(others) {
                let rows = catalogue.holding(&source.document).unwrap().rows();
                let mut same = rows.filter(|row| row.page == source.page && row.bbox == source.bbox);
                assert!(same.any(|row| row.printed == source.quote), "{address}: {source:?}");
            }
        }
        let printed: Vec<_> = catalogue.rows_of(address).collect();
        for (i, period) in page.periods.iter().enumerate() {
            let query = ItemQuery { item: Item::parse("expenditure").unwrap(), period: *period, place: None };
            let spent = page.totals.iter().find(|row| row.code == "expenditure").and_then(|row| row.cells[i].as_ref());
            let Some(spent) = spent else { continue };
            let is_total = |row: &&FlatRow| {
                let open = [&row.funds, &row.kinds, &row.units, &row.function, &row.economic, &row.details];
                let same =
                    (row.year, row.stage) == (Some(period.year), mingzhang_model::set::Member::word(period.stage));
                same && row.measures == "expenditure" && open.iter().all(|dimension| dimension.is_empty())
            };
            // A body may print the total in several documents, and in tables that it left empty.
            let totals: Vec<&str> = printed.iter().filter(is_total).map(|row| row.amount_yuan.as_str()).collect();
            assert!(totals.contains(&spent.yuan.as_str()), "{address}: {} in {totals:?}", spent.yuan);
            let item = catalogue.item(&query);
            assert!(item.rows.iter().any(|row| row.body.address == address && row.amount == *spent));
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared} totals");
}
