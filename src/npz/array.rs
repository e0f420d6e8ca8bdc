//! Arrays of numbers, as an archive holds them.

use std::fmt;

use thiserror::Error;

/// The most axes of an array: NumPy's own limit.
pub const MAX_AXES: usize = 64;

/// Why an array cannot be read from an archive, or an archive cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NpzError {
    /// Not a zip file, or a damaged one.
    #[error("not a readable npz file: {0}")]
    Archive(String),
    /// An array is missing.
    #[error("the array '{name}' is missing from the file, which holds {found}")]
    Missing {
        /// Name of the array.
        name: String,
        /// The names of the arrays in the file.
        found: String,
    },
    /// An array is damaged, too large, or of an unsupported type.
    #[error("the array '{name}' cannot be read: {reason}")]
    Array {
        /// Name of the array.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An array does not have the expected shape.
    #[error("the array '{name}' has shape {found:?}; it must be {expected}")]
    Shape {
        /// Name of the array.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// The shape that is expected.
        expected: String,
    },
}

/// The numbers of an array. Other types are read as the smallest of these that holds their values.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Numbers {
    /// `bool` and `uint8`.
    U8(Vec<u8>),
    /// `int8`, `int16`, `uint16` and `int32`.
    I32(Vec<i32>),
    /// `uint32` and `int64`.
    I64(Vec<i64>),
    /// `float16` and `float32`.
    F32(Vec<f32>),
    /// `float64`.
    F64(Vec<f64>),
}

/// The type of numbers, as a file stores them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberType {
    /// True or false.
    Bool,
    /// Integers from 0.
    Unsigned {
        /// Bits of one number.
        bits: u32,
    },
    /// Integers, negative ones too.
    Signed {
        /// Bits of one number.
        bits: u32,
    },
    /// Floating-point numbers.
    Float {
        /// Bits of one number.
        bits: u32,
    },
}

/// In words, such as "64-bit floats".
impl fmt::Display for NumberType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("booleans"),
            Self::Unsigned { bits } => write!(f, "{bits}-bit unsigned integers"),
            Self::Signed { bits } => write!(f, "{bits}-bit integers"),
            Self::Float { bits } => write!(f, "{bits}-bit floats"),
        }
    }
}

/// An array of numbers, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct NpyArray {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    pub(super) numbers: Numbers,
}

impl NpyArray {
    /// An array with the given name, shape and numbers, row-major.
    ///
    /// # Errors
    /// [`NpzError::Shape`] if the shape does not match the number of `numbers`, or has more than 64 axes.
    pub fn new(name: &str, shape: &[usize], numbers: Numbers) -> Result<Self, NpzError> {
        let array = Self { name: name.into(), shape: shape.into(), numbers };
        let length = shape.iter().try_fold(1_usize, |product, &side| product.checked_mul(side));
        if length != Some(array.numbers.len()) || shape.len() > MAX_AXES {
            let expected = format!("a shape of {} numbers with at most {MAX_AXES} axes", array.numbers.len());
            return Err(array.misshapen(expected));
        }
        Ok(array)
    }

    /// The length of each axis. Empty for a single number.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The numbers, row-major.
    #[must_use]
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The numbers, row-major.
    #[must_use]
    pub fn into_numbers(self) -> Numbers {
        self.numbers
    }

    /// The numbers as f64, which holds every number exactly except an `int64` beyond 2^53.
    #[must_use]
    pub fn to_f64(&self) -> Vec<f64> {
        match &self.numbers {
            Numbers::U8(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::I32(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::I64(n) => n.iter().map(|&x| x as f64).collect(),
            Numbers::F32(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::F64(n) => n.clone(),
        }
    }

    /// The numbers of rows and columns. `expected` names the expected shape in an error.
    ///
    /// # Errors
    /// [`NpzError::Shape`] if there are not two axes.
    pub fn matrix(&self, expected: &str) -> Result<(usize, usize), NpzError> {
        match self.shape[..] {
            [rows, columns] => Ok((rows, columns)),
            _ => Err(self.misshapen(expected)),
        }
    }

    /// The error that the shape is not `expected`.
    pub fn misshapen(&self, expected: impl Into<String>) -> NpzError {
        NpzError::Shape { name: self.name.clone(), found: self.shape.clone(), expected: expected.into() }
    }
}

impl Numbers {
    fn len(&self) -> usize {
        match self {
            Self::U8(n) => n.len(),
            Self::I32(n) => n.len(),
            Self::I64(n) => n.len(),
            Self::F32(n) => n.len(),
            Self::F64(n) => n.len(),
        }
    }
}
