//! The clock: a digit becomes spikes, and the spikes run through the layers.

use std::ops::ControlFlow;
use std::sync::Arc;

use thiserror::Error;

use crate::conversion::ConversionError;
use crate::digit::Digit;
use crate::encoding::{Encoder, PoissonEncoder};
use crate::model::Model;
use crate::network::Weights;
use crate::neuron::{Lif, Population, decay};
use crate::readout::{Reading, ReadoutRule};
use crate::settings::{Settings, SettingsError};
use crate::spikes::{SpikeList, Spikes};
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
    /// The spikes of one layer in this step, and its membrane potentials after the step. Called
    /// once a step for each layer: 0 is the input, which has no membranes.
    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]);

    /// All layers have had their step. Break to end the presentation here.
    fn step_done(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Where the input's spikes come from.
pub(crate) trait Source {
    /// Advances one time step; the spikes of the input take the place of what was in `spikes`.
    fn step(&mut self, spikes: &mut SpikeList);
}

impl Source for PoissonEncoder {
    fn step(&mut self, spikes: &mut SpikeList) {
        self.step(spikes.once());
    }
}

impl Source for Encoder {
    fn step(&mut self, spikes: &mut SpikeList) {
        self.step(spikes.once());
    }
}

/// A layer of neurons and the synapses that lead to it.
pub(crate) trait Stage {
    /// Advances one time step, in which the spikes `presynaptic` arrive.
    fn step(&mut self, presynaptic: Spikes);

    /// The spikes of the last step.
    fn spikes(&self) -> Spikes<'_>;

    /// The membrane potentials after the last step, `[neurons]`.
    fn membranes(&self) -> &[f32];
}

/// When the spikes of one layer arrive at the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delay {
    /// In the step in which they are fired: a spike can cross the whole network in one step.
    None,
    /// One step later.
    OneStep,
}

/// Runs `layers`, one after another, on the spikes of `source` for `steps` steps, or until
/// `observer` breaks it off.
pub(crate) fn run<S: Stage>(
    source: &mut impl Source,
    layers: &mut [S],
    delay: Delay,
    steps: u32,
    observer: &mut impl Observer,
) {
    let mut input = SpikeList::default();
    for _ in 0..steps {
        match delay {
            Delay::None => {
                source.step(&mut input);
                (0..layers.len()).for_each(|layer| feed(layers, layer, &input));
            }
            // From the last layer to the first: each takes what the one before it fired last.
            Delay::OneStep => {
                (0..layers.len()).rev().for_each(|layer| feed(layers, layer, &input));
                source.step(&mut input);
            }
        }
        observer.layer(0, input.view(), &[]);
        for (i, layer) in layers.iter().enumerate() {
            observer.layer(i + 1, layer.spikes(), layer.membranes());
        }
        if observer.step_done().is_break() {
            break;
        }
    }
}

/// Advances one layer with the spikes that the layer before it, or the input, holds.
fn feed<S: Stage>(layers: &mut [S], layer: usize, input: &SpikeList) {
    let (before, from_here) = layers.split_at_mut(layer);
    from_here[0].step(before.last().map_or(input.view(), Stage::spikes));
}

/// A network of LIF neurons, ready to be shown digits.
#[derive(Debug, Clone)]
pub struct SpikingNetwork {
    settings: Settings,
    readout_rule: ReadoutRule,
    layers: Vec<SpikingLayer>,
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
        let last = network.layers().len() - 1;
        let layers = layers.enumerate().map(|(i, ((layer, synapses), gain))| {
            let (_, neurons) = layer.weights.shape();
            let integrates = i == last && settings.readout == Reading::Membrane;
            let threshold = if integrates { f32::INFINITY } else { lif.threshold };
            SpikingLayer {
                synapses: Arc::clone(synapses),
                gains: match &layer.weights {
                    Weights::Float(_) => vec![gain as f32; neurons],
                    Weights::Int8 { scales, .. } => {
                        scales.iter().map(|&scale| (f64::from(scale) * gain) as f32).collect()
                    }
                },
                currents: vec![0.0; neurons],
                population: Population::new(neurons, Lif { threshold, ..lif }),
                spikes: Vec::new(),
            }
        });
        Ok(Self {
            settings: settings.clone(),
            readout_rule: model.description().readout.unwrap_or_default(),
            layers: layers.collect(),
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
        let mut encoder = Encoder::new(self.settings.encoding, digit, probability, seed);
        for layer in &mut self.layers {
            layer.population.rest();
        }
        run(&mut encoder, &mut self.layers, Delay::None, self.settings.steps, observer);
    }
}

impl Stage for SpikingLayer {
    fn step(&mut self, presynaptic: Spikes) {
        self.synapses.drive(presynaptic.neurons(), &self.gains, &mut self.currents);
        self.population.step(&self.currents, &mut self.spikes);
    }

    fn spikes(&self) -> Spikes<'_> {
        Spikes::once(&self.spikes)
    }

    fn membranes(&self) -> &[f32] {
        self.population.membranes()
    }
}
