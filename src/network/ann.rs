//! The trained network: layers of weights, and the artificial neural network (ANN) that they were
//! trained as.

use std::sync::Arc;

use ndarray::{Array1, Array2};

use super::activation::{self, Activation};
use super::any_network::ANY_NETWORK;
use super::error::NetworkError;
use super::layer::Layer;
use super::limits;
use super::synapses::Synapses;
use super::weights::Weights;
use crate::digit::{Digit, DigitError, SIDE, side_of};
#[cfg(feature = "damage")]
use crate::transmission::{Transmission, Way};

/// An ANN of fully connected layers. A spiking network is converted from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
    /// The weights of each layer whose weights are not floats already, as floats, `[inputs, outputs]`.
    float: Vec<Option<Array2<f32>>>,
    /// The weights of each layer as the simulation reads them, and the factors of its integers.
    synapses: Vec<(Arc<Synapses>, Arc<[f64]>)>,
}

impl Network {
    /// Joins layers. The first layer takes the pixels of a [`Digit`] of 8 x 8 to 64 x 64 pixels. See
    /// [`limits`] for the other limits.
    ///
    /// # Errors
    /// [`NetworkError`] names the layer whose shape or numbers do not fit.
    pub fn new(mut layers: Vec<Layer>) -> Result<Self, NetworkError> {
        limits::check(layers.iter().map(|layer| {
            let (inputs, outputs) = layer.weights.shape();
            (&*layer.name, inputs, outputs)
        }))?;
        let (mut float, mut synapses) = (Vec::new(), Vec::new());
        for layer in &mut layers {
            layer.check()?;
            let is_float = matches!(layer.weights, Weights::Float(_));
            float.push(if is_float && layer.weights.is_row_major() {
                None
            } else {
                let row_major = layer.weights.to_float();
                if is_float {
                    layer.weights = Weights::Float(row_major);
                    None
                } else {
                    Some(row_major)
                }
            });
            let (of_layer, scales) = Synapses::new(&layer.weights);
            synapses.push((Arc::new(of_layer), scales.into()));
        }
        Ok(Self { layers, float, synapses })
    }

    /// Joins layers without biases, with ReLU between them and softmax at the end: the name and the weights of each.
    ///
    /// # Errors
    /// The errors of [`Network::new`].
    pub fn without_biases(layers: impl IntoIterator<Item = (String, Weights)>) -> Result<Self, NetworkError> {
        let hidden = layers.into_iter().map(|(name, weights)| Layer::new(name, weights, Activation::Relu));
        let mut layers: Vec<Layer> = hidden.collect();
        if let Some(last) = layers.last_mut() {
            last.activation = Activation::Softmax;
        }
        Self::new(layers)
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

    /// Pixels along a side of the digits that the network takes.
    #[must_use]
    pub fn side(&self) -> usize {
        side_of(self.inputs()).unwrap_or(SIDE)
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

    /// What the spiking network cannot express of the ANN: a text for each hidden layer that is not ReLU.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let hidden = &self.layers[..self.layers.len() - 1];
        let warning = |Layer { name, activation, .. }: &Layer| {
            let text = activation.spiking_warning()?;
            Some(format!(
                "Layer '{name}' is {activation}, but spiking neurons run as ReLU. {text} \
                 So the spiking network may answer differently from the ANN."
            ))
        };
        hidden.iter().filter_map(warning).collect()
    }

    /// The number of weights and biases in all layers.
    #[must_use]
    pub fn parameters(&self) -> usize {
        let of_layer = |layer: &Layer| {
            let (inputs, outputs) = layer.weights.shape();
            inputs * outputs + layer.bias.as_ref().map_or(0, Array1::len)
        };
        self.layers.iter().map(of_layer).sum()
    }

    /// The weights of a layer as floats, `[inputs, outputs]`. Layers are counted from 0.
    #[must_use]
    pub fn weights(&self, layer: usize) -> Option<&Array2<f32>> {
        match &self.layers.get(layer)?.weights {
            Weights::Float(weights) => Some(weights),
            Weights::Int8 { .. } => self.float[layer].as_ref(),
        }
    }

    pub(crate) fn synapses(&self) -> &[(Arc<Synapses>, Arc<[f64]>)] {
        &self.synapses
    }

    /// The activations of every layer of the ANN, `[neurons]` each. In the last layer these are the weighted sums
    /// with the biases (the logits), before the activation. The sums are taken in the order of the inputs and the
    /// bias is added last, so they are the same numbers on every platform.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit has another number of pixels than the network has inputs.
    pub fn activations(&self, digit: &Digit) -> Result<Vec<Array1<f32>>, DigitError> {
        self.activations_without(digit, |_, _| false)
    }

    /// [`Self::activations`], where what a neuron sends to the next layer counts as 0 if `is_lost` says so. It is asked for a
    /// layer, the input being layer 0, and the index of a neuron in it.
    fn activations_without(
        &self,
        digit: &Digit,
        is_lost: impl Fn(usize, usize) -> bool,
    ) -> Result<Vec<Array1<f32>>, DigitError> {
        digit.check_inputs(self.inputs())?;
        let mut activations: Vec<Array1<f32>> = Vec::with_capacity(self.layers.len());
        let mut input: Vec<f32> = digit.intensities().collect();
        for (i, layer) in self.layers.iter().enumerate() {
            input
                .iter_mut()
                .enumerate()
                .filter(|&(neuron, _)| is_lost(i, neuron))
                .for_each(|(_, x)| *x = 0.0);
            let mut sums = self.sums(i, &input);
            if i + 1 < self.layers.len() {
                layer.activation.apply(&mut sums);
            }
            input.clone_from(&sums);
            activations.push(Array1::from(sums));
        }
        Ok(activations)
    }

    /// The weighted sums of layer `i` with the biases, `[neurons]`, for the activations `input` of the layer before.
    pub(super) fn sums(&self, i: usize, input: &[f32]) -> Vec<f32> {
        let mut sums = self.weights(i).map_or_else(Vec::new, |weights| weighted_sum(input, weights));
        if let Some(bias) = &self.layers[i].bias
            && ANY_NETWORK
        {
            sums.iter_mut().zip(bias).for_each(|(sum, bias)| *sum += bias);
        }
        sums
    }

    /// The class with the largest output; `None` if all outputs are NaN. Among equals the first wins.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn classify(&self, digit: &Digit) -> Result<Option<usize>, DigitError> {
        Ok(self.class_of(self.logits(digit)?))
    }

    /// The class with the largest output, where the weighted sums of the last layer are `outputs`.
    pub(crate) fn class_of(&self, mut outputs: Vec<f32>) -> Option<usize> {
        let activation = self.layers[self.layers.len() - 1].activation;
        // These keep the order of the sums, but may round different sums to the same output.
        let keeps_order = !ANY_NETWORK
            || matches!(activation, Activation::Softmax | Activation::LogSoftmax | Activation::Sigmoid);
        if !keeps_order {
            activation.apply(&mut outputs);
        }
        let numbers = outputs.iter().enumerate().filter(|(_, output)| !output.is_nan());
        let best = numbers.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)));
        best.map(|(class, _)| class)
    }

    /// The ANN's probability of each class, `[classes]`: the outputs where their activation is sigmoid, the softmax of
    /// the outputs where it is another one. The outputs of a layer without an activation are its logits.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn probabilities(&self, digit: &Digit) -> Result<Vec<f32>, DigitError> {
        Ok(self.probabilities_of(self.logits(digit)?))
    }

    /// The probabilities, where the weighted sums of the last layer are `outputs`.
    fn probabilities_of(&self, mut outputs: Vec<f32>) -> Vec<f32> {
        match self.layers[self.layers.len() - 1].activation {
            Activation::Softmax | Activation::LogSoftmax => activation::softmax(&mut outputs),
            _ if !ANY_NETWORK => {}
            Activation::Sigmoid => Activation::Sigmoid.apply(&mut outputs),
            other => {
                other.apply(&mut outputs);
                activation::softmax(&mut outputs);
            }
        }
        outputs
    }

    /// The class that the ANN answers where its numbers are sent through `transmission`, in the presentation with this seed.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    #[cfg(feature = "damage")]
    pub(crate) fn class_through(
        &self,
        digit: &Digit,
        transmission: Transmission,
        seed: u64,
    ) -> Result<Option<usize>, DigitError> {
        Ok(self.class_of(self.logits_through(digit, transmission, seed)?))
    }

    /// The probabilities where the ANN's numbers are sent through `transmission`, in the presentation with this seed.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    #[cfg(feature = "damage")]
    pub(crate) fn probabilities_through(
        &self,
        digit: &Digit,
        transmission: Transmission,
        seed: u64,
    ) -> Result<Vec<f32>, DigitError> {
        Ok(self.probabilities_of(self.logits_through(digit, transmission, seed)?))
    }

    #[cfg(feature = "damage")]
    fn logits_through(
        &self,
        digit: &Digit,
        transmission: Transmission,
        seed: u64,
    ) -> Result<Vec<f32>, DigitError> {
        let ways: Vec<Way> = (0..self.layers.len()).map(|layer| transmission.out_of(layer, seed)).collect();
        let is_lost = |layer: usize, neuron| !ways[layer].delivers(0, neuron as u16);
        Ok(self.activations_without(digit, is_lost)?.pop().unwrap_or_default().to_vec())
    }

    /// The weighted sums of the last layer with the biases, `[classes]`.
    fn logits(&self, digit: &Digit) -> Result<Vec<f32>, DigitError> {
        Ok(self.activations(digit)?.pop().unwrap_or_default().to_vec())
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

    /// A network without biases.
    fn network(layers: Vec<(&str, Array2<f32>)>) -> Result<Network, NetworkError> {
        Network::without_biases(layers.into_iter().map(|(name, w)| (name.to_owned(), Weights::Float(w))))
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
        let network = network(vec![("hidden", first), ("output", second)]).unwrap();
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
        let network = network(vec![("output", Array2::from_shape_fn((PIXELS, 2), |(_, j)| 1e30 * j as f32))]);
        assert_eq!(network.unwrap().probabilities(&two_pixels()).unwrap(), [0.0, 1.0]);
    }

    #[test]
    fn biases_are_added_before_the_activation() {
        let mut first = Array2::zeros((PIXELS, 3));
        first[[0, 0]] = 1.0;
        first[[0, 1]] = -1.0;
        let hidden = Layer::new("hidden", Weights::Float(first), Activation::LeakyRelu(0.5))
            .with_bias(ndarray::array![0.5, 0.25, -2.0]);
        let output = Layer::new(
            "output",
            Weights::Float(ndarray::array![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
            Activation::Sigmoid,
        )
        .with_bias(ndarray::array![0.0, 3.0]);
        let network = Network::new(vec![hidden, output]).unwrap();
        let activations = network.activations(&two_pixels()).unwrap();
        assert_eq!(activations[0].to_vec(), [1.5, -0.375, -1.0]);
        assert_eq!(activations[1].to_vec(), [0.5, 1.625]);
        assert_eq!(network.classify(&two_pixels()), Ok(Some(1)));
        let probabilities = network.probabilities(&two_pixels()).unwrap();
        for (p, logit) in probabilities.iter().zip([0.5_f64, 1.625]) {
            assert!((f64::from(*p) - 1.0 / (1.0 + (-logit).exp())).abs() < 1e-6);
        }
        assert_eq!(network.parameters(), 3 * PIXELS + 6 + 5);
        // The output layer is not ReLU either, but it needs no warning.
        let expected = "Layer 'hidden' is leaky_relu(0.5), but spiking neurons run as ReLU. A spike count cannot be \
                        negative. So the spiking network may answer differently from the ANN.";
        assert_eq!(network.warnings(), [expected]);
    }

    #[test]
    fn the_largest_output_wins_whatever_the_activation() {
        let with = |activation: Activation, bias: [f32; 3]| {
            let weights = Weights::Float(Array2::zeros((PIXELS, 3)));
            let layer = Layer::new("output", weights, activation).with_bias(Array1::from(bias.to_vec()));
            let network = Network::new(vec![layer]).unwrap();
            let probabilities = network.probabilities(&two_pixels()).unwrap();
            assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{activation}");
            network.classify(&two_pixels()).unwrap()
        };
        // These would all be 1 as f32.
        for activation in
            [Activation::Sigmoid, Activation::Softmax, Activation::LogSoftmax, Activation::Linear]
        {
            assert_eq!(with(activation, [40.0, 41.0, 39.0]), Some(1), "{activation}");
        }
        assert_eq!(with(Activation::Relu, [-3.0, -2.0, -1.0]), Some(0));
        assert_eq!(with(Activation::HardTanh, [0.0, 7.0, 9.0]), Some(1));
        assert_eq!(with(Activation::Silu, [-1.0, -9.0, -5.0]), Some(1));
    }

    #[test]
    fn weights_in_column_order_are_the_same_network() {
        let rows = Array2::from_shape_fn((PIXELS, 2), |(i, j)| (i * 3 + j) as f32);
        let columns = rows.t().as_standard_layout().into_owned().reversed_axes();
        assert!(!columns.is_standard_layout());
        let of = |weights| network(vec![("a", weights)]).unwrap();
        let (a, b) = (of(rows), of(columns));
        assert_eq!(a, b);
        assert!(b.weights(0).unwrap().is_standard_layout() && b.weights(1).is_none());
        assert_eq!(a.activations(&two_pixels()), b.activations(&two_pixels()));
    }

    #[test]
    fn errors_name_what_does_not_fit() {
        let new = |layers| network(layers).unwrap_err();
        assert_eq!(new(vec![]), NetworkError::NoLayers);
        let transposed = new(vec![("hidden", Array2::zeros((10, PIXELS)))]);
        assert_eq!(transposed, NetworkError::Inputs { layer: "hidden".into(), inputs: 10 });
        let small = network(vec![("a", Array2::zeros((196, 5)))]).unwrap();
        let error = DigitError::Inputs { side: 28, inputs: 196 };
        assert_eq!(small.classify(&two_pixels()), Err(error.clone()));
        assert_eq!(small.probabilities(&two_pixels()), Err(error));
        let nan = new(vec![("a", Array2::from_elem((PIXELS, 2), f32::NAN))]);
        assert_eq!(nan, NetworkError::NotFinite { layer: "a".into(), what: "weight" });
        let with = |weights, activation, bias: Option<Vec<f32>>| {
            let layer = Layer { bias: bias.map(Array1::from), ..Layer::new("a", weights, activation) };
            Network::new(vec![layer]).unwrap_err().to_string()
        };
        let float = || Weights::Float(Array2::zeros((PIXELS, 2)));
        let int8 = Weights::Int8 { integers: Array2::zeros((PIXELS, 2)), scales: Array1::zeros(3) };
        assert_eq!(with(int8, Activation::Relu, None), "layer 'a' has 2 neurons, but 3 scales");
        assert_eq!(with(float(), Activation::Relu, Some(vec![0.0])), "layer 'a' has 2 neurons, but 1 biases");
        let infinite = with(float(), Activation::Relu, Some(vec![0.0, f32::INFINITY]));
        assert_eq!(infinite, "layer 'a' has a bias that is not a finite number");
        let parameter = with(float(), Activation::Elu(f64::NAN), None);
        assert_eq!(parameter, "layer 'a' has a parameter of its activation that is not a finite number");
    }
}
