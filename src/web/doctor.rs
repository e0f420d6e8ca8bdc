//! The JavaScript interface of the doctor.

use std::rc::Rc;

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::classes::Model;
#[cfg(feature = "dialects")]
use super::dialects::{Overrides, dialect_with, whole_seed};
use super::objects::{read_settings, to_object};
use crate::changes::ModelChanges;
#[cfg(feature = "dialects")]
use crate::dialect::{Decoding, Recipe};
use crate::digit::Digit;
#[cfg(feature = "dialects")]
use crate::doctor::{DialectExamination, examine_dialect, measure_recipe};
use crate::doctor::{Examination, examine};
#[cfg(feature = "dialects")]
use crate::plain::shortened;
use crate::simulation::{Labelled, label};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("doctor.d.ts");

/// What `examine` takes besides digits and settings.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    mends: bool,
    keeps_state: bool,
    scaling_found: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { mends: true, keeps_state: false, scaling_found: false }
    }
}

/// What `examineDialect` takes besides digits and the dialect.
#[cfg(feature = "dialects")]
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct DialectOptions {
    overrides: Overrides,
    readout: Option<Decoding>,
    steps: Option<u32>,
    seed: Option<f64>,
    mends: Option<bool>,
}

#[wasm_bindgen]
impl Model {
    /// The network of the same file, read in another way. `ink` and `labels` are digits as for `examine`: a conversion that was
    /// chosen by measurement is chosen anew on them.
    ///
    /// # Errors
    /// Where a change is out of its range, or does not fit the network.
    pub fn changed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModelChanges")] changes: JsValue,
        ink: &[u8],
        labels: &[u8],
    ) -> Result<Model, JsError> {
        let changes: ModelChanges = serde_wasm_bindgen::from_value(changes)?;
        Ok(Model(Rc::new(self.0.changed(&changes, &self.labelled(ink, labels)?)?)))
    }

    /// Examines the spiking network on labelled digits: how its layers follow the ANN, and why it loses accuracy. `ink` holds one
    /// image after another, row-major, each with as many pixels as the network has inputs. The input spikes depend only on the
    /// image, its index and the seed of the settings, as in `evaluate`.
    ///
    /// # Errors
    /// Where there is no image, not one label per image, a label that is not a class, or a setting out of its range.
    #[wasm_bindgen(unchecked_return_type = "DoctorReport")]
    pub fn examine(
        &self,
        ink: &[u8],
        labels: &[u8],
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
        #[wasm_bindgen(unchecked_param_type = "DoctorOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let Options { mends, keeps_state, scaling_found } = serde_wasm_bindgen::from_value(options)?;
        let examination =
            Examination { mends, keeps_state, scaling_found, ..Examination::new(read_settings(settings)?) };
        to_object(&examine(&self.0, &self.labelled(ink, labels)?, &examination)?)
    }

    /// The same for the network as another framework runs it: see the class `Experiment` for `dialect`, `overrides` and
    /// `readout`. The report's settings are flags of `spikepad evaluate --dialect`.
    ///
    /// # Errors
    /// Those of `examine`, and where the dialect or a parameter does not exist, or a value is out of its range.
    #[cfg(feature = "dialects")]
    #[wasm_bindgen(js_name = examineDialect, unchecked_return_type = "DoctorReport")]
    pub fn examine_dialect(
        &self,
        ink: &[u8],
        labels: &[u8],
        dialect: &str,
        #[wasm_bindgen(unchecked_param_type = "DoctorDialectOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let DialectOptions { overrides, readout, steps, seed, mends } =
            serde_wasm_bindgen::from_value(options)?;
        let mut examination = DialectExamination::new(dialect_with(dialect, &overrides)?);
        examination.decoding = readout;
        examination.steps = steps.unwrap_or(examination.steps);
        examination.mends = mends.unwrap_or(true);
        if let Some(seed) = seed {
            examination.seed = whole_seed(seed)?;
        }
        to_object(&examine_dialect(&self.0, &self.labelled(ink, labels)?, &examination)?)
    }

    /// Measures the network on labelled digits as another tool would convert it: `name` is one of `recipeNames`. Null where the
    /// tool cannot scale the network, because a layer is silent.
    ///
    /// # Errors
    /// Those of `examine`, and where there is no such recipe.
    #[cfg(feature = "dialects")]
    #[wasm_bindgen(js_name = measureRecipe, unchecked_return_type = "RecipeReport | null")]
    pub fn measure_recipe(&self, ink: &[u8], labels: &[u8], name: &str) -> Result<JsValue, JsError> {
        let Some(recipe) = Recipe::named(name) else {
            return Err(JsError::new(&format!("there is no recipe '{}'", shortened(name))));
        };
        to_object(&measure_recipe(&self.0, recipe, &self.labelled(ink, labels)?)?)
    }
}

/// The names of the conversions of other tools, in the order in which they are shown.
#[cfg(feature = "dialects")]
#[must_use]
#[wasm_bindgen(js_name = recipeNames)]
pub fn recipe_names() -> Vec<String> {
    Recipe::ALL.iter().map(|recipe| recipe.name.into()).collect()
}

impl Model {
    /// Images, one after another, row-major, each with as many pixels as the network has inputs, with their labels.
    fn labelled(&self, ink: &[u8], labels: &[u8]) -> Result<Vec<Labelled>, JsError> {
        let digits = ink.chunks_exact(self.0.network().inputs()).map(Digit::from_square);
        let digits: Vec<Option<Digit>> = digits.collect::<Result<_, _>>()?;
        Ok(label(digits.into_iter(), labels)?)
    }
}
