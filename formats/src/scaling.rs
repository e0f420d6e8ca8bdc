//! The ways in which networks want their picture: the numbers of paper and ink, and the order of the pixels.

use crate::fold::{FoldedLayer, Vector};

/// A way to show a network a picture of ink from 0 to 1, with 0 for paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaling {
    /// The name of the range.
    pub range: Range,
    /// Whether ink and paper are exchanged.
    pub inverted: bool,
    /// Whether the picture is stored by columns.
    pub transposed: bool,
}

/// The numbers that paper and full ink become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// 0 and 1.
    ZeroToOne,
    /// 0 and 255.
    ZeroTo255,
    /// MNIST's mean and deviation become 0 and 1: (x - 0.1307) / 0.3081, as in PyTorch's examples.
    MeanAndDeviation,
    /// -1 and 1.
    MinusOneToOne,
}

impl Range {
    /// All ranges, the most usual first.
    pub const ALL: [Self; 4] =
        [Self::ZeroToOne, Self::ZeroTo255, Self::MeanAndDeviation, Self::MinusOneToOne];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ZeroToOne => "0..1",
            Self::ZeroTo255 => "0..255",
            Self::MeanAndDeviation => "(x - 0.1307) / 0.3081",
            Self::MinusOneToOne => "-1..1",
        }
    }

    /// Factor and offset of ink from 0 to 1.
    fn affine(self) -> (f64, f64) {
        match self {
            Self::ZeroToOne => (1.0, 0.0),
            Self::ZeroTo255 => (255.0, 0.0),
            Self::MeanAndDeviation => (1.0 / 0.3081, -0.1307 / 0.3081),
            Self::MinusOneToOne => (2.0, -1.0),
        }
    }
}

impl Scaling {
    /// All ways, the most usual first.
    pub fn all() -> impl Iterator<Item = Self> {
        let ways = [(false, false), (true, false), (false, true), (true, true)];
        ways.into_iter().flat_map(|(inverted, transposed)| {
            Range::ALL.into_iter().map(move |range| Self { range, inverted, transposed })
        })
    }

    /// Its name, such as `0..255, inverted`.
    #[must_use]
    pub fn name(self) -> String {
        let inverted = if self.inverted { ", inverted" } else { "" };
        let transposed = if self.transposed { ", transposed" } else { "" };
        format!("{}{inverted}{transposed}", self.range.name())
    }

    /// The way with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|scaling| scaling.name() == name)
    }

    /// Factor and offset that turn ink from 0 to 1 into what the network takes.
    #[must_use]
    pub fn affine(self) -> (f64, f64) {
        let (scale, offset) = self.range.affine();
        // 1 - x in the place of x.
        if self.inverted { (-scale, scale + offset) } else { (scale, offset) }
    }

    /// Folds the way into the first layer, exactly: the layer then takes ink from 0 to 1, stored by rows.
    #[must_use]
    pub fn fold_into(self, first: &FoldedLayer) -> FoldedLayer {
        let inputs = first.dense.weights.nrows();
        let (scale, offset) = self.affine();
        let mut layer = first.clone();
        layer.input = layer.input.after(&Vector::uniform(inputs, scale, offset));
        if self.transposed {
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
}

/// For each pixel of a square by rows, its place by columns.
#[must_use]
pub fn transposition(pixels: usize) -> Vec<usize> {
    let side = pixels.isqrt();
    (0..pixels).map(|i| i % side * side + i / side).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::architecture::Dense;
    use crate::fold::LayerActivation;

    #[test]
    fn names_are_read_back() {
        let names: Vec<_> = Scaling::all().map(Scaling::name).collect();
        assert_eq!(names.len(), 16);
        assert_eq!(names[5], "0..255, inverted");
        for scaling in Scaling::all() {
            assert_eq!(Scaling::named(&scaling.name()), Some(scaling));
        }
    }

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
        for scaling in Scaling::all() {
            let (folded, bias) = scaling.fold_into(&first).folded();
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
