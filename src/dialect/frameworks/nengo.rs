//! Nengo (T. Bekolay et al., "Nengo: a Python tool for building large-scale functional brain models",
//! 2014), version 4.1.0, and NengoDL (D. Rasmussen, 2019), which runs the same network on TensorFlow.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro128PlusPlus;

use crate::clock::Delay;
use crate::dialect::decoding::Decoding;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{FINITE, Framework, POSITIVE, Precision, Variant};
use crate::dialect::layer::Neurons;
use crate::dialect::numpy;
use crate::dialect::parameter::{Domain, Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::encoding::{split_mix, uniform};
use crate::spikes::SpikeList;

/// Length of a time step, s.
pub(in crate::dialect) const DT: f64 = 0.001;

const PARAMETERS: &[Parameter] = &[
    Parameter::choice(
        "neuron_type",
        &["LIF", "SpikingRectifiedLinear"],
        "Neurons of the hidden and the output ensemble.",
    ),
    Parameter::number("tau_rc", 0.02, POSITIVE, Some("s"), "Time constant of the membrane of a LIF neuron."),
    Parameter::number("tau_ref", 0.002, (0.0, 1.0), Some("s"), "Refractory period of a LIF neuron."),
    Parameter::number(
        "max_rates",
        100.0,
        (1e-3, 1e6),
        Some("Hz"),
        "Rate at a represented value of 1; it determines the gain.",
    ),
    Parameter::number(
        "intercepts",
        0.0,
        (-0.999, 0.999),
        None,
        "Represented value at which a neuron begins to fire; it determines the bias.",
    ),
    optional("gain", "Factor on the weighted input; auto derives it from max_rates and intercepts."),
    optional("bias", "Constant current; auto derives it from max_rates and intercepts."),
    Parameter::number("input_amplitude", 1.0, (0.0, 1e6), None, "Height of an input spike, times dt."),
    Parameter::number(
        "hidden_amplitude",
        1.0,
        (0.0, 1e6),
        None,
        "Height of a spike of the hidden ensemble, times dt.",
    ),
    Parameter::choice(
        "input",
        &["poisson", "bernoulli", "regular"],
        "Input spikes: of PoissonSpiking neurons, with probability ink/255 in each step, or of neurons without noise.",
    ),
    Parameter::number(
        "input_scale",
        255.0,
        (0.0, 255.0),
        None,
        "Value of a full-ink pixel for the input ensemble.",
    ),
    Parameter::number(
        "input_max_rates",
        100.0,
        (0.0, 1000.0),
        Some("Hz"),
        "Rate of an input neuron at a value of 1.",
    ),
    Parameter::choice(
        "initial_voltage",
        &["uniform", "zero"],
        "Initial potentials: drawn from 0 to 1, or 0.",
    ),
    Parameter::number("seed", 0.0, (0.0, 4_294_967_295.0), None, "Seed of the initial potentials."),
    Parameter::switch("stateful", false, "Whether neurons keep their state from image to image."),
    Parameter::choice(
        "transform",
        &["transpose", "reshape"],
        "How Keras's [inputs, neurons] becomes Nengo's [neurons, inputs]; reshape is a common mistake.",
    ),
];

const fn optional(name: &'static str, text: &'static str) -> Parameter {
    Parameter { name, domain: Domain::Optional(FINITE.0, FINITE.1), default: Value::Auto, unit: None, text }
}

const UNIT_GAIN: [(&str, Value); 2] = [("gain", Value::Number(1.0)), ("bias", Value::Number(0.0))];
const BERNOULLI: (&str, Value) = ("input", Value::Choice("bernoulli"));
const CORRECTED: [(&str, Value); 5] = [
    UNIT_GAIN[0],
    UNIT_GAIN[1],
    BERNOULLI,
    ("input_amplitude", Value::Number(0.005)),
    ("hidden_amplitude", Value::Number(0.005)),
];

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Nengo",
    source: "nengo/neurons.py, LIF.step and SpikingRectifiedLinear.step, and builder/connection.py",
    parameters: PARAMETERS,
    variants: &[
        question("nengo_seed", "LIF(), the question's own network", &[]),
        Variant::new(
            "nengo",
            "LIF(), gain 1, bias 0, amplitudes 0.005, at most one input spike a step",
            &CORRECTED,
        ),
        Variant::new(
            "nengo_v0zero",
            "as nengo, from potentials of 0",
            &[
                CORRECTED[0],
                CORRECTED[1],
                CORRECTED[2],
                CORRECTED[3],
                CORRECTED[4],
                ("initial_voltage", Value::Choice("zero")),
            ],
        ),
        Variant::new(
            "nengo_srl",
            "SpikingRectifiedLinear(), gain 1, bias 0, at most one input spike a step",
            &[
                UNIT_GAIN[0],
                UNIT_GAIN[1],
                BERNOULLI,
                ("neuron_type", Value::Choice("SpikingRectifiedLinear")),
            ],
        ),
    ],
    delay: Delay::None,
    order: Order::Index,
    precision: Precision::F64(|values, layer, neurons| {
        if values.is("neuron_type", "LIF") {
            Box::new(Lif::new(values, layer, neurons))
        } else {
            Box::new(SpikingRectifiedLinear::new(values, layer, neurons))
        }
    }),
    height: |values, layer| values.number(["input_amplitude", "hidden_amplitude"][layer.min(1)]) / DT,
    is_nengo: true,
    script: Some(python::nengo::code),
    ..Framework::BARE
};

pub(super) const NENGO_DL: Framework = Framework {
    title: "NengoDL",
    source: "nengo_dl/neuron_builders.py, LIFBuilder, and simulator.py, Simulator.predict",
    variants: &[
        question("nengo_dl", "the question's own network, predict(stateful=False)", &[]),
        question(
            "nengo_dl_stateful",
            "the question's own network, predict(stateful=True)",
            &[("stateful", Value::Switch(true))],
        ),
    ],
    script: Some(python::nengo::dl_code),
    ..FRAMEWORK
};

const fn question(
    name: &'static str,
    setting: &'static str,
    set: &'static [(&'static str, Value)],
) -> Variant {
    Variant { decoding: Decoding::FilteredPositive, ..Variant::new(name, setting, set) }
}

/// J = gain (W x) + bias (`nengo/builder/connection.py`, build_connection: the gain applies to
/// connections to neurons as well).
///
/// The biases b of a network are part of the bias of the ensembles: `Ensemble(gain=gain, bias=bias + gain * h * b)` with
/// the height h of the spikes that arrive, amplitude/dt. So a bias weighs like an input that spikes in every step, as
/// in all other frameworks.
struct GainBias {
    gain: f64,
    bias: f64,
}

impl GainBias {
    fn new(values: &Values) -> Self {
        let (max_rates, intercepts) = (values.number("max_rates"), values.number("intercepts"));
        let (gain, bias) = if values.is("neuron_type", "LIF") {
            // LIFRate.gain_bias.
            let (tau_rc, tau_ref) = (values.number("tau_rc"), values.number("tau_ref"));
            let x = 1.0 / (1.0 - libm::exp((tau_ref - 1.0 / max_rates) / tau_rc));
            let gain = (1.0 - x) / (intercepts - 1.0);
            (gain, 1.0 - gain * intercepts)
        } else {
            // RectifiedLinear.gain_bias.
            let gain = max_rates / (1.0 - intercepts);
            (gain, -intercepts * gain)
        };
        Self { gain: values.optional("gain").unwrap_or(gain), bias: values.optional("bias").unwrap_or(bias) }
    }

    fn apply(&self, sums: &mut [f64]) {
        sums.iter_mut().for_each(|sum| *sum = self.gain * *sum + self.bias);
    }
}

/// The initial potentials of a layer, counted from 0, drawn from 0 to 1 as in Nengo. Nengo draws other numbers,
/// because it uses NumPy's generator.
fn initial_voltages(values: &Values, layer: usize, neurons: usize) -> Vec<f64> {
    if values.is("initial_voltage", "zero") {
        return vec![0.0; neurons];
    }
    let seed = split_mix(u64::from(values.whole("seed")), layer as u64);
    let mut random = Xoshiro128PlusPlus::seed_from_u64(seed);
    (0..neurons).map(|_| uniform(random.next_u64())).collect()
}

/// `nengo.LIF`, dt = 1 ms:
///
/// r <- r - dt; d = clip(dt - r, 0, dt); v <- v - (J - v) expm1(-d/tau_rc); a neuron fires where
/// v > 1; t = dt + tau_rc log1p(-(v - 1)/(J - 1)); v <- max(v, 0); on a spike v <- 0 and
/// r <- tau_ref + t.
struct Lif {
    input: GainBias,
    tau_rc: f64,
    tau_ref: f64,
    /// expm1(-dt/tau_rc), for neurons that are not refractory in any part of the step.
    whole_step: f64,
    initial: Vec<f64>,
    refractory_time: Vec<f64>,
    v: Vec<f64>,
}

impl Lif {
    fn new(values: &Values, layer: usize, neurons: usize) -> Self {
        let tau_rc = values.number("tau_rc");
        let initial = initial_voltages(values, layer, neurons);
        Self {
            input: GainBias::new(values),
            tau_rc,
            tau_ref: values.number("tau_ref"),
            whole_step: numpy::expm1(-DT / tau_rc),
            refractory_time: vec![0.0; neurons],
            v: initial.clone(),
            initial,
        }
    }
}

impl Neurons<f64> for Lif {
    fn rest(&mut self) {
        self.refractory_time.fill(0.0);
        self.v.copy_from_slice(&self.initial);
    }

    fn receive(&self, sums: &mut [f64]) {
        self.input.apply(sums);
    }

    fn step(&mut self, currents: &[f64], spikes: &mut SpikeList) {
        let Self { tau_rc, tau_ref, whole_step, .. } = *self;
        let state = self.v.iter_mut().zip(&mut self.refractory_time);
        for (i, ((v, r), &j)) in state.zip(currents).enumerate() {
            *r -= DT;
            let d = (DT - *r).clamp(0.0, DT);
            let decay = if d == DT { whole_step } else { numpy::expm1(-d / tau_rc) };
            *v -= (j - *v) * decay;
            let fires = *v > 1.0;
            if fires {
                let t = DT + tau_rc * numpy::log1p(-(*v - 1.0) / (j - 1.0));
                *v = 0.0;
                *r = tau_ref + t;
            } else if *v < 0.0 {
                *v = 0.0;
            }
            spikes.push(i, u32::from(fires));
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: self.input.gain * -self.whole_step,
            kept: 1.0 + self.whole_step,
            threshold: 1.0,
            delayed: false,
            many_spikes: false,
            refractory: (self.tau_ref / DT).round() as u32,
            reset: "the potential to zero, at a moment within the step",
            rule: "takes each spike as 1/dt high, times its amplitude, multiplies the sum by the gain, \
                   adds the bias, and moves the potential towards it"
                .into(),
        }
    }

    fn potentials(&self) -> &[f64] {
        &self.v
    }

    fn start_from(&mut self, potentials: &[f64]) {
        self.initial.copy_from_slice(potentials);
        self.rest();
    }
}

/// `nengo.SpikingRectifiedLinear`, dt = 1 ms: v <- v + max(J, 0) dt; s = floor(v); v <- v - s.
struct SpikingRectifiedLinear {
    input: GainBias,
    initial: Vec<f64>,
    v: Vec<f64>,
}

impl SpikingRectifiedLinear {
    fn new(values: &Values, layer: usize, neurons: usize) -> Self {
        let initial = initial_voltages(values, layer, neurons);
        Self { input: GainBias::new(values), v: initial.clone(), initial }
    }
}

impl Neurons<f64> for SpikingRectifiedLinear {
    fn rest(&mut self) {
        self.v.copy_from_slice(&self.initial);
    }

    fn receive(&self, sums: &mut [f64]) {
        self.input.apply(sums);
    }

    fn step(&mut self, currents: &[f64], spikes: &mut SpikeList) {
        spikes.fill(self.v.iter_mut().zip(currents).map(|(v, &j)| {
            *v += j.max(0.0) * DT;
            let fires = v.floor();
            *v -= fires;
            fires as u32
        }));
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: self.input.gain * DT,
            kept: 1.0,
            threshold: 1.0,
            delayed: false,
            many_spikes: true,
            refractory: 0,
            reset: "the potential by 1, at once",
            rule: "adds the input, times gain and dt, and spikes as often as the potential holds 1".into(),
        }
    }

    fn potentials(&self) -> &[f64] {
        &self.v
    }

    fn start_from(&mut self, potentials: &[f64]) {
        self.initial.copy_from_slice(potentials);
        self.rest();
    }
}
