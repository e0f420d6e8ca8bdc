//! Runs code with the widest vectors of the processor. The code is plain Rust for fixed numbers of lanes. It
//! is compiled once for each vector width, and every width gives the same numbers.

/// Work that gains from wide vectors.
pub trait Work {
    /// Does the work. `BYTES` is the width of a vector register. Mark it and everything that it calls
    /// `#[inline(always)]`: code that is not inlined is compiled for the narrowest vectors only.
    fn run<const BYTES: usize>(self);
}

/// Does `work` with the widest vectors of this processor: 128, 256 or 512 bits on x86-64, 128 elsewhere.
#[inline]
pub fn vectorised(work: impl Work) {
    #[cfg(all(target_arch = "x86_64", feature = "dispatch", not(miri)))]
    {
        x86::dispatch(work);
    }
    #[cfg(not(all(target_arch = "x86_64", feature = "dispatch", not(miri))))]
    work.run::<16>();
}

/// The name of the vector unit that [`vectorised`] uses on this machine.
#[cfg(feature = "internals")]
#[must_use]
pub fn name() -> &'static str {
    #[cfg(all(target_arch = "x86_64", feature = "dispatch", not(miri)))]
    return x86::name();
    #[cfg(all(target_arch = "x86_64", not(all(feature = "dispatch", not(miri)))))]
    return "SSE2";
    #[cfg(target_arch = "wasm32")]
    return "SIMD128";
    #[cfg(not(any(target_arch = "x86_64", target_arch = "wasm32")))]
    return std::env::consts::ARCH;
}

#[cfg(all(target_arch = "x86_64", feature = "dispatch", not(miri)))]
#[allow(unsafe_code, reason = "calls functions that need more than the baseline of x86-64")]
mod x86 {
    use super::Work;

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,popcnt")]
    fn avx512(work: impl Work) {
        work.run::<64>();
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    fn avx2(work: impl Work) {
        work.run::<32>();
    }

    fn has_bits() -> bool {
        is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
    }

    fn has_avx2() -> bool {
        is_x86_feature_detected!("avx2") && has_bits()
    }

    fn has_avx512() -> bool {
        has_avx2()
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
    }

    pub fn dispatch(work: impl Work) {
        if has_avx512() {
            // SAFETY: `has_avx512` checks every feature that the function needs.
            unsafe { avx512(work) }
        } else if has_avx2() {
            // SAFETY: `has_avx2` checks every feature that the function needs.
            unsafe { avx2(work) }
        } else {
            work.run::<16>();
        }
    }

    #[cfg(feature = "internals")]
    pub fn name() -> &'static str {
        match (has_avx512(), has_avx2()) {
            (true, _) => "AVX-512",
            (_, true) => "AVX2",
            _ => "SSE2",
        }
    }
}
