//! Shapes (section IV.A.2.b), and data in one piece (section IV.A.2.i).

use super::chunks;
use super::object::{DATASPACE, LAYOUT, Message};
use super::raw::{Cursor, RawFile, UNDEFINED, broken, unread};
use crate::error::Problem;

/// The most bytes of a dataset that is compressed, whatever the length of the file: 8 MiB.
const FEW_BYTES: usize = 8 << 20;

/// The most bytes that a byte of the file may stand for, in larger ones. Trained weights take 1 to 10.
const MAX_RATIO: usize = 100;

/// The most axes of a dataset: the format's own limit.
const MAX_AXES: usize = 32;

/// The shape of the dataset with these messages.
pub fn shape(file: &RawFile<'_>, messages: &[Message<'_>]) -> Result<Vec<usize>, Problem> {
    let message = messages.iter().find(|message| message.kind == DATASPACE);
    let message = message.ok_or_else(|| broken("a dataset has no shape"))?;
    sides(&mut Cursor::new(file, message.unshared()?))
}

/// The length of each axis. An empty space has one axis of length 0.
pub fn sides(cursor: &mut Cursor<'_>) -> Result<Vec<usize>, Problem> {
    let (version, axes, _flags) = (cursor.byte()?, usize::from(cursor.byte()?), cursor.byte()?);
    match version {
        1 => cursor.skip(5)?,
        2 => {
            if cursor.byte()? == 2 {
                return Ok(vec![0]);
            }
        }
        _ => return Err(broken("a shape is not valid")),
    }
    if axes > MAX_AXES {
        return Err(broken("a dataset has too many axes"));
    }
    (0..axes).map(|_| usize::try_from(cursor.length()?).map_err(broken)).collect()
}

/// The bytes of the dataset with these messages, whose elements have `size` bytes.
pub fn bytes(file: &RawFile<'_>, messages: &[Message<'_>], size: usize) -> Result<Vec<u8>, Problem> {
    let shape = shape(file, messages)?;
    let length = shape.iter().try_fold(size, |length, &side| length.checked_mul(side));
    let length = length.ok_or_else(|| broken("its shape is too large"))?;
    let message = messages.iter().find(|message| message.kind == LAYOUT);
    let message = message.ok_or_else(|| broken("its data are missing"))?;
    let mut cursor = Cursor::new(file, message.unshared()?);
    let version = cursor.byte()?;
    if !(3..=4).contains(&version) {
        return Err(unread(format!("data of layout version {version}")));
    }
    match cursor.byte()? {
        0 => {
            let stored = cursor.short()?;
            let bytes = cursor.take(stored.into())?;
            bytes.get(..length).map(<[u8]>::to_vec).ok_or_else(|| broken("its data are cut short"))
        }
        1 => {
            let address = cursor.offset()?;
            if address == UNDEFINED && length > 0 {
                return Err(broken("its data were never written"));
            }
            Ok(if length == 0 { Vec::new() } else { file.slice(address, length as u64)?.to_vec() })
        }
        2 => {
            let most = file.bytes.len().saturating_mul(MAX_RATIO).max(FEW_BYTES);
            if length > most {
                return Err(broken(format!(
                    "its {length} bytes are more than {MAX_RATIO} times those of the file"
                )));
            }
            if version == 4 {
                return Err(unread("chunks of layout version 4 (libver=\"latest\")"));
            }
            chunks::bytes(file, &mut cursor, messages, (&shape, size, length), most)
        }
        class => Err(unread(format!("data of layout class {class}"))),
    }
}
