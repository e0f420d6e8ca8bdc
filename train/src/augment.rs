//! Distorts digits, so that they look as if other people, or other pens, had written them.
//!
//! A distorted digit goes through [`spikepad::Digit::from_raster`], as a drawing does. So the code that
//! crops, fits and centres drawings on the page does the same with the training digits.

use spikepad::{Digit, PIXELS, Raster};

use crate::mnist::pixels;
use crate::random::{Purpose, Stream};
use crate::shape::{Shape, ink_box};
use crate::warp::{GRID, Warp, Warper};

/// Places of the raster per pixel. At an edge, ink changes from none to full within one place.
const SHARPNESS: f32 = 2.0;

/// Radius of the thinnest pen, in pixels. It keeps thinned strokes from disappearing.
const HAIRLINE: f32 = 0.4;

/// How training digits vary.
#[derive(Debug, Clone, Copy)]
pub struct Variation {
    /// Fraction of the digits that are not changed.
    pub plain: f32,
    /// Fraction of the distorted digits whose strokes are made thicker or thinner.
    pub thickened: f32,
    /// Fraction of the distorted digits that are drawn again with a round pen.
    pub redrawn: f32,
    /// Change of a stroke's half width, in pixels: lower and upper bound, uniform between.
    pub thickness: [f32; 2],
    /// Radius of the round pen, in pixels: lower and upper bound, log-uniform between.
    pub pen: [f32; 2],
    /// Geometric distortion.
    pub warp: Warp,
}

impl Variation {
    /// The same variation with geometry and thickness scaled by `factor`.
    pub fn scaled(&self, factor: f32) -> Self {
        Self { thickness: self.thickness.map(|t| t * factor), warp: self.warp.scaled(factor), ..*self }
    }
}

enum Pen {
    Own,
    Thicker(f32),
    Round(f32),
}

/// Distorts digits.
pub struct Augmenter {
    warper: Warper,
    seed: u64,
}

impl Augmenter {
    /// An augmenter with the seed `seed`.
    pub fn new(seed: u64) -> Self {
        Self { warper: Warper::new(), seed }
    }

    /// Training digit `index` as it is shown in epoch `round`.
    pub fn distort(&self, shape: &Shape, variation: &Variation, round: u64, index: u64) -> [u8; PIXELS] {
        let mut random = Stream::new(self.seed, Purpose::Distortion, round, index);
        if random.uniform() < variation.plain {
            return shape.ink;
        }
        let choice = random.uniform();
        let pen = if choice < variation.redrawn {
            Pen::Round(random.log_between(variation.pen[0], variation.pen[1]))
        } else if choice < variation.redrawn + variation.thickened {
            Pen::Thicker(random.between(variation.thickness[0], variation.thickness[1]))
        } else {
            Pen::Own
        };
        let [across, down] = ink_box(&shape.ink);
        let middle = [across, down].map(|[low, high]| (low + high) / 2.0);
        let [xs, ys] = self.warper.draw(&variation.warp, middle, &mut random);
        // At a larger distance from the original ink there can be no new ink.
        let reach = 1.0
            + match pen {
                Pen::Own => 0.0,
                Pen::Thicker(by) => by.max(0.0),
                Pen::Round(radius) => radius,
            };
        let near = |at: f32, [low, high]: [f32; 2]| at > low - reach && at < high + reach;
        let ink = xs.into_iter().zip(ys).map(|(x, y)| {
            if !(near(x, across) && near(y, down)) {
                return 0.0;
            }
            match pen {
                Pen::Own => shape.ink_at([x, y]),
                Pen::Thicker(by) => inked((shape.depth([x, y]) + by).max(HAIRLINE - shape.to_middle([x, y]))),
                Pen::Round(radius) => inked(radius - shape.to_middle([x, y])),
            }
        });
        let raster = Raster::from_ink(GRID, GRID, ink.collect()).expect("the raster's size is fixed");
        // A warp can push all ink off the raster only if there is hardly any.
        Digit::from_raster(&raster).map_or(shape.ink, |digit| pixels(&digit))
    }
}

/// Ink of a place that is `depth` pixels inside the edge of the stroke.
fn inked(depth: f32) -> f32 {
    (depth * SHARPNESS + 0.5).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spikepad::SIDE;

    const VARIATION: Variation = Variation {
        plain: 0.0,
        thickened: 0.0,
        redrawn: 0.0,
        thickness: [-1.0, 1.0],
        pen: [0.4, 3.0],
        warp: Warp { rotation: 0.0, slant: 0.0, aspect: 0.0, perspective: 0.0, bend: [0.0; 2] },
    };

    /// An upright hook, made like MNIST's digits: 20 pixels high, centred by mass.
    fn hook() -> Shape {
        let ink = (0..PIXELS).map(|i| {
            let (x, y) = (i % SIDE, i / SIDE);
            let upright = (12..15).contains(&x) && (4..24).contains(&y);
            let foot = (15..22).contains(&x) && (21..24).contains(&y);
            if upright || foot { 1.0 } else { 0.0 }
        });
        let raster = Raster::from_ink(SIDE, SIDE, ink.collect()).unwrap();
        Shape::new(&pixels(&Digit::from_raster(&raster).unwrap()))
    }

    fn weight(ink: &[u8; PIXELS]) -> u64 {
        ink.iter().map(|&v| u64::from(v)).sum()
    }

    #[test]
    fn without_distortion_the_digit_does_not_change() {
        let hook = hook();
        let same = Augmenter::new(1).distort(&hook, &VARIATION, 0, 0);
        let difference: u64 = same.iter().zip(&hook.ink).map(|(&a, &b)| u64::from(a.abs_diff(b))).sum();
        assert!(difference * 20 < weight(&hook.ink), "{difference} of {}", weight(&hook.ink));
    }

    #[test]
    fn the_same_round_and_index_give_the_same_digit() {
        let hook = hook();
        let warp = Warp { rotation: 15.0, slant: 0.3, aspect: 0.3, perspective: 0.1, bend: [1.0, 0.5] };
        let variation = Variation { redrawn: 0.4, thickened: 0.3, warp, ..VARIATION };
        let draw = |round, index| Augmenter::new(1).distort(&hook, &variation, round, index);
        assert_eq!(draw(3, 5), draw(3, 5));
        assert_ne!(draw(3, 5), draw(4, 5));
        assert_ne!(draw(3, 5), draw(3, 6));
    }

    #[test]
    fn pens_make_strokes_thicker_and_thinner() {
        let hook = hook();
        let with = |variation| weight(&Augmenter::new(1).distort(&hook, &variation, 0, 0));
        let round = |radius| with(Variation { redrawn: 1.0, pen: [radius; 2], ..VARIATION });
        assert!(round(0.5) * 2 < round(1.5) && round(1.5) < round(3.0));
        let thicker = |by| with(Variation { thickened: 1.0, thickness: [by; 2], ..VARIATION });
        assert!(thicker(-5.0) > 0 && thicker(-0.5) < thicker(0.0) && thicker(0.0) < thicker(1.0));
    }
}
