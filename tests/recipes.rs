//! Compares the conversions of other tools with recordings of the tools. `tests/reference/record_conversions.py` made them.

use std::fs;
use std::path::Path;

use ndarray::{Array1, Array2};
use spikepad::dialect::{Recipe, RecipeRun};
use spikepad::{
    Activation, Description, Digit, Labelled, Layer, Model, Network, Npz, Weights, compare_recipes,
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

/// The scales that the recipe takes from images.
fn scales_of(model: &Model, recipe: &Recipe, ink: &[f32]) -> Vec<f64> {
    let network = model.network();
    let mut all = vec![Vec::new(); network.layers().len()];
    for ink in ink.chunks_exact(network.inputs()) {
        let ink: Vec<u8> = ink.iter().map(|&ink| ink as u8).collect();
        let digit = Digit::from_square(&ink).unwrap().unwrap();
        for (all, activations) in all.iter_mut().zip(network.activations(&digit).unwrap()) {
            all.extend(activations);
        }
    }
    recipe.scales(network, &mut all)
}

#[test]
fn every_spike_is_that_of_the_tool() {
    for recipe in Recipe::ALL {
        for network in ["question", "small"] {
            let what = format!("{}_{network}", recipe.name);
            let bytes = fs::read(Path::new(RECORDINGS).join(format!("{what}.npz"))).unwrap();
            let mut npz = Npz::open(&bytes).unwrap();
            let model = model(&mut npz);
            let layers = model.network().layers().len();
            // The tools calibrate on the two images. A layer without neurons has no scale.
            let array = match recipe.name {
                "spikingjelly_max" => "max",
                "spikingjelly_99.9" => "percentile99.9",
                "snn_toolbox" => "scales",
                _ => "",
            };
            let mut scales = npz.array(array).map(|scales| scales.to_f64()).unwrap_or_default();
            scales.resize(layers, 1.0);
            for (own, tools) in scales_of(&model, recipe, &single(&mut npz, "images")).iter().zip(&scales) {
                assert!((own / tools - 1.0).abs() < 1e-5, "{what}: {own} {tools}");
            }
            let mut run = RecipeRun::new(&model, recipe, &scales).unwrap();
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
                // PyTorch and TensorFlow sum in another order.
                assert!(
                    wrong as f64 <= all / 1000.0 && all > 100.0,
                    "{what}, image {image}: {wrong} of {all}"
                );
                let mut sums = vec![0.0; classes];
                for outputs in trace.outputs.chunks_exact(classes) {
                    sums.iter_mut().zip(outputs).for_each(|(sum, &x)| *sum += f64::from(x));
                }
                // Outputs of SNN Toolbox fire: its sums are counts.
                let height = if recipe.name == "snn_toolbox" { scales[layers - 1] } else { 1.0 };
                let expected: Vec<f64> =
                    all_sums[image * classes..][..classes].iter().map(|sum| sum * height).collect();
                // A spike in another step changes the sums.
                for (a, b) in sums.iter().zip(&expected).filter(|_| wrong == 0) {
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
            Labelled { digit: Digit::from_square(&ink).unwrap(), label }
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
    assert_eq!(names, ["snn_toolbox", "sinabs_from_model"]);
}

#[test]
fn no_digit_is_read_with_a_scale_of_its_own() {
    // A neuron for each class that reads one pixel: its scale is the largest of the two pixels in the other half of the digits.
    let first = Array2::from_shape_fn((64, 2), |(i, j)| if i == j { 1.0_f32 } else { 0.0 });
    let layer = |weights, activation| Layer::new("a", Weights::Float(weights), activation);
    let layers = vec![layer(first, Activation::Relu), layer(Array2::eye(2), Activation::Softmax)];
    let model = Model::new(Network::new(layers).unwrap(), Description::default()).unwrap();
    let image = |pixels: [u8; 2], label| {
        let ink: [u8; 64] = std::array::from_fn(|i| pixels.get(i).copied().unwrap_or(0));
        Labelled { digit: Digit::from_square(&ink).unwrap(), label }
    };
    // Under the scale of the first digit both neurons of the second fire in each step, and the answer is the lower class.
    let images = [image([10, 10], 0), image([200, 255], 1)];
    let accuracy = |images: &[Labelled]| {
        let reports = compare_recipes(&model, images).unwrap();
        reports.into_iter().find(|report| report.name == "spikingjelly_max").unwrap().accuracy[4]
    };
    assert_eq!(accuracy(&images), 0.5);
    assert_eq!(accuracy(&images[1..]), 1.0);
}
