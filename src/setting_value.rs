//! What a setting takes: the ranges of settings, and their values as texts and in JSON.

use std::fmt;

use serde::Serialize;

use crate::encoding::MAX_SEED;
use crate::json::Json;
use crate::names::{Choice, Named};
use crate::plain::Plain;

/// The values that a setting takes. Its `Display` completes "it must be".
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[non_exhaustive]
pub enum ValueRange {
    /// A whole number.
    Whole {
        /// The lowest.
        min: u64,
        /// The highest.
        max: u64,
    },
    /// A number. Some settings may also have none.
    Number(NumberRange),
    /// One of a few values.
    Choice {
        /// All of them.
        choices: &'static [Choice],
    },
}

impl ValueRange {
    /// Numbers above 0.
    pub(crate) const POSITIVE: Self = Self::Number(NumberRange::POSITIVE);

    /// Numbers above 0, or none.
    pub(crate) const POSITIVE_OR_NONE: Self =
        Self::Number(NumberRange { optional: true, ..NumberRange::POSITIVE });

    /// 0 and all numbers above it.
    pub(crate) const NOT_NEGATIVE: Self = Self::Number(NumberRange { min: Some(0.0), ..NumberRange::FINITE });

    pub(crate) const fn whole(min: u64, max: u64) -> Self {
        Self::Whole { min, max }
    }

    /// Whether a number is in the range.
    #[cfg(feature = "damage")]
    pub(crate) fn contains(&self, value: f64) -> bool {
        match self {
            Self::Whole { min, max } => (*min as f64..=*max as f64).contains(&value) && value.fract() == 0.0,
            Self::Number(range) => range.contains(value),
            Self::Choice { .. } => false,
        }
    }

    pub(crate) const fn one_of(choices: &'static [Choice]) -> Self {
        Self::Choice { choices }
    }
}

/// The finite numbers between two ends. An end that is `None` sets no limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NumberRange {
    /// The lowest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// A lower limit that is itself too low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    /// The highest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Whether the setting may have no number: `null` in JavaScript, the word [`NO_NUMBER`] elsewhere.
    pub optional: bool,
}

/// The word for no number. An optional setting has no effect at infinity.
pub const NO_NUMBER: &str = "inf";

impl NumberRange {
    /// Every finite number.
    pub(crate) const FINITE: Self = Self { min: None, above: None, max: None, optional: false };

    /// Every finite number above 0.
    pub(crate) const POSITIVE: Self = Self { above: Some(0.0), ..Self::FINITE };

    fn contains(&self, value: f64) -> bool {
        value.is_finite()
            && self.min.is_none_or(|min| value >= min)
            && self.above.is_none_or(|above| value > above)
            && self.max.is_none_or(|max| value <= max)
    }
}

impl fmt::Display for ValueRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { min: 0, max: MAX_SEED } => f.write_str("a whole number below 2^53"),
            Self::Whole { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Number(range) => range.fmt(f),
            Self::Choice { choices } => {
                f.write_str("one of ")?;
                for (i, choice) in choices.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    f.write_str(choice.name)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for NumberRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { min, above, max, optional } = *self;
        if above == Some(0.0) {
            f.write_str("a positive number")?;
        } else {
            f.write_str("a number")?;
            if let Some(above) = above {
                write!(f, " above {}", Plain(above))?;
            }
            match (min, max) {
                (Some(min), None) => write!(f, ", {} or more", Plain(min))?,
                (Some(min), Some(_)) => write!(f, " from {}", Plain(min))?,
                (None, _) => {}
            }
        }
        if let Some(max) = max {
            write!(f, " up to {}", Plain(max))?;
        }
        if optional {
            write!(f, ", or {NO_NUMBER}")?;
        }
        Ok(())
    }
}

/// The value of a setting.
pub(crate) trait Value: Sized {
    /// Parses a text; `None` if it is not a value of this type. Does not check the range.
    fn parse(text: &str) -> Option<Self>;

    /// Reads a value of JSON or JavaScript; `None` if it is not of this type. Does not check the range.
    fn read(json: &Json) -> Option<Self>;

    /// The value as an error message shows it.
    fn text(&self) -> String;

    /// Whether `range` contains the value.
    fn is_in(&self, range: &ValueRange) -> bool;
}

impl Value for u64 {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn read(json: &Json) -> Option<Self> {
        json.whole()
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn is_in(&self, range: &ValueRange) -> bool {
        matches!(range, ValueRange::Whole { min, max } if (min..=max).contains(&self))
    }
}

impl Value for u32 {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn read(json: &Json) -> Option<Self> {
        u32::try_from(json.whole()?).ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn is_in(&self, range: &ValueRange) -> bool {
        u64::from(*self).is_in(range)
    }
}

impl Value for f64 {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn read(json: &Json) -> Option<Self> {
        json.number()
    }

    fn text(&self) -> String {
        Plain(*self).to_string()
    }

    fn is_in(&self, range: &ValueRange) -> bool {
        matches!(range, ValueRange::Number(range) if range.contains(*self))
    }
}

impl Value for Option<f64> {
    fn parse(text: &str) -> Option<Self> {
        if text == NO_NUMBER { Some(None) } else { f64::parse(text).map(Some) }
    }

    fn read(json: &Json) -> Option<Self> {
        if json.is_null() { Some(None) } else { f64::read(json).map(Some) }
    }

    fn text(&self) -> String {
        self.map_or_else(|| NO_NUMBER.into(), |value| value.text())
    }

    fn is_in(&self, range: &ValueRange) -> bool {
        match (self, range) {
            // Infinity has the same meaning as no number.
            (None | Some(f64::INFINITY), ValueRange::Number(range)) => range.optional,
            (Some(value), _) => value.is_in(range),
            (None, _) => false,
        }
    }
}

impl<T: Named> Value for T {
    fn parse(text: &str) -> Option<Self> {
        T::named(text)
    }

    fn read(json: &Json) -> Option<Self> {
        T::named(&json.text()?)
    }

    fn text(&self) -> String {
        self.name().into()
    }

    fn is_in(&self, _range: &ValueRange) -> bool {
        true
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const SHARE: NumberRange = NumberRange { min: Some(0.0), max: Some(1.0), ..NumberRange::FINITE };
    const TIME: NumberRange = NumberRange { optional: true, ..NumberRange::POSITIVE };

    #[test]
    fn a_range_says_what_it_takes() {
        let whole = |min, max| ValueRange::Whole { min, max }.to_string();
        assert_eq!(whole(1, 9), "a whole number from 1 to 9");
        assert_eq!(whole(0, MAX_SEED), "a whole number below 2^53");
        let from_2 = NumberRange { min: Some(2.0), ..NumberRange::FINITE };
        let above_2 = NumberRange { above: Some(2.0), max: Some(3.5), ..NumberRange::FINITE };
        let texts = [NumberRange::FINITE, NumberRange::POSITIVE, SHARE, TIME, from_2, above_2]
            .map(|range| ValueRange::Number(range).to_string());
        assert_eq!(
            texts,
            [
                "a number",
                "a positive number",
                "a number from 0 up to 1",
                "a positive number, or inf",
                "a number, 2 or more",
                "a number above 2 up to 3.5",
            ]
        );
    }

    #[test]
    fn a_range_has_its_ends_and_nothing_beyond() {
        let has = |range, value: f64| value.is_in(&ValueRange::Number(range));
        assert!(has(SHARE, 0.0) && has(SHARE, 1.0) && has(NumberRange::POSITIVE, 1e-300));
        for out in [-1e-9, 1.000_001, f64::NAN, f64::INFINITY] {
            assert!(!has(SHARE, out), "{out}");
        }
        assert!(!has(NumberRange::POSITIVE, 0.0) && !has(NumberRange::FINITE, f64::INFINITY));
        let optional = |range, value: Option<f64>| value.is_in(&ValueRange::Number(range));
        assert!(optional(TIME, None) && optional(TIME, Some(f64::INFINITY)) && optional(TIME, Some(2.0)));
        assert!(!optional(SHARE, None) && !optional(TIME, Some(0.0)));
        assert!(1_u32.is_in(&ValueRange::Whole { min: 1, max: 2 }));
        assert!(!3_u64.is_in(&ValueRange::Whole { min: 1, max: 2 }));
    }
}
