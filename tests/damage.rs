//! What a damaged network does.

use ndarray::{Array1, Array2};
use spikepad::dialect::{Dialect, Experiment};
use spikepad::{
    Activation, Damage, DamageError, Description, Encoding, Layer, Model, Network, Normalisation, PIXELS,
    Recording, Weights,
};

use crate::common;

fn damage(text: &str) -> Damage {
    text.parse().unwrap()
}

fn shipped() -> Model {
    Model::from_safetensors(common::SHIPPED).unwrap()
}

/// A network of two hidden layers with biases, whose neurons all fire without input.
fn biased() -> Model {
    let layer = |name: &str, inputs, outputs, activation| {
        let weights =
            Array2::from_shape_fn((inputs, outputs), |(i, j)| ((i * 7 + j * 3) % 11) as f32 * 0.02 - 0.05);
        Layer::new(name, Weights::Float(weights), activation).with_bias(Array1::from_elem(outputs, 0.4))
    };
    let layers = vec![
        layer("a", PIXELS, 20, Activation::Sigmoid),
        layer("b", 20, 12, Activation::Relu),
        layer("c", 12, 4, Activation::Softmax),
    ];
    Model::new(Network::new(layers).unwrap(), Description::default()).unwrap()
}

fn record(model: &Model) -> Recording {
    let settings = model.defaults().with(|settings| settings.steps = 100);
    Recording::of(model, &common::four(), &settings).unwrap()
}

/// The neurons of a layer that fired.
fn fired(recording: &Recording, layer: usize) -> Vec<u16> {
    let mut neurons = recording.layers()[layer].spikes().to_vec();
    neurons.sort_unstable();
    neurons.dedup();
    neurons
}

#[test]
fn damage_is_read_from_text_and_written_as_text() {
    assert_eq!(damage(""), Damage::default());
    assert!(damage("").is_none() && damage("seed:8").is_none() && !damage("bits:8").is_none());
    let whole = Damage { silence: 0.3, noise: 0.5, bits: Some(2), drop: 0.1, seed: 7 };
    assert_eq!(damage("silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7"), whole);
    assert_eq!(damage("seed:7, drop:.1 ,bits:2,noise:5e-1,silence:0.30"), whole);
    for text in ["", "silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7", "silence:1", "bits:1", "drop:0.125"] {
        assert_eq!(damage(text).to_string(), text);
    }
    // A damage without effect leaves nothing behind.
    assert_eq!(damage("silence:0,noise:0,drop:0,seed:1").to_string(), "");
}

#[test]
fn what_is_out_of_range_or_unknown_is_named() {
    let message = |text: &str| text.parse::<Damage>().unwrap_err().to_string();
    assert_eq!(message("silence:1.5"), "silence is '1.5'; it must be a number from 0 up to 1");
    assert_eq!(message("noise:-1"), "noise is '-1'; it must be a number from 0 up to 10");
    assert_eq!(message("drop:NaN"), "drop is 'NaN'; it must be a number from 0 up to 1");
    assert_eq!(message("drop:inf"), "drop is 'inf'; it must be a number from 0 up to 1");
    assert_eq!(message("bits:0"), "bits is '0'; it must be a whole number from 1 to 8");
    assert_eq!(message("bits:2.5"), "bits is '2.5'; it must be a whole number from 1 to 8");
    assert_eq!(message("bits"), "bits is ''; it must be a whole number from 1 to 8");
    assert_eq!(
        message("seed:9007199254740992"),
        "seed is '9007199254740992'; it must be a whole number below 2^53"
    );
    let unknown = message("silenc:0.3");
    assert!(
        unknown.starts_with("there is no damage 'silenc'; there are silence, noise, bits, drop and seed"),
        "{unknown}"
    );
    let given = Damage { noise: f64::INFINITY, ..Damage::default() };
    assert!(matches!(shipped().damaged(&given), Err(DamageError::Value { name: "noise", .. })));
}

#[test]
fn no_damage_changes_nothing() {
    let model = shipped();
    assert_eq!(model.damaged(&Damage::default()).unwrap(), model);
    assert_eq!(model.damaged(&damage("seed:99")).unwrap(), model);
}

#[test]
fn silenced_neurons_never_fire_and_reach_nobody() {
    for model in [shipped(), biased()] {
        let sizes = model.network().sizes();
        for share in [0.25, 0.5, 1.0] {
            let broken = model.damaged(&Damage { silence: share, ..Damage::default() }).unwrap();
            let recording = record(&broken);
            for (hidden, &size) in sizes.iter().enumerate().take(sizes.len() - 1).skip(1) {
                let weights = broken.network().weights(hidden).unwrap();
                let cut: Vec<u16> = (0..size as u16)
                    .filter(|&neuron| weights.row(neuron.into()).iter().all(|&w| w == 0.0))
                    .collect();
                // Some neurons of the shipped network reach nobody anyway.
                let whole = model.network().weights(hidden).unwrap();
                let dead = whole.rows().into_iter().filter(|row| row.iter().all(|&w| w == 0.0)).count();
                let silenced = (share * size as f64).round() as usize;
                assert!((silenced..=silenced + dead).contains(&cut.len()), "{} of {silenced}", cut.len());
                assert!(fired(&recording, hidden).iter().all(|neuron| !cut.contains(neuron)));
                // The others still fire.
                assert_eq!(fired(&recording, hidden).is_empty(), share >= 1.0);
            }
        }
    }
}

#[test]
fn lost_spikes_are_sent_and_do_not_arrive() {
    let model = shipped();
    let whole = record(&model);
    let none = record(&model.damaged(&damage("drop:1")).unwrap());
    // The pixels fire as before, and no neuron hears of it.
    assert_eq!(none.layers()[0], whole.layers()[0]);
    assert!(fired(&none, 1).is_empty() && fired(&none, 2).is_empty());
    let some = record(&model.damaged(&damage("drop:0.3")).unwrap());
    assert_eq!(some.layers()[0], whole.layers()[0]);
    let spikes = |recording: &Recording| recording.layers()[1].spikes().len();
    assert!(spikes(&some) > 0 && spikes(&some) < spikes(&whole));
    // A neuron that gets nothing from other layers fires on its own.
    let alone = record(&biased().damaged(&damage("drop:1")).unwrap());
    assert_eq!(fired(&alone, 3).len(), 4);
}

#[test]
fn another_seed_of_the_presentation_loses_other_spikes() {
    let model = shipped().damaged(&damage("drop:0.5")).unwrap();
    // Latency encoding does not depend on the seed, so every difference is one of lost spikes.
    let with = |seed| {
        let settings =
            model.defaults().with(|s| (s.steps, s.seed, s.encoding) = (50, seed, Encoding::Latency));
        Recording::of(&model, &common::four(), &settings).unwrap()
    };
    assert_eq!(with(1), with(1));
    assert_eq!(with(1).layers()[0], with(2).layers()[0]);
    assert_ne!(with(1).layers()[1], with(2).layers()[1]);
}

#[test]
fn the_ann_is_broken_in_the_same_way() {
    let (model, digit) = (shipped(), common::four());
    assert_eq!(model.classify(&digit, 1), Ok(Some(4)));
    let sum = |model: &Model, seed| model.probabilities(&digit, seed).unwrap();
    // Without any number the classes are equal.
    let nothing = sum(&model.damaged(&damage("drop:1")).unwrap(), 1);
    assert!(nothing.iter().all(|p| (p - 0.1).abs() < 1e-6), "{nothing:?}");
    let some = model.damaged(&damage("drop:0.5")).unwrap();
    assert_eq!(sum(&some, 1), sum(&some, 1));
    assert_ne!(sum(&some, 1), sum(&some, 2));
    // Damage that does not depend on the presentation is in the weights.
    for text in ["silence:0.5", "noise:1", "bits:1"] {
        let broken = model.damaged(&damage(text)).unwrap();
        assert_eq!(sum(&broken, 1), sum(&broken, 2), "{text}");
        assert_eq!(sum(&broken, 1), broken.network().probabilities(&digit).unwrap(), "{text}");
        assert_ne!(sum(&broken, 1), sum(&model, 1), "{text}");
    }
}

#[test]
fn the_conversion_and_the_readout_stay() {
    let model = shipped();
    let broken = model.damaged(&damage("noise:0.5,bits:4")).unwrap();
    assert_eq!(broken.defaults(), model.defaults());
    assert_eq!(broken.gains(Normalisation::Model), model.gains(Normalisation::Model));
    assert_eq!(broken.description().provenance["damage"], "noise:0.5,bits:4");
}

#[test]
fn dialects_refuse_to_lose_spikes() {
    let (lossy, cut) =
        (shipped().damaged(&damage("drop:0.1")).unwrap(), shipped().damaged(&damage("silence:0.1")).unwrap());
    for dialect in Dialect::defaults() {
        assert!(Experiment::new(&cut, &dialect, None, 10).is_ok());
        let found = Experiment::new(&lossy, &dialect, None, 10).map(|_| ());
        match dialect.has_spikes() {
            true => {
                assert!(found.unwrap_err().to_string().contains("cannot lose spikes"), "{}", dialect.name())
            }
            false => assert_eq!(found, Ok(())),
        }
    }
}
