//! NumPy's archives of arrays: an `.npz` file is a zip of `.npy` files
//! (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).

mod archive;
mod array;
mod npy;
mod zip_file;

pub use archive::Npz;
#[cfg(not(target_arch = "wasm32"))]
pub use archive::write_npz;
pub use array::{NpyArray, NpzError, NumberType, Numbers};
pub use zip_file::{MemberSize, ZipFile};
