//! From files to the architecture that they describe.

use rten_onnx::onnx::ModelProto;
use spikepad::{Activation, ZipFile};

use crate::architecture::{Architecture, Stage};
use crate::container::Tensors;
use crate::container::hdf5::Hdf5;
use crate::container::json;
use crate::container::npy::{NpyFiles, NpzFile};
use crate::container::safetensors::SafetensorsFile;
use crate::container::torch::TorchFile;
use crate::error::Problem;
use crate::layout::activation_names::KerasVersion;
use crate::layout::named_tensors::{self, Style};
use crate::layout::{keras_hdf5, nir, onnx, tfjs};
use crate::neurons::NeuronsReport;
use crate::sniff::Kind;

/// The most weights of a NumPy archive, whatever its length.
const FEW_WEIGHTS: usize = 2 << 20;

/// The most weights per byte of a larger archive. Without compression a byte holds at most one.
const WEIGHTS_PER_BYTE: usize = 16;

/// PyTorch's name of its own constant in batch normalization.
const TORCH_EPSILON: f64 = 1e-5;

/// Reads the file `name` of that kind. `others` are the files that were opened with it.
///
/// # Errors
/// [`Problem`].
pub fn read(kind: Kind, bytes: &[u8], others: &[(&str, &[u8])]) -> Result<Architecture, Problem> {
    let mut assumptions = Vec::new();
    let mut neurons = None;
    let (format, writer, stages) = match kind {
        Kind::Hdf5 => hdf5(bytes, &mut neurons, &mut assumptions)?,
        Kind::Zip => zip(bytes, &mut assumptions)?,
        Kind::TorchStream => {
            let stages = torch(TorchFile::from_stream(bytes)?, &mut assumptions)?;
            ("PyTorch", Some("PyTorch".into()), stages)
        }
        Kind::Safetensors => {
            let mut tensors = SafetensorsFile::open(bytes)?;
            let style = Style {
                keeps_order: false,
                output: Activation::Linear,
                epsilon: TORCH_EPSILON,
                most_numbers: usize::MAX,
            };
            ("safetensors", None, named_tensors::read(&mut tensors, style, &mut assumptions)?)
        }
        Kind::Npy => {
            let mut tensors = NpyFiles::open(others.iter().copied())?;
            // One array makes a network only if its outputs are the digits; otherwise it is one of several.
            let alone = match tensors.entries() {
                [one] => !matches!(one.shape[..], [_, 10] | [10, _]),
                _ => false,
            };
            if alone {
                let names = vec!["the arrays of the other layers".into()];
                return Err(Problem::MissingFiles { names });
            }
            let stages = numpy(&mut tensors, usize::MAX, &mut assumptions)?;
            ("NumPy", Some("NumPy".into()), stages)
        }
        Kind::Onnx => {
            let model = ModelProto::parse_buf(bytes).map_err(|e| Problem::damaged("ONNX", e))?;
            let producer = model.producer_name.clone().filter(|name| !name.is_empty());
            let writer = producer.map(|name| match model.producer_version.as_deref() {
                Some(version) if !version.is_empty() => format!("{name} {version}"),
                _ => name,
            });
            ("ONNX", writer, onnx::read(&model, others, &mut assumptions)?)
        }
        Kind::Json => tensorflow_js(bytes, others)?,
    };
    Ok(Architecture { format, writer, stages, neurons, assumptions })
}

/// A format, a writer and the stages of a network.
type Found = (&'static str, Option<String>, Vec<Stage>);

fn hdf5(
    bytes: &[u8],
    neurons: &mut Option<NeuronsReport>,
    assumptions: &mut Vec<String>,
) -> Result<Found, Problem> {
    let file = Hdf5::open(bytes)?;
    if nir::is_nir(&file) {
        // What is wrong with the graph, the stages say.
        *neurons = nir::graph(&file).ok().as_ref().and_then(NeuronsReport::of);
        let writer = nir::version(&file).map_or_else(|| "nir".to_owned(), |version| format!("nir {version}"));
        return Ok(("NIR", Some(writer), nir::read(&file, assumptions)?));
    }
    if !keras_hdf5::is_keras(&file) {
        let paths: Vec<_> = file.paths().filter(|path| !path.is_empty()).take(5).collect();
        let found =
            if paths.is_empty() { "nothing".into() } else { crate::text::shortened(&paths.join(", "), 200) };
        let reason = format!("it is an HDF5 file, but neither Keras nor NIR wrote it (it holds {found})");
        return Err(Problem::NoLayers { reason });
    }
    let config = keras_hdf5::config(&file)?;
    let format = if config.is_some() { "Keras model in HDF5" } else { "Keras weights in HDF5" };
    let version = keras_hdf5::version_text(&file);
    let stages = keras_hdf5::read(&file, config.as_ref(), keras_version(version.as_deref()), assumptions)?;
    Ok((format, version.map(|version| format!("Keras {version}")), stages))
}

/// Only Keras 3 does not say its version in its files of weights.
fn keras_version(text: Option<&str>) -> KerasVersion {
    match text.and_then(|text| text.chars().next()) {
        Some('0'..='2') => KerasVersion::Two,
        _ => KerasVersion::Three,
    }
}

fn zip(bytes: &[u8], assumptions: &mut Vec<String>) -> Result<Found, Problem> {
    let mut zip = ZipFile::open(bytes).map_err(|reason| Problem::damaged("zip", reason))?;
    if zip.has("config.json") && zip.has("model.weights.h5") {
        return keras_zip(&mut zip, assumptions);
    }
    if zip.names().iter().any(|name| name.ends_with("constants.pkl") && !name.contains(".data/")) {
        return Err(Problem::Unsupported {
            what: "a TorchScript archive, a program with its weights".into(),
            advice: "save the tensors with torch.save(model.state_dict(), 'model.pt')",
        });
    }
    let pickle = zip.names().iter().find_map(|name| {
        let folder = name.strip_suffix("data.pkl")?;
        (folder.matches('/').count() <= 1).then(|| folder.to_owned())
    });
    if let Some(folder) = pickle {
        let stages = torch(TorchFile::from_zip(zip, &folder)?, assumptions)?;
        return Ok(("PyTorch", Some("PyTorch".into()), stages));
    }
    if zip.names().iter().any(|name| name.ends_with(".npy")) {
        let most = bytes.len().saturating_mul(WEIGHTS_PER_BYTE).max(FEW_WEIGHTS);
        let stages = numpy(&mut NpzFile::open(bytes)?, most, assumptions)?;
        return Ok(("NumPy", Some("NumPy".into()), stages));
    }
    let names: Vec<_> = zip.names().iter().take(4).map(String::as_str).collect();
    let names = crate::text::shortened(&names.join(", "), 200);
    if zip.names().iter().any(|name| name.ends_with("saved_model.pb")) {
        let advice = "save the model with model.save('model.keras')";
        return Err(Problem::Unsupported { what: "a SavedModel of TensorFlow in a zip file".into(), advice });
    }
    let reason = format!("the zip file is none of Keras, PyTorch or NumPy (it holds {names})");
    Err(Problem::NoLayers { reason })
}

/// The file `.keras`: the configuration, facts about the writer, and the weights in HDF5.
fn keras_zip(zip: &mut ZipFile<'_>, assumptions: &mut Vec<String>) -> Result<Found, Problem> {
    let damaged = |reason: String| Problem::damaged("Keras", reason);
    let mut part = |name: &str| match zip.bytes(name) {
        Some(bytes) => bytes.map_err(|reason| damaged(format!("{name}: {reason}"))).map(Some),
        None => Ok(None),
    };
    let config = part("config.json")?.map(|bytes| json::parse(&bytes, "config.json")).transpose()?;
    let metadata = part("metadata.json")?.map(|bytes| json::parse(&bytes, "metadata.json")).transpose()?;
    let version = metadata.as_ref().and_then(|metadata| metadata.get("keras_version")?.as_str());
    let weights = part("model.weights.h5")?.unwrap_or_default();
    let file = Hdf5::open(&weights)?;
    let stages = keras_hdf5::read(&file, config.as_ref(), keras_version(version), assumptions)?;
    Ok(("Keras", version.map(|version| format!("Keras {version}")), stages))
}

/// The names under which checkpoints keep the state of a model, the most usual first.
const STATES: [&str; 9] = [
    "model_state_dict",
    "state_dict",
    "model_state",
    "model",
    "net",
    "network",
    "module",
    "weights",
    "params",
];

/// What wrappers put before the names of layers.
const PREFIXES: [&str; 3] = ["module", "_orig_mod", "model"];

fn torch(mut file: TorchFile<'_>, assumptions: &mut Vec<String>) -> Result<Vec<Stage>, Problem> {
    let is_other = |path: &[String]| {
        let others = ["optim", "schedul", "scaler", "amp"];
        path.len() > 1 && others.iter().any(|other| path[0].to_ascii_lowercase().contains(other))
    };
    let nested = |key: &str| file.paths().iter().any(|path| path.len() > 1 && path[0] == key);
    let root = STATES.iter().copied().find(|key| nested(key)).map(str::to_owned);
    let other_parts =
        file.paths().iter().any(|path| is_other(path) || root.as_ref().is_some_and(|root| path[0] != *root));
    if other_parts {
        let what = root.as_ref().map_or_else(String::new, |root| format!(" The network is in '{root}'."));
        assumptions.push(format!(
            "The file is a checkpoint.{what} The state of its optimizer and other parts were not used."
        ));
    }
    file.rename(|path| {
        if is_other(path) || root.as_ref().is_some_and(|root| path[0] != *root) {
            return None;
        }
        Some(path[usize::from(root.is_some())..].join("."))
    });
    // A prefix that all names have is a wrapper's.
    for _ in 0..4 {
        let names: Vec<&str> = file.entries().iter().map(|entry| entry.name.as_str()).collect();
        let first = names.first().and_then(|name| name.split('.').next()).unwrap_or_default().to_owned();
        let all =
            names.iter().all(|name| name.strip_prefix(&first).is_some_and(|rest| rest.starts_with('.')));
        if !all || !PREFIXES.contains(&first.as_str()) {
            break;
        }
        file.strip_prefix(&format!("{first}."));
    }
    let style = Style {
        keeps_order: true,
        output: Activation::Linear,
        epsilon: TORCH_EPSILON,
        most_numbers: usize::MAX,
    };
    named_tensors::read(&mut file, style, assumptions)
}

fn numpy(
    tensors: &mut dyn Tensors,
    most_numbers: usize,
    assumptions: &mut Vec<String>,
) -> Result<Vec<Stage>, Problem> {
    let style = Style { keeps_order: false, output: Activation::Softmax, epsilon: 1e-3, most_numbers };
    named_tensors::read(tensors, style, assumptions)
}

fn tensorflow_js(bytes: &[u8], others: &[(&str, &[u8])]) -> Result<Found, Problem> {
    let json = json::parse(bytes, "the file")?;
    if tfjs::is_tfjs(&json) {
        return Ok(("TensorFlow.js", tfjs::writer(&json), tfjs::read(&json, others)?));
    }
    if json.get("class_name").is_some() || json.get("config").is_some() {
        return Err(Problem::Unsupported {
            what: "the configuration of a Keras model without its weights".into(),
            advice: "save the model with model.save('model.keras')",
        });
    }
    Err(Problem::Unknown { hint: "; this JSON is no model.json of TensorFlow.js".into() })
}

/// The names of the files that a file of that kind needs beside itself.
#[must_use]
pub fn companions(kind: Kind, bytes: &[u8]) -> Vec<String> {
    match kind {
        Kind::Json => {
            json::parse(bytes, "the file").map_or_else(|_| Vec::new(), |json| tfjs::needed_files(&json))
        }
        Kind::Onnx => {
            let model = ModelProto::parse_buf(bytes).ok().and_then(|model| model.graph);
            model.map_or_else(Vec::new, |graph| onnx::external_files(&graph))
        }
        _ => Vec::new(),
    }
}
