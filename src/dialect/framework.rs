//! The description of a framework: its parameters, its variants and its neurons.

use super::decoding::Decoding;
use super::layer::Neurons;
use super::parameter::{Parameter, Value, Values};
use super::python::Template;
use super::summation::Order;
use crate::clock::Delay;

/// Ranges of parameters, both ends included.
pub(super) const FINITE: (f64, f64) = (-1e6, 1e6);
pub(super) const POSITIVE: (f64, f64) = (1e-6, 1e6);
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);

/// A parameter that every dialect with spikes has besides those of its framework. It scales the drive relative to
/// the threshold.
pub(super) const WEIGHT_SCALE: Parameter = Parameter::number(
    "weight_scale",
    1.0,
    (0.0, 1e6),
    None,
    "Factor on the weights and biases of all layers.",
);

/// A framework: what all its dialects have in common.
pub(super) struct Framework {
    /// Its name, as its authors write it.
    pub title: &'static str,
    /// The file and the function that hold the update rule.
    pub source: &'static str,
    pub parameters: &'static [Parameter],
    /// Its dialects, the framework's default first.
    pub variants: &'static [Variant],
    pub delay: Delay,
    pub order: Order,
    pub precision: Precision,
    /// Height of a spike that arrives at a layer, counted from 0: a factor on the weights.
    pub height: fn(&Values, usize) -> f64,
    /// Whether the framework is Nengo or NengoDL. Their input is an ensemble of neurons.
    pub is_nengo: bool,
    /// Whether the input is a constant current and layers pass on numbers: the network runs as `converted.rs` describes.
    pub is_converted: bool,
    /// The parameter that the drive is proportional to.
    pub drives: &'static str,
    /// Writes the script that runs the network in the framework; `None` if there is none.
    pub script: Option<Template>,
}

impl Framework {
    /// Defaults for the fields that a framework does not set.
    pub const BARE: Self = Self {
        title: "",
        source: "",
        parameters: &[],
        variants: &[],
        delay: Delay::None,
        order: Order::Index,
        precision: Precision::Ann,
        height: |_, _| 1.0,
        is_nengo: false,
        is_converted: false,
        drives: WEIGHT_SCALE.name,
        script: None,
    };
}

/// Makes the neurons of a layer from the values, the index of the layer from 0, and the number of neurons.
pub(super) type Make<R> = fn(&Values, usize, usize) -> Box<dyn Neurons<R>>;

/// Precision of a framework's computations, and the function that makes its neurons.
#[derive(Clone, Copy)]
pub(super) enum Precision {
    F32(Make<f32>),
    F64(Make<f64>),
    /// The ANN, which has no spikes.
    Ann,
}

/// A dialect: a named set of values for a framework's parameters.
pub(super) struct Variant {
    pub name: &'static str,
    /// The neurons, as users of the framework write them.
    pub setting: &'static str,
    /// The parameters that are not at their defaults.
    pub set: &'static [(&'static str, Value)],
    pub decoding: Decoding,
}

impl Variant {
    pub const fn new(
        name: &'static str,
        setting: &'static str,
        set: &'static [(&'static str, Value)],
    ) -> Self {
        Self { name, setting, set, decoding: Decoding::Count }
    }
}

/// exp(-dt/tau) as torch computes it in f32. Torch evaluates `-dt / tau` as -dt times the rounded reciprocal of
/// tau (`torch/_tensor.py`, `__rdiv__`), and rounds the product again.
pub(super) fn decay_f32(dt: f32, tau: f32) -> f32 {
    libm::exp(f64::from(-dt * tau.recip())) as f32
}
