//! The input spikes of an experiment. In every dialect a pixel can spike in each step with probability
//! ink/255. In Nengo the input can also be the question's ensemble of input neurons.

use std::rc::Rc;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro128PlusPlus;

use super::frameworks::nengo::DT;
use super::parameter::Values;
use crate::clock::Source;
use crate::digit::Digit;
use crate::encoding::{PoissonEncoder, split_mix, uniform};
use crate::spikes::SpikeList;

/// What the input spikes of a presentation depend on besides the digit and the seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum InputKind {
    /// One Bernoulli trial per step, with probability ink/255.
    Bernoulli,
    /// `nengo.PoissonSpiking(nengo.RectifiedLinear())`: a pixel of full ink has so many spikes per step in the mean.
    Poisson { full_ink: f64 },
    /// `nengo.SpikingRectifiedLinear()`, at the same rates.
    Regular { full_ink: f64 },
}

impl InputKind {
    /// The input for Nengo's parameters `values`.
    pub fn of_nengo(values: &Values) -> Self {
        let full_ink = full_ink_of_nengo(values);
        if values.is("input", "poisson") {
            Self::Poisson { full_ink }
        } else if values.is("input", "regular") {
            Self::Regular { full_ink }
        } else {
            Self::Bernoulli
        }
    }
}

/// The source of the input spikes of a presentation.
pub(super) enum Input {
    Bernoulli(PoissonEncoder),
    Poisson(Vec<PoissonPixel>),
    Regular(Vec<RegularPixel>),
}

/// A neuron of `nengo.PoissonSpiking(nengo.RectifiedLinear())`.
pub(super) struct PoissonPixel {
    pixel: usize,
    /// Pixels of the same ink share a distribution.
    counts: Rc<PoissonCounts>,
    random: Xoshiro128PlusPlus,
}

/// The Poisson distribution of the spikes of a pixel in one step.
struct PoissonCounts {
    /// The probability of at most n spikes, for n = 0, 1, ..
    at_most: Vec<f64>,
    /// For each part of the numbers from 0 to 1 the least count in it: where the search begins. A guide table (H.-C. Chen
    /// and Y. Asau, "On generating random variates from an empirical distribution", 1974).
    least: Box<[u16; PARTS]>,
}

/// Parts of the guide table.
const PARTS: usize = 256;

impl PoissonCounts {
    fn new(mean: f64) -> Self {
        let at_most = distribution(mean);
        let count = |part: usize| count_of(&at_most, 0, part as f64 / PARTS as f64) as u16;
        Self { least: Box::new(std::array::from_fn(count)), at_most }
    }

    /// The count for a random number from 0 to 1.
    fn of(&self, u: f64) -> u32 {
        let part = (u * PARTS as f64) as usize;
        count_of(&self.at_most, self.least[part.min(PARTS - 1)].into(), u) as u32
    }
}

/// The least count, from `first` on, whose probability of at most so many spikes exceeds `u`.
fn count_of(at_most: &[f64], first: usize, u: f64) -> usize {
    first + at_most[first..].iter().take_while(|&&p| p <= u).count()
}

/// A neuron of `nengo.SpikingRectifiedLinear()`.
pub(super) struct RegularPixel {
    pixel: usize,
    /// Spikes per step.
    rate: f64,
    voltage: f64,
}

impl Input {
    /// One Bernoulli trial per step, with probability ink/255.
    pub fn bernoulli(digit: &Digit, seed: u64) -> Self {
        Self::Bernoulli(PoissonEncoder::new(digit, 1.0, seed))
    }

    /// The intercepts of Nengo's ensemble are 0, so its gain is its maximum rate and its bias is 0. The connection leads
    /// directly to its neurons, so J = max_rate x value, and the rate is J (`nengo/neurons.py`, RectifiedLinear.gain_bias).
    pub fn new(kind: InputKind, digit: &Digit, seed: u64) -> Self {
        let at_full_ink = match kind {
            InputKind::Bernoulli => return Self::bernoulli(digit, seed),
            InputKind::Poisson { full_ink } | InputKind::Regular { full_ink } => full_ink,
        };
        let inked = digit.ink().iter().enumerate().filter(|&(_, &ink)| ink > 0);
        let pixels = inked.map(|(pixel, &ink)| {
            let random = Xoshiro128PlusPlus::seed_from_u64(split_mix(seed, pixel as u64));
            (pixel, at_full_ink * f64::from(ink) / 255.0, random)
        });
        if matches!(kind, InputKind::Regular { .. }) {
            let pixel = |(pixel, rate, mut random): (_, _, Xoshiro128PlusPlus)| RegularPixel {
                pixel,
                rate,
                voltage: uniform(random.next_u64()),
            };
            return Self::Regular(pixels.map(pixel).collect());
        }
        let mut known: Vec<(f64, Rc<PoissonCounts>)> = Vec::new();
        let pixel = |(pixel, rate, random)| {
            let same = known.iter().find(|(other, _)| *other == rate);
            let counts = match same {
                Some((_, counts)) => Rc::clone(counts),
                None => {
                    let counts = Rc::new(PoissonCounts::new(rate));
                    known.push((rate, Rc::clone(&counts)));
                    counts
                }
            };
            PoissonPixel { pixel, counts, random }
        };
        Self::Poisson(pixels.map(pixel).collect())
    }
}

/// Mean number of spikes per step of a full-ink pixel for Nengo's parameters `values`.
pub(super) fn full_ink_of_nengo(values: &Values) -> f64 {
    if values.is("input", "bernoulli") {
        1.0
    } else {
        values.number("input_max_rates") * values.number("input_scale") * DT
    }
}

/// The cumulative Poisson distribution with the mean `mean`, up to where the rest is below the resolution of a
/// random number.
fn distribution(mean: f64) -> Vec<f64> {
    let mut probability = libm::exp(-mean);
    let mut at_most = vec![probability];
    while at_most[at_most.len() - 1] < 1.0 - f64::EPSILON && (at_most.len() as f64) < mean * 2.0 + 100.0 {
        probability *= mean / at_most.len() as f64;
        at_most.push(at_most[at_most.len() - 1] + probability);
    }
    at_most
}

impl Source for Input {
    fn step(&mut self, spikes: &mut SpikeList) {
        match self {
            Self::Bernoulli(encoder) => Source::step(encoder, spikes),
            Self::Poisson(pixels) => {
                spikes.clear();
                for PoissonPixel { pixel, counts, random } in pixels {
                    spikes.push(*pixel, counts.of(uniform(random.next_u64())));
                }
            }
            Self::Regular(pixels) => {
                spikes.clear();
                for RegularPixel { pixel, rate, voltage } in pixels {
                    *voltage += *rate;
                    let count = voltage.floor();
                    *voltage -= count;
                    spikes.push(*pixel, count as u32);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Dialect, Given};
    use crate::digit::PIXELS;

    /// Mean and variance of the spikes of one pixel in a step.
    fn moments(kind: &str, ink: u8, steps: u32) -> (f64, f64) {
        let mut dialect = Dialect::named("nengo_seed").unwrap();
        dialect.set("input", &Given::Word(kind.into())).unwrap();
        let digit = Digit::from_ink(&[ink; PIXELS]).unwrap();
        let mut input = Input::new(InputKind::of_nengo(dialect.values()), &digit, 5);
        let mut spikes = SpikeList::default();
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..steps {
            input.step(&mut spikes);
            for (_, count) in spikes.view().iter() {
                sum += f64::from(count);
                squares += f64::from(count).powi(2);
            }
        }
        let trials = f64::from(steps) * PIXELS as f64;
        (sum / trials, squares / trials - (sum / trials).powi(2))
    }

    #[test]
    fn a_pixel_of_the_question_fires_up_to_25_times_per_step() {
        // 100 Hz for each of 255 grey levels gives 25.5 spikes per step of 1 ms. A Poisson variable has equal
        // mean and variance. Both must hold within five standard deviations.
        for ink in [1, 100, 255] {
            let mean = f64::from(ink) * 0.1;
            let trials = 200.0 * PIXELS as f64;
            let (m, variance) = moments("poisson", ink, 200);
            assert!((m - mean).abs() < 5.0 * (mean / trials).sqrt(), "ink {ink}: {m}");
            let error = ((mean + 2.0 * mean * mean) / trials).sqrt();
            assert!((variance - mean).abs() < 5.0 * error, "ink {ink}: {variance}");
        }
    }

    #[test]
    fn an_ensemble_without_noise_keeps_its_rate() {
        let (mean, variance) = moments("regular", 255, 200);
        assert!((mean - 25.5).abs() < 0.01 && variance < 0.26, "{mean} {variance}");
        assert_eq!(moments("bernoulli", 255, 50), (1.0, 0.0));
    }

    #[test]
    fn the_guide_table_gives_the_count_of_a_search() {
        for mean in [1e-9, 0.1, 3.0, 25.5, 255.0] {
            let counts = PoissonCounts::new(mean);
            for i in 0..20_000 {
                let u = f64::from(i) / 20_000.0;
                let searched = counts.at_most.partition_point(|&p| p <= u);
                assert_eq!(counts.of(u) as usize, searched, "{mean} {u}");
            }
            let last = 1.0 - f64::EPSILON / 2.0;
            assert_eq!(counts.of(last) as usize, counts.at_most.partition_point(|&p| p <= last));
        }
    }

    #[test]
    fn distributions_end_at_one() {
        for mean in [0.0, 1e-9, 0.1, 25.5, 255.0] {
            let at_most = distribution(mean);
            assert!(at_most.is_sorted());
            assert!((at_most[at_most.len() - 1] - 1.0).abs() < 1e-9, "{mean}");
        }
    }
}
