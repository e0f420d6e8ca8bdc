//! Adds rows of weights, one for each input that fires, in the precision of a framework.

use std::borrow::Cow;

use super::real::Real;
use crate::network::synapses::{Blocks, FEW, Row};
use crate::spikes::Spikes;

/// Partial sums of a product of a row and a matrix: see [`Order::Lanes`](super::summation::Order::Lanes).
pub(super) const PARTIAL_SUMS: usize = 16;

/// The spikes that arrive at a layer in one step.
pub(super) struct Arriving<'a, R: Clone> {
    pub neurons: &'a [u16],
    pub counts: &'a [u32],
    /// The number of spikes of each neuron times their height; empty if all are 1.
    factors: Cow<'a, [R]>,
}

/// Some of these spikes, in their order.
#[derive(Clone, Copy)]
pub(super) struct Part<'a, R> {
    pub neurons: &'a [u16],
    /// Empty if all are 1.
    pub factors: &'a [R],
}

impl<'a, R: Real> Arriving<'a, R> {
    pub fn new(spikes: Spikes<'a>, height: R) -> Self {
        let factors = if spikes.counts().is_empty() && height == R::ONE {
            Vec::new()
        } else {
            spikes.iter().map(|(_, count)| Self::factor(count, height)).collect()
        };
        Self { neurons: spikes.neurons(), counts: spikes.counts(), factors: factors.into() }
    }

    /// Spikes with their factors, as [`Arriving::new`] computes them.
    pub fn with_factors(spikes: Spikes<'a>, factors: &'a [R]) -> Self {
        Self { neurons: spikes.neurons(), counts: spikes.counts(), factors: factors.into() }
    }

    /// The factor of a neuron that fires `count` times.
    pub fn factor(count: u32, height: R) -> R {
        R::from_f64(f64::from(count) * height.to_f64())
    }

    /// Each input that fires, with its factor.
    #[cfg(feature = "nir")]
    pub fn products(&self) -> impl Iterator<Item = (usize, R)> {
        let factor = |i| self.factors.get(i).copied().unwrap_or(R::ONE);
        self.neurons.iter().enumerate().map(move |(i, &input)| (usize::from(input), factor(i)))
    }

    pub fn all(&self) -> Part<'_, R> {
        Part { neurons: self.neurons, factors: &self.factors }
    }
}

impl<'a, R> Part<'a, R> {
    pub fn split_at(self, place: usize) -> (Self, Self) {
        let (neurons, other_neurons) = self.neurons.split_at(place);
        let (factors, other_factors) = self.factors.split_at(place.min(self.factors.len()));
        (Self { neurons, factors }, Self { neurons: other_neurons, factors: other_factors })
    }
}

pub(super) fn add_part<R: Real, const L: usize>(blocks: &Blocks<R, L>, part: Part<R>, sums: &mut [R]) {
    for (rows, sums) in blocks.blocks().zip(sums.chunks_mut(L)) {
        let mut block = [R::ZERO; L];
        block[..sums.len()].copy_from_slice(sums);
        in_order(rows, part, &mut block);
        sums.copy_from_slice(&block[..sums.len()]);
    }
}

/// Adds rows one after another to the sums of a block.
pub(super) fn in_order<R: Real, const L: usize>(rows: &[Row<R, L>], part: Part<R>, sums: &mut [R; L]) {
    // The sums of so many neurons fit in the registers of 128 bits, of which there are 16.
    if L > FEW && R::ORDERED {
        in_strips::<R, L, 32>(rows, part, sums);
    } else {
        in_strips::<R, L, 16>(rows, part, sums);
    }
}

/// Adds all rows to the first `S` neurons of a block, then to the next.
#[inline(always)]
fn in_strips<R: Real, const L: usize, const S: usize>(rows: &[Row<R, L>], part: Part<R>, sums: &mut [R; L]) {
    for (strip, sums) in sums.as_chunks_mut::<S>().0.iter_mut().enumerate() {
        // A local copy, which stays in registers.
        let mut block = *sums;
        let row = |input: u16| &rows[usize::from(input)].0.as_chunks::<S>().0[strip];
        if part.factors.is_empty() {
            part.neurons.iter().for_each(|&input| add(&mut block, row(input)));
        } else {
            let spikes = part.neurons.iter().zip(part.factors);
            spikes.for_each(|(&input, &x)| add_product(&mut block, row(input), x));
        }
        *sums = block;
    }
}

/// Adds a row times `x`.
#[inline]
fn add_product<R: Real, const L: usize>(sums: &mut [R; L], row: &[R; L], x: R) {
    if x == R::ONE {
        add(sums, row);
    } else {
        sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum = sum.plus_product(x, weight));
    }
}

pub(super) fn in_lanes<R: Real, const L: usize>(rows: &[Row<R, L>], part: Part<R>, sums: &mut [R; L]) {
    let mut partial = [[R::ZERO; L]; PARTIAL_SUMS];
    for (i, &input) in part.neurons.iter().enumerate() {
        let input = usize::from(input);
        let x = part.factors.get(i).copied().unwrap_or(R::ONE);
        add_product(&mut partial[input % PARTIAL_SUMS], &rows[input].0, x);
    }
    let mut half = PARTIAL_SUMS / 2;
    while half > 0 {
        let (lower, upper) = partial.split_at_mut(half);
        lower.iter_mut().zip(upper).for_each(|(lower, upper)| add(lower, upper));
        half /= 2;
    }
    add(sums, &partial[0]);
}

pub(super) fn in_eights<R: Real, const L: usize>(rows: &[Row<R, L>], presynaptic: &[u16], sums: &mut [R; L]) {
    for eight in presynaptic.chunk_by(|a, b| a / 8 == b / 8) {
        let base = usize::from(eight[0]) & !7;
        let fires = eight.iter().fold(0_u8, |fires, input| fires | 1 << (input % 8));
        let row = |i: usize| (fires >> i & 1 == 1).then(|| &rows[base + i].0);
        // A silent input would add 0, so it is left out.
        let pair = |i: usize, j: usize| match (row(i), row(j)) {
            (Some(a), Some(b)) => Some(plus(*a, b)),
            (one, other) => one.or(other).copied(),
        };
        let quad = match (pair(0, 2), pair(1, 3)) {
            (Some(a), Some(b)) => Some(plus(a, &b)),
            (one, other) => one.or(other),
        };
        let terms = [row(6).copied(), row(4).copied(), pair(5, 7), quad];
        terms.iter().flatten().for_each(|term| add(sums, term));
    }
}

#[inline]
fn plus<R: Real, const L: usize>(mut row: [R; L], other: &[R; L]) -> [R; L] {
    add(&mut row, other);
    row
}

#[inline]
pub(super) fn add<R: Real, const L: usize>(sums: &mut [R; L], row: &[R; L]) {
    add_slice(sums, row);
}

#[inline]
pub(super) fn add_slice<R: Real>(sums: &mut [R], row: &[R]) {
    sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum = sum.plus(weight));
}
