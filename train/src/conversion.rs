//! How strongly the trained weights drive spiking neurons, chosen by measurement.

use anyhow::Result;
use spikepad::{
    ActivationStatistics, Conversion, Description, EvaluationOptions, Labelled, Model, Normalisation, Reset,
    Settings, evaluate,
};

/// Numbers of steps that a conversion is chosen for: all count alike.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// Factors on a balanced layer's gain, between neighbouring candidates.
const RATIO: f64 = 1.25;

/// Factor on the output layer's searched gain, how often it is tried, and how much of the mean
/// accuracy it may cost in all. Ties are broken by membrane, so accuracy hardly depends on that gain
/// (docs/conversion.md), and with the searched one the winner would fire in nearly every step: its
/// votes would say nothing of how clear the case is.
const HEADROOM: f64 = 0.75;
const HEADROOMS: usize = 4;
const HEADROOM_COST: f64 = 0.0002;

/// Rounds of the search: every gain is tried a step to either side until none helps.
const ROUNDS: usize = 12;

/// By the 99.9th percentile of each layer's activations.
pub fn balanced(activations: &ActivationStatistics, tau_m: Option<f64>, reset: Reset) -> Conversion {
    let before = std::iter::once(&1.0).chain(&activations.percentile99_9);
    let gains = before.zip(&activations.percentile99_9).map(|(before, here)| before / here).collect();
    Conversion { gains, tau_m, reset }
}

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

/// Climbs from `start` to the gains that give the highest mean accuracy over [`STEPS`], then gives
/// the outputs headroom for as long as that costs nothing to speak of.
pub fn search(model: &Model, start: Conversion, digits: &[Labelled], seed: u64) -> Result<Conversion> {
    let score = |conversion: &Conversion| -> Result<f64> {
        Ok(accuracies(model, conversion, digits, &STEPS, seed)?.iter().sum::<f64>() / STEPS.len() as f64)
    };
    let (mut best, mut highest) = (start.clone(), score(&start)?);
    let mut seen = vec![start.gains];
    for _ in 0..ROUNDS {
        let centre = best.clone();
        for (layer, power) in [(0, 1), (0, -1), (1, 1), (1, -1)] {
            let mut candidate = centre.clone();
            candidate.gains[layer] *= RATIO.powi(power);
            let close = |gains: &Vec<f64>| {
                gains.iter().zip(&candidate.gains).all(|(a, b)| (a / b - 1.0).abs() < 1e-6)
            };
            if seen.iter().any(close) {
                continue;
            }
            seen.push(candidate.gains.clone());
            let reached = score(&candidate)?;
            if reached > highest {
                (best, highest) = (candidate, reached);
            }
        }
        if best.gains == centre.gains {
            break;
        }
    }
    let output = best.gains.len() - 1;
    for _ in 0..HEADROOMS {
        let mut candidate = best.clone();
        candidate.gains[output] *= HEADROOM;
        if score(&candidate)? < highest - HEADROOM_COST {
            break;
        }
        best = candidate;
    }
    Ok(best)
}
