//! The files that were brought, by the hash of their bytes.
//!
//! A file is written beside its place and renamed to it when it is whole, so a hash that has a file has all of it.
//! Names that people gave to files never become paths.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::pipeline::{hex, sha256};

/// A folder of files by their hashes.
#[derive(Debug)]
pub(crate) struct Files {
    folder: PathBuf,
    next: AtomicU64,
}

/// A file that is being brought: its bytes so far, and their hash.
pub(crate) struct Incoming {
    /// None once everything has come and is on disk.
    file: Option<File>,
    path: PathBuf,
    digest: Sha256,
    size: u64,
}

impl Files {
    /// The files in a folder, which is made where it is not there.
    pub(crate) fn open(folder: &Path) -> io::Result<Files> {
        fs::create_dir_all(folder.join("incoming"))?;
        Ok(Files { folder: folder.to_owned(), next: AtomicU64::new(0) })
    }

    /// Removes what was left half brought when a server ended. Only for who has the folder alone.
    pub(crate) fn sweep(&self) -> io::Result<()> {
        for left in fs::read_dir(self.folder.join("incoming"))? {
            fs::remove_file(left?.path())?;
        }
        Ok(())
    }

    /// A new file begins to come in.
    pub(crate) fn begin(&self) -> io::Result<Incoming> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join("incoming").join(number.to_string());
        Ok(Incoming { file: Some(File::create(&path)?), path, digest: Sha256::new(), size: 0 })
    }

    /// Keeps bytes. Their hash.
    pub(crate) fn keep(&self, bytes: &[u8]) -> io::Result<String> {
        let mut incoming = self.begin()?;
        incoming.write(bytes)?;
        self.finish(incoming).map(|(hash, _)| hash)
    }

    /// A file is whole: it gets its place. Its hash and size.
    pub(crate) fn finish(&self, mut incoming: Incoming) -> io::Result<(String, u64)> {
        incoming.complete()?;
        let hash: String = hex(&incoming.digest.clone().finalize());
        let place = self.path(&hash).ok_or_else(|| io::Error::other("no hash"))?;
        if place.exists() {
            return Ok((hash, incoming.size));
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&incoming.path, &place)?;
        Ok((hash, incoming.size))
    }

    /// The bytes of a file, if they are still what their hash says.
    pub(crate) fn bytes(&self, hash: &str) -> io::Result<Vec<u8>> {
        let path = self.path(hash).ok_or(io::ErrorKind::NotFound)?;
        let bytes = fs::read(path)?;
        if sha256(&bytes) != hash {
            return Err(io::Error::other(format!("文件 {hash} 的内容已损坏，请从备份恢复")));
        }
        Ok(bytes)
    }

    /// A file, to be read piece by piece.
    pub(crate) fn reader(&self, hash: &str) -> io::Result<File> {
        File::open(self.path(hash).ok_or(io::ErrorKind::NotFound)?)
    }

    /// Where a file is; none for what is no hash.
    pub(crate) fn path(&self, hash: &str) -> Option<PathBuf> {
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hash.then(|| self.folder.join(&hash[..2]).join(hash))
    }
}

impl Incoming {
    /// More bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = self.file.as_mut().ok_or_else(|| io::Error::other("the file is complete"))?;
        file.write_all(bytes)?;
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Everything has come: the file is on disk and closed, so that many may wait for each other.
    pub(crate) fn complete(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |file| file.sync_all())
    }

    /// How many bytes have come.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Everything that a reader gives, up to a limit; false where there is more.
    pub(crate) fn write_all(&mut self, mut from: impl Read, limit: u64) -> io::Result<bool> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match from.read(&mut buffer)? {
                0 => return Ok(true),
                some if self.size + some as u64 > limit => return Ok(false),
                some => self.write(&buffer[..some])?,
            }
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Where it was renamed there is nothing left to remove; what cannot be removed goes at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_testkit::folder::Folder;

    #[test]
    fn what_was_kept_is_there_under_its_hash() {
        let folder = Folder::new("files");
        let files = Files::open(folder.path()).unwrap();
        let hash = files.keep(b"abc").unwrap();
        assert_eq!(hash, sha256(b"abc"));
        assert_eq!(files.keep(b"abc").unwrap(), hash);
        assert_eq!(files.bytes(&hash).unwrap(), b"abc");
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0, "nothing is left behind");
    }

    #[test]
    fn what_is_no_hash_leads_nowhere() {
        let folder = Folder::new("files");
        let files = Files::open(folder.path()).unwrap();
        for bad in ["../../etc/passwd", "", &"A".repeat(64), "/etc/passwd"] {
            assert!(files.bytes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_file_that_was_altered_is_not_given_out() {
        let folder = Folder::new("files");
        let files = Files::open(folder.path()).unwrap();
        let hash = files.keep(b"abc").unwrap();
        fs::write(folder.path().join(&hash[..2]).join(&hash), b"abd").unwrap();
        assert!(files.bytes(&hash).unwrap_err().to_string().contains("损坏"));
    }
}
