//! What is ink: a threshold with hysteresis.

use spikepad::Components;

use crate::grey::{Grey, Histogram};

/// Ink is stronger than this share of the usual ink.
const WEAK: f32 = 0.3;

/// A component of ink has a pixel that is stronger than this share of the usual ink.
const STRONG: f32 = 0.55;

/// Ink is not weaker than this, as the share of the light that it takes away.
const FAINTEST: f32 = 0.025;

/// Where ink is.
#[derive(Debug, Clone)]
pub(crate) struct Ink {
    /// The strength of the usual ink.
    pub usual: f32,
    /// `[height, width]`.
    pub mask: Vec<bool>,
}

impl Ink {
    /// Takes what is stronger than a share of the usual ink, and connected with something that is stronger still (J. Canny,
    /// "A computational approach to edge detection", 1986). The usual ink is the upper of two classes of all that is
    /// stronger than the paper's noise. `factor` raises or lowers the thresholds.
    pub fn of(strength: &Grey, factor: f32) -> Self {
        let inked = || strength.values.iter().filter(|&&value| value > 0.0);
        let [threshold, ..] = Histogram::new(inked(), 1.0).otsu();
        let strong = Histogram::new(inked().filter(|&&value| value >= threshold), 1.0);
        let usual = strong.quantile(0.5).max(FAINTEST);
        let [weak, least] = [WEAK, STRONG].map(|share| (share * usual * factor).max(FAINTEST * factor));
        let mut mask: Vec<bool> = strength.values.iter().map(|&value| value > weak).collect();
        let components = Components::of_mask(strength.width, &mask);
        let mut strongest = vec![0.0_f32; components.list().len()];
        for run in components.runs() {
            let values = &strength.values[run.row * strength.width..][run.columns.clone()];
            strongest[run.component] = values.iter().copied().fold(strongest[run.component], f32::max);
        }
        for run in components.runs() {
            if strongest[run.component] < least {
                mask[run.row * strength.width..][run.columns.clone()].fill(false);
            }
        }
        Self { usual, mask }
    }
}
