//! The parts of a zip, before any of them is trusted: what kind of file it is, and that it stays small.
//!
//! A zip says of each part how large it becomes. What it says is added up first, and a zip bomb that is
//! honest about itself is refused before anything is inflated. Then every part is inflated once and
//! counted, because a zip may lie. On the way worksheets are searched for what the reader of cells does not
//! tell: the areas of array formulas, whose cells hold values but no formula of their own.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::grid::Area;
use crate::{Refusal, limits};

/// A zip that is a workbook.
pub(crate) enum Package {
    /// Of Excel, with what its worksheets were searched for.
    Xlsx(Survey),
    /// Of OpenDocument: its `content.xml`.
    Ods(Vec<u8>),
}

/// What worksheets hold besides cells.
#[derive(Default)]
pub(crate) struct Survey {
    /// The areas of array formulas of more than one cell, by the name of the sheet.
    pub(crate) arrays: BTreeMap<String, Vec<Area>>,
    /// Whether any sheet has merged cells.
    pub(crate) merges: Merges,
}

/// Whether to look for merged cells: a whole further reading of a sheet.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Merges {
    #[default]
    None,
    Some,
}

pub(crate) fn damaged() -> Refusal {
    Refusal::new("文件已损坏，内容读不出来，请用 Excel 或 WPS 打开后另存为新的 .xlsx 文件再提交")
}

fn truncated() -> Refusal {
    Refusal::new("文件不完整（可能没有下载或复制完），请重新取得这个文件，用 Excel 或 WPS 打开确认后再提交")
}

pub(crate) fn encrypted() -> Refusal {
    Refusal::encrypted()
}

/// Looks into a zip whose parts together are at most so many bytes.
pub(crate) fn look(bytes: &[u8], most: u64) -> Result<Package, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| truncated())?;
    if archive.len() > limits::PARTS {
        return Err(too_large(most));
    }
    let kind = kind(&archive)?;
    check_claims(&mut archive, most)?;
    let mut look = Look::default();
    let mut left = most;
    let mut content = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| truncated())?;
        let path = path_of(&part)?;
        content.clear();
        part.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| truncated())?;
        left = left.checked_sub(content.len() as u64).ok_or_else(|| too_large(most))?;
        match kind {
            Kind::Xlsx => look.at(path, &content)?,
            Kind::Ods if path == "meta-inf/manifest.xml" && finds(&content, "encryption-data") => {
                return Err(encrypted());
            }
            Kind::Ods if path == "content.xml" => look.workbook = std::mem::take(&mut content),
            Kind::Ods => {}
        }
    }
    Ok(match kind {
        Kind::Xlsx => Package::Xlsx(look.survey()),
        Kind::Ods => Package::Ods(look.workbook),
    })
}

#[derive(Clone, Copy)]
enum Kind {
    Xlsx,
    Ods,
}

fn kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Kind, Refusal> {
    let has = |start: &str| archive.file_names().flatten().any(|name| name.to_ascii_lowercase().starts_with(start));
    let save_as = "请用 Excel 或 WPS 打开后另存为 .xlsx 文件再提交";
    let what = if has("xl/workbook.bin") {
        format!("这是二进制工作簿（.xlsb），还不能读取，{save_as}")
    } else if has("xl/") {
        return Ok(Kind::Xlsx);
    } else if has("content.xml") && has("mimetype") {
        return Ok(Kind::Ods);
    } else if has("word/") {
        "这是 Word 文档，不是表格，请把其中的表格复制到 Excel，存为 .xlsx 文件再提交".to_owned()
    } else if has("ppt/") {
        "这是演示文稿，不是表格，请把其中的表格复制到 Excel，存为 .xlsx 文件再提交".to_owned()
    } else {
        "这是压缩包，不是表格，请先解压，再提交其中的 .xlsx 或 .csv 文件".to_owned()
    };
    Err(Refusal::new(what))
}

/// True for a zip with the parts of a workbook.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    match kind(&archive) {
        Ok(Kind::Xlsx) => true,
        // Texts and slides of OpenDocument have the same parts; the first says which it is.
        Ok(Kind::Ods) => archive.by_name("mimetype").is_ok_and(|part| {
            let mut kind = String::new();
            part.take(256).read_to_string(&mut kind).is_ok() && kind.contains("opendocument.spreadsheet")
        }),
        Err(_) => archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case("xl/workbook.bin")),
    }
}

/// Holds what a zip says of itself to the limits, before anything is inflated.
fn check_claims(archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), Refusal> {
    let mut claimed: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| truncated())?;
        if part.encrypted() {
            return Err(encrypted());
        }
        claimed = claimed.saturating_add(part.size());
    }
    if claimed > most { Err(too_large(most)) } else { Ok(()) }
}

fn too_large(most: u64) -> Refusal {
    let limit = most >> 20;
    Refusal::new(format!("文件解压后超过 {limit} MB 的上限，请删去多余的行、列和图片，或拆成几个文件后分别提交"))
}

fn finds(content: &[u8], word: &str) -> bool {
    memmem::find(content, word.as_bytes()).is_some()
}

/// What was seen in the parts of a workbook of Excel.
#[derive(Default)]
struct Look {
    workbook: Vec<u8>,
    relations: Vec<u8>,
    arrays: BTreeMap<String, Vec<Area>>,
    merges: Merges,
}

impl Look {
    fn at(&mut self, path: String, content: &[u8]) -> Result<(), Refusal> {
        check_count(content)?;
        if finds(content, "mergeCell ") {
            self.merges = Merges::Some;
        }
        let arrays = arrays(content);
        if !arrays.is_empty() {
            self.arrays.insert(path.clone(), arrays);
        }
        match path.as_str() {
            "xl/workbook.xml" => self.workbook = content.to_vec(),
            "xl/_rels/workbook.xml.rels" => self.relations = content.to_vec(),
            _ => {}
        }
        Ok(())
    }

    fn survey(mut self) -> Survey {
        let mut survey = Survey { arrays: BTreeMap::new(), merges: self.merges };
        if self.arrays.is_empty() {
            return survey;
        }
        for (name, path) in sheet_paths(&self.workbook, &self.relations) {
            survey.arrays.extend(self.arrays.remove(&path).map(|areas| (name, areas)));
        }
        survey
    }
}

/// The paths of the parts of sheets, in small letters, by the names of the sheets.
pub(crate) fn sheet_paths(workbook: &[u8], relations: &[u8]) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    each_element(relations, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let target = target.to_ascii_lowercase();
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, path);
        }
    });
    let mut paths = BTreeMap::new();
    each_element(workbook, |element| {
        if element.local_name().as_ref() != "sheet" {
            return;
        }
        let (name, id) = (attribute(element, "name"), attribute(element, "id"));
        if let (Some(name), Some(path)) = (name, id.and_then(|id| targets.get(&id))) {
            paths.insert(name, path.clone());
        }
    });
    paths
}

/// Calls for every part of a zip that [`look`] has held to the limits, its path in small letters.
pub(crate) fn each_part(bytes: &[u8], mut call: impl FnMut(&str, Vec<u8>)) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| truncated())?;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| truncated())?;
        let path = path_of(&part)?;
        let mut content = Vec::new();
        part.by_ref().take(limits::INFLATED).read_to_end(&mut content).map_err(|_| truncated())?;
        call(&path, content);
    }
    Ok(())
}

fn path_of<R: Read>(part: &zip::read::ZipFile<'_, R>) -> Result<String, Refusal> {
    let name = part.name().map_err(|_| truncated())?;
    Ok(name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase())
}

/// Refuses a part that says it has more strings than it has bytes: room for all of them would be made
/// before the first is read.
fn check_count(content: &[u8]) -> Result<(), Refusal> {
    for at in memmem::find_iter(content, b"uniqueCount") {
        let rest = &content[at + "uniqueCount".len()..];
        let value = rest.iter().skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''));
        let digits = value.take_while(|byte| byte.is_ascii_digit()).take(20);
        let count = digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if count > content.len() as u64 {
            return Err(damaged());
        }
    }
    Ok(())
}

/// The areas of more than one cell that a single formula fills: arrays and tables of what-if.
fn arrays(content: &[u8]) -> Vec<Area> {
    let mut areas = Vec::new();
    for word in ["array", "dataTable"] {
        for at in memmem::find_iter(content, word.as_bytes()) {
            let is_value = |at: Option<&u8>| matches!(at, Some(b'"' | b'\''));
            if !is_value(content.get(at.wrapping_sub(1))) || !is_value(content.get(at + word.len())) {
                continue;
            }
            let start = at.saturating_sub(256);
            let Some(open) = memchr::memrchr(b'<', &content[start..at]).map(|open| start + open) else { continue };
            let Some(close) = memchr::memchr(b'>', &content[at..]).map(|close| at + close) else { continue };
            let area = std::str::from_utf8(&content[open + 1..close]).ok().and_then(|tag| {
                let element = BytesStart::from_content(tag.trim_end_matches('/'), tag.find(char::is_whitespace)?);
                if element.local_name().as_ref() == "f" { Area::parse(&attribute(&element, "ref")?) } else { None }
            });
            areas.extend(area.filter(|area| (area.top, area.left) != (area.bottom, area.right)));
        }
    }
    areas
}

/// Calls for every element that begins, until the text ends or is no XML any more.
pub(crate) fn each_element(content: &[u8], mut call: impl FnMut(&BytesStart<'_>)) {
    let text = String::from_utf8_lossy(content);
    let mut reader = quick_xml::Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => call(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, by its name; a name without prefix is found under any.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| {
        let key = if name.contains(':') { attribute.key.as_ref() } else { attribute.key.local_name().into_inner() };
        key == name
    })?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_of_more_than_one_cell_are_found() {
        let content = br#"<c r="B2"><f t="array" ref="B2:B5">A2:A5*2</f></c><c><f ref='C1:D2' t='array'/></c>
            <c><f t="array" ref="E1">1</f></c><is><t>an "array" of words</t></is><f t="shared" ref="F1:F9" si="0"/>"#;
        let found = arrays(content);
        assert_eq!(found, [Area::parse("B2:B5").unwrap(), Area::parse("C1:D2").unwrap()]);
    }

    #[test]
    fn a_part_with_more_strings_than_bytes_is_refused() {
        assert!(check_count(br#"<sst count="2" uniqueCount="2"><si/><si/></sst>"#).is_ok());
        assert!(check_count(br#"<sst uniqueCount = '99999999999'></sst>"#).is_err());
        assert!(check_count(br#"<sst uniqueCount="99999999999999999999999999"></sst>"#).is_err());
    }
}
