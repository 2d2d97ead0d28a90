//! The tree of a page, as a browser builds it from the same tags, however badly they are nested.
//!
//! The parser of tags is another's; this is where its nodes go. Only what a person may see is kept: elements with
//! the few attributes that decide how they look, and text. A page costs no more than the limits here: pieces are
//! handed to the parser one after another, and no more of them once the tree is too deep or too large.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// The parser looks through all open elements again and again, so a page may not leave too many of them open.
const MAX_OPEN: u32 = 2_000;
/// Elements and texts of a page.
const MAX_NODES: usize = 400_000;
/// The parser compares each attribute of a tag with all before it, so a tag may not have too many.
const MAX_ATTRIBUTES: usize = 1_000;
/// How much is handed to the parser before the tree is looked at.
const PIECE: usize = 16 * 1024;

/// The attributes that decide how an element looks, or what it counts.
const KEPT: [&str; 16] = [
    "class", "colspan", "data", "hidden", "id", "media", "open", "reversed", "role", "rowspan", "span", "src", "start",
    "style", "type", "value",
];

/// A node, by its position in the tree.
pub(super) type Id = usize;

/// The node that all others lie in.
pub(super) const ROOT: Id = 0;

/// A page as a tree.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Set when the rest of the page was not read, and says why.
    pub(super) cut: Option<String>,
}

#[derive(Default)]
struct Node {
    parent: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    before: Option<Id>,
    next: Option<Id>,
    depth: u32,
    content: Content,
}

/// What a node is.
#[derive(Default)]
pub(super) enum Content {
    /// A comment, a template, the page itself: nothing that is seen.
    #[default]
    Nothing,
    /// Text between tags.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element.
pub(super) struct Element {
    name: Rc<QualName>,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// Its name, in small letters.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute that is kept.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The whole number that an attribute begins with.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        let value = self.attribute(name)?.trim_start();
        let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
        let length = digits.bytes().take_while(u8::is_ascii_digit).take(9).count();
        let number: i64 = digits[..length].parse().ok()?;
        Some(if value.starts_with('-') { -number } else { number })
    }
}

impl Tree {
    /// Parses a page.
    pub(super) fn of(page: &str) -> Tree {
        let mut parser = parse_document(Sink::default(), ParseOpts::default());
        let (page, swollen) = page.split_at(swollen_tag(page).unwrap_or(page.len()));
        let mut cut = None;
        let mut rest = page;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
            rest = after;
            parser.process(StrTendril::from_slice(piece));
            cut = parser.tokenizer.sink.sink.over_limit();
            if cut.is_some() {
                break;
            }
        }
        let swollen = (!swollen.is_empty()).then(|| format!("a tag of more than {MAX_ATTRIBUTES} attributes"));
        let cut = cut.filter(|_| !rest.trim().is_empty()).or(swollen);
        Tree { nodes: parser.finish(), cut }
    }

    /// What a node is.
    pub(super) fn content(&self, id: Id) -> &Content {
        &self.nodes[id].content
    }

    /// The element that a node is.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The nodes in a node, in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.nodes[id].first, |id| self.nodes[*id].next)
    }

    /// The elements of a name among the nodes in a node.
    pub(super) fn children_named(&self, id: Id, name: &'static str) -> impl Iterator<Item = Id> {
        self.children(id).filter(move |id| self.element(*id).is_some_and(|element| element.name() == name))
    }

    /// A node and all that lie in it, each before what lies in it, without those that `enters` leaves closed.
    pub(super) fn each(&self, id: Id, mut enters: impl FnMut(&Content) -> bool) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if enters(&self.nodes[id].content) {
                let from = open.len();
                open.extend(self.children(id));
                open[from..].reverse();
            }
        }
    }
}

/// Where a tag begins that has too many attributes. Scripts, styles and comments hold no tags.
fn swollen_tag(page: &str) -> Option<usize> {
    const CLOSED: [(&str, &str); 3] = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")];
    let mut from = 0;
    while let Some(at) = page[from..].find('<').map(|at| from + at) {
        let tag = &page[at..];
        let starts = |word: &str| tag.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if let Some((open, close)) = CLOSED.iter().find(|(open, _)| starts(open)) {
            from = at + tag[open.len()..].find(close).map_or(tag.len(), |end| open.len() + end);
            continue;
        }
        from = at + 1;
        if !tag[1..].starts_with(|char: char| char.is_ascii_alphabetic()) {
            continue;
        }
        let (mut words, mut quote) = (0, None);
        // A tag that nothing closes reaches to the end.
        from = page.len();
        for (i, byte) in tag.bytes().enumerate() {
            match (byte, quote) {
                (b'"' | b'\'', None) => quote = Some(byte),
                (_, Some(open)) if byte == open => quote = None,
                (b'>', None) => {
                    from = at + i;
                    break;
                }
                (b' ' | b'\t' | b'\n' | b'\r' | b'/', None) => words += 1,
                _ => {}
            }
            if words > MAX_ATTRIBUTES {
                return Some(at);
            }
        }
    }
    None
}

/// Where the parser puts nodes.
#[derive(Default)]
struct Sink {
    nodes: RefCell<Vec<Node>>,
}

/// A node for the parser, which asks for the names of elements.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

impl Sink {
    /// Why no more is to be parsed.
    fn over_limit(&self) -> Option<String> {
        let nodes = self.nodes.borrow();
        if nodes.len() > MAX_NODES {
            return Some(format!("more than {MAX_NODES} elements and texts"));
        }
        // New nodes are the last ones.
        let deep = nodes.iter().rev().take(PIECE).any(|node| node.depth > MAX_OPEN);
        deep.then(|| format!("elements nested more than {MAX_OPEN} deep"))
    }

    fn add(&self, content: Content) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            nodes.push(Node::default());
        }
        nodes.push(Node { content, ..Node::default() });
        nodes.len() - 1
    }

    fn handle(&self, content: Content) -> Handle {
        let name = match &content {
            Content::Element(element) => element.name.clone(),
            _ => Rc::new(nameless()),
        };
        Handle { id: self.add(content), name }
    }

    /// Puts a node into a parent, before one of its children or at the end. Text joins the text before it.
    fn put(&self, parent: Id, before: Option<Id>, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let neighbour = before.map_or(nodes[parent].last, |before| nodes[before].before);
                if let Some(Content::Text(words)) = neighbour.map(|id| &mut nodes[id].content) {
                    words.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let after = before.map_or(nodes[parent].last, |before| nodes[before].before);
        let depth = nodes[parent].depth + 1;
        let node = &mut nodes[id];
        (node.parent, node.before, node.next, node.depth) = (Some(parent), after, before, depth);
        match after {
            Some(after) => nodes[after].next = Some(id),
            None => nodes[parent].first = Some(id),
        }
        match before {
            Some(before) => nodes[before].before = Some(id),
            None => nodes[parent].last = Some(id),
        }
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id];
        let (parent, before, next) = (node.parent.take(), node.before.take(), node.next.take());
        let Some(parent) = parent else { return };
        match before {
            Some(before) => nodes[before].next = next,
            None => nodes[parent].first = next,
        }
        match next {
            Some(next) => nodes[next].before = before,
            None => nodes[parent].last = before,
        }
    }
}

fn nameless() -> QualName {
    QualName::new(None, html5ever::ns!(), html5ever::local_name!(""))
}

fn kept(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    let kept = attributes.into_iter().filter(|attribute| KEPT.contains(&&*attribute.name.local));
    kept.map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string())).collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Vec<Node>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Vec<Node> {
        let mut nodes = self.nodes.into_inner();
        if nodes.is_empty() {
            nodes.push(Node::default());
        }
        nodes
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        if self.nodes.borrow().is_empty() {
            self.nodes.borrow_mut().push(Node::default());
        }
        Handle { id: ROOT, name: Rc::new(nameless()) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.handle(Content::Element(Element { name: Rc::new(name), attributes: kept(attributes) }))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.handle(Content::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.handle(Content::Nothing)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What is in a template is not shown: it is kept nowhere that can be reached.
    fn get_template_contents(&self, _: &Handle) -> Handle {
        self.handle(Content::Nothing)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, node: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        if let Some(parent) = parent {
            self.put(parent, Some(sibling.id), node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Content::Element(element) = &mut self.nodes.borrow_mut()[target.id].content {
            for (key, value) in kept(attributes) {
                if element.attribute(&key).is_none() {
                    element.attributes.push((key, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[node.id].first;
            let Some(id) = first else { return };
            self.put(parent.id, None, NodeOrText::AppendNode(Handle { id, name: parent.name.clone() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tree: &Tree) -> String {
        let mut text = String::new();
        tree.each(ROOT, |content| {
            if let Content::Text(words) = content {
                text.push_str(words);
            }
            true
        });
        text
    }

    #[test]
    fn tags_that_cross_each_other_lose_no_text() {
        let tree = Tree::of("<p>甲<b>乙<i>丙</b>丁</i><table>戊<tr><td>己</table>庚");
        assert_eq!(text(&tree), "甲乙丙丁戊己庚");
        assert_eq!(tree.cut, None);
    }

    #[test]
    fn a_page_without_end_is_cut_and_said_to_be() {
        let tree = Tree::of(&format!("甲{}", "<div>".repeat(200_000)));
        assert!(tree.cut.is_some_and(|why| why.contains("nested")));
        let wide = Tree::of(&"<div></div>".repeat(20_000));
        assert_eq!(wide.cut, None);
    }

    #[test]
    fn what_a_template_holds_is_not_shown() {
        assert_eq!(text(&Tree::of("甲<template>乙<p>丙</p></template>丁<!-- 戊 -->")), "甲丁");
    }
}
