//! The conversions of other tools, beside each other.

use serde::Serialize;

use super::digits::{self, right};
use super::error::DoctorError;
use crate::dialect::{DialectError, Recipe, RecipeRun};
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::network::ActivationStatistics;
use crate::simulation::{Labelled, for_each};

/// Numbers of steps after which the class is read.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// A conversion that another tool makes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecipeReport {
    /// Its name.
    pub name: &'static str,
    /// The tool and its version.
    pub tool: &'static str,
    /// How users of the tool write it.
    pub code: &'static str,
    /// Where it is described.
    pub source: &'static str,
    /// What it does, in a sentence.
    pub text: &'static str,
    /// Accuracy after 5, 10, 20, 60 and 350 steps, `[5]`.
    pub accuracy: Vec<f64>,
}

/// Runs `model` on labelled digits as each of [`Recipe::ALL`] converts it, with scales from the activations of the same digits.
/// A recipe that cannot scale the network, because a layer is silent, is left out.
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run.
pub fn compare_recipes(model: &Model, images: &[Labelled]) -> Result<Vec<RecipeReport>, DoctorError> {
    let shown = digits::checked(images, model.network().classes())?;
    let digits: Vec<Digit> = images.iter().filter_map(|image| image.digit.clone()).collect();
    let statistics =
        ActivationStatistics::measure(model.network(), &digits).map_err(SimulationError::from)?;
    let mut reports = Vec::new();
    for recipe in Recipe::ALL {
        let start = || RecipeRun::new(model, recipe, &statistics);
        if matches!(start(), Err(DialectError::Silent { .. })) {
            continue;
        }
        let answers = for_each(&shown, false, start, |run, _, shown| {
            let Some(digit) = shown.digit else { return Ok([None; STEPS.len()]) };
            let run = run.as_mut().map_err(|error| error.clone())?;
            let image: Vec<f32> = digit.intensities().collect();
            let classes = run.present(&image, &STEPS, false)?.classes;
            Ok(std::array::from_fn(|i| classes.get(i).copied()))
        });
        let answers: Vec<[Option<usize>; STEPS.len()]> =
            answers.into_iter().collect::<Result<_, DialectError>>()?;
        let accuracy =
            |i: usize| right(&shown, answers.iter().map(|answer| &answer[i])) as f64 / shown.len() as f64;
        let Recipe { name, tool, code, source, text, .. } = *recipe;
        let accuracy = (0..STEPS.len()).map(accuracy).collect();
        reports.push(RecipeReport { name, tool, code, source, text, accuracy });
    }
    Ok(reports)
}
