//! Random choices.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A source of random choices.
pub struct Random(Xoshiro256PlusPlus);

/// Numbers at which readers go wrong: the ends of types, powers of two, sizes that are just allowed.
const EDGES: [u64; 24] = [
    0,
    1,
    2,
    3,
    7,
    8,
    28,
    64,
    100,
    127,
    255,
    256,
    784,
    4096,
    32_767,
    65_535,
    65_536,
    100_000,
    1 << 20,
    (1 << 26) + 1,
    i32::MAX as u64,
    u32::MAX as u64,
    1 << 53,
    u64::MAX,
];

impl Random {
    /// The choices for input `number` of the target `target` under `seed`.
    pub fn new(seed: u64, target: usize, number: u64) -> Self {
        // Constants of SplitMix64: neighbouring numbers give unrelated states.
        let mixed =
            number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (target as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Self(Xoshiro256PlusPlus::seed_from_u64(seed ^ mixed))
    }

    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        // The bias of the remainder does not matter here.
        (self.bits() % (end.max(1) as u64)) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn byte(&mut self) -> u8 {
        self.bits() as u8
    }

    /// A number at which a reader may go wrong, or near one.
    pub fn edge(&mut self) -> u64 {
        let edge = self.pick(&EDGES);
        match self.below(4) {
            0 => edge.wrapping_add(1),
            1 => edge.wrapping_sub(1),
            _ => edge,
        }
    }

    /// Mostly a small number, sometimes an edge.
    pub fn size(&mut self) -> u64 {
        if self.once_in(4) { self.edge() } else { self.below(12) as u64 }
    }
}
