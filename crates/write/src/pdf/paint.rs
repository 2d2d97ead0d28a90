//! Pages to the bytes of a file: painted marks, links, the outline, the structure, the properties.
//!
//! The file is tagged: a reading machine is told what is a heading, a row, a cell, and passes over rules, numbers
//! of pages and headers that are printed again.

use super::PdfFault;
use super::breaking;
use super::contents::{self, Entry};
use super::faces::{Cast, Faces, Letter, Weight};
use super::flow::LaidOut;
use super::sheet::{Anchor, Kind, Leader, Mark, Sheet, Text, Tree};
use super::words;
use crate::manuscript::Manuscript;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{LineCap, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::num::{NonZeroU16, NonZeroU32};

/// How thick a rule is.
const RULE: f32 = 0.5;
/// The number of a page: its size, and how far its baseline lies above the lower edge of the paper.
const NUMBER: (f32, f32) = (10.5, 42.0);
/// The distance from one dot of a leader to the next, and the least space between it and words, in ems.
const DOTS: (f32, f32) = (0.42, 0.5);

/// Paints all pages.
pub(super) fn paint(manuscript: &Manuscript, laid: &LaidOut, faces: &Faces, cast: &Cast) -> Result<Vec<u8>, PdfFault> {
    let mut painter = Painter {
        document: Document::new_with(SerializeSettings { enable_tagging: true, ..SerializeSettings::default() }),
        laid,
        faces,
        cast,
        painted: vec![Vec::new(); laid.tree.nodes.len()],
    };
    for (i, sheet) in laid.sheets.iter().enumerate() {
        painter.page(i, sheet)?;
    }
    let Painter { mut document, painted, .. } = painter;
    document.set_tag_tree(tags(&laid.tree, painted));
    document.set_outline(outline(&contents::entries(manuscript), laid));
    document.set_metadata(
        Metadata::new()
            .title(manuscript.title.clone())
            .authors(vec![manuscript.body.clone()])
            .language("zh-CN".to_owned()),
    );
    document.finish().map_err(|error| PdfFault::Unwritable(error.to_string()))
}

struct Painter<'p> {
    document: Document,
    laid: &'p LaidOut,
    faces: &'p Faces,
    cast: &'p Cast,
    /// What was painted of each part of the document.
    painted: Vec<Vec<Identifier>>,
}

impl Painter<'_> {
    fn page(&mut self, index: usize, sheet: &Sheet) -> Result<(), PdfFault> {
        let frame = sheet.frame;
        let settings = PageSettings::from_wh(frame.width, frame.height)
            .ok_or_else(|| PdfFault::Unwritable("a page without size".to_owned()))?;
        let (faces, cast, laid) = (self.faces, self.cast, self.laid);
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        let mut links = Vec::new();
        for mark in &sheet.marks {
            match mark {
                Mark::Text(text) => {
                    let tag = text.node.map_or(layout(), |_| ContentTag::Span(SpanTag::empty()));
                    let painted = surface.start_tagged(tag);
                    letters(&mut surface, faces, text);
                    surface.end_tagged();
                    if let Some(node) = text.node {
                        self.painted[node].push(painted);
                    }
                }
                Mark::Rules(rules) => {
                    surface.start_tagged(layout());
                    draw_rules(&mut surface, rules);
                    surface.end_tagged();
                }
                Mark::Leader(leader) => {
                    let Some(anchor) = laid.anchors.get(&leader.piece) else { continue };
                    let painted = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    draw_leader(&mut surface, faces, cast, leader, anchor.page);
                    surface.end_tagged();
                    self.painted[leader.node].push(painted);
                    links.extend(link(leader, *anchor, &laid.tree).map(|link| (leader.node, link)));
                }
            }
        }
        if sheet.numbered {
            let artifact = Artifact::with_kind(ArtifactType::PageNumber);
            surface.start_tagged(ContentTag::Artifact(artifact));
            let line = plain(cast, &words::page_number(index));
            let x = (frame.width - line.width * NUMBER.0) / 2.0;
            let text = Text { x, y: frame.height - NUMBER.1, size: NUMBER.0, line, node: None };
            letters(&mut surface, faces, &text);
            surface.end_tagged();
        }
        surface.finish();
        for (node, link) in links {
            let painted = page.add_tagged_annotation(link);
            self.painted[node].push(painted);
        }
        page.finish();
        Ok(())
    }
}

fn layout() -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout))
}

fn plain(cast: &Cast, text: &str) -> breaking::Line {
    let letters = cast.set(text, Weight::Text);
    breaking::Line { width: breaking::width(&letters), letters }
}

/// Paints letters, a stretch of one face at a time.
fn letters(surface: &mut Surface<'_>, faces: &Faces, text: &Text) {
    let mut x = text.x;
    for stretch in text.line.letters.chunk_by(|a, b| a.face == b.face) {
        let mut words = String::new();
        let glyph = |letter: &Letter| {
            let start = words.len();
            words.push(letter.char);
            let id = GlyphId::new(letter.glyph);
            KrillaGlyph::new(id, letter.advance, 0.0, 0.0, 0.0, start..words.len(), None)
        };
        let glyphs: Vec<KrillaGlyph> = stretch.iter().map(glyph).collect();
        let font = faces.font(stretch[0].face).clone();
        surface.draw_glyphs(Point::from_xy(x, text.y), &glyphs, font, &words, text.size, false);
        x += breaking::width(stretch) * text.size;
    }
}

fn draw_rules(surface: &mut Surface<'_>, rules: &[[f32; 4]]) {
    let mut path = PathBuilder::new();
    for [x0, y0, x1, y1] in rules {
        path.move_to(*x0, *y0);
        path.line_to(*x1, *y1);
    }
    if let Some(path) = path.finish() {
        surface.set_stroke(Some(Stroke { width: RULE, line_cap: LineCap::Square, ..Stroke::default() }));
        surface.draw_path(&path);
        surface.set_stroke(None);
    }
}

/// Dots on a grid that is the same for all entries, and the number of the page at the right.
fn draw_leader(surface: &mut Surface<'_>, faces: &Faces, cast: &Cast, leader: &Leader, page: usize) {
    let Leader { from, to, y, size, .. } = *leader;
    let number = plain(cast, &(page + 1).to_string());
    let x = to - number.width * size;
    // The dots end where a number of three digits would begin.
    let right = to - (3.0 * 0.56 + DOTS.1) * size;
    let count = ((right - from) / size / DOTS.0 - DOTS.1 / DOTS.0).floor().max(0.0) as usize;
    let mut dots = plain(cast, &".".repeat(count));
    dots.letters.iter_mut().for_each(|dot| dot.advance = DOTS.0);
    let dots_x = right - count as f32 * DOTS.0 * size;
    letters(surface, faces, &Text { x: dots_x, y, size, line: dots, node: None });
    letters(surface, faces, &Text { x, y, size, line: number, node: None });
}

fn link(leader: &Leader, anchor: Anchor, tree: &Tree) -> Option<Annotation> {
    let lower = leader.y + 0.3 * leader.size;
    let area = Rect::from_ltrb(leader.corner.0, leader.corner.1, leader.to, lower)?;
    let target = Target::Destination(destination(anchor).into());
    let words = if let Kind::Entry(words) = &tree.nodes[leader.node].kind { Some(words.clone()) } else { None };
    Some(Annotation::new_link(LinkAnnotation::new(area, target), words))
}

fn destination(anchor: Anchor) -> XyzDestination {
    XyzDestination::new(anchor.page, Point::from_xy(0.0, (anchor.y - 6.0).max(0.0)))
}

/// The outline: each entry stands under the last one of a lower level.
fn outline(entries: &[Entry], laid: &LaidOut) -> Outline {
    let mut outline = Outline::new();
    branches(entries, laid).into_iter().for_each(|node| outline.push_child(node));
    outline
}

fn branches(entries: &[Entry], laid: &LaidOut) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        let entry = &entries[at];
        let below = entries[at + 1..].iter().take_while(|next| next.level > entry.level).count();
        let end = at + 1 + below;
        let children = branches(&entries[at + 1..end], laid);
        match laid.anchors.get(&entry.piece) {
            Some(anchor) => {
                let mut node = OutlineNode::new(entry.text.clone(), destination(*anchor)).with_open(entry.level < 2);
                children.into_iter().for_each(|child| node.push_child(child));
                nodes.push(node);
            }
            None => nodes.extend(children),
        }
        at = end;
    }
    nodes
}

/// The structure of the document, with what was painted of each part.
fn tags(tree: &Tree, mut painted: Vec<Vec<Identifier>>) -> TagTree {
    let mut tags = TagTree::new();
    tree.roots.iter().for_each(|node| tags.push(group(tree, *node, &mut painted)));
    tags
}

fn group(tree: &Tree, node: usize, painted: &mut Vec<Vec<Identifier>>) -> TagGroup {
    let part = &tree.nodes[node];
    let mut group = TagGroup::new(tag(&part.kind));
    let own = std::mem::take(&mut painted[node]);
    if let Kind::Entry(_) = part.kind {
        let mut link = TagGroup::new(Tag::Link);
        own.into_iter().for_each(|identifier| link.push(identifier));
        group.push(link);
    } else {
        own.into_iter().for_each(|identifier| group.push(identifier));
    }
    part.parts.iter().for_each(|child| group.push(self::group(tree, *child, painted)));
    group
}

fn tag(kind: &Kind) -> TagKind {
    // A span of one is what a cell has anyway.
    let span = |count: u32| NonZeroU32::new(count).filter(|count| count.get() > 1);
    match kind {
        Kind::Title => Tag::Title.into(),
        Kind::Heading(level, text) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(text.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Contents => Tag::TOC.into(),
        Kind::Entry(_) => Tag::TOCI.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::Head(rows, columns) => {
            let head = Tag::TH(TableHeaderScope::Column);
            head.with_row_span(span(*rows)).with_col_span(span(*columns)).into()
        }
        Kind::Cell(rows, columns) => Tag::TD.with_row_span(span(*rows)).with_col_span(span(*columns)).into(),
    }
}
