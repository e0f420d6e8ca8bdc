//! NIR's own equations in steps of forward Euler (J. E. Pedersen et al., 2024, table 1; `nir/ir/neuron.py` of nir 1.0.8).
//! Each neuron has its own parameters, and every kind of node is run.

use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::spikes::SpikeList;

/// `dt` is the time step, s.
///
/// # Errors
/// Which parameter does not have a number for each neuron.
pub(super) fn import(node: &NeuronNode, neurons: usize, dt: f64) -> Result<Made, String> {
    let kind = node.kind;
    let missing = |name: &str| format!("{name} does not have a number for each neuron");
    let of = |name: &'static str| node.needed(name).doubles(neurons).ok_or_else(|| missing(name));
    let shares = |name| Ok::<_, String>(of(name)?.iter().map(|tau| dt / tau).collect::<Vec<f64>>());
    let leaks = !matches!(kind, NeuronKind::If | NeuronKind::I);
    let is_cuba = matches!(kind, NeuronKind::CubaLif | NeuronKind::CubaLi);
    let membrane =
        leaks.then(|| Ok::<_, String>((shares(if is_cuba { "tau_mem" } else { "tau" })?, of("v_leak")?)));
    let synapse = is_cuba.then(|| {
        let w_in = node.w_in().doubles(neurons).ok_or_else(|| missing("w_in"))?;
        Ok::<_, String>((shares("tau_syn")?, w_in))
    });
    let fire = kind.spikes().then(|| {
        let v_reset = node.v_reset().doubles(neurons).ok_or_else(|| missing("v_reset"))?;
        Ok::<_, String>((of("v_threshold")?, v_reset))
    });
    let cell = Euler {
        dt,
        r: of("r")?,
        membrane: membrane.transpose()?,
        synapse: synapse.transpose()?,
        fire: fire.transpose()?,
        i: vec![0.0; neurons],
        v: vec![0.0; neurons],
        membranes: vec![0.0; neurons],
    };
    let gain = |n: usize| {
        let share = cell.membrane.as_ref().map_or(dt, |(share, _)| share[n]);
        share * cell.r[n] * cell.synapse.as_ref().map_or(1.0, |(_, w_in)| w_in[n])
    };
    let gains: Vec<f64> = (0..neurons).map(gain).collect();
    let update = Update {
        made: kind.name().into(),
        rule: match kind {
            NeuronKind::Lif => "v ← v + dt/τ ((v_leak − v) + rI); a spike where v > θ",
            NeuronKind::Li => "v ← v + dt/τ ((v_leak − v) + rI)",
            NeuronKind::If => "v ← v + dt rI; a spike where v > θ",
            NeuronKind::I => "v ← v + dt rI",
            NeuronKind::CubaLif => {
                "i ← i + dt/τ_syn (w_in I − i); v ← v + dt/τ_mem ((v_leak − v) + ri); a spike where v > θ"
            }
            NeuronKind::CubaLi => "i ← i + dt/τ_syn (w_in I − i); v ← v + dt/τ_mem ((v_leak − v) + ri)",
        },
        dt: Some(dt),
        kept: cell.membrane.as_ref().map_or(Spread::one(1.0), |(share, _)| {
            Spread::of(&share.iter().map(|share| 1.0 - share).collect::<Vec<f64>>())
        }),
        gain: Spread::of(&gains),
        threshold: cell.fire.as_ref().map_or(Spread::one(f64::INFINITY), |(v, _)| Spread::of(v)),
        fires_at_threshold: false,
        many_spikes: false,
        reset: if kind.spikes() { "the potential to v_reset, at once" } else { "nothing" },
        unused: Vec::new(),
    };
    let mut cell = cell;
    cell.rest();
    let made = Made::new(Imported::boxed(cell, &update), update);
    Ok(if kind.spikes() { made } else { made.graded() })
}

/// A Threshold node: a spike where the input of the step is above the threshold.
///
/// # Errors
/// If there is not a threshold for each neuron.
pub(super) fn threshold(node: &super::array::NodeArray, neurons: usize) -> Result<Made, String> {
    let threshold = node.doubles(neurons).ok_or("the threshold does not have a number for each neuron")?;
    let update = Update {
        made: "Threshold".into(),
        rule: "a spike where I > θ",
        dt: None,
        kept: Spread::one(0.0),
        gain: Spread::one(1.0),
        threshold: Spread::of(&threshold),
        fires_at_threshold: false,
        many_spikes: false,
        reset: "nothing",
        unused: Vec::new(),
    };
    let cell = Step { threshold, v: vec![0.0; neurons] };
    Ok(Made::new(Imported::boxed(cell, &update), update))
}

/// A step of forward Euler. The current of a synapse advances first, as in Norse, and the membrane takes the new one.
struct Euler {
    dt: f64,
    r: Vec<f64>,
    /// dt/tau and v_leak.
    membrane: Option<(Vec<f64>, Vec<f64>)>,
    /// dt/tau_syn and w_in.
    synapse: Option<(Vec<f64>, Vec<f64>)>,
    /// v_threshold and v_reset.
    fire: Option<(Vec<f64>, Vec<f64>)>,
    i: Vec<f64>,
    v: Vec<f64>,
    membranes: Vec<f32>,
}

impl Cell for Euler {
    fn rest(&mut self) {
        self.i.fill(0.0);
        match &self.membrane {
            Some((_, leak)) => self.v.copy_from_slice(leak),
            None => self.v.fill(0.0),
        }
        self.membranes.iter_mut().zip(&self.v).for_each(|(membrane, &v)| *membrane = v as f32);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        for (n, &current) in currents.iter().enumerate() {
            let current = match &self.synapse {
                Some((share, w_in)) => {
                    self.i[n] += share[n] * (w_in[n] * f64::from(current) - self.i[n]);
                    self.i[n]
                }
                None => f64::from(current),
            };
            let drive = self.r[n] * current;
            let v = &mut self.v[n];
            *v += match &self.membrane {
                Some((share, leak)) => share[n] * ((leak[n] - *v) + drive),
                None => self.dt * drive,
            };
            if let Some((threshold, reset)) = &self.fire
                && *v > threshold[n]
            {
                *v = reset[n];
                spikes.push(n, 1);
            }
            self.membranes[n] = *v as f32;
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.membranes
    }
}

struct Step {
    threshold: Vec<f64>,
    v: Vec<f32>,
}

impl Cell for Step {
    fn rest(&mut self) {
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        self.v.copy_from_slice(currents);
        for (n, (&current, &threshold)) in currents.iter().zip(&self.threshold).enumerate() {
            spikes.push(n, u32::from(f64::from(current) > threshold));
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
