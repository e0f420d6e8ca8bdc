//! Rockpool (SynSense, <https://rockpool.ai>), version 3.1.0.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{Framework, POSITIVE, Precision, Variant, decay_f32};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

/// Length of a time step, s.
const DT: f32 = 0.001;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Rockpool",
    source: "rockpool/nn/modules/torch/lif_torch.py, LIFBaseTorch and LIFTorch.forward",
    parameters: &[
        Parameter::number("tau_mem", 0.02, POSITIVE, Some("s"), "Time constant of the membrane."),
        Parameter::number("tau_syn", 0.02, POSITIVE, Some("s"), "Time constant of the synapses."),
        Parameter::number("threshold", 1.0, POSITIVE, None, "Potential at or above which a neuron fires."),
        Parameter::number(
            "max_spikes_per_dt",
            65536.0,
            (1.0, 65536.0),
            None,
            "Largest number of spikes of a neuron in one step.",
        ),
    ],
    variants: &[
        Variant::new("rockpool", "LIFTorch()", &[]),
        Variant::new(
            "rockpool_single",
            "LIFTorch(max_spikes_per_dt=1)",
            &[("max_spikes_per_dt", Value::Number(1.0))],
        ),
    ],
    delay: Delay::None,
    order: Order::Panels,
    precision: Precision::F32(|values, _, neurons| Box::new(LifTorch::new(values, neurons))),
    script: Some(python::rockpool::code),
    ..Framework::BARE
};

/// `rockpool.nn.modules.LIFTorch`, dt = 1 ms, no bias of its own. Biases are those of `LinearTorch(has_bias=True)`, part
/// of I:
///
/// y <- y + I; v <- v exp(-dt/tau_mem); y <- y exp(-dt/tau_syn); v <- v + y;
/// s = floor(v / threshold) where v >= threshold, at most `max_spikes_per_dt`; v <- v - s threshold.
struct LifTorch {
    alpha: f32,
    beta: f32,
    threshold: f32,
    most: f32,
    y: Vec<f32>,
    v: Vec<f32>,
}

impl LifTorch {
    fn new(values: &Values, neurons: usize) -> Self {
        Self {
            alpha: decay_f32(DT, values.number("tau_mem") as f32),
            beta: decay_f32(DT, values.number("tau_syn") as f32),
            threshold: values.number("threshold") as f32,
            most: values.number("max_spikes_per_dt").floor() as f32,
            y: vec![0.0; neurons],
            v: vec![0.0; neurons],
        }
    }
}

impl Neurons<f32> for LifTorch {
    fn rest(&mut self) {
        self.y.fill(0.0);
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { alpha, beta, threshold, most, .. } = *self;
        spikes.fill(self.v.iter_mut().zip(&mut self.y).zip(currents).map(|((v, y), &current)| {
            *y += current;
            *v *= alpha;
            *y *= beta;
            *v += *y;
            let fires = if *v >= threshold { (*v / threshold).floor().min(most) } else { 0.0 };
            *v -= fires * threshold;
            fires as u32
        }));
    }

    fn facts(&self) -> Facts {
        Facts {
            // The current of an input is beta in the step of the input, beta^2 in the next, and so on.
            drive: f64::from(self.beta / (1.0 - self.beta) / self.threshold),
            kept: self.alpha.into(),
            threshold: self.threshold.into(),
            delayed: false,
            many_spikes: self.most > 1.0,
            refractory: 0,
            reset: "the potential by the threshold, at once",
            rule: "adds the input to a synaptic current, which decays and is added to the potential in every step"
                .into(),
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
