//! Neurons that an importer made of a node, each with its own parameters.

use serde::Serialize;

use crate::dialect::facts::Facts;
use crate::dialect::layer::Neurons;
use crate::spikes::SpikeList;

/// The state of a layer of neurons, and how it changes in a step.
pub(super) trait Cell: Send {
    /// Resets every neuron to its state at the start of a presentation.
    fn rest(&mut self);

    /// Advances one time step with `currents`, `[neurons]`. Adds the neurons that fire to `spikes`, which is empty.
    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList);

    /// The membrane potentials, `[neurons]`.
    fn potentials(&self) -> &[f32];
}

/// The least and the largest of some numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Spread {
    /// The spread of `numbers`.
    pub(super) fn of<T: Copy + Into<f64>>(numbers: &[T]) -> Self {
        let numbers = || numbers.iter().map(|&x| x.into());
        Self {
            least: numbers().fold(f64::INFINITY, f64::min),
            most: numbers().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// The same number for all.
    pub(super) fn one(number: f64) -> Self {
        Self { least: number, most: number }
    }

    /// Whether all numbers are the same.
    #[must_use]
    pub fn is_one(self) -> bool {
        self.least == self.most
    }
}

/// What an importer makes of a node of neurons: one step of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Update {
    /// What the framework calls the neurons, with what is not its default.
    pub made: String,
    /// One step, in order.
    pub rule: &'static str,
    /// Length of a step, s; `None` where the importer counts in steps.
    pub dt: Option<f64>,
    /// Share of the potential that remains after a step.
    pub kept: Spread,
    /// What an input of 1 in one step adds to the potential; where synapses keep a current, over its whole decay.
    pub gain: Spread,
    /// Potential above which a neuron fires.
    pub threshold: Spread,
    /// Whether a potential equal to the threshold is enough.
    pub fires_at_threshold: bool,
    /// Whether a neuron can fire more than once in a step.
    pub many_spikes: bool,
    /// What a spike does to the potential.
    pub reset: &'static str,
    /// The parameters of the file that the importer does not use.
    pub unused: Vec<&'static str>,
}

/// A cell with the facts about it.
pub(super) struct Imported<C> {
    cell: C,
    update: Update,
}

impl<C: Cell + 'static> Imported<C> {
    /// The neurons of a layer.
    pub fn boxed(cell: C, update: &Update) -> Box<dyn Neurons<f32>> {
        Box::new(Self { cell, update: update.clone() })
    }
}

impl<C: Cell> Neurons<f32> for Imported<C> {
    fn rest(&mut self) {
        self.cell.rest();
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        self.cell.step(currents, spikes);
    }

    fn facts(&self) -> Facts {
        let Update { kept, gain, threshold, many_spikes, reset, rule, .. } = &self.update;
        Facts {
            drive: gain.most / threshold.least,
            kept: kept.most,
            threshold: threshold.least,
            delayed: false,
            many_spikes: *many_spikes,
            refractory: 0,
            reset,
            rule: (*rule).into(),
        }
    }

    fn potentials(&self) -> &[f32] {
        self.cell.potentials()
    }
}
