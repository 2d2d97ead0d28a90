//! Compound files, the little file systems in which old Office programs keep their streams.
//!
//! Only as much as is needed to know what a file is and to look at a stream before the reader of workbooks
//! gets it: every chain of sectors is followed here first, so that a chain without end is refused.

/// A compound file.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    small: Vec<u8>,
    small_next: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

/// Streams shorter than this lie in the small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// Sector numbers from here on are marks.
const MARKS: u32 = 0xFFFF_FFFA;

impl<'a> Compound<'a> {
    /// Opens a compound file; none where it is damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Compound {
            bytes,
            sector,
            next: Vec::new(),
            small: Vec::new(),
            small_next: Vec::new(),
            entries: Vec::new(),
        };
        file.read_table()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?).clamp(2, 64) - 2;
            let units: Vec<u16> =
                entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
            file.entries.push(Entry { name: String::from_utf16_lossy(&units), start, length });
        }
        if u32_at(bytes, 64)? > 0 {
            file.small = file.chain(file.entries.first()?.start)?;
            let table = file.chain(u32_at(bytes, 60)?)?;
            file.small_next = numbers(&table);
        }
        Some(file)
    }

    /// Which sector follows which.
    fn read_table(&mut self) -> Option<()> {
        let mut sectors = numbers(self.bytes.get(76..512)?);
        let mut more = u32_at(self.bytes, 68)?;
        let mut steps = self.bytes.len() / self.sector + 1;
        while more < MARKS {
            steps = steps.checked_sub(1)?;
            let mut numbers = numbers(self.sector_at(more)?);
            more = numbers.pop()?;
            sectors.extend(numbers);
        }
        let mut steps = self.bytes.len() / self.sector + 1;
        for sector in sectors.into_iter().filter(|sector| *sector < MARKS) {
            steps = steps.checked_sub(1)?;
            let table = numbers(self.sector_at(sector)?);
            self.next.extend(table);
        }
        Some(())
    }

    fn sector_at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        // The last sector may be cut short.
        if rest.is_empty() { None } else { Some(&rest[..rest.len().min(self.sector)]) }
    }

    fn chain(&self, mut sector: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        while sector < MARKS {
            content.extend_from_slice(self.sector_at(sector)?);
            if content.len() > self.bytes.len() {
                return None;
            }
            sector = *self.next.get(sector as usize)?;
        }
        Some(content)
    }

    /// Whether there is a stream or folder of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut content = if entry.length < SMALL { self.small_chain(entry.start)? } else { self.chain(entry.start)? };
        content.truncate(entry.length);
        Some(content)
    }

    fn small_chain(&self, mut sector: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        while sector < MARKS {
            let start = (sector as usize).checked_mul(SMALL_SECTOR)?;
            content.extend_from_slice(self.small.get(start..start + SMALL_SECTOR)?);
            if content.len() > self.small.len() {
                return None;
            }
            sector = *self.small_next.get(sector as usize)?;
        }
        Some(content)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// The little-endian number of two bytes at a place.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The little-endian number of four bytes at a place.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
