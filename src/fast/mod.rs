//! The fast simulation, which runs every presentation. It gives the same recordings as
//! `internals/reference.rs`, bit for bit.
//!
//! The simulation takes [`STEPS`] steps at a time and advances each layer through all of them before the
//! next layer. So one instruction draws random numbers, transposes bits or updates potentials for many
//! neurons or many steps, and the sums of a block of neurons stay in registers. Only pixels that can spike
//! are processed. Where weights are integers, a step starts from the sum of the weights of all likely
//! pixels: those that spike in more than half of the steps. Then the simulation adds the unlikely pixels that
//! spike, and subtracts the likely pixels that do not.

pub mod bits;
pub mod encoder;
pub mod layer;
pub mod vectors;

use self::bits::{ByStep, Lists};
use self::encoder::MaskEncoder;
use self::layer::FastLayer;
use self::vectors::vectorised;
use crate::clock::Observer;
use crate::digit::{Digit, DigitError};
use crate::encoding::STEPS;
use crate::layer::LayerParameters;
use crate::settings::Presentation;
use crate::spikes::Spikes;

/// A network that the fast simulation runs.
#[derive(Debug, Clone)]
pub struct FastNetwork {
    inputs: usize,
    layers: Vec<FastLayer>,
    input: Input,
}

/// The input's spikes in the current steps.
#[derive(Debug, Clone)]
struct Input {
    /// Spikes as bits, `[STEPS, words]`.
    bits: Vec<u32>,
    /// Number of spikes in each step, `[STEPS]`.
    totals: [u32; STEPS],
    /// The likely pixels that do not spike and the other pixels that do, as indices into the pixels that may
    /// spike.
    differences: Lists,
    /// Pixels that spike, as indices into the digit.
    spikes: Lists,
}

impl FastNetwork {
    pub fn new(layers: &[LayerParameters]) -> Self {
        let inputs = layers[0].inputs;
        Self {
            inputs,
            layers: layers.iter().map(FastLayer::new).collect(),
            input: Input {
                bits: Vec::new(),
                totals: [0; STEPS],
                differences: Lists::new(inputs),
                spikes: Lists::new(inputs),
            },
        }
    }

    /// Presents `digit` from rest, until the last step or until `observer` ends the presentation.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn present(
        &mut self,
        digit: &Digit,
        presentation: Presentation,
        observer: &mut impl Observer,
    ) -> Result<(), DigitError> {
        let Presentation { encoding, probability, seed, steps } = presentation;
        let Self { inputs, layers, input } = self;
        digit.check_inputs(*inputs)?;
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
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

impl Input {
    /// The spikes in one of the current steps. If `named` is false, only their number.
    fn spikes_in(&self, step: usize, named: bool) -> Spikes<'_> {
        if named { Spikes::once(self.spikes.step(step)) } else { Spikes::unnamed(self.totals[step].into()) }
    }
}
