//! The same network as nine frameworks run it, spike for spike.
//!
//! A dialect is the way in which a framework updates its neurons: the order of operations, the reset, the
//! refractory period, the delay between layers, how often a neuron may fire in one step, and the precision
//! of its numbers. Each framework has its own file in `frameworks/`, which names the source of the equations.
//! All dialects run on the same clock, `clock.rs`. The tests compare each dialect with recordings of the
//! framework.
//!
//! "The question" in these files is the question behind this project: why does one trained network read
//! 97 % of MNIST's digits in some frameworks, but 45 % in Nengo?

mod catalogue;
mod converted;
mod decoding;
#[cfg(feature = "nir")]
mod dot_order;
mod error;
mod experiment;
mod experiments;
mod facts;
mod framework;
mod frameworks;
mod input;
mod layer;
#[cfg(feature = "nir")]
pub mod nir;
mod numpy;
mod numpy_random;
mod parameter;
mod per_layer;
mod python;
mod real;
mod recipes;
mod response;
mod rows;
mod running;
mod script;
mod shared;
mod summation;
mod trace;
mod train;
mod train_sums;

pub use crate::simulation::CHUNK;
pub use catalogue::Dialect;
pub use decoding::Decoding;
pub use error::DialectError;
#[cfg(feature = "doctor")]
pub(crate) use experiment::Watched;
pub use experiment::{Experiment, ExperimentOptions, Tally};
pub use experiments::{Experiments, TimedTally};
pub use facts::Facts;
pub use parameter::{Domain, Given, Parameter, Value};
pub use per_layer::PerLayer;
pub use recipes::{Recipe, RecipeRun, RecipeTrace};
pub use response::RateCurve;
pub use script::{Array, ArrayNumbers, Script, ScriptOptions};
pub use trace::{LayerTrace, SpikeTrain, Trace, Tracing};
