//! The clock: in each step, first the input spikes, then each layer advances.

use std::ops::ControlFlow;

use crate::encoding::{Encoder, PoissonEncoder};
use crate::spikes::{SpikeList, Spikes};

/// Receives the spikes and potentials of each step of a presentation.
pub trait Observer {
    /// Whether the observer needs the spikes and potentials of `layer`. For a layer that it does not need, it
    /// may get only the number of spikes. The simulation asks before the first step.
    fn looks_at(&self, layer: usize) -> bool {
        let _ = layer;
        true
    }

    /// Whether the observer needs the membrane potentials of `layer`, of the layers that it looks at. For other layers it
    /// may get none. The simulation asks before the first step.
    fn needs_membranes(&self, layer: usize) -> bool {
        self.looks_at(layer)
    }

    /// Receives the spikes of one layer in this step, and its membrane potentials after the step, `[neurons]`.
    /// Called once per step for each layer. Layer 0 is the input, which has no potentials.
    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]);

    /// Receives the outputs, `[classes]`, of a network whose layers pass on numbers: in each step, before its layers. Only
    /// `nengo_dl.Converter` makes such networks.
    fn outputs(&mut self, outputs: &[f32]) {
        let _ = outputs;
    }

    /// Called after all layers of a step. `Break` ends the presentation.
    fn step_done(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A source of input spikes.
pub(crate) trait Source {
    /// Advances one time step and replaces the contents of `spikes` by the spikes of the input.
    fn step(&mut self, spikes: &mut SpikeList);
}

impl Source for PoissonEncoder {
    fn step(&mut self, spikes: &mut SpikeList) {
        self.step(spikes.once());
    }
}

impl Source for Encoder {
    fn step(&mut self, spikes: &mut SpikeList) {
        self.step(spikes.once());
    }
}

/// A layer of neurons and the synapses that lead to it.
pub(crate) trait Stage {
    /// Advances one time step, in which the spikes `presynaptic` arrive.
    fn step(&mut self, presynaptic: Spikes);

    /// The spikes of the last step.
    fn spikes(&self) -> Spikes<'_>;

    /// The membrane potentials after the last step, `[neurons]`.
    fn membranes(&self) -> &[f32];
}

/// When the spikes of one layer arrive at the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delay {
    /// In the same step: a spike can cross the whole network in one step.
    None,
    /// One step later.
    OneStep,
}

/// Runs `layers` on the spikes of `source` for `steps` steps, or until `observer` ends the presentation.
pub(crate) fn run<S: Stage>(
    source: &mut impl Source,
    layers: &mut [S],
    delay: Delay,
    steps: u32,
    observer: &mut impl Observer,
) {
    run_and(source, layers, delay, steps, observer, |_| ());
}

/// [`run`], which also calls `after` with the layers after each step.
pub(crate) fn run_and<S: Stage>(
    source: &mut impl Source,
    layers: &mut [S],
    delay: Delay,
    steps: u32,
    observer: &mut impl Observer,
    mut after: impl FnMut(&[S]),
) {
    let mut input = SpikeList::default();
    for _ in 0..steps {
        match delay {
            Delay::None => {
                source.step(&mut input);
                (0..layers.len()).for_each(|layer| feed(layers, layer, &input));
            }
            // From the last layer to the first: each takes the spikes that the layer before it fired in the
            // step before.
            Delay::OneStep => {
                (0..layers.len()).rev().for_each(|layer| feed(layers, layer, &input));
                source.step(&mut input);
            }
        }
        observer.layer(0, input.view(), &[]);
        for (i, layer) in layers.iter().enumerate() {
            observer.layer(i + 1, layer.spikes(), layer.membranes());
        }
        after(layers);
        if observer.step_done().is_break() {
            break;
        }
    }
}

/// Advances one layer by the current spikes of the layer before it, or of the input.
fn feed<S: Stage>(layers: &mut [S], layer: usize, input: &SpikeList) {
    let (before, from_here) = layers.split_at_mut(layer);
    from_here[0].step(before.last().map_or(input.view(), Stage::spikes));
}
