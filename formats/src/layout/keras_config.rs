//! The configuration of a Keras model: its layers in order (`keras/src/models/sequential.py` and `functional.py`).

use serde_json::Value;
use spikepad::Activation;

use super::activation_names::{KerasVersion, of_keras, of_keras_layer};
use crate::error::Problem;

/// The most layers of all kinds, and of models in models.
const MAX_LAYERS: usize = 256;

/// How deep models may lie in models.
const MAX_DEPTH: usize = 8;

/// A layer that matters, with what its configuration says.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigLayer {
    /// Its class in Keras.
    pub class: String,
    /// Its name.
    pub name: String,
    /// The models that it lies in, outermost first: the index among layers of its class, and the name.
    pub inside: Vec<Place>,
    /// Its own place among layers of its class.
    pub place: Place,
    /// What it does.
    pub kind: Kind,
}

/// The place of a layer in a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The class in the form of a variable: `batch_normalization`.
    pub snake: String,
    /// How many layers of the class come before it in the same model.
    pub index: usize,
    /// The name of the layer.
    pub name: String,
}

/// What a layer does.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Dense, with its activation.
    Dense { use_bias: bool, activation: Activation },
    /// An activation of its own.
    Activation(Activation),
    /// Batch normalization.
    BatchNormalization { center: bool, scale: bool, epsilon: f64 },
    /// `scale x + offset`.
    Rescaling { scale: f64, offset: f64 },
    /// `(x - mean) / sqrt(variance)`, the numbers of which are tensors, or stand here.
    Normalization { fixed: Option<(Vec<f64>, Vec<f64>)> },
}

/// Reads the layers of a model.
///
/// # Errors
/// [`Problem::Layer`] names the first layer that cannot be run.
pub fn layers(model: &Value, version: KerasVersion) -> Result<Vec<ConfigLayer>, Problem> {
    let mut found = Vec::new();
    let mut counted = 0;
    collect(model, version, &[], &mut found, &mut counted)?;
    Ok(found)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the configuration lists layers: a subclassed model's does not.
#[must_use]
pub fn has_layers(model: &Value) -> bool {
    layer_list(model).is_some()
}

/// The list of layers; before Keras 2.2.3 a sequential model was nothing else.
fn layer_list(model: &Value) -> Option<&Vec<Value>> {
    let config = model.get("config")?;
    config.as_array().or_else(|| config.get("layers")?.as_array())
}

fn collect(
    model: &Value,
    version: KerasVersion,
    inside: &[Place],
    found: &mut Vec<ConfigLayer>,
    counted: &mut usize,
) -> Result<(), Problem> {
    let name = model.get("config").map_or("", |config| text(config, "name"));
    let list = layer_list(model).ok_or_else(|| {
        let reason = "it describes no layers; build the model of layers (keras.Sequential), or save its weights alone \
                      (model.save_weights('x.weights.h5'))";
        Problem::layer(text(model, "class_name"), name, reason)
    })?;
    // Before anything takes the square of this number of steps.
    *counted += list.len();
    if *counted > MAX_LAYERS {
        let what = format!("the model has more than {MAX_LAYERS} layers of all kinds");
        return Err(Problem::TooLarge { what, most: MAX_LAYERS.to_string() });
    }
    let is_graph = list.iter().any(|layer| layer.get("inbound_nodes").is_some());
    let order = if is_graph { graph_order(list)? } else { (0..list.len()).collect() };
    // Keras counts the layers of a class in the order of the list.
    let mut counts: Vec<(String, usize)> = Vec::new();
    let places: Vec<Place> = list
        .iter()
        .map(|layer| {
            let snake = snake_case(text(layer, "class_name"));
            let index = match counts.iter_mut().find(|(other, _)| *other == snake) {
                Some((_, count)) => {
                    *count += 1;
                    *count - 1
                }
                None => {
                    counts.push((snake.clone(), 1));
                    0
                }
            };
            let name = layer.get("config").map_or("", |config| text(config, "name"));
            Place { snake, index, name: name.to_owned() }
        })
        .collect();
    for index in order {
        let (layer, place) = (&list[index], places[index].clone());
        if has_layers(layer) {
            if inside.len() == MAX_DEPTH {
                return Err(Problem::layer("model", place.name, "models lie too deep in models"));
            }
            collect(layer, version, &[inside, &[place]].concat(), found, counted)?;
        } else if let Some(kind) = kind(layer, &place.name, version)? {
            let class = text(layer, "class_name").to_owned();
            found.push(ConfigLayer { class, name: place.name.clone(), inside: inside.to_vec(), place, kind });
        }
    }
    Ok(())
}

/// What a layer does; `None` if it does nothing when the network runs.
fn kind(layer: &Value, name: &str, version: KerasVersion) -> Result<Option<Kind>, Problem> {
    let class = text(layer, "class_name");
    let config = layer.get("config").unwrap_or(&Value::Null);
    let switch = |key: &str| config.get(key).and_then(Value::as_bool).unwrap_or(true);
    let number = |key: &str, missing: f64| match config.get(key) {
        None | Some(Value::Null) => Ok(missing),
        Some(value) => value.as_f64().ok_or_else(|| {
            Problem::layer(
                class,
                name,
                format!("its {key} is not one number; only one for all pixels is folded"),
            )
        }),
    };
    Ok(Some(match class {
        "InputLayer"
        | "Flatten"
        | "Dropout"
        | "GaussianNoise"
        | "GaussianDropout"
        | "AlphaDropout"
        | "SpatialDropout1D"
        | "SpatialDropout2D"
        | "ActivityRegularization"
        | "Reshape"
        | "Identity" => return Ok(None),
        "Dense" => {
            let value = config.get("activation").unwrap_or(&Value::Null);
            let activation = of_keras(value, version);
            let activation = activation.ok_or_else(|| {
                let shown = crate::text::shortened(&value.to_string(), 60);
                Problem::layer("Dense", name, format!("its activation {shown} is not run"))
            })?;
            if config.get("quantization_config").is_some_and(|value| !value.is_null())
                || config.get("quantization_mode").is_some_and(|value| !value.is_null())
            {
                let reason = "its weights are quantized integers; save the model before it is quantized";
                return Err(Problem::layer("Dense", name, reason));
            }
            Kind::Dense { use_bias: switch("use_bias"), activation }
        }
        "BatchNormalization" | "BatchNormalizationV1" | "BatchNormalizationV2" => Kind::BatchNormalization {
            center: switch("center"),
            scale: switch("scale"),
            epsilon: number("epsilon", 1e-3)?,
        },
        "Rescaling" => Kind::Rescaling { scale: number("scale", 1.0)?, offset: number("offset", 0.0)? },
        "Normalization" => {
            let list = |key: &str| {
                let value = config.get(key)?;
                let many = || value.as_array()?.iter().map(Value::as_f64).collect();
                value.as_f64().map(|number| vec![number]).or_else(many)
            };
            if config.get("invert").and_then(Value::as_bool) == Some(true) {
                return Err(Problem::layer("Normalization", name, "an inverted one is not folded"));
            }
            Kind::Normalization { fixed: list("mean").zip(list("variance")) }
        }
        _ => match of_keras_layer(class, config, version) {
            Some(Ok(activation)) => Kind::Activation(activation),
            Some(Err(reason)) => return Err(Problem::layer(class, name, reason)),
            None => return Err(Problem::not_dense(class, name)),
        },
    }))
}

/// The order of the layers of a functional model, which must be a chain.
fn graph_order(list: &[Value]) -> Result<Vec<usize>, Problem> {
    let names: Vec<&str> = list
        .iter()
        .map(|layer| {
            let own = text(layer, "name");
            if own.is_empty() { layer.get("config").map_or("", |config| text(config, "name")) } else { own }
        })
        .collect();
    let mut before: Vec<Vec<&str>> = Vec::new();
    for layer in list {
        let mut sources = Vec::new();
        tensors_in(layer.get("inbound_nodes").unwrap_or(&Value::Null), 0, &mut sources);
        before.push(sources);
    }
    let branch = |index: usize, what: &str| {
        Err(Problem::layer(
            text(&list[index], "class_name"),
            names[index],
            format!("{what}; only a chain of layers can be run"),
        ))
    };
    if let Some(index) = before.iter().position(|sources| sources.len() > 1) {
        return branch(index, "it takes several inputs, or is used several times");
    }
    let mut order = Vec::new();
    let mut starts = (0..list.len()).filter(|&index| before[index].is_empty());
    let mut next = starts.next();
    if let Some(index) = starts.next() {
        return branch(index, "the model has several inputs");
    }
    while let Some(index) = next {
        if order.contains(&index) || order.len() == list.len() {
            return branch(index, "the layers form a circle");
        }
        order.push(index);
        let mut after = (0..list.len()).filter(|&other| before[other].first() == Some(&names[index]));
        next = after.next();
        if let Some(index) = after.next() {
            return branch(index, "the layers branch");
        }
    }
    if order.len() < list.len() {
        let missing = (0..list.len()).find(|index| !order.contains(index)).unwrap_or(0);
        return branch(missing, "it is not connected to the input");
    }
    Ok(order)
}

/// The names of the layers whose outputs a layer takes: `["name", 0, 0, {}]` in Keras 2, and a tensor with its history in
/// Keras 3.
fn tensors_in<'a>(value: &'a Value, depth: usize, names: &mut Vec<&'a str>) {
    if depth > 12 || names.len() > 8 {
        return;
    }
    match value {
        Value::Array(items) => match items.as_slice() {
            [Value::String(name), Value::Number(_), ..] => names.push(name),
            _ => items.iter().for_each(|item| tensors_in(item, depth + 1, names)),
        },
        Value::Object(object) => match object.get("keras_history") {
            Some(history) => tensors_in(history, depth + 1, names),
            None => object.values().for_each(|item| tensors_in(item, depth + 1, names)),
        },
        _ => {}
    }
}

/// The name of a class as Keras makes a name for a variable of it (`to_snake_case` in `keras/src/utils/naming.py`).
fn snake_case(class: &str) -> String {
    let chars: Vec<char> = class.chars().take(100).collect();
    let mut snake = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase() || chars.get(i + 1).is_some_and(|next| next.is_ascii_lowercase())
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(model: &Value) -> Result<Vec<ConfigLayer>, String> {
        layers(model, KerasVersion::Three).map_err(|problem| problem.to_string())
    }

    fn dense(name: &str) -> Value {
        json!({"class_name": "Dense", "config": {"name": name, "activation": "relu", "use_bias": true}})
    }

    fn node(mut layer: Value, before: Value) -> Value {
        layer["name"] = layer["config"]["name"].clone();
        layer["inbound_nodes"] = before;
        layer
    }

    #[test]
    fn classes_become_names_of_variables() {
        for (class, snake) in [
            ("Dense", "dense"),
            ("BatchNormalization", "batch_normalization"),
            ("ReLU", "re_lu"),
            ("InputLayer", "input_layer"),
            ("Conv2D", "conv2d"),
        ] {
            assert_eq!(snake_case(class), snake, "{class}");
        }
    }

    #[test]
    fn layers_are_counted_by_class_and_model() {
        let inner = json!({"class_name": "Sequential", "config": {"name": "inner", "layers": [dense("a")]}});
        let model = json!({"class_name": "Sequential", "config": {"name": "m", "layers": [
            {"class_name": "Flatten", "config": {"name": "f"}}, dense("x"), inner, dense("y"),
        ]}});
        let found = read(&model).unwrap();
        assert_eq!(found.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>(), ["x", "a", "y"]);
        assert_eq!((found[2].place.index, found[1].inside[0].snake.as_str()), (1, "sequential"));
    }

    #[test]
    fn a_list_of_layers_is_an_old_model() {
        assert_eq!(read(&json!({"class_name": "Sequential", "config": [dense("x")]})).unwrap().len(), 1);
    }

    #[test]
    fn functional_models_are_chains() {
        let input = || node(json!({"class_name": "InputLayer", "config": {"name": "in"}}), json!([]));
        let two = |name: &str, before: &str| node(dense(name), json!([[[before, 0, 0, {}]]]));
        let three = |name: &str, before: &str| {
            let history =
                json!({"config": {"keras_history": [before, 0, 0]}, "class_name": "__keras_tensor__"});
            node(dense(name), json!([{"args": [history], "kwargs": {}}]))
        };
        let model = |layers: Vec<Value>| json!({"class_name": "Functional", "config": {"name": "m", "layers": layers}});
        let names = |found: Vec<ConfigLayer>| found.into_iter().map(|layer| layer.name).collect::<Vec<_>>();
        assert_eq!(names(read(&model(vec![two("b", "a"), input(), two("a", "in")])).unwrap()), ["a", "b"]);
        assert_eq!(
            names(read(&model(vec![input(), three("a", "in"), three("b", "a")])).unwrap()),
            ["a", "b"]
        );
        let branch = read(&model(vec![input(), two("a", "in"), two("b", "in")])).unwrap_err();
        assert!(branch.contains("branch"), "{branch}");
        let merge = node(
            json!({"class_name": "Add", "config": {"name": "add"}}),
            json!([[["a", 0, 0, {}], ["in", 0, 0, {}]]]),
        );
        assert!(read(&model(vec![input(), two("a", "in"), merge])).unwrap_err().contains("Add 'add'"));
    }

    #[test]
    fn other_layers_are_refused_by_name() {
        let with = |layer: Value| {
            read(&json!({"class_name": "Sequential", "config": {"layers": [layer]}})).unwrap_err()
        };
        let conv = with(json!({"class_name": "Conv2D", "config": {"name": "conv1"}}));
        assert_eq!(conv, "Conv2D 'conv1': only dense layers can be run");
        let odd = with(json!({"class_name": "Dense", "config": {"name": "d", "activation": "sine"}}));
        assert!(odd.contains("Dense 'd'") && odd.contains("sine"), "{odd}");
        assert!(read(&json!({"class_name": "Net", "config": {"k": 1}})).unwrap_err().contains("Net"));
    }
}
