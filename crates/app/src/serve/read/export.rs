//! Every number of every document, or of one body's, to take home: csv, JSON, xlsx, Parquet.
//!
//! csv and JSON are written document by document while they are sent, so that the largest export takes no more memory
//! than the largest document. Parquet is written in groups of rows. A workbook must be whole in memory: what is too
//! large for it is refused with what to do instead. No cell of csv or xlsx can become a formula.

use std::sync::{Arc, PoisonError, RwLock};

use mingzhang_catalogue::{Catalogue, FlatRow};
use mingzhang_columnar::{Column, Table, Values, Writer};
use mingzhang_model::amount::Amount;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets as sheets;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::{Pieces, Reply};
use crate::serve::route::XLSX;

pub(super) const CSV: &str = "text/csv; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const PARQUET: &str = "application/vnd.apache.parquet";

/// The most rows of a workbook.
const MOST_ROWS: usize = 50_000;

/// How many rows of Parquet are held in memory at once.
const GROUP: usize = 20_000;

/// Which numbers.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The address of a body; all where nothing is said.
    #[serde(default)]
    body: String,
}

/// The documents of an export, and what its file is called.
struct Export {
    catalogue: Arc<RwLock<Catalogue>>,
    ids: Vec<String>,
    name: String,
}

impl Export {
    fn of(call: &Call<'_>) -> Result<Export, Problem> {
        let Asked { body } = call.asked()?;
        let catalogue = call.house.readers.catalogue();
        let (ids, name) = if body.is_empty() {
            let named = catalogue.holdings().filter(|holding| holding.body().is_some());
            let ids = named.map(|holding| holding.id().to_owned()).collect();
            (ids, call.lang.of("部门预决算公开数据", "disclosures").to_owned())
        } else {
            let page = catalogue.documents_of(&body);
            let head = catalogue.head(&body).ok_or_else(Problem::missing)?;
            (page, format!("{}{}", head.name, call.lang.of("预决算公开数据", " disclosures")))
        };
        Ok(Export { catalogue: call.house.readers.shared(), ids, name })
    }

    fn file(&self, extension: &str) -> String {
        format!("{}.{extension}", self.name)
    }

    /// The numbers, document by document. Between two of them others may change the catalogue; what was taken back
    /// meanwhile is left out.
    fn documents(&self) -> impl Iterator<Item = Vec<FlatRow>> + '_ {
        self.ids.iter().map(|id| rows(&self.catalogue, id))
    }

    /// The same for what outlives the call.
    fn into_documents(self) -> impl Iterator<Item = Vec<FlatRow>> + Send + 'static {
        self.ids.into_iter().map(move |id| rows(&self.catalogue, &id))
    }
}

fn rows(catalogue: &RwLock<Catalogue>, id: &str) -> Vec<FlatRow> {
    let catalogue = catalogue.read().unwrap_or_else(PoisonError::into_inner);
    catalogue.holding(id).map(|holding| holding.rows().collect()).unwrap_or_default()
}

pub(super) fn csv(call: &Call<'_>) -> Result<Reply, Problem> {
    let export = Export::of(call)?;
    let name = export.file("csv");
    let mark = std::iter::once("\u{feff}".as_bytes().to_vec());
    let head = std::iter::once(vec![FlatRow::COLUMNS.map(|name| Cell::Text(name.to_owned())).to_vec()]);
    let documents = export.into_documents().map(|rows| rows.iter().map(cells).collect());
    let pieces = head.chain(documents).map(lines);
    stream(name, CSV, Box::new(mark.chain(pieces)))
}

/// Rows as csv without the mark that stands before the first. No document comes near the limits of a sheet; one that
/// did would be missed with a line in the log.
fn lines(rows: Vec<Vec<Cell>>) -> Vec<u8> {
    let written = sheets::write_csv(&Sheet { name: String::new(), rows });
    let written = written.inspect_err(|refusal| tracing::error!(%refusal, "an export lacks a document"));
    written.map(|bytes| bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).to_vec()).unwrap_or_default()
}

/// Words stay words; the amount, years, page and line are numbers.
fn cells(row: &FlatRow) -> Vec<Cell> {
    let is_number = |name: &str| matches!(name, "document_year" | "year" | "amount_yuan" | "page" | "line");
    let cell = |(name, value): (&str, String)| match value {
        value if value.is_empty() => Cell::Empty,
        value if is_number(name) => Cell::Number(value),
        value => Cell::Text(value),
    };
    FlatRow::COLUMNS.into_iter().zip(row.values()).map(cell).collect()
}

pub(super) fn json(call: &Call<'_>) -> Result<Reply, Problem> {
    let export = Export::of(call)?;
    let name = export.file("json");
    let mut first = true;
    let documents = export.into_documents().map(move |rows| {
        let mut piece = Vec::new();
        for row in &rows {
            // Strings and numbers always are JSON.
            let Ok(object) = serde_json::to_vec(row) else { continue };
            piece.extend_from_slice(if std::mem::take(&mut first) { b"\n" } else { b",\n" });
            piece.extend(object);
        }
        piece
    });
    let whole = std::iter::once(b"[".to_vec()).chain(documents).chain(std::iter::once(b"\n]\n".to_vec()));
    stream(name, JSON, Box::new(whole))
}

fn stream(name: String, media: &'static str, pieces: Pieces) -> Result<Reply, Problem> {
    Ok(Reply::Stream { name, media, pieces })
}

pub(super) fn xlsx(call: &Call<'_>) -> Result<Reply, Problem> {
    let export = Export::of(call)?;
    let mut rows = vec![FlatRow::COLUMNS.map(|name| Cell::Text(name.to_owned())).to_vec()];
    for document in export.documents() {
        rows.extend(document.iter().map(cells));
        if rows.len() > MOST_ROWS {
            return Err(too_large());
        }
    }
    let sheet = Sheet { name: call.lang.of("公开数据", "Figures").to_owned(), rows };
    let page = sheets::Page { sheet, head: 1, ..sheets::Page::default() };
    let bytes = sheets::write_xlsx(&[page]).map_err(|why| Problem::internal(why.to_string()))?;
    Reply::save(export.file("xlsx"), XLSX, bytes)
}

fn too_large() -> Problem {
    Problem::new(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        format!("超过 {MOST_ROWS} 行，工作簿放不下。请按部门分别下载，或下载 csv、Parquet。"),
        format!("More than {MOST_ROWS} rows are too many for a workbook. Please take one body, csv or Parquet."),
    )
}

pub(super) fn parquet(call: &Call<'_>) -> Result<Reply, Problem> {
    let export = Export::of(call)?;
    let failed = |why: mingzhang_columnar::Refusal| Problem::internal(why.to_string());
    let mut writer: Option<Writer> = None;
    let mut write = |rows: &[FlatRow]| -> Result<(), mingzhang_columnar::Refusal> {
        let table = Table::new(columns(rows))?;
        match &mut writer {
            Some(writer) => writer.write(&table),
            None => {
                let mut first = Writer::new(&table)?;
                first.write(&table)?;
                writer = Some(first);
                Ok(())
            }
        }
    };
    let mut held: Vec<FlatRow> = Vec::new();
    for document in export.documents() {
        held.extend(document);
        if held.len() >= GROUP {
            write(&held).map_err(failed)?;
            held.clear();
        }
    }
    // Also where there is nothing: a table without rows has its columns.
    write(&held).map_err(failed)?;
    let bytes = writer.map_or(Ok(Vec::new()), Writer::finish).map_err(failed)?;
    Reply::save(export.file("parquet"), PARQUET, bytes)
}

/// The rows as typed columns: amounts are decimals, years, pages and lines whole numbers, the rest is text.
fn columns(rows: &[FlatRow]) -> Vec<Column> {
    let mut texts: Vec<Vec<Option<String>>> = FlatRow::COLUMNS.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, value) in texts.iter_mut().zip(row.values()) {
            column.push(Some(value).filter(|value| !value.is_empty()));
        }
    }
    let typed = |(name, texts): (&&str, Vec<Option<String>>)| Column {
        name: (*name).to_owned(),
        values: match *name {
            "amount_yuan" => Values::Money(texts.iter().map(|text| fen(text.as_deref()?)).collect()),
            "document_year" | "year" | "page" | "line" => {
                Values::Whole(texts.iter().map(|text| text.as_deref()?.parse().ok()).collect())
            }
            _ => Values::Text(texts),
        },
    };
    FlatRow::COLUMNS.iter().zip(texts).map(typed).collect()
}

/// Yuan with two decimals as the catalogue writes them.
fn fen(yuan: &str) -> Option<Amount> {
    yuan.replace('.', "").parse().ok().map(Amount)
}
