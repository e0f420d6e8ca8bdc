//! What Rockpool 3.1.0 makes of NIR's neurons (`rockpool/nn/modules/torch/nir.py`, `_convert_nir_to_rockpool`), with the
//! neurons of `rockpool/nn/modules/torch/lif_torch.py`, `LIFTorch.forward`.

use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::dialect::framework::decay_f32;
use crate::plain::Plain;
use crate::spikes::SpikeList;

/// The most spikes of a neuron in a step.
const MOST: f32 = 65536.0;

/// # Errors
/// The importer's own reason.
pub(super) fn import(node: &NeuronNode, neurons: usize) -> Result<Made, String> {
    match node.kind {
        NeuronKind::CubaLif => {}
        NeuronKind::Lif => return Err("AttributeError: 'LIF' object has no attribute 'tau_mem'".into()),
        kind => return Err(format!("Cannot convert {} to rockpool module", kind.name())),
    }
    let (tau_syn, tau_mem) = (node.needed("tau_syn"), node.needed("tau_mem"));
    if tau_mem.shape().is_empty() {
        return Err("it takes no parameters that are one number without a shape".into());
    }
    let singles = |name| {
        let singles = node.needed(name).singles(neurons);
        singles.ok_or_else(|| format!("{name} does not have a number for each neuron"))
    };
    let one_more = node.needed("r").with(1.0, |r, one| one + r);
    let dt = tau_mem.and(&one_more, |tau, one_more| tau / one_more).least();
    if !dt.is_finite() {
        return Err(format!("its time step, the least tau_mem/(1 + r), is {}", Plain(dt)));
    }
    let decay = |taus: Vec<f32>| taus.iter().map(|&tau| decay_f32(dt as f32, tau)).collect::<Vec<f32>>();
    let cell = LifTorch {
        alpha: decay(singles("tau_mem")?),
        beta: decay(tau_syn.singles(neurons).ok_or("tau_syn does not have a number for each neuron")?),
        threshold: singles("v_threshold")?,
        bias: singles("v_leak")?,
        y: vec![0.0; neurons],
        v: vec![0.0; neurons],
    };
    let mut unused = Vec::new();
    if !node.w_in().all_close_to(1.0) {
        unused.push("w_in");
    }
    let gains: Vec<f32> = cell.beta.iter().map(|beta| beta / (1.0 - beta)).collect();
    let update = Update {
        made: "LIFTorch(tau_mem, tau_syn, threshold, bias, dt)".into(),
        rule: "y ← y + I; v ← exp(−dt/τ_mem)v; y ← exp(−dt/τ_syn)y; v ← v + y + v_leak; floor(v/θ) spikes where v ≥ θ",
        dt: Some(dt),
        kept: Spread::of(&cell.alpha),
        gain: Spread::of(&gains),
        threshold: Spread::of(&cell.threshold),
        fires_at_threshold: true,
        many_spikes: true,
        reset: "the potential by the threshold, for each spike",
        unused,
    };
    Ok(Made::new(Imported::boxed(cell, &update), update))
}

/// `LIFTorch.forward`:
///
/// y <- y + I; v <- alpha v; y <- beta y; v <- (v + y) + bias; s = floor(v / threshold) where v >= threshold, at most
/// 65,536; v <- v - s threshold.
struct LifTorch {
    alpha: Vec<f32>,
    beta: Vec<f32>,
    threshold: Vec<f32>,
    bias: Vec<f32>,
    y: Vec<f32>,
    v: Vec<f32>,
}

impl Cell for LifTorch {
    fn rest(&mut self) {
        self.y.fill(0.0);
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        for (i, &current) in currents.iter().enumerate() {
            let threshold = self.threshold[i];
            self.y[i] += current;
            self.y[i] *= self.beta[i];
            let mut v = self.v[i] * self.alpha[i];
            v = (v + self.y[i]) + self.bias[i];
            let fires = if v >= threshold { (v / threshold).floor().min(MOST) } else { 0.0 };
            self.v[i] = v - fires * threshold;
            spikes.push(i, fires as u32);
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
