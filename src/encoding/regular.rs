//! Regular encoding.

use super::drive::inked;
use super::random::split_mix;
use crate::digit::Digit;

/// Evenly spaced spikes: each pixel is an integrator without leak that gains p a step, fires when it
/// reaches 1, and keeps the excess. In any n steps it fires n p times, to within one spike.
///
/// The phase of a pixel depends on the presentation's seed and the pixel's index, so that pixels of equal
/// ink do not all fire at once. Nothing else is random.
#[derive(Debug, Clone)]
pub struct RegularEncoder {
    pixels: Vec<Integrator>,
}

#[derive(Debug, Clone)]
struct Integrator {
    pixel: u16,
    /// Gain per step, in units of 2^-32 of a spike.
    gain: u64,
    gathered: u64,
}

impl RegularEncoder {
    /// Encodes `digit` so that a pixel of full ink spikes `probability` times a step.
    #[must_use]
    pub fn new(digit: &Digit, probability: f64, seed: u64) -> Self {
        let pixels = inked(digit, probability).map(|(pixel, p)| Integrator {
            pixel,
            gain: (p * (1_u64 << 32) as f64).round() as u64,
            gathered: split_mix(seed, u64::from(pixel)) >> 32,
        });
        Self { pixels: pixels.collect() }
    }

    /// Advances one time step and puts the indices of the pixels that spike, ascending, into
    /// `spikes`, in place of what was there.
    pub fn step(&mut self, spikes: &mut Vec<u16>) {
        spikes.clear();
        for Integrator { pixel, gain, gathered } in &mut self.pixels {
            *gathered += *gain;
            if *gathered >> 32 > 0 {
                *gathered -= 1 << 32;
                spikes.push(*pixel);
            }
        }
    }
}
