//! Which spikes reach the next layer.
//!
//! Whether a spike is lost depends only on the presentation's seed, its layer, its step and its neuron, by a hash of these. So
//! the same spikes are lost in every order of computation.

use crate::encoding::split_mix;

/// Whether spikes can be lost. The pad's wasm leaves it out: it runs the shipped network as it is.
pub const LOSES: bool = cfg!(feature = "damage");

/// Tells the random numbers apart from those of the input, whose seeds are below 2^53.
const STREAM: u64 = 1 << 63;

/// The way from each layer to the next one. Every spike is lost with the same probability, independently of the others. The
/// ANN sends one number per neuron, which is lost in the same way and counts as 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Transmission {
    /// What is sent is lost where 32 random bits are below this number, 0 to 2^32.
    lost_below: u64,
}

impl Transmission {
    /// Loses what is sent with a probability from 0 to 1, in steps of 2^-32.
    #[cfg(any(test, feature = "damage"))]
    pub fn losing(probability: f64) -> Self {
        Self { lost_below: (probability * 4_294_967_296.0) as u64 }
    }

    /// Whether nothing is lost.
    pub fn is_perfect(self) -> bool {
        !LOSES || self.lost_below == 0
    }

    /// The way out of `layer` in a presentation; the input is layer 0.
    pub fn out_of(self, layer: usize, seed: u64) -> Way {
        Way { lost_below: self.lost_below, seed: split_mix(seed ^ STREAM, layer as u64) }
    }
}

/// The way out of one layer in one presentation.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    lost_below: u64,
    seed: u64,
}

impl Way {
    /// Whether what `neuron` sends in `step` arrives. Steps of the spiking network are counted from 1; the ANN sends in step 0.
    pub fn delivers(self, step: u64, neuron: u16) -> bool {
        split_mix(self.seed, step << u16::BITS | u64::from(neuron)) >> 32 >= self.lost_below
    }
}

#[cfg(all(test, feature = "damage"))]
mod tests {
    use super::*;

    /// How many of 20,000 spikes arrive.
    fn arriving(probability: f64, layer: usize, seed: u64) -> usize {
        let way = Transmission::losing(probability).out_of(layer, seed);
        (1..=100).map(|step| (0..200).filter(|&neuron| way.delivers(step, neuron)).count()).sum()
    }

    #[test]
    fn each_spike_is_lost_with_the_probability() {
        assert!(Transmission::default().is_perfect() && Transmission::losing(0.0).is_perfect());
        assert!(!Transmission::losing(1e-9).is_perfect());
        assert_eq!((arriving(0.0, 0, 1), arriving(1.0, 3, 7)), (20_000, 0));
        for probability in [0.1, 0.5, 0.9] {
            for (layer, seed) in [(0, 0), (1, 1), (2, (1 << 53) - 1)] {
                let expected: f64 = 20_000.0 * (1.0 - probability);
                // Five standard deviations of the binomial distribution.
                let most = 5.0 * (expected * probability).sqrt();
                assert!((arriving(probability, layer, seed) as f64 - expected).abs() < most);
            }
        }
    }

    #[test]
    fn what_is_lost_less_often_is_lost_more_often_too() {
        let ways = [0.2, 0.6].map(|probability| Transmission::losing(probability).out_of(1, 5));
        for step in 1..50 {
            assert!((0..200).all(|neuron| ways[0].delivers(step, neuron) || !ways[1].delivers(step, neuron)));
        }
    }

    #[test]
    fn layers_and_seeds_lose_other_spikes() {
        let lost = |layer, seed| -> Vec<bool> {
            let way = Transmission::losing(0.5).out_of(layer, seed);
            (0..64).map(|neuron| way.delivers(1, neuron)).collect()
        };
        assert_eq!(lost(1, 1), lost(1, 1));
        assert_ne!(lost(1, 1), lost(2, 1));
        assert_ne!(lost(1, 1), lost(1, 2));
    }
}
