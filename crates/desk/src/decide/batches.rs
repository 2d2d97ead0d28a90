//! Batches: files brought, checked, marked, shared, laid open.

use super::{Decision, worded};
use crate::Refused;
use crate::entry::{About, Event, Id, Mark, Outcome, Sha256, Upload};
use crate::state::{Desk, File};
use mingzhang_books::names::UnitCode;

/// The most files of one batch.
pub const MOST_FILES: usize = 2_000;

impl Desk {
    /// Files are brought to be checked.
    pub fn open_batch(&self, name: &str, unit: Option<UnitCode>, files: Vec<Upload>) -> Decision {
        let name = worded(name, "批次名称", "name of the batch")?;
        not_too_many(0, &files)?;
        let batch = self.batches.last_key_value().map_or(1, |(last, _)| last + 1);
        Ok(vec![Event::BatchOpened { batch, name, unit, first: self.next_file(), files }])
    }

    /// More files are brought for a batch. A file is corrected by one other at most: by the last version's next.
    pub fn extend_batch(&self, batch: Id, files: Vec<Upload>) -> Decision {
        let Some(kept) = self.batch(batch) else { return Err(no_batch()) };
        not_too_many(kept.files.len(), &files)?;
        for corrected in files.iter().filter_map(|file| file.corrects) {
            match self.file(corrected) {
                Some(file) if file.batch == batch && file.corrected_by.is_none() => {}
                Some(file) if file.batch == batch => {
                    return Err(Refused::new(
                        "这个文件已有更正稿；请在最新的一稿上再传更正稿",
                        "There is a corrected version already; please correct the newest one",
                    ));
                }
                _ => return Err(no_file()),
            }
        }
        Ok(vec![Event::BatchExtended { batch, first: self.next_file(), files }])
    }

    /// What came of a file is written down, once: a second time nothing happens.
    pub fn check_file(&self, file: Id, outcome: Outcome) -> Decision {
        let Some(kept) = self.file(file) else { return Err(no_file()) };
        Ok(if kept.outcome.is_some() { Vec::new() } else { vec![Event::FileChecked { file, outcome }] })
    }

    /// A reviewer says something of a finding, or takes it back. To dismiss one needs a reason.
    pub fn mark(&self, file: Id, fingerprint: &str, mark: Option<Mark>, reason: &str) -> Decision {
        let Some(kept) = self.file(file) else { return Err(no_file()) };
        let is_told = match &kept.outcome {
            Some(Outcome::Checked(checkup)) => checkup.told.iter().any(|told| told.fingerprint == fingerprint),
            _ => false,
        };
        if !is_told {
            return Err(Refused::new("没有这条发现", "There is no such finding"));
        }
        let reason = match (mark, reason.trim()) {
            (Some(Mark::Dismissed), reason) => worded(reason, "不成立的理由", "reason why it does not hold")?,
            (_, "") => String::new(),
            (_, reason) => worded(reason, "备注", "remark")?,
        };
        Ok(vec![Event::Marked { file, fingerprint: fingerprint.to_owned(), mark, reason }])
    }

    /// A link shows the batch to whoever has it.
    pub fn share(&self, batch: Id, link: Sha256, until: u64) -> Decision {
        if self.batch(batch).is_none() {
            return Err(no_batch());
        }
        Ok(vec![Event::Shared { batch, link, until }])
    }

    /// The link leads nowhere any more.
    pub fn unshare(&self, batch: Id) -> Decision {
        let Some(kept) = self.batch(batch) else { return Err(no_batch()) };
        Ok(if kept.share.is_some() { vec![Event::Unshared { batch }] } else { Vec::new() })
    }

    /// A checked file is laid open to readers. Empty words count as none.
    pub fn release(&self, sha256: &str, about: About) -> Decision {
        let optional = |words: Option<String>, zh: &str, en: &str| match words.as_deref().map(str::trim) {
            None | Some("") => Ok(None),
            Some(words) => worded(words, zh, en).map(Some),
        };
        let about = About {
            body: optional(about.body, "部门名称", "name of the body")?,
            place: optional(about.place, "地区", "place")?,
            source: optional(about.source, "来源", "source")?,
        };
        Ok(vec![Event::Released { sha256: sha256.to_owned(), about }])
    }

    /// It is taken back.
    pub fn recall(&self, sha256: &str) -> Decision {
        if !self.is_open(sha256) {
            return Err(Refused::new("这份文件没有公开", "This document is not open to readers"));
        }
        Ok(vec![Event::Recalled { sha256: sha256.to_owned() }])
    }

    /// The newest version of a file: the file itself where nothing corrects it.
    pub fn newest<'a>(&'a self, file: &'a File) -> &'a File {
        let next = |file: &&'a File| self.file(file.corrected_by?);
        // Each step leads to a larger number, so this ends.
        std::iter::successors(Some(file), next).last().unwrap_or(file)
    }

    fn next_file(&self) -> Id {
        self.files.last_key_value().map_or(1, |(last, _)| last + 1)
    }
}

fn not_too_many(there: usize, files: &[Upload]) -> Result<(), Refused> {
    if files.is_empty() {
        return Err(Refused::new("请选择至少一个文件", "Please choose at least one file"));
    }
    if there + files.len() > MOST_FILES {
        return Err(Refused::new(
            format!("一个批次最多 {MOST_FILES} 个文件，请分几批上传"),
            format!("A batch has at most {MOST_FILES} files; please bring them in several"),
        ));
    }
    Ok(())
}

fn no_batch() -> Refused {
    Refused::new("没有这个批次", "There is no such batch")
}

fn no_file() -> Refused {
    Refused::new("没有这个文件", "There is no such file")
}
