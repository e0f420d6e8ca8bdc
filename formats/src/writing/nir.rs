//! Writes NIR graphs (`nir/serialization.py` of the package `nir`, `write`).

use hdf5_pure::{FileBuilder, FormatError, GroupBuilder, LibVer};
use spikepad::dialect::nir::{Graph, Node, NodeArray};
use thiserror::Error;

/// A graph that is not written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A node of a kind that is not written.
    #[error("the node '{name}' of kind {kind} is not written")]
    Node {
        /// Its name.
        name: String,
        /// Its kind.
        kind: String,
    },
    /// The names of two nodes are the same, or one cannot be that of a node.
    #[error(
        "'{name}' cannot be the name of a node: each has another name, which is not empty and has no slash"
    )]
    Name {
        /// The name.
        name: String,
    },
    /// The HDF5 file cannot be made.
    #[error("the HDF5 file cannot be made: {0}")]
    Hdf5(String),
}

impl From<FormatError> for WriteError {
    fn from(error: FormatError) -> Self {
        Self::Hdf5(error.to_string())
    }
}

/// The bytes of a NIR file that holds `graph`. Data are not compressed, because versions of `nir` before 1.0.5 wrote none
/// that are; every HDF5 library since 1.8 reads the file.
///
/// # Errors
/// [`WriteError`] names the node that is not written.
pub fn write_nir(graph: &Graph) -> Result<Vec<u8>, WriteError> {
    let mut file = FileBuilder::new();
    file.with_libver_bounds(LibVer::V18, LibVer::V18);
    let version = graph.version.as_deref().unwrap_or("1.0.8");
    file.create_dataset("version").with_vlen_strings(&[version]).with_shape(&[]);
    let mut root = file.create_group("node");
    text(&mut root, "type", "NIRGraph");
    let names: Vec<&str> = graph.nodes.iter().map(|node| node.name.as_str()).collect();
    let edges: Vec<&str> = names.windows(2).flatten().copied().collect();
    root.create_dataset("edges").with_vlen_strings(&edges).with_shape(&[edges.len() as u64 / 2, 2]);
    let mut nodes = root.create_group("nodes");
    for (i, node) in graph.nodes.iter().enumerate() {
        let name = node.name.as_str();
        if name.is_empty() || name.contains('/') || name == "." || names[..i].contains(&name) {
            return Err(WriteError::Name { name: name.into() });
        }
        let mut group = nodes.create_group(name);
        text(&mut group, "type", node.node.kind());
        match &node.node {
            Node::Input(shape) | Node::Output(shape) => whole(&mut group, "shape", shape),
            Node::Flatten { input, start, end } => {
                if let Some(input) = input {
                    whole(&mut group, "input_type", input);
                }
                group.create_dataset("start_dim").with_i64_data(&[*start]).with_shape(&[]);
                group.create_dataset("end_dim").with_i64_data(&[*end]).with_shape(&[]);
            }
            Node::Weights { weights, bias } => {
                let (inputs, outputs) = weights.dim();
                let rows: Vec<f32> = weights.t().iter().copied().collect();
                group
                    .create_dataset("weight")
                    .with_f32_data(&rows)
                    .with_shape(&[outputs as u64, inputs as u64]);
                if let Some(bias) = bias {
                    group.create_dataset("bias").with_f32_data(bias);
                }
            }
            Node::Scale(factors) => array(&mut group, "scale", factors),
            Node::Threshold(threshold) => array(&mut group, "threshold", threshold),
            Node::Neurons(neurons) => {
                neurons.parameters().iter().for_each(|(name, values)| array(&mut group, name, values));
            }
            other => {
                return Err(WriteError::Node { name: name.into(), kind: other.kind().into() });
            }
        }
        nodes.add_group(group.finish());
    }
    root.add_group(nodes.finish());
    file.add_group(root.finish());
    file.finish().map_err(|error| WriteError::Hdf5(error.to_string()))
}

/// A text without a shape.
fn text(group: &mut GroupBuilder, name: &str, text: &str) {
    group.create_dataset(name).with_vlen_strings(&[text]).with_shape(&[]);
}

fn whole(group: &mut GroupBuilder, name: &str, numbers: &[usize]) {
    let numbers: Vec<i64> = numbers.iter().map(|&n| n.try_into().unwrap_or(i64::MAX)).collect();
    group.create_dataset(name).with_i64_data(&numbers);
}

fn array(group: &mut GroupBuilder, name: &str, array: &NodeArray) {
    let shape: Vec<u64> = array.shape().iter().map(|&side| side as u64).collect();
    let dataset = group.create_dataset(name);
    if array.is_single() {
        let numbers: Vec<f32> = array.values().iter().map(|&x| x as f32).collect();
        dataset.with_f32_data(&numbers).with_shape(&shape);
    } else {
        dataset.with_f64_data(array.values()).with_shape(&shape);
    }
}
