//! The checklist that reviewers fill in by hand (预算公开情况检查表), as a workbook: the checklist, every finding,
//! and the counts of each document.
//!
//! Text is always written as text, whatever it begins with: no cell holds a formula. The workbook says nothing
//! about when it was made, so that the same documents give the same bytes.

mod checklist;

use std::io::{self, Write};

use mingzhang_model::fact::DisclosureKind;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Closing, Extent, Reporter, in_order_of_place, rows};
use crate::messages::checklist::{Words, title, words};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::{Standing, Tally};
use crate::together::Together;
use crate::wide;
use checklist::{Met, Row};

/// As much as a cell can hold.
const LONGEST: usize = 32_000;

const A4: u8 = 9;

/// The height of a line of text and of the highest row, in points.
const LINE_HEIGHT: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// Where it is not installed, the program takes another one.
const FONT: &str = "Microsoft YaHei";

/// The widths of the columns, in characters.
const CHECKLIST_WIDTHS: [f64; 5] = [34.0, 12.0, 62.0, 44.0, 30.0];
const COUNT_WIDTHS: [f64; 4] = [40.0, 28.0, 8.0, 12.0];
const FINDING_WIDTHS: [f64; rows::COLUMNS] = [
    28.0, 22.0, 7.0, 10.0, 8.0, 20.0, 7.0, 60.0, 6.0, 7.0, 32.0, 24.0, 24.0, 15.0, 15.0, 13.0, 15.0, 30.0, 16.0, 30.0,
    24.0,
];

/// Writes the workbook, when every document was checked.
pub(crate) struct Xlsx {
    lang: Lang,
    extent: Extent,
    words: &'static Words,
    kinds: Vec<DisclosureKind>,
    checklists: Vec<(String, Vec<Row>)>,
    findings: Vec<[String; rows::COLUMNS]>,
    counts: Vec<Counts>,
}

/// A row of the sheet of counts.
struct Counts {
    texts: [String; 4],
    numbers: [usize; 12],
}

impl Xlsx {
    /// A reporter that has written nothing yet.
    pub(crate) fn new(lang: Lang, extent: Extent) -> Xlsx {
        let (kinds, checklists, findings, counts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Xlsx { lang, extent, words: words(lang), kinds, checklists, findings, counts }
    }

    fn add(&mut self, path: &str, checkup: &Checkup, standing: Standing) {
        let disclosure = &checkup.disclosure;
        self.kinds.extend(disclosure.kind);
        let kind = self.lang.say(&Message::Disclosure { year: disclosure.year, kind: disclosure.kind });
        let body = disclosure.body.clone().unwrap_or_else(|| self.lang.say(&Message::UnknownBody));
        let band = format!("{body} · {kind} · {path}");
        self.checklists.push((band, checklist::rows(checkup, self.words, self.lang)));
        for finding in in_order_of_place(checkup) {
            self.findings.push(rows::row(self.lang, (path, &checkup.disclosure), finding, String::new()));
        }
        for aside in checkup.set_aside.iter().filter(|_| self.extent == Extent::All) {
            let why = self.lang.say(&Message::WhyAside(&aside.why));
            self.findings.push(rows::row(self.lang, (path, &checkup.disclosure), &aside.finding, why));
        }
        let year = disclosure.year.map(|year| year.to_string()).unwrap_or_default();
        let standing = self.lang.say(&Message::Standing(standing));
        let texts = [path.to_owned(), disclosure.body.clone().unwrap_or_default(), year, standing];
        let tables = [checkup.tables.len(), checkup.missing.len(), checkup.facts];
        self.counts.push(Counts { texts, numbers: numbers(&checkup.tally, tables) });
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_author("mingzhang").set_creation_datetime(&never));
        let formats = Formats::new();
        self.checklist(workbook.add_worksheet(), &formats)?;
        self.finding_list(workbook.add_worksheet(), &formats)?;
        self.count_list(workbook.add_worksheet(), &formats)?;
        workbook.save_to_buffer()
    }

    fn checklist(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        sheet.set_name(self.words.sheets[0])?;
        widths(sheet, &CHECKLIST_WIDTHS)?;
        sheet.merge_range(0, 0, 0, 4, title(&self.kinds, self.lang), &formats.title)?;
        sheet.set_row_height(0, 30)?;
        heads(sheet, 1, &self.words.heads, formats)?;
        printed(sheet, self.words, 1)?;
        let mut breaks = Vec::new();
        let mut at = 2;
        for (band, rows) in &self.checklists {
            if at > 2 {
                breaks.push(at);
            }
            sheet.merge_range(at, 0, at, 4, "", &formats.band)?;
            text(sheet, at, 0, band, &formats.band)?;
            fit(sheet, at, [(band.as_str(), CHECKLIST_WIDTHS.iter().sum())])?;
            at += 1;
            for row in rows {
                self.checklist_row(sheet, at, row, formats)?;
                at += 1;
            }
        }
        sheet.set_page_breaks(&breaks)?;
        Ok(())
    }

    fn checklist_row(&self, sheet: &mut Worksheet, at: u32, row: &Row, formats: &Formats) -> Result<(), XlsxError> {
        let (word, format) = match row.met {
            Met::Yes => (self.words.yes, &formats.yes),
            Met::No => (self.words.no, &formats.no),
            Met::Open => (self.words.open, &formats.open),
        };
        text(sheet, at, 0, &row.item, &formats.text)?;
        text(sheet, at, 1, word, format)?;
        text(sheet, at, 2, &row.problem, &formats.text)?;
        text(sheet, at, 3, &row.place, &formats.text)?;
        text(sheet, at, 4, &row.basis, &formats.text)?;
        let texts = [row.item.as_str(), word, &row.problem, &row.place, &row.basis];
        fit(sheet, at, texts.into_iter().zip(CHECKLIST_WIDTHS))
    }

    fn finding_list(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        sheet.set_name(self.words.sheets[1])?;
        widths(sheet, &FINDING_WIDTHS)?;
        heads(sheet, 0, &rows::heads(self.lang), formats)?;
        printed(sheet, self.words, 0)?;
        for (at, row) in (1..).zip(&self.findings) {
            for (column, field) in (0..).zip(row) {
                text(sheet, at, column, field, &formats.text)?;
            }
            fit(sheet, at, row.iter().map(String::as_str).zip(FINDING_WIDTHS))?;
        }
        sheet.autofilter(0, 0, self.findings.len() as u32, rows::COLUMNS as u16 - 1)?;
        Ok(())
    }

    fn count_list(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        sheet.set_name(self.words.sheets[2])?;
        widths(sheet, &COUNT_WIDTHS)?;
        heads(sheet, 0, &self.words.counts, formats)?;
        printed(sheet, self.words, 0)?;
        let mut sum = [0; 12];
        for (at, row) in (1..).zip(&self.counts) {
            sum.iter_mut().zip(row.numbers).for_each(|(sum, n)| *sum += n);
            counts(sheet, at, row, formats)?;
        }
        let texts = [self.words.total.to_owned(), String::new(), String::new(), String::new()];
        counts(sheet, self.counts.len() as u32 + 1, &Counts { texts, numbers: sum }, formats)
    }
}

fn numbers(tally: &Tally, [tables, missing, facts]: [usize; 3]) -> [usize; 12] {
    let (errors, warnings, notes, hints) = (tally.errors, tally.warnings, tally.notes, tally.hints);
    let (not_applicable, undecided) = (tally.rules_not_applicable, tally.rules_undecided);
    let (suppressed, known) = (tally.suppressed, tally.known);
    [errors, warnings, notes, hints, tally.held, not_applicable, undecided, suppressed, known, tables, missing, facts]
}

impl Reporter for Xlsx {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, _out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, _out: &mut dyn Write, checked: &Checked, standing: Standing) -> io::Result<()> {
        match &checked.result {
            Ok(checkup) => self.add(&checked.path, checkup, standing),
            Err(failure) => {
                let why = self.lang.say(&Message::CannotRead(failure));
                let row = Row::plain(self.words.readable, Met::No, &why);
                self.checklists.push((checked.path.clone(), vec![row]));
                let mut finding = [const { String::new() }; rows::COLUMNS];
                finding[rows::PATH].clone_from(&checked.path);
                finding[rows::MESSAGE] = why;
                self.findings.push(finding);
                let standing = self.lang.say(&Message::Standing(standing));
                let texts = [checked.path.clone(), String::new(), String::new(), standing];
                self.counts.push(Counts { texts, numbers: [0; 12] });
            }
        }
        Ok(())
    }

    fn bundle(&mut self, _out: &mut dyn Write, together: &Together, standing: Standing) -> io::Result<()> {
        let Some(checkup) = together.checkup() else { return Ok(()) };
        let band = self.lang.say(&Message::Together { body: together.body(), documents: together.members.len() });
        self.checklists.push((band.clone(), checklist::together(checkup, self.words)));
        self.findings.extend(rows::together(self.lang, together, self.extent));
        let standing = self.lang.say(&Message::Standing(standing));
        let texts = [band, together.body().to_owned(), String::new(), standing];
        self.counts.push(Counts { texts, numbers: numbers(&checkup.tally, [0; 3]) });
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        out.write_all(&self.workbook().map_err(io::Error::other)?)
    }
}

/// The formats of the cells.
struct Formats {
    title: Format,
    band: Format,
    head: Format,
    text: Format,
    number: Format,
    yes: Format,
    no: Format,
    open: Format,
}

impl Formats {
    fn new() -> Formats {
        let bordered = Format::new().set_border(FormatBorder::Thin).set_font_name(FONT).set_font_size(10);
        let text = bordered.clone().set_text_wrap().set_align(FormatAlign::Top);
        let centred = bordered.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::Top);
        let filled = |colour| bordered.clone().set_bold().set_background_color(Color::RGB(colour));
        Formats {
            title: Format::new()
                .set_bold()
                .set_font_name(FONT)
                .set_font_size(16)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            band: filled(0x00DD_E7F0),
            head: filled(0x00EC_EEEB)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            number: bordered.clone().set_num_format("#,##0").set_align(FormatAlign::Top),
            text,
            yes: centred.clone().set_font_color(Color::RGB(0x001A_6D33)),
            no: centred.clone().set_font_color(Color::RGB(0x00B3_261E)),
            open: centred.set_font_color(Color::RGB(0x008A_5A00)),
        }
    }
}

fn widths(sheet: &mut Worksheet, widths: &[f64]) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

fn heads(sheet: &mut Worksheet, row: u32, heads: &[&str], formats: &Formats) -> Result<(), XlsxError> {
    for (column, head) in (0..).zip(heads) {
        text(sheet, row, column, head, &formats.head)?;
    }
    sheet.set_row_height(row, 2.0 * LINE_HEIGHT)?;
    Ok(())
}

fn counts(sheet: &mut Worksheet, row: u32, counts: &Counts, formats: &Formats) -> Result<(), XlsxError> {
    for (column, words) in (0..).zip(&counts.texts) {
        text(sheet, row, column, words, &formats.text)?;
    }
    fit(sheet, row, counts.texts.iter().map(String::as_str).zip(COUNT_WIDTHS))?;
    for (column, n) in (4..).zip(counts.numbers) {
        sheet.write_number_with_format(row, column, n as f64, &formats.number)?;
    }
    Ok(())
}

/// Makes a row as high as its texts need in columns of these widths: not every program does so by itself.
fn fit<'a>(sheet: &mut Worksheet, row: u32, texts: impl IntoIterator<Item = (&'a str, f64)>) -> Result<(), XlsxError> {
    // A little of each column is its margin.
    let folded = |line: &str, width: f64| wide::wrapped(line, (width as usize).saturating_sub(2).max(1)).len();
    let lines = |(text, width): (&str, f64)| text.lines().map(|line| folded(line, width)).sum::<usize>();
    let most = texts.into_iter().map(lines).max().unwrap_or(1).max(1);
    sheet.set_row_height(row, (most as f64 * LINE_HEIGHT + 4.0).min(HIGHEST))?;
    Ok(())
}

/// Text as text, shortened to what a cell can hold.
fn text(sheet: &mut Worksheet, row: u32, column: u16, words: &str, format: &Format) -> Result<(), XlsxError> {
    let short: String = words.chars().take(LONGEST).collect();
    if short.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, short, format)?;
    }
    Ok(())
}

/// Landscape A4, as wide as the page, with the heads on every page and in sight.
fn printed(sheet: &mut Worksheet, words: &Words, last_head: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&C{}", words.footer));
    sheet.set_freeze_panes(last_head + 1, 0)?;
    sheet.set_repeat_rows(0, last_head)?;
    Ok(())
}
