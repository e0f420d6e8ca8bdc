//! The IDX files that MNIST is stored in (Y. LeCun, C. Cortes and C. Burges, "The MNIST database
//! of handwritten digits", section "File formats"): a big-endian header, then bytes.

use thiserror::Error;

use super::picture::{Digit, PIXELS, SIDE};
use super::raster::{MAX_PIXELS, MAX_SIDE, Raster};

/// Images of fewer pixels than this are small: as digits they take many times the memory that they take in the file.
const SMALL: u64 = 64;

/// The most small images in a file.
const MAX_SMALL: u32 = 1 << 16;

const IMAGES: u32 = 0x0000_0803;
const LABELS: u32 = 0x0000_0801;

/// Why bytes cannot be read as IDX.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdxError {
    /// The file does not begin with the magic number of this kind of IDX file.
    #[error("not an IDX file of {expected}: it begins with {found:#010x}, not {magic:#010x}")]
    Magic {
        /// The kind of file that was expected.
        expected: &'static str,
        /// The magic number of such files.
        magic: u32,
        /// The number that this file begins with.
        found: u32,
    },
    /// The file ends within its header.
    #[error("an IDX header of {expected} bytes is needed, but the file ends after {found}")]
    Header {
        /// Bytes of the header.
        expected: usize,
        /// Bytes of the file.
        found: usize,
    },
    /// The images have no pixels, or too many.
    #[error(
        "images of {rows} x {columns} pixels cannot be read; give at least 1 x 1, at most {MAX_SIDE} on a side and \
         at most {MAX_PIXELS} in all"
    )]
    Sides {
        /// Rows of each image.
        rows: u32,
        /// Columns of each image.
        columns: u32,
    },
    /// There are too many images of a few pixels each.
    #[error(
        "there are {images} images of {rows} x {columns} pixels; of images below {SMALL} pixels at most {MAX_SMALL} are read"
    )]
    TooMany {
        /// Images in the file.
        images: u32,
        /// Rows of each image.
        rows: u32,
        /// Columns of each image.
        columns: u32,
    },
    /// The file's length is not what its header says.
    #[error("the header asks for {expected} bytes of data, but {found} follow")]
    Length {
        /// Bytes that the header asks for.
        expected: u64,
        /// Bytes that follow the header.
        found: u64,
    },
}

/// The images of an IDX file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdxImages {
    rows: usize,
    columns: usize,
    /// Ink, `[images, rows, columns]`: 0 is paper, 255 full ink.
    pixels: Vec<u8>,
}

impl IdxImages {
    /// Reads a file of unsigned bytes in three dimensions: images, rows, columns.
    ///
    /// # Errors
    /// [`IdxError`] where the header or the length is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, IdxError> {
        let ([images, rows, columns], data) = split(bytes, "images", IMAGES)?;
        let pixels = u64::from(rows) * u64::from(columns);
        if pixels == 0 || pixels > MAX_PIXELS as u64 || rows.max(columns) as usize > MAX_SIDE {
            return Err(IdxError::Sides { rows, columns });
        }
        if pixels < SMALL && images > MAX_SMALL {
            return Err(IdxError::TooMany { images, rows, columns });
        }
        // At most 2^32 images of 2^26 pixels: fits in 64 bits.
        check_length(u64::from(images) * pixels, data)?;
        Ok(Self { rows: rows as usize, columns: columns as usize, pixels: data.to_vec() })
    }

    /// Number of images.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pixels.len() / (self.rows * self.columns)
    }

    /// Whether there are no images.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pixels.is_empty()
    }

    /// The images as digits. Images of 28 x 28 pixels are taken unchanged. Images of any other size are
    /// cropped, fitted and centred. A blank image gives `None`.
    pub fn digits(&self) -> impl Iterator<Item = Option<Digit>> + '_ {
        self.pixels.chunks_exact(self.rows * self.columns).map(|pixels| {
            if (self.rows, self.columns) == (SIDE, SIDE) {
                <&[u8; PIXELS]>::try_from(pixels).ok().and_then(Digit::from_ink)
            } else {
                let ink = pixels.iter().map(|&ink| f32::from(ink) / 255.0).collect();
                let raster = Raster::from_ink(self.columns, self.rows, ink).ok()?;
                Digit::from_raster(&raster)
            }
        })
    }
}

/// Reads the labels of an IDX file: unsigned bytes in one dimension.
///
/// # Errors
/// [`IdxError`] where the header or the length is wrong.
pub fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, IdxError> {
    let ([labels], data) = split(bytes, "labels", LABELS)?;
    check_length(u64::from(labels), data)?;
    Ok(data.to_vec())
}

/// Splits off the header: the magic number, then `N` dimensions.
fn split<'a, const N: usize>(
    bytes: &'a [u8],
    expected: &'static str,
    magic: u32,
) -> Result<([u32; N], &'a [u8]), IdxError> {
    let number = |i: usize| bytes.get(4 * i..)?.first_chunk().map(|&word| u32::from_be_bytes(word));
    if let Some(found) = number(0)
        && found != magic
    {
        return Err(IdxError::Magic { expected, magic, found });
    }
    let length = 4 * (N + 1);
    let data = bytes.get(length..).ok_or(IdxError::Header { expected: length, found: bytes.len() })?;
    Ok((std::array::from_fn(|i| number(i + 1).unwrap_or(0)), data))
}

fn check_length(expected: u64, data: &[u8]) -> Result<(), IdxError> {
    let found = data.len() as u64;
    if found == expected { Ok(()) } else { Err(IdxError::Length { expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(count: u32, rows: u32, columns: u32, data: &[u8]) -> Vec<u8> {
        let header = [IMAGES, count, rows, columns].map(u32::to_be_bytes).concat();
        [header.as_slice(), data].concat()
    }

    #[test]
    fn images_of_28_x_28_pixels_are_taken_unchanged() {
        let mut data = vec![0; 2 * PIXELS];
        data[5] = 200;
        let digits: Vec<_> = IdxImages::read(&images(2, 28, 28, &data)).unwrap().digits().collect::<Vec<_>>();
        assert_eq!(digits[0].as_ref().unwrap().ink()[5], 200);
        assert_eq!(digits[1], None);
    }

    #[test]
    fn images_of_other_sizes_are_fitted() {
        let mut data = vec![0; 12 * 40];
        data[3 * 40 + 30] = 255;
        let file = IdxImages::read(&images(1, 12, 40, &data)).unwrap();
        let digit = file.digits().next().unwrap().unwrap();
        assert_eq!(digit.ink()[14 * SIDE + 14], 255, "one pixel becomes a centred square");
    }

    #[test]
    fn labels_are_bytes() {
        let bytes = [LABELS.to_be_bytes(), 3u32.to_be_bytes()].concat();
        assert_eq!(read_labels(&[bytes.as_slice(), &[7, 2, 1]].concat()), Ok(vec![7, 2, 1]));
    }

    #[test]
    fn errors_name_the_damage() {
        let good = images(1, 2, 2, &[0; 4]);
        for end in 0..good.len() {
            let cut = IdxImages::read(&good[..end]);
            assert!(matches!(cut, Err(IdxError::Header { .. } | IdxError::Length { .. })), "{end}: {cut:?}");
        }
        assert!(matches!(IdxImages::read(b"\x1f\x8b\x08\x00zip"), Err(IdxError::Magic { .. })));
        assert!(matches!(read_labels(&good), Err(IdxError::Magic { expected: "labels", .. })));
        let huge = images(u32::MAX, u32::MAX, u32::MAX, &[]);
        assert!(matches!(IdxImages::read(&huge), Err(IdxError::Sides { .. })));
        let many = images(u32::MAX, 8192, 8192, &[0; 9]);
        assert!(matches!(IdxImages::read(&many), Err(IdxError::Length { found: 9, .. })));
        assert!(matches!(IdxImages::read(&images(0, 0, 28, &[])), Err(IdxError::Sides { .. })));
        let thin = images(0, 1, 65_536, &[]);
        assert!(matches!(IdxImages::read(&thin), Err(IdxError::Sides { columns: 65_536, .. })));
        // A digit takes 784 bytes, and so many of them more than the file a hundred times over.
        let dots = images(65_537, 2, 3, &[0; 65_537 * 6]);
        assert!(matches!(IdxImages::read(&dots), Err(IdxError::TooMany { images: 65_537, .. })));
    }
}
