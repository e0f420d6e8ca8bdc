//! What a user should know about how a picture was read.

use std::fmt;

/// A note on a picture; it displays as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// No value of the picture is above 1.
    ZeroToOne,
    /// There is no digit in the picture.
    Nothing,
    /// There is more than one digit in the picture.
    Several {
        /// How many.
        digits: usize,
    },
}

impl Note {
    /// A short name, the same in every version.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ZeroToOne => "zero-to-one",
            Self::Nothing => "nothing",
            Self::Several { .. } => "several",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ZeroToOne => write!(f, "This picture's values are 0 and 1; they were read as 0 and 255."),
            Self::Nothing => write!(f, "This picture shows nothing: it has no contrast."),
            Self::Several { digits } => {
                write!(f, "There are {digits} digits in this picture; one is read at a time.")
            }
        }
    }
}
