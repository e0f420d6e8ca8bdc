//! Why a NIR graph cannot be read in some way, or written for some framework.

use thiserror::Error;

use super::importer::Importer;

/// Why a NIR graph cannot be read as a framework reads it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NirError {
    /// The framework's importer refuses the graph.
    #[error("{} {} does not read this graph: {reason}", .importer.title(), .importer.version())]
    Refused {
        /// The framework.
        importer: Importer,
        /// The framework's own reason, with the node.
        reason: String,
    },
    /// The framework's importer takes no time step, or not this one.
    #[error("{} reads a NIR file {reason}", .importer.title())]
    TimeStep {
        /// The framework.
        importer: Importer,
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
        "'{given}' is no way to read a NIR file; write {}, with ,dt=SECONDS after spikingjelly, norse or nir",
        names()
    )]
    Words {
        /// What was given.
        given: String,
    },
    /// The network does things that the framework does not read from a file.
    #[error("a NIR file for {} cannot hold this network: {reason}", .importer.title())]
    Inexpressible {
        /// The framework that should read the file.
        importer: Importer,
        /// What it does not read, and what to do.
        reason: String,
    },
}

fn names() -> String {
    let names: Vec<_> = Importer::ALL.iter().map(|importer| importer.name()).collect();
    names.join(", ")
}

impl NirError {
    /// The framework refuses the graph.
    pub(super) fn refused(importer: Importer, reason: impl Into<String>) -> Self {
        Self::Refused { importer, reason: reason.into() }
    }

    /// The graph is not one of layers of spiking neurons.
    pub(super) fn graph(reason: impl Into<String>) -> Self {
        Self::Graph { reason: reason.into() }
    }
}
