//! The learning rate and the strength of the distortion over a run.

use std::f64::consts::PI;

/// Fraction of the run in which the rate rises.
const WARM_UP: f64 = 0.1;

/// The rate starts at this fraction of its peak.
const START: f64 = 0.04;

/// One cycle of the learning rate (L. Smith and N. Topin, "Super-convergence", 2018). In the first tenth of the
/// run it rises from a twenty-fifth of `peak` to `peak`. Then it falls to the fraction `end` of `peak`. Both
/// follow half a cosine. `progress` is the fraction of the run that is over.
pub fn rate([peak, end]: [f64; 2], progress: f64) -> f64 {
    let half_cosine = |from: f64, to: f64, share: f64| to + (from - to) * (1.0 + (PI * share).cos()) / 2.0;
    if progress < WARM_UP {
        half_cosine(peak * START, peak, progress / WARM_UP)
    } else {
        half_cosine(peak, peak * end, (progress - WARM_UP) / (1.0 - WARM_UP))
    }
}

/// A factor that is 1 at first, and falls linearly to `end` in the last `share` of the run.
pub fn calming(share: f64, end: f64, progress: f64) -> f64 {
    if progress <= 1.0 - share { 1.0 } else { 1.0 + (end - 1.0) * (progress - 1.0 + share) / share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_to_its_peak_and_falls_to_its_end() {
        for (progress, expected) in [(0.0, 0.08), (WARM_UP, 2.0), (0.55, 1.1), (1.0, 0.2)] {
            assert!((rate([2.0, 0.1], progress) - expected).abs() < 1e-12);
        }
        assert!(rate([2.0, 0.0], 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_factor_falls_at_the_end() {
        assert_eq!(calming(0.25, 0.5, 0.75), 1.0);
        assert_eq!(calming(0.25, 0.5, 0.875), 0.75);
        assert_eq!(calming(0.25, 0.5, 1.0), 0.5);
        assert_eq!(calming(0.0, 0.5, 1.0), 1.0);
    }
}
