//! expm1 and log1p as NumPy computes them in f64 on a processor with AVX-512.
//!
//! On such a processor NumPy calls Intel's short vector mathematics library (github.com/numpy/SVML,
//! `linux/avx512/svml_z0_expm1_d_ha.s` and `svml_z0_log1p_d_ha.s`, Copyright (C) 2023 Intel
//! Corporation, BSD-3-Clause). The last bit of its results sometimes differs from other libraries. The
//! constants below are the library's, and the order of operations is that of its main path. Arguments that
//! the main path does not handle go to libm.

use std::f64::consts::{LOG2_E, SQRT_2};

/// 2^(i/16), and the rounding errors of these numbers, divided by 2^(i/16).
const POWERS: [f64; 16] = [
    1.0,
    1.044_273_782_427_413_8,
    1.090_507_732_665_257_7,
    1.138_788_634_756_691_6,
    1.189_207_115_002_721,
    1.241_857_812_073_484,
    1.296_839_554_651_009_6,
    1.354_255_546_936_892_7,
    SQRT_2,
    1.476_826_145_939_499_3,
    1.542_210_825_407_940_7,
    1.610_490_331_949_254_3,
    1.681_792_830_507_429,
    1.756_252_160_373_299_5,
    1.834_008_086_409_342_4,
    1.915_206_561_397_147_4,
];
const POWERS_LOW: [f64; 16] = [
    0.0,
    8.189_317_638_195_515e-17,
    -2.793_911_485_951_573_3e-17,
    7.826_573_258_636_076e-17,
    3.348_462_333_625_152_4e-17,
    3.750_854_201_303_127e-17,
    1.957_258_529_311_203_6e-17,
    5.686_480_957_911_74e-17,
    -6.835_808_657_661_922e-17,
    -2.359_109_477_085_005_3e-17,
    5.154_830_117_078_678_3e-17,
    1.534_141_005_360_372_3e-17,
    4.875_160_526_227_062e-17,
    1.685_487_290_628_973e-17,
    1.790_126_907_604_513e-17,
    -5.545_065_618_639_427e-17,
];

/// Added to a number, it leaves the number rounded to sixteenths in the last bits of the sum.
const SIXTEENTHS: f64 = 422212465067007.0;

/// Largest argument of expm1's main path.
const EXPM1_MOST: f64 = 707.703_271_351_704_2;

/// The rounding error of ln 2 in f64.
const LN_2_LOW: f64 = 2.319_046_813_846_299_6e-17;

/// Coefficients of the polynomial for expm1, from the highest power.
const EXPM1: [f64; 7] = [
    2.480_288_030_383_041_8e-5,
    0.000_198_423_042_407_759_33,
    0.001_388_888_886_826_200_8,
    0.008_333_333_321_199_928,
    0.041_666_666_666_667_92,
    0.166_666_666_666_671_2,
    0.5,
];

/// -ln(1 + i/16), plus ln 2 in the upper half of the table; and the rounding errors of these numbers.
const LOGARITHMS: [f64; 16] = [
    0.0,
    -0.060_624_621_816_714_35,
    -0.117_783_035_656_43,
    -0.171_850_256_926_518_34,
    -0.223_143_551_314_024_08,
    -0.271_933_715_484_010_46,
    -0.318_453_731_118_097_5,
    -0.362_905_493_689_140_7,
    0.287_682_072_451_389_1,
    0.246_860_077_931_160_05,
    0.207_639_364_778_515_3,
    0.169_899_036_794_959_1,
    0.133_531_392_624_718_14,
    0.098_440_072_812_991_27,
    0.064_538_521_137_365_02,
    0.031_748_698_314_913_78,
];
const LOGARITHMS_LOW: [f64; 16] = [
    0.0,
    2.795_098_818_345_971e-13,
    4.654_729_747_598_445e-14,
    -1.408_812_793_711_113_5e-13,
    -1.856_757_095_979_601e-13,
    3.687_042_831_583_768e-13,
    -4.371_219_195_742_914_4e-13,
    -2.277_407_611_403_955_6e-13,
    3.918_237_769_963_822e-13,
    3.657_488_373_208_597e-13,
    -2.707_990_980_384_746e-13,
    4.383_710_744_723_666e-13,
    -1.955_139_390_941_537_4e-13,
    2.612_449_164_724_734_6e-13,
    2.061_480_673_984_220_7e-13,
    -3.334_802_027_954_729e-13,
];

/// ln 2 in two parts, the first with trailing zeros.
const LN_2: [f64; 2] = [0.693_147_180_558_298_7, 1.646_594_958_286_646_3e-12];

/// Coefficients of the polynomial for log1p, from the highest power.
const LOG1P: [f64; 8] = [
    0.111_355_614_060_345_11,
    -0.125_220_000_081_181,
    0.142_856_909_395_973_26,
    -0.166_666_505_466_956_66,
    0.200_000_000_092_809_38,
    -0.250_000_000_043_737_3,
    0.333_333_333_333_320_05,
    -0.499_999_999_999_996_8,
];

/// exp(x) - 1.
pub(super) fn expm1(x: f64) -> f64 {
    near_expm1(x).unwrap_or_else(|| fused_expm1(x))
}

/// ln(1 + x).
pub(super) fn log1p(x: f64) -> f64 {
    near_log1p(x).unwrap_or_else(|| fused_log1p(x))
}

// The library computes with fused multiply-adds, which wasm lacks: each costs as much as twenty multiplications there. The
// functions below compute the small terms of a result without them, with a bound on the difference. Where both ends of that
// range give the same rounded result, that is the library's result; otherwise there is none.

/// The result where head + tail is rounded to the same number for every tail within `error`.
fn unambiguous(head: f64, tail: f64, error: f64) -> Option<f64> {
    let (low, high) = (head + (tail - error), head + (tail + error));
    (low == high).then_some(low)
}

/// Relative differences of one rounding, and of a polynomial of which the first coefficient is rounded twice.
const ROUNDING: f64 = f64::EPSILON;
const POLYNOMIAL: f64 = 4.0 * f64::EPSILON;

/// exp(x) - 1 for small x, most of the time.
fn near_expm1(x: f64) -> Option<f64> {
    let sixteenths = x * (16.0 * LOG2_E);
    let nearest = sixteenths.round();
    // Not near the border of two sixteenths.
    let is_between = (sixteenths - nearest).abs() < 0.499_999;
    if !is_between {
        return None;
    }
    let (i, scaled) = match nearest as i32 {
        0 => (0, 1.0),
        -1 => (15, 0.5 * POWERS[15]),
        1 => (1, POWERS[1]),
        _ => return None,
    };
    // A power of two, so its products are exact.
    let power = nearest / 16.0;
    let high = x - power * std::f64::consts::LN_2;
    let r = high - power * LN_2_LOW;
    let r_low = (high - r) - power * LN_2_LOW;

    let squared = r * r;
    let [c8, c7, c6, c5, c4, c3, c2] = EXPM1;
    let rest = squared * (r * c8 + c7) + (r * c6 + c5);
    let rest = squared * rest + (r * c4 + c3);
    let rest = squared * (r * rest + c2) + (r * POWERS_LOW[i] + (r_low + POWERS_LOW[i]));

    let less_one = scaled - 1.0;
    let (large, small) = if scaled < 1.0 { (-1.0, scaled) } else { (scaled, -1.0) };
    let lost = (large - less_one) + small;
    let (sum, sum_low) = if i == 0 {
        (r, 0.0)
    } else {
        let sum = r.mul_add(scaled, less_one);
        (sum, r.mul_add(scaled, -(sum - less_one)))
    };
    let error = POLYNOMIAL * (rest * scaled).abs() + ROUNDING * (lost.abs() + sum_low.abs());
    Some(unambiguous(sum, (rest * scaled + lost) + sum_low, error)?.copysign(x))
}

/// ln(1 + x), most of the time.
fn near_log1p(x: f64) -> Option<f64> {
    let sum = 1.0 + x;
    if !(sum >= f64::MIN_POSITIVE && sum.is_finite()) {
        return None;
    }
    let Reduced { exponent, reciprocal, mantissa, low } = reduced(x, sum);
    // The upper half of the mantissa times the reciprocal is exact, and so is the difference from 1.
    let upper = f64::from_bits(mantissa.to_bits() & !((1 << 27) - 1));
    let high = (upper * reciprocal - 1.0) + (mantissa - upper) * reciprocal;
    let r = high + low;
    let r_low = low - (r - high);

    let squared = r * r;
    let [c9, c8, c7, c6, c5, c4, c3, c2] = LOG1P;
    let upper = squared * (r * c9 + c8) + (r * c7 + c6);
    let lower = squared * (r * c5 + c4) + (r * c3 + c2);
    let rest = (squared * squared) * upper + lower;

    let exponent = if reciprocal < 0.75 { exponent + 1.0 } else { exponent };
    let i = ((reciprocal.to_bits() >> 48) & 15) as usize;
    // LN_2[0] has trailing zeros, so the product is exact.
    let whole = exponent * LN_2[0] + LOGARITHMS[i];
    let sum = whole + r;
    let left = r - (sum - whole);
    let sum_low = exponent * LN_2[1] + (LOGARITHMS_LOW[i] + r_low);
    let error = POLYNOMIAL * (squared * rest).abs() + ROUNDING * (left.abs() + 2.0 * sum_low.abs());
    Some(unambiguous(sum, (squared * rest + left) + sum_low, error)?.copysign(x))
}

fn fused_expm1(x: f64) -> f64 {
    if x.is_nan() || x > EXPM1_MOST {
        return libm::expm1(x);
    }
    let shifted = x.mul_add(LOG2_E, SIXTEENTHS);
    let i = (shifted.to_bits() & 15) as usize;
    let power = shifted - SIXTEENTHS;
    let scaled = POWERS[i] * two_to(power.max(-128.0).floor());
    let high = (-power).mul_add(std::f64::consts::LN_2, x);
    let r = (-power).mul_add(LN_2_LOW, high);
    let r_low = (-power).mul_add(LN_2_LOW, high - r);

    let squared = r * r;
    let [c8, c7, c6, c5, c4, c3, c2] = EXPM1;
    let rest = squared.mul_add(r.mul_add(c8, c7), r.mul_add(c6, c5));
    let rest = squared.mul_add(rest, r.mul_add(c4, c3));
    let rest = r.mul_add(rest, c2);
    let rest = squared.mul_add(rest, r.mul_add(POWERS_LOW[i], r_low + POWERS_LOW[i]));

    // scaled - 1, and the rounding error of this difference.
    let less_one = scaled - 1.0;
    let (large, small) = if scaled < 1.0 { (-1.0, scaled) } else { (scaled, -1.0) };
    let lost = (large - less_one) + small;
    let sum = r.mul_add(scaled, less_one);
    let sum_low = r.mul_add(scaled, -(sum - less_one));
    (sum + (rest.mul_add(scaled, lost) + sum_low)).copysign(x)
}

/// The parts of 1 + x: mantissa times 2^exponent, the nearest multiple of 1/32 to 1/mantissa, and the rounding error of the
/// sum, divided by 2^exponent times that multiple.
struct Reduced {
    exponent: f64,
    reciprocal: f64,
    mantissa: f64,
    low: f64,
}

/// `sum` is 1 + x, a normal number.
fn reduced(x: f64, sum: f64) -> Reduced {
    // The rounding error of the sum.
    let low = x.min(1.0) - (sum - x.max(1.0));
    let exponent = ((sum.to_bits() >> 52) as i32 - 1023) as f64;
    let mantissa = f64::from_bits(sum.to_bits() & ((1 << 52) - 1) | 1.0f64.to_bits());
    let reciprocal = (32.0 / mantissa).round_ties_even() / 32.0;
    Reduced { exponent, reciprocal, mantissa, low: low * two_to(-exponent) * reciprocal }
}

fn fused_log1p(x: f64) -> f64 {
    let sum = 1.0 + x;
    if !(sum >= f64::MIN_POSITIVE && sum.is_finite()) {
        return libm::log1p(x);
    }
    let Reduced { exponent, reciprocal, mantissa, low } = reduced(x, sum);
    let high = mantissa.mul_add(reciprocal, -1.0);
    let r = high + low;
    let r_low = low - (r - high);

    let squared = r * r;
    let [c9, c8, c7, c6, c5, c4, c3, c2] = LOG1P;
    let upper = squared.mul_add(r.mul_add(c9, c8), r.mul_add(c7, c6));
    let lower = squared.mul_add(r.mul_add(c5, c4), r.mul_add(c3, c2));
    let rest = (squared * squared).mul_add(upper, lower);

    let exponent = if reciprocal < 0.75 { exponent + 1.0 } else { exponent };
    let i = ((reciprocal.to_bits() >> 48) & 15) as usize;
    let whole = exponent.mul_add(LN_2[0], LOGARITHMS[i]);
    let sum = whole + r;
    let rest = squared.mul_add(rest, r - (sum - whole));
    let sum_low = exponent.mul_add(LN_2[1], LOGARITHMS_LOW[i] + r_low);
    (sum + (rest + sum_low)).copysign(x)
}

/// 2^n for a whole n that a normal number can have.
fn two_to(n: f64) -> f64 {
    f64::from_bits(((n as i64 + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units of the last place.
    fn apart(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn both_lie_within_two_units_of_libm() {
        for i in 1..20_000 {
            let x = f64::from(i) / 20_000.0;
            for (a, b) in [
                (expm1(-x), libm::expm1(-x)),
                (expm1(20.0 * x), libm::expm1(20.0 * x)),
                (log1p(-x), libm::log1p(-x)),
                (log1p(1e3 * x), libm::log1p(1e3 * x)),
            ] {
                assert!(apart(a, b) <= 2, "{a} and {b} at {x}");
            }
        }
    }

    #[test]
    fn the_fast_way_gives_the_same_bits_or_none() {
        let mut bits = 1_u64;
        let mut random = || {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (bits >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut found, mut all) = (0, 0);
        for _ in 0..300_000 {
            // Steps of a millisecond with any membrane, and any current.
            for x in [-0.05 * random(), 0.08 * (random() - 0.5), -libm::exp2(-40.0 * random())] {
                let near = near_expm1(x);
                assert!(near.is_none_or(|y| y.to_bits() == fused_expm1(x).to_bits()), "expm1 {x:e}");
                (found, all) = (found + u32::from(near.is_some()), all + 1);
            }
            for x in [-random(), 4.0 * random(), libm::exp2(60.0 * random() - 50.0) - 1e-3] {
                let near = near_log1p(x);
                assert!(near.is_none_or(|y| y.to_bits() == fused_log1p(x).to_bits()), "log1p {x:e}");
                (found, all) = (found + u32::from(near.is_some()), all + 1);
            }
        }
        assert!(f64::from(found) > 0.6 * f64::from(all), "{found} of {all}");
    }

    #[test]
    fn special_arguments_give_limits_or_nan() {
        assert_eq!(expm1(-1e9), -1.0);
        assert_eq!(expm1(1e9), f64::INFINITY);
        assert!(expm1(f64::NAN).is_nan());
        assert_eq!(log1p(-1.0), f64::NEG_INFINITY);
        assert_eq!(log1p(f64::INFINITY), f64::INFINITY);
        assert!(log1p(-2.0).is_nan() && log1p(f64::NAN).is_nan());
        assert_eq!((expm1(0.0), log1p(0.0)), (0.0, 0.0));
    }

    /// Arguments and results of NumPy 2.3.5 that differ from the correctly rounded results.
    #[test]
    fn the_last_bit_is_that_of_numpy() {
        for (x, numpy) in [
            (-0.021_026_821_872_035_473, -0.020_807_299_564_074_615),
            (-0.022_919_305_300_432_402, -0.022_658_653_142_322_502),
            (-0.015_935_963_105_058_747, -0.015_809_657_469_051_4),
            (-0.011_832_879_859_369_917, -0.011_763_146_655_697_401),
            (-0.016_124_992_689_336_325, -0.015_995_680_977_822_85),
        ] {
            assert_eq!(expm1(x), numpy);
        }
        for (x, numpy) in [
            (-0.090_717_341_507_927_55, -0.095_099_277_704_456_59),
            (-0.003_018_083_655_116_511_3, -0.003_022_647_254_119_975),
            (-0.023_827_923_218_878_624, -0.024_116_399_932_126_23),
            (-0.189_511_541_521_949_9, -0.210_118_177_910_201_88),
            (-0.522_744_875_017_715_8, -0.739_704_077_864_458_5),
        ] {
            assert_eq!(log1p(x), numpy);
        }
    }
}
