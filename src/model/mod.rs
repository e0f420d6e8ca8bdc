//! A model: a network and its description, as one file holds them.

mod container;
mod description;
mod error;
mod safetensors;
#[cfg(any(feature = "writing", not(target_arch = "wasm32")))]
mod writing;

use std::mem;

#[cfg(feature = "npz")]
pub use container::{Container, Tensor as SafetensorsTensor};
pub use description::Description;
pub use error::ModelError;

use crate::digit::{Digit, DigitError};
use crate::network::{self, ConversionError, Network, Normalisation};
use crate::settings::Settings;
use crate::transmission::Transmission;

/// A network with its description.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    network: Network,
    description: Description,
    transmission: Transmission,
}

impl Model {
    /// Joins a network and its description.
    ///
    /// # Errors
    /// [`ModelError`] where the conversion, the typicality or the layout does not fit the network's
    /// layers.
    pub fn new(network: Network, description: Description) -> Result<Self, ModelError> {
        let Description { conversion, layout, typicality, .. } = &description;
        if let Some(shift) = conversion.as_ref().map(|conversion| conversion.output_shift) {
            network::gains(&network, Normalisation::Model, conversion.as_ref(), None)?;
            if !shift.is_finite() {
                return Err(ConversionError::Shift.into());
            }
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
        Ok(Self { network, description, transmission: Transmission::default() })
    }

    /// Reads a model from the bytes of a safetensors file. The file holds
    ///
    /// - for each layer a tensor `NAME.weight`, `[inputs, outputs]`: F32, or I8 with a tensor `NAME.scale`,
    ///   `[outputs]`, F32; if the layer has biases, a tensor `NAME.bias`, `[outputs]`, F32;
    /// - for a [`Typicality`](crate::Typicality) the tensors `typicality.weight`, `[hidden, classes]`, I8, and
    ///   `typicality.scale` and `typicality.bias`, `[classes]`, F32;
    /// - the metadata entry `spikepad`: JSON with the layers' names, their activation functions as texts
    ///   (by default ReLU, and softmax in the last layer), and the [`Description`].
    ///
    /// # Errors
    /// [`ModelError`] names what is missing, misshapen or damaged.
    pub fn from_safetensors(bytes: &[u8]) -> Result<Self, ModelError> {
        let (network, description) = safetensors::read(bytes)?;
        Self::new(network, description)
    }

    /// The bytes of a safetensors file that [`Model::from_safetensors`] reads. The same model gives the same
    /// bytes.
    ///
    /// # Errors
    /// [`ModelError::Container`] where the format cannot hold the model.
    #[cfg(any(feature = "writing", not(target_arch = "wasm32")))]
    pub fn to_safetensors(&self) -> Result<Vec<u8>, ModelError> {
        writing::write(&self.network, &self.description)
    }

    /// The network that Spikepad's page ships: 784-128-10, trained on MNIST. Its provenance is in its
    /// [`description`](Model::description).
    #[cfg(feature = "weights")]
    #[must_use]
    pub fn shipped() -> Self {
        const WEIGHTS: &[u8] = include_bytes!("../../www/assets/mnist-784-128-10.safetensors");
        Self::from_safetensors(WEIGHTS).expect("the tests read this file")
    }

    /// The network with another description.
    ///
    /// # Errors
    /// The errors of [`Model::new`].
    pub fn with_description(self, description: Description) -> Result<Self, ModelError> {
        let Self { network, transmission, .. } = self;
        Ok(Self { transmission, ..Self::new(network, description)? })
    }

    /// The same model, whose spikes are sent in this way.
    #[cfg(feature = "damage")]
    pub(crate) fn with_transmission(self, transmission: Transmission) -> Self {
        Self { transmission, ..self }
    }

    /// How spikes are sent.
    pub(crate) fn transmission(&self) -> Transmission {
        self.transmission
    }

    /// The class that the ANN answers: see [`Network::classify`]. Where [`Damage`](crate::Damage) loses spikes, the numbers that
    /// the ANN sends are lost as often; `seed`, that of the presentation, chooses which.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn classify(&self, digit: &Digit, seed: u64) -> Result<Option<usize>, DigitError> {
        #[cfg(feature = "damage")]
        if !self.transmission.is_perfect() {
            return self.network.class_through(digit, self.transmission, seed);
        }
        let _ = seed;
        self.network.classify(digit)
    }

    /// The ANN's probability of each class, `[classes]`: see [`Network::probabilities`], and [`Model::classify`] for `seed`.
    ///
    /// # Errors
    /// [`DigitError::Inputs`] where the digit does not fit the network.
    pub fn probabilities(&self, digit: &Digit, seed: u64) -> Result<Vec<f32>, DigitError> {
        #[cfg(feature = "damage")]
        if !self.transmission.is_perfect() {
            return self.network.probabilities_through(digit, self.transmission, seed);
        }
        let _ = seed;
        self.network.probabilities(digit)
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The description of the network.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The settings that suit the model best. The model's conversion sets the time constant and the reset.
    /// Without one the weights are normalised by the 99.9th percentile of the activations, or not at all if
    /// the model has no statistics.
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
        network::gains(&self.network, normalisation, conversion.as_ref(), activations.as_ref())
    }
}
