//! A NIR graph whose nodes make a chain (J. E. Pedersen et al., "Neuromorphic intermediate representation: a unified
//! instruction set for interoperable brain-inspired computing", 2024; `nir/ir/` of the package `nir` 1.0.8).

use ndarray::Array2;

use super::array::NodeArray;

/// A chain of nodes, from the input to the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// The version of the package that wrote the file, if it says so.
    pub version: Option<String>,
    /// The nodes in order.
    pub nodes: Vec<GraphNode>,
}

/// A node and its name.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphNode {
    /// Its name.
    pub name: String,
    /// What it does.
    pub node: Node,
}

/// What a node does.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Takes numbers of that shape.
    Input(Vec<usize>),
    /// Gives numbers of that shape.
    Output(Vec<usize>),
    /// Makes one axis of several.
    Flatten {
        /// The shape that it takes, if the file has it.
        input: Option<Vec<usize>>,
        /// The first axis.
        start: i64,
        /// The last axis; -1 for the last of all.
        end: i64,
    },
    /// Linear, or Affine if it has biases.
    Weights {
        /// `[inputs, outputs]`, the transpose of the file's.
        weights: Array2<f32>,
        /// `[outputs]`.
        bias: Option<Vec<f32>>,
    },
    /// Factors.
    Scale(NodeArray),
    /// Spikes where the input is above the threshold.
    Threshold(NodeArray),
    /// Neurons.
    Neurons(NeuronNode),
    /// Another kind of node, by its name.
    Other(String),
}

/// The kinds of neurons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NeuronKind {
    /// tau dv/dt = (v_leak - v) + r I; a spike where v > v_threshold, then v = v_reset.
    Lif,
    /// tau_syn di/dt = -i + w_in S; tau_mem dv/dt = (v_leak - v) + r i; spikes as for LIF.
    CubaLif,
    /// dv/dt = r I; spikes as for LIF.
    If,
    /// LIF without spikes.
    Li,
    /// CubaLIF without spikes.
    CubaLi,
    /// IF without spikes.
    I,
}

impl NeuronKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Lif, Self::CubaLif, Self::If, Self::Li, Self::CubaLi, Self::I];

    /// The name of the node in a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lif => "LIF",
            Self::CubaLif => "CubaLIF",
            Self::If => "IF",
            Self::Li => "LI",
            Self::CubaLi => "CubaLI",
            Self::I => "I",
        }
    }

    /// Whether they spike.
    #[must_use]
    pub fn spikes(self) -> bool {
        matches!(self, Self::Lif | Self::CubaLif | Self::If)
    }

    /// The parameters that each of their files has, all of the same shape.
    #[must_use]
    pub fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Lif => &["tau", "r", "v_leak", "v_threshold"],
            Self::CubaLif => &["tau_syn", "tau_mem", "r", "v_leak", "v_threshold"],
            Self::If => &["r", "v_threshold"],
            Self::Li => &["tau", "r", "v_leak"],
            Self::CubaLi => &["tau_syn", "tau_mem", "r", "v_leak"],
            Self::I => &["r"],
        }
    }

    /// The parameters that not all files have: v_reset came with nir 1.0.5.
    #[must_use]
    pub fn optional(self) -> &'static [&'static str] {
        match self {
            Self::Lif | Self::If => &["v_reset"],
            Self::CubaLif => &["v_reset", "w_in"],
            Self::CubaLi => &["w_in"],
            Self::Li | Self::I => &[],
        }
    }
}

/// Neurons with their parameters, by NIR's names. Times are in seconds, where the writer keeps to NIR.
#[derive(Debug, Clone, PartialEq)]
pub struct NeuronNode {
    /// Their kind.
    pub kind: NeuronKind,
    /// Name and numbers: those that are needed, and those of the optional ones that the file has.
    parameters: Vec<(&'static str, NodeArray)>,
}

impl NeuronNode {
    /// Neurons with those parameters. `None` where a needed one is missing, or one is not of this kind.
    #[must_use]
    pub fn new(kind: NeuronKind, parameters: Vec<(&'static str, NodeArray)>) -> Option<Self> {
        let has = |name: &&str| parameters.iter().any(|(given, _)| given == name);
        let known = |name: &&str| kind.needed().contains(name) || kind.optional().contains(name);
        let complete = kind.needed().iter().all(has) && parameters.iter().all(|(name, _)| known(name));
        complete.then_some(Self { kind, parameters })
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &[(&'static str, NodeArray)] {
        &self.parameters
    }

    /// A parameter; `None` where the file does not have it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&NodeArray> {
        self.parameters.iter().find(|(given, _)| *given == name).map(|(_, array)| array)
    }

    /// A needed parameter.
    pub(super) fn needed(&self, name: &'static str) -> &NodeArray {
        let found = self.get(name);
        debug_assert!(found.is_some(), "{name} is needed");
        found.unwrap_or(&self.parameters[0].1)
    }

    /// `v_reset`, or as many zeros as there are thresholds (`nir/ir/neuron.py`, `from_dict`).
    pub(super) fn v_reset(&self) -> NodeArray {
        self.get("v_reset").cloned().unwrap_or_else(|| self.needed("v_threshold").with(0.0, |_, zero| zero))
    }

    /// `w_in`, or 1, for each neuron (`nir/ir/neuron.py`, `__post_init__`).
    pub(super) fn w_in(&self) -> NodeArray {
        let of = if self.kind == NeuronKind::CubaLif { "v_threshold" } else { "v_leak" };
        let ones = self.needed(of).with(1.0, |_, one| one);
        self.get("w_in").map_or_else(|| ones.clone(), |w_in| ones.and(w_in, |one, w| one * w))
    }

    /// The shape of the parameters.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        self.needed(self.kind.needed()[0]).shape()
    }

    /// The parameter whose shape differs from that of the others, with which `nir` refuses the node.
    pub(super) fn misshapen(&self) -> Option<&'static str> {
        let others = self.parameters.iter().filter(|(name, _)| *name != "w_in");
        others.into_iter().find(|(_, array)| array.shape() != self.shape()).map(|(name, _)| *name)
    }
}

impl Node {
    /// The name of its kind in a file.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Input(_) => "Input",
            Self::Output(_) => "Output",
            Self::Flatten { .. } => "Flatten",
            Self::Weights { bias: None, .. } => "Linear",
            Self::Weights { bias: Some(_), .. } => "Affine",
            Self::Scale(_) => "Scale",
            Self::Threshold(_) => "Threshold",
            Self::Neurons(neurons) => neurons.kind.name(),
            Self::Other(kind) => kind,
        }
    }
}

impl GraphNode {
    /// The node in messages, such as `LIF 'hidden'`.
    pub(super) fn words(&self) -> String {
        format!("{} '{}'", self.node.kind(), crate::plain::shortened(&self.name))
    }
}
