//! One file of HTML that needs nothing else: no script, no font, no picture, no network.
//!
//! It is made to be read on a screen of any width, by a screen reader, and on paper. Every number that has evidence is
//! a link to what it rests on; the evidence stands at the end, in words and in lines of the ledger, and leads
//! back to the numbers. It is well-formed XML too, so that any program can take it apart.
//!
//! What it will not do: print the evidence. On paper the disclosure is what its rules say and nothing more. It
//! holds no script, and its own policy lets a browser run none.

mod escape;
mod sources;
mod table;

use crate::manuscript::{Grid, Heading, Manuscript, Paragraph, Piece, Style};
use escape::{line, text};
use sources::Uses;

const STYLE: &str = include_str!("style.css");

/// Where the skip link leads.
const MAIN: &str = "main";

/// Writes a disclosure as one HTML file.
pub fn write(manuscript: &Manuscript) -> String {
    let is_front = |piece: &Piece| matches!(piece, Piece::Cover(_) | Piece::Contents | Piece::PageBreak);
    let parted = manuscript.pieces.iter().position(|piece| !is_front(piece)).unwrap_or(manuscript.pieces.len());
    let front = &manuscript.pieces[..parted];
    let mut page = Page::new(manuscript);
    page.open(front);
    for (at, piece) in front.iter().enumerate() {
        page.piece(at, piece);
    }
    page.out.push_str(&format!("<main id=\"{MAIN}\" tabindex=\"-1\">\n"));
    for (at, piece) in manuscript.pieces.iter().enumerate().skip(parted) {
        page.piece(at, piece);
    }
    page.out.push_str(&sources::section(&manuscript.evidence, &page.uses));
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

/// A file that is being written.
struct Page<'m> {
    manuscript: &'m Manuscript,
    out: String,
    /// Levels of the headings that the next one may stand under.
    open: Vec<u8>,
    /// The words of the last heading.
    under: String,
    uses: Uses,
    has_title: bool,
    /// True when what follows begins a page.
    breaks: bool,
}

impl<'m> Page<'m> {
    fn new(manuscript: &'m Manuscript) -> Page<'m> {
        let uses = Uses::new(manuscript.evidence.len());
        let (out, open, under) = (String::new(), Vec::new(), String::new());
        Page { manuscript, out, open, under, uses, has_title: false, breaks: false }
    }

    fn open(&mut self, front: &[Piece]) {
        let name = [&self.manuscript.title, &self.manuscript.body].into_iter().find(|name| !name.trim().is_empty());
        let title = name.map_or_else(|| "信息公开".to_owned(), |name| line(name));
        let has_contents = self.manuscript.pieces.contains(&Piece::Contents);
        let class = if has_contents { " class=\"with-contents\"" } else { "" };
        self.out = format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"author\" content=\"{}\"/>\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body{class}>\n\
             <a class=\"skip\" href=\"#{MAIN}\">跳到正文</a>\n",
            line(&self.manuscript.body)
        );
        if !front.iter().any(is_titled_cover) {
            self.has_title = true;
            self.out.push_str(&format!("<header class=\"unseen\"><h1>{title}</h1></header>\n"));
        }
    }

    fn piece(&mut self, at: usize, piece: &Piece) {
        match piece {
            Piece::Cover(lines) => self.cover(lines),
            Piece::Contents => self.contents(),
            Piece::Heading(heading) => self.heading(at, heading),
            Piece::Paragraph(paragraph) => self.paragraph(paragraph),
            Piece::Grid(grid) => self.grid(at, grid),
            Piece::PageBreak => self.breaks = true,
        }
    }

    /// The class of the next element. It begins the page itself: an element between would be left alone on a page
    /// where the next one lies.
    fn class(&mut self, class: &str) -> String {
        let breaks = std::mem::take(&mut self.breaks);
        format!("class=\"{class}{}\"", if breaks { " break" } else { "" })
    }

    /// The first line of the first cover is the title of the page.
    fn cover(&mut self, lines: &[String]) {
        let lines = lines.iter().map(|line| text(line)).filter(|line| !line.is_empty());
        let element = if self.has_title { "div" } else { "header" };
        let class = self.class("cover");
        self.out.push_str(&format!("<{element} {class}>\n"));
        for (i, line) in lines.enumerate() {
            let written = match i {
                0 if !self.has_title => format!("<h1>{line}</h1>\n"),
                0 => format!("<p class=\"large\">{line}</p>\n"),
                _ => format!("<p>{line}</p>\n"),
            };
            self.has_title = true;
            self.out.push_str(&written);
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    fn contents(&mut self) {
        let class = self.class("contents");
        self.out.push_str(&format!("<nav {class} aria-label=\"目录\">\n<h2>目录</h2>\n<ul>\n"));
        for (at, piece) in self.manuscript.pieces.iter().enumerate() {
            let (level, words) = match piece {
                Piece::Heading(heading) if heading.listed => (heading.level, heading.printed()),
                Piece::Grid(grid) => match grid.outline {
                    Some((level, _)) => (level, grid.listed()),
                    None => continue,
                },
                _ => continue,
            };
            let level = level.clamp(1, 5);
            self.out.push_str(&format!("<li class=\"l{level}\"><a href=\"#s{at}\">{}</a></li>\n", line(&words)));
        }
        if !self.manuscript.evidence.is_empty() {
            let link = format!("<li class=\"l1 aside\"><a href=\"#{}\">{}</a></li>\n", sources::ID, sources::TITLE);
            self.out.push_str(&link);
        }
        self.out.push_str("</ul>\n</nav>\n");
    }

    /// Which heading of HTML a level of the disclosure is, none left out: a screen reader leads from one to the
    /// next by their ranks.
    fn rank(&mut self, level: u8) -> usize {
        self.open.retain(|open| *open < level);
        self.open.push(level);
        (self.open.len() + 1).min(6)
    }

    fn heading(&mut self, at: usize, heading: &Heading) {
        let level = heading.level.clamp(1, 5);
        let rank = self.rank(level);
        self.under = heading.printed();
        let words = line(&self.under);
        let class = self.class(&format!("l{level}"));
        self.out.push_str(&format!("<h{rank} {class} id=\"s{at}\">{words}</h{rank}>\n"));
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let class = match paragraph.style {
            Style::Body => "body",
            Style::Centred => "centred",
            Style::Right => "right",
            Style::Note => "note",
        };
        let numeral = Paragraph { runs: Vec::new(), ..paragraph.clone() }.printed();
        let mut words = text(&numeral);
        for run in &paragraph.runs {
            let place = || self.under.clone();
            words.push_str(&self.uses.linked(text(&run.text), run.evidence, place));
        }
        let class = self.class(class);
        self.out.push_str(&format!("<p {class}>{words}</p>\n"));
    }

    fn grid(&mut self, at: usize, grid: &Grid) {
        let rank = self.rank(grid.outline.map_or(5, |(level, _)| level.clamp(1, 5)));
        let class = self.class(&table::class(grid));
        let table = table::written(at, rank, grid, &mut self.uses);
        self.out.push_str(&format!("<div {class}>\n{table}</div>\n"));
    }
}

fn is_titled_cover(piece: &Piece) -> bool {
    matches!(piece, Piece::Cover(lines) if lines.iter().any(|line| !text(line).is_empty()))
}
