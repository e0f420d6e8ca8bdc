//! Runs a given spike train or image through a network in a dialect. A trace holds the same data as the recordings of
//! the frameworks.

use super::catalogue::{Dialect, check_steps};
use super::error::DialectError;
use super::input::Input;
use super::running::Running;
use crate::clock::{Observer, Source, run_and};
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::spikes::{SpikeList, Spikes};

/// The most bytes that the counts and the potentials of a trace may take: 512 MiB.
pub(super) const MAX_BYTES: usize = 512 << 20;

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
        let length =
            inputs.checked_mul(steps as usize).filter(|&length| length <= MAX_BYTES / size_of::<u32>());
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
    /// How often each neuron fired in each step, `[steps, neurons]`. Empty for a layer that does not spike.
    pub spikes: Vec<u32>,
    /// The membrane potentials after the last step, `[neurons]`, in the unit and the precision of the
    /// framework. In a layer without neurons, such as a softmax, its weighted sums.
    pub potentials: Vec<f64>,
    /// The potentials after each step, `[steps, neurons]`, if they were asked for; otherwise empty.
    pub course: Vec<f64>,
}

/// The traces of all layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The layers of neurons. The first one takes the input.
    pub layers: Vec<LayerTrace>,
    /// The outputs in each step, `[steps, classes]`, of a network whose layers pass on numbers; otherwise empty.
    pub outputs: Vec<f32>,
}

/// What is run in which dialect, and what is kept of it.
#[derive(Clone, Copy)]
pub struct Tracing<'a> {
    /// The network.
    pub model: &'a Model,
    /// The dialect with its parameters.
    pub dialect: &'a Dialect,
    /// Initial membrane potentials of each layer, `[neurons]`, in place of those that Nengo and NengoDL draw. The other
    /// frameworks draw none, and ignore them.
    pub initial: &'a [Option<Vec<f64>>],
    /// Whether to keep the potentials of each step.
    pub course: bool,
}

impl Tracing<'_> {
    /// Runs the input spikes `train`.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect has no spikes or takes an image, `train` or the initial potentials do not fit
    /// the network, or the trace would not fit in memory.
    pub fn spikes(&self, train: &SpikeTrain) -> Result<Trace, DialectError> {
        self.check_inputs("each step of the spike train", train.inputs)?;
        let (mut running, mut tracer) = self.prepared(train.steps)?;
        match &mut running {
            Running::Spiking { layers, delay } => {
                let mut player = Player::new(train);
                let mut courses = self.courses(&tracer);
                run_and(&mut player, layers, *delay, train.steps, &mut tracer, |layers| {
                    courses
                        .iter_mut()
                        .zip(layers)
                        .for_each(|(course, layer)| course.extend(layer.potentials()));
                });
                let ends = layers.iter().map(|layer| layer.potentials());
                Ok(tracer.finish(ends, courses))
            }
            _ => Err(self.takes("an image", "spikes")),
        }
    }

    /// Runs `image` as a constant current: the intensities of the pixels, from 0 to 1, `[inputs]`.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect has no spikes or takes input spikes, `image` or the initial potentials do not fit
    /// the network, or the trace would not fit in memory.
    pub fn image(&self, image: &[f32], steps: u32) -> Result<Trace, DialectError> {
        self.check_inputs("the image", image.len())?;
        check_steps(steps)?;
        let (mut running, mut tracer) = self.prepared(steps)?;
        match &mut running {
            Running::Converted(network) => {
                let layers = 0..tracer.layers.len();
                let wide = |potentials: &[f32]| potentials.iter().map(|&v| f64::from(v)).collect::<Vec<_>>();
                let mut courses = self.courses(&tracer);
                network.present(image, steps, &mut tracer, |network| {
                    let courses = courses.iter_mut().enumerate();
                    courses.for_each(|(layer, course)| course.extend(wide(network.potentials(layer))));
                });
                for (layer, trace) in tracer.layers.iter_mut().enumerate() {
                    if !network.spikes(layer) {
                        trace.spikes.clear();
                    }
                }
                let ends = layers.map(|layer| wide(network.potentials(layer)));
                Ok(tracer.finish(ends, courses))
            }
            _ => Err(self.takes("input spikes", "an image")),
        }
    }

    /// The potentials before the first step, `[neurons]`, of the layers of a converted network that spike.
    ///
    /// # Errors
    /// [`DialectError`] where the initial potentials or a parameter do not fit the network.
    pub(super) fn potentials_of_converted(&self) -> Result<Vec<Option<Vec<f32>>>, DialectError> {
        let (running, tracer) = self.prepared(1)?;
        let Running::Converted(network) = running else { return Ok(Vec::new()) };
        let layers = 0..tracer.layers.len();
        let of_layer = |layer| network.spikes(layer).then(|| network.potentials(layer).to_vec());
        Ok(layers.map(of_layer).collect())
    }

    fn check_inputs(&self, what: &str, found: usize) -> Result<(), DialectError> {
        let expected = self.model.network().inputs();
        if found == expected {
            return Ok(());
        }
        Err(DialectError::Length { what: what.into(), found, expected })
    }

    fn takes(&self, takes: &'static str, found: &'static str) -> DialectError {
        DialectError::Input { dialect: self.dialect.name().into(), takes, found }
    }

    /// An empty list for the potentials of each layer, if they are to be kept.
    fn courses(&self, tracer: &Tracer) -> Vec<Vec<f64>> {
        let kept = tracer.layers.iter().filter(|_| self.course);
        kept.map(|layer| Vec::with_capacity(layer.spikes.capacity())).collect()
    }

    /// The network in its state before the first step, and an empty trace.
    fn prepared(&self, steps: u32) -> Result<(Running, Tracer), DialectError> {
        if !self.dialect.has_spikes() {
            return Err(no_spikes(self.dialect));
        }
        let sizes = &self.model.network().sizes()[1..];
        let neurons: usize = sizes.iter().sum();
        let bytes = size_of::<u32>() + if self.course { size_of::<f64>() } else { 0 };
        let length = steps as usize;
        let all = neurons.checked_mul(length).and_then(|counts| counts.checked_mul(bytes));
        if all.is_none_or(|all| all > MAX_BYTES) {
            return Err(SimulationError::RecordingTooLarge { steps, neurons }.into());
        }
        let mut running = Running::new(self.model, self.dialect)?;
        for (i, (potentials, &expected)) in self.initial.iter().zip(sizes).enumerate() {
            let Some(potentials) = potentials else { continue };
            if potentials.len() != expected {
                let what = format!("the initial potentials of layer {}", i + 1);
                return Err(DialectError::Length { what, found: potentials.len(), expected });
            }
            running.start_from(i, potentials);
        }
        let layer = |&neurons: &usize| LayerTrace::of_neurons(neurons, length);
        Ok((running, Tracer { layers: sizes.iter().map(layer).collect(), outputs: Vec::new() }))
    }
}

impl Trace {
    /// Runs the input spikes `train` through `model` in `dialect`: see [`Tracing::spikes`].
    ///
    /// # Errors
    /// The errors of [`Tracing::spikes`].
    pub fn of(
        model: &Model,
        dialect: &Dialect,
        train: &SpikeTrain,
        initial: &[Option<Vec<f64>>],
    ) -> Result<Self, DialectError> {
        Tracing { model, dialect, initial, course: false }.spikes(train)
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
        let mut trace = LayerTrace::of_neurons(neurons, 0);
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
        let spikes = Vec::with_capacity(neurons * steps);
        Self { neurons, spikes, potentials: Vec::new(), course: Vec::new() }
    }

    pub(super) fn step(&mut self, spikes: Spikes) {
        let start = self.spikes.len();
        self.spikes.resize(start + self.neurons, 0);
        spikes.iter().for_each(|(neuron, count)| self.spikes[start + usize::from(neuron)] = count);
    }
}

struct Tracer {
    layers: Vec<LayerTrace>,
    outputs: Vec<f32>,
}

impl Tracer {
    /// The trace, with the potentials of each layer after the last step, and those of all steps if they were kept.
    fn finish(mut self, ends: impl Iterator<Item = Vec<f64>>, courses: Vec<Vec<f64>>) -> Trace {
        for (layer, end) in self.layers.iter_mut().zip(ends) {
            layer.potentials = end;
        }
        for (layer, course) in self.layers.iter_mut().zip(courses) {
            layer.course = course;
        }
        Trace { layers: self.layers, outputs: self.outputs }
    }
}

impl Observer for Tracer {
    fn layer(&mut self, layer: usize, spikes: Spikes, _membranes: &[f32]) {
        if let Some(layer) = layer.checked_sub(1) {
            self.layers[layer].step(spikes);
        }
    }

    fn outputs(&mut self, outputs: &[f32]) {
        self.outputs.extend_from_slice(outputs);
    }
}

fn no_spikes(dialect: &Dialect) -> DialectError {
    DialectError::NoSpikes { dialect: dialect.name().into(), purpose: "trace" }
}
