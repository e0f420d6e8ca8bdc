//! Networks for the tests of the doctor: trained within a second on the digits that the command line contains.

use std::sync::OnceLock;

use ndarray::{Array1, Array2};
use spikepad::{Activation, Labelled, Layer, Network, Weights};
use spikepad_formats::CalibrationDigits;

const DIGITS: &[u8] = include_bytes!("../../../www/assets/calibration-digits.gz");

/// Pixels along a side: small pictures keep the tests fast.
pub const SIDE: usize = 14;

/// The calibration digits in pictures of `side` x `side` pixels.
pub fn digits(side: usize) -> Vec<Labelled> {
    CalibrationDigits::read(DIGITS).unwrap().labelled(side)
}

/// Random numbers from -1 to 1: Knuth's MMIX generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }
}

/// A kind of network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Architecture {
    /// Neurons of the hidden layers.
    pub hidden: &'static [usize],
    /// Whether it has biases.
    pub biases: bool,
    /// Of the hidden layers.
    pub activation: Activation,
}

/// The three architectures of the tests: one hidden layer, two hidden layers with biases, and a wide one without.
pub const ARCHITECTURES: [Architecture; 3] = [
    Architecture { hidden: &[40], biases: true, activation: Activation::Relu },
    Architecture { hidden: &[36, 24], biases: true, activation: Activation::Relu },
    Architecture { hidden: &[160], biases: false, activation: Activation::Relu },
];

/// The networks of [`ARCHITECTURES`].
pub fn networks() -> &'static [Network] {
    static NETWORKS: OnceLock<Vec<Network>> = OnceLock::new();
    NETWORKS.get_or_init(|| ARCHITECTURES.iter().map(|&architecture| train(architecture)).collect())
}

/// Trains a network by gradient descent on the cross entropy, one digit at a time.
pub fn train(Architecture { hidden, biases, activation }: Architecture) -> Network {
    let digits = digits(SIDE);
    let sizes = [&[SIDE * SIDE], hidden, &[10]].concat();
    let mut random = Random(3);
    let mut weights: Vec<Array2<f32>> = sizes
        .windows(2)
        .map(|sides| {
            let spread = (6.0 / sides[0] as f32).sqrt();
            Array2::from_shape_simple_fn((sides[0], sides[1]), || spread * random.next())
        })
        .collect();
    let mut bias: Vec<Array1<f32>> = sizes[1..].iter().map(|&neurons| Array1::zeros(neurons)).collect();
    let last = weights.len() - 1;
    for epoch in 0..24 {
        let rate = 0.03 * (1.0 - epoch as f32 / 26.0);
        for Labelled { digit, label } in &digits {
            let mut inputs = vec![digit.as_ref().unwrap().intensities().collect::<Array1<f32>>()];
            for i in 0..=last {
                let mut sums = inputs[i].dot(&weights[i]) + &bias[i];
                if i < last {
                    activation.apply(sums.as_slice_mut().unwrap());
                } else {
                    Activation::Softmax.apply(sums.as_slice_mut().unwrap());
                }
                inputs.push(sums);
            }
            let mut errors = inputs[last + 1].clone();
            errors[usize::from(*label)] -= 1.0;
            for i in (0..=last).rev() {
                let back = weights[i].dot(&errors);
                for (x, mut row) in inputs[i].iter().zip(weights[i].rows_mut()) {
                    if *x != 0.0 {
                        row.scaled_add(-rate * x, &errors);
                    }
                }
                if biases {
                    bias[i].scaled_add(-rate, &errors);
                }
                // The derivatives by the activations themselves.
                errors = back;
                errors.zip_mut_with(&inputs[i], |error, &y| {
                    *error *= match activation {
                        Activation::Tanh => 1.0 - y * y,
                        Activation::Sigmoid => y * (1.0 - y),
                        _ => f32::from(u8::from(y > 0.0)),
                    };
                });
            }
        }
    }
    let layers = weights.into_iter().zip(bias).enumerate().map(|(i, (weights, bias))| {
        let activation = if i == last { Activation::Softmax } else { activation };
        let layer = Layer::new(format!("layer {}", i + 1), Weights::Float(weights), activation);
        if biases { layer.with_bias(bias) } else { layer }
    });
    Network::new(layers.collect()).unwrap()
}
