//! What SpikingJelly 2.0.0 makes of NIR's neurons (`spikingjelly/activation_based/nir_exchange/from_nir.py`,
//! `_NodeMapper`), with the neurons of `spikingjelly/activation_based/functional/neuron.py`.

use super::array::{NodeArray, is_close};
use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::dialect::frameworks::spikingjelly::{Charge, Node};
use crate::spikes::SpikeList;

/// The importer's `_is_close_finite`.
fn same(value: f64, expected: f64) -> bool {
    value.is_finite() && expected.is_finite() && is_close(value, expected, 1e-6, 1e-12)
}

/// `dt` is the time step that is handed to the importer, s.
///
/// # Errors
/// The importer's own reason.
pub(super) fn import(node: &NeuronNode, neurons: usize, dt: f64) -> Result<Made, String> {
    let kind = node.kind.name();
    let uniform = |array: &NodeArray, name: &str| {
        array.uniform().ok_or_else(|| format!("nir.{kind}.{name} must be uniform across all neurons."))
    };
    let needed = |name: &'static str| uniform(node.needed(name), name);
    let update = |made: &str, rule, kept: f64, gain: f64, threshold: f64| Update {
        made: made.into(),
        rule,
        dt: Some(dt),
        kept: Spread::one(kept),
        gain: Spread::one(gain),
        threshold: Spread::one(threshold),
        fires_at_threshold: true,
        many_spikes: false,
        reset: "the potential to v_reset, at once",
        unused: Vec::new(),
    };
    match node.kind {
        NeuronKind::If => {
            if !same(needed("r")?, 1.0 / dt) {
                return Err("nir.IF.r must equal 1 / dt.".into());
            }
            let (threshold, reset) = (needed("v_threshold")?, uniform(&node.v_reset(), "v_reset")?);
            let neurons = Node::imported(1.0, Charge::Integrate, threshold as f32, reset as f32, neurons);
            let rule = "h = v + I; a spike where h ≥ θ";
            Ok(Made::new(
                Box::new(neurons),
                update("IFNode(v_threshold, v_reset)", rule, 1.0, 1.0, threshold),
            ))
        }
        NeuronKind::Lif => {
            let tau = needed("tau")? / dt;
            if !tau.is_finite() || tau <= 1.0 {
                return Err("nir.LIF.tau / dt must be finite and greater than 1.".into());
            }
            let r = needed("r")?;
            let (charge, made, rule, gain) = if same(r, 1.0) {
                let rule = "h = v + (I − (v − v_reset))/τ; a spike where h ≥ θ";
                (
                    Charge::LeakWithInput,
                    "LIFNode(tau, decay_input=True, v_threshold, v_reset)",
                    rule,
                    1.0 / tau,
                )
            } else if same(r, tau) {
                let rule = "h = v − (v − v_reset)/τ + I; a spike where h ≥ θ";
                (Charge::Leak, "LIFNode(tau, decay_input=False, v_threshold, v_reset)", rule, 1.0)
            } else {
                return Err("nir.LIF.r must equal 1 or tau / dt.".into());
            };
            let (reset, leak) = (uniform(&node.v_reset(), "v_reset")?, needed("v_leak")?);
            if !same(leak, reset) {
                return Err("nir.LIF.v_leak must equal v_reset.".into());
            }
            let threshold = needed("v_threshold")?;
            let neurons = Node::imported(tau as f32, charge, threshold as f32, reset as f32, neurons);
            Ok(Made::new(Box::new(neurons), update(made, rule, 1.0 - 1.0 / tau, gain, threshold)))
        }
        NeuronKind::CubaLif => {
            let (tau_syn, tau_mem) = (needed("tau_syn")?, needed("tau_mem")?);
            if !tau_syn.is_finite() || !tau_mem.is_finite() {
                return Err("nir.CubaLIF time constants must be finite.".into());
            }
            if tau_syn < dt || tau_mem < dt {
                return Err("nir.CubaLIF time constants must be at least dt.".into());
            }
            if !same(needed("r")?, tau_mem / dt) {
                return Err("nir.CubaLIF.r must equal tau_mem / dt.".into());
            }
            if !same(uniform(&node.w_in(), "w_in")?, tau_syn / dt) {
                return Err("nir.CubaLIF.w_in must equal tau_syn / dt.".into());
            }
            if !same(needed("v_leak")?, 0.0) {
                return Err("nir.CubaLIF.v_leak must equal 0.".into());
            }
            let threshold = needed("v_threshold")?;
            let reset = uniform(&node.v_reset(), "v_reset")? as f32;
            let (current_decay, decay) = (1.0 - dt / tau_syn, 1.0 - dt / tau_mem);
            let cell = CubaLif {
                current_decay: current_decay as f32,
                decay: decay as f32,
                threshold: threshold as f32,
                reset,
                c: vec![0.0; neurons],
                v: vec![reset; neurons],
            };
            let rule = "c ← c c_decay + I; h = v v_decay + c; a spike where h ≥ θ";
            let made = "CUBALIFNode(c_decay, v_decay, v_threshold, v_reset)";
            let update = update(made, rule, decay, 1.0 / (1.0 - current_decay), threshold);
            Ok(Made::new(Imported::boxed(cell, &update), update))
        }
        kind => Err(format!("Unknown node type {}, mapping does not exist in node_map", kind.name())),
    }
}

/// `cuba_lif_step`: c <- c current_decay + I; h = v decay + c; s = h - threshold >= 0; v <- (1 - s) h + s reset.
struct CubaLif {
    current_decay: f32,
    decay: f32,
    threshold: f32,
    reset: f32,
    c: Vec<f32>,
    v: Vec<f32>,
}

impl Cell for CubaLif {
    fn rest(&mut self) {
        self.c.fill(0.0);
        self.v.fill(self.reset);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { current_decay, decay, threshold, reset, .. } = *self;
        for (i, ((v, c), &current)) in self.v.iter_mut().zip(&mut self.c).zip(currents).enumerate() {
            *c = *c * current_decay + current;
            let h = *v * decay + *c;
            let fires = h - threshold >= 0.0;
            *v = if fires { reset } else { h };
            spikes.push(i, u32::from(fires));
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
