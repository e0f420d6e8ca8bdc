//! What the frameworks call activations.

use serde_json::Value;
use spikepad::Activation;

/// What an activation needs to know of Keras: versions differ in a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KerasVersion {
    /// Keras 1 and 2, and TensorFlow.js.
    Two,
    /// Keras 3.
    Three,
}

/// The activation that a Keras layer's `activation` describes: a name, or an object with a class and its configuration
/// (`keras/src/activations/activations.py`). `None` for one that is not read.
#[must_use]
pub fn of_keras(value: &Value, version: KerasVersion) -> Option<Activation> {
    match value {
        Value::Null => Some(Activation::Linear),
        Value::String(name) => of_keras_name(name, version),
        Value::Object(object) => {
            let class = object.get("class_name")?.as_str()?;
            let config = object.get("config")?;
            // A function by its name, or a layer that is an activation.
            match config {
                Value::String(name) => of_keras_name(name, version),
                _ => of_keras_layer(class, config, version)?.ok(),
            }
        }
        _ => None,
    }
}

fn of_keras_name(name: &str, version: KerasVersion) -> Option<Activation> {
    let name = name.rsplit('>').next()?;
    Some(match name {
        "linear" => Activation::Linear,
        "relu" => Activation::Relu,
        "relu6" => Activation::Relu6,
        "leaky_relu" => Activation::LeakyRelu(0.2),
        "elu" => Activation::Elu(1.0),
        "celu" => Activation::Celu(1.0),
        "selu" => Activation::Selu,
        "gelu" => Activation::Gelu,
        "silu" | "swish" => Activation::Silu,
        "hard_silu" | "hard_swish" => Activation::HardSilu,
        "mish" => Activation::Mish,
        "softplus" => Activation::Softplus,
        "softsign" => Activation::Softsign,
        "sigmoid" => Activation::Sigmoid,
        "hard_sigmoid" => match version {
            KerasVersion::Two => Activation::HardSigmoid(0.2),
            KerasVersion::Three => Activation::HardSigmoid(1.0 / 6.0),
        },
        "log_sigmoid" => Activation::LogSigmoid,
        "tanh" => Activation::Tanh,
        "hard_tanh" => Activation::HardTanh,
        "exponential" => Activation::Exponential,
        "softmax" => Activation::Softmax,
        "log_softmax" => Activation::LogSoftmax,
        _ => return None,
    })
}

/// The activation that a Keras layer of this class is: `None` for another layer, an error for one with options that are not
/// read.
pub fn of_keras_layer(
    class: &str,
    config: &Value,
    version: KerasVersion,
) -> Option<Result<Activation, String>> {
    let number = |keys: &[&str], missing: f64| {
        keys.iter().find_map(|key| config.get(*key)).and_then(Value::as_f64).unwrap_or(missing)
    };
    Some(match class {
        "Activation" => {
            let value = config.get("activation").unwrap_or(&Value::Null);
            of_keras(value, version).ok_or_else(|| format!("the activation {value} is not run"))
        }
        "ReLU" => {
            let slope = number(&["negative_slope"], 0.0);
            let most = config.get("max_value").and_then(Value::as_f64);
            match (slope, most, number(&["threshold"], 0.0)) {
                (0.0, None, 0.0) => Ok(Activation::Relu),
                (0.0, Some(6.0), 0.0) => Ok(Activation::Relu6),
                (0.0, Some(most), 0.0) => Ok(Activation::ClippedRelu(most)),
                (slope, None, 0.0) => Ok(Activation::LeakyRelu(slope)),
                _ => Err("a ReLU with a threshold, or with a slope and a maximum, is not run".into()),
            }
        }
        "LeakyReLU" => Ok(Activation::LeakyRelu(number(&["negative_slope", "alpha"], 0.3))),
        "ELU" => Ok(Activation::Elu(number(&["alpha"], 1.0))),
        "Softmax" => match config.get("axis").and_then(Value::as_i64) {
            None | Some(-1 | 1) => Ok(Activation::Softmax),
            Some(axis) => Err(format!("a softmax over axis {axis} is not run")),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keras_writes_activations_in_several_ways() {
        let of = |value: Value| of_keras(&value, KerasVersion::Three);
        assert_eq!(of(json!("relu")), Some(Activation::Relu));
        assert_eq!(of(json!(null)), Some(Activation::Linear));
        assert_eq!(of(json!({"class_name": "function", "config": "keras>silu"})), Some(Activation::Silu));
        let leaky = json!({"class_name": "LeakyReLU", "config": {"negative_slope": 0.1}});
        assert_eq!(of(leaky), Some(Activation::LeakyRelu(0.1)));
        assert_eq!(of(json!("my_activation")), None);
        assert_eq!(of_keras(&json!("hard_sigmoid"), KerasVersion::Two), Some(Activation::HardSigmoid(0.2)));
    }

    #[test]
    fn layers_that_are_activations_have_options() {
        let of = |class: &str, config: Value| of_keras_layer(class, &config, KerasVersion::Three);
        assert_eq!(of("ReLU", json!({"max_value": null})), Some(Ok(Activation::Relu)));
        assert_eq!(of("ReLU", json!({"max_value": 6.0})), Some(Ok(Activation::Relu6)));
        assert_eq!(of("LeakyReLU", json!({"alpha": 0.25})), Some(Ok(Activation::LeakyRelu(0.25))));
        assert!(of("ReLU", json!({"threshold": 1.0})).unwrap().unwrap_err().contains("threshold"));
        assert!(of("Activation", json!({"activation": "?"})).unwrap().unwrap_err().contains("not run"));
        assert_eq!(of("Dense", json!({})), None);
    }
}
