//! Turns pen strokes, pictures and image files into the digits that the network sees.

mod components;
mod idx;
mod ink;
mod picture;
mod raster;
mod strokes;

pub use components::{Component, Components, Run};
pub use idx::{IdxError, IdxImages, read_labels};
pub(crate) use picture::side_of;
pub use picture::{Digit, DigitError, PIXELS, SIDE, SIDES};
pub use raster::{InkBox, Raster, RasterError};
pub use strokes::{Drawing, DrawingError, Point};
