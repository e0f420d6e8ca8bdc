//! Brian 2 (M. Stimberg, R. Brette and D. F. M. Goodman, "Brian 2, an intuitive and efficient neural
//! simulator", 2019), version 2.9.0.

use crate::clock::Delay;
use crate::dialect::facts::Facts;
use crate::dialect::framework::{FINITE, Framework, POSITIVE, Precision, Variant};
use crate::dialect::layer::Neurons;
use crate::dialect::parameter::{Parameter, Value, Values};
use crate::dialect::python;
use crate::dialect::summation::Order;
use crate::spikes::SpikeList;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Brian2",
    source: "brian2/groups/neurongroup.py, core/network.py (schedule) and synapses/synapses.py",
    parameters: &[
        Parameter::number("tau", 20.0, POSITIVE, Some("ms"), "Time constant of the membrane."),
        Parameter::number(
            "refractory",
            5.0,
            (0.0, 1e6),
            Some("ms"),
            "Time after a spike in which v does not change.",
        ),
        Parameter::number("threshold", 1.0, POSITIVE, None, "Potential above which a neuron fires."),
        Parameter::number("reset", 0.0, FINITE, None, "Potential after a spike."),
    ],
    variants: &[
        Variant::new("brian2", "dv/dt = -v/tau (unless refractory), tau 20 ms, refractory 5 ms", &[]),
        Variant::new("brian2_norefr", "dv/dt = -v/tau, tau 20 ms", &[("refractory", Value::Number(0.0))]),
    ],
    // Spikes arrive in the same step, but after the comparison with the threshold. So they take effect one step later.
    delay: Delay::None,
    order: Order::Index,
    precision: Precision::F64(|values, _, neurons| Box::new(NeuronGroup::new(values, neurons))),
    script: Some(python::brian2::code),
    ..Framework::BARE
};

/// `NeuronGroup('dv/dt = -v/tau : 1 (unless refractory)', threshold='v > 1', reset='v = 0',
/// method='exact')` and `Synapses(on_pre='v_post += w')`, dt = 1 ms, in the order of Brian's schedule:
///
/// 1. groups: n = t - last spike >= refractory; v <- v exp(-dt/tau) where n;
/// 2. thresholds: a neuron fires where v > threshold and n;
/// 3. synapses: v <- v + w for each spike of this step, in the order of the presynaptic neurons,
///    where n and the neuron has not fired;
/// 4. resets: v <- reset where the neuron has fired.
///
/// Brian has no biases. They are the weights of one more presynaptic neuron, the last one, which spikes in every step:
/// `SpikeGeneratorGroup(1, zeros(steps), arange(steps)*ms)` and `Synapses(on_pre='v_post += w')`.
///
/// So an input can cause a spike only in the next step. Without a refractory period step 3 applies to all
/// neurons, and step 4 erases the input of the step of a spike.
struct NeuronGroup {
    decay: f64,
    refractory: u32,
    threshold: f64,
    reset: f64,
    /// Steps since the last spike.
    since: Vec<u32>,
    fires: Vec<bool>,
    v: Vec<f64>,
}

impl NeuronGroup {
    fn new(values: &Values, neurons: usize) -> Self {
        Self {
            decay: libm::exp(-1.0 / values.number("tau")),
            // As `timestep` rounds times (brian2/core/functions.py): down, from a thousandth of a step above.
            refractory: (values.number("refractory") + 1e-3).floor() as u32,
            threshold: values.number("threshold"),
            reset: values.number("reset"),
            since: vec![u32::MAX; neurons],
            fires: vec![false; neurons],
            v: vec![0.0; neurons],
        }
    }
}

impl Neurons<f64> for NeuronGroup {
    fn rest(&mut self) {
        self.since.fill(u32::MAX);
        self.v.fill(0.0);
    }

    fn before_input(&mut self, sums: &mut [f64]) {
        for (i, v) in self.v.iter_mut().enumerate() {
            let since = &mut self.since[i];
            *since = since.saturating_add(1);
            let active = *since >= self.refractory;
            if active {
                *v *= self.decay;
            }
            self.fires[i] = active && *v > self.threshold;
            if self.fires[i] {
                *since = 0;
            }
        }
        sums.copy_from_slice(&self.v);
    }

    fn sums_from_zero(&self) -> bool {
        false
    }

    fn step(&mut self, currents: &[f64], spikes: &mut SpikeList) {
        for (i, (v, &with_input)) in self.v.iter_mut().zip(currents).enumerate() {
            if self.fires[i] {
                *v = self.reset;
                spikes.push(i, 1);
            } else if self.since[i] >= self.refractory {
                *v = with_input;
            }
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: 1.0 / self.threshold,
            kept: self.decay,
            threshold: self.threshold,
            delayed: true,
            many_spikes: false,
            // A neuron takes no input in the step of its spike. Its input in the next step takes effect in the
            // step after that.
            refractory: self.refractory.max(1),
            reset: "the potential to its reset value, at once",
            rule: "lets the potential decay, compares, and only then adds the input, \
                   which counts from the next step on"
                .into(),
        }
    }

    fn potentials(&self) -> &[f64] {
        &self.v
    }
}
