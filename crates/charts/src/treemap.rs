//! A treemap of two levels: groups, and what they are made of. A label that does not fit is left out, not shrunk.

use crate::measure::Words;
use crate::paint::{Anchor, Area, Canvas};
use crate::squarify::squarify;
use crate::{Caption, Datum, Frame, footnotes, money, nothing};
use mingzhang_model::amount::Amount;

/// A treemap.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Treemap {
    /// What it is called.
    pub caption: Caption,
    /// The groups.
    pub groups: Vec<Group>,
}

/// A group. Its area is its own amount's; parts that do not add up to it leave a part of it empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// Its amount.
    pub datum: Datum,
    /// What it is made of; may be empty.
    pub parts: Vec<Leaf>,
}

/// A part of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// Its name.
    pub label: String,
    /// Its amount.
    pub datum: Datum,
}

/// Draws a treemap.
pub fn treemap(map: &Treemap, frame: Frame) -> String {
    let drawn = |group: &&Group| group.datum.value.0 > 0;
    let sizes: Vec<f64> = map.groups.iter().filter(drawn).map(|group| group.datum.value.0 as f64).collect();
    if map.groups.is_empty() {
        return nothing(&map.caption, frame);
    }
    let height = if sizes.is_empty() { 0.0 } else { frame.width() * proportion(frame) };
    let within = Area { x: 0.0, y: 0.0, width: frame.width(), height };
    let mut canvas = Canvas::new(&map.caption, frame);
    let areas = squarify(&sizes, within);
    for (i, (group, area)) in map.groups.iter().filter(drawn).zip(areas).enumerate() {
        self::group(&mut canvas, frame, group, area.inset(1.0), i);
    }
    let undrawn = map.groups.iter().filter(|group| group.datum.value.0 <= 0);
    let notes: Vec<String> =
        undrawn.map(|group| format!("未画出：{} {} 万元", group.label, money::exact(group.datum.value))).collect();
    let foot = footnotes(&mut canvas, frame, height, &notes);
    canvas.finish(foot)
}

/// How high it is for its width.
fn proportion(frame: Frame) -> f64 {
    match frame {
        Frame::Wide => 0.56,
        Frame::Narrow => 1.2,
    }
}

/// The group's own rectangle with its name on top, and its parts under it.
fn group(canvas: &mut Canvas<'_>, frame: Frame, group: &Group, area: Area, paint: usize) {
    let font = frame.font();
    canvas.open(&group.label, &group.datum);
    canvas.plain(area, paint);
    let head = font * 1.7;
    let parts = parts(group);
    let told = parts.iter().any(|leaf| leaf.label != group.label);
    let split = told && area.height > head * 2.2 && area.width > font * 4.0;
    let room = area.width - font;
    if split {
        let amount = money::short(group.datum.value);
        let name = Words::of(&group.label, font).cut(room);
        let both = format!("{name} {amount}");
        let text = if name == group.label && Words::of(&both, font).width() <= room { both } else { name };
        canvas.text_on((area.x + font * 0.5, area.y + font * 1.25), Anchor::Start, &text);
    } else {
        label(canvas, font, &group.label, group.datum.value, area);
    }
    canvas.close(&group.datum);
    if !split {
        return;
    }
    let under = Area { x: area.x, y: area.y + head, width: area.width, height: area.height - head };
    let sizes = sizes(group, &parts);
    for (leaf, area) in parts.iter().zip(squarify(&sizes, under)) {
        canvas.open(&format!("{} › {}", group.label, leaf.label), &leaf.datum);
        canvas.plain(area, paint);
        canvas.seam(area);
        label(canvas, font, &leaf.label, leaf.datum.value, area);
        canvas.close(&leaf.datum);
    }
}

/// The parts that can be drawn.
fn parts(group: &Group) -> Vec<&Leaf> {
    group.parts.iter().filter(|leaf| leaf.datum.value.0 > 0).collect()
}

/// The sizes of the parts and of what of the group they leave; it stands last and is drawn as nothing but the group.
fn sizes(group: &Group, parts: &[&Leaf]) -> Vec<f64> {
    let of_parts: i128 = parts.iter().map(|leaf| i128::from(leaf.datum.value.0)).sum();
    let empty = (i128::from(group.datum.value.0) - of_parts).max(0) as f64;
    parts.iter().map(|leaf| leaf.datum.value.0 as f64).chain([empty]).collect()
}

/// Name and amount in the middle of an area: in several lines, without the amount, or not at all.
fn label(canvas: &mut Canvas<'_>, font: f64, name: &str, amount: Amount, area: Area) {
    const MOST_LINES: usize = 4;
    let (room, line) = (area.width - font * 0.8, font * 1.25);
    let most = ((area.height - font * 0.5) / line).floor().max(0.0) as usize;
    let Some(mut lines) = Words::of(name, font).lines(room, most.min(MOST_LINES)) else { return };
    let amount = money::short(amount);
    if lines.len() < most && Words::of(&amount, font).width() <= room {
        lines.push(amount);
    }
    let top = area.y + (area.height - line * lines.len() as f64) / 2.0;
    for (i, text) in lines.iter().enumerate() {
        let y = top + line * i as f64 + font;
        canvas.text_on((area.x + area.width / 2.0, y), Anchor::Middle, text);
    }
}
