//! The same for a network as another framework runs it: which parameter of the framework loses the accuracy.

use std::collections::BTreeMap;

use super::advice::Facts;
use super::cause::Cause;
use super::digits::{self, Shown, right};
use super::error::DoctorError;
use super::layers::{self, Expected};
use super::measuring::{Ann, Drive, checkpoints, loses_more_than_a_point, outcomes};
use super::report::{Apply, FlagValue, Report, Tried};
use super::watching::Presented;
use crate::dialect::{Decoding, Dialect, DialectError, Domain, Experiment, Given, Value, Watched};
use crate::encoding::presentation_seed;
use crate::model::Model;
use crate::simulation::{Labelled, for_each};

/// Digits for the trials of changes. Some dialects take a hundred times as long as Spikepad's own neurons.
const SAMPLE: usize = 100;

/// Exponents of 2 of the factors on the weights, from the first to the last.
const EXPONENTS: std::ops::RangeInclusive<i32> = -12..=12;

/// The largest step of the search for them.
const STRIDE: i32 = 3;

/// The time constant of NengoDL's own example, s.
const SYNAPSE: f64 = 0.01;

/// Changes that are made one after another, at most.
const ROUNDS: usize = 3;

/// What is examined, and how.
#[derive(Clone)]
#[non_exhaustive]
pub struct DialectExamination {
    /// The dialect with its parameters.
    pub dialect: Dialect,
    /// How the class is read; `None` for the way in which users of the framework read it.
    pub decoding: Option<Decoding>,
    /// Steps of a presentation.
    pub steps: u32,
    /// Seed of the input spikes.
    pub seed: u64,
    /// Whether changes are tried.
    pub mends: bool,
}

impl DialectExamination {
    /// An examination over 350 steps with the seed 1, as in the experiment of docs/dialects.md.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, decoding: None, steps: 350, seed: 1, mends: true }
    }
}

/// A dialect with changes.
#[derive(Clone)]
struct Setup {
    dialect: Dialect,
    decoding: Option<Decoding>,
    /// Parameters that are changed, and their values.
    changes: BTreeMap<&'static str, Value>,
}

struct Candidate {
    cause: Option<Cause>,
    setup: Setup,
}

struct Patient<'a> {
    model: &'a Model,
    examination: &'a DialectExamination,
    sample: Vec<Shown<'a>>,
    /// Digits of the sample that the ANN reads correctly.
    ann: usize,
}

/// Examines `model` in a dialect: see [`examine`](super::examine). The flags of the report are those of `spikepad evaluate
/// --dialect`. The rates of the layers are compared with the ANN's activations times the drive of the dialect.
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, the dialect is the ANN, or it cannot be run.
pub fn examine_dialect(
    model: &Model,
    images: &[Labelled],
    examination: &DialectExamination,
) -> Result<Report, DoctorError> {
    let digits = digits::checked(images, model.network().classes())?;
    let ann = Ann::of(model, &digits)?;
    let DialectExamination { dialect, decoding, steps, mends, .. } = examination;
    let setup = Setup { dialect: dialect.clone(), decoding: *decoding, changes: BTreeMap::new() };
    let checkpoints = checkpoints(*steps);
    let watched = watch(model, &setup, examination, &digits, &checkpoints)?;
    let curve = outcomes(&checkpoints, &digits, &watched);
    let before = curve[curve.len() - 1];
    let seen = right(&digits, watched.iter().map(|one| &one.answers[checkpoints.len() - 1]));
    let expected = expected(model, dialect, *steps);
    let layers = layers::reports(model, &expected, &digits, &ann.activations, &watched);
    let mut tried = Vec::new();
    let mut mended = None;
    if *mends && loses_more_than_a_point(digits.len(), ann.right, seen) {
        let sample = digits::balanced(&digits, SAMPLE);
        let ann = Ann::of(model, &sample)?.right;
        mended = Patient { model, examination, sample, ann }.mend(&setup, &mut tried)?;
    }
    let share = |right: usize| right as f64 / digits.len() as f64;
    let (cause, other) = mended.map_or((Cause::None, None), |(cause, setup)| (cause, Some(setup)));
    let curve_after = match &other {
        Some(other) => {
            let watched = watch(model, other, examination, &digits, &checkpoints)?;
            outcomes(&checkpoints, &digits, &watched)
        }
        None => Vec::new(),
    };
    let after = curve_after.last().copied().unwrap_or(before);
    let departs = layers::departs(&layers);
    let facts = Facts {
        cause,
        ann: share(ann.right),
        before: before.accuracy,
        after: after.accuracy,
        change: other.as_ref().map_or_else(String::new, |other| in_words(dialect, other)),
        layers: &layers,
        departs,
    };
    let advice = format!("{}: {}", dialect.framework(), facts.sentence());
    Ok(Report {
        ann_accuracy: share(ann.right),
        cause,
        advice,
        settings: other.as_ref().map_or_else(BTreeMap::new, Setup::flags),
        before,
        after,
        departs,
        layers,
        images: digits.len(),
        curve,
        curve_after,
        tried,
        apply: other.as_ref().map_or_else(Apply::default, Setup::apply),
    })
}

impl Setup {
    fn with(&self, name: &'static str, value: Value) -> Option<Self> {
        let mut other = self.clone();
        other.dialect.set(name, &Given::from(value)).ok()?;
        other.changes.insert(name, value);
        Some(other)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.dialect.parameters().find(|(parameter, _)| parameter.name == name).and_then(|(_, value)| {
            match value {
                Value::Number(number) => Some(number),
                _ => None,
            }
        })
    }

    fn flags(&self) -> BTreeMap<String, FlagValue> {
        let mut flags = BTreeMap::new();
        let sets: Vec<String> = self.changes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !sets.is_empty() {
            flags.insert("set".into(), FlagValue::Texts(sets));
        }
        if let Some(decoding) = self.decoding {
            flags.insert("readout".into(), FlagValue::Text(decoding.name().into()));
        }
        flags
    }

    fn apply(&self) -> Apply {
        let parameters = self.changes.iter().map(|(name, value)| {
            let value = match value {
                Value::Number(number) => FlagValue::Number(*number),
                Value::Switch(on) => FlagValue::Given(*on),
                other => FlagValue::Text(other.to_string()),
            };
            ((*name).to_owned(), value)
        });
        Apply {
            parameters: parameters.collect(),
            readout: self.decoding.map(|decoding| decoding.name().into()),
            ..Apply::default()
        }
    }
}

/// What changes, in words.
fn in_words(dialect: &Dialect, other: &Setup) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (name, value) in &other.changes {
        let now = dialect.parameters().find(|(parameter, _)| parameter.name == *name).map(|(_, value)| value);
        let part = match (*name, value) {
            ("weight_scale", Value::Number(scale)) => {
                let threshold =
                    threshold(&Setup { dialect: dialect.clone(), decoding: None, changes: BTreeMap::new() });
                let instead = threshold.map(|(name, now)| format!(" (or set {name} to {})", now / scale));
                format!("multiply the weights by {scale}{}", instead.unwrap_or_default())
            }
            _ => {
                format!(
                    "set {name} to {value} instead of {}",
                    now.map_or_else(String::new, |now| now.to_string())
                )
            }
        };
        parts.push(part);
    }
    if let Some(decoding) = other.decoding {
        parts.push(format!("read the answer by {}", decoding.name()));
    }
    parts.join(", and ")
}

/// The parameter that is the threshold of `setup`, and its value: the potential at which neurons fire above rest is
/// proportional to it.
fn threshold(setup: &Setup) -> Option<(&'static str, f64)> {
    let facts = setup.dialect.facts()?;
    setup.dialect.parameters().find_map(|(parameter, value)| {
        let Value::Number(number) = value else { return None };
        let doubled = setup.with(parameter.name, Value::Number(2.0 * number))?;
        let other = doubled.dialect.facts()?;
        let is_threshold = number > 0.0
            && (other.threshold / facts.threshold - 2.0).abs() < 1e-9
            && (facts.drive / other.drive - 2.0).abs() < 1e-6;
        is_threshold.then_some((parameter.name, number))
    })
}

impl Patient<'_> {
    fn point(&self) -> usize {
        self.sample.len() / 100
    }

    fn driven(&self, setup: &Setup) -> Result<(usize, Drive), DoctorError> {
        let steps = [self.examination.steps];
        let watched = watch(self.model, setup, self.examination, &self.sample, &steps)?;
        let Expected { rates, refractory, .. } = expected(self.model, &setup.dialect, steps[0]);
        let right = right(&self.sample, watched.iter().map(|one| &one.answers[0]));
        Ok((right, Drive::of(&watched, steps[0], refractory, rates)))
    }

    fn right(&self, setup: &Setup) -> Result<usize, DoctorError> {
        Ok(self.driven(setup)?.0)
    }

    /// Finds what mends `setup`: one change after another, each the one that gains most.
    fn mend(&self, setup: &Setup, tried: &mut Vec<Tried>) -> Result<Option<(Cause, Setup)>, DoctorError> {
        let start = self.right(setup)?;
        let (mut now, mut right) = (setup.clone(), start);
        let (mut cause, mut most) = (Cause::None, 0);
        for _ in 0..ROUNDS {
            if right + self.point() >= self.ann {
                break;
            }
            let Some((why, next, reached)) = self.best(&now, right, tried)? else { break };
            if reached - right > most {
                (cause, most) = (why, reached - right);
            }
            (now, right) = (next, reached);
        }
        let missing = self.ann.saturating_sub(start);
        let is_gain = right > start + 1 && 10 * (right - start) >= 4 * missing;
        Ok(is_gain.then_some((cause, now)))
    }

    /// The change of `now` that gains most; `None` where none gains.
    fn best(
        &self,
        now: &Setup,
        right: usize,
        tried: &mut Vec<Tried>,
    ) -> Result<Option<(Cause, Setup, usize)>, DoctorError> {
        let drive = self.driven(now)?.1;
        let mut best: Option<(Cause, Setup, usize)> = None;
        let mut candidates: Vec<Candidate> = singles(now);
        candidates.extend(self.scaled(now, right)?.map(|setup| Candidate { cause: None, setup }));
        for Candidate { cause, setup } in candidates {
            let (reached, after) = self.driven(&setup)?;
            let cause = cause.unwrap_or_else(|| drive.fault(&after));
            tried.push(Tried {
                cause,
                settings: setup.flags(),
                accuracy: reached as f64 / self.sample.len().max(1) as f64,
            });
            // A later one has to be better by more than a point.
            let least = best.as_ref().map_or(right + 1, |(_, _, most)| *most + self.point());
            if reached > least {
                best = Some((cause, setup, reached));
            }
        }
        Ok(best)
    }

    /// The setup with the factor on the weights with which it reads most, found by steps that get smaller.
    fn scaled(&self, now: &Setup, right: usize) -> Result<Option<Setup>, DoctorError> {
        let name = now.dialect.drive_parameter();
        let scale = now.number(name).unwrap_or(1.0);
        let with = |exponent: i32| now.with(name, Value::Number(scale * libm::exp2(exponent.into())));
        let mut seen: BTreeMap<i32, usize> = BTreeMap::from([(0, right)]);
        let (mut best, mut stride) = (0, STRIDE);
        // Where all neurons are silent or saturated, small changes change nothing.
        for exponent in [-2 * STRIDE, 2 * STRIDE, -STRIDE, STRIDE] {
            if let Some(setup) = with(exponent) {
                seen.insert(exponent, self.right(&setup)?);
            }
        }
        while stride > 0 {
            let most = seen.values().copied().max().unwrap_or(0);
            // Among equals the smallest change.
            best = seen
                .iter()
                .filter(|(_, right)| **right == most)
                .map(|(e, _)| *e)
                .min_by_key(|e| e.abs())
                .unwrap_or(0);
            let mut new = false;
            for exponent in [best - stride, best + stride] {
                if !EXPONENTS.contains(&exponent) || seen.contains_key(&exponent) {
                    continue;
                }
                if let Some(setup) = with(exponent) {
                    let right = self.right(&setup)?;
                    new |= right > most;
                    seen.insert(exponent, right);
                }
            }
            if !new {
                stride -= if stride > 1 { stride - 1 } else { 1 };
            }
        }
        let most = seen.values().copied().max().unwrap_or(0);
        if let Some((&exponent, _)) =
            seen.iter().filter(|(_, right)| **right == most).min_by_key(|(e, _)| e.abs())
        {
            best = exponent;
        }
        Ok(if best == 0 { None } else { with(best) })
    }
}

/// The changes of one parameter, other than the factor on the weights, in the order in which a cause is named.
fn singles(now: &Setup) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut add = |cause: Option<Cause>, setup: Option<Setup>| {
        candidates.extend(setup.map(|setup| Candidate { cause, setup }));
    };
    let Some(facts) = now.dialect.facts() else { return candidates };
    // The readout that takes everything into account.
    let best = if now.dialect.is_converted() { Decoding::Mean } else { Decoding::Count };
    if now.decoding.or(now.dialect.decoding()) != Some(best) {
        add(Some(Cause::Readout), Some(Setup { decoding: Some(best), ..now.clone() }));
    }
    for (parameter, value) in now.dialect.parameters() {
        match (parameter.name, value, parameter.domain) {
            ("stateful", Value::Switch(true), _) => {
                add(Some(Cause::StateNotReset), now.with(parameter.name, Value::Switch(false)));
            }
            ("transform", Value::Choice("reshape"), _) => {
                add(Some(Cause::Transposed), now.with(parameter.name, Value::Choice("transpose")));
            }
            // The last step alone has few spikes.
            ("synapse", Value::None, _) => {
                add(Some(Cause::Readout), now.with(parameter.name, Value::Number(SYNAPSE)));
            }
            ("neuron", Value::Choice("LIF"), _) => {
                add(
                    Some(Cause::Activation),
                    now.with(parameter.name, Value::Choice("SpikingRectifiedLinear")),
                );
            }
            // A constant current that does not come from the network.
            ("bias", Value::Auto, _) => add(None, now.with(parameter.name, Value::Number(0.0))),
            (name, Value::Number(number), Domain::Number(low, high)) if name != "weight_scale" => {
                let facts_with = |number: f64| {
                    let other = now.with(name, Value::Number(number.clamp(low, high)))?;
                    other.dialect.facts().map(|facts| (other, facts))
                };
                if let Some((other, shorter)) = facts_with(low)
                    && shorter.refractory < facts.refractory
                {
                    add(Some(Cause::Refractory), Some(other));
                }
                // A larger time constant, or a larger share that is kept.
                let larger =
                    if high == 1.0 && number < 1.0 { (number + 99.0) / 100.0 } else { 100.0 * number };
                if let Some((other, longer)) = facts_with(larger)
                    && longer.kept > facts.kept
                    && (longer.drive / facts.drive - 1.0).abs() < 0.5
                {
                    add(Some(Cause::Leak), Some(other));
                }
            }
            _ => {}
        }
    }
    candidates
}

/// What the dialect does with each digit.
fn watch(
    model: &Model,
    setup: &Setup,
    examination: &DialectExamination,
    digits: &[Shown],
    checkpoints: &[u32],
) -> Result<Vec<Presented>, DoctorError> {
    let DialectExamination { steps, seed, .. } = *examination;
    let experiment = || Experiment::new(model, &setup.dialect, setup.decoding, steps);
    experiment()?;
    let keeps_state = setup.dialect.is_stateful();
    let sizes = model.network().sizes();
    let watched = for_each(digits, keeps_state, experiment, |experiment, position, shown| {
        let Some(digit) = shown.digit else { return Ok(Presented::nothing(&sizes, checkpoints.len())) };
        let experiment = experiment.as_mut().map_err(|error| error.clone())?;
        let seed = presentation_seed(seed, shown.index as u64);
        let Watched { classes, totals, counts, logits } =
            experiment.watch(digit, position, seed, checkpoints)?;
        let answers = classes.into_iter().map(Some).collect();
        Ok(Presented { answers, totals, counts, potentials: logits })
    });
    Ok(watched.into_iter().collect::<Result<_, DialectError>>()?)
}

/// What the rates of a dialect are compared with: a neuron fires once for each threshold that it is driven by.
fn expected(model: &Model, dialect: &Dialect, steps: u32) -> Expected {
    let mut rate = 1.0;
    let rates = (0..model.network().layers().len()).map(|layer| {
        rate *= dialect.drive_of(layer).unwrap_or(1.0);
        rate
    });
    let mut rates: Vec<f64> = rates.collect();
    let refractory = dialect.facts().map_or(0, |facts| facts.refractory);
    // Outputs that are numbers: their weighted sums are compared with the logits.
    let integrates = dialect.is_converted().then(|| 1.0 / f64::from(steps));
    if let (Some(_), Some(last)) = (integrates, rates.last_mut()) {
        *last = 1.0;
    }
    Expected { rates, shift: 0.0, steps, refractory, integrates }
}
