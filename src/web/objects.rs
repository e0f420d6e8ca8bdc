//! Converts summaries and settings to and from plain JavaScript objects.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::settings::{Settings, SettingsError};

/// Converts a value to a plain object by the rules of JSON. `None` becomes null.
///
/// # Errors
/// If a whole number is beyond 2^53.
pub fn to_object(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// Reads settings from a JavaScript object. A setting that the object leaves out has its default.
///
/// serde-wasm-bindgen is not used here: its errors do not name the setting, it ignores unknown names, and it reads
/// undefined as null. Its errors format numbers with the standard library, which would make the pad's wasm 102 kB of
/// gzip instead of 83 kB (measured 2026-11-26).
///
/// # Errors
/// Names the setting that does not exist, or whose value is not of its type.
pub fn read_settings(given: JsValue) -> Result<Settings, SettingsError> {
    Settings::read(given.into())
}
