//! A NIR graph as the stages of an ANN, with ReLU in the place of its neurons.

use spikepad::limits;

use super::chain::{NODES, Nodes, nodes, order};
use crate::architecture::{Affine, Dense, Stage, matrix};
use crate::container::Entry;
use crate::container::hdf5::Hdf5;
use crate::error::Problem;
use crate::text::{number, quoted};

/// The parameters of neurons that are shown.
const PARAMETERS: [&str; 9] =
    ["tau", "tau_mem", "tau_syn", "r", "v_leak", "v_threshold", "v_reset", "w_in", "theta"];

/// The kinds of nodes that can be run, if only in some places.
const KINDS: [&str; 12] =
    ["Input", "Output", "Flatten", "Linear", "Affine", "Scale", "LIF", "IF", "CubaLIF", "LI", "CubaLI", "I"];

/// Reads the layers of a graph, which must be a chain.
///
/// # Errors
/// [`Problem`] names the node that cannot be run.
pub fn read(file: &Hdf5<'_>, assumptions: &mut Vec<String>) -> Result<Vec<Stage>, Problem> {
    let nodes = nodes(file)?;
    let order = order(file, &nodes)?;
    let graph = Graph { file, nodes: &nodes };
    if let Some(name) = order.iter().find(|name| !KINDS.contains(&nodes.of(name))) {
        return Err(Problem::not_dense(nodes.of(name), name));
    }
    let shapes = order.iter().filter_map(|name| graph.weights(name).transpose());
    let shapes = shapes.collect::<Result<Vec<_>, _>>()?;
    if shapes.is_empty() {
        return Err(Problem::NoLayers { reason: "its graph has no Linear or Affine node".into() });
    }
    limits::check(shapes.iter().map(|(name, entry)| (name.as_str(), entry.shape[1], entry.shape[0])))?;
    let mut stages = Vec::new();
    for (index, name) in order.iter().enumerate() {
        let is_last = order[index + 1..].iter().all(|name| nodes.of(name) == "Output");
        if let Some(stage) = graph.stage(name, is_last)? {
            stages.push(stage);
        }
    }
    let neurons = order.iter().filter_map(|name| Some((name, graph.parameters(name)?)));
    let neurons: Vec<_> = neurons.map(|(name, text)| format!("{} {}", nodes.of(name), text)).collect();
    if let Some(first) = neurons.first() {
        let same = neurons.iter().all(|other| other == first);
        let and = if same { "" } else { " in the first layer" };
        assumptions.push(format!(
            "The file describes spiking neurons ({first}{and}). The network is read as an ANN with ReLU in their place; their \
             time constants, thresholds and resets are not used."
        ));
    }
    Ok(stages)
}

struct Graph<'a> {
    file: &'a Hdf5<'a>,
    nodes: &'a Nodes,
}

impl Graph<'_> {
    fn path(name: &str, parameter: &str) -> String {
        format!("{NODES}/{name}/{parameter}")
    }

    /// The weights of a node, `[outputs, inputs]`; `None` if it has none.
    fn weights(&self, name: &str) -> Result<Option<(String, Entry)>, Problem> {
        if !matches!(self.nodes.of(name), "Linear" | "Affine") {
            return Ok(None);
        }
        let entry = self.file.entry(&Self::path(name, "weight"))?;
        let entry =
            entry.ok_or_else(|| Problem::MissingTensor { layer: name.to_owned(), what: "weights" })?;
        if entry.shape.len() != 2 {
            let (tensor, shape) = (entry.name, entry.shape);
            return Err(Problem::Shape { tensor, shape, expected: "[outputs, inputs]".into() });
        }
        if entry.is_float { Ok(Some((name.to_owned(), entry))) } else { Err(entry.number_type()) }
    }

    /// What a node does; `None` if it does nothing to the numbers.
    fn stage(&self, name: &String, is_last: bool) -> Result<Option<Stage>, Problem> {
        let kind = self.nodes.of(name);
        Ok(Some(match kind {
            "Input" | "Output" | "Flatten" => return Ok(None),
            "Linear" | "Affine" => {
                let Some((_, entry)) = self.weights(name)? else { return Ok(None) };
                let shape = [entry.shape[0], entry.shape[1]];
                let weights = matrix(shape, self.file.floats(&entry.name)?, true)?;
                let bias = if kind == "Affine" { Some(self.floats(name, "bias")?) } else { None };
                if bias.as_ref().is_some_and(|bias| bias.len() != shape[0]) {
                    return Err(Problem::layer(kind, name, "its biases are not as many as its outputs"));
                }
                Stage::Dense(Dense { name: name.clone(), weights, bias, stored: entry.dtype })
            }
            "Scale" => {
                let scale = self.floats(name, "scale")?.into_iter().map(f64::from).collect();
                Stage::Affine(Affine { what: format!("Scale {}", quoted(name)), scale, offset: vec![0.0] })
            }
            "LIF" | "IF" | "CubaLIF" => Stage::Spiking(kind.to_owned()),
            // Neurons that do not spike: their potentials are the outputs.
            "LI" | "CubaLI" | "I" if is_last => Stage::Spiking(kind.to_owned()),
            "LI" | "CubaLI" | "I" => {
                return Err(Problem::layer(
                    kind,
                    name,
                    "neurons that do not spike are run in the last layer only",
                ));
            }
            _ => return Err(Problem::not_dense(kind, name)),
        }))
    }

    fn floats(&self, name: &str, parameter: &str) -> Result<Vec<f32>, Problem> {
        let entry = self.file.entry(&Self::path(name, parameter))?;
        let entry = entry.ok_or_else(|| Problem::MissingTensor { layer: name.into(), what: "parameters" })?;
        if entry.len() > limits::MAX_NEURONS {
            let (tensor, shape) = (entry.name, entry.shape);
            return Err(Problem::Shape { tensor, shape, expected: "one number for each neuron".into() });
        }
        self.file.floats(&entry.name)
    }

    /// The parameters of spiking neurons, where each is the same for all of them.
    fn parameters(&self, name: &str) -> Option<String> {
        if !["LIF", "IF", "CubaLIF", "LI", "CubaLI", "I"].contains(&self.nodes.of(name)) {
            return None;
        }
        let shown = PARAMETERS.iter().filter_map(|parameter| {
            let values = self.floats(name, parameter).ok()?;
            let (first, rest) = values.split_first()?;
            let same = rest.iter().all(|value| value == first);
            Some(if same {
                format!("{parameter} {}", number(*first))
            } else {
                format!("{parameter} different")
            })
        });
        Some(shown.collect::<Vec<_>>().join(", "))
    }
}
