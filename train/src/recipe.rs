//! The numbers of the shipped network's training. docs/training.md says how they were chosen.

use crate::augment::Variation;
use crate::network::HIDDEN;
use crate::training::Recipe;
use crate::warp::Warp;

/// One stage of training on distorted digits. All but the first start from the one before.
pub struct Stage {
    /// What the progress bar says.
    pub name: &'static str,
    epochs: usize,
    /// Peak of the learning rate, and what share of it the stage ends with.
    rate: [f64; 2],
    /// Gradient steps that the weight average looks back on.
    average: f64,
    /// Share of the stage in which the distortion weakens, and what is left of it.
    calm: [f64; 2],
    variation: Variation,
    /// Factor on the variation's geometric distortion.
    strength: f32,
}

/// Geometric distortion, before a stage's strength.
const WARP: Warp = Warp { rotation: 12.0, slant: 0.25, aspect: 0.25, perspective: 0.1, bend: [2.0, 1.0] };

/// Variation of the first two stages: many pens, from a hairline to strokes that touch each other.
const MANY_PENS: Variation = Variation {
    plain: 0.05,
    thickened: 0.2,
    redrawn: 0.25,
    thickness: [-0.6, 1.2],
    pen: [0.4, 4.5],
    warp: WARP,
};

/// Variation of the third stage: mostly MNIST's own strokes, and smoother bends.
const OWN_PEN: Variation = Variation {
    plain: 0.1,
    thickened: 0.1,
    redrawn: 0.12,
    warp: Warp { bend: [2.4, 0.3], ..WARP },
    ..MANY_PENS
};

/// How often the stages after the first are run.
pub const PATHS: usize = 3;

/// The stages.
pub const STAGES: [Stage; 3] = [
    Stage {
        name: "1 strong distortion",
        epochs: 500,
        rate: [0.010, 0.2],
        average: 4000.0,
        calm: [0.0, 1.0],
        variation: MANY_PENS,
        strength: 0.9,
    },
    Stage {
        name: "2 weaker distortion",
        epochs: 300,
        rate: [0.006, 0.05],
        average: 4000.0,
        calm: [1.0, 0.35],
        variation: MANY_PENS,
        strength: 0.9,
    },
    Stage {
        name: "3 own pen",
        epochs: 100,
        rate: [0.002, 0.0],
        average: 2000.0,
        calm: [1.0, 0.6],
        variation: OWN_PEN,
        strength: 1.0,
    },
];

/// The variation that training ends with.
pub fn last_variation() -> Variation {
    let Recipe { variation, calm, .. } = STAGES[STAGES.len() - 1].recipe(0, 1.0);
    variation.scaled(calm[1] as f32)
}

impl Stage {
    /// Name of the file that keeps its weights.
    pub fn file(&self, path: Option<usize>) -> String {
        let letter = path.map_or(String::new(), |path| format!("-{}", char::from(b'a' + path as u8)));
        format!("{}{letter}.safetensors", self.name.replace(' ', "-"))
    }

    /// The stage's recipe, with `effort` times its epochs.
    pub fn recipe(&self, seed: u64, effort: f64) -> Recipe {
        Recipe {
            seed,
            epochs: ((self.epochs as f64 * effort).round() as usize).max(1),
            batch: 256,
            rate: self.rate,
            decay: 0.05,
            average: self.average,
            reuse: 2,
            variation: Variation { warp: self.variation.warp.scaled(self.strength), ..self.variation },
            calm: self.calm,
            hidden: HIDDEN,
        }
    }
}
