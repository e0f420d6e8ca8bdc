//! Examines a network with Spikepad's own neurons.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::advice;
use super::cause::Cause;
use super::digits::{self, Shown, right};
use super::error::DoctorError;
use super::layers::{self, Expected};
use super::measuring::{Ann, checkpoints, loses_more_than_a_point, outcomes};
use super::mends::Trial;
use super::readings;
use super::report::{Apply, LayerReport, Outcome, Report};
use super::setup::Setup;
use super::watching::Watch;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::settings::Settings;
use crate::simulation::Labelled;

/// Weights that a trial may add per step of all presentations, roughly, and how many digits a trial has at least and at most.
const TRIAL_WORK: usize = 60_000_000;
const FEWEST: usize = 60;
const MOST: usize = 300;

/// A loss of less than so many points of a hundred may be chance: it is measured again with these seeds.
const SMALL: usize = 5;
const OTHER_SEEDS: [u64; 2] = [1001, 1002];

/// What is examined, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Examination<'a> {
    /// The settings under which the network runs.
    pub settings: Settings,
    /// Whether neurons keep their state from digit to digit: see [`CHUNK`](crate::CHUNK).
    pub keeps_state: bool,
    /// Whether changes are tried. Otherwise the network is only measured, and no cause is named.
    pub mends: bool,
    /// Whether the input scaling of the network was found by trial when its file was opened. A trial makes up for some faults;
    /// the network is then examined as if it was read in the usual way.
    pub scaling_found: bool,
    /// Digits on which a conversion is chosen anew; those of the examination if there are none.
    pub calibration: &'a [Labelled],
}

impl Examination<'_> {
    /// An examination under these settings, in which neurons start at rest and changes are tried.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, keeps_state: false, mends: true, scaling_found: false, calibration: &[] }
    }
}

/// Examines `model` on labelled digits. The digit at index i is presented with the seed that
/// [`presentation_seed`](crate::presentation_seed) makes from the settings' seed and i, as in
/// [`evaluate`](crate::evaluate).
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run under the settings.
pub fn examine(model: &Model, images: &[Labelled], examination: &Examination) -> Result<Report, DoctorError> {
    let Examination { settings, keeps_state, mends, scaling_found, calibration } = examination;
    let digits = digits::checked(images, model.network().classes())?;
    let calibration = if calibration.is_empty() { images } else { calibration };
    let mut setup = Setup {
        model: Arc::new(model.clone()),
        changes: None,
        settings: settings.clone(),
        keeps_state: *keeps_state,
    };
    if *scaling_found && let Some(changes) = readings::unmended(model, &digits) {
        setup = Setup { changes: None, ..setup.reread(changes, calibration)? };
    }
    let model = &*setup.model;
    let ann = Ann::of(model, &digits)?;
    let seen = Seen::of(&setup, &digits, &ann)?;
    let mut tried = Vec::new();
    let mut ann_right = ann.right;
    let mut mended = None;
    if *mends {
        let mut start = setup.clone();
        let reading = readings::better(model, &digits);
        if let Some(reading) = &reading {
            start = setup.reread(reading.changes.clone(), calibration)?;
            ann_right = Ann::of(&start.model, &digits)?.right;
        }
        let sample = digits::balanced(&digits, sample_size(model));
        let ann = Ann::of(&start.model, &sample)?.right;
        let trial = Trial { digits: &sample, calibration, ann };
        let needs_mend = match reading {
            // The other reading is mended already.
            Some(_) => start.right(&sample)? + trial.point() < ann,
            None => loses(&setup, &digits, ann_right, seen.right)?,
        };
        let found = if needs_mend { trial.mend(&start, &mut tried)? } else { None };
        mended = match (reading, found) {
            (Some(reading), Some(found)) => Some((reading.cause, found.setup)),
            (Some(reading), None) => Some((reading.cause, start)),
            (None, Some(found)) => {
                let is_true = verified(&setup, &found.setup, &trial)?;
                is_true.then_some((found.cause, found.setup))
            }
            (None, None) => None,
        };
    }
    let share = |right: usize| right as f64 / digits.len() as f64;
    let (cause, other) = mended.map_or((Cause::None, None), |(cause, setup)| (cause, Some(setup)));
    let curve_after = match &other {
        Some(other) => curve(other, &digits)?,
        None => Vec::new(),
    };
    let before = seen.curve[seen.curve.len() - 1];
    let after = curve_after.last().copied().unwrap_or(before);
    let departs = layers::departs(&seen.layers);
    let facts = advice::Facts {
        cause,
        ann: share(ann_right),
        before: before.accuracy,
        after: after.accuracy,
        change: other.as_ref().map_or_else(String::new, |other| advice::change(&setup, other)),
        layers: &seen.layers,
        departs,
    };
    Ok(Report {
        ann_accuracy: share(ann_right),
        cause,
        advice: facts.sentence(),
        settings: other.as_ref().map_or_else(BTreeMap::new, |other| setup.flags(other)),
        before,
        after,
        departs,
        layers: seen.layers,
        images: digits.len(),
        curve: seen.curve,
        curve_after,
        tried,
        apply: other.as_ref().map_or_else(Apply::default, |other| setup.apply(other)),
    })
}

/// What the spiking network does with digits.
struct Seen {
    right: usize,
    layers: Vec<LayerReport>,
    curve: Vec<Outcome>,
}

impl Seen {
    fn of(setup: &Setup, digits: &[Shown], ann: &Ann) -> Result<Self, SimulationError> {
        let Setup { model, settings, keeps_state, .. } = setup;
        let checkpoints = checkpoints(settings.steps);
        let watch = Watch { settings, checkpoints: &checkpoints, counts: true, keeps_state: *keeps_state };
        let presented = watch.present(model, digits)?;
        let last = checkpoints.len() - 1;
        Ok(Self {
            right: right(digits, presented.iter().map(|one| &one.answers[last])),
            layers: layers::reports(
                model,
                &Expected::of(model, settings)?,
                digits,
                &ann.activations,
                &presented,
            ),
            curve: outcomes(&checkpoints, digits, &presented),
        })
    }
}

/// Accuracy against steps.
fn curve(setup: &Setup, digits: &[Shown]) -> Result<Vec<Outcome>, SimulationError> {
    let Setup { model, settings, keeps_state, .. } = setup;
    let checkpoints = checkpoints(settings.steps);
    let watch = Watch { settings, checkpoints: &checkpoints, counts: false, keeps_state: *keeps_state };
    Ok(outcomes(&checkpoints, digits, &watch.present(model, digits)?))
}

/// Digits for the trials of changes.
fn sample_size(model: &Model) -> usize {
    (TRIAL_WORK / model.network().parameters().max(1)).clamp(FEWEST, MOST)
}

/// Whether the spiking network reads fewer digits than the ANN by more than a point. A small loss is measured with other input
/// spikes, too.
fn loses(setup: &Setup, digits: &[Shown], ann: usize, right: usize) -> Result<bool, SimulationError> {
    if !loses_more_than_a_point(digits.len(), ann, right) {
        return Ok(false);
    }
    let lost = ann.saturating_sub(right);
    if 100 * lost > SMALL * digits.len() {
        return Ok(true);
    }
    let mut mean = right;
    for seed in OTHER_SEEDS {
        mean += setup.with(|settings| settings.seed = seed).right(digits)?;
    }
    let seeds = OTHER_SEEDS.len() + 1;
    Ok(100 * (ann * seeds).saturating_sub(mean) > digits.len() * seeds)
}

/// Whether a change that gains little gains with other input spikes, too.
fn verified(before: &Setup, after: &Setup, trial: &Trial) -> Result<bool, SimulationError> {
    let right = |setup: &Setup, seed: u64| setup.with(|settings| settings.seed = seed).right(trial.digits);
    let lost = trial.ann.saturating_sub(before.right(trial.digits)?);
    if 100 * lost > SMALL * trial.digits.len() {
        return Ok(true);
    }
    let (mut own, mut other) = (0, 0);
    for seed in OTHER_SEEDS {
        own += right(before, seed)?;
        other += right(after, seed)?;
    }
    // Some of what is lost with these seeds, too.
    let lost = (trial.ann * OTHER_SEEDS.len()).saturating_sub(own);
    Ok(other > own && 5 * (other - own) >= 2 * lost)
}
