//! The conversions of other tools, beside each other.

use serde::Serialize;

use super::digits::{self, Shown, right};
use super::error::DoctorError;
use crate::dialect::{DialectError, Recipe, RecipeRun};
use crate::encoding::Encoding;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::network::collect;
use crate::neuron::Reset;
use crate::settings::Settings;
use crate::simulation::{Labelled, for_each};

/// Numbers of steps after which the class is read.
const STEPS: [u32; 5] = [5, 10, 20, 60, 350];

/// The classes after each of [`STEPS`].
type Answers = [Option<usize>; STEPS.len()];

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
    /// The numbers of steps after which the class is read, `[5]`.
    pub steps: [u32; STEPS.len()],
    /// Accuracy after each of them, `[5]`.
    pub accuracy: Vec<f64>,
    /// The settings of Spikepad's own neurons that come nearest to it; `None` where none do.
    pub settings: Option<Settings>,
}

/// Runs `model` on labelled digits as each of [`Recipe::ALL`] converts it: see [`measure_recipe`]. A recipe that cannot scale the
/// network is left out.
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run.
pub fn compare_recipes(model: &Model, images: &[Labelled]) -> Result<Vec<RecipeReport>, DoctorError> {
    let reports = Recipe::ALL.iter().map(|recipe| measure_recipe(model, recipe, images));
    reports.filter_map(Result::transpose).collect()
}

/// Runs `model` on labelled digits as `recipe` converts it. Each half of the digits is read with scales from the activations on
/// the other half, so no digit is read with a scale that it has a part in; a single digit is read with its own. `None` where
/// the recipe cannot scale the network, because a layer is silent.
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run.
pub fn measure_recipe(
    model: &Model,
    recipe: &Recipe,
    images: &[Labelled],
) -> Result<Option<RecipeReport>, DoctorError> {
    let shown = digits::checked(images, model.network().classes())?;
    let (first, second) = shown.split_at(shown.len() / 2);
    let mut answers: Vec<Answers> = Vec::with_capacity(shown.len());
    for (read, scaled_on) in [(first, second), (second, if first.is_empty() { second } else { first })] {
        match answers_of(model, recipe, read, scaled_on) {
            Err(DoctorError::Dialect(DialectError::Silent { .. })) => return Ok(None),
            half => answers.extend(half?),
        }
    }
    let accuracy =
        |i: usize| right(&shown, answers.iter().map(|answer| &answer[i])) as f64 / shown.len() as f64;
    let Recipe { name, tool, code, source, text, .. } = *recipe;
    Ok(Some(RecipeReport {
        name,
        tool,
        code,
        source,
        text,
        steps: STEPS,
        accuracy: (0..STEPS.len()).map(accuracy).collect(),
        settings: settings_of(model, recipe),
    }))
}

/// The answers to the digits `read`, with scales from the digits `scaled_on`.
fn answers_of(
    model: &Model,
    recipe: &Recipe,
    read: &[Shown],
    scaled_on: &[Shown],
) -> Result<Vec<Answers>, DoctorError> {
    let network = model.network();
    let digits = scaled_on.iter().filter_map(|shown| shown.digit);
    let mut activations = collect(network, digits).map_err(SimulationError::from)?;
    let scales = recipe.scales(network, &mut activations);
    let start = || RecipeRun::new(model, recipe, &scales);
    start()?;
    let answers = for_each(read, false, start, |run, _, shown| {
        let Some(digit) = shown.digit else { return Ok([None; STEPS.len()]) };
        let run = run.as_mut().map_err(|error| error.clone())?;
        let image: Vec<f32> = digit.intensities().collect();
        let classes = run.present(&image, &STEPS, false)?.classes;
        Ok(std::array::from_fn(|i| classes.get(i).copied()))
    });
    Ok(answers.into_iter().collect::<Result<_, DialectError>>()?)
}

/// The settings that come nearest to a recipe: its scales, neurons without a leak, and evenly spaced spikes in place of the
/// constant current. A network without activation statistics cannot be scaled by them.
fn settings_of(model: &Model, recipe: &Recipe) -> Option<Settings> {
    let (normalisation, readout) = recipe.nearest()?;
    model.description().activations.as_ref()?;
    Some(Settings {
        tau_m: None,
        reset: Reset::Subtract,
        normalisation,
        encoding: Encoding::Regular,
        readout,
        ..Settings::default()
    })
}
