//! Summaries and settings as plain objects of JavaScript.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::settings::{Settings, SettingsError};

/// The value as JavaScript would have it: an object by the rules of JSON. None is null.
///
/// # Errors
/// If a whole number is beyond 2^53.
pub fn to_object(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// The settings that an object of JavaScript gives; those that it leaves out have their defaults.
///
/// Not by serde-wasm-bindgen: its errors do not name the setting, it passes over unknown names, and it takes undefined
/// for null. Its errors write numbers with the standard library, so the pad's wasm would have 102 kB of gzip instead of
/// 83 kB (measured 2026-11-26).
///
/// # Errors
/// Names the setting that does not exist, or whose value is not of its type.
pub fn read_settings(given: JsValue) -> Result<Settings, SettingsError> {
    Settings::read(given.into())
}
