//! The square picture that the network sees. Drawings and pictures become 28 x 28 pixels, as MNIST's digits were made.
//! For networks with other inputs they become squares of another size in the same proportions.
//!
//! Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits": each digit was
//! "size normalized to fit in a 20x20 pixel box while preserving their aspect ratio", with grey
//! levels from antialiasing, and placed in 28x28 "by computing the center of mass of the pixels,
//! and translating the image so as to position this point at the center". The files themselves show
//! the rest: the translation is by whole pixels, to within half a pixel of index 14, and the darkest
//! pixel of every image is full ink.

use std::fmt;
use std::ops::RangeInclusive;

use thiserror::Error;

use super::raster::{InkBox, Raster};

/// Pixels along a side of MNIST's digits, and of every digit that is made from strokes or a picture.
pub const SIDE: usize = 28;

/// Pixels along a side that a [`Digit`] may have.
pub const SIDES: RangeInclusive<usize> = 8..=64;

/// Pixels of one of MNIST's digits.
pub const PIXELS: usize = SIDE * SIDE;

/// Pixels along a side of the box that the ink is fitted in.
pub const FIT: usize = 20;

/// Why pixels are not a digit, or a digit does not fit a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DigitError {
    /// The pixels are not a square of a size in [`SIDES`].
    #[error(
        "{found} pixels were given; a digit is a square of {least} x {least} to {most} x {most} pixels",
        least = SIDES.start(),
        most = SIDES.end()
    )]
    NotSquare {
        /// Pixels given.
        found: usize,
    },
    /// The network has another number of inputs than the digit has pixels.
    #[error(
        "the digit has {side} x {side} pixels, but the network has {inputs} inputs; it needs one per pixel"
    )]
    Inputs {
        /// Pixels along a side of the digit.
        side: usize,
        /// Inputs of the network.
        inputs: usize,
    },
}

/// The side of a square of `pixels` pixels; `None` where a digit cannot have that size.
pub(crate) fn side_of(pixels: usize) -> Option<usize> {
    SIDES.into_iter().find(|side| side * side == pixels)
}

/// A square picture of a digit, row-major: 0 is paper, 255 full ink. It always contains ink: the constructors
/// return `None` for a blank picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Digit {
    side: usize,
    /// `[side, side]`.
    ink: Vec<u8>,
}

impl Digit {
    /// Takes 28 x 28 pixels unchanged, as MNIST's files hold them; `None` where all are 0.
    #[must_use]
    pub fn from_ink(ink: &[u8; PIXELS]) -> Option<Self> {
        Self::with_side(SIDE, ink)
    }

    /// Takes the pixels of a square unchanged, row-major; `None` where all are 0.
    ///
    /// # Errors
    /// [`DigitError::NotSquare`] where they are not 8 x 8 to 64 x 64 pixels.
    pub fn from_square(ink: &[u8]) -> Result<Option<Self>, DigitError> {
        let side = side_of(ink.len()).ok_or(DigitError::NotSquare { found: ink.len() })?;
        Ok(Self::with_side(side, ink))
    }

    fn with_side(side: usize, ink: &[u8]) -> Option<Self> {
        ink.iter().any(|&pixel| pixel > 0).then(|| Self { side, ink: ink.to_vec() })
    }

    /// Crops a picture to its ink, scales it into 20 x 20 pixels, stretches its contrast to full ink, and
    /// places it in 28 x 28 pixels by its centre of mass. Keeps the aspect ratio. `None` on blank paper.
    #[must_use]
    pub fn from_raster(raster: &Raster) -> Option<Self> {
        Self::from_raster_with_side(raster, SIDE)
    }

    /// [`Digit::from_raster`] for another size, in the same proportions: the ink is scaled into 20/28 of `side`, and its
    /// centre of mass is placed at index `side`/2. A `side` out of [`SIDES`] becomes the nearest one.
    #[must_use]
    pub fn from_raster_with_side(raster: &Raster, side: usize) -> Option<Self> {
        let side = side.clamp(*SIDES.start(), *SIDES.end());
        let crop = raster.ink_box()?;
        // 20/28 of the side, rounded.
        let fit = (FIT * side + SIDE / 2) / SIDE;
        Some(place(&mean_ink(raster, crop, fit), fit, side, true))
    }

    /// The digit in another size, by area means: a new pixel has the mean ink of the area that it covers, rounded. So
    /// MNIST's digits reach networks with other inputs. `None` where no ink is left. A `side` out of [`SIDES`]
    /// becomes the nearest one.
    #[must_use]
    pub fn resized(&self, side: usize) -> Option<Self> {
        let to = side.clamp(*SIDES.start(), *SIDES.end());
        let from = self.side;
        // A pixel of the digit is `to` units long, and a new one `from` units.
        let overlap = |old: usize, new: usize| {
            let (start, end) = ((old * to).max(new * from), ((old + 1) * to).min((new + 1) * from));
            end.saturating_sub(start) as u64
        };
        // The pixels of the digit that a new one overlaps.
        let covered = |new: usize| new * from / to..((new + 1) * from).div_ceil(to);
        let area = (from * from) as u64;
        let pixel = |(row, column): (usize, usize)| {
            let mut sum = 0;
            for y in covered(row) {
                let of_row: u64 =
                    covered(column).map(|x| overlap(x, column) * u64::from(self.ink[y * from + x])).sum();
                sum += overlap(y, row) * of_row;
            }
            ((2 * sum + area) / (2 * area)) as u8
        };
        let ink: Vec<u8> = (0..to * to).map(|i| pixel((i / to, i % to))).collect();
        Self::with_side(to, &ink)
    }

    /// Scales a whole picture to 28 x 28 pixels without cropping it, stretches its contrast to full ink and, if
    /// `centred`, moves it by its centre of mass. `None` on blank paper. MNIST's digits were cropped, so a
    /// network that was trained on them reads uncropped digits worse. This function shows by how much.
    #[must_use]
    pub fn from_uncropped(raster: &Raster, centred: bool) -> Option<Self> {
        raster.ink_box()?;
        let whole = InkBox { left: 0, top: 0, right: raster.width(), bottom: raster.height() };
        Some(place(&mean_ink(raster, whole, SIDE), SIDE, SIDE, centred))
    }

    /// Pixels along a side.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The ink, `[side, side]` row-major.
    #[must_use]
    pub fn ink(&self) -> &[u8] {
        &self.ink
    }

    /// Checks that a network with this number of inputs can be shown the digit.
    pub(crate) fn check_inputs(&self, inputs: usize) -> Result<(), DigitError> {
        if self.ink.len() == inputs { Ok(()) } else { Err(DigitError::Inputs { side: self.side, inputs }) }
    }

    /// The ink as the network's input, `[side x side]`, 0..=1.
    pub fn intensities(&self) -> impl ExactSizeIterator<Item = f32> + '_ {
        self.ink.iter().map(|&ink| f32::from(ink) / 255.0)
    }
}

/// The digit as characters, one line per row.
impl fmt::Debug for Digit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHADES: [char; 5] = [' ', '.', 'o', '%', '@'];
        for row in self.ink.chunks_exact(self.side) {
            let shade = |&ink: &u8| SHADES[(usize::from(ink) + 62) / 64];
            writeln!(f, "{}", row.iter().map(shade).collect::<String>().trim_end())?;
        }
        Ok(())
    }
}

/// The mean ink in each cell of a grid of `side` x `side`, row-major. The grid covers the smallest square around
/// `crop` with the same middle.
fn mean_ink(raster: &Raster, crop: InkBox, side: usize) -> Vec<f64> {
    let (width, height) = (crop.right - crop.left, crop.bottom - crop.top);
    let cell = width.max(height) as f64 / side as f64;
    let columns = shares(width, cell, side);
    let rows = shares(height, cell, side);

    let mut grid = vec![0.0; side * side];
    let mut line = vec![0.0; side];
    for (y, row_shares) in rows.iter().enumerate() {
        let row = &raster.ink()[(crop.top + y) * raster.width() + crop.left..][..width];
        line.fill(0.0);
        for (&ink, column_shares) in row.iter().zip(&columns) {
            if ink > 0.0 {
                for &(column, share) in column_shares {
                    line[column] += share * f64::from(ink);
                }
            }
        }
        for &(row, share) in row_shares {
            for (cell, sum) in grid[row * side..][..side].iter_mut().zip(&line) {
                *cell += share * sum;
            }
        }
    }
    grid
}

/// For each of `count` source pixels along one axis: the cells, out of `side`, that it overlaps, and the length
/// of each overlap in cells. The source pixels are centred on the cells.
fn shares(count: usize, cell: f64, side: usize) -> Vec<Vec<(usize, f64)>> {
    let margin = (side as f64 - count as f64 / cell) / 2.0;
    let at = |i: usize| (margin + i as f64 / cell).clamp(0.0, side as f64);
    (0..count)
        .map(|i| {
            let (from, to) = (at(i), at(i + 1));
            let cells = from as usize..(to.ceil() as usize).min(side);
            cells
                .map(|c| (c, to.min(c as f64 + 1.0) - from.max(c as f64)))
                .filter(|&(_, share)| share > 0.0)
                .collect()
        })
        .collect()
}

/// Stretches the contrast of `side` x `side` cells to full ink, and places them in a square of `whole` x `whole`. If
/// `centred`, moves them by whole pixels until their centre of mass is within half a pixel of index `whole`/2, or as
/// near as possible with all ink in the picture.
fn place(cells: &[f64], side: usize, whole: usize, centred: bool) -> Digit {
    let centre = (whole / 2) as i64;
    let darkest = cells.iter().copied().fold(0.0, f64::max);
    let bytes: Vec<u8> = cells.iter().map(|ink| (ink / darkest * 255.0).round() as u8).collect();
    let inked = || bytes.iter().enumerate().filter(|&(_, &ink)| ink > 0);

    let (mut mass, mut moment_x, mut moment_y) = (0, 0, 0);
    let (mut low, mut high) = ([side; 2], [0; 2]);
    for (i, &ink) in inked() {
        let (x, y) = (i % side, i / side);
        mass += i64::from(ink);
        moment_x += i64::from(ink) * x as i64;
        moment_y += i64::from(ink) * y as i64;
        low = [low[0].min(x), low[1].min(y)];
        high = [high[0].max(x), high[1].max(y)];
    }
    let shift = |moment: i64, axis: usize| {
        if !centred {
            return 0;
        }
        // round(centre - moment / mass), in integer arithmetic.
        let to_centre = (2 * (centre * mass - moment) + mass).div_euclid(2 * mass);
        to_centre.clamp(-(low[axis] as i64), (whole - 1 - high[axis]) as i64)
    };
    let (dx, dy) = (shift(moment_x, 0), shift(moment_y, 1));

    let mut ink = vec![0; whole * whole];
    for (i, &value) in inked() {
        let (x, y) = ((i % side) as i64 + dx, (i / side) as i64 + dy);
        ink[y as usize * whole + x as usize] = value;
    }
    Digit { side: whole, ink }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::strokes::{Drawing, Point};

    fn digit_of(strokes: &[&[Point]], pen_width: f64) -> Digit {
        let drawing = Drawing::new(strokes.iter().map(|s| s.to_vec()).collect(), pen_width).unwrap();
        Digit::from_raster(&drawing.rasterise().unwrap()).unwrap()
    }

    fn centre_of_mass(digit: &Digit) -> (f64, f64) {
        let mass: f64 = digit.ink.iter().map(|&v| f64::from(v)).sum();
        let moment = |f: fn(usize) -> usize| {
            digit.ink.iter().enumerate().map(|(i, &v)| f64::from(v) * f(i) as f64).sum::<f64>() / mass
        };
        (moment(|i| i % SIDE), moment(|i| i / SIDE))
    }

    /// Width and height of the ink.
    fn extent(digit: &Digit) -> (usize, usize) {
        let span = |f: fn(usize) -> usize| {
            let inked = || digit.ink.iter().enumerate().filter(|&(_, &v)| v > 0).map(|(i, _)| f(i));
            inked().max().unwrap() - inked().min().unwrap() + 1
        };
        (span(|i| i % SIDE), span(|i| i / SIDE))
    }

    const SEVEN: [Point; 3] = [[0.0, 0.0], [100.0, 0.0], [40.0, 200.0]];

    #[test]
    fn a_drawing_keeps_its_proportions_in_every_size() {
        let seven = Drawing::new(vec![SEVEN.to_vec()], 16.0).unwrap().rasterise().unwrap();
        for side in SIDES {
            let digit = Digit::from_raster_with_side(&seven, side).unwrap();
            assert_eq!((digit.side(), digit.ink().len()), (side, side * side));
            assert_eq!(digit.ink().iter().max(), Some(&255));
            let rows = digit.ink().chunks_exact(side).filter(|row| row.iter().any(|&ink| ink > 0)).count();
            let expected = 20.0 / 28.0 * side as f64;
            assert!((rows as f64 - expected).abs() <= 1.0, "{side}: {rows} rows");
            let mass: f64 = digit.ink().iter().map(|&v| f64::from(v)).sum();
            let column = digit.ink().iter().enumerate().map(|(i, &v)| f64::from(v) * (i % side) as f64);
            let centre = column.sum::<f64>() / mass;
            assert!((centre - (side / 2) as f64).abs() <= 0.5, "{side}: centre at {centre}");
        }
        assert_eq!(Digit::from_raster_with_side(&seven, SIDE), Digit::from_raster(&seven));
        assert_eq!(Digit::from_raster_with_side(&seven, 1000).unwrap().side(), 64);
    }

    #[test]
    fn another_size_has_the_mean_ink_of_each_area() {
        let ink: [u8; PIXELS] = std::array::from_fn(|i| (i * i % 251) as u8);
        let digit = Digit::from_ink(&ink).unwrap();
        assert_eq!(digit.resized(SIDE), Some(digit.clone()));
        // Half the side: means of 2 x 2 pixels.
        let half = digit.resized(14).unwrap();
        for (i, &found) in half.ink().iter().enumerate() {
            let at = |dy: usize, dx: usize| u32::from(ink[(2 * (i / 14) + dy) * SIDE + 2 * (i % 14) + dx]);
            let sum = at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1);
            assert_eq!(u32::from(found), (2 * sum + 4) / 8, "pixel {i}");
        }
        // Twice the side: each pixel becomes four.
        let twice = digit.resized(56).unwrap();
        assert!(twice.ink().iter().enumerate().all(|(i, &v)| v == ink[i / 56 / 2 * SIDE + i % 56 / 2]));
        // The mean of all ink stays, to within the rounding.
        let mean =
            |digit: &Digit| digit.ink().iter().map(|&v| f64::from(v)).sum::<f64>() / digit.ink().len() as f64;
        for side in SIDES {
            let resized = digit.resized(side).unwrap();
            assert!((mean(&resized) - mean(&digit)).abs() < 0.5, "{side}");
        }
        let mut faint = [0; PIXELS];
        faint[0] = 1;
        assert_eq!(Digit::from_ink(&faint).unwrap().resized(8), None);
    }

    #[test]
    fn a_drawing_of_any_size_and_place_is_centred_and_scaled() {
        for (scale, at) in
            [(1.0, [40.0, 40.0]), (0.05, [3.0, 3.0]), (1.35, [5.0, 5.0]), (0.3, [240.0, 215.0])]
        {
            let points = SEVEN.map(|[x, y]| [x * scale + at[0], y * scale + at[1]]);
            let digit = digit_of(&[&points], 16.0);
            let (x, y) = centre_of_mass(&digit);
            assert!((x - 14.0).abs() <= 0.5 && (y - 14.0).abs() <= 0.5, "centre at {x}, {y}\n{digit:?}");
            let (width, height) = extent(&digit);
            assert_eq!(width.max(height), 20, "{digit:?}");
            assert_eq!(digit.ink.iter().max(), Some(&255));
        }
    }

    #[test]
    fn a_dot_and_a_line_are_centred_too() {
        let dot = digit_of(&[&[[270.0, 10.0]]], 16.0);
        assert_eq!(extent(&dot), (20, 20));
        let line = digit_of(&[&[[20.0, 200.0], [220.0, 200.0]]], 10.0);
        let (width, height) = extent(&line);
        assert_eq!(width, 20);
        assert!(height <= 2, "{line:?}");
    }

    #[test]
    fn aspect_is_kept() {
        let points = [[0.0, 0.0], [85.0, 0.0], [85.0, 190.0], [0.0, 190.0], [0.0, 0.0]];
        let (width, height) = extent(&digit_of(&[&points], 20.0));
        assert_eq!((width, height), (10, 20));
    }

    #[test]
    fn a_digit_that_fits_is_fitted_to_itself() {
        let digit = digit_of(&[&SEVEN], 16.0);
        let ink = digit.ink.iter().map(|&v| f32::from(v) / 255.0).collect();
        let again = Digit::from_raster(&Raster::from_ink(SIDE, SIDE, ink).unwrap()).unwrap();
        assert_eq!(again, digit);
    }

    #[test]
    fn enlarging_a_picture_changes_nothing() {
        let digit = digit_of(&[&SEVEN], 16.0);
        let side = 3 * SIDE;
        let enlarged = (0..side * side)
            .map(|i| f32::from(digit.ink[(i / side / 3) * SIDE + i % side / 3]) / 255.0)
            .collect();
        let again = Digit::from_raster(&Raster::from_ink(side, side, enlarged).unwrap()).unwrap();
        assert_eq!(again, digit);
    }

    #[test]
    fn lopsided_ink_stays_in_the_picture() {
        // Nearly all ink is at the left; a thin line extends far to the right.
        let mut ink = vec![0.0; 100 * 100];
        ink[..100 * 100].chunks_exact_mut(100).for_each(|row| row[..4].fill(1.0));
        ink[50 * 100..51 * 100].fill(1.0);
        let digit = Digit::from_raster(&Raster::from_ink(100, 100, ink).unwrap()).unwrap();
        assert_eq!(extent(&digit), (20, 20), "{digit:?}");
    }

    #[test]
    fn uncropped_ink_keeps_its_size_and_also_its_place_unless_centred() {
        let points = SEVEN.map(|[x, y]| [x * 0.5 + 20.0, y * 0.5 + 20.0]);
        let drawing = Drawing::new(vec![points.to_vec()], 16.0).unwrap();
        let canvas = drawing.rasterise_on_canvas(280.0).unwrap();
        let as_drawn = Digit::from_uncropped(&canvas, false).unwrap();
        let centred = Digit::from_uncropped(&canvas, true).unwrap();
        // The ink covers 12 to 78 across and 12 to 128 down.
        assert_eq!(extent(&as_drawn), (7, 12), "{as_drawn:?}");
        assert_eq!(extent(&centred), (7, 12));
        let (x, y) = centre_of_mass(&as_drawn);
        assert!((3.0..5.5).contains(&x) && (3.0..7.0).contains(&y), "centre at {x}, {y}");
        let (x, y) = centre_of_mass(&centred);
        assert!((x - 14.0).abs() <= 0.5 && (y - 14.0).abs() <= 0.5, "centre at {x}, {y}");
        let beyond = Drawing::new(vec![vec![[400.0, 10.0]]], 16.0).unwrap();
        assert_eq!(Digit::from_uncropped(&beyond.rasterise_on_canvas(280.0).unwrap(), true), None);
    }

    #[test]
    fn blank_paper_is_no_digit() {
        assert_eq!(Digit::from_ink(&[0; PIXELS]), None);
        assert_eq!(Digit::from_square(&[0; 64]), Ok(None));
        assert_eq!(Digit::from_raster(&Raster::from_ink(3, 2, vec![0.0; 6]).unwrap()), None);
    }

    #[test]
    fn squares_of_other_sizes_are_taken_unchanged() {
        for side in SIDES {
            let digit = Digit::from_square(&vec![7; side * side]).unwrap().unwrap();
            assert_eq!((digit.side(), digit.ink().len()), (side, side * side));
            assert_eq!(digit.check_inputs(side * side), Ok(()));
            assert_eq!(digit.check_inputs(side), Err(DigitError::Inputs { side, inputs: side }));
        }
        for found in [0, 1, 63, 65, 783, 49, 65 * 65] {
            assert_eq!(Digit::from_square(&vec![7; found]), Err(DigitError::NotSquare { found }));
        }
        assert_eq!(Digit::from_square(&[9; PIXELS]).unwrap(), Digit::from_ink(&[9; PIXELS]));
    }
}
