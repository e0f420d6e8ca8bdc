//! Pictures whose pixels lie in memory, turned as the camera was held.

use crate::picture::Picture;
use crate::shrink::{Reader, ReaderError};

/// How the rows and columns of a file are shown: the value of the tag `Orientation` in Exif and TIFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// Takes the value of the tag. A value that is not from 1 to 8 means that nothing is turned, as 1 does.
    #[must_use]
    pub fn from_tag(value: u32) -> Self {
        Self(if (1..=8).contains(&value) { value as u8 } else { 1 })
    }

    /// The sides of the picture as it is shown, from the `[width, height]` of the file.
    #[must_use]
    pub fn sides(self, [width, height]: [usize; 2]) -> [usize; 2] {
        if self.0 >= 5 { [height, width] } else { [width, height] }
    }

    /// Where in a file of `[width, height]` the pixel lies that is shown at `[x, y]`.
    #[must_use]
    pub fn place(self, [x, y]: [usize; 2], [width, height]: [usize; 2]) -> [usize; 2] {
        let (right, bottom) = (width - 1, height - 1);
        match self.0 {
            2 => [right - x, y],
            3 => [right - x, bottom - y],
            4 => [x, bottom - y],
            5 => [y, x],
            6 => [y, bottom - x],
            7 => [right - y, bottom - x],
            8 => [right - y, x],
            _ => [x, y],
        }
    }
}

/// Reads a picture from pixels that lie in memory: `pixel` gives red, green, blue and opacity of the pixel at x and y in a
/// file of `[width, height]`. Only a row is turned at a time.
///
/// # Errors
/// [`ReaderError::Sides`] where the sides are zero or too large.
pub fn read_pixels(
    sides: [usize; 2],
    orientation: Orientation,
    pixel: impl Fn(usize, usize) -> [u8; 4],
) -> Result<Picture, ReaderError> {
    let [width, height] = orientation.sides(sides);
    let mut reader = Reader::new(width, height)?;
    let mut row = Vec::with_capacity(4 * width);
    for y in 0..height {
        row.clear();
        for x in 0..width {
            let [x, y] = orientation.place([x, y], sides);
            row.extend_from_slice(&pixel(x, y));
        }
        reader.push_rows(&row)?;
    }
    reader.finish()
}
