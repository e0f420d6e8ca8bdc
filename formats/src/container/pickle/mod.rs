//! Reads Python pickles without executing anything (<https://docs.python.org/3/library/pickletools.html>).
//!
//! A pickle is a program for a machine with a stack. Python's machine calls whatever function the program names, so a
//! pickle can do anything. This machine builds a graph of plain values. A name outside the list of what is read is an
//! error, and a call of a name on the list makes a [`Value::Call`], which nobody runs.

mod machine;
mod names;
#[cfg(test)]
mod tests;
mod value;

pub use machine::{Pickle, read};
pub use value::{Id, Value};
