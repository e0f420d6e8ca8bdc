//! The numbers of the shipped network's training. docs/training.md says how they were chosen.

use crate::augment::Variation;
use crate::network::HIDDEN;
use crate::training::Recipe;
use crate::warp::Warp;

/// One stage of training on distorted digits. All but the first start from the one before.
pub struct Stage {
    /// What the progress bar says.
    pub name: &'static str,
    /// File that keeps its weights.
    pub file: &'static str,
    epochs: usize,
    rate: f64,
    dropout: f32,
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

/// Variation of the first two stages: many pens.
const MANY_PENS: Variation = Variation {
    plain: 0.05,
    thickened: 0.2,
    redrawn: 0.25,
    thickness: [-0.6, 1.2],
    pen: [0.4, 3.0],
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

/// The stages on distorted digits.
pub const STAGES: [Stage; 3] = [
    Stage {
        name: "1 strong distortion",
        file: "1.safetensors",
        epochs: 140,
        rate: 0.004,
        dropout: 0.03,
        average: 2000.0,
        calm: [0.35, 0.65],
        variation: MANY_PENS,
        strength: 0.9,
    },
    Stage {
        name: "2 weaker distortion",
        file: "2.safetensors",
        epochs: 110,
        rate: 0.0025,
        dropout: 0.03,
        average: 2000.0,
        calm: [1.0, 0.35],
        variation: MANY_PENS,
        strength: 0.9,
    },
    Stage {
        name: "3 own pen",
        file: "3.safetensors",
        epochs: 60,
        rate: 0.0015,
        dropout: 0.0,
        average: 1500.0,
        calm: [1.0, 0.6],
        variation: OWN_PEN,
        strength: 1.0,
    },
];

/// The last stage, in which the network learns as spiking neurons too.
pub struct SpikingStage {
    /// Times that every digit is shown.
    pub epochs: usize,
    /// Digits a gradient step.
    pub batch: usize,
    /// Peak of the learning rate.
    pub rate: f64,
    /// Fewest and most steps of a presentation.
    pub steps: [usize; 2],
    /// Weight of the spiking neurons' loss; the ANN's has the rest.
    pub share: f64,
    /// The hidden neurons' gain, as a multiple of the balanced one.
    pub drive: f64,
    /// Membrane time constant, ms, of steps of 1 ms.
    pub tau_m: f64,
}

/// The last stage.
pub const AS_SPIKES: SpikingStage = SpikingStage {
    epochs: 5,
    batch: 128,
    rate: 0.0005,
    steps: [5, 12],
    share: 0.5,
    drive: 1.5,
    tau_m: 100.0,
};

impl Stage {
    /// The stage's recipe, with `effort` times its epochs.
    pub fn recipe(&self, seed: u64, effort: f64) -> Recipe {
        Recipe {
            seed,
            epochs: scaled(self.epochs, effort),
            batch: 512,
            rate: self.rate,
            decay: 0.05,
            dropout: self.dropout,
            smoothing: 0.02,
            average: self.average,
            reuse: 2,
            variation: self.variation(),
            calm: self.calm,
            hidden: HIDDEN,
            spiking: None,
        }
    }

    /// The variation that the stage ends with.
    pub fn last_variation(&self) -> Variation {
        self.variation().scaled(self.calm[1] as f32)
    }

    fn variation(&self) -> Variation {
        Variation { warp: self.variation.warp.scaled(self.strength), ..self.variation }
    }
}

/// So many epochs with `effort`, at least one.
pub fn scaled(epochs: usize, effort: f64) -> usize {
    ((epochs as f64 * effort).round() as usize).max(1)
}
