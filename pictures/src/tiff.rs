//! TIFF files, which scanners write and no browser but Safari shows.

use std::io::Cursor;

use thiserror::Error;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use crate::orientation::{Orientation, read_pixels};
use crate::picture::Picture;
use crate::shrink::{Reader, ReaderError};

/// The most bytes that decoding a picture may take: 48 MiB, 16 megapixels in colour.
pub const MAX_DECODED: u64 = 48 << 20;

/// The most bytes that it may take per byte of the file, for larger pictures.
pub const MAX_RATIO: u64 = 200;

/// The most bytes that the decoder may allocate for a tag, and beside the pixels for a strip of them.
const MAX_EXTRA: usize = 8 << 20;

/// Why a TIFF file is not a picture that can be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TiffReadError {
    /// It has no pixels, or too many.
    #[error(transparent)]
    Sides(#[from] ReaderError),
    /// Its file is small for so many pixels.
    #[error(
        "its {width} x {height} pixels take {needed} bytes, too many for a file of {length}; give it fewer pixels"
    )]
    TooDense {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Bytes that its pixels take.
        needed: u64,
        /// Bytes of the file.
        length: u64,
    },
    /// Its colours are of a kind that is not read.
    #[error("it is a TIFF file of the colours {0}, which are not read; save it in grey or RGB, or as PNG")]
    Colours(String),
    /// It is damaged, or compressed in a way that is not read.
    #[error("it is a TIFF file that cannot be decoded: {0}")]
    Decoder(#[from] TiffError),
}

/// Reads the first picture of a TIFF file, turned as the file says, and looks for digits in it: grey or RGB, with or without
/// opacity, or CMYK, of 8, 16 or 32 bits, or of one bit; not compressed, or with PackBits, LZW or Deflate.
///
/// # Errors
/// [`TiffReadError`] where it is damaged, of another kind, or too large.
pub fn read_tiff(bytes: &[u8]) -> Result<Picture, TiffReadError> {
    let mut limits = Limits::default();
    limits.ifd_value_size = MAX_EXTRA;
    limits.intermediate_buffer_size = MAX_EXTRA;
    let mut decoder = Decoder::new(Cursor::new(bytes))?.with_limits(limits.clone());
    let (width, height) = decoder.dimensions()?;
    let colours = decoder.colortype()?;
    let samples = samples_of(colours).ok_or_else(|| TiffReadError::Colours(format!("{colours:?}")))?;
    // Checks the sides.
    Reader::new(width as usize, height as usize)?;
    let per_sample = u64::from(colours.bit_depth()).div_ceil(8);
    let needed = u64::from(width) * u64::from(height) * samples as u64 * per_sample;
    let length = bytes.len() as u64;
    // Twice, because a strip of an uncompressed file may be all of it.
    if 2 * needed > MAX_DECODED + MAX_RATIO * length {
        return Err(TiffReadError::TooDense { width, height, needed, length });
    }
    limits.decoding_buffer_size = needed as usize;
    limits.intermediate_buffer_size = MAX_EXTRA + needed as usize;
    let mut decoder = decoder.with_limits(limits);
    let orientation = decoder.find_tag(Tag::Orientation)?.and_then(|tag| tag.into_u32().ok()).unwrap_or(1);
    let decoded = Samples::new(decoder.read_image()?, colours.bit_depth());
    let sides = [width as usize, height as usize];
    let [width, count] = [sides[0], samples];
    let sample = |x: usize, y: usize, i: usize| decoded.at(width, y, x * count + i, count);
    let pixel = |x: usize, y: usize| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|i| if i < count { sample(x, y, i) } else { 255 });
        match colours {
            ColorType::Gray(_) => [a, a, a, 255],
            ColorType::GrayA(_) => [a, a, a, b],
            ColorType::CMYK(_) => {
                let light = |ink: u8| ((255 - u16::from(ink)) * (255 - u16::from(d)) / 255) as u8;
                [light(a), light(b), light(c), 255]
            }
            _ => [a, b, c, d],
        }
    };
    Ok(read_pixels(sides, Orientation::from_tag(orientation), pixel)?)
}

/// Values of a pixel; `None` for colours that are not read.
fn samples_of(colours: ColorType) -> Option<usize> {
    match colours {
        ColorType::Gray(1 | 8 | 16 | 32) => Some(1),
        ColorType::GrayA(8 | 16 | 32) => Some(2),
        ColorType::RGB(8 | 16 | 32) => Some(3),
        ColorType::RGBA(8 | 16 | 32) | ColorType::CMYK(8 | 16) => Some(4),
        _ => None,
    }
}

/// The values of a picture.
struct Samples {
    decoded: DecodingResult,
    one_bit: bool,
}

impl Samples {
    fn new(decoded: DecodingResult, bits: u8) -> Self {
        Self { decoded, one_bit: bits == 1 }
    }

    /// The value at an index of a row as 0..=255; 0 beyond the end, where the decoder gave fewer than it announced.
    fn at(&self, width: usize, row: usize, index: usize, samples: usize) -> u8 {
        if self.one_bit {
            let DecodingResult::U8(bytes) = &self.decoded else { return 0 };
            // Rows begin at whole bytes, the highest bit first.
            let byte = bytes.get(row * width.div_ceil(8) + index / 8).copied().unwrap_or(0);
            return if byte >> (7 - index % 8) & 1 == 1 { 255 } else { 0 };
        }
        let i = row * width * samples + index;
        let unit = |value: f64| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        match &self.decoded {
            DecodingResult::U8(values) => values.get(i).copied(),
            DecodingResult::U16(values) => values.get(i).map(|value| (value >> 8) as u8),
            DecodingResult::U32(values) => values.get(i).map(|value| (value >> 24) as u8),
            DecodingResult::F32(values) => values.get(i).map(|&value| unit(f64::from(value))),
            DecodingResult::F64(values) => values.get(i).map(|&value| unit(value)),
            _ => None,
        }
        .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiff::encoder::{TiffEncoder, colortype};

    const SIDES: [usize; 2] = [30, 40];

    /// White paper with a dark 7.
    fn seven(x: usize, y: usize) -> u8 {
        let bar = (8..22).contains(&x) && (6..10).contains(&y);
        let stem = (18..22).contains(&x) && (6..34).contains(&y);
        if bar || stem { 25 } else { 245 }
    }

    fn values() -> Vec<u8> {
        (0..SIDES[0] * SIDES[1]).map(|i| seven(i % SIDES[0], i / SIDES[0])).collect()
    }

    fn encoded<C: colortype::ColorType>(values: &[C::Inner], orientation: Option<u16>) -> Vec<u8>
    where
        [C::Inner]: tiff::encoder::TiffValue,
    {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).unwrap();
        let mut image = encoder.new_image::<C>(SIDES[0] as u32, SIDES[1] as u32).unwrap();
        if let Some(value) = orientation {
            image.encoder().write_tag(Tag::Orientation, value).unwrap();
        }
        image.write_data(values).unwrap();
        file.into_inner()
    }

    #[test]
    fn every_kind_of_colours_gives_the_same_digit() {
        let grey = values();
        let expected = read_pixels(SIDES, Orientation::from_tag(1), |x, y| {
            [seven(x, y); 3].iter().copied().chain([255]).collect::<Vec<_>>().try_into().unwrap()
        });
        let expected = expected.unwrap().chosen_digit().unwrap();
        let words: Vec<u16> = grey.iter().map(|&value| u16::from(value) << 8).collect();
        let floats: Vec<f32> = grey.iter().map(|&value| f32::from(value) / 255.0).collect();
        let rgb: Vec<u8> = grey.iter().flat_map(|&value| [value; 3]).collect();
        let rgba: Vec<u8> = grey.iter().flat_map(|&value| [value, value, value, 255]).collect();
        let cmyk: Vec<u8> = grey.iter().flat_map(|&value| [0, 0, 0, 255 - value]).collect();
        let files = [
            encoded::<colortype::Gray8>(&grey, None),
            encoded::<colortype::Gray16>(&words, None),
            encoded::<colortype::Gray32Float>(&floats, None),
            encoded::<colortype::RGB8>(&rgb, None),
            encoded::<colortype::RGBA8>(&rgba, None),
            encoded::<colortype::CMYK8>(&cmyk, None),
        ];
        for (i, file) in files.iter().enumerate() {
            assert_eq!(read_tiff(file).unwrap().chosen_digit().as_ref(), Some(&expected), "file {i}");
        }
    }

    #[test]
    fn a_turned_file_is_shown_upright() {
        let [width, height] = SIDES;
        // Shown turned by a quarter to the right.
        let picture = read_tiff(&encoded::<colortype::Gray8>(&values(), Some(6))).unwrap();
        assert_eq!(picture.source_size(), [height, width]);
        let turned = read_pixels([height, width], Orientation::from_tag(1), |x, y| {
            let value = seven(y, height - 1 - x);
            [value, value, value, 255]
        });
        assert_eq!(picture.chosen_digit(), turned.unwrap().chosen_digit());
    }

    #[test]
    fn damage_is_an_error() {
        let file = encoded::<colortype::Gray8>(&values(), None);
        for end in 0..file.len() {
            // Pixels lie before the directory, so every cut loses something.
            assert!(read_tiff(&file[..end]).is_err(), "{end}");
        }
        for at in 0..file.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut damaged = file.clone();
                damaged[at] = value;
                let _ = read_tiff(&damaged);
            }
        }
    }
}
