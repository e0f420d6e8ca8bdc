//! One layer of a dialect, as the clock drives it.

use super::facts::Facts;
use super::real::{Real, StepSums};
use super::summation::Sums;
use super::train::Train;
use crate::clock::Stage;
use crate::spikes::{SpikeList, Spikes};

/// The neurons of one layer as a framework updates them, in the framework's precision.
pub(crate) trait Neurons<R: Real>: Send {
    /// Resets every neuron to its state at the start of a presentation.
    fn rest(&mut self);

    /// The part of a step before spikes arrive. Sets `sums`, `[neurons]`, to the values to which the weights
    /// of the arriving spikes are added.
    fn before_input(&mut self, sums: &mut [R]) {
        sums.fill(R::ZERO);
    }

    /// Whether `before_input` does nothing but set the sums to 0.
    fn sums_from_zero(&self) -> bool {
        true
    }

    /// Turns the sums of the weights into the currents that the neurons receive.
    fn receive(&self, _sums: &mut [R]) {}

    /// Advances one time step with `currents`, `[neurons]`. Adds the neurons that fire to `spikes`, which is
    /// empty.
    fn step(&mut self, currents: &[R], spikes: &mut SpikeList);

    /// What the neurons pass on in the last step, `[neurons]`, if they do not spike.
    fn numbers(&self) -> Option<&[R]> {
        None
    }

    /// Facts about the update rule. `drive` is for a current of 1 in one step. `delayed` is set only if the
    /// neurons themselves cause the delay.
    fn facts(&self) -> Facts;

    /// The membrane potentials, `[neurons]`.
    fn potentials(&self) -> &[R];

    /// Replaces the initial potentials, if the framework draws them at random.
    fn start_from(&mut self, _potentials: &[f64]) {}
}

/// A layer of any precision.
pub(crate) trait AnyLayer: Stage + Send {
    /// Resets every neuron to its state at the start of a presentation.
    fn rest(&mut self);

    /// Advances one time step with the given `currents`, `[neurons]`, instead of those of the synapses.
    fn step_under(&mut self, currents: &[f64]);

    /// Advances one time step in which the weighted sums `sums`, `[neurons]`, arrive in place of those of the synapses.
    fn step_on(&mut self, sums: &[f64]);

    /// The sums that the spikes of `train` give in each step; `None` if the neurons add weights to other values than 0.
    fn sums_of(&self, train: &Train) -> Option<StepSums>;

    /// Advances one time step with the sums of `step` in `sums`, which [`AnyLayer::sums_of`] of a layer with the same
    /// synapses gave. Does nothing and returns false if they are not for these neurons.
    fn step_with(&mut self, sums: &StepSums, step: usize) -> bool;

    /// See [`Neurons::facts`].
    fn facts(&self) -> Facts;

    /// The membrane potentials, `[neurons]`, without rounding.
    fn potentials(&self) -> Vec<f64>;

    /// Replaces the initial potentials, if the framework draws them at random.
    fn start_from(&mut self, potentials: &[f64]);
}

/// Neurons and the synapses that lead to them.
pub(crate) struct Layer<R> {
    synapses: Sums<R>,
    neurons: Box<dyn Neurons<R>>,
    currents: Vec<R>,
    spikes: SpikeList,
    /// Potentials in single precision, for observers.
    membranes: Vec<f32>,
}

impl<R: Real> Layer<R> {
    pub fn new(synapses: Sums<R>, neurons: Box<dyn Neurons<R>>) -> Self {
        let count = neurons.potentials().len();
        let currents = vec![R::ZERO; count];
        Self { synapses, neurons, currents, spikes: SpikeList::default(), membranes: vec![0.0; count] }
    }

    fn advance(&mut self) {
        self.spikes.clear();
        self.neurons.step(&self.currents, &mut self.spikes);
        for (membrane, &v) in self.membranes.iter_mut().zip(self.neurons.potentials()) {
            *membrane = v.to_f32();
        }
    }
}

impl<R: Real> Stage for Layer<R> {
    fn step(&mut self, presynaptic: Spikes) {
        self.neurons.before_input(&mut self.currents);
        self.synapses.add(presynaptic, &mut self.currents);
        self.neurons.receive(&mut self.currents);
        self.advance();
    }

    fn spikes(&self) -> Spikes<'_> {
        self.spikes.view()
    }

    fn membranes(&self) -> &[f32] {
        &self.membranes
    }
}

impl<R: Real> AnyLayer for Layer<R> {
    fn rest(&mut self) {
        self.neurons.rest();
        self.spikes.clear();
    }

    fn step_under(&mut self, currents: &[f64]) {
        for (current, &given) in self.currents.iter_mut().zip(currents) {
            *current = R::from_f64(given);
        }
        self.advance();
    }

    fn step_on(&mut self, sums: &[f64]) {
        self.neurons.before_input(&mut self.currents);
        for (current, &sum) in self.currents.iter_mut().zip(sums) {
            *current = current.plus(R::from_f64(sum));
        }
        self.neurons.receive(&mut self.currents);
        self.advance();
    }

    fn sums_of(&self, train: &Train) -> Option<StepSums> {
        self.neurons.sums_from_zero().then(|| R::share(self.synapses.of_train(train)))
    }

    fn step_with(&mut self, sums: &StepSums, step: usize) -> bool {
        let neurons = self.currents.len();
        let row = R::shared(sums).and_then(|sums| sums.get(step * neurons..(step + 1) * neurons));
        let Some(row) = row.filter(|_| self.neurons.sums_from_zero()) else { return false };
        self.currents.copy_from_slice(row);
        self.neurons.receive(&mut self.currents);
        self.advance();
        true
    }

    fn facts(&self) -> Facts {
        self.neurons.facts()
    }

    fn potentials(&self) -> Vec<f64> {
        self.neurons.potentials().iter().map(|v| v.to_f64()).collect()
    }

    fn start_from(&mut self, potentials: &[f64]) {
        self.neurons.start_from(potentials);
    }
}

impl Stage for Box<dyn AnyLayer> {
    fn step(&mut self, presynaptic: Spikes) {
        (**self).step(presynaptic);
    }

    fn spikes(&self) -> Spikes<'_> {
        (**self).spikes()
    }

    fn membranes(&self) -> &[f32] {
        (**self).membranes()
    }
}
