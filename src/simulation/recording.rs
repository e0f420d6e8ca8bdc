//! Records everything that happens in one presentation.

use std::iter;
use std::ops::ControlFlow;

use super::spiking_network::SpikingNetwork;
use crate::clock::Observer;
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::readout::{Readout, Verdict};
use crate::settings::Settings;
use crate::spikes::Spikes;

/// The most bytes that a recording may take: 512 MiB.
const MAX_BYTES: usize = 512 << 20;

/// One presentation of a digit: every spike and every membrane potential.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    steps: usize,
    layers: Vec<LayerRecording>,
    /// Output spikes so far, after each step, `[steps, classes]`.
    counts: Vec<u32>,
    /// The leading class after each step, `[steps]`.
    winners: Vec<Option<usize>>,
    verdict: Verdict,
}

/// The spikes and the membrane potentials of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerRecording {
    neurons: usize,
    /// Index in `spikes` at which each step begins, and the number of spikes: `[steps + 1]`.
    offsets: Vec<u32>,
    spikes: Vec<u16>,
    /// Potentials after each step, `[steps, neurons]`; empty for the input.
    membranes: Vec<f32>,
}

impl Recording {
    /// Presents `digit` to `model` with the seed of the settings, and records it.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, the model lacks what the
    /// normalisation needs, the digit does not fit the network, or the recording would not fit in memory.
    pub fn of(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self, SimulationError> {
        let mut network = SpikingNetwork::new(model, settings)?;
        let sizes = model.network().sizes();
        let mut recorder = Recorder::new(&sizes, settings.steps, network.readout())?;
        network.present(digit, settings.seed, &mut recorder)?;
        recorder.finish(Readout::verdict)
    }

    /// Time steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The layers, the input first.
    #[must_use]
    pub fn layers(&self) -> &[LayerRecording] {
        &self.layers
    }

    /// Output spikes so far, after each step, `[steps, classes]` row-major.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// The answer if the presentation ended after each step, `[steps]`: see [`winner`](crate::winner).
    #[must_use]
    pub fn winners(&self) -> &[Option<usize>] {
        &self.winners
    }

    /// The answer after the last step.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }
}

impl LayerRecording {
    fn new(neurons: usize, steps: usize, has_membranes: bool) -> Self {
        let mut offsets = Vec::with_capacity(steps + 1);
        offsets.push(0);
        let membranes = Vec::with_capacity(if has_membranes { steps * neurons } else { 0 });
        Self { neurons, offsets, spikes: Vec::new(), membranes }
    }

    /// The number of neurons.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// The index in [`LayerRecording::spikes`] at which the spikes of each step begin, and then the number of
    /// all spikes: `[steps + 1]`.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The neurons that fired, one step after another, ascending within a step. A neuron that fires n times in
    /// a step, as neurons of some frameworks can, is listed n times.
    #[must_use]
    pub fn spikes(&self) -> &[u16] {
        &self.spikes
    }

    /// The neurons that fired in `step`. Empty beyond the last step.
    #[must_use]
    pub fn spikes_in(&self, step: usize) -> &[u16] {
        match self.offsets.get(step..step.saturating_add(2)) {
            Some(&[from, to]) => &self.spikes[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Membrane potentials after each step, in the unit of the threshold, `[steps, neurons]` row-major; empty
    /// for the input.
    #[must_use]
    pub fn membranes(&self) -> &[f32] {
        &self.membranes
    }
}

/// Reads the outputs while a presentation is recorded.
pub(crate) trait RunningReadout: Observer {
    /// Output spikes so far, `[classes]`.
    fn counts(&self) -> &[u32];

    /// The class that would win now.
    fn winner(&self) -> Option<usize>;
}

impl RunningReadout for Readout {
    fn counts(&self) -> &[u32] {
        self.counts()
    }

    fn winner(&self) -> Option<usize> {
        self.winner()
    }
}

/// Records a presentation.
pub(crate) struct Recorder<R> {
    steps: u32,
    layers: Vec<LayerRecording>,
    readout: R,
    counts: Vec<u32>,
    winners: Vec<Option<usize>>,
    /// Bytes left for spikes.
    bytes_left: usize,
}

impl<R: RunningReadout> Recorder<R> {
    /// A recorder for `steps` steps of layers with `sizes` neurons, the input first.
    ///
    /// # Errors
    /// [`SimulationError::RecordingTooLarge`] where they would not fit in memory.
    pub fn new(sizes: &[usize], steps: u32, readout: R) -> Result<Self, SimulationError> {
        let neurons: usize = sizes.iter().sum();
        let length = steps as usize;
        // In each step, a neuron above the input gives a membrane potential (f32), an output a count (u32), a layer
        // an offset (u32), and the readout a winner.
        let outputs = *sizes.last().unwrap_or(&0);
        let numbers = neurons - sizes.first().unwrap_or(&0) + outputs + sizes.len();
        let step_bytes = numbers * size_of::<u32>() + size_of::<Option<usize>>();
        let bytes_left = step_bytes.checked_mul(length).and_then(|bytes| MAX_BYTES.checked_sub(bytes));
        let bytes_left = bytes_left.ok_or(SimulationError::RecordingTooLarge { steps, neurons })?;
        Ok(Self {
            steps,
            layers: sizes.iter().enumerate().map(|(i, &n)| LayerRecording::new(n, length, i > 0)).collect(),
            counts: Vec::with_capacity(length * outputs),
            winners: Vec::with_capacity(length),
            readout,
            bytes_left,
        })
    }

    /// The recording, with the verdict that `verdict` makes from the readout.
    ///
    /// # Errors
    /// [`SimulationError::RecordingTooLarge`] where the spikes did not fit in memory.
    pub fn finish(self, verdict: impl FnOnce(&R) -> Verdict) -> Result<Recording, SimulationError> {
        let Self { steps, layers, readout, counts, winners, .. } = self;
        if winners.len() < steps as usize {
            let neurons = layers.iter().map(LayerRecording::neurons).sum();
            return Err(SimulationError::RecordingTooLarge { steps, neurons });
        }
        let verdict = verdict(&readout);
        Ok(Recording { steps: steps as usize, layers, counts, winners, verdict })
    }
}

impl<R: RunningReadout> Observer for Recorder<R> {
    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        let recording = &mut self.layers[layer];
        let bytes = spikes.total().saturating_mul(size_of::<u16>() as u64);
        let bytes_left = usize::try_from(bytes).ok().and_then(|bytes| self.bytes_left.checked_sub(bytes));
        self.bytes_left = bytes_left.unwrap_or(0);
        if bytes_left.is_some() && spikes.counts().is_empty() {
            recording.spikes.extend_from_slice(spikes.neurons());
        } else if bytes_left.is_some() {
            let repeated = spikes.iter().flat_map(|(neuron, count)| iter::repeat_n(neuron, count as usize));
            recording.spikes.extend(repeated);
        }
        recording.offsets.push(recording.spikes.len() as u32);
        recording.membranes.extend_from_slice(membranes);
        self.readout.layer(layer, spikes, membranes);
        if layer + 1 == self.layers.len() {
            self.counts.extend_from_slice(self.readout.counts());
            self.winners.push(self.readout.winner());
        }
    }

    fn step_done(&mut self) -> ControlFlow<()> {
        if self.bytes_left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
