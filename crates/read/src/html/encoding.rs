//! Bytes to the text of a page: which encoding it is in, whatever it says of itself.
//!
//! Valid UTF-8 wins over what the page declares, because no Chinese text in another encoding is valid UTF-8 by
//! chance; then the declaration, where GB2312 and GBK are taken for the larger GB18030 that they are part of, as
//! browsers do; a page that declares nothing, or UTF-8 that it is not in, is taken as plain text would be.

use crate::text::decode::damaged_utf8_or_gb18030;
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How far from the start a declaration is looked for. Browsers look at a quarter of it.
const WINDOW: usize = 4096;
const WORD: &[u8] = b"charset";

/// The text of a page, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match declared(&bytes[..bytes.len().min(WINDOW)]) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => damaged_utf8_or_gb18030(bytes),
    }
}

/// The encoding that a page declares, where it can be what the page is in.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let text = start.to_ascii_lowercase();
    let mut rest = text.as_slice();
    while let Some(at) = find(rest, WORD) {
        rest = &rest[at + WORD.len()..];
        let is_before = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
        let value: Vec<u8> = rest
            .iter()
            .skip_while(is_before)
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .copied()
            .collect();
        match Encoding::for_label(&value) {
            // Who reads this in single bytes is not reading UTF-16, and the bytes are not valid UTF-8.
            Some(encoding) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => return None,
            Some(encoding) if encoding == GBK => return Some(GB18030),
            Some(encoding) => return Some(encoding),
            None => {}
        }
    }
    None
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(declaration: &str) -> String {
        format!("<html><head>{declaration}</head><body>部门收支总表</body></html>")
    }

    #[test]
    fn a_page_is_read_in_the_encoding_that_it_is_in() {
        for declaration in [
            "<meta charset=gb2312>",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=GBK\">",
            "<meta charset='gb18030' >",
            "<meta charset=utf-8>",
            "",
        ] {
            let page = page(declaration);
            assert_eq!(decode(&GB18030.encode(&page).0), page, "{declaration}");
            assert_eq!(decode(page.as_bytes()), page, "{declaration}");
        }
        let page = page("<meta charset=big5>").replace("部门收支总表", "部門收支總表");
        assert_eq!(decode(&encoding_rs::BIG5.encode(&page).0), page);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&wide), page);
    }

    #[test]
    fn characters_beyond_gb2312_are_read_though_it_is_declared() {
        let page = page("<meta charset=gb2312>").replace("部门", "镕䶮");
        assert_eq!(decode(&GB18030.encode(&page).0), page);
    }
}
