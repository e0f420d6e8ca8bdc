//! The safetensors format (<https://github.com/huggingface/safetensors>).

use safetensors::SafeTensors;
use safetensors::tensor::Dtype;

use super::entry::{Entry, Tensors};
use crate::error::Problem;
use crate::numbers::FloatType;

/// The longest header that is read, in bytes: 1 MiB. Its parsed form takes up to twenty times as much.
const MAX_HEADER: u64 = 1 << 20;

/// The entry of the metadata that marks Spikepad's own files.
const OWN: &str = "spikepad";

/// A file in memory.
#[derive(Debug)]
pub struct SafetensorsFile<'a> {
    tensors: SafeTensors<'a>,
    entries: Vec<Entry>,
}

/// Whether these bytes begin like a file of the format: the length of a header, and the header.
#[must_use]
pub fn is_safetensors(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk() else { return false };
    let length = u64::from_le_bytes(*length);
    rest.first() == Some(&b'{') && length >= 2 && length < 1 << 40
}

/// Whether Spikepad wrote this file. A damaged file is none of Spikepad's.
#[must_use]
pub fn is_own(bytes: &[u8]) -> bool {
    check_header(bytes).is_ok()
        && SafeTensors::read_metadata(bytes).is_ok_and(|(_, metadata)| {
            metadata.metadata().as_ref().is_some_and(|entries| entries.contains_key(OWN))
        })
}

fn check_header(bytes: &[u8]) -> Result<(), Problem> {
    let length = bytes.first_chunk().map_or(0, |length| u64::from_le_bytes(*length));
    if length <= MAX_HEADER {
        return Ok(());
    }
    Err(Problem::TooLarge { what: format!("its header has {length} bytes"), most: MAX_HEADER.to_string() })
}

impl<'a> SafetensorsFile<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Problem::Damaged`], or [`Problem::TooLarge`] for a header of more than 1 MiB.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        check_header(bytes)?;
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| Problem::damaged("safetensors", e))?;
        let mut entries: Vec<Entry> = tensors
            .iter()
            .map(|(name, view)| Entry {
                name: name.into(),
                shape: view.shape().to_vec(),
                dtype: float_type(view.dtype())
                    .map_or_else(|| format!("{:?}", view.dtype()), |kind| kind.words().into()),
                is_float: float_type(view.dtype()).is_some(),
            })
            .collect();
        entries.sort_by(|a, b| crate::text::natural_order(&a.name, &b.name));
        Ok(Self { tensors, entries })
    }
}

impl Tensors for SafetensorsFile<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        let entry = &self.entries[index];
        let view = self.tensors.tensor(&entry.name).map_err(|e| Problem::damaged("safetensors", e))?;
        let kind = float_type(view.dtype()).ok_or_else(|| entry.number_type())?;
        Ok(kind.floats(view.data(), false))
    }
}

fn float_type(dtype: Dtype) -> Option<FloatType> {
    match dtype {
        Dtype::F16 => Some(FloatType::F16),
        Dtype::BF16 => Some(FloatType::Bf16),
        Dtype::F32 => Some(FloatType::F32),
        Dtype::F64 => Some(FloatType::F64),
        _ => None,
    }
}
