//! Presentations whose results must be equal, bit for bit, on every machine and in every browser.

use spikepad::{Digit, Drawing, Model, Normalisation, PIXELS, Recording, Reset, Settings};

pub const SHIPPED: &[u8] = include_bytes!("../../www/assets/mnist-784-128-10.safetensors");

/// Two strokes that make a 4, in canvas units.
pub fn four() -> Digit {
    let open = vec![[95.0, 60.0], [88.0, 95.5], [80.25, 141.0], [120.0, 150.0], [178.0, 146.5]];
    let down = vec![[160.0, 75.0], [158.0, 130.0], [152.0, 190.0], [149.5, 232.0]];
    let drawing = Drawing::new(vec![open, down], 16.0).expect("the strokes can be drawn");
    Digit::from_raster(&drawing.rasterise().expect("something is drawn")).expect("there is ink")
}

/// One line per case: its name, the output spikes, and a digest of the digit's ink, of every spike and of every
/// membrane potential.
pub fn replay() -> String {
    let model = Model::from_safetensors(SHIPPED).expect("the shipped model is whole");
    let with = |change: fn(&mut Settings)| model.defaults().with(change);
    let cases = [
        ("defaults", model.defaults()),
        ("another seed", with(|s| s.seed = 9_007_199_254_740_991)),
        ("slow and leaky", with(|s| (s.max_rate, s.tau_m) = (63.75, Some(12.5)))),
        (
            "subtraction",
            with(|s| {
                (s.reset, s.tau_m, s.normalisation) = (Reset::Subtract, None, Normalisation::Percentile99_9);
            }),
        ),
        (
            "refractory",
            with(|s| {
                (s.refractory, s.dt, s.max_rate, s.normalisation) = (3, 0.5, 2000.0, Normalisation::Max);
            }),
        ),
        ("as trained", with(|s| (s.normalisation, s.threshold) = (Normalisation::None, 2.5))),
    ];
    let damages = [
        "silence:0.4",
        "noise:0.7,seed:5",
        "bits:3",
        "drop:0.35",
        "silence:0.2,noise:0.3,bits:2,drop:0.6,seed:9",
    ];
    let digit = four();
    let line = |name: &str, model: &Model, settings: &Settings| {
        let recording = Recording::of(model, &digit, settings).expect("the settings are in range");
        let counts = &recording.verdict().counts;
        format!("{name}: {counts:?} {:016x}\n", digest(&digit, &recording))
    };
    let whole = cases.iter().map(|(name, settings)| line(name, &model, settings));
    let broken = damages.iter().map(|damage| {
        let broken =
            model.damaged(&damage.parse().expect("the damage is in range")).expect("it can be damaged");
        line(damage, &broken, &model.defaults())
    });
    whole.chain(broken).collect()
}

/// Decimal texts and the bits of the nearest f64. A parser that rounds the digits and the power of ten separately reads
/// another number.
const HARD_DECIMALS: [(&str, u64); 4] = [
    ("0.9452706955539223", 0x3fee_3fa8_5468_ae3c),
    ("0.38120423768821243", 0x3fd8_65a6_757d_eb3e),
    ("0.21659939713061338", 0x3fcb_b987_6f81_30c4),
    ("0.12088995980580641", 0x3fbe_f2a4_f7c7_db80),
];

/// Checks that a number in a model's file is read as the f64 nearest to its text.
pub fn check_decimals() {
    for (text, bits) in HARD_DECIMALS {
        let model = Model::from_safetensors(&file_with_gain(text)).expect("the file is whole");
        let gains = model.gains(Normalisation::Model).expect("the file has gains");
        assert_eq!(gains.iter().map(|gain| gain.to_bits()).collect::<Vec<_>>(), [bits], "{text}");
    }
}

/// A safetensors file of a network with 2 x 784 weights of 0 and a conversion with the gain `gain`.
fn file_with_gain(gain: &str) -> Vec<u8> {
    let data = [0; 4 * 2 * PIXELS];
    let header = format!(
        r#"{{"__metadata__": {{"spikepad": "{{\"format\": \"spikepad-network/1\", \"layers\": [\"a\"],
            \"conversion\": {{\"gains\": [{gain}], \"reset\": \"zero\"}}}}"}},
            "a.weight": {{"dtype": "F32", "shape": [{PIXELS}, 2], "data_offsets": [0, {}]}}}}"#,
        data.len()
    )
    // The text of the metadata must not contain line breaks.
    .replace('\n', "");
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &data].concat()
}

/// FNV-1a (G. Fowler, L. C. Noll and K.-P. Vo), 64 bits.
fn digest(digit: &Digit, recording: &Recording) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    add(digit.ink());
    for layer in recording.layers() {
        layer.offsets().iter().for_each(|offset| add(&offset.to_le_bytes()));
        layer.spikes().iter().for_each(|neuron| add(&neuron.to_le_bytes()));
        layer.membranes().iter().for_each(|v| add(&v.to_bits().to_le_bytes()));
    }
    hash
}
