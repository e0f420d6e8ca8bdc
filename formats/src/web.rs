//! The JavaScript interface: `openNetwork`.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::calibration::CalibrationDigits;
use crate::open::{NamedBytes, Options, open};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("web.d.ts");

#[wasm_bindgen]
extern "C" {
    /// Files with names and bytes.
    #[wasm_bindgen(typescript_type = "NetworkFile[]")]
    pub type Files;
    /// What the reader decides.
    #[wasm_bindgen(typescript_type = "NetworkChoices")]
    pub type Choices;
    /// A report and a file in Spikepad's format.
    #[wasm_bindgen(typescript_type = "OpenedNetwork")]
    pub type OpenedNetwork;
}

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Opens files that belong together: one network, with the files that hold parts of it. Whatever `choices` leaves open is tried on
/// the digits.
///
/// # Errors
/// An `Error` whose message names the file, what is wrong, and what to do.
#[wasm_bindgen(js_name = openNetwork)]
pub fn open_network(files: &Files, choices: &Choices) -> Result<OpenedNetwork, JsError> {
    let text = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok()?.as_string();
    let bytes = |object: &JsValue, key: &str| {
        Reflect::get(object, &key.into()).ok().and_then(|value| value.dyn_into::<Uint8Array>().ok())
    };
    let list: &Array = files.unchecked_ref();
    let files: Vec<(String, Vec<u8>)> = list
        .iter()
        .map(|file| {
            let name = text(&file, "name").unwrap_or_else(|| "file".into());
            (name, bytes(&file, "bytes").map_or_else(Vec::new, |bytes| bytes.to_vec()))
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let digits =
        bytes(choices, "digits").map(|bytes| CalibrationDigits::read(&bytes.to_vec())).transpose()?;
    let scaling = text(choices, "scaling");
    let activation = text(choices, "activation").map(|name| name.parse()).transpose()?;
    let options =
        Options { scaling: scaling.as_deref(), activation, digits: digits.as_ref(), ..Options::default() };
    let (model, report) = open(&files, &options)?.into_parts();
    let json = serde_json::to_string(&report)?;
    let parsed = JSON::parse(&json).map_err(|_| JsError::new("the report is no JSON"))?;
    let opened = Object::new();
    let set = |key: &str, value: &JsValue| {
        Reflect::set(&opened, &key.into(), value)
            .map(drop)
            .map_err(|_| JsError::new("the result cannot be made"))
    };
    set("report", &parsed)?;
    set("safetensors", &Uint8Array::from(&*model.to_safetensors()?).into())?;
    Ok(JsValue::from(opened).unchecked_into())
}
