//! Runs a given spike train through a network in a dialect. A trace holds the same data as the recordings of
//! the frameworks.

use super::catalogue::{Dialect, check_steps};
use super::error::DialectError;
use super::input::Input;
use super::layer::AnyLayer;
use crate::clock::{Observer, Source, run};
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::spikes::{SpikeList, Spikes};

/// The most counts that a trace may hold, neurons times steps: 512 MiB.
pub(super) const MAX_COUNTS: usize = 128 << 20;

/// How often each input fires in each step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpikeTrain {
    steps: u32,
    inputs: usize,
    /// `[steps, inputs]`.
    counts: Vec<u8>,
}

impl SpikeTrain {
    /// Takes the spikes of `inputs` input neurons: `counts` is `[steps, inputs]`, row-major.
    ///
    /// # Errors
    /// [`DialectError`] where `counts` is not a whole number of steps, or has no steps or too many.
    pub fn new(inputs: usize, counts: Vec<u8>) -> Result<Self, DialectError> {
        let inputs = inputs.max(1);
        let (steps, rest) = (counts.len() / inputs, counts.len() % inputs);
        if rest != 0 {
            let expected = (steps + 1).saturating_mul(inputs);
            return Err(DialectError::Length {
                what: "the spike train".into(),
                found: counts.len(),
                expected,
            });
        }
        Ok(Self { steps: Self::check_steps(steps)?, inputs, counts })
    }

    /// Checks the number of steps of a train, before its counts are read. Returns `steps`.
    ///
    /// # Errors
    /// [`DialectError`] if there are no steps or too many.
    pub fn check_steps(steps: usize) -> Result<u32, DialectError> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        check_steps(steps)?;
        Ok(steps)
    }

    /// The input spikes of a digit in every dialect: in each step a pixel spikes with probability ink/255. They depend on the
    /// digit and the seed only.
    ///
    /// # Errors
    /// [`DialectError`] if there are no steps or too many, or the train would not fit in memory.
    pub fn drawn(digit: &Digit, steps: u32, seed: u64) -> Result<Self, DialectError> {
        Self::from_input(Input::bernoulli(digit, seed), digit.ink().len(), steps, "")
    }

    /// The input spikes of a digit as [`Experiment`](super::Experiment) draws them in `dialect`: in Nengo those of its ensemble
    /// of input neurons.
    ///
    /// # Errors
    /// The errors of [`SpikeTrain::drawn`]; [`DialectError::InputSpikes`] where a pixel fires more than 255 times in a step.
    pub fn drawn_in(dialect: &Dialect, digit: &Digit, steps: u32, seed: u64) -> Result<Self, DialectError> {
        Self::from_input(dialect.input(digit, seed), digit.ink().len(), steps, dialect.name())
    }

    fn from_input(mut input: Input, inputs: usize, steps: u32, dialect: &str) -> Result<Self, DialectError> {
        check_steps(steps)?;
        let length = inputs.checked_mul(steps as usize).filter(|&length| length <= MAX_COUNTS);
        let Some(length) = length else {
            return Err(SimulationError::RecordingTooLarge { steps, neurons: inputs }.into());
        };
        let mut counts = vec![0; length];
        let mut spikes = SpikeList::default();
        for row in counts.chunks_exact_mut(inputs.max(1)) {
            input.step(&mut spikes);
            for (neuron, count) in spikes.view().iter() {
                let too_many = || DialectError::InputSpikes { dialect: dialect.into(), count };
                row[usize::from(neuron)] = count.try_into().map_err(|_| too_many())?;
            }
        }
        Ok(Self { steps, inputs, counts })
    }

    /// Time steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps as usize
    }

    /// The number of inputs.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How often each input fires in each step, `[steps, inputs]`, row-major.
    #[must_use]
    pub fn counts(&self) -> &[u8] {
        &self.counts
    }
}

/// A source that gives the spikes of a train.
pub(super) struct Player<'a>(std::slice::ChunksExact<'a, u8>);

impl<'a> Player<'a> {
    pub fn new(train: &'a SpikeTrain) -> Self {
        Self(train.counts.chunks_exact(train.inputs))
    }
}

impl Source for Player<'_> {
    fn step(&mut self, spikes: &mut SpikeList) {
        spikes.clear();
        let row = self.0.next().unwrap_or_default();
        row.iter().enumerate().for_each(|(input, &count)| spikes.push(input, count.into()));
    }
}

/// The trace of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerTrace {
    /// Neurons of the layer.
    pub neurons: usize,
    /// How often each neuron fired in each step, `[steps, neurons]`.
    pub spikes: Vec<u32>,
    /// The membrane potentials after the last step, `[neurons]`, in the unit and the precision of the
    /// framework.
    pub potentials: Vec<f64>,
}

/// The traces of all layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The layers of neurons. The first one takes the input spikes.
    pub layers: Vec<LayerTrace>,
}

impl Trace {
    /// Runs the input spikes `train` through `model` in `dialect`. `initial` may hold initial membrane
    /// potentials for each layer, `[neurons]`, in place of those that Nengo draws. The other frameworks draw
    /// none, and ignore them.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect has no spikes, `train` or `initial` does not fit the network, or
    /// the trace would not fit in memory.
    pub fn of(
        model: &Model,
        dialect: &Dialect,
        train: &SpikeTrain,
        initial: &[Option<Vec<f64>>],
    ) -> Result<Self, DialectError> {
        let expected = model.network().inputs();
        if train.inputs != expected {
            let what = "each step of the spike train".into();
            return Err(DialectError::Length { what, found: train.inputs, expected });
        }
        let neurons: usize = model.network().sizes()[1..].iter().sum();
        if neurons.checked_mul(train.steps()).is_none_or(|counts| counts > MAX_COUNTS) {
            return Err(SimulationError::RecordingTooLarge { steps: train.steps, neurons }.into());
        }
        let mut layers = layers(model, dialect)?;
        for (i, (layer, potentials)) in layers.iter_mut().zip(initial).enumerate() {
            let Some(potentials) = potentials else { continue };
            let (found, expected) = (potentials.len(), layer.membranes().len());
            if found != expected {
                let what = format!("the initial potentials of layer {}", i + 1);
                return Err(DialectError::Length { what, found, expected });
            }
            layer.start_from(potentials);
        }
        let mut tracer = Tracer {
            layers: layers
                .iter()
                .map(|layer| LayerTrace::of_neurons(layer.membranes().len(), train.steps()))
                .collect(),
        };
        let mut player = Player::new(train);
        run(&mut player, &mut layers, dialect.delay(), train.steps, &mut tracer);
        for (trace, layer) in tracer.layers.iter_mut().zip(&layers) {
            trace.potentials = layer.potentials();
        }
        Ok(Self { layers: tracer.layers })
    }

    /// Runs the neurons of one layer of `dialect`, without synapses, on given `currents`, `[steps, neurons]`
    /// row-major. Layers are counted from 0. `initial` holds the initial membrane potentials, `[neurons]`, if
    /// the framework draws them. Currents are in the precision of the framework.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect has no spikes, or the lengths do not fit together.
    pub fn of_currents(
        dialect: &Dialect,
        layer: usize,
        neurons: usize,
        currents: &[f64],
        initial: Option<&[f64]>,
    ) -> Result<LayerTrace, DialectError> {
        let mut layer = dialect.neurons(layer, neurons).ok_or_else(|| no_spikes(dialect))?;
        let check = |what: &str, found: usize, expected: usize| match found == expected {
            true => Ok(()),
            false => Err(DialectError::Length { what: what.into(), found, expected }),
        };
        if let Some(initial) = initial {
            check("the initial potentials", initial.len(), neurons)?;
            layer.start_from(initial);
        }
        let steps = currents.len().checked_div(neurons).unwrap_or(0);
        check("the currents", currents.len(), steps * neurons)?;
        let mut trace = LayerTrace { neurons, spikes: Vec::new(), potentials: Vec::new() };
        for currents in currents.chunks_exact(neurons.max(1)) {
            layer.step_under(currents);
            trace.step(layer.spikes());
        }
        trace.potentials = layer.potentials();
        Ok(trace)
    }
}

impl LayerTrace {
    /// A trace without steps, with room for `steps`.
    pub(super) fn of_neurons(neurons: usize, steps: usize) -> Self {
        // All at once: growing would take twice as much.
        Self { neurons, spikes: Vec::with_capacity(neurons * steps), potentials: Vec::new() }
    }

    pub(super) fn step(&mut self, spikes: Spikes) {
        let start = self.spikes.len();
        self.spikes.resize(start + self.neurons, 0);
        spikes.iter().for_each(|(neuron, count)| self.spikes[start + usize::from(neuron)] = count);
    }
}

struct Tracer {
    layers: Vec<LayerTrace>,
}

impl Observer for Tracer {
    fn layer(&mut self, layer: usize, spikes: Spikes, _membranes: &[f32]) {
        if let Some(layer) = layer.checked_sub(1) {
            self.layers[layer].step(spikes);
        }
    }
}

/// The layers of a dialect; an error if it is the ANN.
fn layers(model: &Model, dialect: &Dialect) -> Result<Vec<Box<dyn AnyLayer>>, DialectError> {
    if dialect.has_spikes() { Ok(dialect.layers(model)) } else { Err(no_spikes(dialect)) }
}

fn no_spikes(dialect: &Dialect) -> DialectError {
    DialectError::NoSpikes { dialect: dialect.name().into(), purpose: "trace" }
}
