//! Scripts for the real frameworks, as JavaScript sees them.

use js_sys::{Array, Float32Array, Float64Array, Int32Array, Object, Reflect, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::classes::{Digit, Model};
use super::dialects::{Overrides, dialect_with, labelled, whole_seed};
use crate::dialect::{self, ArrayNumbers, Decoding, ScriptOptions, SpikeTrain};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a script runs: a dialect, replaced parameters, how the class is read (null for the usual way), and time steps. */
export interface ScriptPlan {
  readonly dialect: string;
  readonly overrides: Readonly<Record<string, number | string | boolean | null>>;
  readonly readout: Rule | null;
  readonly steps: number;
}

/** An array of the file beside a script, row-major. */
export interface ScriptArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Uint8Array | Int32Array | Float32Array | Float64Array;
}
"#;

/// What a script runs.
#[derive(Deserialize)]
struct Plan {
    dialect: String,
    overrides: Overrides,
    readout: Option<Decoding>,
    steps: u32,
}

impl Plan {
    fn read(plan: JsValue) -> Result<(Self, dialect::Dialect), JsError> {
        let plan: Self = serde_wasm_bindgen::from_value(plan)?;
        let dialect = dialect_with(&plan.dialect, &plan.overrides)?;
        Ok((plan, dialect))
    }
}

/// A script in Python that runs a network in the real framework, the arrays of the file beside it, and what will come out.
#[wasm_bindgen]
pub struct Script(dialect::Script);

#[wasm_bindgen]
impl Script {
    /// The script `NAME.py` that presents `digit` and compares everything with what Spikepad computes; for the ANN, its
    /// activations. A converted network gets the digit as a constant current. With `shared` the input spikes are those of `Experiment.record`, the same in every dialect; otherwise those
    /// of `Experiment.run`.
    ///
    /// # Errors
    /// Where the plan or the seed is out of its range, the digit does not fit the network, or the framework cannot do this.
    #[wasm_bindgen(js_name = ofDigit)]
    pub fn of_digit(
        model: &Model,
        #[wasm_bindgen(unchecked_param_type = "ScriptPlan")] plan: JsValue,
        name: &str,
        digit: &Digit,
        seed: f64,
        shared: bool,
    ) -> Result<Script, JsError> {
        let (Plan { readout, steps, .. }, dialect) = Plan::read(plan)?;
        let options = ScriptOptions { name, decoding: readout };
        if !dialect.has_spikes() {
            return Ok(Script(dialect::Script::of_picture(&model.0, &dialect, &options, &digit.0)?));
        }
        if dialect.is_converted() {
            let image: Vec<f32> = digit.0.intensities().collect();
            let script = dialect::Script::of_current(&model.0, &dialect, &options, &image, steps, &[])?;
            return Ok(Script(script));
        }
        let seed = whole_seed(seed)?;
        let train = match shared {
            true => SpikeTrain::drawn(&digit.0, steps, seed)?,
            false => SpikeTrain::drawn_in(&dialect, &digit.0, steps, seed)?,
        };
        Ok(Script(dialect::Script::of_spikes(&model.0, &dialect, &options, &train, &[])?))
    }

    /// The script `NAME.py` that presents images and counts those that are read correctly. `ink` holds one image after another,
    /// row-major, each with as many pixels as the network has inputs. `right` is how many of them Spikepad reads.
    ///
    /// # Errors
    /// Where the plan is out of its range, or there is not one label per image.
    #[wasm_bindgen(js_name = ofSet)]
    pub fn of_set(
        model: &Model,
        #[wasm_bindgen(unchecked_param_type = "ScriptPlan")] plan: JsValue,
        name: &str,
        ink: &[u8],
        labels: &[u8],
        right: u32,
    ) -> Result<Script, JsError> {
        let (Plan { readout, steps, .. }, dialect) = Plan::read(plan)?;
        let options = ScriptOptions { name, decoding: readout };
        let images = labelled(ink, labels, model.0.network().inputs())?;
        Ok(Script(dialect::Script::of_set(&model.0, &dialect, &options, &images, steps, right.into())?))
    }

    /// The text of `NAME.py`.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.0.text.clone()
    }

    /// The class that Spikepad reads; undefined for a set of images.
    #[wasm_bindgen(getter)]
    pub fn answer(&self) -> Option<u32> {
        self.0.answer.map(|class| class as u32)
    }

    /// The spikes of each output that Spikepad counts; empty for outputs that do not spike and for a set of images.
    #[wasm_bindgen(getter)]
    pub fn counts(&self) -> Vec<f64> {
        self.0.counts.iter().map(|&count| count as f64).collect()
    }

    /// The arrays of `NAME.npz`.
    ///
    /// # Errors
    /// None.
    #[wasm_bindgen(unchecked_return_type = "ScriptArray[]")]
    pub fn arrays(&self) -> Result<Array, JsError> {
        let arrays = Array::new();
        for dialect::Array { name, shape, numbers } in &self.0.arrays {
            let sides: Array = shape.iter().map(|&side| JsValue::from(side as u32)).collect();
            let numbers = match numbers {
                ArrayNumbers::U8(numbers) => JsValue::from(Uint8Array::from(numbers.as_slice())),
                ArrayNumbers::I32(numbers) => Int32Array::from(numbers.as_slice()).into(),
                ArrayNumbers::F32(numbers) => Float32Array::from(numbers.as_slice()).into(),
                ArrayNumbers::F64(numbers) => Float64Array::from(numbers.as_slice()).into(),
            };
            let array = Object::new();
            for (key, value) in [("name", name.into()), ("shape", sides.into()), ("numbers", numbers)] {
                // A plain object takes every property.
                let _ = Reflect::set(&array, &key.into(), &value);
            }
            arrays.push(&array);
        }
        Ok(arrays)
    }
}
