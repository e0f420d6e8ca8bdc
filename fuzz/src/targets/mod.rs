//! All readers, and files for each of them.

mod archives;
mod dialects;
mod models;
mod pictures;
mod sets;
mod spikes;
mod strokes;

use crate::target::Target;

/// All readers.
pub static TARGETS: [Target; 7] = [
    models::SAFETENSORS,
    models::NPZ,
    sets::SETS,
    strokes::STROKES,
    pictures::PICTURES,
    dialects::DIALECTS,
    spikes::SPIKES,
];
