//! The types of data (section IV.A.2.d).

use std::fmt;

use super::raw::{Cursor, broken};
use crate::error::Problem;
use crate::numbers::FloatType;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datatype {
    /// Floating-point numbers; `kind` is `None` for one that is not read.
    Float {
        kind: Option<FloatType>,
        size: usize,
        big_endian: bool,
    },
    Integer {
        size: usize,
        signed: bool,
        big_endian: bool,
    },
    /// Texts of `size` bytes.
    Text {
        size: usize,
    },
    /// Texts in the global heap, or sequences of other things.
    Variable {
        size: usize,
        is_text: bool,
    },
    /// Bytes that only their writer knows.
    Opaque {
        size: usize,
    },
    Other {
        size: usize,
        class: u8,
    },
}

impl Datatype {
    pub fn read(cursor: &mut Cursor<'_>) -> Result<Self, Problem> {
        let (class, bits) = (cursor.byte()? & 0x0f, cursor.number(3)?);
        let size = cursor.word()? as usize;
        let big_endian = bits & 1 != 0;
        if size == 0 {
            return Err(broken("a type has no size"));
        }
        Ok(match class {
            0 => Self::Integer { size, signed: bits & 8 != 0, big_endian },
            1 => {
                cursor.skip(4)?;
                let (_, exponent, _, mantissa) =
                    (cursor.byte()?, cursor.byte()?, cursor.byte()?, cursor.byte()?);
                let kind = match (size, exponent, mantissa) {
                    (2, 5, 10) => Some(FloatType::F16),
                    (2, 8, 7) => Some(FloatType::Bf16),
                    (4, 8, 23) => Some(FloatType::F32),
                    (8, 11, 52) => Some(FloatType::F64),
                    _ => None,
                };
                Self::Float { kind, size, big_endian }
            }
            3 => Self::Text { size },
            5 => Self::Opaque { size },
            9 => Self::Variable { size, is_text: bits & 0x0f == 1 },
            _ => Self::Other { size, class },
        })
    }

    /// Bytes of one element.
    pub fn size(&self) -> usize {
        match *self {
            Self::Float { size, .. }
            | Self::Integer { size, .. }
            | Self::Text { size }
            | Self::Variable { size, .. }
            | Self::Opaque { size }
            | Self::Other { size, .. } => size,
        }
    }
}

impl fmt::Display for Datatype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Float { kind: Some(kind), .. } => f.write_str(kind.words()),
            Self::Float { size, .. } => write!(f, "other floats of {size} bytes"),
            Self::Integer { size, signed: true, .. } => write!(f, "int{}", 8 * size),
            Self::Integer { size, .. } => write!(f, "uint{}", 8 * size),
            Self::Text { .. } | Self::Variable { is_text: true, .. } => f.write_str("text"),
            Self::Opaque { size } => write!(f, "opaque data of {size} bytes"),
            Self::Variable { .. } => f.write_str("sequences"),
            Self::Other { class, .. } => write!(f, "data of class {class}"),
        }
    }
}
