//! A NIR graph with its neurons and their parameters, as `nir.read` gives it.

use spikepad::dialect::nir::{Graph, GraphNode, NeuronKind, NeuronNode, Node, NodeArray};
use spikepad::limits;

use super::chain::{NODES, Nodes, nodes, order, version};
use crate::architecture::matrix;
use crate::container::hdf5::Hdf5;
use crate::error::Problem;

/// The most axes of what a node takes.
const MAX_AXES: usize = 8;

/// Reads the nodes of a graph, which must be a chain.
///
/// # Errors
/// [`Problem`] names the node that is damaged, or at which the graph is no chain.
pub fn graph(file: &Hdf5<'_>) -> Result<Graph, Problem> {
    let kinds = nodes(file)?;
    let mut weights = 0;
    let read = |name: String| {
        let node = Reader { file, kinds: &kinds, name: &name }.node(&mut weights)?;
        Ok(GraphNode { name, node })
    };
    let nodes = order(file, &kinds)?.into_iter().map(read).collect::<Result<_, Problem>>()?;
    Ok(Graph { version: version(file), nodes })
}

/// Reads one node.
struct Reader<'a> {
    file: &'a Hdf5<'a>,
    kinds: &'a Nodes,
    name: &'a str,
}

impl Reader<'_> {
    /// `weights` counts the weights of all nodes.
    fn node(&self, weights: &mut usize) -> Result<Node, Problem> {
        let kind = self.kinds.of(self.name);
        if let Some(kind) = NeuronKind::ALL.into_iter().find(|known| known.name() == kind) {
            return self.neurons(kind);
        }
        Ok(match kind {
            "Input" => Node::Input(self.shape("shape")?.unwrap_or_default()),
            "Output" => Node::Output(self.shape("shape")?.unwrap_or_default()),
            "Flatten" => Node::Flatten {
                input: self.shape("input_type")?,
                start: self.whole("start_dim", 1)?,
                end: self.whole("end_dim", -1)?,
            },
            "Linear" => self.weights(weights)?,
            "Affine" => match self.weights(weights)? {
                Node::Weights { weights, .. } => {
                    let bias = self.array("bias")?.ok_or_else(|| self.missing("biases"))?;
                    if bias.values().len() != weights.ncols() {
                        return Err(self.refused("its biases are not as many as its outputs"));
                    }
                    let bias = Some(bias.values().iter().map(|&b| b as f32).collect());
                    Node::Weights { weights, bias }
                }
                other => other,
            },
            "Scale" => Node::Scale(self.array("scale")?.ok_or_else(|| self.missing("factors"))?),
            "Threshold" => {
                Node::Threshold(self.array("threshold")?.ok_or_else(|| self.missing("thresholds"))?)
            }
            other => Node::Other(crate::text::shortened(other, 80)),
        })
    }

    fn path(&self, parameter: &str) -> String {
        format!("{NODES}/{}/{parameter}", self.name)
    }

    fn missing(&self, what: &'static str) -> Problem {
        Problem::MissingTensor { layer: self.name.into(), what }
    }

    fn refused(&self, reason: &str) -> Problem {
        Problem::layer(self.kinds.of(self.name), self.name, reason)
    }

    fn neurons(&self, kind: NeuronKind) -> Result<Node, Problem> {
        let mut parameters = Vec::new();
        for &name in kind.needed() {
            let array = self.array(name)?;
            let missing = || self.refused(&format!("its parameter {name} is missing from the file"));
            parameters.push((name, array.ok_or_else(missing)?));
        }
        for &name in kind.optional() {
            parameters.extend(self.array(name)?.map(|array| (name, array)));
        }
        let node = NeuronNode::new(kind, parameters).ok_or_else(|| self.missing("parameters"))?;
        Ok(Node::Neurons(node))
    }

    /// The parameters of a node; `None` if it has none of that name.
    fn array(&self, parameter: &str) -> Result<Option<NodeArray>, Problem> {
        let Some(entry) = self.file.entry(&self.path(parameter))? else { return Ok(None) };
        let shape = || Problem::Shape {
            tensor: entry.name.clone(),
            shape: entry.shape.clone(),
            expected: "one number for each neuron".into(),
        };
        if entry.len() > limits::MAX_NEURONS || entry.shape.len() > MAX_AXES {
            return Err(shape());
        }
        let (values, single) = self.file.numbers(&entry.name)?;
        NodeArray::new(&entry.shape, values, single).map(Some).ok_or_else(shape)
    }

    /// A shape; `None` if there is none.
    fn shape(&self, parameter: &str) -> Result<Option<Vec<usize>>, Problem> {
        let Some(entry) = self.file.entry(&self.path(parameter))? else { return Ok(None) };
        let wrong = || Problem::Shape {
            tensor: entry.name.clone(),
            shape: entry.shape.clone(),
            expected: format!("a list of at most {MAX_AXES} lengths"),
        };
        if entry.len() > MAX_AXES || entry.shape.len() > 1 {
            return Err(wrong());
        }
        let (values, _) = self.file.numbers(&entry.name)?;
        let side = |x: &f64| (*x >= 0.0 && *x <= 1e9 && x.fract() == 0.0).then_some(*x as usize);
        values.iter().map(side).collect::<Option<_>>().map(Some).ok_or_else(wrong)
    }

    /// A whole number; `usual` if there is none.
    fn whole(&self, parameter: &str, usual: i64) -> Result<i64, Problem> {
        let Some(entry) = self.file.entry(&self.path(parameter))? else { return Ok(usual) };
        if entry.len() != 1 {
            let (tensor, shape) = (entry.name, entry.shape);
            return Err(Problem::Shape { tensor, shape, expected: "one number".into() });
        }
        Ok(self.file.numbers(&entry.name)?.0[0] as i64)
    }

    /// Weights without biases. `all` counts those of all nodes, before memory is taken for them.
    fn weights(&self, all: &mut usize) -> Result<Node, Problem> {
        let entry = self.file.entry(&self.path("weight"))?.ok_or_else(|| self.missing("weights"))?;
        let [outputs, inputs] = entry.shape[..] else {
            let (tensor, shape) = (entry.name, entry.shape);
            return Err(Problem::Shape { tensor, shape, expected: "[outputs, inputs]".into() });
        };
        if !entry.is_float {
            return Err(entry.number_type());
        }
        let most = limits::MAX_NEURONS;
        if ![outputs, inputs].iter().all(|side| (1..=most).contains(side)) {
            let what = format!("the weights of {} are {outputs} x {inputs}", crate::text::quoted(self.name));
            return Err(Problem::TooLarge { what, most: format!("1 to {most} each way") });
        }
        *all += outputs * inputs;
        if *all > limits::MAX_WEIGHTS {
            let what = format!("with {} the graph has {all} weights", crate::text::quoted(self.name));
            return Err(Problem::TooLarge { what, most: limits::MAX_WEIGHTS.to_string() });
        }
        let weights = matrix([outputs, inputs], self.file.floats(&entry.name)?, true)?;
        Ok(Node::Weights { weights, bias: None })
    }
}
