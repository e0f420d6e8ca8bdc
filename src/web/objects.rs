//! Plain objects of JavaScript, made and read field by field: what does so for any type is many times as much wasm.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::json::{Json, Record, Unfit};
use crate::names::Named;
use crate::readout::Verdict;
use crate::settings::Settings;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Object)]
    type Plain;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Plain;
    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Plain, name: &str, value: &JsValue);
}

/// An object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Plain::new();
    for (name, value) in fields {
        object.set(name, value);
    }
    object.into()
}

/// A number, or null.
fn nullable(number: Option<f64>) -> JsValue {
    number.map_or(JsValue::NULL, JsValue::from)
}

fn name(value: impl Named) -> JsValue {
    value.name().into()
}

/// Settings as JavaScript has them.
pub fn of_settings(settings: &Settings) -> JsValue {
    let Settings { steps, dt, max_rate, tau_m, threshold, reset, refractory, .. } = *settings;
    let Settings { normalisation, encoding, readout, seed, .. } = *settings;
    object(&[
        ("steps", steps.into()),
        ("dt", dt.into()),
        ("maxRate", max_rate.into()),
        ("tauM", nullable(tau_m)),
        ("threshold", threshold.into()),
        ("reset", name(reset)),
        ("refractory", refractory.into()),
        ("normalisation", name(normalisation)),
        ("encoding", name(encoding)),
        ("readout", name(readout)),
        ("seed", (seed as f64).into()),
    ])
}

/// The settings that JavaScript has given; those that it leaves out are the defaults.
///
/// # Errors
/// [`Unfit`] names the setting that is not of its kind, or is none.
pub fn settings(value: JsValue) -> Result<Settings, Unfit> {
    const WHOLE: &str = "a whole number, 0 or more";
    const NUMBER: &str = "a number";
    let of = Settings::default();
    let mut given = Record::of(value.into(), "settings")?;
    let number = |json: Json| json.number();
    let number_or_null = |json: Json| if json.is_null() { Some(None) } else { json.number().map(Some) };
    // What is beyond 32 bits is out of every range.
    let count = |json: Json| Some(u32::try_from(json.whole()?).unwrap_or(u32::MAX));
    let seed = |json: Json| json.whole();
    let settings = Settings {
        steps: given.read_or("steps", WHOLE, count, of.steps)?,
        dt: given.read_or("dt", NUMBER, number, of.dt)?,
        max_rate: given.read_or("maxRate", NUMBER, number, of.max_rate)?,
        tau_m: given.read_or("tauM", "a number or null", number_or_null, of.tau_m)?,
        threshold: given.read_or("threshold", NUMBER, number, of.threshold)?,
        reset: named(&mut given, "reset", of.reset)?,
        refractory: given.read_or("refractory", WHOLE, count, of.refractory)?,
        normalisation: named(&mut given, "normalisation", of.normalisation)?,
        encoding: named(&mut given, "encoding", of.encoding)?,
        readout: named(&mut given, "readout", of.readout)?,
        seed: given.read_or("seed", "a whole number below 2^53", seed, of.seed)?,
    };
    given.finish()?;
    Ok(settings)
}

fn named<T: Named>(given: &mut Record, name: &'static str, default: T) -> Result<T, Unfit> {
    given.read_or(name, T::CHOICE, |json| T::named(&json.text()?), default)
}

/// A verdict as JavaScript has it.
pub fn of_verdict(verdict: &Verdict) -> JsValue {
    let class = |digit: usize| JsValue::from(digit as u32);
    let decision = verdict
        .decision
        .map(|decision| object(&[("steps", decision.steps.into()), ("digit", class(decision.digit))]));
    object(&[
        ("digit", verdict.digit.map_or(JsValue::NULL, class)),
        ("counts", verdict.counts.iter().map(|&count| JsValue::from(count)).collect::<Array>().into()),
        ("decision", decision.unwrap_or(JsValue::NULL)),
        ("margin", verdict.margin.into()),
        ("doubt", verdict.doubt.map_or(JsValue::NULL, name)),
        ("sure", verdict.sure.into()),
    ])
}
