//! Finds the conversion that suits a network which nobody tuned, by what it does on labelled digits.
//!
//! Weights and biases are scaled by the activations that the digits cause in the ANN: data-based normalisation (P. Diehl
//! et al. 2015; B. Rueckauer et al. 2017, section 2.2). Then the spiking network reads the digits, with one candidate
//! after another, until one gives the ANN's answers.

use thiserror::Error;

use crate::clock::Observer;
use crate::digit::{Digit, DigitError};
use crate::encoding::presentation_seed;
use crate::layer::SimulationError;
use crate::model::{Description, Model, ModelError};
use crate::network::{self, ActivationStatistics, Conversion, ConversionError, Network, Normalisation};
use crate::neuron::Reset;
use crate::readout::{Readout, ReadoutRule};
use crate::simulation::{Labelled, SpikingNetwork};
use crate::spikes::Spikes;

/// Steps of a presentation.
const STEPS: u32 = 50;

/// Steps after which an early answer is compared, too.
const EARLY: u32 = 20;

/// The conversions that are tried, in this order: the activation that becomes one spike per step, the time constant of the
/// membrane in ms, and the reset. The first ones keep what they are given: a neuron without a leak that resets by
/// subtraction fires in proportion to its input.
const CANDIDATES: [(Normalisation, Option<f64>, Reset); 5] = [
    (Normalisation::Percentile99_9, None, Reset::Subtract),
    (Normalisation::Percentile99, None, Reset::Subtract),
    (Normalisation::Max, None, Reset::Subtract),
    (Normalisation::Percentile99, Some(100.0), Reset::Subtract),
    (Normalisation::Percentile99, Some(100.0), Reset::Zero),
];

/// Products of an activation and a weight that the ANN may take, about, if there is a choice.
const ANN_WORK: usize = 1_000_000_000;

/// Weights that the presentations of one candidate may add, about, if there is a choice.
const SPIKING_WORK: usize = 600_000_000;

/// The most activations that are kept for the statistics.
const MAX_ACTIVATIONS: usize = 4_000_000;

/// The fewest digits, whatever the work.
const FEWEST: usize = 20;

/// A leading output is never decided for at fewer spikes than the first of these, or at more than the last.
const LEADS: [f64; 5] = [2.0, 3.0, 4.0, 6.0, 8.0];

/// The lowest percentile by which a layer is scaled, as a share of its largest activation. Where few neurons of a layer are
/// ever active, a percentile may be 0.
const LEAST_SHARE: f64 = 0.05;

/// Why a network cannot be calibrated.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CalibrationError {
    /// There are no digits.
    #[error("there are no digits to calibrate the network with")]
    NoDigits,
    /// A digit does not fit the network.
    #[error(transparent)]
    Digit(#[from] DigitError),
    /// The converted network cannot be run.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
    /// The conversion does not fit the network.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// The description does not fit the network.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The description that suits `network`: the statistics of its activations over `digits`, a conversion, a readout, and in
/// the provenance how well the spiking network gives the ANN's answers. The labels serve only to take as many digits of
/// each class, where the network is too large for all of them. The same network and digits give the same description on
/// every platform.
///
/// # Errors
/// [`CalibrationError`] where there are no digits, or a digit does not fit the network.
pub fn calibrate(network: &Network, digits: &[Labelled]) -> Result<Description, CalibrationError> {
    let (weights, neurons) = (network.parameters(), network.sizes().iter().sum::<usize>());
    let count = (ANN_WORK / weights).min(MAX_ACTIVATIONS / neurons).max(FEWEST);
    let sample = balanced(digits, count);
    if sample.is_empty() {
        return Err(CalibrationError::NoDigits);
    }
    let mut activations = network::collect(network, sample.iter().copied())?;
    let (answers, shift) = outputs(&mut activations, network.classes());
    let statistics = positive(ActivationStatistics::of(&mut activations));

    // About one in five inputs of a layer fires in a step.
    let adds = STEPS as usize * weights / 5;
    let presented = (SPIKING_WORK / adds.max(1)).max(FEWEST).min(sample.len());
    // Where a candidate takes long, only the best known ones are tried.
    let candidates = if presented < sample.len() { 2 } else { CANDIDATES.len() };
    let mut model = Model::new(network.clone(), Description::default())?;
    let mut best: Option<(Trial, Conversion)> = None;
    for (normalisation, tau_m, reset) in CANDIDATES.into_iter().take(candidates) {
        let mut conversion = Conversion::normalised(network, normalisation, &statistics, tau_m, reset)?;
        conversion.output_shift = shift;
        let description = Description { conversion: Some(conversion.clone()), ..Description::default() };
        model = model.with_description(description)?;
        let trial = Trial::of(&model, &sample[..presented], &answers)?;
        let is_good = trial.late + 1 + presented / 50 >= presented;
        if best.as_ref().is_none_or(|(other, _)| trial.score() > other.score()) {
            best = Some((trial, conversion));
        }
        if is_good {
            break;
        }
    }
    let Some((trial, conversion)) = best else { return Err(CalibrationError::NoDigits) };
    let text = format!(
        "chosen by the network's activations over {} digits; after {STEPS} steps the spiking network gives the ANN's \
         answer for {} of {presented}",
        sample.len(),
        trial.late
    );
    Ok(Description {
        conversion: Some(conversion),
        readout: Some(trial.rule()),
        activations: Some(statistics),
        provenance: [("conversion".to_owned(), text)].into(),
        ..Description::default()
    })
}

/// At most `count` of the digits: as many of each class as there are, in turn.
fn balanced(digits: &[Labelled], count: usize) -> Vec<&Digit> {
    let mut seen = [0_usize; 256];
    let of_class = |image: &Labelled| {
        let rank = seen[usize::from(image.label)];
        seen[usize::from(image.label)] += 1;
        rank
    };
    let ranks: Vec<usize> = digits.iter().map(of_class).collect();
    let mut order: Vec<usize> = (0..digits.len()).collect();
    order.sort_by_key(|&i| ranks[i]);
    order.into_iter().filter_map(|i| digits[i].digit.as_ref()).take(count).collect()
}

/// The ANN's answer for each digit, and the shift that lets its outputs spike: the least one with which the winner's logit
/// is above a tenth of the largest difference of logits, for 99 % of the digits. Adds the shift to the logits, the
/// activations of the last layer.
fn outputs(activations: &mut [Vec<f32>], classes: usize) -> (Vec<usize>, f64) {
    let Some(logits) = activations.last_mut() else { return (Vec::new(), 0.0) };
    let (mut answers, mut tops, mut spread) = (Vec::new(), Vec::new(), 0.0_f32);
    for logits in logits.chunks_exact(classes) {
        let (mut best, mut least) = (0, f32::INFINITY);
        for (class, &logit) in logits.iter().enumerate() {
            best = if logit > logits[best] { class } else { best };
            least = least.min(logit);
        }
        answers.push(best);
        tops.push(logits[best]);
        spread = spread.max(logits[best] - least);
    }
    let rank = tops.len() / 100;
    let low = *tops.select_nth_unstable_by(rank, f32::total_cmp).1;
    // A lower limit than that of the shift itself, so that most networks need none.
    let needs_shift = low < 0.02 * spread && spread.is_finite();
    let shift = if needs_shift { 0.1 * spread - low } else { 0.0 };
    logits.iter_mut().for_each(|logit| *logit += shift);
    (answers, shift.into())
}

/// The statistics with numbers by which a layer can be divided.
fn positive(mut statistics: ActivationStatistics) -> ActivationStatistics {
    let ActivationStatistics { max, percentile99, percentile99_9 } = &mut statistics;
    for ((max, p99), p999) in max.iter_mut().zip(percentile99).zip(percentile99_9) {
        if !(*max > 0.0 && max.is_finite()) {
            *max = 1.0;
        }
        // Not `clamp`: a percentile may be infinite or not a number.
        let fit = |percentile: f64| percentile.min(*max).max(LEAST_SHARE * *max);
        (*p99, *p999) = (fit(*p99), fit(*p999));
    }
    statistics
}

/// What the spiking network does with a conversion.
struct Trial {
    /// Digits for which it gives the ANN's answer after [`EARLY`] steps.
    early: usize,
    /// And after [`STEPS`].
    late: usize,
    /// Margins after the last step, in spikes per step, for the digits with the ANN's answer.
    margins: Vec<f64>,
    /// For each of [`LEADS`]: digits for which the class that first has this lead is not the ANN's answer.
    wrong: [usize; LEADS.len()],
    presented: usize,
}

impl Trial {
    fn of(model: &Model, digits: &[&Digit], answers: &[usize]) -> Result<Self, CalibrationError> {
        let settings = model.defaults().with(|settings| settings.steps = STEPS);
        let mut network = SpikingNetwork::new(model, &settings)?;
        let mut trial =
            Self { early: 0, late: 0, margins: Vec::new(), wrong: [0; LEADS.len()], presented: digits.len() };
        for (i, (digit, &answer)) in digits.iter().zip(answers).enumerate() {
            let mut follower = Follower::new(network.readout());
            network.present(digit, presentation_seed(settings.seed, i as u64), &mut follower)?;
            let verdict = follower.readout.verdict();
            trial.early += usize::from(follower.early == Some(answer));
            if verdict.digit == Some(answer) {
                trial.late += 1;
                trial.margins.push(verdict.margin);
            }
            for (wrong, decision) in trial.wrong.iter_mut().zip(follower.decisions) {
                *wrong += usize::from(decision.or(verdict.digit) != Some(answer));
            }
        }
        Ok(trial)
    }

    fn score(&self) -> usize {
        self.early + self.late
    }

    /// An answer is in doubt where its margin is below those of 95 % of the answers that are the ANN's. The network has
    /// decided at the least lead that costs no more than 1 % of the answers.
    fn rule(mut self) -> ReadoutRule {
        let rank = self.margins.len() / 20;
        let sure_margin = match self.margins.is_empty() {
            true => 0.0,
            false => self.margins.select_nth_unstable_by(rank, f64::total_cmp).1.max(0.0),
        };
        let most = self.presented - self.late + self.presented / 100;
        let lead = self.wrong.iter().position(|&wrong| wrong <= most).unwrap_or(LEADS.len() - 1);
        ReadoutRule { lead: LEADS[lead], sure_margin }
    }
}

/// Follows one presentation.
struct Follower {
    readout: Readout,
    early: Option<usize>,
    /// For each of [`LEADS`], the class that first had it.
    decisions: [Option<usize>; LEADS.len()],
}

impl Follower {
    fn new(readout: Readout) -> Self {
        Self { readout, early: None, decisions: [None; LEADS.len()] }
    }
}

impl Observer for Follower {
    fn looks_at(&self, layer: usize) -> bool {
        self.readout.looks_at(layer)
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        self.readout.layer(layer, spikes, membranes);
    }

    fn step_done(&mut self) -> std::ops::ControlFlow<()> {
        if self.readout.steps() == EARLY {
            self.early = self.readout.winner();
        }
        if let Some((class, lead)) = self.readout.lead() {
            for (decision, least) in self.decisions.iter_mut().zip(LEADS) {
                if decision.is_none() && lead >= least {
                    *decision = Some(class);
                }
            }
        }
        std::ops::ControlFlow::Continue(())
    }
}
