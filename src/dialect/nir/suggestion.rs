//! How a file is to be read: as the framework that wrote it reads it, where the file tells which one that was.
//!
//! A file names the version of `nir` that wrote it, but no framework. The names of its nodes and the shapes and sizes of its
//! parameters tell frameworks apart (files of each, read in 2026-11).

use super::array::NodeArray;
use super::graph::{Graph, NeuronKind, NeuronNode, Node};
use super::importer::{Importer, ReadAs};
use crate::plain::Plain;

/// How to read a graph, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The framework that wrote the file, if the file tells.
    pub writer: Option<Importer>,
    /// How to read it.
    pub read_as: ReadAs,
    /// What tells that, as a clause.
    pub because: String,
}

/// The time step of snnTorch and SpikingJelly, s.
const SHORT_STEP: f64 = 1e-4;

impl Graph {
    /// How to read the graph.
    #[must_use]
    pub fn suggestion(&self) -> Suggestion {
        let (writer, because) = match self.writer() {
            Some((writer, because)) => (Some(writer), because.to_owned()),
            None => (None, String::new()),
        };
        let own = writer.map(|importer| ReadAs {
            importer,
            // Norse multiplies the time constants that it writes by its time step, so that they are in steps of 1 ms.
            dt: (importer == Importer::Norse).then_some(1e-6),
        });
        match own {
            Some(read_as) => match self.layers_as(read_as) {
                Ok(_) if read_as.dt.is_some() => Suggestion {
                    writer,
                    read_as,
                    because: format!("{because}; Norse writes them times its time step of 0.001 s"),
                },
                Ok(_) => Suggestion { writer, read_as, because },
                Err(error) => {
                    let dt = if read_as.importer == Importer::Sinabs { 1.0 } else { SHORT_STEP };
                    let read_as = ReadAs { importer: Importer::Equations, dt: Some(dt) };
                    Suggestion { writer, read_as, because: format!("{because}, but {error}") }
                }
            },
            None => {
                let (dt, because) = match self.step_of_unit_gain() {
                    Some(dt) => (
                        dt,
                        format!(
                            "r is tau/dt for dt = {} s, so that an input adds to the potential one to one",
                            Plain(dt)
                        ),
                    ),
                    None => (SHORT_STEP, "most frameworks take this time step".into()),
                };
                Suggestion {
                    writer,
                    read_as: ReadAs { importer: Importer::Equations, dt: Some(dt) },
                    because,
                }
            }
        }
    }

    fn neurons(&self) -> impl Iterator<Item = &NeuronNode> {
        self.nodes.iter().filter_map(|node| match &node.node {
            Node::Neurons(neurons) => Some(neurons),
            _ => None,
        })
    }

    /// The framework that wrote the file, and what tells it.
    fn writer(&self) -> Option<(Importer, &'static str)> {
        let inner = self.nodes.iter().filter(|node| !matches!(node.node, Node::Input(_) | Node::Output(_)));
        let input = self.nodes.iter().find(|node| matches!(node.node, Node::Input(_)))?;
        if input.name.starts_with("input_") && inner.clone().all(|node| node.name.starts_with('_')) {
            return Some((Importer::SpikingJelly, "its nodes are named as SpikingJelly names them"));
        }
        if inner.clone().any(|node| node.name.ends_with("Torch")) {
            return Some((Importer::Rockpool, "its nodes are named as Rockpool names them"));
        }
        let has_batch = matches!(&input.node, Node::Input(shape) if shape.len() > 1 && shape[0] == 1);
        let mut neurons = self.neurons().peekable();
        let first = *neurons.peek()?;
        if has_batch && inner.clone().all(|node| !matches!(node.node, Node::Flatten { .. })) {
            let tau = first.get("tau").or_else(|| first.get("tau_mem")).map(NodeArray::least);
            return match tau {
                Some(tau) if tau >= 0.5 => Some((
                    Importer::Sinabs,
                    "its input has a batch and its time constants are in steps, as Sinabs writes them",
                )),
                None if first.kind == NeuronKind::If && !first.shape().is_empty() => Some((
                    Importer::Sinabs,
                    "its input has a batch and its neurons are IF, as Sinabs writes them",
                )),
                _ if first.shape().is_empty() => Some((
                    Importer::Norse,
                    "its input has a batch and its parameters have no shape, as Norse writes them",
                )),
                _ => None,
            };
        }
        let is_short =
            |tau: &NodeArray, other: &NodeArray| other.all_close(&tau.with(SHORT_STEP, |tau, dt| tau / dt));
        let as_snntorch = |node: &NeuronNode| match node.kind {
            NeuronKind::Lif => is_short(node.needed("tau"), node.needed("r")),
            NeuronKind::CubaLif => {
                is_short(node.needed("tau_mem"), node.needed("r"))
                    && is_short(node.needed("tau_syn"), &node.w_in())
            }
            _ => false,
        };
        (neurons.all(as_snntorch))
            .then_some((Importer::SnnTorch, "r is tau/dt for dt = 0.0001 s, as snnTorch writes it"))
    }

    /// The time step with which an input adds to the potential one to one: tau/r, if it is the same round number for all
    /// neurons.
    fn step_of_unit_gain(&self) -> Option<f64> {
        let steps = self.neurons().filter_map(|node| {
            let tau = node.get("tau").or_else(|| node.get("tau_mem"))?;
            Some(tau.and(node.needed("r"), |tau, r| tau / r))
        });
        let steps: Vec<NodeArray> = steps.collect();
        let first = steps.first()?.values()[0];
        let round =
            [1e-3, 1e-4, 5e-4, 2e-3, 5e-3, 1e-2].into_iter().find(|&dt| (first / dt - 1.0).abs() < 1e-5)?;
        steps.iter().all(|step| step.with(round, |x, dt| x / dt).all_close_to(1.0)).then_some(round)
    }
}
