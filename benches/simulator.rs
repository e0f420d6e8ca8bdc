//! Benchmarks of a presentation and its parts: `cargo bench`, `cargo bench -- layer`, and so on.
//!
//! They use ten drawn digits, 350 steps and the shipped network. Use them to work on one part. `spikepad bench`
//! measures the ratios of the whole in one run.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::fs;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;
use spikepad::internals::{Parts, Reference};
use spikepad::{
    Digit, Drawing, EvaluationOptions, Labelled, Model, Point, Settings, SpikingNetwork, evaluate,
};

/// The width of the pen that the digits are drawn with.
const PEN: f64 = 20.0;

#[derive(Deserialize)]
struct Sample {
    label: u8,
    strokes: Vec<Vec<Point>>,
}

fn model() -> (Model, Settings) {
    let file = fs::read("www/assets/mnist-784-128-10.safetensors").unwrap();
    let model = Model::from_safetensors(&file).unwrap();
    let settings = model.defaults().with(|settings| settings.steps = 350);
    (model, settings)
}

fn drawn() -> Vec<(Digit, u8)> {
    let samples: Vec<Sample> = serde_json::from_slice(&fs::read("www/assets/samples.json").unwrap()).unwrap();
    let digit = |Sample { label, strokes }| {
        let raster = Drawing::new(strokes, PEN).unwrap().rasterise().unwrap();
        (Digit::from_raster(&raster).unwrap(), label)
    };
    samples.into_iter().map(digit).collect()
}

/// Measures all ten digits, one after another.
fn all_digits(criterion: &mut Criterion, name: &str, mut present: impl FnMut(usize)) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(10));
    group.bench_function("10 digits", |bencher| bencher.iter(|| (0..10).for_each(&mut present)));
    group.finish();
}

fn parts(criterion: &mut Criterion) {
    let (model, settings) = model();
    let parts = drawn().into_iter().map(|(digit, _)| Parts::of(&model, &digit, &settings).unwrap());
    let mut parts: Vec<Parts> = parts.collect();
    all_digits(criterion, "encoder", |i| parts[i].encode());
    all_digits(criterion, "layer", |i| parts[i].first_layer());
    all_digits(criterion, "floor", |i| parts[i].add_rows());
}

fn presentation(criterion: &mut Criterion) {
    let (model, settings) = model();
    let digits = drawn();
    let mut network = SpikingNetwork::new(&model, &settings).unwrap();
    let readout = network.readout();
    all_digits(criterion, "presentation", |i| {
        network.present(&digits[i].0, 1, &mut readout.clone()).unwrap()
    });
    let mut reference = Reference::new(&model, &settings).unwrap();
    all_digits(criterion, "reference", |i| reference.present(&digits[i].0, 1, &mut readout.clone()).unwrap());
}

fn set(criterion: &mut Criterion) {
    let (model, settings) = model();
    let digits = drawn().into_iter().map(|(digit, label)| Labelled { digit: Some(digit), label });
    let digits: Vec<Labelled> = digits.cycle().take(200).collect();
    let mut group = criterion.benchmark_group("set");
    group.throughput(Throughput::Elements(digits.len() as u64));
    group.bench_function("200 digits, all threads", |bencher| {
        bencher.iter(|| evaluate(&model, &settings, &digits, &EvaluationOptions::default()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, parts, presentation, set);
criterion_main!(benches);
