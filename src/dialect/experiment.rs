//! The question's experiment in any dialect: presents digits with Poisson input for a number of steps, and
//! reads a class from the output spikes.

#[cfg(feature = "doctor")]
use std::ops::ControlFlow;

use super::catalogue::{Dialect, check_steps};
use super::decoding::{Answer, Decoder, Decoding};
use super::error::DialectError;
use super::facts::Facts;
use super::input::Input;
use super::running::Running;
use super::shared::{Shared, SumsKey};
use crate::clock::Observer;
use crate::digit::Digit;
use crate::encoding::presentation_seed;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::readout::Verdict;
use crate::simulation::{CHUNK, Labelled, Recorder, Recording, RunningReadout};
use crate::spikes::Spikes;

/// The counts of an experiment, summed over its images. The tallies of the parts of a set add up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Images shown.
    pub images: u64,
    /// Images read correctly, as users of the frameworks count: the lowest class is the answer among equals,
    /// and class 0 is the answer if no output fires.
    pub right: u64,
    /// Images for which outputs fired and several had the largest score.
    pub ties: u64,
    /// Images for which no output fired.
    pub silent: u64,
    /// Spikes of the input.
    pub input_spikes: u64,
    /// Spikes of all layers between input and output.
    pub hidden_spikes: u64,
    /// Spikes of the output.
    pub output_spikes: u64,
    /// Synaptic operations: a spike causes one in each synapse that it reaches.
    pub synops: u64,
    /// The class that was read for each image; `None` if no output fired.
    pub answers: Vec<Option<usize>>,
}

impl Tally {
    /// Adds the tally of the images that follow.
    pub fn add(&mut self, next: Self) {
        self.images += next.images;
        self.right += next.right;
        self.ties += next.ties;
        self.silent += next.silent;
        self.input_spikes += next.input_spikes;
        self.hidden_spikes += next.hidden_spikes;
        self.output_spikes += next.output_spikes;
        self.synops += next.synops;
        self.answers.extend(next.answers);
    }
}

/// The options of an experiment over a set of images.
#[derive(Clone, Copy)]
pub struct ExperimentOptions<'a> {
    /// How the class is read from the outputs. `None` means: as users of the framework read it.
    pub decoding: Option<Decoding>,
    /// Time steps of each presentation.
    pub steps: u32,
    /// Seed of the input spikes. Each image gets its own seed from this seed and the image's index.
    pub seed: u64,
    /// Called after each run of images with its length. Several threads may call it.
    pub done: &'a (dyn Fn(usize) + Sync),
}

impl Default for ExperimentOptions<'_> {
    /// The experiment of the question: 350 steps.
    fn default() -> Self {
        Self { decoding: None, steps: 350, seed: 1, done: &|_| () }
    }
}

/// A network in a dialect, to which digits can be presented.
pub struct Experiment {
    model: Model,
    dialect: Dialect,
    decoding: Option<Decoding>,
    steps: u32,
    running: Running,
    decoder: Decoder,
    /// What the sums of the first layer depend on; `None` for a network that gets no spikes.
    key: Option<SumsKey>,
}

impl Experiment {
    /// Prepares `model` in `dialect` for `steps` steps per image. The class is read by `decoding`, or as users
    /// of the framework read it if that is `None`.
    ///
    /// # Errors
    /// [`DialectError`] where the number of steps is out of its range, the outputs cannot be read by `decoding`, or a
    /// parameter has numbers for more layers than the network has.
    pub fn new(
        model: &Model,
        dialect: &Dialect,
        decoding: Option<Decoding>,
        steps: u32,
    ) -> Result<Self, DialectError> {
        check_steps(steps)?;
        if dialect.has_spikes() && !model.transmission().is_perfect() {
            return Err(DialectError::LostSpikes { dialect: dialect.name().into() });
        }
        decoding.map_or(Ok(()), |decoding| dialect.check_decoding(decoding))?;
        Ok(Self {
            decoding: dialect.decoding().map(|own| decoding.unwrap_or(own)),
            running: Running::new(model, dialect)?,
            decoder: Decoder::new(model.network().classes()),
            key: dialect.sums_key(steps),
            model: model.clone(),
            dialect: dialect.clone(),
            steps,
        })
    }

    /// The number of inputs of the network: the pixels of each image.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.model.network().inputs()
    }

    /// How the class is read; `None` for the ANN.
    #[must_use]
    pub fn decoding(&self) -> Option<Decoding> {
        self.decoding
    }

    /// Facts about the update rule; `None` for the ANN.
    #[must_use]
    pub fn facts(&self) -> Option<Facts> {
        self.dialect.facts()
    }

    /// Presents `images`. The first image has the index `first` in its set. The input spikes depend on the
    /// image, its index and `seed`. A network that keeps its state from image to image also keeps it until
    /// the next call: see [`CHUNK`].
    ///
    /// # Errors
    /// [`DialectError::Simulation`] where a digit does not fit the network.
    pub fn run(&mut self, images: &[Labelled], first: usize, seed: u64) -> Result<Tally, DialectError> {
        let mut tally = Tally::default();
        for (i, image) in images.iter().enumerate() {
            let index = first.wrapping_add(i);
            tally.add(self.show_alone(image, index, presentation_seed(seed, index as u64))?);
        }
        Ok(tally)
    }

    /// Presents `images`, a sample of a larger set, in which the image at each position of the sample has the index of
    /// `indices` there. So each image gets the spikes that it gets where the whole set is presented, and the tallies of samples
    /// add up to that of the set. `first` is the position in the sample of the first of `images`: a network that keeps its state
    /// starts from rest at each position that is a multiple of [`CHUNK`].
    ///
    /// # Errors
    /// [`DialectError::Simulation`] where a digit does not fit the network.
    pub fn run_sample(
        &mut self,
        images: &[Labelled],
        indices: &[u32],
        first: usize,
        seed: u64,
    ) -> Result<Tally, DialectError> {
        let mut tally = Tally::default();
        for (i, (image, &index)) in images.iter().zip(indices).enumerate() {
            tally.add(self.show_alone(
                image,
                first.wrapping_add(i),
                presentation_seed(seed, index.into()),
            )?);
        }
        Ok(tally)
    }

    /// Presents `digit`, the one with the index `index` among those that are presented, with this seed, and keeps what each
    /// neuron does. The classes are read after each of the ascending `checkpoints`, of which the last one is the number of
    /// steps.
    ///
    /// # Errors
    /// The errors of [`Experiment::run`]; [`DialectError::NoSpikes`] for the ANN.
    #[cfg(feature = "doctor")]
    pub(crate) fn watch(
        &mut self,
        digit: &Digit,
        index: usize,
        seed: u64,
        checkpoints: &[u32],
    ) -> Result<Watched, DialectError> {
        let Some(decoding) = self.decoding else {
            return Err(DialectError::NoSpikes { dialect: self.dialect.name().into(), purpose: "examine" });
        };
        digit.check_inputs(self.model.network().inputs()).map_err(SimulationError::from)?;
        let keeps_state = self.start(index);
        self.decoder.restart(keeps_state);
        let sizes = self.model.network().sizes();
        let mut watcher = Watcher {
            decoder: &mut self.decoder,
            decoding,
            checkpoints,
            steps: 0,
            watched: Watched {
                classes: Vec::with_capacity(checkpoints.len()),
                totals: vec![0; sizes.len()],
                counts: sizes[1..].iter().map(|&neurons| vec![0; neurons]).collect(),
                logits: Vec::new(),
            },
        };
        let Self { running, dialect, steps, .. } = self;
        running.present(digit, || dialect.input(digit, seed), *steps, &mut watcher);
        Ok(watcher.watched)
    }

    /// Puts the neurons at rest, unless they keep their state up to the image with this index. Returns whether they do.
    fn start(&mut self, index: usize) -> bool {
        let keeps_state = self.dialect.is_stateful() && !index.is_multiple_of(CHUNK);
        if !keeps_state {
            self.running.rest();
        }
        keeps_state
    }

    /// Presents an image, the one with the index `index` among those that are presented.
    fn show_alone(&mut self, image: &Labelled, index: usize, seed: u64) -> Result<Tally, DialectError> {
        let mut shared = Shared::default();
        self.prepare(image, seed, &mut shared)?;
        self.show(image, index, seed, &shared)
    }

    /// Makes what the presentation of an image can share with others, unless it is there already.
    ///
    /// # Errors
    /// [`DialectError::Simulation`] where the digit does not fit the network.
    pub(super) fn prepare(
        &self,
        image: &Labelled,
        seed: u64,
        shared: &mut Shared,
    ) -> Result<(), DialectError> {
        if let Some(digit) = &image.digit {
            digit.check_inputs(self.model.network().inputs()).map_err(SimulationError::from)?;
            if let (Some(key), Some(first)) = (self.key, self.running.first()) {
                shared.prepare(key, first, digit, seed);
            }
        }
        Ok(())
    }

    /// What the sums of the first layer depend on; `None` for a network that gets no spikes.
    pub(super) fn key(&self) -> Option<SumsKey> {
        self.key
    }

    /// Presents an image, the one with the index `index` among those that are presented. `shared` was made for this image and
    /// this seed. What it lacks is made here.
    pub(super) fn show(
        &mut self,
        image: &Labelled,
        index: usize,
        seed: u64,
        shared: &Shared,
    ) -> Result<Tally, DialectError> {
        let network = self.model.network();
        if let Some(digit) = &image.digit {
            digit.check_inputs(network.inputs()).map_err(SimulationError::from)?;
        }
        let right = |answer: Option<usize>| u64::from(answer == Some(usize::from(image.label)));
        let Some(decoding) = self.decoding else {
            let answer = match &image.digit {
                Some(digit) => self.model.classify(digit, seed).map_err(SimulationError::from)?,
                None => None,
            };
            return Ok(Tally { images: 1, right: right(answer), answers: vec![answer], ..Tally::default() });
        };
        let keeps_state = self.start(index);
        self.decoder.restart(keeps_state);
        let sizes = self.model.network().sizes();
        let mut counter = Counter { decoder: &mut self.decoder, spikes: vec![0; sizes.len()] };
        if let Some(digit) = &image.digit {
            let Self { running, dialect, steps, key, .. } = self;
            match key.and_then(|key| Some((key, shared.train(key.input)?))) {
                Some((key, train)) => running.replay(train, shared.sums(key), &mut counter),
                None => running.present(digit, || dialect.input(digit, seed), *steps, &mut counter),
            }
        }
        let spikes = counter.spikes;
        let Answer { class, silent, tie } = self.decoder.answer(decoding);
        let (input, layers) = (spikes[0], &spikes[1..]);
        let (output, hidden) = layers.split_last().map_or((0, 0), |(&o, h)| (o, h.iter().sum()));
        Ok(Tally {
            images: 1,
            right: right(Some(class)),
            ties: tie.into(),
            silent: silent.into(),
            input_spikes: input,
            hidden_spikes: hidden,
            output_spikes: output,
            synops: spikes.iter().zip(&sizes[1..]).map(|(&spikes, &fan_out)| spikes * fan_out as u64).sum(),
            answers: vec![(!silent).then_some(class)],
        })
    }

    /// Presents `digit` from rest and records everything. All dialects, Nengo included, get the same input
    /// spikes from Bernoulli trials, so that they can be compared spike for spike; a network whose layers pass on numbers
    /// gets the digit itself, and its outputs have their weighted sums as potentials. The verdict has no decision
    /// and is never sure, because these are defined only for Spikepad's own neurons.
    ///
    /// # Errors
    /// [`DialectError`] where the dialect is the ANN, the digit does not fit the network, or the recording
    /// would not fit in memory.
    pub fn record(&mut self, digit: &Digit, seed: u64) -> Result<Recording, DialectError> {
        let Some(decoding) = self.decoding else {
            return Err(DialectError::NoSpikes { dialect: self.dialect.name().into(), purpose: "record" });
        };
        digit.check_inputs(self.model.network().inputs()).map_err(SimulationError::from)?;
        let sizes = self.model.network().sizes();
        let classes = self.model.network().classes();
        let readout = DialectReadout {
            decoding,
            decoder: Decoder::new(classes),
            counts: vec![0; classes],
            output: sizes.len() - 1,
        };
        let mut recorder = Recorder::new(&sizes, self.steps, readout)?;
        self.running.rest();
        self.running.present(digit, || Input::bernoulli(digit, seed), self.steps, &mut recorder);
        let steps = f64::from(self.steps);
        Ok(recorder.finish(|readout| readout.verdict(steps))?)
    }
}

/// What one presentation leaves.
#[cfg(feature = "doctor")]
pub(crate) struct Watched {
    /// The class after each number of steps that was asked for.
    pub classes: Vec<usize>,
    /// The spikes of all neurons of each layer, the input first.
    pub totals: Vec<u64>,
    /// The spikes of each neuron, for each layer after the input.
    pub counts: Vec<Vec<u32>>,
    /// The potentials of the outputs after the last step, if the network gives numbers; otherwise empty.
    pub logits: Vec<f32>,
}

#[cfg(feature = "doctor")]
struct Watcher<'a> {
    decoder: &'a mut Decoder,
    decoding: Decoding,
    checkpoints: &'a [u32],
    steps: u32,
    watched: Watched,
}

#[cfg(feature = "doctor")]
impl Observer for Watcher<'_> {
    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        self.watched.totals[layer] += spikes.total();
        if layer == 0 {
            return;
        }
        let counts = &mut self.watched.counts[layer - 1];
        for (neuron, count) in spikes.iter() {
            let total = &mut counts[usize::from(neuron)];
            *total = total.saturating_add(count);
        }
        if layer + 1 == self.watched.totals.len() {
            self.decoder.step(spikes);
            if self.decoding.reads_numbers() {
                self.watched.logits.clear();
                self.watched.logits.extend_from_slice(membranes);
            }
        }
    }

    fn outputs(&mut self, outputs: &[f32]) {
        self.decoder.take(outputs);
    }

    fn step_done(&mut self) -> ControlFlow<()> {
        self.steps += 1;
        if self.checkpoints.get(self.watched.classes.len()) == Some(&self.steps) {
            self.watched.classes.push(self.decoder.answer(self.decoding).class);
        }
        ControlFlow::Continue(())
    }
}

/// Counts the spikes of every layer, the input first, and reads the outputs.
struct Counter<'a> {
    decoder: &'a mut Decoder,
    spikes: Vec<u64>,
}

impl Observer for Counter<'_> {
    fn layer(&mut self, layer: usize, spikes: Spikes, _membranes: &[f32]) {
        self.spikes[layer] += spikes.total();
        if layer + 1 == self.spikes.len() {
            self.decoder.step(spikes);
        }
    }

    fn outputs(&mut self, outputs: &[f32]) {
        self.decoder.take(outputs);
    }
}

/// Reads the outputs of a presentation that is recorded.
struct DialectReadout {
    decoding: Decoding,
    decoder: Decoder,
    counts: Vec<u32>,
    output: usize,
}

impl DialectReadout {
    fn verdict(&self, steps: f64) -> Verdict {
        let (mut first, mut second) = (0, 0);
        for &count in &self.counts {
            second = second.max(count.min(first));
            first = first.max(count);
        }
        Verdict {
            digit: self.winner(),
            counts: self.counts.clone(),
            decision: None,
            margin: f64::from(first - second) / steps,
            doubt: None,
            sure: false,
        }
    }
}

impl Observer for DialectReadout {
    fn layer(&mut self, layer: usize, spikes: Spikes, _membranes: &[f32]) {
        if layer == self.output {
            self.decoder.step(spikes);
            for (class, count) in spikes.iter() {
                let total = &mut self.counts[usize::from(class)];
                *total = total.saturating_add(count);
            }
        }
    }

    fn outputs(&mut self, outputs: &[f32]) {
        self.decoder.take(outputs);
    }
}

impl RunningReadout for DialectReadout {
    fn counts(&self) -> &[u32] {
        &self.counts
    }

    fn winner(&self) -> Option<usize> {
        let Answer { class, silent, .. } = self.decoder.answer(self.decoding);
        (!silent).then_some(class)
    }
}

#[cfg(all(feature = "parallel", not(target_arch = "wasm32")))]
mod evaluate {
    use rayon::prelude::*;

    use super::{CHUNK, Dialect, DialectError, Experiment, ExperimentOptions, Labelled, Model, Tally};

    impl Experiment {
        /// Runs the experiment on all of `images` on all threads. The result does not depend on the number of
        /// threads: each takes runs of [`CHUNK`] images. `done` is called after each run with its length;
        /// several threads may call it.
        ///
        /// # Errors
        /// [`DialectError`] where the number of steps is out of its range, or a digit does not fit the
        /// network.
        pub fn evaluate(
            model: &Model,
            dialect: &Dialect,
            images: &[Labelled],
            options: &ExperimentOptions,
        ) -> Result<Tally, DialectError> {
            let ExperimentOptions { decoding, steps, seed, done } = *options;
            Self::new(model, dialect, decoding, steps)?;
            let runs = images.par_chunks(CHUNK).enumerate().map_init(
                || Self::new(model, dialect, decoding, steps),
                |experiment, (i, images)| {
                    let experiment = experiment.as_mut().map_err(|error| error.clone())?;
                    let tally = experiment.run(images, i * CHUNK, seed);
                    done(images.len());
                    tally
                },
            );
            let mut all = Tally::default();
            runs.collect::<Result<Vec<_>, DialectError>>()?.into_iter().for_each(|tally| all.add(tally));
            Ok(all)
        }
    }
}
