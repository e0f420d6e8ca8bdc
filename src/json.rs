//! JSON. Natively serde_json parses it; in wasm the browser does, so that the page has no parser to load. What
//! comes of it is read by the same code on both.

use thiserror::Error;

pub(crate) use platform::Json;

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use serde_json::Value;

    /// A value.
    #[derive(Debug)]
    pub struct Json(Value);

    impl Json {
        /// The value that `text` stands for, or what is wrong with it.
        pub fn parse(text: &str) -> Result<Self, String> {
            serde_json::from_str(text).map(Self).map_err(|e| e.to_string())
        }

        pub fn is_null(&self) -> bool {
            self.0.is_null()
        }

        pub fn number(&self) -> Option<f64> {
            self.0.as_f64()
        }

        pub fn text(self) -> Option<String> {
            if let Value::String(text) = self.0 { Some(text) } else { None }
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

    /// A value.
    #[derive(Debug)]
    pub struct Json(JsValue);

    impl From<JsValue> for Json {
        fn from(value: JsValue) -> Self {
            Self(value)
        }
    }

    impl Json {
        /// The value that `text` stands for, or what is wrong with it.
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

        pub fn text(self) -> Option<String> {
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
    /// A whole number that f64 holds exactly.
    pub fn whole(&self) -> Option<u64> {
        let exact = (1_u64 << f64::MANTISSA_DIGITS) as f64;
        self.number().filter(|x| (0.0..exact).contains(x) && x.fract() == 0.0).map(|x| x as u64)
    }

    /// A list of values each of which `read` can read.
    pub fn list<T>(self, read: fn(Json) -> Option<T>) -> Option<Vec<T>> {
        self.items()?.into_iter().map(read).collect()
    }
}

/// An entry of an object that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Unfit {
    #[error("'{0}' is missing")]
    Missing(&'static str),
    #[error("'{0}' is not known")]
    Unknown(String),
    #[error("'{name}' must be {expected}")]
    Kind { name: &'static str, expected: &'static str },
}

/// The entries of an object, to be taken one by one.
#[derive(Debug)]
pub(crate) struct Record(Vec<(String, Json)>);

impl Record {
    /// That of `json`, which stands under `name`.
    pub fn of(json: Json, name: &'static str) -> Result<Self, Unfit> {
        json.entries().map(Self).ok_or(Unfit::Kind { name, expected: "an object" })
    }

    /// The entry `name`, where there is one.
    fn entry(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// The entry `name`, where there is one that is not null.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        self.entry(name).filter(|json| !json.is_null())
    }

    /// The entry `name`, which must be there, as `read` reads it.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: fn(Json) -> Option<T>,
    ) -> Result<T, Unfit> {
        read(self.entry(name).ok_or(Unfit::Missing(name))?).ok_or(Unfit::Kind { name, expected })
    }

    /// The same of an entry that may be missing, or null.
    pub fn read_any<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: fn(Json) -> Option<T>,
    ) -> Result<Option<T>, Unfit> {
        let json = self.take(name);
        json.map(|json| read(json).ok_or(Unfit::Kind { name, expected })).transpose()
    }

    /// The same of an entry that may be missing, but is null only where `read` reads that.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub fn read_or<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: fn(Json) -> Option<T>,
        otherwise: T,
    ) -> Result<T, Unfit> {
        let json = self.entry(name);
        json.map_or(Ok(otherwise), |json| read(json).ok_or(Unfit::Kind { name, expected }))
    }

    /// Ends in an error where entries are left.
    pub fn finish(self) -> Result<(), Unfit> {
        self.0.into_iter().next().map_or(Ok(()), |(name, _)| Err(Unfit::Unknown(name)))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn values_are_what_they_are_and_nothing_else() {
        assert_eq!(json("1.5").number(), Some(1.5));
        assert_eq!(json(r#""a""#).text(), Some("a".into()));
        assert!(json("null").is_null() && !json("0").is_null());
        assert_eq!(json("[1, 2]").list(|json| json.number()), Some(vec![1.0, 2.0]));
        assert_eq!(json(r#"[1, "2"]"#).list(|json| json.number()), None);
        assert!(json("{}").items().is_none() && json("[]").entries().is_none());
        assert!(Json::parse("{").is_err());
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
    fn what_is_wrong_with_an_entry_is_named() {
        let record = |text| Record::of(json(text), "it").unwrap();
        let text = |json: Json| json.text();
        assert_eq!(record("{}").read("a", "text", text), Err(Unfit::Missing("a")));
        assert_eq!(record(r#"{"a": null}"#).read_any("a", "text", text), Ok(None));
        let kind = Unfit::Kind { name: "a", expected: "text" };
        assert_eq!(record(r#"{"a": null}"#).read("a", "text", text), Err(kind.clone()));
        assert_eq!(record(r#"{"a": null}"#).read_or("a", "text", text, "b".into()), Err(kind.clone()));
        assert_eq!(record("{}").read_or("a", "text", text, "b".into()), Ok("b".into()));
        assert_eq!(record(r#"{"a": 1}"#).read_any("a", "text", text), Err(kind.clone()));
        assert_eq!(kind.to_string(), "'a' must be text");
        assert_eq!(record(r#"{"b": 1}"#).finish(), Err(Unfit::Unknown("b".into())));
        assert_eq!(record("{}").finish(), Ok(()));
        assert!(Record::of(json("[]"), "it").is_err());
    }
}
