//! The npz files that `spikepad trace --spikes` takes.

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
    /// Reads the array `spikes`, `[steps, inputs]`, or the input of a recording that the page has saved, and the arrays
    /// `v1_init`, `v2_init` and so on, for a network whose layers have `sizes` neurons, the inputs first. Shapes and types
    /// are checked before numbers are decompressed.
    ///
    /// # Errors
    /// [`SpikesError`] names the array that is missing, damaged or does not fit.
    pub fn read(bytes: &[u8], sizes: &[usize]) -> Result<Self, SpikesError> {
        let mut npz = Npz::open(bytes)?;
        let inputs = sizes.first().copied().unwrap_or(0);
        let train = if !npz.has(SPIKES) && npz.has(RECORDED) {
            read_recorded(&mut npz, inputs)?
        } else {
            read_train(&mut npz, inputs)?
        };
        Ok(Self { train, initial: read_initial(&mut npz, sizes)? })
    }
}

const SPIKES: &str = "spikes";

/// The input spikes of a recording that the page has saved, and its output spikes so far after each step: see
/// `www/export/recording-files.js`.
const RECORDED: &str = "spikes_input";
const RECORDED_COUNTS: &str = "counts";

fn read_train(npz: &mut Npz, inputs: usize) -> Result<SpikeTrain, SpikesError> {
    let name = SPIKES;
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

/// Reads the input of a recording: `spikes_input`, `[spikes, 2]`, has the step, counted from 1, and the input of each spike.
fn read_recorded(npz: &mut Npz, inputs: usize) -> Result<SpikeTrain, SpikesError> {
    let found = npz.shape(RECORDED_COUNTS)?;
    let [steps, _] = found[..] else {
        return Err(misshapen(RECORDED_COUNTS, found, "[steps, classes]").into());
    };
    SpikeTrain::check_steps(steps)?;
    let name = RECORDED;
    let found = npz.shape(name)?;
    if !matches!(found[..], [_, 2]) {
        return Err(misshapen(name, found, "[spikes, 2]").into());
    }
    let damaged = |reason: String| NpzError::Array { name: name.into(), reason };
    let spikes = match npz.array(name)?.into_numbers() {
        Numbers::I32(spikes) => spikes,
        _ => return Err(damaged("its numbers are not int32".into()).into()),
    };
    let mut counts = vec![0_u8; steps * inputs];
    for (row, spike) in spikes.chunks_exact(2).enumerate() {
        let place = |number: i32, first: i32, length: usize| {
            usize::try_from(number.checked_sub(first)?).ok().filter(|&place| place < length)
        };
        let (Some(step), Some(input)) = (place(spike[0], 1, steps), place(spike[1], 0, inputs)) else {
            let reason = format!(
                "row {row} is step {} of input {}; the recording has {steps} steps, counted from 1, and the network \
                 {inputs} inputs, counted from 0",
                spike[0], spike[1]
            );
            return Err(damaged(reason).into());
        };
        let count = &mut counts[step * inputs + input];
        let more = count.checked_add(1);
        *count = more.ok_or_else(|| damaged(format!("input {input} has more than 255 spikes in a step")))?;
    }
    Ok(SpikeTrain::new(inputs, counts)?)
}

/// Reads the initial potentials of all layers: `v1_init`, `v2_init` and so on, those that the file has.
pub(super) fn read_initial(npz: &mut Npz, sizes: &[usize]) -> Result<Vec<Option<Vec<f64>>>, NpzError> {
    let layers = sizes.iter().enumerate().skip(1);
    layers.map(|(layer, &neurons)| read_potentials(npz, layer, neurons)).collect()
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

pub(super) fn misshapen(name: &str, found: Vec<usize>, expected: &str) -> NpzError {
    NpzError::Shape { name: name.into(), found, expected: expected.into() }
}
