//! Norse: `LIFCell` or `LIFBoxCell` after `nn.Linear`, step by step.

use super::literals::{call, changed_tensor};
use super::setup::{Code, Setup};
use super::torch::{copied_weights, linear, presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let (cell, parameters, names): (_, _, &[&str]) = if values.is("cell", "LIFBoxCell") {
        ("LIFBoxCell", "LIFBoxParameters", &["tau_mem_inv", "v_leak", "v_th", "v_reset"])
    } else {
        ("LIFCell", "LIFParameters", &["tau_syn_inv", "tau_mem_inv", "v_leak", "v_th", "v_reset"])
    };
    let set: Vec<_> = names.iter().filter_map(|name| changed_tensor(values, name)).collect();
    let has_parameters = !set.is_empty();
    let given = has_parameters.then(|| call(parameters, set.into_iter().map(Some)));
    let neurons = call(cell, [given]);
    let imported = if has_parameters { format!("{cell}, {parameters}") } else { cell.into() };
    let layers = setup.each_layer(|place| {
        let linear = linear("nn.Linear", place.inputs, place.neurons, place.has_bias);
        format!("    {linear},\n    {neurons},\n")
    });
    let weights = copied_weights(setup, |layer| format!("net[{}]", 2 * layer - 2));
    let run = r#"    states, spikes = [None for _ in net], [[] for _ in net[::2]]
    for x in train:
        for i, layer in enumerate(spikes):
            x, states[i] = net[2 * i + 1](net[2 * i](x), states[i])
            layer.append(x)
    return [torch.stack(layer) for layer in spikes]
"#;
    Ok(Code {
        packages: with_torch!("norse==1.1.0"),
        imports: format!(
            "import numpy as np\nimport torch\nfrom norse.torch import {imported}\nfrom torch import nn\n"
        ),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnet = nn.ModuleList([\n{layers}])\n{weights}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
