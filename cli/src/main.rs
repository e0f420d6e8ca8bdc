//! The program `spikepad`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    spikepad_cli::main()
}

/// There is no command line in a browser. This empty program lets `wasm-pack test` compile the package.
#[cfg(target_arch = "wasm32")]
fn main() {}
