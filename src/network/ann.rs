//! The trained network: layers of weights, and the artificial neural network (ANN) that they were
//! trained as.

use std::sync::Arc;

use ndarray::{Array1, Array2};
use thiserror::Error;

use super::synapses::{LANES, Synapses};
use super::weights::Weights;
use crate::digit::{Digit, DigitError, SIDES, side_of};

/// The most neurons of one layer.
pub const MAX_NEURONS: usize = 1 << 16;

/// The most weights of a network: 64 million. The neurons of a layer count as whole blocks of 64, as they lie in memory.
pub const MAX_WEIGHTS: usize = 64 << 20;

/// The most layers of a network.
pub const MAX_LAYERS: usize = 256;

/// Why layers cannot be joined to a network.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// There is no layer.
    #[error("a network needs at least one layer")]
    NoLayers,
    /// There are too many layers.
    #[error("the network has {layers} layers; at most {MAX_LAYERS} are read")]
    TooManyLayers {
        /// Layers of the network.
        layers: usize,
    },
    /// A layer has no neurons or inputs, or too many, or with it the network has too many weights.
    #[error(
        "layer '{layer}' has shape {inputs} x {outputs}; each side must be 1 to {MAX_NEURONS}, \
         and all layers together have at most {MAX_WEIGHTS} weights"
    )]
    Size {
        /// Name of the layer.
        layer: String,
        /// Its inputs.
        inputs: usize,
        /// Its neurons.
        outputs: usize,
    },
    /// The number of inputs of the first layer is not the number of pixels of a square digit.
    #[error(
        "layer '{layer}' takes {inputs} inputs; the first layer takes the pixels of a square of \
         {least} x {least} to {most} x {most}, and weights are stored as [inputs, outputs]",
        least = SIDES.start(),
        most = SIDES.end()
    )]
    Inputs {
        /// Name of the layer.
        layer: String,
        /// Its inputs.
        inputs: usize,
    },
    /// A layer takes another number of inputs than the layer before it has neurons.
    #[error(
        "layer '{layer}' takes {inputs} inputs, but the layer before it has {expected} neurons; \
         weights are stored as [inputs, outputs]"
    )]
    Chain {
        /// Name of the layer.
        layer: String,
        /// Inputs of the layer.
        inputs: usize,
        /// Neurons of the layer before it.
        expected: usize,
    },
    /// The number of scales is not the number of neurons.
    #[error("layer '{layer}' has {outputs} neurons, but {scales} scales")]
    Scales {
        /// Name of the layer.
        layer: String,
        /// Its neurons.
        outputs: usize,
        /// Scales that were given.
        scales: usize,
    },
    /// A weight or a scale is infinite or not a number.
    #[error("layer '{layer}' has a weight that is not a finite number")]
    NotFinite {
        /// Name of the layer.
        layer: String,
    },
}

/// One fully connected layer without biases.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its name in the model's file.
    pub name: String,
    /// Its weights, `[inputs, outputs]`.
    pub weights: Weights,
}

/// An ANN of fully connected layers without biases, with ReLU between them and softmax at the end. A
/// spiking network is converted from its weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
    /// The weights of each layer as floats, `[inputs, outputs]`.
    float: Vec<Array2<f32>>,
    /// The weights of each layer in the order in which the simulation reads them.
    synapses: Vec<Arc<Synapses>>,
}

impl Network {
    /// Joins layers. The first layer takes the pixels of a [`Digit`] of 8 x 8 to 64 x 64 pixels.
    ///
    /// # Errors
    /// [`NetworkError`] names the layer whose shape or numbers do not fit.
    pub fn new(layers: Vec<Layer>) -> Result<Self, NetworkError> {
        if layers.is_empty() {
            return Err(NetworkError::NoLayers);
        }
        if layers.len() > MAX_LAYERS {
            return Err(NetworkError::TooManyLayers { layers: layers.len() });
        }
        let mut before: Option<usize> = None;
        let mut in_blocks = 0_u64;
        for Layer { name, weights } in &layers {
            let layer = || name.clone();
            let (inputs, outputs) = weights.shape();
            let in_range = |n| (1..=MAX_NEURONS).contains(&n);
            if in_range(inputs) && in_range(outputs) {
                in_blocks += inputs as u64 * outputs.next_multiple_of(LANES) as u64;
            }
            if !in_range(inputs) || !in_range(outputs) || in_blocks > MAX_WEIGHTS as u64 {
                return Err(NetworkError::Size { layer: layer(), inputs, outputs });
            }
            match before {
                None if side_of(inputs).is_none() => {
                    return Err(NetworkError::Inputs { layer: layer(), inputs });
                }
                Some(expected) if inputs != expected => {
                    return Err(NetworkError::Chain { layer: layer(), inputs, expected });
                }
                _ => before = Some(outputs),
            }
            let finite = match weights {
                Weights::Float(weights) => weights.iter().all(|w| w.is_finite()),
                Weights::Int8 { scales, .. } => {
                    if scales.len() != outputs {
                        return Err(NetworkError::Scales { layer: layer(), outputs, scales: scales.len() });
                    }
                    // The largest weight is finite only where 128 times its scale is.
                    scales.iter().all(|s| (s * 128.0).is_finite())
                }
            };
            if !finite {
                return Err(NetworkError::NotFinite { layer: layer() });
            }
        }
        let float = layers.iter().map(|layer| layer.weights.to_float()).collect();
        let synapses = layers.iter().map(|layer| Arc::new(Synapses::new(&layer.weights))).collect();
        Ok(Self { layers, float, synapses })
    }

    /// The layers, input side first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of inputs: the pixels of the digits that the network takes.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.layers[0].weights.shape().0
    }

    /// The number of neurons of every layer, the inputs first.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        std::iter::once(self.inputs())
            .chain(self.layers.iter().map(|layer| layer.weights.shape().1))
            .collect()
    }

    /// The number of classes: the neurons of the last layer.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.layers[self.layers.len() - 1].weights.shape().1
    }

    /// The number of weights in all layers.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.float.iter().map(Array2::len).sum()
    }

    /// The weights of a layer as floats, `[inputs, outputs]`. Layers are counted from 0.
    #[must_use]
    pub fn weights(&self, layer: usize) -> Option<&Array2<f32>> {
        self.float.get(layer)
    }

    pub(crate) fn synapses(&self) -> &[Arc<Synapses>] {
        &self.synapses
    }

    /// The activations of every layer of the ANN, `[neurons]` each: ReLU of the weighted sums in hidden
    /// layers, the weighted sums (logits) in the last layer. The sums are taken in the order of the inputs,
    /// so they are the same numbers on every platform.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit has another number of pixels than the network has inputs.
    pub fn activations(&self, digit: &Digit) -> Result<Vec<Array1<f32>>, DigitError> {
        digit.check_inputs(self.inputs())?;
        let mut activations = Vec::with_capacity(self.float.len());
        let mut input: Vec<f32> = digit.intensities().collect();
        for (i, weights) in self.float.iter().enumerate() {
            let mut sums = weighted_sum(&input, weights);
            if i + 1 < self.float.len() {
                sums.iter_mut().for_each(|sum| *sum = sum.max(0.0));
            }
            input.clone_from(&sums);
            activations.push(Array1::from(sums));
        }
        Ok(activations)
    }

    /// The most probable class; `None` if all logits are NaN.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn classify(&self, digit: &Digit) -> Result<Option<usize>, DigitError> {
        let activations = self.activations(digit)?;
        let logits = activations[activations.len() - 1].iter().enumerate();
        let numbers = logits.filter(|(_, logit)| !logit.is_nan());
        // Among equals the first wins.
        let best = numbers.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)));
        Ok(best.map(|(class, _)| class))
    }

    /// The ANN's probability of each class, `[classes]`: the softmax of the last activations.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn probabilities(&self, digit: &Digit) -> Result<Vec<f32>, DigitError> {
        let activations = self.activations(digit)?;
        let logits = &activations[activations.len() - 1];
        let largest = logits.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        let powers: Array1<f32> = logits.iter().map(|logit| libm::expf(logit - largest)).collect();
        let sum = powers.sum();
        Ok(powers.iter().map(|power| power / sum).collect())
    }
}

fn weighted_sum(input: &[f32], weights: &Array2<f32>) -> Vec<f32> {
    let mut sums = vec![0.0; weights.ncols()];
    // The compiler uses vector instructions only for contiguous numbers. Slices are contiguous.
    let rows = weights.as_slice().unwrap_or_default().chunks_exact(sums.len());
    for (&x, row) in input.iter().zip(rows) {
        // Most pixels are blank and most neurons are silent; they add nothing.
        if x != 0.0 {
            sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += x * weight);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;

    fn layer(name: &str, weights: Array2<f32>) -> Layer {
        Layer { name: name.into(), weights: Weights::Float(weights) }
    }

    /// Ink only in pixels 0 (full) and 1 (a fifth).
    fn two_pixels() -> Digit {
        let mut ink = [0; PIXELS];
        ink[0] = 255;
        ink[1] = 51;
        Digit::from_ink(&ink).unwrap()
    }

    #[test]
    fn the_forward_pass_is_relu_then_softmax() {
        let mut first = Array2::zeros((PIXELS, 2));
        first[[0, 0]] = 1.0;
        first[[1, 0]] = 5.0;
        first[[0, 1]] = -1.0;
        let second = ndarray::array![[1.0, 2.0, 0.5], [9.0, 9.0, 9.0]];
        let network = Network::new(vec![layer("hidden", first), layer("output", second)]).unwrap();
        let activations = network.activations(&two_pixels()).unwrap();
        assert_eq!(activations[0].to_vec(), [2.0, 0.0]);
        assert_eq!(activations[1].to_vec(), [2.0, 4.0, 1.0]);
        let probabilities = network.probabilities(&two_pixels()).unwrap();
        let sum: f64 = [2.0f64, 4.0, 1.0].map(f64::exp).iter().sum();
        for (p, logit) in probabilities.iter().zip([2.0f64, 4.0, 1.0]) {
            assert!((f64::from(*p) - logit.exp() / sum).abs() < 1e-6);
        }
        assert_eq!(network.sizes(), [784, 2, 3]);
        assert_eq!(network.parameters(), 784 * 2 + 6);
    }

    #[test]
    fn huge_logits_do_not_overflow_the_softmax() {
        let network =
            Network::new(vec![layer("output", Array2::from_shape_fn((PIXELS, 2), |(_, j)| 1e30 * j as f32))]);
        assert_eq!(network.unwrap().probabilities(&two_pixels()).unwrap(), [0.0, 1.0]);
    }

    #[test]
    fn errors_name_what_does_not_fit() {
        let new = |layers: Vec<Layer>| Network::new(layers).unwrap_err();
        assert_eq!(new(vec![]), NetworkError::NoLayers);
        let transposed = new(vec![layer("hidden", Array2::zeros((128, PIXELS)))]);
        assert_eq!(transposed, NetworkError::Inputs { layer: "hidden".into(), inputs: 128 });
        let small = Network::new(vec![layer("a", Array2::zeros((196, 5)))]).unwrap();
        let error = DigitError::Inputs { side: 28, inputs: 196 };
        assert_eq!(small.classify(&two_pixels()), Err(error.clone()));
        assert_eq!(small.probabilities(&two_pixels()), Err(error));
        let chain =
            new(vec![layer("a", Array2::zeros((PIXELS, 5))), layer("b", Array2::zeros((6, 2)))]).to_string();
        assert!(chain.contains("'b' takes 6 inputs, but the layer before it has 5"), "{chain}");
        let none = new(vec![layer("a", Array2::zeros((PIXELS, 0)))]);
        assert!(matches!(none, NetworkError::Size { outputs: 0, .. }));
        let nan = new(vec![layer("a", Array2::from_elem((PIXELS, 1), f32::NAN))]);
        assert_eq!(nan, NetworkError::NotFinite { layer: "a".into() });
        let weights = Weights::Int8 { integers: Array2::zeros((PIXELS, 2)), scales: Array1::zeros(3) };
        let scales = new(vec![Layer { name: "a".into(), weights }]);
        assert_eq!(scales, NetworkError::Scales { layer: "a".into(), outputs: 2, scales: 3 });
    }
}
