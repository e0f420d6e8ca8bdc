//! What a presentation can be told: one table, shared by the page, the command line and the tests.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::encoding::{Encoding, MAX_SEED};
use crate::network::Normalisation;
use crate::neuron::Reset;
use crate::plain::Plain;
use crate::readout::Reading;

/// The most time steps of one presentation.
pub const MAX_STEPS: u32 = 100_000;

/// The settings of a presentation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// Time steps of one presentation.
    pub steps: u32,
    /// Length of a time step, ms.
    pub dt: f64,
    /// Rate of an input neuron at full ink, Hz. A neuron fires at most once a step, so rates above
    /// one a step have no effect.
    pub max_rate: f64,
    /// Membrane time constant, ms; none for a membrane that does not leak.
    pub tau_m: Option<f64>,
    /// Potential at which a neuron fires; dimensionless, 1 after conversion.
    pub threshold: f64,
    /// What a spike does to the membrane potential.
    pub reset: Reset,
    /// Steps after a spike in which a neuron is deaf to input.
    pub refractory: u32,
    /// How the trained weights are scaled against the threshold.
    pub normalisation: Normalisation,
    /// How ink becomes spikes.
    pub encoding: Encoding,
    /// How the answer is read from the outputs.
    pub readout: Reading,
    /// Seed of the input's spikes, below 2^53.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            steps: 350,
            dt: 1.0,
            max_rate: 1000.0,
            tau_m: Some(100.0),
            threshold: 1.0,
            reset: Reset::Zero,
            refractory: 0,
            normalisation: Normalisation::Model,
            encoding: Encoding::Poisson,
            readout: Reading::Count,
            seed: 1,
        }
    }
}

/// How long a presentation is, and how its digit becomes spikes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Presentation {
    pub encoding: Encoding,
    /// Spikes of a full-ink pixel per step; a probability where it is below 1.
    pub probability: f64,
    pub seed: u64,
    pub steps: u32,
}

/// A setting outside its range.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{name} is {}; it must be {range}", Plain(*value))]
pub struct SettingsError {
    /// Name of the setting.
    pub name: &'static str,
    /// What was given.
    pub value: f64,
    /// What it must be.
    pub range: &'static str,
}

impl Settings {
    /// Spikes of an input neuron at full ink in a step; may be above 1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        // Hz times ms.
        self.max_rate * self.dt / 1000.0
    }

    /// What the clock needs of them.
    pub(crate) fn presentation(&self, seed: u64) -> Presentation {
        Presentation { encoding: self.encoding, probability: self.probability(), seed, steps: self.steps }
    }

    /// Checks every setting against its range.
    ///
    /// # Errors
    /// [`SettingsError`] names the first setting that is out of its range.
    pub fn validate(&self) -> Result<(), SettingsError> {
        let check = |ok: bool, name, value, range| {
            if ok { Ok(()) } else { Err(SettingsError { name, value, range }) }
        };
        let positive = |value: f64| value > 0.0 && value.is_finite();
        check(
            (1..=MAX_STEPS).contains(&self.steps),
            "steps",
            f64::from(self.steps),
            "a whole number from 1 to 100000",
        )?;
        check(positive(self.dt), "dt", self.dt, "a positive number of milliseconds")?;
        check(
            self.max_rate >= 0.0 && self.max_rate.is_finite(),
            "maxRate",
            self.max_rate,
            "a number of spikes a second, 0 or more",
        )?;
        if let Some(tau_m) = self.tau_m {
            check(positive(tau_m), "tauM", tau_m, "a positive number of milliseconds, or none for no leak")?;
        }
        check(positive(self.threshold), "threshold", self.threshold, "a positive number")?;
        check(
            self.refractory <= MAX_STEPS,
            "refractory",
            f64::from(self.refractory),
            "a whole number of steps up to 100000",
        )?;
        check(self.seed <= MAX_SEED, "seed", self.seed as f64, "a whole number below 2^53")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Settings::default().validate(), Ok(()));
    }

    #[test]
    fn javascript_and_files_name_settings_in_camel_case() {
        let settings: Settings =
            serde_json::from_str(r#"{"maxRate": 50, "encoding": "latency", "readout": "first"}"#).unwrap();
        assert_eq!((settings.max_rate, settings.encoding), (50.0, Encoding::Latency));
        assert_eq!(settings.readout, Reading::First);
        assert_eq!(serde_json::to_value(Settings::default()).unwrap()["encoding"], "poisson");
        assert!(serde_json::from_str::<Settings>(r#"{"encoding": "rate"}"#).is_err());
    }

    #[test]
    fn a_setting_out_of_range_is_named() {
        let with = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.validate().unwrap_err().name
        };
        assert_eq!(with(|s| s.steps = 0), "steps");
        assert_eq!(with(|s| s.steps = MAX_STEPS + 1), "steps");
        assert_eq!(with(|s| s.dt = 0.0), "dt");
        assert_eq!(with(|s| s.max_rate = f64::NAN), "maxRate");
        assert_eq!(with(|s| s.tau_m = Some(-1.0)), "tauM");
        assert_eq!(with(|s| s.threshold = f64::INFINITY), "threshold");
        assert_eq!(with(|s| s.refractory = u32::MAX), "refractory");
        assert_eq!(with(|s| s.seed = 1 << 53), "seed");
    }
}
