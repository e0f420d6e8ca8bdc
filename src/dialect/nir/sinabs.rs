//! What Sinabs 3.1.3 makes of NIR's neurons (`sinabs/nir.py`, `_import_sinabs_module`), with the neurons of
//! `sinabs/layers/functional/lif.py`, `lif_forward_single`, which fire several times in a step and subtract the threshold.

use super::cell::{Cell, Imported, Spread, Update};
use super::graph::{NeuronKind, NeuronNode};
use super::layer::Made;
use crate::dialect::framework::decay_f32;
use crate::dialect::real::Real;
use crate::spikes::SpikeList;

/// # Errors
/// The importer's own reason.
pub(super) fn import(node: &NeuronNode, neurons: usize) -> Result<Made, String> {
    let is_leaky = node.kind != NeuronKind::If;
    match node.kind {
        NeuronKind::Lif | NeuronKind::Li => {
            let v_leak = node.needed("v_leak");
            if v_leak.shape().is_empty() {
                return Err("AttributeError: 'numpy.float32' object has no attribute 'unsqueeze' (v_leak is one number \
                            without a shape)"
                    .into());
            }
            if v_leak.values().iter().any(|&v| v != 0.0) {
                return Err("`v_leak` must be 0".into());
            }
            if node.kind == NeuronKind::Li && node.needed("r").values().iter().any(|&r| r != 1.0) {
                return Err("`r` must be 1".into());
            }
        }
        NeuronKind::If => {}
        kind => return Err(format!("it imports no {}", kind.name())),
    }
    let as_many = |name| {
        node.needed(name)
            .singles(neurons)
            .ok_or_else(|| format!("{name} does not have a number for each neuron"))
    };
    let alpha: Vec<f32> = if is_leaky {
        as_many("tau")?.iter().map(|&tau| decay_f32(1.0, tau)).collect()
    } else {
        vec![1.0; neurons]
    };
    let is_graded = node.kind == NeuronKind::Li;
    let threshold = if is_graded { None } else { Some(node.needed("v_threshold")) };
    let clamps = node.kind == NeuronKind::If;
    let spread = threshold.map_or(Spread::one(f64::INFINITY), |threshold| Spread::of(threshold.values()));
    let unused = if is_graded || node.needed("r").all_close_to(1.0) { Vec::new() } else { vec!["r"] };
    let update = Update {
        made: match node.kind {
            NeuronKind::Lif => "LIFSqueeze(tau_mem, spike_threshold, norm_input=False)".into(),
            NeuronKind::Li => "ExpLeakSqueeze(tau_mem, norm_input=False)".into(),
            _ => "IAFSqueeze(spike_threshold, min_v_mem=-spike_threshold)".into(),
        },
        rule: match node.kind {
            NeuronKind::Lif => "v ← exp(−1/τ)v + I with τ in steps; trunc(v/θ) spikes where v > 0",
            NeuronKind::Li => "v ← exp(−1/τ)v + I with τ in steps",
            _ => "v ← v + I; trunc(v/θ) spikes where v > 0; v ≥ −θ",
        },
        dt: None,
        kept: Spread::of(&alpha),
        gain: Spread::one(1.0),
        threshold: spread,
        fires_at_threshold: true,
        many_spikes: !is_graded,
        reset: if is_graded { "nothing" } else { "the potential by the threshold, for each spike" },
        unused,
    };
    // A threshold in 64 bits makes the potentials 64 bits wide as well.
    let neurons = match threshold {
        Some(threshold) if !threshold.is_single() => {
            let threshold =
                threshold.doubles(neurons).ok_or("v_threshold does not have a number for each neuron")?;
            Imported::boxed(Lif::<f64>::new(alpha, threshold, clamps), &update)
        }
        Some(_) => Imported::boxed(Lif::<f32>::new(alpha, as_many("v_threshold")?, clamps), &update),
        None => Imported::boxed(Lif::<f32>::new(alpha, Vec::new(), false), &update),
    };
    let made = Made::new(neurons, update);
    Ok(if is_graded { made.graded() } else { made })
}

/// `lif_forward_single` with `MultiSpike` and `MembraneSubtract`: v <- alpha v + I; s = trunc(v / threshold) where v > 0;
/// v <- v - s threshold. With `clamps`, then v <- max(v + threshold, 0) - threshold.
struct Lif<R> {
    alpha: Vec<f32>,
    /// Empty for neurons that do not spike.
    threshold: Vec<R>,
    clamps: bool,
    v: Vec<R>,
    /// `v` in 32 bits.
    membranes: Vec<f32>,
}

impl<R: Real + Arithmetic> Lif<R> {
    fn new(alpha: Vec<f32>, threshold: Vec<R>, clamps: bool) -> Self {
        let (v, membranes) = (vec![R::ZERO; alpha.len()], vec![0.0; alpha.len()]);
        Self { alpha, threshold, clamps, v, membranes }
    }
}

/// What the update needs besides.
pub(super) trait Arithmetic:
    std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Div<Output = Self>
    + std::ops::Neg<Output = Self>
    + Sized
{
    fn trunc(self) -> Self;
}

impl Arithmetic for f32 {
    fn trunc(self) -> Self {
        self.trunc()
    }
}

impl Arithmetic for f64 {
    fn trunc(self) -> Self {
        self.trunc()
    }
}

impl<R: Real + Arithmetic> Cell for Lif<R> {
    fn rest(&mut self) {
        self.v.fill(R::ZERO);
        self.membranes.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        let states = self.v.iter_mut().zip(&mut self.membranes).zip(&self.alpha);
        for (i, (((v, membrane), &alpha), &current)) in states.zip(currents).enumerate() {
            *v = R::from_f64(alpha.into()) * *v + R::from_f64(current.into());
            let Some(&threshold) = self.threshold.get(i) else {
                *membrane = v.to_f64() as f32;
                continue;
            };
            let fires = if *v > R::ZERO { (*v / threshold).trunc().to_f64() as f32 } else { 0.0 };
            *v = *v - R::from_f64(fires.into()) * threshold;
            if self.clamps {
                let above = *v - -threshold;
                *v = (if above > R::ZERO { above } else { R::ZERO }) + -threshold;
            }
            *membrane = v.to_f64() as f32;
            spikes.push(i, fires as u32);
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.membranes
    }
}
