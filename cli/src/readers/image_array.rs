//! The image that `spikepad trace --image` takes: an array of an npz file.

use spikepad::{Npz, NpzError, NumberType, Numbers};

use super::spikes::{SpikesError, misshapen, read_initial};

/// The names under which an image is looked for, in this order.
const NAMES: [&str; 4] = ["image", "x", "digit", "images"];

/// Ink of a full pixel in whole numbers.
const FULL: f32 = 255.0;

/// An image and the potentials to start from.
#[derive(Debug)]
pub struct ImageInput {
    /// The intensities of the pixels, from 0 to 1, `[inputs]`.
    pub intensities: Vec<f32>,
    /// The initial membrane potentials of each layer of neurons, `[neurons]`; none where the file has none.
    pub initial: Vec<Option<Vec<f64>>>,
}

impl ImageInput {
    /// Reads one image of any shape, the first of the arrays `image`, `x`, `digit` and `images` that is there: whole numbers
    /// from 0 to 255, or floats or booleans from 0 to 1. Reads `v1_init`, `v2_init` and so on as well, for a network whose
    /// layers have `sizes` neurons, the inputs first. Shapes are checked before numbers are decompressed.
    ///
    /// # Errors
    /// [`SpikesError`] names the array that is missing, damaged or does not fit.
    pub fn read(bytes: &[u8], sizes: &[usize]) -> Result<Self, SpikesError> {
        let mut npz = Npz::open(bytes)?;
        let inputs = sizes.first().copied().unwrap_or(0);
        let name = NAMES.into_iter().find(|name| npz.has(name)).unwrap_or(NAMES[0]);
        let shape = npz.shape(name)?;
        if shape.iter().try_fold(1_usize, |product, &side| product.checked_mul(side)) != Some(inputs) {
            return Err(misshapen(name, shape, &format!("one image of {inputs} pixels")).into());
        }
        let is_bool = npz.number_type(name)? == NumberType::Bool;
        let intensities = intensities(name, npz.array(name)?.into_numbers(), is_bool)?;
        Ok(Self { intensities, initial: read_initial(&mut npz, sizes)? })
    }
}

fn intensities(name: &str, numbers: Numbers, is_bool: bool) -> Result<Vec<f32>, NpzError> {
    let outside = |place: usize, number: &dyn std::fmt::Display, range: &str| NpzError::Array {
        name: name.into(),
        reason: format!("pixel {place} is {number}; {range}"),
    };
    let whole = |numbers: Vec<i64>| {
        let pixel = |(place, number): (usize, i64)| match u8::try_from(number) {
            Ok(ink) => Ok(f32::from(ink) / FULL),
            Err(_) => Err(outside(place, &number, "whole numbers must be from 0 to 255")),
        };
        numbers.into_iter().enumerate().map(pixel).collect()
    };
    let floats = |numbers: Vec<f64>| {
        let pixel = |(place, number): (usize, f64)| match (0.0..=1.0).contains(&number) {
            true => Ok(number as f32),
            false => {
                Err(outside(place, &number, "floats must be from 0 to 1; divide ink of 0 to 255 by 255"))
            }
        };
        numbers.into_iter().enumerate().map(pixel).collect()
    };
    match numbers {
        Numbers::U8(values) if is_bool => Ok(values.into_iter().map(f32::from).collect()),
        Numbers::U8(ink) => Ok(ink.into_iter().map(|ink| f32::from(ink) / FULL).collect()),
        Numbers::I32(numbers) => whole(numbers.into_iter().map(i64::from).collect()),
        Numbers::I64(numbers) => whole(numbers),
        Numbers::F32(numbers) => floats(numbers.into_iter().map(f64::from).collect()),
        Numbers::F64(numbers) => floats(numbers),
        _ => Err(NpzError::Array { name: name.into(), reason: "its numbers have an unknown type".into() }),
    }
}
