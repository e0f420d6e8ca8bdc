//! The tensors of a Keras model's layers, whatever file they are in, and the stages that they make with the model's
//! configuration.

use spikepad::limits;

use super::keras_config::{ConfigLayer, Kind, Place};
use crate::architecture::{Affine, BatchStatistics, Dense, Stage, matrix};
use crate::container::Entry;
use crate::error::Problem;
use crate::text::quoted;

/// The tensors of a layer by what they are: `kernel`, `bias`, `gamma`, `beta`, `mean`, `variance`.
pub type LayerTensors = Vec<(&'static str, Entry)>;

/// How the tensors of a layer are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// By the names of the layer and of the models that it lies in.
    Names,
    /// By the class of the layer, and how many of the class come before it.
    Classes,
}

/// The layers of a file with their tensors.
pub struct Store<'a> {
    /// The path of the layer, its name, and its tensors.
    pub layers: Vec<(String, String, LayerTensors)>,
    /// How they are found.
    pub lookup: Lookup,
    /// Reads the numbers of a tensor.
    pub read: &'a dyn Fn(&Entry) -> Result<Vec<f32>, Problem>,
}

impl<'a> Store<'a> {
    /// Adds a tensor to the layer with that path.
    pub fn insert(&mut self, path: &str, name: &str, role: &'static str, entry: Entry) {
        let at = self.layers.iter().position(|(other, ..)| other == path);
        let at = at.unwrap_or_else(|| {
            self.layers.push((path.to_owned(), name.to_owned(), LayerTensors::new()));
            self.layers.len() - 1
        });
        self.layers[at].2.push((role, entry));
    }

    /// The tensors of a layer of the configuration.
    fn tensors(&self, layer: &ConfigLayer) -> Option<&LayerTensors> {
        let found = if self.lookup == Lookup::Names {
            let outer = layer.inside.first().map_or(&layer.name, |place| &place.name);
            let inside = |key: &str| key == outer || key.starts_with(&format!("{outer}/"));
            let is_own = |key: &str| {
                let name = &layer.name;
                layer.inside.is_empty() || key.ends_with(&format!("/{name}"))
            };
            let found = self.layers.iter().find(|(key, ..)| inside(key) && is_own(key));
            // TensorFlow.js leaves out the models that a layer lies in.
            found.or_else(|| self.layers.iter().find(|(key, ..)| *key == layer.name))
        } else {
            let place = |place: &Place| match place.index {
                0 => place.snake.clone(),
                index => format!("{}_{index}", place.snake),
            };
            let places = layer.inside.iter().chain([&layer.place]).map(place);
            let parts: Vec<String> = places.map(|place| format!("layers/{place}")).collect();
            let path = parts.join("/");
            // tf_keras before 2.16 keeps the same folders under another name.
            let older = path.replace("layers/", "_layer_checkpoint_dependencies\\").replace('/', "\\");
            self.layers.iter().find(|(key, ..)| *key == path || *key == older)
        };
        found.map(|(.., tensors)| tensors)
    }

    fn tensor(&self, layer: &ConfigLayer, role: &str) -> Option<&Entry> {
        let tensors = self.tensors(layer)?;
        tensors.iter().find(|(other, _)| *other == role).map(|(_, entry)| entry)
    }

    fn has(&self, layer: &ConfigLayer, role: &str) -> bool {
        self.tensor(layer, role).is_some()
    }

    /// The weights of a dense layer, `[inputs, outputs]`.
    fn kernel(&self, layer: &ConfigLayer) -> Result<&Entry, Problem> {
        let entry = self.tensor(layer, "kernel");
        let entry =
            entry.ok_or_else(|| Problem::MissingTensor { layer: layer.name.clone(), what: "weights" })?;
        if entry.shape.len() != 2 {
            let (tensor, shape) = (entry.name.clone(), entry.shape.clone());
            return Err(Problem::Shape { tensor, shape, expected: "[inputs, outputs]".into() });
        }
        if entry.is_float { Ok(entry) } else { Err(entry.number_type()) }
    }

    fn floats(&self, layer: &ConfigLayer, role: &str, what: &'static str) -> Result<Vec<f32>, Problem> {
        let entry = self.tensor(layer, role);
        let entry = entry.ok_or_else(|| Problem::MissingTensor { layer: layer.name.clone(), what })?;
        // One number for each neuron: more than for the widest layer are none of these.
        if entry.len() > limits::MAX_NEURONS {
            let (tensor, shape) = (entry.name.clone(), entry.shape.clone());
            return Err(Problem::Shape { tensor, shape, expected: "one number for each neuron".into() });
        }
        (self.read)(entry)
    }
}

/// The layers of a model with a configuration.
pub fn described(store: &Store<'_>, config: &[ConfigLayer]) -> Result<Vec<Stage>, Problem> {
    let shapes = config.iter().filter_map(|layer| match layer.kind {
        Kind::Dense { .. } => Some(store.kernel(layer).map(|entry| (layer, entry))),
        _ => None,
    });
    let shapes = shapes.collect::<Result<Vec<_>, _>>()?;
    if shapes.is_empty() {
        return Err(Problem::NoLayers { reason: "its configuration has none".into() });
    }
    limits::check(shapes.iter().map(|(layer, entry)| (layer.name.as_str(), entry.shape[0], entry.shape[1])))?;
    let mut stages = Vec::new();
    for layer in config {
        let what = format!("{} {}", layer.class, quoted(&layer.name));
        match &layer.kind {
            Kind::Dense { use_bias, activation } => {
                let kernel = store.kernel(layer)?;
                let bias = if *use_bias { Some(store.floats(layer, "bias", "biases")?) } else { None };
                stages.push(Stage::Dense(dense(store, kernel, &layer.name, bias)?));
                stages.push(Stage::Activation(*activation));
            }
            Kind::Activation(activation) => stages.push(Stage::Activation(*activation)),
            Kind::Rescaling { scale, offset } => {
                stages.push(Stage::Affine(Affine::uniform(what, *scale, *offset)))
            }
            Kind::BatchNormalization { center, scale, epsilon } => {
                let first = |wanted: bool, role: &'static str, other: bool| match wanted {
                    false => Ok(None),
                    true if !other && !store.has(layer, role) => {
                        store.floats(layer, "first", "factors").map(Some)
                    }
                    true => store.floats(layer, role, "factors or offsets").map(Some),
                };
                let statistics = BatchStatistics {
                    gamma: first(*scale, "gamma", *center)?,
                    beta: first(*center, "beta", *scale)?,
                    mean: store.floats(layer, "mean", "means")?,
                    variance: store.floats(layer, "variance", "variances")?,
                };
                stages.push(Stage::Affine(Affine::batch_normalization(what, &statistics, *epsilon)));
            }
            Kind::Normalization { fixed } => {
                let wide = |floats: Vec<f32>| floats.into_iter().map(f64::from).collect::<Vec<f64>>();
                let (mean, variance) = match fixed {
                    Some(fixed) => fixed.clone(),
                    None => (
                        wide(store.floats(layer, "mean", "means")?),
                        wide(store.floats(layer, "variance", "variances")?),
                    ),
                };
                // Keras divides by the root, or by its epsilon of 1e-7 where that is larger.
                let scale: Vec<f64> =
                    variance.iter().map(|variance| 1.0 / variance.sqrt().max(1e-7)).collect();
                let offset = mean.iter().zip(&scale).map(|(mean, scale)| -mean * scale).collect();
                stages.push(Stage::Affine(Affine { what, scale, offset }));
            }
        }
    }
    Ok(stages)
}

fn dense(store: &Store<'_>, kernel: &Entry, name: &str, bias: Option<Vec<f32>>) -> Result<Dense, Problem> {
    let shape = [kernel.shape[0], kernel.shape[1]];
    let weights = matrix(shape, (store.read)(kernel)?, false)?;
    if bias.as_ref().is_some_and(|bias| bias.len() != shape[1]) {
        let reason = format!("it has {} outputs, but another number of biases", shape[1]);
        return Err(Problem::layer("Dense", name, reason));
    }
    Ok(Dense { name: name.into(), weights, bias, stored: kernel.dtype.clone() })
}
