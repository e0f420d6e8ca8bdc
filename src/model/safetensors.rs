//! Networks in the safetensors format (<https://github.com/huggingface/safetensors>).

use std::collections::HashMap;
use std::sync::Arc;

use ndarray::{Array1, Array2};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};

use super::{Description, ModelError};
use crate::network::{Layer, Network, Weights};
use crate::typicality::Typicality;

/// The one metadata entry. One only: the format keeps them in no particular order, and the same
/// model is to give the same bytes.
const KEY: &str = "spikepad";

const FORMAT: &str = "spikepad-network/1";

/// The tensors of a typicality.
const TYPICALITY: [&str; 3] = ["typicality.weight", "typicality.scale", "typicality.bias"];

#[derive(Serialize, Deserialize)]
struct Entry {
    format: String,
    layers: Vec<String>,
    #[serde(flatten)]
    description: Description,
}

pub(super) fn read(bytes: &[u8]) -> Result<(Network, Description), ModelError> {
    let container = |e: safetensors::SafeTensorError| ModelError::Container(e.to_string());
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(container)?;
    let tensors = SafeTensors::deserialize(bytes).map_err(container)?;

    let metadata = |reason: String| ModelError::Metadata { key: KEY, reason };
    let json = header.metadata().as_ref().and_then(|entries| entries.get(KEY));
    let json = json.ok_or_else(|| metadata("there is no such entry".into()))?;
    let entry: Entry = serde_json::from_str(json).map_err(|e| metadata(e.to_string()))?;
    if entry.format != FORMAT {
        return Err(metadata(format!("its format is '{}', not '{FORMAT}'", entry.format)));
    }
    let layers = entry.layers.into_iter().map(|name| read_layer(&tensors, name));
    let typicality = read_typicality(&tensors)?.map(Arc::new);
    Ok((Network::new(layers.collect::<Result<_, _>>()?)?, Description { typicality, ..entry.description }))
}

fn read_layer(tensors: &SafeTensors, name: String) -> Result<Layer, ModelError> {
    let tensor = format!("{name}.weight");
    let view = find(tensors, &tensor)?;
    let (&[inputs, outputs], dtype @ (Dtype::F32 | Dtype::I8)) = (view.shape(), view.dtype()) else {
        return Err(unfit(tensor, &view, "F32 or I8 of two dimensions, [inputs, outputs]"));
    };
    let shaped = |e: ndarray::ShapeError| ModelError::Container(format!("{tensor}: {e}"));
    let weights = if dtype == Dtype::F32 {
        let weights = Array2::from_shape_vec((inputs, outputs), floats(view.data())).map_err(shaped)?;
        Weights::Float(weights)
    } else {
        let integers = Array2::from_shape_vec((inputs, outputs), integers(&view)).map_err(shaped)?;
        let scales = read_row(tensors, format!("{name}.scale"))?;
        Weights::Int8 { integers, scales: Array1::from_vec(scales) }
    };
    Ok(Layer { name, weights })
}

fn read_typicality(tensors: &SafeTensors) -> Result<Option<Typicality>, ModelError> {
    let tensor = TYPICALITY[0];
    let Ok(view) = tensors.tensor(tensor) else { return Ok(None) };
    let (&[hidden, classes], Dtype::I8) = (view.shape(), view.dtype()) else {
        return Err(unfit(tensor.into(), &view, "I8 of two dimensions, [hidden, classes]"));
    };
    let weights = Array2::from_shape_vec((hidden, classes), integers(&view))
        .map_err(|e| ModelError::Container(format!("{tensor}: {e}")))?;
    let [scale, bias] = [TYPICALITY[1], TYPICALITY[2]].map(|name| read_row(tensors, name.into()));
    Ok(Some(Typicality { weights, scale: scale?, bias: bias? }))
}

fn read_row(tensors: &SafeTensors, tensor: String) -> Result<Vec<f32>, ModelError> {
    let view = find(tensors, &tensor)?;
    let (&[_], Dtype::F32) = (view.shape(), view.dtype()) else {
        return Err(unfit(tensor, &view, "F32 of one dimension, [outputs]"));
    };
    Ok(floats(view.data()))
}

fn find<'a>(tensors: &SafeTensors<'a>, tensor: &str) -> Result<TensorView<'a>, ModelError> {
    tensors.tensor(tensor).map_err(|_| ModelError::MissingTensor { tensor: tensor.into() })
}

fn unfit(tensor: String, view: &TensorView, expected: &'static str) -> ModelError {
    ModelError::Tensor { tensor, found: format!("{:?} of shape {:?}", view.dtype(), view.shape()), expected }
}

fn integers(view: &TensorView) -> Vec<i8> {
    view.data().iter().map(|byte| byte.cast_signed()).collect()
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

pub(super) fn write(network: &Network, description: &Description) -> Result<Vec<u8>, ModelError> {
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let bytes = |numbers: &mut dyn Iterator<Item = f32>| numbers.flat_map(f32::to_le_bytes).collect();
    for Layer { name, weights } in network.layers() {
        let (inputs, outputs) = weights.shape();
        let (shape, weight) = (vec![inputs, outputs], format!("{name}.weight"));
        match weights {
            Weights::Float(weights) => {
                tensors.push((weight, Dtype::F32, shape, bytes(&mut weights.iter().copied())));
            }
            Weights::Int8 { integers, scales } => {
                let integers = integers.iter().map(|q| q.cast_unsigned()).collect();
                tensors.push((weight, Dtype::I8, shape, integers));
                let scale = format!("{name}.scale");
                tensors.push((scale, Dtype::F32, vec![outputs], bytes(&mut scales.iter().copied())));
            }
        }
    }
    if let Some(Typicality { weights, scale, bias }) = description.typicality.as_deref() {
        let (hidden, classes) = weights.dim();
        let integers = weights.iter().map(|q| q.cast_unsigned()).collect();
        tensors.push((TYPICALITY[0].into(), Dtype::I8, vec![hidden, classes], integers));
        for (name, row) in [(TYPICALITY[1], scale), (TYPICALITY[2], bias)] {
            tensors.push((name.into(), Dtype::F32, vec![classes], bytes(&mut row.iter().copied())));
        }
    }
    let container = |e: safetensors::SafeTensorError| ModelError::Container(e.to_string());
    let views = tensors.iter().map(|(name, dtype, shape, data)| {
        TensorView::new(*dtype, shape.clone(), data).map(|view| (name, view)).map_err(container)
    });
    let entry = Entry {
        format: FORMAT.into(),
        layers: network.layers().iter().map(|layer| layer.name.clone()).collect(),
        description: description.clone(),
    };
    let json = serde_json::to_string(&entry).map_err(|e| ModelError::Container(e.to_string()))?;
    let metadata = HashMap::from([(KEY.to_owned(), json)]);
    safetensors::serialize(views.collect::<Result<Vec<_>, _>>()?, Some(metadata)).map_err(container)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::Conversion;
    use crate::digit::PIXELS;
    use crate::model::Model;
    use crate::neuron::Reset;
    use crate::readout::ReadoutRule;

    fn model() -> Model {
        let integers = Array2::from_shape_fn((PIXELS, 3), |(i, j)| ((i * 7 + j * 31) % 255) as i8);
        let scales = Array1::from_vec(vec![0.5, 0.01, 2.0]);
        let hidden = Layer { name: "hidden".into(), weights: Weights::Int8 { integers, scales } };
        let weights = Weights::Float(Array2::from_shape_fn((3, 2), |(i, j)| i as f32 - 0.3 * j as f32));
        let output = Layer { name: "output".into(), weights };
        let description = Description {
            conversion: Some(Conversion { gains: vec![0.3, 0.5], tau_m: Some(99.5), reset: Reset::Subtract }),
            readout: Some(ReadoutRule { lead: 1.5, sure_margin: 0.25 }),
            typicality: Some(Arc::new(Typicality {
                weights: Array2::from_shape_fn((3, 2), |(i, j)| i as i8 - 90 * j as i8),
                scale: vec![0.5, 0.25],
                bias: vec![-1.0, 3.5],
            })),
            activations: None,
            layout: Some(vec![2, 0, 1]),
            provenance: [("seed".to_owned(), "1".to_owned()), ("data".to_owned(), "none".to_owned())].into(),
        };
        Model::new(Network::new(vec![hidden, output]).unwrap(), description).unwrap()
    }

    #[test]
    fn a_model_survives_its_file_and_the_bytes_are_always_the_same() {
        let bytes = model().to_safetensors().unwrap();
        assert_eq!(Model::from_safetensors(&bytes).unwrap(), model());
        assert_eq!(Model::from_safetensors(&bytes).unwrap().to_safetensors().unwrap(), bytes);
    }

    #[test]
    fn damage_is_an_error_wherever_it_strikes() {
        let bytes = model().to_safetensors().unwrap();
        for end in 0..bytes.len() {
            assert!(Model::from_safetensors(&bytes[..end]).is_err(), "cut at {end}");
        }
        // Any byte of the header may be flipped: an error or a model, never a panic.
        for i in 0..bytes.len().min(700) {
            let mut damaged = bytes.clone();
            damaged[i] ^= 0x15;
            let _ = Model::from_safetensors(&damaged);
        }
    }

    /// A safetensors file with the given tensors and the layers that the metadata names.
    fn file(layers: &str, tensors: &[(&str, Dtype, Vec<usize>)]) -> Vec<u8> {
        let data: Vec<Vec<u8>> = tensors
            .iter()
            .map(|(_, dtype, shape)| vec![0; shape.iter().product::<usize>() * dtype.bitsize() / 8])
            .collect();
        let views = tensors.iter().zip(&data).map(|((name, dtype, shape), data)| {
            (*name, TensorView::new(*dtype, shape.clone(), data).unwrap())
        });
        let json = format!(r#"{{"format":"spikepad-network/1","layers":{layers},"provenance":{{}}}}"#);
        safetensors::serialize(views, Some(HashMap::from([(KEY.into(), json)]))).unwrap()
    }

    #[test]
    fn what_is_wrong_is_named() {
        let message = |bytes: &[u8]| Model::from_safetensors(bytes).unwrap_err().to_string();
        assert!(message(b"PK\x03\x04 not a model").contains("safetensors"));
        let bare = safetensors::serialize(Vec::<(String, TensorView)>::new(), None).unwrap();
        assert!(message(&bare).contains("'spikepad'"));
        let missing = file(r#"["a"]"#, &[]);
        assert!(message(&missing).contains("'a.weight' is missing"));
        let no_scale = file(r#"["a"]"#, &[("a.weight", Dtype::I8, vec![784, 2])]);
        assert!(message(&no_scale).contains("'a.scale' is missing"));
        let wide = file(r#"["a"]"#, &[("a.weight", Dtype::F64, vec![784, 2])]);
        assert!(message(&wide).contains("F64"), "{}", message(&wide));
        let cube = file(r#"["a"]"#, &[("a.weight", Dtype::F32, vec![28, 28, 2])]);
        assert!(message(&cube).contains("[28, 28, 2]"));
        let transposed = file(r#"["a"]"#, &[("a.weight", Dtype::F32, vec![2, 784])]);
        assert!(message(&transposed).contains("[inputs, outputs]"));
        assert!(message(&file("[]", &[])).contains("at least one layer"));
        let layer = ("a.weight", Dtype::F32, vec![784, 2]);
        let float = file(r#"["a"]"#, &[layer.clone(), ("typicality.weight", Dtype::F32, vec![784, 2])]);
        assert!(message(&float).contains("typicality.weight"), "{}", message(&float));
        let alone = file(r#"["a"]"#, &[layer, ("typicality.weight", Dtype::I8, vec![784, 2])]);
        assert!(message(&alone).contains("'typicality.scale' is missing"));
    }

    #[test]
    fn a_description_that_does_not_fit_is_refused() {
        let with = |change: fn(&mut Description)| {
            let mut description = model().description().clone();
            change(&mut description);
            Model::new(model().network().clone(), description).unwrap_err().to_string()
        };
        let wide = |d: &mut Description| {
            let typicality =
                Typicality { weights: Array2::zeros((3, 3)), scale: vec![1.0; 3], bias: vec![1.0; 3] };
            d.typicality = Some(Arc::new(typicality));
        };
        assert!(with(wide).contains("typicality must be [3, 2]"));
        assert!(with(|d| d.layout = Some(vec![0, 1, 1])).contains("layout"));
        assert!(with(|d| d.conversion.as_mut().unwrap().gains.push(1.0)).contains("3 layers, but it has 2"));
        assert!(with(|d| d.conversion.as_mut().unwrap().gains[1] = f64::NAN).contains("layer 1"));
    }
}
