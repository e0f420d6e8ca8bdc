//! The training run: distorted, noisy batches on one side, gradient steps on the other.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::Result;
use candle_core::{Device, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use indicatif::ProgressBar;
use rayon::prelude::*;
use spikepad::PIXELS;

use crate::augment::{Augmenter, Variation};
use crate::network::{CLASSES, Network};
use crate::random::{Purpose, Stream};
use crate::schedule;
use crate::shape::Shape;
use crate::spikes::{self, Presenter};
use crate::spiking::Membranes;

/// Batches that may wait for the network.
const QUEUE: usize = 4;

/// Steps between two lines of progress where there is no terminal for a bar.
const REPORT_EVERY: usize = 1000;

/// Steps between two looks of the weight average.
const AVERAGE_EVERY: usize = 4;

/// Everything that a run depends on, beside the digits.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Seed of all that is random.
    pub seed: u64,
    /// Times that every digit is shown.
    pub epochs: usize,
    /// Digits a gradient step.
    pub batch: usize,
    /// Peak of the learning rate.
    pub rate: f64,
    /// Weight decay of AdamW.
    pub decay: f64,
    /// Share of the hidden neurons that are silenced.
    pub dropout: f32,
    /// Share of the target that is spread over all classes (C. Szegedy et al., "Rethinking the
    /// Inception architecture", 2016).
    pub smoothing: f32,
    /// Steps that the weight average looks back on.
    pub average: f64,
    /// Epochs that a distorted digit serves for; its spikes are new every time.
    pub reuse: usize,
    /// Distortion.
    pub variation: Variation,
    /// Share of the run, at its end, in which the distortion weakens, and how far.
    pub calm: [f64; 2],
    /// Hidden neurons.
    pub hidden: usize,
    /// Whether the network learns as spiking neurons too.
    pub spiking: Option<Spiking>,
}

/// Learning as spiking neurons, beside learning as an ANN.
#[derive(Debug, Clone, Copy)]
pub struct Spiking {
    /// The hidden layer's neurons.
    pub membranes: Membranes,
    /// Fewest and most steps of a presentation; uniform between.
    pub steps: [usize; 2],
    /// Weight of the spiking neurons' loss, of which the ANN's has the rest.
    pub share: f64,
}

/// One gradient step's digits.
struct Batch {
    input: Vec<f32>,
    targets: Vec<f32>,
    keep: Option<Vec<f32>>,
    /// `[digits, steps, 784]`.
    spikes: Option<Vec<f32>>,
}

/// The weights that a run starts from or ends with: `[784, hidden]` and `[hidden, 10]`, row-major.
#[derive(Debug, Clone)]
pub struct Trained {
    /// Of the hidden layer.
    pub hidden: Vec<f32>,
    /// Of the output layer.
    pub output: Vec<f32>,
}

/// Trains a network, from random weights or from those given.
pub fn train(
    shapes: &[Shape],
    labels: &[u8],
    recipe: &Recipe,
    start: Option<&Trained>,
    bar: &ProgressBar,
) -> Result<Trained> {
    let steps = recipe.epochs * (shapes.len() / recipe.batch);
    bar.set_length(steps as u64);
    // Candle's products run on the current pool. One thread of it leaves the other cores to the
    // batches, which cost more.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    thread::scope(|scope| {
        let (to_network, batches) = sync_channel(QUEUE);
        scope.spawn(move || produce(shapes, labels, recipe, &to_network));
        let network = match start {
            Some(trained) => Network::from_weights(trained)?,
            None => Network::new(recipe.seed, recipe.hidden)?,
        };
        alone.install(|| learn(&network, batches.into_iter(), steps, recipe, bar))
    })
}

/// Makes all batches of a run, in order; stops when nobody takes them.
fn produce(shapes: &[Shape], labels: &[u8], recipe: &Recipe, to_network: &SyncSender<Batch>) {
    let augmenter = Augmenter::new(recipe.seed);
    let presenter = Presenter::new();
    let mut distorted: Vec<[u8; PIXELS]> = shapes.iter().map(|shape| shape.ink).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    for epoch in 0..recipe.epochs {
        let progress = epoch as f64 / recipe.epochs as f64;
        let strength = schedule::calming(recipe.calm[0], recipe.calm[1], progress) as f32;
        let variation = recipe.variation.scaled(strength);
        Stream::new(recipe.seed, Purpose::Order, epoch as u64, 0).shuffle(&mut order);
        for indices in order.chunks_exact(recipe.batch) {
            let mut input = vec![0.0; recipe.batch * PIXELS];
            let digits: Vec<[u8; PIXELS]> = input
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
            let mut targets = vec![recipe.smoothing / CLASSES as f32; recipe.batch * CLASSES];
            for (row, &index) in targets.chunks_exact_mut(CLASSES).zip(indices) {
                row[usize::from(labels[index])] += 1.0 - recipe.smoothing;
            }
            let keep = (recipe.dropout > 0.0).then(|| {
                let mut random = Stream::new(recipe.seed, Purpose::Dropout, epoch as u64, indices[0] as u64);
                let kept = 1.0 / (1.0 - recipe.dropout);
                let keep = |_| if random.uniform() < recipe.dropout { 0.0 } else { kept };
                (0..recipe.batch * recipe.hidden).map(keep).collect()
            });
            let spikes = recipe.spiking.map(|Spiking { steps: [fewest, most], .. }| {
                let mut random = Stream::new(recipe.seed, Purpose::Trains, epoch as u64, indices[0] as u64);
                let steps = fewest + random.below(most - fewest + 1);
                let mut trains = vec![0.0; recipe.batch * steps * PIXELS];
                let digits = trains.par_chunks_exact_mut(steps * PIXELS).zip(indices);
                digits.for_each(|(train, &index)| {
                    let mut random =
                        Stream::new(recipe.seed, Purpose::Trains, (epoch + 1) as u64, index as u64);
                    spikes::present_in_steps(&distorted[index], &mut random, train);
                });
                trains
            });
            if to_network.send(Batch { input, targets, keep, spikes }).is_err() {
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
    for (step, Batch { input, targets, keep, spikes }) in batches.enumerate() {
        optimiser.set_learning_rate(schedule::rate(recipe.rate, step as f64 / steps as f64));
        let keep = keep.map(|keep| tensor(keep, recipe.hidden)).transpose()?;
        let targets = tensor(targets, CLASSES)?;
        let (loss, mut gradients) = network.gradients(&tensor(input, PIXELS)?, &targets, keep.as_ref())?;
        if let (Some(spikes), Some(spiking)) = (spikes, recipe.spiking) {
            let rows = spikes.len() / PIXELS;
            let spikes = Tensor::from_vec(spikes, (rows, PIXELS), &Device::Cpu)?;
            let (_, as_spikes) = network.spiking_gradients(&spikes, &targets, spiking.membranes)?;
            for var in network.vars() {
                if let (Some(a), Some(b)) = (gradients.remove(&var), as_spikes.get(&var)) {
                    gradients.insert(&var, ((a * (1.0 - spiking.share))? + (b * spiking.share)?)?);
                }
            }
        }
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
