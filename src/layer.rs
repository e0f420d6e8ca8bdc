//! The parameters of a model's layers under given settings: synapses, gains and neurons.

use std::sync::Arc;

use thiserror::Error;

use crate::digit::DigitError;
use crate::model::Model;
use crate::network::synapses::Synapses;
use crate::network::{ConversionError, Weights};
use crate::neuron::{Lif, decay};
use crate::readout::Reading;
use crate::settings::{Settings, SettingsError};

/// Why a presentation cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// A setting is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The model lacks what the normalisation needs.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// The digit does not fit the network.
    #[error(transparent)]
    Digit(#[from] DigitError),
    /// The recording would not fit in memory.
    #[error(
        "a recording of {steps} steps of {neurons} neurons is too large; \
         ask for fewer steps or a smaller network"
    )]
    RecordingTooLarge {
        /// Steps asked for.
        steps: u32,
        /// Neurons in all layers.
        neurons: usize,
    },
}

/// Parameters of one layer of spiking neurons.
#[derive(Debug, Clone)]
pub(crate) struct LayerParameters {
    pub synapses: Arc<Synapses>,
    pub inputs: usize,
    pub neurons: usize,
    /// The factors that turn sums of stored weights into currents, `[neurons]`.
    pub gains: Vec<f32>,
    pub lif: Lif,
}

impl LayerParameters {
    /// The parameters of every layer of `model`.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, or the model lacks what the
    /// normalisation needs.
    pub fn of(model: &Model, settings: &Settings) -> Result<Vec<Self>, SimulationError> {
        settings.validate()?;
        let lif = Lif {
            decay: decay(settings.dt, settings.tau_m),
            threshold: settings.threshold as f32,
            reset: settings.reset,
            refractory: settings.refractory,
        };
        let gains = model.gains(settings.normalisation)?;
        let network = model.network();
        let last = network.layers().len() - 1;
        let layers = network.layers().iter().zip(network.synapses()).zip(gains).enumerate();
        let layers = layers.map(|(i, ((layer, synapses), gain))| {
            let (inputs, neurons) = layer.weights.shape();
            let integrates = i == last && settings.readout == Reading::Membrane;
            Self {
                synapses: Arc::clone(synapses),
                inputs,
                neurons,
                gains: match &layer.weights {
                    Weights::Float(_) => vec![gain as f32; neurons],
                    Weights::Int8 { scales, .. } => {
                        scales.iter().map(|&scale| (f64::from(scale) * gain) as f32).collect()
                    }
                },
                lif: if integrates { Lif { threshold: f32::INFINITY, ..lif } } else { lif },
            }
        });
        Ok(layers.collect())
    }
}
