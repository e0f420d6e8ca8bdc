//! Networks in NumPy's archives: weights and biases.

use ndarray::{Array1, Array2};

use super::error::ModelError;
use crate::network::limits::{MAX_LAYERS, MAX_WEIGHTS};
use crate::network::{Activation, Layer, Network, NetworkError, Weights};
use crate::npz::{NpyArray, Npz, NpzError, Numbers};

const EXPECTED: &str = "[inputs, outputs]";

/// The most weights of a file, whatever its length.
const FEW_WEIGHTS: usize = 2 << 20;

/// The most weights per byte of a larger file. Without compression a byte holds at most one.
const WEIGHTS_PER_BYTE: usize = 16;

/// Reads the layers `w1`, `w2` and so on.
///
/// # Errors
/// [`ModelError`] names the array that is missing, damaged, misshapen or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Network, ModelError> {
    let mut npz = Npz::open(bytes)?;
    let layers = check_shapes(&mut npz, bytes.len())?;
    let is_part = |array: &str| (0..layers).any(|layer| array == name(layer) || array == bias_name(layer));
    if let Some(array) = npz.names().find(|array| !is_part(array)) {
        return Err(ModelError::NotRead { array: array.into() });
    }
    let layers = (0..layers).map(|layer| read_layer(&mut npz, layer, layer + 1 == layers));
    Ok(Network::new(layers.collect::<Result<Vec<_>, _>>()?)?)
}

/// Checks the shapes of all layers in a file of `length` bytes, and returns the number of layers. No weights are
/// decompressed before this check, because a small file may hold many large arrays.
fn check_shapes(npz: &mut Npz, length: usize) -> Result<usize, ModelError> {
    let most = length.saturating_mul(WEIGHTS_PER_BYTE).clamp(FEW_WEIGHTS, MAX_WEIGHTS);
    let (mut layers, mut weights) = (0, 0_usize);
    // At least `w1`, so that the error names it if it is missing.
    while layers == 0 || npz.has(&name(layers)) {
        if layers == MAX_LAYERS {
            return Err(NetworkError::TooManyLayers { layer: name(layers) }.into());
        }
        let name = name(layers);
        let shape = npz.shape(&name)?;
        let misshapen = |expected: String| NpzError::Shape { name, found: shape.clone(), expected };
        let [inputs, outputs] = shape[..] else { return Err(misshapen(EXPECTED.into()).into()) };
        let all = inputs.checked_mul(outputs).and_then(|product| product.checked_add(weights));
        weights = all.filter(|&all| all <= most).ok_or_else(|| {
            let advice =
                if most < MAX_WEIGHTS { ", or save it without compression (numpy.savez)" } else { "" };
            misshapen(format!(
                "{EXPECTED}, with at most {most} weights in all layers of a file of {length} bytes{advice}"
            ))
        })?;
        layers += 1;
    }
    Ok(layers)
}

fn read_layer(npz: &mut Npz, layer: usize, is_last: bool) -> Result<Layer, ModelError> {
    let array = npz.array(&name(layer))?;
    let (inputs, outputs) = array.matrix(EXPECTED)?;
    let misshapen = array.misshapen(EXPECTED);
    let weights = Array2::from_shape_vec((inputs, outputs), floats(array)).map_err(|_| misshapen)?;
    let read = Layer::new(name(layer), Weights::Float(weights), Activation::unstated(is_last));
    let bias = bias_name(layer);
    if !npz.has(&bias) {
        return Ok(read);
    }
    let expected = format!("[{outputs}]");
    let found = npz.shape(&bias)?;
    if found != [outputs] {
        return Err(NpzError::Shape { name: bias, found, expected }.into());
    }
    let bias = npz.array(&bias)?;
    Ok(read.with_bias(Array1::from_vec(floats(bias))))
}

fn floats(array: NpyArray) -> Vec<f32> {
    match array.into_numbers() {
        Numbers::F32(numbers) => numbers,
        Numbers::F64(numbers) => numbers.into_iter().map(|number| number as f32).collect(),
        Numbers::I64(numbers) => numbers.into_iter().map(|number| number as f32).collect(),
        Numbers::I32(numbers) => numbers.into_iter().map(|number| number as f32).collect(),
        Numbers::U8(numbers) => numbers.into_iter().map(f32::from).collect(),
    }
}

/// Name of the array of a layer; layers are counted from 0.
fn name(layer: usize) -> String {
    format!("w{}", layer + 1)
}

/// Name of the array of a layer's biases.
fn bias_name(layer: usize) -> String {
    format!("b{}", layer + 1)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use crate::digit::PIXELS;
    use crate::model::Model;
    use crate::npz::{NpyArray, Numbers, write_npz};

    fn message(arrays: &[(&str, &[usize], Numbers)]) -> String {
        let arrays = arrays.iter().map(|(n, shape, w)| NpyArray::new(n, shape, w.clone()).unwrap());
        let bytes = write_npz(&arrays.collect::<Vec<_>>()).unwrap();
        Model::from_bytes(&bytes)
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
        assert!(
            message(&[("w1", &[PIXELS, 2], Numbers::F64(vec![f64::MAX; PIXELS * 2]))]).contains("finite")
        );
        assert!(Model::from_npz(b"no zip").is_err());
    }

    #[test]
    fn biases_are_read() {
        let first = || ("w1", &[PIXELS, 2][..], Numbers::F32(vec![0.5; PIXELS * 2]));
        let arrays = [first(), ("b1", &[2], Numbers::F64(vec![0.25, -3.0]))];
        let arrays = arrays.map(|(n, shape, w)| NpyArray::new(n, shape, w).unwrap());
        let model = Model::from_npz(&write_npz(&arrays).unwrap()).unwrap();
        assert_eq!(model.network().layers()[0].bias, Some(ndarray::array![0.25, -3.0]));
        let with = |shape: &'static [usize]| {
            message(&[first(), ("b1", shape, Numbers::F32(vec![0.0; shape.iter().product()]))])
        };
        assert!(with(&[3]).contains("'b1'") && with(&[3]).contains("[2]"), "{}", with(&[3]));
        assert!(with(&[1, 2]).contains("'b1'"), "{}", with(&[1, 2]));
    }

    #[test]
    fn no_array_is_ignored() {
        let with = |name: &str| {
            let other = (name, &[2][..], Numbers::F32(vec![0.0; 2]));
            message(&[("w1", &[PIXELS, 2], Numbers::F32(vec![0.5; PIXELS * 2])), other])
        };
        // A layer after a gap, other names of weights, other parameters of a network.
        for name in ["w3", "w0", "w01", "W2", "fc2.weight", "threshold", "bn1", "b", "b2", "b_1", "fc1.bias"]
        {
            assert!(with(name).contains(&format!("has '{name}', which is not read")), "{}", with(name));
        }
    }

    #[test]
    fn layers_are_counted_before_they_are_decompressed() {
        let array = |i: usize| {
            let shape = if i == 1 { [64, 1] } else { [1, 1] };
            NpyArray::new(&format!("w{i}"), &shape, Numbers::U8(vec![0; shape[0]])).unwrap()
        };
        let of = |layers: usize| write_npz(&(1..=layers).map(array).collect::<Vec<_>>()).unwrap();
        assert!(Model::from_npz(&of(32)).unwrap_err().to_string().contains("'w32' has 1 neurons"));
        let message = Model::from_npz(&of(33)).unwrap_err().to_string();
        assert!(message.contains("'w33' is one too many: a network has at most 32"), "{message}");
    }

    #[test]
    fn too_many_weights_are_refused_before_they_are_decompressed() {
        // 17 layers of 2048 x 2048 weights, of which the file holds the headers only.
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2048, 2048), }";
        let file = [b"\x93NUMPY\x01\0", &(header.len() as u16).to_le_bytes()[..], header.as_bytes()].concat();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for layer in 1..=17 {
            zip.start_file(format!("w{layer}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&file).unwrap();
        }
        let message = Model::from_npz(&zip.finish().unwrap().into_inner()).unwrap_err().to_string();
        assert!(message.contains("'w1'") && message.contains("at most 2097152 weights"), "{message}");
    }
}
