//! The training loop: one thread makes batches of distorted, noisy digits, another takes gradient steps.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::Result;
use candle_core::{Device, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use indicatif::ProgressBar;
use rayon::prelude::*;
use spikepad::PIXELS;

use crate::augment::{Augmenter, Variation};
use crate::network::{CLASSES, Network, Trained};
use crate::random::{Purpose, Stream};
use crate::schedule;
use crate::shape::Shape;
use crate::spikes::Presenter;
use crate::written::Written;

/// Largest number of batches in the queue.
const QUEUE: usize = 4;

/// Steps between two lines of progress if there is no terminal for a progress bar.
const REPORT_EVERY: usize = 1000;

/// Steps between two updates of the weight average.
const AVERAGE_EVERY: usize = 4;

/// Everything that a run depends on, besides the digits.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Seed of all random numbers.
    pub seed: u64,
    /// How often every digit is shown.
    pub epochs: usize,
    /// Digits per gradient step.
    pub batch: usize,
    /// Peak of the learning rate, and the fraction of it that the run ends with.
    pub rate: [f64; 2],
    /// Weight decay of AdamW.
    pub decay: f64,
    /// Time constant of the weight average, in gradient steps.
    pub average: f64,
    /// Epochs for which a distorted digit is used. Its spikes are drawn anew in every epoch.
    pub reuse: usize,
    /// Distortion.
    pub variation: Variation,
    /// Fraction of the run, at its end, in which the distortion weakens, and the factor that it ends with.
    pub calm: [f64; 2],
    /// Hidden neurons.
    pub hidden: usize,
    /// Activation at which hidden neurons saturate in half of the loss: see [`Network::gradients`].
    pub ceiling: Option<f64>,
    /// Digits of each batch that are drawn from templates.
    pub written: usize,
    /// Strength with which their templates vary.
    pub written_strength: f64,
    /// The most time steps of the spikes that digits are shown as.
    pub longest: u16,
}

impl Recipe {
    /// MNIST's digits in a batch.
    pub fn own(&self) -> usize {
        self.batch - self.written
    }
}

/// The digits of one gradient step.
struct Batch {
    input: Vec<f32>,
    targets: Vec<f32>,
}

/// What a network is trained on.
#[derive(Clone, Copy)]
pub struct Lessons<'a> {
    /// MNIST's digits.
    pub shapes: &'a [Shape],
    /// Their classes.
    pub labels: &'a [u8],
    /// Digits drawn from templates. They are shown in their order, again and again, each time with new spikes.
    pub written: &'a Written,
}

/// Trains a network, from random weights or from those given.
pub fn train(
    lessons: Lessons,
    recipe: &Recipe,
    start: Option<&Trained>,
    bar: &ProgressBar,
) -> Result<Trained> {
    let steps = recipe.epochs * (lessons.shapes.len() / recipe.own());
    bar.set_length(steps as u64);
    // Candle's products run on the current thread pool. With one thread they leave the other cores to the
    // batches, which take more time.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    thread::scope(|scope| {
        let (to_network, batches) = sync_channel(QUEUE);
        scope.spawn(move || produce(lessons, recipe, &to_network));
        let network = match start {
            Some(trained) => Network::from_weights(trained)?,
            None => Network::new(recipe.seed, recipe.hidden)?,
        };
        alone.install(|| learn(&network, batches.into_iter(), steps, recipe, bar))
    })
}

/// Makes all batches of a run, in order. Stops when the receiver is gone.
fn produce(lessons: Lessons, recipe: &Recipe, to_network: &SyncSender<Batch>) {
    let Lessons { shapes, labels, written } = lessons;
    let augmenter = Augmenter::new(recipe.seed);
    let presenter = Presenter::new(recipe.longest);
    let mut distorted: Vec<[u8; PIXELS]> = shapes.iter().map(|shape| shape.ink).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    let mut shown = 0;
    for epoch in 0..recipe.epochs {
        let progress = epoch as f64 / recipe.epochs as f64;
        let strength = schedule::calming(recipe.calm[0], recipe.calm[1], progress) as f32;
        let variation = recipe.variation.scaled(strength);
        Stream::new(recipe.seed, Purpose::Order, epoch as u64, 0).shuffle(&mut order);
        for indices in order.chunks_exact(recipe.own()) {
            let mut input = vec![0.0; recipe.batch * PIXELS];
            let (own, drawn) = input.split_at_mut(recipe.own() * PIXELS);
            let digits: Vec<[u8; PIXELS]> = own
                .par_chunks_exact_mut(PIXELS)
                .zip(indices)
                .map(|(input, &index)| {
                    let is_due = epoch == 0 || (index + epoch).is_multiple_of(recipe.reuse);
                    let ink = if is_due {
                        augmenter.distort(&shapes[index], &variation, epoch as u64, index as u64)
                    } else {
                        distorted[index]
                    };
                    let mut random = Stream::new(recipe.seed, Purpose::Spikes, epoch as u64, index as u64);
                    presenter.present(&ink, &mut random, input);
                    ink
                })
                .collect();
            for (&index, ink) in indices.iter().zip(digits) {
                distorted[index] = ink;
            }
            let first = shown;
            drawn.par_chunks_exact_mut(PIXELS).enumerate().for_each(|(i, input)| {
                let index = first + i;
                let mut random = Stream::new(recipe.seed, Purpose::WrittenSpikes, 0, index as u64);
                presenter.present(&written.images[index % written.images.len()], &mut random, input);
            });
            shown += recipe.written;
            let mut targets = vec![0.0; recipe.batch * CLASSES];
            let classes = indices.iter().map(|&index| labels[index]);
            let drawn = (first..shown).map(|index| Written::label(index % written.images.len()));
            for (row, class) in targets.chunks_exact_mut(CLASSES).zip(classes.chain(drawn)) {
                row[usize::from(class)] = 1.0;
            }
            if to_network.send(Batch { input, targets }).is_err() {
                return;
            }
        }
    }
}

/// Takes a gradient step for each batch.
fn learn(
    network: &Network,
    batches: impl Iterator<Item = Batch>,
    steps: usize,
    recipe: &Recipe,
    bar: &ProgressBar,
) -> Result<Trained> {
    let parameters = ParamsAdamW { weight_decay: recipe.decay, ..ParamsAdamW::default() };
    let mut optimiser = AdamW::new(network.vars(), parameters)?;
    let mut average: Vec<Tensor> =
        network.vars().iter().map(|v| v.as_detached_tensor().copy()).collect::<Result<_, _>>()?;
    let fresh_share = (AVERAGE_EVERY as f64 / recipe.average).min(1.0);
    let tensor =
        |values: Vec<f32>, columns: usize| Tensor::from_vec(values, (recipe.batch, columns), &Device::Cpu);
    for (step, Batch { input, targets }) in batches.enumerate() {
        optimiser.set_learning_rate(schedule::rate(recipe.rate, step as f64 / steps as f64));
        let (input, targets) = (tensor(input, PIXELS)?, tensor(targets, CLASSES)?);
        let (loss, gradients) = network.gradients(&input, &targets, recipe.ceiling)?;
        optimiser.step(&gradients)?;
        if step % AVERAGE_EVERY == 0 {
            for (average, var) in average.iter_mut().zip(network.vars()) {
                *average = ((&*average * (1.0 - fresh_share))? + (var.as_detached_tensor() * fresh_share)?)?;
            }
        }
        if step % REPORT_EVERY == 0 && bar.is_hidden() {
            eprintln!("{}: step {step} of {steps}, loss {:.4}", bar.prefix(), loss.to_scalar::<f32>()?);
        }
        if step % 64 == 0 {
            bar.set_message(format!("loss {:.4}", loss.to_scalar::<f32>()?));
            bar.set_position(step as u64);
        }
    }
    bar.finish();
    let values = |tensor: &Tensor| tensor.flatten_all()?.to_vec1::<f32>();
    Ok(Trained { hidden: values(&average[0])?, output: values(&average[1])? })
}
