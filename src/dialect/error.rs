//! Why a dialect cannot be run.

use thiserror::Error;

use crate::layer::SimulationError;

/// Why a dialect cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DialectError {
    /// There is no dialect of that name.
    #[error("there is no dialect '{name}'; there are {valid}")]
    Name {
        /// What was asked for.
        name: String,
        /// The names of all dialects.
        valid: String,
    },
    /// The dialect has no such parameter.
    #[error("{dialect} has no parameter '{name}'; it has {valid}")]
    Parameter {
        /// Name of the dialect.
        dialect: String,
        /// What was asked for.
        name: String,
        /// The names of all its parameters.
        valid: String,
    },
    /// The parameter does not take that value.
    #[error("{name} of {dialect} is {value}; it must be {expected}")]
    Value {
        /// Name of the dialect.
        dialect: String,
        /// Name of the parameter.
        name: String,
        /// What was given.
        value: String,
        /// The valid values.
        expected: String,
    },
    /// The class cannot be read in that way.
    #[error("{dialect} cannot be read by {readout}; choose {valid}")]
    Readout {
        /// Name of the dialect.
        dialect: String,
        /// What was asked for.
        readout: &'static str,
        /// The valid ways.
        valid: String,
    },
    /// A list has more entries than the network has layers for them.
    #[error("a list of {name} has {entries} entries; the network has {layers} layers that can have one")]
    Layers {
        /// Name of the dialect.
        name: String,
        /// Entries of the list.
        entries: usize,
        /// Layers that can have an entry.
        layers: usize,
    },
    /// The scale of a layer would be 0.
    #[error(
        "layer '{layer}' has no activation above 0 in the share of the digits that the recipe looks at, so it cannot be scaled"
    )]
    Silent {
        /// Name of the layer.
        layer: String,
    },
    /// The dialect takes something else as its input.
    #[error("{dialect} takes {takes}, not {found}")]
    Input {
        /// Name of the dialect.
        dialect: String,
        /// What it takes.
        takes: &'static str,
        /// What was given.
        found: &'static str,
    },
    /// The dialect is the ANN, which has no spikes.
    #[error("{dialect} is an ANN: it has no spikes to {purpose}")]
    NoSpikes {
        /// Name of the dialect.
        dialect: String,
        /// What the spikes were needed for, as a verb.
        purpose: &'static str,
    },
    /// There is no script that runs the network in the framework.
    #[error("there is no script for {dialect}: {reason}")]
    NoScript {
        /// Name of the dialect.
        dialect: String,
        /// Why not, and what to do.
        reason: String,
    },
    /// A pixel fires more often in a step than a spike train holds.
    #[error(
        "an input of {dialect} fires {count} times in a step; at most 255 times are held, so set input_max_rates or input_scale lower"
    )]
    InputSpikes {
        /// Name of the dialect.
        dialect: String,
        /// Spikes in the step.
        count: u32,
    },
    /// The network loses spikes, which only Spikepad's own neurons do.
    #[error(
        "{dialect} cannot lose spikes; leave 'drop' out of the damage, or run the network without a dialect"
    )]
    LostSpikes {
        /// Name of the dialect.
        dialect: String,
    },
    /// The spikes or potentials do not fit the network.
    #[error("{what} has length {found}; the network needs {expected}")]
    Length {
        /// What does not fit.
        what: String,
        /// Its length.
        found: usize,
        /// The length needed.
        expected: usize,
    },
    /// The number of steps is out of its range, or a recording would be too large.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}
