//! What the pad's wasm leaves out.

/// Whether networks other than the shipped one run with all that they may have: biases, activations, a shift of the
/// outputs. Only the pad's wasm leaves this out, and refuses files that need it: without, it has 83 kB of gzip instead of
/// 93 kB (measured 2026-11-26).
pub const ANY_NETWORK: bool =
    cfg!(any(feature = "networks", feature = "calibrate", not(target_arch = "wasm32")));
