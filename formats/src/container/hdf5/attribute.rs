//! Attributes (section IV.A.2.m).

use super::datatype::Datatype;
use super::object::Message;
use super::raw::{Cursor, RawFile, broken, unread};
use super::{data, heap};
use crate::error::Problem;

/// The texts of the attribute in `message`: `None` where it has another name, `Some(None)` where it is not text. An
/// attribute without elements has no texts, whatever its type: Keras writes these as empty lists of numbers.
pub fn texts(
    file: &RawFile<'_>,
    message: &Message<'_>,
    wanted: &str,
) -> Result<Option<Option<Vec<String>>>, Problem> {
    let mut cursor = Cursor::new(file, message.unshared()?);
    let (version, flags) = (cursor.byte()?, cursor.byte()?);
    let sizes = [cursor.short()?, cursor.short()?, cursor.short()?].map(usize::from);
    match version {
        1 => {}
        2 => {}
        3 => cursor.skip(1)?,
        _ => return Err(unread(format!("attributes of version {version}"))),
    }
    // In version 1 each part is filled up to 8 bytes.
    let mut part = |size: usize| cursor.take(if version == 1 { size.next_multiple_of(8) } else { size });
    let (name, datatype, dataspace) = (part(sizes[0])?, part(sizes[1])?, part(sizes[2])?);
    let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
    if &name[..end] != wanted.as_bytes() {
        return Ok(None);
    }
    if version > 1 && flags & 3 != 0 {
        return Err(unread("attributes of shared types"));
    }
    let datatype = Datatype::read(&mut Cursor::new(file, datatype))?;
    let count = data::sides(&mut Cursor::new(file, dataspace))?
        .iter()
        .try_fold(1_usize, |n, &side| n.checked_mul(side));
    let bytes = count.and_then(|count| count.checked_mul(datatype.size()));
    let bytes = bytes.and_then(|bytes| cursor.rest().get(..bytes));
    let bytes = bytes.ok_or_else(|| broken(format!("the attribute '{wanted}' is cut short")))?;
    if bytes.is_empty() {
        return Ok(Some(Some(Vec::new())));
    }
    heap::texts(file, &datatype, bytes).map(Some)
}
