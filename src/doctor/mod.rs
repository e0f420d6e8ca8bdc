//! Says why a network loses accuracy as spikes, and what to change.
//!
//! It measures instead of guessing: changes are tried one at a time on labelled digits, and the cause is the one whose change
//! brings back the accuracy of the ANN. docs/doctor.md describes the rules and their sources.

mod cause;
mod digits;
mod layers;
mod report;
mod watching;

use std::collections::BTreeMap;

use thiserror::Error;

use self::digits::right;
use self::watching::Watch;
use crate::calibration::CalibrationError;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::settings::Settings;
use crate::simulation::Labelled;

pub use self::cause::Cause;
pub use self::report::{Apply, FlagValue, LayerReport, Outcome, Report, Tried};

/// Numbers of steps at which accuracy is read, besides that of the settings.
const CURVE: [u32; 17] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 350, 1000, 3500];

/// Why a network cannot be examined.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DoctorError {
    /// There are no digits, or all are blank.
    #[error("there are no digits to examine the network with")]
    NoDigits,
    /// A label is not a class of the network.
    #[error("image {image} is labelled {label}, but the network has {classes} classes, from 0")]
    Label {
        /// Index of the image.
        image: usize,
        /// Its label.
        label: u8,
        /// Classes of the network.
        classes: usize,
    },
    /// The network cannot be run.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
    /// The network cannot be converted anew.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
}

/// What is examined, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Examination {
    /// The settings under which the network runs.
    pub settings: Settings,
    /// Whether neurons keep their state from digit to digit: see [`CHUNK`](crate::CHUNK).
    pub keeps_state: bool,
    /// Whether changes are tried. Otherwise the network is only measured, and no cause is named.
    pub mends: bool,
}

impl Examination {
    /// An examination under these settings, in which neurons start at rest and changes are tried.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, keeps_state: false, mends: true }
    }
}

/// Examines `model` on labelled digits. The digit at index i is presented with the seed that
/// [`presentation_seed`](crate::presentation_seed) makes from the settings' seed and i, as in
/// [`evaluate`](crate::evaluate).
///
/// # Errors
/// [`DoctorError`] where there are no digits, a label is no class, or the network cannot be run under the settings.
pub fn examine(model: &Model, images: &[Labelled], examination: &Examination) -> Result<Report, DoctorError> {
    let Examination { settings, keeps_state, .. } = examination;
    let classes = model.network().classes();
    if let Some(image) = images.iter().position(|image| usize::from(image.label) >= classes) {
        return Err(DoctorError::Label { image, label: images[image].label, classes });
    }
    let digits = digits::all(images);
    if digits.iter().all(|shown| shown.digit.is_none()) {
        return Err(DoctorError::NoDigits);
    }
    let mut ann = Vec::with_capacity(digits.len());
    let mut activations = Vec::with_capacity(digits.len());
    for shown in &digits {
        let of_layers = shown.digit.map(|digit| model.network().activations(digit)).transpose();
        let of_layers = of_layers.map_err(SimulationError::from)?.unwrap_or_default();
        ann.push(of_layers.last().and_then(|logits| model.network().class_of(logits.to_vec())));
        activations.push(of_layers);
    }
    let checkpoints = checkpoints(settings.steps);
    let watch = Watch { settings, checkpoints: &checkpoints, counts: true, keeps_state: *keeps_state };
    let presented = watch.present(model, &digits)?;
    let layers = layers::reports(model, settings, &digits, &activations, &presented)?;
    let share = |right: usize| right as f64 / digits.len() as f64;
    let curve: Vec<Outcome> = checkpoints
        .iter()
        .enumerate()
        .map(|(i, &steps)| {
            let right = right(&digits, presented.iter().map(|one| &one.answers[i]));
            Outcome { accuracy: share(right), steps }
        })
        .collect();
    let before = curve[curve.len() - 1];
    Ok(Report {
        ann_accuracy: share(right(&digits, &ann)),
        cause: Cause::None,
        advice: String::new(),
        settings: BTreeMap::new(),
        before,
        after: before,
        departs: layers::departs(&layers),
        layers,
        images: digits.len(),
        curve,
        curve_after: Vec::new(),
        tried: Vec::new(),
        apply: Apply::default(),
    })
}

/// The numbers of steps at which accuracy is read, ascending; the last one is `steps`.
fn checkpoints(steps: u32) -> Vec<u32> {
    CURVE.into_iter().filter(|&checkpoint| checkpoint < steps).chain([steps]).collect()
}
