//! What a framework is to the dialects: its parameters, its variants, its neurons.

use super::decoding::Decoding;
use super::layer::Neurons;
use super::parameter::{Parameter, Value, Values};
use super::summation::Order;
use crate::clock::Delay;

/// Ranges of parameters.
pub(super) const FINITE: (f64, f64) = (-1e6, 1e6);
pub(super) const POSITIVE: (f64, f64) = (1e-6, 1e6);
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);

/// The one parameter that is ours: it moves the drive against the threshold in any framework.
pub(super) const WEIGHT_SCALE: Parameter =
    Parameter::number("weight_scale", 1.0, (0.0, 1e6), None, "Factor on the weights of all layers.");

/// A framework: what its dialects have in common.
pub(super) struct Framework {
    /// As it writes itself.
    pub title: &'static str,
    /// Where the update rule stands.
    pub source: &'static str,
    pub parameters: &'static [Parameter],
    /// The framework's own default first.
    pub variants: &'static [Variant],
    pub delay: Delay,
    pub order: Order,
    pub precision: Precision,
    /// What a spike that arrives at a layer, counted from 0, is worth.
    pub height: fn(&Values, usize) -> f64,
    /// Whether the parameters are Nengo's, whose input is an ensemble as well.
    pub is_nengo: bool,
}

impl Framework {
    /// To be filled in.
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

/// What a framework computes in.
#[derive(Clone, Copy)]
pub(super) enum Precision {
    F32(Make<f32>),
    F64(Make<f64>),
    /// No spikes at all.
    Ann,
}

/// A setting of a framework's parameters with a name.
pub(super) struct Variant {
    pub name: &'static str,
    /// As its users would write it.
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

/// exp(-dt/tau) as torch takes it in f32: `-dt / tau` is the rounded reciprocal of tau times -dt
/// (`torch/_tensor.py`, `__rdiv__`), rounded again.
pub(super) fn decay_f32(dt: f32, tau: f32) -> f32 {
    libm::exp(f64::from(-dt * tau.recip())) as f32
}
