//! Numbers as people read them.

use std::fmt;

/// Writes a number with as many digits as it needs. In wasm the browser does: Rust's own way would be some kB of
/// what the page loads.
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
