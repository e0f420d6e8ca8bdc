//! Finds the digits in pictures and photographs.
//!
//! A [`Reader`] takes the rows of a picture as they come and averages them to a small grey [`Picture`]. The ink of its digits
//! is found under uneven light, beside tables, in frames and on ruled paper, and becomes [`Digit`](spikepad::Digit)s as
//! drawings do. The same pixels give the same digits natively and in every browser.
//!
//! ```
//! use spikepad_pictures::Reader;
//!
//! # fn main() -> Result<(), spikepad_pictures::ReaderError> {
//! // White paper of 40 x 60 pixels with a dark bar, in RGBA.
//! let mut reader = Reader::new(40, 60)?;
//! for y in 0..60 {
//!     let is_ink = |x: usize| (18..23).contains(&x) && (10..50).contains(&y);
//!     let row: Vec<u8> = (0..40).flat_map(|x| if is_ink(x) { [20, 20, 20, 255] } else { [255; 4] }).collect();
//!     reader.push_rows(&row)?;
//! }
//! let picture = reader.finish()?;
//! assert_eq!(picture.digits().len(), 1);
//! assert!(picture.chosen_digit().is_some());
//! # Ok(())
//! # }
//! ```

mod choice;
mod distance;
mod grey;
mod lines;
mod morphology;
mod notes;
mod orientation;
mod paper;
mod picture;
mod pieces;
mod shrink;
mod strokes;
mod threshold;
#[cfg(feature = "tiff")]
mod tiff;
#[cfg(target_arch = "wasm32")]
mod web;

pub use notes::Note;
pub use orientation::{Orientation, read_pixels};
pub use picture::{Picture, Removed};
pub use shrink::{LARGEST_SIDE, Reader, ReaderError};
#[cfg(feature = "tiff")]
pub use tiff::{MAX_DECODED, MAX_RATIO, TiffReadError, read_tiff};
