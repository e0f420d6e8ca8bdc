//! SpikingJelly (W. Fang et al., "SpikingJelly: An open-source machine learning infrastructure
//! platform for spike-based intelligence", 2023), version 2.0.0.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{FINITE, Framework, POSITIVE, Precision, Variant};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Domain, Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "SpikingJelly",
    source: "spikingjelly/activation_based/_ops/lif/cpu.py and functional/neuron.py",
    parameters: &[
        Parameter::choice("node", &["LIFNode", "IFNode"], "Whether the membrane leaks."),
        Parameter::number("tau", 2.0, (1.0, 1e6), Some("steps"), "Time constant of the membrane."),
        Parameter::switch("decay_input", true, "Whether the input is divided by tau as well."),
        Parameter::number("v_threshold", 1.0, POSITIVE, None, "Potential at or above which a neuron fires."),
        Parameter {
            name: "v_reset",
            domain: Domain::Optional(FINITE.0, FINITE.1),
            default: Value::Number(0.0),
            unit: None,
            text: "Potential after a spike; auto subtracts the threshold instead.",
        },
    ],
    variants: &[
        Variant::new("spikingjelly", "LIFNode()", &[]),
        Variant::new("spikingjelly_if", "IFNode()", &[("node", Value::Choice("IFNode"))]),
        Variant::new("spikingjelly_tau20", "LIFNode(tau=20.)", &[("tau", Value::Number(20.0))]),
        Variant::new(
            "spikingjelly_tau20_soft",
            "LIFNode(tau=20., v_reset=None)",
            &[("tau", Value::Number(20.0)), ("v_reset", Value::Auto)],
        ),
    ],
    delay: Delay::None,
    order: Order::Panels,
    precision: Precision::F32(|values, _, neurons| Box::new(Node::new(values, neurons))),
    script: Some(python::spikingjelly::code),
    ..Framework::BARE
};

/// `spikingjelly.activation_based.neuron.LIFNode` and `IFNode`:
///
/// h = v + (I - (v - v_reset)) / tau; a neuron fires where h >= v_threshold; v <- v_reset on a
/// spike, h otherwise.
///
/// Biases are those of `spikingjelly.activation_based.layer.Linear`, part of I.
///
/// Without `decay_input`, h = v - (v - v_reset) / tau + I; `IFNode` has h = v + I. Where `v_reset` is
/// None it counts as 0, and a spike makes v <- h - v_threshold.
pub(in crate::dialect) struct Node {
    tau: f32,
    charge: Charge,
    threshold: f32,
    reset: Option<f32>,
    v: Vec<f32>,
}

pub(in crate::dialect) enum Charge {
    Integrate,
    Leak,
    LeakWithInput,
}

impl Node {
    fn new(values: &Values, neurons: usize) -> Self {
        let charge = if values.is("node", "IFNode") {
            Charge::Integrate
        } else if values.on("decay_input") {
            Charge::LeakWithInput
        } else {
            Charge::Leak
        };
        let tau = values.number("tau") as f32;
        let reset = values.optional("v_reset").map(|v| v as f32);
        Self::with(tau, charge, values.number("v_threshold") as f32, reset, neurons)
    }

    fn with(tau: f32, charge: Charge, threshold: f32, reset: Option<f32>, neurons: usize) -> Self {
        let mut node = Self { tau, charge, threshold, reset, v: vec![0.0; neurons] };
        node.rest();
        node
    }

    /// The neurons that SpikingJelly makes of a NIR node, which are reset to a value.
    #[cfg(feature = "nir")]
    pub fn imported(tau: f32, charge: Charge, threshold: f32, reset: f32, neurons: usize) -> Self {
        Self::with(tau, charge, threshold, Some(reset), neurons)
    }
}

impl Neurons<f32> for Node {
    fn rest(&mut self) {
        self.v.fill(self.reset.unwrap_or(0.0));
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { tau, threshold, reset, .. } = *self;
        let rest = reset.unwrap_or(0.0);
        let step = |v: &mut f32, h: f32| {
            let fires = h >= threshold;
            let after = reset.unwrap_or(h - threshold);
            *v = if fires { after } else { h };
            u32::from(fires)
        };
        let state = self.v.iter_mut().zip(currents);
        match self.charge {
            Charge::Integrate => spikes.fill(state.map(|(v, &current)| step(v, *v + current))),
            Charge::Leak => {
                spikes.fill(state.map(|(v, &current)| step(v, *v - (*v - rest) / tau + current)));
            }
            Charge::LeakWithInput => {
                spikes.fill(state.map(|(v, &current)| step(v, *v + (current - (*v - rest)) / tau)));
            }
        }
    }

    fn facts(&self) -> Facts {
        let (share, kept, rule) = match self.charge {
            Charge::Integrate => (1.0, 1.0, "adds the whole input and compares".into()),
            Charge::Leak => {
                let rule = "lets the potential decay, adds the whole input and compares";
                (1.0, 1.0 - 1.0 / self.tau, rule.into())
            }
            Charge::LeakWithInput => {
                let rule =
                    format!("moves the potential 1/{} of the way to the input, and compares", self.tau);
                (1.0 / self.tau, 1.0 - 1.0 / self.tau, rule)
            }
        };
        Facts {
            drive: f64::from(share / (self.threshold - self.reset.unwrap_or(0.0))),
            kept: kept.into(),
            threshold: self.threshold.into(),
            delayed: false,
            many_spikes: false,
            refractory: 0,
            reset: match self.reset {
                Some(_) => "the potential to v_reset, at once",
                None => "the potential by the threshold, at once",
            },
            rule,
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
