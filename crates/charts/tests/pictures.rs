//! What holds of every chart: it is XML, the same bytes twice, nothing from outside gets out of its element, every
//! amount is told exactly and leads to its source, and no text leaves the picture.

use mingzhang_charts::{
    Bar, Bars, Caption, Datum, Frame, Group, Leaf, Ranked, Ranking, Series, Shares, Treemap, Whole, Years, bars,
    columns, lines, ranking, responsive, stacked, stylesheet, treemap,
};
use mingzhang_model::amount::Amount;
use roxmltree::{Document, Node};

const HOSTILE: &str = "<script>&\"'\u{0}\u{b}】甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

fn caption(title: &str) -> Caption {
    Caption { id: format!("c\" x={title}"), title: title.into(), description: HOSTILE.into() }
}

fn datum(fen: i64) -> Datum {
    let href = Some(format!("/documents/ab?page=1&fen={fen}\"><x>"));
    Datum { value: Amount(fen), href, note: Some(HOSTILE.into()) }
}

fn years(values: &[Option<i64>], title: &str) -> Years {
    let series = |name: &str| Series { name: name.into(), values: values.iter().map(|v| v.map(datum)).collect() };
    let years = (0..values.len()).map(|i| format!("{}", 2020 + i)).collect();
    Years { caption: caption(title), years, series: vec![series("年初预算"), series(HOSTILE)] }
}

fn map(values: &[Option<i64>], title: &str) -> Treemap {
    let leaf = |value: &i64| Leaf { label: HOSTILE.into(), datum: datum(value / 3) };
    let values: Vec<i64> = values.iter().flatten().copied().collect();
    let group = |value: &i64| Group {
        label: format!("组{HOSTILE}"),
        datum: datum(*value),
        parts: values.iter().take(3).map(leaf).collect(),
    };
    Treemap { caption: caption(title), groups: values.iter().map(group).collect() }
}

fn execution(values: &[Option<i64>], title: &str) -> Bars {
    let bar = |value: &Option<i64>| Bar {
        label: HOSTILE.into(),
        budget: value.map(|value| datum(value / 2)),
        accounts: value.map(datum),
        rate: Some("98.50%".into()),
    };
    Bars { caption: caption(title), bars: values.iter().map(bar).collect() }
}

fn shares(values: &[Option<i64>], title: &str) -> Shares {
    let whole = Whole { label: HOSTILE.into(), parts: values.iter().map(|value| value.map(datum)).collect() };
    let parts = (0..values.len()).map(|i| format!("来源{i}{HOSTILE}")).collect();
    Shares { caption: caption(title), parts, wholes: vec![whole.clone(), whole] }
}

fn order(values: &[Option<i64>], title: &str) -> Ranking {
    let ranked = |value: &i64| Ranked { label: HOSTILE.into(), datum: datum(*value) };
    Ranking { caption: caption(title), bars: values.iter().flatten().map(ranked).collect() }
}

/// Every chart of the values in both frames.
fn every(values: &[Option<i64>], title: &str) -> Vec<(String, Frame)> {
    let of = |frame| {
        [
            treemap(&map(values, title), frame),
            columns(&years(values, title), frame),
            lines(&years(values, title), frame),
            bars(&execution(values, title), frame),
            stacked(&shares(values, title), frame),
            ranking(&order(values, title), frame),
        ]
        .map(|svg| (svg, frame))
    };
    [of(Frame::Wide), of(Frame::Narrow)].concat()
}

fn samples() -> Vec<Vec<Option<i64>>> {
    vec![
        vec![Some(1_037_000_000), Some(998_000_000), None, Some(1_120_500_000)],
        vec![Some(-3_000_000), Some(0), Some(7_000_000)],
        vec![Some(0), Some(0)],
        vec![Some(-1)],
        vec![Some(i64::MAX), Some(1), Some(i64::MIN)],
        (0..40).map(|i| Some(i * 123_456_789)).collect(),
    ]
}

#[test]
fn every_picture_is_xml_that_does_nothing() {
    for values in samples() {
        for (svg, _) in every(&values, HOSTILE) {
            let document = Document::parse(&svg).unwrap_or_else(|e| panic!("{e}: {svg}"));
            let allowed = ["svg", "title", "desc", "a", "g", "rect", "path", "circle", "text", "pattern"];
            for node in document.descendants().filter(Node::is_element) {
                assert!(allowed.contains(&node.tag_name().name()), "{:?}", node.tag_name());
                assert!(node.attributes().all(|a| !a.name().starts_with("on") && a.name() != "style"));
                let numbers = ["x", "y", "width", "height", "cx", "cy"].map(|name| node.attribute(name));
                let number = |text: &str| text == "100%" || text.parse::<f64>().is_ok_and(f64::is_finite);
                assert!(numbers.into_iter().flatten().all(number), "{node:?}");
            }
        }
    }
}

#[test]
fn every_picture_has_a_name_and_its_amounts_lead_to_their_sources() {
    let values = [Some(1_037_000_000), Some(998_000_000), Some(1_120_500_000)];
    for (svg, frame) in every(&values, "支出") {
        let document = Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("group"), "an image would hide its links");
        let named = root.attribute("aria-labelledby").unwrap();
        for (id, tag) in named.split(' ').zip(["title", "desc"]) {
            let node = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
            assert_eq!(node.tag_name().name(), tag);
        }
        let links: Vec<Node<'_, '_>> = document.descendants().filter(|node| node.tag_name().name() == "a").collect();
        for amount in ["1,037.00 万元", "998.00 万元", "1,120.50 万元"] {
            let tells = |link: &&Node<'_, '_>| link.first_element_child().unwrap().text().unwrap().contains(amount);
            let link = links.iter().find(tells).unwrap_or_else(|| panic!("{amount} in {frame:?}: {svg}"));
            assert!(link.attribute("href").unwrap().starts_with("/documents/ab?page=1&fen="));
        }
    }
    let mut plain = years(&values, "支出");
    plain.series.iter_mut().flat_map(|s| &mut s.values).flatten().for_each(|datum| datum.href = None);
    assert!(columns(&plain, Frame::Wide).contains("role=\"img\""));
}

#[test]
fn no_text_leaves_the_picture() {
    for values in samples() {
        for (svg, _) in every(&values, "支出") {
            let document = Document::parse(&svg).unwrap();
            let root = document.root_element();
            let edges: Vec<f64> =
                root.attribute("viewBox").unwrap().split(' ').map(|edge| edge.parse().unwrap()).collect();
            let size: f64 = root.attribute("font-size").unwrap().parse().unwrap();
            for text in document.descendants().filter(|node| node.tag_name().name() == "text") {
                let at = |name: &str| text.attribute(name).unwrap().parse::<f64>().unwrap();
                let narrow = |c: char| c.is_ascii();
                let words = text.text().unwrap_or_default();
                let width: f64 = words.chars().map(|c| if narrow(c) { 0.5 } else { 1.0 }).sum::<f64>() * size;
                let left = match text.attribute("text-anchor") {
                    None => at("x"),
                    Some("middle") => at("x") - width / 2.0,
                    Some(_) => at("x") - width,
                };
                assert!(left > -1.0 && left + width < edges[2] + 1.0, "“{words}” from {left} of {width}");
                assert!(at("y") > 0.0 && at("y") < edges[3] + 1.0, "“{words}” at {}", at("y"));
            }
        }
    }
}

#[test]
fn nothing_is_said_to_be_nothing() {
    for values in [vec![], vec![None, None]] {
        for (svg, _) in every(&values, "支出") {
            assert!(svg.contains("无数据"), "{svg}");
        }
    }
    assert!(stacked(&shares(&[Some(0)], "支出"), Frame::Wide).contains("无数据"));
}

#[test]
fn what_cannot_be_drawn_is_written_under_the_chart() {
    let svg = treemap(&map(&[Some(5_000_000), Some(-3_000_000)], "支出"), Frame::Wide);
    assert!(svg.contains("未画出："));
    let svg = stacked(&shares(&[Some(5_000_000), Some(-3_000_000)], "支出"), Frame::Wide);
    assert_eq!(svg.matches("未画出：").count(), 2);
}

#[test]
fn a_year_without_an_amount_breaks_the_line() {
    let path = |values: &[Option<i64>]| {
        let svg = lines(&years(values, "支出"), Frame::Wide);
        let at = svg.find("class=\"mz-line-1\"").unwrap();
        let from = svg[..at].rfind("d=\"").unwrap();
        svg[from..at].chars().filter(|c| c.is_ascii_alphabetic() && *c != 'd').collect::<String>()
    };
    assert_eq!(path(&[Some(1), Some(2), Some(3)]), "MLL");
    assert_eq!(path(&[Some(1), None, Some(3), Some(4)]), "MML");
}

#[test]
fn the_same_description_gives_the_same_bytes_and_frames_share_no_id() {
    let values = [Some(1_037_000_000), Some(998_000_000)];
    assert_eq!(every(&values, "支出"), every(&values, "支出"));
    let both = responsive(|frame| columns(&years(&values, "支出"), frame));
    let document = format!("<html>{both}</html>");
    let document = Document::parse(&document).unwrap();
    let mut ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(stylesheet().contains("prefers-color-scheme:dark"));
}
