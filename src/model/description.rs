//! The description in a model's file: everything besides the weights, as JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::json::{FieldError, Fields, Json};
use crate::names::Named;
use crate::network::{ANY_NETWORK, Activation, ActivationStatistics, Conversion};
use crate::neuron::Reset;
use crate::plain::shortened;
use crate::readout::ReadoutRule;
use crate::typicality::Typicality;

/// The contents of a model's file besides the weights.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// The conversion chosen for these weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// When an early answer is given, and when an answer is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<ReadoutRule>,
    /// Tells from the hidden neurons whether a picture is a digit. Stored in separate tensors.
    #[serde(skip)]
    pub typicality: Option<Arc<Typicality>>,
    /// How large the activations are over the training digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activations: Option<ActivationStatistics>,
    /// For each place on the display, row-major, the neuron of the first layer that is shown there. Similar
    /// neurons are neighbours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Vec<u16>>,
    /// Where the weights come from: data, licence, command, seed, measured figures.
    pub provenance: BTreeMap<String, String>,
}

/// The name of the format of networks without biases, with ReLU between the layers and softmax at the end.
pub const FORMAT: &str = "spikepad-network/1";

/// The name of the format of all other networks. A program that knows only the first format refuses it, and does not run
/// another network than the file's. Everything else is the same. Files of other formats are refused.
pub const FORMAT_2: &str = "spikepad-network/2";

/// What the description says of the layers.
#[derive(Debug, PartialEq)]
pub struct NamedLayers {
    /// The names of the layers, input side first.
    pub names: Vec<String>,
    /// The activation of each layer; empty where the file does not state them.
    pub activations: Vec<Activation>,
}

const NUMBER: &str = "a number";
const NUMBERS: &str = "a list of numbers";

/// Reads what is said of the layers, and the description without the typicality, which is stored in separate tensors.
///
/// # Errors
/// A text that says what is wrong.
pub fn read(text: &str) -> Result<(NamedLayers, Description), String> {
    let json = Json::parse(text)?;
    let read = || {
        let mut fields = Fields::of(json, "it")?;
        Ok((
            fields.read("format", "text", |json| json.text())?,
            named_layers(&mut fields)?,
            described(&mut fields)?,
        ))
    };
    let (format, layers, description) = read().map_err(|e: FieldError| e.to_string())?;
    if format != FORMAT && !(ANY_NETWORK && format == FORMAT_2) {
        return Err(format!("its format is '{}', not '{FORMAT}'", shortened(&format)));
    }
    if !layers.activations.is_empty() && layers.activations.len() != layers.names.len() {
        return Err("it has not as many activation functions as layers".into());
    }
    Ok((layers, description))
}

fn named_layers(fields: &mut Fields) -> Result<NamedLayers, FieldError> {
    let names = fields.read("layers", "a list of names", |json| json.list(|json| json.text()))?;
    if !ANY_NETWORK {
        return Ok(NamedLayers { names, activations: Vec::new() });
    }
    let activations =
        fields.read_optional("activationFunctions", "a list of activation functions", |json| {
            json.list(|json| json.text()?.parse().ok())
        })?;
    Ok(NamedLayers { names, activations: activations.unwrap_or_default() })
}

fn described(fields: &mut Fields) -> Result<Description, FieldError> {
    Ok(Description {
        conversion: fields.optional("conversion").map(conversion).transpose()?,
        readout: fields.optional("readout").map(readout).transpose()?,
        typicality: None,
        activations: fields.optional("activations").map(activations).transpose()?,
        layout: fields.read_optional("layout", "a list of neurons", |json| {
            json.list(|json| u16::try_from(json.whole()?).ok())
        })?,
        provenance: fields.read_optional("provenance", "an object of texts", texts)?.unwrap_or_default(),
    })
}

fn conversion(json: Json) -> Result<Conversion, FieldError> {
    let mut fields = Fields::of(json, "conversion")?;
    let mut conversion = Conversion::new(
        fields.read("gains", NUMBERS, numbers)?,
        fields.read_optional("tauM", NUMBER, number)?,
        fields.read("reset", Reset::CHOICE, |json| Reset::named(&json.text()?))?,
    );
    if ANY_NETWORK {
        conversion.output_shift = fields.read_optional("outputShift", NUMBER, number)?.unwrap_or(0.0);
    }
    fields.finish()?;
    Ok(conversion)
}

fn readout(json: Json) -> Result<ReadoutRule, FieldError> {
    let mut fields = Fields::of(json, "readout")?;
    let rule = ReadoutRule {
        lead: fields.read("lead", NUMBER, number)?,
        sure_margin: fields.read("sureMargin", NUMBER, number)?,
    };
    fields.finish()?;
    Ok(rule)
}

fn activations(json: Json) -> Result<ActivationStatistics, FieldError> {
    let mut fields = Fields::of(json, "activations")?;
    let statistics = ActivationStatistics {
        max: fields.read("max", NUMBERS, numbers)?,
        percentile99: fields.read("percentile99", NUMBERS, numbers)?,
        percentile99_9: fields.read("percentile99.9", NUMBERS, numbers)?,
    };
    fields.finish()?;
    Ok(statistics)
}

fn number(json: Json) -> Option<f64> {
    json.number()
}

fn numbers(json: Json) -> Option<Vec<f64>> {
    json.list(number)
}

fn texts(json: Json) -> Option<BTreeMap<String, String>> {
    // `collect` would sort the entries first. The standard library's sort would add 2 kB of gzip to the pad's wasm
    // (measured 2026-11-26).
    let mut texts = BTreeMap::new();
    for (name, json) in json.entries()? {
        texts.insert(name, json.text()?);
    }
    Some(texts)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn read_with(rest: &str) -> Result<Description, String> {
        read(&format!(r#"{{"format": "{FORMAT}", "layers": ["a"]{rest}}}"#))
            .map(|(_, description)| description)
    }

    #[test]
    fn missing_entries_are_none() {
        assert_eq!(read_with("").unwrap(), Description::default());
        assert_eq!(read_with(r#", "layout": null, "anything": {}"#).unwrap(), Description::default());
        let rest = r#", "conversion": {"gains": [1, 2.5], "reset": "zero"}"#;
        let conversion = read_with(rest).unwrap().conversion;
        assert_eq!(conversion, Some(Conversion::new(vec![1.0, 2.5], None, Reset::Zero)));
        let rest = r#", "conversion": {"gains": [1], "reset": "zero", "outputShift": 0.5}"#;
        assert_eq!(read_with(rest).unwrap().conversion.map(|c| c.output_shift), Some(0.5));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        let message = |rest| read_with(rest).unwrap_err();
        assert!(
            message(r#", "conversion": {"gains": [1], "reset": "softly"}"#)
                .contains("'reset' must be 'zero' or 'subtract'")
        );
        assert!(message(r#", "conversion": {"gains": ["1"], "reset": "zero"}"#).contains("'gains' must be"));
        assert!(message(r#", "conversion": {"reset": "zero"}"#).contains("'gains' is missing"));
        assert!(message(r#", "conversion": 1"#).contains("'conversion' must be"));
        assert!(message(r#", "readout": {"lead": 1, "sureMargin": 0, "x": 1}"#).contains("'x' is not known"));
        assert!(
            message(r#", "activations": {"max": [1], "percentile99": [1]}"#).contains("'percentile99.9'")
        );
        assert!(message(r#", "layout": [65536]"#).contains("'layout' must be"));
        assert!(message(r#", "provenance": {"a": 1}"#).contains("'provenance' must be"));
        assert!(read(r#"{"format": "other", "layers": []}"#).unwrap_err().contains("'other'"));
        let functions = message(r#", "activationFunctions": ["relu", "softmax"]"#);
        assert_eq!(functions, "it has not as many activation functions as layers");
        assert!(message(r#", "activationFunctions": ["loud"]"#).contains("'activationFunctions' must be"));
        assert!(read("{}").unwrap_err().contains("'format' is missing"));
        assert!(read("[]").unwrap_err().contains("must be an object"));
        assert!(read("{").is_err());
    }

    /// A wrong value of an entry.
    fn mistaken() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".*".prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Into::into),
                vec(("[a-z]*", inner), 0..4).prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn text_that_is_no_description_is_an_error(text in ".*") {
            prop_assert!(read(&text).is_err());
        }

        #[test]
        fn errors_name_mistakes(
            entry in prop_oneof![Just("conversion"), Just("readout"), Just("activations")],
            value in mistaken(),
        ) {
            // Each of these entries needs fields.
            let message = read_with(&format!(r#", "{entry}": {value}"#)).unwrap_err();
            prop_assert!(message.contains(entry) || message.contains("is missing"), "{message}");
        }
    }
}
