//! Changes to how a network's file is read: what no file says about itself, and a reader may know better.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calibration::{CalibrationError, calibrate};
use crate::digit::Digit;
use crate::input_scaling::{InputScaling, transposition};
use crate::model::{Model, ModelError};
use crate::network::{Conversion, Layer, MAX_PIECES, Network, NetworkError, PiecesError, Weights};
use crate::neuron::Reset;
use crate::plain::{Plain, shortened};
use crate::simulation::Labelled;

/// Keys of a model's provenance that say what was changed already.
const INPUT_SCALING: &str = "input scaling";
const BIAS_SCALE: &str = "bias scale";
const TRANSPOSED: &str = "transposed layers";
/// The key under which `calibrate` says how it chose a conversion.
const CALIBRATED: &str = "conversion";

/// Factors on biases.
const BIAS_SCALES: std::ops::RangeInclusive<f64> = 1e-6..=1e6;

/// Changes to a network before it is converted to spikes. They act on the ANN and on the spiking network alike. They describe
/// the file as stored: a bias scale of 3 after one of 2 is one of 3. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ModelChanges {
    /// What the network takes for paper and ink, by its name, such as "0..255, inverted"; `None` for what it takes now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_scaling: Option<String>,
    /// A factor on the biases of all layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias_scale: Option<f64>,
    /// Layers, counted from 1, whose weights are in the order of the transposed matrix: see [`Order`]. With a minus, the
    /// opposite mistake is undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transposed_layers: Option<Vec<i32>>,
    /// Neurons that stand for each hidden neuron of another activation: their rates add up to it. `None` runs it as one ReLU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_pieces: Option<usize>,
    /// The factors on the weights of the layers, in place of those of the conversion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gains: Option<Vec<f64>>,
    /// Whether to choose the conversion on the digits anew, where the file holds one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub calibrate: bool,
}

/// Why a network cannot be changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// There is no such input scaling.
    #[error(
        "there is no input scaling '{name}'; there are 0..1, 0..255, (x - 0.1307) / 0.3081 and -1..1, each also \
             with ', inverted', ', transposed' or both"
    )]
    Scaling {
        /// What was asked for.
        name: String,
    },
    /// The factor on the biases is out of its range.
    #[error("the bias scale is {}; it must be a number from 0.000001 to 1000000", Plain(*found))]
    BiasScale {
        /// What was asked for.
        found: f64,
    },
    /// There is no such layer.
    #[error("there is no layer {layer} to transpose; the network has {layers}, counted from 1")]
    Layer {
        /// What was asked for.
        layer: i32,
        /// Layers of the network.
        layers: usize,
    },
    /// The number of pieces of an activation is out of its range.
    #[error("the activation pieces are {found}; there must be 2 to {MAX_PIECES}")]
    Pieces {
        /// What was asked for.
        found: usize,
    },
    /// The changed layers do not make a network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The activations cannot be replaced.
    #[error(transparent)]
    Ramps(#[from] PiecesError),
    /// The changed network cannot be calibrated.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The description does not fit the changed network.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl ModelChanges {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks what does not depend on the network.
    ///
    /// # Errors
    /// [`ChangeError`] names what is out of its range.
    pub fn check(&self) -> Result<(), ChangeError> {
        if let Some(name) = &self.input_scaling {
            scaling_named(name)?;
        }
        match (self.bias_scale, self.activation_pieces) {
            (Some(found), _) if !BIAS_SCALES.contains(&found) => Err(ChangeError::BiasScale { found }),
            (_, Some(found)) if !(2..=MAX_PIECES).contains(&found) => Err(ChangeError::Pieces { found }),
            _ => Ok(()),
        }
    }
}

impl ModelChanges {
    /// The weights of a layer, counted from 0, in the order in which they are to be read; `None` where that is the file's.
    #[must_use]
    pub fn reordered(&self, layer: usize, weights: &Array2<f32>) -> Option<Array2<f32>> {
        let number = i32::try_from(layer + 1).ok()?;
        let layers = self.transposed_layers.as_deref().unwrap_or_default();
        let found = layers.iter().find(|other| other.unsigned_abs() == number.unsigned_abs())?;
        Some(Order::of(*found).mend(weights))
    }

    /// Says in a model's provenance how its file is read.
    pub fn note(&self, provenance: &mut BTreeMap<String, String>) {
        if let Some(scale) = self.bias_scale {
            provenance.insert(BIAS_SCALE.into(), Plain(scale).to_string());
        }
        if let Some(layers) = &self.transposed_layers {
            let names: Vec<String> = layers.iter().map(i32::to_string).collect();
            provenance.insert(TRANSPOSED.into(), names.join(", "));
        }
    }
}

/// The input scaling of that name.
///
/// # Errors
/// [`ChangeError::Scaling`] lists the names.
pub fn scaling_named(name: &str) -> Result<InputScaling, ChangeError> {
    InputScaling::named(name).ok_or_else(|| ChangeError::Scaling { name: shortened(name).into() })
}

/// How the numbers of a matrix of weights, `[inputs, outputs]`, are put in order again. Both orders undo each other. For a
/// square matrix both transpose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The numbers stand in the order of `[outputs, inputs]`: the matrix was reshaped where it had to be transposed.
    Reshaped,
    /// The numbers of `[inputs, outputs]` were taken for those of `[outputs, inputs]`, and transposed.
    Transposed,
}

impl Order {
    /// The order that a number of [`ModelChanges::transposed_layers`] stands for.
    fn of(layer: i32) -> Self {
        if layer > 0 { Self::Reshaped } else { Self::Transposed }
    }

    fn opposite(self) -> Self {
        match self {
            Self::Reshaped => Self::Transposed,
            Self::Transposed => Self::Reshaped,
        }
    }

    /// The weights in their right order.
    fn mend<T: Copy>(self, weights: &Array2<T>) -> Array2<T> {
        let (inputs, outputs) = weights.dim();
        Array2::from_shape_fn((inputs, outputs), |(i, j)| match self {
            Self::Reshaped => {
                let place = j * inputs + i;
                weights[[place / outputs, place % outputs]]
            }
            Self::Transposed => {
                let place = i * outputs + j;
                weights[[place % inputs, place / inputs]]
            }
        })
    }
}

impl Model {
    /// What the network takes for paper and ink.
    #[must_use]
    pub fn input_scaling(&self) -> InputScaling {
        let name = self.description().provenance.get(INPUT_SCALING);
        name.and_then(|name| InputScaling::named(name)).unwrap_or(InputScaling::USUAL)
    }

    /// The factor on the biases with which the file is read.
    #[must_use]
    pub fn bias_scale(&self) -> f64 {
        let text = self.description().provenance.get(BIAS_SCALE);
        text.and_then(|text| text.parse().ok()).filter(|k| BIAS_SCALES.contains(k)).unwrap_or(1.0)
    }

    /// The layers whose weights are read in another order: see [`ModelChanges::transposed_layers`].
    #[must_use]
    pub fn transposed_layers(&self) -> Vec<i32> {
        let text = self.description().provenance.get(TRANSPOSED);
        text.map_or_else(Vec::new, |text| text.split(", ").filter_map(|word| word.parse().ok()).collect())
    }

    /// Whether [`calibrate`] chose the conversion.
    #[must_use]
    pub fn is_calibrated(&self) -> bool {
        self.description().provenance.contains_key(CALIBRATED)
    }

    /// The model of the same file, read with `changes`. A conversion that was chosen by [`calibrate`] is chosen anew on
    /// `digits`; one that came with the file is kept unless `changes` says otherwise.
    ///
    /// # Errors
    /// [`ChangeError`] names what is out of its range, or does not fit the network.
    pub fn changed(&self, changes: &ModelChanges, digits: &[Labelled]) -> Result<Self, ChangeError> {
        changes.check()?;
        let network = self.network();
        let mut layers: Vec<Layer> = network.layers().to_vec();
        let mut description = self.description().clone();
        let (from, to) = (
            self.input_scaling(),
            match &changes.input_scaling {
                Some(name) => scaling_named(name)?,
                None => self.input_scaling(),
            },
        );
        let bias_factor = changes.bias_scale.unwrap_or(self.bias_scale()) / self.bias_scale();
        let moved = self.moved_layers(changes)?;
        if from != to || bias_factor != 1.0 || !moved.is_empty() {
            let mut first = Unscaled::of(&layers[0], from);
            for &(layer, order) in &moved {
                if layer == 0 {
                    first.weights = order.mend(&first.weights);
                } else {
                    layers[layer].weights = Weights::Float(order.mend(&layers[layer].weights.to_float()));
                }
            }
            if bias_factor != 1.0 {
                first.bias.iter_mut().for_each(|bias| *bias *= bias_factor);
                for bias in layers.iter_mut().skip(1).filter_map(|layer| layer.bias.as_mut()) {
                    bias.iter_mut().for_each(|bias| *bias = (f64::from(*bias) * bias_factor) as f32);
                }
            }
            layers[0] = first.scaled(&layers[0], to);
            description.provenance.insert(INPUT_SCALING.into(), to.name());
            changes.note(&mut description.provenance);
        }
        let mut network = Network::new(layers)?;
        let shown: Vec<&Digit> = digits.iter().filter_map(|image| image.digit.as_ref()).collect();
        let in_ramps = changes.activation_pieces.is_some();
        if let Some(pieces) = changes.activation_pieces {
            network = network.in_ramps(pieces, &shown)?;
        }
        if !shown.is_empty() && (self.is_calibrated() || changes.calibrate || in_ramps) {
            let mut fresh = calibrate(&network, digits)?;
            // Where it comes from, except how the conversion was chosen before.
            for (key, text) in description.provenance {
                fresh.provenance.entry(key).or_insert(text);
            }
            description = fresh;
        }
        if let Some(gains) = &changes.gains {
            let usual = || Conversion::new(Vec::new(), None, Reset::Subtract);
            let conversion = description.conversion.take().unwrap_or_else(usual);
            description.conversion = Some(Conversion { gains: gains.clone(), ..conversion });
        }
        Ok(Self::new(network, description)?)
    }

    /// What is to be done to the order of layers, counted from 0: what was done is undone first.
    fn moved_layers(&self, changes: &ModelChanges) -> Result<Vec<(usize, Order)>, ChangeError> {
        let Some(then) = &changes.transposed_layers else { return Ok(Vec::new()) };
        let layers = self.network().layers().len();
        let exists = |layer: i32| (1..=layers).contains(&(layer.unsigned_abs() as usize));
        if let Some(&layer) = then.iter().find(|&&layer| !exists(layer)) {
            return Err(ChangeError::Layer { layer, layers });
        }
        let now = self.transposed_layers();
        let index = |layer: i32| layer.unsigned_abs() as usize - 1;
        let undone = now.iter().filter(|layer| exists(**layer) && !then.contains(layer));
        let undone = undone.map(|&layer| (index(layer), Order::of(layer).opposite()));
        let done =
            then.iter().filter(|layer| !now.contains(layer)).map(|&layer| (index(layer), Order::of(layer)));
        Ok(undone.chain(done).collect())
    }
}

/// A first layer that takes the numbers and the order of pixels of its file.
struct Unscaled {
    /// `[inputs, outputs]`.
    weights: Array2<f64>,
    bias: Vec<f64>,
}

impl Unscaled {
    /// Takes out of `layer` that it takes ink from 0 to 1.
    fn of(layer: &Layer, scaling: InputScaling) -> Self {
        let (scale, offset) = scaling.affine();
        let folded = layer.weights.to_float();
        let order = order_of(folded.nrows(), scaling);
        let mut weights = Array2::zeros(folded.dim());
        let mut bias: Vec<f64> = match &layer.bias {
            Some(bias) => bias.iter().map(|&bias| bias.into()).collect(),
            None => vec![0.0; folded.ncols()],
        };
        for (row, &place) in folded.rows().into_iter().zip(&order) {
            for (j, &weight) in row.iter().enumerate() {
                let weight = f64::from(weight) / scale;
                weights[[place, j]] = weight;
                bias[j] -= offset * weight;
            }
        }
        Self { weights, bias }
    }

    /// The layer `like`, with these numbers, that takes ink from 0 to 1.
    fn scaled(&self, like: &Layer, scaling: InputScaling) -> Layer {
        let (scale, offset) = scaling.affine();
        let order = order_of(self.weights.nrows(), scaling);
        let weights =
            Array2::from_shape_fn(self.weights.dim(), |(i, j)| (self.weights[[order[i], j]] * scale) as f32);
        let mut bias = self.bias.clone();
        if offset != 0.0 {
            for row in self.weights.rows() {
                bias.iter_mut().zip(row).for_each(|(bias, weight)| *bias += offset * weight);
            }
        }
        let layer = Layer::new(like.name.clone(), Weights::Float(weights), like.activation);
        if like.bias.is_none() && offset == 0.0 {
            return layer;
        }
        layer.with_bias(bias.into_iter().map(|bias| bias as f32).collect::<Array1<f32>>())
    }
}

/// For each pixel by rows, its place in the order of the file.
fn order_of(pixels: usize, scaling: InputScaling) -> Vec<usize> {
    if scaling.transposed { transposition(pixels) } else { (0..pixels).collect() }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::model::Description;
    use crate::network::Activation;

    fn model() -> Model {
        let weights = |inputs: usize, outputs: usize| {
            Array2::from_shape_fn((inputs, outputs), |(i, j)| ((i * 31 + j * 17) % 23) as f32 / 11.0 - 1.0)
        };
        let first = Layer::new("a", Weights::Float(weights(64, 6)), Activation::Relu)
            .with_bias(Array1::from_elem(6, 0.5));
        let second = Layer::new("b", Weights::Float(weights(6, 3)), Activation::Softmax)
            .with_bias(array![0.1, 0.2, -0.3]);
        Model::new(Network::new(vec![first, second]).unwrap(), Description::default()).unwrap()
    }

    fn digit(ink: impl Fn(usize) -> u8) -> Digit {
        let ink: Vec<u8> = (0..64).map(ink).collect();
        Digit::from_square(&ink).unwrap().unwrap()
    }

    fn ink(i: usize) -> u8 {
        (i * 37 % 256) as u8
    }

    fn sums(model: &Model, digit: &Digit) -> Vec<f32> {
        model.network().activations(digit).unwrap()[1].to_vec()
    }

    fn close(a: &[f32], b: &[f32]) {
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-3 * a.abs().max(1.0)), "{a:?} {b:?}");
    }

    fn read_as(name: &str) -> ModelChanges {
        ModelChanges { input_scaling: Some(name.into()), ..ModelChanges::default() }
    }

    #[test]
    fn an_input_scaling_is_taken_out_and_put_in() {
        let model = model();
        // Inverted: the network sees paper where ink is.
        let inverted = model.changed(&read_as("0..1, inverted"), &[]).unwrap();
        close(&sums(&inverted, &digit(ink)), &sums(&model, &digit(|i| 255 - ink(i))));
        let transposed = model.changed(&read_as("0..1, transposed"), &[]).unwrap();
        close(&sums(&transposed, &digit(ink)), &sums(&model, &digit(|i| ink(i % 8 * 8 + i / 8))));
        for scaling in InputScaling::all() {
            let there = model.changed(&read_as(&scaling.name()), &[]).unwrap();
            assert_eq!(there.input_scaling(), scaling);
            let back = there.changed(&read_as("0..1"), &[]).unwrap();
            close(&sums(&back, &digit(ink)), &sums(&model, &digit(ink)));
        }
        let wrong = model.changed(&read_as("0..7"), &[]).unwrap_err().to_string();
        assert!(wrong.contains("no input scaling '0..7'; there are 0..1, 0..255"), "{wrong}");
    }

    #[test]
    fn a_bias_scale_is_that_of_the_file() {
        let model = model();
        let scale = |k| ModelChanges { bias_scale: Some(k), ..ModelChanges::default() };
        let doubled = model.changed(&scale(2.0), &[]).unwrap();
        assert_eq!(doubled.network().layers()[0].bias.as_ref().unwrap()[0], 1.0);
        assert_eq!(doubled.network().layers()[1].bias.as_ref().unwrap()[1], 0.4);
        let tripled = doubled.changed(&scale(3.0), &[]).unwrap();
        assert_eq!(
            (tripled.bias_scale(), tripled.network().layers()[0].bias.as_ref().unwrap()[0]),
            (3.0, 1.5)
        );
        // What an input scaling adds to the biases is not scaled.
        let shifted = model.changed(&read_as("-1..1"), &[]).unwrap().changed(&scale(2.0), &[]).unwrap();
        let other = doubled.changed(&read_as("-1..1"), &[]).unwrap();
        close(&sums(&shifted, &digit(ink)), &sums(&other, &digit(ink)));
        for k in [0.0, -1.0, f64::NAN, 1e9] {
            assert!(model.changed(&scale(k), &[]).is_err(), "{k}");
        }
    }

    #[test]
    fn the_two_orders_undo_each_other() {
        let weights = Array2::from_shape_fn((4, 3), |(i, j)| 10 * i + j);
        for order in [Order::Reshaped, Order::Transposed] {
            assert_eq!(order.opposite().mend(&order.mend(&weights)), weights);
        }
        let reshaped = Array2::from_shape_vec((4, 3), weights.t().iter().copied().collect()).unwrap();
        assert_eq!(Order::Reshaped.mend(&reshaped), weights);
        let square = Array2::from_shape_fn((3, 3), |(i, j)| 10 * i + j);
        assert_eq!(Order::Reshaped.mend(&square), square.t());

        let model = model();
        let order = |layers: &[i32]| ModelChanges {
            transposed_layers: Some(layers.to_vec()),
            ..ModelChanges::default()
        };
        let once = model.changed(&order(&[1, -2]), &[]).unwrap();
        assert_eq!(once.transposed_layers(), [1, -2]);
        assert_ne!(once.network().weights(0), model.network().weights(0));
        let back = once.changed(&order(&[]), &[]).unwrap();
        for layer in 0..2 {
            assert_eq!(back.network().weights(layer), model.network().weights(layer));
        }
        let error = model.changed(&order(&[-3]), &[]).unwrap_err().to_string();
        assert_eq!(error, "there is no layer -3 to transpose; the network has 2, counted from 1");
    }
}
