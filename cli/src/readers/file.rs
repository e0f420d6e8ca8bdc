//! Whole files.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The most bytes of a file that are read: 1 GiB. The largest network takes half of it, and so do the 800,000 images of
/// EMNIST.
pub const MAX_FILE: u64 = 1 << 30;

/// Reads a file. The error names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let place = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(place)?;
    // The length of a device or a pipe is 0, whatever comes out of it.
    let length = file.metadata().with_context(place)?.len().min(MAX_FILE);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).with_context(place)?;
    if bytes.len() as u64 > MAX_FILE {
        bail!("{} has more than {MAX_FILE} bytes", path.display());
    }
    Ok(bytes)
}
