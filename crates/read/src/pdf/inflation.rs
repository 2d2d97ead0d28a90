//! How large the streams of a file grow when their compression is undone.
//!
//! A megabyte can stand for a gigabyte, and the parser unpacks a stream whole wherever it meets one. So all that may
//! grow beyond measure is counted first, without keeping it. Pictures are not: nobody unpacks them here.

use super::load_failed;
use crate::Unreadable;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Name, Object, Stream};
use hayro_syntax::{Filter, Pdf};
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One stream grows no larger than this: whole Chinese fonts do not need half of it.
pub(super) const MAX_STREAM: u64 = 64 * 1024 * 1024;
/// All streams of a file together grow no larger than this, counting those that can grow to a tenth of [`MAX_STREAM`].
pub(super) const MAX_STREAMS: u64 = 1024 * 1024 * 1024;

/// The most that one byte can stand for: in deflate, in LZW, in run lengths.
const MOST_GROWTH: u64 = 1_400;

/// Refuses a file whose index would grow too large, before the parser unpacks it.
pub(super) fn check_index(bytes: &[u8]) -> Result<(), Unreadable> {
    const WORD: &[u8] = b"stream";
    const DICTIONARY: usize = 1_024;
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], WORD).map(|at| from + at) {
        from = at + WORD.len();
        let before = &bytes[at.saturating_sub(DICTIONARY)..at];
        let begins = before.windows(5).rposition(|five| five == b" obj\n" || five == b" obj\r" || five == b" obj<");
        let dictionary = &before[begins.unwrap_or(0)..];
        if ["/ObjStm", "/XRef"].iter().all(|kind| find(dictionary, kind.as_bytes()).is_none()) {
            continue;
        }
        let line = bytes[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        measured(inflated(Box::new(&bytes[from + line..])))?;
    }
    Ok(())
}

/// Refuses a file one of whose streams would grow too large.
pub(super) fn check_streams(pdf: &Pdf) -> Result<(), Unreadable> {
    let mut all = 0;
    let objects = catch_unwind(AssertUnwindSafe(|| {
        pdf.objects().into_iter().try_for_each(|object| {
            let Object::Stream(stream) = object else { return Ok(()) };
            all += grown(&stream)?;
            if all > MAX_STREAMS { Err(Unreadable::Swollen { limit: MAX_STREAMS }) } else { Ok(()) }
        })
    }));
    objects.unwrap_or_else(|_| Err(load_failed()))
}

/// How large a stream grows, where it can grow much; else 0.
fn grown(stream: &Stream<'_>) -> Result<u64, Unreadable> {
    let filters = stream.filters();
    let compressed = filters.iter().filter(|filter| is_compression(filter)).count();
    let is_picture = stream.dict().get::<Name<'_>>(&b"Subtype"[..]).is_some_and(|kind| &*kind == b"Image");
    if compressed == 0 || is_picture {
        return Ok(0);
    }
    let raw = stream.raw_data();
    if raw.len() as u64 * MOST_GROWTH.pow(compressed.min(3) as u32) < MAX_STREAM / 10 {
        return Ok(0);
    }
    let mut data: Box<dyn Read + '_> = Box::new(&*raw);
    for filter in &filters {
        data = match filter {
            Filter::AsciiHexDecode => Box::new(std::io::Cursor::new(hexadecimal(&whole(data)?))),
            Filter::Ascii85Decode => Box::new(std::io::Cursor::new(base_85(&whole(data)?))),
            Filter::FlateDecode => inflated(data),
            Filter::RunLengthDecode => Box::new(std::io::Cursor::new(run_lengths(&whole(data)?)?)),
            Filter::LzwDecode => {
                let size = lzw(&whole(data)?)?;
                // Nobody compresses twice; what does is meant to grow.
                return if compressed > 1 { Err(too_large()) } else { Ok(size) };
            }
            // Pictures, and what is left as it is.
            _ => return Ok(0),
        };
    }
    measured(data)
}

fn is_compression(filter: &Filter) -> bool {
    matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
}

fn too_large() -> Unreadable {
    Unreadable::Swollen { limit: MAX_STREAM }
}

/// The size of what is read; damage ends it.
fn measured(mut data: Box<dyn Read + '_>) -> Result<u64, Unreadable> {
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        match data.read(&mut buffer) {
            Ok(0) | Err(_) => return Ok(size),
            Ok(count) => size += count as u64,
        }
        if size > MAX_STREAM {
            return Err(too_large());
        }
    }
}

/// All that is read, within the limit.
fn whole(data: Box<dyn Read + '_>) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    // What is damaged is read up to the damage.
    let _ = data.take(MAX_STREAM + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > MAX_STREAM { Err(too_large()) } else { Ok(bytes) }
}

/// Undoes deflate, with or without the header of zlib.
fn inflated<'d>(mut data: Box<dyn Read + 'd>) -> Box<dyn Read + 'd> {
    let mut start = [0; 2];
    let mut length = 0;
    while length < start.len() {
        match data.read(&mut start[length..]) {
            Ok(0) | Err(_) => break,
            Ok(count) => length += count,
        }
    }
    let head = start[..length].to_vec();
    let has_header = length == 2 && start[0] & 0x0f == 8 && u16::from_be_bytes(start) % 31 == 0;
    let data = BufReader::new(std::io::Cursor::new(head).chain(data));
    if has_header { Box::new(ZlibDecoder::new(data)) } else { Box::new(DeflateDecoder::new(data)) }
}

fn hexadecimal(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn base_85(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 5 * 4);
    let (mut group, mut count) = (0_u32, 0);
    for byte in text.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if count == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
            }
            _ => {}
        }
        if count == 5 {
            bytes.extend(group.to_be_bytes());
            (group, count) = (0, 0);
        }
    }
    if count > 1 {
        (count..5).for_each(|_| group = group.wrapping_mul(85).wrapping_add(84));
        bytes.extend(&group.to_be_bytes()[..count - 1]);
    }
    bytes
}

fn run_lengths(data: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    let mut rest = data;
    while let Some((&length, behind)) = rest.split_first() {
        let (count, times) = match length {
            0..=127 => (usize::from(length) + 1, 1),
            128 => break,
            _ => (1, 257 - usize::from(length)),
        };
        let Some((run, next)) = behind.split_at_checked(count) else { break };
        (0..times).for_each(|_| bytes.extend(run));
        if bytes.len() as u64 > MAX_STREAM {
            return Err(too_large());
        }
        rest = next;
    }
    Ok(bytes)
}

/// The size of what LZW stands for: only the lengths of its words are kept.
fn lzw(data: &[u8]) -> Result<u64, Unreadable> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::new();
    let (mut size, mut last) = (0, None);
    let (mut bits, mut held, mut width) = (0_u32, 0, 9);
    for byte in data {
        (bits, held) = (bits << 8 | u32::from(*byte), held + 8);
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        match code {
            END => break,
            CLEAR => {
                lengths.clear();
                last = None;
            }
            _ => {
                let length = match code {
                    0..CLEAR => Some(1),
                    _ => lengths.get(code - END - 1).copied().or(last.map(|last: u64| last + 1)),
                };
                let Some(length) = length else { break };
                // A word of the table is the one before and one byte more.
                if lengths.len() < 4096 - END - 1 {
                    lengths.extend(last.map(|last| last + 1));
                }
                (size, last) = (size + length, Some(length));
            }
        }
        width = match lengths.len() + END + 2 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if size > MAX_STREAM {
            return Err(too_large());
        }
    }
    Ok(size)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|&byte| byte == first)?;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn size(bytes: &[u8]) -> Result<u64, Unreadable> {
        measured(inflated(Box::new(bytes)))
    }

    #[test]
    fn deflate_is_measured_with_its_header_and_without() {
        let packed = deflated(&[b'a'; 100_000]);
        assert_eq!(size(&packed), Ok(100_000));
        assert_eq!(size(&packed[2..]), Ok(100_000));
        assert_eq!(size(b"no deflate"), Ok(0));
        assert_eq!(size(&deflated(&vec![0; MAX_STREAM as usize + 1])), Err(too_large()));
    }

    #[test]
    fn text_encodings_are_undone() {
        assert_eq!(hexadecimal(b"61 6 27> 00"), b"ab\x70");
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(base_85(b"87cURDZ~>"), b"Hello");
        assert_eq!(base_85(b"z!!~>"), [0; 5]);
    }

    #[test]
    fn run_lengths_are_undone() {
        assert_eq!(run_lengths(&[2, b'a', b'b', b'c', 254, b'd', 128, 9]).unwrap(), b"abcddd");
        assert_eq!(run_lengths(&[5, b'a']).unwrap(), b"");
    }

    #[test]
    fn words_of_lzw_are_counted() {
        // The example of the PDF standard: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]), Ok(10));
    }
}
