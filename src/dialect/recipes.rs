//! Conversions of trained networks as other tools make them, with a constant input, in f32. The layers run together as in
//! `converted.rs`; a linear last layer has no neurons, and its outputs are summed over the steps.

use super::converted::{Converted, Part};
use super::decoding::{Decoder, Decoding};
use super::error::DialectError;
use super::facts::Facts;
use super::layer::Neurons;
use crate::clock::Observer;
use crate::model::Model;
use crate::network::{Activation, Layer, Network, Normalisation};
use crate::readout::Reading;
use crate::spikes::{SpikeList, Spikes};

/// A conversion that another tool makes.
#[derive(Debug, PartialEq, Eq)]
pub struct Recipe {
    /// Its name.
    pub name: &'static str,
    /// The tool, as its authors write it, and the version that the equations are of.
    pub tool: &'static str,
    /// How users of the tool write it.
    pub code: &'static str,
    /// Where it is described: the file and the function of the tool, and its paper.
    pub source: &'static str,
    /// What it does, in a sentence.
    pub text: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Neurons that fire once in a step, between two factors: sums over the scale of the layer, spikes times it.
    Scaled(Share),
    /// Weights and biases over the scales of the layers; outputs fire, too.
    Normalised(Share),
    /// Neurons that fire as often as their potential holds the threshold, which is 1; nothing is scaled.
    Unscaled,
}

/// The share of the activations that the scale of a layer exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    All,
    Percentile99_9,
}

/// Least potential of a Sinabs neuron.
const LEAST: f32 = -1.0;

impl Recipe {
    /// All recipes.
    pub const ALL: &'static [Self] = &[
        Self {
            name: "spikingjelly_max",
            tool: "SpikingJelly 2.0.0",
            code: "ann2snn.Converter(dataloader, mode='Max')",
            source: "spikingjelly/activation_based/ann2snn/modules.py, VoltageHook and VoltageScaler; B. Rueckauer et al., 2017",
            text: "Divides the input of each layer by its largest activation, and multiplies its spikes by it.",
            kind: Kind::Scaled(Share::All),
        },
        Self {
            name: "spikingjelly_99.9",
            tool: "SpikingJelly 2.0.0",
            code: "ann2snn.Converter(dataloader, mode='99.9%')",
            source: "spikingjelly/activation_based/ann2snn/modules.py, VoltageHook and VoltageScaler; B. Rueckauer et al., 2017",
            text: "The same with the 99.9th percentile of the activations.",
            kind: Kind::Scaled(Share::Percentile99_9),
        },
        Self {
            name: "snn_toolbox",
            tool: "SNN Toolbox 0.6.0",
            code: "[normalization] percentile = 99.9, [conversion] softmax_to_relu = True, [cell] reset = Reset by subtraction",
            source: "snntoolbox/conversion/utils.py, normalize_parameters, and simulation/backends/inisim/temporal_mean_rate_tensorflow.py; \
                     B. Rueckauer et al., 2017",
            text: "Divides weights and biases by the 99.9th percentiles of the activations that are not 0; outputs spike, too.",
            kind: Kind::Normalised(Share::Percentile99_9),
        },
        Self {
            name: "sinabs_from_model",
            tool: "Sinabs 3.1.3",
            code: "from_model(model, batch_size=1)",
            source: "sinabs/from_torch.py, from_model, and layers/functional/lif.py",
            text: "Replaces each ReLU by neurons that may spike several times in a step; scales nothing.",
            kind: Kind::Unscaled,
        },
    ];

    /// The recipe of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|recipe| recipe.name == name)
    }

    /// The normalisation and the readout with which Spikepad's own neurons come nearest to it, without a leak and with a reset
    /// by subtraction. `None` where they cannot: they fire once in a step.
    #[must_use]
    pub fn nearest(&self) -> Option<(Normalisation, Reading)> {
        let normalisation = |share| match share {
            Share::All => Normalisation::Max,
            Share::Percentile99_9 => Normalisation::Percentile99_9,
        };
        match self.kind {
            // A potential without a leak is the sum of what has arrived.
            Kind::Scaled(share) => Some((normalisation(share), Reading::Membrane)),
            Kind::Normalised(share) => Some((normalisation(share), Reading::Count)),
            Kind::Unscaled => None,
        }
    }

    /// The scale of each layer of `network`, `[layers]`, as the tool takes it from activations: `activations` has those of each
    /// layer, `[digits × neurons]`, the last ones before a softmax. It is reordered. A layer without neurons has 1.
    #[must_use]
    pub fn scales(&self, network: &Network, activations: &mut [Vec<f32>]) -> Vec<f64> {
        let layers = network.layers().iter().zip(activations);
        let scale = |(layer, numbers): (&Layer, &mut Vec<f32>)| match self.kind {
            Kind::Scaled(share) if is_relu(layer.activation) => quantile(numbers, share).unwrap_or(0.0),
            Kind::Scaled(_) | Kind::Unscaled => 1.0,
            Kind::Normalised(share) => {
                // Its `softmax_to_relu`; activations of 0 do not count.
                let is_softmax = matches!(layer.activation, Activation::Softmax | Activation::LogSoftmax);
                numbers.retain(|&x| if is_softmax { x > 0.0 } else { x != 0.0 });
                quantile(numbers, share).unwrap_or(1.0)
            }
        };
        layers.map(scale).collect()
    }

    /// The factors of each layer: that on its sums, and the height of its spikes. `None` for a layer without neurons.
    fn factors(&self, model: &Model, scales: &[f64]) -> Result<Vec<Option<[f32; 2]>>, DialectError> {
        let layers = model.network().layers();
        let all_spike = matches!(self.kind, Kind::Normalised(_));
        let mut factors = Vec::with_capacity(layers.len());
        for (layer, &scale) in layers.iter().zip(scales) {
            let scale = scale as f32;
            if !(all_spike || is_relu(layer.activation)) {
                factors.push(None);
                continue;
            }
            if !(scale > 0.0 && scale.recip().is_finite()) {
                return Err(DialectError::Silent { layer: layer.name.clone() });
            }
            factors.push(Some([scale.recip(), scale]));
        }
        Ok(factors)
    }
}

impl Share {
    fn number(self) -> f64 {
        match self {
            Self::All => 1.0,
            Self::Percentile99_9 => 0.999,
        }
    }
}

/// The number that this share of `numbers` does not exceed, between two of them by linear interpolation, as `numpy.percentile`
/// and `torch.quantile` do it; `None` without numbers. Reorders them.
fn quantile(numbers: &mut [f32], share: Share) -> Option<f64> {
    let place = numbers.len().checked_sub(1)? as f64 * share.number();
    let (_, &mut low, above) = numbers.select_nth_unstable_by(place as usize, f32::total_cmp);
    let high = above.iter().copied().min_by(f32::total_cmp).unwrap_or(low);
    let (low, high) = (f64::from(low), f64::from(high));
    Some(low + (high - low) * place.fract())
}

fn is_relu(activation: Activation) -> bool {
    activation == Activation::Relu
}

/// A network that was converted by a recipe.
pub struct RecipeRun {
    network: Converted,
    classes: usize,
    layers: usize,
}

/// What one presentation leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct RecipeTrace {
    /// The class after each number of steps that was asked for: the largest sum of the outputs.
    pub classes: Vec<usize>,
    /// How often each neuron fired in each step, `[steps, neurons]`, for each layer; empty for one that does not spike.
    pub spikes: Vec<Vec<u32>>,
    /// The outputs in each step, `[steps, classes]`.
    pub outputs: Vec<f32>,
}

impl RecipeRun {
    /// Converts `model` with the scale of each layer, `[layers]`: see [`Recipe::scales`].
    ///
    /// # Errors
    /// [`DialectError::Silent`] where the scale of a layer is not above 0; [`DialectError::Length`] where there is not one for
    /// each layer.
    pub fn new(model: &Model, recipe: &Recipe, scales: &[f64]) -> Result<Self, DialectError> {
        let expected = model.network().layers().len();
        if scales.len() != expected {
            return Err(DialectError::Length { what: "the scales".into(), found: scales.len(), expected });
        }
        let factors = recipe.factors(model, scales)?;
        let layers = model.network().layers();
        let network = Converted::of(model, 1.0, None, |i, neurons| match factors[i] {
            Some([factor, height]) => Part {
                neurons: Some(Box::new(IntegrateAndFire::new(neurons, recipe.kind))),
                factor,
                bias_first: true,
                height,
                activation: layers[i].activation,
                is_neurons: false,
            },
            // The softmax comes after the sum over the steps.
            None => Part {
                neurons: None,
                factor: 1.0,
                bias_first: true,
                height: 1.0,
                activation: match layers[i].activation {
                    Activation::Softmax | Activation::LogSoftmax if i + 1 == layers.len() => {
                        Activation::Linear
                    }
                    other => other,
                },
                is_neurons: false,
            },
        });
        Ok(Self { network, classes: model.network().classes(), layers: layers.len() })
    }

    /// Presents `image`, `[inputs]`, the intensities of the pixels, from rest. Classes are read after each of the ascending
    /// `checkpoints`. Spikes and outputs are kept if `keep` is set.
    ///
    /// # Errors
    /// [`DialectError`] where there are no steps or too many.
    pub fn present(
        &mut self,
        image: &[f32],
        checkpoints: &[u32],
        keep: bool,
    ) -> Result<RecipeTrace, DialectError> {
        let steps = checkpoints.last().copied().unwrap_or(0);
        super::catalogue::check_steps(steps)?;
        self.network.rest();
        let mut reader = Reader {
            decoder: Decoder::new(self.classes),
            checkpoints,
            step: 0,
            keep,
            trace: RecipeTrace {
                classes: Vec::with_capacity(checkpoints.len()),
                spikes: vec![Vec::new(); self.layers],
                outputs: Vec::new(),
            },
        };
        self.network.present(image, steps, &mut reader, |_| ());
        for (layer, spikes) in reader.trace.spikes.iter_mut().enumerate() {
            if !self.network.spikes(layer) {
                spikes.clear();
            }
        }
        Ok(reader.trace)
    }
}

struct Reader<'a> {
    decoder: Decoder,
    checkpoints: &'a [u32],
    step: u32,
    keep: bool,
    trace: RecipeTrace,
}

impl Observer for Reader<'_> {
    fn outputs(&mut self, outputs: &[f32]) {
        self.decoder.take(outputs);
        self.step += 1;
        if self.checkpoints.get(self.trace.classes.len()) == Some(&self.step) {
            self.trace.classes.push(self.decoder.answer(Decoding::Mean).class);
        }
        if self.keep {
            self.trace.outputs.extend_from_slice(outputs);
        }
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        if layer > 0 && self.keep {
            let kept = &mut self.trace.spikes[layer - 1];
            let start = kept.len();
            kept.resize(start + membranes.len(), 0);
            spikes.iter().for_each(|(neuron, count)| kept[start + usize::from(neuron)] = count);
        }
    }
}

/// Neurons without a leak, with a threshold of 1, that reset by subtraction.
///
/// SpikingJelly (`neuron/integrate_and_fire.py`, IFNode with v_reset=None): v <- v + I; s = (v >= 1); v <- v - s.
///
/// Sinabs (`layers/functional/lif.py`): v <- v + I; s = (v > 0) trunc(v); v <- max(v - s, -1).
struct IntegrateAndFire {
    is_sinabs: bool,
    v: Vec<f32>,
}

impl IntegrateAndFire {
    fn new(neurons: usize, kind: Kind) -> Self {
        Self { is_sinabs: kind == Kind::Unscaled, v: vec![0.0; neurons] }
    }
}

impl Neurons<f32> for IntegrateAndFire {
    fn rest(&mut self) {
        self.v.fill(0.0);
    }

    fn step(&mut self, currents: &[f32], spikes: &mut SpikeList) {
        for (i, (v, &current)) in self.v.iter_mut().zip(currents).enumerate() {
            *v += current;
            if self.is_sinabs {
                let count = v.trunc().max(0.0);
                *v = (*v - count).max(LEAST);
                spikes.push(i, count as u32);
            } else if *v >= 1.0 {
                *v -= 1.0;
                spikes.push(i, 1);
            }
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            drive: 1.0,
            kept: 1.0,
            threshold: 1.0,
            delayed: false,
            many_spikes: self.is_sinabs,
            refractory: 0,
            reset: "the potential by 1, at once",
            rule: "takes the image as a constant current, and adds the current to the potential".into(),
        }
    }

    fn potentials(&self) -> &[f32] {
        &self.v
    }
}
