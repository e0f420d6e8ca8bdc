//! `spikepad-fuzz`: feeds Spikepad's readers with damaged and hostile files.

#[cfg(not(target_arch = "wasm32"))]
mod command;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command::main()
}

/// There are no files in a browser. This empty program lets `wasm-pack test` compile the package.
#[cfg(target_arch = "wasm32")]
fn main() {}
