//! Whether the hidden neurons fire as they do for a digit.
//!
//! A network that was trained on digits only assigns every picture to a digit. A letter can win by as large
//! a margin as a digit. The hidden neurons tell more: a letter makes them fire in patterns that are rare for
//! digits.

use ndarray::Array2;

/// For each class, a linear function of the firing rates of the last hidden layer. It is positive where
/// the rates are typical of a digit of that class, and negative where they are not. Logistic regression
/// (D. Cox, "The regression analysis of binary sequences", 1958) fits it to digits and to other pictures
/// when a model is trained. It does not influence the outputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Typicality {
    /// Weights of the rates, `[hidden, classes]`, in units of `scale`.
    pub weights: Array2<i8>,
    /// The factor on each class's weights, `[classes]`.
    pub scale: Vec<f32>,
    /// The constant of each class, `[classes]`.
    pub bias: Vec<f32>,
}

impl Typicality {
    /// The log odds that a presentation showed a digit of class `class`, minus the lowest log odds that
    /// count as a digit. So a score of 0 or more means a digit. `counts` are the spikes of the hidden neurons
    /// over `steps` steps, `[hidden]`.
    #[must_use]
    pub fn score(&self, class: usize, counts: &[u32], steps: u32) -> f64 {
        let weight = |hidden| i64::from(self.weights[[hidden, class]]);
        let hidden = self.weights.nrows();
        let sum: i64 = (0..hidden).zip(counts).map(|(i, &count)| weight(i) * i64::from(count)).sum();
        let rate = sum as f64 / f64::from(steps.max(1));
        f64::from(self.scale[class]) * rate + f64::from(self.bias[class])
    }

    /// Whether its shapes fit a last hidden layer of `hidden` neurons and `classes` outputs, and its numbers
    /// are finite.
    pub(crate) fn fits(&self, hidden: usize, classes: usize) -> bool {
        let Self { weights, scale, bias } = self;
        weights.dim() == (hidden, classes)
            && [scale, bias].iter().all(|row| row.len() == classes && row.iter().all(|x| x.is_finite()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_sum_of_weighted_rates() {
        let typicality = Typicality {
            weights: ndarray::array![[1, -4], [-2, 127], [0, 5]],
            scale: vec![0.5, 2.0],
            bias: vec![0.25, -1.0],
        };
        // Rates of 0.5, 0.25 and 1.
        let counts = [10, 5, 20];
        assert_eq!(typicality.score(0, &counts, 20), 0.5 * (0.5 - 0.5) + 0.25);
        assert_eq!(typicality.score(1, &counts, 20), 2.0 * (-2.0 + 127.0 * 0.25 + 5.0) - 1.0);
        assert_eq!(typicality.score(0, &[0; 3], 0), 0.25);
    }

    #[test]
    fn it_has_to_fit_its_network() {
        let typicality =
            Typicality { weights: Array2::zeros((128, 10)), scale: vec![1.0; 10], bias: vec![0.0; 10] };
        assert!(typicality.fits(128, 10));
        assert!(!typicality.fits(10, 128) && !typicality.fits(128, 9) && !typicality.fits(64, 10));
        assert!(!Typicality { bias: vec![f32::NAN; 10], ..typicality.clone() }.fits(128, 10));
        assert!(!Typicality { scale: vec![1.0; 9], ..typicality }.fits(128, 10));
    }
}
