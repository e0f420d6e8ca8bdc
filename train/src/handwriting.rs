//! Draws templates as different hands would: every drawing has other proportions, slant, wobble and pen.
//!
//! The lengths below are in units of the template's height. All numbers but the pen's are for a strength of 1.

use std::f64::consts::{PI, TAU};

use spikepad::{Digit, Drawing, Point};

use crate::random::Stream;
use crate::templates::{Knot, Template, curve};

/// Largest standard deviation of a knot from its place.
const JITTER: f64 = 0.045;

/// Standard deviations of a stroke of several from its place: moved each way, turned (radians), scaled (logarithm).
const APART: [f64; 3] = [0.035, 6.0 * PI / 180.0, 0.10];

/// Standard deviation of the length by which a stroke's end is drawn on, or left off, along the chord between its last two
/// knots; the most that is left off, as a fraction of the chord, and the most that is drawn on.
const ENDS: f64 = 0.05;
const LEFT_OFF: f64 = 0.4;
const DRAWN_ON: f64 = 0.2;

/// Largest coefficients of the waves that widen one part of the box and narrow another.
const PROPORTIONS: f64 = 0.35;

/// Waves each way that bend all strokes; their largest frequency, per height, and the largest standard deviation of their
/// amplitude.
const WAVES: usize = 3;
const FREQUENCY: f64 = 1.1;
const BEND: f64 = 0.03;

/// Largest standard deviation of a point of the curve from its place.
const ROUGHNESS: f64 = 0.006;

/// Largest change of the width from the top to the bottom.
const TAPER: f64 = 0.25;

/// Largest change of the ratio of width to height (logarithm), of the slant, and of the rotation (radians).
const ASPECT: f64 = 0.35;
const SLANT: f64 = 0.30;
const ROTATION: f64 = 13.0 * PI / 180.0;

/// The pen's width in pixels of the box of 20 x 20 pixels that a digit is fitted in: lower and upper bound, log-uniform between.
const PEN: [f64; 2] = [1.3, 3.8];
const BOX: f64 = 20.0;

/// Draws a template with variations of the strength `strength`, as the page's pad would give it to the network. `None` where
/// there is no ink.
pub fn write(template: &Template, strength: f64, random: &mut Stream) -> Option<Digit> {
    let strokes = vary(template, strength, random);
    let points = || strokes.iter().flatten();
    let extent = [0, 1].map(|axis| {
        let [low, high] = bounds(points().map(|point| point[axis]));
        high - low
    });
    let extent = extent[0].max(extent[1]);
    let pen = f64::from(random.log_between(PEN[0] as f32, PEN[1] as f32));
    let width = extent * pen / (BOX - pen);
    let drawing = Drawing::new(strokes, width.max(0.01)).ok()?;
    Digit::from_raster(&drawing.rasterise()?)
}

/// The strokes of the template, varied.
fn vary(template: &Template, strength: f64, random: &mut Stream) -> Vec<Vec<Point>> {
    let jitter = strength * JITTER * uniform(random);
    let apart = if template.strokes.len() > 1 { strength } else { 0.0 };
    let mut strokes: Vec<Vec<Point>> = Vec::with_capacity(template.strokes.len());
    for stroke in &template.strokes {
        let mut knots = stroke.clone();
        for knot in &mut knots {
            knot.at = knot.at.map(|value| value + jitter * normal(random));
        }
        move_apart(&mut knots, apart, random);
        change_ends(&mut knots, strength * ENDS, random);
        strokes.push(curve(&knots));
    }

    let axes = [0, 1].map(|axis| bounds(strokes.iter().flatten().map(|point| point[axis])));
    let proportions = [0, 1].map(|_| [0, 1].map(|_| strength * PROPORTIONS * symmetric(random)));
    let amplitude = strength * BEND * uniform(random);
    let waves = [0, 1].map(|_| {
        [0; WAVES].map(|_| Wave {
            amplitude: amplitude * normal(random),
            frequency: [0, 1].map(|_| FREQUENCY * symmetric(random)),
            phase: TAU * uniform(random),
        })
    });
    let roughness = strength * ROUGHNESS * uniform(random);
    let taper = strength * TAPER * symmetric(random);
    let aspect = (strength * ASPECT * symmetric(random) / 2.0).exp();
    let slant = strength * SLANT * symmetric(random);
    let (sine, cosine) = (strength * ROTATION * symmetric(random)).sin_cos();

    for point in strokes.iter_mut().flatten() {
        // A template without width, such as a bar, has no proportions across.
        let inner = [0, 1].map(|axis| {
            let [low, high] = axes[axis];
            let side = high - low;
            if side < 1e-6 {
                return point[axis];
            }
            let v = (point[axis] - low) / side;
            let [a, b] = proportions[axis];
            low + side * (v + a * (PI * v).sin() / PI + b * (TAU * v).sin() / TAU)
        });
        let [x, y] = [0, 1].map(|axis| {
            let bend: f64 = waves[axis].iter().map(|wave| wave.at(inner)).sum();
            inner[axis] + bend + roughness * normal(random)
        });
        let [middle_x, middle_y] = axes.map(|[low, high]| (low + high) / 2.0);
        let (x, y) = (x - middle_x, y - middle_y);
        let x = x * (1.0 + taper * y) * aspect;
        let y = y / aspect;
        let x = x - slant * y;
        *point = [cosine * x - sine * y, sine * x + cosine * y];
    }
    strokes
}

/// A wave over the plane.
struct Wave {
    amplitude: f64,
    frequency: Point,
    phase: f64,
}

impl Wave {
    fn at(&self, [x, y]: Point) -> f64 {
        self.amplitude * (TAU * (self.frequency[0] * x + self.frequency[1] * y) + self.phase).sin()
    }
}

/// Moves, turns and scales a stroke about its middle.
fn move_apart(knots: &mut [Knot], strength: f64, random: &mut Stream) {
    let [shift, turn, scale] = APART.map(|deviation| strength * deviation);
    let shift = [0, 1].map(|_| shift * normal(random));
    let (sine, cosine) = (turn * normal(random)).sin_cos();
    let scale = (scale * normal(random)).exp();
    let middle = [0, 1].map(|axis| {
        let [low, high] = bounds(knots.iter().map(|knot| knot.at[axis]));
        (low + high) / 2.0
    });
    for Knot { at, .. } in knots {
        let [x, y] = [0, 1].map(|axis| scale * (at[axis] - middle[axis]));
        *at = [middle[0] + cosine * x - sine * y + shift[0], middle[1] + sine * x + cosine * y + shift[1]];
    }
}

/// Draws both ends of a stroke on, or leaves a part off.
fn change_ends(knots: &mut [Knot], deviation: f64, random: &mut Stream) {
    let lengths = [0, 1].map(|_| deviation * normal(random));
    let last = knots.len() - 1;
    if last == 0 {
        return;
    }
    for ((end, inner), length) in [(0, 1), (last, last - 1)].into_iter().zip(lengths) {
        let [from, to] = [knots[inner].at, knots[end].at];
        let chord = (to[0] - from[0]).hypot(to[1] - from[1]);
        if chord > 0.0 {
            let share = (length / chord).clamp(-LEFT_OFF, DRAWN_ON / chord);
            knots[end].at = [0, 1].map(|axis| to[axis] + share * (to[axis] - from[axis]));
        }
    }
}

/// The smallest and the largest of some values.
fn bounds(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)])
}

/// Uniform on 0..1.
fn uniform(random: &mut Stream) -> f64 {
    f64::from(random.uniform())
}

/// Uniform on -1..1.
fn symmetric(random: &mut Stream) -> f64 {
    f64::from(random.between(-1.0, 1.0))
}

/// Standard normal.
fn normal(random: &mut Stream) -> f64 {
    f64::from(random.normal())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;
    use crate::templates::Templates;

    #[test]
    fn without_strength_only_the_pen_varies() {
        let template = &Templates::read().unwrap().digits[4][0];
        let strokes = |index| vary(template, 0.0, &mut Stream::new(1, Purpose::Templates, 0, index));
        assert_eq!(strokes(0), strokes(1));
        let [low, high] = bounds(strokes(0).iter().flatten().map(|point| point[1]));
        assert!((high - low - 1.0).abs() < 0.1, "{low} to {high}");
    }

    #[test]
    fn the_same_stream_gives_the_same_drawing_and_another_one_another() {
        let template = &Templates::read().unwrap().digits[5][0];
        let draw = |index| write(template, 1.2, &mut Stream::new(1, Purpose::Templates, 0, index)).unwrap();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn every_template_has_ink_at_any_strength() {
        let templates = Templates::read().unwrap();
        let all = templates.digits.iter().chain([&templates.other]).flatten();
        for (index, template) in all.enumerate() {
            for (round, strength) in [0.0, 1.0, 2.0].into_iter().enumerate() {
                let mut random = Stream::new(1, Purpose::Templates, round as u64, index as u64);
                assert!(write(template, strength, &mut random).is_some(), "{}", template.name);
            }
        }
    }
}
