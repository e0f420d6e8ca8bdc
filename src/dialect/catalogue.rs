//! The list of all dialects, and the layers of a network in each of them.

use ndarray::Array2;

use super::decoding::Decoding;
use super::error::DialectError;
use super::facts::Facts;
use super::framework::{Framework, Make, Precision, Variant, WEIGHT_SCALE};
use super::frameworks::FRAMEWORKS;
use super::input::{Input, InputKind, full_ink_of_nengo};
use super::layer::{AnyLayer, Layer, Neurons};
use super::parameter::{Given, Parameter, Value, Values};
use super::python::Template;
use super::real::Real;
use super::shared::{InputKey, SumsKey};
use super::summation::{Order, Sums};
use crate::clock::Delay;
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::plain::shortened;
use crate::settings::Settings;

/// The dialect with the corrected version of the question's Nengo network. The defaults include it.
const CORRECTED: &str = "nengo";

/// A dialect with the values of its parameters.
#[derive(Clone)]
pub struct Dialect {
    framework: &'static Framework,
    variant: &'static Variant,
    values: Values,
}

impl Dialect {
    /// All dialects, grouped by framework, each framework's default first.
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

    /// The default dialect of each framework. Nengo has two: the network of the question, and its corrected
    /// version.
    pub fn defaults() -> impl Iterator<Item = Self> {
        Self::all().filter(|dialect| {
            let first = &dialect.framework.variants[0];
            std::ptr::eq(first, dialect.variant) || dialect.name() == CORRECTED
        })
    }

    /// The dialect of that name.
    ///
    /// # Errors
    /// [`DialectError::Name`] lists the names that there are.
    pub fn named(name: &str) -> Result<Self, DialectError> {
        Self::all().find(|dialect| dialect.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(|dialect| dialect.name()).collect();
            DialectError::Name { name: shortened(name).into(), valid: names.join(", ") }
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.variant.name
    }

    /// The framework's name, as its authors write it.
    #[must_use]
    pub fn framework(&self) -> &'static str {
        self.framework.title
    }

    /// The neurons, as users of the framework write them.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.variant.setting
    }

    /// The file and the function of the framework that hold the update rule.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.framework.source
    }

    /// Bits of the floating-point numbers that the framework computes in.
    #[must_use]
    pub fn precision(&self) -> u32 {
        if matches!(self.framework.precision, Precision::F64(_)) { 64 } else { 32 }
    }

    /// How users of the framework read a class from the outputs; `None` for the ANN.
    #[must_use]
    pub fn decoding(&self) -> Option<Decoding> {
        self.has_spikes().then_some(self.variant.decoding)
    }

    /// The ways in which a class can be read from the outputs; none for the ANN.
    #[must_use]
    pub fn decodings(&self) -> &'static [Decoding] {
        match self.framework.precision {
            Precision::Ann => &[],
            _ if self.is_converted() => Decoding::OF_NUMBERS,
            _ => Decoding::OF_SPIKES,
        }
    }

    /// Checks that a class can be read by `decoding`.
    pub(super) fn check_decoding(&self, decoding: Decoding) -> Result<(), DialectError> {
        let valid = self.decodings();
        if valid.is_empty() || valid.contains(&decoding) {
            return Ok(());
        }
        let names: Vec<_> = valid.iter().map(|decoding| decoding.name()).collect();
        Err(DialectError::Readout {
            dialect: self.name().into(),
            readout: decoding.name(),
            valid: names.join(" or "),
        })
    }

    /// Whether it takes an image, as a constant current, in place of input spikes.
    #[must_use]
    pub fn is_converted(&self) -> bool {
        self.framework.is_converted
    }

    /// The name of the parameter that the drive is proportional to: see [`Facts::drive`].
    #[must_use]
    pub fn drive_parameter(&self) -> &'static str {
        self.framework.drives
    }

    /// Whether it has spikes. Only the ANN has none.
    #[must_use]
    pub fn has_spikes(&self) -> bool {
        !matches!(self.framework.precision, Precision::Ann)
    }

    /// Its parameters and their values.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static Parameter, Value)> {
        self.values.iter()
    }

    /// Facts about its update rule with its parameters; `None` for the ANN.
    #[must_use]
    pub fn facts(&self) -> Option<Facts> {
        let neurons = self.neurons(0, 0)?.facts();
        let drive = self.drive_of(0)?;
        let delayed = neurons.delayed || self.framework.delay == Delay::OneStep;
        Some(Facts { drive, delayed, ..neurons })
    }

    /// What one step of a full-ink pixel, or one spike of the layer before, adds to a membrane potential of this layer,
    /// counted from 0, through a weight of 1: see [`Facts::drive`]. `None` for the ANN.
    pub(crate) fn drive_of(&self, layer: usize) -> Option<f64> {
        Some(self.neurons(layer, 0)?.facts().drive * self.sum_of_one(layer))
    }

    /// The weighted sum that arrives in one step from a pixel of full ink through a weight of 1; `None` for the ANN.
    pub(super) fn sum_of_full_ink(&self) -> Option<f64> {
        self.has_spikes().then(|| self.sum_of_one(0))
    }

    /// The weighted sum that arrives in one step in a layer, counted from 0, from a pixel of full ink or one spike of the
    /// layer before, through a weight of 1.
    fn sum_of_one(&self, layer: usize) -> f64 {
        let spikes = if layer == 0 && self.is_nengo() { full_ink_of_nengo(&self.values) } else { 1.0 };
        spikes * self.weight_scale() * (self.framework.height)(&self.values, layer)
    }

    /// Whether there is a script that runs the network in the framework: see [`Script`](super::Script).
    #[must_use]
    pub fn has_script(&self) -> bool {
        self.script().is_some()
    }

    /// What writes its script, if there is one.
    pub(super) fn script(&self) -> Option<Template> {
        self.framework.script
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// [`DialectError`] names the valid parameters, or the valid values of this one.
    pub fn set(&mut self, name: &str, value: &Given) -> Result<(), DialectError> {
        self.values.set(self.variant.name, name, value)
    }

    /// The layers of `model`, at rest.
    pub(super) fn layers(&self, model: &Model) -> Vec<Box<dyn AnyLayer>> {
        match self.framework.precision {
            Precision::F32(make) => self.layers_in(model, make),
            Precision::F64(make) => self.layers_in(model, make),
            Precision::Ann => Vec::new(),
        }
    }

    fn layers_in<R: Real>(&self, model: &Model, make: Make<R>) -> Vec<Box<dyn AnyLayer>> {
        let Self { framework, values, .. } = self;
        let scale = self.weight_scale();
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
            let bias = network.layers()[i].bias.as_ref().map(|bias| bias.to_vec());
            let synapses = match bias {
                Some(bias) => synapses.with_bias(&bias, scale),
                None => synapses,
            };
            Box::new(Layer::new(synapses, neurons))
        };
        weights.enumerate().map(layer).collect()
    }

    /// The neurons of a layer, counted from 0, without synapses; `None` for the ANN.
    pub(super) fn neurons(&self, layer: usize, neurons: usize) -> Option<Box<dyn AnyLayer>> {
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

    /// The factor on all weights and biases.
    pub(super) fn weight_scale(&self) -> f64 {
        self.values.number(WEIGHT_SCALE.name)
    }

    /// What makes the neurons of a network whose layers pass on numbers; `None` for other dialects.
    pub(super) fn converts(&self) -> Option<Make<f32>> {
        match self.framework.precision {
            Precision::F32(make) if self.is_converted() => Some(make),
            _ => None,
        }
    }

    /// Whether weights are reshaped to Nengo's order instead of transposed.
    fn reshapes(&self) -> bool {
        self.is_nengo() && self.values.is("transform", "reshape")
    }

    /// Whether a presentation starts with the state that the neurons have after the presentation before it.
    pub(crate) fn is_stateful(&self) -> bool {
        self.is_nengo() && self.values.on("stateful")
    }

    /// The input spikes of a presentation.
    pub(super) fn input(&self, digit: &Digit, seed: u64) -> Input {
        Input::new(self.input_kind(), digit, seed)
    }

    fn input_kind(&self) -> InputKind {
        if self.is_nengo() { InputKind::of_nengo(&self.values) } else { InputKind::Bernoulli }
    }

    /// What the sums of the first layer depend on in presentations of `steps` steps; `None` for a network that gets no spikes.
    pub(super) fn sums_key(&self, steps: u32) -> Option<SumsKey> {
        let gets_spikes = self.has_spikes() && !self.is_converted();
        gets_spikes.then(|| SumsKey {
            input: InputKey { kind: self.input_kind(), steps },
            precision: self.precision(),
            order: self.framework.order,
            scale: self.weight_scale(),
            height: (self.framework.height)(&self.values, 0),
            reshapes: self.reshapes(),
        })
    }

    /// A text that is equal for dialects that do most of the work of a presentation only once if they are run together: see
    /// [`Experiments`](super::Experiments). `None` if there is nothing that others could use.
    #[must_use]
    pub fn shared_work(&self) -> Option<String> {
        self.sums_key(0).map(|key| format!("{key:?}"))
    }

    /// When the spikes of one layer arrive at the next.
    pub(super) fn delay(&self) -> Delay {
        self.framework.delay
    }

    /// The values of its parameters, by name.
    pub(super) fn values(&self) -> &Values {
        &self.values
    }

    pub(super) fn is_nengo(&self) -> bool {
        self.framework.is_nengo
    }
}

/// Reads the numbers of `weights`, `[inputs, neurons]`, as `[neurons, inputs]` and transposes the result. All
/// weights are kept, but in wrong places.
fn reshaped(weights: &Array2<f32>) -> Array2<f32> {
    let (inputs, neurons) = weights.dim();
    let in_order: Vec<f32> = weights.iter().copied().collect();
    Array2::from_shape_fn((inputs, neurons), |(i, j)| in_order[j * inputs + i])
}

/// Checks a number of steps against its range.
pub(super) fn check_steps(steps: u32) -> Result<(), DialectError> {
    let settings = Settings { steps, ..Settings::default() };
    Ok(settings.validate().map_err(SimulationError::from)?)
}
