//! Nengo and NengoDL: ensembles that are connected neuron to neuron, without synapses.

use super::assembly::class_of;
use super::literals::{call, changed, in_brackets, listed, number, scaled_double};
use super::nengo_input::{Source, fed_node, node, values_of_images};
use super::setup::{Code, Place, Setup, Task};
use crate::dialect::decoding::Decoding;

/// Images that NengoDL presents at once, at most.
const MINIBATCH: usize = 50;

/// The script for Nengo.
pub(in crate::dialect) fn code(setup: &Setup) -> Result<Code, &'static str> {
    check(setup)?;
    let values = setup.values;
    let input = number(values.number("input_amplitude"));
    let run = match setup.task {
        Task::Presentation => {
            let names = probes(setup);
            format!(
                "\nwith nengo.Simulator(net, dt=dt, progress_bar=False) as sim:\n    \
                 sim.run_steps(len(data[\"spikes\"]))\n\
                 spikes = [np.rint(sim.data[probe] * {}).astype(int) for probe in [{names}]]\n",
                per_spike(setup)
            )
        }
        Task::Set { steps } => {
            let images = values_of_images(values);
            let Readout { name, class, .. } = Readout::new(setup);
            let outputs = counted(setup, &format!("sim.data[{name}][-{steps}:]"));
            let reset = match values.on("stateful") {
                true => "        if len(answers) % 100 == 0:\n            sim.reset()\n",
                false => "        sim.reset()\n",
            };
            format!(
                "\nanswers = []\nwith nengo.Simulator(net, dt=dt, progress_bar=False) as sim:\n    \
                 for ink in {images}:\n{reset}        \
                 sim.run_steps({steps})\n        \
                 outputs = {outputs}\n        \
                 answers.append({class})\n"
            )
        }
    };
    let source = match setup.task {
        Task::Presentation => Source {
            lines: format!("    image = nengo.Node(PresentInput(data[\"spikes\"] * ({input} / dt), dt))\n"),
            name: "image",
        },
        Task::Set { .. } => node(setup),
    };
    let present =
        if setup.task == Task::Presentation { "from nengo.processes import PresentInput\n" } else { "" };
    let before = match setup.task {
        Task::Presentation => "",
        Task::Set { .. } if values.is("input", "bernoulli") => {
            "rng = np.random.default_rng(1)\nink = np.zeros(INPUTS)  # the image that is shown\n"
        }
        Task::Set { .. } => "ink = np.zeros(INPUTS)  # the image that is shown\n",
    };
    let before = before.replace("INPUTS", &setup.inputs().to_string());
    Ok(Code {
        packages: &["nengo==4.1.0", "numpy==2.3.5"],
        imports: format!("import nengo\nimport numpy as np\nfrom nengo.dists import Choice\n{present}"),
        body: format!("dt = 0.001  # s\n{before}{}{run}", network(setup, &source, "")),
    })
}

/// The script for NengoDL.
pub(in crate::dialect) fn dl_code(setup: &Setup) -> Result<Code, &'static str> {
    check(setup)?;
    let values = setup.values;
    let input = number(values.number("input_amplitude"));
    let is_stateful = values.on("stateful");
    let run = match setup.task {
        Task::Presentation => format!(
            "\nwith nengo_dl.Simulator(net, dt=dt, progress_bar=False) as sim:\n    \
             heights = data[\"spikes\"] * ({input} / dt)\n    \
             data_of = sim.predict({{image: heights[None]}}, stateful=False, verbose=0)\n\
             spikes = [np.rint(data_of[probe][0] * {}).astype(int) for probe in [{}]]\n",
            per_spike(setup),
            probes(setup)
        ),
        Task::Set { steps } => {
            let inputs = setup.inputs();
            let Readout { name, class, .. } = Readout::new(setup);
            let outputs = counted(setup, &format!("data_of[{name}].swapaxes(0, 1)"));
            let fed = match values.is("input", "bernoulli") {
                true => format!(
                    "(rng.random((len(ink), {steps}, {inputs})) < ink[:, None] / 255) * ({input} / dt)"
                ),
                false => format!("np.tile(ink[:, None], (1, {steps}, 1))"),
            };
            let size =
                if is_stateful { "1".into() } else { format!("int(np.gcd(len(images), {MINIBATCH}))") };
            let (reset, keeps) = match is_stateful {
                true => ("        if len(answers) % 100 == 0:\n            sim.reset()\n", "True"),
                false => ("", "False"),
            };
            let random =
                if values.is("input", "bernoulli") { "rng = np.random.default_rng(1)\n" } else { "" };
            format!(
                "\nimages = {images}\nsize = {size}\n{random}answers = []\n\
                 with nengo_dl.Simulator(net, dt=dt, minibatch_size=size, progress_bar=False) as sim:\n    \
                 for ink in np.split(images, len(images) // size):\n{reset}        \
                 fed = {fed}\n        data_of = sim.predict({{image: fed}}, stateful={keeps}, verbose=0)\n        \
                 outputs = {outputs}\n        \
                 answers.extend({class})\n",
                images = values_of_images(values)
            )
        }
    };
    let source = match setup.task {
        Task::Presentation => {
            Source { lines: format!("    image = nengo.Node(np.zeros({}))\n", setup.inputs()), name: "image" }
        }
        Task::Set { .. } => fed_node(setup),
    };
    let precision =
        "    nengo_dl.configure_settings(dtype=\"float64\")  # as Spikepad; NengoDL's default is float32\n";
    Ok(Code {
        packages: &["nengo-dl==3.6.0", "nengo==3.2.0", "tensorflow==2.12.1", "numpy==1.23.5"],
        imports: "import nengo\nimport nengo_dl\nimport numpy as np\nfrom nengo.dists import Choice\n".into(),
        body: format!("dt = 0.001  # s\n{}{run}", network(setup, &source, precision)),
    })
}

/// Nengo refuses amplitudes of 0.
fn check(setup: &Setup) -> Result<(), &'static str> {
    let is_zero = |name| setup.values.number(name) == 0.0;
    if is_zero("input_amplitude") || is_zero("hidden_amplitude") {
        return Err(
            "Nengo takes no neurons with an amplitude of 0; set input_amplitude and hidden_amplitude above 0",
        );
    }
    Ok(())
}

/// The factor that turns the height of a spike into 1.
fn per_spike(setup: &Setup) -> String {
    match setup.values.number("hidden_amplitude") {
        1.0 => "dt".into(),
        amplitude => format!("(dt / {})", number(amplitude)),
    }
}

/// The data of a probe as counts; those of a filtering probe as they are.
fn counted(setup: &Setup, data: &str) -> String {
    match setup.decoding {
        Decoding::Count | Decoding::FirstSpike => format!("np.rint({data} * {})", per_spike(setup)),
        _ => data.into(),
    }
}

fn probes(setup: &Setup) -> String {
    listed(setup.layers().map(|place| format!("{}_spikes", place.name)))
}

/// The lines that build the network, `settings` first.
fn network(setup: &Setup, source: &Source, settings: &str) -> String {
    let values = setup.values;
    let Gain { before, gain, bias, arguments } = Gain::new(setup);
    let seed = values.whole("seed");
    let mut from = source.name.to_owned();
    let layers = setup.each_layer(|place| {
        let arguments = match place.has_bias {
            true => {
                let amplitude = if place.number == 1 { "input_amplitude" } else { "hidden_amplitude" };
                let height = number(values.number(amplitude));
                let trained = scaled_double(values, &format!("b{}", place.number));
                format!("gain=Choice([{gain}]),\n        bias={bias} + {gain} * ({height} / dt) * {trained}")
            }
            false => arguments.clone(),
        };
        let lines = layer(setup, &place, &from, &arguments);
        from = format!("{}.neurons", place.name);
        lines
    });
    format!("{before}\nwith nengo.Network(seed={seed}) as net:\n{settings}{}{layers}", source.lines)
}

/// An ensemble, the connection to it, and its probe.
fn layer(setup: &Setup, place: &Place, from: &str, gain: &str) -> String {
    let values = setup.values;
    let Place { number: index, inputs, neurons, name, .. } = place;
    let weights = in_brackets(&scaled_double(values, &format!("w{index}")));
    let transform = match values.is("transform", "reshape") {
        true => format!("{weights}.reshape({neurons}, {inputs})"),
        false => format!("{weights}.T"),
    };
    let neuron_type = neuron_type(setup, *index);
    let probe = match setup.task {
        Task::Presentation => format!("    {name}_spikes = nengo.Probe({name}.neurons, synapse=None)\n"),
        Task::Set { .. } if *index == setup.biases.len() => Readout::new(setup).probe,
        Task::Set { .. } => String::new(),
    };
    format!(
        "\n    {name} = nengo.Ensemble(\n        {neurons},\n        dimensions=1,\n        neuron_type={neuron_type},\n        {gain},\n    )\n    \
         nengo.Connection({from}, {name}.neurons, transform={transform}, synapse=None)\n{probe}"
    )
}

/// The neurons of a layer with their first potentials.
fn neuron_type(setup: &Setup, layer: usize) -> String {
    let values = setup.values;
    let is_lif = values.is("neuron_type", "LIF");
    let lif = |name| if is_lif { changed(values, name) } else { None };
    let voltage = match (values.is("initial_voltage", "zero"), setup.task) {
        (true, _) => Some("initial_state={\"voltage\": Choice([0])}".into()),
        (false, Task::Presentation) => {
            Some(format!("initial_state={{\"voltage\": data[\"v{layer}_init\"]}}"))
        }
        (false, Task::Set { .. }) => None,
    };
    let amplitude = match values.number("hidden_amplitude") {
        1.0 => None,
        amplitude => Some(format!("amplitude={}", number(amplitude))),
    };
    let function = if is_lif { "nengo.LIF" } else { "nengo.SpikingRectifiedLinear" };
    call(function, [lif("tau_rc"), lif("tau_ref"), amplitude, voltage])
}

/// How a class is read from the probed output of a set of images.
struct Readout {
    /// The line that makes the probe.
    probe: String,
    /// Its variable.
    name: &'static str,
    /// The class.
    class: String,
}

impl Readout {
    /// A filtered train is that of a filtering probe, as in the question: it keeps its state as neurons do.
    fn new(setup: &Setup) -> Self {
        let filtered = match setup.decoding {
            Decoding::FilteredPositive => "(outputs > 0).sum(axis=0).argmax(axis=-1)",
            Decoding::FilteredSum => "outputs.sum(axis=0).argmax(axis=-1)",
            _ => {
                return Self {
                    probe: "    out_spikes = nengo.Probe(out.neurons, synapse=None)\n".into(),
                    name: "out_spikes",
                    class: class_of(setup),
                };
            }
        };
        Self {
            probe: "    out_filtered = nengo.Probe(out.neurons, synapse=0.1)\n".into(),
            name: "out_filtered",
            class: filtered.into(),
        }
    }
}

/// Gain and bias of the ensembles.
struct Gain {
    /// The line before the network that derives what is not set.
    before: String,
    /// The gain and the bias as expressions, for layers with trained biases.
    gain: String,
    bias: String,
    /// The arguments of the ensembles without trained biases.
    arguments: String,
}

impl Gain {
    fn new(setup: &Setup) -> Self {
        let values = setup.values;
        let (gain, bias) = (values.optional("gain"), values.optional("bias"));
        let (rates, intercepts) = (number(values.number("max_rates")), number(values.number("intercepts")));
        if gain.is_none() && bias.is_none() && !setup.has_biases() {
            // Nengo derives both.
            let arguments =
                format!("max_rates=Choice([{rates}]),\n        intercepts=Choice([{intercepts}])");
            return Self { before: String::new(), gain: String::new(), bias: String::new(), arguments };
        }
        let mut before = String::new();
        if gain.is_none() || bias.is_none() {
            let neurons = neuron_type_alone(setup);
            let [left, right] = [(gain, "[gain]"), (bias, "[bias]")]
                .map(|(set, name)| if set.is_none() { name } else { "_" });
            before = format!(
                "# Nengo takes both gain and bias, or neither. What is not set is what it derives from max_rates and intercepts.\n\
                 {left}, {right} = {neurons}.gain_bias(max_rates=[{rates}], intercepts=[{intercepts}])\n"
            );
        }
        let gain = gain.map_or_else(|| "gain".into(), number);
        let bias = bias.map_or_else(|| "bias".into(), number);
        let arguments = format!("gain=Choice([{gain}]),\n        bias=Choice([{bias}])");
        Self { before, gain, bias, arguments }
    }
}

/// The neurons without amplitude and potentials: what gain and bias depend on.
fn neuron_type_alone(setup: &Setup) -> String {
    let values = setup.values;
    if !values.is("neuron_type", "LIF") {
        return "nengo.SpikingRectifiedLinear()".into();
    }
    call("nengo.LIF", [changed(values, "tau_rc"), changed(values, "tau_ref")])
}
