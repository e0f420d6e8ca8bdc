//! The npz files that `spikepad trace` takes.

use spikepad::dialect::{DialectError, SpikeTrain};
use spikepad::{Npz, NpzError, NumberType, Numbers};
use thiserror::Error;

/// Why a file is not what `spikepad trace` takes.
#[derive(Debug, Error)]
pub enum SpikesError {
    /// An array is missing, damaged or misshapen.
    #[error(transparent)]
    Npz(#[from] NpzError),
    /// The spikes are too many steps, or none.
    #[error(transparent)]
    Train(#[from] DialectError),
}

/// The input spikes of a trace, and the potentials to start from.
#[derive(Debug)]
pub struct TraceInput {
    /// The spikes of the inputs.
    pub train: SpikeTrain,
    /// The initial membrane potentials of each layer of neurons, `[neurons]`; none where the file has none.
    pub initial: Vec<Option<Vec<f64>>>,
}

impl TraceInput {
    /// Reads the arrays `spikes`, `[steps, inputs]`, and `v1_init`, `v2_init` and so on, for a network whose layers have
    /// `sizes` neurons, the inputs first. Shapes and types are checked before numbers are decompressed.
    ///
    /// # Errors
    /// [`SpikesError`] names the array that is missing, damaged or does not fit.
    pub fn read(bytes: &[u8], sizes: &[usize]) -> Result<Self, SpikesError> {
        let mut npz = Npz::open(bytes)?;
        let train = read_train(&mut npz, sizes.first().copied().unwrap_or(0))?;
        let layers = sizes.iter().enumerate().skip(1);
        let initial = layers.map(|(layer, &neurons)| read_potentials(&mut npz, layer, neurons));
        Ok(Self { train, initial: initial.collect::<Result<_, _>>()? })
    }
}

fn read_train(npz: &mut Npz, inputs: usize) -> Result<SpikeTrain, SpikesError> {
    let name = "spikes";
    let found = npz.shape(name)?;
    let steps = match found[..] {
        [steps, columns] if columns == inputs => steps,
        _ => return Err(misshapen(name, found, &format!("[steps, {inputs}]")).into()),
    };
    SpikeTrain::check_steps(steps)?;
    let other = || NpzError::Array { name: name.into(), reason: "its numbers are not uint8".into() };
    if !matches!(npz.number_type(name)?, NumberType::Bool | NumberType::Unsigned { bits: 8 }) {
        return Err(other().into());
    }
    match npz.array(name)?.into_numbers() {
        Numbers::U8(counts) => Ok(SpikeTrain::new(inputs, counts)?),
        _ => Err(other().into()),
    }
}

/// Reads the initial potentials of a layer, if the file has them. Layers are counted from 1.
fn read_potentials(npz: &mut Npz, layer: usize, neurons: usize) -> Result<Option<Vec<f64>>, NpzError> {
    let name = format!("v{layer}_init");
    if !npz.has(&name) {
        return Ok(None);
    }
    let found = npz.shape(&name)?;
    if found != [neurons] {
        let expected = format!("[{neurons}], a number for each neuron of layer {layer}");
        return Err(misshapen(&name, found, &expected));
    }
    Ok(Some(npz.array(&name)?.to_f64()))
}

fn misshapen(name: &str, found: Vec<usize>, expected: &str) -> NpzError {
    NpzError::Shape { name: name.into(), found, expected: expected.into() }
}
