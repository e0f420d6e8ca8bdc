//! What the frameworks on PyTorch share.

use super::assembly::{BATCH, class_of};
use super::literals::{in_brackets, scaled};
use super::setup::{Setup, Task};

/// What pip installs beside the framework.
macro_rules! with_torch {
    ($framework:literal) => {
        &[$framework, "torch==2.15.0", "numpy==2.3.5"]
    };
}
pub(super) use with_torch;

/// `nn.Linear(784, 128, bias=False)` or a class that is called like it.
pub fn linear(class: &str, inputs: usize, neurons: usize, has_bias: bool) -> String {
    let bias = if has_bias { "" } else { ", bias=False" };
    format!("{class}({inputs}, {neurons}{bias})")
}

/// The lines that copy weights and biases into the layers that `layer` names. `Linear` has weights [neurons, inputs].
pub fn copied_weights(setup: &Setup, layer: impl Fn(usize) -> String) -> String {
    setup.each_layer(|place| {
        let (number, layer) = (place.number, layer(place.number));
        let weights = in_brackets(&scaled(setup.values, &format!("w{number}")));
        let mut lines = format!("{layer}.weight.copy_(torch.from_numpy({weights}.T))\n");
        if place.has_bias {
            let bias = scaled(setup.values, &format!("b{number}"));
            lines += &format!("{layer}.bias.copy_(torch.from_numpy({bias}))\n");
        }
        lines
    })
}

/// The head of the function that runs the network.
pub fn run_head(setup: &Setup) -> String {
    let inputs = setup.inputs();
    format!(
        "\n\ndef run(train):\n    \"\"\"The spikes of each layer, [steps, images, neurons], for input spikes, [steps, images, {inputs}].\"\"\"\n"
    )
}

/// What follows the function `run`: presents the spikes, or the images.
pub fn presented(setup: &Setup) -> String {
    match setup.task {
        Task::Presentation => "\n\n\
            train = torch.from_numpy(data[\"spikes\"]).float()[:, None]\n\
            spikes = [layer[:, 0].numpy().astype(int) for layer in run(train)]\n"
            .into(),
        Task::Set { steps } => {
            let class = class_of(setup);
            format!(
                r#"

torch.manual_seed(1)
answers = []
for ink in torch.from_numpy(data["images"]).split({BATCH}):
    train = (torch.rand({steps}, *ink.shape) < ink / 255).float()
    outputs = run(train)[-1].numpy()
    answers.extend({class})
"#
            )
        }
    }
}
