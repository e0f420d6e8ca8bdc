//! The drive of a pixel, in spikes per step. It is the same in every encoding.

use crate::digit::Digit;

/// The pixels with ink, ascending, and the spikes per step of each: ink/255 x `probability`, clamped to 0..=1.
pub(crate) fn inked(digit: &Digit, probability: f64) -> impl Iterator<Item = (u16, f64)> + '_ {
    let inked = digit.ink().iter().enumerate().filter(|&(_, &ink)| ink > 0);
    inked.map(move |(i, &ink)| (i as u16, (f64::from(ink) * probability / 255.0).clamp(0.0, 1.0)))
}
