//! The clock: a digit becomes spikes, and the spikes run through the layers.

use std::ops::ControlFlow;
use std::sync::Arc;

use thiserror::Error;

use crate::conversion::ConversionError;
use crate::digit::Digit;
use crate::encoding::PoissonEncoder;
use crate::model::Model;
use crate::network::Weights;
use crate::neuron::{Lif, Population, decay};
use crate::readout::ReadoutRule;
use crate::settings::{Settings, SettingsError};
use crate::synapses::Synapses;

/// Why a presentation cannot be run as asked.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// A setting is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The model lacks what the normalisation needs.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
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

/// Sees what happens in each step of a presentation.
pub trait Observer {
    /// The spikes of one layer in this step, ascending, and its membrane potentials after the
    /// step. Called once a step for each layer: 0 is the input, which has no membranes.
    fn layer(&mut self, layer: usize, spikes: &[u16], membranes: &[f32]);

    /// All layers have had their step. Break to end the presentation here.
    fn step_done(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A network of LIF neurons, ready to be shown digits.
#[derive(Debug, Clone)]
pub struct SpikingNetwork {
    settings: Settings,
    readout_rule: ReadoutRule,
    layers: Vec<SpikingLayer>,
    input_spikes: Vec<u16>,
}

#[derive(Debug, Clone)]
struct SpikingLayer {
    synapses: Arc<Synapses>,
    /// What a sum of stored weights is multiplied by to become a current, `[neurons]`.
    gains: Vec<f32>,
    currents: Vec<f32>,
    population: Population,
    spikes: Vec<u16>,
}

impl SpikingNetwork {
    /// Converts `model` to spiking neurons.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, or the model lacks what the
    /// normalisation needs.
    pub fn new(model: &Model, settings: &Settings) -> Result<Self, SimulationError> {
        settings.validate()?;
        let lif = Lif {
            decay: decay(settings.dt, settings.tau_m),
            threshold: settings.threshold as f32,
            reset: settings.reset,
            refractory: settings.refractory,
        };
        let gains = model.gains(settings.normalisation)?;
        let network = model.network();
        let layers = network.layers().iter().zip(network.synapses()).zip(gains);
        let layers = layers.map(|((layer, synapses), gain)| {
            let (_, neurons) = layer.weights.shape();
            SpikingLayer {
                synapses: Arc::clone(synapses),
                gains: match &layer.weights {
                    Weights::Float(_) => vec![gain as f32; neurons],
                    Weights::Int8 { scales, .. } => {
                        scales.iter().map(|&scale| (f64::from(scale) * gain) as f32).collect()
                    }
                },
                currents: vec![0.0; neurons],
                population: Population::new(neurons, lif),
                spikes: Vec::new(),
            }
        });
        Ok(Self {
            settings: settings.clone(),
            readout_rule: model.description().readout.unwrap_or_default(),
            layers: layers.collect(),
            input_spikes: Vec::new(),
        })
    }

    /// The settings that the network was made with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// When the outputs suffice for an answer.
    #[must_use]
    pub fn readout_rule(&self) -> ReadoutRule {
        self.readout_rule
    }

    /// Layers of neurons; the input is none.
    #[must_use]
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// Neurons of the last layer.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.layers[self.layers.len() - 1].currents.len()
    }

    /// Presents `digit` for the settings' number of steps, or until `observer` breaks it off. All
    /// neurons start at rest, and the input's spikes depend on `digit` and `seed` alone.
    ///
    /// In each step the input spikes; then each layer, one after another, takes the spikes that
    /// the layer before it gave in the same step. A spike that a digit causes can cross the whole
    /// network in one step.
    pub fn present(&mut self, digit: &Digit, seed: u64, observer: &mut impl Observer) {
        // Hz times ms.
        let probability = self.settings.max_rate * self.settings.dt / 1000.0;
        let mut encoder = PoissonEncoder::new(digit, probability, seed);
        for layer in &mut self.layers {
            layer.population.rest();
        }
        for _ in 0..self.settings.steps {
            encoder.step(&mut self.input_spikes);
            observer.layer(0, &self.input_spikes, &[]);
            let mut before = &self.input_spikes;
            for (i, layer) in self.layers.iter_mut().enumerate() {
                layer.step(before);
                observer.layer(i + 1, &layer.spikes, layer.population.membranes());
                before = &layer.spikes;
            }
            if observer.step_done().is_break() {
                break;
            }
        }
    }
}

impl SpikingLayer {
    fn step(&mut self, presynaptic: &[u16]) {
        self.synapses.drive(presynaptic, &self.gains, &mut self.currents);
        self.population.step(&self.currents, &mut self.spikes);
    }
}
