//! Writes networks in the safetensors format.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView};
use serde::Serialize;

use super::description::{Description, FORMAT, FORMAT_2};
use super::error::ModelError;
use super::safetensors::{KEY, TYPICALITY};
use crate::network::{Activation, Layer, Network, Weights};
use crate::typicality::Typicality;

#[derive(Serialize)]
struct Entry<'a> {
    format: &'a str,
    layers: Vec<&'a str>,
    #[serde(rename = "activationFunctions", skip_serializing_if = "Vec::is_empty")]
    activations: Vec<Activation>,
    #[serde(flatten)]
    description: &'a Description,
}

pub(super) fn write(network: &Network, description: &Description) -> Result<Vec<u8>, ModelError> {
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let bytes = |numbers: &mut dyn Iterator<Item = f32>| numbers.flat_map(f32::to_le_bytes).collect();
    for Layer { name, weights, bias, .. } in network.layers() {
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
        if let Some(bias) = bias {
            let name = format!("{name}.bias");
            tensors.push((name, Dtype::F32, vec![outputs], bytes(&mut bias.iter().copied())));
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
    let layers = network.layers();
    let is_first_format = layers.iter().enumerate().all(|(i, Layer { bias, activation, .. })| {
        bias.is_none() && *activation == Activation::unstated(i + 1 == layers.len())
    });
    let activations = layers.iter().map(|layer| layer.activation);
    let entry = Entry {
        format: if is_first_format { FORMAT } else { FORMAT_2 },
        activations: if is_first_format { Vec::new() } else { activations.collect() },
        layers: layers.iter().map(|layer| &*layer.name).collect(),
        description,
    };
    let json = serde_json::to_string(&entry).map_err(|e| ModelError::Container(e.to_string()))?;
    let metadata = HashMap::from([(KEY.to_owned(), json)]);
    safetensors::serialize(views.collect::<Result<Vec<_>, _>>()?, Some(metadata)).map_err(container)
}
