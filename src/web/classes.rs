//! The JavaScript classes `Digit`, `Model` and `Recording`: thin wrappers of the library's types. Large data are
//! typed arrays; settings and summaries are plain objects. Errors become an `Error` with a readable message.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Float32Array, Int16Array, Uint8Array, Uint16Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::objects::{read_settings, to_object};
use crate::digit::{self, Drawing, DrawingError};
use crate::encoding::MAX_SEED;
use crate::network::ANY_NETWORK;
use crate::settings::Settings;
use crate::simulation::LayerRecording;
use crate::{model, simulation};

/// Generated from the table of settings.
#[wasm_bindgen(typescript_custom_section)]
const SETTINGS: &str = include_str!("settings.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What the network answers. */
export interface Verdict {
  /** The class that won; null if there is no evidence for any class. */
  digit: number | null;
  /** Spikes of each output neuron. */
  counts: number[];
  /** The early answer; null if the lead never sufficed. */
  decision: { steps: number; digit: number } | null;
  /** The winner's lead after the last step, in spikes per step. */
  margin: number;
  /**
   * Why the answer is in doubt: the hidden neurons did not fire as they do for a digit, or another class is close
   * behind. Null if it is not in doubt.
   */
  doubt: "typicality" | "margin" | null;
  /** Whether there is an answer that is not in doubt. */
  sure: boolean;
}

/** Layers, number of weights and biases, and provenance of a model. */
export interface ModelInfo {
  layers: { name: string; inputs: number; outputs: number; activation: string; bias: boolean }[];
  parameters: number;
  provenance: Record<string, string>;
  /** What the spiking network cannot express of the ANN, in sentences. */
  warnings: string[];
}
"#;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// A new seed from the browser's source of randomness.
///
/// # Errors
/// Where the browser has none.
#[wasm_bindgen(js_name = freshSeed)]
pub fn fresh_seed() -> Result<f64, JsError> {
    Ok((getrandom::u64()? & MAX_SEED) as f64)
}

/// The square picture that the network sees: 28 x 28 pixels if it is made from strokes or a picture.
#[wasm_bindgen]
pub struct Digit(pub(super) digit::Digit);

#[wasm_bindgen]
impl Digit {
    /// Makes a digit from pen strokes. `points` holds x, y, x, y, .. in canvas units, `lengths` the number
    /// of points of each stroke, `widths` the width of the pen in each stroke, or one width for all.
    /// Undefined where nothing is drawn.
    ///
    /// # Errors
    /// Where a coordinate or a width cannot be drawn, or the lengths do not match the points or the widths.
    #[wasm_bindgen(js_name = fromStrokes)]
    pub fn from_strokes(points: &[f32], lengths: &[u32], widths: &[f32]) -> Result<Option<Digit>, JsError> {
        let raster = drawing(points, lengths, widths)?.rasterise();
        Ok(raster.as_ref().and_then(digit::Digit::from_raster).map(Digit))
    }

    /// Makes a digit from pen strokes without cropping them, although MNIST's digits were cropped. Scales the
    /// whole canvas, a square of `side` canvas units, to 28 x 28 pixels and, if `centred`, moves it by its
    /// centre of mass. Undefined where nothing is drawn on the canvas.
    ///
    /// # Errors
    /// The errors of `fromStrokes`.
    #[wasm_bindgen(js_name = fromUncroppedStrokes)]
    pub fn from_uncropped_strokes(
        points: &[f32],
        lengths: &[u32],
        widths: &[f32],
        side: f64,
        centred: bool,
    ) -> Result<Option<Digit>, JsError> {
        let raster = drawing(points, lengths, widths)?.rasterise_on_canvas(side);
        Ok(raster.as_ref().and_then(|raster| digit::Digit::from_uncropped(raster, centred)).map(Digit))
    }

    /// Takes the pixels of a square unchanged, row-major: 0 is paper, 255 full ink. 28 x 28 pixels are 784
    /// bytes. Undefined where all are 0.
    ///
    /// # Errors
    /// Where they are not a square of 8 x 8 to 64 x 64 pixels.
    #[wasm_bindgen(js_name = fromInk)]
    pub fn from_ink(ink: &[u8]) -> Result<Option<Digit>, JsError> {
        Ok(digit::Digit::from_square(ink)?.map(Digit))
    }

    /// The ink, one byte per pixel, row-major: 0 is paper, 255 full ink.
    pub fn ink(&self) -> Uint8Array {
        Uint8Array::from(self.0.ink())
    }
}

/// Which digit each stroke of a drawing belongs to: their places in reading order, counted from 0, and -1 for strokes that are
/// no part of a digit. `points` and `lengths` are those of `Digit.fromStrokes`.
///
/// # Errors
/// The errors of `Digit.fromStrokes`.
#[wasm_bindgen(js_name = digitsOfStrokes)]
pub fn digits_of_strokes(points: &[f32], lengths: &[u32]) -> Result<Vec<i32>, JsError> {
    let mut places = vec![-1; lengths.len()];
    for (place, strokes) in drawing(points, lengths, &[1.0])?.digits().iter().enumerate() {
        strokes.iter().for_each(|&stroke| places[stroke] = place as i32);
    }
    Ok(places)
}

pub(super) fn drawing(points: &[f32], lengths: &[u32], widths: &[f32]) -> Result<Drawing, DrawingError> {
    if let [width] = *widths {
        return Drawing::from_flat(points, lengths, width.into());
    }
    let widest = widths.iter().copied().fold(1.0, f32::max);
    Drawing::from_flat(points, lengths, widest.into())?
        .with_widths(widths.iter().map(|&w| w.into()).collect())
}

#[derive(Serialize)]
struct ModelInfo<'a> {
    layers: Vec<LayerInfo<'a>>,
    parameters: usize,
    provenance: &'a BTreeMap<String, String>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct LayerInfo<'a> {
    name: &'a str,
    inputs: usize,
    outputs: usize,
    activation: String,
    bias: bool,
}

/// A trained network with its description.
#[wasm_bindgen]
pub struct Model(pub(super) Rc<model::Model>);

#[wasm_bindgen]
impl Model {
    /// Reads a model from the bytes of a safetensors file.
    ///
    /// # Errors
    /// Where the file is damaged or does not hold a network.
    #[wasm_bindgen(constructor)]
    pub fn new(safetensors: &[u8]) -> Result<Model, JsError> {
        Ok(Model(Rc::new(model::Model::from_safetensors(safetensors)?)))
    }

    /// Neurons of every layer, the input first.
    #[wasm_bindgen(js_name = layerSizes)]
    pub fn layer_sizes(&self) -> Uint32Array {
        let sizes: Vec<u32> = self.0.network().sizes().into_iter().map(|size| size as u32).collect();
        Uint32Array::from(sizes.as_slice())
    }

    /// Layers, number of weights and biases, provenance, warnings.
    ///
    /// # Errors
    /// None that a valid model can cause.
    #[wasm_bindgen(unchecked_return_type = "ModelInfo")]
    pub fn info(&self) -> Result<JsValue, JsError> {
        let layers = self.0.network().layers().iter().map(|layer| {
            let (inputs, outputs) = layer.weights.shape();
            let bias = layer.bias.is_some();
            let activation =
                if ANY_NETWORK { layer.activation.to_string() } else { layer.activation.name().into() };
            LayerInfo { name: &layer.name, inputs, outputs, activation, bias }
        });
        to_object(&ModelInfo {
            layers: layers.collect(),
            parameters: self.0.network().parameters(),
            provenance: &self.0.description().provenance,
            warnings: if ANY_NETWORK { self.0.network().warnings() } else { Vec::new() },
        })
    }

    /// The settings that suit the model best.
    ///
    /// # Errors
    /// None that a valid model can cause.
    #[wasm_bindgen(unchecked_return_type = "Settings")]
    pub fn defaults(&self) -> Result<JsValue, JsError> {
        to_object(&self.0.defaults())
    }

    /// For each place on the display, row-major, the hidden neuron shown there. Similar neurons are
    /// neighbours. If the model has no layout, the neurons are in index order.
    #[wasm_bindgen(js_name = hiddenLayout)]
    pub fn hidden_layout(&self) -> Uint16Array {
        match &self.0.description().layout {
            Some(layout) => Uint16Array::from(layout.as_slice()),
            None => {
                let in_order: Vec<u16> = (0..self.0.network().sizes()[1]).map(|i| i as u16).collect();
                Uint16Array::from(in_order.as_slice())
            }
        }
    }

    /// The weights of a layer, counted from 0: [inputs, outputs], row-major.
    ///
    /// # Errors
    /// Where there is no such layer.
    pub fn weights(&self, layer: usize) -> Result<Float32Array, JsError> {
        let weights = self.0.network().weights(layer).ok_or_else(|| no_layer(layer))?;
        Ok(Float32Array::from(weights.as_slice().unwrap_or_default()))
    }

    /// The factor on the weights of each layer under the settings' normalisation.
    ///
    /// # Errors
    /// Where the model lacks what the normalisation needs.
    pub fn gains(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<Vec<f64>, JsError> {
        let settings = read_settings(settings)?;
        Ok(self.0.gains(settings.normalisation)?)
    }

    /// How many numbers of the picture and of each hidden layer of the ANN are not 0.
    ///
    /// # Errors
    /// Where the digit does not fit the network.
    pub fn active(&self, digit: &Digit) -> Result<Vec<u32>, JsError> {
        let inked = digit.0.ink().iter().filter(|&&ink| ink > 0).count();
        let layers = self.0.network().activations(&digit.0)?;
        let hidden = layers[..layers.len() - 1].iter();
        let active = hidden.map(|layer| layer.iter().filter(|&&activation| activation != 0.0).count());
        Ok(std::iter::once(inked).chain(active).map(|count| count as u32).collect())
    }

    /// The ANN's probability of each class.
    ///
    /// # Errors
    /// Where the digit does not fit the network.
    pub fn ann(&self, digit: &Digit) -> Result<Float32Array, JsError> {
        Ok(Float32Array::from(self.0.network().probabilities(&digit.0)?.as_slice()))
    }

    /// Presents a digit to the spiking network and records everything that happens.
    ///
    /// # Errors
    /// Where a setting is out of its range, the digit does not fit the network, or the recording would
    /// not fit in memory.
    pub fn present(
        &self,
        digit: &Digit,
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue,
    ) -> Result<Recording, JsError> {
        let settings = read_settings(settings)?;
        if !ANY_NETWORK {
            let recording = simulation::Recording::of(&self.0, &digit.0, &settings)?;
            return Ok(Recording { recording, source: None });
        }
        let recording = simulation::Recording::lean(&self.0, &digit.0, &settings)?;
        Ok(Recording { recording, source: Some((Rc::clone(&self.0), digit.0.clone(), settings)) })
    }
}

/// Everything that happened in one presentation. Layer 0 is the input.
#[wasm_bindgen]
pub struct Recording {
    pub(super) recording: simulation::Recording,
    /// What was presented, and to which model, so that potentials which are not kept can be found again. None for a
    /// recording that keeps all.
    pub(super) source: Option<(Rc<model::Model>, digit::Digit, Settings)>,
}

#[wasm_bindgen]
impl Recording {
    /// Time steps.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> usize {
        self.recording.steps()
    }

    /// Neurons of every layer, the input first.
    #[wasm_bindgen(js_name = layerSizes)]
    pub fn layer_sizes(&self) -> Uint32Array {
        let sizes: Vec<u32> = self.recording.layers().iter().map(|layer| layer.neurons() as u32).collect();
        Uint32Array::from(sizes.as_slice())
    }

    /// The index in `spikeNeurons` at which the spikes of each step begin, and then the number of all spikes:
    /// [steps + 1].
    ///
    /// # Errors
    /// Where there is no such layer.
    #[wasm_bindgen(js_name = spikeOffsets)]
    pub fn spike_offsets(&self, layer: usize) -> Result<Uint32Array, JsError> {
        Ok(Uint32Array::from(self.layer(layer)?.offsets()))
    }

    /// The neurons that fired, one step after another, ascending within a step.
    ///
    /// # Errors
    /// Where there is no such layer.
    #[wasm_bindgen(js_name = spikeNeurons)]
    pub fn spike_neurons(&self, layer: usize) -> Result<Uint16Array, JsError> {
        Ok(Uint16Array::from(self.layer(layer)?.spikes()))
    }

    /// Membrane potentials after each step, [steps, neurons] row-major; empty for the input. Those of hidden layers of more
    /// than 1,024 neurons are not kept: they are found again in another presentation, which takes as long.
    ///
    /// # Errors
    /// Where there is no such layer, or the potentials would not fit in memory.
    pub fn membranes(&self, layer: usize) -> Result<Float32Array, JsError> {
        let kept = self.layer(layer)?.membranes();
        match &self.source {
            Some((model, digit, settings)) if ANY_NETWORK && kept.is_empty() && layer > 0 => {
                let found = simulation::Recording::membranes_of(model, digit, settings, layer)?;
                Ok(Float32Array::from(found.as_slice()))
            }
            _ => Ok(Float32Array::from(kept)),
        }
    }

    /// Output spikes so far, after each step, [steps, classes] row-major.
    pub fn counts(&self) -> Uint32Array {
        Uint32Array::from(self.recording.counts())
    }

    /// The leading class after each step, [steps]; -1 if there is no evidence for any class.
    pub fn winners(&self) -> Int16Array {
        let winners: Vec<i16> =
            self.recording.winners().iter().map(|w| w.map_or(-1, |class| class as i16)).collect();
        Int16Array::from(winners.as_slice())
    }

    /// The answer after the last step.
    ///
    /// # Errors
    /// None that a valid recording can cause.
    #[wasm_bindgen(unchecked_return_type = "Verdict")]
    pub fn verdict(&self) -> Result<JsValue, JsError> {
        to_object(self.recording.verdict())
    }

    fn layer(&self, layer: usize) -> Result<&LayerRecording, JsError> {
        self.recording.layers().get(layer).ok_or_else(|| no_layer(layer))
    }
}

pub(super) fn no_layer(layer: usize) -> JsError {
    JsError::new(&format!("the network has no layer {layer}"))
}
