//! A model: a network and all that its file says about it.

mod container;
mod description;
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
mod npz;
mod safetensors;
#[cfg(not(target_arch = "wasm32"))]
mod writing;

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use serde::Serialize;
use thiserror::Error;

use crate::conversion::{self, ActivationStatistics, Conversion, ConversionError, Normalisation};
use crate::network::{Network, NetworkError};
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
use crate::npz::NpzError;
use crate::readout::ReadoutRule;
use crate::settings::Settings;
use crate::typicality::Typicality;

/// Why a file could not be taken as a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not a safetensors file, or a damaged one.
    #[error("not a readable safetensors file: {0}")]
    Container(String),
    /// A safetensors file without Spikepad's description, or with one that cannot be read.
    #[error("the file's metadata '{key}' does not describe a Spikepad network: {reason}")]
    Metadata {
        /// The metadata's key.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A tensor that the description names is not there.
    #[error("the tensor '{tensor}' is missing from the file")]
    MissingTensor {
        /// Name of the tensor.
        tensor: String,
    },
    /// A tensor of a type or number of dimensions that cannot be weights.
    #[error("the tensor '{tensor}' is {found}; it must be {expected}")]
    Tensor {
        /// Name of the tensor.
        tensor: String,
        /// Its type and shape.
        found: String,
        /// What it must be.
        expected: &'static str,
    },
    /// Not a readable archive of arrays, or one without the weights.
    #[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
    #[error(transparent)]
    Npz(#[from] NpzError),
    /// The layers do not make a network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The conversion or the statistics do not fit the network.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// The typicality is not of this network's last hidden layer and classes.
    #[error("the typicality must be [{hidden}, {classes}], finite, with a scale and a bias a class")]
    Typicality {
        /// Neurons of the last hidden layer.
        hidden: usize,
        /// Classes.
        classes: usize,
    },
    /// The layout does not name each hidden neuron once.
    #[error("the layout must name each of the {expected} neurons of the first layer once")]
    Layout {
        /// Neurons of the first layer.
        expected: usize,
    },
}

/// What a model's file says beside its weights.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// The conversion chosen for these weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// When the outputs suffice for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<ReadoutRule>,
    /// What the hidden neurons do for a digit and for nothing else. In tensors of its own.
    #[serde(skip)]
    pub typicality: Option<Arc<Typicality>>,
    /// How large the activations get over the training digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activations: Option<ActivationStatistics>,
    /// For each place on the display, row-major, the neuron of the first layer that is shown
    /// there, such that like neurons are neighbours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Vec<u16>>,
    /// Where the weights come from: data, licence, command, seed, measured figures.
    pub provenance: BTreeMap<String, String>,
}

/// A network with its description.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    network: Network,
    description: Description,
}

impl Model {
    /// Joins a network and its description.
    ///
    /// # Errors
    /// [`ModelError`] where the conversion, the typicality or the layout does not fit the network's
    /// layers.
    pub fn new(network: Network, description: Description) -> Result<Self, ModelError> {
        let Description { conversion, layout, typicality, .. } = &description;
        if conversion.is_some() {
            conversion::gains(&network, Normalisation::Model, conversion.as_ref(), None)?;
        }
        if let Some(typicality) = typicality {
            let sizes = network.sizes();
            let (hidden, classes) = (sizes[sizes.len() - 2], sizes[sizes.len() - 1]);
            if !typicality.fits(hidden, classes) {
                return Err(ModelError::Typicality { hidden, classes });
            }
        }
        if let Some(layout) = layout {
            let expected = network.sizes()[1];
            let mut seen = vec![false; expected];
            let mut is_new = |neuron: &u16| {
                let seen = seen.get_mut(usize::from(*neuron));
                seen.is_some_and(|seen| !mem::replace(seen, true))
            };
            if layout.len() != expected || !layout.iter().all(&mut is_new) {
                return Err(ModelError::Layout { expected });
            }
        }
        Ok(Self { network, description })
    }

    /// Reads a model from the bytes of a safetensors file: for each layer a tensor `NAME.weight`,
    /// `[inputs, outputs]`, of F32, or of I8 with a tensor `NAME.scale`, `[outputs]`, of F32; where
    /// it carries a [`Typicality`], `typicality.weight`, `[hidden, classes]`, of I8, and
    /// `typicality.scale` and `typicality.bias`, `[classes]`, of F32; and the metadata entry
    /// `spikepad`, JSON with the layers' names and the [`Description`].
    ///
    /// # Errors
    /// [`ModelError`] names what is missing, misshapen or damaged.
    pub fn from_safetensors(bytes: &[u8]) -> Result<Self, ModelError> {
        let (network, description) = safetensors::read(bytes)?;
        Self::new(network, description)
    }

    /// Reads a model from the bytes of NumPy's `.npz` file: an array `w1`, `[784, neurons]`, and
    /// for each further layer `w2` and so on, `[inputs, outputs]`, of numbers that are taken as
    /// f32.
    ///
    /// # Errors
    /// [`ModelError`] names what is missing, misshapen or damaged.
    #[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
    pub fn from_npz(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::new(npz::read(bytes)?, Description::default())
    }

    /// The bytes of a safetensors file that [`Model::from_safetensors`] reads back; the same model
    /// gives the same bytes.
    ///
    /// # Errors
    /// [`ModelError::Container`] where the format cannot hold the model.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn to_safetensors(&self) -> Result<Vec<u8>, ModelError> {
        writing::write(&self.network, &self.description)
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What the file says about it.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The settings that suit the model best: those of its own conversion, where it carries one.
    #[must_use]
    pub fn defaults(&self) -> Settings {
        let settings = Settings::default();
        match &self.description {
            Description { conversion: Some(conversion), .. } => {
                Settings { tau_m: conversion.tau_m, reset: conversion.reset, ..settings }
            }
            Description { activations: Some(_), .. } => {
                Settings { normalisation: Normalisation::Percentile99_9, ..settings }
            }
            _ => Settings { normalisation: Normalisation::None, ..settings },
        }
    }

    /// The factor on the weights of each layer under `normalisation`.
    ///
    /// # Errors
    /// [`ConversionError`] where the model lacks what the normalisation needs.
    pub fn gains(&self, normalisation: Normalisation) -> Result<Vec<f64>, ConversionError> {
        let Description { conversion, activations, .. } = &self.description;
        conversion::gains(&self.network, normalisation, conversion.as_ref(), activations.as_ref())
    }
}
