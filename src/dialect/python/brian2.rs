//! Brian 2: a `NeuronGroup` with an exactly integrated membrane, and `Synapses` that add weights to it.

use super::assembly::class_of;
use super::literals::{listed, number, scaled_double};
use super::setup::{Code, Setup, Task};

pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    if setup.most_input_spikes > 1 {
        return Err(
            "an input of its SpikeGeneratorGroup fires at most once in a step; give input spikes of 0 and 1",
        );
    }
    let values = setup.values;
    let [tau, refractory, threshold, reset] =
        ["tau", "refractory", "threshold", "reset"].map(|name| number(values.number(name)));
    let inputs = setup.inputs();
    let mut source = "image".to_owned();
    let layers = setup.each_layer(|place| {
        let (name, neurons, index) = (place.name, place.neurons, place.number);
        let mut lines = format!(
            "\n{name} = NeuronGroup(\n    {neurons}, model, threshold=\"v > {threshold}\", reset=\"v = {reset}\", refractory={refractory} * ms, method=\"exact\"\n)\n"
        );
        let mut connect = |synapses: &str, source: &str, array: &str| {
            let weights = scaled_double(values, array);
            let flat = match weights.contains(" * ") {
                true => format!("({weights}).ravel()"),
                false => format!("{weights}.ravel()"),
            };
            lines += &format!(
                "{synapses} = Synapses({source}, {name}, \"w : 1\", on_pre=\"v_post += w\")\n\
                 {synapses}.connect()\n\
                 {synapses}.w = {flat}\n"
            );
        };
        connect(&format!("to_{name}"), &source, &format!("w{index}"));
        if place.has_bias {
            connect(&format!("to_{name}_bias"), "always", &format!("b{index}"));
        }
        if setup.task == Task::Presentation || index == setup.biases.len() {
            lines += &format!("{name}_spikes = SpikeMonitor({name})\n");
        }
        source = name;
        lines
    });
    let steps = match setup.task {
        Task::Presentation => "len(data[\"spikes\"])".into(),
        Task::Set { steps } => steps.to_string(),
    };
    let always = match setup.has_biases() {
        true => {
            "# A bias is the weight of a neuron that spikes in every step.\n\
             always = SpikeGeneratorGroup(1, np.zeros(steps, int), np.arange(steps) * ms)\n"
        }
        false => "",
    };
    let first = match setup.task {
        Task::Presentation => format!(
            "times, pixels = np.nonzero(data[\"spikes\"])\nimage = SpikeGeneratorGroup({inputs}, pixels, times * ms)\n"
        ),
        Task::Set { .. } => format!("image = SpikeGeneratorGroup({inputs}, [], [] * ms)\n"),
    };
    let counted = "\n\n\
        def spikes_of(monitor):\n    \
        \"\"\"The recorded spikes, [steps, neurons].\"\"\"\n    \
        spikes = np.zeros((steps, len(monitor.source)), int)\n    \
        spikes[np.rint(monitor.t / ms).astype(int), monitor.i] = 1\n    \
        return spikes\n\n\n";
    let run = match setup.task {
        Task::Presentation => {
            let monitors = listed(setup.layers().map(|place| format!("spikes_of({}_spikes)", place.name)));
            format!("run(steps * ms)\nspikes = [{monitors}]\n")
        }
        Task::Set { .. } => {
            let class = class_of(setup);
            format!(
                r#"rng = np.random.default_rng(1)
answers = []
store()
for ink in data["images"]:
    restore()
    times, pixels = np.nonzero(rng.random((steps, {inputs})) < ink / 255)
    image.set_spikes(pixels, times * ms)
    run(steps * ms)
    outputs = spikes_of(out_spikes)
    answers.append({class})
"#
            )
        }
    };
    // A set of images is worth the time that compiling takes.
    let (target, imported) = match setup.task {
        Task::Presentation => ("prefs.codegen.target = \"numpy\"  # needs no compiler\n", "prefs, run"),
        Task::Set { .. } => ("", "restore, run, store"),
    };
    Ok(Code {
        packages: &["brian2==2.9.0", "numpy==2.3.5"],
        imports: format!(
            "import numpy as np\nfrom brian2 import NeuronGroup, SpikeGeneratorGroup, SpikeMonitor, Synapses, defaultclock, ms, {imported}\n"
        ),
        body: format!(
            "{target}defaultclock.dt = 1 * ms\n\
             steps = {steps}\n\
             model = \"dv/dt = -v / ({tau} * ms) : 1 (unless refractory)\"\n\n\
             {first}{always}{layers}{counted}{run}"
        ),
    })
}
