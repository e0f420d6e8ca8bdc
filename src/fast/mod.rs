//! The fast simulation, which runs every presentation. It gives the same recordings as
//! `internals/reference.rs`, bit for bit.
//!
//! The simulation takes a window of some steps at a time and advances each layer through all of them before the
//! next layer. So one instruction draws random numbers, transposes bits or updates potentials for many
//! neurons or many steps, and the sums of a block of neurons stay in registers. Only pixels that can spike
//! are processed. Weights are integers, whose sums are exact. So a step starts from the sum of the weights of all likely
//! pixels: those that spike in more than half of the steps. Then the simulation adds the unlikely pixels that
//! spike, and subtracts the likely pixels that do not.
//!
//! A window is a chunk of [`STEPS`] steps, or several chunks where the weights are larger than the processor's cache:
//! then the weights of a block of neurons are read from memory once for all of these steps.

pub mod bits;
pub mod encoder;
pub mod layer;
mod losses;
pub mod vectors;

use self::bits::{ByStep, Lists};
use self::encoder::MaskEncoder;
use self::layer::FastLayer;
use self::losses::lose;
use self::vectors::vectorised;
use crate::clock::Observer;
use crate::digit::{Digit, DigitError};
use crate::encoding::STEPS;
use crate::layer::LayerParameters;
use crate::network::ANY_NETWORK;
use crate::settings::Presentation;
use crate::spikes::Spikes;
use crate::transmission::{Transmission, Way};

/// Weights of a layer that are read from the cache nearest to the processor, or the next one, in every chunk, in bytes.
const SMALL_WEIGHTS: usize = 1 << 20;

/// The most chunks in a window.
pub const MAX_CHUNKS: usize = 12;

/// Memory that the layers' spikes and potentials in a window may take, in bytes, if it is more than one chunk.
const MAX_WINDOW: usize = 16 << 20;

/// A network that the fast simulation runs.
#[derive(Debug, Clone)]
pub struct FastNetwork {
    inputs: usize,
    layers: Vec<FastLayer>,
    input: Input,
    transmission: Transmission,
}

/// The input's spikes in the current steps.
#[derive(Debug, Clone, Default)]
struct Input {
    /// Spikes of a chunk as bits, `[STEPS, words]`.
    bits: Vec<u32>,
    /// Number of spikes in each step, `[STEPS]` for each chunk.
    totals: Vec<[u32; STEPS]>,
    /// For each chunk: the likely pixels that do not spike and the other pixels that do, as indices into the pixels that
    /// may spike.
    differences: Vec<Lists>,
    /// Pixels that spike, as indices into the digit, for each chunk.
    spikes: Vec<Lists>,
}

impl FastNetwork {
    pub fn new(layers: &[LayerParameters]) -> Self {
        let inputs = layers[0].inputs;
        let transmission = layers[0].transmission;
        Self {
            inputs,
            layers: layers.iter().map(FastLayer::new).collect(),
            input: Input::default(),
            transmission,
        }
    }

    /// Presents `digit`, until the last step or until `observer` ends the presentation.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn present(
        &mut self,
        digit: &Digit,
        presentation: Presentation,
        observer: &mut impl Observer,
    ) -> Result<(), DigitError> {
        let Presentation { encoding, probability, seed, steps, rests } = presentation;
        let Self { inputs, layers, input, transmission } = self;
        digit.check_inputs(*inputs)?;
        let mut encoder = MaskEncoder::new(encoding, digit, probability, seed);
        let nothing = vec![0; encoder.likely().len()];
        let usual = encoder.likely().to_vec();
        layers[0].choose(encoder.pixels(), &usual);
        let window = window_of(layers, steps as usize);
        for (i, layer) in layers.iter_mut().enumerate() {
            if rests {
                layer.rest();
            }
            layer.make_room(observer.needs_membranes(i + 1), window);
            layer.send(way_of(*transmission, i + 1, seed));
        }
        let way = way_of(*transmission, 0, seed);
        input.rest(usual.len(), *inputs, window);

        let mut done = 0;
        while done < steps as usize {
            let now = (steps as usize - done).min(window * STEPS);
            for chunk in 0..now.div_ceil(STEPS) {
                let Input { bits: by_step, totals, .. } = &mut *input;
                vectorised(ByStep { by_neuron: encoder.advance(), by_step, totals: &mut totals[chunk] });
                if observer.looks_at(0) {
                    input.spikes[chunk].fill(&input.bits, &nothing);
                    input.spikes[chunk].rename(encoder.pixels());
                }
                if let Some(way) = way {
                    let pixels = encoder.pixels();
                    lose(way, done + chunk * STEPS, &mut input.bits, usual.len(), |place| pixels[place]);
                }
                input.differences[chunk].fill(&input.bits, &usual);
            }
            for i in 0..layers.len() {
                let (before, from_here) = layers.split_at_mut(i);
                let arriving = before.last().map_or(&*input.differences, FastLayer::arriving);
                from_here[0].advance(arriving, done, now);
            }
            for step in 0..now {
                observer.layer(0, input.spikes_in(step, observer.looks_at(0)), &[]);
                for (i, layer) in layers.iter().enumerate() {
                    let spikes = layer.lists()[step / STEPS].step(step % STEPS);
                    observer.layer(i + 1, Spikes::once(spikes), layer.membranes(step));
                }
                if observer.step_done().is_break() {
                    return Ok(());
                }
            }
            done += now;
        }
        Ok(())
    }
}

/// The way out of a layer; `None` where all spikes arrive.
fn way_of(transmission: Transmission, layer: usize, seed: u64) -> Option<Way> {
    (!transmission.is_perfect()).then(|| transmission.out_of(layer, seed))
}

/// The number of chunks in a window for a presentation of so many steps.
fn window_of(layers: &[FastLayer], steps: usize) -> usize {
    if !ANY_NETWORK || layers.iter().all(|layer| layer.bytes_of_weights() <= SMALL_WEIGHTS) {
        return 1;
    }
    let chunk: usize = layers.iter().map(FastLayer::bytes_of_chunk).sum();
    (MAX_WINDOW / chunk).min(steps.div_ceil(STEPS)).clamp(1, MAX_CHUNKS)
}

impl Input {
    /// Makes room for windows of so many chunks, and for so many words of bits in a step.
    fn rest(&mut self, words: usize, inputs: usize, window: usize) {
        self.bits.resize(words * STEPS, 0);
        self.totals.resize(window, [0; STEPS]);
        self.differences.resize_with(window, || Lists::new(inputs));
        self.spikes.resize_with(window, || Lists::new(inputs));
    }

    /// The spikes in a step of the current window. If `named` is false, only their number.
    fn spikes_in(&self, step: usize, named: bool) -> Spikes<'_> {
        let (chunk, step) = (step / STEPS, step % STEPS);
        if named {
            Spikes::once(self.spikes[chunk].step(step))
        } else {
            Spikes::unnamed(self.totals[chunk][step].into())
        }
    }
}
