//! The JavaScript interface of the doctor.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::classes::Model;
use super::objects::{read_settings, to_object};
use crate::digit::Digit;
use crate::doctor::{Examination, examine};
use crate::simulation::label;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("doctor.d.ts");

/// What `examine` takes besides digits and settings.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    mends: bool,
    keeps_state: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { mends: true, keeps_state: false }
    }
}

#[wasm_bindgen]
impl Model {
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
        let Options { mends, keeps_state } = serde_wasm_bindgen::from_value(options)?;
        let examination = Examination { mends, keeps_state, ..Examination::new(read_settings(settings)?) };
        let digits = ink.chunks_exact(self.0.network().inputs()).map(Digit::from_square);
        let digits: Vec<Option<Digit>> = digits.collect::<Result<_, _>>()?;
        let images = label(digits.into_iter(), labels)?;
        to_object(&examine(&self.0, &images, &examination)?)
    }
}
