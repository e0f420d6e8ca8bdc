//! Scripts in Python that run a network in the real framework: a template for each framework.
//!
//! A template writes the framework's own layers and parameters, as its users write them. What all scripts share is in
//! `assembly.rs`: the head, the comparison with Spikepad, and the experiment over a set of images. `script.rs` fills the
//! templates.

mod assembly;
pub(super) mod bindsnet;
pub(super) mod brian2;
pub(super) mod keras;
mod literals;
pub(super) mod nengo;
pub(super) mod nengo_dl_converter;
mod nengo_input;
pub(super) mod norse;
pub(super) mod rockpool;
mod setup;
pub(super) mod sinabs;
pub(super) mod snntorch;
pub(super) mod spikingjelly;
mod torch;

pub(super) use assembly::assembled;
pub(super) use setup::{Kind, Setup, Task, Template};
