//! Seeds, and the random numbers that SplitMix64 makes of them.

/// Seeds are below 2^53, so that JavaScript's numbers hold them exactly.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// The seed of one presentation among many that share `seed`, such as those of a test set: a
/// number below 2^53 that depends on both.
#[must_use]
pub fn presentation_seed(seed: u64, index: u64) -> u64 {
    // The complement keeps these apart from the seeds of a presentation's own pixels.
    split_mix(!seed, index) & MAX_SEED
}

/// A number in 0..1, made of the upper 53 of 64 random bits.
pub(crate) fn uniform(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// The `index`th output of SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable
/// pseudorandom number generators", 2014) started at `seed`.
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
    fn every_index_has_a_seed_of_its_own() {
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
