//! A package as a reader of it: numbers counted as Word counts them, tables put together from merged cells.

use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::io::Read;

pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts by name.
pub(crate) struct Package(BTreeMap<String, String>);

/// How lists with one description count: Word keeps one counter for all of them, other programs one for each.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Counting {
    Shared,
    Apart,
}

/// A table as it is shown.
pub(crate) struct Table {
    /// Row, column, rows, columns, text; in order.
    pub(crate) cells: Vec<(u32, u32, u32, u32, String)>,
    pub(crate) header_rows: u32,
    pub(crate) widths: Vec<u32>,
}

/// An entry of the contents.
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) level: u8,
    pub(crate) anchor: String,
    pub(crate) page: String,
}

impl Package {
    /// Opens a package; every part of it is XML and is said to be in it.
    pub(crate) fn of(bytes: &[u8]) -> Package {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
            file.read_to_string(&mut text).unwrap();
            Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            parts.insert(name, text);
        }
        let package = Package(parts);
        let types = package.part("[Content_Types].xml");
        let typed = types.descendants().filter_map(|node| node.attribute("PartName"));
        typed.for_each(|name| assert!(package.0.contains_key(&name[1..]), "{name}"));
        for (folder, name) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
            let relations = package.part(name);
            let targets = relations.descendants().filter_map(|node| node.attribute("Target"));
            targets.for_each(|target| assert!(package.0.contains_key(&format!("{folder}{target}")), "{target}"));
        }
        package
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        &self.0[name]
    }

    pub(crate) fn part(&self, name: &str) -> Document<'_> {
        Document::parse(self.text(name)).unwrap()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &String> {
        self.0.values()
    }

    /// The same with other words in a part.
    pub(crate) fn replaced(&self, name: &str, from: &str, to: &str) -> Package {
        let mut parts = self.0.clone();
        let text = parts[name].replace(from, to);
        assert_ne!(text, parts[name]);
        parts.insert(name.to_owned(), text);
        Package(parts)
    }

    /// The paragraphs outside of tables and contents with their numbers, those without text left out.
    pub(crate) fn lines(&self, counting: Counting) -> Vec<String> {
        let (document, numbering) = (self.part("word/document.xml"), self.part("word/numbering.xml"));
        let mut counters = Counters::new(&numbering, counting);
        let body = document.root_element().first_element_child().unwrap();
        let paragraphs = body.children().filter(|node| node.has_tag_name((W, "p")));
        let lines = paragraphs.map(|paragraph| counters.number(paragraph) + &text(paragraph));
        lines.filter(|line| !line.is_empty()).collect()
    }

    pub(crate) fn tables(&self) -> Vec<Table> {
        let document = self.part("word/document.xml");
        document.descendants().filter(|node| node.has_tag_name((W, "tbl"))).map(table).collect()
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        let document = self.part("word/document.xml");
        let links = document.descendants().filter(|node| node.has_tag_name((W, "hyperlink")));
        let entry = |link: Node| {
            let (title, page) = text(link).split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            let style = style(link.parent().unwrap());
            let level = style.strip_prefix("TOC").unwrap().parse().unwrap();
            Entry { text: title, level, anchor: attribute(link, "anchor").to_owned(), page }
        };
        links.map(entry).collect()
    }

    /// The styles that paragraphs have, in order.
    pub(crate) fn styles_of_body(&self) -> Vec<String> {
        let document = self.part("word/document.xml");
        let styles = document.descendants().filter(|node| ["pStyle", "tblStyle"].contains(&node.tag_name().name()));
        styles.map(|node| attribute(node, "val").to_owned()).collect()
    }

    /// The sections: kind of pages and how many blocks.
    pub(crate) fn sections(&self) -> Vec<String> {
        let document = self.part("word/document.xml");
        let (mut sections, mut blocks) = (Vec::new(), 0);
        for block in document.root_element().first_element_child().unwrap().children() {
            blocks += u32::from(!block.has_tag_name((W, "sectPr")));
            let Some(section) = block.descendants().find(|node| node.has_tag_name((W, "sectPr"))) else { continue };
            let has = |name| section.descendants().any(|node| node.has_tag_name((W, name)));
            let wide = section.descendants().any(|node| node.attribute((W, "orient")) == Some("landscape"));
            let kind = if has("titlePg") {
                "cover"
            } else if wide {
                "wide"
            } else {
                "upright"
            };
            sections.push(format!("{kind} {blocks}"));
            blocks = 0;
        }
        sections
    }
}

pub(crate) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute((W, name)).unwrap()
}

pub(crate) fn children<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The text of a paragraph, tabs and ends of lines included.
pub(crate) fn text(node: Node) -> String {
    let mark = |node: Node| match node.tag_name().name() {
        "tab" if node.parent().is_some_and(|run| run.has_tag_name((W, "r"))) => "\t".to_owned(),
        "br" => "\n".to_owned(),
        "instrText" => String::new(),
        _ => node.text().filter(|_| node.is_text() && !is_code(node)).unwrap_or("").to_owned(),
    };
    node.descendants().map(mark).collect()
}

fn is_code(node: Node) -> bool {
    node.parent().is_some_and(|parent| parent.has_tag_name((W, "instrText")))
}

fn style(paragraph: Node) -> String {
    let style = paragraph.descendants().find(|node| node.has_tag_name((W, "pStyle"))).unwrap();
    attribute(style, "val").to_owned()
}

fn value(node: Node, name: &str) -> Option<u32> {
    let found = node.descendants().find(|node| node.has_tag_name((W, name)))?;
    found.attribute((W, "val"))?.parse().ok()
}

/// The counters of a program.
struct Counters<'a> {
    numbering: &'a Document<'a>,
    counting: Counting,
    /// By description or list, and level.
    last: BTreeMap<(u32, u32), u32>,
    /// Lists and levels that began anew already.
    begun: Vec<(u32, u32)>,
}

impl<'a> Counters<'a> {
    fn new(numbering: &'a Document<'a>, counting: Counting) -> Counters<'a> {
        Counters { numbering, counting, last: BTreeMap::new(), begun: Vec::new() }
    }

    fn number(&mut self, paragraph: Node) -> String {
        let Some(list) = value(paragraph, "numId").filter(|list| *list > 0) else { return String::new() };
        let level = value(paragraph, "ilvl").unwrap();
        let root = self.numbering.root_element();
        let by = |name, key, number: u32| {
            let mut all = root.children().filter(move |node| node.has_tag_name((W, name)));
            all.find(move |node| attribute(*node, key) == number.to_string()).unwrap()
        };
        let num = by("num", "numId", list);
        let shape_number = value(num, "abstractNumId").unwrap();
        let shape = by("abstractNum", "abstractNumId", shape_number);
        let counter = if self.counting == Counting::Shared { shape_number } else { list };
        let over = num.children().find(|node| node.attribute((W, "ilvl")) == Some(&level.to_string()));
        let start = over.and_then(|over| value(over, "startOverride"));
        let anew = start.filter(|_| !self.begun.contains(&(list, level)));
        self.begun.push((list, level));
        let next = match (anew, self.last.get(&(counter, level))) {
            (Some(start), _) => start,
            (None, Some(last)) => last + 1,
            (None, None) => start.unwrap_or(1),
        };
        self.last.retain(|(of, at), _| *of != counter || *at <= level);
        self.last.insert((counter, level), next);
        // What a skipped level shows next is another number in each program: 2 in one, 1 in another.
        let skipped = if self.counting == Counting::Shared { 1 } else { 77 };
        (0..level).for_each(|above| {
            self.last.entry((counter, above)).or_insert(skipped);
        });
        let lvl = shape.children().find(|node| node.attribute((W, "ilvl")) == Some(&level.to_string())).unwrap();
        let of = |name| attribute(lvl.children().find(|node| node.has_tag_name((W, name))).unwrap(), "val");
        let shown = match of("numFmt") {
            "decimal" => next.to_string(),
            "chineseCountingThousand" => mingzhang_write::manuscript::chinese(next),
            other => panic!("{other}"),
        };
        assert_eq!(of("suff"), "nothing");
        of("lvlText").replace(&format!("%{}", level + 1), &shown)
    }
}

fn table(node: Node) -> Table {
    let named = |node: Node<'_, '_>, name: &str| node.children().filter(|child| child.has_tag_name((W, name))).count();
    let grid = node.children().find(|child| child.has_tag_name((W, "tblGrid"))).unwrap();
    let widths: Vec<u32> =
        grid.children().filter(Node::is_element).map(|column| attribute(column, "w").parse().unwrap()).collect();
    let rows: Vec<Node> = node.children().filter(|child| child.has_tag_name((W, "tr"))).collect();
    let header_rows =
        rows.iter().filter(|row| row.descendants().any(|node| node.has_tag_name((W, "tblHeader")))).count();
    // Where a cell that goes on downwards began, by column.
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    let mut cells: Vec<(u32, u32, u32, u32, String)> = Vec::new();
    for (row, tr) in (0..).zip(&rows) {
        let mut column = 0;
        for tc in tr.children().filter(|child| child.has_tag_name((W, "tc"))) {
            assert!(named(tc, "p") > 0, "a cell without a paragraph");
            let span = value(tc, "gridSpan").unwrap_or(1);
            let width: u32 = widths[column as usize..(column + span) as usize].iter().sum();
            let said = tc.descendants().find(|node| node.has_tag_name((W, "tcW"))).unwrap();
            assert_eq!(attribute(said, "w"), width.to_string());
            let merge = tc.descendants().find(|node| node.has_tag_name((W, "vMerge")));
            if merge.is_some_and(|merge| attribute(merge, "val") == "continue") {
                let above = &mut cells[open[&column]];
                assert_eq!((above.0 + above.2, above.3, text(tc)), (row, span, String::new()));
                above.2 += 1;
            } else {
                open.insert(column, cells.len());
                cells.push((row, column, 1, span, text(tc)));
            }
            column += span;
        }
        assert_eq!(column as usize, widths.len(), "row {row}");
    }
    cells.sort();
    Table { cells, header_rows: header_rows as u32, widths }
}
