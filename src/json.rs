//! JSON values. Natively serde_json parses them, in wasm the browser does; the same code reads the values on both.
//!
//! With serde_json the pad's wasm would be 110 kB of gzip instead of 80 kB. Without its feature `float_roundtrip` it
//! would be 98 kB, but it would read some numbers differently (measured 2026-11-26).

use std::fmt;

use thiserror::Error;

use crate::plain::{Plain, shortened};

pub(crate) use platform::Json;

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use serde_json::Value;

    /// A JSON value.
    #[derive(Debug)]
    pub struct Json(Value);

    impl Json {
        /// Parses `text`. The error says what is wrong with it.
        pub fn parse(text: &str) -> Result<Self, String> {
            serde_json::from_str(text).map(Self).map_err(|e| e.to_string())
        }

        pub fn is_null(&self) -> bool {
            self.0.is_null()
        }

        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        pub fn text(&self) -> Option<String> {
            self.0.as_str().map(str::to_owned)
        }

        pub fn items(self) -> Option<Vec<Self>> {
            if let Value::Array(items) = self.0 { Some(items.into_iter().map(Self).collect()) } else { None }
        }

        pub fn entries(self) -> Option<Vec<(String, Self)>> {
            let Value::Object(entries) = self.0 else { return None };
            Some(entries.into_iter().map(|(name, value)| (name, Self(value))).collect())
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use js_sys::{Array, JSON, Object};
    use wasm_bindgen::{JsCast, JsValue};

    /// A JSON value, or any other value of JavaScript.
    #[derive(Debug)]
    pub struct Json(JsValue);

    impl From<JsValue> for Json {
        fn from(value: JsValue) -> Self {
            Self(value)
        }
    }

    impl Json {
        /// Parses `text`. The error says what is wrong with it.
        pub fn parse(text: &str) -> Result<Self, String> {
            let message = |e: JsValue| String::from(e.unchecked_into::<js_sys::Error>().message());
            JSON::parse(text).map(Self).map_err(message)
        }

        pub fn is_null(&self) -> bool {
            self.0.is_null()
        }

        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        pub fn text(&self) -> Option<String> {
            self.0.as_string()
        }

        pub fn items(self) -> Option<Vec<Self>> {
            let items = Array::is_array(&self.0).then(|| self.0.unchecked_into::<Array>())?;
            Some((0..items.length()).map(|i| Self(items.get(i))).collect())
        }

        pub fn entries(self) -> Option<Vec<(String, Self)>> {
            if !self.0.is_object() || Array::is_array(&self.0) {
                return None;
            }
            let entries = Self(Object::entries(self.0.unchecked_ref()).into()).items()?;
            let pair = |entry: Self| -> Option<(String, Self)> {
                let [name, value] = entry.items()?.try_into().ok()?;
                Some((name.text()?, value))
            };
            entries.into_iter().map(pair).collect()
        }
    }
}

impl Json {
    /// A whole number from 0 to 2^53 - 1: f64 holds each of these exactly.
    pub fn whole(&self) -> Option<u64> {
        let end = (1_u64 << f64::MANTISSA_DIGITS) as f64;
        self.number().filter(|x| (0.0..end).contains(x) && x.fract() == 0.0).map(|x| x as u64)
    }

    /// Reads each value of a list with `read`; `None` if it rejects one.
    pub fn list<T>(self, read: fn(Json) -> Option<T>) -> Option<Vec<T>> {
        self.items()?.into_iter().map(read).collect()
    }
}

/// The value as an error message shows it.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.text() {
            return write!(f, "'{text}'");
        }
        match self.number() {
            Some(number) => Plain(number).fmt(f),
            None if self.is_null() => f.write_str("null"),
            None => f.write_str("of another type"),
        }
    }
}

/// A field of an object that is missing, unknown or of the wrong type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum FieldError {
    #[error("'{0}' is missing")]
    Missing(&'static str),
    #[error("'{0}' is not known")]
    Unknown(String),
    #[error("'{name}' must be {expected}")]
    Kind { name: &'static str, expected: &'static str },
}

/// The fields of an object that have not been read yet.
#[derive(Debug)]
pub(crate) struct Fields(Vec<(String, Json)>);

impl Fields {
    /// All fields of the object `json`. Errors name the object `name`.
    pub fn of(json: Json, name: &'static str) -> Result<Self, FieldError> {
        json.entries().map(Self).ok_or(FieldError::Kind { name, expected: "an object" })
    }

    /// Not inlined: it is called for every field, and its copies would add 0.7 kB of gzip to the pad's wasm.
    #[inline(never)]
    fn take(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Takes the field `name`. None where it is missing or null.
    pub fn optional(&mut self, name: &str) -> Option<Json> {
        self.take(name).filter(|json| !json.is_null())
    }

    /// Reads the field `name` with `read`. `expected` says in errors what `read` accepts.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: fn(Json) -> Option<T>,
    ) -> Result<T, FieldError> {
        read(self.take(name).ok_or(FieldError::Missing(name))?).ok_or(FieldError::Kind { name, expected })
    }

    /// Reads the field `name` with `read`; `None` where it is missing or null. `expected` says in errors what
    /// `read` accepts.
    pub fn read_optional<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: fn(Json) -> Option<T>,
    ) -> Result<Option<T>, FieldError> {
        let json = self.optional(name);
        json.map(|json| read(json).ok_or(FieldError::Kind { name, expected })).transpose()
    }

    /// Fails if there are fields that have not been read.
    pub fn finish(self) -> Result<(), FieldError> {
        self.0
            .into_iter()
            .next()
            .map_or(Ok(()), |(name, _)| Err(FieldError::Unknown(shortened(&name).into())))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn a_value_has_one_type() {
        assert_eq!(json("1.5").number(), Some(1.5));
        assert_eq!(json(r#""a""#).text(), Some("a".into()));
        assert!(json("null").is_null() && !json("0").is_null());
        assert_eq!(json("[1, 2]").list(|json| json.number()), Some(vec![1.0, 2.0]));
        assert_eq!(json(r#"[1, "2"]"#).list(|json| json.number()), None);
        assert!(json("{}").items().is_none() && json("[]").entries().is_none());
        assert!(Json::parse("{").is_err());
    }

    #[test]
    fn values_are_shown_in_errors() {
        let shown = |text| json(text).to_string();
        assert_eq!(
            [r#""a""#, "1.50", "null", "true", "{}"].map(shown),
            ["'a'", "1.5", "null", "of another type", "of another type",]
        );
    }

    #[test]
    fn whole_numbers_are_exact() {
        assert_eq!(json("784").whole(), Some(784));
        assert_eq!(json("9007199254740991").whole(), Some(9_007_199_254_740_991));
        for text in ["-1", "0.5", "9007199254740992", "1e300", r#""1""#] {
            assert_eq!(json(text).whole(), None, "{text}");
        }
    }

    #[test]
    fn an_error_names_the_field() {
        let fields = |text| Fields::of(json(text), "it").unwrap();
        let text = |json: Json| json.text();
        assert_eq!(fields("{}").read("a", "text", text), Err(FieldError::Missing("a")));
        assert_eq!(fields(r#"{"a": null}"#).read_optional("a", "text", text), Ok(None));
        let kind = FieldError::Kind { name: "a", expected: "text" };
        assert_eq!(fields(r#"{"a": null}"#).read("a", "text", text), Err(kind.clone()));
        assert_eq!(fields(r#"{"a": 1}"#).read_optional("a", "text", text), Err(kind.clone()));
        assert_eq!(kind.to_string(), "'a' must be text");
        assert_eq!(fields(r#"{"b": 1}"#).finish(), Err(FieldError::Unknown("b".into())));
        assert_eq!(fields("{}").finish(), Ok(()));
        assert!(Fields::of(json("[]"), "it").is_err());
    }
}
