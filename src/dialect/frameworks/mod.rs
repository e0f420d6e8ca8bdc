//! One file for each framework: its parameters, its dialects, and its neurons next to their equations.
//!
//! To add a framework, add a file here and a line to each of the two lists below.

mod bindsnet;
mod brian2;
mod keras;
pub(super) mod nengo;
pub(super) mod nengo_dl_converter;
mod norse;
mod rockpool;
mod sinabs;
mod snntorch;
pub(super) mod spikingjelly;

use super::framework::Framework;

/// All frameworks, in the order in which they are listed.
pub(super) static FRAMEWORKS: &[Framework] = &[
    keras::FRAMEWORK,
    snntorch::FRAMEWORK,
    spikingjelly::FRAMEWORK,
    bindsnet::FRAMEWORK,
    norse::FRAMEWORK,
    sinabs::FRAMEWORK,
    rockpool::FRAMEWORK,
    brian2::FRAMEWORK,
    nengo::FRAMEWORK,
    nengo::NENGO_DL,
    nengo_dl_converter::FRAMEWORK,
];
