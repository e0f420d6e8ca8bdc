//! The ways to scale the weights, beside each other.

use serde::Serialize;

use super::digits;
use super::error::DoctorError;
use super::measuring::outcomes;
use super::watching::Watch;
use crate::changes::ChangeError;
use crate::digit::Digit;
use crate::gain_search::search_gains;
use crate::layer::SimulationError;
use crate::model::{Description, Model};
use crate::network::{ActivationStatistics, Conversion, Normalisation};
use crate::settings::Settings;
use crate::simulation::Labelled;

/// Numbers of steps whose mean accuracy the search raises: those with which the shipped network was made.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// A way to scale the weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NormalisationReport {
    /// The name of the normalisation, or `searched`.
    pub name: &'static str,
    /// The factor on the weights of each layer.
    pub gains: Vec<f64>,
    /// Accuracy after 5, 10, 20, 60 and 350 steps, `[5]`.
    pub accuracy: Vec<f64>,
}

/// Runs `model` on labelled digits with each normalisation, whose statistics are measured on these digits, and with gains that are
/// searched from those of the 99.9th percentile: see [`search_gains`]. Everything else is as in `settings`.
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run.
pub fn compare_normalisations(
    model: &Model,
    images: &[Labelled],
    settings: &Settings,
) -> Result<Vec<NormalisationReport>, DoctorError> {
    let shown = digits::checked(images, model.network().classes())?;
    let network = model.network();
    let digits: Vec<Digit> = images.iter().filter_map(|image| image.digit.clone()).collect();
    let statistics = ActivationStatistics::measure(network, &digits).map_err(SimulationError::from)?;
    let last = STEPS[STEPS.len() - 1];
    let settings = settings.clone().with(|settings| {
        (settings.steps, settings.normalisation) = (last, Normalisation::Model);
    });
    let own = model.description().conversion.as_ref();
    let shift = own.map_or(0.0, |conversion| conversion.output_shift);
    let accuracy = |conversion: &Conversion| -> Result<Vec<f64>, DoctorError> {
        let description = Description { conversion: Some(conversion.clone()), ..model.description().clone() };
        let model = Model::new(network.clone(), description).map_err(ChangeError::from)?;
        let watch = Watch { settings: &settings, checkpoints: &STEPS, counts: false, keeps_state: false };
        let outcomes = outcomes(&STEPS, &shown, &watch.present(&model, &shown)?);
        Ok(outcomes.into_iter().map(|outcome| outcome.accuracy).collect())
    };
    let mut reports = Vec::new();
    let mut start = None;
    for normalisation in
        [Normalisation::None, Normalisation::Max, Normalisation::Percentile99, Normalisation::Percentile99_9]
    {
        // A layer that is silent for nearly all digits has a percentile of 0.
        let Ok(mut conversion) =
            Conversion::normalised(network, normalisation, &statistics, settings.tau_m, settings.reset)
        else {
            continue;
        };
        conversion.output_shift = shift;
        let accuracy = accuracy(&conversion)?;
        reports.push(NormalisationReport {
            name: normalisation.name(),
            gains: conversion.gains.clone(),
            accuracy,
        });
        start = Some(conversion);
    }
    if let Some(start) = start {
        let mean =
            |conversion: &Conversion| Ok::<_, DoctorError>(accuracy(conversion)?.iter().sum::<f64>() / 5.0);
        let found = search_gains(start, mean)?;
        let accuracy = accuracy(&found)?;
        reports.push(NormalisationReport { name: "searched", gains: found.gains, accuracy });
    }
    Ok(reports)
}
