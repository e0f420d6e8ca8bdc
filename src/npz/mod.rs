//! NumPy's archives of arrays: an `.npz` file is a zip of `.npy` files
//! (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).

mod archive;
mod array;
mod npy;

pub use archive::{Npz, write_npz};
pub use array::{NpyArray, NpzError, NumberType, Numbers};
