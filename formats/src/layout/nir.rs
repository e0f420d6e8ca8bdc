//! NIR graphs (<https://neuroir.org>; `nir/serialization.py` of the package `nir` 0.1 to 1.0.8).

use spikepad::limits;

use crate::architecture::{Affine, Dense, Stage, matrix};
use crate::container::Entry;
use crate::container::hdf5::Hdf5;
use crate::error::Problem;
use crate::text::{number, quoted};

/// Where the nodes of the graph are.
const NODES: &str = "node/nodes";

/// The most nodes of a graph.
const MAX_NODES: usize = 256;

/// The parameters of neurons that are shown.
const PARAMETERS: [&str; 9] =
    ["tau", "tau_mem", "tau_syn", "r", "v_leak", "v_threshold", "v_reset", "w_in", "theta"];

/// The kinds of nodes that can be run, if only in some places.
const KINDS: [&str; 12] =
    ["Input", "Output", "Flatten", "Linear", "Affine", "Scale", "LIF", "IF", "CubaLIF", "LI", "CubaLI", "I"];

/// The kinds of the nodes, by name.
struct Nodes(Vec<(String, String)>);

impl Nodes {
    fn kind(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, kind)| kind.as_str())
    }

    /// The kind of a node that is there.
    fn of(&self, name: &str) -> &str {
        self.kind(name).unwrap_or("node")
    }
}

/// Whether this is a file of NIR's.
#[must_use]
pub fn is_nir(file: &Hdf5<'_>) -> bool {
    file.has(NODES) && file.has("node/edges")
}

/// The version of the package that wrote the file; the first ones wrote none.
#[must_use]
pub fn version(file: &Hdf5<'_>) -> Option<String> {
    file.has("version").then(|| file.texts("version").ok()?.into_iter().next()).flatten()
}

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

/// The types of the nodes, by name.
fn nodes(file: &Hdf5<'_>) -> Result<Nodes, Problem> {
    let mut nodes = Vec::new();
    for path in file.paths() {
        let Some(name) = path.strip_prefix(NODES).and_then(|rest| rest.strip_prefix('/')) else { continue };
        if name.contains('/') {
            continue;
        }
        if nodes.len() == MAX_NODES {
            let what = format!("its graph has more than {MAX_NODES} nodes");
            return Err(Problem::TooLarge { what, most: MAX_NODES.to_string() });
        }
        let kind = file.texts(&format!("{path}/type"))?.into_iter().next().unwrap_or_default();
        nodes.push((name.to_owned(), kind));
    }
    Ok(Nodes(nodes))
}

/// The names of the nodes from the input to the output.
fn order(file: &Hdf5<'_>, nodes: &Nodes) -> Result<Vec<String>, Problem> {
    let texts = file.texts("node/edges")?;
    let edges: Vec<(&str, &str)> =
        texts.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let mut inputs = nodes.0.iter().filter(|(_, kind)| kind == "Input").map(|(name, _)| name);
    let first =
        inputs.next().ok_or_else(|| Problem::NoLayers { reason: "its graph has no Input node".into() })?;
    let refuse = |name: &str, reason: &str| {
        let kind = nodes.of(name);
        Err(Problem::layer(kind, name, format!("{reason}; only a chain of layers can be run")))
    };
    if let Some(other) = inputs.next() {
        return refuse(other, "the graph has several inputs");
    }
    let mut order = vec![first.clone()];
    loop {
        let current = order[order.len() - 1].as_str();
        let mut next = edges.iter().filter(|(from, _)| *from == current).map(|(_, to)| *to);
        let Some(name) = next.next() else { break };
        if nodes.kind(name).is_none() {
            return Err(Problem::damaged(
                "NIR",
                format!("an edge leads to {}, which is no node", quoted(name)),
            ));
        }
        if let Some(other) = next.find(|other| *other != name) {
            let back = order.iter().any(|before| before == other || before == name);
            return refuse(current, if back { "it is recurrent" } else { "the graph branches" });
        }
        if order.iter().any(|before| before == name) {
            return refuse(name, "it is recurrent");
        }
        if edges.iter().any(|(from, to)| *to == name && *from != current) {
            return refuse(name, "it takes several inputs, or is recurrent");
        }
        order.push(name.to_owned());
    }
    if let Some(name) = nodes.0.iter().map(|(name, _)| name).find(|name| !order.contains(name)) {
        return refuse(name, "it is not connected to the input");
    }
    Ok(order)
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
