//! Scripts for the real frameworks: their texts, as golden copies in `tests/fixtures/scripts/`, and that they load what the
//! file beside them holds. `SPIKEPAD_RECORD=1 cargo test --test native scripts::` writes the golden copies again; `tests/reference/run_scripts.sh`
//! runs such scripts in the frameworks themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ndarray::{Array1, Array2};
use spikepad::dialect::{
    Array, ArrayNumbers, Decoding, Dialect, DialectError, Given, Script, ScriptOptions, SpikeTrain, Trace,
    Tracing,
};
use spikepad::{Activation, Description, Digit, Labelled, Layer, Model, Network, PIXELS, Weights};

const STEPS: u32 = 20;

/// 784-6-5-3 neurons; the first and the last layer have biases.
fn model() -> Model {
    let weights = |inputs: usize, neurons: usize| {
        let weight = |(i, j): (usize, usize)| ((i * 31 + j * 17) % 23) as f32 * 0.02 - 0.15;
        Weights::Float(Array2::from_shape_fn((inputs, neurons), weight))
    };
    let bias = |neurons: usize| Array1::from_shape_fn(neurons, |j| 0.1 * j as f32);
    let layers = vec![
        Layer::new("a", weights(PIXELS, 6), Activation::Relu).with_bias(bias(6)),
        Layer::new("b", weights(6, 5), Activation::Tanh),
        Layer::new("c", weights(5, 3), Activation::Softmax).with_bias(bias(3)),
    ];
    Model::new(Network::new(layers).unwrap(), Description::default()).unwrap()
}

fn question() -> Model {
    Model::from_safetensors(include_bytes!("../www/assets/question-784-128-10.safetensors")).unwrap()
}

/// A bar.
fn digit() -> Digit {
    let ink: [u8; PIXELS] = std::array::from_fn(|pixel| if pixel % 28 / 4 == 3 { 200 } else { 0 });
    Digit::from_ink(&ink).unwrap()
}

/// The bar as a constant current.
fn image() -> Vec<f32> {
    digit().intensities().collect()
}

fn with(name: &str, set: &[(&str, Given)]) -> Dialect {
    let mut dialect = Dialect::named(name).unwrap();
    set.iter().for_each(|(name, value)| dialect.set(name, value).unwrap());
    dialect
}

fn number(x: f64) -> Given {
    Given::Number(x)
}

fn word(text: &str) -> Given {
    Given::Word(text.into())
}

fn presentation(
    model: &Model,
    dialect: &Dialect,
    decoding: Option<Decoding>,
) -> Result<Script, DialectError> {
    let options = ScriptOptions { name: dialect.name(), decoding };
    if !dialect.has_spikes() {
        return Script::of_picture(model, dialect, &options, &digit());
    }
    if dialect.is_converted() {
        return Script::of_current(model, dialect, &options, &image(), STEPS, &[]);
    }
    let train = SpikeTrain::drawn_in(dialect, &digit(), STEPS, 1)?;
    Script::of_spikes(model, dialect, &options, &train, &[])
}

fn set(model: &Model, dialect: &Dialect, decoding: Option<Decoding>) -> Result<Script, DialectError> {
    let images = [Labelled { digit: Some(digit()), label: 1 }, Labelled { digit: None, label: 0 }];
    let options = ScriptOptions { name: dialect.name(), decoding };
    Script::of_set(model, dialect, &options, &images, STEPS, 1)
}

/// The four fixes of the laboratory's puzzle.
fn mended(name: &str) -> Dialect {
    let fixes = [("input_amplitude", 1.0 / 25500.0), ("hidden_amplitude", 0.005), ("bias", 0.0)];
    with(name, &fixes.map(|(name, value)| (name, number(value))))
}

/// The name and the text of every golden copy.
fn texts() -> Vec<(String, String)> {
    let question = question();
    let mut texts = Vec::new();
    let mut add = |name: &str, script: Result<Script, DialectError>| {
        texts.push((format!("{name}.py"), script.unwrap().text));
    };
    for dialect in Dialect::all().filter(Dialect::has_script) {
        add(dialect.name(), presentation(&question, &dialect, None));
    }
    for dialect in Dialect::defaults().filter(Dialect::has_script) {
        let name = dialect.name();
        add(&format!("{name}_images"), set(&question, &dialect, None));
        add(&format!("{name}_biases"), presentation(&model(), &dialect, None));
        if dialect.has_spikes() {
            let scaled = with(name, &[("weight_scale", number(0.5))]);
            let decoding = if dialect.is_converted() { Decoding::Mean } else { Decoding::FilteredSum };
            add(&format!("{name}_scaled"), presentation(&model(), &scaled, Some(decoding)));
        }
    }
    for name in ["nengo_seed", "nengo_dl"] {
        let dialect = mended(name);
        add(&format!("{name}_mended"), presentation(&question, &dialect, Some(Decoding::Count)));
        add(&format!("{name}_mended_images"), set(&question, &dialect, Some(Decoding::Count)));
    }
    let others = [
        (
            "nengo",
            vec![
                ("neuron_type", word("SpikingRectifiedLinear")),
                ("initial_voltage", word("zero")),
                ("transform", word("reshape")),
            ],
        ),
        (
            "nengo_seed",
            vec![("stateful", Given::Switch(true)), ("input", word("regular")), ("tau_ref", number(0.0))],
        ),
        ("nengo_dl_stateful", vec![("input", word("bernoulli")), ("input_amplitude", number(0.01))]),
        ("norse", vec![("v_th", number(0.5)), ("tau_syn_inv", number(100.0))]),
        ("rockpool", vec![("max_spikes_per_dt", number(3.0)), ("tau_mem", number(0.01))]),
        ("brian2", vec![("tau", number(10.0)), ("reset", number(-0.5))]),
        ("bindsnet", vec![("refrac", number(2.0))]),
        ("sinabs_iaf", vec![("spike_threshold", number(2.0)), ("spike_fn", word("SingleSpike"))]),
        ("spikingjelly", vec![("decay_input", Given::Switch(false)), ("v_reset", Given::auto())]),
        ("snntorch", vec![("reset_mechanism", word("none"))]),
    ];
    for (name, changes) in others {
        let dialect = with(name, &changes);
        add(&format!("{name}_changed"), presentation(&question, &dialect, Some(Decoding::FirstSpike)));
        add(&format!("{name}_changed_images"), set(&question, &dialect, Some(Decoding::FilteredPositive)));
    }
    let converted = [
        vec![("scale_firing_rates", word("100,none")), ("initial_voltage", word("zero"))],
        vec![("neuron", word("RectifiedLinear")), ("seed", number(7.0))],
    ];
    for (name, changes) in ["list", "relu"].iter().zip(converted) {
        let dialect = with("nengo_dl_converter", &changes);
        let name = format!("nengo_dl_converter_{name}");
        add(&name, presentation(&deep(), &dialect, None));
        add(&format!("{name}_images"), set(&deep(), &dialect, Some(Decoding::Mean)));
    }
    texts
}

/// 784-6-5-3 neurons, all ReLU.
fn deep() -> Model {
    let mut layers = model().network().layers().to_vec();
    layers.iter_mut().for_each(|layer| layer.activation = Activation::Relu);
    Model::new(Network::new(layers).unwrap(), Description::default()).unwrap()
}

#[test]
fn texts_are_those_of_the_golden_copies() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scripts");
    let texts = texts();
    if std::env::var_os("SPIKEPAD_RECORD").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        texts.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
    }
    let found: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found, texts.iter().map(|(name, _)| name.clone()).collect());
    for (name, text) in texts {
        let golden = fs::read_to_string(folder.join(&name)).unwrap();
        assert!(text == golden, "{name} differs from its golden copy; see tests/scripts.rs");
    }
}

/// The arrays that a text loads: those that it names, and for a name with a number in braces that of each layer.
fn loaded(text: &str, layers: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in text.split("data[").skip(1) {
        let quoted = part.trim_start_matches('f');
        let Some(mark) = quoted.chars().next().filter(|mark| ['"', '\''].contains(mark)) else { continue };
        let name = quoted[1..].split(mark).next().unwrap();
        match name.strip_suffix("{i}") {
            Some(stem) => names.extend((1..=layers).map(|layer| format!("{stem}{layer}"))),
            None => drop(names.insert(name.into())),
        }
    }
    names
}

#[test]
fn scripts_load_what_their_file_holds() {
    for model in [question(), model()] {
        let layers = model.network().layers().len();
        for dialect in Dialect::all().filter(Dialect::has_script) {
            let both = [presentation(&model, &dialect, None).unwrap(), set(&model, &dialect, None).unwrap()];
            for Script { text, arrays, .. } in both {
                let held: BTreeSet<String> = arrays.iter().map(|array| array.name.clone()).collect();
                // The potentials at the start are held for `spikepad trace`, too.
                let unused: BTreeSet<_> = held.difference(&loaded(&text, layers)).cloned().collect();
                assert!(unused.iter().all(|name| name.ends_with("_init")), "{}: {unused:?}", dialect.name());
                assert_eq!(loaded(&text, layers).difference(&held).count(), 0, "{}", dialect.name());
                for Array { name, shape, numbers } in arrays {
                    let length = match numbers {
                        ArrayNumbers::U8(numbers) => numbers.len(),
                        ArrayNumbers::I32(numbers) => numbers.len(),
                        ArrayNumbers::F32(numbers) => numbers.len(),
                        ArrayNumbers::F64(numbers) => numbers.len(),
                    };
                    assert_eq!(length, shape.iter().product::<usize>(), "{name}");
                }
            }
        }
    }
}

#[test]
fn a_file_says_what_spikepad_computes() {
    let model = question();
    let spiking = |dialect: &Dialect| dialect.has_spikes() && !dialect.is_converted();
    for dialect in Dialect::all().filter(spiking).filter(Dialect::has_script) {
        let script = presentation(&model, &dialect, None).unwrap();
        let array = |name: &str| script.arrays.iter().find(|array| array.name == name).unwrap();
        let train = SpikeTrain::drawn_in(&dialect, &digit(), STEPS, 1).unwrap();
        assert_eq!(array("spikes").numbers, ArrayNumbers::U8(train.counts().to_vec()));
        let trace = Trace::of(&model, &dialect, &train, &[]).unwrap();
        for (number, layer) in (1..).zip(&trace.layers) {
            let counts: Vec<u32> = match &array(&format!("spikes{number}")).numbers {
                ArrayNumbers::U8(counts) => counts.iter().map(|&count| count.into()).collect(),
                ArrayNumbers::I32(counts) => counts.iter().map(|&count| count as u32).collect(),
                other => panic!("{other:?}"),
            };
            assert_eq!(counts, layer.spikes, "{}", dialect.name());
        }
        let out = trace.layers.last().unwrap();
        let of_class = |class| out.spikes.iter().skip(class).step_by(10).map(|&count| u64::from(count)).sum();
        assert_eq!(script.counts, (0..10).map(of_class).collect::<Vec<u64>>());
        assert_eq!(array("answer").numbers, ArrayNumbers::I32(vec![script.answer.unwrap() as i32]));
    }
}

#[test]
fn the_file_of_a_converted_network_says_what_it_puts_out() {
    for (model, name) in [
        (question(), "nengo_dl_converter_s100"),
        (deep(), "nengo_dl_converter_lif"),
        (deep(), "nengo_dl_converter"),
    ] {
        let dialect = Dialect::named(name).unwrap();
        let script = presentation(&model, &dialect, None).unwrap();
        let array = |name: &str| script.arrays.iter().find(|array| array.name == name);
        assert_eq!(array("image").unwrap().numbers, ArrayNumbers::F32(image()));
        // It starts from the potentials in its file.
        let initial: Vec<Option<Vec<f64>>> = (1..=model.network().layers().len())
            .map(|layer| match &array(&format!("v{layer}_init"))?.numbers {
                ArrayNumbers::F32(potentials) => Some(potentials.iter().map(|&v| v.into()).collect()),
                other => panic!("{other:?}"),
            })
            .collect();
        let tracing = Tracing { model: &model, dialect: &dialect, initial: &initial, course: false };
        let trace = tracing.image(&image(), STEPS).unwrap();
        assert_eq!(array("outputs").unwrap().numbers, ArrayNumbers::F32(trace.outputs.clone()));
        for ((number, layer), start) in (1..).zip(&trace.layers).zip(&initial) {
            let spikes = array(&format!("spikes{number}"));
            assert_eq!(
                (spikes.is_some(), start.is_some()),
                (!layer.spikes.is_empty(), !layer.spikes.is_empty())
            );
            let Some(Array { numbers: ArrayNumbers::U8(spikes), .. }) = spikes else { continue };
            assert!(spikes.iter().map(|&count| u32::from(count)).eq(layer.spikes.iter().copied()), "{name}");
        }
        assert_eq!(script.counts.len(), if initial.last() == Some(&None) { 0 } else { 3 });
        let classes = model.network().classes();
        let last = &trace.outputs[trace.outputs.len() - classes..];
        let most = last.iter().copied().fold(f32::MIN, f32::max);
        assert_eq!(script.answer, last.iter().position(|&output| output == most));
        // Other potentials than those that the seed draws are those of the file, too.
        let zeros: Vec<Option<Vec<f64>>> =
            initial.iter().map(|layer| layer.as_ref().map(|layer| vec![0.0; layer.len()])).collect();
        let options = ScriptOptions { name, decoding: None };
        let other = Script::of_current(&model, &dialect, &options, &image(), STEPS, &zeros).unwrap();
        let start = other.arrays.iter().find(|array| array.name == "v1_init").unwrap();
        assert_eq!(start.numbers, ArrayNumbers::F32(vec![0.0; zeros[0].as_ref().unwrap().len()]));
    }
}

#[test]
fn a_script_imports_no_script_beside_it() {
    for (name, text) in texts() {
        let guard = text.find("sys.path = [").unwrap_or(usize::MAX);
        assert!(guard < text.find("import numpy").unwrap(), "{name}");
    }
}

#[test]
fn what_a_framework_cannot_do_is_refused() {
    let several = SpikeTrain::new(PIXELS, vec![2; PIXELS]).unwrap();
    let options = ScriptOptions { name: "brian2", decoding: None };
    let refused = |result: Result<Script, DialectError>, words: &str| {
        let text = result.unwrap_err().to_string();
        assert!(text.contains(words), "{text}");
    };
    let model = question();
    let brian = Dialect::named("brian2").unwrap();
    refused(
        Script::of_spikes(&model, &brian, &options, &several, &[]),
        "brian2: an input of its SpikeGeneratorGroup",
    );
    refused(presentation(&model, &with("nengo", &[("hidden_amplitude", number(0.0))]), None), "above 0");
    let loud = with("nengo_seed", &[("input_max_rates", number(1000.0)), ("input_scale", number(255.0))]);
    let ink = [255; PIXELS];
    let train = SpikeTrain::drawn_in(&loud, &Digit::from_ink(&ink).unwrap(), STEPS, 1);
    assert!(train.unwrap_err().to_string().contains("input_max_rates"));
    refused(Script::of_set(&model, &brian, &options, &[], 0, 0), "steps");
}

#[test]
fn versions_are_those_of_the_tests_in_the_frameworks() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let pinned: BTreeSet<String> = ["requirements.txt", "requirements-tensorflow.txt"]
        .iter()
        .flat_map(|name| {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    for (name, text) in texts() {
        let line = text.lines().find(|line| line.contains("pip install")).unwrap();
        let packages = line.split_once("pip install ").unwrap().1;
        for package in packages.split(' ') {
            assert!(pinned.contains(package), "{name}: {package}");
        }
    }
}
