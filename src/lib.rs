//! Draw a digit and watch a spiking neural network read it.
mod digit;
mod raster;
mod strokes;
pub use digit::{Digit, PIXELS, SIDE};
pub use raster::{Raster, RasterError};
pub use strokes::{Drawing, DrawingError, Point};
