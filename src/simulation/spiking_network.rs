//! A network of spiking neurons, to which digits are presented.

use crate::clock::Observer;
use crate::digit::Digit;
use crate::fast::FastNetwork;
use crate::layer::{LayerParameters, SimulationError};
use crate::model::{Description, Model};
use crate::readout::{Readout, Verdict};
use crate::settings::{Presentation, Settings};

/// A network of LIF neurons to which digits can be presented.
#[derive(Debug, Clone)]
pub struct SpikingNetwork {
    settings: Settings,
    /// The readout before the first step.
    readout: Readout,
    fast: FastNetwork,
    /// Whether the next presentation starts from the state that the neurons have.
    keeps_state: bool,
}

impl SpikingNetwork {
    /// Converts `model` to spiking neurons.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, or the model lacks what the
    /// normalisation needs.
    pub fn new(model: &Model, settings: &Settings) -> Result<Self, SimulationError> {
        let layers = LayerParameters::of(model, settings)?;
        let Description { readout, typicality, .. } = model.description();
        let sizes = model.network().sizes();
        Ok(Self {
            settings: settings.clone(),
            readout: Readout::new(
                readout.unwrap_or_default(),
                typicality.clone(),
                settings.readout,
                settings.threshold as f32,
                &sizes,
            ),
            fast: FastNetwork::new(&layers),
            keeps_state: false,
        })
    }

    /// The settings of the network.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// An observer that reads the outputs of one presentation.
    #[must_use]
    pub fn readout(&self) -> Readout {
        self.readout.clone()
    }

    /// Lets the presentations that follow start from the state that the neurons have, or from rest.
    pub(crate) fn keep_state(&mut self, keeps: bool) {
        self.keeps_state = keeps;
    }

    /// Presents `digit` for the settings' number of steps, or until `observer` ends the presentation. All
    /// neurons start at rest. The input spikes depend only on `digit`, the settings and `seed`.
    ///
    /// In each step the input spikes first. Then each layer in turn takes the spikes that the layer before it
    /// fired in the same step. So a spike can cross the whole network in one step.
    ///
    /// # Errors
    /// [`SimulationError::Digit`] where the digit does not fit the network.
    pub fn present(
        &mut self,
        digit: &Digit,
        seed: u64,
        observer: &mut impl Observer,
    ) -> Result<(), SimulationError> {
        let presentation = Presentation { rests: !self.keeps_state, ..self.settings.presentation(seed) };
        Ok(self.fast.present(digit, presentation, observer)?)
    }

    /// Presents `digit` and reads the outputs after the last step. Without a digit there is no answer.
    ///
    /// # Errors
    /// [`SimulationError::Digit`] where the digit does not fit the network.
    pub fn verdict(&mut self, digit: Option<&Digit>, seed: u64) -> Result<Verdict, SimulationError> {
        let mut readout = self.readout();
        if let Some(digit) = digit {
            self.present(digit, seed, &mut readout)?;
        }
        Ok(readout.verdict())
    }
}
