//! What all scripts share: the head, how the class is read, the comparison, and the accuracy.

use super::setup::{Code, Kind, Setup, Task};
use crate::dialect::decoding::Decoding;

/// Images that are presented at once where the framework presents several.
pub(super) const BATCH: usize = 100;

/// The whole script.
pub(in crate::dialect) fn assembled(setup: &Setup, code: &Code) -> String {
    let Code { packages, imports, body } = code;
    let Setup { framework, name, .. } = setup;
    let sizes: Vec<String> = setup.sizes.iter().map(ToString::to_string).collect();
    let sizes = sizes.join("-");
    let about = match (setup.task, setup.kind) {
        (Task::Presentation, Kind::Spiking) => format!(
            "# The network {sizes} in {framework}, on the input spikes in {name}.npz.\n\
             # Prints the spikes of each output and the class, and compares the spikes of all layers\n\
             # with those that Spikepad computed."
        ),
        (Task::Presentation, Kind::Converted) => format!(
            "# The network {sizes}, converted by {framework}, on the picture in {name}.npz.\n\
             # Prints the outputs and the class, and compares outputs and spikes with those that\n\
             # Spikepad computed."
        ),
        (Task::Presentation, Kind::Ann) => format!(
            "# The network {sizes} in {framework}, on the picture in {name}.npz.\n\
             # Prints the outputs and the class, and compares the activations of all layers with those\n\
             # that Spikepad computed."
        ),
        (Task::Set { .. }, _) => format!(
            "# The network {sizes} in {framework}, on the images in {name}.npz.\n\
             # Prints the share that is read correctly, beside the share that Spikepad reads."
        ),
    };
    let packages = packages.join(" ");
    let low_pass = match setup.decoding {
        Decoding::FilteredPositive | Decoding::FilteredSum if !setup.is_nengo => LOW_PASS,
        _ => "",
    };
    let end = match (setup.task, setup.kind) {
        (Task::Presentation, Kind::Spiking) => compared_spikes(setup),
        (Task::Presentation, Kind::Converted) => compared_outputs(setup),
        (Task::Presentation, Kind::Ann) => COMPARED_ACTIVATIONS.into(),
        (Task::Set { .. }, Kind::Spiking) => {
            accuracy("Spikepad, which draws other random input spikes, reads")
        }
        (Task::Set { .. }, Kind::Converted | Kind::Ann) => accuracy("Spikepad reads"),
    };
    format!(
        "{about}\n\
         #\n\
         # Python 3.11, pip install {packages}\n\
         {BEGINNING}\n\
         {imports}\n\
         data = np.load(here / \"{name}.npz\")\n\
         {low_pass}\n\
         {body}\n\
         {end}"
    )
}

/// Python looks for modules beside the script first: `nengo.py` would import itself, and other scripts would import it.
const BEGINNING: &str = "\
import sys
from pathlib import Path

here = Path(__file__).parent if \"__file__\" in globals() else Path()
# Scripts have the names of packages. Python must not look for packages among them.
sys.path = [folder for folder in sys.path if Path(folder).resolve() != here.resolve()]
";

/// The filter of `nengo.Probe(synapse=0.1)`, without its delay of one step.
const LOW_PASS: &str = r#"

def low_pass(spikes, tau=0.1, dt=0.001):
    """Spike trains, [steps, ...], after an exponential filter with the time constant tau, s."""
    decay, level, levels = np.exp(-dt / tau), 0, []
    for step in spikes:
        level = decay * level + (1 - decay) * step
        levels.append(level)
    return np.array(levels)

"#;

/// The class that is read from `outputs`, the output spikes, [steps, classes] or [steps, images, classes].
pub(super) fn class_of(setup: &Setup) -> String {
    let filtered =
        if setup.is_nengo { "nengo.Lowpass(0.1).filt(outputs, dt=dt, y0=0)" } else { "low_pass(outputs)" };
    match setup.decoding {
        Decoding::Count => "outputs.sum(axis=0).argmax(axis=-1)".into(),
        Decoding::FilteredPositive => format!("({filtered} > 0).sum(axis=0).argmax(axis=-1)"),
        Decoding::FilteredSum => format!("{filtered}.sum(axis=0).argmax(axis=-1)"),
        Decoding::FirstSpike => {
            "np.where(outputs.any(axis=0), (outputs > 0).argmax(axis=0), len(outputs)).argmin(axis=-1)".into()
        }
        Decoding::LastStep => "outputs[-1].argmax(axis=-1)".into(),
        Decoding::Mean => "outputs.mean(axis=0).argmax(axis=-1)".into(),
    }
}

fn compared_spikes(setup: &Setup) -> String {
    format!(
        r#"outputs = spikes[-1]
answer = {class}
print("spikes of each output:", outputs.sum(axis=0))
print("class:", answer)

differences = [int((own != data[f"spikes{{i}}"]).sum()) for i, own in enumerate(spikes, 1)]
{SPIKES_COMPARED}{ANSWER_COMPARED}"#,
        class = class_of(setup)
    )
}

/// `outputs` are numbers, [steps, classes]; `spikes` are those of the layers that spike, in order.
fn compared_outputs(setup: &Setup) -> String {
    let said = match setup.decoding {
        Decoding::Mean => "print(\"mean of the outputs:\", outputs.mean(axis=0))",
        _ => "print(\"outputs in the last step:\", outputs[-1])",
    };
    let expected: Vec<String> =
        setup.spiking_layers().map(|place| format!("data[\"spikes{}\"]", place.number)).collect();
    let compared = match expected.is_empty() {
        true => OUTPUTS_COMPARED.into(),
        false => format!(
            "differences = [int((own != expected).sum()) for own, expected in zip(spikes, [{}])]\n{SPIKES_COMPARED}",
            expected.join(", ")
        ),
    };
    format!(
        r#"answer = {class}
{said}
print("class:", answer)

largest = float(np.abs(outputs - data["outputs"]).max())
print("largest difference from Spikepad's outputs:", largest)
{compared}{ANSWER_COMPARED}"#,
        class = class_of(setup)
    )
}

const SPIKES_COMPARED: &str = r#"if any(differences):
    print("differences from Spikepad's spikes, in each layer:", differences)
    print("Another version, processor or BLAS library may add in another order,")
    print("and a last bit can decide over a spike.")
else:
    print("equal to Spikepad, spike for spike")
"#;

const OUTPUTS_COMPARED: &str = r#"np.testing.assert_allclose(outputs, data["outputs"], rtol=1e-4, atol=1e-5)
print("equal to Spikepad, except for rounding")
"#;

const ANSWER_COMPARED: &str = r#"assert answer == data["answer"], f"Spikepad reads {data['answer']}"
"#;

const COMPARED_ACTIVATIONS: &str = r#"answer = activations[-1].argmax()
print("outputs:", activations[-1])
print("class:", answer)

differences = [float(np.abs(own - data[f"activations{i}"]).max()) for i, own in enumerate(activations, 1)]
print("largest difference from Spikepad's activations, in each layer:", differences)
for i, own in enumerate(activations, 1):
    np.testing.assert_allclose(own, data[f"activations{i}"], rtol=1e-4, atol=1e-5)
print("equal to Spikepad, except for rounding")
assert answer == data["answer"], f"Spikepad reads {data['answer']}"
"#;

fn accuracy(spikepad: &str) -> String {
    format!(
        r#"labels = data["labels"]
right = int((np.array(answers) == labels).sum())
print(f"{{right}} of {{len(labels)}} images are read correctly: {{right / len(labels):.2%}}")
print(f"{spikepad} {{data['right']}}: {{data['right'] / len(labels):.2%}}")
"#
    )
}
