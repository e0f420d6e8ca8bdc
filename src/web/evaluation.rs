//! Accuracy over a labelled set as JavaScript sees it.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::classes::Model;
use super::objects::{read_settings, to_object};
use crate::digit::Digit;
use crate::simulation::{EvaluationOptions, evaluate, label};

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
    images: usize,
    right: usize,
    ann_right: usize,
    synops: u64,
}

#[wasm_bindgen]
impl Model {
    /// Presents images, each with as many pixels of `ink` as the network has inputs, row-major; the first
    /// has the index `first` in its set. The input's spikes depend on the image, its index and the settings' seed alone.
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
        let settings = read_settings(settings)?;
        let digits = ink.chunks_exact(self.0.network().inputs()).map(Digit::from_square);
        let digits: Vec<Option<Digit>> = digits.collect::<Result<_, _>>()?;
        let images = label(digits.into_iter(), labels)?;
        let options = EvaluationOptions { first, ..EvaluationOptions::default() };
        let evaluation = evaluate(&self.0, &settings, &images, &options)?;
        let last = &evaluation.snn[0];
        to_object(&Counts {
            images: evaluation.images,
            right: last.right,
            ann_right: evaluation.ann_right,
            synops: last.synops,
        })
    }
}
