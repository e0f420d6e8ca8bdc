//! The activation functions of an ANN's layers.

use std::fmt;
use std::str::FromStr;

use ndarray::ArrayView1;
use serde::{Serialize, Serializer};

use super::any_network::ANY_NETWORK;
use crate::json::Json;
use crate::names::UnknownName;
use crate::plain::{Plain, shortened};

/// The function that a layer of an ANN applies to its weighted sums x. Its text is its name in lower case, with the
/// parameter in brackets where it has one: `relu`, `leaky_relu(0.01)`.
///
/// The formulas are those of Keras 3 (`keras/src/activations/activations.py`) and PyTorch (`torch.nn`).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Activation {
    /// x.
    Linear,
    /// max(x, 0). The rate of a spiking neuron has this shape.
    Relu,
    /// min(max(x, 0), 6).
    Relu6,
    /// min(max(x, 0), m) with the maximum m.
    ClippedRelu(f64),
    /// x where x > 0, else a x with the slope a.
    LeakyRelu(f64),
    /// x where x > 0, else a (exp(x) - 1).
    Elu(f64),
    /// x where x > 0, else a (exp(x/a) - 1).
    Celu(f64),
    /// 1.0507 x where x > 0, else 1.0507 x 1.6733 (exp(x) - 1) (G. Klambauer et al., "Self-normalizing neural
    /// networks", 2017).
    Selu,
    /// x Phi(x) with the standard normal distribution Phi, by the error function (D. Hendrycks and K. Gimpel,
    /// "Gaussian error linear units", 2016).
    Gelu,
    /// [`Activation::Gelu`], approximated by tanh: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).
    GeluTanh,
    /// x sigmoid(x), also called swish.
    Silu,
    /// x min(max(x/6 + 1/2, 0), 1), also called hard swish.
    HardSilu,
    /// x tanh(softplus(x)).
    Mish,
    /// log(1 + exp(x)).
    Softplus,
    /// x / (1 + |x|).
    Softsign,
    /// 1 / (1 + exp(-x)).
    Sigmoid,
    /// min(max(s x + 1/2, 0), 1) with the slope s: 1/6 in Keras 3 and PyTorch, 0.2 in Keras 2 and ONNX.
    HardSigmoid(f64),
    /// log(sigmoid(x)).
    LogSigmoid,
    /// tanh(x).
    Tanh,
    /// min(max(x, -1), 1).
    HardTanh,
    /// exp(x).
    Exponential,
    /// exp(x), divided by the sum over the layer.
    Softmax,
    /// The logarithm of [`Activation::Softmax`].
    LogSoftmax,
}

/// The names of all activations. Those with a parameter have an example of it.
const NAMES: [(&str, Activation); 23] = [
    ("linear", Activation::Linear),
    ("relu", Activation::Relu),
    ("relu6", Activation::Relu6),
    ("clipped_relu", Activation::ClippedRelu(1.0)),
    ("leaky_relu", Activation::LeakyRelu(0.01)),
    ("elu", Activation::Elu(1.0)),
    ("celu", Activation::Celu(1.0)),
    ("selu", Activation::Selu),
    ("gelu", Activation::Gelu),
    ("gelu_tanh", Activation::GeluTanh),
    ("silu", Activation::Silu),
    ("hard_silu", Activation::HardSilu),
    ("mish", Activation::Mish),
    ("softplus", Activation::Softplus),
    ("softsign", Activation::Softsign),
    ("sigmoid", Activation::Sigmoid),
    ("hard_sigmoid", Activation::HardSigmoid(0.2)),
    ("log_sigmoid", Activation::LogSigmoid),
    ("tanh", Activation::Tanh),
    ("hard_tanh", Activation::HardTanh),
    ("exponential", Activation::Exponential),
    ("softmax", Activation::Softmax),
    ("log_softmax", Activation::LogSoftmax),
];

impl Activation {
    /// The activation of a layer whose file states none: softmax in the last layer, ReLU in the others.
    #[must_use]
    pub fn unstated(is_last: bool) -> Self {
        if is_last { Self::Softmax } else { Self::Relu }
    }

    /// Its name without the parameter.
    #[must_use]
    pub fn name(self) -> &'static str {
        if !ANY_NETWORK {
            return if self == Self::Softmax { "softmax" } else { "relu" };
        }
        let is_kind = |other: &Self| std::mem::discriminant(other) == std::mem::discriminant(&self);
        NAMES.iter().find(|(_, other)| is_kind(other)).map_or("", |(name, _)| name)
    }

    /// Its parameter, if it has one.
    #[must_use]
    pub fn parameter(self) -> Option<f64> {
        let mut copy = self;
        copy.parameter_mut().copied()
    }

    fn parameter_mut(&mut self) -> Option<&mut f64> {
        match self {
            Self::ClippedRelu(x)
            | Self::LeakyRelu(x)
            | Self::Elu(x)
            | Self::Celu(x)
            | Self::HardSigmoid(x) => Some(x),
            _ => None,
        }
    }

    /// What a spiking neuron cannot express of this activation in a hidden layer, as a sentence; `None` for ReLU, which
    /// its rate follows. Every other activation runs as if it were ReLU.
    #[must_use]
    pub fn spiking_warning(self) -> Option<&'static str> {
        Some(match self {
            Self::Relu => return None,
            Self::Relu6 | Self::ClippedRelu(_) => "Spike counts are not cut off at its maximum.",
            Self::Sigmoid | Self::HardSigmoid(_) | Self::Softplus | Self::Exponential => {
                "Its values are above 0 even where the input is not, but a neuron without input is silent."
            }
            Self::Tanh | Self::HardTanh | Self::Softsign => {
                "A spike count cannot be negative, and it does not level off for a strong input."
            }
            Self::Softmax | Self::LogSoftmax => {
                "It compares the neurons of a layer, but a spiking neuron does not know the others."
            }
            _ => "A spike count cannot be negative.",
        })
    }

    /// Whether its parameter is a finite number, and no divisor of 0.
    pub(super) fn is_finite(self) -> bool {
        let divides = matches!(self, Self::Celu(_));
        self.parameter().is_none_or(|x| x.is_finite() && !(divides && x == 0.0))
    }

    /// Replaces the weighted sums of a layer, `[neurons]`, by its activations. The numbers are the same on every
    /// platform: f32 where nothing is rounded, otherwise f64, rounded once.
    pub fn apply(self, values: &mut [f32]) {
        match self {
            Self::Linear => {}
            Self::Relu => values.iter_mut().for_each(|x| *x = x.max(0.0)),
            Self::Softmax => softmax(values),
            _ if !ANY_NETWORK => {}
            Self::LogSoftmax => {
                let largest = largest(values);
                let powers = values.iter().map(|x| libm::exp(f64::from(x - largest)));
                let log = libm::log(powers.sum());
                values.iter_mut().for_each(|x| *x = (f64::from(*x - largest) - log) as f32);
            }
            _ => values.iter_mut().for_each(|x| *x = self.of(f64::from(*x)) as f32),
        }
    }

    /// The activation of one neuron, for the functions that look at one neuron only.
    fn of(self, x: f64) -> f64 {
        let beyond_0 = |below: f64| if x > 0.0 { x } else { below };
        match self {
            Self::Linear | Self::Softmax | Self::LogSoftmax => x,
            Self::Relu => x.max(0.0),
            Self::Relu6 => x.clamp(0.0, 6.0),
            Self::ClippedRelu(most) => x.max(0.0).min(most),
            Self::LeakyRelu(slope) => beyond_0(slope * x),
            Self::Elu(scale) => beyond_0(scale * (exp(x.min(0.0)) - 1.0)),
            Self::Celu(scale) => beyond_0(scale * (exp(x.min(0.0) / scale) - 1.0)),
            Self::Selu => {
                const SCALE: f64 = 1.050_700_987_355_480_5;
                const ALPHA: f64 = 1.673_263_242_354_377_2;
                SCALE * beyond_0(ALPHA * (exp(x.min(0.0)) - 1.0))
            }
            Self::Gelu => 0.5 * x * (1.0 + libm::erf(x * std::f64::consts::FRAC_1_SQRT_2)),
            Self::GeluTanh => {
                // sqrt(2/pi).
                const ROOT: f64 = 0.797_884_560_802_865_4;
                // (1 + tanh(u))/2 = sigmoid(2 u).
                x * sigmoid(2.0 * ROOT * (x + 0.044_715 * x * x * x))
            }
            Self::Silu => x * sigmoid(x),
            Self::HardSilu => x * (x / 6.0 + 0.5).clamp(0.0, 1.0),
            Self::Mish => {
                // With e = exp(x): tanh(log(1 + e)) = ((1 + e)^2 - 1) / ((1 + e)^2 + 1). It is 1 for large x.
                let e = exp(x.min(40.0));
                let n = e * (e + 2.0);
                x * n / (n + 2.0)
            }
            Self::Softplus => softplus(x),
            Self::Softsign => x / (1.0 + x.abs()),
            Self::Sigmoid => sigmoid(x),
            Self::HardSigmoid(slope) => (slope * x + 0.5).clamp(0.0, 1.0),
            Self::LogSigmoid => -softplus(-x),
            Self::Tanh => 2.0 * sigmoid(2.0 * x) - 1.0,
            Self::HardTanh => x.clamp(-1.0, 1.0),
            Self::Exponential => exp(x),
        }
    }
}

fn exp(x: f64) -> f64 {
    libm::exp(x)
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log(1.0 + exp(-x.abs()))
}

fn largest(values: &[f32]) -> f32 {
    values.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b))
}

/// Replaces numbers by their softmax. The largest is subtracted first, so that no power overflows.
pub(super) fn softmax(values: &mut [f32]) {
    let largest = largest(values);
    values.iter_mut().for_each(|x| *x = libm::expf(*x - largest));
    let sum = ArrayView1::from(&*values).sum();
    values.iter_mut().for_each(|x| *x /= sum);
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self.parameter() {
            Some(number) => write!(f, "({})", Plain(number)),
            None => Ok(()),
        }
    }
}

impl FromStr for Activation {
    type Err = UnknownName;

    /// Reads the text that `Display` writes. A parameter must be given, because frameworks differ in its default.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let (name, number) = match text.split_once('(') {
            Some((name, rest)) => (name, rest.strip_suffix(')').and_then(|n| Json::parse(n).ok()?.number())),
            None => (text, None),
        };
        let named = NAMES.iter().find(|(other, _)| *other == name).map(|&(_, activation)| activation);
        let given = named.and_then(|mut activation| match (activation.parameter_mut(), number) {
            (Some(parameter), Some(number)) => {
                *parameter = number;
                Some(activation)
            }
            (None, None) if name.len() == text.len() => Some(activation),
            _ => None,
        });
        given.ok_or_else(|| UnknownName {
            what: "activation",
            name: shortened(text).into(),
            valid: "linear, relu, relu6, clipped_relu(NUMBER), leaky_relu(NUMBER), elu(NUMBER), celu(NUMBER), selu, \
                    gelu, gelu_tanh, silu, hard_silu, mish, softplus, softsign, sigmoid, hard_sigmoid(NUMBER), \
                    log_sigmoid, tanh, hard_tanh, exponential, softmax or log_softmax",
        })
    }
}

impl Serialize for Activation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn of(activation: Activation, x: f32) -> f32 {
        let mut values = [x];
        activation.apply(&mut values);
        values[0]
    }

    /// The formulas at -2, -0.5, 0.7 and 3, in f64, by Python's `math`.
    #[test]
    fn activations_are_their_formulas() {
        use Activation::{
            Celu, ClippedRelu, Elu, Exponential, Gelu, GeluTanh, HardSigmoid, HardSilu, HardTanh, LeakyRelu,
            Linear, LogSigmoid, Mish, Relu, Relu6, Selu, Sigmoid, Silu, Softplus, Softsign, Tanh,
        };
        let cases = [
            (Linear, [-2.0, -0.5, 0.7, 3.0]),
            (Relu, [0.0, 0.0, 0.7, 3.0]),
            (Relu6, [0.0, 0.0, 0.7, 3.0]),
            (ClippedRelu(2.5), [0.0, 0.0, 0.7, 2.5]),
            (LeakyRelu(0.1), [-0.2, -0.05, 0.7, 3.0]),
            (Elu(1.0), [-0.864_664_7, -0.393_469_3, 0.7, 3.0]),
            (Celu(2.0), [-1.264_241, -0.442_398_4, 0.7, 3.0]),
            (Selu, [-1.520_166, -0.691_758_2, 0.735_490_7, 3.152_103]),
            (Gelu, [-0.045_500_26, -0.154_268_8, 0.530_625_4, 2.995_95]),
            (GeluTanh, [-0.045_402_31, -0.154_286, 0.530_570_1, 2.996_363]),
            (Silu, [-0.238_405_8, -0.188_770_3, 0.467_731_4, 2.857_722]),
            (HardSilu, [-0.333_333_3, -0.208_333_3, 0.431_666_7, 3.0]),
            (Mish, [-0.252_501_5, -0.220_743_8, 0.561_148_4, 2.986_535]),
            (Softplus, [0.126_928, 0.474_077, 1.103_186, 3.048_587]),
            (Softsign, [-0.666_666_7, -0.333_333_3, 0.411_764_7, 0.75]),
            (Sigmoid, [0.119_202_9, 0.377_540_7, 0.668_187_8, 0.952_574_1]),
            (HardSigmoid(1.0 / 6.0), [0.166_666_7, 0.416_666_7, 0.616_666_7, 1.0]),
            (LogSigmoid, [-2.126_928, -0.974_077, -0.403_186, -0.048_587_35]),
            (Tanh, [-0.964_027_6, -0.462_117_2, 0.604_367_8, 0.995_054_8]),
            (HardTanh, [-1.0, -0.5, 0.7, 1.0]),
            (Exponential, [0.135_335_3, 0.606_530_7, 2.013_753, 20.085_54]),
        ];
        for (activation, expected) in cases {
            for (x, y) in [-2.0, -0.5, 0.7, 3.0].into_iter().zip(expected) {
                let found = of(activation, x);
                assert!((found - y).abs() <= 2e-6 * y.abs().max(0.1), "{activation}({x}) = {found}, not {y}");
            }
        }
    }

    #[test]
    fn every_activation_is_a_number_far_from_0() {
        for (name, activation) in NAMES {
            for x in [-1e30_f32, -800.0, -100.0, 100.0, 800.0, 1e30] {
                let y = of(activation, x);
                let overflows = name == "exponential" && x > 80.0;
                assert!(y.is_finite() || overflows, "{name}({x}) = {y}");
            }
        }
        assert_eq!((of(Activation::Mish, 1e30), of(Activation::Mish, -1e30)), (1e30, 0.0));
        assert_eq!((of(Activation::Tanh, 1e30), of(Activation::Tanh, -1e30)), (1.0, -1.0));
        assert_eq!(of(Activation::LogSigmoid, -800.0), -800.0);
    }

    #[test]
    fn softmax_looks_at_the_whole_layer() {
        let applied = |activation: Activation, mut values: [f32; 3]| {
            activation.apply(&mut values);
            values
        };
        let softmax = applied(Activation::Softmax, [1.0, 2.0, 1e30]);
        assert_eq!(softmax, [0.0, 0.0, 1.0]);
        let (plain, logarithms) =
            (applied(Activation::Softmax, [1.0, 2.0, 0.5]), applied(Activation::LogSoftmax, [1.0, 2.0, 0.5]));
        for (p, log) in plain.into_iter().zip(logarithms) {
            assert!((f64::from(p).ln() - f64::from(log)).abs() < 1e-6);
        }
    }

    #[test]
    fn names_are_read_back() {
        for (name, activation) in NAMES {
            assert_eq!(activation.name(), name);
            assert_eq!(activation.to_string().parse(), Ok(activation), "{name}");
            assert_eq!(name.parse::<Activation>().is_ok(), activation.parameter().is_none(), "{name}");
            assert!(name.parse::<Activation>().err().is_none_or(|e| e.valid.contains(name)), "{name}");
            assert_eq!(serde_json::to_value(activation).unwrap(), activation.to_string());
        }
        assert_eq!(Activation::LeakyRelu(0.3).to_string(), "leaky_relu(0.3)");
        assert_eq!("hard_sigmoid(0.16666666666666666)".parse(), Ok(Activation::HardSigmoid(1.0 / 6.0)));
        for wrong in
            ["", "Relu", "relu(1)", "relu()", "elu(", "elu()", "elu(a)", "elu(1", "elu(1)x", "elu(1)(2)"]
        {
            let error = wrong.parse::<Activation>().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("there is no activation '{wrong}'; choose linear")),
                "{error}"
            );
        }
    }

    #[test]
    fn only_relu_has_no_warning() {
        for (name, activation) in NAMES {
            let warning = activation.spiking_warning();
            assert_eq!(warning.is_none(), name == "relu", "{name}");
            assert!(warning.is_none_or(|text| text.ends_with('.') && text.len() < 100), "{name}");
        }
    }

    #[test]
    fn parameters_must_be_finite() {
        assert!(Activation::LeakyRelu(0.0).is_finite() && Activation::Relu.is_finite());
        assert!(!Activation::Elu(f64::NAN).is_finite() && !Activation::Celu(0.0).is_finite());
    }
}
