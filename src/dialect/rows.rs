//! Adds rows of weights, one for each input that fires, in the precision of a framework.

use crate::network::synapses::{Blocks, Row, Weight};
use crate::spikes::Spikes;

/// The precision that a framework computes in: f32 or f64.
pub(crate) trait Real: Weight + PartialOrd + Send + Sync + 'static {
    const ONE: Self;
    /// Whether the order of a sum matters. In f64 it hardly ever does.
    const ORDERED: bool;
    fn from_f64(x: f64) -> Self;
    fn to_f64(self) -> f64;
    /// `self` + `x` times `weight`. In f32 it is rounded once, because matrix products use fused
    /// multiply-adds.
    fn plus_product(self, x: Self, weight: Self) -> Self;
}

impl Real for f32 {
    const ONE: Self = 1.0;
    const ORDERED: bool = true;
    fn from_f64(x: f64) -> Self {
        x as f32
    }
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    fn plus_product(self, x: Self, weight: Self) -> Self {
        // The product of two f32 is exact in f64.
        (f64::from(x) * f64::from(weight) + f64::from(self)) as f32
    }
}

impl Real for f64 {
    const ONE: Self = 1.0;
    const ORDERED: bool = false;
    fn from_f64(x: f64) -> Self {
        x
    }
    fn to_f64(self) -> f64 {
        self
    }
    fn plus_product(self, x: Self, weight: Self) -> Self {
        self + x * weight
    }
}

/// Inputs whose rows are added in one pass through the sums of a block. The sums do not fit in the registers, so each pass
/// loads and stores them.
const ROWS: usize = 4;

/// Partial sums of a product of a row and a matrix: see [`Order::Lanes`](super::summation::Order::Lanes).
const PARTIAL_SUMS: usize = 16;

/// The spikes that arrive at a layer in one step.
pub(super) struct Arriving<'a, R> {
    pub neurons: &'a [u16],
    pub counts: &'a [u32],
    /// The number of spikes of each neuron times their height; empty if all are 1.
    factors: Vec<R>,
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
        let (neurons, counts) = (spikes.neurons(), spikes.counts());
        let factors = if counts.is_empty() && height == R::ONE {
            Vec::new()
        } else {
            let factor = |(_, count): (u16, u32)| R::from_f64(f64::from(count) * height.to_f64());
            spikes.iter().map(factor).collect()
        };
        Self { neurons, counts, factors }
    }

    pub fn all(&self) -> Part<'_, R> {
        Part { neurons: self.neurons, factors: &self.factors }
    }

    /// The spikes of the inputs of each partial sum of [`Order::Lanes`], in their order.
    pub fn by_lane(&self) -> [(Vec<u16>, Vec<R>); PARTIAL_SUMS] {
        let mut lanes: [(Vec<u16>, Vec<R>); PARTIAL_SUMS] = Default::default();
        for (i, &input) in self.neurons.iter().enumerate() {
            let (neurons, factors) = &mut lanes[usize::from(input) % PARTIAL_SUMS];
            neurons.push(input);
            factors.extend(self.factors.get(i));
        }
        lanes
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

/// Adds rows one after another, [`ROWS`] of them in each pass through the sums.
pub(super) fn in_order<R: Real, const L: usize>(rows: &[Row<R, L>], part: Part<R>, sums: &mut [R; L]) {
    let row = |input: u16| &rows[usize::from(input)].0;
    if part.factors.is_empty() {
        let groups = part.neurons.chunks_exact(ROWS);
        let rest = groups.remainder();
        for group in groups {
            let [a, b, c, d] = [row(group[0]), row(group[1]), row(group[2]), row(group[3])];
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum = sum.plus(a[lane]).plus(b[lane]).plus(c[lane]).plus(d[lane]);
            }
        }
        rest.iter().for_each(|&input| add(sums, row(input)));
        return;
    }
    let groups = part.neurons.chunks_exact(ROWS).zip(part.factors.chunks_exact(ROWS));
    for (inputs, factors) in groups {
        if factors.contains(&R::ONE) {
            inputs.iter().zip(factors).for_each(|(&input, &x)| add_product(sums, row(input), x));
        } else {
            let [a, b, c, d] = [row(inputs[0]), row(inputs[1]), row(inputs[2]), row(inputs[3])];
            let [xa, xb, xc, xd] = [factors[0], factors[1], factors[2], factors[3]];
            for (lane, sum) in sums.iter_mut().enumerate() {
                let half = sum.plus_product(xa, a[lane]).plus_product(xb, b[lane]);
                *sum = half.plus_product(xc, c[lane]).plus_product(xd, d[lane]);
            }
        }
    }
    let done = part.neurons.len() / ROWS * ROWS;
    let rest = part.neurons[done..].iter().zip(&part.factors[done..]);
    rest.for_each(|(&input, &x)| add_product(sums, row(input), x));
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

pub(super) fn in_lanes<R: Real, const L: usize>(
    rows: &[Row<R, L>],
    by_lane: &[(Vec<u16>, Vec<R>); PARTIAL_SUMS],
    sums: &mut [R; L],
) {
    let mut partial = [[R::ZERO; L]; PARTIAL_SUMS];
    for (block, (neurons, factors)) in partial.iter_mut().zip(by_lane) {
        in_order(rows, Part { neurons, factors }, block);
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
