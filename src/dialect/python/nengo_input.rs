//! The input of the scripts for Nengo and NengoDL: the spikes of the file, or an ensemble of input neurons.

use super::literals::number;
use super::setup::Setup;
use crate::dialect::parameter::Values;

/// What stands before the first layer.
pub(super) struct Source {
    /// The lines in the network that make it.
    pub lines: String,
    /// The object from which the first connection comes.
    pub name: &'static str,
}

/// A node of Nengo whose output is the variable `ink`, or that draws spikes with probability ink/255.
pub(super) fn node(setup: &Setup) -> Source {
    let inputs = setup.inputs();
    if setup.values.is("input", "bernoulli") {
        let height = number(setup.values.number("input_amplitude"));
        let lines = format!(
            "    image = nengo.Node(lambda t: (rng.random({inputs}) < ink / 255) * ({height} / dt), size_out={inputs})\n"
        );
        return Source { lines, name: "image" };
    }
    let lines = format!("    image = nengo.Node(lambda t: ink, size_out={inputs})\n{}", ensemble(setup));
    Source { lines, name: "pixels.neurons" }
}

/// A node of NengoDL, whose output is what `predict` is given.
pub(super) fn fed_node(setup: &Setup) -> Source {
    let inputs = setup.inputs();
    let node = format!("    image = nengo.Node(np.zeros({inputs}))\n");
    if setup.values.is("input", "bernoulli") {
        return Source { lines: node, name: "image" };
    }
    Source { lines: node + &ensemble(setup), name: "pixels.neurons" }
}

/// The input neurons of the question, with or without noise.
fn ensemble(setup: &Setup) -> String {
    let values = setup.values;
    let inputs = setup.inputs();
    let amplitude = match values.number("input_amplitude") {
        1.0 => String::new(),
        amplitude => number(amplitude),
    };
    let neurons = if values.is("input", "poisson") {
        let amplitude = if amplitude.is_empty() { amplitude } else { format!(", amplitude={amplitude}") };
        format!("nengo.PoissonSpiking(nengo.RectifiedLinear(){amplitude})")
    } else {
        let amplitude = if amplitude.is_empty() { amplitude } else { format!("amplitude={amplitude}") };
        format!("nengo.SpikingRectifiedLinear({amplitude})")
    };
    let rate = number(values.number("input_max_rates"));
    format!(
        "    pixels = nengo.Ensemble(\n        {inputs},\n        dimensions=1,\n        neuron_type={neurons},\n        max_rates=Choice([{rate}]),\n        intercepts=Choice([0]),\n    )\n    \
         nengo.Connection(image, pixels.neurons, synapse=None)\n"
    )
}

/// The images of the file as the values of the node.
pub(super) fn values_of_images(values: &Values) -> String {
    if values.is("input", "bernoulli") {
        return "data[\"images\"]".into();
    }
    match values.number("input_scale") {
        255.0 => "data[\"images\"]".into(),
        1.0 => "data[\"images\"] / 255".into(),
        scale => format!("data[\"images\"] / 255 * {}", number(scale)),
    }
}
