//! The input spikes of all steps of a presentation, kept so that several dialects can get them.

use super::real::Real;
use super::rows::Arriving;
use crate::clock::Source;
use crate::spikes::{SpikeList, Spikes};

/// The input spikes of a presentation.
#[derive(Debug, Default)]
pub(crate) struct Train {
    /// The pixels that spike, one step after another.
    pixels: Vec<u16>,
    /// How often each of them spikes, in the steps in which some spike more than once.
    counts: Vec<u32>,
    /// Where each step ends in `pixels` and in `counts`.
    ends: Vec<[usize; 2]>,
}

impl Train {
    /// The spikes of `steps` steps of `input`.
    pub fn of(mut input: impl Source, steps: u32) -> Self {
        let mut train = Self::default();
        let mut spikes = SpikeList::default();
        for _ in 0..steps {
            input.step(&mut spikes);
            let spikes = spikes.view();
            train.pixels.extend_from_slice(spikes.neurons());
            train.counts.extend_from_slice(spikes.counts());
            train.ends.push([train.pixels.len(), train.counts.len()]);
        }
        train
    }

    pub fn steps(&self) -> usize {
        self.ends.len()
    }

    /// Where a step, counted from 0, begins in `pixels` and in `counts`.
    fn start(&self, step: usize) -> [usize; 2] {
        step.checked_sub(1).map_or([0; 2], |before| self.ends[before])
    }

    /// The spikes of a step, counted from 0.
    pub fn step(&self, step: usize) -> Spikes<'_> {
        let ([pixel, count], [pixels_end, counts_end]) = (self.start(step), self.ends[step]);
        Spikes::counted(&self.pixels[pixel..pixels_end], &self.counts[count..counts_end])
    }

    /// The factors of all spikes of a height, one step after another: see [`Arriving`]. Empty if all are 1.
    pub fn factors<R: Real>(&self, height: R) -> Vec<R> {
        if self.counts.is_empty() && height == R::ONE {
            return Vec::new();
        }
        let steps = (0..self.steps()).map(|step| self.step(step));
        steps.flat_map(|spikes| spikes.iter().map(|(_, count)| Arriving::factor(count, height))).collect()
    }

    /// The spikes of a step, counted from 0, with those of `factors`, which are the factors of all.
    pub(super) fn arriving<'a, R: Real>(&'a self, step: usize, factors: &'a [R]) -> Arriving<'a, R> {
        let spikes = self.step(step);
        let start = self.start(step)[0];
        Arriving::with_factors(spikes, factors.get(start..self.ends[step][0]).unwrap_or_default())
    }

    /// Gives the spikes again.
    pub fn replay(&self) -> impl Source {
        Replay { train: self, step: 0 }
    }
}

struct Replay<'a> {
    train: &'a Train,
    step: usize,
}

impl Source for Replay<'_> {
    fn step(&mut self, spikes: &mut SpikeList) {
        spikes.copy_from(self.train.step(self.step));
        self.step += 1;
    }
}
