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

/// The most bytes that a recording may allocate: 512 MiB. Spikes may take less of it, because the memory of a layer's
/// spikes is freed only after they are copied to larger memory.
const MAX_BYTES: usize = 512 << 20;

/// The most neurons of a hidden layer whose potentials a lean recording keeps.
const LARGE_LAYER: usize = 1024;

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
    /// Potentials after each step, `[steps, neurons]`; empty where there are none.
    membranes: Vec<f32>,
    has_membranes: bool,
}

impl Recording {
    /// Presents `digit` to `model` with the seed of the settings, and records it.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, the model lacks what the
    /// normalisation needs, the digit does not fit the network, or the recording would not fit in memory.
    pub fn of(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self, SimulationError> {
        Self::keeping(model, digit, settings, |_| true)
    }

    /// [`Recording::of`] without the membrane potentials of hidden layers of more than 1,024 neurons, which would take most
    /// of the memory and are seldom looked at. [`Recording::membranes_of`] finds them again.
    ///
    /// # Errors
    /// The errors of [`Recording::of`].
    pub fn lean(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self, SimulationError> {
        let sizes = model.network().sizes();
        let is_kept = |layer: usize| layer + 1 == sizes.len() || sizes[layer] <= LARGE_LAYER;
        Self::keeping(model, digit, settings, is_kept)
    }

    /// The membrane potentials of one layer after each step, `[steps, neurons]` row-major, in the presentation that
    /// [`Recording::of`] records. Layers are counted from 1, because the input, layer 0, has none.
    ///
    /// # Errors
    /// The errors of [`Recording::of`].
    pub fn membranes_of(
        model: &Model,
        digit: &Digit,
        settings: &Settings,
        layer: usize,
    ) -> Result<Vec<f32>, SimulationError> {
        let recording = Self::keeping(model, digit, settings, |other| other == layer)?;
        Ok(recording.layers.into_iter().nth(layer).map_or_else(Vec::new, |layer| layer.membranes))
    }

    /// A recording with the potentials of the layers for which `is_kept` holds.
    fn keeping(
        model: &Model,
        digit: &Digit,
        settings: &Settings,
        is_kept: impl Fn(usize) -> bool,
    ) -> Result<Self, SimulationError> {
        let mut network = SpikingNetwork::new(model, settings)?;
        let sizes = model.network().sizes();
        let mut recorder = Recorder::keeping(MAX_BYTES, &sizes, &is_kept, settings.steps, network.readout())?;
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
        Self { neurons, offsets, spikes: Vec::new(), membranes, has_membranes }
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
    /// for the input, and for large hidden layers in a [lean](Recording::lean) recording.
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
    /// Whether spikes did not fit.
    is_full: bool,
}

impl<R: RunningReadout> Recorder<R> {
    /// A recorder for `steps` steps of layers with `sizes` neurons, the input first.
    ///
    /// # Errors
    /// [`SimulationError::RecordingTooLarge`] where they would not fit in memory.
    pub fn new(sizes: &[usize], steps: u32, readout: R) -> Result<Self, SimulationError> {
        Self::within(MAX_BYTES, sizes, steps, readout)
    }

    /// A recorder that allocates at most `most` bytes.
    fn within(most: usize, sizes: &[usize], steps: u32, readout: R) -> Result<Self, SimulationError> {
        Self::keeping(most, sizes, &|_| true, steps, readout)
    }

    /// A recorder that allocates at most `most` bytes, and keeps the potentials only of layers for which `is_kept` holds.
    fn keeping(
        most: usize,
        sizes: &[usize],
        is_kept: &dyn Fn(usize) -> bool,
        steps: u32,
        readout: R,
    ) -> Result<Self, SimulationError> {
        let neurons: usize = sizes.iter().sum();
        let has_membranes = |layer: usize| layer > 0 && is_kept(layer);
        let kept: usize = sizes.iter().enumerate().filter(|&(i, _)| has_membranes(i)).map(|(_, n)| n).sum();
        let length = steps as usize;
        // In each step, a neuron whose potential is kept gives one (f32), an output a count (u32), a layer an offset
        // (u32), and the readout a winner.
        let outputs = *sizes.last().unwrap_or(&0);
        let numbers = kept + outputs + sizes.len();
        let step_bytes = numbers * size_of::<u32>() + size_of::<Option<usize>>();
        let bytes_left = step_bytes.checked_mul(length).and_then(|bytes| most.checked_sub(bytes));
        let bytes_left = bytes_left.ok_or(SimulationError::RecordingTooLarge { steps, neurons })?;
        Ok(Self {
            steps,
            layers: sizes
                .iter()
                .enumerate()
                .map(|(i, &n)| LayerRecording::new(n, length, has_membranes(i)))
                .collect(),
            counts: Vec::with_capacity(length * outputs),
            winners: Vec::with_capacity(length),
            readout,
            bytes_left,
            is_full: false,
        })
    }

    /// The recording, with the verdict that `verdict` makes from the readout.
    ///
    /// # Errors
    /// [`SimulationError::RecordingTooLarge`] where the spikes did not fit in memory.
    pub fn finish(self, verdict: impl FnOnce(&R) -> Verdict) -> Result<Recording, SimulationError> {
        let Self { steps, layers, readout, counts, winners, is_full, .. } = self;
        if is_full {
            let neurons = layers.iter().map(LayerRecording::neurons).sum();
            return Err(SimulationError::RecordingTooLarge { steps, neurons });
        }
        let verdict = verdict(&readout);
        Ok(Recording { steps: steps as usize, layers, counts, winners, verdict })
    }
}

impl<R: RunningReadout> Observer for Recorder<R> {
    fn needs_membranes(&self, layer: usize) -> bool {
        self.layers[layer].has_membranes || self.readout.needs_membranes(layer)
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        let recording = &mut self.layers[layer];
        let has_room = grow(&mut recording.spikes, spikes.total(), &mut self.bytes_left);
        self.is_full |= !has_room;
        if has_room && spikes.counts().is_empty() {
            recording.spikes.extend_from_slice(spikes.neurons());
        } else if has_room {
            let repeated = spikes.iter().flat_map(|(neuron, count)| iter::repeat_n(neuron, count as usize));
            recording.spikes.extend(repeated);
        }
        recording.offsets.push(recording.spikes.len() as u32);
        if recording.has_membranes {
            recording.membranes.extend_from_slice(membranes);
        }
        self.readout.layer(layer, spikes, membranes);
        if layer + 1 == self.layers.len() {
            self.counts.extend_from_slice(self.readout.counts());
            self.winners.push(self.readout.winner());
        }
    }

    fn outputs(&mut self, outputs: &[f32]) {
        self.readout.outputs(outputs);
    }

    fn step_done(&mut self) -> ControlFlow<()> {
        if self.is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Makes room for `more` spikes, if `bytes_left` allow it. The old memory is freed after the new is allocated, so there
/// must be bytes for both.
fn grow(spikes: &mut Vec<u16>, more: u64, bytes_left: &mut usize) -> bool {
    let (length, capacity) = (spikes.len(), spikes.capacity());
    let needed = usize::try_from(more).ok().and_then(|more| more.checked_add(length));
    let Some(needed) = needed else { return false };
    if needed <= capacity {
        return true;
    }
    let most = *bytes_left / size_of::<u16>();
    if needed > most {
        return false;
    }
    // Twice as much, so that few spikes are copied often.
    spikes.reserve_exact(needed.max(2 * capacity).min(most) - length);
    *bytes_left = bytes_left.saturating_sub((spikes.capacity() - capacity) * size_of::<u16>());
    true
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::model::Description;
    use crate::network::{Network, Weights};
    use crate::spikes::SpikeList;

    /// A readout that reads nothing.
    struct Blind;

    impl Observer for Blind {
        fn layer(&mut self, _: usize, _: Spikes, _: &[f32]) {}
    }

    impl RunningReadout for Blind {
        fn counts(&self) -> &[u32] {
            &[0; 2]
        }

        fn winner(&self) -> Option<usize> {
            None
        }
    }

    /// Records steps in which 3 inputs and 2 outputs fire `inputs` and `outputs` times each.
    fn record(most: usize, steps: &[(u32, u32)]) -> Result<Recorder<Blind>, SimulationError> {
        let mut recorder = Recorder::within(most, &[3, 2], steps.len() as u32, Blind)?;
        for &(inputs, outputs) in steps {
            let list = |neurons: usize, count: u32| {
                let mut list = SpikeList::default();
                (0..neurons).for_each(|neuron| list.push(neuron, count));
                list
            };
            recorder.layer(0, list(3, inputs).view(), &[]);
            recorder.layer(1, list(2, outputs).view(), &[0.0; 2]);
            if recorder.step_done().is_break() {
                break;
            }
        }
        Ok(recorder)
    }

    /// Bytes that a recording of so many steps takes without its spikes.
    fn fixed(steps: usize) -> usize {
        steps * (4 * (2 + 2 + 2) + size_of::<Option<usize>>())
    }

    #[test]
    fn spikes_never_allocate_more_than_is_left_for_them() {
        const ROOM: usize = 1000;
        for (inputs, outputs) in [(0, 0), (1, 0), (1, 1), (0, 7), (9, 2), (40, 40), (1000, 1), (u32::MAX, 1)]
        {
            for steps in [1, 2, 3, 10, 50, 200] {
                let recorder = record(fixed(steps) + ROOM, &vec![(inputs, outputs); steps]).unwrap();
                let capacities = recorder.layers.iter().map(|layer| layer.spikes.capacity() * 2);
                let allocated: usize = capacities.sum();
                assert!(allocated <= ROOM, "{inputs} {outputs} {steps}: {allocated}");
                let all = (3 * u64::from(inputs) + 2 * u64::from(outputs)) * steps as u64;
                let finished = recorder.finish(|_| Verdict {
                    digit: None,
                    counts: vec![0; 2],
                    decision: None,
                    margin: 0.0,
                    doubt: None,
                    sure: false,
                });
                match finished {
                    // Every spike is there, or none is promised.
                    Ok(recording) => {
                        let kept = recording.layers().iter().map(|layer| layer.spikes().len() as u64);
                        assert_eq!(kept.sum::<u64>(), all, "{inputs} {outputs} {steps}");
                    }
                    Err(error) => {
                        assert_eq!(
                            error,
                            SimulationError::RecordingTooLarge { steps: steps as u32, neurons: 5 }
                        );
                        // A third of the room can always be used: the rest is for a copy.
                        assert!(2 * all > ROOM as u64 / 3, "{inputs} {outputs} {steps}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_lean_recording_leaves_out_large_layers_only() {
        let layer = |inputs: usize, neurons: usize| {
            let weight = |(i, j): (usize, usize)| ((i * 31 + j * 17) % 23) as f32 * 0.004 - 0.03;
            (format!("{neurons}"), Weights::Float(Array2::from_shape_fn((inputs, neurons), weight)))
        };
        let layers = [layer(64, 1025), layer(1025, 1024), layer(1024, 3)];
        let model = Model::new(Network::without_biases(layers).unwrap(), Description::default()).unwrap();
        let digit = Digit::from_square(&std::array::from_fn::<u8, 64, _>(|i| i as u8 * 4)).unwrap().unwrap();
        let settings = model.defaults().with(|settings| settings.steps = 70);
        let whole = Recording::of(&model, &digit, &settings).unwrap();
        let lean = Recording::lean(&model, &digit, &settings).unwrap();
        for (i, (a, b)) in whole.layers().iter().zip(lean.layers()).enumerate() {
            assert_eq!((a.spikes(), a.offsets()), (b.spikes(), b.offsets()));
            assert_eq!(b.membranes(), if i == 1 { &[] } else { a.membranes() });
            assert_eq!(Recording::membranes_of(&model, &digit, &settings, i).unwrap(), a.membranes());
        }
        assert!(whole.layers()[1].spikes().len() > 100 && whole.layers()[2].spikes().len() > 100);
        assert_eq!((whole.counts(), whole.verdict()), (lean.counts(), lean.verdict()));
        assert_eq!(Recording::membranes_of(&model, &digit, &settings, 4), Ok(Vec::new()));
    }

    #[test]
    fn the_last_step_that_does_not_fit_is_an_error_too() {
        let recorder = record(fixed(2) + 100, &[(1, 1), (1000, 0)]).unwrap();
        assert_eq!(recorder.winners.len(), 2);
        assert!(recorder.finish(|_| unreachable!()).is_err());
        assert!(record(fixed(2) - 1, &[(0, 0); 2]).is_err());
    }
}
