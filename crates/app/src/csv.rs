//! Comma-separated values, as RFC 4180 writes them, with a plain line feed.

use std::io::{self, Write};

pub(crate) use mingzhang_sheets::harmless;

/// Writes one record.
pub(crate) fn record<S: AsRef<str>>(out: &mut dyn Write, fields: impl IntoIterator<Item = S>) -> io::Result<()> {
    for (i, field) in fields.into_iter().enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        let field = field.as_ref();
        if field.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_must_be_quoted_is_quoted() {
        let mut out = Vec::new();
        record(&mut out, ["合计", "1,200", "他说\"无\"", "两\n行", ""]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "合计,\"1,200\",\"他说\"\"无\"\"\",\"两\n行\",\n");
    }
}
