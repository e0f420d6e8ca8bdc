//! Takes the rows of a picture as they come, and averages them to a small grey picture, so that a photograph of any size
//! never lies in memory as a whole.

use std::ops::Range;

use spikepad::{Raster, RasterError};
use thiserror::Error;

use crate::grey::Grey;
use crate::picture::Picture;

/// The most pixels a side that a picture is averaged to.
pub const LARGEST_SIDE: usize = 1024;

/// Luma of a pixel, ITU-R BT.601, times 256.
const LUMA: [u32; 3] = [77, 150, 29];

/// Full luma, times 256.
const FULL: f32 = 255.0 * 256.0;

/// Why the rows of a picture cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// The picture has no pixels, or too many.
    #[error(transparent)]
    Sides(#[from] RasterError),
    /// The bytes are not whole rows.
    #[error(
        "{found} bytes were given; rows of {width} pixels in RGBA take {row} bytes each, so give a multiple of that"
    )]
    Rows {
        /// Width in pixels.
        width: usize,
        /// Bytes of a row.
        row: usize,
        /// Bytes that were given.
        found: usize,
    },
    /// More rows than the picture has.
    #[error("a picture of {height} rows was begun, but {found} rows were given")]
    TooMany {
        /// Rows of the picture.
        height: usize,
        /// Rows that were given.
        found: usize,
    },
    /// The picture was ended before its last row.
    #[error("a picture of {height} rows was begun, but it ended after {found}; give all rows")]
    TooFew {
        /// Rows of the picture.
        height: usize,
        /// Rows that were given.
        found: usize,
    },
}

/// Reads a picture row by row.
///
/// The rows are averaged by area to at most [`LARGEST_SIDE`] pixels a side, in integers, so that the result is the same
/// on every machine and for every division of the picture into calls.
#[derive(Debug, Clone)]
pub struct Reader {
    width: usize,
    height: usize,
    columns: Vec<Cell>,
    /// Height after averaging.
    rows: usize,
    /// Rows that have been taken.
    taken: usize,
    /// Luma and opacity of the row of cells that is being filled: [cells], luma times opacity and opacity, each times 256.
    sums: [Vec<u64>; 2],
    /// The rows of cells that are full. Luma times opacity, and opacity, 0..=255.
    luma: Vec<f32>,
    opacity: Vec<f32>,
    /// The largest value of a channel.
    brightest: u8,
}

/// The source pixels along an axis that a cell covers, and the shares of the first and the last of them. A whole pixel has
/// as many shares as there are cells.
#[derive(Debug, Clone)]
struct Cell {
    pixels: Range<usize>,
    first: u32,
    last: u32,
}

/// Divides `pixels` along an axis among `cells`.
fn cells(pixels: usize, cells: usize) -> Vec<Cell> {
    let of = |cell: usize| {
        // In shares: a pixel is `cells` long, a cell is `pixels` long.
        let (from, to) = (cell * pixels, (cell + 1) * pixels);
        let first = from / cells;
        let end = to.div_ceil(cells);
        let last = if end - first == 1 { 0 } else { to - (end - 1) * cells };
        Cell {
            pixels: first..end,
            first: ((first + 1) * cells).min(to).saturating_sub(from) as u32,
            last: last as u32,
        }
    };
    (0..cells).map(of).collect()
}

impl Reader {
    /// Begins a picture of these sides, in pixels.
    ///
    /// # Errors
    /// [`ReaderError::Sides`] where a side is zero or too large; see [`Raster::check_sides`].
    pub fn new(width: usize, height: usize) -> Result<Self, ReaderError> {
        Raster::check_sides(width, height)?;
        let longer = width.max(height);
        // At most LARGEST_SIDE, rounded to the nearest, at least 1.
        let side = |side: usize| {
            if longer <= LARGEST_SIDE { side } else { ((side * LARGEST_SIDE + longer / 2) / longer).max(1) }
        };
        let (small, rows) = (side(width), side(height));
        Ok(Self {
            width,
            height,
            columns: cells(width, small),
            rows,
            taken: 0,
            sums: [vec![0; small], vec![0; small]],
            luma: Vec::with_capacity(small * rows),
            opacity: Vec::with_capacity(small * rows),
            brightest: 0,
        })
    }

    /// Takes the next rows: `[rows, width, 4]` bytes of red, green, blue and opacity, not premultiplied.
    ///
    /// # Errors
    /// [`ReaderError::Rows`] where the bytes are not whole rows, [`ReaderError::TooMany`] where the picture has fewer
    /// rows. Nothing is taken then.
    pub fn push_rows(&mut self, rgba: &[u8]) -> Result<(), ReaderError> {
        let row = 4 * self.width;
        if !rgba.len().is_multiple_of(row) {
            return Err(ReaderError::Rows { width: self.width, row, found: rgba.len() });
        }
        let found = self.taken + rgba.len() / row;
        if found > self.height {
            return Err(ReaderError::TooMany { height: self.height, found });
        }
        let mut scratch = Row::new(self.width, self.columns.len());
        for row in rgba.chunks_exact(row) {
            self.push_row(row, &mut scratch);
        }
        Ok(())
    }

    fn push_row(&mut self, rgba: &[u8], row: &mut Row) {
        self.brightest = row.read(rgba).max(self.brightest);
        row.average(&self.columns, self.width as u32);
        // This row covers the shares from `from` to `to`; a cell is `height` shares long.
        let (mut from, to) = (self.taken * self.rows, (self.taken + 1) * self.rows);
        self.taken += 1;
        while from < to {
            let end = (from / self.height + 1) * self.height;
            let share = (to.min(end) - from) as u64;
            for (sums, cells) in self.sums.iter_mut().zip(&row.cells) {
                for (sum, &cell) in sums.iter_mut().zip(cells) {
                    *sum += share * u64::from(cell);
                }
            }
            from += share as usize;
            if from == end {
                let scale = 1.0 / (256.0 * self.height as f64);
                for (sums, full) in self.sums.iter_mut().zip([&mut self.luma, &mut self.opacity]) {
                    full.extend(sums.iter().map(|&sum| (sum as f64 * scale) as f32));
                    sums.fill(0);
                }
            }
        }
    }

    /// Ends the picture, and looks for digits in it.
    ///
    /// # Errors
    /// [`ReaderError::TooFew`] where rows are missing.
    pub fn finish(self) -> Result<Picture, ReaderError> {
        if self.taken < self.height {
            return Err(ReaderError::TooFew { height: self.height, found: self.taken });
        }
        let zero_to_one = self.brightest == 1;
        let gain = if zero_to_one { 255.0 } else { 1.0 };
        let over = |paper: f32| {
            let pixels = self.luma.iter().zip(&self.opacity);
            let values = pixels.map(|(luma, opacity)| luma * gain + paper * (1.0 - opacity / 255.0));
            Grey { width: self.columns.len(), height: self.rows, values: values.collect() }
        };
        let clear = self.opacity.iter().any(|&opacity| opacity < 254.5);
        let on_black = if clear { Some(over(0.0)) } else { None };
        Ok(Picture::new([self.width, self.height], over(255.0), on_black, zero_to_one))
    }
}

/// A row of the source, and its averages.
struct Row {
    /// Luma times opacity, and opacity, of each pixel, times 256.
    pixels: [Vec<u16>; 2],
    /// The same of each cell.
    cells: [Vec<u16>; 2],
    /// Is every pixel opaque?
    opaque: bool,
}

impl Row {
    fn new(width: usize, cells: usize) -> Self {
        Self {
            pixels: [vec![0; width], vec![0; width]],
            cells: [vec![0; cells], vec![0; cells]],
            opaque: false,
        }
    }

    /// Returns the largest value of a channel.
    fn read(&mut self, rgba: &[u8]) -> u8 {
        let [lumas, opacities] = &mut self.pixels;
        let (mut brightest, mut least) = (0, 255);
        for (pixel, luma) in rgba.chunks_exact(4).zip(lumas.iter_mut()) {
            let [r, g, b] = [0, 1, 2].map(|i| u32::from(pixel[i]));
            *luma = (LUMA[0] * r + LUMA[1] * g + LUMA[2] * b) as u16;
            brightest = brightest.max(pixel[0]).max(pixel[1]).max(pixel[2]);
            least = least.min(pixel[3]);
        }
        self.opaque = least == 255;
        if !self.opaque {
            for ((pixel, luma), opacity) in rgba.chunks_exact(4).zip(lumas).zip(opacities) {
                let a = u32::from(pixel[3]);
                *luma = ((u32::from(*luma) * a + 127) / 255) as u16;
                *opacity = (a * 256) as u16;
            }
        }
        brightest
    }

    fn average(&mut self, columns: &[Cell], width: u32) {
        let channels = if self.opaque { 1 } else { 2 };
        if self.opaque {
            self.cells[1].fill(FULL as u16);
        }
        for (pixels, cells) in self.pixels.iter().zip(&mut self.cells).take(channels) {
            if pixels.len() == cells.len() {
                cells.copy_from_slice(pixels);
                continue;
            }
            let whole = columns.len() as u32;
            for (cell, column) in cells.iter_mut().zip(columns) {
                // At most 65,280 times the width of at most 65,500.
                let covered = &pixels[column.pixels.clone()];
                let mut sum = column.first * u32::from(covered[0]);
                if let [_, inner @ .., last] = covered {
                    let inner: u32 = inner.iter().map(|&pixel| u32::from(pixel)).sum();
                    sum += whole * inner + column.last * u32::from(*last);
                }
                *cell = ((u64::from(sum) + u64::from(width / 2)) / u64::from(width)) as u16;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, height: usize, rgba: &[u8], strip: usize) -> Grey {
        let mut reader = Reader::new(width, height).unwrap();
        for rows in rgba.chunks(4 * width * strip) {
            reader.push_rows(rows).unwrap();
        }
        Grey { width: reader.columns.len(), height: reader.rows, values: reader.luma.clone() }
    }

    #[test]
    fn averages_are_those_of_areas() {
        let (width, height) = (2500, 1300);
        let rgba: Vec<u8> = (0..width * height * 4)
            .map(|i| if i % 4 == 3 { 255 } else { ((i / 4 % width) * 7 + (i / 4 / width) * 3) as u8 })
            .collect();
        let small = grey(width, height, &rgba, 17);
        assert_eq!((small.width, small.height), (1024, 532));
        let value = |x: usize, y: usize| f64::from(rgba[4 * (y * width + x)]);
        for (cell_x, cell_y) in [(0, 0), (1, 7), (511, 300), (1023, 531)] {
            let side = |cell: usize, pixels: usize, cells: usize| {
                (cell as f64 * pixels as f64 / cells as f64, (cell + 1) as f64 * pixels as f64 / cells as f64)
            };
            let (left, right) = side(cell_x, width, 1024);
            let (top, bottom) = side(cell_y, height, 532);
            let mut sum = 0.0;
            for y in top as usize..(bottom.ceil() as usize).min(height) {
                for x in left as usize..(right.ceil() as usize).min(width) {
                    let share = |from: f64, to: f64, at: usize| to.min(at as f64 + 1.0) - from.max(at as f64);
                    sum += value(x, y) * share(left, right, x) * share(top, bottom, y);
                }
            }
            let expected = sum / (right - left) / (bottom - top);
            let found = f64::from(small.values[cell_y * 1024 + cell_x]);
            assert!((found - expected).abs() < 0.02, "{found} {expected}");
        }
        for strip in [1, 64, height] {
            assert_eq!(grey(width, height, &rgba, strip), small);
        }
    }

    #[test]
    fn small_pictures_keep_their_pixels() {
        let rgba: Vec<u8> = (0..7 * 5).flat_map(|i| [7 * i as u8, 7 * i as u8, 7 * i as u8, 255]).collect();
        let expected: Vec<f32> = (0..35).map(|i| 7.0 * i as f32).collect();
        assert_eq!(grey(7, 5, &rgba, 2).values, expected);
    }

    #[test]
    fn the_largest_sides_do_not_overflow() {
        for (width, height) in [(65_500, 2), (2, 65_500)] {
            let small = grey(width, height, &vec![255; 4 * width * height], 9999);
            assert!(small.values.iter().all(|&value| value == 255.0), "{width} x {height}");
        }
    }

    #[test]
    fn errors_tell_what_was_given() {
        assert!(matches!(Reader::new(0, 5), Err(ReaderError::Sides(_))));
        let mut reader = Reader::new(3, 2).unwrap();
        assert!(matches!(reader.push_rows(&[0; 13]), Err(ReaderError::Rows { row: 12, found: 13, .. })));
        assert!(matches!(reader.push_rows(&[0; 36]), Err(ReaderError::TooMany { height: 2, found: 3 })));
        reader.push_rows(&[0; 12]).unwrap();
        assert!(matches!(reader.finish(), Err(ReaderError::TooFew { height: 2, found: 1 })));
    }
}
