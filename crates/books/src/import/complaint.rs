//! [`Complaint`]: what is wrong in a sheet and where, as the spreadsheet shows it.

use std::fmt;

/// The most complaints that are told; of the rest only the number is.
pub const MOST_COMPLAINTS: usize = 100;

/// What is wrong and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// The name of the sheet; empty for the import as a whole.
    pub sheet: String,
    /// The row as the spreadsheet numbers it, from 1; 0 for the sheet as a whole.
    pub row: usize,
    /// The letter and the title of the column, where it is about one.
    pub column: Option<(String, String)>,
    /// What stands there, what is expected, what to do.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "工作表“{}”", self.sheet)?;
        }
        if self.row > 0 {
            write!(f, "第 {} 行", self.row)?;
        }
        if let Some((letter, title)) = &self.column {
            write!(f, " {letter} 列“{title}”")?;
        }
        if !self.sheet.is_empty() {
            f.write_str("：")?;
        }
        f.write_str(&self.message)
    }
}

/// Complaints, the first of them in full.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Complaints {
    told: Vec<Complaint>,
    further: usize,
}

impl Complaints {
    pub(super) fn push(&mut self, complaint: Complaint) {
        if self.told.len() < MOST_COMPLAINTS {
            self.told.push(complaint);
        } else {
            self.further += 1;
        }
    }

    /// One more that is not told.
    pub(super) fn pass_over(&mut self) {
        self.further += 1;
    }

    /// The first of them, at most [`MOST_COMPLAINTS`].
    pub fn told(&self) -> &[Complaint] {
        &self.told
    }

    /// How many more there are.
    pub fn further(&self) -> usize {
        self.further
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for complaint in &self.told {
            writeln!(f, "{complaint}")?;
        }
        if self.further > 0 {
            writeln!(f, "另有 {} 处问题", self.further)?;
        }
        Ok(())
    }
}
