//! JSON from strangers.

use serde_json::Value;

use crate::error::Problem;

/// The longest text that is parsed, in bytes: 2 MiB. The configuration of 32 layers takes 30 kB, and a parsed value up to 32
/// times its text.
const MAX_LENGTH: usize = 2 << 20;

/// The value of a text; `what` is what it is called in an error.
///
/// # Errors
/// [`Problem::Damaged`] where it is no JSON, [`Problem::TooLarge`].
pub fn parse(text: &[u8], what: &str) -> Result<Value, Problem> {
    if text.len() > MAX_LENGTH {
        let what = format!("{what} has {} bytes", text.len());
        return Err(Problem::TooLarge { what, most: MAX_LENGTH.to_string() });
    }
    serde_json::from_slice(text)
        .map_err(|e| Problem::damaged("JSON", format!("{what} cannot be parsed: {e}")))
}
