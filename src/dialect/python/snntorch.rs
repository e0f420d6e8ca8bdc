//! snnTorch: `Leaky` after `nn.Linear`, step by step.

use super::literals::{call, changed, number};
use super::setup::{Code, Setup};
use super::torch::{copied_weights, linear, presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let leaky = call(
        "snn.Leaky",
        [
            Some(format!("beta={}", number(values.number("beta")))),
            changed(values, "threshold"),
            changed(values, "reset_mechanism"),
            Some("init_hidden=True".into()),
        ],
    );
    let layers = setup.each_layer(|place| {
        let linear = linear("nn.Linear", place.inputs, place.neurons, place.has_bias);
        format!("    {linear},\n    {leaky},\n")
    });
    let weights = copied_weights(setup, |layer| format!("net[{}]", 2 * layer - 2));
    let run = r#"    utils.reset(net)
    spikes = [[] for _ in net[::2]]
    for x in train:
        for linear, leaky, layer in zip(net[::2], net[1::2], spikes):
            x = leaky(linear(x))
            layer.append(x)
    return [torch.stack(layer) for layer in spikes]
"#;
    Ok(Code {
        packages: with_torch!("snntorch==1.0.0"),
        imports: "import numpy as np\nimport snntorch as snn\nimport torch\nfrom snntorch import utils\nfrom torch import nn\n".into(),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnet = nn.Sequential(\n{layers})\n{weights}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
