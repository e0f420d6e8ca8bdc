//! What a pickle holds.

use crate::error::Problem;

/// The place of a value in its [`Pickle`](super::Pickle). A value may contain itself, so values refer to each other by
/// place.
pub type Id = u32;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number. Larger ones are cut to their low 64 bits.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// Bytes; what they are is not looked at.
    Bytes,
    /// A tuple.
    Tuple(Vec<Id>),
    /// A list or a set.
    List(Vec<Id>),
    /// A dictionary: keys and values in the order in which they were set.
    Dict(Vec<(Id, Id)>),
    /// A name, `module.name`.
    Name(String),
    /// What the pickle says is stored elsewhere.
    Stored(Id),
    /// A call of `function` that nobody runs.
    Call {
        /// A name.
        function: Id,
        /// A tuple.
        arguments: Id,
    },
}

/// The error that a pickle breaks the rules of its format.
pub fn broken(reason: impl std::fmt::Display) -> Problem {
    Problem::damaged("pickle", reason)
}
