//! Numbers as files store them.

use half::{bf16, f16};

/// The floating-point types that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloatType {
    /// IEEE 754 binary16.
    F16,
    /// The upper half of a binary32.
    Bf16,
    /// IEEE 754 binary32.
    F32,
    /// IEEE 754 binary64.
    F64,
}

impl FloatType {
    /// Its name in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::F16 => "16-bit floats",
            Self::Bf16 => "16-bit floats (bfloat16)",
            Self::F32 => "32-bit floats",
            Self::F64 => "64-bit floats",
        }
    }

    /// Bytes of one number.
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Self::F16 | Self::Bf16 => 2,
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// All numbers in `bytes` as 32-bit floats; binary64 is rounded to the nearest. Bytes beyond the last whole number are
    /// left out.
    #[must_use]
    pub fn floats(self, bytes: &[u8], big_endian: bool) -> Vec<f32> {
        bytes.chunks_exact(self.size()).map(|number| self.float(number, big_endian)).collect()
    }

    /// The number whose bytes these are; 0 where they are too few.
    #[must_use]
    pub fn float(self, bytes: &[u8], big_endian: bool) -> f32 {
        fn array<const N: usize>(bytes: &[u8], big_endian: bool) -> [u8; N] {
            let mut array: [u8; N] = bytes.get(..N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N]);
            if big_endian {
                array.reverse();
            }
            array
        }
        match self {
            Self::F16 => f16::from_le_bytes(array(bytes, big_endian)).to_f32(),
            Self::Bf16 => bf16::from_le_bytes(array(bytes, big_endian)).to_f32(),
            Self::F32 => f32::from_le_bytes(array(bytes, big_endian)),
            Self::F64 => f64::from_le_bytes(array(bytes, big_endian)) as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_in_both_orders() {
        let both = |kind: FloatType, bytes: &[u8]| {
            let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
            assert_eq!(kind.floats(bytes, false), kind.floats(&reversed, true));
            kind.floats(bytes, false)
        };
        assert_eq!(both(FloatType::F16, &0x3c00_u16.to_le_bytes()), [1.0]);
        assert_eq!(both(FloatType::Bf16, &0xc040_u16.to_le_bytes()), [-3.0]);
        assert_eq!(both(FloatType::F32, &0.1_f32.to_le_bytes()), [0.1]);
        assert_eq!(both(FloatType::F64, &0.1_f64.to_le_bytes()), [0.1]);
        assert_eq!(FloatType::F32.floats(&[0; 7], false), [0.0]);
    }
}
