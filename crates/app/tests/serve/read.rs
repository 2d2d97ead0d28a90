//! The room Read as everybody sees it: what is found, where numbers lead, what is taken home, what stays closed.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx};
use mingzhang_testkit::folder::Folder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::client::{Server, Visitor};

/// Waits until so many documents lie open; the search as JSON.
fn opened(visitor: &Visitor, documents: u64) -> Value {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let page = visitor.json("/read");
        if page["documents"] == documents && page["waiting"] == 0 {
            return page;
        }
        assert!(Instant::now() < end, "not so many documents: {page}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A part of an address.
fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn addresses(search: &Value) -> Vec<String> {
    let bodies = search["found"]["bodies"].as_array().expect("bodies");
    bodies.iter().map(|body| body["address"].as_str().expect("an address").to_owned()).collect()
}

/// What a reader sees of markup: the text, without commas.
fn text(markup: &str) -> String {
    let pieces = markup.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().replace(',', "")
}

#[test]
fn the_search_finds_bodies_by_name_place_year_and_kind() {
    let folder = Folder::new("read-search");
    let server = Server::demo(&folder, &[]);
    let reader = server.stranger();
    let all = opened(&reader, 5);
    assert_eq!(all["found"]["total"], 5);
    assert_eq!(all["years"], serde_json::json!([2022, 2024]));
    let total = |query: &str| reader.json(&format!("/read?{query}"))["found"]["total"].as_u64().expect("a number");
    assert_eq!(total(&format!("q={}", encoded("怀化 北京"))), 1);
    assert_eq!(total(&format!("place={}", encoded("湖南省怀化市"))), 3);
    assert_eq!(total("year=2022"), 1);
    assert_eq!(total("kind=budget"), 4);
    assert_eq!(total("kind=budget&year=2022"), 0);
    assert_eq!(total(&format!("q={}&kind=&year=&place=&page=", encoded("办公室"))), 2);
    let page = reader.get("/read").text;
    for address in addresses(&all) {
        let link = format!("/read/bodies/{}", encoded(&address));
        assert!(page.contains(&link), "{address} is not on the page");
        assert_eq!(reader.get(&link).status, 200);
    }
}

#[test]
fn every_number_leads_to_the_place_that_prints_it() {
    let folder = Folder::new("read-places");
    let server = Server::demo(&folder, &[]);
    let reader = server.stranger();
    let (mut followed, mut quoted) = (0, 0);
    for address in addresses(&opened(&reader, 5)) {
        let page = reader.get(&format!("/read/bodies/{}", encoded(&address))).text;
        let links = page.split("href=\"/read/documents/").skip(1).filter_map(|rest| rest.split('"').next());
        let links: BTreeSet<String> =
            links.map(|link| format!("/read/documents/{}", link.replace("&amp;", "&"))).collect();
        let numbers: Vec<&String> = links.iter().filter(|link| link.contains("figure=")).collect();
        assert!(numbers.len() > 20, "{address}: {} numbers", numbers.len());
        for link in numbers {
            let document = reader.json(link.trim_end_matches("#here"));
            let place = &document["place"];
            let quote = place["quote"].as_str().unwrap_or_else(|| panic!("{link} marks nothing")).replace(',', "");
            let svg = document["svg"].as_str().expect("a drawn page");
            assert!(svg.contains("<g id=\"here\""), "{link}: nothing is marked");
            assert!(text(svg).contains(&quote), "{link}: {quote} is not on the page");
            followed += 1;
            quoted += usize::from(!quote.is_empty());
        }
        let first = links.iter().next().expect("a link");
        assert_eq!(reader.get(first.trim_end_matches("#here")).status, 200);
    }
    assert!(followed > 200 && quoted > 150, "{followed} links, {quoted} with digits");
}

#[test]
fn comparison_item_and_downloads_tell_the_same_amounts() {
    let folder = Folder::new("read-agree");
    let server = Server::demo(&folder, &[]);
    let reader = server.stranger();
    let all = addresses(&opened(&reader, 5));
    let query: Vec<String> = all.iter().map(|address| format!("body={}", encoded(address))).collect();
    let compared = reader.json(&format!("/read/compare?{}&year=2024&stage=initial", query.join("&")));
    let item = reader.json("/read/items/expenditure?year=2024&stage=initial");
    assert_eq!(item["count"], 4);
    let rows = compared["comparison"]["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["code"] == "expenditure").expect("expenditure");
    let figures = reader.get("/read/figures.json").json();
    let figures = figures.as_array().expect("a list");
    for (i, address) in all.iter().enumerate() {
        let page = reader.json(&format!("/read/bodies/{}", encoded(address)));
        let periods = page["periods"].as_array().expect("periods");
        let at = periods.iter().position(|period| period["year"] == 2024 && period["stage"] == "initial");
        let totals = page["totals"].as_array().expect("totals");
        let own = totals.iter().find(|row| row["code"] == "expenditure").expect("expenditure");
        let own = at.map_or(Value::Null, |at| own["cells"][at].clone());
        assert_eq!(row["cells"][i].get("amount").unwrap_or(&Value::Null), &own, "{address}");
        let ranked = item["rows"].as_array().expect("rows").iter().find(|row| row["body"]["address"] == *address);
        assert_eq!(ranked.map_or(&Value::Null, |row| &row["amount"]), &own, "{address}");
        for source in own["sources"].as_array().into_iter().flatten() {
            let is_it = |figure: &&Value| figure["document"] == source["document"] && figure["bbox"] == source["bbox"];
            let found = figures.iter().filter(|figure| figure["page"] == source["page"]).find(is_it);
            assert_eq!(found.expect("the same number")["printed"], source["quote"]);
        }
        let query = format!("?body={}", encoded(address));
        let own: u64 =
            page["documents"].as_array().expect("documents").iter().filter_map(|d| d["figures"].as_u64()).sum();
        let taken = reader.get(&format!("/read/figures.json{query}")).json();
        assert_eq!(taken.as_array().map(Vec::len), usize::try_from(own).ok(), "{address}");
    }
    let csv = reader.get("/read/figures.csv");
    assert!(csv.text.starts_with('\u{feff}') && csv.header("content-disposition").contains("attachment"));
    assert_eq!(csv.text.lines().count(), figures.len() + 1);
    assert_eq!(cells(&reader, "/read/figures.xlsx").len(), figures.len() + 1);
    let parquet = bytes(&reader, "/read/figures.parquet");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1") && parquet.len() > 10_000);
}

fn bytes(visitor: &Visitor, path: &str) -> Vec<u8> {
    let mut answer = visitor.agent.get(format!("{}{path}", visitor.base)).call().expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.body_mut().read_to_vec().expect("a body")
}

/// The rows of the first sheet of a workbook, which has no formula.
fn cells(visitor: &Visitor, path: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(visitor, path))).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).expect("formulas");
    assert_eq!(formulas.used_cells().filter(|(.., formula)| !formula.is_empty()).count(), 0);
    book.worksheet_range(&name).expect("cells").rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn what_somebody_wrote_is_never_a_formula() {
    let folder = Folder::new("read-formulas");
    let server = Server::demo(&folder, &[]);
    let (reader, inspector) = (server.stranger(), server.visitor("检查"));
    let hostile = [("body", "=HYPERLINK(\"http://x\")"), ("place", "@SUM(1)"), ("source", "+cmd|' /C calc'!A0")];
    assert_eq!(inspector.post("/checks/1/files/6/release", &hostile).status, 303);
    opened(&reader, 6);
    let csv = reader.get("/read/figures.csv").text;
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    let harmed = |row: &&&str| row.contains(",@SUM") || row.contains(",+cmd") || row.starts_with(['=', '+', '-', '@']);
    assert_eq!(rows.iter().filter(harmed).count(), 0);
    let guarded = rows.iter().filter(|row| row.starts_with("\"'=HYPERLINK(") && row.contains(",'@SUM(1),")).count();
    let many =
        cells(&reader, "/read/figures.xlsx").into_iter().filter(|row| row[0] == Data::String(hostile[0].1.to_owned()));
    assert!(guarded > 100 && many.count() == guarded, "{guarded} rows");
    // Nor is a source that is no address of the web a link, nor a name markup.
    let page = reader.get("/read").text;
    assert!(page.contains("=HYPERLINK(&quot;http://x&quot;)") && !page.contains("href=\"+cmd"));
}

#[test]
fn what_does_not_lie_open_is_not_there_and_what_is_taken_back_is_gone() {
    let folder = Folder::new("read-closed");
    let server = Server::demo(&folder, &[]);
    let (reader, inspector) = (server.stranger(), server.visitor("检查"));
    let hash = |file: u32| {
        let bytes = bytes(&inspector, &format!("/checks/1/files/{file}/original"));
        Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    opened(&reader, 5);
    let (closed, open) = (format!("/read/documents/{}", hash(6)), format!("/read/documents/{}", hash(1)));
    let original = format!("{open}/original");
    for (path, status) in [(&closed, 404), (&format!("{closed}/original"), 404), (&open, 200), (&original, 200)] {
        assert_eq!(reader.get(path).status, status, "{path}");
    }
    let body = reader.json(&open)["body"].as_str().expect("a body").to_owned();
    let page = format!("/read/bodies/{}", encoded(&body));
    assert_eq!(inspector.post("/checks/1/files/1/recall", &[]).status, 303);
    // At once, before anything is read anew.
    for path in [&open, &original, &page] {
        assert_eq!(reader.get(path).status, 404, "{path}");
    }
    assert!(!addresses(&opened(&reader, 4)).contains(&body));
    assert!(!reader.get("/read/figures.csv").text.contains(open.trim_start_matches("/read/documents/")));
    assert_eq!(inspector.post("/checks/1/files/1/release", &[("body", "另一个名字")]).status, 303);
    assert!(addresses(&opened(&reader, 5)).contains(&"另一个名字".to_owned()));
    assert_eq!(reader.get(&open).status, 200);
}

#[test]
fn what_was_read_is_kept_and_made_anew_where_it_is_broken() {
    let folder = Folder::new("read-kept");
    let server = Server::demo(&folder, &[]);
    let before = opened(&server.stranger(), 5);
    server.kill();
    let kept = |end: &str| -> Vec<std::path::PathBuf> {
        let versions = std::fs::read_dir(folder.join("data").join("readers")).expect("what was kept");
        let folders = versions.map(|entry| entry.expect("a folder").path());
        let files = folders.flat_map(|folder| std::fs::read_dir(folder).expect("files"));
        files.map(|entry| entry.expect("a file").path()).filter(|path| path.to_string_lossy().ends_with(end)).collect()
    };
    let files = kept(".json");
    assert_eq!(files.len(), 5);
    let whole = std::fs::read(&files[0]).expect("a file");
    std::fs::write(&files[0], &whole[..whole.len() / 2]).expect("broken");
    std::fs::write(&files[1], String::from_utf8_lossy(&whole).replacen("\"version\":1", "\"version\":0", 1))
        .expect("old");
    std::fs::copy(&files[3], &files[2]).expect("another's");
    let server = Server::start(&folder, &["--rate", "0"]);
    assert_eq!(opened(&server.stranger(), 5), before);
    assert_eq!(std::fs::read(&files[0]).expect("a file"), whole, "it is made anew");
}

#[test]
fn strange_questions_are_answered() {
    let folder = Folder::new("read-strange");
    let server = Server::demo(&folder, &[]);
    let reader = server.stranger();
    let all = opened(&reader, 5);
    let body = encoded(&addresses(&all)[0]);
    let document =
        reader.json(&format!("/read/bodies/{body}"))["documents"][0]["id"].as_str().expect("an id").to_owned();
    let refused = [
        "/read?year=x".to_owned(),
        "/read?year=99999".to_owned(),
        "/read?kind=secret".to_owned(),
        "/read?page=0".to_owned(),
        "/read?page=-1".to_owned(),
        "/read/bodies/%00".to_owned(),
        "/read/bodies/..%2f..".to_owned(),
        format!("/read/bodies/{body}?year=1700"),
        format!("/read/bodies/{body}?stage=later"),
        "/read/compare?stage=x&body=y".to_owned(),
        "/read/compare?year=-1".to_owned(),
        "/read/items/nothing".to_owned(),
        "/read/items/99999999999".to_owned(),
        "/read/items/expenditure?stage=x".to_owned(),
        "/read/figures.csv?body=nobody".to_owned(),
        "/read/documents/..%2f..%2fbooks.db".to_owned(),
        format!("/read/documents/{}", "0".repeat(64)),
        format!("/read/documents/{document}?page=0"),
        format!("/read/documents/{document}?page=4294967295"),
        format!("/read/documents/{document}?page=x"),
        format!("/read/documents/{document}?figure=-1"),
    ];
    for path in refused {
        let status = reader.get(&path).status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    let answered = [
        format!("/read?page={}", u64::MAX),
        format!("/read?q={}", encoded(&"部".repeat(500))),
        "/read/compare?body=nobody&body=".to_owned(),
        format!("/read/compare?body={body}&body={body}&add=zzz"),
        format!("/read/compare?{}", format!("body={body}&").repeat(300)),
        "/read/items/expenditure?year=0&stage=initial".to_owned(),
        format!("/read/items/201?page={}", u64::MAX),
        format!("/read/documents/{document}?figure={}", u64::MAX),
        format!("/read/documents/{document}?figure=0&page=2"),
        format!("/read/bodies/{body}?lang=en"),
    ];
    for path in answered {
        let answer = reader.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
    let past = reader.json(&format!("/read/documents/{document}?figure=999999"));
    assert_eq!(past["place"], Value::Null, "a number that is not there is not marked");
}
