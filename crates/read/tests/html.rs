//! Web pages as sites and programs write them, read as a browser shows them.

use encoding_rs::GB18030;
use mingzhang_model::document::{Block, Document, Format, NoteKind, Table};
use mingzhang_read::{Unreadable, read};

fn page(body: &str) -> Document {
    let document = read(format!("<!DOCTYPE html><html><head><title>题</title></head><body>{body}").as_bytes()).unwrap();
    assert_eq!(document.format, Format::Html);
    document
}

fn paragraphs<'d>(document: &'d Document) -> Vec<&'d str> {
    let text = |block: &'d Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Table(_) => None,
    };
    document.blocks.iter().filter_map(text).collect()
}

fn tables<'d>(document: &'d Document) -> Vec<&'d Table> {
    let table = |block: &'d Block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    };
    document.blocks.iter().filter_map(table).collect()
}

/// Each row as its cells, a span in front where it is more than one place: `2x1 收入|决算数`.
fn drawn(table: &Table) -> Vec<String> {
    let cell = |row: u32, cell: &mingzhang_model::document::Cell| match (cell.row_span, cell.column_span) {
        _ if cell.row < row => "^".to_owned(),
        (1, 1) => cell.text.replace('\n', "/"),
        (rows, columns) => format!("{rows}x{columns} {}", cell.text.replace('\n', "/")),
    };
    let row = |row| table.row(row).map(|c| cell(row, c)).collect::<Vec<_>>().join("|");
    (0..table.rows()).map(row).collect()
}

fn notes(document: &Document) -> Vec<(NoteKind, &str)> {
    document.notes.iter().map(|note| (note.kind, note.detail.as_str())).collect()
}

#[test]
fn only_what_a_person_sees_is_text() {
    let document = page(
        "<script>var 甲</script><style>.乙{}</style><!-- 丙 --><noscript>丁</noscript><template>戊</template>
         <h1>部门&nbsp;决算</h1><p>收入<b>1,2</b><i>34</i>.50 万元</p><p> &#160; </p>合计<br>支出<div>结余</div>
         <p style='DISPLAY: none'>草稿一</p><div hidden><span>草稿</span>二</div><span style='mso-hide:all'>三</span>",
    );
    assert_eq!(paragraphs(&document), ["部门 决算", "收入1,234.50 万元", "合计", "支出", "结余"]);
    let hidden = [(NoteKind::Hidden, "草稿一"), (NoteKind::Hidden, "草稿二"), (NoteKind::Hidden, "三")];
    assert_eq!(notes(&document), hidden);
    assert_eq!(document.pages[0].characters, 4 + 12 + 2 + 2 + 2);
    let lines = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.place().line,
        Block::Table(_) => None,
    });
    assert_eq!(lines.collect::<Vec<_>>(), [1, 2, 3, 4, 5].map(Some));
}

#[test]
fn lines_of_the_source_are_no_lines_of_the_text() {
    let document = page("<p>一般公共\n   预算\t财政  拨款</p><p>GDP\n增长</p><pre>甲\n 乙  丙</pre>");
    assert_eq!(paragraphs(&document), ["一般公共预算 财政 拨款", "GDP 增长", "甲", "乙  丙"]);
}

#[test]
fn items_carry_the_numbers_that_the_list_prints() {
    let document = page(
        "<ol start=3><li>甲<li><p>乙</p><ol type=a><li>子</ol><li value=9>丙</ol>
         <ul><li>丁</ul><ol style='list-style-type:none'><li>戊</ol>",
    );
    assert_eq!(paragraphs(&document), ["3.甲", "4.乙", "a.子", "9.丙", "丁", "戊"]);
}

#[test]
fn merged_cells_cover_their_places() {
    let document = page(
        "<table><caption>收入决算表<br>单位：万元</caption>
         <tfoot><tr><td>合计<td>30<td>40</tfoot>
         <tbody><tr><td>甲<td>1<td>2<tr><td colspan=0>乙<td colspan='2'>3</tbody>
         <thead><tr><th rowspan=2>项目<th colspan=2>金额<tr><th>本年<br>预算<th>上年</thead></table>",
    );
    assert_eq!(paragraphs(&document), ["收入决算表", "单位：万元"]);
    let expected = ["2x1 项目|1x2 金额", "^|本年/预算|上年", "甲|1|2", "乙|1x2 3", "合计|30|40"];
    assert_eq!(drawn(tables(&document)[0]), expected);
    let table = tables(&document)[0];
    assert_eq!((table.parts.len(), table.parts[0].place.line), (1, Some(3)));
    assert_eq!(table.cell(4, 1).unwrap().place.line, Some(7));
}

#[test]
fn spans_that_lie_are_held_to_the_table() {
    let document = page(
        "<table><tr><td rowspan=0>甲<td colspan=1000>乙<td rowspan=99999>丙<tr><td>丁<td>戊<td>己<td>庚</table>
         <p>间</p>
         <table><tr><td>一<td rowspan=2>二<tr><td colspan=2>三<tr></tr><tr><td>四</table>",
    );
    let expected = [vec!["2x1 甲|1x4 乙|2x1 丙", "^|丁|戊|己|庚|^"], vec!["一|2x1 二", "三|^", "四|"]];
    for (table, expected) in tables(&document).into_iter().zip(expected) {
        assert_eq!(drawn(table), expected);
    }
}

#[test]
fn tables_that_lay_out_a_page_are_none_and_those_in_them_are() {
    let data = "<table border=1><tr><td>科目<td>金额<tr><td>教育支出<td>9.30</table>";
    let document = page(&format!(
        "<table><tr><td><table><tr><td>导航</table></td><td>正文一<p>正文二</p>{data}之后</td></tr></table>
         <table role=presentation><tr><td>左<td>右</table>
         <table><tr><td>说明只有一格</table>"
    ));
    let texts = ["导航", "正文一", "正文二", "之后", "左", "右", "说明只有一格"];
    assert_eq!(paragraphs(&document), texts);
    assert_eq!(drawn(tables(&document)[0]), ["科目|金额", "教育支出|9.30"]);
    assert_eq!(tables(&document).len(), 1);
}

#[test]
fn a_small_table_in_a_cell_of_data_is_its_text() {
    let document = page(
        "<table><tr><td>甲<td>1<td>2<tr><td>乙<table><tr><td>其中<td>丙</table><td>3<td>4<tr><td>丁<td>5<td>6</table>",
    );
    assert_eq!(drawn(tables(&document)[0]), ["甲|1|2", "乙/其中 丙|3|4", "丁|5|6"]);
}

#[test]
fn hidden_rows_cells_and_columns_are_left_out_and_noted() {
    let document = page(
        "<table><col><col style='display:none'><col><tr><td>甲<td>旧数<td>1
         <tr style='display:none'><td>乙<td>2<td>3<tr><td colspan=2>丙<td>4</table>",
    );
    assert_eq!(drawn(tables(&document)[0]), ["甲|1", "丙|4"]);
    assert_eq!(notes(&document), [(NoteKind::Hidden, "乙23"), (NoteKind::Hidden, "旧数")]);
}

#[test]
fn a_page_that_word_saved_is_read_without_its_marks() {
    let source = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head>
        <meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><!--[if gte mso 9]><xml><w:x>甲</w:x></xml>
        <![endif]--><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=ZH-CN>
        <p class=MsoNormal><![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>（一）<span>&nbsp;
        </span></span><![endif]><span style='mso-bidi-font-size:16.0pt'>收支总体\r\n情况<o:p></o:p></span></p>
        <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
        <table class=MsoTableGrid><tr style='mso-yfti-irow:0'><td><p class=MsoNormal>项目<o:p></o:p></p></td>
        <td><p>金额</p><p>（万元）</p></td></tr><tr><td>收入</td><td>1,000.50</td></tr></table>";
    let document = read(&GB18030.encode(source).0).unwrap();
    assert_eq!(paragraphs(&document), ["（一）  收支总体情况"]);
    assert_eq!(drawn(tables(&document)[0]), ["项目|金额/（万元）", "收入|1,000.50"]);
    assert_eq!(notes(&document), []);
}

#[test]
fn what_lies_elsewhere_and_what_cannot_be_read_is_noted() {
    let framed = page("<p>见下表</p><iframe src='table.html'>旧浏览器</iframe>");
    assert_eq!(notes(&framed), [(NoteKind::Elsewhere, "table.html")]);
    let frames = read(b"<html><frameset cols=50%><frame src=a.htm><frame src=b.htm></frameset></html>").unwrap();
    assert_eq!(notes(&frames), [(NoteKind::Elsewhere, "a.htm"), (NoteKind::Elsewhere, "b.htm")]);
    let pictures = page("<p><img src=1.png></p><p><img src=2.png></p>");
    assert_eq!(pictures.notes[0].kind, NoteKind::NoTextLayer);
    assert_eq!((pictures.pages[0].pictures, pictures.pages[0].characters), (2, 0));
    let mut bytes = "<html><body><p>甲</p><p>乙</p>".repeat(30).into_bytes();
    bytes.extend(b"<p>\xe4\xb8</p>");
    assert_eq!(read(&bytes).unwrap().notes[0].kind, NoteKind::Undecodable);
    assert_eq!(read(b"<html><body> <script>1</script>"), Err(Unreadable::Empty));
}

#[test]
fn what_a_page_leaves_out_on_paper_is_no_part_of_it() {
    let style = "<style>@media print { .skip, #more { display: none } }</style>";
    let document =
        page(&format!("{style}<a class='skip'>跳过</a><p>正文</p><div id=more><table><tr><td>1</table></div>"));
    assert_eq!(paragraphs(&document), ["正文"]);
    assert_eq!(notes(&document), [(NoteKind::Unprinted, "跳过"), (NoteKind::Unprinted, "1")]);
    let guarded = page(&format!("{style}<p class='skip'>不让打印</p>"));
    assert_eq!((paragraphs(&guarded), notes(&guarded)), (vec!["不让打印"], vec![]));
}

#[test]
fn every_visible_character_is_in_some_block() {
    let body: String =
        (0..200).map(|i| format!("<p>第{i}段</p><table><tr><td>甲{i}<td>乙<td rowspan=3>丙</table>")).collect();
    let seen = body.split('<').map(|rest| rest.split_once('>').map_or(rest, |(_, text)| text)).collect::<String>();
    assert_eq!(page(&body).pages[0].characters as usize, seen.chars().count());
}

#[test]
fn pages_without_end_are_read_within_limits() {
    let deep = page(&format!("{}深{}", "<div>".repeat(1_500), "</div>".repeat(1_500)));
    assert_eq!(paragraphs(&deep), ["深"]);
    assert_eq!(deep.notes[0].kind, NoteKind::Limit);
    let endless = page(&format!("前{}", "<table><tr><td>".repeat(100_000)));
    assert_eq!(paragraphs(&endless)[0], "前");
    assert!(endless.notes.iter().any(|note| note.kind == NoteKind::Limit));
    let wide = page(&format!("<table><tr>{}<tr>{}</table>", "<td>一".repeat(1_000), "<td>二".repeat(1_000)));
    assert_eq!((tables(&wide).len(), paragraphs(&wide).len()), (0, 2));
    assert_eq!(wide.notes[0].kind, NoteKind::Limit);
    let spans = page(&format!("<table>{}</table>", "<tr><td colspan=1000 rowspan=65534>一<td>二</tr>".repeat(3_000)));
    assert_eq!(spans.pages[0].characters, 6_000);
}
