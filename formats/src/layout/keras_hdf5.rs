//! Where Keras keeps the tensors of layers in HDF5 files.
//!
//! - Keras 1 to 3, `.h5`: the attribute `layer_names` lists groups, and `weight_names` of each group its datasets
//!   (`keras/src/legacy/saving/legacy_h5_format.py`).
//! - Keras 3, `.weights.h5`, also in `.keras`: a group `vars` of numbered datasets for each layer
//!   (`keras/src/saving/saving_lib.py`).

use serde_json::Value;
use spikepad::Activation;

use super::activation_names::KerasVersion;
use super::keras_config::{has_layers, layers};
use super::keras_store::{Lookup, Store, described};
use super::named_tensors::{self, Style};
use crate::architecture::Stage;
use crate::container::hdf5::Hdf5;
use crate::container::json;
use crate::container::{Entry, Tensors};
use crate::error::Problem;
use crate::sorting::{arranged, order};
use crate::text::{natural_order, quoted};

/// The epsilon of a batch normalization that no configuration states.
const EPSILON: f64 = 1e-3;

/// The most tensors of a model without its optimizer.
const MAX_TENSORS: usize = 4096;

/// Whether this is a file of Keras's: it has the groups of one of the two layouts.
#[must_use]
pub fn is_keras(file: &Hdf5<'_>) -> bool {
    let has = |path: &str, name: &str| matches!(file.attribute(path, name), Ok(Some(_)));
    ["", "model_weights"].iter().any(|base| has(base, "layer_names") || has(base, "layer_names0"))
        || has("", "model_config")
        || file.paths().any(is_vars)
}

/// Whether a group holds the numbered tensors of a layer, and not those of an optimizer, a metric or a random generator.
fn is_vars(path: &str) -> bool {
    const OTHERS: [&str; 3] = ["optimizer", "metrics", "seed_generator"];
    let mut parts = path.split(['/', '\\']);
    parts.next_back() == Some("vars")
        && !path.split(['/', '\\']).any(|part| OTHERS.iter().any(|o| part.starts_with(o)))
}

/// The version of Keras that a file says it is of.
#[must_use]
pub fn version_text(file: &Hdf5<'_>) -> Option<String> {
    ["", "model_weights"]
        .iter()
        .find_map(|base| file.attribute(base, "keras_version").ok().flatten()?.into_iter().next())
}

/// The configuration of the model in an `.h5` file.
///
/// # Errors
/// [`Problem::Damaged`] where it is no JSON.
pub fn config(file: &Hdf5<'_>) -> Result<Option<Value>, Problem> {
    let Some(text) = file.attribute("", "model_config")?.and_then(|texts| texts.into_iter().next()) else {
        return Ok(None);
    };
    json::parse(text.as_bytes(), "model_config").map(Some)
}

/// Reads the layers of a file, with the configuration of its model where there is one.
///
/// # Errors
/// [`Problem`] names the layer that cannot be run, or whose tensors are missing.
pub fn read(
    file: &Hdf5<'_>,
    config: Option<&Value>,
    version: KerasVersion,
    assumptions: &mut Vec<String>,
) -> Result<Vec<Stage>, Problem> {
    let config = match config {
        // A subclassed model's configuration does not describe its layers.
        Some(config) if has_layers(config) => Some(layers(config, version)?),
        Some(_) => {
            assumptions
                .push("The model is a class of its own, whose file does not describe the layers.".into());
            None
        }
        None => None,
    };
    let read = |entry: &Entry| file.floats(&entry.name);
    let lookup = if file.paths().any(is_vars) { Lookup::Classes } else { Lookup::Names };
    let mut store = Store { layers: Vec::new(), lookup, read: &read };
    match lookup {
        Lookup::Classes => vars(file, &mut store)?,
        Lookup::Names => legacy(file, &mut store)?,
    }
    match config {
        Some(config) => described(&store, &config),
        None => undescribed(file, store, assumptions),
    }
}

/// The layout of `.h5` files.
fn legacy(file: &Hdf5<'_>, store: &mut Store<'_>) -> Result<(), Problem> {
    let base = if file.has("model_weights") { "model_weights" } else { "" };
    let join = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { format!("{a}/{b}") };
    let mut count = 0;
    for group in long_attribute(file, base, "layer_names")? {
        let path = join(base, &group);
        for weight in long_attribute(file, &path, "weight_names")? {
            count += 1;
            if count > MAX_TENSORS {
                let what = format!("its layers have more than {MAX_TENSORS} tensors");
                return Err(Problem::TooLarge { what, most: MAX_TENSORS.to_string() });
            }
            let (inner, leaf) = weight.rsplit_once('/').unwrap_or(("", &weight));
            let Some(entry) = file.entry(&join(&path, &weight))? else {
                let what = "tensors";
                return Err(Problem::MissingTensor { layer: group, what });
            };
            let key = join(&group, inner);
            // The last name of the inner path; before Keras 2 there is none.
            let name = inner.rsplit('/').next().filter(|name| !name.is_empty() && !group.ends_with(name));
            let name = name.unwrap_or(&group).to_owned();
            store.insert(&key, &name, legacy_role(leaf), entry);
        }
    }
    Ok(())
}

/// An attribute that Keras splits into numbered ones where it is long.
fn long_attribute(file: &Hdf5<'_>, path: &str, name: &str) -> Result<Vec<String>, Problem> {
    if let Some(texts) = file.attribute(path, name)? {
        return Ok(texts);
    }
    let mut all = Vec::new();
    for part in 0..64 {
        let Some(texts) = file.attribute(path, &format!("{name}{part}"))? else { break };
        all.extend(texts);
    }
    Ok(all)
}

/// What a tensor is by the last part of its name.
fn legacy_role(leaf: &str) -> &'static str {
    let leaf = leaf.split(':').next().unwrap_or(leaf);
    match leaf {
        "kernel" => "kernel",
        "bias" => "bias",
        "gamma" => "gamma",
        "beta" => "beta",
        "moving_mean" | "mean" => "mean",
        "moving_variance" | "variance" => "variance",
        // Keras 1: dense_1_W and dense_1_b.
        _ if leaf.ends_with("_W") => "kernel",
        _ if leaf.ends_with("_b") => "bias",
        _ => "other",
    }
}

/// The layout of `.weights.h5` files.
fn vars(file: &Hdf5<'_>, store: &mut Store<'_>) -> Result<(), Problem> {
    for group in file.paths().filter(|path| is_vars(path)) {
        let numbered = (0..16).map_while(|i| file.entry(&format!("{group}/{i}")).transpose());
        let entries = numbered.collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            continue;
        }
        let path = group.strip_suffix("vars").unwrap_or(group).trim_end_matches(['/', '\\']);
        let own = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let name = file.attribute(group, "name")?.and_then(|texts| texts.into_iter().next());
        let name = name.unwrap_or_else(|| own.to_owned());
        let shapes: Vec<usize> = entries.iter().map(|entry| entry.shape.len()).collect();
        let roles: &[&'static str] = match shapes[..] {
            [2] => &["kernel"],
            [2, 1] => &["kernel", "bias"],
            [1, 1, 1, 1] => &["gamma", "beta", "mean", "variance"],
            // Only a configuration tells whether the first of three is a factor or an offset.
            [1, 1, 1] => &["first", "mean", "variance"],
            [1, 1] => &["mean", "variance"],
            // The layer `Normalization` counts what it has seen.
            [1, 1, 0] => &["mean", "variance", "count"],
            _ => {
                let reason = format!(
                    "its tensors have {} dimensions; only dense layers can be run",
                    shapes.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
                );
                return Err(Problem::layer(class_name(own), name, reason));
            }
        };
        store.layers.push((path.to_owned(), name, roles.iter().copied().zip(entries).collect()));
    }
    let order = order(store.layers.len(), &|a, b| natural_order(&store.layers[a].0, &store.layers[b].0));
    store.layers = arranged(std::mem::take(&mut store.layers), &order);
    Ok(())
}

/// The class that a group is named after, as far as can be told.
fn class_name(group: &str) -> String {
    let stem = group.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    match stem {
        "conv" | "conv2d" => "Conv2D".into(),
        "conv1d" => "Conv1D".into(),
        "lstm" => "LSTM".into(),
        "gru" => "GRU".into(),
        "embedding" => "Embedding".into(),
        _ => format!("layer {stem}"),
    }
}

/// The layers of a file without a configuration, as named tensors.
fn undescribed(
    file: &Hdf5<'_>,
    store: Store<'_>,
    assumptions: &mut Vec<String>,
) -> Result<Vec<Stage>, Problem> {
    let keeps_order = store.lookup == Lookup::Names;
    let is_class = store
        .layers
        .iter()
        .any(|(key, ..)| if keeps_order { key.matches('/').count() > 1 } else { !key.contains("layers/") });
    let mut tensors = NamedTensors { file, entries: Vec::new(), paths: Vec::new(), layers: Vec::new() };
    for (key, name, layer) in store.layers {
        for (role, entry) in layer {
            let role = match role {
                "mean" => "moving_mean",
                "variance" => "moving_variance",
                "first" | "other" => {
                    let reason = format!(
                        "what its tensor {} is cannot be told without a configuration",
                        quoted(&entry.name)
                    );
                    return Err(Problem::layer("layer", name, reason));
                }
                "count" => continue,
                role => role,
            };
            tensors.paths.push(entry.name.clone());
            tensors.entries.push(Entry { name: format!("{key}/{role}"), ..entry });
            tensors.layers.push(name.clone());
        }
    }
    // Models of a class of their own mostly end with the sums; others mostly with softmax.
    let output = if is_class { Activation::Linear } else { Activation::Softmax };
    let style = Style { keeps_order, output, epsilon: EPSILON, most_numbers: usize::MAX };
    named_tensors::read(&mut tensors, style, assumptions)
}

/// The datasets of a file under the names of their layers.
struct NamedTensors<'a> {
    file: &'a Hdf5<'a>,
    entries: Vec<Entry>,
    paths: Vec<String>,
    layers: Vec<String>,
}

impl Tensors for NamedTensors<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn layer(&self, index: usize) -> Option<&str> {
        self.layers.get(index).map(String::as_str)
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        self.file.floats(&self.paths[index])
    }
}
