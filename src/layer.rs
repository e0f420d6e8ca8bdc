//! The parameters of a model's layers under given settings: synapses, gains and neurons.

use std::sync::Arc;

use thiserror::Error;

use crate::digit::DigitError;
use crate::model::Model;
use crate::network::synapses::Synapses;
use crate::network::{ANY_NETWORK, ConversionError, Layer};
use crate::neuron::{Lif, decay};
use crate::readout::Reading;
use crate::settings::{Settings, SettingsError};
use crate::transmission::Transmission;

/// Why a presentation cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// A setting is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The model lacks what the normalisation needs.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// The digit does not fit the network.
    #[error(transparent)]
    Digit(#[from] DigitError),
    /// The recording would not fit in memory.
    #[error(
        "a recording of {steps} steps of {neurons} neurons is too large; \
         ask for fewer steps or a smaller network"
    )]
    RecordingTooLarge {
        /// Steps asked for.
        steps: u32,
        /// Neurons in all layers.
        neurons: usize,
    },
}

/// Parameters of one layer of spiking neurons.
#[derive(Debug, Clone)]
pub(crate) struct LayerParameters {
    pub synapses: Arc<Synapses>,
    pub inputs: usize,
    pub neurons: usize,
    /// The factors that turn sums of stored weights into currents, `[neurons]`.
    pub gains: Vec<f32>,
    /// The constant current of each neuron in each step, `[neurons]`: the converted biases. `None` for a layer without
    /// biases.
    pub constant: Option<Vec<f32>>,
    pub lif: Lif,
    /// How the spikes are sent that arrive at the layer.
    pub transmission: Transmission,
}

impl LayerParameters {
    /// The parameters of every layer of `model`.
    ///
    /// # Errors
    /// [`SimulationError`] where a setting is out of its range, or the model lacks what the
    /// normalisation needs.
    pub fn of(model: &Model, settings: &Settings) -> Result<Vec<Self>, SimulationError> {
        settings.validate()?;
        let lif = Lif {
            decay: decay(settings.dt, settings.tau_m),
            threshold: settings.threshold as f32,
            reset: settings.reset,
            refractory: settings.refractory,
        };
        let gains = model.gains(settings.normalisation)?;
        let network = model.network();
        // Spikes in a step for an activation of 1 in the layer before: see `bias_rates`.
        let rates = if ANY_NETWORK { bias_rates(&gains, settings) } else { gains.clone() };
        let shift = model.description().conversion.as_ref().map_or(0.0, |conversion| conversion.output_shift);
        let last = network.layers().len() - 1;
        let layers =
            network.layers().iter().zip(network.synapses()).zip(gains.into_iter().zip(rates)).enumerate();
        let layers = layers.map(|(i, ((layer, (synapses, scales)), (gain, rate)))| {
            let (inputs, neurons) = layer.weights.shape();
            let integrates = i == last && settings.readout == Reading::Membrane;
            Self {
                synapses: Arc::clone(synapses),
                inputs,
                neurons,
                gains: scales.iter().map(|&scale| (scale * gain) as f32).collect(),
                constant: if ANY_NETWORK {
                    constant_currents(layer, if i == last { shift } else { 0.0 }, gain * rate)
                } else {
                    None
                },
                lif: if integrates { Lif { threshold: f32::INFINITY, ..lif } } else { lif },
                transmission: model.transmission(),
            }
        });
        Ok(layers.collect())
    }
}

/// The biases of `layer`, each with `shift` added and times `factor`, `[neurons]`; `None` where all biases are missing.
fn constant_currents(layer: &Layer, shift: f64, factor: f64) -> Option<Vec<f32>> {
    let of = |bias: f32| ((f64::from(bias) + shift) * factor) as f32;
    match &layer.bias {
        Some(bias) => Some(bias.iter().map(|&bias| of(bias)).collect()),
        None if shift != 0.0 => Some(vec![of(0.0); layer.weights.shape().1]),
        None => None,
    }
}

/// How many spikes in a step stand for an activation of 1 in the layer before each layer, `[layers]`.
///
/// A bias b is the weight of an input that is always 1. B. Rueckauer et al. (2017), section 2.2, divide it by
/// lambda(l), the layer's largest activation, while weights are multiplied by lambda(l-1)/lambda(l): their input
/// is the activation of the layer before as a share of lambda(l-1), one spike per step at most. So a bias is
/// multiplied by gain(l) like a weight, and by the spikes that an input of 1 would send in a step:
///
/// - r(1) = p. A pixel of full ink, which is 1 in the ANN, spikes with the probability p in a step: the maximum rate times
///   dt. So the current of a pixel x is gain(1) w x p on average, and that of a bias gain(1) b p.
/// - r(l) = r(l-1) gain(l-1) / threshold. An activation of 1 in layer l-1 is a mean current of gain(l-1) r(l-1), and a
///   neuron fires once for each threshold that it integrates.
///
/// With p = 1 and a threshold of 1 this is b/lambda(l). The ratio of bias to weighted input stays as in the ANN for every
/// rate, time step and threshold. A leak or a reset to zero makes hidden neurons fire less than this, by an amount
/// that depends on the current. In latency encoding a pixel spikes once, not at a rate, and no constant current keeps
/// the ratio.
fn bias_rates(gains: &[f64], settings: &Settings) -> Vec<f64> {
    let mut rate = settings.probability().min(1.0);
    let of_layer = |gain: &f64| {
        let here = rate;
        rate *= gain / settings.threshold;
        here
    };
    gains.iter().map(of_layer).collect()
}

/// How many spikes in a step stand for an activation of 1 in each layer, `[layers]`, without a leak: see [`bias_rates`].
///
/// # Errors
/// [`SimulationError`] where the model lacks what the normalisation needs.
#[cfg(feature = "doctor")]
pub(crate) fn rates_of_activations(model: &Model, settings: &Settings) -> Result<Vec<f64>, SimulationError> {
    let gains = model.gains(settings.normalisation)?;
    let before = bias_rates(&gains, settings);
    Ok(before.iter().zip(&gains).map(|(rate, gain)| rate * gain / settings.threshold).collect())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use ndarray::{Array1, Array2, array};

    use super::*;
    use crate::digit::{Digit, PIXELS};
    use crate::encoding::Encoding;
    use crate::model::Description;
    use crate::network::{Activation, Conversion, Network, Weights};
    use crate::neuron::Reset;
    use crate::simulation::Recording;

    /// Two layers whose hidden neurons get their drive from weights or from biases, and gains.
    fn model() -> Model {
        let mut first = Array2::zeros((PIXELS, 3));
        // Neuron 0 gets 0.6 from a pixel of full ink; neuron 1 the same from its bias; neuron 2 half from each.
        first[[0, 0]] = 0.6;
        first[[0, 2]] = 0.3;
        let second = array![[0.5, 0.0], [0.0, 0.5], [0.0, 0.0]];
        let hidden = Layer::new("hidden", Weights::Float(first), Activation::Relu)
            .with_bias(Array1::from(vec![0.0, 0.6, 0.3]));
        let output = Layer::new("output", Weights::Float(second), Activation::Softmax)
            .with_bias(Array1::from(vec![0.3, 0.3]));
        let conversion = Conversion::new(vec![0.8, 1.25], None, Reset::Subtract);
        let description = Description { conversion: Some(conversion), ..Description::default() };
        Model::new(Network::new(vec![hidden, output]).unwrap(), description).unwrap()
    }

    #[test]
    fn a_bias_drives_a_neuron_like_an_input_of_1() {
        let digit = Digit::from_ink(&std::array::from_fn(|i| if i == 0 { 255 } else { 0 })).unwrap();
        for (max_rate, dt, threshold) in
            [(1000.0, 1.0, 1.0), (400.0, 1.0, 1.0), (500.0, 0.5, 0.3), (5000.0, 1.0, 2.0)]
        {
            let settings = model().defaults().with(|s| {
                (s.steps, s.max_rate, s.dt, s.threshold) = (4000, max_rate, dt, threshold);
                s.encoding = Encoding::Regular;
            });
            let recording = Recording::of(&model(), &digit, &settings).unwrap();
            let mut counts = [0_u32; 3];
            recording.layers()[1].spikes().iter().for_each(|&n| counts[usize::from(n)] += 1);
            let p = (max_rate * dt / 1000.0_f64).min(1.0);
            let expected = (4000.0 * 0.6 * 0.8 * p / threshold).min(4000.0);
            assert!(counts.iter().all(|&n| (f64::from(n) - expected).abs() <= 2.0), "{counts:?} {expected}");
            // 0.6 x 0.5 from the hidden neuron and 0.3 from the bias.
            let rates = expected * 0.5 * 1.25 / threshold;
            let outputs = &recording.verdict().counts;
            let expected = (2.0 * rates).min(4000.0);
            assert!(
                outputs.iter().all(|&n| (f64::from(n) - expected).abs() <= 4.0),
                "{outputs:?} {expected}"
            );
        }
    }

    #[test]
    fn a_shift_lets_outputs_with_negative_logits_spike() {
        let digit = Digit::from_ink(&std::array::from_fn(|i| if i == 0 { 255 } else { 0 })).unwrap();
        let answer = |shift: f64, bias: Option<Array1<f32>>| {
            let weights = Weights::Float(Array2::from_shape_fn((PIXELS, 3), |(_, j)| [-0.9, -0.4, -0.7][j]));
            let layer = Layer { bias, ..Layer::new("a", weights, Activation::Linear) };
            let mut conversion = Conversion::new(vec![1.0], None, Reset::Subtract);
            conversion.output_shift = shift;
            let description = Description { conversion: Some(conversion), ..Description::default() };
            let model = Model::new(Network::new(vec![layer]).unwrap(), description).unwrap();
            Recording::of(&model, &digit, &model.defaults()).unwrap().verdict().clone()
        };
        assert_eq!(answer(0.0, None).digit, None);
        assert_eq!(answer(0.5, None).digit, Some(1));
        assert!(answer(0.5, None).counts[1] > 30);
        assert_eq!(answer(1.0, Some(array![0.0, -0.5, 0.25])).digit, Some(2));
    }

    #[test]
    fn a_layer_without_biases_has_no_constant_current() {
        let weights = Weights::Float(Array2::zeros((PIXELS, 2)));
        let network = Network::without_biases([("a".into(), weights)]).unwrap();
        let model = Model::new(network, Description::default()).unwrap();
        assert_eq!(LayerParameters::of(&model, &model.defaults()).unwrap()[0].constant, None);
    }
}
