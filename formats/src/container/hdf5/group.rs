//! The members of a group: symbol tables (sections III.A, III.B and III.D) and links (section IV.A.2.g).

use super::object::{LINK, LINK_INFO, Message, SYMBOL_TABLE};
use super::raw::{Cursor, RawFile, UNDEFINED, broken, unread};
use crate::error::Problem;

/// The longest name of a group or a dataset, in bytes.
const MAX_NAME: usize = 1024;

/// Names and addresses of the members of the group with these messages; none for a dataset.
pub fn children(file: &RawFile<'_>, messages: &[Message<'_>]) -> Result<Vec<(String, u64)>, Problem> {
    let mut children = Vec::new();
    for message in messages {
        match message.kind {
            SYMBOL_TABLE => {
                let mut cursor = Cursor::new(file, message.unshared()?);
                let (tree, heap) = (cursor.offset()?, cursor.offset()?);
                let names = heap_data(file, heap)?;
                node(file, tree, None, names, &mut children)?;
            }
            LINK => children.extend(link(&mut Cursor::new(file, message.unshared()?))?),
            LINK_INFO => {
                let mut cursor = Cursor::new(file, message.unshared()?);
                cursor.skip(1)?;
                let flags = cursor.byte()?;
                cursor.skip(if flags & 1 == 0 { 0 } else { 8 })?;
                if cursor.offset()? != UNDEFINED {
                    return Err(unread("links in a fractal heap (libver=\"latest\")"));
                }
            }
            _ => {}
        }
    }
    Ok(children)
}

/// The names in a local heap.
fn heap_data<'a>(file: &RawFile<'a>, address: u64) -> Result<&'a [u8], Problem> {
    let mut cursor = file.at(address)?;
    cursor.expect(b"HEAP")?;
    cursor.skip(4)?;
    let (size, _, data) = (cursor.length()?, cursor.length()?, cursor.offset()?);
    file.slice(data, size)
}

/// Collects the members below a node of a B-tree. Each level is one less than the one above it, so that it ends.
fn node(
    file: &RawFile<'_>,
    address: u64,
    level_above: Option<u8>,
    names: &[u8],
    children: &mut Vec<(String, u64)>,
) -> Result<(), Problem> {
    let mut cursor = file.at(address)?;
    cursor.expect(b"TREE")?;
    let (kind, level, entries) = (cursor.byte()?, cursor.byte()?, cursor.short()?);
    if kind != 0 || level_above.is_some_and(|above| Some(level) != above.checked_sub(1)) || level > 16 {
        return Err(broken("a node of a tree of names is not valid"));
    }
    cursor.offset()?;
    cursor.offset()?;
    for _ in 0..entries {
        file.burn(16)?;
        cursor.length()?;
        let child = cursor.offset()?;
        if level == 0 {
            symbols(file, child, names, children)?;
        } else {
            node(file, child, Some(level), names, children)?;
        }
    }
    Ok(())
}

fn symbols(
    file: &RawFile<'_>,
    address: u64,
    names: &[u8],
    children: &mut Vec<(String, u64)>,
) -> Result<(), Problem> {
    let mut cursor = file.at(address)?;
    cursor.expect(b"SNOD")?;
    cursor.skip(2)?;
    for _ in 0..cursor.short()? {
        file.burn(40)?;
        let (name, header, cached) = (cursor.offset()?, cursor.offset()?, cursor.word()?);
        cursor.skip(4 + 16)?;
        // A link to another place by its name; networks have none.
        if cached == 2 {
            continue;
        }
        let rest = usize::try_from(name).ok().and_then(|at| names.get(at..));
        let rest = rest.ok_or_else(|| broken("the name of an object is missing"))?;
        let rest = &rest[..rest.len().min(MAX_NAME + 1)];
        let length = rest.iter().position(|&byte| byte == 0);
        let length = length.ok_or_else(|| broken("the name of an object does not end"))?;
        file.burn(length)?;
        children.push((text(&rest[..length]), header));
    }
    Ok(())
}

/// A link message; `None` for a link that is not to an object of this file.
fn link(cursor: &mut Cursor<'_>) -> Result<Option<(String, u64)>, Problem> {
    if cursor.byte()? != 1 {
        return Err(unread("links of another version"));
    }
    let flags = cursor.byte()?;
    let kind = if flags & 8 == 0 { 0 } else { cursor.byte()? };
    cursor.skip(if flags & 4 == 0 { 0 } else { 8 })?;
    cursor.skip(usize::from(flags & 0x10 != 0))?;
    let length = usize::try_from(cursor.number(1 << (flags & 3))?).map_err(broken)?;
    if length > MAX_NAME {
        return Err(broken("the name of an object is too long"));
    }
    let name = text(cursor.take(length)?);
    Ok(if kind == 0 { Some((name, cursor.offset()?)) } else { None })
}

/// A name. A slash in it would look like a path.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('/', "\u{2215}")
}
