//! ONNX graphs: a chain of nodes from the input to the output (<https://onnx.ai/onnx/operators/>).

use ndarray::Array2;
use rten_onnx::onnx::{AttributeProto, GraphProto, ModelProto, NodeProto};
use spikepad::{Activation, limits};

use super::names::{Role, parts};
use super::onnx_constants::{Constant, Constants, Files};

pub use super::onnx_constants::external_files;
use crate::architecture::{Affine, BatchStatistics, Dense, Stage, matrix};
use crate::error::Problem;
use crate::text::quoted;

/// What only picks the answer out of the outputs.
const TAIL: [&str; 7] =
    ["ArgMax", "ZipMap", "ArrayFeatureExtractor", "TopK", "Normalizer", "Identity", "Cast"];

/// The most nodes, inputs or constants of a graph. A network of 32 layers has about 200.
const MAX_NODES: usize = 2048;

/// Reads the layers of a model. `files` has the files that were opened with it.
///
/// # Errors
/// [`Problem`] names the node that cannot be run.
pub fn read(
    model: &ModelProto,
    files: Files<'_>,
    assumptions: &mut Vec<String>,
) -> Result<Vec<Stage>, Problem> {
    let graph = model.graph.as_ref().ok_or_else(|| Problem::damaged("ONNX", "it has no graph"))?;
    if graph.node.len().max(graph.initializer.len()).max(graph.input.len()) > MAX_NODES {
        let what = format!("its graph has more than {MAX_NODES} nodes, inputs or constants");
        return Err(Problem::TooLarge { what, most: MAX_NODES.to_string() });
    }
    let walk = Walk { graph, constants: Constants::new(graph, files) };
    let mut stages = Vec::new();
    let mut value = walk.input()?;
    for _ in 0..=graph.node.len() {
        let Some(node) = walk.next(value, assumptions)? else { return walk.finish(stages) };
        walk.node(node, value, &mut stages)?;
        value = node.output.first().map_or("", String::as_str);
    }
    Err(Problem::damaged("ONNX", "its nodes form a circle"))
}

struct Walk<'a> {
    graph: &'a GraphProto,
    constants: Constants<'a>,
}

fn op(node: &NodeProto) -> &str {
    node.op_type.as_deref().unwrap_or_default()
}

/// What a node is called.
fn name(node: &NodeProto) -> &str {
    let named = node.name.as_deref().filter(|name| !name.is_empty());
    named.or(node.output.first().map(String::as_str)).unwrap_or_default()
}

fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some(name))
}

fn float(node: &NodeProto, name: &str, missing: f32) -> f64 {
    f64::from(attribute(node, name).and_then(|attribute| attribute.f).unwrap_or(missing))
}

fn integer(node: &NodeProto, name: &str, missing: i64) -> i64 {
    attribute(node, name).and_then(|attribute| attribute.i).unwrap_or(missing)
}

fn refuse(node: &NodeProto, reason: &str) -> Problem {
    Problem::layer(op(node), name(node), reason)
}

impl<'a> Walk<'a> {
    /// The input that is no constant.
    fn input(&self) -> Result<&'a str, Problem> {
        let names = self.graph.input.iter().filter_map(|input| input.name.as_deref());
        let mut names = names.filter(|name| !self.constants.is_initializer(name));
        let one =
            names.next().ok_or_else(|| Problem::NoLayers { reason: "its graph has no input".into() })?;
        match names.next() {
            None => Ok(one),
            Some(other) => Err(Problem::Layer {
                kind: "graph input".into(),
                layer: other.into(),
                reason: "the graph has several inputs; only a chain of layers can be run".into(),
            }),
        }
    }

    /// The node that takes a value; `None` where the chain ends.
    fn next(&self, value: &str, assumptions: &mut Vec<String>) -> Result<Option<&'a NodeProto>, Problem> {
        let takes = |node: &&NodeProto| node.input.iter().any(|input| input == value);
        let consumers: Vec<_> = self.graph.node.iter().filter(takes).take(9).collect();
        let is_tail = |node: &&NodeProto| TAIL.contains(&op(node));
        let is_output = self.graph.output.iter().any(|output| output.name.as_deref() == Some(value));
        match consumers[..] {
            [] => Ok(None),
            _ if (is_output
                || consumers.iter().any(|node| ["ArgMax", "ZipMap", "TopK"].contains(&op(node))))
                && consumers.iter().all(is_tail) =>
            {
                let ops: Vec<_> = consumers.iter().map(|node| op(node)).collect();
                assumptions.push(format!("Left out, because they only pick the answer: {}.", ops.join(", ")));
                Ok(None)
            }
            [node] => Ok(Some(node)),
            [node, ..] => Err(refuse(node, "the graph branches here; only a chain of layers can be run")),
        }
    }

    /// Adds what a node does to `value`.
    fn node(&self, node: &NodeProto, value: &str, stages: &mut Vec<Stage>) -> Result<(), Problem> {
        if let Some(activation) = self.activation(node)? {
            stages.push(Stage::Activation(activation));
            return Ok(());
        }
        match op(node) {
            "Identity" | "Cast" | "Flatten" | "Reshape" | "Squeeze" | "Unsqueeze" | "Dropout" => Ok(()),
            "Gemm" => self.gemm(node, value, stages),
            "MatMul" => {
                if node.input.first().map(String::as_str) != Some(value) {
                    return Err(refuse(node, "it multiplies from the left; only input x weights can be run"));
                }
                let weights = self.matrix(node, 1, false, 1.0)?;
                stages.push(self.dense(node, weights, None));
                Ok(())
            }
            "Add" | "Sub" | "Mul" | "Div" => self.arithmetic(node, value, stages),
            "BatchNormalization" => {
                let vector = |index: usize| self.constant(node, index).map(|constant| constant.values);
                let statistics = BatchStatistics {
                    gamma: Some(vector(1)?),
                    beta: Some(vector(2)?),
                    mean: vector(3)?,
                    variance: vector(4)?,
                };
                let what = format!("BatchNormalization {}", quoted(name(node)));
                let epsilon = float(node, "epsilon", 1e-5);
                stages.push(Stage::Affine(Affine::batch_normalization(what, &statistics, epsilon)));
                Ok(())
            }
            _ => Err(refuse(node, "only dense layers can be run")),
        }
    }

    /// `alpha value B + beta C`, with B transposed or not.
    fn gemm(&self, node: &NodeProto, value: &str, stages: &mut Vec<Stage>) -> Result<(), Problem> {
        if node.input.first().map(String::as_str) != Some(value) || integer(node, "transA", 0) != 0 {
            return Err(refuse(node, "it multiplies from the left; only input x weights can be run"));
        }
        let (alpha, beta) = (float(node, "alpha", 1.0) as f32, float(node, "beta", 1.0) as f32);
        let weights = self.matrix(node, 1, integer(node, "transB", 0) != 0, alpha)?;
        let outputs = weights.ncols();
        let bias = match node.input.get(2).filter(|name| !name.is_empty()) {
            None => None,
            Some(_) => {
                let constant = self.constant(node, 2)?;
                let mut values = constant.values;
                if values.len() == 1 {
                    values = vec![values[0]; outputs];
                }
                if values.len() != outputs {
                    let expected = format!("[{outputs}]");
                    return Err(Problem::Shape { tensor: constant.name, shape: constant.shape, expected });
                }
                values.iter_mut().for_each(|value| *value *= beta);
                Some(values)
            }
        };
        stages.push(self.dense(node, weights, bias));
        Ok(())
    }

    fn dense(&self, node: &NodeProto, weights: Array2<f32>, bias: Option<Vec<f32>>) -> Stage {
        let initializer = node.input.get(1).map_or("", |name| self.constants.source(name));
        let told = parts(initializer);
        let tensorflow = ["/MatMul/ReadVariableOp:0", "/MatMul/ReadVariableOp"];
        let layer = tensorflow.iter().find_map(|end| initializer.strip_suffix(end));
        let own =
            || node.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| initializer.to_owned());
        let name = match layer {
            Some(layer) => layer.to_owned(),
            None if told.role == Role::Weight => told.layer,
            None => own(),
        };
        let stored = self.constants.stored(initializer);
        Stage::Dense(Dense { name, weights, bias, stored })
    }

    /// The constant matrix that a node takes, `[inputs, outputs]`, times `factor`.
    fn matrix(
        &self,
        node: &NodeProto,
        index: usize,
        transposed: bool,
        factor: f32,
    ) -> Result<Array2<f32>, Problem> {
        let shape = self.shape(node, index)?;
        let [rows, columns] = shape[..] else {
            let tensor = node.input.get(index).cloned().unwrap_or_default();
            return Err(Problem::Shape { tensor, shape, expected: "[inputs, outputs]".into() });
        };
        let [inputs, outputs] = if transposed { [columns, rows] } else { [rows, columns] };
        // As many as a layer may have, before memory is taken for them.
        let in_range = |side: usize| (1..=limits::MAX_NEURONS).contains(&side);
        if !in_range(inputs) || !in_range(outputs) || inputs.saturating_mul(outputs) > limits::MAX_WEIGHTS {
            let layer = name(node).to_owned();
            return Err(spikepad::NetworkError::Size { layer, inputs, outputs }.into());
        }
        let mut values = self.constant(node, index)?.values;
        if factor != 1.0 {
            values.iter_mut().for_each(|value| *value *= factor);
        }
        matrix([rows, columns], values, transposed)
    }

    fn shape(&self, node: &NodeProto, index: usize) -> Result<Vec<usize>, Problem> {
        self.constants
            .shape(node.input.get(index).map_or("", String::as_str))
            .map_err(|reason| self.not_constant(node, reason))
    }

    /// The constant that a node takes.
    fn constant(&self, node: &NodeProto, index: usize) -> Result<Constant, Problem> {
        let name = node.input.get(index).map_or("", String::as_str);
        self.constants.read(name).map_err(|reason| self.not_constant(node, reason))
    }

    fn not_constant(&self, node: &NodeProto, problem: Option<Problem>) -> Problem {
        problem.unwrap_or_else(|| {
            refuse(node, "its weights are no constants of the file, or are made by other nodes; only dense layers can be run")
        })
    }

    /// A constant added to, taken from, or multiplied with a value.
    fn arithmetic(&self, node: &NodeProto, value: &str, stages: &mut Vec<Stage>) -> Result<(), Problem> {
        let is_first = node.input.first().map(String::as_str) == Some(value);
        let both = node.input.iter().all(|input| input == value);
        if both || node.input.len() != 2 {
            return Err(refuse(node, "it combines a value with itself; only dense layers can be run"));
        }
        let constant = self.constant(node, usize::from(is_first))?;
        let Constant { values, shape, .. } = constant;
        // A vector for the neurons, whatever axes of length 1 come before it.
        if shape.iter().rev().skip(1).any(|&side| side != 1) || values.is_empty() {
            return Err(refuse(node, "its constant is no vector; only dense layers can be run"));
        }
        if op(node) == "Add"
            && let Some(Stage::Dense(Dense { weights, bias: bias @ None, .. })) = stages.last_mut()
            && weights.ncols() == values.len()
        {
            *bias = Some(values);
            return Ok(());
        }
        let wide =
            |change: fn(f64) -> f64| values.iter().map(|&value| change(f64::from(value))).collect::<Vec<_>>();
        let (scale, offset) = match (op(node), is_first) {
            ("Add", _) => (vec![1.0], wide(|x| x)),
            ("Sub", true) => (vec![1.0], wide(|x| -x)),
            ("Sub", false) => (vec![-1.0], wide(|x| x)),
            ("Mul", _) => (wide(|x| x), vec![0.0]),
            ("Div", true) => (wide(|x| 1.0 / x), vec![0.0]),
            _ => return Err(refuse(node, "it divides by its input; only dense layers can be run")),
        };
        let what = format!("{} {}", op(node), quoted(name(node)));
        stages.push(Stage::Affine(Affine { what, scale, offset }));
        Ok(())
    }

    /// The activation that a node is; `None` for another node.
    fn activation(&self, node: &NodeProto) -> Result<Option<Activation>, Problem> {
        let is_last_axis = || match integer(node, "axis", -1) {
            -1 | 1 => Ok(()),
            _ => Err(refuse(node, "it is over another axis than that of the neurons")),
        };
        Ok(Some(match op(node) {
            "Relu" => Activation::Relu,
            "LeakyRelu" => Activation::LeakyRelu(float(node, "alpha", 0.01)),
            "PRelu" => {
                let slopes = self.constant(node, 1)?.values;
                match slopes[..] {
                    [slope] => Activation::LeakyRelu(slope.into()),
                    _ => return Err(refuse(node, "it has a slope for each neuron, which is not run")),
                }
            }
            "Elu" => Activation::Elu(float(node, "alpha", 1.0)),
            "Celu" => Activation::Celu(float(node, "alpha", 1.0)),
            "Selu" => {
                let (alpha, gamma) = (float(node, "alpha", 1.673_263_2), float(node, "gamma", 1.050_701));
                if (alpha - 1.673_263).abs() > 1e-5 || (gamma - 1.050_701).abs() > 1e-5 {
                    return Err(refuse(node, "it has other constants than the SELU function"));
                }
                Activation::Selu
            }
            "Gelu" => {
                let approximate = attribute(node, "approximate").and_then(|a| a.s.as_deref());
                if approximate == Some("tanh") { Activation::GeluTanh } else { Activation::Gelu }
            }
            "HardSigmoid" => {
                let (slope, offset) = (float(node, "alpha", 0.2), float(node, "beta", 0.5));
                if offset != 0.5 {
                    return Err(refuse(node, "it is not 1/2 at 0"));
                }
                Activation::HardSigmoid(slope)
            }
            "HardSwish" => Activation::HardSilu,
            "Mish" => Activation::Mish,
            "Softplus" => Activation::Softplus,
            "Softsign" => Activation::Softsign,
            "Sigmoid" => Activation::Sigmoid,
            "Tanh" => Activation::Tanh,
            "Exp" => Activation::Exponential,
            "Softmax" => {
                is_last_axis()?;
                Activation::Softmax
            }
            "LogSoftmax" => {
                is_last_axis()?;
                Activation::LogSoftmax
            }
            "Clip" => self.clip(node)?,
            _ => return Ok(None),
        }))
    }

    /// A clipped value: its limits are attributes, or constants since version 11.
    fn clip(&self, node: &NodeProto) -> Result<Activation, Problem> {
        let limit = |index: usize, key: &str| match node.input.get(index).filter(|name| !name.is_empty()) {
            Some(_) => {
                self.constant(node, index).map(|constant| constant.values.first().map(|&x| f64::from(x)))
            }
            None => Ok(attribute(node, key).and_then(|attribute| attribute.f).map(f64::from)),
        };
        match (limit(1, "min")?, limit(2, "max")?) {
            (Some(0.0), Some(6.0)) => Ok(Activation::Relu6),
            (Some(0.0), Some(most)) if most < 1e30 => Ok(Activation::ClippedRelu(most)),
            (Some(0.0), _) => Ok(Activation::Relu),
            (Some(-1.0), Some(1.0)) => Ok(Activation::HardTanh),
            _ => Err(refuse(node, "its limits are those of no activation that is run")),
        }
    }

    fn finish(&self, stages: Vec<Stage>) -> Result<Vec<Stage>, Problem> {
        let layers = stages.iter().filter_map(|stage| match stage {
            Stage::Dense(dense) => Some((dense.name.as_str(), dense.weights.nrows(), dense.weights.ncols())),
            _ => None,
        });
        let layers: Vec<_> = layers.collect();
        if layers.is_empty() {
            return Err(Problem::NoLayers {
                reason: "its graph has no Gemm or MatMul with constant weights".into(),
            });
        }
        limits::check(layers)?;
        Ok(stages)
    }
}
