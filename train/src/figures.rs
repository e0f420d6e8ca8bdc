//! Measures the accuracy of a trained network with the library that ships.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use spikepad::{Digit, Drawing, Labelled, Model, PIXELS, Point};

use crate::augment::{Augmenter, Variation};
use crate::mnist::Digits;
use crate::random::{Purpose, Stream};
use crate::shape::Shape;
use crate::spikes::{LONGEST, Presenter};

/// Fraction of the digits that the ANN classifies correctly.
pub fn ann_accuracy(model: &Model, digits: &[Labelled]) -> f64 {
    let is_right = |d: &&Labelled| {
        d.digit.as_ref().and_then(|digit| model.network().classify(digit).ok()?) == Some(usize::from(d.label))
    };
    digits.par_iter().filter(is_right).count() as f64 / digits.len() as f64
}

/// Mean cross entropy of the ANN's softmax, in nats per digit. It distinguishes networks of equal accuracy.
pub fn ann_loss(model: &Model, digits: &[Labelled]) -> f64 {
    let loss = |d: &Labelled| {
        let digit = d.digit.as_ref()?;
        let chance = model.network().probabilities(digit).ok()?[usize::from(d.label)];
        Some(-f64::from(chance.max(f32::MIN_POSITIVE)).ln())
    };
    let losses: Vec<f64> = digits.par_iter().filter_map(loss).collect();
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// MNIST's digits in the library's form.
pub fn labelled(digits: &Digits) -> Vec<Labelled> {
    let of = |(ink, &label): (_, &u8)| Labelled { digit: Digit::from_ink(ink), label };
    digits.images.iter().zip(&digits.labels).map(of).collect()
}

/// The digits as `steps` steps of spikes show them, one picture of each.
pub fn noisy(digits: &Digits, steps: u16, seed: u64) -> Vec<Labelled> {
    let presenter = Presenter::new(LONGEST);
    let indexed = digits.images.par_iter().zip(&digits.labels).enumerate();
    indexed
        .map(|(index, (ink, &label))| {
            let mut shares = [0.0; PIXELS];
            let mut random = Stream::new(seed, Purpose::Measurement, u64::from(steps), index as u64);
            presenter.present_for(steps, ink, &mut random, &mut shares);
            Labelled { digit: Digit::from_ink(&shares.map(|s| (s * 255.0).round() as u8)), label }
        })
        .collect()
}

/// The digits, each distorted `copies` times.
pub fn distorted(digits: &Digits, variation: &Variation, copies: u64, seed: u64) -> Vec<Labelled> {
    let augmenter = Augmenter::new(seed);
    let indexed = digits.images.par_iter().zip(&digits.labels).enumerate();
    indexed
        .flat_map_iter(|(index, (ink, &label))| {
            let shape = Shape::new(ink);
            let copy = |copy| {
                let ink = augmenter.distort(&shape, variation, u64::MAX - copy, index as u64);
                Labelled { digit: Digit::from_ink(&ink), label }
            };
            (0..copies).map(copy).collect::<Vec<_>>()
        })
        .collect()
}

/// A drawing with its class, in the format of `spikepad classify --strokes`.
#[derive(Debug, Deserialize)]
pub struct LabelledStrokes {
    label: u8,
    strokes: Vec<Vec<Point>>,
}

impl LabelledStrokes {
    /// Reads a file with one JSON object per line.
    pub fn read(path: &Path) -> Result<Vec<Self>> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let parsed = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        parsed.with_context(|| format!("{} does not hold one drawing per line", path.display()))
    }

    /// The drawing, scaled by `scale` and drawn with a pen of the width `pen`.
    pub fn drawn(&self, pen: f64, scale: f64) -> Result<Labelled> {
        let scaled = |stroke: &Vec<Point>| stroke.iter().map(|p| p.map(|c| c * scale)).collect();
        let drawing = Drawing::new(self.strokes.iter().map(scaled).collect(), pen)?;
        let digit = drawing.rasterise().and_then(|raster| Digit::from_raster(&raster));
        Ok(Labelled { digit, label: self.label })
    }
}
