//! Turns pen strokes, pictures and image files into the digits that the network sees.

mod idx;
mod ink;
mod picture;
mod raster;
mod strokes;

pub use idx::{IdxError, IdxImages, read_labels};
pub(crate) use picture::side_of;
pub use picture::{Digit, DigitError, PIXELS, SIDE, SIDES};
pub use raster::{Raster, RasterError};
pub use strokes::{Drawing, DrawingError, Point};
