//! How large the streams of a file grow when their compression is undone.
//!
//! A megabyte can stand for a gigabyte, and the parser unpacks a stream whole wherever it meets one. So all that may
//! grow beyond measure is counted first, without keeping it. Pictures are not: nobody unpacks them here.

use super::load_failed;
use crate::Unreadable;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Name, Object, Stream};
use hayro_syntax::{Filter, Pdf};
use memchr::memmem::find;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One stream grows no larger than this: whole Chinese fonts do not need half of it.
pub(super) const MAX_STREAM: u64 = 64 * 1024 * 1024;
/// All streams of a file together grow no larger than this.
pub(super) const MAX_STREAMS: u64 = 1024 * 1024 * 1024;

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

/// Refuses a file one of whose streams would grow too large, or all together.
///
/// To measure is to unpack. So what is too small to grow beyond the bounds is not measured, unless it may together
/// with all the rest.
pub(super) fn check_streams(pdf: &Pdf) -> Result<(), Unreadable> {
    let objects = catch_unwind(AssertUnwindSafe(|| {
        let (mut all, mut most, mut small) = (0, 0, Vec::new());
        for object in pdf.objects() {
            let Object::Stream(stream) = object else { continue };
            match most_growth(&stream) {
                0 => {}
                growth if growth <= MAX_STREAM => {
                    most += growth;
                    small.push(stream);
                }
                _ => all = within_all(all + grown(&stream)?)?,
            }
        }
        if all + most > MAX_STREAMS {
            for stream in &small {
                all = within_all(all + grown(stream)?)?;
            }
        }
        Ok(())
    }));
    objects.unwrap_or_else(|_| Err(load_failed()))
}

fn within_all(size: u64) -> Result<u64, Unreadable> {
    if size > MAX_STREAMS { Err(Unreadable::Swollen { limit: MAX_STREAMS }) } else { Ok(size) }
}

/// The most that a stream can grow to; 0 where it does not grow, or is a picture.
fn most_growth(stream: &Stream<'_>) -> u64 {
    let growth = stream.filters().iter().map(most_of).fold(1, u64::saturating_mul);
    let is_picture = || stream.dict().get::<Name<'_>>(&b"Subtype"[..]).is_some_and(|kind| &*kind == b"Image");
    if growth == 1 || is_picture() { 0 } else { growth.saturating_mul(stream.raw_data().len() as u64) }
}

/// The most that one byte can stand for.
fn most_of(filter: &Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1_032,
        // Words of at most four thousand bytes, twelve bits each.
        Filter::LzwDecode => 2_731,
        Filter::RunLengthDecode => 64,
        _ => 1,
    }
}

/// How large a stream grows.
fn grown(stream: &Stream<'_>) -> Result<u64, Unreadable> {
    let filters = stream.filters();
    let compressed = filters.iter().filter(|filter| is_compression(filter)).count();
    let raw = stream.raw_data();
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
