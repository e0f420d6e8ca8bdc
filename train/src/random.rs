//! Random streams. A stream depends on its purpose and index, never on the thread that draws from it.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// The purpose of a stream. Different purposes have different streams.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// The weights that training starts from.
    Weights = 1,
    /// The choice of the digits that are held back.
    Split = 2,
    /// The order of the digits in an epoch.
    Order = 3,
    /// The distortion of one digit.
    Distortion = 4,
    /// The spikes of one digit.
    Spikes = 5,
    /// The spikes of digits that accuracy is measured on.
    Measurement = 6,
    /// The layout of the hidden neurons.
    Layout = 7,
    /// Pictures that are not digits.
    Outliers = 8,
    /// Templates, as different hands draw them.
    Templates = 9,
    /// The spikes of one digit that is drawn from a template.
    WrittenSpikes = 10,
}

/// A stream of random numbers.
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of `purpose` for item `index` of round `round`, in a run with the seed `seed`.
    pub fn new(seed: u64, purpose: Purpose, round: u64, index: u64) -> Self {
        let key = [purpose as u64, round, index].iter().fold(seed, |key, &part| mix(key ^ mix(part)));
        Self(Xoshiro256PlusPlus::seed_from_u64(key))
    }

    /// Uniform on 0..1.
    pub fn uniform(&mut self) -> f32 {
        (self.0.next_u64() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Uniform between two bounds.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.uniform()
    }

    /// Log-uniform between two positive bounds.
    pub fn log_between(&mut self, low: f32, high: f32) -> f32 {
        self.between(low.ln(), high.ln()).exp()
    }

    /// Uniform on 0..count.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.0.next_u64()) * count as u128) >> 64) as usize
    }

    /// Standard normal (G. Box and M. Muller, 1958).
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f32::consts::TAU * self.uniform()).cos()
    }

    /// Uniform with mean 0 and standard deviation 1. For sums of several numbers it is as good as normal, and
    /// cheaper.
    pub fn spread(&mut self) -> f32 {
        (2.0 * self.uniform() - 1.0) * 3f32.sqrt()
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Puts a slice in a random order (R. Durstenfeld, 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The output function of SplitMix64 (G. Steele, D. Lea and C. Flood, 2014).
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_purpose_round_and_index() {
        let first = |purpose, round, index| Stream::new(1, purpose, round, index).bits();
        let here = first(Purpose::Order, 2, 3);
        assert_eq!(here, first(Purpose::Order, 2, 3));
        for other in [first(Purpose::Split, 2, 3), first(Purpose::Order, 3, 2), first(Purpose::Order, 2, 4)] {
            assert_ne!(here, other);
        }
    }

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut stream = Stream::new(1, Purpose::Weights, 0, 0);
        let numbers: Vec<f32> = (0..40_000).map(|_| stream.normal()).collect();
        let mean = numbers.iter().sum::<f32>() / 4e4;
        let variance = numbers.iter().map(|n| n * n).sum::<f32>() / 4e4;
        assert!(mean.abs() < 0.025 && (variance - 1.0).abs() < 0.04, "{mean}, {variance}");
    }
}
