//! Compound files, in which old office programs keep their streams.

use crate::Unreadable;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Whether bytes begin as a compound file does.
pub(crate) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// The names of what stands at the root of a compound file; a file that is locked with a password is refused.
pub(crate) fn streams(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    // Foreign code that meets hostile bytes: a panic in it is damage.
    let names = catch_unwind(AssertUnwindSafe(|| {
        let file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        Some(file.read_root_storage().map(|entry| entry.name().to_owned()).collect::<Vec<_>>())
    }));
    let names = names.ok().flatten();
    let names = names.ok_or_else(|| Unreadable::Damaged("文件不完整，可能没有下载或复制完".into()))?;
    if names.iter().any(|name| name == "EncryptedPackage") {
        return Err(Unreadable::Encrypted);
    }
    Ok(names)
}
