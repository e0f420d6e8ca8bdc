//! The JavaScript interface for accuracy over a labelled set.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::classes::Model;
use super::objects::{read_settings, to_object};
use crate::digit::Digit;
use crate::simulation::{EvaluationOptions, evaluate, label};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Counts over a part of a labelled set. The counts of different parts add up. */
export interface Counts {
  images: number;
  /** Images that the spiking network classifies correctly after the last step. */
  right: number;
  /** Images that the ANN classifies correctly. */
  annRight: number;
  /** Synaptic operations: a spike causes one in each synapse that it reaches. */
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
    /// Presents images. `ink` holds one image after another, row-major, each with as many pixels as the
    /// network has inputs. The first image has the index `first` in its set. The input spikes depend only on
    /// the image, its index and the seed of the settings.
    ///
    /// # Errors
    /// Where there is no image, not one label per image, a label that is not a class, or a setting out of its
    /// range.
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
