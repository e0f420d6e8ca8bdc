//! Compares every dialect with recordings of the framework itself. `tests/reference/` holds the scripts that
//! made the recordings, and says how to renew them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use spikepad::dialect::{
    Decoding, Dialect, DialectError, Experiment, ExperimentOptions, Given, LayerTrace, SpikeTrain, Trace,
};
use spikepad::{Description, Digit, Labelled, Model, Network, Npz, Numbers, PIXELS, Weights};

const MODEL: &[u8] = include_bytes!("../www/assets/question-784-128-10.safetensors");

/// The images of the recorded presentations, as indices in MNIST's training set.
const IMAGES: [u32; 2] = [29, 51];

fn model() -> Model {
    Model::from_safetensors(MODEL).unwrap()
}

/// The folder of the recordings.
const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dialects");

/// The bytes of a recording.
fn recorded(name: &str, image: u32) -> Vec<u8> {
    fs::read(Path::new(RECORDINGS).join(format!("{name}_{image}.npz"))).unwrap()
}

fn numbers(npz: &mut Npz, name: &str) -> Vec<f64> {
    npz.array(name).unwrap().to_f64()
}

/// The dialects with recordings.
fn recorded_dialects() -> impl Iterator<Item = Dialect> {
    let unrecorded = ["keras", "nengo_dl", "nengo_dl_stateful"];
    // `tests/converter.rs` has the recordings of the converted networks.
    Dialect::all().filter(move |dialect| !unrecorded.contains(&dialect.name()) && !dialect.is_converted())
}

/// The number of places in which two sequences differ.
fn differences(a: &[f64], b: &[f64]) -> usize {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a.to_bits() != b.to_bits()).count()
}

fn counts(trace: &LayerTrace) -> Vec<f64> {
    trace.spikes.iter().map(|&count| f64::from(count)).collect()
}

#[test]
fn there_is_a_recording_of_every_dialect_and_image_and_no_other() {
    let found: BTreeSet<String> = fs::read_dir(RECORDINGS)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".npz"))
        .collect();
    let of_image = |image| {
        let dialects = recorded_dialects().map(move |dialect| format!("{}_{image}.npz", dialect.name()));
        dialects.chain([format!("input_{image}.npz")])
    };
    let expected: BTreeSet<String> = IMAGES.into_iter().flat_map(of_image).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_spike_follows_from_the_input_spikes() {
    let model = model();
    for image in IMAGES {
        let input = recorded("input", image);
        let Numbers::U8(spikes) = Npz::open(&input).unwrap().array("spikes").unwrap().numbers().clone()
        else {
            panic!("the input's spikes are bytes");
        };
        let train = SpikeTrain::new(PIXELS, spikes).unwrap();
        for dialect in recorded_dialects() {
            let name = dialect.name();
            let bytes = recorded(name, image);
            let mut npz = Npz::open(&bytes).unwrap();
            let mut initial = |name: &str| npz.has(name).then(|| numbers(&mut npz, name));
            let initial = [initial("v1_init"), initial("v2_init")];
            let trace = Trace::of(&model, &dialect, &train, &initial).unwrap();
            for (layer, spikes) in trace.layers.iter().zip(["hidden", "out"]) {
                let wrong = differences(&counts(layer), &numbers(&mut npz, spikes));
                assert_eq!(wrong, 0, "{name}, image {image}: {spikes}");
            }
            // The recordings of these frameworks have sums in another order than the frameworks themselves.
            if ["snnTorch", "Norse", "BindsNET"].contains(&dialect.framework()) {
                continue;
            }
            for (layer, finals) in trace.layers.iter().zip(["v1_final", "v2_final"]) {
                let finals = numbers(&mut npz, finals);
                assert_same(&dialect, &layer.potentials, &finals, &format!("image {image}"));
            }
        }
    }
}

/// Checks that potentials are equal to the recorded ones, bit for bit.
fn assert_same(dialect: &Dialect, potentials: &[f64], recorded: &[f64], what: &str) {
    assert_eq!(differences(potentials, recorded), 0, "{}, {what}: potentials", dialect.name());
}

#[test]
fn every_spike_and_potential_follows_from_the_currents() {
    for image in IMAGES {
        for dialect in recorded_dialects() {
            let name = dialect.name();
            let bytes = recorded(name, image);
            let mut npz = Npz::open(&bytes).unwrap();
            // Brian adds every weight to the potential itself, so there is no current to record.
            if name.starts_with("brian2") {
                continue;
            }
            for (layer, spikes) in ["hidden", "out"].into_iter().enumerate() {
                let number = layer + 1;
                let neurons: Vec<usize> =
                    numbers(&mut npz, &format!("neurons{number}")).into_iter().map(|n| n as usize).collect();
                let currents = numbers(&mut npz, &format!("i{number}"));
                let of_these = |all: Vec<f64>| neurons.iter().map(|&n| all[n]).collect::<Vec<_>>();
                let initial = format!("v{number}_init");
                let initial = npz.has(&initial).then(|| of_these(numbers(&mut npz, &initial)));
                let trace = Trace::of_currents(&dialect, layer, neurons.len(), &currents, initial.as_deref())
                    .unwrap();

                let all = npz.array(spikes).unwrap();
                let (_, width) = all.matrix("").unwrap();
                let rows = all.to_f64();
                let expected: Vec<f64> =
                    rows.chunks_exact(width).flat_map(|row| of_these(row.to_vec())).collect();
                assert_eq!(differences(&counts(&trace), &expected), 0, "{name}, image {image}: {spikes}");

                let finals = of_these(numbers(&mut npz, &format!("v{number}_final")));
                assert_same(&dialect, &trace.potentials, &finals, &format!("image {image}, from currents"));
            }
        }
    }
}

/// Brian2 rounds times down to steps (`brian2/core/functions.py`, timestep).
#[test]
fn a_refractory_period_of_brian2_is_rounded_down() {
    let model = model();
    let counts = (0..PIXELS * 100).map(|i| u8::from(i % 3 == 0)).collect();
    let train = SpikeTrain::new(PIXELS, counts).unwrap();
    let traced = |refractory: f64| {
        let mut dialect = Dialect::named("brian2").unwrap();
        dialect.set("refractory", &Given::Number(refractory)).unwrap();
        Trace::of(&model, &dialect, &train, &[]).unwrap()
    };
    assert_eq!(traced(2.5), traced(2.0));
    assert_eq!(traced(2.9995), traced(3.0));
    assert_ne!(traced(2.0), traced(3.0));
}

/// `count` digits: those of the recordings in turn.
fn digits(count: usize) -> Vec<Labelled> {
    let digits = IMAGES.map(|image| {
        let input = recorded("input", image);
        let mut npz = Npz::open(&input).unwrap();
        let Numbers::U8(ink) = npz.array("image").unwrap().numbers().clone() else { panic!("ink is bytes") };
        let ink: [u8; PIXELS] = ink.try_into().unwrap();
        Labelled { digit: Digit::from_ink(&ink), label: numbers(&mut npz, "label")[0] as u8 }
    });
    digits.into_iter().cycle().take(count).collect()
}

#[test]
fn every_dialect_reads_digits_alike_on_any_number_of_threads() {
    let (model, images) = (model(), digits(230));
    for name in [
        "keras",
        "snntorch",
        "bindsnet",
        "rockpool",
        "brian2",
        "nengo_seed",
        "nengo_dl_stateful",
        "nengo_dl_converter_s100",
    ] {
        let dialect = Dialect::named(name).unwrap();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let options = ExperimentOptions { steps: 20, seed: 7, ..ExperimentOptions::default() };
                Experiment::evaluate(&model, &dialect, &images, &options).unwrap()
            })
        };
        let (one, three) = (run(1), run(3));
        assert_eq!(one, three, "{name}");
        // A worker runs the set in parts.
        let mut experiment = Experiment::new(&model, &dialect, None, 20).unwrap();
        let mut parts = experiment.run(&images[..130], 0, 7).unwrap();
        parts.add(experiment.run(&images[130..], 130, 7).unwrap());
        assert_eq!(parts, one, "{name}");
        assert_eq!(one.images, 230);
        assert_eq!(one.answers.len(), 230);
    }
}

#[test]
fn a_network_that_keeps_its_state_reads_fewer_images() {
    let (model, images) = (model(), digits(100));
    let right = |name: &str| {
        let dialect = Dialect::named(name).unwrap();
        let options = ExperimentOptions { steps: 50, ..ExperimentOptions::default() };
        Experiment::evaluate(&model, &dialect, &images, &options).unwrap().right
    };
    assert!(right("nengo_dl_stateful") < right("nengo_dl"));
}

#[test]
fn dialects_see_the_same_input_and_differ() {
    let model = model();
    let digit = digits(1).remove(0).digit.unwrap();
    let record = |name: &str, seed: u64| {
        let dialect = Dialect::named(name).unwrap();
        Experiment::new(&model, &dialect, None, 60).unwrap().record(&digit, seed).unwrap()
    };
    let one = record("snntorch", 3);
    for dialect in recorded_dialects() {
        let other = record(dialect.name(), 3);
        assert_eq!(one.layers()[0], other.layers()[0], "{}", dialect.name());
        assert_eq!(other.layers()[1].membranes().len(), 60 * 128);
        assert_eq!(other.counts().len(), 600);
        // A neuron that fires n times in a step is listed n times.
        let total: u32 = other.counts()[590..].iter().sum();
        assert_eq!(total as usize, other.layers()[2].spikes().len(), "{}", dialect.name());
    }
    assert_ne!(one.layers()[1], record("snntorch_zero", 3).layers()[1]);
    assert_ne!(one.layers()[0], record("snntorch", 4).layers()[0]);
    // One step of delay for each layer: nothing reaches the outputs in the first two steps.
    let delayed = record("bindsnet_unit", 3);
    assert!(delayed.layers()[1].spikes_in(0).is_empty());
    assert!((0..2).all(|step| delayed.layers()[2].spikes_in(step).is_empty()));
}

#[test]
fn parameters_have_the_frameworks_names() {
    let word = |text: &str| Given::Word(text.into());
    let mut dialect = Dialect::named("snntorch").unwrap();
    dialect.set("threshold", &Given::Number(8.0)).unwrap();
    assert_eq!(
        dialect.parameters().collect::<Vec<_>>(),
        Dialect::named("snntorch_th8").unwrap().parameters().collect::<Vec<_>>()
    );
    let unknown = dialect.set("tau", &Given::Number(8.0)).unwrap_err().to_string();
    assert!(unknown.contains("'tau'") && unknown.contains("beta, threshold, reset_mechanism"), "{unknown}");
    let range = dialect.set("beta", &Given::Number(1.5)).unwrap_err().to_string();
    assert!(range.contains("beta") && range.contains("1.5") && range.contains("from 0 to 1"), "{range}");
    let choice = dialect.set("reset_mechanism", &word("never")).unwrap_err().to_string();
    assert!(choice.contains("subtract or zero or none"), "{choice}");
    for given in [Given::Number(f64::NAN), Given::Switch(true), word("eight")] {
        assert!(matches!(dialect.set("threshold", &given), Err(DialectError::Value { .. })));
    }
    let names = Dialect::named("snntorche").err().unwrap().to_string();
    assert!(names.contains("snntorch_b090, snntorch_th8"), "{names}");

    let mut jelly = Dialect::named("spikingjelly_tau20").unwrap();
    jelly.set("v_reset", &Given::auto()).unwrap();
    let soft = Dialect::named("spikingjelly_tau20_soft").unwrap();
    assert_eq!(jelly.parameters().collect::<Vec<_>>(), soft.parameters().collect::<Vec<_>>());
}

#[test]
fn every_parameter_takes_the_ends_of_its_range() {
    use spikepad::dialect::Domain;

    let (model, images) = (model(), digits(2));
    for mut dialect in Dialect::all() {
        let parameters: Vec<_> = dialect.parameters().collect();
        for (parameter, default) in parameters {
            let ends = match parameter.domain {
                Domain::Number(low, high) => vec![Given::Number(low), Given::Number(high)],
                Domain::Optional(low, high) => vec![Given::Number(low), Given::Number(high), Given::auto()],
                Domain::OrNone(low, high) => vec![Given::Number(low), Given::Number(high), Given::Null],
                Domain::PerLayer(low, high) => {
                    let list = Given::Word(format!("{high}"));
                    vec![Given::Number(low), Given::Number(high), list, Given::Null]
                }
                Domain::Choice(words) => words.iter().map(|w| Given::Word((*w).into())).collect(),
                Domain::Switch => vec![Given::Switch(true), Given::Switch(false)],
            };
            for end in ends {
                dialect.set(parameter.name, &end).unwrap();
                let tally = Experiment::new(&model, &dialect, None, 3).unwrap().run(&images, 0, 1).unwrap();
                assert_eq!(tally.images, 2);
            }
            let back: Given = serde_json::from_value(serde_json::to_value(default).unwrap()).unwrap();
            dialect.set(parameter.name, &back).unwrap();
            dialect.set(parameter.name, &Given::from(default)).unwrap();
        }
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    let model = model();
    let train = SpikeTrain::new(PIXELS, vec![1; PIXELS]).unwrap();
    assert!(SpikeTrain::new(PIXELS, vec![1; PIXELS + 1]).is_err());
    assert!(SpikeTrain::new(PIXELS, vec![]).is_err());
    let nengo = Dialect::named("nengo").unwrap();
    assert!(Trace::of(&model, &nengo, &train, &[Some(vec![0.0; 5])]).is_err());
    assert!(Trace::of_currents(&nengo, 0, 3, &[0.0; 4], None).is_err());
    assert!(Trace::of_currents(&nengo, 0, 0, &[0.0; 4], None).is_err());
    let keras = Dialect::named("keras").unwrap();
    assert!(matches!(Trace::of(&model, &keras, &train, &[]), Err(DialectError::NoSpikes { .. })));
    let digit = digits(1).remove(0).digit.unwrap();
    assert!(Experiment::new(&model, &keras, None, 5).unwrap().record(&digit, 1).is_err());
    assert!(Experiment::new(&model, &nengo, Some(Decoding::Count), 0).is_err());
    // Too many neurons times steps, and too many spikes, for the memory.
    let zeros = |shape| Weights::Float(ndarray::Array2::zeros(shape));
    let wide = [("wide".into(), zeros((PIXELS, 16_000))), ("output".into(), zeros((16_000, 2)))];
    let wide = Network::without_biases(wide).unwrap();
    let wide = Model::new(wide, Description::default()).unwrap();
    let long = SpikeTrain::new(PIXELS, vec![0; PIXELS * 9000]).unwrap();
    assert!(Trace::of(&wide, &nengo, &long, &[]).is_err());
    let mut sinabs = Dialect::named("sinabs_iaf").unwrap();
    sinabs.set("spike_threshold", &Given::Number(1e-6)).unwrap();
    assert!(Experiment::new(&model, &sinabs, None, 350).unwrap().record(&digit, 1).is_err());
}
