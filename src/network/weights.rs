//! The weights of one layer in their stored form.

use ndarray::{Array1, Array2};

/// Weights of one layer, `[inputs, outputs]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// Floating-point numbers, `[inputs, outputs]`.
    Float(Array2<f32>),
    /// 8-bit integers. A weight is its integer times the scale of its output neuron.
    Int8 {
        /// `[inputs, outputs]`.
        integers: Array2<i8>,
        /// `[outputs]`.
        scales: Array1<f32>,
    },
}

impl Weights {
    /// Inputs and outputs.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        match self {
            Self::Float(weights) => weights.dim(),
            Self::Int8 { integers, .. } => integers.dim(),
        }
    }

    /// Whether the numbers lie in memory row by row.
    pub(super) fn is_row_major(&self) -> bool {
        match self {
            Self::Float(weights) => weights.is_standard_layout(),
            Self::Int8 { integers, .. } => integers.is_standard_layout(),
        }
    }

    /// The weights as floats, `[inputs, outputs]`, always row-major.
    #[must_use]
    pub fn to_float(&self) -> Array2<f32> {
        // Element by element: ndarray's arithmetic on whole arrays compiles to several times as much code.
        Array2::from_shape_fn(self.shape(), |(input, output)| match self {
            Self::Float(weights) => weights[[input, output]],
            Self::Int8 { integers, scales } => f32::from(integers[[input, output]]) * scales[output],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;

    #[test]
    fn integers_times_scales_are_the_weights() {
        let integers = Array2::from_shape_fn((PIXELS, 2), |(i, j)| (i % 3) as i8 - j as i8);
        let scales = ndarray::array![0.5, 0.25];
        let weights = Weights::Int8 { integers, scales };
        assert_eq!(weights.to_float()[[2, 0]], 1.0);
        assert_eq!(weights.to_float()[[0, 1]], -0.25);
    }
}
