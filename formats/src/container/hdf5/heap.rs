//! Texts, in place or in the global heap (section III.E).

use super::datatype::Datatype;
use super::raw::{Cursor, RawFile, broken};
use crate::error::Problem;

/// The most texts of an attribute or a dataset.
const MAX_TEXTS: usize = 1 << 16;

/// The texts that `bytes` hold or refer to; `None` where the type is not text.
pub fn texts(file: &RawFile<'_>, datatype: &Datatype, bytes: &[u8]) -> Result<Option<Vec<String>>, Problem> {
    let size = datatype.size();
    if bytes.len() / size > MAX_TEXTS {
        return Err(broken("it has too many texts"));
    }
    let elements = bytes.chunks_exact(size);
    match datatype {
        Datatype::Text { .. } => Ok(Some(elements.map(text).collect())),
        Datatype::Variable { is_text: true, .. } => {
            elements.map(|element| in_heap(file, element)).collect::<Result<_, _>>().map(Some)
        }
        _ => Ok(None),
    }
}

/// A text that ends with the first zero, or with the bytes.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn in_heap(file: &RawFile<'_>, element: &[u8]) -> Result<String, Problem> {
    let mut cursor = Cursor::new(file, element);
    let (length, address, index) = (cursor.word()? as usize, cursor.offset()?, cursor.word()?);
    if length == 0 {
        return Ok(String::new());
    }
    let mut cursor = file.at(address)?;
    cursor.expect(b"GCOL")?;
    cursor.skip(4)?;
    let size = cursor.length()?;
    let collection = file.slice(address, size)?;
    let header = file.bytes.len() - cursor.rest().len() - usize::try_from(address).map_err(broken)?;
    let mut cursor = Cursor::new(file, collection.get(header..).unwrap_or_default());
    loop {
        file.burn(16)?;
        let number = cursor.short()?;
        cursor.skip(6)?;
        let size = usize::try_from(cursor.length()?).map_err(broken)?;
        // Index 0 is the free space at the end.
        if number == 0 {
            return Err(broken("a text is missing from its heap"));
        }
        if u32::from(number) == index {
            file.burn(length)?;
            let object = cursor.take(size)?;
            return object.get(..length).map(text).ok_or_else(|| broken("a text is longer than its place"));
        }
        cursor.skip(size.checked_next_multiple_of(8).ok_or_else(|| broken("a heap is not valid"))?)?;
    }
}
