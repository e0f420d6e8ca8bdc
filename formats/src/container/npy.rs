//! NumPy's files: archives of arrays, and single arrays (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).

use spikepad::{NpyArray, Npz, NumberType, Numbers};

use super::entry::{Entry, Tensors};
use crate::error::Problem;

/// The arrays of an archive. They are decompressed when they are read.
#[derive(Debug)]
pub struct NpzFile<'a> {
    npz: Npz<'a>,
    entries: Vec<Entry>,
}

impl<'a> NpzFile<'a> {
    /// Reads the names, shapes and types of the arrays.
    ///
    /// # Errors
    /// [`Problem::Npz`] where the archive or an array in it is damaged or holds no numbers.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut npz = Npz::open(bytes)?;
        let names: Vec<String> = npz.names().map(str::to_owned).collect();
        let mut entries = Vec::with_capacity(names.len());
        for name in names {
            let (shape, dtype) = (npz.shape(&name)?, npz.number_type(&name)?);
            entries.push(entry(name, shape, dtype));
        }
        Ok(Self { npz, entries })
    }
}

impl Tensors for NpzFile<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        let entry = &self.entries[index];
        floats(self.npz.array(&entry.name)?, entry)
    }
}

/// The arrays of several files of one array each.
#[derive(Debug)]
pub struct NpyFiles {
    arrays: Vec<Option<NpyArray>>,
    entries: Vec<Entry>,
}

impl NpyFiles {
    /// Reads the arrays: the name and the bytes of each file.
    ///
    /// # Errors
    /// [`Problem::Npz`] where one is damaged or holds no numbers.
    pub fn open<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Self, Problem> {
        let (mut arrays, mut entries) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let name = name.strip_suffix(".npy").unwrap_or(name);
            let (array, dtype) = (NpyArray::read(name, bytes)?, NpyArray::read_type(name, bytes)?);
            entries.push(entry(name.into(), array.shape().to_vec(), dtype));
            arrays.push(Some(array));
        }
        Ok(Self { arrays, entries })
    }
}

impl Tensors for NpyFiles {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        let entry = &self.entries[index];
        // Each is read once.
        self.arrays[index].take().map_or_else(|| Err(entry.number_type()), |array| floats(array, entry))
    }
}

fn entry(name: String, shape: Vec<usize>, dtype: NumberType) -> Entry {
    Entry { name, shape, dtype: dtype.to_string(), is_float: matches!(dtype, NumberType::Float { .. }) }
}

fn floats(array: NpyArray, entry: &Entry) -> Result<Vec<f32>, Problem> {
    match array.into_numbers() {
        Numbers::F32(numbers) => Ok(numbers),
        Numbers::F64(numbers) => Ok(numbers.into_iter().map(|number| number as f32).collect()),
        _ => Err(entry.number_type()),
    }
}
