//! The named tensors of a file, whatever its format.

use crate::error::Problem;

/// A tensor of a file: what is known before its numbers are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the file.
    pub name: String,
    /// The length of each axis. Empty for a single number.
    pub shape: Vec<usize>,
    /// The type of its numbers, in the words of the format.
    pub dtype: String,
    /// Whether these are floating-point numbers of a type that is read.
    pub is_float: bool,
}

impl Entry {
    /// How many numbers there are; `usize::MAX` where they cannot be counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape.iter().try_fold(1_usize, |all, &side| all.checked_mul(side)).unwrap_or(usize::MAX)
    }

    /// The error that the type of the numbers is not read.
    #[must_use]
    pub fn number_type(&self) -> Problem {
        Problem::NumberType { tensor: self.name.clone(), dtype: crate::text::shortened(&self.dtype, 60) }
    }
}

/// The named tensors of a file.
pub trait Tensors {
    /// The tensors, in the order of the file.
    fn entries(&self) -> &[Entry];

    /// The name of the layer that the tensor with that index belongs to, if the file tells it apart from the tensor's name.
    fn layer(&self, _index: usize) -> Option<&str> {
        None
    }

    /// The numbers of the tensor with that index, row-major, as 32-bit floats.
    ///
    /// # Errors
    /// [`Problem`] where they are damaged, or not floating-point numbers.
    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem>;
}
