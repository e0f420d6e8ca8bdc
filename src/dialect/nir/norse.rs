//! What Norse 1.1.0 makes of NIR's neurons (`norse/torch/utils/import_nir.py`, `_import_norse_module`), with the neurons of
//! `norse/torch/functional/lif_box.py`, `leaky_integrator_box.py` and `iaf.py`.

use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::spikes::SpikeList;

/// `dt` is the time step that is handed to the importer, s.
///
/// # Errors
/// Why it makes no neurons of the node.
pub(super) fn import(node: &NeuronNode, neurons: usize, dt: f64) -> Result<Made, String> {
    let get = |name| {
        let singles = node.needed(name).singles(neurons);
        singles.ok_or_else(|| format!("{name} does not have a number for each neuron"))
    };
    // dt times the inverse of the time constant, both in 32 bits.
    let share = |tau: Vec<f32>| tau.iter().map(|tau| dt as f32 * tau.recip()).collect::<Vec<f32>>();
    if !node.kind.spikes() {
        return Err(format!("it imports no {} and leaves the node out without a word", node.kind.name()));
    }
    let threshold = get("v_threshold")?;
    let mut unused = Vec::new();
    let (membrane, synapse) = match node.kind {
        NeuronKind::If => (None, None),
        NeuronKind::Lif => (Some((share(get("tau")?), get("v_leak")?)), None),
        _ => {
            let w_in = node.w_in().singles(neurons).ok_or("w_in does not have a number for each neuron")?;
            let synapse =
                Synapse { share: share(get("tau_syn")?), w_in, r: get("r")?, y: vec![0.0; neurons] };
            (Some((share(get("tau_mem")?), get("v_leak")?)), Some(synapse))
        }
    };
    if node.kind != NeuronKind::CubaLif && !node.needed("r").all_close_to(1.0) {
        unused.push("r");
    }
    let gain = match (&membrane, &synapse) {
        (None, _) => Spread::one(1.0),
        (Some((share, _)), None) => Spread::of(share),
        (Some((share, _)), Some(Synapse { w_in, r, .. })) => {
            let gains = share.iter().zip(w_in).zip(r).map(|((share, w), r)| share * w * r);
            Spread::of(&gains.collect::<Vec<f32>>())
        }
    };
    let kept = membrane.as_ref().map_or(Spread::one(1.0), |(share, _)| {
        Spread::of(&share.iter().map(|share| 1.0 - share).collect::<Vec<f32>>())
    });
    let (made, rule) = match node.kind {
        NeuronKind::If => ("IAFCell(v_th)", "v ← v + I; a spike where v − θ > 0"),
        NeuronKind::Lif => (
            "LIFBoxCell(tau_mem_inv, v_leak, v_th)",
            "v ← v + dt/τ ((I + v_leak) − v); a spike where v − θ > 0",
        ),
        _ => (
            "LIBoxCell(tau_syn) and LIFBoxCell(tau_mem)",
            "i ← i + dt/τ_syn ((v_leak − i) + w_in I); v ← v + dt/τ_mem ((r i + v_leak) − v); a spike where v − θ > 0",
        ),
    };
    let update = Update {
        made: made.into(),
        rule,
        dt: Some(dt),
        kept,
        gain,
        threshold: Spread::of(&threshold),
        fires_at_threshold: false,
        many_spikes: false,
        reset: "the potential to 0, at once",
        unused,
    };
    let mut cell = BoxCell { membrane, synapse, threshold, v: vec![0.0; neurons] };
    cell.rest();
    Ok(Made::new(Imported::boxed(cell, &update), update))
}

/// `lif_box_feed_forward_step`, or without a membrane `iaf_feed_forward_step`.
struct BoxCell {
    /// dt/tau_mem and v_leak of each neuron.
    membrane: Option<(Vec<f32>, Vec<f32>)>,
    synapse: Option<Synapse>,
    threshold: Vec<f32>,
    v: Vec<f32>,
}

/// `li_box_feed_forward_step`, with the factors before and after it in the importer's `CubaLIF`.
struct Synapse {
    /// dt/tau_syn.
    share: Vec<f32>,
    w_in: Vec<f32>,
    r: Vec<f32>,
    y: Vec<f32>,
}

impl Synapse {
    fn step(&mut self, n: usize, leak: f32, current: f32) -> f32 {
        let x = self.w_in[n] * current;
        self.y[n] += self.share[n] * ((leak - self.y[n]) + x);
        self.r[n] * self.y[n]
    }
}

impl Cell for BoxCell {
    fn rest(&mut self) {
        let Self { membrane, synapse, v, .. } = self;
        match membrane {
            Some((_, leak)) => v.copy_from_slice(leak),
            None => v.fill(0.0),
        }
        if let (Some(Synapse { y, .. }), Some((_, leak))) = (synapse, membrane) {
            y.copy_from_slice(leak);
        }
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        for (n, &current) in currents.iter().enumerate() {
            let v = self.v[n];
            let u = match &self.membrane {
                None => v + current,
                Some((share, leak)) => {
                    let leak = leak[n];
                    let drive = match &mut self.synapse {
                        Some(synapse) => synapse.step(n, leak, current),
                        None => current,
                    };
                    v + share[n] * ((drive + leak) - v)
                }
            };
            let fires = u - self.threshold[n] > 0.0;
            // (1 - z) u + z 0.
            self.v[n] = if fires { 0.0 * u } else { u };
            spikes.push(n, u32::from(fires));
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
