//! The description of a framework: its parameters, its variants and its neurons.

use super::decoding::Decoding;
use super::layer::Neurons;
use super::parameter::{Parameter, Value, Values};
use super::summation::Order;
use crate::clock::Delay;

/// Ranges of parameters, both ends included.
pub(super) const FINITE: (f64, f64) = (-1e6, 1e6);
pub(super) const POSITIVE: (f64, f64) = (1e-6, 1e6);
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);

/// A parameter of every dialect with spikes, not of the framework: it scales the drive against the threshold.
pub(super) const WEIGHT_SCALE: Parameter =
    Parameter::number("weight_scale", 1.0, (0.0, 1e6), None, "Factor on the weights of all layers.");

/// A framework: everything that its dialects share.
pub(super) struct Framework {
    /// Its name, as its authors write it.
    pub title: &'static str,
    /// The file and function that hold the update rule.
    pub source: &'static str,
    pub parameters: &'static [Parameter],
    /// Its dialects, the framework's default first.
    pub variants: &'static [Variant],
    pub delay: Delay,
    pub order: Order,
    pub precision: Precision,
    /// Factor on the weights for a spike that arrives at a layer, counted from 0.
    pub height: fn(&Values, usize) -> f64,
    /// Whether the parameters are those of Nengo, whose input is an ensemble of neurons too.
    pub is_nengo: bool,
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
    };
}

/// Makes the neurons of a layer, counted from 0.
pub(super) type Make<R> = fn(&Values, usize, usize) -> Box<dyn Neurons<R>>;

/// Precision of a framework's computations, and what makes its neurons.
#[derive(Clone, Copy)]
pub(super) enum Precision {
    F32(Make<f32>),
    F64(Make<f64>),
    /// The ANN, which has no spikes.
    Ann,
}

/// A dialect: a name for one setting of a framework's parameters.
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

/// exp(-dt/tau) as torch computes it in f32: torch evaluates `-dt / tau` as the rounded reciprocal of tau times
/// -dt (`torch/_tensor.py`, `__rdiv__`) and rounds again.
pub(super) fn decay_f32(dt: f32, tau: f32) -> f32 {
    libm::exp(f64::from(-dt * tau.recip())) as f32
}
