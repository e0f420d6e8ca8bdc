//! The safetensors format (<https://github.com/huggingface/safetensors>). The simulator's reader is used, which the tests
//! compare with the library `safetensors`: a second one would take 9 kB of gzip in the wasm (measured 2026-11-26).

use spikepad::SafetensorsContainer;

use super::entry::{Entry, Tensors};
use crate::error::Problem;
use crate::numbers::FloatType;
use crate::sorting::{arranged, order};
use crate::text::natural_order;

/// The entry of the metadata that marks Spikepad's own files.
const OWN: &str = "spikepad";

/// The most tensors of a file.
const MAX_TENSORS: usize = 4096;

/// A file in memory.
pub struct SafetensorsFile<'a> {
    container: SafetensorsContainer<'a>,
    entries: Vec<Entry>,
}

/// Whether these bytes begin like a file of the format: the length of a header, and the header.
#[must_use]
pub fn is_safetensors(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk() else { return false };
    let length = u64::from_le_bytes(*length);
    rest.first() == Some(&b'{') && (2..1 << 40).contains(&length)
}

/// Whether Spikepad wrote this file. A damaged file is none of Spikepad's.
#[must_use]
pub fn is_own(bytes: &[u8]) -> bool {
    SafetensorsContainer::read(bytes).is_ok_and(|container| container.metadata(OWN).is_some())
}

impl<'a> SafetensorsFile<'a> {
    /// Reads the header, of at most 1 MiB.
    ///
    /// # Errors
    /// [`Problem::Damaged`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let container =
            SafetensorsContainer::read(bytes).map_err(|reason| Problem::damaged("safetensors", reason))?;
        let entry = |name: &str| {
            let tensor = container.tensor(name)?;
            let kind = float_type(&tensor.dtype);
            let dtype = kind.map_or_else(|| tensor.dtype.clone(), |kind| kind.words().into());
            Some(Entry { name: name.into(), shape: tensor.shape.clone(), dtype, is_float: kind.is_some() })
        };
        // Each name is looked for among all.
        let count = container.names().count();
        if count > MAX_TENSORS {
            return Err(Problem::TooLarge {
                what: format!("it holds {count} tensors"),
                most: MAX_TENSORS.to_string(),
            });
        }
        let entries: Vec<Entry> = container.names().filter_map(entry).collect();
        // The file is sorted by type, then by name.
        let order = order(entries.len(), &|a, b| natural_order(&entries[a].name, &entries[b].name));
        Ok(Self { container, entries: arranged(entries, &order) })
    }
}

impl Tensors for SafetensorsFile<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        let entry = &self.entries[index];
        let tensor = self.container.tensor(&entry.name).ok_or_else(|| entry.number_type())?;
        let kind = float_type(&tensor.dtype).ok_or_else(|| entry.number_type())?;
        if entry.len().checked_mul(kind.size()) != Some(tensor.data.len()) {
            let name = crate::text::quoted(&entry.name);
            return Err(Problem::damaged(
                "safetensors",
                format!("{name} has not as many bytes as its shape asks for"),
            ));
        }
        Ok(kind.floats(tensor.data, false))
    }
}

fn float_type(dtype: &str) -> Option<FloatType> {
    match dtype {
        "F16" => Some(FloatType::F16),
        "BF16" => Some(FloatType::Bf16),
        "F32" => Some(FloatType::F32),
        "F64" => Some(FloatType::F64),
        _ => None,
    }
}
