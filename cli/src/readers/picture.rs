//! Pictures of digits.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use spikepad::{Raster, RasterError};
use spikepad_pictures::{
    MAX_DECODED, MAX_RATIO, Orientation, Picture, ReaderError, TiffReadError, read_pixels, read_tiff,
};
use thiserror::Error;

/// The most bytes that a decoder may allocate beside the pixels, for colour profiles and the like: 8 MiB.
const MAX_EXTRA: u64 = 8 << 20;

/// What [`MAX_RATIO`] is for other pictures, for JPEG, whose decoder takes [`JPEG_BYTES`] per pixel: 64 pixels per byte of the file.
const MAX_JPEG_RATIO: u64 = 64 * JPEG_BYTES;

/// The most bytes that a pixel of a JPEG takes: six for the coefficients of a progressive one, three for the colour, and
/// as many to enlarge colours of half the resolution.
const JPEG_BYTES: u64 = 12;

/// The most bytes that a pixel of a WebP takes: four for the colour, and as many for the planes or the residuals that it is
/// decoded from.
const WEBP_BYTES: u64 = 8;

/// Why a file is not a picture that can be read.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The content is of no format that is read.
    #[error("it is not a picture in PNG, JPEG, GIF, BMP, WebP or TIFF")]
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
    /// The same for a TIFF file.
    #[error(transparent)]
    Tiff(#[from] TiffReadError),
    /// The decoder did not give the pixels that it announced.
    #[error(transparent)]
    Rows(#[from] ReaderError),
}

/// Reads the picture in the file that has these `bytes`, and looks for digits in it. Its content tells the format, not its
/// name. A photograph is turned as its camera says.
///
/// # Errors
/// [`PictureError`] where it is not a picture, or not one that can be decoded in a bounded memory.
pub fn read_picture(bytes: &[u8]) -> Result<Picture, PictureError> {
    let format = image::guess_format(bytes).ok();
    if format == Some(ImageFormat::Tiff) {
        return Ok(read_tiff(bytes)?);
    }
    let format = format.filter(ImageFormat::reading_enabled);
    let format = format.ok_or(PictureError::Format)?;
    check_claims(format, bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits(MAX_EXTRA));
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_pixels(format, [width, height], decoder.total_bytes(), bytes.len() as u64)?;
    let orientation = Orientation::from_tag(decoder.orientation()?.to_exif().into());
    if format == ImageFormat::Gif {
        // It counts the pixels of a frame as memory beside the pixels.
        decoder.set_limits(limits(decoder.total_bytes() + MAX_EXTRA))?;
    }
    digits_in(&DynamicImage::from_decoder(decoder)?, orientation)
}

fn limits(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

fn digits_in(picture: &DynamicImage, orientation: Orientation) -> Result<Picture, PictureError> {
    let sides = [picture.width() as usize, picture.height() as usize];
    Ok(read_pixels(sides, orientation, |x, y| picture.get_pixel(x as u32, y as u32).0)?)
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
    let pixels = u64::from(width) * u64::from(height);
    let (needed, ratio) = match format {
        ImageFormat::Jpeg => (pixels * JPEG_BYTES, MAX_JPEG_RATIO),
        ImageFormat::WebP => (pixels * WEBP_BYTES, MAX_RATIO),
        // A frame is decoded into memory of its own.
        ImageFormat::Gif => (2 * decoded, MAX_RATIO),
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

    /// White paper of 24 x 36 pixels with an L of dark strokes.
    fn letter() -> DynamicImage {
        let ink = |x: u32, y: u32| {
            (6..10).contains(&x) && (4..30).contains(&y) || (6..18).contains(&x) && (26..30).contains(&y)
        };
        DynamicImage::ImageLuma8(ImageBuffer::from_fn(24, 36, |x, y| {
            image::Luma([if ink(x, y) { 30 } else { 240 }])
        }))
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
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
        assert!(check(ImageFormat::WebP, 12_000_000, 3, 400_000));
        assert!(check(ImageFormat::Bmp, 12_000_000, 3, 36_000_000));
        // What one colour compresses to.
        assert!(!check(ImageFormat::Png, 60_000_000, 4, 240_000));
        assert!(!check(ImageFormat::Jpeg, 60_000_000, 3, 800));
        assert!(!check(ImageFormat::WebP, 60_000_000, 3, 800));
        assert!(!check(ImageFormat::Gif, 60_000_000, 4, 60_000));
        assert!(!check(ImageFormat::Bmp, 60_000_000, 3, 8000));
    }

    #[test]
    fn pictures_of_every_type_are_the_same_in_rgba() {
        let letter = letter();
        let pictures = [
            DynamicImage::ImageLuma8(letter.to_luma8()),
            DynamicImage::ImageLumaA8(letter.to_luma_alpha8()),
            DynamicImage::ImageRgb8(letter.to_rgb8()),
            DynamicImage::ImageRgba8(letter.to_rgba8()),
            DynamicImage::ImageLuma16(letter.to_luma16()),
            DynamicImage::ImageLumaA16(letter.to_luma_alpha16()),
            DynamicImage::ImageRgb16(letter.to_rgb16()),
            DynamicImage::ImageRgba16(letter.to_rgba16()),
        ];
        let expected = digits_in(&letter, Orientation::from_tag(1)).unwrap().chosen_digit().unwrap();
        let mut colours = Vec::<ColorType>::new();
        for picture in pictures {
            let found = read_picture(&encoded(&picture, ImageFormat::Png)).unwrap();
            assert_eq!(found.chosen_digit().as_ref(), Some(&expected), "{:?}", picture.color());
            colours.push(picture.color());
        }
        assert_eq!(colours.len(), 8);
        for format in [ImageFormat::Bmp, ImageFormat::Gif, ImageFormat::WebP] {
            let picture = DynamicImage::ImageRgba8(letter.to_rgba8());
            let found = read_picture(&encoded(&picture, format)).unwrap();
            assert_eq!(found.chosen_digit().as_ref(), Some(&expected), "{format:?}");
        }
    }

    #[test]
    fn photographs_are_turned_as_their_camera_says() {
        let (picture, mut exif) = (letter().to_rgb8(), 0);
        for orientation in (1..=8).filter_map(image::metadata::Orientation::from_exif) {
            exif += 1;
            let mut turned = DynamicImage::ImageRgb8(picture.clone());
            turned.apply_orientation(orientation);
            let expected = digits_in(&turned, Orientation::from_tag(1)).unwrap();
            let mut file = encoded(&letter(), ImageFormat::Jpeg);
            // After the first marker: an Exif segment with one entry, the orientation.
            let mut segment =
                b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0"
                    .to_vec();
            segment[29] = exif;
            file.splice(2..2, segment);
            let found = read_picture(&file).unwrap();
            assert_eq!(found.source_size(), expected.source_size(), "{orientation:?}");
            let [found, expected] = [found, expected].map(|picture| picture.digits().next().unwrap());
            assert!(found.left.abs_diff(expected.left) <= 1 && found.top.abs_diff(expected.top) <= 1);
        }
        assert_eq!(exif, 8);
    }

    #[test]
    fn content_that_is_no_picture_is_named() {
        for bytes in [&b""[..], b"not a picture", b"%PDF-1.7"] {
            assert!(matches!(read_picture(bytes), Err(PictureError::Format)));
        }
        for bytes in [&png_header(8, 8)[..20], b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP"] {
            let cut = read_picture(bytes);
            assert!(matches!(cut, Err(PictureError::Decoder(_))), "{cut:?}");
        }
        assert!(matches!(read_picture(b"II*\0"), Err(PictureError::Tiff(_))));
    }
}
