//! The clock that the product runs on: the same recordings as those of `reference.rs`, bit for bit, as
//! fast as the arithmetic allows.
//!
//! Time goes in runs of [`STEPS`] steps, in which each layer is taken through all steps before the next:
//! random numbers are drawn, bits turned and potentials updated for many neurons or many steps with one
//! instruction, and the sums of a block of neurons stay in registers. Only pixels with ink are looked
//! at. Where weights are integers, a step starts from the sum of all pixels that are likely to spike,
//! and only those that do otherwise are added or taken away.

pub mod bits;
pub mod encoder;
pub mod layer;
pub mod vectors;

use self::bits::{ByStep, Lists};
use self::encoder::MaskEncoder;
use self::layer::FastLayer;
use self::vectors::vectorised;
use crate::clock::Observer;
use crate::digit::{Digit, PIXELS};
use crate::encoding::STEPS;
use crate::layer::LayerParameters;
use crate::settings::Presentation;
use crate::spikes::Spikes;

/// A network on the fast path.
#[derive(Debug, Clone)]
pub struct FastNetwork {
    layers: Vec<FastLayer>,
    input: Input,
}

/// The input's spikes in the steps under way.
#[derive(Debug, Clone)]
struct Input {
    /// As bits, `[STEPS, words]`.
    bits: Vec<u32>,
    /// How many there are in each step.
    totals: [u32; STEPS],
    /// The pixels that do not do what they do in most steps, by their index among those with ink.
    differences: Lists,
    /// The pixels that spike.
    spikes: Lists,
}

impl FastNetwork {
    pub fn new(layers: &[LayerParameters]) -> Self {
        Self {
            layers: layers.iter().map(FastLayer::new).collect(),
            input: Input {
                bits: Vec::new(),
                totals: [0; STEPS],
                differences: Lists::new(PIXELS),
                spikes: Lists::new(PIXELS),
            },
        }
    }

    pub fn present(&mut self, digit: &Digit, presentation: Presentation, observer: &mut impl Observer) {
        let Presentation { encoding, probability, seed, steps } = presentation;
        let Self { layers, input } = self;
        let mut encoder = MaskEncoder::new(encoding, digit, probability, seed);
        let nothing = vec![0; encoder.likely().len()];
        let usual = if layers[0].is_exact() { encoder.likely().to_vec() } else { nothing.clone() };
        layers[0].choose(encoder.pixels(), &usual);
        for (i, layer) in layers.iter_mut().enumerate() {
            layer.rest(observer.looks_at(i + 1));
        }
        input.bits.resize(usual.len() * STEPS, 0);

        let mut left = steps as usize;
        while left > 0 {
            let now = left.min(STEPS);
            left -= now;
            let Input { bits: by_step, totals, .. } = &mut *input;
            vectorised(ByStep { by_neuron: encoder.advance(), by_step, totals });
            input.differences.fill(&input.bits, &usual);
            if observer.looks_at(0) {
                input.spikes.fill(&input.bits, &nothing);
                input.spikes.rename(encoder.pixels());
            }
            for i in 0..layers.len() {
                let (before, from_here) = layers.split_at_mut(i);
                from_here[0].advance(before.last().map_or(&input.differences, FastLayer::lists), now);
            }
            for step in 0..now {
                observer.layer(0, input.spikes_in(step, observer.looks_at(0)), &[]);
                for (i, layer) in layers.iter().enumerate() {
                    observer.layer(i + 1, Spikes::once(layer.lists().step(step)), layer.membranes(step));
                }
                if observer.step_done().is_break() {
                    return;
                }
            }
        }
    }
}

impl Input {
    /// The spikes in one of the steps under way, or how many there are where nobody looks at them.
    fn spikes_in(&self, step: usize, named: bool) -> Spikes<'_> {
        if named { Spikes::once(self.spikes.step(step)) } else { Spikes::unnamed(self.totals[step].into()) }
    }
}
