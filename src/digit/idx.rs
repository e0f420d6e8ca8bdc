//! The IDX files that MNIST is stored in (Y. LeCun, C. Cortes and C. Burges, "The MNIST database
//! of handwritten digits", section "File formats"): a big-endian header, then numbers.

use thiserror::Error;

use super::images::{ImageSet, ImageSetError, PixelType};
use super::picture::SIDES;

/// The most dimensions that images have: image, row, column and colour.
const MAX_DIMENSIONS: usize = 4;

/// Columns of QMNIST's labels. The first is the class; the others say who wrote the digit (C. Yadav and L. Bottou, "Cold
/// Case: The Lost MNIST Digits", 2019).
const QMNIST_COLUMNS: u32 = 8;

/// Why bytes cannot be read as IDX.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum IdxError {
    /// The file does not begin like an IDX file.
    #[error("not an IDX file: it begins with {found:#010x}, and not with two zeros and a type of numbers")]
    Magic {
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
    /// The numbers do not have the shape of images, or of labels.
    #[error("not an IDX file of {expected}: it has {found}; {expected} have the shape {shape}")]
    Shape {
        /// The kind of file that was expected.
        expected: &'static str,
        /// Shapes of such files.
        shape: &'static str,
        /// The shape of this file.
        found: String,
    },
    /// The images cannot be read.
    #[error(transparent)]
    Images(#[from] ImageSetError),
    /// The file's length is not what its header says.
    #[error("the header asks for {expected} bytes of data, but {found} follow")]
    Length {
        /// Bytes that the header asks for.
        expected: u64,
        /// Bytes that follow the header.
        found: u64,
    },
    /// A number is not a label.
    #[error("label {index}, counted from 0, is {value}; labels are whole numbers from 0 to 255")]
    Label {
        /// Index of the label.
        index: usize,
        /// Its value.
        value: f64,
    },
}

/// Whether `bytes` begin like an IDX file.
#[must_use]
pub fn is_idx(bytes: &[u8]) -> bool {
    matches!(*bytes, [0, 0, pixel_type, dimensions, ..] if type_of(pixel_type).is_some() && dimensions > 0)
}

fn type_of(byte: u8) -> Option<PixelType> {
    match byte {
        0x08 => Some(PixelType::U8),
        0x09 => Some(PixelType::I8),
        0x0b => Some(PixelType::I16),
        0x0c => Some(PixelType::I32),
        0x0d => Some(PixelType::F32),
        0x0e => Some(PixelType::F64),
        _ => None,
    }
}

impl ImageSet {
    /// Reads an IDX file of images, with numbers of any type. Its shape is `[images, rows, columns]`; another dimension
    /// of 1 is allowed, and so are `[images, pixels]` for square images of at least 8 x 8.
    ///
    /// # Errors
    /// [`IdxError`] where the header or the length is wrong.
    pub fn from_idx(bytes: &[u8]) -> Result<Self, IdxError> {
        let (pixel_type, dimensions, data) = split(bytes)?;
        let (images, rows, columns) = match *dimensions {
            [images, rows, columns] | [images, 1, rows, columns] | [images, rows, columns, 1] => {
                (images, rows, columns)
            }
            [images, pixels] if is_square(pixels) => (images, pixels.isqrt(), pixels.isqrt()),
            _ => {
                let shape = "[images, rows, columns], with one number for each pixel";
                return Err(IdxError::Shape { expected: "images", shape, found: shape_of(&dimensions) });
            }
        };
        Self::check(images.into(), rows.into(), columns.into())?;
        // At most 2^32 images of 2^26 pixels of 8 bytes: fits in 64 bits.
        let pixels = u64::from(images) * u64::from(rows) * u64::from(columns);
        check_length(pixels * pixel_type.width() as u64, data)?;
        Ok(Self::new(rows as usize, columns as usize, pixel_type, data.to_vec())?)
    }
}

/// Reads the labels of an IDX file, with numbers of any type. Its shape is `[labels]`, or `[labels, 8]` as in QMNIST,
/// where the first of eight columns is the label.
///
/// # Errors
/// [`IdxError`] where the header or the length is wrong, or a number is not a whole one from 0 to 255.
pub fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, IdxError> {
    let (pixel_type, dimensions, data) = split(bytes)?;
    let (labels, columns) = match *dimensions {
        [labels] => (labels, 1),
        [labels, columns @ (1 | QMNIST_COLUMNS)] => (labels, columns),
        _ => {
            let shape = "[labels], or [labels, 8] in QMNIST";
            return Err(IdxError::Shape { expected: "labels", shape, found: shape_of(&dimensions) });
        }
    };
    check_length(u64::from(labels) * u64::from(columns) * pixel_type.width() as u64, data)?;
    let label = |(index, value): (usize, f64)| {
        let label = value as u8;
        if f64::from(label) == value { Ok(label) } else { Err(IdxError::Label { index, value }) }
    };
    pixel_type.values(data).step_by(columns as usize).enumerate().map(label).collect()
}

fn is_square(pixels: u32) -> bool {
    pixels.isqrt().pow(2) == pixels && pixels.isqrt() as usize >= *SIDES.start()
}

/// A shape in words, whose length does not grow with the file.
fn shape_of(dimensions: &[u32]) -> String {
    match *dimensions {
        [] => "no dimensions".into(),
        _ => format!("the shape {dimensions:?}"),
    }
}

/// Splits off the header: the type of the numbers, and the dimensions.
fn split(bytes: &[u8]) -> Result<(PixelType, Vec<u32>, &[u8]), IdxError> {
    let number = |i: usize| bytes.get(4 * i..)?.first_chunk().map(|&word| u32::from_be_bytes(word));
    let needs = |expected: usize| IdxError::Header { expected, found: bytes.len() };
    let magic = number(0).ok_or(needs(4))?;
    let [0, 0, pixel_type, count] = magic.to_be_bytes() else {
        return Err(IdxError::Magic { found: magic });
    };
    let pixel_type = type_of(pixel_type).ok_or(IdxError::Magic { found: magic })?;
    let count = usize::from(count);
    if count > MAX_DIMENSIONS {
        let shape = "[images, rows, columns] or [labels]";
        let found = format!("{count} dimensions");
        return Err(IdxError::Shape { expected: "images or labels", shape, found });
    }
    let length = 4 * (count + 1);
    let data = bytes.get(length..).ok_or(needs(length))?;
    Ok((pixel_type, (1..=count).filter_map(number).collect(), data))
}

fn check_length(expected: u64, data: &[u8]) -> Result<(), IdxError> {
    let found = data.len() as u64;
    if found == expected { Ok(()) } else { Err(IdxError::Length { expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::{ImageReading, PIXELS};

    fn idx(magic: u32, dimensions: &[u32], data: &[u8]) -> Vec<u8> {
        let numbers = [magic].into_iter().chain(dimensions.iter().copied());
        numbers.flat_map(u32::to_be_bytes).chain(data.iter().copied()).collect()
    }

    #[test]
    fn images_are_read_in_every_shape_that_they_have() {
        let data: Vec<u8> = (0..2 * PIXELS).map(|i| (i % 251) as u8).collect();
        let shapes: [&[u32]; 4] = [&[2, 28, 28], &[2, 1, 28, 28], &[2, 28, 28, 1], &[2, 784]];
        for shape in shapes {
            let set = ImageSet::from_idx(&idx(0x800 + shape.len() as u32, shape, &data)).unwrap();
            assert_eq!((set.len(), set.sides()), (2, (28, 28)), "{shape:?}");
            let ink = set.digits(&ImageReading::MNIST).flatten().flat_map(|digit| digit.ink().to_vec());
            assert_eq!(ink.collect::<Vec<_>>(), data, "{shape:?}");
        }
        let colour = ImageSet::from_idx(&idx(0x804, &[1, 28, 28, 3], &[0; 3 * PIXELS]));
        assert!(colour.unwrap_err().to_string().contains("[1, 28, 28, 3]"));
    }

    #[test]
    fn labels_are_numbers_of_any_type() {
        let labels = |magic, shape: &[u32], data: &[u8]| read_labels(&idx(magic, shape, data));
        assert_eq!(labels(0x801, &[3], &[7, 2, 1]), Ok(vec![7, 2, 1]));
        assert_eq!(labels(0x901, &[2], &[7, 2]), Ok(vec![7, 2]));
        assert_eq!(labels(0xb01, &[2], &[0, 7, 0, 2]), Ok(vec![7, 2]));
        assert_eq!(labels(0xd01, &[1], &3.0_f32.to_be_bytes()), Ok(vec![3]));
        let qmnist: Vec<u8> = [5, 9, 9, 9, 9, 9, 9, 300, 4, 0, 0, 0, 0, 0, 0, -1]
            .iter()
            .flat_map(|&number: &i32| number.to_be_bytes())
            .collect();
        assert_eq!(labels(0xc02, &[2, 8], &qmnist), Ok(vec![5, 4]));
        assert_eq!(labels(0x901, &[2], &[7, 255]), Err(IdxError::Label { index: 1, value: -1.0 }));
        assert_eq!(labels(0xb01, &[1], &[1, 0]), Err(IdxError::Label { index: 0, value: 256.0 }));
        assert_eq!(
            labels(0xd01, &[1], &0.5_f32.to_be_bytes()),
            Err(IdxError::Label { index: 0, value: 0.5 })
        );
    }

    #[test]
    fn errors_name_the_damage() {
        let good = idx(0x803, &[1, 2, 2], &[0; 4]);
        for end in 0..good.len() {
            let cut = ImageSet::from_idx(&good[..end]);
            assert!(matches!(cut, Err(IdxError::Header { .. } | IdxError::Length { .. })), "{end}: {cut:?}");
        }
        assert!(!is_idx(&good[..3]) && is_idx(&good));
        for magic in [b"\x1f\x8b\x08\0", b"\0\0\x07\x03", b"\0\x01\x08\x03", b"\0\0\x0a\x01"] {
            assert!(matches!(ImageSet::from_idx(&magic[..]), Err(IdxError::Magic { .. })), "{magic:?}");
        }
        assert!(matches!(read_labels(&good), Err(IdxError::Shape { expected: "labels", .. })));
        let labels = ImageSet::from_idx(&idx(0x801, &[2], &[0, 1])).unwrap_err().to_string();
        assert!(labels.starts_with("not an IDX file of images: it has the shape [2]"), "{labels}");
        let deep = ImageSet::from_idx(&idx(0x8ff, &[1; 255], &[0])).unwrap_err().to_string();
        assert!(deep.contains("255 dimensions"), "{deep}");
        let huge = ImageSet::from_idx(&idx(0xe03, &[u32::MAX; 3], &[]));
        assert!(matches!(huge, Err(IdxError::Images(ImageSetError::Sides { .. }))), "{huge:?}");
        let many = ImageSet::from_idx(&idx(0xe03, &[u32::MAX, 8192, 8192], &[0; 9]));
        assert!(matches!(many, Err(IdxError::Length { found: 9, .. })), "{many:?}");
        let none = ImageSet::from_idx(&idx(0x803, &[0, 0, 28], &[]));
        assert!(matches!(none, Err(IdxError::Images(ImageSetError::Sides { .. }))), "{none:?}");
    }
}
