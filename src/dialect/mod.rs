//! The same network as nine frameworks run it, spike for spike.
//!
//! A dialect is how a framework updates its neurons: the order of operations, the reset, the
//! refractory period, the delay from layer to layer, how often a neuron may fire in one step, and the
//! precision that it computes in. Each framework has a file of its own here, which says where its
//! equations stand; the clock is that of every presentation, `simulation.rs`. The tests hold each
//! dialect against recordings of the framework itself.

mod bindsnet;
mod brian2;
mod decoding;
mod experiment;
mod input;
mod keras;
mod layer;
mod nengo;
mod norse;
mod numpy;
mod parameter;
mod rockpool;
mod sinabs;
mod snntorch;
mod spikingjelly;
mod summation;
mod trace;

use ndarray::Array2;
use thiserror::Error;

pub use decoding::Decoding;
pub use experiment::{CHUNK, Experiment, Tally};
pub use parameter::{Domain, Given, Parameter, Value};
pub use trace::{LayerTrace, SpikeTrain, Trace};

use crate::model::Model;
use crate::settings::Settings;
use crate::simulation::{Delay, SimulationError};
use layer::{AnyLayer, Layer, Neurons};
use parameter::Values;
use summation::{Order, Real, Sums};

/// Why a dialect cannot be run as asked.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DialectError {
    /// There is no dialect of that name.
    #[error("there is no dialect '{name}'; there are {valid}")]
    Name {
        /// What was asked for.
        name: String,
        /// All dialects.
        valid: String,
    },
    /// The dialect has no such parameter.
    #[error("{dialect} has no parameter '{name}'; it has {valid}")]
    Parameter {
        /// Name of the dialect.
        dialect: String,
        /// What was asked for.
        name: String,
        /// All its parameters.
        valid: String,
    },
    /// The parameter does not take that value.
    #[error("{name} of {dialect} is {value}; it must be {expected}")]
    Value {
        /// Name of the dialect.
        dialect: String,
        /// Name of the parameter.
        name: String,
        /// What was given.
        value: String,
        /// What is taken.
        expected: String,
    },
    /// The dialect is the ANN, which has no spikes.
    #[error("{dialect} is an ANN: it has no spikes to {purpose}")]
    NoSpikes {
        /// Name of the dialect.
        dialect: String,
        /// What they were wanted for.
        purpose: &'static str,
    },
    /// The spikes or potentials do not fit the network.
    #[error("{what} has length {found}; the network needs {expected}")]
    Length {
        /// What does not fit.
        what: String,
        /// Its length.
        found: usize,
        /// The length needed.
        expected: usize,
    },
    /// The number of steps is out of its range, or a recording would be too large.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

/// Ranges of parameters.
const FINITE: (f64, f64) = (-1e6, 1e6);
const POSITIVE: (f64, f64) = (1e-6, 1e6);
const SHARE: (f64, f64) = (0.0, 1.0);

/// The one parameter that is ours: it moves the drive against the threshold in any framework.
const WEIGHT_SCALE: Parameter =
    Parameter::number("weight_scale", 1.0, (0.0, 1e6), None, "Factor on the weights of all layers.");

/// A framework: what its dialects have in common.
struct Framework {
    /// As it writes itself.
    title: &'static str,
    /// Where the update rule stands.
    source: &'static str,
    parameters: &'static [Parameter],
    /// The framework's own default first.
    variants: &'static [Variant],
    delay: Delay,
    order: Order,
    precision: Precision,
    /// What a spike that arrives at a layer, counted from 0, is worth.
    height: fn(&Values, usize) -> f64,
    /// Whether the parameters are Nengo's, whose input is an ensemble as well.
    is_nengo: bool,
}

impl Framework {
    /// To be filled in.
    const BARE: Self = Self {
        title: "",
        source: "",
        parameters: &[],
        variants: &[],
        delay: Delay::None,
        order: Order::Index,
        precision: Precision::Ann,
        height: |_, _| 1.0,
        is_nengo: false,
    };
}

/// Makes the neurons of a layer, counted from 0.
type Make<R> = fn(&Values, usize, usize) -> Box<dyn Neurons<R>>;

/// What a framework computes in.
#[derive(Clone, Copy)]
enum Precision {
    F32(Make<f32>),
    F64(Make<f64>),
    /// No spikes at all.
    Ann,
}

/// A setting of a framework's parameters with a name.
struct Variant {
    name: &'static str,
    /// As its users would write it.
    setting: &'static str,
    /// The parameters that are not at their defaults.
    set: &'static [(&'static str, Value)],
    decoding: Decoding,
}

impl Variant {
    const fn new(name: &'static str, setting: &'static str, set: &'static [(&'static str, Value)]) -> Self {
        Self { name, setting, set, decoding: Decoding::Count }
    }
}

static FRAMEWORKS: [Framework; 10] = [
    keras::FRAMEWORK,
    snntorch::FRAMEWORK,
    spikingjelly::FRAMEWORK,
    bindsnet::FRAMEWORK,
    norse::FRAMEWORK,
    sinabs::FRAMEWORK,
    rockpool::FRAMEWORK,
    brian2::FRAMEWORK,
    nengo::FRAMEWORK,
    nengo::NENGO_DL,
];

/// The dialect that stands for the mended network of the question in a table of defaults.
const MENDED: &str = "nengo";

/// A framework with its parameters.
#[derive(Clone)]
pub struct Dialect {
    framework: &'static Framework,
    variant: &'static Variant,
    values: Values,
}

impl Dialect {
    /// All dialects, framework by framework, each framework's default first.
    pub fn all() -> impl Iterator<Item = Self> {
        FRAMEWORKS.iter().flat_map(|framework| {
            framework.variants.iter().map(move |variant| {
                let common = match framework.precision {
                    Precision::Ann => None,
                    _ => Some(&WEIGHT_SCALE),
                };
                let mut values = Values::new(framework.parameters.iter().chain(common));
                variant.set.iter().for_each(|&(name, value)| values.preset(name, value));
                Self { framework, variant, values }
            })
        })
    }

    /// One dialect a framework, at the framework's defaults; and Nengo's network both as the question
    /// has it and mended.
    pub fn defaults() -> impl Iterator<Item = Self> {
        Self::all().filter(|dialect| {
            let first = &dialect.framework.variants[0];
            std::ptr::eq(first, dialect.variant) || dialect.name() == MENDED
        })
    }

    /// The dialect of that name.
    ///
    /// # Errors
    /// [`DialectError::Name`] lists the names that there are.
    pub fn named(name: &str) -> Result<Self, DialectError> {
        Self::all().find(|dialect| dialect.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(|dialect| dialect.name()).collect();
            DialectError::Name { name: name.into(), valid: names.join(", ") }
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.variant.name
    }

    /// The framework, as it writes itself.
    #[must_use]
    pub fn framework(&self) -> &'static str {
        self.framework.title
    }

    /// What the neurons are, as the framework's users would write it.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.variant.setting
    }

    /// File and function of the framework in which the update rule stands.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.framework.source
    }

    /// Bits of the floating-point numbers that the framework computes in.
    #[must_use]
    pub fn precision(&self) -> u32 {
        if matches!(self.framework.precision, Precision::F64(_)) { 64 } else { 32 }
    }

    /// How its users read a class from the outputs; none for the ANN.
    #[must_use]
    pub fn decoding(&self) -> Option<Decoding> {
        self.has_spikes().then_some(self.variant.decoding)
    }

    /// The ANN has none.
    #[must_use]
    pub fn has_spikes(&self) -> bool {
        !matches!(self.framework.precision, Precision::Ann)
    }

    /// Its parameters and what they are.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static Parameter, Value)> {
        self.values.iter()
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// [`DialectError`] names the parameters that there are, or what this one takes.
    pub fn set(&mut self, name: &str, value: &Given) -> Result<(), DialectError> {
        self.values.set(self.variant.name, name, value)
    }

    /// The layers of `model`, at rest.
    fn layers(&self, model: &Model) -> Vec<Box<dyn AnyLayer>> {
        match self.framework.precision {
            Precision::F32(make) => self.layers_in(model, make),
            Precision::F64(make) => self.layers_in(model, make),
            Precision::Ann => Vec::new(),
        }
    }

    fn layers_in<R: Real>(&self, model: &Model, make: Make<R>) -> Vec<Box<dyn AnyLayer>> {
        let Self { framework, values, .. } = self;
        let scale = values.number(WEIGHT_SCALE.name);
        let network = model.network();
        let weights = (0..network.layers().len()).filter_map(|layer| network.weights(layer));
        let layer = |(i, weights): (usize, &Array2<f32>)| -> Box<dyn AnyLayer> {
            let height = (framework.height)(values, i);
            let neurons = make(values, i, weights.ncols());
            let synapses = if self.reshapes() {
                Sums::new(&reshaped(weights), scale, framework.order, height)
            } else {
                Sums::new(weights, scale, framework.order, height)
            };
            Box::new(Layer::new(synapses, neurons))
        };
        weights.enumerate().map(layer).collect()
    }

    /// The neurons of a layer, counted from 0, without synapses; none where there are no spikes.
    fn neurons(&self, layer: usize, neurons: usize) -> Option<Box<dyn AnyLayer>> {
        fn bare<R: Real>(neurons: Box<dyn Neurons<R>>) -> Box<dyn AnyLayer> {
            let none = Array2::zeros((0, neurons.potentials().len()));
            Box::new(Layer::new(Sums::new(&none, 1.0, Order::Index, 1.0), neurons))
        }
        match self.framework.precision {
            Precision::F32(make) => Some(bare(make(&self.values, layer, neurons))),
            Precision::F64(make) => Some(bare(make(&self.values, layer, neurons))),
            Precision::Ann => None,
        }
    }

    /// Whether weights are put in Nengo's order without transposing them.
    fn reshapes(&self) -> bool {
        self.is_nengo() && self.values.is("transform", "reshape")
    }

    /// Whether a presentation begins with the state in which the one before left the neurons.
    fn is_stateful(&self) -> bool {
        self.is_nengo() && self.values.on("stateful")
    }

    fn is_nengo(&self) -> bool {
        self.framework.is_nengo
    }
}

/// `[inputs, neurons]` read as `[neurons, inputs]` and turned back: every number is there, at the
/// wrong place.
fn reshaped(weights: &Array2<f32>) -> Array2<f32> {
    let (inputs, neurons) = weights.dim();
    let in_order: Vec<f32> = weights.iter().copied().collect();
    Array2::from_shape_fn((inputs, neurons), |(i, j)| in_order[j * inputs + i])
}

/// exp(-dt/tau) as torch takes it in f32: `-dt / tau` is the rounded reciprocal of tau times -dt
/// (`torch/_tensor.py`, `__rdiv__`), rounded again.
fn decay_f32(dt: f32, tau: f32) -> f32 {
    libm::exp(f64::from(-dt * tau.recip())) as f32
}

/// Checks a number of steps against its range.
fn check_steps(steps: u32) -> Result<(), DialectError> {
    let settings = Settings { steps, ..Settings::default() };
    Ok(settings.validate().map_err(SimulationError::from)?)
}
