//! Norse (C. Pehle and J. E. Pedersen, 2021, <https://doi.org/10.5281/zenodo.4422025>), version
//! 1.1.0.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{FINITE, Framework, POSITIVE, Precision, Variant};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

/// Length of a time step, s.
const DT: f32 = 0.001;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Norse",
    source: "norse/torch/functional/lif.py, lif_feed_forward_step, and lif_box.py",
    parameters: &[
        Parameter::choice("cell", &["LIFCell", "LIFBoxCell"], "Whether synapses keep a current."),
        Parameter::number(
            "tau_syn_inv",
            200.0,
            POSITIVE,
            Some("1/s"),
            "Inverse of the synapses' time constant.",
        ),
        Parameter::number(
            "tau_mem_inv",
            100.0,
            POSITIVE,
            Some("1/s"),
            "Inverse of the membrane's time constant.",
        ),
        Parameter::number("v_leak", 0.0, FINITE, None, "Potential to which the membrane decays."),
        Parameter::number("v_th", 1.0, POSITIVE, None, "Potential above which a neuron fires."),
        Parameter::number("v_reset", 0.0, FINITE, None, "Potential after a spike."),
    ],
    variants: &[
        Variant::new("norse", "LIFCell()", &[]),
        Variant::new("norse_box", "LIFBoxCell()", &[("cell", Value::Choice("LIFBoxCell"))]),
    ],
    delay: Delay::None,
    order: Order::Lanes,
    precision: Precision::F32(|values, _, neurons| Box::new(Cell::new(values, neurons))),
    script: Some(python::norse::code),
    ..Framework::BARE
};

/// `norse.torch.functional.lif.lif_feed_forward_step`, dt = 1 ms:
///
/// i <- i + I; u = v + dt/tau_mem ((v_leak - v) + i); i <- i - dt/tau_syn i; a neuron fires where
/// u - v_th > 0; v <- v_reset on a spike, u otherwise.
///
/// Biases are those of `torch.nn.Linear`, part of I.
///
/// `lif_box_feed_forward_step` has no i: u = v + dt/tau_mem ((I + v_leak) - v).
struct Cell {
    /// dt/tau_syn; `None` if synapses keep no current.
    synapse: Option<f32>,
    membrane: f32,
    leak: f32,
    threshold: f32,
    reset: f32,
    i: Vec<f32>,
    v: Vec<f32>,
}

impl Cell {
    fn new(values: &Values, neurons: usize) -> Self {
        let number = |name| values.number(name) as f32;
        let mut cell = Self {
            synapse: values.is("cell", "LIFCell").then(|| DT * number("tau_syn_inv")),
            membrane: DT * number("tau_mem_inv"),
            leak: number("v_leak"),
            threshold: number("v_th"),
            reset: number("v_reset"),
            i: vec![0.0; neurons],
            v: vec![0.0; neurons],
        };
        cell.rest();
        cell
    }
}

impl Neurons<f32> for Cell {
    fn rest(&mut self) {
        self.i.fill(0.0);
        self.v.fill(self.leak);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { synapse, membrane, leak, threshold, reset, .. } = *self;
        let step = |v: &mut f32, toward: f32| {
            let u = *v + membrane * toward;
            let fires = u - threshold > 0.0;
            *v = if fires { reset } else { u };
            u32::from(fires)
        };
        let state = self.v.iter_mut().zip(&mut self.i).zip(currents);
        match synapse {
            Some(synapse) => spikes.fill(state.map(|((v, i), &current)| {
                let drive = *i + current;
                *i = drive - synapse * drive;
                step(v, (leak - *v) + drive)
            })),
            None => spikes.fill(state.map(|((v, i), &current)| step(v, ((*i + current) + leak) - *v))),
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(self.membrane / self.synapse.unwrap_or(1.0) / (self.threshold - self.leak)),
            kept: f64::from(1.0 - self.membrane),
            threshold: self.threshold.into(),
            delayed: false,
            many_spikes: false,
            refractory: 0,
            reset: "the potential to v_reset, at once",
            rule: match self.synapse {
                Some(_) => "adds the input to a current that decays over the steps that follow, \
                            and lets that current move the potential"
                    .into(),
                None => {
                    format!("moves the potential {} of the way to the input, and compares", self.membrane)
                }
            },
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
