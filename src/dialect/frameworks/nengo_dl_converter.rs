//! `nengo_dl.Converter` (D. Rasmussen, "NengoDL: combining deep learning and neuromorphic modelling methods", 2019), version
//! 3.6.0: makes a Nengo network from a Keras model.
//!
//! The input is the image itself, a constant current, and layers pass on numbers, which a synapse may smooth. How they
//! run together is in `converted.rs`; here are the neurons.

use crate::clock::Delay;
use crate::dialect::decoding::Decoding;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{Framework, Precision, Variant};
use crate::dialect::frameworks::nengo::DT;
use crate::dialect::layer::Neurons;
use crate::dialect::numpy_random::RandomState;
use crate::dialect::parameter::{Domain, Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::network::Activation;
use crate::spikes::SpikeList;

const NEURON: &str = "neuron";
const SCALE: &str = "scale_firing_rates";
const SYNAPSE: &str = "synapse";

const PARAMETERS: &[Parameter] = &[
    Parameter::choice(
        NEURON,
        &["SpikingRectifiedLinear", "LIF", "RectifiedLinear"],
        "What takes the place of a ReLU; RectifiedLinear is the ReLU itself, as where the swap does not match.",
    ),
    Parameter {
        name: SCALE,
        domain: Domain::PerLayer(1e-3, 1e7),
        default: Value::None,
        unit: None,
        text: "Factor on the current of the neurons; their spikes are lower by the same factor.",
    },
    Parameter {
        name: SYNAPSE,
        domain: Domain::OrNone(1e-6, 1e3),
        default: Value::None,
        unit: Some("s"),
        text: "Time constant of the low-pass filter on what neurons pass on.",
    },
    Parameter::choice(
        "initial_voltage",
        &["uniform", "zero"],
        "Initial potentials: drawn from 0 to 1, or 0.",
    ),
    Parameter::number(
        "seed",
        0.0,
        (0.0, 4_294_967_295.0),
        None,
        "Seed of the network, converter.net.seed, from which the initial potentials are drawn.",
    ),
];

pub(super) const FRAMEWORK: Framework = Framework {
    title: "NengoDL Converter",
    source: "nengo_dl/converter.py, Converter and LayerConverter.add_nengo_obj, and neuron_builders.py",
    parameters: PARAMETERS,
    variants: &[
        of_last_step("nengo_dl_converter", "swap_activations={relu: SpikingRectifiedLinear()}", &[]),
        of_last_step(
            "nengo_dl_converter_s100",
            "SpikingRectifiedLinear(), scale_firing_rates=100, synapse=0.01",
            &[(SCALE, Value::Number(100.0)), (SYNAPSE, Value::Number(0.01))],
        ),
        of_last_step(
            "nengo_dl_converter_lif",
            "swap_activations={relu: LIF()}, synapse=0.01",
            &[(NEURON, Value::Choice("LIF")), (SYNAPSE, Value::Number(0.01))],
        ),
    ],
    delay: Delay::None,
    order: Order::Index,
    precision: Precision::F32(|values, layer, neurons| {
        let scale = Scale::of(values, layer);
        if values.is(NEURON, "LIF") {
            Box::new(Lif::new(neurons, scale))
        } else if values.is(NEURON, "RectifiedLinear") {
            Box::new(RectifiedLinear { scale, out: vec![0.0; neurons] })
        } else {
            Box::new(SpikingRectifiedLinear::new(neurons, scale))
        }
    }),
    height: |values, layer| {
        layer.checked_sub(1).map_or(1.0, |before| f64::from(Scale::of(values, before).height()))
    },
    is_converted: true,
    drives: SCALE,
    script: Some(python::nengo_dl_converter::code),
    ..Framework::BARE
};

const fn of_last_step(
    name: &'static str,
    setting: &'static str,
    set: &'static [(&'static str, Value)],
) -> Variant {
    Variant { decoding: Decoding::LastStep, ..Variant::new(name, setting, set) }
}

/// What `scale_firing_rates` = s does to a layer: its gain is s, and the amplitude of its neurons 1/s
/// (`nengo_dl/converter.py`, LayerConverter.add_nengo_obj). Without it both are 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::dialect) struct Scale {
    /// Factor on the sums and on the bias.
    pub gain: f32,
    amplitude: f64,
}

impl Scale {
    /// The scale of a layer that has no neurons.
    pub const NONE: Self = Self { gain: 1.0, amplitude: 1.0 };

    /// The scale of a layer, counted from 0.
    pub fn of(values: &Values, layer: usize) -> Self {
        let scale = values.of_layer(SCALE, layer).unwrap_or(1.0);
        Self { gain: scale as f32, amplitude: 1.0 / scale }
    }

    /// Multiplies by the gain.
    fn apply(self, sums: &mut [f32]) {
        sums.iter_mut().for_each(|sum| *sum *= self.gain);
    }

    /// Height of a spike: amplitude/dt.
    pub fn height(self) -> f32 {
        self.amplitude as f32 / DT as f32
    }
}

/// How many layers the list of `scale_firing_rates` has entries for.
pub(in crate::dialect) fn scaled_layers(values: &Values) -> usize {
    values.entries(SCALE)
}

/// What the synapse keeps of its output from one step to the next, exp(-dt/tau); `None` without a synapse. A filter with
/// tau <= 0.03 dt keeps nothing, but still passes on a step later (`nengo_dl/process_builders.py`, LowpassBuilder).
pub(in crate::dialect) fn kept_by_synapse(values: &Values) -> Option<f64> {
    let tau = values.optional(SYNAPSE)?;
    Some(if tau <= 0.03 * DT { 0.0 } else { libm::exp(-DT / tau) })
}

/// Whether a layer with this activation becomes Nengo neurons. ReLU becomes the neurons that were chosen; sigmoid and tanh
/// become neurons that pass on the function itself (tau_ref = 1). Others stay functions of TensorFlow: a `TensorNode`, or a
/// `Node` for a layer without an activation.
pub(in crate::dialect) fn is_neurons(activation: Activation) -> bool {
    matches!(activation, Activation::Relu | Activation::Sigmoid | Activation::Tanh)
}

/// `nengo.SpikingRectifiedLinear` (`neuron_builders.py`, SpikingRectifiedLinearBuilder.step), dt = 1 ms:
/// v <- v + max(J, 0) dt; s = floor(v); v <- v - s.
struct SpikingRectifiedLinear {
    scale: Scale,
    initial: Vec<f32>,
    v: Vec<f32>,
}

impl SpikingRectifiedLinear {
    fn new(neurons: usize, scale: Scale) -> Self {
        Self { scale, v: vec![0.0; neurons], initial: vec![0.0; neurons] }
    }
}

fn single(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|&x| x as f32).collect()
}

/// The initial potentials of an ensemble, `[neurons]`; `None` if all are 0. Nengo gives every object of a network a seed,
/// connections first, then ensembles, each in the order in which they were made (`nengo/builder/network.py`,
/// `seed_network`), and draws the potentials from that of the ensemble plus 1 (`nengo/builder/neurons.py`). So they are
/// those of NengoDL for a network that was converted from a Keras model of dense layers.
pub(in crate::dialect) fn initial_voltages(
    values: &Values,
    connections: usize,
    ensemble: usize,
    neurons: usize,
) -> Option<Vec<f64>> {
    if values.is("initial_voltage", "zero") {
        return None;
    }
    let mut seeds = RandomState::new(values.whole("seed"));
    let seed = (0..=connections + ensemble).fold(0, |_, _| seeds.randint_31());
    let mut random = RandomState::new(seed + 1);
    Some((0..neurons).map(|_| random.uniform()).collect())
}

impl Neurons<f32> for SpikingRectifiedLinear {
    fn rest(&mut self) {
        self.v.copy_from_slice(&self.initial);
    }

    fn receive(&self, sums: &mut [f32]) {
        self.scale.apply(sums);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        spikes.fill(self.v.iter_mut().zip(currents).map(|(v, &j)| {
            *v += j.max(0.0) * DT as f32;
            let fires = v.floor();
            *v -= fires;
            fires as u32
        }));
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(self.scale.gain) * DT,
            many_spikes: true,
            reset: "the potential by 1, at once",
            rule: "takes the image as a constant current, adds the current, times dt, and spikes as often as the \
                   potential holds 1"
                .into(),
            ..constant_current(1.0)
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }

    fn start_from(&mut self, potentials: &[f64]) {
        self.initial = single(potentials);
        self.rest();
    }
}

/// The facts that all neurons share. `kept` is what a potential keeps.
fn constant_current(kept: f64) -> Facts {
    Facts {
        drive: 0.0,
        kept,
        threshold: 1.0,
        delayed: false,
        many_spikes: false,
        refractory: 0,
        reset: "",
        rule: String::new(),
    }
}

/// Time constants of `nengo.LIF()`, s.
const TAU_RC: f32 = 0.02;
const TAU_REF: f32 = 0.002;

/// `nengo.LIF` (`neuron_builders.py`, LIFBuilder.step), dt = 1 ms:
///
/// d = clip(dt - r, 0, dt); v <- v + (v - J) expm1(-d/tau_rc); a neuron fires where v > 1; then
/// r <- tau_ref + tau_rc log1p((1 - v)/(J - 1)) and v <- 0, otherwise r <- r - dt and v <- max(v, 0).
struct Lif {
    scale: Scale,
    /// expm1(-dt/tau_rc), for neurons that are not refractory in any part of the step.
    whole_step: f32,
    initial: Vec<f32>,
    refractory_time: Vec<f32>,
    v: Vec<f32>,
}

impl Lif {
    fn new(neurons: usize, scale: Scale) -> Self {
        Self {
            scale,
            whole_step: expm1(-(DT as f32) / TAU_RC),
            refractory_time: vec![0.0; neurons],
            v: vec![0.0; neurons],
            initial: vec![0.0; neurons],
        }
    }
}

/// exp(x) - 1, rounded once.
fn expm1(x: f32) -> f32 {
    libm::expm1(f64::from(x)) as f32
}

impl Neurons<f32> for Lif {
    fn rest(&mut self) {
        self.refractory_time.fill(0.0);
        self.v.copy_from_slice(&self.initial);
    }

    fn receive(&self, sums: &mut [f32]) {
        self.scale.apply(sums);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let dt = DT as f32;
        let state = self.v.iter_mut().zip(&mut self.refractory_time);
        for (i, ((v, r), &j)) in state.zip(currents).enumerate() {
            let d = (dt - *r).clamp(0.0, dt);
            *v += (*v - j) * if d == dt { self.whole_step } else { expm1(-d / TAU_RC) };
            let fires = *v > 1.0;
            if fires {
                *r = TAU_REF + TAU_RC * libm::log1p(f64::from((1.0 - *v) / (j - 1.0))) as f32;
                *v = 0.0;
            } else {
                *r -= dt;
                *v = v.max(0.0);
            }
            spikes.push(i, u32::from(fires));
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(self.scale.gain) * -f64::from(self.whole_step),
            refractory: (f64::from(TAU_REF) / DT).round() as u32,
            reset: "the potential to zero, at a moment within the step",
            rule: "takes the image as a constant current, and moves the potential towards the current".into(),
            ..constant_current(1.0 + f64::from(self.whole_step))
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }

    fn start_from(&mut self, potentials: &[f64]) {
        self.initial = single(potentials);
        self.rest();
    }
}

/// `nengo.RectifiedLinear` (`neuron_builders.py`, RectifiedLinearBuilder.step): passes on amplitude max(J, 0). It does not
/// spike.
struct RectifiedLinear {
    scale: Scale,
    out: Vec<f32>,
}

impl Neurons<f32> for RectifiedLinear {
    fn rest(&mut self) {
        self.out.fill(0.0);
    }

    fn receive(&self, sums: &mut [f32]) {
        self.scale.apply(sums);
    }

    fn step(&mut self, currents: &[f32], _spikes: &mut SpikeList) {
        let amplitude = self.scale.amplitude as f32;
        self.out.iter_mut().zip(currents).for_each(|(out, &j)| *out = j.max(0.0) * amplitude);
    }

    fn numbers(&self) -> Option<&[f32]> {
        Some(&self.out)
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: f64::from(self.scale.gain) * DT,
            reset: "nothing",
            rule: "takes the image as a constant current, and passes on its positive part; it never spikes"
                .into(),
            ..constant_current(0.0)
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.out
    }
}
