//! Folds factors and offsets into the dense layers beside them, in 64-bit floats, rounded once.

use ndarray::{Array1, Array2};
use spikepad::{Activation, Layer, Weights};

use crate::architecture::{Affine, Dense, Stage};
use crate::error::Problem;

/// A dense layer with what is folded into it: `activation(output(weights input(x) + bias))`.
#[derive(Debug, Clone)]
pub struct FoldedLayer {
    /// As stored.
    pub dense: Dense,
    /// Factors and offsets of its inputs.
    pub input: Vector,
    /// Factors and offsets of its sums.
    pub output: Vector,
    /// Its activation.
    pub activation: LayerActivation,
}

/// What is known of the activation of a layer.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerActivation {
    /// The file states it.
    Stated(Activation),
    /// The file does not state it.
    Unstated,
    /// Spiking neurons of that kind.
    Spiking(String),
}

impl LayerActivation {
    /// The activation that runs; `unstated` where the file states none. Spiking neurons run as ReLU, in the last layer as
    /// their sums, which tell outputs apart that would all be 0.
    #[must_use]
    pub fn with(&self, unstated: Activation, is_last: bool) -> Activation {
        match self {
            Self::Stated(activation) => *activation,
            Self::Unstated => unstated,
            Self::Spiking(_) if is_last => Activation::Linear,
            Self::Spiking(_) => Activation::Relu,
        }
    }
}

/// A factor and an offset for each of some neurons: both lists are empty where nothing is to be done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vector {
    scale: Vec<f64>,
    offset: Vec<f64>,
}

impl Vector {
    /// A factor and an offset for each of `count` neurons.
    #[must_use]
    pub fn uniform(count: usize, scale: f64, offset: f64) -> Self {
        Self { scale: vec![scale; count], offset: vec![offset; count] }
    }

    /// Whether nothing is to be done.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.scale.iter().all(|&scale| scale == 1.0) && self.offset.iter().all(|&offset| offset == 0.0)
    }

    /// First this, then `next`, for `count` neurons.
    ///
    /// # Errors
    /// [`Problem::Layer`] where `next` has numbers for another number of neurons.
    pub fn then(&self, next: &Affine, count: usize) -> Result<Self, Problem> {
        if [&next.scale, &next.offset].iter().any(|list| list.len() != 1 && list.len() != count) {
            let found = next.scale.len().max(next.offset.len());
            let reason = format!("it has numbers for {found} neurons, but the layer before it has {count}");
            return Err(Problem::layer(next.what.clone(), "", reason));
        }
        let at = |list: &[f64], i: usize| if list.len() == 1 { list[0] } else { list[i] };
        let own = |list: &[f64], i: usize, missing| list.get(i).copied().unwrap_or(missing);
        let parts = (0..count).map(|i| {
            let (scale, offset) = (at(&next.scale, i), at(&next.offset, i));
            (own(&self.scale, i, 1.0) * scale, own(&self.offset, i, 0.0) * scale + offset)
        });
        let (scale, offset) = parts.unzip();
        Ok(Self { scale, offset })
    }

    /// First `before`, then this.
    #[must_use]
    pub fn after(&self, before: &Self) -> Self {
        let count = self.scale.len().max(before.scale.len());
        let own = |list: &[f64], i: usize, missing| list.get(i).copied().unwrap_or(missing);
        let parts = (0..count).map(|i| {
            let (scale, offset) = (own(&self.scale, i, 1.0), own(&self.offset, i, 0.0));
            (own(&before.scale, i, 1.0) * scale, own(&before.offset, i, 0.0) * scale + offset)
        });
        let (scale, offset) = parts.unzip();
        Self { scale, offset }
    }

    /// The same for neurons in another order: neuron `i` is now neuron `order[i]` of before.
    #[must_use]
    pub fn reordered(&self, order: &[usize]) -> Self {
        let of = |list: &[f64]| order.iter().filter_map(|&i| list.get(i).copied()).collect();
        Self { scale: of(&self.scale), offset: of(&self.offset) }
    }

    fn scale(&self, i: usize) -> f64 {
        self.scale.get(i).copied().unwrap_or(1.0)
    }

    fn offset(&self, i: usize) -> f64 {
        self.offset.get(i).copied().unwrap_or(0.0)
    }
}

/// Folds the stages of a network.
///
/// # Errors
/// [`Problem::Layer`] where a stage cannot be folded into a dense layer; [`Problem::NoLayers`].
pub fn fold(stages: Vec<Stage>) -> Result<Vec<FoldedLayer>, Problem> {
    let mut layers: Vec<FoldedLayer> = Vec::new();
    // The activation of the last layer, if it came already, and what is folded into the next layer.
    let mut activated = true;
    let mut pending: Vec<Affine> = Vec::new();
    for stage in stages {
        let activation = match stage {
            Stage::Dense(dense) => {
                let inputs = dense.weights.nrows();
                let mut input = Vector::default();
                for affine in pending.drain(..) {
                    input = input.then(&affine, inputs)?;
                }
                let activation = LayerActivation::Stated(Activation::Linear);
                layers.push(FoldedLayer { dense, input, output: Vector::default(), activation });
                activated = false;
                continue;
            }
            Stage::Affine(affine) => {
                match layers.last_mut().filter(|_| !activated) {
                    Some(layer) => layer.output = layer.output.then(&affine, layer.dense.weights.ncols())?,
                    None => pending.push(affine),
                }
                continue;
            }
            Stage::Activation(Activation::Linear) => continue,
            Stage::Activation(activation) => LayerActivation::Stated(activation),
            Stage::Unstated => LayerActivation::Unstated,
            Stage::Spiking(kind) => LayerActivation::Spiking(kind),
        };
        let name = match &activation {
            LayerActivation::Stated(activation) => activation.name().to_owned(),
            LayerActivation::Unstated => "unknown".to_owned(),
            LayerActivation::Spiking(kind) => kind.clone(),
        };
        match layers.last_mut() {
            Some(layer) if !activated => layer.activation = activation,
            // Twice is once.
            Some(layer) if pending.is_empty() && layer.activation == activation && name == "relu" => {}
            Some(layer) => {
                let reason = "it follows another activation; a layer that runs has one";
                return Err(Problem::layer(
                    format!("activation {name} after"),
                    layer.dense.name.clone(),
                    reason,
                ));
            }
            None => {
                let reason = "it comes before the first dense layer, where the network takes its picture";
                return Err(Problem::layer("activation", name, reason));
            }
        }
        activated = true;
    }
    if layers.is_empty() {
        return Err(Problem::NoLayers { reason: "it describes none".into() });
    }
    if let Some(affine) = pending.first() {
        let reason = "it follows the last activation, so that it cannot be folded into a dense layer";
        return Err(Problem::layer(affine.what.clone(), "", reason));
    }
    Ok(layers)
}

impl FoldedLayer {
    /// The layer that runs, with that activation.
    #[must_use]
    pub fn layer(&self, activation: Activation) -> Layer {
        let (weights, bias) = self.folded();
        let layer = Layer::new(self.dense.name.clone(), Weights::Float(weights), activation);
        match bias {
            Some(bias) => layer.with_bias(Array1::from(bias)),
            None => layer,
        }
    }

    /// The same layer with its biases times `scale`: those that result once everything is folded in.
    #[must_use]
    pub fn with_biases_times(&self, scale: f64) -> Self {
        let (weights, bias) = self.folded();
        let bias = bias.map(|bias| bias.iter().map(|&b| (f64::from(b) * scale) as f32).collect());
        let (input, output) = (Vector::default(), Vector::default());
        Self { dense: Dense { weights, bias, ..self.dense.clone() }, input, output, ..self.clone() }
    }

    /// Weights, `[inputs, outputs]`, and biases, `[outputs]`, with everything folded in.
    #[must_use]
    pub fn folded(&self) -> (Array2<f32>, Option<Vec<f32>>) {
        let Self { dense: Dense { weights, bias, .. }, input, output, .. } = self;
        if input.is_identity() && output.is_identity() {
            return (weights.clone(), bias.clone());
        }
        let (inputs, outputs) = weights.dim();
        let mut sums: Vec<f64> = match bias {
            Some(bias) => bias.iter().map(|&bias| f64::from(bias)).collect(),
            None => vec![0.0; outputs],
        };
        for i in (0..inputs).filter(|&i| input.offset(i) != 0.0) {
            let offset = input.offset(i);
            sums.iter_mut().zip(weights.row(i)).for_each(|(sum, &w)| *sum += offset * f64::from(w));
        }
        let biases =
            sums.iter().enumerate().map(|(j, sum)| (sum * output.scale(j) + output.offset(j)) as f32);
        let biases: Vec<f32> = biases.collect();
        let needed = bias.is_some() || biases.iter().any(|&bias| bias != 0.0);
        let mut folded = weights.clone();
        for i in 0..inputs {
            for j in 0..outputs {
                folded[[i, j]] = (input.scale(i) * output.scale(j) * f64::from(weights[[i, j]])) as f32;
            }
        }
        (folded, needed.then_some(biases))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn dense(bias: Option<Vec<f32>>) -> Stage {
        Stage::Dense(Dense {
            name: "fc".into(),
            weights: array![[1.0, 2.0], [3.0, 4.0]],
            bias,
            stored: String::new(),
        })
    }

    fn affine(scale: &[f64], offset: &[f64]) -> Stage {
        Stage::Affine(Affine { what: "Scale".into(), scale: scale.into(), offset: offset.into() })
    }

    #[test]
    fn what_comes_before_and_after_a_layer_is_folded_into_it() {
        // With x = (a, b): first 2 x + 1, then (10, 100) times the sums, minus 5.
        let stages =
            vec![affine(&[2.0], &[1.0]), dense(Some(vec![0.5, 0.25])), affine(&[10.0, 100.0], &[-5.0])];
        let layers = fold(stages).unwrap();
        let (weights, bias) = layers[0].folded();
        assert_eq!(weights, array![[20.0, 400.0], [60.0, 800.0]]);
        assert_eq!(bias.unwrap(), [(4.0 + 0.5) * 10.0 - 5.0, (6.0 + 0.25) * 100.0 - 5.0]);
    }

    #[test]
    fn what_comes_after_an_activation_is_folded_into_the_next_layer() {
        let relu = || Stage::Activation(Activation::Relu);
        let stages = vec![
            dense(None),
            relu(),
            relu(),
            affine(&[2.0, 3.0], &[0.0]),
            affine(&[1.0], &[1.0]),
            dense(None),
        ];
        let layers = fold(stages).unwrap();
        assert_eq!(layers[0].folded(), (array![[1.0, 2.0], [3.0, 4.0]], None));
        assert_eq!(layers[1].folded(), (array![[2.0, 4.0], [9.0, 12.0]], Some(vec![4.0, 6.0])));
        assert_eq!(layers[0].activation, LayerActivation::Stated(Activation::Relu));
        assert_eq!(layers[1].activation, LayerActivation::Stated(Activation::Linear));
    }

    #[test]
    fn what_cannot_be_folded_is_named() {
        let tanh = || Stage::Activation(Activation::Tanh);
        let error = |stages| fold(stages).unwrap_err().to_string();
        assert!(error(vec![dense(None), tanh(), affine(&[2.0], &[0.0])]).contains("Scale"));
        assert!(error(vec![dense(None), tanh(), tanh()]).contains("tanh after 'fc'"));
        assert!(error(vec![tanh(), dense(None)]).contains("'tanh'"));
        assert!(error(vec![dense(None), affine(&[1.0, 2.0, 3.0], &[0.0])]).contains("3 neurons"));
        assert!(error(vec![]).contains("no dense layer"));
    }

    #[test]
    fn batch_normalization_is_its_formula() {
        let statistics = BatchStatistics {
            gamma: Some(vec![2.0]),
            beta: Some(vec![0.5]),
            mean: vec![1.0],
            variance: vec![3.0],
        };
        let folded = Affine::batch_normalization("bn", &statistics, 1.0);
        assert_eq!((folded.scale, folded.offset), (vec![1.0], vec![-0.5]));
    }

    use crate::architecture::BatchStatistics;
}
