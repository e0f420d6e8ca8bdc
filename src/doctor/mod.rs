//! Says why a network loses accuracy as spikes, and what to change.
//!
//! It measures instead of guessing: changes are tried one at a time on labelled digits, and the cause is the one whose change
//! brings back the accuracy of the ANN. docs/doctor.md describes the rules and their sources.

mod advice;
mod cause;
#[cfg(feature = "dialects")]
mod dialects;
mod digits;
mod error;
mod examination;
mod layers;
mod measuring;
mod mends;
mod normalisations;
mod readings;
#[cfg(feature = "dialects")]
mod recipes;
mod report;
mod setup;
mod sums;
mod watching;

pub use self::cause::Cause;
#[cfg(feature = "dialects")]
pub use self::dialects::{DialectExamination, examine_dialect};
pub use self::error::DoctorError;
pub use self::examination::{Examination, examine};
pub use self::normalisations::{NormalisationReport, compare_normalisations};
#[cfg(feature = "dialects")]
pub use self::recipes::{RecipeReport, compare_recipes, measure_recipe};
pub use self::report::{Apply, FlagValue, LayerReport, Outcome, Report, Tried};
