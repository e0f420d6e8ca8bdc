//! Ink on a rectangle of pixels. Strokes, pictures and IDX images become a raster before they become a
//! [`Digit`](crate::Digit).

use thiserror::Error;

/// The most pixels a picture may have: 64 megapixels.
pub const MAX_PIXELS: usize = 64 << 20;

/// The most pixels along a side of a picture, as in libjpeg. What costs memory per row or column stays small below it.
pub const MAX_SIDE: usize = 65_500;

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
        check_size(width, height, ink.len())?;
        for value in &mut ink {
            *value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        }
        Ok(Self { width, height, ink })
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

fn check_size(width: usize, height: usize, found: usize) -> Result<(), RasterError> {
    let expected = pixels_of(width, height)?;
    if found != expected {
        return Err(RasterError::Length { width, height, expected, found });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked_before_use() {
        assert!(matches!(Raster::from_ink(0, 5, vec![]), Err(RasterError::Empty { .. })));
        assert!(matches!(Raster::from_ink(usize::MAX, 2, vec![]), Err(RasterError::TooLarge { .. })));
        let wrong = Raster::from_ink(2, 2, vec![0.0; 3]);
        assert!(matches!(wrong, Err(RasterError::Length { expected: 4, found: 3, .. })));
    }

    #[test]
    fn ink_is_clamped() {
        let raster = Raster::from_ink(4, 1, vec![f32::NAN, -1.0, 0.5, 7.0]).unwrap();
        assert_eq!(raster.ink(), [0.0, 0.0, 0.5, 1.0]);
    }
}
