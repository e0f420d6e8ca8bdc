//! BindsNET: `LIFNodes` behind a `Connection`.

use super::literals::{call, changed, listed, scaled};
use super::setup::{Code, Setup};
use super::torch::{presented, run_head, with_torch};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    let values = setup.values;
    let inputs = setup.inputs();
    let mut source = "input".to_owned();
    let layers = setup.each_layer(|place| {
        let (name, number) = (place.name, place.number);
        let nodes = call(
            "LIFNodes",
            [
                Some(place.neurons.to_string()),
                changed(values, "thresh"),
                changed(values, "rest"),
                changed(values, "reset"),
                changed(values, "refrac"),
                changed(values, "tc_decay"),
            ],
        );
        let weights = scaled(values, &format!("w{number}"));
        let bias = match place.has_bias {
            true => format!(", b=torch.from_numpy({})", scaled(values, &format!("b{number}"))),
            false => String::new(),
        };
        let lines = format!(
            "\n{name} = {nodes}\n\
             network.add_layer({name}, name=\"{name}\")\n\
             connection = Connection({source}, {name}, w=torch.from_numpy({weights}){bias})\n\
             network.add_connection(connection, source=\"{source}\", target=\"{name}\")\n\
             network.add_monitor(Monitor({name}, [\"s\"]), name=\"{name}\")\n"
        );
        source = name;
        lines
    });
    let names = listed(setup.layers().map(|place| format!("\"{}\"", place.name)));
    let run = format!(
        r#"    network.reset_state_variables()
    network.run({{"input": train}}, time=len(train))
    return [network.monitors[name].get("s").float() for name in [{names}]]
"#
    );
    Ok(Code {
        packages: with_torch!("bindsnet==0.3.4"),
        imports: "import numpy as np\nimport torch\nfrom bindsnet.network import Network\nfrom bindsnet.network.monitors import Monitor\nfrom bindsnet.network.nodes import Input, LIFNodes\nfrom bindsnet.network.topology import Connection\n".into(),
        body: format!(
            "torch.set_grad_enabled(False)\n\nnetwork = Network(dt=1.0)\ninput = Input({inputs})\nnetwork.add_layer(input, name=\"input\")\n{layers}{head}{run}{end}",
            head = run_head(setup),
            end = presented(setup)
        ),
    })
}
