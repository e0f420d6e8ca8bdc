//! Models: safetensors and npz files.

use std::sync::LazyLock;

use ndarray::{Array1, Array2};
use spikepad::{
    ActivationStatistics, Conversion, Description, Digit, Model, Network, Npz, ReadoutRule, Recording, Reset,
    SIDES, Typicality, Weights,
};

use spikepad_formats::{NamedBytes, Options, open};

use super::archives;
use crate::input::decimal;
use crate::random::Random;
use crate::target::Target;
use crate::watch::Reading;

/// Models in the safetensors format.
pub const SAFETENSORS: Target = Target {
    name: "safetensors",
    examples: safetensors_examples,
    generate: generate_safetensors,
    repair: repair_safetensors,
    read: read_safetensors,
};

/// Models in NumPy's archives.
pub const NPZ: Target = Target {
    name: "npz",
    examples: npz_examples,
    generate: generate_npz,
    repair: repair_npz,
    read: read_npz,
};

/// The most weights of a network that is also run.
const MOST_RUN: usize = 20_000;

fn read_safetensors(bytes: &[u8]) -> Reading {
    let opened =
        open(&[NamedBytes { name: "input", bytes }], &Options::default()).map_err(|e| e.to_string())?;
    run(opened.model())?;
    Ok(Box::new(opened))
}

fn read_npz(bytes: &[u8]) -> Reading {
    if let Ok(mut npz) = Npz::open(bytes) {
        let names: Vec<String> = npz.names().take(6).map(str::to_owned).collect();
        for name in names {
            let _ = (npz.shape(&name), npz.number_type(&name));
            drop(npz.array(&name));
        }
    }
    read_safetensors(bytes)
}

/// Shows a small network a digit, and writes it to a file and reads it back.
fn run(model: &Model) -> Result<(), String> {
    if model.network().parameters() > MOST_RUN {
        return Ok(());
    }
    let ink: Vec<u8> = (0..model.network().inputs()).map(|i| (i * 37 % 256) as u8).collect();
    let digit = Digit::from_square(&ink).map_err(|e| e.to_string())?;
    let settings = model.defaults().with(|settings| settings.steps = 3);
    if let Some(digit) = digit {
        let _ = model.network().classify(&digit);
        // A gain may be missing, which is an error.
        let _ = Recording::of(model, &digit, &settings);
    }
    let bytes = model.to_safetensors().map_err(|e| e.to_string())?;
    let again = Model::from_safetensors(&bytes).map_err(|e| format!("cannot be read back: {e}"))?;
    assert_eq!(again.network().sizes(), model.network().sizes(), "the model that is read back");
    Ok(())
}

/// A network of 64 inputs, some hidden neurons, and classes.
pub fn model(hidden: usize, classes: usize, integers: bool, described: bool) -> Option<Model> {
    let sizes = [*SIDES.start() * *SIDES.start(), hidden, classes];
    let layers = sizes.windows(2).enumerate().map(|(i, sides)| {
        let shape = (sides[0], sides[1]);
        let value = |(row, column): (usize, usize)| ((row * 31 + column * 7) % 23) as i8 - 9;
        let weights = if integers {
            let integers = Array2::from_shape_fn(shape, value);
            Weights::Int8 { integers, scales: Array1::from_elem(sides[1], 0.02) }
        } else {
            Weights::Float(Array2::from_shape_fn(shape, |at| f32::from(value(at)) * 0.03))
        };
        (format!("layer {i}"), weights)
    });
    let description = Description {
        conversion: Some(Conversion::new(vec![0.5, 1.5], Some(100.0), Reset::Subtract)),
        readout: Some(ReadoutRule { lead: 1.5, sure_margin: 0.02 }),
        typicality: Some(
            Typicality {
                weights: Array2::from_elem((hidden, classes), 3),
                scale: vec![0.1; classes],
                bias: vec![-1.0; classes],
            }
            .into(),
        ),
        activations: Some(ActivationStatistics {
            max: vec![3.0, 4.0],
            percentile99: vec![2.0, 3.0],
            percentile99_9: vec![2.5, 3.5],
        }),
        layout: Some((0..hidden as u16).rev().collect()),
        provenance: [("data".to_owned(), "none".to_owned())].into(),
    };
    let description = if described { description } else { Description::default() };
    Model::new(Network::without_biases(layers).ok()?, description).ok()
}

/// A network of few neurons.
pub fn small() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| model(4, 3, false, false).expect("its layers fit"));
    &MODEL
}

fn safetensors_examples() -> Vec<Vec<u8>> {
    let models = [
        model(3, 2, true, true),
        model(3, 2, false, true),
        model(5, 4, true, false),
        model(1, 1, false, false),
    ];
    models.into_iter().flatten().filter_map(|model| model.to_safetensors().ok()).collect()
}

/// Makes the length of the header right again.
#[expect(clippy::ptr_arg, reason = "other readers replace the whole input")]
fn repair_safetensors(bytes: &mut Vec<u8>, random: &mut Random) {
    if random.once_in(4) {
        return;
    }
    // The header ends where its last bracket is, before the data.
    let header = bytes.get(8..).and_then(|rest| rest.windows(2).rposition(|pair| pair == b"}}"));
    if let (Some(end), Some(length)) = (header, bytes.first_chunk_mut::<8>()) {
        *length = (end as u64 + 2).to_le_bytes();
    }
}

fn generate_safetensors(random: &mut Random) -> Vec<u8> {
    let layers = match random.below(6) {
        0 => random.below(300),
        1 => 256,
        _ => 1 + random.below(4),
    };
    let mut header = Vec::new();
    let mut data = Vec::new();
    let mut names = Vec::new();
    let mut inputs = random.pick(&[64, 64, 81, 784, 4096]);
    for layer in 0..layers {
        let outputs = if layers > 8 { 1 } else { random.pick(&[1, 2, 10, 64, 65]) };
        let name = match random.below(20) {
            0 => "a".repeat(random.below(400)),
            1 => "same".into(),
            _ => format!("l{layer}"),
        };
        let dtype = random.pick(&["F32", "I8", "F64", "BF16"]);
        let bytes = if dtype == "I8" { inputs * outputs } else { inputs * outputs * 4 };
        if data.len() + bytes + 4 * outputs > 15_000 {
            break;
        }
        let from = data.len();
        data.resize(from + bytes, random.pick(&[0, 1, 127, 128, 61]));
        let shape = if random.once_in(10) {
            format!("[{},{}]", decimal(random), outputs)
        } else {
            format!("[{inputs},{outputs}]")
        };
        header.push(format!(
            r#""{name}.weight":{{"dtype":"{dtype}","shape":{shape},"data_offsets":[{from},{}]}}"#,
            data.len()
        ));
        if dtype == "I8" || random.once_in(12) {
            let from = data.len();
            data.resize(from + 4 * outputs, 60);
            let kind = random.pick(&["scale", "scale", "scale", "scale", "bias"]);
            header.push(format!(
                r#""{name}.{kind}":{{"dtype":"F32","shape":[{outputs}],"data_offsets":[{from},{}]}}"#,
                data.len()
            ));
        }
        let repeated = if random.once_in(15) { random.below(2000) } else { 1 };
        names.extend(std::iter::repeat_n(format!(r#"\"{name}\""#), repeated.min(1000)));
        inputs = outputs;
    }
    let numbers = |random: &mut Random| {
        let length = random.below(4);
        (0..length).map(|_| decimal(random)).collect::<Vec<_>>().join(",")
    };
    let extra = match random.below(8) {
        0 => format!(r#",\"conversion\":{{\"gains\":[{}],\"reset\":\"zero\"}}"#, numbers(random)),
        1 => format!(r#",\"layout\":[{}]"#, numbers(random)),
        2 => format!(r#",\"readout\":{{\"lead\":{},\"sureMargin\":{}}}"#, decimal(random), decimal(random)),
        3 => format!(r#",\"deep\":{}"#, "[".repeat(random.below(3000))),
        4 => format!(r#",\"wide\":[{}0]"#, "0,".repeat(random.below(5000))),
        _ => String::new(),
    };
    let description =
        format!(r#"{{\"format\":\"spikepad-network/1\",\"layers\":[{}]{extra}}}"#, names.join(","));
    header.push(format!(r#""__metadata__":{{"spikepad":"{description}"}}"#));
    let header = format!("{{{}}}", header.join(","));
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &data].concat()
}

fn npz_examples() -> Vec<Vec<u8>> {
    let array = |sides: [usize; 2], descr: &str, width: usize| {
        let data: Vec<u8> = (0..sides[0] * sides[1] * width)
            .map(|i| if i % width == width - 1 { 60 } else { i as u8 })
            .collect();
        archives::npy(descr, "False", &format!("({}, {})", sides[0], sides[1]), &data)
    };
    let two = |descr: &str, width| {
        [
            ("w1.npy".to_owned(), array([64, 3], descr, width)),
            ("w2.npy".to_owned(), array([3, 2], descr, width)),
        ]
    };
    let biased = [
        ("w1.npy".to_owned(), array([64, 3], "<f4", 4)),
        ("b1.npy".to_owned(), archives::npy("<f4", "False", "(3,)", &[0; 12])),
    ];
    vec![
        archives::zip(&two("<f4", 4), true),
        archives::zip(&two("<f8", 8), false),
        archives::zip(&two("|i1", 1), true),
        archives::zip(&two("<f2", 2), false),
        archives::zip(&biased, true),
    ]
}

fn repair_npz(bytes: &mut Vec<u8>, random: &mut Random) {
    static EXAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(npz_examples);
    archives::damage_an_example(bytes, &EXAMPLES, random);
}

fn generate_npz(random: &mut Random) -> Vec<u8> {
    let layers = if random.once_in(8) { random.below(120) } else { 1 + random.below(3) };
    let mut inputs = random.pick(&[64, 64, 784, 4096]);
    let mut files = Vec::new();
    for layer in 1..=layers {
        let outputs = if random.once_in(10) { random.edge() } else { random.pick(&[1, 2, 10]) };
        let name = match random.below(16) {
            0 => format!("b{layer}.npy"),
            1 => format!("{}.npy", "w".repeat(random.below(400))),
            2 => format!("w{layer}"),
            _ => format!("w{layer}.npy"),
        };
        files.push((name, archives::array(&[inputs, outputs], random)));
        if files.iter().map(|(_, file)| file.len()).sum::<usize>() > 32 << 20 {
            break;
        }
        inputs = outputs;
    }
    let mut bytes = archives::zip(&files, !random.once_in(3));
    // The records at the end, which say how many files there are and where.
    if random.once_in(4)
        && let Some(at) = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")
    {
        let place = at + 4 + random.below(18);
        let number = random.edge().to_le_bytes();
        let width = random.pick(&[1, 2, 4]);
        bytes.iter_mut().skip(place).zip(&number[..width]).for_each(|(byte, &new)| *byte = new);
        if random.once_in(3) {
            let copy = bytes[at..].repeat(1 + random.below(40));
            bytes.extend(copy);
        }
    }
    bytes
}
