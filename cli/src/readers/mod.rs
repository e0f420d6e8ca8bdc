//! Readers of the files that the command line takes beside models and sets. None trusts what it reads: sizes are checked
//! before memory is allocated.

mod drawings;
mod file;
mod picture;
mod spikes;

pub use drawings::{Drawn, DrawnError, Lines, MAX_LINE, read_drawn};
pub use file::read;
pub use picture::{PictureError, read_picture};
pub use spikes::{SpikesError, TraceInput};
