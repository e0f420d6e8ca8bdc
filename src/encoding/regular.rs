//! Regular encoding.

use super::drive::inked;
use super::random::split_mix;
use crate::digit::Digit;

/// Evenly spaced spikes: each pixel is an integrator without leak. It gains p in each step, fires when it
/// reaches 1, and keeps the excess. In any n steps it fires n p times, to within one spike.
///
/// The phase of a pixel depends on the presentation's seed and the pixel's index. Therefore pixels of equal
/// ink do not all fire in the same steps. Nothing else is random.
#[derive(Debug, Clone)]
pub struct RegularEncoder {
    pixels: Vec<Integrator>,
}

#[derive(Debug, Clone)]
struct Integrator {
    pixel: u16,
    /// Gain per step, in units of 2^-32 of a spike.
    gain: u64,
    /// Potential of the integrator, in the same unit.
    potential: u64,
}

impl RegularEncoder {
    /// Encodes `digit`. A pixel of full ink spikes `probability` times per step.
    #[must_use]
    pub fn new(digit: &Digit, probability: f64, seed: u64) -> Self {
        let pixels = inked(digit, probability).map(|(pixel, p)| Integrator {
            pixel,
            gain: (p * (1_u64 << 32) as f64).round() as u64,
            potential: split_mix(seed, u64::from(pixel)) >> 32,
        });
        Self { pixels: pixels.collect() }
    }

    /// Advances one time step. Replaces the contents of `spikes` with the indices of the pixels that spike,
    /// ascending.
    pub fn step(&mut self, spikes: &mut Vec<u16>) {
        spikes.clear();
        for Integrator { pixel, gain, potential } in &mut self.pixels {
            *potential += *gain;
            if *potential >> 32 > 0 {
                *potential -= 1 << 32;
                spikes.push(*pixel);
            }
        }
    }
}
