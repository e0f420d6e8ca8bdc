//! From ink to spike trains.

mod drive;
mod latency;
mod poisson;
mod random;
mod regular;

pub(crate) use drive::inked;
pub use latency::LatencyEncoder;
pub use poisson::PoissonEncoder;
pub(crate) use poisson::{PixelStream, STEPS, UPPER};
pub(crate) use random::MAX_SEED;
pub use random::presentation_seed;
pub(crate) use random::split_mix;
#[cfg(any(feature = "damage", feature = "dialects"))]
pub(crate) use random::uniform;
pub use regular::RegularEncoder;

use crate::digit::Digit;
use crate::names::choices;

/// How the ink of a digit becomes spikes. In every encoding a pixel has the drive p = ink/255 x maximum
/// rate x dt, at most 1, in spikes per step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// A spike with probability p in each step: see [`PoissonEncoder`].
    Poisson,
    /// Evenly spaced spikes at the same rate: see [`RegularEncoder`].
    Regular,
    /// One spike per pixel, earlier for more ink: see [`LatencyEncoder`].
    Latency,
}

choices!(Encoding, "encoding" {
    Poisson = "poisson", "Poisson", "Spikes at random, independently in each step";
    Regular = "regular", "regular", "Evenly spaced spikes";
    Latency = "latency", "latency", "One spike per pixel, earlier for more ink";
});

/// Any of the encoders.
#[derive(Debug, Clone)]
pub(crate) enum Encoder {
    Poisson(PoissonEncoder),
    Regular(RegularEncoder),
    Latency(LatencyEncoder),
}

impl Encoder {
    pub fn new(encoding: Encoding, digit: &Digit, probability: f64, seed: u64) -> Self {
        match encoding {
            Encoding::Poisson => Self::Poisson(PoissonEncoder::new(digit, probability, seed)),
            Encoding::Regular => Self::Regular(RegularEncoder::new(digit, probability, seed)),
            Encoding::Latency => Self::Latency(LatencyEncoder::new(digit, probability)),
        }
    }

    pub fn step(&mut self, spikes: &mut Vec<u16>) {
        match self {
            Self::Poisson(encoder) => encoder.step(spikes),
            Self::Regular(encoder) => encoder.step(spikes),
            Self::Latency(encoder) => encoder.step(spikes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digit(ink: impl Fn(usize) -> u8) -> Digit {
        Digit::from_ink(&std::array::from_fn(ink)).unwrap()
    }

    /// In which steps, from 0, a pixel of each ink fires.
    fn times(encoding: Encoding, inks: &[u8], probability: f64, seed: u64, steps: usize) -> Vec<Vec<usize>> {
        let digit = digit(|i| inks.get(i).copied().unwrap_or(0));
        let mut encoder = Encoder::new(encoding, &digit, probability, seed);
        let mut spikes = Vec::new();
        let mut times = vec![Vec::new(); inks.len()];
        for step in 0..steps {
            encoder.step(&mut spikes);
            assert!(spikes.is_sorted());
            spikes.iter().for_each(|&pixel| times[usize::from(pixel)].push(step));
        }
        times
    }

    #[test]
    fn regular_spikes_are_evenly_spaced_at_their_rate() {
        let inks = [255, 254, 128, 51, 3, 1];
        for (probability, seed) in [(1.0, 1), (0.5, 2), (0.013, 3), (7.0, 4)] {
            for (ink, times) in inks.iter().zip(times(Encoding::Regular, &inks, probability, seed, 2000)) {
                let p = (f64::from(*ink) * probability / 255.0).min(1.0);
                assert!((times.len() as f64 - 2000.0 * p).abs() <= 1.0, "ink {ink}: {}", times.len());
                let gaps = times.windows(2).map(|w| (w[1] - w[0]) as f64);
                assert!(gaps.clone().all(|gap| (gap - 1.0 / p).abs() < 1.0), "ink {ink}");
            }
        }
    }

    #[test]
    fn the_phase_of_regular_spikes_depends_on_seed_and_pixel() {
        let first = |seed| -> Vec<usize> {
            times(Encoding::Regular, &[51; 300], 0.1, seed, 50).iter().map(|times| times[0]).collect()
        };
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
        // Each of 300 pixels can start in one of 50 steps. Nearly all of these steps occur.
        let mut places = first(1);
        places.sort_unstable();
        places.dedup();
        assert!(places.len() > 45, "{places:?}");
    }

    #[test]
    fn pixels_with_more_ink_fire_earlier_and_each_fires_once() {
        let inks = [255, 254, 128, 85, 51, 5, 1];
        let once = |steps: [usize; 7]| steps.map(|step| vec![step]).to_vec();
        assert_eq!(times(Encoding::Latency, &inks, 1.0, 1, 300), once([0, 1, 1, 2, 4, 50, 254]));
        assert_eq!(times(Encoding::Latency, &inks, 0.5, 2, 600), once([1, 2, 3, 5, 9, 101, 509]));
        assert_eq!(times(Encoding::Latency, &[255, 85], 1.0, 1, 2), [vec![0], vec![]]);
        assert!(times(Encoding::Latency, &[255], 0.0, 1, 9)[0].is_empty());
    }
}
