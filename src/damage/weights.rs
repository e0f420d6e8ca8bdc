//! Weights that are rounded, noisy or cut off.

use ndarray::{Array1, Array2};

use crate::encoding::{split_mix, uniform};
use crate::network::Weights;

/// Steps that are tried for the weights of a neuron: shares of the step that covers all of them, in units of 1/TRIED.
const TRIED: u32 = 32;

/// Tells the random numbers of the noise apart from those that choose neurons.
const NOISE_STREAM: u64 = 1 << 62;

/// The weights with so many bits each, 1 to 8: see [`Damage::bits`](super::Damage::bits).
pub fn rounded(weights: &Weights, bits: u32) -> Weights {
    let float = weights.to_float();
    let (inputs, outputs) = float.dim();
    let mut integers = Array2::<i8>::zeros((inputs, outputs));
    let mut scales = Array1::<f32>::zeros(outputs);
    let mut own = vec![0.0_f64; inputs];
    for neuron in 0..outputs {
        own.iter_mut().enumerate().for_each(|(input, weight)| *weight = f64::from(float[[input, neuron]]));
        let (step, most) = if bits == 1 { (mean_size(&own), 1.0) } else { best_step(&own, bits) };
        // The step must not become infinite, nor 0 / 0, as a number of 32 bits.
        scales[neuron] = (step as f32).min(f32::MAX / 128.0);
        for (input, &weight) in own.iter().enumerate() {
            integers[[input, neuron]] = match (bits, step > 0.0) {
                (1, _) => {
                    if weight < 0.0 {
                        -1
                    } else {
                        1
                    }
                }
                (_, true) => (weight / step).round().clamp(-most, most) as i8,
                (_, false) => 0,
            };
        }
    }
    Weights::Int8 { integers, scales }
}

fn square(number: f64) -> f64 {
    number * number
}

fn mean_size(weights: &[f64]) -> f64 {
    weights.iter().map(|weight| weight.abs()).sum::<f64>() / weights.len().max(1) as f64
}

/// The step with the least squared error of those that are tried, and the largest multiple of it.
fn best_step(weights: &[f64], bits: u32) -> (f64, f64) {
    let most = f64::from((1 << (bits - 1)) - 1);
    let largest = weights.iter().fold(0.0_f64, |largest, weight| largest.max(weight.abs()));
    let error = |step: f64| -> f64 {
        let of = |weight: &f64| weight - (weight / step).round().clamp(-most, most) * step;
        weights.iter().map(|weight| square(of(weight))).sum()
    };
    let steps = (1..=TRIED).map(|share| largest / most * f64::from(share) / f64::from(TRIED));
    let tried = steps.filter(|&step| step > 0.0).map(|step| (step, error(step)));
    // Among steps with the same error, takes the smallest.
    let best = tried.reduce(|best, next| if next.1 < best.1 { next } else { best });
    (best.map_or(0.0, |(step, _)| step), most)
}

/// The weights with normal noise: see [`Damage::noise`](super::Damage::noise). The noise of each weight depends on the seed, the
/// layer and the weight's place only; a larger `noise` is a multiple of it.
pub fn with_noise(weights: &Weights, noise: f64, seed: u64, layer: usize) -> Weights {
    let mut float = weights.to_float();
    let sum: f64 = float.iter().map(|&weight| square(weight.into())).sum();
    let deviation = noise * (sum / float.len().max(1) as f64).sqrt();
    let stream = split_mix(seed ^ NOISE_STREAM, layer as u64);
    for (place, weight) in float.iter_mut().enumerate() {
        *weight = (f64::from(*weight) + deviation * normal(stream, place as u64)) as f32;
    }
    Weights::Float(float)
}

/// A number of the standard normal distribution (G. E. P. Box and M. E. Muller, 1958). The functions are those of `libm`, whose
/// results are the same on every machine.
fn normal(stream: u64, place: u64) -> f64 {
    let [a, b] = [2 * place, 2 * place + 1].map(|index| uniform(split_mix(stream, index)));
    // 1 - a is above 0.
    libm::sqrt(-2.0 * libm::log(1.0 - a)) * libm::cos(std::f64::consts::TAU * b)
}

/// The neurons of a hidden layer that are silenced: see [`Damage::silence`](super::Damage::silence).
pub fn chosen(neurons: usize, share: f64, seed: u64, layer: usize) -> Vec<usize> {
    let stream = split_mix(seed, layer as u64);
    let mut order: Vec<usize> = (0..neurons).collect();
    order.sort_by_key(|&neuron| (split_mix(stream, neuron as u64), neuron));
    order.truncate((share * neurons as f64).round() as usize);
    order
}

/// Sets the weights into some neurons to 0.
pub fn clear_columns(weights: &mut Weights, neurons: &[usize]) {
    match weights {
        Weights::Float(weights) => neurons.iter().for_each(|&neuron| weights.column_mut(neuron).fill(0.0)),
        Weights::Int8 { integers, .. } => {
            neurons.iter().for_each(|&neuron| integers.column_mut(neuron).fill(0));
        }
    }
}

/// Sets the weights out of some neurons to 0.
pub fn clear_rows(weights: &mut Weights, neurons: &[usize]) {
    match weights {
        Weights::Float(weights) => neurons.iter().for_each(|&neuron| weights.row_mut(neuron).fill(0.0)),
        Weights::Int8 { integers, .. } => neurons.iter().for_each(|&neuron| integers.row_mut(neuron).fill(0)),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// Weights of 40 inputs and 3 neurons: small and large ones of both signs, only zeros, and only one weight.
    fn weights() -> Weights {
        Weights::Float(Array2::from_shape_fn((40, 3), |(i, j)| match j {
            0 => (i as f32 - 19.0) * 0.1,
            1 => 0.0,
            _ => {
                if i == 7 {
                    -3.5
                } else {
                    0.0
                }
            }
        }))
    }

    fn values_of(weights: &Weights, neuron: usize) -> Vec<f32> {
        let mut values = weights.to_float().column(neuron).to_vec();
        values.sort_by(f32::total_cmp);
        values.dedup();
        values
    }

    #[test]
    fn weights_have_as_many_values_as_their_bits_allow() {
        for bits in 1..=8 {
            let Weights::Int8 { integers, scales } = rounded(&weights(), bits) else { panic!("integers") };
            // There are as many positive values as negative ones; a single bit has no 0.
            let most = (1_i32 << (bits - 1)) - i32::from(bits > 1);
            assert!(integers.iter().all(|&q| i32::from(q).abs() <= most && (bits > 1 || q != 0)), "{bits}");
            assert!(scales.iter().all(|scale| scale.is_finite()));
            let values = values_of(&Weights::Int8 { integers, scales }, 0);
            assert!(
                values.len() > 1 && values.len() <= (1 << bits) - usize::from(bits > 1),
                "{bits}: {values:?}"
            );
        }
    }

    #[test]
    fn one_bit_is_the_sign_and_the_mean_size() {
        let rounded = rounded(&weights(), 1);
        let expected = (-19..=20).map(|i: i32| f64::from(i.abs()) * 0.1).sum::<f64>() / 40.0;
        for (value, sign) in values_of(&rounded, 0).into_iter().zip([-1.0, 1.0]) {
            assert!((f64::from(value) - sign * expected).abs() < 1e-6);
        }
        assert_eq!(values_of(&rounded, 1), [0.0]);
    }

    #[test]
    fn more_bits_are_closer_and_a_single_weight_is_kept() {
        let float = weights().to_float();
        let error = |bits| -> f32 { (&rounded(&weights(), bits).to_float() - &float).mapv(|e| e * e).sum() };
        let errors: Vec<f32> = (1..=8).map(error).collect();
        assert!(errors.windows(2).all(|pair| pair[0] > pair[1]), "{errors:?}");
        for bits in 2..=8 {
            let kept = rounded(&weights(), bits).to_float();
            assert!((kept[[7, 2]] + 3.5).abs() < 0.01, "{bits}");
            assert_eq!(kept[[8, 2]], 0.0);
        }
    }

    #[test]
    fn noise_is_normal_and_scales() {
        let flat = Weights::Float(Array2::from_elem((100, 100), 2.0));
        let noise = |amount: f64| (with_noise(&flat, amount, 5, 1).to_float() - 2.0) / 2.0;
        let values = noise(0.5);
        let mean = values.mean().unwrap_or_default();
        let deviation = values.mapv(|value| (value - mean).powi(2)).mean().unwrap_or_default().sqrt();
        assert!(mean.abs() < 0.02 && (deviation - 0.5).abs() < 0.02, "{mean} {deviation}");
        let beyond = values.iter().filter(|value| value.abs() > 1.0).count();
        assert!((390..520).contains(&beyond), "{beyond} of 10,000 beyond two standard deviations");
        for (twice, once) in noise(1.0).iter().zip(&values) {
            assert!((twice - 2.0 * once).abs() < 1e-5);
        }
        assert_ne!(with_noise(&flat, 0.5, 6, 1), with_noise(&flat, 0.5, 5, 1));
        assert_ne!(with_noise(&flat, 0.5, 5, 0), with_noise(&flat, 0.5, 5, 1));
    }

    #[test]
    fn more_neurons_are_chosen_in_addition() {
        for neurons in [1, 2, 10, 128] {
            let all = chosen(neurons, 1.0, 9, 0);
            assert_eq!(all.len(), neurons);
            for share in [0.0, 0.1, 0.25, 0.5, 0.9] {
                let some = chosen(neurons, share, 9, 0);
                assert_eq!(some.len(), (share * neurons as f64).round() as usize);
                assert_eq!(some, all[..some.len()]);
            }
        }
        assert_ne!(chosen(128, 0.5, 9, 0), chosen(128, 0.5, 10, 0));
    }
}
