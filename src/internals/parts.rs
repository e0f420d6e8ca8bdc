//! The parts of a presentation, which benchmarks time one by one, and the lower bound of the time.

use std::hint::black_box;
use std::sync::Arc;

use crate::digit::Digit;
use crate::encoding::STEPS;
use crate::fast::MAX_CHUNKS;
use crate::fast::bits::{ByStep, Lists};
use crate::fast::encoder::MaskEncoder;
use crate::fast::layer::FastLayer;
use crate::fast::vectors::{Work, vectorised};
use crate::layer::{LayerParameters, SimulationError};
use crate::model::Model;
use crate::network::synapses::{Row, Synapses, Weight};
use crate::settings::{Presentation, Settings};
use crate::simulation::{LayerRecording, Recording};

/// The parts of the fast presentation of one digit. Each can be run alone.
#[derive(Debug, Clone)]
pub struct Parts {
    digit: Digit,
    presentation: Presentation,
    layer: FastLayer,
    /// The input of the first layer, one item per [`STEPS`] steps.
    inputs: Vec<Lists>,
    /// For each layer of neurons: the synapses that lead to it, and the spikes that arrive there.
    arrivals: Vec<(Arc<Synapses>, LayerRecording)>,
}

impl Parts {
    /// The parts of the presentation of `digit` to `model`.
    ///
    /// # Errors
    /// The errors of [`Recording::of`].
    pub fn of(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self, SimulationError> {
        let recording = Recording::of(model, digit, settings)?;
        let parameters = LayerParameters::of(model, settings)?;
        let presentation = settings.presentation(settings.seed);
        let mut layer = FastLayer::new(&parameters[0]);
        let mut inputs = Vec::new();
        let encoder = encode(digit, presentation, |lists| inputs.push(lists.clone()));
        layer.choose(encoder.pixels(), encoder.likely());
        let synapses = parameters.iter().map(|parameters| Arc::clone(&parameters.synapses));
        let arrivals = synapses.zip(recording.layers().iter().cloned()).collect();
        Ok(Self { digit: digit.clone(), presentation, layer, inputs, arrivals })
    }

    /// Encodes the digit: draws random numbers, and lists the spikes.
    pub fn encode(&self) {
        encode(&self.digit, self.presentation, |lists| {
            black_box(lists);
        });
    }

    /// Runs the first layer of neurons on the spikes of the digit.
    pub fn first_layer(&mut self) {
        let window = MAX_CHUNKS.min(self.inputs.len());
        self.layer.rest();
        self.layer.make_room(false, window);
        let mut left = self.presentation.steps as usize;
        for inputs in self.inputs.chunks(window) {
            let now = left.min(window * STEPS);
            self.layer.advance(inputs, 0, now);
            left -= now;
        }
        black_box(&self.layer);
    }

    /// The lower bound: adds one row of weights for every spike that arrives at a layer, and does nothing
    /// else. The rows are those of the presentation, and their addresses are known in advance.
    pub fn add_rows(&self) {
        for (synapses, arrivals) in &self.arrivals {
            match &**synapses {
                Synapses::Narrow(blocks) => blocks.blocks().for_each(|rows| add(rows, arrivals)),
                Synapses::Few(blocks) => blocks.blocks().for_each(|rows| add(rows, arrivals)),
                Synapses::Wide(blocks) => blocks.blocks().for_each(|rows| add(rows, arrivals)),
            }
        }
    }
}

fn encode(digit: &Digit, presentation: Presentation, mut done: impl FnMut(&Lists)) -> MaskEncoder {
    let Presentation { encoding, probability, seed, steps, .. } = presentation;
    let mut encoder = MaskEncoder::new(encoding, digit, probability, seed);
    let usual = encoder.likely().to_vec();
    let mut bits = vec![0; usual.len() * STEPS];
    let mut totals = [0; STEPS];
    let mut lists = Lists::new(digit.ink().len());
    for _ in 0..steps.div_ceil(STEPS as u32) {
        vectorised(ByStep { by_neuron: encoder.advance(), by_step: &mut bits, totals: &mut totals });
        lists.fill(&bits, &usual);
        done(&lists);
    }
    encoder
}

fn add<T: Weight, const L: usize>(rows: &[Row<T, L>], arrivals: &LayerRecording) {
    vectorised(AddRows { rows, arrivals });
}

struct AddRows<'a, T, const L: usize> {
    rows: &'a [Row<T, L>],
    arrivals: &'a LayerRecording,
}

impl<T: Weight, const L: usize> Work for AddRows<'_, T, L> {
    #[inline(always)]
    fn run<const BYTES: usize>(self) {
        let mut start = 0;
        for &end in &self.arrivals.offsets()[1..] {
            let mut sums = [T::ZERO; L];
            for &input in &self.arrivals.spikes()[start..end as usize] {
                self.rows[usize::from(input)].add_to(&mut sums);
            }
            start = end as usize;
            // Passed by value: a reference would move the sums from registers to memory.
            black_box(sums);
        }
    }
}
