//! Compares `nengo_dl_converter` with recordings of NengoDL. `tests/reference/record_nengo_dl.py` made them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ndarray::{Array1, Array2};
use spikepad::dialect::{
    Decoding, Dialect, DialectError, Experiment, ExperimentOptions, Given, SpikeTrain, Trace, Tracing,
};
use spikepad::{Activation, Description, Digit, Labelled, Layer, Model, Network, Npz, PIXELS, Weights};

const QUESTION: &[u8] = include_bytes!("../www/assets/question-784-128-10.safetensors");
const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/converter");
const DIALECT: &str = "nengo_dl_converter";

/// A recording, and how the network was converted.
struct Case {
    name: &'static str,
    activations: &'static [&'static str],
    neuron: &'static str,
    scale: &'static str,
    synapse: &'static str,
}

const fn case(
    name: &'static str,
    activations: &'static [&'static str],
    [neuron, scale, synapse]: [&'static str; 3],
) -> Case {
    Case { name, activations, neuron, scale, synapse }
}

const SRL: &str = "SpikingRectifiedLinear";
const QUESTIONS: &[&str] = &["relu", "softmax"];
const SMALL: &[&str] = &["relu", "relu", "softmax"];

const CASES: [Case; 13] = [
    case("srl", QUESTIONS, [SRL, "none", "none"]),
    case("srl_100", QUESTIONS, [SRL, "100", "0.01"]),
    case("srl_500", QUESTIONS, [SRL, "500", "none"]),
    case("lif", QUESTIONS, ["LIF", "none", "0.01"]),
    case("lif_100", QUESTIONS, ["LIF", "100", "0.01"]),
    case("small_list", SMALL, [SRL, "200,none", "0.005"]),
    case("small_direct", SMALL, [SRL, "300", "none"]),
    case("small_lif", &["relu", "relu", "linear"], ["LIF", "3", "0.02"]),
    case("small_neurons", &["relu", "relu", "relu"], [SRL, "50", "0.01"]),
    case("small_neurons_direct", &["relu", "relu", "relu"], [SRL, "50", "none"]),
    case("small_rates", &["sigmoid", "tanh", "softmax"], [SRL, "2", "0.005"]),
    case("small_no_swap", SMALL, ["RectifiedLinear", "100", "0.01"]),
    case("small_elu", &["elu(1)", "relu", "sigmoid"], [SRL, "100", "0.01"]),
];

/// A value as the command line reads it.
fn given(text: &str) -> Given {
    text.parse().map_or_else(|_| Given::Word(text.into()), Given::Number)
}

fn dialect(set: &[(&str, &str)]) -> Dialect {
    let mut dialect = Dialect::named(DIALECT).unwrap();
    set.iter().for_each(|(name, value)| dialect.set(name, &given(value)).unwrap());
    dialect
}

fn numbers(npz: &mut Npz, name: &str) -> Vec<f64> {
    npz.array(name).unwrap().to_f64()
}

fn single(npz: &mut Npz, name: &str) -> Vec<f32> {
    numbers(npz, name).into_iter().map(|x| x as f32).collect()
}

/// The network of a recording: its own, or the question's.
fn model(npz: &mut Npz, activations: &[&str]) -> Model {
    if !npz.has("w1") {
        return Model::from_safetensors(QUESTION).unwrap();
    }
    let layers = activations.iter().enumerate().map(|(i, activation)| {
        let (w, b) = (format!("w{}", i + 1), format!("b{}", i + 1));
        let shape = npz.shape(&w).unwrap();
        let weights = Array2::from_shape_vec((shape[0], shape[1]), single(npz, &w)).unwrap();
        let activation: Activation = activation.parse().unwrap();
        Layer::new(w, Weights::Float(weights), activation).with_bias(Array1::from(single(npz, &b)))
    });
    let network = Network::new(layers.collect()).unwrap();
    Model::new(network, Description::default()).unwrap()
}

/// The images of a recording, from 0 to 1.
fn images(npz: &mut Npz) -> Vec<Vec<f32>> {
    let count = npz.shape("images").unwrap()[0];
    let ink = single(npz, "images");
    ink.chunks_exact(ink.len() / count).map(|image| image.iter().map(|ink| ink / 255.0).collect()).collect()
}

fn assert_near(found: impl IntoIterator<Item = f64>, expected: &[f64], within: f64, what: &str) {
    let found: Vec<f64> = found.into_iter().collect();
    assert_eq!(found.len(), expected.len(), "{what}");
    for (place, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= within * b.abs().max(1.0), "{what}, {place}: {a} and {b}");
    }
}

#[test]
fn every_spike_and_output_is_that_of_nengo_dl() {
    let files: BTreeSet<String> = fs::read_dir(RECORDINGS)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, CASES.iter().map(|case| format!("{}.npz", case.name)).collect());
    for Case { name, activations, neuron, scale, synapse } in &CASES {
        let bytes = fs::read(Path::new(RECORDINGS).join(format!("{name}.npz"))).unwrap();
        let mut npz = Npz::open(&bytes).unwrap();
        let model = model(&mut npz, activations);
        let dialect = dialect(&[("neuron", neuron), ("scale_firing_rates", scale), ("synapse", synapse)]);
        let layers = model.network().layers().len();
        let initial: Vec<Option<Vec<f64>>> = (1..=layers)
            .map(|number| format!("v{number}_init"))
            .map(|name| npz.has(&name).then(|| numbers(&mut npz, &name)))
            .collect();
        let outputs = npz.shape("outputs").unwrap();
        let (recorded_steps, classes) = (outputs[1], outputs[2]);
        let outputs = numbers(&mut npz, "outputs");
        let last = numbers(&mut npz, "last");
        for (image, pixels) in images(&mut npz).iter().enumerate() {
            let tracing = Tracing { model: &model, dialect: &dialect, initial: &initial, course: false };
            let trace = tracing.image(pixels, 100).unwrap();
            // The dialect draws the same potentials as NengoDL from its seed.
            assert_eq!(Tracing { initial: &[], ..tracing }.image(pixels, 100).unwrap(), trace, "{name}");
            for (layer, number) in trace.layers.iter().zip(1..) {
                let what = format!("{name}, image {image}, layer {number}");
                if !npz.has(&format!("spikes{number}")) {
                    assert!(layer.spikes.is_empty(), "{what}");
                    continue;
                }
                let neurons = layer.neurons;
                let spikes = numbers(&mut npz, &format!("spikes{number}"));
                let spikes = &spikes[image * 100 * neurons..][..100 * neurons];
                let wrong = layer.spikes.iter().zip(spikes).filter(|(a, b)| f64::from(**a) != **b).count();
                let all: f64 = spikes.iter().sum();
                // Sums of f32 are rounded in another order, and the exponential function in another way.
                let allowed = if ["srl_500", "lif_100"].contains(name) { all / 10_000.0 } else { 0.0 };
                assert!(wrong as f64 <= allowed, "{what}: {wrong} of {all} spikes");
                let ends = numbers(&mut npz, &format!("v{number}_final"));
                if wrong == 0 {
                    let ends = &ends[image * neurons..][..neurons];
                    assert_near(layer.potentials.iter().copied(), ends, 2e-4, &what);
                }
            }
            let what = format!("{name}, image {image}, outputs");
            let tenth = trace.outputs.chunks_exact(classes).step_by(10).flatten().map(|&x| f64::from(x));
            let expected = &outputs[image * recorded_steps * classes..][..recorded_steps * classes];
            assert_near(tenth, expected, 1e-5, &what);
            let end = trace.outputs[99 * classes..].iter().map(|&x| f64::from(x));
            assert_near(end, &last[image * classes..][..classes], 1e-5, &what);
        }
    }
}

fn question() -> Model {
    Model::from_safetensors(QUESTION).unwrap()
}

/// The digits of the recordings, with their labels: a thin 7 and a dense 0.
fn digits() -> Vec<Labelled> {
    let bytes = fs::read(Path::new(RECORDINGS).join("srl.npz")).unwrap();
    let mut npz = Npz::open(&bytes).unwrap();
    let ink: Vec<u8> = single(&mut npz, "images").into_iter().map(|ink| ink as u8).collect();
    let digits = ink.chunks_exact(PIXELS).map(|ink| Digit::from_ink(ink.try_into().unwrap()));
    digits.zip([7, 0]).map(|(digit, label)| Labelled { digit, label }).collect()
}

fn trace(dialect: &Dialect, steps: u32) -> Trace {
    let image: Vec<f32> = digits()[0].digit.as_ref().unwrap().intensities().collect();
    Tracing { model: &question(), dialect, initial: &[], course: true }.image(&image, steps).unwrap()
}

#[test]
fn a_scale_of_1_or_a_list_of_it_changes_nothing() {
    let without = trace(&dialect(&[]), 40);
    for scale in ["1", " 1 ", "none", "None"] {
        assert_eq!(trace(&dialect(&[("scale_firing_rates", scale)]), 40), without, "{scale}");
    }
    assert_ne!(trace(&dialect(&[("scale_firing_rates", "2")]), 40), without);
}

#[test]
fn a_synapse_passes_on_a_step_later() {
    let settings = [("scale_firing_rates", "1000")];
    let direct = trace(&dialect(&settings), 20);
    let filtered = trace(&dialect(&[settings[0], ("synapse", "0.01")]), 20);
    assert_eq!(direct.layers[0], filtered.layers[0]);
    assert_eq!(filtered.outputs[..10], [0.1; 10]);
    assert_ne!(direct.outputs[..10], [0.1; 10]);
    // A filter that keeps nothing only delays.
    let delayed = trace(&dialect(&[settings[0], ("synapse", "0.00002")]), 20);
    assert_eq!(delayed.outputs[10..], direct.outputs[..190]);
    // The potentials of the outputs are the sums that their softmax is taken of.
    let course: Vec<f32> = direct.layers[1].course.iter().map(|&v| v as f32).collect();
    for (logits, outputs) in course.chunks_exact(10).zip(direct.outputs.chunks_exact(10)) {
        let mut softmax = logits.to_vec();
        Activation::Softmax.apply(&mut softmax);
        assert_eq!(softmax, outputs);
    }
}

#[test]
fn a_class_is_read_from_the_last_step_or_from_the_mean() {
    let (model, images) = (question(), digits());
    let tally = |dialect: &Dialect, decoding| {
        let options = ExperimentOptions { decoding, ..ExperimentOptions::default() };
        Experiment::evaluate(&model, dialect, &images, &options).unwrap()
    };
    let scaled = tally(&Dialect::named("nengo_dl_converter_s100").unwrap(), None);
    assert_eq!((scaled.right, scaled.ties, scaled.silent), (2, 0, 0));
    assert_eq!((scaled.input_spikes, scaled.output_spikes), (0, 0));
    // A hidden neuron fires about once a second. In a step without a spike all outputs are equal, and the class is 0.
    let bare = dialect(&[]);
    let outputs = trace(&bare, 350).outputs;
    let empty = outputs.chunks_exact(10).filter(|outputs| **outputs == [0.1; 10]).count();
    assert!(empty > 250, "{empty} steps");
    let first = ExperimentOptions { steps: 1, ..ExperimentOptions::default() };
    let first = Experiment::evaluate(&model, &bare, &images[..1], &first).unwrap();
    assert!(first.answers == [Some(0)] || first.hidden_spikes > 0);
    assert_eq!(tally(&bare, Some(Decoding::Mean)).ties, 0);
    // A converter whose swap does not match leaves the ANN as it is.
    let ann = tally(&dialect(&[("neuron", "RectifiedLinear")]), None);
    assert_eq!((ann.right, ann.hidden_spikes), (2, 0));
    for decoding in Decoding::OF_SPIKES {
        let error = Experiment::new(&model, &bare, Some(*decoding), 5).err().unwrap();
        assert!(error.to_string().contains("last-step or mean"), "{error}");
    }
    let norse = Dialect::named("norse").unwrap();
    assert!(matches!(
        Experiment::new(&model, &norse, Some(Decoding::Mean), 5),
        Err(DialectError::Readout { .. })
    ));
}

#[test]
fn a_recording_has_the_answer_after_each_step() {
    let model = question();
    let digit = digits().remove(1).digit.unwrap();
    let dialect = Dialect::named("nengo_dl_converter_s100").unwrap();
    let recording = Experiment::new(&model, &dialect, None, 60).unwrap().record(&digit, 1).unwrap();
    let image: Vec<f32> = digit.intensities().collect();
    let tracing = Tracing { model: &model, dialect: &dialect, initial: &[], course: false };
    let outputs = tracing.image(&image, 60).unwrap().outputs;
    for (winner, outputs) in recording.winners().iter().zip(outputs.chunks_exact(10)) {
        let most = outputs.iter().copied().fold(0.0, f32::max);
        assert_eq!(*winner, outputs.iter().position(|&output| output == most));
    }
    assert_eq!(recording.verdict().digit, Some(0));
    assert!(recording.layers()[0].spikes().is_empty() && !recording.layers()[1].spikes().is_empty());
}

#[test]
fn a_membrane_is_driven_and_decays_as_the_facts_say() {
    let mut first = Array2::zeros((PIXELS, 1));
    first[[0, 0]] = 1.0;
    let mut image = [0.0; PIXELS];
    for (neuron, scale) in [(SRL, "none"), (SRL, "100"), ("LIF", "none"), ("LIF", "7")] {
        let dialect =
            dialect(&[("neuron", neuron), ("scale_firing_rates", scale), ("initial_voltage", "zero")]);
        let facts = dialect.facts().unwrap();
        let layers = [
            ("hidden".into(), Weights::Float(first.clone())),
            ("output".into(), Weights::Float(Array2::ones((1, 2)))),
        ];
        let network = Network::without_biases(layers).unwrap();
        let model = Model::new(network, Description::default()).unwrap();
        image[0] = (0.2 / facts.drive) as f32;
        let tracing = Tracing { model: &model, dialect: &dialect, initial: &[], course: true };
        let course = tracing.image(&image, 2).unwrap().layers.remove(0).course;
        assert_near(course, &[0.2, 0.2 + facts.kept * 0.2], 1e-5, neuron);
        image[0] *= 1000.0;
        let spikes = tracing.image(&image, 60).unwrap().layers.remove(0).spikes;
        assert_eq!(spikes.iter().any(|&count| count > 1), facts.many_spikes);
        let times: Vec<usize> = (0..60).filter(|&step| spikes[step] > 0).collect();
        let shortest = times.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap();
        let refractory = facts.refractory as usize;
        assert!((refractory.max(1)..=refractory + 1).contains(&shortest), "{neuron}: {shortest} steps");
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    let model = question();
    let trace = |set: &[(&str, &str)], image: &[f32], initial: &[Option<Vec<f64>>]| {
        let dialect = dialect(set);
        Tracing { model: &model, dialect: &dialect, initial, course: false }.image(image, 5)
    };
    let image = [0.5; PIXELS];
    assert!(trace(&[], &image, &[]).is_ok());
    assert!(matches!(trace(&[], &image[1..], &[]), Err(DialectError::Length { .. })));
    assert!(matches!(trace(&[], &image, &[Some(vec![0.0; 5])]), Err(DialectError::Length { .. })));
    // The network has one layer that becomes neurons.
    let list = trace(&[("scale_firing_rates", "100,none")], &image, &[]).unwrap_err();
    assert!(list.to_string().contains("2 entries") && list.to_string().contains("1 layer"), "{list}");
    let train = SpikeTrain::new(PIXELS, vec![1; PIXELS]).unwrap();
    assert!(matches!(Trace::of(&model, &dialect(&[]), &train, &[]), Err(DialectError::Input { .. })));
    let norse = Dialect::named("norse").unwrap();
    let tracing = Tracing { model: &model, dialect: &norse, initial: &[], course: false };
    assert!(matches!(tracing.image(&image, 5), Err(DialectError::Input { .. })));
    assert!(tracing.image(&image, 0).is_err());
    let mut dialect = dialect(&[]);
    for (name, value) in [
        ("scale_firing_rates", "0"),
        ("scale_firing_rates", "100,many"),
        ("scale_firing_rates", "auto"),
        ("synapse", "-1"),
        ("synapse", "0.1,0.2"),
        ("neuron", "SRL"),
    ] {
        assert!(dialect.set(name, &given(value)).is_err(), "{name}={value}");
    }
}
