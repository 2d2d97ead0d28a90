//! Small files of Word, made here.

use crate::archive::tests::zipped;
use mingzhang_model::document::{Block, Document, Format, NoteKind};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// A file with this body and these parts beside it: the last word of the relation, and what stands in the part.
fn file(body: &str, beside: &[(&str, &str)]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>");
    let package = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"word/main.xml\"/>\
         </Relationships>"
    );
    let relation = |(at, (name, _)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{at}\" Type=\"{kind}/{name}\" Target=\"part{at}.xml\"/>")
    };
    let relations: String = beside.iter().enumerate().map(relation).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts = vec![
        ("_rels/.rels".to_owned(), package),
        ("word/main.xml".to_owned(), main),
        ("word/_rels/main.xml.rels".to_owned(), relations),
    ];
    for (at, (name, content)) in beside.iter().enumerate() {
        let root = if name.ends_with("er") { "hdr" } else { name };
        parts.push((format!("word/part{at}.xml"), format!("<w:{root} {SPACES}>{content}</w:{root}>")));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&parts)
}

fn read(body: &str, beside: &[(&str, &str)]) -> Document {
    let document = crate::read(&file(body, beside)).unwrap();
    assert_eq!((document.format, document.pages.len()), (Format::Docx, 1));
    document
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

/// The blocks: a paragraph as its text, a table as its rows with `|` between cells.
fn shown(document: &Document) -> Vec<String> {
    let row = |table: &mingzhang_model::document::Table, row| {
        table.row(row).map(|cell| cell.text.replace('\n', "/")).collect::<Vec<_>>().join("|")
    };
    let blocks = document.blocks.iter();
    blocks
        .flat_map(|block| match block {
            Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
            Block::Table(table) => (0..table.rows()).map(|at| row(table, at)).collect(),
        })
        .collect()
}

fn notes(document: &Document) -> Vec<(NoteKind, Option<u32>, &str)> {
    document.notes.iter().map(|note| (note.kind, note.place.paragraph, note.detail.as_str())).collect()
}

#[test]
fn runs_tabs_breaks_links_and_controls_are_one_text() {
    let body = format!(
        "<w:p>{}<w:smartTag><w:r><w:t>34</w:t></w:r></w:smartTag><w:hyperlink><w:r><w:t>.56</w:t></w:r></w:hyperlink>\
         <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>\
         <w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙\u{a0}\u{ad}丁</w:t><w:noBreakHyphen/></w:r></w:p>\
         <w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:p/>",
        run("1,2"),
        run("万元"),
        paragraph("戊")
    );
    let document = read(&body, &[]);
    assert_eq!(shown(&document), ["1,234.56万元", "甲  乙", "丙 丁-", "戊"]);
    let numbers = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.place().paragraph,
        Block::Table(_) => None,
    });
    assert_eq!(numbers.collect::<Vec<_>>(), [Some(1), Some(2), Some(2), Some(3)]);
    assert_eq!(document.pages[0].characters, 16);
}

#[test]
fn of_fields_the_results_are_read() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let body = format!(
        "<w:p>{begin}{}{separate}{}{begin}{}{separate}{}{end}</w:p><w:p>{}{end}{}</w:p>\
         <w:p><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>{begin}{}{end}</w:p>",
        code("TOC \\o"),
        run("一、收入"),
        code("PAGEREF _Toc1"),
        run("3"),
        run("二、支出4"),
        run("完"),
        run("2024年"),
        code("EQ \\o\\ac(○,2)"),
    );
    assert_eq!(shown(&read(&body, &[])), ["一、收入3", "二、支出4完", "2024年②"]);
}

#[test]
fn changes_comments_and_hidden_text_are_notes() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>";
    let body = format!(
        "{}<w:p><w:commentRangeStart w:id=\"7\"/>{}<w:del><w:r><w:delText>1</w:delText></w:r><w:r>\
         <w:delText>2</w:delText>\
         </w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>{hidden}</w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}\
         <w:p><w:pPr><w:pPrChange/><w:rPr><w:vanish/></w:rPr></w:pPr>{hidden}</w:p>",
        paragraph("首段"),
        run("收入"),
        run("34万元"),
        run("旧"),
        run("前"),
        paragraph("后"),
    );
    let comment =
        format!("<w:comment w:id=\"7\" w:author=\"某\">{}{}</w:comment>", paragraph("核对"), paragraph("再议"));
    let document = read(&body, &[("comments", &comment)]);
    assert_eq!(shown(&document), ["首段", "收入34万元", "前后"]);
    assert_eq!(
        notes(&document),
        [
            (NoteKind::TrackedChange, Some(2), "删除“12”"),
            (NoteKind::TrackedChange, Some(2), "插入“34万元”"),
            (NoteKind::TrackedChange, Some(2), "删除“旧”"),
            (NoteKind::Hidden, Some(2), "隐藏文字“内部”"),
            (NoteKind::Comment, Some(2), "核对；再议"),
            (NoteKind::Hidden, Some(3), "隐藏文字“内部”"),
            (NoteKind::TrackedChange, None, "1 处格式修订"),
        ]
    );
}

#[test]
fn numbers_are_printed_as_word_counts_them() {
    let level = |at: u32, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"{format}\"/>{more}<w:suff w:val=\"nothing\"/>\
             <w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"4\">{}{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"4\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"4\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>\
         </w:lvlOverride></w:num>",
        level(0, "chineseCountingThousand", "第%1部分 ", "<w:pStyle w:val=\"T1\"/>"),
        level(1, "chineseCounting", "（%2）", "<w:pStyle w:val=\"T2\"/>"),
        level(2, "decimal", "%3.", ""),
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"T1\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>\
         </w:numPr></w:pPr>\
        </w:style><w:style w:type=\"paragraph\" w:styleId=\"T2\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>\
         </w:numPr></w:pPr>\
        </w:style><w:style w:type=\"paragraph\" w:styleId=\"T3\"><w:basedOn w:val=\"T2\"/></w:style>";
    let styled =
        |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text));
    let listed = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"T1\"/><w:numPr><w:ilvl w:val=\"{level}\"/>\
         <w:numId w:val=\"{list}\"/></w:numPr>\
             </w:pPr>{}</w:p>",
            run(text)
        )
    };
    let body = [
        styled("T1", "甲"),
        styled("T2", "乙"),
        styled("T3", "丙"),
        listed(1, 2, "丁"),
        listed(0, 0, "无"),
        styled("T1", "戊"),
        styled("T2", "己"),
        listed(2, 0, "庚"),
    ]
    .concat();
    let document = read(&body, &[("numbering", &numbering), ("styles", styles)]);
    assert_eq!(
        shown(&document),
        ["第一部分 甲", "（一）乙", "（二）丙", "1.丁", "无", "第二部分 戊", "（一）己", "第一部分 庚"]
    );
}

#[test]
fn merged_short_and_nested_cells_make_whole_tables() {
    let inner = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("", "甲"),
        cell("", "乙"),
        cell("", "丙"),
        cell("", "丁")
    );
    let two = ["1", "2"].map(paragraph).concat();
    let body = format!(
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/></w:tblGrid>\
         <w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>\
         <w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc></w:tr></w:tbl>",
        cell("<w:vMerge w:val=\"restart\"/>", "项目"),
        cell("<w:gridSpan w:val=\"2\"/>", "金额"),
        cell("<w:vMerge/>", ""),
        cell("", "收入"),
        ["<w:tc>", &two, "</w:tc>"].concat(),
        cell("", "3"),
        cell("", "4"),
        paragraph("框内"),
    );
    let document = read(&body, &[]);
    assert_eq!(shown(&document), ["项目|金额", "项目|收入|1/2", "|3|", "框内", "甲|乙", "丙|丁"]);
    assert_eq!(notes(&document), [(NoteKind::TrackedChange, Some(6), "删除“4”")]);
    let Block::Table(table) = &document.blocks[0] else { panic!("a table comes first") };
    assert_eq!(table.parts.len(), 1);
    assert_eq!(table.cell(2, 1).unwrap().place.paragraph, Some(6));
}

#[test]
fn boxes_come_once_and_notes_and_margins_last() {
    let boxed = format!(
        "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent>",
        paragraph("框")
    );
    let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>9</w:t></w:r><w:r>\
         <w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!(
        "<w:p>{}<w:r>{boxed}</w:r></w:p><w:p>{}<w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>\
         <w:sectPr><w:headerReference r:id=\"r1\"/><w:footerReference r:id=\"r2\"/>\
         <w:headerReference r:id=\"r3\"/></w:sectPr>",
        run("正文"),
        run("收入1,234.56"),
    );
    let footnotes = format!(
        "<w:footnote w:id=\"0\">{}</w:footnote><w:footnote w:id=\"3\">{}</w:footnote>",
        paragraph("线"),
        paragraph("含结转")
    );
    let footer = format!("<w:p>{}{page}{}</w:p>", run("— "), run(" —"));
    let beside = [
        ("footnotes", footnotes.as_str()),
        ("header", &paragraph("某局预算")),
        ("footer", &footer),
        ("header", &paragraph("某局预算")),
    ];
    assert_eq!(shown(&read(&body, &beside)), ["正文", "框", "收入1,234.56", "[1] 含结转", "某局预算"]);
}

#[test]
fn objects_and_pictures_are_told() {
    let object = "<w:p><w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID=\"Excel.Sheet.12\"/>\
         </w:object></w:r></w:p>";
    let document = read(&(object.to_owned() + &paragraph("见表")), &[]);
    assert_eq!(notes(&document), [(NoteKind::Embedded, Some(1), "嵌入的对象（Excel.Sheet.12）")]);
    assert_eq!(document.pages[0].pictures, 1);
    let scan = read("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>", &[]);
    assert_eq!(notes(&scan)[0].0, NoteKind::NoTextLayer);
}

#[test]
fn damage_keeps_what_was_read() {
    let document = read(&(paragraph("甲") + "<w:p><w:r><w:t>乙</w:x>"), &[]);
    assert_eq!(shown(&document), ["甲", "乙"]);
    assert_eq!(notes(&document)[0].0, NoteKind::Damaged);
    assert_eq!(crate::read(&file("", &[])), Err(crate::Unreadable::Empty));
    assert_eq!(crate::read(&zipped(&[("a.txt", b"text")])), Err(crate::Unreadable::Unknown));
}

#[test]
fn hostile_spans_cost_nothing_and_lose_nothing() {
    let wide = cell("<w:gridSpan w:val=\"4000000000\"/>", "甲");
    let row = format!("<w:tr>{}</w:tr>", wide.repeat(300));
    let document = read(&format!("<w:tbl>{row}<w:tr>{}</w:tr></w:tbl>", cell("", "乙")), &[]);
    let text: String = shown(&document).concat();
    assert_eq!((text.matches('甲').count(), text.matches('乙').count()), (300, 1));
}
