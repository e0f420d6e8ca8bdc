//! The bytes of a file, and numbers of the sizes that it states.

use std::cell::Cell;

use crate::error::Problem;

/// An address that is not set.
pub const UNDEFINED: u64 = u64::MAX;

/// The bytes of a file.
#[derive(Debug)]
pub struct RawFile<'a> {
    /// From the superblock on: addresses count from there.
    pub bytes: &'a [u8],
    /// Bytes of an address.
    pub offset_size: usize,
    /// Bytes of a length.
    pub length_size: usize,
    /// Bytes of structure that may still be read, so that structures which refer to each other end.
    pub fuel: Cell<usize>,
}

/// The error that a file is damaged.
pub fn broken(reason: impl std::fmt::Display) -> Problem {
    Problem::damaged("HDF5", reason)
}

/// The error that the format has more than is read here.
pub fn unread(what: impl Into<String>) -> Problem {
    Problem::Unsupported {
        what: format!("an HDF5 file with {}", what.into()),
        advice: "copy it with h5py into a new file without options, or save the model again",
    }
}

impl<'a> RawFile<'a> {
    /// Reads from `address` on.
    pub fn at(&self, address: u64) -> Result<Cursor<'_>, Problem> {
        let rest = usize::try_from(address).ok().and_then(|address| self.bytes.get(address..));
        rest.map(|rest| Cursor::new(self, rest)).ok_or_else(|| broken("an address is beyond its end"))
    }

    /// The `length` bytes at `address`.
    pub fn slice(&self, address: u64, length: u64) -> Result<&'a [u8], Problem> {
        let span = usize::try_from(address).ok().zip(usize::try_from(length).ok());
        let span = span.and_then(|(address, length)| self.bytes.get(address..address.checked_add(length)?));
        span.ok_or_else(|| broken("a part of it is beyond its end"))
    }

    /// Counts bytes of structure.
    pub fn burn(&self, bytes: usize) -> Result<(), Problem> {
        let left = self.fuel.get().checked_sub(bytes + 1);
        self.fuel.set(left.ok_or_else(|| broken("its parts refer to each other without end"))?);
        Ok(())
    }
}

/// A place in a part of a file.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    offset_size: usize,
    length_size: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a part of the file.
    pub fn new(file: &RawFile<'_>, rest: &'a [u8]) -> Self {
        Self { rest, offset_size: file.offset_size, length_size: file.length_size }
    }

    /// What is left.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Problem> {
        let (taken, rest) =
            self.rest.split_at_checked(length).ok_or_else(|| broken("a part of it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    pub fn skip(&mut self, length: usize) -> Result<(), Problem> {
        self.take(length).map(drop)
    }

    /// A number of `size` bytes, at most 8.
    pub fn number(&mut self, size: usize) -> Result<u64, Problem> {
        Ok(self.take(size)?.iter().rev().fold(0, |sum, &byte| (sum << 8) | u64::from(byte)))
    }

    pub fn byte(&mut self) -> Result<u8, Problem> {
        Ok(self.take(1)?[0])
    }

    pub fn short(&mut self) -> Result<u16, Problem> {
        Ok(self.number(2)? as u16)
    }

    pub fn word(&mut self) -> Result<u32, Problem> {
        Ok(self.number(4)? as u32)
    }

    /// An address. One that is not set is [`UNDEFINED`], whatever its size.
    pub fn offset(&mut self) -> Result<u64, Problem> {
        let bytes = self.take(self.offset_size)?;
        let number = bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | u64::from(byte));
        Ok(if bytes.iter().all(|&byte| byte == 0xff) { UNDEFINED } else { number })
    }

    pub fn length(&mut self) -> Result<u64, Problem> {
        self.number(self.length_size)
    }

    /// Goes on after these first bytes; an error if there are others.
    pub fn expect(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if self.take(bytes.len())? == bytes {
            return Ok(());
        }
        Err(broken(format!("a part that begins with {} is missing", String::from_utf8_lossy(bytes))))
    }
}
