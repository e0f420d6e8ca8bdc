//! Poisson encoding.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro128PlusPlus;

use super::drive::inked;
use super::random::split_mix;
use crate::digit::Digit;

/// Steps whose random numbers are drawn together.
pub(crate) const STEPS: usize = u32::BITS as usize;

/// The upper bits of a random number, drawn for [`STEPS`] steps at once.
pub(crate) const UPPER: u32 = 8;

/// The lower bits of a random number, drawn only where the upper bits do not decide.
const LOWER: u32 = 32;

/// Poisson encoding with one Bernoulli trial per step. In each step a pixel spikes with probability
/// ink/255 x maximum rate x dt, independently of all other pixels and steps (P. Dayan and
/// L. Abbott, Theoretical Neuroscience, 2001, section 1.4). A probability above 1 counts as 1.
///
/// Every pixel has its own random streams, seeded from the presentation's seed and the pixel's index.
/// Therefore the same seed gives the same spikes on every machine, and a change of one pixel does not
/// change the spikes of the others.
///
/// A pixel spikes if a random number of 40 bits is below its probability. In a comparison the highest bit
/// that differs decides. Therefore the numbers of 32 steps are drawn together, one bit at a time, the highest
/// first. A word of xoshiro128++ (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
/// generators", 2021) holds the same bit of all 32 numbers. After 8 bits one number in 256 is undecided. Its
/// other 32 bits come from SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number
/// generators", 2014).
#[derive(Debug, Clone)]
pub struct PoissonEncoder {
    step: u64,
    pixels: Vec<PoissonPixel>,
}

#[derive(Debug, Clone)]
struct PoissonPixel {
    pixel: u16,
    /// `None` for a pixel that spikes in every step.
    stream: Option<(PixelStream, Xoshiro128PlusPlus)>,
    /// Spikes of the current [`STEPS`] steps, the first in the lowest bit.
    spikes: u32,
}

/// A pixel's random numbers.
#[derive(Debug, Clone)]
pub(crate) struct PixelStream {
    /// Spike probability in units of 2^-40.
    threshold: u64,
    /// Seed of SplitMix64. Its first two outputs are the initial state of xoshiro128++; the others are the
    /// lower bits, one output per step.
    seed: u64,
}

impl PixelStream {
    /// The stream of a pixel that spikes with probability `p`; `None` where `p` is 1.
    pub fn new(pixel: u16, p: f64, seed: u64) -> Option<Self> {
        let certain = 1_u64 << (UPPER + LOWER);
        let threshold = (p * certain as f64).round() as u64;
        let seed = split_mix(seed, u64::from(pixel));
        (threshold < certain).then_some(Self { threshold, seed })
    }

    /// The generator of the upper bits, in its initial state.
    fn generator(&self) -> Xoshiro128PlusPlus {
        Xoshiro128PlusPlus::seed_from_u64(self.seed)
    }

    /// The spikes of [`STEPS`] steps from `step`, the first in the lowest bit.
    fn draw(&self, random: &mut Xoshiro128PlusPlus, step: u64) -> u32 {
        let (mut below, mut equal) = (0, u32::MAX);
        for bit in (LOWER..LOWER + UPPER).rev() {
            let number = random.next_u32();
            let threshold = if self.threshold >> bit & 1 == 1 { u32::MAX } else { 0 };
            below |= equal & !number & threshold;
            equal &= !(number ^ threshold);
        }
        self.decide(step, below, equal)
    }

    /// The spikes of [`STEPS`] steps from `step`; bit s is step s. The bits of `below` and `equal` tell in which
    /// steps the upper bits of the number are below or equal to those of the threshold. Where they are equal,
    /// the lower bits decide.
    #[inline(always)]
    pub fn decide(&self, step: u64, below: u32, mut equal: u32) -> u32 {
        let mut spikes = below;
        while equal != 0 {
            let i = equal.trailing_zeros();
            let lower = split_mix(self.seed, 2 + step + u64::from(i)) >> (u64::BITS - LOWER);
            spikes |= u32::from(lower < self.threshold & u64::from(u32::MAX)) << i;
            equal &= equal - 1;
        }
        spikes
    }

    /// The upper bits of the threshold.
    pub fn upper(&self) -> u32 {
        (self.threshold >> LOWER) as u32
    }

    /// The initial state of xoshiro128++.
    pub fn start(&self) -> [u32; 4] {
        let words = [split_mix(self.seed, 0), split_mix(self.seed, 1)];
        [words[0] as u32, (words[0] >> 32) as u32, words[1] as u32, (words[1] >> 32) as u32]
    }
}

impl PoissonEncoder {
    /// Encodes `digit`. A pixel of full ink spikes with `probability` in each step: the maximum rate in Hz
    /// times dt in seconds.
    #[must_use]
    pub fn new(digit: &Digit, probability: f64, seed: u64) -> Self {
        let pixels = inked(digit, probability).map(|(pixel, p)| PoissonPixel {
            pixel,
            stream: PixelStream::new(pixel, p, seed).map(|stream| {
                let random = stream.generator();
                (stream, random)
            }),
            spikes: u32::MAX,
        });
        Self { step: 0, pixels: pixels.collect() }
    }

    /// Advances one time step. Replaces the contents of `spikes` with the indices of the pixels that spike,
    /// ascending.
    pub fn step(&mut self, spikes: &mut Vec<u16>) {
        let bit = self.step % STEPS as u64;
        spikes.clear();
        for pixel in &mut self.pixels {
            if bit == 0
                && let Some((stream, random)) = &mut pixel.stream
            {
                pixel.spikes = stream.draw(random, self.step);
            }
            if pixel.spikes >> bit & 1 == 1 {
                spikes.push(pixel.pixel);
            }
        }
        self.step += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;

    fn digit(ink: impl Fn(usize) -> u8) -> Digit {
        Digit::from_ink(&std::array::from_fn(ink)).unwrap()
    }

    /// Spikes, one row of 784 booleans per step.
    fn train(digit: &Digit, probability: f64, seed: u64, steps: usize) -> Vec<[bool; PIXELS]> {
        let mut encoder = PoissonEncoder::new(digit, probability, seed);
        let mut spikes = Vec::new();
        (0..steps)
            .map(|_| {
                encoder.step(&mut spikes);
                let mut row = [false; PIXELS];
                spikes.iter().for_each(|&pixel| row[usize::from(pixel)] = true);
                row
            })
            .collect()
    }

    #[test]
    fn full_ink_always_spikes_and_paper_never() {
        let digit = digit(|i| if i % 2 == 0 { 255 } else { 0 });
        for row in train(&digit, 1.0, 7, 200) {
            assert!(row.iter().enumerate().all(|(i, &spike)| spike == (i % 2 == 0)));
        }
        assert!(train(&digit, 0.0, 7, 50).iter().flatten().all(|&spike| !spike));
    }

    #[test]
    fn rates_are_proportional_to_ink_and_rate() {
        // 784 x 4,000 trials for each ink. The fraction of spikes is within five standard deviations of the
        // probability.
        for (ink, probability) in [(10, 1.0), (128, 1.0), (200, 0.25), (254, 1.0), (255, 0.01)] {
            let trials = (PIXELS * 4000) as f64;
            let count =
                train(&digit(|_| ink), probability, 11, 4000).iter().flatten().filter(|&&s| s).count();
            let p = f64::from(ink) / 255.0 * probability;
            let deviation = (p * (1.0 - p) / trials).sqrt();
            let share = count as f64 / trials;
            assert!((share - p).abs() < 5.0 * deviation, "ink {ink}: {share} against {p}");
        }
    }

    #[test]
    fn every_pixel_keeps_its_own_rate() {
        // Chi-square of 784 pixels over 2,000 steps at p = 1/2: mean 784, deviation 39.6.
        let rows = train(&digit(|_| 128), 255.0 / 256.0, 3, 2000);
        let (p, n) = (0.5, rows.len() as f64);
        let chi_square: f64 = (0..PIXELS)
            .map(|i| {
                let count = rows.iter().filter(|row| row[i]).count() as f64;
                (count - n * p).powi(2) / (n * p * (1.0 - p))
            })
            .sum();
        assert!((chi_square - 784.0).abs() < 5.0 * 39.6, "chi-square {chi_square}");
    }

    #[test]
    fn steps_and_pixels_are_independent() {
        // Correlation of each pixel with itself `lag` steps later, and with the pixel `lag` indices
        // higher. Over n pairs the mean of the products has a standard deviation of 1/sqrt(n).
        let rows = train(&digit(|_| 128), 255.0 / 256.0, 5, 1000);
        let sign = |spike: bool| if spike { 1.0 } else { -1.0 };
        for lag in [1, 2, 3, 28, 100] {
            let in_time: f64 = rows
                .windows(lag + 1)
                .flat_map(|w| (0..PIXELS).map(move |i| sign(w[0][i]) * sign(w[lag][i])))
                .sum();
            let pairs = ((rows.len() - lag) * PIXELS) as f64;
            assert!(in_time.abs() < 5.0 * pairs.sqrt(), "lag of {lag} steps: {in_time}");

            let in_space: f64 =
                rows.iter().flat_map(|r| r.windows(lag + 1).map(move |w| sign(w[0]) * sign(w[lag]))).sum();
            let pairs = (rows.len() * (PIXELS - lag)) as f64;
            assert!(in_space.abs() < 5.0 * pairs.sqrt(), "lag of {lag} pixels: {in_space}");
        }
    }

    #[test]
    fn neighbouring_seeds_are_independent() {
        let digit = digit(|_| 128);
        let sign = |spike: bool| if spike { 1.0 } else { -1.0 };
        for (a, b) in [(1, 2), (0, 1 << 32), (41, 42)] {
            let (a, b) = (train(&digit, 255.0 / 256.0, a, 500), train(&digit, 255.0 / 256.0, b, 500));
            let products = a.iter().flatten().zip(b.iter().flatten()).map(|(&a, &b)| sign(a) * sign(b));
            let sum: f64 = products.sum();
            assert!(sum.abs() < 5.0 * ((500 * PIXELS) as f64).sqrt(), "{sum}");
        }
    }

    #[test]
    fn a_seed_replays_and_other_ink_does_not_disturb_it() {
        let alone = train(&digit(|i| if i == 300 { 90 } else { 0 }), 1.0, 9, 300);
        let among = train(&digit(|i| if i == 300 { 90 } else { 200 }), 1.0, 9, 300);
        assert!(alone.iter().zip(&among).all(|(a, b)| a[300] == b[300]));
        assert_ne!(alone, train(&digit(|i| if i == 300 { 90 } else { 0 }), 1.0, 10, 300));
    }

    #[test]
    fn the_stream_is_the_published_one() {
        // The first outputs of SplitMix64 from seed 0, as published. Then the first number of a pixel's
        // generator, computed from its initial state, is compared with the generator's crate.
        assert_eq!(split_mix(0, 0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(split_mix(0, 1), 0x6e78_9e6a_a1b9_65f4);
        assert_eq!(split_mix(0, 2), 0x06c4_5d18_8009_454f);
        let stream = PixelStream::new(300, 0.3, 7).unwrap();
        let [a, _, _, d] = stream.start();
        let first = a.wrapping_add(d).rotate_left(7).wrapping_add(a);
        assert_eq!(stream.generator().next_u32(), first);
    }

    #[test]
    fn lower_bits_decide_where_the_upper_ones_are_equal() {
        // If the upper bits are equal, the threshold's lower bits give the fraction of numbers below it.
        // It must hold within five standard deviations of 32 x 2,000 trials.
        for share in [0.0, 0.1, 0.5, 0.999] {
            let stream = PixelStream::new(5, (77.0 + share) / 256.0, 3).unwrap();
            let spikes = (0..2000).map(|i| stream.decide(32 * i, 0, u32::MAX).count_ones());
            let found = f64::from(spikes.sum::<u32>()) / 64_000.0;
            assert!((found - share).abs() <= 5.0 * (share * (1.0 - share) / 64_000.0).sqrt(), "{found}");
            assert_eq!(stream.decide(0, 0xff, 0) & 0xffff, 0xff);
        }
    }
}
