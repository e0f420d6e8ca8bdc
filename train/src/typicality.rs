//! Fits the [`Typicality`]: how the hidden neurons fire for digits, and not for other pictures.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use candle_core::{DType, Device, Tensor, Var};
use candle_nn::loss::binary_cross_entropy_with_logit;
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use spikepad::{
    Digit, Labelled, Model, Observer, Readout, Settings, Spikes, SpikingNetwork, Typicality, Weights,
    presentation_seed,
};

use crate::card;
use crate::mnist::Digits;
use crate::outliers;
use crate::quantise::quantise;
use crate::recipe::STRONG;
use crate::templates::Templates;
use crate::written::Written;

/// Number of training digits, and also of outliers, for the fit.
const FITTED: usize = 24_000;

/// Number of digits drawn from templates for the fit.
const WRITTEN: usize = 8_000;

/// Round of their random streams.
const ROUND: u64 = u64::MAX - 1;

/// Gradient steps of a fit, the largest learning rate, and the penalty on the squares of the weights.
const STEPS: usize = 400;
const RATE: f64 = 0.05;
const PENALTY: f64 = 0.005;

/// Fraction of the held-back digits that do not count as typical.
const REFUSED: f64 = 0.015;

/// The model with a typicality. It is fitted to digits of `train` and of templates, and to outliers. Then its
/// constant is chosen so that all digits of `held_back` except the fraction [`REFUSED`] are typical.
pub fn fitted(model: &Model, train: &Digits, held_back: &[Labelled], seed: u64) -> Result<Model> {
    let settings = model.defaults().with(|settings| settings.seed = seed);
    let templates = Templates::read()?;
    let written = Written::draw(&templates, WRITTEN, STRONG, seed, ROUND).images;
    let digits = train.images.iter().take(FITTED).chain(&written).filter_map(Digit::from_ink);
    let digits = present(model, &digits.collect::<Vec<_>>(), &settings)?;
    let outliers = present(model, &outliers::draw(train, &templates.other, FITTED, seed)?, &settings)?;

    let sizes = model.network().sizes();
    let [.., neurons, classes] = sizes[..] else { bail!("there is no hidden layer") };
    let mut weights = Array2::zeros((neurons, classes));
    let mut bias = vec![0.0; classes];
    for (class, mut weights) in weights.columns_mut().into_iter().enumerate() {
        let rates = |seen: &[Seen]| {
            let won = seen.iter().filter(|seen| seen.winner == Some(class));
            won.map(|seen| seen.rates(settings.steps)).collect::<Vec<_>>()
        };
        let (slopes, constant) = fit(&rates(&digits), &rates(&outliers), neurons)
            .with_context(|| format!("the typicality of class {class}"))?;
        weights.assign(&Array1::from_vec(slopes));
        bias[class] = constant;
    }
    let Weights::Int8 { integers, scales } = quantise(&weights) else {
        bail!("the typicality is not quantised")
    };
    let mut typicality = Typicality { weights: integers, scale: scales.to_vec(), bias };

    let held_back: Vec<Digit> = held_back.iter().filter_map(|labelled| labelled.digit.clone()).collect();
    let mut scores: Vec<f64> = present(model, &held_back, &settings)?
        .iter()
        .filter_map(|seen| Some(typicality.score(seen.winner?, &seen.counts, settings.steps)))
        .collect();
    scores.sort_by(f64::total_cmp);
    let least = scores.get((scores.len() as f64 * REFUSED) as usize).copied().unwrap_or(0.0);
    typicality.bias.iter_mut().for_each(|bias| *bias -= least as f32);
    card::described(model, |description| description.typicality = Some(Arc::new(typicality)))
}

/// The spikes of the last hidden layer in one presentation, and the class that won.
struct Seen {
    counts: Vec<u32>,
    winner: Option<usize>,
}

impl Seen {
    fn rates(&self, steps: u32) -> Vec<f32> {
        self.counts.iter().map(|&count| count as f32 / steps as f32).collect()
    }
}

/// Presents every digit once.
fn present(model: &Model, digits: &[Digit], settings: &Settings) -> Result<Vec<Seen>> {
    struct Watch {
        counts: Vec<u32>,
        layer: usize,
        readout: Readout,
    }
    impl Observer for Watch {
        fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
            if layer == self.layer {
                spikes.iter().for_each(|(neuron, count)| self.counts[usize::from(neuron)] += count);
            }
            self.readout.layer(layer, spikes, membranes);
        }
    }
    let network = SpikingNetwork::new(model, settings)?;
    let layer = model.network().layers().len() - 1;
    let neurons = model.network().sizes()[layer];
    let seen = digits.par_iter().enumerate().map_init(
        || network.clone(),
        |network, (i, digit)| {
            let mut watch = Watch { counts: vec![0; neurons], layer, readout: network.readout() };
            network.present(digit, presentation_seed(settings.seed, i as u64), &mut watch)?;
            Ok(Seen { winner: watch.readout.winner(), counts: watch.counts })
        },
    );
    seen.collect()
}

/// Logistic regression of digits against outliers on the rates of `neurons` neurons. Returns the slopes and the
/// constant. Without digits or without outliers, everything counts as a digit.
fn fit(digits: &[Vec<f32>], outliers: &[Vec<f32>], neurons: usize) -> Result<(Vec<f32>, f32)> {
    if digits.is_empty() || outliers.is_empty() {
        return Ok((vec![0.0; neurons], 1.0));
    }
    let count = digits.len() + outliers.len();
    let rates: Vec<f32> = digits.iter().chain(outliers).flatten().copied().collect();
    let rates = Tensor::from_vec(rates, (count, neurons), &Device::Cpu)?;
    let targets = [vec![1.0f32; digits.len()], vec![0.0; outliers.len()]].concat();
    let targets = Tensor::from_vec(targets, (count, 1), &Device::Cpu)?;
    let mean = rates.mean_keepdim(0)?;
    let deviation = (rates.var_keepdim(0)?.sqrt()? + 1e-3)?;
    let standard = rates.broadcast_sub(&mean)?.broadcast_div(&deviation)?;

    let slopes = Var::zeros((neurons, 1), DType::F32, &Device::Cpu)?;
    let constant = Var::zeros((1, 1), DType::F32, &Device::Cpu)?;
    let parameters = ParamsAdamW { weight_decay: 0.0, ..ParamsAdamW::default() };
    let mut optimiser = AdamW::new(vec![slopes.clone(), constant.clone()], parameters)?;
    for step in 0..STEPS {
        optimiser.set_learning_rate(RATE * (1.0 - step as f64 / STEPS as f64));
        let odds = standard.matmul(&slopes)?.broadcast_add(&constant)?;
        let loss = binary_cross_entropy_with_logit(&odds, &targets)?;
        optimiser.backward_step(&(loss + (slopes.sqr()?.sum_all()? * PENALTY)?)?)?;
    }
    let slopes = slopes.t()?.div(&deviation)?;
    let constant = constant.sub(&(&slopes * mean)?.sum_keepdim(1)?)?;
    Ok((slopes.flatten_all()?.to_vec1()?, constant.flatten_all()?.to_vec1()?[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_uses_the_rates_that_differ() {
        // The first rate differs between the kinds. The second varies in both alike. The third is constant.
        let kind =
            |low: f32| (0..200).map(move |i| vec![low + (i % 20) as f32 / 100.0, (i % 7) as f32 / 7.0, 0.5]);
        let (digits, outliers): (Vec<_>, Vec<_>) = (kind(0.5).collect(), kind(0.2).collect());
        let (slopes, constant) = fit(&digits, &outliers, 3).unwrap();
        let score = |rates: &Vec<f32>| slopes.iter().zip(rates).map(|(s, r)| s * r).sum::<f32>() + constant;
        assert!(digits.iter().all(|rates| score(rates) > 0.0));
        assert!(outliers.iter().all(|rates| score(rates) < 0.0));
        assert!(slopes[0] > 10.0 * slopes[1].abs());
    }

    #[test]
    fn without_outliers_everything_is_a_digit() {
        assert_eq!(fit(&[vec![0.5; 2]], &[], 2).unwrap(), (vec![0.0; 2], 1.0));
    }
}
