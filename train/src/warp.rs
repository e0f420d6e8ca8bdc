//! Random geometric distortions: maps each place of a distorted digit to a place of the original.

use crate::random::Stream;

/// Places along a side of the raster on which a distorted digit is sampled, two per pixel.
pub const GRID: usize = 64;

/// The strength of a distortion. Each field is the largest value of one variation, or its standard deviation.
#[derive(Debug, Clone, Copy)]
pub struct Warp {
    /// Largest rotation in either direction, degrees.
    pub rotation: f32,
    /// Largest slant in either direction, as the tangent of its angle.
    pub slant: f32,
    /// Largest change of the aspect ratio in either direction, as a logarithm.
    pub aspect: f32,
    /// Largest change of scale from one side of the digit to the other, in either direction.
    pub perspective: f32,
    /// Standard deviation of the bends' control points, pixels: coarse and fine.
    pub bend: [f32; 2],
}

impl Warp {
    /// The same distortion scaled by `factor`.
    pub fn scaled(self, factor: f32) -> Self {
        Self {
            rotation: self.rotation * factor,
            slant: self.slant * factor,
            aspect: self.aspect * factor,
            perspective: self.perspective * factor,
            bend: self.bend.map(|b| b * factor),
        }
    }
}

/// Makes random warps: uniform cubic B-spline surfaces (C. de Boor, "A practical guide to splines", 1978). They
/// represent rotation, slant and stretching exactly, and bends smoothly.
pub struct Warper {
    /// The four pieces of the spline at each place of one span.
    pieces: [[f32; PLACES]; 4],
}

/// Spans of the surface along a side.
const SPANS: usize = 8;

/// Places of the raster along one span.
const PLACES: usize = GRID / SPANS;

/// Control points along a side.
const CONTROLS: usize = SPANS + 3;

/// Control points along a side of the coarse bends, whose spans are twice as long.
const COARSE: usize = SPANS / 2 + 3;

impl Warper {
    /// Computes the pieces of the spline, which all warps share.
    pub fn new() -> Self {
        let mut pieces = [[0.0; PLACES]; 4];
        for place in 0..PLACES {
            let u = (place as f32 + 0.5) / PLACES as f32;
            let at = [
                (1.0 - u).powi(3) / 6.0,
                (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0,
                (-3.0 * u * u * u + 3.0 * u * u + 3.0 * u + 1.0) / 6.0,
                u * u * u / 6.0,
            ];
            for (piece, value) in pieces.iter_mut().zip(at) {
                piece[place] = value;
            }
        }
        Self { pieces }
    }

    /// For each place of the raster, `[64, 64]` row-major, the place in the picture that it shows, in pixels:
    /// all x, then all y. `middle` is the place that the middle of the raster shows.
    pub fn draw(&self, warp: &Warp, middle: [f32; 2], random: &mut Stream) -> [Vec<f32>; 2] {
        let angle = random.between(-warp.rotation, warp.rotation).to_radians();
        let slant = random.between(-warp.slant, warp.slant);
        let stretch = (random.between(-warp.aspect, warp.aspect) / 2.0).exp();
        let tilt = [0, 1].map(|_| random.between(-warp.perspective, warp.perspective) / 10.0);

        let (sin, cos) = angle.sin_cos();
        // Rotation after slant after stretching, from the raster to the picture.
        let matrix =
            [[cos * stretch, (cos * slant - sin) / stretch], [sin * stretch, (sin * slant + cos) / stretch]];
        // In pixels from the middle; a span is four pixels.
        let centred = |i: usize| (i as f32 - (CONTROLS - 1) as f32 / 2.0) * (PLACES as f32 / 2.0);
        [0, 1].map(|axis| {
            let coarse =
                refine(&std::array::from_fn(|_| std::array::from_fn(|_| warp.bend[0] * random.spread())));
            let controls = std::array::from_fn(|row| {
                std::array::from_fn(|column| {
                    let (x, y) = (centred(column), centred(row));
                    let [a, b] = matrix[axis];
                    let linear = (a * x + b * y) * (1.0 + tilt[0] * x + tilt[1] * y);
                    middle[axis] + linear + coarse[row][column] + warp.bend[1] * random.spread()
                })
            });
            self.surface(&controls)
        })
    }

    /// The values of the surface on the raster, `[64, 64]` row-major.
    fn surface(&self, controls: &[[f32; CONTROLS]; CONTROLS]) -> Vec<f32> {
        let mut values = vec![0.0; GRID * GRID];
        for (y, row) in values.chunks_exact_mut(GRID).enumerate() {
            let mut line = [0.0; CONTROLS];
            for (piece, points) in self.pieces.iter().zip(&controls[y / PLACES..]) {
                for (value, point) in line.iter_mut().zip(points) {
                    *value += piece[y % PLACES] * point;
                }
            }
            let (spans, _) = row.as_chunks_mut::<PLACES>();
            for (span, first) in spans.iter_mut().zip(0..) {
                for (piece, point) in self.pieces.iter().zip(&line[first..]) {
                    for (value, share) in span.iter_mut().zip(piece) {
                        *value += share * point;
                    }
                }
            }
        }
        values
    }
}

/// The control points that give the same surface with spans half as long.
fn refine(coarse: &[[f32; COARSE]; COARSE]) -> [[f32; CONTROLS]; CONTROLS] {
    // A new point between two old ones is their mean. A new point at an old one has three quarters of that point
    // and an eighth of each neighbour.
    let along = |get: &dyn Fn(usize) -> f32, i: usize| {
        let k = i / 2;
        if i.is_multiple_of(2) {
            (get(k) + get(k + 1)) / 2.0
        } else {
            (get(k) + 6.0 * get(k + 1) + get(k + 2)) / 8.0
        }
    };
    let rows: [[f32; CONTROLS]; COARSE] =
        std::array::from_fn(|y| std::array::from_fn(|x| along(&|k| coarse[y][k], x)));
    std::array::from_fn(|y| std::array::from_fn(|x| along(&|k| rows[k][x], y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    const NONE: Warp = Warp { rotation: 0.0, slant: 0.0, aspect: 0.0, perspective: 0.0, bend: [0.0; 2] };

    #[test]
    fn no_distortion_leaves_everything_in_place() {
        let mut random = Stream::new(1, Purpose::Distortion, 0, 0);
        let places = Warper::new().draw(&NONE, [13.5, 13.5], &mut random);
        for (i, (x, y)) in places[0].iter().zip(&places[1]).enumerate() {
            let at = |i: usize| 13.5 + (i as f32 - 31.5) / 2.0;
            assert!((x - at(i % GRID)).abs() < 1e-4 && (y - at(i / GRID)).abs() < 1e-4);
        }
    }

    #[test]
    fn bends_are_smooth() {
        let mut random = Stream::new(1, Purpose::Distortion, 0, 0);
        let warp = Warp { bend: [1.0, 1.0], ..NONE };
        let places = Warper::new().draw(&warp, [13.5, 13.5], &mut random);
        for pair in places[0].chunks_exact(GRID).flat_map(|row| row.windows(2)) {
            let step = pair[1] - pair[0];
            assert!((-0.2..1.2).contains(&step), "neighbours are {step} apart");
        }
    }

    #[test]
    fn refining_does_not_change_the_surface() {
        let mut random = Stream::new(1, Purpose::Distortion, 0, 0);
        let coarse = std::array::from_fn(|_| std::array::from_fn(|_| random.normal()));
        let fine = refine(&coarse);
        // The surface at a control point, from the points around it.
        let at = |get: &dyn Fn(usize, usize) -> f32, y: usize, x: usize| {
            let weights = [1.0, 4.0, 1.0];
            let sum = (0..9).map(|i| weights[i / 3] * weights[i % 3] * get(y + i / 3 - 1, x + i % 3 - 1));
            sum.sum::<f32>() / 36.0
        };
        for (y, x) in [(1, 1), (2, 3), (3, 2), (4, 4)] {
            let before = at(&|y, x| coarse[y][x], y, x);
            let after = at(&|y, x| fine[y][x], 2 * y - 1, 2 * x - 1);
            assert!((before - after).abs() < 1e-5, "{before} became {after} at {x},{y}");
        }
    }
}
