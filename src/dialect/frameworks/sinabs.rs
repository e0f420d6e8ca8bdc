//! Sinabs (SynSense, <https://sinabs.readthedocs.io>), version 3.1.3.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{Framework, POSITIVE, Precision, Variant, decay_f32};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

const NO_NORM: (&str, Value) = ("norm_input", Value::Switch(false));
const SINGLE: (&str, Value) = ("spike_fn", Value::Choice("SingleSpike"));

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Sinabs",
    source: "sinabs/layers/functional/lif.py, lif_forward_single, and activation/spike_generation.py",
    parameters: &[
        Parameter::choice(
            "layer",
            &["LIF", "IAF"],
            "Whether the membrane leaks; an IAF has neither tau_mem nor norm_input.",
        ),
        Parameter::number("tau_mem", 20.0, POSITIVE, Some("steps"), "Time constant of the membrane."),
        Parameter::switch("norm_input", true, "Whether the input is multiplied by 1 - exp(-1/tau_mem)."),
        Parameter::choice(
            "spike_fn",
            &["MultiSpike", "SingleSpike"],
            "Whether a neuron may fire more than once per step.",
        ),
        Parameter::number(
            "spike_threshold",
            1.0,
            POSITIVE,
            None,
            "Potential at or above which a neuron fires.",
        ),
    ],
    variants: &[
        Variant::new("sinabs", "LIF(tau_mem=20.)", &[]),
        Variant::new("sinabs_single", "LIF(tau_mem=20., spike_fn=SingleSpike)", &[SINGLE]),
        Variant::new("sinabs_nonorm", "LIF(tau_mem=20., norm_input=False)", &[NO_NORM]),
        Variant::new(
            "sinabs_nonorm_single",
            "LIF(tau_mem=20., norm_input=False, spike_fn=SingleSpike)",
            &[NO_NORM, SINGLE],
        ),
        Variant::new("sinabs_iaf", "IAF()", &[("layer", Value::Choice("IAF"))]),
    ],
    delay: Delay::None,
    order: Order::Panels,
    precision: Precision::F32(|values, _, neurons| Box::new(Lif::new(values, neurons))),
    script: Some(python::sinabs::code),
    ..Framework::BARE
};

/// `sinabs.layers.functional.lif.lif_forward_single` with `MembraneSubtract`, a = exp(-1/tau_mem):
///
/// v <- a v + (1 - a) I; s = trunc(v / threshold) where v > 0; v <- v - s threshold.
///
/// Biases are those of `torch.nn.Linear`, part of I.
///
/// Without `norm_input`, v <- a v + I; an `IAF` has a = 1 as well. With `SingleSpike`, s is 1 where
/// v - threshold >= 0.
struct Lif {
    alpha: f32,
    input: Option<f32>,
    single: bool,
    threshold: f32,
    v: Vec<f32>,
}

impl Lif {
    fn new(values: &Values, neurons: usize) -> Self {
        let leaks = values.is("layer", "LIF");
        let alpha = if leaks { decay_f32(1.0, values.number("tau_mem") as f32) } else { 1.0 };
        Self {
            alpha,
            input: (leaks && values.on("norm_input")).then_some(1.0 - alpha),
            single: values.is("spike_fn", "SingleSpike"),
            threshold: values.number("spike_threshold") as f32,
            v: vec![0.0; neurons],
        }
    }
}

impl Neurons<f32> for Lif {
    fn rest(&mut self) {
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { alpha, input, single, threshold, .. } = *self;
        // A product with 1 is exact.
        let input = input.unwrap_or(1.0);
        let state = self.v.iter_mut().zip(currents);
        if single {
            spikes.fill(state.map(|(v, &current)| {
                *v = alpha * *v + input * current;
                let fires = f32::from(u8::from(*v - threshold >= 0.0));
                *v -= fires * threshold;
                fires as u32
            }));
        } else {
            spikes.fill(state.map(|(v, &current)| {
                *v = alpha * *v + input * current;
                let fires = if *v > 0.0 { (*v / threshold).trunc() } else { 0.0 };
                *v -= fires * threshold;
                fires as u32
            }));
        }
    }

    fn facts(&self) -> Facts {
        let leak = if self.alpha < 1.0 { "lets the potential decay, " } else { "" };
        Facts {
            drive: f64::from(self.input.unwrap_or(1.0) / self.threshold),
            kept: self.alpha.into(),
            threshold: self.threshold.into(),
            delayed: false,
            many_spikes: !self.single,
            refractory: 0,
            reset: "the potential by the threshold, at once",
            rule: match self.input {
                Some(share) => format!("{leak}adds the input times {share:.3}, and compares"),
                None => format!("{leak}adds the whole input and compares"),
            },
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
