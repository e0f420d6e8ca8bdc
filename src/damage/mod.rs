//! Damage to a network: silenced neurons, noise on weights, weights of few bits, lost spikes.
//!
//! The damage acts on the network that is handed to the simulator, and so on the ANN and the spiking network alike. Only which
//! spikes are lost depends on the presentation.

mod weights;

use std::fmt;
use std::str::FromStr;

use ndarray::Array1;
use thiserror::Error;

use crate::encoding::MAX_SEED;
use crate::model::{Model, ModelError};
use crate::network::{Layer, Network, NetworkError};
use crate::plain::{Plain, shortened};
use crate::setting_value::{NumberRange, ValueRange};
use crate::transmission::Transmission;

/// The seed of a damage that names none.
const FIRST_SEED: u64 = 1;

/// What is broken in a network. As a text, on the command line and in links, it lists what is broken:
/// `silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7`.
///
/// Weights are first rounded, then noise is added, then neurons are silenced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Damage {
    /// Share of the neurons of each hidden layer that never fire, 0 to 1: the nearest whole number of neurons. More of them are
    /// silenced in addition to fewer.
    pub silence: f64,
    /// Standard deviation of the normal noise that is added to each weight, in units of the root mean square of the weights of
    /// its layer; 0 to 10.
    pub noise: f64,
    /// Bits of a weight, 1 to 8; `None` leaves the weights as they are. With b bits from 2 on, the weights of a neuron are the
    /// multiples -(2^(b-1) - 1) to 2^(b-1) - 1 of a step that makes the squared error small. With 1 bit they are plus or minus
    /// their mean size (M. Rastegari et al., "XNOR-Net", 2016, equation 6).
    pub bits: Option<u32>,
    /// Probability with which a spike on its way to the next layer is lost, 0 to 1. In the ANN it is that of a pixel's or hidden
    /// neuron's number, which is sent once.
    pub drop: f64,
    /// Chooses the neurons and the noise, below 2^53. Which spikes are lost depends on the seed of the presentation.
    pub seed: u64,
}

impl Default for Damage {
    /// No damage.
    fn default() -> Self {
        Self { silence: 0.0, noise: 0.0, bits: None, drop: 0.0, seed: FIRST_SEED }
    }
}

/// Why a network cannot be damaged.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DamageError {
    /// There is no damage of that name.
    #[error(
        "there is no damage '{name}'; there are silence, noise, bits, drop and seed, as in silence:0.3,bits:2"
    )]
    Name {
        /// What was asked for.
        name: String,
    },
    /// A value is out of its range, or no number.
    #[error("{name} is '{value}'; it must be {range}")]
    Value {
        /// Name of the damage.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it must be.
        range: ValueRange,
    },
    /// With the noise, a weight is too large for its type.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The description does not fit the damaged network.
    #[error(transparent)]
    Model(#[from] ModelError),
}

const fn up_to(most: f64) -> ValueRange {
    ValueRange::Number(NumberRange { min: Some(0.0), max: Some(most), ..NumberRange::FINITE })
}

const SHARE: ValueRange = up_to(1.0);
const NOISE: ValueRange = up_to(10.0);
const BITS: ValueRange = ValueRange::whole(1, 8);
const SEED: ValueRange = ValueRange::whole(0, MAX_SEED);

impl Damage {
    /// Whether nothing is broken.
    #[must_use]
    pub fn is_none(&self) -> bool {
        Self { seed: FIRST_SEED, ..*self } == Self::default()
    }

    /// Checks the ranges.
    ///
    /// # Errors
    /// [`DamageError::Value`] names the first that is out of its range.
    pub fn check(&self) -> Result<(), DamageError> {
        let Self { silence, noise, bits, drop, seed } = *self;
        let values = [
            ("silence", silence, SHARE),
            ("noise", noise, NOISE),
            ("bits", bits.map_or(1.0, f64::from), BITS),
            ("drop", drop, SHARE),
            ("seed", seed as f64, SEED),
        ];
        match values.into_iter().find(|(_, value, range)| !range.contains(*value)) {
            Some((name, value, range)) => {
                Err(DamageError::Value { name, value: Plain(value).to_string(), range })
            }
            None => Ok(()),
        }
    }

    fn set(&mut self, name: &str, text: &str) -> Result<(), DamageError> {
        let error = |name, range| DamageError::Value { name, value: shortened(text).into(), range };
        let number = |name, range| text.parse::<f64>().map_err(|_| error(name, range));
        match name {
            "silence" => self.silence = number("silence", SHARE)?,
            "noise" => self.noise = number("noise", NOISE)?,
            "bits" => self.bits = Some(text.parse().map_err(|_| error("bits", BITS))?),
            "drop" => self.drop = number("drop", SHARE)?,
            "seed" => self.seed = text.parse().map_err(|_| error("seed", SEED))?,
            _ => return Err(DamageError::Name { name: shortened(name).into() }),
        }
        Ok(())
    }
}

impl FromStr for Damage {
    type Err = DamageError;

    fn from_str(text: &str) -> Result<Self, DamageError> {
        let mut damage = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once(':').unwrap_or((part, ""));
            damage.set(name.trim(), value.trim())?;
        }
        damage.check()?;
        Ok(damage)
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { silence, noise, bits, drop, seed } = *self;
        let seed = (seed != FIRST_SEED).then_some(seed as f64);
        let parts = [
            ("silence", Some(silence).filter(|&share| share != 0.0)),
            ("noise", Some(noise).filter(|&noise| noise != 0.0)),
            ("bits", bits.map(f64::from)),
            ("drop", Some(drop).filter(|&share| share != 0.0)),
            ("seed", seed),
        ];
        let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value?)));
        for (i, (name, value)) in parts.enumerate() {
            write!(f, "{}{name}:{}", if i > 0 { "," } else { "" }, Plain(value))?;
        }
        Ok(())
    }
}

impl Model {
    /// The model with a damaged network. Its conversion to spikes stays that of the whole network: the neurons of a device that
    /// breaks keep their thresholds. So does what tells whether an answer is in doubt.
    ///
    /// # Errors
    /// [`DamageError`] where a value is out of its range, or the noise makes a weight too large.
    pub fn damaged(&self, damage: &Damage) -> Result<Self, DamageError> {
        damage.check()?;
        let mut description = self.description().clone();
        if !damage.is_none() {
            description.provenance.insert("damage".into(), damage.to_string());
        }
        let model = Self::new(damaged_network(self.network(), damage)?, description)?;
        Ok(model.with_transmission(Transmission::losing(damage.drop)))
    }
}

fn damaged_network(network: &Network, damage: &Damage) -> Result<Network, NetworkError> {
    let Damage { silence, noise, bits, seed, .. } = *damage;
    if silence == 0.0 && noise == 0.0 && bits.is_none() {
        return Ok(network.clone());
    }
    let mut layers: Vec<Layer> = network.layers().to_vec();
    for (i, layer) in layers.iter_mut().enumerate() {
        if let Some(bits) = bits {
            layer.weights = weights::rounded(&layer.weights, bits);
        }
        if noise > 0.0 {
            layer.weights = weights::with_noise(&layer.weights, noise, seed, i);
        }
    }
    for hidden in 0..layers.len() - 1 {
        let neurons = layers[hidden].weights.shape().1;
        let silenced = weights::chosen(neurons, silence, seed, hidden);
        weights::clear_columns(&mut layers[hidden].weights, &silenced);
        weights::clear_rows(&mut layers[hidden + 1].weights, &silenced);
        if let Some(bias) = &mut layers[hidden].bias {
            clear(bias, &silenced);
        }
    }
    Network::new(layers)
}

fn clear(bias: &mut Array1<f32>, neurons: &[usize]) {
    neurons.iter().for_each(|&neuron| bias[neuron] = 0.0);
}
