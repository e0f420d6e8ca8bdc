//! What the fuzzer needs to know of a reader.

use crate::random::Random;
use crate::watch::Reading;

/// A reader and how to make inputs for it.
#[derive(Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Files that it accepts.
    pub(crate) examples: fn() -> Vec<Vec<u8>>,
    /// Puts a file together.
    pub(crate) generate: fn(&mut Random) -> Vec<u8>,
    /// Mends what would make a reader refuse a damaged file at once, such as a checksum; not always.
    pub(crate) repair: fn(&mut Vec<u8>, &mut Random),
    /// Reads a file, and uses what was read.
    pub read: fn(&[u8]) -> Reading,
}

/// Mends nothing.
pub fn leave(_: &mut Vec<u8>, _: &mut Random) {}
