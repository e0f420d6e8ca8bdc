//! The layers of a graph: weights with the neurons that follow them.

use ndarray::Array2;

use super::cell::Update;
use super::error::NirError;
use super::graph::{Graph, GraphNode, Node};
use crate::dialect::layer::Neurons;

/// The most neurons that take what comes as it is: 4 MiB of weights, which no file has to hold.
const MAX_DIRECT: usize = 1024;

/// What an importer makes of a node of neurons.
pub(super) struct Made {
    pub neurons: Box<dyn Neurons<f32>>,
    pub update: Update,
    /// Whether the potentials are the output, because the neurons do not spike.
    pub is_graded: bool,
}

impl Made {
    pub fn new(neurons: Box<dyn Neurons<f32>>, update: Update) -> Self {
        Self { neurons, update, is_graded: false }
    }

    pub fn graded(self) -> Self {
        Self { is_graded: true, ..self }
    }
}

/// Weights and the node of neurons that they lead to.
pub(super) struct RawLayer<'a> {
    /// The node of the weights; `None` if each neuron takes the number with its own index as it is.
    weights: Option<&'a GraphNode>,
    /// Factors of the inputs.
    before: Option<Vec<f32>>,
    /// Factors of the sums.
    after: Option<Vec<f32>>,
    /// Inputs and neurons.
    pub shape: [usize; 2],
    /// The neurons, or a threshold.
    pub node: &'a GraphNode,
}

/// A factor; one stands for all.
fn at(factors: Option<&Vec<f32>>, i: usize) -> f32 {
    factors.map_or(1.0, |factors| if factors.len() == 1 { factors[0] } else { factors[i] })
}

impl RawLayer<'_> {
    /// The weights, `[inputs, neurons]`, and the biases, `[neurons]`. Factors are multiplied into them in 32 bits.
    pub fn weights(&self) -> (Array2<f32>, Option<Vec<f32>>) {
        let (before, after) = (self.before.as_ref(), self.after.as_ref());
        let [inputs, neurons] = self.shape;
        let Some(Node::Weights { weights, bias }) = self.weights.map(|node| &node.node) else {
            let diagonal = |(i, j)| if i == j { at(before, i) } else { 0.0 };
            return (Array2::from_shape_fn((inputs, neurons), diagonal), None);
        };
        let mut weights = weights.clone();
        if before.is_some() || after.is_some() {
            weights.indexed_iter_mut().for_each(|((i, j), w)| *w = (*w * at(before, i)) * at(after, j));
        }
        let bias = bias.as_ref().map(|bias| bias.iter().enumerate().map(|(j, b)| b * at(after, j)).collect());
        (weights, bias)
    }
}

/// Divides a graph into layers, without the node that is `left_out`.
///
/// # Errors
/// [`NirError::Graph`] where the graph is more, or less, than layers of neurons.
pub(super) fn layers<'a>(
    graph: &'a Graph,
    left_out: Option<&GraphNode>,
) -> Result<Vec<RawLayer<'a>>, NirError> {
    let mut layers: Vec<RawLayer> = Vec::new();
    // Weights without neurons so far, and the factors before and after them.
    let mut pending: Option<(&GraphNode, [usize; 2])> = None;
    let mut before: Option<(&GraphNode, Vec<f32>)> = None;
    let mut after: Option<Vec<f32>> = None;
    for node in graph.nodes.iter().filter(|node| !left_out.is_some_and(|other| std::ptr::eq(other, *node))) {
        match &node.node {
            Node::Input(_) | Node::Output(_) | Node::Flatten { .. } => {}
            Node::Weights { weights, .. } => {
                let (inputs, neurons) = weights.dim();
                if let Some((other, _)) = &pending {
                    return Err(NirError::graph(format!(
                        "{} follows {} without neurons between them",
                        node.words(),
                        other.words()
                    )));
                }
                if let Some((from, factors)) = &before {
                    fits(from, factors.len(), inputs)?;
                }
                if let Some(layer) = layers.last() {
                    fits(node, inputs, layer.shape[1])?;
                }
                pending = Some((node, [inputs, neurons]));
            }
            Node::Scale(array) => {
                let factors: Vec<f32> = array.values().iter().map(|&x| x as f32).collect();
                match &pending {
                    Some((_, [_, neurons])) if after.is_none() => {
                        fits(node, factors.len(), *neurons)?;
                        after = Some(factors);
                    }
                    None if before.is_none() => before = Some((node, factors)),
                    _ => return Err(NirError::graph(format!("{} follows another Scale", node.words()))),
                }
            }
            Node::Threshold(_) | Node::Neurons(_) => {
                let taken = pending.take();
                let shape = taken.as_ref().map(|(_, shape)| *shape);
                let shape = shape.map_or_else(|| direct(node, layers.last(), before.as_ref()), Ok)?;
                layers.push(RawLayer {
                    weights: taken.map(|(node, _)| node),
                    before: before.take().map(|(_, factors)| factors),
                    after: after.take(),
                    shape,
                    node,
                });
            }
            Node::Other(_) => {
                return Err(NirError::graph(format!("{}: only dense layers can be run", node.words())));
            }
        }
    }
    if let Some((node, _)) = pending {
        let words = node.words();
        return Err(NirError::graph(format!("no neurons follow {words}, so that there is nothing to spike")));
    }
    if layers.is_empty() {
        return Err(NirError::graph("it has no neurons"));
    }
    Ok(layers)
}

/// Inputs and neurons of a layer whose neurons take what comes as it is.
fn direct(
    node: &GraphNode,
    before: Option<&RawLayer>,
    scale: Option<&(&GraphNode, Vec<f32>)>,
) -> Result<[usize; 2], NirError> {
    let shape = match &node.node {
        Node::Threshold(array) => array.shape(),
        Node::Neurons(neurons) => neurons.shape(),
        _ => &[],
    };
    let count = shape.iter().try_fold(1_usize, |all, &side| all.checked_mul(side)).unwrap_or(usize::MAX);
    if count > MAX_DIRECT {
        return Err(NirError::graph(format!(
            "{} has more neurons than are run without weights",
            node.words()
        )));
    }
    if let Some(layer) = before {
        fits(node, count, layer.shape[1])?;
    }
    if let Some((from, factors)) = scale {
        fits(from, factors.len(), count)?;
    }
    Ok([count, count])
}

fn fits(node: &GraphNode, found: usize, expected: usize) -> Result<(), NirError> {
    if found == expected || (found == 1 && matches!(node.node, Node::Scale(_))) {
        return Ok(());
    }
    Err(NirError::graph(format!("{} takes {found} numbers, but gets {expected}", node.words())))
}
