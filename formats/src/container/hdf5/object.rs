//! Object headers: the messages of a group or a dataset (section IV.A).

use super::raw::{Cursor, RawFile, broken, unread};
use crate::error::Problem;

pub const DATASPACE: u16 = 0x01;
pub const LINK_INFO: u16 = 0x02;
pub const DATATYPE: u16 = 0x03;
pub const LINK: u16 = 0x06;
pub const LAYOUT: u16 = 0x08;
pub const FILTERS: u16 = 0x0b;
pub const ATTRIBUTE: u16 = 0x0c;
const CONTINUATION: u16 = 0x10;
pub const SYMBOL_TABLE: u16 = 0x11;

/// The most parts of a header.
const MAX_PARTS: usize = 256;

/// A message: its kind and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    pub kind: u16,
    flags: u8,
    body: &'a [u8],
}

impl<'a> Message<'a> {
    /// What it says, unless it says that it stands elsewhere.
    pub fn unshared(&self) -> Result<&'a [u8], Problem> {
        if self.flags & 2 == 0 { Ok(self.body) } else { Err(unread("shared messages")) }
    }
}

/// The messages of the object whose header is at `address`.
pub fn messages<'a>(file: &RawFile<'a>, address: u64) -> Result<Vec<Message<'a>>, Problem> {
    let start = usize::try_from(address).ok().and_then(|address| file.bytes.get(address..));
    let start = start.ok_or_else(|| broken("the address of an object is beyond its end"))?;
    let mut cursor = Cursor::new(file, start);
    let is_2 = start.starts_with(b"OHDR");
    let (first, has_order) = if is_2 { version_2(&mut cursor)? } else { (version_1(&mut cursor)?, false) };
    let (mut messages, mut parts) = (Vec::new(), vec![first]);
    let mut next = 0;
    while let Some(&part) = parts.get(next) {
        next += 1;
        file.burn(part.len())?;
        let mut cursor = Cursor::new(file, part);
        let least = if is_2 { 4 + 2 * usize::from(has_order) } else { 8 };
        while cursor.rest().len() >= least {
            let message = if is_2 { message_2(&mut cursor, has_order)? } else { message_1(&mut cursor)? };
            if message.kind == CONTINUATION {
                if parts.len() == MAX_PARTS {
                    return Err(broken("the header of an object has too many parts"));
                }
                parts.push(continuation(file, message.body, is_2)?);
            } else {
                messages.push(message);
            }
        }
    }
    Ok(messages)
}

fn version_1<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], Problem> {
    if cursor.byte()? != 1 {
        return Err(broken("an object has no header"));
    }
    cursor.skip(1 + 2 + 4)?;
    let size = cursor.word()? as usize;
    cursor.skip(4)?;
    cursor.take(size)
}

/// The first part of a header of version 2, and whether messages have a number in order of their creation.
fn version_2<'a>(cursor: &mut Cursor<'a>) -> Result<(&'a [u8], bool), Problem> {
    cursor.expect(b"OHDR")?;
    let version = cursor.byte()?;
    if version != 2 {
        return Err(unread(format!("object headers of version {version}")));
    }
    let flags = cursor.byte()?;
    if flags & 0x20 != 0 {
        cursor.skip(16)?;
    }
    if flags & 0x10 != 0 {
        cursor.skip(4)?;
    }
    let size = cursor.number(1 << (flags & 3))?;
    let size = usize::try_from(size).map_err(broken)?;
    Ok((cursor.take(size)?, flags & 4 != 0))
}

fn message_1<'a>(cursor: &mut Cursor<'a>) -> Result<Message<'a>, Problem> {
    let (kind, size, flags) = (cursor.short()?, cursor.short()?, cursor.byte()?);
    cursor.skip(3)?;
    Ok(Message { kind, flags, body: cursor.take(size.into())? })
}

fn message_2<'a>(cursor: &mut Cursor<'a>, has_order: bool) -> Result<Message<'a>, Problem> {
    let (kind, size, flags) = (cursor.byte()?, cursor.short()?, cursor.byte()?);
    if has_order {
        cursor.skip(2)?;
    }
    Ok(Message { kind: kind.into(), flags, body: cursor.take(size.into())? })
}

fn continuation<'a>(file: &RawFile<'a>, body: &[u8], is_2: bool) -> Result<&'a [u8], Problem> {
    let mut cursor = Cursor::new(file, body);
    let (address, length) = (cursor.offset()?, cursor.length()?);
    let part = file.slice(address, length)?;
    if !is_2 {
        return Ok(part);
    }
    // A signature before, a checksum behind.
    let inner = part.strip_prefix(b"OCHK").and_then(|part| part.len().checked_sub(4).map(|end| &part[..end]));
    inner.ok_or_else(|| broken("a part of a header is missing"))
}
