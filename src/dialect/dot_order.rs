//! The order of sums in MKL's kernels for dot products.
//!
//! MKL multiplies a row by a matrix that is stored `[neurons, inputs]` by a dot product for each neuron, with vectors of four
//! numbers where the processor is not Intel's: four partial sums of every fourth input, without fused multiply-adds. Matrices
//! of four neurons at a time and what is left after them go through different kernels. The orders were found by sums that
//! show which two terms are added first, and give MKL's sums bit for bit (MKL 2024.2 in PyTorch 2.15.0, 2026-11).

use super::real::Real;
use super::rows::{Arriving, add};
use crate::network::synapses::Row;

/// How the inputs are divided among partial sums.
#[derive(Debug, Clone, Copy)]
struct Dot {
    /// The first inputs, which are added one after another to partial sum 0.
    first: usize,
    /// The end of the inputs in partial sums. Those that follow are added to the total, one after another.
    end: usize,
    /// Partial sums: 4, or 8 of which the upper half is added to the lower half.
    partial: usize,
}

/// Neurons that are multiplied at once.
const GROUP: usize = 4;

impl Dot {
    /// A row times a matrix. The neurons that are left after groups of four are multiplied one by one; the second of them
    /// with four partial sums, the others with eight.
    fn of_row(inputs: usize, neurons: usize, neuron: usize) -> Self {
        let grouped = neurons - neurons % GROUP;
        if neuron < grouped {
            let first = match inputs % GROUP {
                0 => GROUP.min(inputs),
                rest => rest,
            };
            return Self { first, end: inputs, partial: 4 };
        }
        let first = GROUP.min(inputs);
        let end = first + (inputs - first) / 8 * 8;
        Self { first, end, partial: if neuron == grouped + 1 { 4 } else { 8 } }
    }

    /// A train times a matrix of few neurons, for a number of inputs that four divides. With others, the order depends on
    /// the addresses of the rows.
    fn of_train(inputs: usize, neurons: usize, neuron: usize) -> Self {
        let partial = if neuron < neurons - neurons % GROUP { 4 } else { 8 };
        Self { first: 0, end: inputs / partial * partial, partial }
    }

    /// The sums of the products with the rows of a block of neurons.
    fn sums<R: Real, const L: usize>(self, rows: &[Row<R, L>], arriving: &Arriving<R>) -> [R; L] {
        let Self { first, end, partial } = self;
        let mut sums = [[R::ZERO; L]; 8];
        let mut spikes = arriving.products().peekable();
        while let Some((input, x)) = spikes.next_if(|&(input, _)| input < end) {
            let place = input.checked_sub(first).map_or(0, |input| input % partial);
            add_product(&mut sums[place], &rows[input], x);
        }
        if partial == 8 {
            let (lower, upper) = sums.split_at_mut(4);
            lower.iter_mut().zip(upper).for_each(|(lower, upper)| add(lower, upper));
        }
        let [mut total, mut odd, even, last, ..] = sums;
        add(&mut total, &even);
        add(&mut odd, &last);
        add(&mut total, &odd);
        for (input, x) in spikes {
            add_product(&mut total, &rows[input], x);
        }
        total
    }
}

/// Adds the product with `x`, rounded before it is added.
fn add_product<R: Real, const L: usize>(sums: &mut [R; L], row: &Row<R, L>, x: R) {
    if x == R::ONE {
        return add(sums, &row.0);
    }
    sums.iter_mut().zip(&row.0).for_each(|(sum, &w)| *sum = sum.plus(R::ZERO.plus_product(x, w)));
}

/// The sums of the neurons from `start` on, whose weights are `rows`, as MKL multiplies one row, or a whole `train`, by a
/// matrix of `neurons`.
pub(super) fn sums<R: Real, const L: usize>(
    rows: &[Row<R, L>],
    arriving: &Arriving<R>,
    train: bool,
    (start, neurons): (usize, usize),
) -> [R; L] {
    let dot = if train { Dot::of_train } else { Dot::of_row };
    let grouped = neurons - neurons % GROUP;
    let mut sums = dot(rows.len(), neurons, 0).sums(rows, arriving);
    for neuron in grouped.max(start)..neurons.min(start + L) {
        sums[neuron - start] = dot(rows.len(), neurons, neuron).sums(rows, arriving)[neuron - start];
    }
    sums
}
