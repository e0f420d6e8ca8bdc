//! The JavaScript interface for accuracy over a labelled set.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::classes::Model;
use super::objects::{read_settings, to_object};
use crate::digit::Digit;
use crate::simulation::{Evaluation, EvaluationOptions, evaluate, label};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Counts over a part of a labelled set. The counts of different parts add up, those in lists element by element. */
export interface Counts {
  images: number;
  /** Images that the spiking network classifies correctly after the last step. */
  right: number;
  /** Images that the ANN classifies correctly. */
  annRight: number;
  /** Images for which several outputs have the most spikes. Their potentials decide. */
  ties: number;
  /** Images for which no output spiked; where potentials are read, images without an answer. */
  silent: number;
  /** Images whose answer is not in doubt, and how many of these answers are correct. */
  sure: number;
  sureRight: number;
  /** Synaptic operations: a spike causes one in each synapse that it reaches. */
  synops: number;
  /** Images by label (row) and answer (column); the last column is for no answer. [classes, classes + 1] row-major. */
  confusion: number[];
}
"#;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    images: usize,
    right: usize,
    ann_right: usize,
    ties: usize,
    silent: usize,
    sure: usize,
    sure_right: usize,
    synops: u64,
    confusion: Vec<u32>,
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
        let Evaluation { images, ann_right, snn, sure, ties, silent, confusion, .. } =
            evaluate(&self.0, &settings, &images, &options)?;
        to_object(&Counts {
            images,
            right: snn[0].right,
            ann_right,
            ties,
            silent,
            sure: sure.images,
            sure_right: sure.right,
            synops: snn[0].synops,
            confusion: confusion.concat(),
        })
    }
}
