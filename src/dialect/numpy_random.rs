//! Random numbers as NumPy's `RandomState` draws them, which Nengo uses.

use rand_mt::Mt;

/// NumPy's legacy generator with a whole number as its seed (`numpy/random/_mt19937.pyx`, `_legacy_seeding`).
pub(super) struct RandomState(Mt);

impl RandomState {
    pub fn new(seed: u32) -> Self {
        Self(Mt::new(seed))
    }

    /// `randint(2**31 - 1)`: the bits of a number up to that size, drawn again if they are too large
    /// (`numpy/random/src/distributions/distributions.c`, `random_bounded_uint64`, with a mask).
    pub fn randint_31(&mut self) -> u32 {
        const END: u32 = i32::MAX as u32;
        loop {
            let number = self.0.next_u32() & END;
            if number < END {
                return number;
            }
        }
    }

    /// A number from 0 to 1 with 53 bits (`numpy/random/src/mt19937/mt19937.h`, `mt19937_next_double`).
    pub fn uniform(&mut self) -> f64 {
        let (upper, lower) = (self.0.next_u32() >> 5, self.0.next_u32() >> 6);
        (f64::from(upper) * 67_108_864.0 + f64::from(lower)) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are those of NumPy 1.23.5.
    #[test]
    fn numbers_are_those_of_numpy() {
        let mut random = RandomState::new(0);
        assert_eq!([random.randint_31(), random.randint_31()], [209652396, 398764591]);
        let mut random = RandomState::new(7);
        assert_eq!([random.uniform(), random.uniform()], [0.07630828937395717, 0.7799187922401146]);
    }
}
