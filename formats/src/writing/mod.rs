//! Files for other programs. Native only: the page writes none.

mod nir;

pub use nir::{WriteError, write_nir};
