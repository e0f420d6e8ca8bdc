//! snnTorch (J. K. Eshraghian et al., "Training spiking neural networks using lessons from deep
//! learning", 2023), version 1.0.0.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{Framework, POSITIVE, Precision, SHARE, Variant};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "snnTorch",
    source: "snntorch/_neurons/leaky.py, Leaky.forward",
    parameters: &[
        // exp(-1/20).
        Parameter::number(
            "beta",
            0.951_229_424_500_714,
            SHARE,
            None,
            "Fraction of the membrane potential that remains after a step.",
        ),
        Parameter::number("threshold", 1.0, POSITIVE, None, "Potential above which a neuron fires."),
        Parameter::choice(
            "reset_mechanism",
            &["subtract", "zero", "none"],
            "What a spike does to the membrane potential, one step later.",
        ),
    ],
    variants: &[
        Variant::new("snntorch", "Leaky(beta=exp(-1/20))", &[]),
        Variant::new("snntorch_b090", "Leaky(beta=0.9)", &[("beta", Value::Number(0.9))]),
        Variant::new(
            "snntorch_th8",
            "Leaky(beta=exp(-1/20), threshold=8)",
            &[("threshold", Value::Number(8.0))],
        ),
        Variant::new(
            "snntorch_zero",
            "Leaky(beta=exp(-1/20), reset_mechanism=\"zero\")",
            &[("reset_mechanism", Value::Choice("zero"))],
        ),
    ],
    delay: Delay::None,
    order: Order::Lanes,
    precision: Precision::F32(|values, _, neurons| Box::new(Leaky::new(values, neurons))),
    script: Some(python::snntorch::code),
    ..Framework::BARE
};

/// `snntorch._neurons.leaky.Leaky`. The potential of the step before decides the reset, so the reset happens
/// one step after the spike:
///
/// r = v > threshold; v <- (beta v + I) - r threshold; a neuron fires where v - threshold > 0.
///
/// Biases are those of `torch.nn.Linear`, part of I.
///
/// With `reset_mechanism="zero"`, v <- beta (1 - r) v + I.
struct Leaky {
    beta: f32,
    threshold: f32,
    reset: Reset,
    v: Vec<f32>,
}

enum Reset {
    Subtract,
    Zero,
    None,
}

impl Leaky {
    fn new(values: &Values, neurons: usize) -> Self {
        let reset = if values.is("reset_mechanism", "subtract") {
            Reset::Subtract
        } else if values.is("reset_mechanism", "zero") {
            Reset::Zero
        } else {
            Reset::None
        };
        Self {
            beta: values.number("beta") as f32,
            threshold: values.number("threshold") as f32,
            reset,
            v: vec![0.0; neurons],
        }
    }
}

impl Neurons<f32> for Leaky {
    fn rest(&mut self) {
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { beta, threshold, .. } = *self;
        let zero = matches!(self.reset, Reset::Zero);
        let subtract = matches!(self.reset, Reset::Subtract);
        spikes.fill(self.v.iter_mut().zip(currents).map(|(v, &current)| {
            let fired = *v - threshold > 0.0;
            let kept = if zero && fired { 0.0 } else { *v };
            let next = beta * kept + current;
            *v = if subtract && fired { next - threshold } else { next };
            u32::from(*v - threshold > 0.0)
        }));
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(1.0 / self.threshold),
            kept: self.beta.into(),
            threshold: self.threshold.into(),
            delayed: false,
            many_spikes: false,
            refractory: 0,
            reset: match self.reset {
                Reset::Subtract => "the potential by the threshold, one step later",
                Reset::Zero => "the potential to zero, one step later",
                Reset::None => "nothing",
            },
            rule: "lets the potential decay, adds the whole input and compares; \
                   the reset for a spike comes with the next step"
                .into(),
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
