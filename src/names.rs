//! Enumerations whose values have names in settings, in files and on the command line.

use serde::Serialize;
use thiserror::Error;

/// An enumeration whose values have names.
pub(crate) trait Named: Copy + PartialEq + 'static {
    /// All values with their names.
    const NAMES: &'static [(Self, &'static str)];
    /// The names as error messages list them: `'this' or 'that'`.
    const CHOICE: &'static str;

    /// The name of the value.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _)| *value == self).map_or("", |(_, name)| name)
    }

    /// The value of that name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, other)| *other == name).map(|&(value, _)| value)
    }
}

/// A value of a setting that offers a choice, with its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// Its name in JavaScript, in files, in links and on the command line.
    pub name: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
}

impl Choice {
    pub(crate) const fn new(name: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { name, label, help }
    }
}

/// There is no value of the given name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no {what} '{name}'; choose {valid}")]
#[non_exhaustive]
pub struct UnknownName {
    /// What was to be chosen.
    pub what: &'static str,
    /// The name that was given.
    pub name: String,
    /// The valid names, as one text.
    pub valid: &'static str,
}

/// Gives the values of an enumeration their names. Serde, `Display` and `FromStr` read and write values by
/// these names.
macro_rules! named {
    ($type:ident, $what:literal { $first:ident = $first_name:literal $(, $variant:ident = $name:literal)* $(,)? }) => {
        impl crate::names::Named for $type {
            const NAMES: &'static [(Self, &'static str)] =
                &[(Self::$first, $first_name) $(, (Self::$variant, $name))*];
            const CHOICE: &'static str = concat!("'", $first_name, "'" $(, " or '", $name, "'")*);
        }

        impl $type {
            /// All values.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The name of the value in JavaScript, in files and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                crate::names::Named::name(self)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::names::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                use crate::names::{Named, UnknownName};
                let unknown = || UnknownName { what: $what, name: name.into(), valid: Self::CHOICE };
                Self::named(name).ok_or_else(unknown)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <std::borrow::Cow<str>>::deserialize(deserializer)?;
                let unknown = || serde::de::Error::unknown_variant(&name, &[$first_name $(, $name)*]);
                crate::names::Named::named(&name).ok_or_else(unknown)
            }
        }
    };
}
pub(crate) use named;

/// Does what [`named!`] does, and gives each value its label on the page and its help text.
macro_rules! choices {
    ($type:ident, $what:literal { $($variant:ident = $name:literal, $label:literal, $help:literal;)+ }) => {
        crate::names::named!($type, $what { $($variant = $name),+ });

        impl $type {
            /// All values, with their labels and help texts.
            pub const CHOICES: &'static [crate::names::Choice] =
                &[$(crate::names::Choice::new($name, $label, $help)),+];
        }
    };
}
pub(crate) use choices;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::fmt::{Debug, Display};
    use std::str::FromStr;

    use serde::Deserialize;

    use super::*;
    use crate::dialect::Decoding;
    use crate::{Doubt, Encoding, Normalisation, Reading, Reset};

    fn check<T>(count: usize)
    where
        T: Named + Debug + Display + FromStr<Err = UnknownName> + Serialize + for<'de> Deserialize<'de>,
    {
        assert_eq!(T::NAMES.len(), count);
        for &(value, name) in T::NAMES {
            assert_eq!((value.name(), T::named(name)), (name, Some(value)));
            assert_eq!((value.to_string(), name.parse()), (name.into(), Ok(value)));
            assert_eq!(serde_json::to_value(value).unwrap(), name);
            assert_eq!(serde_json::from_value::<T>(name.into()).unwrap(), value);
        }
        assert_eq!(T::named("loud"), None);
        let error = serde_json::from_str::<T>(r#""loud""#).unwrap_err().to_string();
        assert!(error.contains("`loud`") && error.contains(T::NAMES[0].1), "{error}");
    }

    #[test]
    fn every_value_has_its_name() {
        check::<Reset>(2);
        check::<Encoding>(3);
        check::<Normalisation>(5);
        check::<Reading>(3);
        check::<Doubt>(2);
        check::<Decoding>(6);
        assert_eq!(Encoding::CHOICE, "'poisson' or 'regular' or 'latency'");
        assert_eq!(
            "softly".parse::<Reset>().unwrap_err().to_string(),
            "there is no reset 'softly'; choose 'zero' or 'subtract'"
        );
    }
}
