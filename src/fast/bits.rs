//! Spikes of [`STEPS`] steps as bits. [`ByStep`] transposes them from one word per neuron to words per step, and
//! [`Lists`] turns the words of each step into a list of neurons.

use super::vectors::{Work, vectorised};
use crate::encoding::STEPS;
use crate::network::synapses::LANES;

/// Bits in a word.
pub const WORD: usize = u32::BITS as usize;

/// `BITS[i]` is a word in which only bit i is set, i modulo [`WORD`]. A table of a whole block, so that loops over a block
/// can read it with vectors.
pub static BITS: [u32; LANES] = {
    let mut bits = [0; LANES];
    let mut i = 0;
    while i < LANES {
        bits[i] = 1 << (i % WORD);
        i += 1;
    }
    bits
};

/// Free entries that a list needs for the neurons of one word. Eight entries are written at a time, even where
/// fewer neurons fire.
const ROOM: usize = WORD + 8;

/// `PLACES[byte]`: the positions of the set bits of `byte`, ascending, then zeros.
static PLACES: [[u16; 8]; 256] = places();

const fn places() -> [[u16; 8]; 256] {
    let mut places = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                places[byte][count] = bit;
                count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    places
}

/// The neurons that fire in each of [`STEPS`] steps, ascending.
#[derive(Debug, Clone)]
pub struct Lists {
    /// One step after another, without gaps, so that they take little of the nearest cache.
    neurons: Vec<u16>,
    /// Index in `neurons` at which each step begins, and the end of the last one.
    offsets: [usize; STEPS + 1],
}

impl Lists {
    /// Makes lists for `neurons` neurons, all of which may fire in every step.
    pub fn new(neurons: usize) -> Self {
        let capacity = neurons.next_multiple_of(WORD) * STEPS + ROOM;
        Self { neurons: vec![0; capacity], offsets: [0; STEPS + 1] }
    }

    /// Lists the bits in which each step, `[STEPS, words]`, differs from `usual`, `[words]`.
    pub fn fill(&mut self, by_step: &[u32], usual: &[u32]) {
        vectorised(Differences { by_step, usual, lists: self });
    }

    /// Replaces each neuron `n` by `names[n]`.
    pub fn rename(&mut self, names: &[u16]) {
        let all = &mut self.neurons[..self.offsets[STEPS]];
        all.iter_mut().for_each(|neuron| *neuron = names[usize::from(*neuron)]);
    }

    /// The neurons that fire in `step`, ascending.
    #[inline(always)]
    pub fn step(&self, step: usize) -> &[u16] {
        &self.neurons[self.offsets[step]..self.offsets[step + 1]]
    }
}

/// Transposes spikes: from one word per neuron, whose bit s is the spike in step s, to words per step, whose
/// bits are the neurons.
pub struct ByStep<'a> {
    /// Spikes of each neuron, `[neurons]`; the number of neurons is a multiple of [`WORD`].
    pub by_neuron: &'a [u32],
    /// Spikes of each step, `[STEPS, neurons / WORD]`.
    pub by_step: &'a mut [u32],
    /// Number of spikes in each step, `[STEPS]`.
    pub totals: &'a mut [u32; STEPS],
}

impl Work for ByStep<'_> {
    #[inline(always)]
    fn run<const BYTES: usize>(self) {
        let words = self.by_neuron.len() / WORD;
        *self.totals = [0; STEPS];
        for (i, square) in self.by_neuron.as_chunks::<WORD>().0.iter().enumerate() {
            let mut square = *square;
            transpose(&mut square);
            for (step, word) in square.into_iter().enumerate() {
                self.by_step[step * words + i] = word;
                self.totals[step] += word.count_ones();
            }
        }
    }
}

/// Transposes a square of bits (H. S. Warren, Hacker's Delight, 2nd edition, section
/// 7-3, with the lowest bit first).
#[inline(always)]
fn transpose(square: &mut [u32; WORD]) {
    let mut mask = u32::MAX >> (WORD / 2);
    let mut half = WORD / 2;
    while half != 0 {
        for pair in square.chunks_exact_mut(2 * half) {
            let (upper, lower) = pair.split_at_mut(half);
            for (a, b) in upper.iter_mut().zip(lower) {
                let swap = ((*a >> half) ^ *b) & mask;
                *a ^= swap << half;
                *b ^= swap;
            }
        }
        half /= 2;
        mask ^= mask << half;
    }
}

/// Lists the bits in which each step differs from `usual`.
struct Differences<'a> {
    by_step: &'a [u32],
    usual: &'a [u32],
    lists: &'a mut Lists,
}

impl Work for Differences<'_> {
    #[inline(always)]
    fn run<const BYTES: usize>(self) {
        let Lists { neurons, offsets } = self.lists;
        *offsets = [0; STEPS + 1];
        let mut count = 0;
        let steps = self.by_step.chunks_exact(self.usual.len().max(1));
        for (words, end) in steps.zip(&mut offsets[1..]) {
            for (i, (word, usual)) in words.iter().zip(self.usual).enumerate() {
                let word = word ^ usual;
                let Some(room) = neurons[count..].first_chunk_mut::<ROOM>() else { break };
                // A table replaces a loop over the set bits: the processor cannot predict their number.
                for byte in 0..WORD / 8 {
                    let mut eight = PLACES[(word >> (8 * byte) & 0xff) as usize];
                    for neuron in &mut eight {
                        *neuron += (i * WORD + 8 * byte) as u16;
                    }
                    // Copied as one block, because the compiler would write single entries one by one.
                    let below = (word & ((1 << (8 * byte)) - 1)).count_ones() as usize;
                    room[below..below + 8].copy_from_slice(&eight);
                }
                count += word.count_ones() as usize;
            }
            *end = count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::split_mix;

    #[test]
    fn words_of_neurons_become_lists_of_steps() {
        for neurons in [32, 160, 800] {
            let by_neuron: Vec<u32> = (0..neurons as u64).map(|n| split_mix(3, n) as u32).collect();
            let usual: Vec<u32> = (0..neurons as u64 / 32).map(|n| split_mix(4, n) as u32).collect();
            let mut by_step = vec![0; usual.len() * STEPS];
            let mut lists = Lists::new(neurons);
            let mut totals = [0; STEPS];
            vectorised(ByStep { by_neuron: &by_neuron, by_step: &mut by_step, totals: &mut totals });
            lists.fill(&by_step, &usual);
            for (step, &total) in totals.iter().enumerate() {
                let differs = |n: &u16| {
                    let n = usize::from(*n);
                    by_neuron[n] >> step & 1 != usual[n / WORD] >> (n % WORD) & 1
                };
                let expected: Vec<u16> = (0..neurons as u16).filter(differs).collect();
                assert_eq!(lists.step(step), expected, "step {step} of {neurons} neurons");
                let spikes = by_neuron.iter().filter(|&word| word >> step & 1 == 1).count();
                assert_eq!(total as usize, spikes);
            }
        }
    }

    #[test]
    fn every_neuron_may_fire_in_every_step() {
        let mut lists = Lists::new(784);
        let by_step = vec![u32::MAX; 25 * STEPS];
        lists.fill(&by_step, &[0; 25]);
        assert!((0..STEPS).all(|step| lists.step(step).iter().copied().eq(0..800)));
    }
}
