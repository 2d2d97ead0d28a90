//! The language of narratives, read: lines to pieces, braces to slots. Every fault names its line.

use super::parts::{Line, expanded};
use super::{Condition, List, Narrative, Piece, Sheet, SheetCell, SheetRow, Slot, Span, Style, Sum, Test, Text};
use crate::filter::Filter;
use crate::form::{Form, form};
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::set::{Member, Set};

/// How deep braces and blocks may nest: more than any form, less than a stack.
const DEEPEST: u32 = 16;

impl Narrative {
    /// Reads a narrative of a form. A fault says the line and what is wrong there.
    /// `parts` are the files that narratives share: name and text.
    pub fn parse(form_id: &str, text: &str, parts: &[(&str, &str)]) -> Result<Narrative, String> {
        let form = form(form_id).ok_or_else(|| format!("there is no form “{form_id}”"))?;
        let words = Words::of(form);
        let lines = expanded(text, parts)?;
        let mut reader = Lines { lines: &lines, next: 0, words: &words };
        Ok(Narrative { pieces: reader.pieces(0, &[])? })
    }
}

/// What the words of filters mean in a form.
struct Words {
    incoming: Set<Measure>,
    outgoing: Set<Measure>,
}

impl Words {
    fn of(form: &Form) -> Words {
        let domain = form.tables.first().map(|table| table.domain);
        Words {
            incoming: domain.map_or(Set::EMPTY, |domain| domain.incoming),
            outgoing: domain.map_or(Set::EMPTY, |domain| domain.outgoing),
        }
    }

    fn sum(&self, words: &str) -> Result<Sum, String> {
        let rest: Vec<&str> = words.split_whitespace().filter(|word| *word != "here").collect();
        let here = rest.len() < words.split_whitespace().count();
        let mut filter = Filter::parse(&rest.join(" "), self.incoming, self.outgoing)?;
        if filter.measures.is_none() {
            filter.measures = Some(Set::only(Measure::Expenditure));
        }
        Ok(Sum { filter, here, words: words.trim().to_owned() })
    }

    /// `S of STAGE`.
    fn sum_of_stage(&self, words: &str) -> Result<(Sum, Stage), String> {
        let (sum, stage) =
            words.rsplit_once(" of ").ok_or_else(|| format!("“{words}” names no stage: … of initial"))?;
        let known = Stage::ALL.iter().copied().find(|known| known.word() == stage.trim());
        Ok((self.sum(sum)?, known.ok_or_else(|| format!("“{stage}” is no stage"))?))
    }

    fn list(&self, words: &str) -> Result<List, String> {
        let words = words.trim();
        let (kind, rest) = words.split_once(' ').ok_or_else(|| format!("“{words}” is no list"))?;
        let sum = |rest: &str| {
            rest.trim().strip_prefix("in ").map(str::to_owned).ok_or_else(|| format!("“{words}”: … in what?"))
        };
        Ok(match kind {
            "classes" => List::Classes(self.sum(&sum(rest)?)?),
            "items" => List::Items(sum(rest)?.split(" or ").map(|one| self.sum(one)).collect::<Result<_, _>>()?),
            "economics" => List::Economics(self.sum(&sum(rest)?)?),
            "rows" => {
                let (name, with) = rest.split_once(" with ").unwrap_or((rest, ""));
                let pair = |pair: &str| {
                    let (own, other) = pair.split_once('=').ok_or_else(|| format!("“{pair}” is no FIELD=FIELD"))?;
                    Ok::<_, String>((own.trim().to_owned(), other.trim().to_owned()))
                };
                let with = with.split_whitespace().map(pair).collect::<Result<_, _>>()?;
                List::Rows { name: name.trim().to_owned(), with }
            }
            _ => return Err(format!("“{kind}” is no list: classes, items, economics, rows")),
        })
    }

    fn condition(&self, words: &str) -> Result<Condition, String> {
        let words = words.trim();
        let (negated, words) = words.strip_prefix("no ").map_or((false, words), |rest| (true, rest));
        let (kind, rest) = words.split_once(' ').unwrap_or((words, ""));
        let test = match kind {
            "money" => Test::Money(self.sum(rest)?),
            "last" => Test::Last(self.sum(rest)?),
            "changed" => Test::Changed(self.sum(rest)?),
            "more" => Test::More(self.sum(rest)?),
            "differs" => {
                let (sum, stage) = self.sum_of_stage(rest)?;
                Test::Differs(sum, stage)
            }
            "figure" => Test::Figure(rest.trim().to_owned()),
            "known" => Test::Known(rest.trim().to_owned()),
            "words" => Test::Words(rest.trim().to_owned()),
            "many" => Test::Many(self.list(rest)?),
            "first" => Test::First,
            "field" => {
                let (name, word) =
                    rest.split_once('=').map_or((rest, None), |(name, word)| (name, Some(word.trim().to_owned())));
                Test::Field(name.trim().to_owned(), word)
            }
            "rows" | "classes" | "items" | "economics" => Test::Any(self.list(words)?),
            _ => return Err(format!("“{kind}” is no condition")),
        };
        Ok(Condition { negated, test })
    }

    fn slot(&self, inside: &str) -> Result<Slot, String> {
        let inside = inside.trim();
        let (kind, rest) = inside.split_once(' ').map_or((inside, ""), |(kind, rest)| (kind, rest.trim()));
        let named = |slot: fn(String) -> Slot| match rest {
            "" => Err(format!("“{kind}” of what?")),
            rest => Ok(slot(rest.to_owned())),
        };
        Ok(match kind {
            "body" => Slot::Body,
            "cutoff" => Slot::Cutoff,
            "name" => Slot::Name,
            "code" => Slot::Code,
            "path" => Slot::Path,
            "ordinal" => Slot::Ordinal,
            "exact" => named(Slot::Exact)?,
            "money" => Slot::Money(self.sum(rest)?),
            "plain" => Slot::Plain(self.sum(rest)?),
            "compared" => Slot::Compared(self.sum(rest)?),
            "change" => Slot::Change(self.sum(rest)?),
            "rate" => Slot::Rate(self.sum(rest)?),
            "share" => {
                let (part, whole) = rest.split_once(" of ").ok_or("a share is of what?")?;
                Slot::Share(self.sum(part)?, self.sum(whole)?)
            }
            "done" => {
                let (sum, stage) = self.sum_of_stage(rest)?;
                Slot::Done(sum, stage)
            }
            "beyond" => {
                let (sum, stage) = self.sum_of_stage(rest)?;
                Slot::Beyond(sum, stage)
            }
            "larger" => {
                let (sum, stage) = self.sum_of_stage(rest)?;
                Slot::Larger(sum, stage)
            }
            "count" => Slot::Count(self.list(rest)?),
            "figure" => named(Slot::Figure)?,
            "number" => named(Slot::Number)?,
            "words" => named(Slot::Words)?,
            "field" => named(Slot::Field)?,
            _ if kind == "year" || kind.starts_with("year-") => {
                let back = kind.strip_prefix("year-").map_or(Ok(0), str::parse);
                Slot::Year(back.map_err(|_| format!("“{kind}” is no year"))?)
            }
            _ => return Err(format!("“{kind}” is no slot")),
        })
    }

    fn text(&self, text: &str) -> Result<Text, String> {
        let mut rest = text;
        let spans = self.spans(&mut rest, 0)?;
        if rest.is_empty() { Ok(spans) } else { Err("a “}” closes nothing".to_owned()) }
    }

    /// Spans up to the end of the text or to the brace that closes the one around.
    fn spans(&self, rest: &mut &str, depth: u32) -> Result<Text, String> {
        if depth > DEEPEST {
            return Err("braces nest too deep".to_owned());
        }
        let mut spans = Vec::new();
        loop {
            let at = rest.find(['{', '}']).unwrap_or(rest.len());
            if at > 0 {
                spans.push(Span::Words(rest[..at].to_owned()));
            }
            *rest = &rest[at..];
            if !rest.starts_with('{') {
                return Ok(spans);
            }
            *rest = &rest[1..];
            spans.push(self.span(rest, depth)?);
            *rest = rest.strip_prefix('}').ok_or("a “{” is not closed")?;
        }
    }

    /// What stands after an opening brace, up to the closing one.
    fn span(&self, rest: &mut &str, depth: u32) -> Result<Span, String> {
        let is_block = rest.starts_with("if ") || rest.starts_with("each ");
        let end = rest.find(if is_block { ':' } else { '}' });
        let head = &rest[..end.ok_or("a “{” is not closed")?];
        if !is_block {
            *rest = &rest[head.len()..];
            return self.slot(head).map(Span::Slot);
        }
        *rest = &rest[head.len() + 1..];
        let text = self.spans(rest, depth + 1)?;
        if let Some(condition) = head.strip_prefix("if ") {
            return Ok(Span::If(self.condition(condition)?, text));
        }
        let head = head.strip_prefix("each ").unwrap_or(head);
        let (list, separator) = head.split_once(" join ").unwrap_or((head, ""));
        let separator = separator.trim().trim_matches('"').to_owned();
        Ok(Span::Each { list: self.list(list)?, separator, text })
    }
}

/// The lines, read from the first to the last.
struct Lines<'a> {
    lines: &'a [Line],
    next: usize,
    words: &'a Words,
}

impl<'a> Lines<'a> {
    fn peek(&self) -> Option<(&'a str, &'a str)> {
        self.lines.get(self.next).map(|line| (line.place.as_str(), line.text.as_str()))
    }

    /// Pieces up to the end, or to a line that is one of the closing words.
    fn pieces(&mut self, depth: u32, closing: &[&str]) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        while let Some((place, line)) = self.peek() {
            if closing.contains(&line) {
                return Ok(pieces);
            }
            self.next += 1;
            let piece = self.piece(line, depth);
            // What is wrong inside a block has been placed already.
            pieces.extend(piece.map_err(|fault| match fault.contains("line ") {
                true => fault,
                false => format!("{place}: {fault}"),
            })?);
        }
        match closing {
            [] => Ok(pieces),
            [first, ..] => Err(format!("no “{first}” closes what was opened")),
        }
    }

    fn close(&mut self) -> String {
        let line = self.peek().map_or("", |(_, line)| line);
        self.next += 1;
        line.to_owned()
    }

    fn piece(&mut self, line: &str, depth: u32) -> Result<Option<Piece>, String> {
        if depth > DEEPEST {
            return Err("blocks nest too deep".to_owned());
        }
        if let Some(rest) = line.strip_prefix('@') {
            let (word, rest) = rest.split_once(' ').map_or((rest, ""), |(word, rest)| (word, rest.trim()));
            return self.directive(word, rest, depth).map(Some);
        }
        let hashes = line.len() - line.trim_start_matches('#').len();
        if (1..=5).contains(&hashes) {
            let rest = &line[hashes..];
            let (numbered, rest) = rest.strip_prefix('~').map_or((true, rest), |rest| (false, rest));
            let text = self.words.text(rest.trim())?;
            return Ok(Some(Piece::Heading { level: hashes as u8, numbered, text }));
        }
        let item = line.strip_prefix('-').and_then(|rest| rest.split_once(' '));
        if let Some((level @ ("2" | "3" | "4" | "5"), rest)) = item {
            let (item, text) = (level.parse().ok(), self.words.text(rest.trim())?);
            return Ok(Some(Piece::Paragraph { style: Style::Body, item, text }));
        }
        Ok(Some(Piece::Paragraph { style: Style::Body, item: None, text: self.words.text(line)? }))
    }

    fn directive(&mut self, word: &str, rest: &str, depth: u32) -> Result<Piece, String> {
        let paragraph = |style| Ok(Piece::Paragraph { style, item: None, text: self.words.text(rest)? });
        match word {
            "cover" => {
                rest.split('|').map(|line| self.words.text(line.trim())).collect::<Result<_, _>>().map(Piece::Cover)
            }
            "contents" => Ok(Piece::Contents),
            "break" => Ok(Piece::Break),
            "decimals" => rest.parse().map(Piece::Decimals).map_err(|_| format!("“{rest}” is no number of decimals")),
            "centred" => paragraph(Style::Centred),
            "right" => paragraph(Style::Right),
            "note" => paragraph(Style::Note),
            "table" => {
                let mut parts = rest.split_whitespace();
                let code = parts.next().ok_or("which table?")?.to_owned();
                let level = parts.next().map_or(Some(4), |level| level.parse().ok()).ok_or("at which level?")?;
                Ok(Piece::Table { code, outline: (level, parts.next() != Some("plain")) })
            }
            "if" => {
                let condition = self.words.condition(rest)?;
                let then = self.pieces(depth + 1, &["@end", "@else"])?;
                let otherwise = match self.close().as_str() {
                    "@else" => {
                        let pieces = self.pieces(depth + 1, &["@end"])?;
                        self.close();
                        pieces
                    }
                    _ => Vec::new(),
                };
                Ok(Piece::If { condition, then, otherwise })
            }
            "each" => {
                let list = self.words.list(rest)?;
                let pieces = self.pieces(depth + 1, &["@end"])?;
                self.close();
                Ok(Piece::Each { list, pieces })
            }
            "sheet" => self.sheet(rest).map(Piece::Sheet),
            _ => Err(format!("“@{word}” is nothing that a narrative has")),
        }
    }

    /// `@sheet [landscape] [head N] [level N] title`, then rows between bars, up to `@end`.
    fn sheet(&mut self, rest: &str) -> Result<Sheet, String> {
        let (mut landscape, mut header_rows, mut outline, mut rest) = (false, 0, 0, rest);
        loop {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            let number = |after: &'_ str| {
                let (number, after) = after.split_once(' ').unwrap_or((after, ""));
                number.parse::<u8>().map(|number| (number, after.len())).map_err(|_| format!("“{number}” is no number"))
            };
            match word {
                "landscape" => (landscape, rest) = (true, after),
                "head" | "level" => {
                    let (value, left) = number(after)?;
                    rest = &after[after.len() - left..];
                    if word == "head" { header_rows = u32::from(value) } else { outline = value }
                }
                _ => break,
            }
        }
        let title = self.words.text(rest)?;
        let (rows, notes) = self.sheet_rows(0)?;
        Ok(Sheet { title, outline, landscape, header_rows, rows, notes })
    }

    fn sheet_rows(&mut self, depth: u32) -> Result<(Vec<SheetRow>, Vec<Text>), String> {
        let (mut rows, mut notes) = (Vec::new(), Vec::new());
        loop {
            let (place, line) = self.peek().ok_or("no “@end” closes the sheet")?;
            self.next += 1;
            let fault = |fault: String| format!("{place}: {fault}");
            if line == "@end" {
                return Ok((rows, notes));
            } else if let Some(list) = line.strip_prefix("@each ").filter(|_| depth < DEEPEST) {
                let list = self.words.list(list).map_err(fault)?;
                rows.push(SheetRow::Each(list, self.sheet_rows(depth + 1)?.0));
            } else if let Some(note) = line.strip_prefix("@note ") {
                notes.push(self.words.text(note).map_err(fault)?);
            } else if let Some(cells) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
                let cells = cells.split('|').map(|cell| self.sheet_cell(cell.trim()));
                rows.push(SheetRow::Cells(cells.collect::<Result<_, _>>().map_err(fault)?));
            } else {
                return Err(fault(format!("“{line}” is no row of a sheet: | … | … |")));
            }
        }
    }

    fn sheet_cell(&self, cell: &str) -> Result<SheetCell, String> {
        Ok(match cell {
            "<" => SheetCell::Left,
            "^" => SheetCell::Above,
            _ => {
                let (head, cell) = cell.strip_prefix('!').map_or((false, cell), |rest| (true, rest));
                let (same, cell) = cell.strip_prefix('=').map_or((false, cell), |rest| (true, rest));
                SheetCell::Words { text: self.words.text(cell)?, head, same }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Vec<Piece>, String> {
        Narrative::parse("shanghai_budget_department", text, &[]).map(|narrative| narrative.pieces)
    }

    #[test]
    fn lines_are_pieces_and_braces_are_slots() {
        let pieces = parsed("; a comment\n## 收支\n-4 职责\n{year}年收入{money income fiscal}。\n").unwrap();
        assert!(matches!(&pieces[0], Piece::Heading { level: 2, numbered: true, .. }));
        assert!(matches!(&pieces[1], Piece::Paragraph { item: Some(4), .. }));
        let Piece::Paragraph { text, .. } = &pieces[2] else { panic!() };
        assert_eq!(text.len(), 4);
        assert!(matches!(&text[2], Span::Slot(Slot::Money(sum)) if sum.words == "income fiscal" && !sum.here));
    }

    #[test]
    fn blocks_and_conditions_nest() {
        let text = "@if money government_managed\n@each items in general_public or final_accounts general_public\n\
                    {path}{if no money here initial:年初无}\n@end\n@else\n无。\n@end";
        let pieces = parsed(text).unwrap();
        let [Piece::If { then, otherwise, .. }] = pieces.as_slice() else { panic!() };
        assert!(matches!(&then[0], Piece::Each { list: List::Items(sums), .. } if sums.len() == 2));
        assert_eq!(otherwise.len(), 1);
    }

    #[test]
    fn a_sheet_has_rows_cells_and_notes() {
        let text = "@sheet landscape head 1 level 4 目标表\n| !指标 | !值 | < |\n@each rows indicators with project=code\n\
                    | ={field first} | {field target} | ^ |\n@end\n@note 注。\n@end";
        let pieces = parsed(text).unwrap();
        let [Piece::Sheet(sheet)] = pieces.as_slice() else { panic!() };
        assert!(sheet.landscape && sheet.header_rows == 1 && sheet.outline == 4 && sheet.notes.len() == 1);
        let SheetRow::Each(List::Rows { with, .. }, rows) = &sheet.rows[1] else { panic!() };
        assert_eq!((with.len(), rows.len()), (1, 1));
    }

    #[test]
    fn faults_name_their_line() {
        for (text, what) in [
            ("一\n{monye income}", "line 2: “monye” is no slot"),
            ("{money incme}", "line 1: “incme”"),
            ("{if money income:一", "line 1: a “{” is not closed"),
            ("一}", "line 1: a “}” closes nothing"),
            ("@if words x\n一", "no “@end”"),
            ("@end", "line 1: “@end” is nothing"),
            ("@tabel B01", "line 1: “@tabel”"),
            ("@sheet 表\n一 | 二", "line 2"),
        ] {
            let fault = parsed(text).unwrap_err();
            assert!(fault.contains(what), "{text}: {fault}");
        }
    }
}
