//! Reads MNIST's files, and holds back some of the training digits to make choices with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use spikepad::{Digit, ImageReading, ImageSet, PIXELS, read_labels};

use crate::random::{Purpose, Stream};

/// Digits with their classes.
pub struct Digits {
    /// Ink of each digit, `[28, 28]` row-major.
    pub images: Vec<[u8; PIXELS]>,
    /// Classes, 0..=9.
    pub labels: Vec<u8>,
}

impl Digits {
    /// Reads `{part}-images-idx3-ubyte` and `{part}-labels-idx1-ubyte` of a folder.
    pub fn read(folder: &Path, part: &str) -> Result<Self> {
        let open = |name: String| {
            let path = folder.join(name);
            let read = fs::read(&path);
            read.with_context(|| format!("cannot read {}; `npm install` fetches MNIST", path.display()))
        };
        let images = open(format!("{part}-images-idx3-ubyte"))?;
        let labels = open(format!("{part}-labels-idx1-ubyte"))?;
        let images = ImageSet::from_idx(&images).with_context(|| format!("{part}-images-idx3-ubyte"))?;
        let labels = read_labels(&labels).with_context(|| format!("{part}-labels-idx1-ubyte"))?;
        let images: Option<Vec<_>> =
            images.digits(&ImageReading::MNIST).map(|digit| Some(pixels(&digit?))).collect();
        let images = images.with_context(|| format!("{part}: a picture is blank"))?;
        ensure!(
            images.len() == labels.len(),
            "{part}: {} images and {} labels do not go together",
            images.len(),
            labels.len()
        );
        Ok(Self { images, labels })
    }

    /// The number of digits.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Holds back `count` random digits. Returns the remaining digits and the held-back ones.
    pub fn hold_back(&self, count: usize, seed: u64) -> (Self, Self) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        Stream::new(seed, Purpose::Split, 0, 0).shuffle(&mut order);
        let (kept, held_back) = order.split_at(self.len() - count.min(self.len()));
        (self.pick(kept), self.pick(held_back))
    }

    /// The first `count` digits, or all if there are fewer.
    pub fn first(&self, count: usize) -> Self {
        self.pick(&(0..count.min(self.len())).collect::<Vec<_>>())
    }

    fn pick(&self, indices: &[usize]) -> Self {
        Self {
            images: indices.iter().map(|&i| self.images[i]).collect(),
            labels: indices.iter().map(|&i| self.labels[i]).collect(),
        }
    }
}

/// The pixels of a digit that is made from MNIST's files, from strokes or from a picture.
pub fn pixels(digit: &Digit) -> [u8; PIXELS] {
    digit.ink().try_into().expect("such digits have 28 x 28 pixels")
}
