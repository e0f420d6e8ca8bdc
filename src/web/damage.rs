//! The JavaScript interface of damaged networks.

use std::rc::Rc;

use js_sys::{Float32Array, Int16Array};
use wasm_bindgen::prelude::*;

use super::classes::{Digit, Model};
use super::objects::read_settings;
use crate::damage::Damage;
use crate::digit;
use crate::encoding::presentation_seed;
use crate::simulation::SpikingNetwork;

#[wasm_bindgen]
impl Model {
    /// The model with a damaged network. `damage` lists what is broken, as links and the command line do:
    /// `silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7`.
    ///
    /// # Errors
    /// Where there is no such damage, or a value is out of its range.
    pub fn damaged(&self, damage: &str) -> Result<Model, JsError> {
        Ok(Model(Rc::new(self.0.damaged(&damage.parse::<Damage>()?)?)))
    }

    /// The ANN's probability of each class. In a network that loses spikes the numbers that the ANN sends are lost as often; the
    /// seed of the presentation chooses which.
    ///
    /// # Errors
    /// Where the digit does not fit the network.
    #[wasm_bindgen(js_name = annPresented)]
    pub fn ann_presented(&self, digit: &Digit, seed: f64) -> Result<Float32Array, JsError> {
        Ok(Float32Array::from(self.0.probabilities(&digit.0, seed as u64)?.as_slice()))
    }

    /// The answers of the spiking network and of the ANN to each image, [images, 2] row-major; -1 for no answer. `ink` and
    /// `first` are those of `evaluate`, and so are the input's spikes.
    ///
    /// # Errors
    /// Where a setting is out of its range, or the images are not of the network's size.
    pub fn answers(
        &self,
        ink: &[u8],
        first: usize,
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<Int16Array, JsError> {
        let settings = read_settings(settings)?;
        let mut network = SpikingNetwork::new(&self.0, &settings)?;
        let mut answers = Vec::new();
        for (i, ink) in ink.chunks_exact(self.0.network().inputs()).enumerate() {
            let digit = digit::Digit::from_square(ink)?;
            let seed = presentation_seed(settings.seed, first.wrapping_add(i) as u64);
            let ann = match &digit {
                Some(digit) => self.0.classify(digit, seed)?,
                None => None,
            };
            let class = |answer: Option<usize>| answer.map_or(-1, |class| class as i16);
            answers.extend([class(network.verdict(digit.as_ref(), seed)?.digit), class(ann)]);
        }
        Ok(Int16Array::from(answers.as_slice()))
    }
}
