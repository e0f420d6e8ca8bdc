//! The reference: a plain loop over steps, spikes and weights. Tests compare the fast simulation with it, bit
//! for bit. `spikepad bench` compares their times and calls it "the obvious loop".

use crate::clock::{Delay, Observer, Stage, run};
use crate::digit::Digit;
use crate::encoding::Encoder;
use crate::layer::{LayerParameters, SimulationError};
use crate::model::Model;
use crate::network::Weights;
use crate::neuron::Population;
use crate::readout::Readout;
use crate::settings::Settings;
use crate::simulation::{Recorder, Recording, SpikingNetwork};
use crate::spikes::Spikes;

/// A network of LIF neurons that the plain loop simulates.
#[derive(Debug, Clone)]
pub struct Reference {
    inputs: usize,
    network: SpikingNetwork,
    layers: Vec<PlainLayer>,
}

#[derive(Debug, Clone)]
struct PlainLayer {
    weights: Stored,
    gains: Vec<f32>,
    currents: Vec<f32>,
    population: Population,
    spikes: Vec<u16>,
}

/// Weights, `[inputs, neurons]` row-major, and the sums of the current step, `[neurons]`.
#[derive(Debug, Clone)]
enum Stored {
    Float(Vec<f32>, Vec<f32>),
    Integer(Vec<i32>, Vec<i32>),
}

impl Reference {
    /// Converts `model` to spiking neurons.
    ///
    /// # Errors
    /// The errors of [`SpikingNetwork::new`].
    pub fn new(model: &Model, settings: &Settings) -> Result<Self, SimulationError> {
        let layers = model.network().layers().iter().zip(LayerParameters::of(model, settings)?);
        let layers =
            layers.map(|(layer, LayerParameters { neurons, gains, constant, lif, .. })| PlainLayer {
                weights: match &layer.weights {
                    Weights::Float(weights) => {
                        Stored::Float(weights.iter().copied().collect(), vec![0.0; neurons])
                    }
                    Weights::Int8 { integers, .. } => Stored::Integer(
                        integers.iter().map(|&weight| weight.into()).collect(),
                        vec![0; neurons],
                    ),
                },
                gains,
                currents: vec![0.0; neurons],
                population: Population::new(neurons, lif)
                    .with_constant(constant.as_deref().unwrap_or_default()),
                spikes: Vec::new(),
            });
        let inputs = model.network().inputs();
        Ok(Self { inputs, layers: layers.collect(), network: SpikingNetwork::new(model, settings)? })
    }

    /// The same network, for the fast simulation.
    #[must_use]
    pub fn network(&self) -> &SpikingNetwork {
        &self.network
    }

    /// Presents `digit`: see [`SpikingNetwork::present`].
    ///
    /// # Errors
    /// [`SimulationError::Digit`] where the digit does not fit the network.
    pub fn present(
        &mut self,
        digit: &Digit,
        seed: u64,
        observer: &mut impl Observer,
    ) -> Result<(), SimulationError> {
        digit.check_inputs(self.inputs)?;
        let settings = self.network.settings();
        let mut encoder = Encoder::new(settings.encoding, digit, settings.probability(), seed);
        for layer in &mut self.layers {
            layer.population.rest();
        }
        run(&mut encoder, &mut self.layers, Delay::None, settings.steps, observer);
        Ok(())
    }

    /// Presents `digit` to `model` and records it: see [`Recording::of`].
    ///
    /// # Errors
    /// The errors of [`Recording::of`].
    pub fn record(model: &Model, digit: &Digit, settings: &Settings) -> Result<Recording, SimulationError> {
        let mut reference = Self::new(model, settings)?;
        let readout = reference.network.readout();
        let mut recorder = Recorder::new(&model.network().sizes(), settings.steps, readout)?;
        reference.present(digit, settings.seed, &mut recorder)?;
        recorder.finish(Readout::verdict)
    }
}

impl Stage for PlainLayer {
    fn step(&mut self, presynaptic: Spikes) {
        let Self { weights, gains, currents, population, spikes } = self;
        match weights {
            Stored::Float(weights, sums) => {
                sums.fill(0.0);
                add(weights, presynaptic.neurons(), sums, |sum, weight| sum + weight);
                multiply(sums, gains, currents, |sum| sum);
            }
            Stored::Integer(weights, sums) => {
                sums.fill(0);
                add(weights, presynaptic.neurons(), sums, |sum, weight| sum + weight);
                multiply(sums, gains, currents, |sum| sum as f32);
            }
        }
        population.step(currents, spikes);
    }

    fn spikes(&self) -> Spikes<'_> {
        Spikes::once(&self.spikes)
    }

    fn membranes(&self) -> &[f32] {
        self.population.membranes()
    }
}

fn add<T: Copy>(weights: &[T], presynaptic: &[u16], sums: &mut [T], plus: impl Fn(T, T) -> T) {
    let neurons = sums.len();
    for &input in presynaptic {
        let row = &weights[usize::from(input) * neurons..][..neurons];
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum = plus(*sum, weight);
        }
    }
}

fn multiply<T: Copy>(sums: &[T], gains: &[f32], currents: &mut [f32], to_f32: impl Fn(T) -> f32) {
    for ((current, &sum), gain) in currents.iter_mut().zip(sums).zip(gains) {
        *current = to_f32(sum) * gain;
    }
}
