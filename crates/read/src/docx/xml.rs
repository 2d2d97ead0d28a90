//! [`Xml`]: a part as a tree of elements, in one list.
//!
//! A tree, since a paragraph's properties, the choice between two ways to say the same, and the columns of a table
//! are known only when the whole element has been seen. Elements go by their local names: what prefix a program
//! gives a name space is its own affair, and no two elements that are read here share a name. Text is kept of those
//! elements alone that hold text.
//!
//! Reading stops at the first fault, and what was read until then is the tree.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::collections::HashMap;

/// Elements beyond this many are not read.
pub(crate) const MAX_ELEMENTS: usize = 4_000_000;
/// Elements that lie deeper are not read.
pub(crate) const MAX_DEPTH: usize = 200;

/// The elements whose text is read.
const TEXTS: [&str; 4] = ["t", "delText", "instrText", "delInstrText"];

/// A tree of elements.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    nodes: Vec<Node>,
    names: Vec<Box<str>>,
    attributes: Vec<(u32, Box<str>)>,
    texts: Vec<String>,
    /// Why not all of it was read.
    pub(crate) cut: Option<Cut>,
}

/// Why a part was not read to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cut {
    /// It is no XML from some place on.
    Damaged,
    /// It has too many elements, or they lie too deep.
    Limit,
}

#[derive(Debug)]
struct Node {
    name: u32,
    /// Where its attributes begin, and how many they are.
    attributes: (u32, u32),
    /// Its text, from 1; 0 where it has none.
    text: u32,
    /// Its first child and its next sibling; 0 where there is none, since the root is nobody's child.
    child: u32,
    next: u32,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'x> {
    xml: &'x Xml,
    at: u32,
}

impl Xml {
    /// Reads a part.
    pub(crate) fn parse(bytes: &[u8]) -> Xml {
        let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
        let mut growing = Growing::default();
        // A root above the part's own, so that a part without any is a tree as well.
        growing.open("", &BytesStart::new("x"));
        let mut reader = Reader::from_str(&text);
        growing.xml.cut = growing.grow(&mut reader);
        growing.xml
    }

    /// A part that is not there.
    pub(crate) fn nothing() -> Xml {
        Xml::parse(b"")
    }

    /// The element that holds the part's own.
    pub(crate) fn root(&self) -> Element<'_> {
        Element { xml: self, at: 0 }
    }

    /// All elements, in the order in which they begin.
    pub(crate) fn all(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len() as u32).map(|at| Element { xml: self, at })
    }
}

#[derive(Default)]
struct Growing {
    xml: Xml,
    known: HashMap<Box<str>, u32>,
    /// The elements that are open, each with its last child so far.
    path: Vec<(u32, u32)>,
}

impl Growing {
    fn grow(&mut self, reader: &mut Reader<&[u8]>) -> Option<Cut> {
        // How many open elements are not read, because they lie too deep.
        let (mut beyond, mut cut) = (0_usize, None);
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) if beyond > 0 || self.path.len() > MAX_DEPTH => {
                    (beyond, cut) = (beyond + 1, Some(Cut::Limit));
                }
                Ok(Event::End(_)) if beyond > 0 => beyond -= 1,
                Ok(_) if self.xml.nodes.len() >= MAX_ELEMENTS => return Some(Cut::Limit),
                Ok(Event::Start(element)) => self.open(element.local_name().as_ref(), &element),
                Ok(Event::Empty(element)) if beyond == 0 => {
                    self.open(element.local_name().as_ref(), &element);
                    self.path.pop();
                }
                // The root stays open.
                Ok(Event::End(_)) if self.path.len() > 1 => drop(self.path.pop()),
                Ok(Event::Text(text)) if beyond == 0 => self.text(&text.xml10_content()),
                Ok(Event::CData(text)) if beyond == 0 => self.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) if beyond == 0 => match reference.resolve_char_ref() {
                    Ok(Some(char)) => self.text(char.encode_utf8(&mut [0; 4])),
                    Ok(None) => {
                        let named = quick_xml::escape::resolve_predefined_entity(&reference);
                        self.text(named.unwrap_or_default());
                    }
                    Err(_) => return Some(Cut::Damaged),
                },
                Ok(Event::Eof) if self.path.len() > 1 => return Some(Cut::Damaged),
                Ok(Event::Eof) => return cut,
                Ok(_) => {}
                Err(_) => return Some(Cut::Damaged),
            }
        }
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        let at = self.xml.nodes.len() as u32;
        let first = self.xml.attributes.len() as u32;
        for attribute in element.attributes().with_checks(false).flatten() {
            let key = attribute.key.local_name();
            // Who edited what in which session: a third of all attributes, and nothing that is read.
            if key.as_ref().starts_with("rsid") {
                continue;
            }
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(Cow::Borrowed(""));
            let key = self.name(key.as_ref());
            self.xml.attributes.push((key, value.as_ref().into()));
        }
        let attributes = (first, self.xml.attributes.len() as u32 - first);
        let name = self.name(name);
        self.xml.nodes.push(Node { name, attributes, text: 0, child: 0, next: 0 });
        if let Some((parent, last)) = self.path.last_mut() {
            match *last {
                0 => self.xml.nodes[*parent as usize].child = at,
                last => self.xml.nodes[last as usize].next = at,
            }
            *last = at;
        }
        self.path.push((at, 0));
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let number = self.xml.names.len() as u32;
        self.xml.names.push(name.into());
        self.known.insert(name.into(), number);
        number
    }

    fn text(&mut self, text: &str) {
        let Some((at, _)) = self.path.last() else { return };
        let node = &mut self.xml.nodes[*at as usize];
        if !TEXTS.contains(&&*self.xml.names[node.name as usize]) {
            return;
        }
        if node.text == 0 {
            self.xml.texts.push(String::new());
            node.text = self.xml.texts.len() as u32;
        }
        self.xml.texts[node.text as usize - 1].push_str(text);
    }
}

impl<'x> Element<'x> {
    fn node(self) -> &'x Node {
        &self.xml.nodes[self.at as usize]
    }

    /// Its local name.
    pub(crate) fn name(self) -> &'x str {
        &self.xml.names[self.node().name as usize]
    }

    /// The value of an attribute, by its local name.
    pub(crate) fn attribute(self, name: &str) -> Option<&'x str> {
        let (first, count) = self.node().attributes;
        let own = &self.xml.attributes[first as usize..(first + count) as usize];
        own.iter().find(|(key, _)| &*self.xml.names[*key as usize] == name).map(|(_, value)| &**value)
    }

    /// The value of its attribute `val`.
    pub(crate) fn value(self) -> Option<&'x str> {
        self.attribute("val")
    }

    /// The same as a number.
    pub(crate) fn number(self) -> Option<u32> {
        self.value()?.trim().parse().ok()
    }

    /// Its children, in order.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'x>> {
        let xml = self.xml;
        let of = move |at: u32| (at != 0).then_some(Element { xml, at });
        std::iter::successors(of(self.node().child), move |element| of(element.node().next))
    }

    /// The first child of a name.
    pub(crate) fn child(self, name: &str) -> Option<Element<'x>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first descendant on a path of names.
    pub(crate) fn at(self, path: &[&str]) -> Option<Element<'x>> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text that stands in it itself.
    pub(crate) fn text(self) -> &'x str {
        match self.node().text {
            0 => "",
            at => &self.xml.texts[at as usize - 1],
        }
    }

    /// Whether a property that this element sets is set on: `<w:vanish/>` and `<w:vanish w:val="1"/>` are.
    pub(crate) fn is_on(self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_keeps_order_text_and_attributes() {
        let xml = Xml::parse(
            "\u{feff}<?xml version=\"1.0\"?><w:a rsidR=\"1\" w:val=\"&lt;1\"><t>甲&amp;&#x4E59;</t> <b/></w:a>"
                .as_bytes(),
        );
        assert_eq!(xml.cut, None);
        let a = xml.root().child("a").unwrap();
        assert_eq!((a.value(), a.attribute("rsidR")), (Some("<1"), None));
        assert_eq!(
            a.children().map(|child| (child.name(), child.text())).collect::<Vec<_>>(),
            [("t", "甲&乙"), ("b", "")]
        );
    }

    #[test]
    fn what_is_no_xml_ends_the_tree() {
        let xml = Xml::parse(b"<a><t>1</t></b>");
        assert_eq!((xml.cut, xml.root().at(&["a", "t"]).unwrap().text()), (Some(Cut::Damaged), "1"));
        let deep = "<a>".repeat(MAX_DEPTH * 2) + &"</a>".repeat(MAX_DEPTH * 2);
        let xml = Xml::parse((deep + "<b/>").as_bytes());
        assert_eq!((xml.cut, xml.all().count()), (Some(Cut::Limit), MAX_DEPTH + 2));
        assert!(xml.root().child("b").is_some());
    }
}
