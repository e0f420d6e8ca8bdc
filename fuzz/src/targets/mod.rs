//! All readers, and files for each of them.

mod archives;
mod dialects;
mod hdf5;
mod models;
mod networks;
mod pictures;
mod sets;
mod spikes;
mod strokes;

use crate::target::Target;

/// All readers.
pub static TARGETS: [Target; 12] = [
    models::SAFETENSORS,
    models::NPZ,
    sets::SETS,
    strokes::STROKES,
    pictures::PICTURES,
    dialects::DIALECTS,
    spikes::SPIKES,
    networks::KERAS,
    networks::TORCH,
    networks::ONNX,
    networks::NIR,
    networks::TFJS,
];
