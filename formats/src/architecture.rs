//! What a file says of a network: its layers in order, as stored.

use ndarray::Array2;
use spikepad::Activation;

use crate::error::Problem;
use crate::neurons::NeuronsReport;

/// A network as a file describes it.
#[derive(Debug)]
pub struct Architecture {
    /// The format of the file.
    pub format: &'static str,
    /// The program that wrote it.
    pub writer: Option<String>,
    /// From the input to the output.
    pub stages: Vec<Stage>,
    /// The spiking neurons of a NIR file.
    pub neurons: Option<NeuronsReport>,
    /// What the file does not say and was assumed, and what was left out, in sentences.
    pub assumptions: Vec<String>,
}

/// A step from the input to the output.
#[derive(Debug)]
pub enum Stage {
    /// A dense layer.
    Dense(Dense),
    /// A function of each neuron, or of a layer.
    Activation(Activation),
    /// The activation of a hidden layer that the file does not state.
    Unstated,
    /// Spiking neurons of that kind. The network runs with ReLU in their place.
    Spiking(String),
    /// A factor and an offset for each neuron.
    Affine(Affine),
}

/// A dense layer, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    /// Its name in the file.
    pub name: String,
    /// `[inputs, outputs]`.
    pub weights: Array2<f32>,
    /// `[outputs]`.
    pub bias: Option<Vec<f32>>,
    /// The type of the weights in the file.
    pub stored: String,
}

/// `scale x + offset` for each x. Both have one number for all neurons, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Affine {
    /// What it is in the file, such as "BatchNormalization 'bn1'".
    pub what: String,
    /// Factors.
    pub scale: Vec<f64>,
    /// Offsets.
    pub offset: Vec<f64>,
}

/// The matrix with these rows and columns, whose numbers are row-major; or its transpose, row-major too.
///
/// # Errors
/// [`Problem::Damaged`] where the numbers are not as many.
pub fn matrix(
    [rows, columns]: [usize; 2],
    numbers: Vec<f32>,
    transposed: bool,
) -> Result<Array2<f32>, Problem> {
    let damaged = || Problem::damaged("network", "a tensor has more or fewer numbers than its shape");
    if rows.checked_mul(columns) != Some(numbers.len()) {
        return Err(damaged());
    }
    if !transposed {
        return Array2::from_shape_vec((rows, columns), numbers).map_err(|_| damaged());
    }
    let mut turned = Vec::with_capacity(numbers.len());
    for column in 0..columns {
        turned.extend((0..rows).map(|row| numbers[row * columns + column]));
    }
    Array2::from_shape_vec((columns, rows), turned).map_err(|_| damaged())
}

impl Affine {
    /// The same factor and offset for all.
    pub fn uniform(what: impl Into<String>, scale: f64, offset: f64) -> Self {
        Self { what: what.into(), scale: vec![scale], offset: vec![offset] }
    }

    /// Batch normalization, with what training left behind (S. Ioffe and C. Szegedy, 2015):
    /// `gamma (x - mean) / sqrt(variance + epsilon) + beta`.
    pub fn batch_normalization(what: impl Into<String>, statistics: &BatchStatistics, epsilon: f64) -> Self {
        let BatchStatistics { gamma, beta, mean, variance } = statistics;
        let at = |values: &Option<Vec<f32>>, i: usize, missing: f64| {
            values.as_ref().and_then(|values| values.get(i)).map_or(missing, |&value| f64::from(value))
        };
        let scale: Vec<f64> = variance
            .iter()
            .enumerate()
            .map(|(i, &variance)| at(gamma, i, 1.0) / (f64::from(variance) + epsilon).sqrt())
            .collect();
        let offset = scale.iter().zip(mean).enumerate();
        let offset = offset.map(|(i, (scale, &mean))| at(beta, i, 0.0) - scale * f64::from(mean)).collect();
        Self { what: what.into(), scale, offset }
    }
}

/// The tensors of a batch normalization, one number for each neuron.
#[derive(Debug, Default)]
pub struct BatchStatistics {
    /// Factors; 1 if there are none.
    pub gamma: Option<Vec<f32>>,
    /// Offsets; 0 if there are none.
    pub beta: Option<Vec<f32>>,
    /// Means.
    pub mean: Vec<f32>,
    /// Variances.
    pub variance: Vec<f32>,
}
