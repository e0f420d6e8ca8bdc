//! Sets of images of one size.

use thiserror::Error;

use super::image_reading::{FULL, ImageReading};
use super::picture::{Digit, SIDE};
use super::raster::{MAX_PIXELS, MAX_SIDE, Raster};

/// Images of fewer pixels than this are small: as digits they take many times the memory that they take in the file.
const SMALL: u64 = 64;

/// The most small images in a set.
const MAX_SMALL: u64 = 1 << 16;

/// Why numbers are not a set of images, or cannot be read as ink.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ImageSetError {
    /// The images have no pixels, or too many.
    #[error(
        "images of {rows} x {columns} pixels cannot be read; give at least 1 x 1, at most {MAX_SIDE} on a side and \
         at most {MAX_PIXELS} in all"
    )]
    Sides {
        /// Rows of each image.
        rows: u64,
        /// Columns of each image.
        columns: u64,
    },
    /// There are too many images of a few pixels each.
    #[error(
        "there are {images} images of {rows} x {columns} pixels; of images below {SMALL} pixels at most {MAX_SMALL} are read"
    )]
    TooMany {
        /// Images in the set.
        images: u64,
        /// Rows of each image.
        rows: u64,
        /// Columns of each image.
        columns: u64,
    },
    /// The last image is cut off.
    #[error("{bytes} bytes are no whole number of images of {image} bytes")]
    Partial {
        /// Bytes given.
        bytes: usize,
        /// Bytes of an image.
        image: usize,
    },
    /// A value is infinite or not a number.
    #[error("image {image}, counted from 0, has a pixel that is {value}; pixels must be finite numbers")]
    NotFinite {
        /// Index of the image.
        image: usize,
        /// The value.
        value: f64,
    },
    /// The values are neither 0 to 1 nor 0 to 255.
    #[error(
        "the values of the pixels run from {} to {}, which is neither 0 to 1 nor 0 to 255; \
         say which value is paper and which is full ink",
        *least as f32,
        *largest as f32
    )]
    Range {
        /// The least value.
        least: f64,
        /// The largest value.
        largest: f64,
    },
}

/// The types of numbers that IDX files hold, big-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelType {
    /// Unsigned bytes, as in MNIST.
    U8,
    /// Signed bytes.
    I8,
    /// Signed numbers of 16 bits.
    I16,
    /// Signed numbers of 32 bits.
    I32,
    /// Floating-point numbers of 32 bits.
    F32,
    /// Floating-point numbers of 64 bits.
    F64,
}

impl PixelType {
    /// Bytes of a number.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            Self::U8 | Self::I8 => 1,
            Self::I16 => 2,
            Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// The numbers that `bytes` hold. Bytes of an incomplete number at the end are left out.
    pub(super) fn values(self, bytes: &[u8]) -> impl Iterator<Item = f64> + '_ {
        bytes.chunks_exact(self.width()).map(move |bytes| match (self, bytes) {
            (Self::U8, &[byte]) => byte.into(),
            (Self::I8, &[byte]) => byte.cast_signed().into(),
            (Self::I16, &[a, b]) => i16::from_be_bytes([a, b]).into(),
            (Self::I32, &[a, b, c, d]) => i32::from_be_bytes([a, b, c, d]).into(),
            (Self::F32, &[a, b, c, d]) => f32::from_be_bytes([a, b, c, d]).into(),
            (_, bytes) => bytes.first_chunk().map_or(f64::NAN, |&bytes| f64::from_be_bytes(bytes)),
        })
    }
}

/// Images of one size, as a file holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSet {
    rows: usize,
    columns: usize,
    pixel_type: PixelType,
    /// `[images, rows, columns]`, big-endian numbers of the type.
    bytes: Vec<u8>,
}

impl ImageSet {
    /// Takes images whose numbers are in `bytes`, `[images, rows, columns]`, big-endian.
    ///
    /// # Errors
    /// [`ImageSetError`] where the sides are out of their bounds, or the last image is cut off.
    pub fn new(
        rows: usize,
        columns: usize,
        pixel_type: PixelType,
        bytes: Vec<u8>,
    ) -> Result<Self, ImageSetError> {
        Self::check(0, rows as u64, columns as u64)?;
        let image = rows * columns * pixel_type.width();
        Self::check((bytes.len() / image) as u64, rows as u64, columns as u64)?;
        if !bytes.len().is_multiple_of(image) {
            return Err(ImageSetError::Partial { bytes: bytes.len(), image });
        }
        Ok(Self { rows, columns, pixel_type, bytes })
    }

    /// Checks the sides of images, and their number.
    pub(super) fn check(images: u64, rows: u64, columns: u64) -> Result<(), ImageSetError> {
        let pixels = rows.saturating_mul(columns);
        if pixels == 0 || pixels > MAX_PIXELS as u64 || rows.max(columns) > MAX_SIDE as u64 {
            return Err(ImageSetError::Sides { rows, columns });
        }
        if pixels < SMALL && images > MAX_SMALL {
            return Err(ImageSetError::TooMany { images, rows, columns });
        }
        Ok(())
    }

    /// Bytes of an image, at least 1.
    fn stride(&self) -> usize {
        self.rows * self.columns * self.pixel_type.width()
    }

    /// Number of images.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len() / self.stride()
    }

    /// Whether there are no images.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Rows and columns of each image.
    #[must_use]
    pub fn sides(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    /// Takes signed bytes as unsigned ones where they must have been that: the most frequent value, which is paper, is 0, and
    /// there are values below it. A writer that marks unsigned bytes as signed makes such files: ink above 127 becomes
    /// negative. Returns whether it did.
    pub fn take_wrapped_bytes_as_unsigned(&mut self) -> bool {
        if self.pixel_type != PixelType::I8 {
            return false;
        }
        let mut counts = [0_u64; 256];
        self.bytes.iter().for_each(|&byte| counts[usize::from(byte)] += 1);
        let wrapped =
            counts[0] == counts.into_iter().fold(0, u64::max) && counts[128..].iter().any(|&n| n > 0);
        if wrapped {
            self.pixel_type = PixelType::U8;
        }
        wrapped
    }

    /// Leaves only the first `count` images.
    pub fn truncate(&mut self, count: usize) {
        self.bytes.truncate(count.saturating_mul(self.stride()));
    }

    /// The least and the largest value of all pixels; 0 and 0 where there are none.
    ///
    /// # Errors
    /// [`ImageSetError::NotFinite`] where a value is infinite or not a number.
    pub fn extremes(&self) -> Result<(f64, f64), ImageSetError> {
        let values = || self.pixel_type.values(&self.bytes);
        if let Some(at) = values().position(|value| !value.is_finite()) {
            let value = values().nth(at).unwrap_or(f64::NAN);
            return Err(ImageSetError::NotFinite { image: at / (self.rows * self.columns), value });
        }
        let extremes = values().fold(None, |extremes, value| match extremes {
            None => Some((value, value)),
            Some((least, largest)) => Some((value.min(least), value.max(largest))),
        });
        Ok(extremes.unwrap_or((0.0, 0.0)))
    }

    /// How the values are read where nobody says more: from 0 for paper to 255 for full ink, or to 1 where no value is
    /// larger than 1. In 256 levels of ink, a set of images with levels 0 and 1 only would be blank to the eye.
    ///
    /// # Errors
    /// [`ImageSetError`] where a value is below 0 or above 255, or not finite.
    pub fn usual_reading(&self) -> Result<ImageReading, ImageSetError> {
        let (least, largest) = self.extremes()?;
        if least < 0.0 || largest > FULL {
            return Err(ImageSetError::Range { least, largest });
        }
        let ink = if largest > 0.0 && largest <= 1.0 { 1.0 } else { FULL };
        Ok(ImageReading { ink, ..ImageReading::MNIST })
    }

    /// The images as digits. Images of 28 x 28 pixels are taken unchanged. Images of any other size are
    /// cropped, fitted and centred. A blank image gives `None`.
    pub fn digits(&self, reading: &ImageReading) -> impl Iterator<Item = Option<Digit>> + '_ {
        self.digits_with_side(reading, SIDE)
    }

    /// The images as digits of `side` x `side` pixels. Images of this size are taken unchanged. Images of 28 x 28 pixels
    /// reach another size by area means: see [`Digit::resized`]. Images of any other size are cropped, fitted and
    /// centred. A blank image gives `None`.
    pub fn digits_with_side(
        &self,
        reading: &ImageReading,
        side: usize,
    ) -> impl Iterator<Item = Option<Digit>> + '_ {
        let reading = *reading;
        let of_byte: [u8; 256] = std::array::from_fn(|byte| reading.ink_of(byte as f64));
        self.bytes.chunks_exact(self.stride()).map(move |bytes| {
            let ink = match self.pixel_type {
                PixelType::U8 => bytes.iter().map(|&byte| of_byte[usize::from(byte)]).collect(),
                other => other.values(bytes).map(|value| reading.ink_of(value)).collect(),
            };
            let (ink, rows, columns) = reading.arrange(ink, self.rows, self.columns);
            if rows == columns && [side, SIDE].contains(&rows) {
                let digit = Digit::from_square(&ink).ok()??;
                if rows == side { Some(digit) } else { digit.resized(side) }
            } else {
                let ink = ink.into_iter().map(|ink| f32::from(ink) / 255.0).collect();
                Digit::from_raster_with_side(&Raster::from_ink(columns, rows, ink).ok()?, side)
            }
        })
    }

    /// The images at these indices. Indices beyond the last image are left out.
    #[must_use]
    pub fn pick(&self, indices: &[usize]) -> Self {
        let stride = self.stride();
        let images = indices.iter().filter_map(|&index| self.bytes.chunks_exact(stride).nth(index));
        Self { bytes: images.flatten().copied().collect(), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;

    #[test]
    fn images_of_28_x_28_pixels_are_taken_unchanged() {
        let mut data = vec![0; 2 * PIXELS];
        data[5] = 200;
        let set = ImageSet::new(28, 28, PixelType::U8, data).unwrap();
        let digits: Vec<_> = set.digits(&ImageReading::MNIST).collect();
        assert_eq!(digits[0].as_ref().unwrap().ink()[5], 200);
        assert_eq!(digits[1], None);
    }

    #[test]
    fn images_reach_the_size_of_the_network() {
        let set = |side: usize| {
            let data = (0..side * side).map(|i| (i * 7 % 256) as u8).collect();
            ImageSet::new(side, side, PixelType::U8, data).unwrap()
        };
        let of = |side: usize, to: usize| {
            set(side).digits_with_side(&ImageReading::MNIST, to).next().unwrap().unwrap()
        };
        assert_eq!(of(14, 14).ink(), (0..196).map(|i| (i * 7 % 256) as u8).collect::<Vec<_>>());
        assert_eq!(of(28, 14), of(28, 28).resized(14).unwrap());
        assert_eq!((of(20, 14).side(), of(20, 64).side()), (14, 64));
    }

    #[test]
    fn images_of_other_sizes_are_fitted() {
        let mut data = vec![0; 12 * 40];
        data[3 * 40 + 30] = 255;
        let set = ImageSet::new(12, 40, PixelType::U8, data).unwrap();
        let digit = set.digits(&ImageReading::MNIST).next().unwrap().unwrap();
        assert_eq!(digit.ink()[14 * SIDE + 14], 255, "one pixel becomes a centred square");
    }

    #[test]
    fn every_type_of_number_gives_the_same_ink() {
        let ink: Vec<u8> = (0..PIXELS).map(|i| (i * 37 % 256) as u8).collect();
        let digit = Digit::from_ink(&ink.clone().try_into().unwrap());
        let read = |pixel_type, bytes: Vec<u8>, paper: f64, full: f64| {
            let set = ImageSet::new(28, 28, pixel_type, bytes).unwrap();
            set.digits(&ImageReading { paper, ink: full, ..ImageReading::MNIST }).next().unwrap()
        };
        let numbers = |write: &dyn Fn(u8) -> Vec<u8>| ink.iter().flat_map(|&ink| write(ink)).collect();
        let shifted = numbers(&|ink| vec![ink.wrapping_sub(128)]);
        assert_eq!(read(PixelType::I8, shifted, -128.0, 127.0), digit);
        let shorts = numbers(&|ink| (i16::from(ink) * 16).to_be_bytes().to_vec());
        assert_eq!(read(PixelType::I16, shorts, 0.0, 4080.0), digit);
        let longs = numbers(&|ink| i32::from(ink).to_be_bytes().to_vec());
        assert_eq!(read(PixelType::I32, longs, 0.0, 255.0), digit);
        let floats = numbers(&|ink| (f32::from(ink) / 255.0).to_be_bytes().to_vec());
        assert_eq!(read(PixelType::F32, floats, 0.0, 1.0), digit);
        let doubles = numbers(&|ink| (1.0 - f64::from(ink) / 127.5).to_be_bytes().to_vec());
        assert_eq!(read(PixelType::F64, doubles, 1.0, -1.0), digit);
    }

    #[test]
    fn signed_bytes_are_unsigned_where_paper_lies_between_the_values() {
        let set = |bytes: &[u8]| ImageSet::new(1, bytes.len(), PixelType::I8, bytes.to_vec()).unwrap();
        let mut wrapped = set(&[0, 0, 0, 200, 255, 90]);
        assert!(wrapped.take_wrapped_bytes_as_unsigned());
        assert_eq!(wrapped.extremes(), Ok((0.0, 255.0)));
        // Values moved down by 128, and values that fit.
        assert!(!set(&[128, 128, 128, 0, 127, 5]).take_wrapped_bytes_as_unsigned());
        assert!(!set(&[0, 0, 0, 100, 127, 90]).take_wrapped_bytes_as_unsigned());
    }

    #[test]
    fn the_usual_reading_follows_from_the_largest_value() {
        let of = |values: &[f32]| {
            let bytes = values.iter().flat_map(|value| value.to_be_bytes()).collect();
            ImageSet::new(1, values.len(), PixelType::F32, bytes).unwrap().usual_reading()
        };
        let full = |values: &[f32]| of(values).unwrap().ink;
        assert_eq!([full(&[0.0, 255.0]), full(&[0.0, 2.0]), full(&[0.0, 0.0])], [255.0; 3]);
        assert_eq!([full(&[0.0, 1.0]), full(&[0.0, 0.25])], [1.0; 2]);
        assert_eq!(of(&[-1.0, 1.0]), Err(ImageSetError::Range { least: -1.0, largest: 1.0 }));
        assert_eq!(of(&[0.0, 4095.0]), Err(ImageSetError::Range { least: 0.0, largest: 4095.0 }));
        for wrong in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let found = of(&[0.0, wrong]);
            assert!(matches!(found, Err(ImageSetError::NotFinite { image: 0, .. })), "{found:?}");
        }
    }

    #[test]
    fn images_are_picked_and_cut_off_by_index() {
        let mut set = ImageSet::new(1, 2, PixelType::U8, vec![0, 1, 2, 3, 4, 5]).unwrap();
        assert_eq!(set.pick(&[2, 0, 9]).bytes, [4, 5, 0, 1]);
        set.truncate(2);
        assert_eq!((set.len(), set.sides()), (2, (1, 2)));
        set.truncate(usize::MAX);
        assert_eq!(set.len(), 2);
    }

    #[test]
    fn sides_are_bounded() {
        let new = |rows, columns, bytes| ImageSet::new(rows, columns, PixelType::U8, vec![0; bytes]);
        for (rows, columns) in [(0, 28), (28, 0), (1, 65_536), (65_500, 65_500), (usize::MAX, usize::MAX)] {
            assert!(matches!(new(rows, columns, 9), Err(ImageSetError::Sides { .. })), "{rows} x {columns}");
        }
        assert_eq!(new(2, 3, 7), Err(ImageSetError::Partial { bytes: 7, image: 6 }));
        // A digit takes 784 bytes, and so many of them more than the file a hundred times over.
        let many = new(2, 3, 65_537 * 6);
        assert_eq!(many, Err(ImageSetError::TooMany { images: 65_537, rows: 2, columns: 3 }));
    }
}
