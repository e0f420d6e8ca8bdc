//! Chooses the gains: how strongly the trained weights drive spiking neurons.

use anyhow::Result;
use spikepad::{
    Conversion, Description, EvaluationOptions, Labelled, Model, Normalisation, Settings, evaluate,
    search_gains,
};

/// Numbers of steps for which the accuracy is measured. All have the same weight.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// Accuracy of `model` as spikes under `conversion` after each number of steps.
pub fn accuracies(
    model: &Model,
    conversion: &Conversion,
    digits: &[Labelled],
    steps: &[u32],
    seed: u64,
) -> Result<Vec<f64>> {
    let description = Description { conversion: Some(conversion.clone()), ..model.description().clone() };
    let model = Model::new(model.network().clone(), description)?;
    let settings = Settings::default().with(|settings| {
        (settings.tau_m, settings.reset) = (conversion.tau_m, conversion.reset);
        (settings.normalisation, settings.seed) = (Normalisation::Model, seed);
    });
    let evaluation = evaluate(&model, &settings, digits, &EvaluationOptions { steps, ..Default::default() })?;
    Ok(evaluation.snn.into_iter().map(|checkpoint| checkpoint.accuracy).collect())
}

/// Searches from `start` for the gains with the highest mean accuracy over [`STEPS`].
pub fn search(model: &Model, start: Conversion, digits: &[Labelled], seed: u64) -> Result<Conversion> {
    search_gains(start, |conversion| {
        Ok(accuracies(model, conversion, digits, &STEPS, seed)?.iter().sum::<f64>() / STEPS.len() as f64)
    })
}
