//! Reads HDF5 files (<https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html>, "HDF5 File Format
//! Specification Version 3.0"; section numbers in this folder are its).
//!
//! What the writers of networks write is read: superblocks 0 to 3, object headers 1 and 2, groups as symbol tables or as
//! compact links, data that are compact, contiguous, or in chunks of a version 1 B-tree, with deflate, shuffle and
//! Fletcher32. The rest is refused by name.
//!
//! The library `hdf5-pure` 0.47 read all of the test files too, and bore 100,000 damaged ones. It takes 174 kB of gzip in
//! the importer's wasm, which had 286 kB with this reader (measured 2026-11-26).

mod attribute;
mod chunks;
mod data;
mod datatype;
mod group;
mod heap;
mod object;
mod raw;

use std::cell::Cell;

use self::datatype::Datatype;
use self::object::Message;
use self::raw::{Cursor, RawFile, UNDEFINED, broken, unread};
use super::entry::Entry;
use crate::error::Problem;
use crate::numbers::FloatType;
use crate::sorting::{arranged, order};
use crate::text::quoted;

/// The first bytes of a file, or of its part after a block of the user's.
const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";

/// Where the signature may be.
const PLACES: [usize; 5] = [0, 512, 1024, 2048, 4096];

/// The most groups and datasets of a file. A model of 32 layers with its optimizer has about 300.
const MAX_OBJECTS: usize = 1 << 14;

/// How deep groups may lie in groups.
const MAX_DEPTH: usize = 24;

/// A file in memory.
#[derive(Debug)]
pub struct Hdf5<'a> {
    raw: RawFile<'a>,
    objects: Vec<Object<'a>>,
}

/// A group or a dataset.
#[derive(Debug)]
struct Object<'a> {
    path: String,
    messages: Vec<Message<'a>>,
}

impl<'a> Hdf5<'a> {
    /// Where the signature is, if this is an HDF5 file.
    #[must_use]
    pub fn find(bytes: &[u8]) -> Option<usize> {
        PLACES.into_iter().find(|&at| bytes.get(at..).is_some_and(|rest| rest.starts_with(SIGNATURE)))
    }

    /// Reads the structure of a file: the names, types and shapes of what is in it.
    ///
    /// # Errors
    /// [`Problem::Damaged`], or [`Problem::Unsupported`] where it uses parts of the format that are not read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let start = Self::find(bytes).ok_or_else(|| broken("its signature is missing"))?;
        let bytes = &bytes[start..];
        let fuel = bytes.len().saturating_mul(8).saturating_add(1 << 20);
        let raw = RawFile { bytes, offset_size: 8, length_size: 8, fuel: Cell::new(fuel) };
        let mut file = Self { raw, objects: Vec::new() };
        let root = file.superblock()?;
        file.walk(root)?;
        Ok(file)
    }

    /// Reads the superblock (section II.A); returns the address of the root group.
    fn superblock(&mut self) -> Result<u64, Problem> {
        let version = self.raw.at(8)?.byte()?;
        let sizes_at = match version {
            0 | 1 => 13,
            2 | 3 => 9,
            _ => return Err(unread(format!("superblock {version}"))),
        };
        let mut sizes = self.raw.at(sizes_at)?;
        (self.raw.offset_size, self.raw.length_size) = (sizes.byte()?.into(), sizes.byte()?.into());
        if ![self.raw.offset_size, self.raw.length_size].iter().all(|size| [2, 4, 8].contains(size)) {
            return Err(broken("the size of its addresses is not valid"));
        }
        let mut rest = self.raw.at(match version {
            0 => 24,
            1 => 28,
            _ => 12,
        })?;
        let (base, _, end) = (rest.offset()?, rest.offset()?, rest.offset()?);
        if base != 0 && base != UNDEFINED {
            // The addresses of a file with a block of the user's count from the superblock.
            if usize::try_from(base).is_ok_and(|base| PLACES.contains(&base)) {
                return self.root(rest, version, end.saturating_sub(base));
            }
            return Err(unread("a base address"));
        }
        self.root(rest, version, end)
    }

    fn root(&self, mut rest: Cursor<'_>, version: u8, end: u64) -> Result<u64, Problem> {
        if end > self.raw.bytes.len() as u64 {
            let found = self.raw.bytes.len();
            return Err(broken(format!("it is cut short: it has {found} bytes, and should have {end}")));
        }
        if version < 2 {
            // The driver's block, and the root's entry in a symbol table, which begins with the offset of its name.
            rest.offset()?;
            rest.offset()?;
        }
        rest.offset()
    }

    /// Collects all objects, starting with the group at `root`. Each is visited once, so links may form a circle.
    fn walk(&mut self, root: u64) -> Result<(), Problem> {
        // In order.
        let mut seen = vec![root];
        let mut open = vec![(String::new(), root, 0_usize)];
        while let Some((path, address, depth)) = open.pop() {
            if self.objects.len() == MAX_OBJECTS {
                let what = format!("it holds more than {MAX_OBJECTS} groups and datasets");
                return Err(Problem::TooLarge { what, most: MAX_OBJECTS.to_string() });
            }
            // The names of the groups around it stand in each path.
            self.raw.burn(path.len())?;
            let messages = object::messages(&self.raw, address)?;
            let children = group::children(&self.raw, &messages)?;
            if depth == MAX_DEPTH && !children.is_empty() {
                return Err(unread(format!("groups deeper than {MAX_DEPTH}")));
            }
            for (name, child) in children {
                if let Err(at) = seen.binary_search(&child) {
                    seen.insert(at, child);
                    let path = if path.is_empty() { name } else { format!("{path}/{name}") };
                    open.push((path, child, depth + 1));
                }
            }
            self.objects.push(Object { path, messages });
        }
        let objects = std::mem::take(&mut self.objects);
        let order = order(objects.len(), &|a, b| objects[a].path.cmp(&objects[b].path));
        self.objects = arranged(objects, &order);
        Ok(())
    }

    fn object(&self, path: &str) -> Option<&Object<'a>> {
        let index = self.objects.binary_search_by(|object| object.path.as_str().cmp(path)).ok()?;
        self.objects.get(index)
    }

    /// The paths of all groups and datasets, without a slash at the start. The root's is empty.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.objects.iter().map(|object| object.path.as_str())
    }

    /// Whether there is a group or a dataset with that path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.object(path).is_some()
    }

    /// The dataset with that path; `None` if there is none.
    ///
    /// # Errors
    /// [`Problem::Damaged`] where its shape or type cannot be read.
    pub fn entry(&self, path: &str) -> Result<Option<Entry>, Problem> {
        let Some(object) = self.object(path) else { return Ok(None) };
        if !object.is_dataset() {
            return Ok(None);
        }
        let datatype = self.datatype(object)?;
        let shape = data::shape(&self.raw, &object.messages)?;
        let (is_float, dtype) = match &datatype {
            Datatype::Opaque { size: 2 } if self.is_bf16(path) => (true, FloatType::Bf16.words().into()),
            Datatype::Float { kind: Some(kind), .. } => (true, kind.words().into()),
            _ => (false, datatype.to_string()),
        };
        Ok(Some(Entry { name: path.into(), shape, dtype, is_float }))
    }

    /// The texts of an attribute; `None` if the object has none of that name, or one of another type. An attribute without
    /// elements has no texts, whatever its type.
    ///
    /// # Errors
    /// [`Problem::Damaged`] where they cannot be read.
    pub fn attribute(&self, path: &str, name: &str) -> Result<Option<Vec<String>>, Problem> {
        let Some(object) = self.object(path) else { return Ok(None) };
        for message in object.messages.iter().filter(|message| message.kind == object::ATTRIBUTE) {
            if let Some(texts) = attribute::texts(&self.raw, message, name)? {
                return Ok(texts);
            }
        }
        Ok(None)
    }

    /// The numbers of a dataset, row-major.
    ///
    /// # Errors
    /// [`Problem::NumberType`] where they are not floating-point numbers; [`Problem::Damaged`].
    pub fn floats(&self, path: &str) -> Result<Vec<f32>, Problem> {
        let object = self.object(path).ok_or_else(|| broken(format!("{} is missing", quoted(path))))?;
        let datatype = self.datatype(object)?;
        let (kind, big_endian) = match &datatype {
            Datatype::Float { kind: Some(kind), big_endian, .. } => (*kind, *big_endian),
            Datatype::Opaque { size: 2 } if self.is_bf16(path) => (FloatType::Bf16, false),
            _ => {
                let dtype = datatype.to_string();
                return Err(Problem::NumberType { tensor: path.into(), dtype });
            }
        };
        Ok(kind.floats(&self.bytes_of(object, &datatype)?, big_endian))
    }

    /// The numbers of a dataset, row-major, floating-point or whole, and whether they are floating-point numbers of at most
    /// 32 bits.
    ///
    /// # Errors
    /// [`Problem::NumberType`] where they are no numbers; [`Problem::Damaged`].
    pub fn numbers(&self, path: &str) -> Result<(Vec<f64>, bool), Problem> {
        let object = self.object(path).ok_or_else(|| broken(format!("{} is missing", quoted(path))))?;
        let datatype = self.datatype(object)?;
        let bytes = || self.bytes_of(object, &datatype);
        match &datatype {
            Datatype::Float { kind: Some(FloatType::F64), big_endian, .. } => {
                Ok((whole_words(&bytes()?, 8, *big_endian).map(f64::from_bits).collect(), false))
            }
            Datatype::Integer { size, signed, big_endian } if (1..=8).contains(size) => {
                let unused = 64 - 8 * *size as u32;
                let number = |word: u64| match signed {
                    true => ((word << unused) as i64 >> unused) as f64,
                    false => word as f64,
                };
                Ok((whole_words(&bytes()?, *size, *big_endian).map(number).collect(), false))
            }
            _ => Ok((self.floats(path)?.into_iter().map(f64::from).collect(), true)),
        }
    }

    /// The texts of a dataset.
    ///
    /// # Errors
    /// [`Problem::Damaged`] where they cannot be read, or are none.
    pub fn texts(&self, path: &str) -> Result<Vec<String>, Problem> {
        let object = self.object(path).ok_or_else(|| broken(format!("{} is missing", quoted(path))))?;
        let datatype = self.datatype(object)?;
        let bytes = self.bytes_of(object, &datatype)?;
        heap::texts(&self.raw, &datatype, &bytes)?
            .ok_or_else(|| broken(format!("{} is no text", quoted(path))))
    }

    /// Whether a dataset of two opaque bytes is of type bfloat16: Keras says so in an attribute, because HDF5 has no name for
    /// the type.
    fn is_bf16(&self, path: &str) -> bool {
        self.attribute(path, "dtype").ok().flatten().is_some_and(|dtype| dtype == ["bfloat16"])
    }

    fn datatype(&self, object: &Object<'a>) -> Result<Datatype, Problem> {
        let message = object.message(object::DATATYPE);
        let message = message.ok_or_else(|| broken(format!("{} has no type", quoted(&object.path))))?;
        Datatype::read(&mut Cursor::new(&self.raw, message.unshared()?))
    }

    fn bytes_of(&self, object: &Object<'a>, datatype: &Datatype) -> Result<Vec<u8>, Problem> {
        data::bytes(&self.raw, &object.messages, datatype.size()).map_err(|problem| match problem {
            Problem::Damaged { format, reason } => {
                Problem::Damaged { format, reason: format!("in {}, {reason}", quoted(&object.path)) }
            }
            other => other,
        })
    }
}

/// Numbers of `size` bytes, at most 8.
fn whole_words(bytes: &[u8], size: usize, big_endian: bool) -> impl Iterator<Item = u64> + '_ {
    bytes.chunks_exact(size).map(move |number| {
        let one = |word, &byte: &u8| word << 8 | u64::from(byte);
        if big_endian { number.iter().fold(0, one) } else { number.iter().rev().fold(0, one) }
    })
}

impl<'a> Object<'a> {
    fn message(&self, kind: u16) -> Option<&Message<'a>> {
        self.messages.iter().find(|message| message.kind == kind)
    }

    fn is_dataset(&self) -> bool {
        self.message(object::LAYOUT).is_some()
    }
}
