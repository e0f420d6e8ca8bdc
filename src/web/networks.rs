//! What networks need that are not the shipped one: pictures of other sizes, and biases. The pad loads it when such a network is
//! shown.

use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

use super::classes::{Digit, Model, drawing, no_layer};
use super::objects::read_settings;
use crate::digit;
use crate::layer::LayerParameters;

#[wasm_bindgen]
impl Digit {
    /// `Digit.fromStrokes` for a network whose picture has `side` x `side` pixels.
    ///
    /// # Errors
    /// The errors of `Digit.fromStrokes`.
    #[wasm_bindgen(js_name = fromStrokesWithSide)]
    pub fn from_strokes_with_side(
        points: &[f32],
        lengths: &[u32],
        widths: &[f32],
        side: usize,
    ) -> Result<Option<Digit>, JsError> {
        let raster = drawing(points, lengths, widths)?.rasterise();
        Ok(raster.and_then(|raster| digit::Digit::from_raster_with_side(&raster, side)).map(Digit))
    }

    /// The digit in `side` x `side` pixels, each with the mean ink of the area that it covers. Undefined where no ink is
    /// left.
    pub fn resized(&self, side: usize) -> Option<Digit> {
        self.0.resized(side).map(Digit)
    }
}

#[wasm_bindgen]
impl Model {
    /// The currents that drive the neurons of a layer in every step, `[neurons]`: the converted biases, in the units of the
    /// threshold of `settings`. Layers are counted from 0. Empty for a layer without biases.
    ///
    /// # Errors
    /// Where a setting is out of its range, the model lacks what the normalisation needs, or there is no such layer.
    #[wasm_bindgen(js_name = constantCurrents)]
    pub fn constant_currents(
        &self,
        layer: usize,
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<Float32Array, JsError> {
        let layers = LayerParameters::of(&self.0, &read_settings(settings)?)?;
        let layer = layers.get(layer).ok_or_else(|| no_layer(layer))?;
        Ok(Float32Array::from(layer.constant.as_deref().unwrap_or_default()))
    }
}
