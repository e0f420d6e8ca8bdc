//! Latency encoding.

use super::drive::inked;
use crate::digit::Digit;
use crate::sorting::ascending;

/// Time to first spike: each pixel fires once, and a pixel with more ink fires earlier (S. Thorpe, A. Delorme
/// and R. Van Rullen, "Spike-based strategies for rapid processing", 2001). The latency is the time that an
/// integrator takes to fire. It starts at 0, gains p in each step and fires when it reaches 1: in step 1/p,
/// rounded up.
///
/// Nothing is random, and the time of a spike does not depend on the length of the presentation.
#[derive(Debug, Clone)]
pub struct LatencyEncoder {
    step: u64,
    /// Step, counted from 1, and pixel of each spike, in ascending order.
    spikes: Vec<(u64, u16)>,
    /// Number of spikes that have been fired.
    past: usize,
}

impl LatencyEncoder {
    /// Encodes `digit`. A pixel of full ink fires after 1 / `probability` steps.
    #[must_use]
    pub fn new(digit: &Digit, probability: f64) -> Self {
        // The conversion to u64 saturates: a pixel that would fire after 2^64 steps never fires.
        let pixels = inked(digit, probability).filter(|&(_, p)| p > 0.0);
        let spikes = pixels.map(|(pixel, p)| (p.recip().ceil() as u64, pixel)).collect();
        Self { step: 0, spikes: ascending(spikes), past: 0 }
    }

    /// Advances one time step. Replaces the contents of `spikes` with the indices of the pixels that spike,
    /// ascending.
    pub fn step(&mut self, spikes: &mut Vec<u16>) {
        self.step += 1;
        let to_come = &self.spikes[self.past..];
        let now = to_come.iter().take_while(|&&(step, _)| step <= self.step);
        spikes.clear();
        spikes.extend(now.map(|&(_, pixel)| pixel));
        self.past += spikes.len();
    }
}
