//! Bytes as a PDF. Every visible character is in some block, but for headers that are printed again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_model::document::{Block, Document};
use mingzhang_read::pdf;

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    mingzhang_fuzz::read(pdf::read, bytes);
    if let Ok((document, repeated)) = pdf::read_accounted(bytes) {
        let counted: u32 = document.pages.iter().map(|page| page.characters).sum();
        assert_eq!(shown(&document) + repeated as usize, counted as usize, "characters in blocks, and on the pages");
        for drawing in pdf::drawings(bytes).expect("what can be read can be drawn") {
            assert!(drawing.width.is_finite() && drawing.height.is_finite());
        }
    }
});

fn shown(document: &Document) -> usize {
    let visible = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count();
    let of_block = |block: &Block| match block {
        Block::Paragraph(paragraph) => visible(&paragraph.text),
        Block::Table(table) => table.cells().iter().map(|cell| visible(&cell.text)).sum(),
    };
    document.blocks.iter().map(of_block).sum()
}
