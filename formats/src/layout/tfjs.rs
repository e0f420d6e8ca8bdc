//! TensorFlow.js: `model.json` and the files with its weights (`tfjs-core/src/io/io_utils.ts`, `decodeWeights`).

use serde_json::Value;

use super::activation_names::KerasVersion;
use super::keras_config::layers;
use super::keras_store::{Lookup, Store, described};
use super::onnx_constants::Files;
use crate::architecture::Stage;
use crate::container::Entry;
use crate::error::Problem;
use crate::numbers::FloatType;
use crate::text::quoted;

/// The most tensors of a model.
const MAX_TENSORS: usize = 4096;

/// How the numbers of a tensor are stored.
#[derive(Debug, Clone, Copy)]
enum Stored {
    Float(FloatType),
    /// Whole numbers of so many bytes; a number is its whole number times a factor, plus an offset.
    Quantized {
        size: usize,
        scale: f64,
        offset: f64,
    },
    /// Other numbers of so many bytes.
    Other {
        size: usize,
    },
}

/// Where a tensor is: the group of files, the bytes in it, and how they are read.
struct Span {
    group: usize,
    from: usize,
    length: usize,
    stored: Stored,
}

/// Whether a JSON value is a model of TensorFlow.js.
#[must_use]
pub fn is_tfjs(json: &Value) -> bool {
    json.get("modelTopology").is_some() && json.get("weightsManifest").is_some()
}

/// The program that wrote the model.
#[must_use]
pub fn writer(json: &Value) -> Option<String> {
    ["convertedBy", "generatedBy"].iter().find_map(|key| json.get(key)?.as_str()).map(str::to_owned)
}

/// Reads the layers of a model. `files` has the files that were opened with it.
///
/// # Errors
/// [`Problem::MissingFiles`] names the files that the model needs too; [`Problem`].
pub fn read(json: &Value, files: Files<'_>) -> Result<Vec<Stage>, Problem> {
    if json.get("format").and_then(Value::as_str) == Some("graph-model") {
        return Err(Problem::Unsupported {
            what: "a graph model of TensorFlow.js".into(),
            advice: "convert the Keras model to a layers model (tensorflowjs_converter --output_format tfjs_layers_model)",
        });
    }
    let topology = json.get("modelTopology").unwrap_or(&Value::Null);
    let config = layers(topology.get("model_config").unwrap_or(topology), KerasVersion::Two)?;
    let groups = json.get("weightsManifest").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let missing = missing_files(groups, files);
    if !missing.is_empty() {
        return Err(Problem::MissingFiles { names: missing });
    }
    let mut data = Vec::new();
    let mut spans: Vec<(String, Span)> = Vec::new();
    let mut entries = Vec::new();
    for (group, manifest) in groups.iter().enumerate() {
        let parts: Vec<&[u8]> = paths(manifest).filter_map(|name| file(files, name)).collect();
        let all: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        if parts.iter().map(|part| part.len()).fold(0, usize::saturating_add) > all {
            return Err(Problem::damaged("TensorFlow.js", "its manifest names a file more than once"));
        }
        data.push(parts.concat());
        let mut from = 0_usize;
        for weight in manifest.get("weights").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            let (entry, stored) = tensor(weight)?;
            let size = match stored {
                Stored::Float(kind) => kind.size(),
                Stored::Quantized { size, .. } | Stored::Other { size } => size,
            };
            let length = entry.len().checked_mul(size);
            let end = length.and_then(|length| from.checked_add(length));
            let (Some(length), Some(end)) = (length, end.filter(|&end| end <= data[group].len())) else {
                let reason = format!("the tensor {} is not all in its files", quoted(&entry.name));
                return Err(Problem::damaged("TensorFlow.js", reason));
            };
            spans.push((entry.name.clone(), Span { group, from, length, stored }));
            from = end;
            entries.push(entry);
            if entries.len() > MAX_TENSORS {
                let what = format!("the model has more than {MAX_TENSORS} tensors");
                return Err(Problem::TooLarge { what, most: MAX_TENSORS.to_string() });
            }
        }
    }
    let read = |entry: &Entry| {
        let span = spans.iter().find(|(name, _)| *name == entry.name);
        let Some((_, Span { group, from, length, stored })) = span else { return Err(entry.number_type()) };
        let bytes = &data[*group][*from..from + length];
        match *stored {
            Stored::Float(kind) => Ok(kind.floats(bytes, false)),
            Stored::Quantized { size, scale, offset } => {
                let whole =
                    |bytes: &[u8]| bytes.iter().rev().fold(0_u32, |sum, &byte| (sum << 8) | u32::from(byte));
                Ok(bytes
                    .chunks_exact(size)
                    .map(|bytes| (f64::from(whole(bytes)) * scale + offset) as f32)
                    .collect())
            }
            Stored::Other { .. } => Err(entry.number_type()),
        }
    };
    let mut store = Store { layers: Vec::new(), lookup: Lookup::Names, read: &read };
    for entry in entries {
        let name = entry.name.clone();
        let (layer, leaf) = name.rsplit_once('/').unwrap_or(("", &name));
        let role = match leaf {
            "kernel" => "kernel",
            "bias" => "bias",
            "gamma" => "gamma",
            "beta" => "beta",
            "moving_mean" | "mean" => "mean",
            "moving_variance" | "variance" => "variance",
            _ => "other",
        };
        store.insert(layer, layer, role, entry);
    }
    described(&store, &config)
}

fn paths(manifest: &Value) -> impl Iterator<Item = &str> {
    let paths = manifest.get("paths").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    paths.iter().filter_map(Value::as_str)
}

/// The file that a path of a manifest names: by its name alone, because a path may lead anywhere.
fn file<'a>(files: Files<'a>, path: &str) -> Option<&'a [u8]> {
    let last = |path: &'_ str| path.rsplit(['/', '\\']).next().map(str::to_owned);
    files.iter().find(|(name, _)| last(name) == last(path)).map(|(_, bytes)| *bytes)
}

/// The names of the files that a model needs and that are not among these.
#[must_use]
pub fn missing_files(groups: &[Value], files: Files<'_>) -> Vec<String> {
    let wanted = groups.iter().flat_map(paths).filter(|path| file(files, path).is_none());
    wanted.map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()).collect()
}

/// The names of all files that a model needs.
#[must_use]
pub fn needed_files(json: &Value) -> Vec<String> {
    let groups = json.get("weightsManifest").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    missing_files(groups, &[])
}

fn tensor(weight: &Value) -> Result<(Entry, Stored), Problem> {
    let broken =
        |what: &str| Problem::damaged("TensorFlow.js", format!("a tensor of its manifest has no {what}"));
    let name = weight.get("name").and_then(Value::as_str).ok_or_else(|| broken("name"))?.to_owned();
    let sides = weight.get("shape").and_then(Value::as_array).ok_or_else(|| broken("shape"))?;
    let sides = sides.iter().map(|side| usize::try_from(side.as_u64()?).ok());
    let shape = sides.collect::<Option<Vec<_>>>().ok_or_else(|| broken("shape"))?;
    let dtype = weight.get("dtype").and_then(Value::as_str).ok_or_else(|| broken("type"))?;
    let stored = match weight.get("quantization") {
        Some(quantization) => {
            let number = |key: &str| quantization.get(key).and_then(Value::as_f64);
            match quantization.get("dtype").and_then(Value::as_str) {
                Some("float16") => Stored::Float(FloatType::F16),
                Some(kind @ ("uint8" | "uint16")) => {
                    let (scale, offset) =
                        number("scale").zip(number("min")).ok_or_else(|| broken("scale"))?;
                    Stored::Quantized { size: if kind == "uint8" { 1 } else { 2 }, scale, offset }
                }
                _ => return Err(broken("known quantization")),
            }
        }
        None => match dtype {
            "float32" => Stored::Float(FloatType::F32),
            "float16" => Stored::Float(FloatType::F16),
            "bool" | "uint8" => Stored::Other { size: 1 },
            "complex64" => Stored::Other { size: 8 },
            "string" => return Err(Problem::NumberType { tensor: name, dtype: "text".into() }),
            _ => Stored::Other { size: 4 },
        },
    };
    let (is_float, dtype) = match stored {
        Stored::Float(kind) => (true, kind.words().to_owned()),
        Stored::Quantized { size, .. } => {
            (true, format!("{}-bit integers with a factor and an offset", 8 * size))
        }
        Stored::Other { .. } => (false, dtype.to_owned()),
    };
    Ok((Entry { name, shape, dtype, is_float }, stored))
}
