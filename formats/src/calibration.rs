//! The digits on which input scaling is tried and the conversion is chosen.

use std::io::Read;

use flate2::read::GzDecoder;
use spikepad::{Digit, SIDE};

use crate::error::Problem;
use crate::resize::resize;

/// The most digits of a file.
const MAX_DIGITS: usize = 10_000;

/// Labelled digits of 28 x 28 pixels.
#[derive(Debug, Clone)]
pub struct CalibrationDigits {
    /// Row-major, 0 is paper and 255 full ink.
    ink: Vec<[u8; SIDE * SIDE]>,
    labels: Vec<u8>,
}

impl CalibrationDigits {
    /// Reads the file `www/assets/calibration-digits.gz`: MNIST's files of images and of labels, one behind the other, compressed
    /// with gzip.
    ///
    /// # Errors
    /// [`Problem::Damaged`] where it is another file.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let broken = || Problem::damaged("calibration", "it does not hold digits and labels");
        let mut plain = Vec::new();
        let most = (MAX_DIGITS * (SIDE * SIDE + 1) + 24) as u64;
        GzDecoder::new(bytes).take(most).read_to_end(&mut plain).map_err(|_| broken())?;
        // The headers of IDX files: the type, and the length of each axis (http://yann.lecun.com/exdb/mnist/).
        let word = |bytes: &[u8], at: usize| {
            bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes) as usize
        };
        let count = word(&plain, 4);
        let shape = [word(&plain, 0), word(&plain, 8), word(&plain, 12)];
        let split = count.checked_mul(SIDE * SIDE).and_then(|length| plain.split_at_checked(16 + length));
        let (images, labels) = split.filter(|_| shape == [0x803, SIDE, SIDE]).ok_or_else(broken)?;
        let labelled = word(labels, 0) == 0x801 && word(labels, 4) == count && labels.len() == 8 + count;
        if !labelled || count == 0 {
            return Err(broken());
        }
        let ink = images[16..].chunks_exact(SIDE * SIDE).filter_map(|image| image.try_into().ok()).collect();
        Ok(Self { ink, labels: labels[8..].to_vec() })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The digits at `side` x `side` pixels, with their labels. A digit that is blank at that size is left out.
    pub fn labelled(&self, side: usize) -> impl Iterator<Item = (Digit, u8)> {
        let digits = self.ink.iter().map(move |ink| Digit::from_square(&resize(ink, side)).ok().flatten());
        digits.zip(&self.labels).filter_map(|(digit, &label)| Some((digit?, label)))
    }

    /// The ink of each digit, 28 x 28 row-major.
    #[must_use]
    pub fn ink(&self) -> &[[u8; SIDE * SIDE]] {
        &self.ink
    }
}
