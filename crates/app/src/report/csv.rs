//! One row for each finding, for spreadsheets: UTF-8 with the mark that Excel needs to know it, and no cell
//! that a spreadsheet would take for a formula.

use std::io::{self, Write};

use mingzhang_model::finding::Finding;

use super::{Closing, Extent, Reporter, in_order_of_place, rows};
use crate::csv::{harmless, record};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;
use crate::together::Together;

/// Tells Excel that the bytes are UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Prints one row for each finding.
pub(crate) struct Csv {
    pub(crate) lang: Lang,
    pub(crate) extent: Extent,
}

impl Reporter for Csv {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        record(out, rows::heads(self.lang))
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        let checkup = match &checked.result {
            Ok(checkup) => checkup,
            Err(failure) => {
                let mut row = [const { String::new() }; rows::COLUMNS];
                row[rows::PATH] = harmless(&checked.path);
                row[rows::MESSAGE] = self.lang.say(&Message::CannotRead(failure));
                return record(out, row);
            }
        };
        for finding in in_order_of_place(checkup) {
            record(out, self.row(&checked.path, checkup, finding, String::new()))?;
        }
        for aside in checkup.set_aside.iter().filter(|_| self.extent == Extent::All) {
            let why = self.lang.say(&Message::WhyAside(&aside.why));
            record(out, self.row(&checked.path, checkup, &aside.finding, why))?;
        }
        Ok(())
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        let rows = rows::together(self.lang, together, self.extent);
        rows.into_iter().try_for_each(|row| record(out, row.map(|field| harmless(&field))))
    }

    fn end(&mut self, _out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        Ok(())
    }
}

impl Csv {
    fn row(&self, path: &str, checkup: &Checkup, finding: &Finding, aside: String) -> [String; rows::COLUMNS] {
        rows::row(self.lang, (path, &checkup.disclosure), finding, aside).map(|field| harmless(&field))
    }
}
