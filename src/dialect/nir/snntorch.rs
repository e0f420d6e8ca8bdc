//! What snnTorch 1.0.0 makes of NIR's neurons (`snntorch/import_nir.py`, `_nir_to_snntorch_module`), with the neurons of
//! `snntorch/_neurons/leaky.py` and `synaptic.py` at `reset_delay=False`.

use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::spikes::SpikeList;

/// The time step of the importer, s.
const DT: f64 = 1e-4;

/// The decay of the neurons that stand for IF: the importer's own number.
const IF_BETA: f32 = 0.9;

/// # Errors
/// The importer's own reason.
pub(super) fn import(node: &NeuronNode, neurons: usize, is_last: bool) -> Result<Made, String> {
    match node.kind {
        NeuronKind::Lif => lif(node, neurons),
        NeuronKind::CubaLif => cuba_lif(node, neurons),
        NeuronKind::If if is_last => integrate(node, neurons),
        NeuronKind::If => {
            Err("it imports IF as a Leaky(init_hidden=False), which gives (spikes, potential), and the layer that \
                 follows cannot take both"
                .into())
        }
        kind => Err(format!("Unknown node type {}, mapping does not exist in node_map", kind.name())),
    }
}

fn not_as_many() -> String {
    "its parameters are not as many as its neurons".into()
}

fn lif(node: &NeuronNode, neurons: usize) -> Result<Made, String> {
    let (tau, v_threshold) = (node.needed("tau"), node.needed("v_threshold"));
    if !node.needed("v_leak").all_close_to(0.0) {
        return Err("v_leak not supported".into());
    }
    if v_threshold.uniform().is_none() {
        return Err("v_threshold must be same for all neurons".into());
    }
    let beta = tau.with(DT, |tau, dt| dt / tau).with(1.0, |share, one| one - share);
    let scale = node.needed("r").with(DT, |r, dt| r * dt).and(tau, |x, tau| x / tau);
    let threshold = if scale.all_close_to(1.0) {
        v_threshold.clone()
    } else {
        let least = scale.with(scale.least(), |_, least| least);
        v_threshold.and(&least, |v, least| v / least)
    };
    let threshold = threshold.uniform().ok_or("LIF v_thr must be same for all neurons")? as f32;
    let beta = beta.singles(neurons).ok_or_else(not_as_many)?;
    Ok(leaky(beta, threshold, true, unused(node)))
}

/// The parameters that are in the file and have no effect.
fn unused(node: &NeuronNode) -> Vec<&'static str> {
    node.get("v_reset")
        .filter(|v_reset| !v_reset.all_close_to(0.0))
        .map_or_else(Vec::new, |_| vec!["v_reset"])
}

fn leaky(beta: Vec<f32>, threshold: f32, to_zero: bool, unused: Vec<&'static str>) -> Made {
    let beta: Vec<f32> = beta.iter().map(|beta| beta.clamp(0.0, 1.0)).collect();
    let reset = if to_zero { ", reset_mechanism=\"zero\"" } else { "" };
    let update = Update {
        made: format!("Leaky(beta, threshold{reset}, reset_delay=False)"),
        rule: "v ← βv + I; a spike where v − θ > 0",
        dt: Some(DT),
        kept: Spread::of(&beta),
        gain: Spread::one(1.0),
        threshold: Spread::one(threshold.into()),
        fires_at_threshold: false,
        many_spikes: false,
        reset: if to_zero {
            "the potential to 0, at once"
        } else {
            "the potential by the threshold, at once"
        },
        unused,
    };
    let v = vec![0.0; beta.len()];
    Made::new(Imported::boxed(Leaky { beta, threshold, to_zero, v }, &update), update)
}

fn integrate(node: &NeuronNode, neurons: usize) -> Result<Made, String> {
    let v_threshold = node.needed("v_threshold");
    v_threshold.uniform().ok_or("v_threshold must be same for all neurons")?;
    let r = node.needed("r").uniform().ok_or("r must be same for all neurons")?;
    if r != 1.0 {
        return Err("r != 1 not supported".into());
    }
    let threshold = v_threshold.and(node.needed("r"), |v, r| v * r).values()[0] as f32;
    let mut unused = unused(node);
    unused.push("r");
    Ok(leaky(vec![IF_BETA; neurons], threshold, false, unused))
}

/// `Leaky.forward`: with `to_zero`
///
/// r = v - threshold > 0; v <- (1 - r) v; v <- beta v + I; s = v - threshold > 0; v <- v - (s - r) v,
///
/// otherwise v <- (beta v + I) - r threshold, and v <- v - (s - r) threshold in the end.
struct Leaky {
    beta: Vec<f32>,
    threshold: f32,
    to_zero: bool,
    v: Vec<f32>,
}

fn above(v: f32, threshold: f32) -> f32 {
    f32::from(u8::from(v - threshold > 0.0))
}

impl Cell for Leaky {
    fn rest(&mut self) {
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let Self { threshold, to_zero, .. } = *self;
        for (i, ((v, &beta), &current)) in self.v.iter_mut().zip(&self.beta).zip(currents).enumerate() {
            let before = above(*v, threshold);
            if to_zero {
                *v *= 1.0 - before;
                *v = beta * *v + current;
            } else {
                *v = (beta * *v + current) - before * threshold;
            }
            let fires = above(*v, threshold);
            *v -= (fires - before) * if to_zero { *v } else { threshold };
            spikes.push(i, fires as u32);
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}

fn cuba_lif(node: &NeuronNode, neurons: usize) -> Result<Made, String> {
    let (tau_syn, tau_mem) = (node.needed("tau_syn"), node.needed("tau_mem"));
    if !node.needed("v_leak").all_close_to(0.0) {
        return Err("v_leak not supported".into());
    }
    if !node.needed("r").all_close(&tau_mem.with(DT, |tau, dt| tau / dt)) {
        return Err("r not supported in CubaLIF: it must be tau_mem / 0.0001".into());
    }
    let kept = |tau: &super::array::NodeArray| {
        let kept = tau.with(DT, |tau, dt| dt / tau).with(1.0, |share, one| one - share);
        let kept = kept.singles(neurons).ok_or_else(not_as_many)?;
        Ok::<_, String>(kept.iter().map(|kept| kept.clamp(0.0, 1.0)).collect::<Vec<f32>>())
    };
    let (alpha, beta) = (kept(tau_syn)?, kept(tau_mem)?);
    let scale = node.w_in().and(&tau_syn.with(DT, |tau, dt| dt / tau), |w, share| w * share);
    let v_threshold = node.needed("v_threshold");
    let threshold = if scale.all_close_to(1.0) {
        v_threshold.clone()
    } else {
        v_threshold.and(&scale, |v, scale| v / scale)
    };
    let threshold = threshold.uniform().ok_or("CubaLIF v_thr must be same for all neurons")? as f32;
    let gains: Vec<f32> = alpha.iter().map(|alpha| 1.0 / (1.0 - alpha)).collect();
    let update = Update {
        made: "Synaptic(alpha, beta, threshold, reset_mechanism=\"zero\", reset_delay=False)".into(),
        rule: "i ← αi + I; v ← βv + i; a spike where v − θ > 0",
        dt: Some(DT),
        kept: Spread::of(&beta),
        gain: Spread::of(&gains),
        threshold: Spread::one(threshold.into()),
        fires_at_threshold: false,
        many_spikes: false,
        reset: "the potential to 0, at once",
        unused: unused(node),
    };
    let (i, v) = (vec![0.0; neurons], vec![0.0; neurons]);
    Ok(Made::new(Imported::boxed(Synaptic { alpha, beta, threshold, i, v }, &update), update))
}

/// `Synaptic.forward` with `reset_mechanism="zero"`:
///
/// r = v - threshold > 0; i <- alpha i + I; v <- beta v + i; v <- v - v r; s = v - threshold > 0; v <- v - (s - r) v.
struct Synaptic {
    alpha: Vec<f32>,
    beta: Vec<f32>,
    threshold: f32,
    i: Vec<f32>,
    v: Vec<f32>,
}

impl Cell for Synaptic {
    fn rest(&mut self) {
        self.i.fill(0.0);
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let threshold = self.threshold;
        let decays = self.alpha.iter().zip(&self.beta);
        let states = self.v.iter_mut().zip(&mut self.i);
        for (n, ((v, i), ((&alpha, &beta), &current))) in states.zip(decays.zip(currents)).enumerate() {
            let before = above(*v, threshold);
            *i = alpha * *i + current;
            *v = beta * *v + *i;
            *v -= *v * before;
            let fires = above(*v, threshold);
            *v -= (fires - before) * *v;
            spikes.push(n, fires as u32);
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
