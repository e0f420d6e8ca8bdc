//! Folds the way in which a network wants its picture into its first layer.

use spikepad::{InputScaling, transposition};

use crate::fold::{FoldedLayer, Vector};

/// Folds the way into the first layer, exactly: the layer then takes ink from 0 to 1, stored by rows.
#[must_use]
pub fn fold_into(scaling: InputScaling, first: &FoldedLayer) -> FoldedLayer {
    let inputs = first.dense.weights.nrows();
    let (scale, offset) = scaling.affine();
    let mut layer = first.clone();
    layer.input = layer.input.after(&Vector::uniform(inputs, scale, offset));
    if scaling.transposed {
        let order = transposition(inputs);
        for (i, &from) in order.iter().enumerate() {
            for j in 0..first.dense.weights.ncols() {
                layer.dense.weights[[i, j]] = first.dense.weights[[from, j]];
            }
        }
        layer.input = layer.input.reordered(&order);
    }
    layer
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::architecture::Dense;
    use crate::fold::LayerActivation;

    #[test]
    fn folding_a_way_gives_what_the_network_gives_for_the_scaled_picture() {
        let weights = Array2::from_shape_fn((64, 2), |(i, j)| ((i * 7 + j * 3) % 11) as f32 - 5.0);
        let dense = Dense {
            name: "fc".into(),
            weights: weights.clone(),
            bias: Some(vec![0.5, -0.5]),
            stored: String::new(),
        };
        let (input, output) = (Vector::uniform(64, 0.5, 1.0), Vector::default());
        let activation = LayerActivation::Unstated;
        let first = FoldedLayer { dense, input, output, activation };
        let ink: Vec<f64> = (0..64).map(|i| f64::from(i % 5) / 4.0).collect();
        for scaling in InputScaling::all() {
            let (folded, bias) = fold_into(scaling, &first).folded();
            for j in 0..2 {
                let mut expected = f64::from([0.5_f32, -0.5][j]);
                for i in 0..64 {
                    let pixel = if scaling.transposed { ink[transposition(64)[i]] } else { ink[i] };
                    let (scale, offset) = scaling.affine();
                    expected += ((pixel * scale + offset) * 0.5 + 1.0) * f64::from(weights[[i, j]]);
                }
                let sum: f64 = (0..64).map(|i| ink[i] * f64::from(folded[[i, j]])).sum();
                let found = sum + f64::from(bias.as_ref().unwrap()[j]);
                assert!((found - expected).abs() < 1e-2, "{}: {found}, not {expected}", scaling.name());
            }
        }
    }
}
