//! Networks as NumPy's archives: their weights and nothing else.

use ndarray::Array2;

use super::error::ModelError;
use crate::network::{Layer, MAX_WEIGHTS, Network, Weights};
use crate::npz::{Npz, Numbers};

pub(super) fn read(bytes: &[u8]) -> Result<Network, ModelError> {
    let mut npz = Npz::open(bytes)?;
    let mut layers = Vec::new();
    // At least `w1`, so that a file without it says what is missing.
    while layers.is_empty() || npz.has(&name(layers.len())) {
        let name = name(layers.len());
        let array = npz.array(&name)?;
        let expected = "[inputs, outputs]";
        let (inputs, outputs) = array.matrix(expected)?;
        if inputs.checked_mul(outputs).is_none_or(|weights| weights > MAX_WEIGHTS) {
            return Err(array.misshapen(expected).into());
        }
        let weights = match array.numbers() {
            Numbers::F32(weights) => weights.clone(),
            _ => array.to_f64().into_iter().map(|weight| weight as f32).collect(),
        };
        let weights = Array2::from_shape_vec((inputs, outputs), weights)
            .map_err(|_| ModelError::from(array.misshapen(expected)))?;
        layers.push(Layer { name, weights: Weights::Float(weights) });
    }
    Ok(Network::new(layers)?)
}

/// The array of a layer, counted from 0.
fn name(layer: usize) -> String {
    format!("w{}", layer + 1)
}

#[cfg(test)]
mod tests {
    use crate::digit::PIXELS;
    use crate::model::Model;
    use crate::npz::{NpyArray, Numbers, write_npz};

    fn message(arrays: &[(&str, &[usize], Numbers)]) -> String {
        let arrays = arrays.iter().map(|(n, shape, w)| NpyArray::new(n, shape, w.clone()).unwrap());
        let bytes = write_npz(&arrays.collect::<Vec<_>>()).unwrap();
        Model::from_npz(&bytes)
            .map_or_else(|e| e.to_string(), |model| format!("{:?}", model.network().sizes()))
    }

    #[test]
    fn weights_are_read_layer_by_layer() {
        let first = Numbers::F32(vec![0.5; PIXELS * 2]);
        let second = Numbers::F64(vec![0.25; 6]);
        let two = [("w2", &[2, 3][..], second), ("w1", &[PIXELS, 2], first.clone())];
        assert_eq!(message(&two), "[784, 2, 3]");
        assert_eq!(message(&[("w1", &[PIXELS, 2], first.clone())]), "[784, 2]");
        assert!(message(&[("w0", &[PIXELS, 2], first.clone())]).contains("'w1' is missing"));
        assert!(message(&[("w1", &[2, PIXELS], first.clone())]).contains("[inputs, outputs]"));
        assert!(message(&[("w1", &[PIXELS * 2], first)]).contains("[1568]"));
        assert!(message(&[("w1", &[PIXELS, 1], Numbers::F64(vec![f64::MAX; PIXELS]))]).contains("finite"));
        assert!(Model::from_npz(b"no zip").is_err());
    }
}
