//! Networks in the safetensors format.

use std::sync::Arc;

use ndarray::{Array1, Array2};

use super::container::{Container, Tensor};
use super::description::{self, Description, NamedLayers};
use super::error::ModelError;
use crate::network::limits::MAX_LAYERS;
use crate::network::{ANY_NETWORK, Activation, Layer, Network, NetworkError, Weights};
use crate::plain::shortened;
use crate::typicality::Typicality;

/// The only metadata entry. There is only one because the format does not fix the order of entries, and the
/// same model must give the same bytes.
pub const KEY: &str = "spikepad";

/// The longest name of a layer, in bytes.
const MAX_NAME: usize = 200;

/// The tensors of a typicality.
pub const TYPICALITY: [&str; 3] = ["typicality.weight", "typicality.scale", "typicality.bias"];

pub fn read(bytes: &[u8]) -> Result<(Network, Description), ModelError> {
    let container = Container::read(bytes).map_err(ModelError::Container)?;
    let metadata = |reason: String| ModelError::Metadata { key: KEY, reason };
    let json = container.metadata(KEY).ok_or_else(|| metadata("there is no such entry".into()))?;
    let (NamedLayers { names, activations }, description) = description::read(json).map_err(metadata)?;
    check_names(&names)?;
    let mut layers = Vec::new();
    let last = names.len().saturating_sub(1);
    for (i, name) in names.into_iter().enumerate() {
        let activation = activations.get(i).copied();
        layers.push(read_layer(
            &container,
            name,
            activation.unwrap_or_else(|| Activation::unstated(i == last)),
        )?);
    }
    let typicality = read_typicality(&container)?.map(Arc::new);
    check_tensors(&container, &layers, typicality.is_some())?;
    Ok((Network::new(layers)?, Description { typicality, ..description }))
}

/// Checks the names of the layers before any weights are copied: a file may name one tensor many times.
fn check_names(names: &[String]) -> Result<(), ModelError> {
    if let Some(layer) = names.get(MAX_LAYERS) {
        return Err(NetworkError::TooManyLayers { layer: shortened(layer).into() }.into());
    }
    let metadata = |reason: &str| ModelError::Metadata { key: KEY, reason: reason.into() };
    for (i, name) in names.iter().enumerate() {
        if name.len() > MAX_NAME {
            return Err(metadata("the name of a layer has more than 200 bytes"));
        }
        if names[..i].contains(name) {
            return Err(metadata(&format!("it names the layer '{name}' twice")));
        }
    }
    Ok(())
}

/// Checks that every tensor is part of the network: a network without one of them would be another.
fn check_tensors(container: &Container, layers: &[Layer], typicality: bool) -> Result<(), ModelError> {
    let is_part = |name: &str| {
        let of_layer = layers.iter().any(|layer| match name.strip_prefix(&*layer.name) {
            Some(".weight") => true,
            Some(".scale") => matches!(layer.weights, Weights::Int8 { .. }),
            Some(".bias") => layer.bias.is_some(),
            _ => false,
        });
        of_layer || typicality && TYPICALITY.contains(&name)
    };
    let found = container.names().find(|name| !is_part(name));
    found.map_or(Ok(()), |name| Err(ModelError::NotRead { array: name.into() }))
}

fn read_layer(container: &Container, name: String, activation: Activation) -> Result<Layer, ModelError> {
    let weight = format!("{name}.weight");
    let tensor = find(container, &weight)?;
    let weights = match (&*tensor.dtype, &*tensor.shape) {
        ("F32", &[inputs, outputs]) => Weights::Float(matrix(&weight, inputs, outputs, floats(tensor))?),
        ("I8", &[inputs, outputs]) => {
            let integers = matrix(&weight, inputs, outputs, integers(tensor))?;
            let scales = read_row(container, &format!("{name}.scale"))?;
            Weights::Int8 { integers, scales: Array1::from_vec(scales) }
        }
        _ => return Err(unfit(&weight, tensor, "F32 or I8 of two dimensions, [inputs, outputs]")),
    };
    let bias = format!("{name}.bias");
    let layer = Layer::new(name, weights, activation);
    if !ANY_NETWORK || container.tensor(&bias).is_none() {
        return Ok(layer);
    }
    Ok(layer.with_bias(Array1::from_vec(read_row(container, &bias)?)))
}

fn read_typicality(container: &Container) -> Result<Option<Typicality>, ModelError> {
    let [weight, scale, bias] = TYPICALITY;
    let Some(tensor) = container.tensor(weight) else { return Ok(None) };
    let ("I8", &[hidden, classes]) = (&*tensor.dtype, &*tensor.shape) else {
        return Err(unfit(weight, tensor, "I8 of two dimensions, [hidden, classes]"));
    };
    let weights = matrix(weight, hidden, classes, integers(tensor))?;
    Ok(Some(Typicality { weights, scale: read_row(container, scale)?, bias: read_row(container, bias)? }))
}

fn read_row(container: &Container, name: &str) -> Result<Vec<f32>, ModelError> {
    let tensor = find(container, name)?;
    let ("F32", &[_]) = (&*tensor.dtype, &*tensor.shape) else {
        return Err(unfit(name, tensor, "F32 of one dimension, [outputs]"));
    };
    Ok(floats(tensor))
}

fn find<'a>(container: &'a Container, name: &str) -> Result<&'a Tensor<'a>, ModelError> {
    container.tensor(name).ok_or_else(|| ModelError::MissingTensor { tensor: name.into() })
}

fn matrix<T>(name: &str, rows: usize, columns: usize, numbers: Vec<T>) -> Result<Array2<T>, ModelError> {
    Array2::from_shape_vec((rows, columns), numbers)
        .map_err(|_| ModelError::Container(format!("the tensor '{name}' is too large")))
}

fn unfit(name: &str, tensor: &Tensor, expected: &'static str) -> ModelError {
    let sides: Vec<String> = tensor.shape.iter().map(usize::to_string).collect();
    let found = format!("{} of shape [{}]", tensor.dtype, sides.join(", "));
    ModelError::Tensor { tensor: name.into(), found, expected }
}

fn integers(tensor: &Tensor) -> Vec<i8> {
    tensor.data.iter().map(|byte| byte.cast_signed()).collect()
}

fn floats(tensor: &Tensor) -> Vec<f32> {
    tensor.data.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::HashMap;

    use safetensors::tensor::{Dtype, TensorView};

    use super::*;
    use crate::digit::PIXELS;
    use crate::model::Model;
    use crate::network::Conversion;
    use crate::neuron::Reset;
    use crate::readout::ReadoutRule;

    fn model() -> Model {
        let integers = Array2::from_shape_fn((PIXELS, 3), |(i, j)| ((i * 7 + j * 31) % 255) as i8);
        let scales = Array1::from_vec(vec![0.5, 0.01, 2.0]);
        let hidden = Weights::Int8 { integers, scales };
        let output = Weights::Float(Array2::from_shape_fn((3, 2), |(i, j)| i as f32 - 0.3 * j as f32));
        let network = Network::without_biases([("hidden".into(), hidden), ("output".into(), output)]);
        let description = Description {
            conversion: Some(Conversion::new(vec![0.3, 0.5], Some(99.5), Reset::Subtract)),
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
        Model::new(network.unwrap(), description).unwrap()
    }

    #[test]
    fn a_model_is_read_back_and_gives_the_same_bytes_again() {
        let bytes = model().to_safetensors().unwrap();
        assert_eq!(Model::from_safetensors(&bytes).unwrap(), model());
        assert_eq!(Model::from_safetensors(&bytes).unwrap().to_safetensors().unwrap(), bytes);
    }

    /// [`model`] with biases and other activations.
    fn with_biases() -> Model {
        let mut description = model().description().clone();
        description.conversion.as_mut().unwrap().output_shift = 1.5;
        let mut layers = model().network().layers().to_vec();
        layers[0].activation = Activation::LeakyRelu(0.3);
        layers[1].activation = Activation::Sigmoid;
        layers[1].bias = Some(Array1::from_vec(vec![0.25, -1e-30]));
        Model::new(Network::new(layers).unwrap(), description).unwrap()
    }

    #[test]
    fn biases_and_activations_are_read_back() {
        let model = with_biases();
        let bytes = model.to_safetensors().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("spikepad-network/2"));
        let read = Model::from_safetensors(&bytes).unwrap();
        assert_eq!(read, model);
        assert_eq!(read.to_safetensors().unwrap(), bytes);
        // 8-bit weights have biases of 32-bit floats.
        let mut layers = model.network().layers().to_vec();
        layers[0].bias = Some(Array1::from_vec(vec![0.5, 0.0, -0.5]));
        let both = Model::new(Network::new(layers).unwrap(), Description::default()).unwrap();
        assert_eq!(Model::from_safetensors(&both.to_safetensors().unwrap()).unwrap(), both);
    }

    #[test]
    fn a_network_without_biases_keeps_its_format() {
        let bytes = model().to_safetensors().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("spikepad-network/1") && !text.contains("activationFunctions"));
    }

    #[test]
    fn damage_anywhere_is_noticed() {
        let bytes = model().to_safetensors().unwrap();
        for end in 0..bytes.len() {
            assert!(Model::from_safetensors(&bytes[..end]).is_err(), "cut at {end}");
        }
        // A changed byte is an error or changes the model.
        let mut errors = 0;
        for i in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[i] ^= 0x15;
            match Model::from_safetensors(&damaged) {
                Ok(found) => assert_ne!(found, model(), "byte {i}"),
                Err(_) => errors += 1,
            }
        }
        let header = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap());
        assert!(errors > header / 2, "{errors} errors in a header of {header} bytes");
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
    fn errors_name_what_is_wrong() {
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
        let bias = |dtype, shape| {
            let layer = ("a.weight", Dtype::F32, vec![784, 2]);
            message(&file(r#"["a"]"#, &[layer, ("a.bias", dtype, shape)]))
        };
        assert!(bias(Dtype::F64, vec![2]).contains("'a.bias' is F64"));
        assert!(bias(Dtype::F32, vec![1, 2]).contains("F32 of shape [1, 2]"));
        assert!(bias(Dtype::F32, vec![3]).contains("'a' has 2 neurons, but 3 biases"));
    }

    #[test]
    fn no_tensor_is_ignored() {
        let with = |other: &str, shape: Vec<usize>| {
            let layer = ("a.weight", Dtype::F32, vec![784, 2]);
            Model::from_safetensors(&file(r#"["a"]"#, &[layer, (other, Dtype::F32, shape)])).unwrap_err()
        };
        for name in [
            "a.scale",
            "a",
            "a.weights",
            "w2",
            "batch_norm",
            "b.weight",
            "b.bias",
            "b",
            "a.biases",
            "typicality.bias",
        ] {
            let error = with(name, vec![2]);
            assert!(matches!(&error, ModelError::NotRead { array } if array == name), "{error}");
        }
    }

    #[test]
    fn layers_are_counted_and_compared_before_they_are_read() {
        let message = |bytes: &[u8]| Model::from_safetensors(bytes).unwrap_err().to_string();
        let layer = |name: &str| format!("\"{name}\"");
        let names = |count: usize| (0..count).map(|i| layer(&i.to_string())).collect::<Vec<_>>().join(",");
        assert!(message(&file(&format!("[{}]", names(33)), &[])).contains("'32' is one too many"));
        assert!(message(&file(&format!("[{}]", names(32)), &[])).contains("'0.weight' is missing"));
        let square = ("a.weight", Dtype::F32, vec![784, 784]);
        assert!(message(&file(r#"["a", "a"]"#, &[square])).contains("names the layer 'a' twice"));
        assert!(
            message(&file(&format!("[{}]", layer(&"x".repeat(201))), &[])).contains("more than 200 bytes")
        );
        let long = "x".repeat(257);
        assert!(message(&file("[]", &[(&long, Dtype::F32, vec![0])])).contains("more than 256 bytes"));
        assert!(message(&file(&format!("[{}]", names(200_000)), &[])).contains("more than 1048576 bytes"));
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
