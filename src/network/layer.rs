//! One fully connected layer.

use ndarray::Array1;

use super::activation::Activation;
use super::error::NetworkError;
use super::weights::Weights;

/// A fully connected layer: activation(input x weights + bias).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Layer {
    /// Its name in the model's file.
    pub name: String,
    /// Its weights, `[inputs, outputs]`.
    pub weights: Weights,
    /// What is added to the weighted sum of each neuron, `[outputs]`, in the unit of the sums; `None` for a layer
    /// without biases.
    pub bias: Option<Array1<f32>>,
    /// The function that is applied to the sums.
    pub activation: Activation,
}

impl Layer {
    /// A layer without biases.
    #[must_use]
    pub fn new(name: impl Into<String>, weights: Weights, activation: Activation) -> Self {
        Self { name: name.into(), weights, bias: None, activation }
    }

    /// Replaces the biases of the layer: `bias` is `[outputs]`.
    #[must_use]
    pub fn with_bias(self, bias: Array1<f32>) -> Self {
        Self { bias: Some(bias), ..self }
    }

    /// Checks that the numbers of the layer are finite and fit together. Does not check its shape.
    pub(super) fn check(&self) -> Result<(), NetworkError> {
        let layer = || self.name.clone();
        let (_, outputs) = self.weights.shape();
        let length = |what, found| {
            let fits = found == outputs;
            if fits { Ok(()) } else { Err(NetworkError::Length { layer: layer(), outputs, what, found }) }
        };
        let finite_weights = match &self.weights {
            Weights::Float(weights) => weights.iter().all(|w| w.is_finite()),
            Weights::Int8 { scales, .. } => {
                length("scales", scales.len())?;
                // The largest weight is finite only where 128 times its scale is.
                scales.iter().all(|s| (s * 128.0).is_finite())
            }
        };
        let mut finite_bias = true;
        if let Some(bias) = &self.bias {
            length("biases", bias.len())?;
            finite_bias = bias.iter().all(|b| b.is_finite());
        }
        let what = match (finite_weights, finite_bias, self.activation.is_finite()) {
            (true, true, true) => return Ok(()),
            (false, ..) => "weight",
            (_, false, _) => "bias",
            (_, _, false) => "parameter of its activation",
        };
        Err(NetworkError::NotFinite { layer: layer(), what })
    }
}
