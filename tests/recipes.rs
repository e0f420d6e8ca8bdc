//! Compares the conversions of other tools with recordings of the tools. `tests/reference/record_conversions.py` made them.

use std::fs;
use std::path::Path;

use ndarray::{Array1, Array2};
use spikepad::dialect::{Recipe, RecipeRun};
use spikepad::{
    Activation, ActivationStatistics, Description, Labelled, Layer, Model, Network, Npz, Weights,
    compare_recipes,
};

const QUESTION: &[u8] = include_bytes!("../www/assets/question-784-128-10.safetensors");
const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/conversions");
const STEPS: usize = 60;

fn single(npz: &mut Npz, name: &str) -> Vec<f32> {
    npz.array(name).unwrap().to_f64().into_iter().map(|x| x as f32).collect()
}

/// The network of a recording: its own, or the question's.
fn model(npz: &mut Npz) -> Model {
    if !npz.has("w1") {
        return Model::from_safetensors(QUESTION).unwrap();
    }
    let layers = (1..).take_while(|number| npz.has(&format!("w{number}"))).count();
    let layers = (1..=layers).map(|number| {
        let (w, b) = (format!("w{number}"), format!("b{number}"));
        let shape = npz.shape(&w).unwrap();
        let weights = Array2::from_shape_vec((shape[0], shape[1]), single(npz, &w)).unwrap();
        let activation = if number == layers { Activation::Softmax } else { Activation::Relu };
        Layer::new(w, Weights::Float(weights), activation).with_bias(Array1::from(single(npz, &b)))
    });
    Model::new(Network::new(layers.collect()).unwrap(), Description::default()).unwrap()
}

#[test]
fn every_spike_is_that_of_the_tool() {
    let recorded = ["spikingjelly_max", "spikingjelly_99.9", "sinabs_from_model"];
    for recipe in Recipe::ALL.iter().filter(|recipe| recorded.contains(&recipe.name)) {
        for network in ["question", "small"] {
            let what = format!("{}_{network}", recipe.name);
            let bytes = fs::read(Path::new(RECORDINGS).join(format!("{what}.npz"))).unwrap();
            let mut npz = Npz::open(&bytes).unwrap();
            let model = model(&mut npz);
            // The tools calibrate on the two images. The last layer has no neurons, and so no scale.
            let mut scales = |name: &str| [npz.array(name).unwrap().to_f64(), vec![1.0]].concat();
            let statistics = ActivationStatistics {
                max: scales("max"),
                percentile99: scales("max"),
                percentile99_9: scales("percentile99.9"),
            };
            let mut run = RecipeRun::new(&model, recipe, &statistics).unwrap();
            let ink = single(&mut npz, "images");
            let classes = model.network().classes();
            let all_sums = npz.array("sums").unwrap().to_f64();
            for (image, ink) in ink.chunks_exact(model.network().inputs()).enumerate() {
                let pixels: Vec<f32> = ink.iter().map(|ink| ink / 255.0).collect();
                let trace = run.present(&pixels, &[STEPS as u32], true).unwrap();
                let (mut wrong, mut all) = (0, 0.0);
                for (spikes, number) in trace.spikes.iter().zip(1..) {
                    let Ok(expected) = npz.array(&format!("spikes{number}")) else {
                        assert!(spikes.is_empty(), "{what}, layer {number}");
                        continue;
                    };
                    let expected = expected.to_f64();
                    let expected = &expected[image * spikes.len()..][..spikes.len()];
                    wrong += spikes.iter().zip(expected).filter(|(a, b)| f64::from(**a) != **b).count();
                    all += expected.iter().sum::<f64>();
                }
                // PyTorch sums in another order.
                assert!(
                    wrong as f64 <= all / 1000.0 && all > 100.0,
                    "{what}, image {image}: {wrong} of {all}"
                );
                let mut sums = vec![0.0; classes];
                for outputs in trace.outputs.chunks_exact(classes) {
                    sums.iter_mut().zip(outputs).for_each(|(sum, &x)| *sum += f64::from(x));
                }
                let expected = &all_sums[image * classes..][..classes];
                // A spike in another step changes the sums.
                for (a, b) in sums.iter().zip(expected).filter(|_| wrong == 0) {
                    assert!(
                        (a - b).abs() <= 1e-3 * b.abs().max(10.0),
                        "{what}, image {image}: {sums:?} {expected:?}"
                    );
                }
                let most = sums.iter().copied().fold(f64::MIN, f64::max);
                assert_eq!(trace.classes, [sums.iter().position(|&sum| sum == most).unwrap()]);
            }
        }
    }
}

#[test]
fn recipes_read_a_network_with_activations_of_any_size() {
    // One class for each half of a picture.
    let weights = Array2::from_shape_fn((64, 2), |(i, j)| if (i < 32) == (j == 0) { 0.3 } else { -0.1 });
    let layer = |weights, activation| Layer::new("a", Weights::Float(weights), activation);
    let model = |size: f32| {
        let layers = vec![
            layer(weights.clone() * size, Activation::Relu),
            layer(Array2::eye(2) / size, Activation::Softmax),
        ];
        Model::new(Network::new(layers).unwrap(), Description::default()).unwrap()
    };
    let images: Vec<Labelled> = (0..2_u8)
        .map(|label| {
            let ink: [u8; 64] = std::array::from_fn(|i| if (i < 32) == (label == 0) { 200 } else { 40 });
            Labelled { digit: spikepad::Digit::from_square(&ink).unwrap(), label }
        })
        .collect();
    for size in [0.001, 1.0, 1000.0] {
        for report in compare_recipes(&model(size), &images).unwrap() {
            // Only Sinabs' recipe depends on the size of the activations.
            if report.name != "sinabs_from_model" || size >= 1.0 {
                assert_eq!(report.accuracy[4], 1.0, "{} {size}", report.name);
            }
        }
    }
    let silent = Array2::from_elem((64, 2), -1.0_f32);
    let layers = vec![layer(silent, Activation::Relu), layer(Array2::eye(2), Activation::Softmax)];
    let silent = Model::new(Network::new(layers).unwrap(), Description::default()).unwrap();
    let names: Vec<_> = compare_recipes(&silent, &images).unwrap().iter().map(|report| report.name).collect();
    assert_eq!(names, ["sinabs_from_model"]);
}
