//! Dialects as JavaScript sees them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::classes::{Digit, Model, Recording};
use super::objects::to_object;
use crate::dialect::{self, Decoding, Domain, Given, Value};
use crate::digit;
use crate::encoding::MAX_SEED;
use crate::simulation::Labelled;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How a class is read from the output spikes. */
export type Rule = "count" | "filtered-positive" | "filtered-sum" | "first-spike" | "last-step" | "mean";

/** A parameter of a dialect, by its framework's own name. */
export interface DialectParameter {
  name: string;
  kind: "number" | "choice" | "switch";
  /**
   * Its value in this dialect; null for a number that the framework derives itself or that is left out, a text such as
   * "100,none" for a list.
   */
  value: number | string | boolean | null;
  /** The choices, for a parameter that is one. */
  choices?: string[];
  /** The range, for a number. */
  min?: number;
  max?: number;
  /** Whether a number may be null. */
  optional?: boolean;
  /** Whether a text may give each layer its own number: "100,none". */
  perLayer?: boolean;
  unit: string | null;
  /** What it does, in a sentence. */
  text: string;
}

/** What a reader needs to compare the update rules of two dialects. */
export interface DialectFacts {
  /**
   * What one step of a full-ink pixel adds to a hidden membrane potential through a weight of 1. In units of the
   * threshold above rest. Where synapses keep a current, the sum over its decay.
   */
  drive: number;
  /** Fraction of its distance from rest that a membrane potential keeps from one step to the next. */
  kept: number;
  /** Potential at which a neuron spikes, in the framework's units. */
  threshold: number;
  /** Whether a spike reaches the next layer one step later. */
  delayed: boolean;
  /** Whether a neuron can spike more than once in a step. */
  manySpikes: boolean;
  /** Steps after a spike in which a neuron cannot spike again. */
  refractory: number;
  /** What a spike does to the potential. Completes the sentence "a spike resets". */
  reset: string;
  /** What happens in one step. Completes the sentence that begins with "it". */
  rule: string;
}

/** A framework with one setting of its parameters. */
export interface Dialect {
  name: string;
  framework: string;
  /** The neurons, as users of the framework write them. */
  setting: string;
  /** The file and the function of the framework that hold the update rule. */
  source: string;
  precision: "f32" | "f64";
  /** How users of the framework read a class; null for the ANN. */
  readout: Rule | null;
  readouts: Rule[];
  /** Whether it is the default of its framework. */
  isDefault: boolean;
  /** Whether it takes the digit as a constant current in place of input spikes, and gives numbers. */
  isConverted: boolean;
  /** The name of the parameter that the drive is proportional to. */
  driveParameter: string;
  /** Whether there is a script that runs the network in the framework: the class `Script`. */
  hasScript: boolean;
  parameters: DialectParameter[];
  /** Facts about its update rule with these parameters; null for the ANN. */
  facts: DialectFacts | null;
}

/** How often a hidden neuron fires under constant inputs, its f-I curve. */
export interface RateCurve {
  /**
   * Inputs, ascending. An input of 1 is what arrives from a pixel of full ink through a weight of 1; where a pixel spikes
   * several times in a step, all of its spikes in the mean.
   */
  inputs: number[];
  /** Spikes per step under each of them. */
  rates: number[];
  /** The least input that makes the neuron fire: 0 if it does not leak, null if none of the inputs does. */
  least: number | null;
  /** By how much the rate grows with the input, between 0.05 and 0.1 spikes per step; null if it is never so high. */
  slope: number | null;
}

/** A neuron under a constant input, from a potential of 0 where the framework draws it, otherwise from rest. */
export interface NeuronResponse {
  /** Spikes in each step. */
  spikes: number[];
  /** The membrane potential after each step, in the framework's units. */
  potentials: number[];
}

/** The counts of an experiment, summed over its images. */
export interface Tally {
  images: number;
  /** As users of the frameworks count: ties go to the lowest class, and silent outputs to class 0. */
  right: number;
  /** Images for which outputs fired and several shared the largest score. */
  ties: number;
  /** Images for which no output fired. */
  silent: number;
  inputSpikes: number;
  hiddenSpikes: number;
  outputSpikes: number;
  /** Synaptic operations: a spike causes one in each synapse that it reaches. */
  synops: number;
  /** The class read from each image; -1 where no output fired. */
  answers: number[];
}

/** A dialect with changes, how its answer is read, and for how many steps it gets each image: the arguments of `Experiment`. */
export interface ExperimentPlan {
  dialect: string;
  overrides: Readonly<Record<string, number | string | boolean | null>>;
  readout: Rule | null;
  steps: number;
}

/** The counts of an experiment that ran beside others. */
export interface TimedTally extends Tally {
  /** Milliseconds that it took. What several experiments share counts for each of them in equal parts. */
  busy: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since some start: pages, workers and Node have it.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DialectInfo {
    name: &'static str,
    framework: &'static str,
    setting: &'static str,
    source: &'static str,
    precision: &'static str,
    readout: Option<Decoding>,
    readouts: &'static [Decoding],
    is_default: bool,
    is_converted: bool,
    drive_parameter: &'static str,
    has_script: bool,
    parameters: Vec<ParameterInfo>,
    facts: Option<dialect::Facts>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ParameterInfo {
    name: &'static str,
    kind: &'static str,
    value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<&'static [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    per_layer: bool,
    unit: Option<&'static str>,
    text: &'static str,
}

/// All dialects, grouped by framework, each framework's default first.
///
/// # Errors
/// None.
#[wasm_bindgen(unchecked_return_type = "Dialect[]")]
pub fn dialects() -> Result<JsValue, JsError> {
    let defaults: Vec<_> = dialect::Dialect::defaults().map(|dialect| dialect.name()).collect();
    let dialects = dialect::Dialect::all().map(|dialect| DialectInfo {
        name: dialect.name(),
        framework: dialect.framework(),
        setting: dialect.setting(),
        source: dialect.source(),
        precision: if dialect.precision() == 64 { "f64" } else { "f32" },
        readout: dialect.decoding(),
        readouts: dialect.decodings(),
        is_default: defaults.contains(&dialect.name()),
        is_converted: dialect.is_converted(),
        drive_parameter: dialect.drive_parameter(),
        has_script: dialect.has_script(),
        parameters: dialect.parameters().map(|(parameter, value)| parameter_info(parameter, value)).collect(),
        facts: dialect.facts(),
    });
    to_object(&dialects.collect::<Vec<_>>())
}

fn parameter_info(parameter: &'static dialect::Parameter, value: Value) -> ParameterInfo {
    let (kind, choices, range) = match parameter.domain {
        Domain::Number(low, high)
        | Domain::Optional(low, high)
        | Domain::OrNone(low, high)
        | Domain::PerLayer(low, high) => ("number", None, Some((low, high))),
        Domain::Choice(words) => ("choice", Some(words), None),
        Domain::Switch => ("switch", None, None),
    };
    ParameterInfo {
        name: parameter.name,
        kind,
        value,
        choices,
        min: range.map(|(low, _)| low),
        max: range.map(|(_, high)| high),
        optional: matches!(
            parameter.domain,
            Domain::Optional(..) | Domain::OrNone(..) | Domain::PerLayer(..)
        ),
        per_layer: matches!(parameter.domain, Domain::PerLayer(..)),
        unit: parameter.unit,
        text: parameter.text,
    }
}

/// The f-I curve of a hidden neuron in a dialect.
///
/// # Errors
/// Where the dialect is the ANN, it or a parameter does not exist, or a value is out of its range.
#[wasm_bindgen(js_name = rateCurve, unchecked_return_type = "RateCurve")]
pub fn rate_curve(
    dialect: &str,
    #[wasm_bindgen(unchecked_param_type = "Record<string, number | string | boolean | null>")]
    overrides: JsValue,
) -> Result<JsValue, JsError> {
    to_object(&dialect_with(dialect, &serde_wasm_bindgen::from_value(overrides)?)?.rate_curve()?)
}

#[derive(Serialize)]
struct ResponseInfo {
    spikes: Vec<u32>,
    potentials: Vec<f64>,
}

/// Runs a hidden neuron under a constant input: see `RateCurve` for its unit.
///
/// # Errors
/// Where the dialect is the ANN, it or a parameter does not exist, a value is out of its range, or there are no steps or too
/// many.
#[wasm_bindgen(js_name = neuronResponse, unchecked_return_type = "NeuronResponse")]
pub fn neuron_response(
    dialect: &str,
    #[wasm_bindgen(unchecked_param_type = "Record<string, number | string | boolean | null>")]
    overrides: JsValue,
    input: f64,
    steps: u32,
) -> Result<JsValue, JsError> {
    let dialect = dialect_with(dialect, &serde_wasm_bindgen::from_value(overrides)?)?;
    let trace = dialect.response(&[input], steps)?;
    to_object(&ResponseInfo { spikes: trace.spikes, potentials: trace.course })
}

/// A network in a dialect, to which digits can be presented.
#[wasm_bindgen]
pub struct Experiment(dialect::Experiment);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TallyInfo {
    images: f64,
    right: f64,
    ties: f64,
    silent: f64,
    input_spikes: f64,
    hidden_spikes: f64,
    output_spikes: f64,
    synops: f64,
    answers: Vec<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy: Option<f64>,
}

impl TallyInfo {
    fn new(tally: &dialect::Tally, busy: Option<f64>) -> Self {
        Self {
            images: tally.images as f64,
            right: tally.right as f64,
            ties: tally.ties as f64,
            silent: tally.silent as f64,
            input_spikes: tally.input_spikes as f64,
            hidden_spikes: tally.hidden_spikes as f64,
            output_spikes: tally.output_spikes as f64,
            synops: tally.synops as f64,
            answers: tally.answers.iter().map(|answer| answer.map_or(-1, |class| class as i32)).collect(),
            busy,
        }
    }
}

#[wasm_bindgen]
impl Experiment {
    /// Prepares `model` in the dialect named `dialect`, for `steps` steps per image. `overrides` replaces
    /// parameters of the dialect; null leaves a number out, or lets the framework derive it. If `readout` is null, the
    /// class is read as users of the framework read it.
    ///
    /// # Errors
    /// Where the dialect or a parameter does not exist, or a value is out of its range.
    #[wasm_bindgen(constructor)]
    pub fn new(
        model: &Model,
        dialect: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number | string | boolean | null>")]
        overrides: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Rule | null")] readout: JsValue,
        steps: u32,
    ) -> Result<Experiment, JsError> {
        let dialect = dialect_with(dialect, &serde_wasm_bindgen::from_value(overrides)?)?;
        let readout: Option<Decoding> = serde_wasm_bindgen::from_value(readout)?;
        Ok(Experiment(dialect::Experiment::new(&model.0, &dialect, readout, steps)?))
    }

    /// Facts about the update rule with the parameters of the experiment; null for the ANN.
    ///
    /// # Errors
    /// None.
    #[wasm_bindgen(unchecked_return_type = "DialectFacts | null")]
    pub fn facts(&self) -> Result<JsValue, JsError> {
        to_object(&self.0.facts())
    }

    /// Presents images of a sample. `ink` holds one image after another, row-major, each with as many pixels as the
    /// network has inputs. The first image has the position `first` in the sample, and `indices` are the images' indices in
    /// the whole set. The input spikes depend only on the image, its index and `seed`. A network that keeps its state from
    /// image to image also keeps it until the next call. It starts from rest at every position that is a multiple of 100.
    ///
    /// # Errors
    /// Where there is not one label and one index per image, or the seed is not a whole number below 2^53.
    #[wasm_bindgen(unchecked_return_type = "Tally")]
    pub fn run(
        &mut self,
        ink: &[u8],
        labels: &[u8],
        indices: &[u32],
        first: usize,
        seed: f64,
    ) -> Result<JsValue, JsError> {
        let (images, seed) = sample(ink, labels, indices, self.0.inputs(), seed)?;
        to_object(&TallyInfo::new(&self.0.run_sample(&images, indices, first, seed)?, None))
    }

    /// Presents a digit from rest and records everything. In every dialect the input spikes depend only on
    /// the digit and the seed: a pixel spikes with probability ink/255 in each step. A neuron that fires n
    /// times in a step is listed n times. The verdict's digit is the class that the readout gives; the
    /// verdict has no decision.
    ///
    /// # Errors
    /// Where the dialect is the ANN, the digit does not fit the network, the seed is not a whole number below
    /// 2^53, or the recording would not fit in memory.
    pub fn record(&mut self, digit: &Digit, seed: f64) -> Result<Recording, JsError> {
        let recording = self.0.record(&digit.0, whole_seed(seed)?)?;
        Ok(Recording { recording, source: None })
    }
}

/// Several experiments on the same network that get the same images, one after another. Each has the counts that it has alone,
/// but what the dialects have in common, the input spikes and the weighted sums of the first layer, is computed only once.
#[wasm_bindgen]
pub struct Experiments {
    experiments: dialect::Experiments,
    inputs: usize,
}

#[derive(Deserialize)]
struct Plan {
    dialect: String,
    overrides: Overrides,
    readout: Option<Decoding>,
    steps: u32,
}

#[wasm_bindgen]
impl Experiments {
    /// Prepares `model` for each of `plans`: see `Experiment`.
    ///
    /// # Errors
    /// The errors of `Experiment`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        model: &Model,
        #[wasm_bindgen(unchecked_param_type = "readonly ExperimentPlan[]")] plans: JsValue,
    ) -> Result<Experiments, JsError> {
        let plans: Vec<Plan> = serde_wasm_bindgen::from_value(plans)?;
        let experiment = |Plan { dialect, overrides, readout, steps }| {
            let dialect = dialect_with(&dialect, &overrides)?;
            Ok::<_, JsError>(dialect::Experiment::new(&model.0, &dialect, readout, steps)?)
        };
        let experiments = plans.into_iter().map(experiment).collect::<Result<_, _>>()?;
        Ok(Self { experiments: dialect::Experiments::new(experiments), inputs: model.0.network().inputs() })
    }

    /// Presents images of a sample to each experiment: see `Experiment.run`. The tallies are in the order of the plans.
    ///
    /// # Errors
    /// The errors of `Experiment.run`.
    #[wasm_bindgen(unchecked_return_type = "TimedTally[]")]
    pub fn run(
        &mut self,
        ink: &[u8],
        labels: &[u8],
        indices: &[u32],
        first: usize,
        seed: f64,
    ) -> Result<JsValue, JsError> {
        let (images, seed) = sample(ink, labels, indices, self.inputs, seed)?;
        let tallies = self.experiments.run_sample(&images, indices, first, seed, &mut now)?;
        let infos = tallies.iter().map(|timed| TallyInfo::new(&timed.tally, Some(timed.time)));
        to_object(&infos.collect::<Vec<_>>())
    }
}

/// A text that is equal for dialects that share work in `Experiments`; undefined for one that shares none.
///
/// # Errors
/// Where the dialect or a parameter does not exist, or a value is out of its range.
#[wasm_bindgen(js_name = sharedWork)]
pub fn shared_work(
    dialect: &str,
    #[wasm_bindgen(unchecked_param_type = "Record<string, number | string | boolean | null>")]
    overrides: JsValue,
) -> Result<Option<String>, JsError> {
    Ok(dialect_with(dialect, &serde_wasm_bindgen::from_value(overrides)?)?.shared_work())
}

/// The images of a sample, and the seed.
fn sample(
    ink: &[u8],
    labels: &[u8],
    indices: &[u32],
    pixels: usize,
    seed: f64,
) -> Result<(Vec<Labelled>, u64), JsError> {
    let seed = whole_seed(seed)?;
    if indices.len() != labels.len() {
        let (indices, labels) = (indices.len(), labels.len());
        return Err(JsError::new(&format!("{labels} labels need as many indices, not {indices}")));
    }
    Ok((labelled(ink, labels, pixels)?, seed))
}

/// Values for parameters of a dialect by their names. `None` lets the framework derive a number itself.
pub(super) type Overrides = BTreeMap<String, Option<Given>>;

/// The dialect of that name with replaced parameters.
pub(super) fn dialect_with(name: &str, overrides: &Overrides) -> Result<dialect::Dialect, JsError> {
    let mut dialect = dialect::Dialect::named(name)?;
    for (name, value) in overrides {
        dialect.set(name, value.as_ref().unwrap_or(&Given::Null))?;
    }
    Ok(dialect)
}

/// Images, one after another, row-major, of `pixels` pixels each, with their labels.
pub(super) fn labelled(ink: &[u8], labels: &[u8], pixels: usize) -> Result<Vec<Labelled>, JsError> {
    if Some(ink.len()) != labels.len().checked_mul(pixels) {
        let (found, labels) = (ink.len(), labels.len());
        return Err(JsError::new(&format!("{labels} labels need {pixels} pixels each, not {found} in all")));
    }
    let digits: Vec<_> = ink.chunks_exact(pixels).map(digit::Digit::from_square).collect::<Result<_, _>>()?;
    Ok(digits.into_iter().zip(labels).map(|(digit, &label)| Labelled { digit, label }).collect())
}

pub(super) fn whole_seed(seed: f64) -> Result<u64, JsError> {
    let whole = seed.fract() == 0.0 && (0.0..=MAX_SEED as f64).contains(&seed);
    if whole { Ok(seed as u64) } else { Err(JsError::new("the seed must be a whole number below 2^53")) }
}
