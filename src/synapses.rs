//! Weights laid out for the clock: what the spikes of one step add up to.
//!
//! Nearly all of a presentation's time goes into adding rows of weights, one row a spike. Neurons
//! are dealt out to blocks of [`LANES`], so that the sums of a block stay in registers while all
//! spikes of a step are added to them.

use crate::network::Weights;

/// Neurons whose sums are kept in registers together.
pub(crate) const LANES: usize = 64;

/// The weights of one layer. All kinds give the same sums on every machine: those of integers are
/// exact, those of floats are added in the order of the presynaptic neurons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Synapses {
    Float(Blocks<f32>),
    /// 8-bit weights of which no choice can add up beyond 16 bits.
    Narrow(Blocks<i16>),
    Wide(Blocks<i32>),
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
                if largest_sum.max().unwrap_or(0) <= i64::from(i16::MAX) {
                    Self::Narrow(Blocks::new(integers.dim(), |at| i16::from(integers[at])))
                } else {
                    Self::Wide(Blocks::new(integers.dim(), |at| i32::from(integers[at])))
                }
            }
        }
    }

    /// For each neuron the sum of the weights from the `presynaptic` neurons, which are ascending,
    /// times the neuron's gain: `gains` and `currents` are `[neurons]`.
    pub fn drive(&self, presynaptic: &[u16], gains: &[f32], currents: &mut [f32]) {
        match self {
            Self::Float(blocks) => blocks.drive(presynaptic, gains, currents),
            Self::Narrow(blocks) => blocks.drive(presynaptic, gains, currents),
            Self::Wide(blocks) => blocks.drive(presynaptic, gains, currents),
        }
    }
}

/// Weights as `[blocks, inputs, LANES]`; lanes beyond the last neuron are 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Blocks<T> {
    inputs: usize,
    rows: Vec<[T; LANES]>,
}

impl<T: Weight> Blocks<T> {
    pub fn new((inputs, neurons): (usize, usize), weight: impl Fn([usize; 2]) -> T) -> Self {
        let mut rows = Vec::with_capacity(neurons.div_ceil(LANES) * inputs);
        for first in (0..neurons).step_by(LANES) {
            for input in 0..inputs {
                let lane = |lane| {
                    let neuron = first + lane;
                    if neuron < neurons { weight([input, neuron]) } else { T::ZERO }
                };
                rows.push(std::array::from_fn(lane));
            }
        }
        Self { inputs, rows }
    }

    /// The rows of each block, one an input.
    pub fn blocks(&self) -> impl Iterator<Item = &[[T; LANES]]> {
        self.rows.chunks_exact(self.inputs)
    }

    fn drive(&self, presynaptic: &[u16], gains: &[f32], currents: &mut [f32]) {
        let blocks = self.blocks();
        let neurons = currents.chunks_mut(LANES).zip(gains.chunks(LANES));
        for (rows, (currents, gains)) in blocks.zip(neurons) {
            let mut sums = [T::ZERO; LANES];
            for &input in presynaptic {
                let row = &rows[usize::from(input)];
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum = sum.plus(weight);
                }
            }
            for ((current, sum), gain) in currents.iter_mut().zip(sums).zip(gains) {
                *current = sum.to_f32() * gain;
            }
        }
    }
}

pub(crate) trait Weight: Copy {
    const ZERO: Self;
    fn plus(self, other: Self) -> Self;
    fn to_f32(self) -> f32;
}

impl Weight for f64 {
    const ZERO: Self = 0.0;
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn to_f32(self) -> f32 {
        self as f32
    }
}

impl Weight for f32 {
    const ZERO: Self = 0.0;
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn to_f32(self) -> f32 {
        self
    }
}

impl Weight for i16 {
    const ZERO: Self = 0;
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    fn to_f32(self) -> f32 {
        f32::from(self)
    }
}

impl Weight for i32 {
    const ZERO: Self = 0;
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    fn to_f32(self) -> f32 {
        self as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2};

    const INPUTS: usize = 300;

    /// The definition, one neuron and one weight at a time.
    fn reference(weights: &Weights, presynaptic: &[u16], gains: &[f32]) -> Vec<f32> {
        let sum = |neuron: usize| match weights {
            Weights::Float(weights) => {
                presynaptic.iter().fold(0.0, |sum: f32, &i| sum + weights[[usize::from(i), neuron]])
            }
            Weights::Int8 { integers, .. } => {
                presynaptic.iter().map(|&i| i64::from(integers[[usize::from(i), neuron]])).sum::<i64>() as f32
            }
        };
        gains.iter().enumerate().map(|(neuron, gain)| sum(neuron) * gain).collect()
    }

    fn int8(neurons: usize, weight: impl Fn(usize, usize) -> i8) -> Weights {
        let integers = Array2::from_shape_fn((INPUTS, neurons), |(i, j)| weight(i, j));
        Weights::Int8 { integers, scales: Array1::ones(neurons) }
    }

    fn scrambled(i: usize, j: usize) -> i8 {
        ((i * 7919 + j * 104_729) % 251) as i8
    }

    #[test]
    fn blocks_add_up_to_the_definition_bit_for_bit() {
        let every_third: Vec<u16> = (0..INPUTS as u16).step_by(3).collect();
        for neurons in [1, 10, 63, 64, 65, 128, 200] {
            let gains: Vec<f32> = (0..neurons).map(|j| 0.3 + j as f32 * 0.01).collect();
            let float = Array2::from_shape_fn((INPUTS, neurons), |(i, j)| f32::from(scrambled(i, j)) * 0.037);
            let all_weights = [
                Weights::Float(float),
                int8(neurons, scrambled),
                int8(neurons, |_, _| 127),
                int8(neurons, |_, _| -128),
            ];
            for weights in all_weights {
                for presynaptic in [&[][..], &[0], &[299], &every_third] {
                    let mut currents = vec![f32::NAN; neurons];
                    Synapses::new(&weights).drive(presynaptic, &gains, &mut currents);
                    assert_eq!(currents, reference(&weights, presynaptic, &gains), "{neurons} neurons");
                }
            }
        }
    }

    #[test]
    fn sums_are_wide_only_where_they_must_be() {
        assert!(matches!(Synapses::new(&int8(2, scrambled)), Synapses::Narrow(_)));
        // 300 x 127 is beyond 16 bits, and so is 300 x -128.
        assert!(matches!(Synapses::new(&int8(2, |_, j| if j == 1 { 127 } else { 0 })), Synapses::Wide(_)));
        assert!(matches!(Synapses::new(&int8(2, |_, _| -128)), Synapses::Wide(_)));
    }
}
