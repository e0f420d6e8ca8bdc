//! Seeds, and random numbers from SplitMix64.

/// The largest seed. Seeds are below 2^53, so JavaScript's numbers hold them exactly.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// The seed of presentation `index` of a series with one `seed`, for example of a test set. It is below 2^53. All of 64
/// bits are allowed for both.
#[must_use]
pub fn presentation_seed(seed: u64, index: u64) -> u64 {
    // Pixels get their seeds from `seed` and their index. The complement gives other numbers.
    split_mix(!seed, index) & MAX_SEED
}

/// A number in 0..1, from the upper 53 of 64 random bits.
pub(crate) fn uniform(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Output `index`, counted from 0, of SplitMix64 with the seed `seed` (G. Steele, D. Lea and C. Flood, "Fast
/// splittable pseudorandom number generators", 2014).
pub(crate) fn split_mix(seed: u64, index: u64) -> u64 {
    let mut z = seed.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_has_its_own_seed() {
        let indices = [0, 1, 2, 9_999, u64::MAX - 1, u64::MAX];
        let mut seeds: Vec<u64> = [1, MAX_SEED, u64::MAX]
            .iter()
            .flat_map(|&seed| indices.map(|index| presentation_seed(seed, index)))
            .collect();
        assert!(seeds.iter().all(|&seed| seed <= MAX_SEED));
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 3 * indices.len());
    }
}
