//! Rockpool: `LIFTorch` after `LinearTorch`, all steps at once.

use super::literals::{call, changed, listed, scaled};
use super::setup::{Code, Setup};
use super::torch::{presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let most = values.changed("max_spikes_per_dt").map(|_| values.number("max_spikes_per_dt").floor());
    let layers = setup.each_layer(|place| {
        let neurons = call(
            "LIFTorch",
            [
                Some(place.neurons.to_string()),
                changed(values, "tau_mem"),
                changed(values, "tau_syn"),
                changed(values, "threshold"),
                most.map(|most| format!("max_spikes_per_dt={most}")),
            ],
        );
        let has_bias = if place.has_bias { "True" } else { "False" };
        format!(
            "    LinearTorch(({}, {}), has_bias={has_bias}),\n    {neurons},\n",
            place.inputs, place.neurons
        )
    });
    let weights = setup.each_layer(|place| {
        let (number, layer) = (place.number, 2 * place.number - 2);
        let weights = scaled(values, &format!("w{number}"));
        let mut lines = format!("net[{layer}].weight.copy_(torch.from_numpy({weights}))\n");
        if place.has_bias {
            let bias = scaled(values, &format!("b{number}"));
            lines += &format!("net[{layer}].bias.copy_(torch.from_numpy({bias}))\n");
        }
        lines
    });
    let outputs = listed(setup.layers().map(|place| format!("\"{}_LIFTorch_output\"", 2 * place.number - 1)));
    let run = format!(
        r#"    net.reset_state()
    _, _, record = net(train.transpose(0, 1), record=True)  # Rockpool takes [images, steps, neurons].
    return [record[name].transpose(0, 1) for name in [{outputs}]]
"#
    );
    Ok(Code {
        packages: with_torch!("rockpool==3.1.0"),
        imports: "import numpy as np\nimport torch\nfrom rockpool.nn.combinators import Sequential\nfrom rockpool.nn.modules import LIFTorch, LinearTorch\n".into(),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnet = Sequential(\n{layers})\n{weights}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
