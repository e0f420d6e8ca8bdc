//! The digits on which input scaling is tried and the conversion is chosen.

use std::io::Read;

use flate2::read::GzDecoder;
use spikepad::{Digit, Labelled, SIDE};

use crate::error::Problem;

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

    /// The digits at `side` x `side` pixels, by the means of areas, with their labels.
    #[must_use]
    pub fn labelled(&self, side: usize) -> Vec<Labelled> {
        let digits = self.ink.iter().map(|ink| Digit::from_ink(ink).and_then(|digit| digit.resized(side)));
        digits.zip(&self.labels).map(|(digit, &label)| Labelled { digit, label }).collect()
    }
}
