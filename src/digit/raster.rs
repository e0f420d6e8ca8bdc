//! Ink on a rectangle of pixels. Strokes, photographs and IDX images become a raster before they become a
//! [`Digit`](crate::Digit).

use thiserror::Error;

/// The most pixels a picture may have: 64 megapixels.
pub const MAX_PIXELS: usize = 64 << 20;

/// The most pixels along a side of a picture, as in libjpeg. What costs memory per row or column stays small below it.
pub const MAX_SIDE: usize = 65_500;

/// A picture with less contrast than this, in grey levels from 0 to 255, counts as blank.
const BLANK_CONTRAST: f32 = 16.0;

/// Fainter ink than this fraction of the darkest ink counts as paper. Otherwise compression and scanner noise
/// would widen the box that the digit is cropped to.
const FAINT_INK: f32 = 1.0 / 16.0;

/// Deviations from the paper that still count as paper, in median absolute deviations of the border.
const NOISE_DEVIATIONS: f32 = 4.0;

/// Why pixels cannot be taken as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RasterError {
    /// A side is zero.
    #[error("a picture of {width} x {height} pixels has no pixels; give one of at least 1 x 1")]
    Empty {
        /// Width in pixels.
        width: usize,
        /// Height in pixels.
        height: usize,
    },
    /// More than [`MAX_SIDE`] pixels along a side, or more than [`MAX_PIXELS`].
    #[error(
        "a picture of {width} x {height} pixels is too large; scale it to at most {MAX_SIDE} pixels on a side and \
         {MAX_PIXELS} in all"
    )]
    TooLarge {
        /// Width in pixels.
        width: usize,
        /// Height in pixels.
        height: usize,
    },
    /// The length of the buffer does not match the sides.
    #[error("a picture of {width} x {height} pixels needs {expected} values, but {found} were given")]
    Length {
        /// Width in pixels.
        width: usize,
        /// Height in pixels.
        height: usize,
        /// Values that the sides need.
        expected: usize,
        /// Values that were given.
        found: usize,
    },
}

/// Ink on `height` rows of `width` pixels, row-major; 0 is paper, 1 is full ink.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    width: usize,
    height: usize,
    ink: Vec<f32>,
}

/// A box of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InkBox {
    /// The first column.
    pub left: usize,
    /// The first row.
    pub top: usize,
    /// The column after the last one.
    pub right: usize,
    /// The row after the last one.
    pub bottom: usize,
}

impl InkBox {
    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// The smallest box that holds this one and another.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Raster {
    /// Takes `width * height` values of ink, row-major. Clamps them to 0..=1; NaN becomes 0.
    ///
    /// # Errors
    /// [`RasterError`] where the sides are zero, too large, or do not match `ink`'s length.
    pub fn from_ink(width: usize, height: usize, mut ink: Vec<f32>) -> Result<Self, RasterError> {
        check_size(width, height, 1, ink.len())?;
        for value in &mut ink {
            *value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        }
        Ok(Self { width, height, ink })
    }

    /// Takes a grey picture of any size, dark on light or light on dark: one byte per pixel,
    /// row-major, 0 is black.
    ///
    /// The median of the border is the grey level of the paper. The picture is dark on light if the darkest
    /// pixel is at least as far from it as the lightest pixel; otherwise it is light on dark. The ink of a pixel
    /// is its distance from the paper in that direction, divided by the largest such distance. Differences in
    /// the range of the paper's noise are no ink. A picture without contrast has no ink.
    ///
    /// # Errors
    /// [`RasterError`] where the sides are zero, too large, or do not match `grey`'s length.
    pub fn from_grey(width: usize, height: usize, grey: &[u8]) -> Result<Self, RasterError> {
        check_size(width, height, 1, grey.len())?;
        Ok(from_luminance(width, height, grey.iter().map(|&g| f32::from(g)).collect()))
    }

    /// Takes an RGBA picture of any size, four bytes per pixel, row-major, alpha not premultiplied.
    /// Transparent pixels are white paper, or black paper if the picture is blank on white.
    ///
    /// # Errors
    /// [`RasterError`] where the sides are zero, too large, or do not match `rgba`'s length.
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Result<Self, RasterError> {
        check_size(width, height, 4, rgba.len())?;
        Ok(from_colours(width, height, || {
            rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]])
        }))
    }

    /// Takes a picture like [`Raster::from_rgba`] whose pixels `pixel` gives, by column and row. So a picture of another
    /// type needs no copy in RGBA.
    ///
    /// # Errors
    /// [`RasterError`] where the sides are zero or too large.
    pub fn from_pixels(
        width: usize,
        height: usize,
        pixel: impl Fn(usize, usize) -> [u8; 4],
    ) -> Result<Self, RasterError> {
        Self::check_sides(width, height)?;
        Ok(from_colours(width, height, || {
            let pixel = &pixel;
            (0..height).flat_map(move |y| (0..width).map(move |x| pixel(x, y)))
        }))
    }

    /// Checks that a picture may have these sides, before its pixels are decoded.
    ///
    /// # Errors
    /// [`RasterError`] where the sides are zero or too large.
    pub fn check_sides(width: usize, height: usize) -> Result<(), RasterError> {
        pixels_of(width, height).map(|_| ())
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The ink, `[height, width]` row-major, each value 0..=1.
    #[must_use]
    pub fn ink(&self) -> &[f32] {
        &self.ink
    }

    /// The smallest box that holds all ink; `None` on blank paper.
    #[must_use]
    pub fn ink_box(&self) -> Option<InkBox> {
        let mut found: Option<InkBox> = None;
        for (y, row) in self.ink.chunks_exact(self.width).enumerate() {
            let Some(left) = row.iter().position(|&ink| ink > 0.0) else { continue };
            let right = row.iter().rposition(|&ink| ink > 0.0).map_or(left + 1, |x| x + 1);
            let b = found.get_or_insert(InkBox { left, top: y, right, bottom: y + 1 });
            b.left = b.left.min(left);
            b.right = b.right.max(right);
            b.bottom = y + 1;
        }
        found
    }
}

/// The number of pixels of a picture with these sides.
fn pixels_of(width: usize, height: usize) -> Result<usize, RasterError> {
    if width == 0 || height == 0 {
        return Err(RasterError::Empty { width, height });
    }
    let pixels = width.checked_mul(height).filter(|&pixels| pixels <= MAX_PIXELS);
    pixels.filter(|_| width.max(height) <= MAX_SIDE).ok_or(RasterError::TooLarge { width, height })
}

fn check_size(width: usize, height: usize, channels: usize, found: usize) -> Result<(), RasterError> {
    let expected = pixels_of(width, height)? * channels;
    if found != expected {
        return Err(RasterError::Length { width, height, expected, found });
    }
    Ok(())
}

/// The ink of RGBA pixels, row-major, which `pixels` gives anew each time.
fn from_colours<I: Iterator<Item = [u8; 4]>>(width: usize, height: usize, pixels: impl Fn() -> I) -> Raster {
    let over = |paper: f32| {
        // Of known length, so that the memory is allocated once.
        let mut luminance = Vec::with_capacity(width * height);
        luminance.extend(pixels().map(|pixel| {
            let [r, g, b, a] = pixel.map(f32::from);
            // Luma of ITU-R BT.601.
            let luma = 0.299 * r + 0.587 * g + 0.114 * b;
            paper + (luma - paper) * (a / 255.0)
        }));
        from_luminance(width, height, luminance)
    };
    let on_white = over(255.0);
    if on_white.ink_box().is_some() {
        return on_white;
    }
    drop(on_white);
    over(0.0)
}

fn from_luminance(width: usize, height: usize, mut luminance: Vec<f32>) -> Raster {
    let mut border = border_of(width, height, &luminance);
    let paper = median(&border);
    for value in &mut border {
        *value = (*value - paper).abs();
    }
    let noise = median(&border);

    let (darkest, lightest) =
        luminance.iter().fold((paper, paper), |(low, high), &l| (l.min(low), l.max(high)));
    let dark_on_light = paper - darkest >= lightest - paper;
    let contrast = if dark_on_light { paper - darkest } else { lightest - paper };
    let floor = (NOISE_DEVIATIONS * noise).max(FAINT_INK * contrast);
    for value in &mut luminance {
        let distance = if dark_on_light { paper - *value } else { *value - paper };
        let is_ink = contrast >= BLANK_CONTRAST && distance > floor;
        *value = if is_ink { distance / contrast } else { 0.0 };
    }
    Raster { width, height, ink: luminance }
}

fn border_of(width: usize, height: usize, pixels: &[f32]) -> Vec<f32> {
    let mut border = Vec::with_capacity(2 * (width + height));
    for (y, row) in pixels.chunks_exact(width).enumerate() {
        if y == 0 || y + 1 == height {
            border.extend_from_slice(row);
        } else {
            border.push(row[0]);
            border.push(row[width - 1]);
        }
    }
    border
}

/// The median: the value at the middle index in the order of [`f32::total_cmp`].
///
/// Finds the bits of the median one by one, the highest first. A partial sort would be faster but adds some kB to what
/// the page loads, and the border is short.
fn median(values: &[f32]) -> f32 {
    let sign = 1 << 31;
    // Keys in the order of the numbers: all bits of negative numbers are inverted, and the sign bit of others is set.
    let key =
        |value: f32| if value.to_bits() & sign != 0 { !value.to_bits() } else { value.to_bits() | sign };
    let middle = values.len() / 2;
    let mut found = 0;
    for bit in (0..32).rev() {
        let candidate = found | 1 << bit;
        if values.iter().filter(|&&value| key(value) < candidate).count() <= middle {
            found = candidate;
        }
    }
    f32::from_bits(if found & sign != 0 { found & !sign } else { !found })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 6 x 5 picture: `paper` everywhere, `ink` on two pixels of the third row.
    fn picture(paper: u8, ink: u8) -> Vec<u8> {
        let mut grey = vec![paper; 30];
        grey[2 * 6 + 2] = ink;
        grey[2 * 6 + 3] = ink;
        grey
    }

    #[test]
    fn both_polarities_give_the_same_ink() {
        let dark = Raster::from_grey(6, 5, &picture(240, 40)).unwrap();
        let light = Raster::from_grey(6, 5, &picture(15, 215)).unwrap();
        assert_eq!(dark, light);
        assert_eq!(dark.ink_box(), Some(InkBox { left: 2, top: 2, right: 4, bottom: 3 }));
    }

    #[test]
    fn the_median_is_the_middle_value() {
        assert_eq!(median(&[3.5]), 3.5);
        let mut values: Vec<f32> = (0..101_u16).map(|i| f32::from(i * 37 % 101) - 50.25).collect();
        assert_eq!(median(&values), -0.25);
        values.extend([f32::NEG_INFINITY, f32::INFINITY, -0.0, 0.0, f32::MIN_POSITIVE, f32::NAN]);
        for length in 1..values.len() {
            let mut sorted = values[..length].to_vec();
            sorted.sort_unstable_by(f32::total_cmp);
            assert_eq!(median(&values[..length]).to_bits(), sorted[length / 2].to_bits());
        }
    }

    #[test]
    fn flat_pictures_have_no_ink() {
        for paper in [0, 128, 255] {
            assert_eq!(Raster::from_grey(6, 5, &[paper; 30]).unwrap().ink_box(), None);
            assert_eq!(Raster::from_grey(6, 5, &picture(paper, paper ^ 7)).unwrap().ink_box(), None);
        }
    }

    #[test]
    fn noise_of_the_paper_is_not_ink() {
        let mut grey: Vec<u8> = (0..30).map(|i| 200 + (i * 7 % 5) as u8).collect();
        grey[2 * 6 + 2] = 20;
        let b = Raster::from_grey(6, 5, &grey).unwrap().ink_box();
        assert_eq!(b, Some(InkBox { left: 2, top: 2, right: 3, bottom: 3 }));
    }

    #[test]
    fn transparent_paper_takes_white_strokes_and_black_ones() {
        for ink in [0, 255] {
            let mut rgba = vec![0; 30 * 4];
            rgba[4 * 14..4 * 15].copy_from_slice(&[ink, ink, ink, 255]);
            let raster = Raster::from_rgba(6, 5, &rgba).unwrap();
            assert_eq!(raster.ink()[14], 1.0, "ink of {ink}");
            assert_eq!(raster.ink().iter().sum::<f32>(), 1.0);
        }
    }

    #[test]
    fn sizes_are_checked_before_use() {
        assert!(matches!(Raster::from_grey(0, 5, &[]), Err(RasterError::Empty { .. })));
        assert!(matches!(Raster::from_grey(usize::MAX, 2, &[]), Err(RasterError::TooLarge { .. })));
        let wrong = Raster::from_rgba(2, 2, &[0; 15]);
        assert!(matches!(wrong, Err(RasterError::Length { expected: 16, found: 15, .. })));
    }

    #[test]
    fn ink_is_clamped() {
        let raster = Raster::from_ink(4, 1, vec![f32::NAN, -1.0, 0.5, 7.0]).unwrap();
        assert_eq!(raster.ink(), [0.0, 0.0, 0.5, 1.0]);
    }
}
