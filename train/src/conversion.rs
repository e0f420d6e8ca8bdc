//! Chooses the gains: how strongly the trained weights drive spiking neurons.

use anyhow::Result;
use spikepad::{
    ActivationStatistics, Conversion, Description, EvaluationOptions, Labelled, Model, Normalisation, Reset,
    Settings, evaluate,
};

/// Numbers of steps for which the accuracy is measured. All have the same weight.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// Ratio of the gains of neighbouring candidates.
const RATIO: f64 = 1.25;

/// Factor on the output layer's gain after the search, how often it is tried, and the mean accuracy that it
/// may cost altogether. Membrane potentials break ties, so accuracy hardly depends on this gain
/// (docs/conversion.md). With the searched gain the winner would fire in nearly every step, and the number of
/// its spikes would not tell clear cases from doubtful ones.
const HEADROOM: f64 = 0.75;
const HEADROOMS: usize = 4;
const HEADROOM_COST: f64 = 0.0005;

/// The most rounds of the search. In each round every gain is tried one factor up and one down, until no change
/// helps.
const ROUNDS: usize = 12;

/// The conversion with gains by the 99.9th percentile of each layer's activations.
pub fn balanced(activations: &ActivationStatistics, tau_m: Option<f64>, reset: Reset) -> Conversion {
    let before = std::iter::once(&1.0).chain(&activations.percentile99_9);
    let gains = before.zip(&activations.percentile99_9).map(|(before, here)| before / here).collect();
    Conversion::new(gains, tau_m, reset)
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

/// Searches from `start` for the gains with the highest mean accuracy over [`STEPS`], by hill climbing. Then
/// lowers the output layer's gain while that costs at most [`HEADROOM_COST`].
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
