//! Why a network cannot be examined.

use thiserror::Error;

use crate::changes::ChangeError;
use crate::layer::SimulationError;

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
    /// The network cannot be run in the dialect.
    #[cfg(feature = "dialects")]
    #[error(transparent)]
    Dialect(#[from] crate::dialect::DialectError),
    /// The network cannot be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
}
