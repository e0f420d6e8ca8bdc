//! The reference simulation: the obvious loop over all steps, spikes and weights. Tests compare the fast simulation with it, bit
//! for bit, and `spikepad bench` compares their times.

use crate::clock::{Delay, Observer, Stage, run};
use crate::digit::Digit;
use crate::encoding::Encoder;
use crate::layer::{LayerParameters, SimulationError};
use crate::model::Model;
use crate::network::Weights;
use crate::network::synapses::{fixed_point, fixed_point_scales};
use crate::neuron::Population;
use crate::readout::Readout;
use crate::settings::Settings;
use crate::simulation::{Recorder, Recording, SpikingNetwork};
use crate::spikes::Spikes;
use crate::transmission::{Transmission, Way};

/// A network of LIF neurons that the obvious loop simulates.
#[derive(Debug, Clone)]
pub struct Reference {
    inputs: usize,
    network: SpikingNetwork,
    layers: Vec<PlainLayer>,
    transmission: Transmission,
}

#[derive(Debug, Clone)]
struct PlainLayer {
    /// The integers that stand for the weights, `[inputs, neurons]` row-major.
    weights: Vec<i32>,
    /// The sums of the current step, `[neurons]`.
    sums: Vec<i32>,
    gains: Vec<f32>,
    currents: Vec<f32>,
    population: Population,
    spikes: Vec<u16>,
    /// The way of the spikes that arrive at the layer.
    way: Way,
    /// Steps so far.
    steps: u64,
}

impl Reference {
    /// Converts `model` to spiking neurons.
    ///
    /// # Errors
    /// The errors of [`SpikingNetwork::new`].
    pub fn new(model: &Model, settings: &Settings) -> Result<Self, SimulationError> {
        let layers = model.network().layers().iter().zip(LayerParameters::of(model, settings)?);
        let layers =
            layers.map(|(layer, LayerParameters { neurons, gains, constant, lif, transmission, .. })| {
                PlainLayer {
                    weights: match &layer.weights {
                        Weights::Float(weights) => {
                            let scales = fixed_point_scales(weights);
                            weights
                                .indexed_iter()
                                .map(|((_, j), &weight)| fixed_point(weight, scales[j]))
                                .collect()
                        }
                        Weights::Int8 { integers, .. } => {
                            integers.iter().map(|&weight| weight.into()).collect()
                        }
                    },
                    sums: vec![0; neurons],
                    gains,
                    currents: vec![0.0; neurons],
                    population: Population::new(neurons, lif)
                        .with_constant(constant.as_deref().unwrap_or_default()),
                    spikes: Vec::new(),
                    way: transmission.out_of(0, 0),
                    steps: 0,
                }
            });
        let inputs = model.network().inputs();
        let layers = layers.collect();
        let network = SpikingNetwork::new(model, settings)?;
        Ok(Self { inputs, layers, network, transmission: model.transmission() })
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
        for (i, layer) in self.layers.iter_mut().enumerate() {
            layer.population.rest();
            layer.way = self.transmission.out_of(i, seed);
            layer.steps = 0;
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
        let Self { weights, sums, gains, currents, population, spikes, way, steps } = self;
        *steps += 1;
        sums.fill(0);
        let neurons = sums.len();
        for &input in presynaptic.neurons().iter().filter(|&&input| way.delivers(*steps, input)) {
            let row = &weights[usize::from(input) * neurons..][..neurons];
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        for ((current, &sum), gain) in currents.iter_mut().zip(&*sums).zip(&*gains) {
            *current = sum as f32 * gain;
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
