//! Ink: pen strokes, pictures and files of images become the 28 x 28 digits that the network sees.

mod idx;
mod picture;
mod raster;
mod strokes;

pub use idx::{IdxError, IdxImages, read_labels};
pub use picture::{Digit, PIXELS, SIDE};
pub use raster::{Raster, RasterError};
pub use strokes::{Drawing, DrawingError, Point};
