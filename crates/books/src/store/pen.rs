//! [`Pen`]: the numbers of one turn. It writes nothing; it says what may be written.

use super::{Fault, Record};

/// What a turn knows of its numbers: how far the list was kept when it began, how far it has appended,
/// and whether an append failed. Stores differ in how they write, not in what they may write.
#[derive(Debug)]
pub struct Pen {
    kept: u64,
    last: u64,
    spoiled: bool,
}

impl Pen {
    /// The pen of a turn that begins after record `kept`, 0 where there is none.
    pub fn new(kept: u64) -> Pen {
        Pen { kept, last: kept, spoiled: false }
    }

    /// The number of the last record that was committed before this turn.
    pub fn kept(&self) -> u64 {
        self.kept
    }

    /// Lets `write` write records that go on from the last one.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where numbers do not go on, [`Fault::Lasting`] for a body that is no body, and
    /// what `write` says; each of them spoils the turn, and a spoiled turn takes no more.
    pub fn append(
        &mut self,
        records: &[Record],
        write: impl FnOnce(&[Record]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.unspoiled()?;
        // Whatever ends this function early, a panic included, leaves the turn spoiled.
        self.spoiled = true;
        gapless(self.last, records)?;
        records.iter().try_for_each(is_body)?;
        write(records)?;
        self.last += records.len() as u64;
        self.spoiled = false;
        Ok(())
    }

    /// Nothing in the way of a commit.
    ///
    /// # Errors
    /// [`Fault::Lasting`] where an append of this turn failed.
    pub fn unspoiled(&self) -> Result<(), Fault> {
        if self.spoiled {
            return Err(Fault::Lasting("本次记账中已有写入失败，全部未保存。请排除前一个错误后重新办理。".to_owned()));
        }
        Ok(())
    }
}

/// Whether numbers go on from `last` one by one, as they must when records are appended and when they
/// are read.
///
/// # Errors
/// [`Fault::Damaged`], with the first number that is out of place.
pub fn gapless(last: u64, records: &[Record]) -> Result<(), Fault> {
    let mut before = last;
    for record in records {
        if before.checked_add(1) != Some(record.number) {
            return Err(Fault::Damaged(format!(
                "账目编号不连续：第 {before} 号之后出现第 {} 号。请停止记账，保留现有账簿，用最近的备份核对后恢复。",
                record.number
            )));
        }
        before = record.number;
    }
    Ok(())
}

fn is_body(record: &Record) -> Result<(), Fault> {
    let number = record.number;
    if record.body.len() > Record::MAX_BODY {
        let (length, most) = (record.body.len(), Record::MAX_BODY >> 20);
        return Err(Fault::Lasting(format!(
            "第 {number} 号账目的内容有 {length} 字节，超过上限 {most} MiB，未保存。请拆成几笔办理。"
        )));
    }
    if record.body.contains('\0') {
        return Err(Fault::Lasting(format!(
            "第 {number} 号账目的内容含有空字符（U+0000），未保存。请删去后重新办理。"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Hash;

    fn record(number: u64, body: &str) -> Record {
        Record { number, hash: Hash::default(), body: body.to_owned() }
    }

    #[test]
    fn numbers_go_on_from_the_last_one() {
        let mut pen = Pen::new(7);
        pen.append(&[record(8, "{}"), record(9, "{}")], |_| Ok(())).unwrap();
        pen.append(&[record(10, "{}")], |_| Ok(())).unwrap();
        pen.append(&[record(10, "{}")], |_| panic!("written twice")).unwrap_err();
        assert_eq!(pen.kept(), 7);
        assert!(gapless(u64::MAX, &[record(0, "{}")]).is_err(), "numbers do not start again");
    }

    #[test]
    fn what_is_refused_is_not_written_and_spoils_the_turn() {
        let long = "x".repeat(Record::MAX_BODY + 1);
        for bad in [record(9, "{}"), record(7, "{}"), record(0, "{}"), record(8, "a\0b"), record(8, &long)] {
            let mut pen = Pen::new(7);
            pen.append(&[bad], |_| panic!("written")).unwrap_err();
            assert!(pen.unspoiled().is_err());
            pen.append(&[record(8, "{}")], |_| panic!("written after a refusal")).unwrap_err();
        }
    }

    #[test]
    fn a_write_that_failed_spoils_the_turn() {
        let mut pen = Pen::new(0);
        let fault = Fault::Passing("断线".to_owned());
        assert_eq!(pen.append(&[record(1, "{}")], |_| Err(fault.clone())), Err(fault));
        assert!(pen.unspoiled().is_err());
    }
}
