//! SpikingJelly: `LIFNode` or `IFNode` after `layer.Linear`, all steps at once.

use super::literals::{call, changed};
use super::setup::{Code, Setup};
use super::torch::{copied_weights, linear, presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let leak = |name| if values.is("node", "IFNode") { None } else { changed(values, name) };
    let node = call(
        if values.is("node", "IFNode") { "neuron.IFNode" } else { "neuron.LIFNode" },
        [leak("tau"), leak("decay_input"), changed(values, "v_threshold"), changed(values, "v_reset")],
    );
    let layers = setup.each_layer(|place| {
        let linear = linear("layer.Linear", place.inputs, place.neurons, place.has_bias);
        format!("    {linear},\n    {node},\n")
    });
    let weights = copied_weights(setup, |layer| format!("net[{}]", 2 * layer - 2));
    let run = r#"    functional.reset_net(net)
    x, spikes = train, []
    for linear, node in zip(net[::2], net[1::2]):
        x = node(linear(x))
        spikes.append(x)
    return spikes
"#;
    Ok(Code {
        packages: with_torch!("spikingjelly==2.0.0"),
        imports: "import numpy as np\nimport torch\nfrom spikingjelly.activation_based import functional, layer, neuron\nfrom torch import nn\n".into(),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnet = nn.Sequential(\n{layers})\nfunctional.set_step_mode(net, \"m\")\n{weights}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
