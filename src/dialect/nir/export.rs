//! Graphs that a framework reads back to the spikes of a dialect.
//!
//! A file holds the parameters in 64 bits where the importer computes with them, so that they come out as the numbers of the
//! dialect, to the last bit. What an importer cannot read is refused: a dialect with other neurons would spike differently.

use ndarray::Array2;

use super::array::NodeArray;
use super::error::NirError;
use super::graph::{Graph, GraphNode, NeuronKind, NeuronNode, Node};
use super::importer::Importer;
use crate::dialect::catalogue::Dialect;
use crate::dialect::framework::WEIGHT_SCALE;
use crate::dialect::parameter::Values;
use crate::dialect::real::Real;
use crate::model::Model;
use crate::plain::Plain;

/// The time step of the importers of snnTorch and SpikingJelly, s.
const DT: f64 = 1e-4;

/// Stands for an infinite time constant: the share dt/tau is lost in 1 - dt/tau.
const NO_LEAK: f64 = 1e30;

impl Importer {
    /// The dialect whose neurons it reads from a file, where the framework has such neurons.
    #[must_use]
    pub fn dialect(self) -> Option<&'static str> {
        match self {
            Self::SnnTorch => Some("snntorch_zero"),
            Self::SpikingJelly => Some("spikingjelly"),
            Self::Norse => Some("norse_box"),
            Self::Sinabs => Some("sinabs_nonorm"),
            Self::Rockpool => Some("rockpool"),
            Self::Equations => None,
        }
    }
}

impl Graph {
    /// The graph that `importer` reads back to the spikes that `model` has in `dialect`.
    ///
    /// # Errors
    /// [`NirError::Inexpressible`] where the importer does not read such neurons.
    pub fn of(model: &Model, dialect: &Dialect, importer: Importer) -> Result<Self, NirError> {
        let refuse = |reason: String| NirError::Inexpressible { framework: importer.title(), reason };
        if dialect.framework() != importer.title() {
            return Err(refuse(format!(
                "{} has the neurons of {}, which {} does not have",
                dialect.name(),
                dialect.framework(),
                importer.title()
            )));
        }
        let values = dialect.values();
        let neurons = |count| match importer {
            Importer::SnnTorch => snntorch(values, count),
            Importer::SpikingJelly => spikingjelly(values, count),
            Importer::Norse => norse(values, count),
            Importer::Sinabs => sinabs(values, count),
            Importer::Rockpool => rockpool(values, count),
            Importer::Equations => Err("it has no dialect".into()),
        };
        let scale = values.number(WEIGHT_SCALE.name);
        let network = model.network();
        let sizes = network.sizes();
        let shape = |count| if importer.has_new_nir() { vec![count] } else { vec![1, count] };
        let prefix = if importer == Importer::SpikingJelly { "_" } else { "" };
        let input = if importer == Importer::SpikingJelly { "input_1" } else { "input" };
        let mut nodes = vec![GraphNode { name: input.into(), node: Node::Input(shape(sizes[0])) }];
        for (i, &count) in sizes[1..].iter().enumerate() {
            let Some(weights) = network.weights(i) else { continue };
            let bias = network.layers()[i]
                .bias
                .as_ref()
                .map(|bias| bias.iter().map(|&b| scaled(b, scale)).collect());
            // Sinabs imports Affine, but no Linear.
            let bias = bias.or_else(|| (importer == Importer::Sinabs).then(|| vec![0.0; count]));
            let weights: Array2<f32> = weights.mapv(|w| scaled(w, scale));
            let made = neurons(count).map_err(refuse)?;
            nodes.push(GraphNode {
                name: format!("{prefix}{}", 2 * i),
                node: Node::Weights { weights, bias },
            });
            nodes.push(GraphNode { name: format!("{prefix}{}", 2 * i + 1), node: Node::Neurons(made) });
        }
        nodes.push(GraphNode { name: "output".into(), node: Node::Output(shape(sizes[sizes.len() - 1])) });
        let version = if importer.has_new_nir() { "1.0.8" } else { "1.0.4" };
        Ok(Self { version: Some(version.into()), nodes })
    }
}

/// A weight as a dialect has it.
fn scaled(weight: f32, scale: f64) -> f32 {
    0.0_f32.plus_product(scale as f32, weight)
}

fn node(kind: NeuronKind, count: usize, parameters: &[(&'static str, f64)]) -> Result<NeuronNode, String> {
    let parameters = parameters.iter().map(|&(name, value)| (name, NodeArray::full(count, value)));
    NeuronNode::new(kind, parameters.collect()).ok_or_else(|| "a parameter is missing".into())
}

/// The same with parameters in 32 bits, for importers that compute in the precision of the file.
fn single(kind: NeuronKind, count: usize, parameters: &[(&'static str, f64)]) -> Result<NeuronNode, String> {
    let array = |value| NodeArray::new(&[count], vec![value; count], true);
    let parameters = parameters.iter().map(|&(name, value)| Some((name, array(value)?)));
    parameters
        .collect::<Option<_>>()
        .and_then(|parameters| NeuronNode::new(kind, parameters))
        .ok_or_else(|| "a parameter is missing".into())
}

/// beta = 1 - dt/tau; the threshold as it is, for r = tau/dt.
fn snntorch(values: &Values, count: usize) -> Result<NeuronNode, String> {
    if !values.is("reset_mechanism", "zero") {
        return Err(
            "snnTorch resets what it reads from a file to zero, at once; set reset_mechanism=zero".into()
        );
    }
    let beta = values.number("beta") as f32;
    let tau = if beta == 1.0 { NO_LEAK } else { DT / (1.0 - f64::from(beta)) };
    if (1.0 - DT / tau) as f32 != beta {
        return Err(format!("no time constant gives beta {}", Plain(beta.into())));
    }
    let threshold = f64::from(values.number("threshold") as f32);
    node(
        NeuronKind::Lif,
        count,
        &[("tau", tau), ("r", tau / DT), ("v_leak", 0.0), ("v_threshold", threshold), ("v_reset", 0.0)],
    )
}

/// tau dt seconds; r = 1 where the input decays, else tau/dt; an IF has r = 1/dt.
fn spikingjelly(values: &Values, count: usize) -> Result<NeuronNode, String> {
    let Some(reset) = values.optional("v_reset") else {
        return Err("NIR has no reset by subtraction; set v_reset to a number".into());
    };
    let single = |x: f64| f64::from(x as f32);
    let (reset, threshold) = (single(reset), single(values.number("v_threshold")));
    if values.is("node", "IFNode") {
        let parameters = [("r", 1.0 / DT), ("v_threshold", threshold), ("v_reset", reset)];
        return node(NeuronKind::If, count, &parameters);
    }
    let tau = single(values.number("tau"));
    // Nearer to 1 the importer takes r for the other kind of input.
    if tau < 1.0 + 1e-5 {
        return Err("SpikingJelly reads time constants of more than one step; set tau to more than 1".into());
    }
    let r = if values.on("decay_input") { 1.0 } else { tau };
    node(
        NeuronKind::Lif,
        count,
        &[("tau", tau * DT), ("r", r), ("v_leak", reset), ("v_threshold", threshold), ("v_reset", reset)],
    )
}

/// LIFBoxCell: dt/tau in 32 bits is the dialect's dt tau_mem_inv.
fn norse(values: &Values, count: usize) -> Result<NeuronNode, String> {
    if !values.is("cell", "LIFBoxCell") {
        return Err("Norse reads LIFCell's synapses in another order of operations; take norse_box".into());
    }
    if values.number("v_reset") != 0.0 || values.number("v_leak") != 0.0 {
        return Err("Norse resets what it reads from a file to 0; set v_reset and v_leak to 0".into());
    }
    let inverse = values.number("tau_mem_inv") as f32;
    let near = inverse.recip();
    let taus = [near, near.next_up(), near.next_down()];
    let tau = taus.into_iter().find(|tau| tau.recip() == inverse);
    let tau =
        tau.ok_or_else(|| format!("no time constant in 32 bits has the inverse {}", Plain(inverse.into())))?;
    let parameters =
        [("tau", tau.into()), ("r", 1.0), ("v_leak", 0.0), ("v_threshold", values.number("v_th"))];
    single(NeuronKind::Lif, count, &parameters)
}

/// LIF without normalised input; tau in steps.
fn sinabs(values: &Values, count: usize) -> Result<NeuronNode, String> {
    if !values.is("layer", "LIF") {
        return Err(
            "Sinabs reads an IAF with a lowest potential, which this one does not have; take sinabs_nonorm"
                .into(),
        );
    }
    if values.on("norm_input") {
        return Err("Sinabs reads a LIF without normalised input; set norm_input=false".into());
    }
    if !values.is("spike_fn", "MultiSpike") {
        return Err(
            "Sinabs reads neurons that may fire several times in a step; set spike_fn=MultiSpike".into()
        );
    }
    let parameters = [
        ("tau", values.number("tau_mem")),
        ("r", 1.0),
        ("v_leak", 0.0),
        ("v_threshold", values.number("spike_threshold")),
    ];
    single(NeuronKind::Lif, count, &parameters)
}

/// LIFTorch: the importer takes tau_mem/(1 + r) for its time step, which is 1 ms in the dialect.
fn rockpool(values: &Values, count: usize) -> Result<NeuronNode, String> {
    const STEP: f64 = 1e-3;
    if values.number("max_spikes_per_dt") < 65536.0 {
        return Err(
            "Rockpool reads neurons that may fire 65,536 times in a step; set max_spikes_per_dt=65536".into(),
        );
    }
    let tau = values.number("tau_mem");
    let r = tau / STEP - 1.0;
    if (tau / (1.0 + r)) as f32 != STEP as f32 {
        return Err(format!("no r gives a time step of 1 ms with tau_mem {}", Plain(tau)));
    }
    let parameters = [
        ("tau_syn", values.number("tau_syn")),
        ("tau_mem", tau),
        ("r", r),
        ("v_leak", 0.0),
        ("v_threshold", values.number("threshold")),
        ("w_in", 1.0),
    ];
    node(NeuronKind::CubaLif, count, &parameters)
}
