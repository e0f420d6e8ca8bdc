//! Files compressed with gzip.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use thiserror::Error;

use super::file::MAX_FILE;

/// The most bytes that any file may inflate to: 4 MiB.
const MAX_INFLATED: u64 = 4 << 20;

/// The most bytes that a byte of a larger file may stand for. Sets of digits take 2 to 60, as numbers of 64 bits.
const MAX_RATIO: u64 = 200;

/// Why a file cannot be inflated.
#[derive(Debug, Error)]
pub enum GzipError {
    /// It inflates to too much.
    #[error("its {length} bytes inflate to more than {limit}; inflate it with gunzip if you trust it")]
    TooLarge {
        /// Bytes of the file.
        length: usize,
        /// The most bytes that are inflated.
        limit: u64,
    },
    /// It is damaged.
    #[error("it is compressed with gzip and damaged: {0}")]
    Damaged(#[from] io::Error),
}

/// Whether `bytes` begin like a file of gzip (RFC 1952).
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

/// Inflates a file.
///
/// # Errors
/// [`GzipError`] where it is damaged, or would inflate to more than its bound.
pub fn inflate(bytes: &[u8]) -> Result<Vec<u8>, GzipError> {
    let limit = (MAX_RATIO * bytes.len() as u64).clamp(MAX_INFLATED, MAX_FILE);
    let mut inflated = Vec::new();
    // One byte more tells what fits from what is cut off.
    MultiGzDecoder::new(bytes).take(limit + 1).read_to_end(&mut inflated)?;
    if inflated.len() as u64 > limit {
        return Err(GzipError::TooLarge { length: bytes.len(), limit });
    }
    Ok(inflated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::GzEncoder;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::new();
        GzEncoder::new(bytes, Compression::best()).read_to_end(&mut compressed).unwrap();
        compressed
    }

    #[test]
    fn files_of_one_part_or_several_are_inflated() {
        let text = b"to be inflated".repeat(1000);
        assert_eq!(inflate(&gzip(&text)).unwrap(), text);
        assert_eq!(inflate(&[gzip(b"one, "), gzip(b"two")].concat()).unwrap(), b"one, two");
        assert!(inflate(&gzip(&vec![0; MAX_INFLATED as usize])).is_ok());
    }

    #[test]
    fn what_inflates_to_too_much_is_refused_within_bounds() {
        let bomb = gzip(&vec![0; 2 * MAX_INFLATED as usize]);
        let limit = MAX_INFLATED;
        assert!(matches!(inflate(&bomb), Err(GzipError::TooLarge { limit: found, .. }) if found == limit));
    }

    #[test]
    fn damage_is_an_error() {
        let good = gzip(b"to be cut off");
        for end in 2..good.len() {
            assert!(matches!(inflate(&good[..end]), Err(GzipError::Damaged(_))), "{end}");
        }
        let mut wrong = good.clone();
        let end = wrong.len() - 6;
        wrong[end] ^= 1;
        assert!(matches!(inflate(&wrong), Err(GzipError::Damaged(_))), "the checksum");
    }
}
