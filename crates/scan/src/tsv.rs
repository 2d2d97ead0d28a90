//! The words that tesseract prints as a table (`tsv`): one line for each page, block, paragraph, line and word.
//!
//! Its boxes of Chinese characters are narrower than the characters, and the gaps between them say nothing: words of
//! one line that stand closer than the line is high are put side by side. A gap that parts
//! columns, or words in Latin letters, stays.

use crate::picture::Picture;
use mingzhang_model::recognition::Word;

/// The columns of the table.
const COLUMNS: usize = 12;
/// The words of the column `level` that matter here.
const LINE: &str = "4";
const WORD: &str = "5";

/// A gap between words is no more than this, in heights of the line; a wider one parts columns.
const WORD_GAP: f32 = 0.9;

/// The words of a table, in points of the page whose picture was recognised. Lines that are not as they should be are
/// passed over: what is left is what was recognised.
pub fn words(table: &str, picture: &Picture) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut line: Option<[f32; 4]> = None;
    let mut begins = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let Some(dots) = dots(&cells) else { continue };
        match (cells[0], line) {
            (LINE, _) => {
                close_gaps(&mut words[begins..]);
                (begins, line) = (words.len(), Some(dots));
            }
            (WORD, Some([_, top, _, bottom])) => {
                let text = cells[COLUMNS - 1].trim();
                if !text.is_empty() {
                    let rect = picture.in_points([dots[0], top, dots[2], bottom]);
                    words.push(Word { text: text.to_owned(), rect, confidence: confidence(cells[COLUMNS - 2]) });
                }
            }
            _ => {}
        }
    }
    close_gaps(&mut words[begins..]);
    words
}

/// Left, top, right and bottom; none where the line is not whole.
fn dots(cells: &[&str]) -> Option<[f32; 4]> {
    let number = |column: usize| cells.get(column)?.parse::<u32>().ok().map(|dots| dots as f32);
    let (left, top, width, height) = (number(6)?, number(7)?, number(8)?, number(9)?);
    (cells.len() == COLUMNS && width > 0.0 && height > 0.0).then_some([left, top, left + width, top + height])
}

/// In whole per cent, rounded down; what is no number is no confidence.
fn confidence(text: &str) -> u8 {
    let whole = text.split('.').next().unwrap_or_default();
    whole.parse::<u8>().map_or(0, |percent| percent.min(100))
}

fn close_gaps(line: &mut [Word]) {
    for i in 1..line.len() {
        let (last, next) = (&line[i - 1], &line[i]);
        let gap = next.rect.x0 - last.rect.x1;
        let latin = last.text.ends_with(is_latin) && next.text.starts_with(is_latin);
        // Boxes of neighbours may lie over each other: each ends where the next begins.
        if !(latin && gap > 0.0) && gap < WORD_GAP * (last.rect.y1 - last.rect.y0) && next.rect.x0 > last.rect.x0 {
            line[i - 1].rect.x1 = next.rect.x0;
        }
    }
}

/// Words of letters and figures have gaps between them that mean something.
fn is_latin(char: char) -> bool {
    char.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

    fn picture() -> Picture {
        Picture::new(10, 10, 2.0, vec![0; 100]).unwrap()
    }

    fn read(rows: &[&str]) -> Vec<Word> {
        words(&(HEADER.to_owned() + &rows.join("\n")), &picture())
    }

    #[test]
    fn words_have_the_height_of_their_line_and_close_up() {
        let found = read(&[
            "4\t1\t1\t1\t1\t0\t20\t40\t300\t20\t-1\t",
            "5\t1\t1\t1\t1\t1\t20\t44\t12\t10\t96.8\t本年",
            "5\t1\t1\t1\t1\t2\t40\t44\t16\t10\t52.5\t4,197.93",
            "5\t1\t1\t1\t1\t3\t200\t44\t16\t10\t90\t万元",
        ]);
        let edges: Vec<(f32, f32)> = found.iter().map(|word| (word.rect.x0, word.rect.x1)).collect();
        assert_eq!(edges, [(10.0, 20.0), (20.0, 28.0), (100.0, 108.0)], "the first gap is none, the second is one");
        assert!(found.iter().all(|word| (word.rect.y0, word.rect.y1) == (20.0, 30.0)));
        let doubtful: Vec<bool> = found.iter().map(Word::is_doubtful).collect();
        assert_eq!(doubtful, [false, true, false]);
    }

    #[test]
    fn lines_that_are_not_whole_are_passed_over() {
        let word = "5\t1\t1\t1\t1\t1\t20\t44\t12\t10\t96\t年";
        assert!(read(&[word]).is_empty(), "a word without a line");
        let found =
            read(&["4\t1\t1\t1\t1\t0\t20\t40\t300\t20\t-1\t", "", "5\t1", "5\t-\t\t\t\t\t-1\t0\t1\t1\t9\tx", word]);
        assert_eq!(found.len(), 1);
        assert_eq!(read(&["4\t1\t1\t1\t1\t0\t20\t40\t300\t20\t-1\t", &word.replace("96", "nan")])[0].confidence, 0);
    }
}
