//! Spikes that are lost on their way to the next layer.

use super::bits::WORD;
use crate::transmission::Way;

/// Clears the spikes that are lost.
///
/// `bits` holds the spikes of some steps, `[steps, words]`, of which the first follows after `done` steps. `name` gives the
/// neuron that a bit stands for.
pub fn lose(way: Way, done: usize, bits: &mut [u32], words: usize, name: impl Fn(usize) -> u16) {
    for (step, of_step) in bits.chunks_exact_mut(words.max(1)).enumerate() {
        let step = (done + step + 1) as u64;
        for (i, word) in of_step.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if !way.delivers(step, name(i * WORD + bit as usize)) {
                    *word &= !(1 << bit);
                }
            }
        }
    }
}
