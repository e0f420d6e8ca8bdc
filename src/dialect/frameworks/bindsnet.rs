//! BindsNET (H. Hazan et al., "BindsNET: A machine learning-oriented spiking neural networks library
//! in Python", 2018), version 0.3.4.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{FINITE, Framework, POSITIVE, Precision, Variant, decay_f32};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "BindsNET",
    source: "bindsnet/network/nodes.py, LIFNodes.forward, and network.py, Network.run",
    parameters: &[
        Parameter::number(
            "rest",
            -65.0,
            FINITE,
            Some("mV"),
            "Potential to which the membrane decays and from which it starts.",
        ),
        Parameter::number("reset", -65.0, FINITE, Some("mV"), "Potential after a spike."),
        Parameter::number("thresh", -52.0, FINITE, Some("mV"), "Potential at or above which a neuron fires."),
        Parameter::number(
            "refrac",
            5.0,
            (0.0, 1e6),
            Some("ms"),
            "Time after a spike in which a neuron takes no input.",
        ),
        Parameter::number("tc_decay", 100.0, POSITIVE, Some("ms"), "Time constant of the membrane."),
    ],
    variants: &[
        Variant::new("bindsnet", "LIFNodes()", &[]),
        Variant::new("bindsnet_x13", "LIFNodes(), weights x 13", &[("weight_scale", Value::Number(13.0))]),
        Variant::new(
            "bindsnet_unit",
            "LIFNodes(thresh=1, rest=0, reset=0)",
            &[("rest", Value::Number(0.0)), ("reset", Value::Number(0.0)), ("thresh", Value::Number(1.0))],
        ),
    ],
    delay: Delay::OneStep,
    order: Order::Eights,
    precision: Precision::F32(|values, _, neurons| Box::new(LifNodes::new(values, neurons))),
    script: Some(python::bindsnet::code),
    ..Framework::BARE
};

/// `bindsnet.network.nodes.LIFNodes`, dt = 1 ms, d = exp(-dt/tc_decay):
///
/// v <- d (v - rest) + rest; I <- 0 where c > 0; c <- c - dt; v <- v + I; a neuron fires where
/// v >= thresh, and then c <- refrac, v <- reset.
///
/// Biases are those of the connection, `Connection(w=w, b=b)`, which adds them to the product
/// (`bindsnet/network/topology.py`, Connection.compute: `s.float() @ self.w + self.b`).
///
/// v also decays while a neuron is refractory. `Network.run` gives every layer the spikes of the step before.
struct LifNodes {
    rest: f32,
    reset: f32,
    thresh: f32,
    refrac: f32,
    decay: f32,
    c: Vec<f32>,
    v: Vec<f32>,
}

impl LifNodes {
    fn new(values: &Values, neurons: usize) -> Self {
        let number = |name| values.number(name) as f32;
        let mut nodes = Self {
            rest: number("rest"),
            reset: number("reset"),
            thresh: number("thresh"),
            refrac: number("refrac"),
            decay: decay_f32(1.0, number("tc_decay")),
            c: vec![0.0; neurons],
            v: vec![0.0; neurons],
        };
        nodes.rest();
        nodes
    }
}

impl Neurons<f32> for LifNodes {
    fn rest(&mut self) {
        self.c.fill(0.0);
        self.v.fill(self.rest);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { rest, reset, thresh, refrac, decay, .. } = *self;
        spikes.fill(self.v.iter_mut().zip(&mut self.c).zip(currents).map(|((v, c), &current)| {
            *v = decay * (*v - rest) + rest;
            let is_refractory = *c > 0.0;
            *c -= 1.0;
            *v += if is_refractory { 0.0 } else { current };
            let fires = *v >= thresh;
            *c = if fires { refrac } else { *c };
            *v = if fires { reset } else { *v };
            u32::from(fires)
        }));
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(1.0 / (self.thresh - self.rest)),
            kept: self.decay.into(),
            threshold: self.thresh.into(),
            delayed: false,
            many_spikes: false,
            refractory: self.refrac.ceil() as u32,
            reset: "the potential to its reset value, at once",
            rule: "lets the potential decay towards rest, adds what the layer before spiked a step earlier, \
                   and compares"
                .into(),
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
