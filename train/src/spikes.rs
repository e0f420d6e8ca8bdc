//! Draws the fraction of steps in which each pixel spikes. A network that counts spikes sees these fractions.

use spikepad::PIXELS;

use crate::random::Stream;

/// Numbers of steps for which training digits are presented, about log-uniform.
const STEPS: [u16; 17] = [5, 6, 7, 8, 10, 12, 15, 19, 25, 33, 44, 60, 80, 110, 150, 220, 350];

/// The largest number of steps for which training digits are presented.
pub const LONGEST: u16 = STEPS[STEPS.len() - 1];

/// Number of equally likely quantiles that are tabulated for each distribution of counts.
const PLACES: usize = 1024;

/// Fractions of steps with a spike, for every ink and number of steps.
pub struct Presenter {
    tables: Vec<Table>,
}

/// The quantiles of the fraction of steps with a spike, for each ink, `[256, 1024]`.
struct Table {
    steps: u16,
    shares: Vec<f32>,
}

impl Presenter {
    /// Prepares the tables for those of [`STEPS`] that are at most `longest`.
    pub fn new(longest: u16) -> Self {
        let steps = STEPS.iter().filter(|&&steps| steps <= longest);
        Self { tables: steps.map(|&steps| Table::new(steps)).collect() }
    }

    /// Presents a digit for a random number of steps.
    pub fn present(&self, ink: &[u8; PIXELS], random: &mut Stream, shares: &mut [f32]) {
        let table = &self.tables[random.below(self.tables.len())];
        table.present(ink, random, shares);
    }

    /// Presents a digit for `steps` steps. If there is no table for this number, the next larger one is used.
    pub fn present_for(&self, steps: u16, ink: &[u8; PIXELS], random: &mut Stream, shares: &mut [f32]) {
        let table =
            self.tables.iter().find(|t| t.steps >= steps).unwrap_or(&self.tables[self.tables.len() - 1]);
        table.present(ink, random, shares);
    }
}

impl Table {
    fn new(steps: u16) -> Self {
        let mut shares = Vec::with_capacity(256 * PLACES);
        for ink in 0..=255u8 {
            let p = f64::from(ink) / 255.0;
            let chances = binomial(steps, p);
            let (mut count, mut below) = (0, chances[0]);
            for place in 0..PLACES {
                let at = (place as f64 + 0.5) / PLACES as f64;
                while below < at && count < usize::from(steps) {
                    count += 1;
                    below += chances[count];
                }
                shares.push((count as f64 / f64::from(steps)) as f32);
            }
        }
        Self { steps, shares }
    }

    fn present(&self, ink: &[u8; PIXELS], random: &mut Stream, shares: &mut [f32]) {
        const BITS: u32 = PLACES.trailing_zeros();
        let (mut bits, mut left) = (0, 0);
        for (share, &ink) in shares.iter_mut().zip(ink) {
            *share = if ink == 0 {
                0.0
            } else {
                if left < BITS {
                    (bits, left) = (random.bits(), u64::BITS);
                }
                let place = bits as usize % PLACES;
                bits >>= BITS;
                left -= BITS;
                self.shares[usize::from(ink) * PLACES + place]
            };
        }
    }
}

/// Probabilities of 0, 1, .. `trials` successes in `trials` trials.
fn binomial(trials: u16, p: f64) -> Vec<f64> {
    let n = f64::from(trials);
    let mut log_ways = 0.0;
    (0..=trials)
        .map(|k| {
            let k = f64::from(k);
            if k > 0.0 {
                log_ways += ((n - k + 1.0) / k).ln();
            }
            // The logarithm of p^k. 0^0 is 1 here, so k ln p is 0 for k = 0.
            let power = |p: f64, k: f64| if k == 0.0 { 0.0 } else { k * p.ln() };
            (log_ways + power(p, k) + power(1.0 - p, n - k)).exp()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn fractions_have_the_mean_and_the_deviation_of_a_binomial_distribution() {
        for table in &Presenter::new(LONGEST).tables {
            for ink in [1u8, 60, 128, 200, 254] {
                let p = f64::from(ink) / 255.0;
                let places = &table.shares[usize::from(ink) * PLACES..][..PLACES];
                let mean = places.iter().map(|&s| f64::from(s)).sum::<f64>() / PLACES as f64;
                let square = places.iter().map(|&s| (f64::from(s) - p).powi(2)).sum::<f64>() / PLACES as f64;
                let deviation = (p * (1.0 - p) / f64::from(table.steps)).sqrt();
                assert!((mean - p).abs() < 1e-3, "{} steps, ink {ink}: mean {mean}", table.steps);
                assert!((square.sqrt() / deviation - 1.0).abs() < 0.05, "{} steps, ink {ink}", table.steps);
            }
        }
    }

    #[test]
    fn paper_never_spikes_and_full_ink_always_does() {
        let ink = std::array::from_fn(|i| if i % 2 == 0 { 255 } else { 0 });
        let mut shares = [0.5; PIXELS];
        let mut random = Stream::new(1, Purpose::Spikes, 0, 0);
        Presenter::new(LONGEST).present(&ink, &mut random, &mut shares);
        assert!(shares.iter().enumerate().all(|(i, &s)| s == if i % 2 == 0 { 1.0 } else { 0.0 }));
    }
}
