//! What the spikes of one step add up to, in the precision and in the order of a framework.
//!
//! Sums of floating-point numbers depend on their order in the last bits, and now and then a last
//! bit decides whether a neuron fires. The orders here are those that give the recorded currents
//! bit for bit: see `docs/dialects.md`.

use std::sync::Arc;

use ndarray::Array2;

use crate::spikes::Spikes;
use crate::synapses::{Blocks, LANES, Weight};

/// The precision that a framework computes in: f32 or f64.
pub(crate) trait Real: Weight + PartialOrd + Send + Sync + 'static {
    const ONE: Self;
    fn from_f64(x: f64) -> Self;
    fn to_f64(self) -> f64;
    /// `self` + `x` times `weight`, rounded once where it can matter: a matrix product in f32
    /// fuses the two.
    fn plus_product(self, x: Self, weight: Self) -> Self;
}

impl Real for f32 {
    const ONE: Self = 1.0;
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

/// In which order the weights of a step's spikes are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// One after another, in the order of the presynaptic neurons.
    Index,
    /// As a product of two matrices is taken: in panels of at most 384 inputs, each summed from 0
    /// and then added to the sum (OpenBLAS `driver/level3/level3.c`: `GEMM_Q`).
    Panels,
    /// As a product of a vector and a matrix is taken, with 16 numbers in a register: input i is
    /// added to partial sum i mod 16, and the upper half of those to the lower until one is left.
    Lanes,
}

const PANEL: usize = 384;
const PARTIAL_SUMS: usize = 16;

/// The weights that lead to one layer.
#[derive(Debug, Clone)]
pub(crate) struct Sums<R> {
    weights: Arc<Blocks<R>>,
    inputs: usize,
    order: Order,
    /// What one spike is worth.
    height: R,
}

impl<R: Real> Sums<R> {
    /// `weights` is `[inputs, neurons]`.
    pub fn new(weights: &Array2<f32>, scale: f64, order: Order, height: f64) -> Self {
        let scale = R::from_f64(scale);
        let weight = |at: [usize; 2]| R::ZERO.plus_product(scale, R::from_f64(f64::from(weights[at])));
        Self {
            weights: Arc::new(Blocks::new(weights.dim(), weight)),
            inputs: weights.nrows(),
            order,
            height: R::from_f64(height),
        }
    }

    /// Adds to each of `sums`, `[neurons]`, the weights of the spikes `presynaptic`.
    pub fn add(&self, presynaptic: Spikes, sums: &mut [R]) {
        for (rows, sums) in self.weights.blocks().zip(sums.chunks_mut(LANES)) {
            let mut block = [R::ZERO; LANES];
            block[..sums.len()].copy_from_slice(sums);
            match self.order {
                Order::Index => self.in_order(rows, presynaptic.iter(), &mut block),
                Order::Panels => self.in_panels(rows, presynaptic, &mut block),
                Order::Lanes => self.in_lanes(rows, presynaptic, &mut block),
            }
            sums.copy_from_slice(&block[..sums.len()]);
        }
    }

    fn in_order(
        &self,
        rows: &[[R; LANES]],
        presynaptic: impl Iterator<Item = (u16, u32)>,
        sums: &mut [R; LANES],
    ) {
        // Apart from the caller's, so that they stay in registers.
        let mut block = *sums;
        presynaptic.for_each(|(input, count)| self.add_row(&rows[usize::from(input)], count, &mut block));
        *sums = block;
    }

    fn in_panels(&self, rows: &[[R; LANES]], presynaptic: Spikes, sums: &mut [R; LANES]) {
        let mut spikes = presynaptic.iter().peekable();
        let mut start = 0;
        while start < self.inputs {
            // What remains is halved, rather than leave a thin last panel.
            let end = match self.inputs - start {
                left if left >= 2 * PANEL => start + PANEL,
                left if left > PANEL => start + left.div_ceil(2),
                left => start + left,
            };
            let mut panel = [R::ZERO; LANES];
            let inside = std::iter::from_fn(|| spikes.next_if(|&(input, _)| usize::from(input) < end));
            self.in_order(rows, inside, &mut panel);
            add(sums, &panel);
            start = end;
        }
    }

    fn in_lanes(&self, rows: &[[R; LANES]], presynaptic: Spikes, sums: &mut [R; LANES]) {
        let mut partial = [[R::ZERO; LANES]; PARTIAL_SUMS];
        for (input, count) in presynaptic.iter() {
            let input = usize::from(input);
            self.add_row(&rows[input], count, &mut partial[input % PARTIAL_SUMS]);
        }
        let mut half = PARTIAL_SUMS / 2;
        while half > 0 {
            let (lower, upper) = partial.split_at_mut(half);
            lower.iter_mut().zip(upper).for_each(|(lower, upper)| add(lower, upper));
            half /= 2;
        }
        add(sums, &partial[0]);
    }

    #[inline]
    fn add_row(&self, row: &[R; LANES], count: u32, sums: &mut [R; LANES]) {
        let x = R::from_f64(f64::from(count) * self.height.to_f64());
        if x == R::ONE {
            add(sums, row);
        } else {
            sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum = sum.plus_product(x, weight));
        }
    }
}

#[inline]
fn add<R: Real>(sums: &mut [R; LANES], row: &[R; LANES]) {
    sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum = sum.plus(weight));
}
