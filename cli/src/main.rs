//! Spikepad's command line. It uses the same library as the page.

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod bench;
#[cfg(not(target_arch = "wasm32"))]
mod classify;
#[cfg(not(target_arch = "wasm32"))]
mod commands;
#[cfg(not(target_arch = "wasm32"))]
mod evaluate;
#[cfg(not(target_arch = "wasm32"))]
mod experiment;
#[cfg(not(target_arch = "wasm32"))]
mod inspect;
#[cfg(not(target_arch = "wasm32"))]
mod readout;
#[cfg(not(target_arch = "wasm32"))]
mod scaling;
#[cfg(not(target_arch = "wasm32"))]
mod setting_flags;
#[cfg(not(target_arch = "wasm32"))]
mod settings;
#[cfg(not(target_arch = "wasm32"))]
mod trace;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;

    match commands::Cli::parse().run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("spikepad: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// In a browser there is no command line; this empty program lets `wasm-pack test` compile the package.
#[cfg(target_arch = "wasm32")]
fn main() {}
