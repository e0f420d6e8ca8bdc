//! Digits as strokes, authored for these tests.

use rand::RngExt;

use super::random::Random;

/// A point, `[x, y]` in units of the digit's height, y down.
pub type Point = [f64; 2];

/// The control points of each stroke. A third number of 1 in the source of a stroke would be a corner; here a corner is a point
/// that is given twice.
const DIGITS: [&[&[Point]]; 10] = [
    &[&[
        [0.36, 0.0],
        [0.1, 0.16],
        [0.02, 0.5],
        [0.12, 0.86],
        [0.36, 1.0],
        [0.6, 0.86],
        [0.7, 0.5],
        [0.6, 0.14],
        [0.36, 0.0],
    ]],
    &[&[[0.1, 0.0], [0.08, 0.5], [0.06, 1.0]]],
    &[&[
        [0.03, 0.24],
        [0.16, 0.04],
        [0.4, 0.0],
        [0.6, 0.14],
        [0.58, 0.38],
        [0.3, 0.72],
        [0.0, 1.0],
        [0.0, 1.0],
        [0.35, 0.97],
        [0.68, 0.98],
    ]],
    &[&[
        [0.04, 0.1],
        [0.28, 0.0],
        [0.54, 0.12],
        [0.5, 0.36],
        [0.24, 0.47],
        [0.24, 0.47],
        [0.5, 0.55],
        [0.62, 0.76],
        [0.44, 0.96],
        [0.2, 1.0],
        [0.0, 0.88],
    ]],
    &[&[[0.14, 0.0], [0.0, 0.6], [0.0, 0.6], [0.64, 0.58]], &[[0.48, 0.2], [0.42, 1.0]]],
    &[&[
        [0.56, 0.0],
        [0.14, 0.02],
        [0.14, 0.02],
        [0.08, 0.44],
        [0.08, 0.44],
        [0.36, 0.38],
        [0.58, 0.56],
        [0.54, 0.84],
        [0.28, 1.0],
        [0.0, 0.92],
    ]],
    &[&[
        [0.44, 0.0],
        [0.18, 0.22],
        [0.03, 0.58],
        [0.1, 0.9],
        [0.34, 1.0],
        [0.55, 0.84],
        [0.5, 0.6],
        [0.28, 0.52],
        [0.06, 0.68],
    ]],
    &[&[[0.0, 0.03], [0.3, 0.02], [0.62, 0.0], [0.62, 0.0], [0.38, 0.45], [0.24, 1.0]]],
    &[&[
        [0.54, 0.12],
        [0.3, 0.0],
        [0.06, 0.16],
        [0.2, 0.4],
        [0.48, 0.6],
        [0.54, 0.84],
        [0.28, 1.0],
        [0.02, 0.82],
        [0.14, 0.58],
        [0.42, 0.38],
        [0.54, 0.12],
    ]],
    &[&[
        [0.54, 0.16],
        [0.32, 0.0],
        [0.06, 0.12],
        [0.04, 0.38],
        [0.28, 0.5],
        [0.5, 0.34],
        [0.54, 0.16],
        [0.54, 0.16],
        [0.5, 0.6],
        [0.4, 1.0],
    ]],
];

/// A digit in somebody's handwriting: strokes in units of its height, from 0 to 1 downwards, and its width.
pub fn digit(label: usize, random: &mut Random) -> (Vec<Vec<Point>>, f64) {
    let slant = random.0.random_range(-0.12..0.18);
    let wide = random.0.random_range(0.9..1.15);
    let mut wobble = |point: &Point| {
        let [x, y] = [0, 1].map(|axis| point[axis] + random.0.random_range(-0.015..0.015));
        [x * wide - slant * (y - 0.5), y]
    };
    let mut strokes: Vec<Vec<Point>> = DIGITS[label]
        .iter()
        .map(|stroke| {
            let mut points: Vec<Point> = Vec::new();
            for (i, point) in stroke.iter().enumerate() {
                // A corner stays one.
                let again = i > 0 && stroke[i - 1] == *point;
                points.push(if again { points[i - 1] } else { wobble(point) });
            }
            smooth(&points)
        })
        .collect();
    let all = || strokes.iter().flatten();
    let ends = |axis: usize| {
        let low = all().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
        (low, all().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (top, bottom)) = (ends(0), ends(1));
    let height = bottom - top;
    for point in strokes.iter_mut().flatten() {
        *point = [(point[0] - left) / height, (point[1] - top) / height];
    }
    (strokes, (right - left) / height)
}

/// A Catmull-Rom spline through the points; it has a corner where a point is given twice.
fn smooth(points: &[Point]) -> Vec<Point> {
    const STEPS: usize = 8;
    let at = |i: isize| points[i.clamp(0, points.len() as isize - 1) as usize];
    let mut line = vec![points[0]];
    for i in 0..points.len() as isize - 1 {
        let (a, b) = (at(i), at(i + 1));
        if a == b {
            continue;
        }
        // The tangents at both ends; none across a corner.
        let tangent = |before: Point, here: Point, after: Point| {
            if before == here || here == after {
                [0.0; 2]
            } else {
                [0, 1].map(|k| (after[k] - before[k]) / 2.0)
            }
        };
        let (from, to) = (tangent(at(i - 1), a, b), tangent(a, b, at(i + 2)));
        for step in 1..=STEPS {
            let t = step as f64 / STEPS as f64;
            let (t2, t3) = (t * t, t * t * t);
            line.push([0, 1].map(|k| {
                (2.0 * t3 - 3.0 * t2 + 1.0) * a[k]
                    + (t3 - 2.0 * t2 + t) * from[k]
                    + (3.0 * t2 - 2.0 * t3) * b[k]
                    + (t3 - t2) * to[k]
            }));
        }
    }
    line
}
