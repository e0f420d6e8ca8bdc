//! A graph as a framework reads it: its layers with the framework's neurons, which can be run.

use super::cell::Update;
use super::error::NirError;
use super::graph::{Graph, GraphNode, Node};
use super::importer::{Importer, ReadAs};
use super::layer::{RawLayer, layers};
use super::{equations, norse, rockpool, sinabs, snntorch, spikingjelly, types};
use crate::clock::{Delay, Observer, run};
use crate::dialect::catalogue::check_steps;
use crate::dialect::error::DialectError;
use crate::dialect::layer::{AnyLayer, Layer, Neurons};
use crate::dialect::summation::{Order, Sums};
use crate::dialect::trace::{LayerTrace, MAX_BYTES, Player, SpikeTrain, Trace};
use crate::layer::SimulationError;
use crate::spikes::Spikes;

/// A graph as a framework reads it.
pub struct Reading {
    importer: Importer,
    layers: Vec<ReadLayer>,
    notes: Vec<String>,
    /// The neurons of the layers with their synapses.
    stages: Vec<Box<dyn AnyLayer>>,
    /// Whether the potentials of the last layer are the output, because its neurons do not spike.
    is_graded: bool,
}

/// A layer of neurons as a framework reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadLayer {
    /// The name of its node.
    pub name: String,
    /// Inputs and neurons.
    pub shape: [usize; 2],
    /// One step of its neurons.
    pub update: Update,
}

impl Graph {
    /// Reads the graph as a framework does.
    ///
    /// # Errors
    /// [`NirError`] with the framework's own reason where it refuses the graph.
    pub fn read_as(&self, read_as: ReadAs) -> Result<Reading, NirError> {
        let order = order(read_as.importer);
        let mut stages: Vec<Box<dyn AnyLayer>> = Vec::new();
        let (layers, is_graded) = self.made(read_as, |raw, made| {
            let (weights, bias) = raw.weights();
            let sums = Sums::new(&weights, 1.0, order, 1.0);
            let sums = match &bias {
                Some(bias) => sums.with_bias(bias, 1.0),
                None => sums,
            };
            stages.push(Box::new(Layer::new(sums, made)));
        })?;
        let notes = self.left_out(read_as.importer);
        Ok(Reading { importer: read_as.importer, layers, notes, stages, is_graded })
    }

    /// How a framework reads the layers of the graph, without their weights.
    ///
    /// # Errors
    /// See [`Self::read_as`].
    pub fn layers_as(&self, read_as: ReadAs) -> Result<Vec<ReadLayer>, NirError> {
        Ok(self.made(read_as, |_, _| {})?.0)
    }

    /// The nodes that a framework leaves out without a word, in sentences.
    #[must_use]
    pub fn left_out(&self, importer: Importer) -> Vec<String> {
        left_out(importer, self).iter().map(|node| format!("{} is left out.", node.words())).collect()
    }

    /// Makes the neurons of each layer, and hands them to `take`. Also returns whether the last layer gives potentials.
    fn made(
        &self,
        ReadAs { importer, dt }: ReadAs,
        mut take: impl FnMut(&RawLayer, Box<dyn Neurons<f32>>),
    ) -> Result<(Vec<ReadLayer>, bool), NirError> {
        let dt = importer.time_step(dt)?.unwrap_or(f64::NAN);
        let refuse = |reason: String| {
            let framework = format!("{} {}", importer.title(), importer.version());
            NirError::Refused { framework, reason }
        };
        accepted(importer, self).map_err(refuse)?;
        let raw = layers(self, left_out(importer, self))?;
        let (last, mut is_graded) = (raw.len() - 1, false);
        let mut read = Vec::new();
        for (i, layer) in raw.into_iter().enumerate() {
            let neurons = layer.shape[1];
            let made = match &layer.node.node {
                Node::Neurons(node) => match importer {
                    Importer::SnnTorch => snntorch::import(node, neurons, i == last),
                    Importer::SpikingJelly => spikingjelly::import(node, neurons, dt),
                    Importer::Norse => norse::import(node, neurons, dt),
                    Importer::Sinabs => sinabs::import(node, neurons),
                    Importer::Rockpool => rockpool::import(node, neurons),
                    Importer::Equations => equations::import(node, neurons, dt),
                },
                Node::Threshold(array) => equations::threshold(array, neurons),
                _ => Err("it has no neurons".into()),
            };
            let words = || layer.node.words();
            let made = made.map_err(|reason| refuse(format!("{}: {reason}", words())))?;
            if made.is_graded && i < last {
                let words = words();
                return Err(NirError::graph(format!(
                    "{words} gives potentials in place of spikes, which only the last layer may"
                )));
            }
            is_graded = made.is_graded;
            take(&layer, made.neurons);
            read.push(ReadLayer { name: layer.node.name.clone(), shape: layer.shape, update: made.update });
        }
        Ok((read, is_graded))
    }
}

/// The order in which a framework sums the weights of the spikes of a step: it multiplies the spikes of one step, or the
/// whole train, by a matrix.
fn order(importer: Importer) -> Order {
    match importer {
        Importer::SnnTorch | Importer::SpikingJelly | Importer::Norse => Order::AmdRow,
        Importer::Sinabs | Importer::Rockpool => Order::AmdTrain,
        Importer::Equations => Order::Index,
    }
}

/// Checks what an importer checks of the graph as a whole.
fn accepted(importer: Importer, graph: &Graph) -> Result<(), String> {
    for node in &graph.nodes {
        let words = node.words();
        if let Node::Other(kind) = &node.node {
            return Err(format!("{words}: {kind} is not run; only dense layers can be run"));
        }
        let Node::Neurons(neurons) = &node.node else { continue };
        if !importer.has_new_nir() && neurons.get("v_reset").is_some() {
            let kind = neurons.kind.name();
            return Err(format!(
                "{words}: TypeError: {kind}.__init__() got an unexpected keyword argument 'v_reset' (it came with nir 1.0.5)"
            ));
        }
        if let Some(name) = neurons.misshapen() {
            return Err(format!("{words}: All parameters must have the same shape (that of {name} differs)"));
        }
    }
    let unknown = |node: &GraphNode| match importer {
        Importer::Norse => {
            format!("{}: it imports none, and leaves the node out without a word", node.words())
        }
        Importer::Sinabs if node.node.kind() == "Linear" => {
            format!("{}: it imports Affine, but no Linear", node.words())
        }
        Importer::Rockpool | Importer::Sinabs => format!("{}: Cannot convert it", node.words()),
        _ => format!("{}: Unknown node type, mapping does not exist in node_map", node.words()),
    };
    let first = graph.nodes.iter().position(|node| !matches!(node.node, Node::Input(_)));
    for (i, node) in graph.nodes.iter().enumerate() {
        let is_known = match &node.node {
            Node::Scale(_) => {
                importer == Importer::Equations || importer == Importer::Norse && Some(i) == first
            }
            Node::Threshold(_) => importer == Importer::Equations,
            Node::Flatten { .. } => importer != Importer::Rockpool,
            Node::Weights { bias: None, .. } => importer != Importer::Sinabs,
            _ => true,
        };
        if !is_known {
            return Err(unknown(node));
        }
    }
    if importer.has_new_nir() && importer != Importer::Equations { types::check(graph) } else { Ok(()) }
}

/// The node that an importer leaves out: Norse makes nothing of a Scale, and `nirtorch.load` then begins at the node that
/// follows.
fn left_out(importer: Importer, graph: &Graph) -> Option<&GraphNode> {
    let scale = || graph.nodes.iter().find(|node| matches!(node.node, Node::Scale(_)));
    if importer == Importer::Norse { scale() } else { None }
}

/// What a reading makes of a spike train.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingTrace {
    /// The spikes of each layer. A last layer without spikes has zeros.
    pub trace: Trace,
    /// The potentials of the last layer after each step, `[steps, neurons]`, if its neurons do not spike.
    pub potentials: Option<Vec<f32>>,
}

impl Reading {
    /// The framework.
    #[must_use]
    pub fn importer(&self) -> Importer {
        self.importer
    }

    /// The layers, input side first.
    #[must_use]
    pub fn layers(&self) -> &[ReadLayer] {
        &self.layers
    }

    /// What the framework leaves out, in sentences.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Inputs and neurons of all layers.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        let inputs = self.layers.first().map(|layer| layer.shape[0]);
        inputs.into_iter().chain(self.layers.iter().map(|layer| layer.shape[1])).collect()
    }

    /// Runs the input spikes `train` from rest.
    ///
    /// # Errors
    /// [`DialectError`] where `train` does not fit the graph, or the trace would not fit in memory.
    pub fn trace(&mut self, train: &SpikeTrain) -> Result<ReadingTrace, DialectError> {
        let sizes = self.sizes();
        let (found, expected) = (train.inputs(), sizes[0]);
        if found != expected {
            let what = "each step of the spike train".into();
            return Err(DialectError::Length { what, found, expected });
        }
        let steps = u32::try_from(train.steps()).unwrap_or(u32::MAX);
        check_steps(steps)?;
        let neurons: usize = sizes[1..].iter().sum();
        if neurons.checked_mul(train.steps()).is_none_or(|counts| counts > MAX_BYTES / size_of::<u32>()) {
            return Err(SimulationError::RecordingTooLarge { steps, neurons }.into());
        }
        self.stages.iter_mut().for_each(|stage| stage.rest());
        let layers =
            sizes[1..].iter().map(|&neurons| LayerTrace::of_neurons(neurons, train.steps())).collect();
        let mut tracer = Tracer { layers, potentials: self.is_graded.then(Vec::new) };
        run(&mut Player::new(train), &mut self.stages, Delay::None, steps, &mut tracer);
        for (trace, stage) in tracer.layers.iter_mut().zip(&self.stages) {
            trace.potentials = stage.potentials();
        }
        Ok(ReadingTrace {
            trace: Trace { layers: tracer.layers, outputs: Vec::new() },
            potentials: tracer.potentials,
        })
    }
}

struct Tracer {
    layers: Vec<LayerTrace>,
    potentials: Option<Vec<f32>>,
}

impl Observer for Tracer {
    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        let last = self.layers.len();
        if let Some(index) = layer.checked_sub(1) {
            self.layers[index].step(spikes);
        }
        if layer == last
            && let Some(potentials) = &mut self.potentials
        {
            potentials.extend_from_slice(membranes);
        }
    }
}
