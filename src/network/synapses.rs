//! Weights as integers, in the order in which the simulation adds them up.
//!
//! A presentation spends nearly all of its time on adding rows of weights, one row per spike. Neurons form
//! blocks. The sums of a block fit in the 128-bit registers and stay there while all spikes of a step are added.

use ndarray::Array2;

use super::sizes::MAX_NEURONS;
use super::weights::Weights;

/// Neurons per block. 32-bit sums need twice as many registers as 16-bit sums. Even so their blocks are not
/// shorter: the compiler would unroll loops of half the length to single additions without vectors.
pub(crate) const LANES: usize = 64;

/// Neurons per block of a small layer, such as the outputs.
pub(crate) const FEW: usize = 16;

/// The weights of one layer as integers. Sums of integers are exact, so every kind gives the same sums on every machine
/// and in every order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Synapses {
    /// Weights whose sums fit in 16 bits for every set of inputs that spike.
    Narrow(Blocks<i16, LANES>),
    /// Weights whose sums need 32 bits.
    Wide(Blocks<i32, LANES>),
    /// Weights of at most [`FEW`] neurons. For so few, sums of 32 bits take as long as those of 16.
    Few(Blocks<i32, FEW>),
}

impl Synapses {
    /// The weights of a layer, and the factor that turns the integers of each neuron back into weights, `[neurons]`.
    pub fn new(weights: &Weights) -> (Self, Vec<f64>) {
        match weights {
            Weights::Float(floats) => {
                let scales = fixed_point_scales(floats);
                let integer = |at: [usize; 2]| fixed_point(floats[at], scales[at[1]]);
                (Self::of(floats.dim(), false, &integer), scales)
            }
            Weights::Int8 { integers, scales } => {
                let largest_sum = integers.columns().into_iter().map(|column| {
                    let sum_of =
                        |sign: i64| -> i64 { column.iter().map(|&q| (sign * i64::from(q)).max(0)).sum() };
                    sum_of(1).max(sum_of(-1))
                });
                let is_narrow = largest_sum.max().unwrap_or(0) <= i64::from(i16::MAX);
                let synapses = Self::of(integers.dim(), is_narrow, &|at| i32::from(integers[at]));
                (synapses, scales.iter().map(|&scale| f64::from(scale)).collect())
            }
        }
    }

    /// Not generic, because copies of this code for each type of weights would make the pad's wasm larger.
    fn of(shape: (usize, usize), is_narrow: bool, weight: &dyn Fn([usize; 2]) -> i32) -> Self {
        match shape.1 <= FEW {
            true => Self::Few(Blocks::new(shape, weight)),
            false if is_narrow => Self::Narrow(Blocks::new(shape, |at| weight(at) as i16)),
            false => Self::Wide(Blocks::new(shape, weight)),
        }
    }

    /// Number of neurons, rounded up to whole blocks.
    pub fn lanes(&self) -> usize {
        match self {
            Self::Narrow(blocks) => blocks.lanes(),
            Self::Few(blocks) => blocks.lanes(),
            Self::Wide(blocks) => blocks.lanes(),
        }
    }

    /// The memory that the weights take, in bytes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Narrow(blocks) => size_of_val(&*blocks.rows),
            Self::Few(blocks) => size_of_val(&*blocks.rows),
            Self::Wide(blocks) => size_of_val(&*blocks.rows),
        }
    }
}

/// Where a sum of weights ends: 2^31 - 1, less the rounding of all inputs that a layer may have.
const LARGEST_SUM: f64 = (i32::MAX as usize - MAX_NEURONS) as f64;

/// The unit of the integers that stand for each neuron's weights, `[neurons]`. Every sum of these integers fits in 32 bits,
/// whichever inputs spike. The rounding of a weight is at most half a unit, 2^-32 of the sum of the neuron's
/// positive or negative weights: less than the rounding of one addition of such a sum in 32-bit floats, which is 2^-25.
pub(crate) fn fixed_point_scales(weights: &Array2<f32>) -> Vec<f64> {
    // The sums of the positive and of the negative weights of each neuron, row by row, as they lie in memory.
    let (inputs, neurons) = weights.dim();
    let mut sums = vec![[0.0_f64; 2]; neurons];
    for input in 0..inputs {
        for (neuron, sums) in sums.iter_mut().enumerate() {
            let weight = f64::from(weights[[input, neuron]]);
            sums[usize::from(weight < 0.0)] += weight.abs();
        }
    }
    let scale = |[positive, negative]: [f64; 2]| {
        let largest = positive.max(negative);
        if largest > 0.0 { largest / LARGEST_SUM } else { 1.0 }
    };
    sums.into_iter().map(scale).collect()
}

/// The integer that stands for a weight: the nearest multiple of `scale`.
pub(crate) fn fixed_point(weight: f32, scale: f64) -> i32 {
    (f64::from(weight) / scale).round() as i32
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
    fn plus(self, other: Self) -> Self;
    fn to_f32(self) -> f32;
}

/// A weight whose sums are the same in every order.
pub(crate) trait Exact: Weight {
    fn negated(self) -> Self;
}

impl Weight for f64 {
    const ZERO: Self = 0.0;
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
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn to_f32(self) -> f32 {
        self as f32
    }
}

impl Exact for i16 {
    #[inline(always)]
    fn negated(self) -> Self {
        self.wrapping_neg()
    }
}

impl Exact for i32 {
    #[inline(always)]
    fn negated(self) -> Self {
        self.wrapping_neg()
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
        let kind = |weights: &Weights| Synapses::new(weights).0;
        assert!(matches!(kind(&int8(16, scrambled)), Synapses::Few(_)));
        assert!(matches!(kind(&int8(17, scrambled)), Synapses::Narrow(_)));
        // Neither 300 x 127 nor 300 x -128 fits in 16 bits.
        assert!(matches!(kind(&int8(20, |_, j| if j == 1 { 127 } else { 0 })), Synapses::Wide(_)));
        assert!(matches!(kind(&int8(20, |_, _| -128)), Synapses::Wide(_)));
    }

    #[test]
    fn integers_stand_for_floats_and_no_sum_overflows() {
        let cases: [fn(usize, usize) -> f32; 4] = [
            |i, j| ((i * 7919 + j * 104_729) % 1009) as f32 * 0.001_37 - 0.6,
            |i, _| if i == 7 { 3e38 } else { 1e-30 },
            |i, j| if j == 0 { 0.0 } else { -1e-38 * i as f32 },
            // Every rounding is upwards.
            |i, _| if i == 0 { 1.0 } else { 1.0 + 1e-6 * (i % 3) as f32 },
        ];
        for weight in cases {
            let weights = Array2::from_shape_fn((INPUTS, 3), |(i, j)| weight(i, j));
            let scales = fixed_point_scales(&weights);
            for (column, &scale) in weights.columns().into_iter().zip(&scales) {
                let integers: Vec<i32> = column.iter().map(|&w| fixed_point(w, scale)).collect();
                for sign in [1, -1] {
                    let sum: i64 = integers.iter().map(|&q| (sign * i64::from(q)).max(0)).sum();
                    assert!(sum <= i64::from(i32::MAX), "{sum}");
                }
                for (&w, &q) in column.iter().zip(&integers) {
                    assert!((f64::from(w) - f64::from(q) * scale).abs() <= 0.5001 * scale, "{w} {q} {scale}");
                }
            }
        }
    }
}
