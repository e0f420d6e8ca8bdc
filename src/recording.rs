//! Everything that happened in one presentation.

use crate::digit::Digit;
use crate::model::Model;
use crate::readout::{Readout, Verdict};
use crate::settings::Settings;
use crate::simulation::{Observer, SimulationError, SpikingNetwork};

/// The most bytes that a recording may take: 512 MiB.
const MAX_BYTES: usize = 512 << 20;

/// One presentation of a digit: every spike and every membrane potential.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    steps: usize,
    layers: Vec<LayerRecording>,
    /// Output spikes so far, after each step, `[steps, classes]`.
    counts: Vec<u32>,
    /// The class that leads after each step, `[steps]`.
    winners: Vec<Option<usize>>,
    verdict: Verdict,
}

/// What one layer did.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerRecording {
    neurons: usize,
    /// `[steps + 1]`.
    offsets: Vec<u32>,
    spikes: Vec<u16>,
    /// `[steps, neurons]`; empty for the input.
    membranes: Vec<f32>,
}

impl Recording {
    /// Presents `digit` to `model` with the settings' own seed and records it.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, the model lacks what the
    /// normalisation needs, or the recording would not fit in memory.
    pub fn of(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self, SimulationError> {
        let mut network = SpikingNetwork::new(model, settings)?;
        let sizes = model.network().sizes();
        let steps = settings.steps as usize;
        // A neuron gives at most one spike (u16) and one membrane potential (f32) a step, and an
        // output one count (u32) more.
        let neurons: usize = sizes.iter().sum();
        let bytes = neurons.checked_mul(10).and_then(|bytes| bytes.checked_mul(steps));
        if bytes.is_none_or(|bytes| bytes > MAX_BYTES) {
            return Err(SimulationError::RecordingTooLarge { steps: settings.steps, neurons });
        }
        let mut recorder = Recorder {
            layers: sizes.iter().enumerate().map(|(i, &n)| LayerRecording::new(n, steps, i > 0)).collect(),
            readout: Readout::new(&network),
            counts: Vec::with_capacity(steps * model.network().classes()),
            winners: Vec::with_capacity(steps),
        };
        network.present(digit, settings.seed, &mut recorder);
        let Recorder { layers, readout, counts, winners } = recorder;
        Ok(Self { steps, layers, counts, winners, verdict: readout.verdict() })
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

    /// What the network would answer if it were stopped after each step, `[steps]`: see
    /// [`winner`](crate::winner).
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

    /// Neurons of the layer.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// Where the spikes of each step begin in [`LayerRecording::spikes`], and where the last end:
    /// `[steps + 1]`.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The neurons that fired, one step after another, ascending within a step.
    #[must_use]
    pub fn spikes(&self) -> &[u16] {
        &self.spikes
    }

    /// The neurons that fired in `step`; none beyond the last step.
    #[must_use]
    pub fn spikes_in(&self, step: usize) -> &[u16] {
        match self.offsets.get(step..step.saturating_add(2)) {
            Some(&[from, to]) => &self.spikes[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Membrane potentials after each step, dimensionless as the threshold is,
    /// `[steps, neurons]` row-major; empty for the input.
    #[must_use]
    pub fn membranes(&self) -> &[f32] {
        &self.membranes
    }
}

struct Recorder {
    layers: Vec<LayerRecording>,
    readout: Readout,
    counts: Vec<u32>,
    winners: Vec<Option<usize>>,
}

impl Observer for Recorder {
    fn layer(&mut self, layer: usize, spikes: &[u16], membranes: &[f32]) {
        let recording = &mut self.layers[layer];
        recording.spikes.extend_from_slice(spikes);
        recording.offsets.push(recording.spikes.len() as u32);
        recording.membranes.extend_from_slice(membranes);
        self.readout.layer(layer, spikes, membranes);
        if layer + 1 == self.layers.len() {
            self.counts.extend_from_slice(self.readout.counts());
            self.winners.push(self.readout.winner());
        }
    }
}
