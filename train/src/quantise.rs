//! Quantises weights to 8 bits, with a scale for each neuron.

use ndarray::{Array1, Array2};
use spikepad::Weights;

/// The largest integer. -128 is not used, so that the range is symmetric.
const LARGEST: f32 = 127.0;

/// Quantises `[inputs, outputs]` weights. The weight of each neuron with the largest magnitude becomes 127 or
/// -127. All others become the nearest multiple of the neuron's scale.
pub fn quantise(weights: &Array2<f32>) -> Weights {
    let scales: Array1<f32> = weights
        .columns()
        .into_iter()
        .map(|column| {
            let largest = column.iter().fold(0.0f32, |largest, w| largest.max(w.abs()));
            if largest > 0.0 { largest / LARGEST } else { 1.0 }
        })
        .collect();
    let integers = (weights / &scales).mapv(|w| w.round() as i8);
    Weights::Int8 { integers, scales }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_weight_is_at_most_half_a_scale() {
        let weights =
            Array2::from_shape_fn((50, 3), |(i, j)| ((i * 7 + j) as f32).sin() * 10f32.powi(j as i32));
        let quantised = quantise(&weights);
        let Weights::Int8 { integers, scales } = &quantised else { panic!("not quantised") };
        assert!(integers.columns().into_iter().all(|c| c.iter().any(|q| q.unsigned_abs() == 127)));
        for ((_, j), error) in (quantised.to_float() - &weights).indexed_iter() {
            assert!(error.abs() <= scales[j] * 0.5001);
        }
    }

    #[test]
    fn weights_of_0_stay_0() {
        let quantised = quantise(&Array2::zeros((4, 2)));
        assert!(quantised.to_float().iter().all(|&w| w == 0.0));
    }
}
