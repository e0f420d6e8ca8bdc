//! Values that have names, in settings and in files.

/// One of a few values, each of which has a name.
pub(crate) trait Named: Copy + PartialEq + 'static {
    /// All of them.
    const NAMES: &'static [(Self, &'static str)];
    /// The names in a sentence: 'this' or 'that'.
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

/// Gives the values of an enumeration their names, by which serde writes and reads them too.
macro_rules! named {
    ($type:ident { $first:ident = $first_name:literal $(, $variant:ident = $name:literal)* $(,)? }) => {
        impl crate::names::Named for $type {
            const NAMES: &'static [(Self, &'static str)] =
                &[(Self::$first, $first_name) $(, (Self::$variant, $name))*];
            const CHOICE: &'static str = concat!("'", $first_name, "'" $(, " or '", $name, "'")*);
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(crate::names::Named::name(*self))
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::{Doubt, Encoding, Normalisation, Reading, Reset};

    fn check<T: Named + std::fmt::Debug + serde::Serialize + for<'de> serde::Deserialize<'de>>(count: usize) {
        assert_eq!(T::NAMES.len(), count);
        for &(value, name) in T::NAMES {
            assert_eq!((value.name(), T::named(name)), (name, Some(value)));
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
        assert_eq!(Encoding::CHOICE, "'poisson' or 'regular' or 'latency'");
    }
}
