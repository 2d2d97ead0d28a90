//! Reading the head of a row: which money the row is about.
//!
//! A code may stand in one cell (2010301), in two or three (201 03 01), be printed whole at every
//! level (201 20103 2010301), or be left out where the row above prints the same class. A name may
//! carry a list number. A total is known by its name alone.

use crate::grid::{Block, Role, is_stub_word};
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::document::{Place, Table};
use mingzhang_model::fact::{Row, RowCode};
use mingzhang_model::key::{Economic, Function, Key};
use mingzhang_standard::form::{BlockForm, Stub};
use mingzhang_standard::{codes, words};

/// What heads a row.
pub(crate) struct Head {
    pub(crate) row: Row,
    /// Narrowing of the key by the row; none when the row is not known.
    pub(crate) meaning: Option<Meaning>,
}

/// Which money a row is about.
#[derive(Clone, Copy)]
pub(crate) enum Meaning {
    /// The form's row of this index.
    Named(usize),
    /// A functional code.
    Function(FunctionalCode),
    /// An economic code.
    Economic(EconomicCode),
    /// The only row of a table without stub.
    Whole,
}

impl Meaning {
    /// Narrows a key to the row's money.
    pub(crate) fn narrow(self, block: &BlockForm, key: &mut Key) {
        match self {
            Meaning::Named(row) => block.rows[row].filter.narrow(key),
            Meaning::Function(code) => key.function = Function::Code(code),
            Meaning::Economic(code) => key.economic = key.economic.intersection(&Economic::of([code])),
            Meaning::Whole => {}
        }
    }
}

/// Reads the heads of one block's rows from top to bottom: it remembers what the rows above said.
pub(crate) struct Reader<'f> {
    form: &'f BlockForm,
    /// The form's row that was last met: a name printed twice is the next one.
    next_named: usize,
    codes: Codes,
}

impl<'f> Reader<'f> {
    pub(crate) fn new(form: &'f BlockForm) -> Reader<'f> {
        Reader { form, next_named: 0, codes: Codes::default() }
    }

    /// The head of a row in this block; none where the stub is blank.
    pub(crate) fn head(&mut self, table: &Table, row: u32, block: &Block) -> Option<Head> {
        if self.form.stub == Stub::None {
            let place = table.row(row).next().map_or_else(Place::default, |cell| cell.place);
            let head = Row { name: String::new(), code: None, misprinted_code: None, place };
            return Some(Head { row: head, meaning: Some(Meaning::Whole) });
        }
        let (parts, name, place) = stub_cells(table, row, block);
        if parts.iter().all(String::is_empty) && name.is_empty() {
            return None;
        }
        let code = if self.form.stub == Stub::Label { None } else { self.codes.join(&parts) };
        let misprinted_code = code.as_ref().filter(|c| c.misprinted).map(|_| parts.join(" ").trim().to_string());
        let (code, meaning) = match code.and_then(|code| self.parse(&code.digits)) {
            Some((code, meaning)) => (Some(code), Some(meaning)),
            None => (None, self.named(&name)),
        };
        let name = if name.is_empty() { parts.concat() } else { name };
        Some(Head { row: Row { name, code, misprinted_code, place }, meaning })
    }

    fn parse(&self, digits: &str) -> Option<(RowCode, Meaning)> {
        match self.form.stub {
            Stub::Function => {
                let code = FunctionalCode::parse(digits)?;
                Some((RowCode::Functional(code), Meaning::Function(code)))
            }
            Stub::Economic => {
                let code = EconomicCode::parse(digits)?;
                Some((RowCode::Economic(code), Meaning::Economic(code)))
            }
            Stub::Label | Stub::None => None,
        }
    }

    /// A row known by its name: the form's next row of that name, or a functional class.
    fn named(&mut self, name: &str) -> Option<Meaning> {
        let key = words::label_key(name);
        let find = |from: usize| (from..self.form.rows.len()).find(|i| self.form.rows[*i].keys.contains(&key));
        if let Some(i) = find(self.next_named).or_else(|| find(0)) {
            self.next_named = i + 1;
            return Some(Meaning::Named(i));
        }
        if !self.form.classes {
            return None;
        }
        codes::class_named(name).map(Meaning::Function)
    }
}

/// Puts codes together from the cells they are printed in, and remembers the one above.
#[derive(Default)]
pub(crate) struct Codes {
    above: String,
}

impl Codes {
    /// The code of the next row; none where no cell prints a part of one.
    pub(crate) fn join(&mut self, parts: &[String]) -> Option<Code> {
        if parts.iter().all(String::is_empty) {
            return None;
        }
        // 05 under 208, in one column: the class is not printed again.
        if let [one] = parts
            && one.len() == 2
            && self.above.len() >= below(1)
        {
            self.above = format!("{}{one}", &self.above[..below(1)]);
            return Some(Code { digits: self.above.clone(), misprinted: false });
        }
        let mut digits = String::new();
        let mut misprinted = false;
        for (i, part) in parts.iter().enumerate() {
            if part.is_empty() {
                // Nothing here, but something further right: the row above says it.
                let further = parts[i..].iter().any(|p| !p.is_empty());
                if further && digits.len() == below(i) {
                    digits.push_str(self.above.get(digits.len()..below(i + 1))?);
                }
            } else if digits.is_empty() || part.starts_with(&digits) && part.len() > digits.len() {
                digits.clone_from(part);
            } else if part.len() == 1 {
                digits.push('0');
                digits.push_str(part);
                misprinted = true;
            } else {
                digits.push_str(part);
            }
        }
        self.above.clone_from(&digits);
        Some(Code { digits, misprinted })
    }
}

/// A code as its digits.
pub(crate) struct Code {
    pub(crate) digits: String,
    /// A zero was lost and put back.
    pub(crate) misprinted: bool,
}

/// How many digits a code has above the `i`-th level: none, 类 3, 款 5, 项 7.
fn below(level: usize) -> usize {
    if level == 0 { 0 } else { 1 + 2 * level }
}

/// The parts of the code in the order of their columns, the name, and where the head stands.
fn stub_cells(table: &Table, row: u32, block: &Block) -> (Vec<String>, String, Place) {
    let (mut parts, mut name, mut place) = (Vec::new(), String::new(), None);
    let mut last = None;
    for stub in block.stub.iter().filter(|stub| stub.role == Role::Name) {
        let Some(cell) = table.cell(row, stub.column) else { continue };
        if last == Some((cell.row, cell.column)) {
            continue;
        }
        last = Some((cell.row, cell.column));
        let text = words::without_bookmarks(&cell.text);
        let folded = words::fold(&text);
        let digits: String = folded.chars().filter(|c| !"-.".contains(*c)).collect();
        if !folded.is_empty() {
            place.get_or_insert(cell.place);
        }
        if !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit()) {
            parts.push(digits);
        } else if folded.is_empty() || is_stub_word(&folded) {
            // 类, 款, 项 share the row of the total in some forms.
            parts.push(String::new());
        } else if let Some((code, rest)) = code_before_name(&folded) {
            parts.push(code.to_string());
            name.push_str(rest);
        } else {
            name.push_str(&text.split_whitespace().collect::<String>());
        }
    }
    // Blank cells behind the last part of the code are levels that the row does not have.
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    (parts, name, place.unwrap_or_default())
}

/// `2010301行政运行` or `[2010301]行政运行` in one cell.
pub(crate) fn code_before_name(folded: &str) -> Option<(&str, &str)> {
    if let Some((code, name)) = folded.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let whole = matches!(code.len(), 3 | 5 | 7) && code.bytes().all(|b| b.is_ascii_digit());
        return whole.then_some((code, name));
    }
    let end = folded.find(|c: char| !c.is_ascii_digit())?;
    let (code, rest) = folded.split_at(end);
    let rest = rest.trim_start_matches('-');
    (matches!(code.len(), 3 | 5 | 7) && rest.chars().all(|c| !c.is_ascii_digit())).then_some((code, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(rows: &[[&str; 3]]) -> Vec<Option<String>> {
        let mut codes = Codes::default();
        rows.iter()
            .map(|row| {
                let mut parts: Vec<String> = row.iter().map(ToString::to_string).collect();
                while parts.last().is_some_and(String::is_empty) {
                    parts.pop();
                }
                codes.join(&parts).map(|code| code.digits)
            })
            .collect()
    }

    #[test]
    fn codes_come_in_one_two_or_three_cells() {
        let split = codes_of(&[["201", "", ""], ["201", "03", ""], ["201", "03", "01"]]);
        let whole = codes_of(&[["201", "", ""], ["20103", "", ""], ["2010301", "", ""]]);
        let repeated = codes_of(&[["201", "", ""], ["201", "20103", ""], ["201", "20103", "2010301"]]);
        let inherited = codes_of(&[["201", "", ""], ["", "03", ""], ["", "", "01"]]);
        let expected: Vec<_> = ["201", "20103", "2010301"].map(|c| Some(c.to_string())).into();
        for codes in [split, whole, repeated, inherited] {
            assert_eq!(codes, expected);
        }
    }

    #[test]
    fn a_lost_zero_is_put_back() {
        assert_eq!(codes_of(&[["301", "2", ""]]), [Some("30102".to_string())]);
    }

    #[test]
    fn a_code_may_share_the_cell_with_its_name() {
        assert_eq!(code_before_name("2010301行政运行"), Some(("2010301", "行政运行")));
        assert_eq!(code_before_name("[20140]信访事务"), Some(("20140", "信访事务")));
        assert_eq!(code_before_name("24年预算"), None);
    }
}
