//! PDF files made by hand: objects in, bytes with a right cross-reference table out.

/// The objects of a file, numbered from 1 as they are added.
#[derive(Default)]
pub(super) struct Made {
    objects: Vec<Vec<u8>>,
    /// What stands in the trailer beside the size and the root.
    pub(super) trailer: String,
}

/// The object number of the catalogue, the page tree and the fonts in every file of [`Made::with_pages`].
pub(super) const PAGES: usize = 2;
pub(super) const FIRST_PAGE: usize = 6;

impl Made {
    /// A file of A4 pages with these contents; `/F1` is a Latin font, `/F2` a Chinese one that is not
    /// embedded. Each page may bring entries of its own, such as `/Rotate 90`.
    pub(super) fn with_pages(pages: &[(&str, &str)]) -> Made {
        let mut made = Made::default();
        let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", FIRST_PAGE + 2 * i)).collect();
        made.add("<</Type/Catalog/Pages 2 0 R>>");
        made.add(&format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")));
        let widths = "500 ".repeat(95);
        made.add(&format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 126/Widths[{widths}]>>"
        ));
        made.add("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>");
        made.add(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/DW 1000\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        );
        for (content, entries) in pages {
            let number = made.objects.len() + 1;
            made.add(&format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
                 /Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</X 99 0 R>>>>{entries}>>",
                number + 1
            ));
            made.stream("", content);
        }
        made
    }

    /// Adds an object.
    pub(super) fn add(&mut self, object: &str) {
        self.objects.push(object.as_bytes().to_vec());
    }

    /// Adds a stream with further entries in its dictionary.
    pub(super) fn stream(&mut self, entries: &str, content: &str) {
        self.add(&format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len()));
    }

    /// Puts an object at number 99, which every page knows as `/X`.
    pub(super) fn x_object(&mut self, entries: &str, content: &str) {
        while self.objects.len() < 98 {
            self.add("null");
        }
        self.stream(&format!("/Type/XObject{entries}"), content);
    }

    /// Replaces an object.
    pub(super) fn replace(&mut self, number: usize, object: &str) {
        self.objects[number - 1] = object.as_bytes().to_vec();
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (i, object) in self.objects.iter().enumerate() {
            offsets.push(bytes.len());
            bytes.extend(format!("{} 0 obj\n", i + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
        offsets.iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").bytes()));
        let size = offsets.len() + 1;
        bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R{}>>\n", self.trailer).bytes());
        bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}

/// Shows Latin text with its baseline beginning at a point from the lower left corner.
pub(super) fn text(x: f32, y: f32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Shows Chinese text.
pub(super) fn chinese(x: f32, y: f32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F2 10 Tf {x} {y} Td <{codes}> Tj ET\n")
}

/// Rules a line.
pub(super) fn rule(from: (f32, f32), to: (f32, f32)) -> String {
    format!("{} {} m {} {} l S\n", from.0, from.1, to.0, to.1)
}

/// Rules a table from its column edges and its row edges, and writes its cells, row by row.
pub(super) fn table(xs: &[f32], ys: &[f32], cells: &[&[&str]]) -> String {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    let mut content: String = ys.iter().map(|&y| rule((left, y), (right, y))).collect();
    content.extend(xs.iter().map(|&x| rule((x, top), (x, bottom))));
    for (row, cells) in cells.iter().enumerate() {
        let y = (ys[row] + ys[row + 1]) / 2.0 - 3.0;
        content.extend(cells.iter().zip(xs).map(|(cell, x)| text(x + 4.0, y, cell)));
    }
    content
}
