//! Searches for the gains of a conversion: how strongly the weights of each layer drive its neurons.

use crate::network::Conversion;

/// Ratio of the gains of neighbouring candidates.
const RATIO: f64 = 1.25;

/// The most rounds of the search. In each round every gain is tried one factor up and one down, until no change
/// helps.
const ROUNDS: usize = 12;

/// Factor on the output layer's gain after the search, how often it is tried, and the mean accuracy that it
/// may cost altogether. Membrane potentials break ties, so accuracy hardly depends on this gain
/// (docs/conversion.md). With the searched gain the winner would fire in nearly every step, and the number of
/// its spikes would not tell clear cases from doubtful ones.
const HEADROOM: f64 = 0.75;
const HEADROOMS: usize = 4;
const HEADROOM_COST: f64 = 0.0005;

/// Searches from `start` for the gains with the highest `score`, by hill climbing. Then lowers the output layer's gain while
/// that costs at most 0.05 points of a hundred. A score is an accuracy from 0 to 1.
///
/// # Errors
/// Those of `score`.
pub fn search_gains<E>(
    start: Conversion,
    mut score: impl FnMut(&Conversion) -> Result<f64, E>,
) -> Result<Conversion, E> {
    let layers = start.gains.len();
    let (mut best, mut highest) = (start.clone(), score(&start)?);
    let mut seen = vec![start.gains];
    for _ in 0..ROUNDS {
        let centre = best.clone();
        for (layer, factor) in (0..layers).flat_map(|layer| [(layer, RATIO), (layer, RATIO.recip())]) {
            let mut candidate = centre.clone();
            candidate.gains[layer] *= factor;
            let close = |gains: &Vec<f64>| {
                gains.iter().zip(&candidate.gains).all(|(a, b)| (a / b - 1.0).abs() < 1e-6)
            };
            if seen.iter().any(close) {
                continue;
            }
            seen.push(candidate.gains.clone());
            let reached = score(&candidate)?;
            if reached > highest {
                (best, highest) = (candidate, reached);
            }
        }
        if best.gains == centre.gains {
            break;
        }
    }
    for _ in 0..HEADROOMS {
        let mut candidate = best.clone();
        candidate.gains[layers - 1] *= HEADROOM;
        if score(&candidate)? < highest - HEADROOM_COST {
            break;
        }
        best = candidate;
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::Reset;

    #[test]
    fn the_search_climbs_to_the_highest_score_and_leaves_headroom() {
        let start = Conversion::new(vec![1.0, 1.0, 1.0], None, Reset::Subtract);
        // The best gains are near 2, 0.5 and anything.
        let score = |conversion: &Conversion| {
            let far = |gain: f64, best: f64| libm::log2(gain / best).abs();
            Ok::<_, ()>(1.0 - 0.1 * (far(conversion.gains[0], 2.0) + far(conversion.gains[1], 0.5)))
        };
        let found = search_gains(start, score).unwrap().gains;
        assert!((found[0] / 2.0 - 1.0).abs() < 0.13 && (found[1] / 0.5 - 1.0).abs() < 0.13, "{found:?}");
        assert!((found[2] - HEADROOM.powi(4)).abs() < 1e-9, "{found:?}");
    }
}
