//! Why a NIR graph cannot be read in some way, or written for some framework.

use thiserror::Error;

/// Why a NIR graph cannot be read as a framework reads it, or written for a framework.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NirError {
    /// The framework's importer refuses the graph.
    #[error("{framework} does not read this graph: {reason}")]
    Refused {
        /// The framework and its version.
        framework: String,
        /// The framework's own reason, with the node.
        reason: String,
    },
    /// The framework's importer takes no time step, or not this one.
    #[error("{framework} reads a NIR file {reason}")]
    TimeStep {
        /// The framework.
        framework: &'static str,
        /// How it comes to its time step.
        reason: String,
    },
    /// The graph is not one of layers of spiking neurons.
    #[error("the graph is not run as spikes: {reason}")]
    Graph {
        /// What is missing, or not run.
        reason: String,
    },
    /// A way to read is not written as it should be.
    #[error(
        "'{given}' is no way to read a NIR file; write {valid}, with ,dt=SECONDS after spikingjelly, norse or nir"
    )]
    Words {
        /// What was given.
        given: String,
        /// The names of the frameworks.
        valid: String,
    },
    /// The network does things that the framework does not read from a file.
    #[error("a NIR file for {framework} cannot hold this network: {reason}")]
    Inexpressible {
        /// The framework that should read the file.
        framework: &'static str,
        /// What it does not read, and what to do.
        reason: String,
    },
}

impl NirError {
    /// The graph is not one of layers of spiking neurons.
    pub(super) fn graph(reason: impl Into<String>) -> Self {
        Self::Graph { reason: reason.into() }
    }
}
