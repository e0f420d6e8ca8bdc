//! The settings of a presentation: one table, from which the page's form and links, the command line's
//! flags, the types for JavaScript and the documentation are made.

use thiserror::Error;

use crate::encoding::{Encoding, MAX_SEED};
#[cfg(any(test, all(feature = "web", target_arch = "wasm32")))]
use crate::json::Json;
use crate::network::Normalisation;
use crate::neuron::Reset;
use crate::readout::Reading;
use crate::setting::{Given, Setting, settings};
use crate::setting_value::{Value, ValueRange};

/// The most time steps of one presentation.
pub const MAX_STEPS: u32 = 100_000;

const fn up_to_max_steps(min: u64) -> ValueRange {
    ValueRange::whole(min, MAX_STEPS as u64)
}

// The arguments of `Setting::new`: name, key in links, label on the page, range.
settings! {
    /// Number of time steps for which the digit is shown.
    steps: u32 = 350,
        Setting::new("steps", "steps", "Steps", up_to_max_steps(1))
            .unit("steps").log_slider(1.0, 2000.0);

    /// Spike rate of a full-ink pixel, at most one spike per step.
    max_rate: f64 = 1000.0,
        Setting::new("maxRate", "rate", "Maximum input rate", ValueRange::NOT_NEGATIVE)
            .unit("Hz").log_slider(1.0, 10_000.0);

    /// Time for a membrane to decay to 37 %; infinity means no decay.
    ///
    /// `None` is infinity.
    tau_m: Option<f64> = Some(100.0),
        Setting::new("tauM", "tau", "Time constant τ_m", ValueRange::POSITIVE_OR_NONE)
            .unit("ms").log_slider(0.1, 10_000.0);

    /// Potential at which a neuron spikes: the higher, the fewer spikes.
    ///
    /// Dimensionless. The conversion scales the weights for a threshold of 1.
    threshold: f64 = 1.0,
        Setting::new("threshold", "threshold", "Threshold", ValueRange::POSITIVE)
            .log_slider(0.01, 100.0);

    /// Number of steps after a spike in which a neuron takes no input.
    refractory: u32 = 0,
        Setting::new("refractory", "refractory", "Refractory period", up_to_max_steps(0))
            .unit("steps").slider(0.0, 100.0);

    /// Length of a time step, for rates and decay.
    dt: f64 = 1.0,
        Setting::new("dt", "dt", "Time step", ValueRange::POSITIVE)
            .unit("ms").log_slider(0.01, 100.0);

    /// What a spike does to the membrane potential.
    reset: Reset = Reset::Zero,
        Setting::new("reset", "reset", "Reset", ValueRange::one_of(Reset::CHOICES));

    /// How the trained weights are scaled against the threshold.
    normalisation: Normalisation = Normalisation::Model,
        Setting::new("normalisation", "norm", "Normalisation", ValueRange::one_of(Normalisation::CHOICES));

    /// How ink becomes spikes: random, regular, or one per pixel.
    encoding: Encoding = Encoding::Poisson,
        Setting::new("encoding", "encoding", "Encoding", ValueRange::one_of(Encoding::CHOICES));

    /// What the answer is read from; with potentials, outputs never spike.
    readout: Reading = Reading::Count,
        Setting::new("readout", "readout", "Readout", ValueRange::one_of(Reading::CHOICES));

    /// Seed of the input's random numbers: same seed, same spikes.
    seed: u64 = 1,
        Setting::new("seed", "seed", "Seed", ValueRange::whole(0, MAX_SEED));
}

/// How long a presentation is, and how its digit becomes spikes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Presentation {
    pub encoding: Encoding,
    /// Spikes per step of a full-ink pixel. Below 1 it is a probability; encoders clamp it to 1.
    pub probability: f64,
    pub seed: u64,
    pub steps: u32,
    /// Whether the neurons start at rest, and not in the state that they have.
    pub rests: bool,
}

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A setting is out of its range, or the given value is not of its type.
    #[error("{name} is {value}; it must be {range}")]
    Value {
        /// Name of the setting.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it must be.
        range: ValueRange,
    },
    /// There is no setting of that name.
    #[error("there is no setting '{name}'; there are {valid}")]
    Name {
        /// What was asked for.
        name: String,
        /// All settings.
        valid: String,
    },
    /// The settings were not given as an object.
    #[error("the settings must be an object")]
    Object,
}

impl SettingsError {
    fn unknown(name: &str) -> Self {
        Self::Name { name: name.into(), valid: Settings::NAMES.join(", ") }
    }
}

impl Settings {
    /// Applies a change: `model.defaults().with(|settings| settings.steps = 50)`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Sets the setting `name` to the value that `text` stands for, as on the command line and in the page's
    /// links. Does not check the range: see [`Self::validate`].
    ///
    /// # Errors
    /// [`SettingsError`] where there is no such setting, or `text` is not a value of its type.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), SettingsError> {
        self.set_to(name, text)
    }

    /// Reads settings from an object. A setting that the object leaves out has its default. Does not check the
    /// ranges: see [`Self::validate`].
    ///
    /// # Errors
    /// [`SettingsError`] where `json` is not an object, names a setting that does not exist, or gives a value
    /// that is not of its setting's type.
    #[cfg(any(test, all(feature = "web", target_arch = "wasm32")))]
    pub(crate) fn read(json: Json) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        for (name, json) in json.entries().ok_or(SettingsError::Object)? {
            settings.set_to(&name, json)?;
        }
        Ok(settings)
    }

    /// Spikes per step of a full-ink pixel; may be above 1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        // Hz times ms.
        self.max_rate * self.dt / 1000.0
    }

    /// The part of the settings that the clock needs.
    pub(crate) fn presentation(&self, seed: u64) -> Presentation {
        Presentation {
            encoding: self.encoding,
            probability: self.probability(),
            seed,
            steps: self.steps,
            rests: true,
        }
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
    fn the_table_names_every_field_and_people_can_tell_the_settings_apart() {
        let serde_json::Value::Object(fields) = serde_json::to_value(Settings::default()).unwrap() else {
            panic!("settings are an object")
        };
        let sorted = |text: fn(&Setting) -> &'static str| {
            let mut texts: Vec<_> = SETTINGS.iter().map(text).collect();
            texts.sort_unstable();
            texts
        };
        let mut names: Vec<_> = fields.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(sorted(|setting| setting.name), names);
        let texts: [fn(&Setting) -> &'static str; 3] = [|s| s.key, |s| s.label, |s| s.help];
        for text in texts {
            let mut texts = sorted(text);
            texts.dedup();
            assert_eq!(texts.len(), SETTINGS.len());
        }
        for Setting { name, help, slider, .. } in SETTINGS {
            assert!(help.ends_with('.') && help.len() <= 90, "{name}: {help}");
            // A slider in equal ratios cannot begin at 0.
            assert!(slider.is_none_or(|slider| slider.min < slider.max && (!slider.log || slider.min > 0.0)));
        }
    }

    #[test]
    fn sliders_end_within_the_ranges() {
        for Setting { name, slider, .. } in SETTINGS {
            let Some(slider) = slider else { continue };
            for end in [slider.min, slider.max] {
                let mut settings = Settings::default();
                settings.set(name, &end.to_string()).unwrap();
                assert_eq!(settings.validate(), Ok(()), "{name} {end}");
            }
        }
    }

    #[test]
    fn a_setting_out_of_range_is_named() {
        let with = |change: fn(&mut Settings)| {
            let error = Settings::default().with(change).validate().unwrap_err().to_string();
            error.split(' ').next().unwrap().to_owned()
        };
        assert_eq!(with(|s| s.steps = 0), "steps");
        assert_eq!(with(|s| s.steps = MAX_STEPS + 1), "steps");
        assert_eq!(with(|s| s.dt = 0.0), "dt");
        assert_eq!(with(|s| s.max_rate = f64::NAN), "maxRate");
        assert_eq!(with(|s| s.tau_m = Some(-1.0)), "tauM");
        assert_eq!(with(|s| s.threshold = f64::INFINITY), "threshold");
        assert_eq!(with(|s| s.refractory = u32::MAX), "refractory");
        assert_eq!(with(|s| s.seed = 1 << 53), "seed");
        let error = Settings::default().with(|s| s.steps = 0).validate().unwrap_err().to_string();
        assert_eq!(error, "steps is 0; it must be a whole number from 1 to 100000");
    }

    #[test]
    fn settings_are_set_by_name() {
        let mut settings = Settings::default();
        for (name, text) in [("steps", "7"), ("tauM", "inf"), ("threshold", "2.5"), ("reset", "subtract")] {
            settings.set(name, text).unwrap();
        }
        let expected = Settings::default().with(|s| {
            (s.steps, s.tau_m, s.threshold, s.reset) = (7, None, 2.5, Reset::Subtract);
        });
        assert_eq!(settings, expected);
        let message = |name, text| Settings::default().set(name, text).unwrap_err().to_string();
        assert_eq!(message("steps", "7.5"), "steps is '7.5'; it must be a whole number from 1 to 100000");
        assert_eq!(message("tauM", ""), "tauM is ''; it must be a positive number, or inf");
        assert_eq!(message("reset", "softly"), "reset is 'softly'; it must be one of zero, subtract");
        assert!(message("step", "7").starts_with("there is no setting 'step'; there are steps, maxRate,"));
    }
    #[test]
    fn settings_are_read_from_an_object() {
        let read = |text| Settings::read(Json::parse(text).unwrap());
        assert_eq!(read("{}"), Ok(Settings::default()));
        let text =
            r#"{"steps": 7, "tauM": null, "threshold": 2.5, "reset": "subtract", "seed": 9007199254740991}"#;
        let expected = Settings::default().with(|s| {
            (s.steps, s.tau_m, s.threshold, s.reset, s.seed) = (7, None, 2.5, Reset::Subtract, MAX_SEED);
        });
        assert_eq!(read(text), Ok(expected));
        let message = |text| read(text).unwrap_err().to_string();
        let steps = "it must be a whole number from 1 to 100000";
        assert_eq!(message(r#"{"steps": 1.5}"#), format!("steps is 1.5; {steps}"));
        assert_eq!(message(r#"{"steps": "7"}"#), format!("steps is '7'; {steps}"));
        assert_eq!(message(r#"{"steps": 1e10}"#), format!("steps is 10000000000; {steps}"));
        assert_eq!(message(r#"{"reset": 1}"#), "reset is 1; it must be one of zero, subtract");
        assert_eq!(message(r#"{"dt": null}"#), "dt is null; it must be a positive number");
        assert_eq!(
            message(r#"{"tauM": {}}"#),
            "tauM is of another type; it must be a positive number, or inf"
        );
        assert!(
            message(r#"{"step": 7}"#).starts_with("there is no setting 'step'; there are steps, maxRate,")
        );
        assert_eq!(message("[]"), "the settings must be an object");
    }
}
