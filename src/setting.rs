//! What describes a setting: the values that it takes, its texts, and the macro that declares the table of all
//! settings.

use serde::Serialize;

use crate::json::Json;
use crate::setting_value::{Value, ValueRange};

/// A setting, as the command line, the page and the documentation show it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Setting {
    /// Its name in JavaScript and in files. The command line writes it in kebab case.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// The values that it takes.
    pub range: ValueRange,
    /// The unit of its number; `None` if the number is dimensionless.
    pub unit: Option<&'static str>,
    /// Its name on the page. The page sets the text after a `_` as an index.
    pub label: &'static str,
    /// Its name in the page's links. It never changes: old links must keep their meaning.
    pub key: &'static str,
    /// The page's slider; `None` if the page shows no slider.
    pub slider: Option<Slider>,
}

/// The ends of a slider. They may be narrower than the setting's range: a field beside the slider takes
/// every value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Slider {
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// Whether equal distances on the slider are equal ratios of values; otherwise they are equal
    /// differences.
    pub log: bool,
}

impl Setting {
    /// A setting without help, unit and slider.
    pub(crate) const fn new(
        name: &'static str,
        key: &'static str,
        label: &'static str,
        range: ValueRange,
    ) -> Self {
        Self { name, help: "", range, unit: None, label, key, slider: None }
    }

    /// The name of its flag on the command line without hyphens before it, for example `max-rate` for `maxRate`.
    #[must_use]
    pub fn flag(&self) -> String {
        let mut text = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() {
                text.push('-');
            }
            text.push(letter.to_ascii_lowercase());
        }
        text
    }

    pub(crate) const fn help(self, help: &'static str) -> Self {
        Self { help: help.trim_ascii(), ..self }
    }

    pub(crate) const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    pub(crate) const fn slider(self, min: f64, max: f64) -> Self {
        Self { slider: Some(Slider { min, max, log: false }), ..self }
    }

    pub(crate) const fn log_slider(self, min: f64, max: f64) -> Self {
        Self { slider: Some(Slider { min, max, log: true }), ..self }
    }
}

/// A value for a setting as it was given: a text, or a value of JSON.
pub(crate) trait Given {
    /// Converts the given value; `None` if it is not of the type `T`.
    fn value<T: Value>(&self) -> Option<T>;

    /// The given value as an error message shows it.
    fn shown(&self) -> String;
}

impl Given for &str {
    fn value<T: Value>(&self) -> Option<T> {
        T::parse(self)
    }

    fn shown(&self) -> String {
        format!("'{self}'")
    }
}

impl Given for Json {
    fn value<T: Value>(&self) -> Option<T> {
        T::read(self)
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

/// Makes the struct `Settings`, the defaults, the checks and the list `SETTINGS` from a table of settings.
/// An entry consists of a doc comment, the field with its default, and the [`Setting`]. The first line of
/// the doc comment is the setting's help.
macro_rules! settings {
    ($(
        #[doc = $help:literal] $(#[doc = $detail:literal])*
        $field:ident: $type:ty = $default:expr, $setting:expr;
    )+) => {
        /// The settings of a presentation.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct Settings {
            $(#[doc = $help] $(#[doc = $detail])* pub $field: $type,)+
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }

        /// All settings, in the order in which the page shows them.
        pub const SETTINGS: &[Setting] = &[$($setting.help($help)),+];

        impl Settings {
            /// Checks every setting against its range.
            ///
            /// # Errors
            /// [`SettingsError::Value`] names the first setting that is out of its range.
            pub fn validate(&self) -> Result<(), SettingsError> {
                $({
                    // The entry of `SETTINGS` would bring its texts into the page's wasm, which does not use them.
                    const SETTING: Setting = $setting;
                    const RANGE: ValueRange = SETTING.range;
                    if !self.$field.is_in(&RANGE) {
                        let value = self.$field.text();
                        return Err(SettingsError::Value { name: SETTING.name, value, range: RANGE });
                    }
                })+
                Ok(())
            }

            /// The names of all settings. They are not taken from `SETTINGS`, because its texts would then be
            /// in the page's wasm, which does not use them.
            const NAMES: &[&str] = &[$($setting.name),+];

            /// The name and the value of every setting, as the command line writes it.
            #[cfg(feature = "doctor")]
            pub(crate) fn texts(&self) -> Vec<(&'static Setting, String)> {
                SETTINGS.iter().zip([$(self.$field.text()),+]).collect()
            }

            /// Sets the setting `name` to the given value. Does not check the range: see [`Self::validate`].
            ///
            /// # Errors
            /// [`SettingsError`] where there is no such setting, or the value is not of its type.
            fn set_to(&mut self, name: &str, given: impl Given) -> Result<(), SettingsError> {
                $({
                    const SETTING: Setting = $setting;
                    const RANGE: ValueRange = SETTING.range;
                    if name == SETTING.name {
                        self.$field = given.value().ok_or_else(|| {
                            SettingsError::Value { name: SETTING.name, value: given.shown(), range: RANGE }
                        })?;
                        return Ok(());
                    }
                })+
                Err(SettingsError::unknown(name))
            }
        }
    };
}
pub(crate) use settings;
