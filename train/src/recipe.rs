//! The parameters of the shipped network's training. docs/training.md says how they were chosen.

use crate::augment::Variation;
use crate::network::HIDDEN;
use crate::spikes::LONGEST;
use crate::training::Recipe;
use crate::warp::Warp;

/// One stage of training on distorted digits. Every stage except the first starts from weights of earlier stages.
pub struct Stage {
    /// Label of the progress bar, and name of the file with the weights.
    pub name: &'static str,
    epochs: usize,
    /// Peak of the learning rate, and the fraction of it that the stage ends with.
    rate: [f64; 2],
    /// Time constant of the weight average, in gradient steps.
    average: f64,
    /// Fraction of the stage, at its end, in which the distortion weakens, and the factor that it ends with.
    calm: [f64; 2],
    variation: Variation,
    /// Factor on the variation's geometric distortion.
    strength: f32,
    /// Added to the seed of the run. Stages with the same seed see the same distortions in the same epoch.
    seed: u64,
    /// Activation at which hidden neurons saturate in half of the loss, as spiking neurons do.
    ceiling: Option<f64>,
    /// Digits of a batch that are drawn from templates, and the strength with which these vary.
    written: usize,
    written_strength: f64,
    /// The most time steps of the spikes that digits are shown as.
    longest: u16,
}

/// Strengths with which the templates vary: in the first stages, and in the last ones.
pub const STRONG: f64 = 1.2;
pub const WEAK: f64 = 0.9;

/// Digits in a batch.
pub const BATCH: usize = 256;

/// Geometric distortion, before a stage's strength.
const WARP: Warp = Warp { rotation: 12.0, slant: 0.25, aspect: 0.25, perspective: 0.1, bend: [2.0, 1.0] };

/// Pens of many widths, from a hairline to strokes that touch each other.
const MANY_PENS: Variation = Variation {
    plain: 0.05,
    thickened: 0.2,
    redrawn: 0.25,
    thickness: [-0.6, 1.2],
    pen: [0.4, 4.5],
    warp: WARP,
};

/// Strokes with the widths of fitted drawings.
const FITTED_PENS: Variation =
    Variation { redrawn: 0.15, thickness: [-0.6, 0.8], pen: [0.6, 2.2], ..MANY_PENS };

/// Mostly MNIST's own strokes, and smoother bends; otherwise like `pens`.
const fn own_pen(pens: Variation) -> Variation {
    Variation { plain: 0.1, thickened: 0.1, warp: Warp { bend: [2.4, 0.3], ..WARP }, ..pens }
}

/// Strong distortion.
pub const FIRST: Stage = Stage {
    name: "1-strong",
    epochs: 417,
    rate: [0.010, 0.2],
    average: 4000.0,
    calm: [0.0, 1.0],
    variation: MANY_PENS,
    strength: 0.9,
    seed: 0,
    ceiling: None,
    written: BATCH / 8,
    written_strength: STRONG,
    longest: LONGEST,
};

/// Distortion that weakens.
const WEAKER: Stage =
    Stage { name: "2-weaker", epochs: 292, rate: [0.006, 0.05], calm: [1.0, 0.35], ..FIRST };

/// Mostly MNIST's own strokes.
const OWN_PEN: Stage = Stage {
    name: "3-own-pen",
    epochs: 105,
    rate: [0.002, 0.0],
    average: 2000.0,
    calm: [1.0, 0.6],
    strength: 1.0,
    ceiling: Some(4.0),
    written_strength: WEAK,
    ..FIRST
};

/// Three continuations of the first stage. They differ in the variation of pens, and in their distortions.
pub const PATHS: [[Stage; 2]; 3] = [
    [
        Stage { name: "2a-weaker", ..WEAKER },
        Stage {
            name: "3a-own-pen",
            variation: Variation { redrawn: 0.2, pen: [0.4, 4.0], ..own_pen(MANY_PENS) },
            ..OWN_PEN
        },
    ],
    [
        Stage { name: "2b-weaker", seed: 10, ..WEAKER },
        Stage {
            name: "3b-own-pen",
            seed: 10,
            variation: Variation { redrawn: 0.12, ..own_pen(MANY_PENS) },
            ..OWN_PEN
        },
    ],
    [
        Stage { name: "2c-weaker", variation: FITTED_PENS, ..WEAKER },
        Stage {
            name: "3c-own-pen",
            variation: Variation { redrawn: 0.12, ..own_pen(FITTED_PENS) },
            ..OWN_PEN
        },
    ],
];

/// With hidden neurons that saturate, fewer templates, and short presentations: spikes lose most accuracy in the first steps.
const SATURATING: Stage = Stage {
    epochs: 41,
    rate: [0.002, 0.0],
    average: 2000.0,
    calm: [1.0, 0.5],
    variation: Variation { redrawn: 0.12, ..own_pen(MANY_PENS) },
    strength: 1.0,
    ceiling: Some(4.0),
    written: BATCH / 16,
    written_strength: WEAK,
    longest: 33,
    ..FIRST
};

/// The last stages. Each starts from the mean of the weights at the ends of [`PATHS`], and has its own distortions.
pub const LAST: [Stage; 3] = [
    Stage { name: "4a-saturating", seed: 26, ..SATURATING },
    Stage { name: "4b-saturating", seed: 27, ..SATURATING },
    Stage { name: "4c-saturating", seed: 28, ..SATURATING },
];

/// All stages, in the order in which they are run.
pub fn stages() -> impl Iterator<Item = &'static Stage> {
    [&FIRST].into_iter().chain(PATHS.iter().flatten()).chain(&LAST)
}

/// The variation that training ends with.
pub fn last_variation() -> Variation {
    let Recipe { variation, calm, .. } = SATURATING.recipe(0, 1.0);
    variation.scaled(calm[1] as f32)
}

impl Stage {
    /// Name of the file with its weights.
    pub fn file(&self) -> String {
        format!("{}.safetensors", self.name)
    }

    /// The recipe of the stage in a run with the seed `seed`, with `effort` times its epochs.
    pub fn recipe(&self, seed: u64, effort: f64) -> Recipe {
        Recipe {
            seed: seed.wrapping_add(self.seed),
            epochs: ((self.epochs as f64 * effort).round() as usize).max(1),
            batch: BATCH,
            rate: self.rate,
            decay: 0.02,
            average: self.average,
            reuse: 2,
            variation: Variation { warp: self.variation.warp.scaled(self.strength), ..self.variation },
            calm: self.calm,
            hidden: HIDDEN,
            ceiling: self.ceiling,
            written: self.written,
            written_strength: self.written_strength,
            longest: self.longest,
        }
    }
}
