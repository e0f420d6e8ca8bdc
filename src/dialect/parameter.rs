//! The parameters of a dialect, by the framework's own names.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::DialectError;
use super::per_layer::{NONE, PerLayer};
use crate::plain::shortened;

/// A parameter of a framework.
#[derive(Debug, PartialEq)]
pub struct Parameter {
    /// The framework's own name for it.
    pub name: &'static str,
    /// The values that it takes.
    pub domain: Domain,
    /// Its value if it is not set.
    pub default: Value,
    /// The unit of its number; `None` if the number is dimensionless.
    pub unit: Option<&'static str>,
    /// What it does, in a sentence.
    pub text: &'static str,
}

/// The values that a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Domain {
    /// A number from the first to the second.
    Number(f64, f64),
    /// A number as above, or `auto`: the framework derives it.
    Optional(f64, f64),
    /// A number as above, or `none`: what it describes is left out.
    OrNone(f64, f64),
    /// A number as above for all layers, `none`, or a list with a number or `none` for each layer.
    PerLayer(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// On or off.
    Switch,
}

/// The value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there are few values, and a list of 32 numbers can be copied")]
pub enum Value {
    /// A number.
    Number(f64),
    /// No number: the framework derives it.
    Auto,
    /// No number: what it describes is left out.
    None,
    /// A number or none for each layer.
    PerLayer(PerLayer),
    /// One of several words.
    Choice(&'static str),
    /// On or off.
    Switch(bool),
}

/// A value for a parameter as it was given.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// A number.
    Number(f64),
    /// On or off.
    Switch(bool),
    /// One of several words, `auto`, `none`, or a list of numbers.
    Word(String),
    /// No number: `auto` or `none`, whichever the parameter takes. JavaScript's null.
    Null,
}

/// The word for a number that the framework derives.
const AUTO: &str = "auto";

impl From<Value> for Given {
    fn from(value: Value) -> Self {
        match value {
            Value::Number(number) => Self::Number(number),
            Value::Switch(on) => Self::Switch(on),
            other => Self::Word(other.to_string()),
        }
    }
}

impl Given {
    /// Lets the framework derive a number.
    #[must_use]
    pub fn auto() -> Self {
        Self::Word(AUTO.into())
    }

    /// Whether it leaves a number out.
    fn is_none(&self) -> bool {
        match self {
            Self::Word(word) => word.eq_ignore_ascii_case(NONE),
            other => *other == Self::Null,
        }
    }
}

impl Parameter {
    pub(super) const fn number(
        name: &'static str,
        default: f64,
        range: (f64, f64),
        unit: Option<&'static str>,
        text: &'static str,
    ) -> Self {
        Self { name, domain: Domain::Number(range.0, range.1), default: Value::Number(default), unit, text }
    }

    pub(super) const fn choice(
        name: &'static str,
        words: &'static [&'static str],
        text: &'static str,
    ) -> Self {
        let default = Value::Choice(words[0]);
        Self { name, domain: Domain::Choice(words), default, unit: None, text }
    }

    pub(super) const fn switch(name: &'static str, default: bool, text: &'static str) -> Self {
        Self { name, domain: Domain::Switch, default: Value::Switch(default), unit: None, text }
    }

    /// Converts the given value; `None` if the parameter does not take it.
    fn read(&self, given: &Given) -> Option<Value> {
        let number = |low, high| match given {
            Given::Number(number) => Some(*number).filter(|number| (low..=high).contains(number)),
            _ => None,
        };
        match self.domain {
            Domain::Number(low, high) => number(low, high).map(Value::Number),
            Domain::Optional(low, high) => match given {
                Given::Null => Some(Value::Auto),
                Given::Word(word) => (word == AUTO).then_some(Value::Auto),
                _ => number(low, high).map(Value::Number),
            },
            Domain::OrNone(..) | Domain::PerLayer(..) if given.is_none() => Some(Value::None),
            Domain::OrNone(low, high) => number(low, high).map(Value::Number),
            Domain::PerLayer(low, high) => match given {
                Given::Word(list) => PerLayer::read(list, low..=high).map(Value::PerLayer),
                _ => number(low, high).map(Value::Number),
            },
            Domain::Choice(words) => {
                let Given::Word(word) = given else { return None };
                words.iter().find(|w| *w == word).map(|w| Value::Choice(w))
            }
            Domain::Switch => match given {
                Given::Switch(on) => Some(Value::Switch(*on)),
                _ => None,
            },
        }
    }
}

/// The valid values, in words.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(low, high) => write!(f, "a number from {low} to {high}"),
            Self::Optional(low, high) => write!(f, "a number from {low} to {high}, or {AUTO}"),
            Self::OrNone(low, high) => write!(f, "a number from {low} to {high}, or {NONE}"),
            Self::PerLayer(low, high) => write!(
                f,
                "a number from {low} to {high}, {NONE}, or a list of these with one for each layer, such as 100,{NONE}"
            ),
            Self::Choice(words) => write!(f, "{}", words.join(" or ")),
            Self::Switch => write!(f, "true or false"),
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Word(word) => write!(f, "'{word}'"),
            Self::Null => f.write_str("null"),
        }
    }
}

/// The value as it is given: [`Given`] of its text is the value again.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Auto => f.write_str(AUTO),
            Self::None => f.write_str(NONE),
            Self::PerLayer(numbers) => write!(f, "{numbers}"),
            Self::Choice(word) => f.write_str(word),
            Self::Switch(on) => write!(f, "{on}"),
        }
    }
}

/// The values of all parameters of a framework.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values(Vec<(&'static Parameter, Value)>);

impl Values {
    /// The defaults.
    pub fn new(parameters: impl Iterator<Item = &'static Parameter>) -> Self {
        Self(parameters.map(|parameter| (parameter, parameter.default)).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static Parameter, Value)> {
        self.0.iter().copied()
    }

    /// Sets a parameter to the given value.
    pub fn set(&mut self, dialect: &str, name: &str, given: &Given) -> Result<(), DialectError> {
        let Some((parameter, value)) = self.0.iter_mut().find(|(parameter, _)| parameter.name == name) else {
            let names: Vec<_> = self.0.iter().map(|(parameter, _)| parameter.name).collect();
            let valid = names.join(", ");
            return Err(DialectError::Parameter {
                dialect: dialect.into(),
                name: shortened(name).into(),
                valid,
            });
        };
        *value = parameter.read(given).ok_or_else(|| DialectError::Value {
            dialect: dialect.into(),
            name: name.into(),
            value: shortened(&given.to_string()).into(),
            expected: parameter.domain.to_string(),
        })?;
        Ok(())
    }

    /// Sets a parameter without a check. The caller knows that the parameter exists and takes the value.
    pub fn preset(&mut self, name: &str, preset: Value) {
        let place = self.0.iter_mut().find(|(parameter, _)| parameter.name == name);
        debug_assert!(place.is_some(), "{name} is a parameter");
        if let Some((_, value)) = place {
            *value = preset;
        }
    }

    fn value(&self, name: &str) -> Option<Value> {
        let value = self.0.iter().find(|(parameter, _)| parameter.name == name).map(|&(_, value)| value);
        debug_assert!(value.is_some(), "{name} is a parameter");
        value
    }

    /// The value of a parameter, if it is not the framework's default.
    pub fn changed(&self, name: &str) -> Option<Value> {
        let (parameter, value) = self.0.iter().find(|(parameter, _)| parameter.name == name)?;
        (*value != parameter.default).then_some(*value)
    }

    /// A number; NaN if there is none.
    pub fn number(&self, name: &str) -> f64 {
        self.optional(name).unwrap_or(f64::NAN)
    }

    /// A number; `None` if the framework derives it, or it is left out.
    pub fn optional(&self, name: &str) -> Option<f64> {
        match self.value(name) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The number for a layer, counted from 0; `None` if it is left out.
    pub fn of_layer(&self, name: &str, layer: usize) -> Option<f64> {
        match self.value(name) {
            Some(Value::PerLayer(numbers)) => numbers.of(layer),
            _ => self.optional(name),
        }
    }

    /// How many layers the list `name` has entries for; 0 if it is no list.
    pub fn entries(&self, name: &str) -> usize {
        match self.value(name) {
            Some(Value::PerLayer(numbers)) => numbers.layers(),
            _ => 0,
        }
    }

    /// A number as a whole number, without its fraction.
    pub fn whole(&self, name: &str) -> u32 {
        self.number(name) as u32
    }

    /// Whether the choice `name` is `word`.
    pub fn is(&self, name: &str, word: &str) -> bool {
        matches!(self.value(name), Some(Value::Choice(choice)) if choice == word)
    }

    /// Whether the switch `name` is on.
    pub fn on(&self, name: &str) -> bool {
        matches!(self.value(name), Some(Value::Switch(true)))
    }
}
