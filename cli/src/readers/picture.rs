//! Pictures of digits.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use spikepad::{Raster, RasterError};
use thiserror::Error;

/// The most bytes that the decoder may allocate beside the pixels, for colour profiles and the like: 8 MiB.
const MAX_EXTRA: u64 = 8 << 20;

/// The most bytes that decoding any picture may take: 48 MiB, 16 megapixels in colour.
const MAX_DECODED: u64 = 48 << 20;

/// The most bytes that decoding may take per byte of the file, for larger pictures.
const MAX_RATIO: u64 = 200;

/// The same for JPEG, whose decoder takes [`JPEG_BYTES`] per pixel: 64 pixels per byte of the file.
const MAX_JPEG_RATIO: u64 = 64 * JPEG_BYTES;

/// The most bytes that a pixel of a JPEG takes: six for the coefficients of a progressive one, three for the colour, and
/// as many to enlarge colours of half the resolution.
const JPEG_BYTES: u64 = 12;

/// Why a file is not a picture that can be read.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The content is of no format that is read.
    #[error("it is not a picture in PNG or JPEG")]
    Format,
    /// It has too many pixels, or none.
    #[error(transparent)]
    Raster(#[from] RasterError),
    /// The file is small for so many pixels.
    #[error(
        "its {width} x {height} pixels take {needed} bytes, too many for a file of {length}; give it fewer pixels"
    )]
    TooDense {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Bytes that decoding takes.
        needed: u64,
        /// Bytes of the file.
        length: u64,
    },
    /// It is damaged, or of a kind that is not read.
    #[error(transparent)]
    Decoder(#[from] ImageError),
}

/// Reads the picture in the file that has these `bytes`. Its content tells the format, not its name.
///
/// # Errors
/// [`PictureError`] where it is not a picture, or not one that can be decoded in a bounded memory.
pub fn read_picture(bytes: &[u8]) -> Result<Raster, PictureError> {
    let format = image::guess_format(bytes).ok().filter(ImageFormat::reading_enabled);
    let format = format.ok_or(PictureError::Format)?;
    check_claims(format, bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_EXTRA);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_pixels(format, [width, height], decoder.total_bytes(), bytes.len() as u64)?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let pixel = |x, y| picture.get_pixel(x as u32, y as u32).0;
    Ok(Raster::from_pixels(width as usize, height as usize, pixel)?)
}

/// Checks the sides that a PNG file claims before the decoder is made, which allocates memory for a row.
fn check_claims(format: ImageFormat, bytes: &[u8]) -> Result<(), RasterError> {
    // The first chunk of a PNG file begins with the sides, after 8 bytes of signature, 4 of length and 4 of type.
    let side = |at: usize| bytes.get(at..)?.first_chunk().map(|&side| u32::from_be_bytes(side) as usize);
    match (format, side(16), side(20)) {
        (ImageFormat::Png, Some(width), Some(height)) => Raster::check_sides(width, height),
        _ => Ok(()),
    }
}

/// Checks that the pixels of a picture that decodes to `decoded` bytes are not too many for a file of `length` bytes.
fn check_pixels(
    format: ImageFormat,
    [width, height]: [u32; 2],
    decoded: u64,
    length: u64,
) -> Result<(), PictureError> {
    Raster::check_sides(width as usize, height as usize)?;
    let (needed, ratio) = match format {
        ImageFormat::Jpeg => (u64::from(width) * u64::from(height) * JPEG_BYTES, MAX_JPEG_RATIO),
        _ => (decoded, MAX_RATIO),
    };
    if needed > MAX_DECODED + ratio * length {
        return Err(PictureError::TooDense { width, height, needed, length });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ColorType, ImageBuffer};

    /// A PNG file of one chunk, which its signature and the sides begin.
    fn png_header(width: u32, height: u32) -> Vec<u8> {
        let signature = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        [&signature[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 2, 0, 0, 0, 0, 0, 0, 0]].concat()
    }

    #[test]
    fn sides_are_checked_before_anything_is_decoded() {
        for (width, height) in
            [(8193, 8193), (1, 65_536), (65_536, 1), (u32::MAX, u32::MAX), (30_000, 30_000)]
        {
            let found = read_picture(&png_header(width, height));
            assert!(matches!(found, Err(PictureError::Raster(RasterError::TooLarge { .. }))), "{found:?}");
        }
        let none = read_picture(&png_header(0, 5));
        assert!(matches!(none, Err(PictureError::Raster(RasterError::Empty { .. }))), "{none:?}");
    }

    #[test]
    fn a_small_file_may_not_have_many_pixels() {
        let check = |format, pixels: u32, bytes_per_pixel, length| {
            let sides = [pixels.isqrt(); 2];
            let decoded = u64::from(sides[0]) * u64::from(sides[1]) * bytes_per_pixel;
            check_pixels(format, sides, decoded, length).is_ok()
        };
        // A scan of A4 in black and white, photographs of 12 and 48 megapixels, a screenshot of 5120 x 2880.
        assert!(check(ImageFormat::Png, 35_000_000, 1, 30_000));
        assert!(check(ImageFormat::Jpeg, 12_000_000, 3, 400_000));
        assert!(check(ImageFormat::Jpeg, 48_000_000, 3, 4_000_000));
        assert!(check(ImageFormat::Png, 14_745_600, 4, 100_000));
        // What one colour compresses to.
        assert!(!check(ImageFormat::Png, 60_000_000, 4, 240_000));
        assert!(!check(ImageFormat::Png, 60_000_000, 1, 20_000) || 60_000_000 < MAX_DECODED + 200 * 20_000);
        assert!(!check(ImageFormat::Jpeg, 60_000_000, 3, 800));
    }

    #[test]
    fn pixels_are_those_of_the_whole_picture_in_rgba() {
        let value = |x: u32, y: u32, channel: u32| (x * 4099 + y * 30_011 + channel * 9973) as u16;
        let bytes = |channels: u32| {
            let value = move |i: u32| (value(i / channels % 7, i / channels / 7, i % channels) >> 8) as u8;
            (0..7 * 5 * channels).map(value).collect::<Vec<u8>>()
        };
        let words = |channels: u32| {
            let value = move |i: u32| value(i / channels % 7, i / channels / 7, i % channels);
            (0..7 * 5 * channels).map(value).collect::<Vec<u16>>()
        };
        let pictures = [
            DynamicImage::ImageLuma8(ImageBuffer::from_raw(7, 5, bytes(1)).unwrap()),
            DynamicImage::ImageLumaA8(ImageBuffer::from_raw(7, 5, bytes(2)).unwrap()),
            DynamicImage::ImageRgb8(ImageBuffer::from_raw(7, 5, bytes(3)).unwrap()),
            DynamicImage::ImageRgba8(ImageBuffer::from_raw(7, 5, bytes(4)).unwrap()),
            DynamicImage::ImageLuma16(ImageBuffer::from_raw(7, 5, words(1)).unwrap()),
            DynamicImage::ImageLumaA16(ImageBuffer::from_raw(7, 5, words(2)).unwrap()),
            DynamicImage::ImageRgb16(ImageBuffer::from_raw(7, 5, words(3)).unwrap()),
            DynamicImage::ImageRgba16(ImageBuffer::from_raw(7, 5, words(4)).unwrap()),
        ];
        let mut colours = Vec::<ColorType>::new();
        for picture in pictures {
            let mut file = Cursor::new(Vec::new());
            picture.write_to(&mut file, ImageFormat::Png).unwrap();
            let rgba = picture.to_rgba8();
            let expected = Raster::from_rgba(7, 5, rgba.as_raw()).unwrap();
            assert_eq!(read_picture(file.get_ref()).unwrap(), expected, "{:?}", picture.color());
            colours.push(picture.color());
        }
        assert_eq!(colours.len(), 8);
    }

    #[test]
    fn content_that_is_no_picture_is_named() {
        for bytes in [&b""[..], b"not a picture", b"GIF89a", b"%PDF-1.7"] {
            assert!(matches!(read_picture(bytes), Err(PictureError::Format)));
        }
        let cut = read_picture(&png_header(8, 8)[..20]);
        assert!(matches!(cut, Err(PictureError::Decoder(_))), "{cut:?}");
    }
}
