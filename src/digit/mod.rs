//! Turns pen strokes, pictures and image files into the digits that the network sees.

mod components;
mod grouping;
mod idx;
mod image_reading;
mod images;
mod ink;
mod ink_grid;
mod picture;
mod raster;
mod several;
mod strokes;

pub use components::{Component, Components, Run};
pub use grouping::{Group, group_digits};
pub use idx::{IdxError, is_idx, read_labels};
pub use image_reading::ImageReading;
pub use images::{ImageSet, ImageSetError, PixelType};
pub use ink::STROKE_WIDTHS;
pub(crate) use picture::side_of;
pub use picture::{Digit, DigitError, FIT, PIXELS, SIDE, SIDES};
pub use raster::{InkBox, Raster, RasterError};
pub use strokes::{Drawing, DrawingError, Point};
