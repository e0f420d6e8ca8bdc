//! Weights in the order in which the simulation adds them up.
//!
//! A presentation spends nearly all of its time on adding rows of weights, one row per spike. Neurons form
//! blocks. The sums of a block fit in the 128-bit registers and stay there while all spikes of a step are added.

use super::weights::Weights;

/// Neurons per block. 32-bit sums need twice as many registers as 16-bit sums. Even so their blocks are not
/// shorter: the compiler would unroll loops of half the length to single additions without vectors.
pub(crate) const LANES: usize = 64;

/// Neurons per block of a small layer, such as the outputs.
pub(crate) const FEW: usize = 16;

/// The weights of one layer. Every kind gives the same sums on every machine: sums of integers are exact, and
/// floats are added in the order of the presynaptic neurons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Synapses {
    /// Floating-point weights.
    Float(Blocks<f32, LANES>),
    /// 8-bit weights whose sums fit in 16 bits for every set of inputs that spike.
    Narrow(Blocks<i16, LANES>),
    /// [`Synapses::Narrow`] for at most [`FEW`] neurons.
    Few(Blocks<i16, FEW>),
    /// 8-bit weights whose sums need 32 bits.
    Wide(Blocks<i32, LANES>),
}

impl Synapses {
    pub fn new(weights: &Weights) -> Self {
        match weights {
            Weights::Float(weights) => Self::Float(Blocks::new(weights.dim(), |at| weights[at])),
            Weights::Int8 { integers, .. } => {
                let largest_sum = integers.columns().into_iter().map(|column| {
                    let sum_of =
                        |sign: i64| -> i64 { column.iter().map(|&q| (sign * i64::from(q)).max(0)).sum() };
                    sum_of(1).max(sum_of(-1))
                });
                let is_narrow = largest_sum.max().unwrap_or(0) <= i64::from(i16::MAX);
                let narrow = |at: [usize; 2]| i16::from(integers[at]);
                match (is_narrow, integers.ncols() <= FEW) {
                    (true, true) => Self::Few(Blocks::new(integers.dim(), narrow)),
                    (true, false) => Self::Narrow(Blocks::new(integers.dim(), narrow)),
                    (false, _) => Self::Wide(Blocks::new(integers.dim(), |at| i32::from(integers[at]))),
                }
            }
        }
    }

    /// Number of neurons, rounded up to whole blocks.
    pub fn lanes(&self) -> usize {
        match self {
            Self::Float(blocks) => blocks.lanes(),
            Self::Narrow(blocks) => blocks.lanes(),
            Self::Few(blocks) => blocks.lanes(),
            Self::Wide(blocks) => blocks.lanes(),
        }
    }
}

/// The weights from one input to the neurons of a block. Aligned to a cache line, because a vector that
/// crosses the border of two lines takes two loads.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(crate) struct Row<T, const L: usize>(pub [T; L]);

impl<T: Weight, const L: usize> Row<T, L> {
    /// Adds the row to the sums of the block.
    #[inline(always)]
    pub fn add_to(&self, sums: &mut [T; L]) {
        for (sum, &weight) in sums.iter_mut().zip(&self.0) {
            *sum = sum.plus(weight);
        }
    }
}

/// Weights as `[blocks, inputs, L]`; lanes beyond the last neuron are 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Blocks<T, const L: usize = LANES> {
    inputs: usize,
    rows: Vec<Row<T, L>>,
}

impl<T: Weight, const L: usize> Blocks<T, L> {
    pub fn new((inputs, neurons): (usize, usize), weight: impl Fn([usize; 2]) -> T) -> Self {
        let mut rows = Vec::with_capacity(neurons.div_ceil(L) * inputs);
        for first in (0..neurons).step_by(L) {
            for input in 0..inputs {
                let lane = |lane| {
                    let neuron = first + lane;
                    if neuron < neurons { weight([input, neuron]) } else { T::ZERO }
                };
                rows.push(Row(std::array::from_fn(lane)));
            }
        }
        Self { inputs, rows }
    }

    /// The rows of each block, one per input.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = &[Row<T, L>]> {
        self.rows.chunks_exact(self.inputs)
    }

    fn lanes(&self) -> usize {
        self.rows.len() / self.inputs * L
    }
}

pub(crate) trait Weight: Copy {
    const ZERO: Self;
    /// Whether a sum is the same in every order.
    const EXACT: bool;
    fn plus(self, other: Self) -> Self;
    fn negated(self) -> Self;
    fn to_f32(self) -> f32;
}

impl Weight for f64 {
    const ZERO: Self = 0.0;
    const EXACT: bool = false;
    #[inline(always)]
    fn negated(self) -> Self {
        -self
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn to_f32(self) -> f32 {
        self as f32
    }
}

impl Weight for f32 {
    const ZERO: Self = 0.0;
    const EXACT: bool = false;
    #[inline(always)]
    fn negated(self) -> Self {
        -self
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn to_f32(self) -> f32 {
        self
    }
}

impl Weight for i16 {
    const ZERO: Self = 0;
    const EXACT: bool = true;
    #[inline(always)]
    fn negated(self) -> Self {
        self.wrapping_neg()
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn to_f32(self) -> f32 {
        f32::from(self)
    }
}

impl Weight for i32 {
    const ZERO: Self = 0;
    const EXACT: bool = true;
    #[inline(always)]
    fn negated(self) -> Self {
        self.wrapping_neg()
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn to_f32(self) -> f32 {
        self as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2};

    const INPUTS: usize = 300;

    fn int8(neurons: usize, weight: impl Fn(usize, usize) -> i8) -> Weights {
        let integers = Array2::from_shape_fn((INPUTS, neurons), |(i, j)| weight(i, j));
        Weights::Int8 { integers, scales: Array1::ones(neurons) }
    }

    fn scrambled(i: usize, j: usize) -> i8 {
        ((i * 7919 + j * 104_729) % 251) as i8
    }

    #[test]
    fn every_weight_is_in_its_block() {
        let weights = Array2::from_shape_fn((INPUTS, 150), |(i, j)| (i * 1000 + j) as f32);
        let blocks = Blocks::<f32, 64>::new(weights.dim(), |at| weights[at]);
        assert_eq!((blocks.blocks().count(), blocks.lanes()), (3, 192));
        for (block, rows) in blocks.blocks().enumerate() {
            assert_eq!(rows.len(), INPUTS);
            for (input, row) in rows.iter().enumerate() {
                for (lane, &weight) in row.0.iter().enumerate() {
                    assert_eq!(weight, weights.get([input, 64 * block + lane]).copied().unwrap_or(0.0));
                }
            }
        }
    }

    #[test]
    fn sums_have_32_bits_only_where_16_are_too_few() {
        assert!(matches!(Synapses::new(&int8(16, scrambled)), Synapses::Few(_)));
        assert!(matches!(Synapses::new(&int8(17, scrambled)), Synapses::Narrow(_)));
        // Neither 300 x 127 nor 300 x -128 fits in 16 bits.
        assert!(matches!(Synapses::new(&int8(2, |_, j| if j == 1 { 127 } else { 0 })), Synapses::Wide(_)));
        assert!(matches!(Synapses::new(&int8(2, |_, _| -128)), Synapses::Wide(_)));
    }
}
