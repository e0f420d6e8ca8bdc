//! Presents digits, and keeps what a report says of each layer.

use std::ops::ControlFlow;

use super::digits::Shown;
use crate::clock::Observer;
use crate::encoding::presentation_seed;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::readout::Readout;
use crate::settings::Settings;
use crate::simulation::{CHUNK, SpikingNetwork, for_each};
use crate::spikes::Spikes;

/// What one presentation leaves.
pub struct Presented {
    /// The answer after each number of steps that was asked for.
    pub answers: Vec<Option<usize>>,
    /// The spikes of all neurons of each layer, the input first.
    pub totals: Vec<u64>,
    /// The spikes of each neuron, for each layer after the input; empty where only answers were asked for.
    pub counts: Vec<Vec<u32>>,
    /// The potentials of the outputs after the last step.
    pub potentials: Vec<f32>,
}

impl Presented {
    /// What is left of a blank picture, which is not presented.
    pub fn nothing(sizes: &[usize], checkpoints: usize) -> Self {
        Self {
            answers: vec![None; checkpoints],
            totals: vec![0; sizes.len()],
            counts: sizes[1..].iter().map(|&neurons| vec![0; neurons]).collect(),
            potentials: Vec::new(),
        }
    }
}

/// What to present, and what to keep.
pub struct Watch<'a> {
    pub settings: &'a Settings,
    /// Numbers of steps after which to read the answer, ascending; the last one is that of the settings.
    pub checkpoints: &'a [u32],
    /// Whether to count the spikes of each neuron.
    pub counts: bool,
    /// Whether neurons keep their state from digit to digit.
    pub keeps_state: bool,
}

impl Watch<'_> {
    /// Presents `digits` to `model`.
    pub fn present(&self, model: &Model, digits: &[Shown]) -> Result<Vec<Presented>, SimulationError> {
        let network = SpikingNetwork::new(model, self.settings)?;
        let sizes = model.network().sizes();
        let presented = for_each(
            digits,
            self.keeps_state,
            || network.clone(),
            |network, position, shown| {
                let seed = presentation_seed(self.settings.seed, shown.index as u64);
                let Some(digit) = shown.digit else {
                    return Ok(Presented::nothing(&sizes, self.checkpoints.len()));
                };
                network.keep_state(self.keeps_state && !position.is_multiple_of(CHUNK));
                let mut watcher = Watcher::new(self, network.readout(), &sizes);
                network.present(digit, seed, &mut watcher)?;
                Ok(watcher.finish())
            },
        );
        presented.into_iter().collect()
    }
}

struct Watcher<'a> {
    checkpoints: &'a [u32],
    readout: Readout,
    output: usize,
    /// Whether spikes are counted by neuron.
    by_neuron: bool,
    answers: Vec<Option<usize>>,
    totals: Vec<u64>,
    counts: Vec<Vec<u32>>,
    potentials: Vec<f32>,
}

impl<'a> Watcher<'a> {
    fn new(watch: &Watch<'a>, readout: Readout, sizes: &[usize]) -> Self {
        let counts = sizes[1..].iter().map(|&neurons| vec![0; if watch.counts { neurons } else { 0 }]);
        Self {
            checkpoints: watch.checkpoints,
            readout,
            output: sizes.len() - 1,
            by_neuron: watch.counts,
            answers: Vec::with_capacity(watch.checkpoints.len()),
            totals: vec![0; sizes.len()],
            counts: counts.collect(),
            potentials: Vec::new(),
        }
    }

    fn finish(self) -> Presented {
        let Self { answers, totals, counts, potentials, .. } = self;
        Presented { answers, totals, counts, potentials }
    }
}

impl Observer for Watcher<'_> {
    fn looks_at(&self, layer: usize) -> bool {
        self.readout.looks_at(layer) || self.by_neuron && layer > 0
    }

    fn needs_membranes(&self, layer: usize) -> bool {
        self.readout.looks_at(layer)
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        self.totals[layer] += spikes.total();
        if self.by_neuron && layer > 0 {
            let counts = &mut self.counts[layer - 1];
            spikes.iter().for_each(|(neuron, count)| counts[usize::from(neuron)] += count);
        }
        self.readout.layer(layer, spikes, membranes);
        if layer == self.output && self.readout.steps() == self.checkpoints.last().copied().unwrap_or(0) {
            self.potentials = membranes.to_vec();
        }
    }

    fn step_done(&mut self) -> ControlFlow<()> {
        if self.checkpoints.get(self.answers.len()) == Some(&self.readout.steps()) {
            self.answers.push(self.readout.winner());
        }
        ControlFlow::Continue(())
    }
}
