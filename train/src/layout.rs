//! Arranges the hidden neurons on the display: neurons with similar receptive fields become neighbours.

use ndarray::Array2;

use crate::random::{Purpose, Stream};

/// Columns of the display.
const COLUMNS: usize = 16;

/// Number of exchanges of two neurons that are tried.
const EXCHANGES: usize = 400_000;

/// Temperatures of the annealing, first and last, in units of a correlation.
const TEMPERATURES: [f32; 2] = [0.5, 0.005];

/// The neuron at each place of the display, row-major, 16 columns. Simulated annealing (S. Kirkpatrick et al.,
/// 1983) maximises the correlation of the weights, `[inputs, neurons]`, of neighbours.
pub fn arrange(weights: &Array2<f32>, seed: u64) -> Vec<u16> {
    let likeness = correlations(weights);
    let count = weights.ncols();
    let mut random = Stream::new(seed, Purpose::Layout, 0, 0);
    let mut shown: Vec<usize> = (0..count).collect();
    for exchange in 0..EXCHANGES {
        let (a, b) = (random.below(count), random.below(count));
        let before = around(&shown, a, &likeness) + around(&shown, b, &likeness);
        shown.swap(a, b);
        let gain = around(&shown, a, &likeness) + around(&shown, b, &likeness) - before;
        let progress = exchange as f32 / EXCHANGES as f32;
        let temperature = TEMPERATURES[0] * (TEMPERATURES[1] / TEMPERATURES[0]).powf(progress);
        if gain < 0.0 && random.uniform() >= (gain / temperature).exp() {
            shown.swap(a, b);
        }
    }
    shown.into_iter().map(|neuron| neuron as u16).collect()
}

/// Sum of the correlations of the neuron at `place` with its neighbours.
fn around(shown: &[usize], place: usize, likeness: &Array2<f32>) -> f32 {
    neighbours(place, shown.len()).map(|other| likeness[[shown[place], shown[other]]]).sum()
}

/// The places to the left and right of a place, above and below it.
fn neighbours(place: usize, count: usize) -> impl Iterator<Item = usize> {
    let column = place % COLUMNS;
    let left = (column > 0).then(|| place - 1);
    let right = (column + 1 < COLUMNS && place + 1 < count).then(|| place + 1);
    let above = place.checked_sub(COLUMNS);
    let below = Some(place + COLUMNS).filter(|&p| p < count);
    [left, right, above, below].into_iter().flatten()
}

/// Correlation of every two neurons' weights.
fn correlations(weights: &Array2<f32>) -> Array2<f32> {
    let mut unit = weights.clone();
    for mut column in unit.columns_mut() {
        let mean = column.mean().unwrap_or(0.0);
        column.mapv_inplace(|w| w - mean);
        let length = column.dot(&column).sqrt().max(f32::MIN_POSITIVE);
        column.mapv_inplace(|w| w / length);
    }
    unit.t().dot(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_neurons_become_neighbours() {
        // Neurons with receptive fields along a line, in shuffled order. Neighbours should overlap.
        let weights = Array2::from_shape_fn((64, 32), |(i, j)| {
            let centre = (j * 11 % 32) * 2;
            (-(i as f32 - centre as f32).powi(2) / 20.0).exp()
        });
        let likeness = correlations(&weights);
        let total = |shown: &[usize]| (0..32).map(|p| around(shown, p, &likeness)).sum::<f32>();
        let arranged: Vec<usize> = arrange(&weights, 1).into_iter().map(usize::from).collect();
        let mut sorted = arranged.clone();
        sorted.sort_unstable();
        let in_order: Vec<usize> = (0..32).collect();
        assert_eq!(sorted, in_order);
        assert!(total(&arranged) > total(&in_order) + 5.0);
    }
}
