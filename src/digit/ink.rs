//! The antialiased ink of pen strokes.
//!
//! The raster is made from the strokes, never from a canvas. So the result does not depend on the
//! screen's resolution, on the place of the drawing, or on a browser that adds noise to the pixels that
//! a page reads from a canvas.

use super::ink_grid::Grid;
use super::picture::{FIT, SIDE};
use super::raster::Raster;
use super::strokes::{Drawing, Point};

/// Samples along each side of one pixel of the 20 x 20 box that a digit is fitted in. Each sample
/// is antialiased too, so four are as good as an exact area (see the tests).
const SAMPLES: usize = 4;

/// The smallest and the largest width of a stroke, in pixels of the box of 20 x 20 that a digit is fitted in. The width of
/// the pen says nothing about the digit, and the network was trained on strokes of MNIST's widths only. 5 % of the training
/// digits have thinner strokes and 5 % have thicker ones, measured as twice the ink over its total variation.
pub const STROKE_WIDTHS: [f64; 2] = [1.65, 3.55];

impl Drawing {
    /// The ink of the strokes on the smallest raster that holds them; `None` where nothing is drawn.
    ///
    /// The longer side of the drawing always gets the same number of samples. Therefore a drawing that is
    /// moved, or scaled together with its pen, gives the same raster. Strokes that are thinner or thicker
    /// than MNIST's are drawn with the thinnest or the thickest of MNIST's widths. A dot keeps its width.
    #[must_use]
    pub fn rasterise(&self) -> Option<Raster> {
        self.ink(&self.fit()?)
    }

    /// Where [`Drawing::rasterise`] draws the strokes, and how wide; `None` where nothing is drawn.
    pub(super) fn fit(&self) -> Option<Canvas> {
        let pen = self.fitting_pen();
        let widths: Vec<f64> = self.widths.iter().map(|width| width * pen).collect();
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        let widest = widths.iter().copied().fold(0.0, f64::max);
        for (stroke, width) in self.strokes.iter().zip(&widths) {
            // The widest stroke extends this much farther beyond its points than this stroke does.
            let within = (widest - width) / 2.0;
            for point in stroke {
                for axis in 0..2 {
                    low[axis] = low[axis].min(point[axis] + within);
                    high[axis] = high[axis].max(point[axis] - within);
                }
            }
        }
        let sides = [0, 1].map(|axis| high[axis] - low[axis] + widest);
        let longer = sides[0].max(sides[1]);
        if longer < 0.0 {
            return None;
        }
        let samples = FIT * SAMPLES;
        let per_unit = samples as f64 / longer;
        let radius = widest / 2.0;
        // The number of samples is even on both sides. Padding to a square then keeps the middle of the box,
        // and every pixel consists of whole samples.
        let count = |side: f64| (((side * per_unit / 2.0).ceil() as usize) * 2).clamp(2, samples);
        let [width, height] = sides.map(count);
        let origin = [(0, width), (1, height)].map(|(axis, count)| {
            let slack = (count as f64 - sides[axis] * per_unit) / 2.0;
            slack - (low[axis] - radius) * per_unit
        });
        Some(Canvas { widths, width, height, per_unit, origin })
    }

    /// The number of samples that [`Drawing::rasterise`] looks at, at most: what it costs. It looks at some 300 million a
    /// second. A drawing by hand takes less than a million; strokes to and fro over the whole drawing take 6400 for each
    /// point.
    #[must_use]
    pub fn samples(&self) -> u64 {
        let widest =
            self.widths.iter().fold(0.0, |widest: f64, &width| widest.max(width)) * self.fitting_pen();
        let extent = self.extent();
        let longer = extent[0].max(extent[1]).max(0.0) + widest;
        let per_unit = (FIT * SAMPLES) as f64 / longer;
        // A segment is drawn in the box that holds it, with a margin of two samples on each side.
        let side = |length: f64| ((length + widest) * per_unit + 4.0).min((FIT * SAMPLES) as f64);
        let of_stroke = |points: &Vec<Point>| {
            // The first point is drawn as a dot.
            let dot = points.first().map(|_| [0.0; 2]);
            let segments =
                points.windows(2).map(|pair| [0, 1].map(|axis| (pair[1][axis] - pair[0][axis]).abs()));
            dot.into_iter().chain(segments).map(|[x, y]| side(x) * side(y)).sum::<f64>()
        };
        self.strokes.iter().map(of_stroke).sum::<f64>() as u64
    }

    /// Width and height of the box that holds all points; negative if there are none.
    fn extent(&self) -> [f64; 2] {
        let points = || self.strokes.iter().flatten();
        [0, 1].map(|axis| {
            let end = |limit: f64, pick: fn(f64, f64) -> f64| points().map(|p| p[axis]).fold(limit, pick);
            end(f64::NEG_INFINITY, f64::max) - end(f64::INFINITY, f64::min)
        })
    }

    /// The factor on the widths that brings the strokes into the range of [`STROKE_WIDTHS`].
    fn fitting_pen(&self) -> f64 {
        let extent = self.extent();
        let extent = extent[0].max(extent[1]);
        let drawn = self.strokes.iter().zip(&self.widths).map(|(stroke, width)| (stroke.len() as f64, width));
        let (count, sum) =
            drawn.fold((0.0, 0.0), |(n, sum), (points, width)| (n + points, sum + points * width));
        if count == 0.0 {
            return 1.0;
        }
        let mean = sum / count;
        // The widths, in canvas units, that become these widths in pixels of the box.
        let [thinnest, thickest] = STROKE_WIDTHS.map(|pixels| extent * pixels / (FIT as f64 - pixels));
        // A drawing of extent 0 is a dot and keeps its width. As the extent grows, the upper limit falls from
        // the pen's own width to the thickest.
        mean.min(thickest.max(mean - extent)).max(thinnest) / mean
    }

    /// The ink of the strokes on a square canvas from 0 to `side` canvas units on both axes, neither moved nor
    /// scaled. Strokes beyond the canvas are cut off. `None` where nothing is drawn or the canvas has no size.
    #[must_use]
    pub fn rasterise_on_canvas(&self, side: f64) -> Option<Raster> {
        let drawn = self.strokes.iter().any(|stroke| !stroke.is_empty());
        let sized = side > 0.0 && side.is_finite();
        if !(drawn && sized) {
            return None;
        }
        let samples = SIDE * SAMPLES;
        self.ink(&Canvas {
            widths: self.widths.clone(),
            width: samples,
            height: samples,
            per_unit: samples as f64 / side,
            origin: [0.0; 2],
        })
    }

    /// Draws the strokes.
    pub(super) fn ink(&self, canvas: &Canvas) -> Option<Raster> {
        let Canvas { ref widths, width, height, per_unit, .. } = *canvas;
        let mut grid = Grid::new(width, height);
        for (stroke, pen_width) in self.strokes.iter().zip(widths) {
            let radius = (pen_width / 2.0 * per_unit) as f32;
            let mut points = stroke.iter().map(|&point| canvas.place(point));
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

/// Samples for the ink of strokes, and where each stroke is on them.
pub(super) struct Canvas {
    /// The width of each stroke, in canvas units.
    widths: Vec<f64>,
    /// Samples in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Samples in a canvas unit.
    per_unit: f64,
    /// Place of the origin of the canvas units, in samples.
    origin: Point,
}

impl Canvas {
    /// Where a point is, in samples.
    pub fn place(&self, point: Point) -> [f32; 2] {
        [0, 1].map(|axis| (point[axis] * self.per_unit + self.origin[axis]) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::Point;

    fn raster(strokes: &[&[Point]], pen_width: f64) -> Raster {
        let strokes = strokes.iter().map(|s| s.to_vec()).collect();
        Drawing::new(strokes, pen_width).unwrap().rasterise().unwrap()
    }

    /// The fraction of each cell within half a pen's width of the polyline, on the same raster. Counts the
    /// points of a fine grid, as coverage is defined.
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
    fn coverage_agrees_with_counting_a_thousand_points_per_cell() {
        let points = [[40.0, 30.0], [150.0, 60.0], [90.0, 130.0], [160.0, 220.0]];
        let raster = raster(&[&points], 17.5);
        let (width, height) = (raster.width(), raster.height());
        let expected = oracle(&points, 17.5, width, height);
        // Means over the pixels of the 20 x 20 box, each of SAMPLES x SAMPLES cells.
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

    /// Ink of a sample at `place`: what every sample gets, were none passed over.
    fn ink_of(from: [f32; 2], to: [f32; 2], radius: f32, place: [f32; 2]) -> f32 {
        let reach = radius + 0.5;
        let along = [to[0] - from[0], to[1] - from[1]];
        let [dx, dy] = [place[0] - from[0], place[1] - from[1]];
        let length_squared = along[0] * along[0] + along[1] * along[1];
        let share = ((dx * along[0] + dy * along[1]) / length_squared).clamp(0.0, 1.0);
        let [ex, ey] = [dx - share * along[0], dy - share * along[1]];
        let distance_squared = ex * ex + ey * ey;
        if distance_squared < reach * reach { (reach - distance_squared.sqrt()).min(1.0) } else { 0.0 }
    }

    #[test]
    fn samples_are_passed_over_only_where_no_ink_is_added() {
        // A walk with steps of all lengths, and pens from a sample to half the raster.
        let mut state = 1u64;
        let mut random = |most: f32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 24) as f32 * most
        };
        for width in [1, 30, 80] {
            let mut grid = Grid::new(width, 50);
            let mut plain = grid.ink.clone();
            let mut from = [random(width as f32), random(50.0)];
            for i in 0..400 {
                let reach = [2.0, 20.0, 120.0][i % 3];
                let to = [0, 1].map(|axis| from[axis] + random(reach) - reach / 2.0);
                let to = [to[0].clamp(-9.0, width as f32 + 9.0), to[1].clamp(-9.0, 59.0)];
                let radius = random([0.4, 3.0, 25.0][i / 3 % 3]);
                grid.draw_segment(from, to, radius);
                for y in 0..50 {
                    for x in 0..width {
                        let ink = ink_of(from, to, radius, [x as f32 + 0.5, y as f32 + 0.5]);
                        plain[y * width + x] = plain[y * width + x].max(ink);
                    }
                }
                assert!(grid.ink == plain, "segment {i} on {width} columns");
                for (row, full) in grid.ink.chunks_exact(width).zip(&grid.full) {
                    assert!(row[full.clone()].iter().all(|&ink| ink == 1.0));
                }
                from = to;
            }
        }
    }

    #[test]
    fn without_strokes_there_is_no_raster() {
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
    fn a_pen_too_thick_or_too_thin_for_its_drawing_gets_one_of_mnist_s_widths() {
        let points = [[40.0, 30.0], [150.0, 60.0], [90.0, 130.0]];
        let extent = 110.0;
        for (pen, px) in [
            (2.0, STROKE_WIDTHS[0]),
            (9.0, STROKE_WIDTHS[0]),
            (15.0, 2.4),
            (24.0, STROKE_WIDTHS[1]),
            (60.0, STROKE_WIDTHS[1]),
        ] {
            let expected = if px == 2.4 { pen } else { extent * px / (FIT as f64 - px) };
            let found = raster(&[&points], pen);
            let wanted = raster(&[&points], expected);
            let off = found.ink().iter().zip(wanted.ink()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 1e-3, "a pen of {pen} is off by {off}");
        }
        // While a dot grows into a line, its width changes without a jump.
        let line = |length: f64| {
            let drawing = Drawing::new(vec![vec![[0.0, 0.0], [length, 0.0]]], 20.0).unwrap();
            20.0 * drawing.fitting_pen()
        };
        assert_eq!(line(0.0), 20.0);
        for length in 0..200 {
            let (now, next) = (line(f64::from(length)), line(f64::from(length + 1)));
            assert!((now - next).abs() <= 1.0 + 1e-9, "from {now} to {next} at {length}");
        }
    }

    #[test]
    fn strokes_of_their_own_widths_are_boxed_by_their_ink() {
        let strokes = vec![vec![[100.0, 100.0]], vec![[100.0, 250.0]]];
        let drawing = Drawing::new(strokes, 16.0).unwrap();
        let same = drawing.clone().with_widths(vec![16.0, 16.0]).unwrap();
        assert_eq!(drawing.rasterise(), same.rasterise());
        // A dot 32 wide above a dot 8 wide: 32 across, 16 + 150 + 4 down.
        let raster = drawing.clone().with_widths(vec![32.0, 8.0]).unwrap().rasterise().unwrap();
        let per_unit = (FIT * SAMPLES) as f64 / 170.0;
        assert_eq!((raster.width(), raster.height()), (16, FIT * SAMPLES));
        let area = f64::from(raster.ink().iter().sum::<f32>()) / per_unit.powi(2);
        let discs = std::f64::consts::PI * (16.0 * 16.0 + 4.0 * 4.0);
        assert!((area / discs - 1.0).abs() < 0.01, "{area} of {discs}");
    }
}
