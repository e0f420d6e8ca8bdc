//! Readers of the files that the command line takes beside models. None trusts what it reads: sizes are checked
//! before memory is allocated.

mod columns;
mod drawings;
mod file;
mod gzip;
mod image_array;
mod picture;
mod set;
mod spikes;
mod table;

pub use drawings::{Drawn, DrawnError, Lines, MAX_LINE, drawable, read_drawn};
pub use file::read;
pub use image_array::ImageInput;
pub use picture::{PictureError, read_picture};
pub use set::{Labels, SetError, read_set_images, read_set_labels};
pub use spikes::{SpikesError, TraceInput};
