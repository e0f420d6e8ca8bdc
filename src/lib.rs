//! Spikepad's simulator: draw a digit and watch a spiking neural network read it.
//!
//! Strokes become a picture of 28 x 28 pixels, made as MNIST's pictures were made. The picture becomes
//! Poisson spikes. The spikes run through layers of leaky integrate-and-fire neurons, whose weights come
//! from a trained artificial neural network (ANN). The output that spikes most is the answer. The same
//! seed gives the same spikes, bit for bit, natively and in every browser.
//!
//! ```text
//! Drawing -> Raster -> Digit -> PoissonEncoder -> SpikingNetwork -> Recording -> Verdict
//! ```
//!
//! # Example
//!
//! With `cargo add spikepad --features weights`:
//!
//! ```
//! use spikepad::{Digit, Drawing, Model, Recording};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = Model::shipped();
//!
//! // A seven: one stroke, in canvas units, with a pen 16 units wide.
//! let seven = vec![vec![[60.0, 70.0], [200.0, 64.0], [120.0, 230.0]]];
//! let raster = Drawing::new(seven, 16.0)?.rasterise().ok_or("nothing drawn")?;
//! let digit = Digit::from_raster(&raster).ok_or("nothing drawn")?;
//!
//! let recording = Recording::of(&model, &digit, &model.defaults())?;
//! assert_eq!(recording.verdict().digit, Some(7));
//!
//! // The spikes of the hidden layer in the first step, and the ANN's answer for the same digit.
//! let hidden: &[u16] = recording.layers()[1].spikes_in(0);
//! assert!(hidden.iter().all(|&neuron| neuron < 128));
//! assert_eq!(model.network().classify(&digit)?, Some(7));
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `dialects` | yes | [`dialect`]: the network as nine other frameworks run it, spike for spike |
//! | `damage` | yes | [`Damage`]: silenced neurons, noise on weights, weights of few bits, lost spikes |
//! | `dispatch` | yes | vectors of 256 and 512 bits on the x86-64 processors that have them |
//! | `parallel` | yes | [`evaluate`] uses all processor cores for the images of a set (native only) |
//! | `web` | yes | the JavaScript interface (wasm only) |
//! | `doctor` | yes | [`examine`]: why a network loses accuracy as spikes, and what to change |
//! | `calibrate` | no | `calibrate`: the conversion that suits a network which nobody tuned |
//! | `npz` | no | NumPy's `.npz` files; other zip files |
//! | `weights` | no | `Model::shipped`: the weights of the network that the page ships |
//! | `writing` | no | writes models in wasm, too; native code always can |

// Unit tests run natively. Without this line, `wasm-pack test` would compile the whole library once more for them.
#![cfg(not(all(test, target_arch = "wasm32")))]
#![cfg_attr(
    not(feature = "dialects"),
    allow(dead_code, reason = "only the dialects use some parts of the clock")
)]

#[cfg(feature = "calibrate")]
mod calibration;
#[cfg(feature = "calibrate")]
mod changes;
mod clock;
#[cfg(feature = "damage")]
mod damage;
#[cfg(feature = "dialects")]
pub mod dialect;
mod digit;
#[cfg(feature = "doctor")]
mod doctor;
mod encoding;
mod fast;
#[cfg(feature = "calibrate")]
mod gain_search;
#[cfg(feature = "calibrate")]
mod input_scaling;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
mod json;
mod layer;
mod model;
mod names;
mod network;
mod neuron;
#[cfg(feature = "npz")]
mod npz;
mod plain;
mod readout;
mod setting;
mod setting_value;
mod settings;
mod simulation;
mod sorting;
mod spikes;
mod transmission;
mod typicality;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;

#[cfg(feature = "calibrate")]
pub use calibration::{CalibrationError, calibrate};
#[cfg(feature = "calibrate")]
pub use changes::{ChangeError, ModelChanges};
pub use clock::Observer;
#[cfg(feature = "damage")]
pub use damage::{Damage, DamageError};
pub use digit::{
    Component, Components, Digit, DigitError, Drawing, DrawingError, FIT, Group, IdxError, ImageReading,
    ImageSet, ImageSetError, InkBox, PIXELS, PixelType, Point, Raster, RasterError, Run, SIDE, SIDES,
    STROKE_WIDTHS, group_digits, is_idx, read_labels,
};
#[cfg(feature = "doctor")]
pub use doctor::{
    Apply, Cause, DoctorError, Examination, FlagValue, LayerReport, NormalisationReport, Outcome, Report,
    Tried, compare_normalisations, examine,
};
#[cfg(all(feature = "doctor", feature = "dialects"))]
pub use doctor::{DialectExamination, RecipeReport, compare_recipes, examine_dialect, measure_recipe};
pub use encoding::{Encoding, LatencyEncoder, PoissonEncoder, RegularEncoder, presentation_seed};
#[cfg(feature = "calibrate")]
pub use gain_search::search_gains;
#[cfg(feature = "calibrate")]
pub use input_scaling::{InputRange, InputScaling, transposition};
pub use layer::SimulationError;
#[cfg(feature = "npz")]
pub use model::{Container as SafetensorsContainer, SafetensorsTensor};
pub use model::{Description, Model, ModelError};
pub use names::{Choice, UnknownName};
pub use network::{
    Activation, ActivationStatistics, Conversion, ConversionError, Layer, Network, NetworkError,
    Normalisation, Weights, limits,
};
#[cfg(feature = "calibrate")]
pub use network::{MAX_PIECES, PiecesError};
pub use neuron::{Lif, Population, Reset, decay};
#[cfg(all(feature = "npz", not(target_arch = "wasm32")))]
pub use npz::write_npz;
#[cfg(feature = "npz")]
pub use npz::{MemberSize, NpyArray, Npz, NpzError, NumberType, Numbers, ZipFile};
pub use readout::{Decision, Doubt, Reading, Readout, ReadoutRule, Verdict, winner};
pub use setting::{Setting, Slider};
pub use setting_value::{NumberRange, ValueRange};
pub use settings::{SETTINGS, Settings, SettingsError};
pub use simulation::{
    CHUNK, Checkpoint, EarlyDecision, Evaluation, EvaluationError, EvaluationOptions, Labelled,
    LayerRecording, Recording, SpikingNetwork, Sure, evaluate, label,
};
pub use spikes::Spikes;
pub use typicality::Typicality;

/// Runs the README's examples as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
