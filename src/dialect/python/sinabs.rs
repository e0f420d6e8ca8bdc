//! Sinabs: `LIF` or `IAF` after `nn.Linear`, all steps at once.

use super::literals::{call, changed, changed_tensor, number};
use super::setup::{Code, Setup};
use super::torch::{copied_weights, linear, presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let leaks = values.is("layer", "LIF");
    let is_single = values.is("spike_fn", "SingleSpike");
    let neurons = call(
        if leaks { "sl.LIF" } else { "sl.IAF" },
        [
            leaks.then(|| format!("tau_mem={}", number(values.number("tau_mem")))),
            if leaks { changed(values, "norm_input") } else { None },
            is_single.then(|| "spike_fn=SingleSpike".into()),
            changed_tensor(values, "spike_threshold"),
        ],
    );
    let layers = setup.each_layer(|place| {
        let linear = linear("nn.Linear", place.inputs, place.neurons, place.has_bias);
        format!("    {linear},\n    {neurons},\n")
    });
    let weights = copied_weights(setup, |layer| format!("net[{}]", 2 * layer - 2));
    let run = r#"    sinabs.reset_states(net)
    x, spikes = train.transpose(0, 1), []  # Sinabs takes [images, steps, neurons].
    for linear, layer in zip(net[::2], net[1::2]):
        x = layer(linear(x))
        spikes.append(x.transpose(0, 1))
    return spikes
"#;
    let single = if is_single { "from sinabs.activation import SingleSpike\n" } else { "" };
    Ok(Code {
        packages: with_torch!("sinabs==3.1.3"),
        imports: format!(
            "import numpy as np\nimport sinabs\nimport sinabs.layers as sl\nimport torch\n{single}from torch import nn\n"
        ),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnet = nn.Sequential(\n{layers})\n{weights}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
