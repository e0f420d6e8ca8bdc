//! `nengo_dl.Converter`: a Keras model, converted, with the picture as a constant input.

use super::assembly::class_of;
use super::keras::{argument, weights};
use super::literals::{call, listed, number, scaled};
use super::setup::{Code, Place, Setup, Task};
use crate::dialect::parameter::Values;

/// Images that are presented at once, at most.
const MINIBATCH: usize = 50;

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let (model, needs_tensorflow) = keras_model(setup);
    let (converter, run) = (converter(setup), run(setup));
    let tf = if needs_tensorflow { "import tensorflow as tf\n" } else { "" };
    Ok(Code {
        packages: &["nengo-dl==3.6.0", "nengo==3.2.0", "tensorflow==2.12.1", "numpy==1.23.5"],
        imports: format!(
            "import nengo\nimport nengo_dl\nimport numpy as np\n{tf}from tensorflow import keras\n"
        ),
        body: format!("{model}\n{converter}\n{run}"),
    })
}

/// The lines that build the model, and whether they need TensorFlow besides Keras.
fn keras_model(setup: &Setup) -> (String, bool) {
    let mut from = "inputs".to_owned();
    let layers = setup.each_layer(|place| {
        let Place { number: index, neurons, has_bias, name, .. } = place;
        let activation = argument(setup.activations[index - 1]);
        let bias = if has_bias { "" } else { ", use_bias=False" };
        let line = format!("{name} = keras.layers.Dense({neurons}{activation}{bias})({from})\n");
        from = name;
        line
    });
    let weights = weights(setup, |array| scaled(setup.values, array));
    let needs_tensorflow = layers.contains("tf.");
    let lines = format!(
        "inputs = keras.Input(shape=({},))\n{layers}model = keras.Model(inputs, out)\nmodel.set_weights([{weights}])\n",
        setup.inputs()
    );
    (lines, needs_tensorflow)
}

/// The neurons that take the place of a ReLU; `None` where it stays.
fn neurons(values: &Values) -> Option<&'static str> {
    if values.is("neuron", "RectifiedLinear") {
        None
    } else if values.is("neuron", "LIF") {
        Some("nengo.LIF")
    } else {
        Some("nengo.SpikingRectifiedLinear")
    }
}

/// The lines that convert the model.
fn converter(setup: &Setup) -> String {
    let values = setup.values;
    let is_zero = values.is("initial_voltage", "zero");
    let swap = neurons(values).map(|neurons| {
        let zero = (is_zero && setup.task != Task::Presentation)
            .then(|| "initial_state={\"voltage\": nengo.dists.Choice([0])}".into());
        format!("    swap_activations={{keras.activations.relu: {}}},\n", call(neurons, [zero]))
    });
    let synapse = values.optional("synapse").map(|tau| format!("    synapse={},  # s\n", number(tau)));
    let arguments: String = [swap, scales(setup), synapse].into_iter().flatten().collect();
    let note = match neurons(values) {
        Some(_) => "# \"relu\" is keras.activations.relu. A swap of tf.nn.relu would match nothing.\n",
        None => "",
    };
    let start = match setup.task {
        Task::Presentation => potentials(setup),
        Task::Set { .. } if is_zero => String::new(),
        Task::Set { .. } => {
            format!("converter.net.seed = {}  # of the potentials at the start\n", values.whole("seed"))
        }
    };
    format!("{note}converter = nengo_dl.Converter(\n    model,\n{arguments})\n{start}")
}

/// The argument `scale_firing_rates`.
fn scales(setup: &Setup) -> Option<String> {
    let scale = match setup.values.entries("scale_firing_rates") {
        0 => number(setup.values.optional("scale_firing_rates")?),
        entries => {
            let of_layer = |place: Place| {
                let scale = scale(setup, &place)?;
                // The first layer of the model is its input.
                Some(format!("model.layers[{}]: {}", place.number, number(scale)))
            };
            let scaled: Vec<String> = setup.layers().take(entries).filter_map(of_layer).collect();
            format!("{{{}}}", scaled.join(", "))
        }
    };
    Some(format!("    scale_firing_rates={scale},\n"))
}

/// The scale of a layer.
fn scale(setup: &Setup, place: &Place) -> Option<f64> {
    setup.values.of_layer("scale_firing_rates", place.number - 1)
}

/// The lines that set the potentials at the start and probe the spikes.
fn potentials(setup: &Setup) -> String {
    let Some(neurons) = neurons(setup.values) else { return String::new() };
    let (mut starts, mut probes) = (String::new(), String::new());
    for place in setup.spiking_layers() {
        let amplitude = scale(setup, &place).map(|scale| format!("    amplitude=1 / {},\n", number(scale)));
        let Place { number: index, name, .. } = place;
        starts += &format!(
            "converter.layers[{name}].ensemble.neuron_type = {neurons}(\n{}    \
             initial_state={{\"voltage\": data[\"v{index}_init\"]}},\n)\n",
            amplitude.unwrap_or_default()
        );
        probes += &format!("    {name}_spikes = nengo.Probe(converter.layers[{name}], synapse=None)\n");
    }
    if starts.is_empty() {
        return starts;
    }
    format!(
        "# Nengo draws the potentials at the start at random. These are those of Spikepad.\n{starts}\
         with converter.net:\n{probes}"
    )
}

/// The lines that run the network.
fn run(setup: &Setup) -> String {
    match setup.task {
        Task::Presentation => {
            let spikes = listed(setup.spiking_layers().map(|place| {
                let per_spike = match scale(setup, &place) {
                    Some(scale) => format!("({} * dt)", number(scale)),
                    None => "dt".into(),
                };
                format!("np.rint(data_of[{}_spikes][0] * {per_spike}).astype(int)", place.name)
            }));
            let spikes = match spikes.is_empty() {
                true => String::new(),
                false => format!("dt = 0.001  # s\nspikes = [{spikes}]\n"),
            };
            format!(
                "steps = len(data[\"outputs\"])\n\
                 with nengo_dl.Simulator(converter.net, progress_bar=False) as sim:\n    \
                 fed = np.tile(data[\"image\"], (1, steps, 1))\n    \
                 data_of = sim.predict({{converter.inputs[inputs]: fed}}, stateful=False, verbose=0)\n\
                 outputs = data_of[converter.outputs[out]][0]\n{spikes}"
            )
        }
        Task::Set { steps } => format!(
            "images = data[\"images\"][:, None] / np.float32(255)\n\
             size = int(np.gcd(len(images), {MINIBATCH}))\n\
             answers = []\n\
             with nengo_dl.Simulator(converter.net, minibatch_size=size, progress_bar=False) as sim:\n    \
             for ink in np.split(images, len(images) // size):\n        \
             fed = np.tile(ink, (1, {steps}, 1))\n        \
             data_of = sim.predict({{converter.inputs[inputs]: fed}}, stateful=False, verbose=0)\n        \
             outputs = data_of[converter.outputs[out]].swapaxes(0, 1)\n        \
             answers.extend({class})\n",
            class = class_of(setup)
        ),
    }
}
