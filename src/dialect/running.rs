//! A network in a dialect, with the state of its neurons.

use super::catalogue::Dialect;
use super::converted::Converted;
use super::error::DialectError;
use super::input::Input;
use super::layer::AnyLayer;
use super::real::StepSums;
use super::shared::Fed;
use super::train::Train;
use crate::clock::{Delay, Observer, run};
use crate::digit::Digit;
use crate::model::Model;

/// The layers of a network, and how they run together.
pub(super) enum Running {
    /// The ANN, which has no steps.
    Ann,
    /// Layers that pass on spikes.
    Spiking { layers: Vec<Box<dyn AnyLayer>>, delay: Delay },
    /// Layers that pass on numbers.
    Converted(Converted),
}

impl Running {
    /// The layers of `model` in `dialect`, at rest.
    ///
    /// # Errors
    /// [`DialectError::Layers`] where a parameter has numbers for more layers than there are.
    pub fn new(model: &Model, dialect: &Dialect) -> Result<Self, DialectError> {
        Ok(match dialect.converts() {
            Some(make) => Self::Converted(Converted::new(model, dialect, make)?),
            None if dialect.has_spikes() => {
                Self::Spiking { layers: dialect.layers(model), delay: dialect.delay() }
            }
            None => Self::Ann,
        })
    }

    /// Puts all neurons into their state at the start of a presentation.
    pub fn rest(&mut self) {
        match self {
            Self::Ann => {}
            Self::Spiking { layers, .. } => layers.iter_mut().for_each(|layer| layer.rest()),
            Self::Converted(network) => network.rest(),
        }
    }

    /// Replaces the initial potentials of a layer, counted from 0, `[neurons]`, if the framework draws them.
    pub fn start_from(&mut self, layer: usize, potentials: &[f64]) {
        match self {
            Self::Ann => {}
            Self::Spiking { layers, .. } => layers[layer].start_from(potentials),
            Self::Converted(network) => network.start_from(layer, potentials),
        }
    }

    /// The first layer, of a network whose layers pass on spikes.
    pub fn first(&self) -> Option<&dyn AnyLayer> {
        match self {
            Self::Spiking { layers, .. } => layers.first().map(|layer| &**layer),
            _ => None,
        }
    }

    /// Presents the input spikes `train` to a network whose layers pass on spikes. `sums` are those that the spikes give in
    /// the first layer, if they are known.
    pub fn replay(&mut self, train: &Train, sums: Option<&StepSums>, observer: &mut impl Observer) {
        if let Self::Spiking { layers, delay } = self {
            let mut layers = Fed::layers(layers, sums, *delay == Delay::OneStep);
            run(&mut train.replay(), &mut layers, *delay, train.steps() as u32, observer);
        }
    }

    /// Presents a digit that fits the network: as spikes of `input`, or as the constant current that it is.
    pub fn present(
        &mut self,
        digit: &Digit,
        input: impl FnOnce() -> Input,
        steps: u32,
        observer: &mut impl Observer,
    ) {
        match self {
            Self::Ann => {}
            Self::Spiking { layers, delay } => run(&mut input(), layers, *delay, steps, observer),
            Self::Converted(network) => {
                let image: Vec<f32> = digit.intensities().collect();
                network.present(&image, steps, observer, |_| ());
            }
        }
    }
}
