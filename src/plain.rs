//! Formats numbers and names for error messages.
//!
//! In wasm the browser formats them. The standard library's formatting would make the pad's wasm 89 kB of gzip instead
//! of 80 kB (measured 2026-11-26).

use std::fmt;

/// The first characters of a text from a file, so that an error stays a sentence.
pub(crate) fn shortened(text: &str) -> &str {
    const MOST: usize = 60;
    let end = (0..=text.len().min(MOST)).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// Writes a number with as many digits as it needs.
pub(crate) struct Plain(pub f64);

impl fmt::Display for Plain {
    #[cfg(not(target_arch = "wasm32"))]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }

    #[cfg(target_arch = "wasm32")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&browser::text_of(self.0))
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = String)]
        pub fn text_of(number: f64) -> String;
    }
}
