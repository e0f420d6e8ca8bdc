//! Pen strokes and their antialiased raster.
//!
//! The raster is made from the strokes themselves, never from a canvas: what is recognised does
//! not depend on a screen's resolution, on where the digit was drawn, or on a browser that adds
//! noise to the pixels it hands back.

use thiserror::Error;

use crate::digit::{FIT, SIDE};
use crate::raster::Raster;

/// Samples along each side of one pixel of the 20 x 20 box that a digit is fitted in. Each sample
/// is antialiased itself, so four are as good as an exact area (see the tests).
const SAMPLES: usize = 4;

/// Coordinates and pen widths beyond this are taken for a mistake.
const MAX_COORDINATE: f64 = 1e6;

/// Pen widths under this are taken for a mistake.
const MIN_PEN_WIDTH: f64 = 1e-3;

/// Why strokes could not be taken as a drawing.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DrawingError {
    /// A coordinate that is not a number, or beyond a million units.
    #[error(
        "point {point} of stroke {stroke} is at ({x}, {y}); coordinates are numbers within a million units of 0"
    )]
    Coordinate {
        /// Index of the stroke.
        stroke: usize,
        /// Index of the point in its stroke.
        point: usize,
        /// Its x, in canvas units.
        x: f64,
        /// Its y, in canvas units.
        y: f64,
    },
    /// A pen that is not between a thousandth and a million units wide.
    #[error("a pen {0} units wide cannot draw; choose one between {MIN_PEN_WIDTH} and {MAX_COORDINATE}")]
    PenWidth(f64),
    /// The lengths of the strokes do not add up to the number of points.
    #[error("the strokes' lengths add up to {lengths} points, but {points} were given")]
    Lengths {
        /// Sum of the lengths.
        lengths: usize,
        /// Points that were given.
        points: usize,
    },
}

/// A point on the canvas, `[x, y]` in canvas units, y down.
pub type Point = [f64; 2];

/// Strokes of a round pen. A stroke of one point is a dot; one of none is nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    strokes: Vec<Vec<Point>>,
    pen_width: f64,
}

impl Drawing {
    /// Takes strokes in canvas units and the pen's width in the same units.
    ///
    /// # Errors
    /// [`DrawingError`] where a coordinate or the pen's width cannot be drawn.
    pub fn new(strokes: Vec<Vec<Point>>, pen_width: f64) -> Result<Self, DrawingError> {
        // Written so that NaN fails too.
        if !(MIN_PEN_WIDTH..=MAX_COORDINATE).contains(&pen_width) {
            return Err(DrawingError::PenWidth(pen_width));
        }
        for (stroke, points) in strokes.iter().enumerate() {
            for (point, &[x, y]) in points.iter().enumerate() {
                if !(x.abs() <= MAX_COORDINATE && y.abs() <= MAX_COORDINATE) {
                    return Err(DrawingError::Coordinate { stroke, point, x, y });
                }
            }
        }
        Ok(Self { strokes, pen_width })
    }

    /// Takes the strokes' points one after another, `x, y, x, y, ..`, and how many points each
    /// stroke has: the form in which they cross from JavaScript.
    ///
    /// # Errors
    /// [`DrawingError`] as [`Drawing::new`], and where the lengths do not add up to the points.
    pub fn from_flat(points: &[f32], lengths: &[u32], pen_width: f64) -> Result<Self, DrawingError> {
        let sum = lengths.iter().try_fold(0usize, |sum, &n| sum.checked_add(n as usize));
        if !points.len().is_multiple_of(2) || sum != Some(points.len() / 2) {
            return Err(DrawingError::Lengths {
                lengths: sum.unwrap_or(usize::MAX),
                points: points.len() / 2,
            });
        }
        let mut pairs = points.chunks_exact(2).map(|p| [f64::from(p[0]), f64::from(p[1])]);
        let strokes = lengths.iter().map(|&n| pairs.by_ref().take(n as usize).collect());
        Self::new(strokes.collect(), pen_width)
    }

    /// The ink of the strokes on a raster that just holds them, or `None` where nothing is drawn.
    ///
    /// The longer side of the drawing always gets the same number of samples, so a drawing moved
    /// or scaled together with its pen gives the same raster.
    #[must_use]
    pub fn rasterise(&self) -> Option<Raster> {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for point in self.strokes.iter().flatten() {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let sides = [0, 1].map(|axis| high[axis] - low[axis] + self.pen_width);
        let longer = sides[0].max(sides[1]);
        if longer < 0.0 {
            return None;
        }
        let samples = FIT * SAMPLES;
        let per_unit = samples as f64 / longer;
        let radius = self.pen_width / 2.0;
        // An even number of samples on both sides: the box keeps its middle when it is padded to
        // a square, so the samples keep to the pixels' borders.
        let count = |side: f64| (((side * per_unit / 2.0).ceil() as usize) * 2).clamp(2, samples);
        let [width, height] = sides.map(count);
        let origin = [(0, width), (1, height)].map(|(axis, count)| {
            let slack = (count as f64 - sides[axis] * per_unit) / 2.0;
            slack - (low[axis] - radius) * per_unit
        });

        self.ink(width, height, per_unit, origin)
    }

    /// The ink of the strokes on a square canvas from 0 to `side` canvas units each way, as it
    /// lies there, or `None` where nothing is drawn or the canvas has no size. What is drawn
    /// beyond the canvas is cut off.
    #[must_use]
    pub fn rasterise_on_canvas(&self, side: f64) -> Option<Raster> {
        let drawn = self.strokes.iter().any(|stroke| !stroke.is_empty());
        let sized = side > 0.0 && side.is_finite();
        if !(drawn && sized) {
            return None;
        }
        let samples = SIDE * SAMPLES;
        self.ink(samples, samples, samples as f64 / side, [0.0; 2])
    }

    /// Samples of ink, `per_unit` of them along a canvas unit; `origin` is where the canvas' own
    /// comes to lie, in samples.
    fn ink(&self, width: usize, height: usize, per_unit: f64, origin: [f64; 2]) -> Option<Raster> {
        let mut grid = Grid { width, height, ink: vec![0.0; width * height] };
        let radius = (self.pen_width / 2.0 * per_unit) as f32;
        for stroke in &self.strokes {
            let mut points =
                stroke.iter().map(|p| [0, 1].map(|axis| (p[axis] * per_unit + origin[axis]) as f32));
            let Some(mut from) = points.next() else { continue };
            grid.draw_segment(from, from, radius);
            for to in points {
                if to != from {
                    grid.draw_segment(from, to, radius);
                    from = to;
                }
            }
        }
        Raster::from_ink(width, height, grid.ink).ok()
    }
}

struct Grid {
    width: usize,
    height: usize,
    ink: Vec<f32>,
}

impl Grid {
    /// Inks all samples within `radius` of the segment, in samples; a sample on the edge gets the
    /// share of its width that lies inside.
    fn draw_segment(&mut self, from: [f32; 2], to: [f32; 2], radius: f32) {
        let reach = radius + 0.5;
        let along = [to[0] - from[0], to[1] - from[1]];
        let length_squared = along[0] * along[0] + along[1] * along[1];
        let span = |axis: usize, count: usize| {
            let start = (from[axis].min(to[axis]) - reach - 0.5).ceil().max(0.0) as usize;
            let end = (from[axis].max(to[axis]) + reach - 0.5).floor().max(-1.0) + 1.0;
            start..(end as usize).min(count)
        };
        let columns = span(0, self.width);
        for y in span(1, self.height) {
            let row = &mut self.ink[y * self.width..][..self.width];
            let dy = y as f32 + 0.5 - from[1];
            for x in columns.clone() {
                let dx = x as f32 + 0.5 - from[0];
                let share = if length_squared > 0.0 {
                    ((dx * along[0] + dy * along[1]) / length_squared).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let [ex, ey] = [dx - share * along[0], dy - share * along[1]];
                let distance_squared = ex * ex + ey * ey;
                if distance_squared < reach * reach {
                    let ink = (reach - distance_squared.sqrt()).min(1.0);
                    row[x] = row[x].max(ink);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(strokes: &[&[Point]], pen_width: f64) -> Raster {
        let strokes = strokes.iter().map(|s| s.to_vec()).collect();
        Drawing::new(strokes, pen_width).unwrap().rasterise().unwrap()
    }

    /// Share of the samples of a fine grid that lie within half a pen of the polyline: the plain
    /// definition of coverage, on the same raster.
    fn oracle(points: &[Point], pen_width: f64, width: usize, height: usize) -> Vec<f64> {
        const FINE: usize = 32;
        let low = |axis: usize| points.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
        let high = |axis: usize| points.iter().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
        let sides = [0, 1].map(|axis| high(axis) - low(axis) + pen_width);
        let unit = sides[0].max(sides[1]) / (FIT * SAMPLES) as f64;
        let start =
            [(0, width), (1, height)].map(|(axis, n)| (low(axis) + high(axis)) / 2.0 - unit * n as f64 / 2.0);
        let inside = |x: f64, y: f64| {
            points.windows(2).any(|pair| {
                let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
                let (dx, dy) = (bx - ax, by - ay);
                let t = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
                (x - ax - t * dx).hypot(y - ay - t * dy) <= pen_width / 2.0
            })
        };
        let mut coverage = vec![0.0; width * height];
        for y in 0..height * FINE {
            for x in 0..width * FINE {
                let at = |i: usize| (i as f64 + 0.5) / FINE as f64 * unit;
                if inside(start[0] + at(x), start[1] + at(y)) {
                    coverage[(y / FINE) * width + x / FINE] += 1.0 / (FINE * FINE) as f64;
                }
            }
        }
        coverage
    }

    #[test]
    fn coverage_agrees_with_counting_a_thousand_samples_a_cell() {
        let points = [[40.0, 30.0], [150.0, 60.0], [90.0, 130.0], [160.0, 220.0]];
        let raster = raster(&[&points], 16.0);
        let (width, height) = (raster.width(), raster.height());
        let expected = oracle(&points, 16.0, width, height);
        // As pixels of the 20 x 20 box, each of SAMPLES x SAMPLES cells.
        for top in (0..height - SAMPLES).step_by(SAMPLES) {
            for left in (0..width - SAMPLES).step_by(SAMPLES) {
                let cells =
                    || (0..SAMPLES * SAMPLES).map(|i| (top + i / SAMPLES) * width + left + i % SAMPLES);
                let found: f64 = cells().map(|i| f64::from(raster.ink()[i])).sum();
                let wanted: f64 = cells().map(|i| expected[i]).sum();
                let error = (found - wanted).abs() / (SAMPLES * SAMPLES) as f64;
                assert!(error < 4.0 / 255.0, "pixel at {left},{top}: off by {error}");
            }
        }
    }

    #[test]
    fn nothing_drawn_is_nothing() {
        for strokes in [vec![], vec![vec![]], vec![vec![], vec![]]] {
            assert_eq!(Drawing::new(strokes, 16.0).unwrap().rasterise(), None);
        }
    }

    #[test]
    fn a_dot_is_a_disc() {
        let raster = raster(&[&[[100.0, 100.0]]], 16.0);
        assert_eq!((raster.width(), raster.height()), (80, 80));
        let area = f64::from(raster.ink().iter().sum::<f32>()) / 6400.0;
        assert!((area - std::f64::consts::FRAC_PI_4).abs() < 0.001, "a disc fills {area} of its box");
    }

    #[test]
    fn moving_and_scaling_with_the_pen_changes_nothing() {
        let points = [[40.0, 30.0], [150.0, 60.0], [90.0, 130.0]];
        let moved = points.map(|[x, y]| [x / 2.0 + 64.0, y / 2.0 + 8.0]);
        assert_eq!(raster(&[&points], 16.0), raster(&[&moved], 8.0));
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        let far = Drawing::new(vec![vec![[0.0, 0.0]], vec![[0.0, f64::NAN]]], 16.0);
        assert!(matches!(far, Err(DrawingError::Coordinate { stroke: 1, point: 0, .. })));
        for width in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Drawing::new(vec![], width), Err(DrawingError::PenWidth(_))));
        }
        let short = Drawing::from_flat(&[1.0, 2.0, 3.0, 4.0], &[1], 16.0);
        assert_eq!(short, Err(DrawingError::Lengths { lengths: 1, points: 2 }));
    }
}
