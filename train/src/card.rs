//! Makes the shipped model: 8-bit weights, conversion, layout, and the model card with their provenance.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use ndarray::Array2;
use spikepad::{
    ActivationStatistics, Conversion, Description, Model, Network, Normalisation, PIXELS, Reset, Weights,
};

use crate::figures;
use crate::layout;
use crate::mnist::Digits;
use crate::network::{CLASSES, Trained};
use crate::quantise::quantise;

/// What a spike of the shipped network does to the potential.
pub const RESET: Reset = Reset::Subtract;

/// The membrane time constant of the shipped network, ms, at steps of 1 ms.
pub const TAU_M: f64 = 100.0;

/// A model with the trained weights in 32-bit floats. A pixel that is blank in all of `digits` gets weights of
/// 0, because training did not change its random initial weights.
pub fn float(trained: &Trained, digits: &Digits) -> Result<Model> {
    let neurons = trained.hidden.len() / PIXELS;
    let mut hidden = Array2::from_shape_vec((PIXELS, neurons), trained.hidden.clone())?;
    let output = Array2::from_shape_vec((neurons, CLASSES), trained.output.clone())?;
    for (pixel, mut weights) in hidden.rows_mut().into_iter().enumerate() {
        if digits.images.iter().all(|ink| ink[pixel] == 0) {
            weights.fill(0.0);
        }
    }
    let layers = [("hidden".into(), Weights::Float(hidden)), ("output".into(), Weights::Float(output))];
    let network = Network::without_biases(layers)?;
    Ok(Model::new(network, Description::default())?)
}

/// The weights of a model as floats.
pub fn weights(model: &Model) -> Trained {
    let of = |layer: usize| model.network().layers()[layer].weights.to_float().iter().copied().collect();
    Trained { hidden: of(0), output: of(1) }
}

/// The conversion that a model carries.
pub fn conversion(model: &Model) -> Result<Conversion> {
    model.description().conversion.clone().context("the model carries no conversion")
}

/// The model with 8-bit weights, its activations over `digits`, the balanced conversion, and a layout.
pub fn quantised(float: &Model, digits: &Digits, seed: u64) -> Result<Model> {
    let layers = float.network().layers();
    let quantised = layers.iter().map(|layer| (layer.name.clone(), quantise(&layer.weights.to_float())));
    let network = Network::without_biases(quantised)?;
    let digits: Vec<_> = figures::labelled(digits).into_iter().filter_map(|d| d.digit).collect();
    let activations = ActivationStatistics::measure(&network, &digits)?;
    let conversion =
        Conversion::normalised(&network, Normalisation::Percentile99_9, &activations, Some(TAU_M), RESET)?;
    let description = Description {
        conversion: Some(conversion),
        activations: Some(activations),
        readout: None,
        typicality: None,
        layout: Some(layout::arrange(&layers[0].weights.to_float(), seed)),
        provenance: BTreeMap::new(),
    };
    Ok(Model::new(network, description)?)
}

/// The model with another description.
pub fn described(model: &Model, change: impl FnOnce(&mut Description)) -> Result<Model> {
    let mut description = model.description().clone();
    change(&mut description);
    Ok(Model::new(model.network().clone(), description)?)
}
