//! The network as LIF neurons while it learns: a gradient through a few steps of spikes.

use candle_core::backprop::GradStore;
use candle_core::{D, DType, Result, Tensor, Var};
use candle_nn::ops::log_softmax;

use spikepad::Reset;

use crate::network::Network;

/// The hidden layer as spiking neurons: as [`spikepad::Lif`] with threshold 1.
#[derive(Debug, Clone, Copy)]
pub struct Membranes {
    /// Factor on the hidden layer's weights.
    pub gain: f64,
    /// Share of the potential that is left after a step.
    pub decay: f64,
    /// What a spike does to the potential.
    pub reset: Reset,
}

impl Network {
    /// Cross entropy of digits shown as spikes, and its gradients. `spikes` is
    /// `[digits * steps, 784]`, all steps of a digit together; `targets` is `[digits, 10]`. The
    /// scores are what the hidden spikes drive the output layer with, in the ANN's units.
    ///
    /// A spike's derivative is taken to be 1 within half a threshold of it and 0 elsewhere
    /// (E. Neftci, H. Mostafa and F. Zenke, "Surrogate gradient learning in spiking neural
    /// networks", 2019); a reset passes none on.
    pub fn spiking_gradients(
        &self,
        spikes: &Tensor,
        targets: &Tensor,
        membranes: Membranes,
    ) -> Result<(Tensor, GradStore)> {
        let digits = targets.dim(0)?;
        let steps = spikes.dim(0)? / digits;
        // A leaf, as in `gradients`.
        let drive = Var::from_tensor(&spikes.matmul(&self.hidden)?)?;
        let drives = drive.reshape((digits, steps, ()))?;
        let mut potential: Option<Tensor> = None;
        let mut count: Option<Tensor> = None;
        for step in 0..steps {
            let current = (drives.narrow(1, step, 1)?.squeeze(1)? * membranes.gain)?;
            let v = match potential {
                Some(before) => ((before * membranes.decay)? + current)?,
                None => current,
            };
            let fired = spike(&v)?;
            let reset = fired.detach();
            potential = Some(match membranes.reset {
                Reset::Zero => (v * reset.affine(-1.0, 1.0)?)?,
                Reset::Subtract => (v - reset)?,
            });
            count = Some(match count {
                Some(before) => (before + fired)?,
                None => fired,
            });
        }
        let Some(count) = count else { candle_core::bail!("a presentation needs at least one step") };
        let rates = (count / (steps as f64 * membranes.gain))?;
        let log_chances = log_softmax(&rates.matmul(&self.output)?, D::Minus1)?;
        let loss = (log_chances * targets)?.sum(D::Minus1)?.mean(0)?.neg()?;
        let mut gradients = loss.backward()?;
        if let Some(of_drive) = gradients.remove(&drive) {
            gradients.insert(&self.hidden, spikes.t()?.matmul(&of_drive)?);
        }
        Ok((loss, gradients))
    }
}

/// 1 where the potential is at the threshold or above, with the derivative of a ramp.
fn spike(potential: &Tensor) -> Result<Tensor> {
    let ramp = (potential - 0.5)?;
    let ramp = (ramp.relu()? - (ramp - 1.0)?.relu()?)?;
    let fired = potential.ge(1.0)?.to_dtype(DType::F32)?;
    (fired - &ramp)?.detach() + ramp
}
