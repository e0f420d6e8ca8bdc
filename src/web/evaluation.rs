//! Accuracy over a labelled set as JavaScript sees it.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Model, to_js};
use crate::{Digit, PIXELS, evaluate, label};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What was counted over a part of a labelled set; the counts of different parts add up. */
export interface Counts {
  images: number;
  /** Images that the spiking network gets right after the last step. */
  right: number;
  /** Images that the ANN gets right. */
  annRight: number;
  /** Synaptic operations: for each spike, one a synapse that it reaches. */
  synops: number;
}
"#;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    images: u32,
    right: u32,
    ann_right: u32,
    synops: f64,
}

#[wasm_bindgen]
impl Model {
    /// Presents images, 784 pixels of `ink` each, row-major; the first has the index `first` in its
    /// set. The input's spikes depend on the image, its index and the settings' seed alone.
    ///
    /// # Errors
    /// Where there is nothing to present, not one label an image, a label that is no class, or a
    /// setting that is out of its range.
    #[wasm_bindgen(unchecked_return_type = "Counts")]
    pub fn evaluate(
        &self,
        ink: &[u8],
        labels: &[u8],
        first: usize,
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<JsValue, JsError> {
        let settings: crate::Settings = serde_wasm_bindgen::from_value(settings)?;
        let (digits, _) = ink.as_chunks::<PIXELS>();
        let images = label(digits.iter().map(Digit::from_ink), labels)?;
        let evaluation = evaluate(&self.0, &settings, &images, first, &[settings.steps], &|| ())?;
        let last = &evaluation.snn[0];
        to_js(&Counts {
            images: evaluation.images as u32,
            right: last.right as u32,
            ann_right: evaluation.ann_right as u32,
            synops: last.synops as f64,
        })
    }
}
