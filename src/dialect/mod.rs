//! The same network as nine frameworks run it, spike for spike.
//!
//! A dialect is how a framework updates its neurons: the order of operations, the reset, the
//! refractory period, the delay from layer to layer, how often a neuron may fire in one step, and the
//! precision that it computes in. Each framework has a file of its own in `frameworks/`, which says
//! where its equations stand; every presentation has the same clock, `clock.rs`. The tests hold each
//! dialect against recordings of the framework itself.

mod catalogue;
mod decoding;
mod error;
mod experiment;
mod facts;
mod framework;
mod frameworks;
mod input;
mod layer;
mod numpy;
mod parameter;
mod summation;
mod trace;

pub use catalogue::Dialect;
pub use decoding::Decoding;
pub use error::DialectError;
pub use experiment::{CHUNK, Experiment, ExperimentOptions, Tally};
pub use facts::Facts;
pub use parameter::{Domain, Given, Parameter, Value};
pub use trace::{LayerTrace, SpikeTrain, Trace};
