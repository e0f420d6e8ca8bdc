//! The network during training: 784-128-10, ReLU, softmax, no biases.

use candle_core::backprop::GradStore;
use candle_core::{D, Device, Result, Tensor, Var};
use candle_nn::ops::log_softmax;
use spikepad::PIXELS;

use crate::random::{Purpose, Stream};

/// Hidden neurons of the shipped network.
pub const HIDDEN: usize = 128;

/// Classes.
pub const CLASSES: usize = 10;

/// Weights, `[inputs, outputs]` each.
pub struct Network {
    /// `[784, hidden]`.
    pub hidden: Var,
    /// `[hidden, 10]`.
    pub output: Var,
}

/// The weights at the start or at the end of a run, row-major.
#[derive(Debug, Clone)]
pub struct Trained {
    /// Weights of the hidden layer, `[784, hidden]`.
    pub hidden: Vec<f32>,
    /// Weights of the output layer, `[hidden, 10]`.
    pub output: Vec<f32>,
}

impl Network {
    /// Random weights. A digit inks about a tenth of the pixels, 80. The standard deviation of the hidden
    /// layer is half of that of K. He et al. ("Delving deep into rectifiers", 2015) for 80 inputs, because
    /// strokes have full ink.
    pub fn new(seed: u64, hidden: usize) -> Result<Self> {
        let random = |index: u64, inputs: usize, outputs: usize, deviation: f32| {
            let mut stream = Stream::new(seed, Purpose::Weights, 0, index);
            let weights = (0..inputs * outputs).map(|_| deviation * stream.normal()).collect::<Vec<_>>();
            Var::from_vec(weights, (inputs, outputs), &Device::Cpu)
        };
        Ok(Self {
            hidden: random(0, PIXELS, hidden, (2.0 / 80.0f32).sqrt() * 0.5)?,
            output: random(1, hidden, CLASSES, (1.0 / hidden as f32).sqrt())?,
        })
    }

    /// Weights that have been trained before.
    pub fn from_weights(trained: &Trained) -> Result<Self> {
        let hidden = trained.hidden.len() / PIXELS;
        Ok(Self {
            hidden: Var::from_vec(trained.hidden.clone(), (PIXELS, hidden), &Device::Cpu)?,
            output: Var::from_vec(trained.output.clone(), (hidden, CLASSES), &Device::Cpu)?,
        })
    }

    /// The weights that training changes.
    pub fn vars(&self) -> Vec<Var> {
        vec![self.hidden.clone(), self.output.clone()]
    }

    /// Cross entropy of a batch, `[digits, 784]`, against `targets`, `[digits, 10]`, and its gradients. With a
    /// `ceiling` the loss is the mean of two cross entropies: that of the ANN, and that of the ANN with hidden
    /// activations limited to `ceiling`. Spiking neurons saturate in the same way, because they fire at most
    /// once per step.
    pub fn gradients(
        &self,
        input: &Tensor,
        targets: &Tensor,
        ceiling: Option<f64>,
    ) -> Result<(Tensor, GradStore)> {
        // The hidden layer's drive is a leaf here. Otherwise Candle would also compute the gradient of the
        // input, which is not needed and costs as much as everything else.
        let drive = Var::from_tensor(&input.matmul(&self.hidden)?)?;
        let active = drive.relu()?;
        let mut loss = self.loss(&active, targets)?;
        if let Some(ceiling) = ceiling {
            let saturated = (&active - (drive.as_tensor() - ceiling)?.relu()?)?;
            loss = ((loss + self.loss(&saturated, targets)?)? * 0.5)?;
        }
        let mut gradients = loss.backward()?;
        if let Some(of_drive) = gradients.remove(&drive) {
            gradients.insert(&self.hidden, input.t()?.matmul(&of_drive)?);
        }
        Ok((loss, gradients))
    }

    /// Mean cross entropy of a batch with the hidden activations `active`.
    fn loss(&self, active: &Tensor, targets: &Tensor) -> Result<Tensor> {
        (log_softmax(&active.matmul(&self.output)?, D::Minus1)? * targets)?.sum(D::Minus1)?.mean(0)?.neg()
    }
}
