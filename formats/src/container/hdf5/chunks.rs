//! Data in chunks: their B-tree (section III.A.1) and their filters (section IV.A.2.l).

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::object::{FILTERS, Message};
use super::raw::{Cursor, RawFile, broken, unread};
use crate::error::Problem;

/// How data become the bytes of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Deflate,
    /// The first bytes of all elements, then the second ones, and so on.
    Shuffle,
    /// A checksum behind the data.
    Fletcher32,
}

/// What is being put together.
struct Assembly<'a> {
    shape: &'a [usize],
    /// The shape of a chunk.
    chunk: Vec<usize>,
    /// Bytes of an element.
    size: usize,
    /// Bytes of a chunk.
    length: usize,
    filters: Vec<Filter>,
    /// Chunks that are still missing.
    missing: usize,
    bytes: Vec<u8>,
}

/// The bytes of a dataset with this shape, size of an element, and length in bytes. Chunks reach beyond the dataset, so that
/// more is decompressed than the dataset has, but at most `most` bytes.
pub fn bytes(
    file: &RawFile<'_>,
    layout: &mut Cursor<'_>,
    messages: &[Message<'_>],
    (shape, size, length): (&[usize], usize, usize),
    most: usize,
) -> Result<Vec<u8>, Problem> {
    let axes = usize::from(layout.byte()?);
    let tree = layout.offset()?;
    // The last axis of a chunk is the bytes of an element.
    if axes != shape.len() + 1 || axes == 1 {
        return Err(broken("its chunks have another number of axes"));
    }
    let chunk = (1..axes).map(|_| layout.word().map(|side| side as usize)).collect::<Result<Vec<_>, _>>()?;
    let per_chunk = chunk.iter().try_fold(size, |bytes, &side| bytes.checked_mul(side));
    let count = shape.iter().zip(&chunk).try_fold(1_usize, |count, (&side, &part)| {
        count.checked_mul(if part == 0 { return None } else { side.div_ceil(part) })
    });
    let all = per_chunk.zip(count).and_then(|(bytes, count)| bytes.checked_mul(count));
    let (Some(per_chunk), Some(count), Some(true)) = (per_chunk, count, all.map(|all| all <= most)) else {
        return Err(broken("its chunks are too large"));
    };
    if count == 0 {
        return Ok(Vec::new());
    }
    let filters = filters(file, messages)?;
    let mut assembly =
        Assembly { shape, chunk, size, length: per_chunk, filters, missing: count, bytes: vec![0; length] };
    node(file, tree, None, &mut assembly)?;
    if assembly.missing > 0 {
        return Err(broken(format!("{} of its {count} chunks are missing", assembly.missing)));
    }
    Ok(assembly.bytes)
}

fn filters(file: &RawFile<'_>, messages: &[Message<'_>]) -> Result<Vec<Filter>, Problem> {
    let Some(message) = messages.iter().find(|message| message.kind == FILTERS) else {
        return Ok(Vec::new());
    };
    let mut cursor = Cursor::new(file, message.unshared()?);
    let (version, count) = (cursor.byte()?, cursor.byte()?);
    match version {
        1 => cursor.skip(6)?,
        2 => {}
        _ => return Err(broken("its filters are not valid")),
    }
    let mut filters = Vec::new();
    for _ in 0..count {
        let id = cursor.short()?;
        let name = if version == 1 || id >= 256 { usize::from(cursor.short()?) } else { 0 };
        cursor.skip(2)?;
        let values = usize::from(cursor.short()?);
        cursor.skip(if version == 1 { name.next_multiple_of(8) } else { name })?;
        cursor.skip(4 * (values + if version == 1 { values % 2 } else { 0 }))?;
        filters.push(match id {
            1 => Filter::Deflate,
            2 => Filter::Shuffle,
            3 => Filter::Fletcher32,
            32_000 => return Err(unread("the compression LZF")),
            _ => return Err(unread(format!("the filter {id}"))),
        });
    }
    Ok(filters)
}

/// Reads the chunks below a node of the tree. Each level is one less than the one above it, so that it ends.
fn node(
    file: &RawFile<'_>,
    address: u64,
    level_above: Option<u8>,
    assembly: &mut Assembly<'_>,
) -> Result<(), Problem> {
    let mut cursor = file.at(address)?;
    cursor.expect(b"TREE")?;
    let (kind, level, entries) = (cursor.byte()?, cursor.byte()?, cursor.short()?);
    if kind != 1 || level_above.is_some_and(|above| Some(level) != above.checked_sub(1)) || level > 16 {
        return Err(broken("a node of a tree of chunks is not valid"));
    }
    cursor.offset()?;
    cursor.offset()?;
    for _ in 0..entries {
        file.burn(32)?;
        let (stored, mask) = (cursor.word()?, cursor.word()?);
        let place = assembly.chunk.iter().map(|_| cursor.number(8)).collect::<Result<Vec<_>, _>>()?;
        cursor.number(8)?;
        let child = cursor.offset()?;
        if level > 0 {
            node(file, child, Some(level), assembly)?;
            continue;
        }
        assembly.missing = assembly.missing.checked_sub(1).ok_or_else(|| broken("it has too many chunks"))?;
        assembly.put(&place, file.slice(child, stored.into())?, mask)?;
    }
    Ok(())
}

impl Assembly<'_> {
    /// Puts the chunk with its first element at `place` where it belongs. Filters whose bit in `mask` is set were left out.
    fn put(&mut self, place: &[u64], stored: &[u8], mask: u32) -> Result<(), Problem> {
        let place =
            place.iter().zip(&self.chunk).zip(self.shape).map(|((&at, &part), &side)| {
                usize::try_from(at).ok().filter(|&at| at % part == 0 && at < side)
            });
        let place = place.collect::<Option<Vec<_>>>().ok_or_else(|| broken("a chunk is out of place"))?;
        let mut bytes = stored.to_vec();
        for (index, filter) in self.filters.iter().enumerate().rev() {
            if mask & (1 << index.min(31)) == 0 {
                bytes = filter.undo(bytes, self.size, self.length)?;
            }
        }
        if bytes.len() != self.length {
            return Err(broken("a chunk has another length"));
        }
        let last = self.shape.len() - 1;
        let row = self.chunk[last].min(self.shape[last] - place[last]) * self.size;
        // The place of each row of the chunk in the dataset.
        let rows: usize = self.chunk[..last].iter().product();
        for index in 0..rows {
            let (mut rest, mut at, mut stride, mut inside) = (index, place[last], self.shape[last], true);
            for axis in (0..last).rev() {
                let position = place[axis] + rest % self.chunk[axis];
                rest /= self.chunk[axis];
                inside &= position < self.shape[axis];
                at += position * stride;
                stride *= self.shape[axis];
            }
            if inside {
                let (from, to) = (index * self.chunk[last] * self.size, at * self.size);
                self.bytes[to..to + row].copy_from_slice(&bytes[from..from + row]);
            }
        }
        Ok(())
    }
}

impl Filter {
    /// The bytes before the filter was applied. Elements have `size` bytes and chunks `length`.
    fn undo(self, mut bytes: Vec<u8>, size: usize, length: usize) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Deflate => {
                // A checksum may follow.
                let most = length as u64 + 4;
                let mut inflated = Vec::with_capacity(length);
                let decoder = ZlibDecoder::new(&bytes[..]);
                decoder
                    .take(most)
                    .read_to_end(&mut inflated)
                    .map_err(|e| broken(format!("a chunk is damaged: {e}")))?;
                Ok(inflated)
            }
            Self::Shuffle => {
                let count = bytes.len() / size;
                let mut mixed = bytes.clone();
                for (i, &byte) in bytes[..count * size].iter().enumerate() {
                    mixed[i % count * size + i / count] = byte;
                }
                Ok(mixed)
            }
            Self::Fletcher32 => {
                let data = bytes.len().checked_sub(4).ok_or_else(|| broken("a checksum is missing"))?;
                bytes.truncate(data);
                Ok(bytes)
            }
        }
    }
}
