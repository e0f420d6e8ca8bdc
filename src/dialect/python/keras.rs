//! Keras: the network without spikes, `Dense` after `Dense`.

use super::literals::number;
use super::setup::{Code, Setup, Task};
use crate::network::Activation;

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let inputs = setup.inputs();
    let activations: Vec<_> = setup.activations.iter().map(|&activation| argument(activation)).collect();
    let layers = setup.each_layer(|place| {
        let activation = &activations[place.number - 1];
        let bias = if place.has_bias { "" } else { ", use_bias=False" };
        format!("    keras.layers.Dense({}{activation}{bias}),\n", place.neurons)
    });
    let weights = weights(setup, |array| format!("data[\"{array}\"]"));
    let run = match setup.task {
        Task::Presentation => {
            "\nwith_hidden = keras.Model(net.inputs, [layer.output for layer in net.layers])\n\
             activations = [np.asarray(layer)[0] for layer in with_hidden(data[\"image\"][None])]\n"
        }
        Task::Set { .. } => {
            "\nanswers = net.predict(data[\"images\"] / np.float32(255), verbose=0).argmax(axis=1)\n"
        }
    };
    let tf =
        if activations.iter().any(|text| text.contains("tf.")) { "import tensorflow as tf\n" } else { "" };
    Ok(Code {
        packages: &["tensorflow==2.12.1", "numpy==1.23.5"],
        imports: format!("import numpy as np\n{tf}from tensorflow import keras\n"),
        body: format!(
            "net = keras.Sequential([\n    keras.Input(shape=({inputs},)),\n{layers}])\nnet.set_weights([{weights}])\n{run}"
        ),
    })
}

/// The weights and biases of all layers, as `set_weights` takes them. `load` gives the expression that loads an array.
pub(super) fn weights(setup: &Setup, load: impl Fn(&str) -> String) -> String {
    let arrays: Vec<String> = setup
        .layers()
        .flat_map(|place| {
            let bias = place.has_bias.then(|| load(&format!("b{}", place.number)));
            std::iter::once(load(&format!("w{}", place.number))).chain(bias)
        })
        .collect();
    arrays.join(", ")
}

/// `activation=` as Keras 2 and TensorFlow write it, with the comma before it; empty for a linear layer.
pub(super) fn argument(activation: Activation) -> String {
    let of_keras = |name: &str| format!("\"{name}\"");
    let function = match activation {
        Activation::Linear => return String::new(),
        Activation::Relu6 => "tf.nn.relu6".into(),
        Activation::ClippedRelu(most) => format!("lambda x: tf.clip_by_value(x, 0.0, {})", number(most)),
        Activation::LeakyRelu(slope) => format!("lambda x: tf.nn.leaky_relu(x, alpha={})", number(slope)),
        Activation::Elu(scale) if scale != 1.0 => {
            format!("lambda x: keras.activations.elu(x, alpha={})", number(scale))
        }
        Activation::Celu(scale) => {
            let scale = number(scale);
            format!("lambda x: tf.where(x > 0, x, {scale} * tf.math.expm1(x / {scale}))")
        }
        Activation::GeluTanh => "lambda x: tf.nn.gelu(x, approximate=True)".into(),
        Activation::Silu => of_keras("swish"),
        Activation::HardSilu => "lambda x: x * tf.nn.relu6(x + 3) / 6".into(),
        Activation::Mish => "lambda x: x * tf.math.tanh(tf.math.softplus(x))".into(),
        Activation::HardSigmoid(slope) => {
            format!("lambda x: tf.clip_by_value({} * x + 0.5, 0.0, 1.0)", number(slope))
        }
        Activation::LogSigmoid => "tf.math.log_sigmoid".into(),
        Activation::HardTanh => "lambda x: tf.clip_by_value(x, -1.0, 1.0)".into(),
        Activation::LogSoftmax => "tf.nn.log_softmax".into(),
        other => of_keras(other.name()),
    };
    format!(", activation={function}")
}
