//! The encoders of `encoding/` for [`STEPS`] steps at a time, restricted to the pixels that can spike.

use super::bits::WORD;
use super::vectors::{Work, vectorised};
use crate::digit::Digit;
use crate::encoding::{Encoder, Encoding, PixelStream, STEPS, UPPER, inked};

/// Random streams that are advanced together.
const LANES: usize = 16;

/// Turns a digit into words of spikes.
#[derive(Debug)]
pub struct MaskEncoder {
    /// The pixels that may spike, ascending.
    pixels: Vec<u16>,
    /// `masks[i]`: spikes of `pixels[i]` in the current [`STEPS`] steps; bit s is step s. Padded with zeros to a
    /// multiple of [`WORD`].
    masks: Vec<u32>,
    /// Bit i: whether `pixels[i]` spikes in more than half of the steps.
    likely: Vec<u32>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Poisson(Streams),
    /// An encoder that advances one step at a time, and the index in `pixels` of each pixel of the digit.
    Stepwise(Encoder, Vec<u16>),
}

impl MaskEncoder {
    /// Encodes `digit`. The spikes are those of [`Encoder::new`].
    pub fn new(encoding: Encoding, digit: &Digit, probability: f64, seed: u64) -> Self {
        let may_spike: Vec<_> = inked(digit, probability).filter(|&(_, p)| p > 0.0).collect();
        let pixels: Vec<u16> = may_spike.iter().map(|&(pixel, _)| pixel).collect();
        let words = pixels.len().div_ceil(WORD);
        let mut masks = vec![0; words * WORD];
        let mut likely = vec![0; words];
        if encoding != Encoding::Latency {
            for (i, _) in may_spike.iter().enumerate().filter(|(_, (_, p))| *p > 0.5) {
                likely[i / WORD] |= 1 << (i % WORD);
            }
        }
        let kind = if encoding == Encoding::Poisson {
            let mut streams = Streams::default();
            for (i, &(pixel, p)) in may_spike.iter().enumerate() {
                match PixelStream::new(pixel, p, seed) {
                    Some(stream) => streams.push(i, stream),
                    // A pixel that spikes in every step needs no random numbers.
                    None => masks[i] = u32::MAX,
                }
            }
            Kind::Poisson(streams)
        } else {
            let mut places = vec![0; digit.ink().len()];
            for (i, &pixel) in pixels.iter().enumerate() {
                places[usize::from(pixel)] = i as u16;
            }
            Kind::Stepwise(Encoder::new(encoding, digit, probability, seed), places)
        };
        Self { pixels, masks, likely, kind }
    }

    /// The pixels that may spike, ascending.
    pub fn pixels(&self) -> &[u16] {
        &self.pixels
    }

    /// Bit i tells whether pixel i of [`Self::pixels`] spikes in more than half of the steps.
    pub fn likely(&self) -> &[u32] {
        &self.likely
    }

    /// Advances [`STEPS`] steps. Word i of the result holds the spikes of pixel i of [`Self::pixels`], step s
    /// in bit s; words beyond the last pixel are 0.
    pub fn advance(&mut self) -> &[u32] {
        match &mut self.kind {
            Kind::Poisson(streams) => {
                vectorised(Draw { streams, masks: &mut self.masks });
            }
            Kind::Stepwise(encoder, places) => {
                self.masks.fill(0);
                let mut spikes = Vec::with_capacity(self.pixels.len());
                for step in 0..STEPS {
                    encoder.step(&mut spikes);
                    for &pixel in &spikes {
                        self.masks[usize::from(places[usize::from(pixel)])] |= 1 << step;
                    }
                }
            }
        }
        &self.masks
    }
}

/// The random streams of many pixels.
#[derive(Debug, Default)]
struct Streams {
    steps: u64,
    groups: Vec<Group>,
    /// For each lane of all groups: the index of its pixel in the masks, and its stream.
    pixels: Vec<(usize, PixelStream)>,
}

/// The xoshiro128++ generators of [`LANES`] pixels: see [`PixelStream`].
#[derive(Debug, Default)]
struct Group {
    state: [[u32; LANES]; 4],
    /// Upper bits of the thresholds, one per lane.
    upper: [u32; LANES],
}

impl Streams {
    fn push(&mut self, place: usize, stream: PixelStream) {
        let lane = self.pixels.len() % LANES;
        if lane == 0 {
            self.groups.push(Group::default());
        }
        if let Some(group) = self.groups.last_mut() {
            for (words, word) in group.state.iter_mut().zip(stream.start()) {
                words[lane] = word;
            }
            group.upper[lane] = stream.upper();
        }
        self.pixels.push((place, stream));
    }
}

/// Draws the spikes of the next [`STEPS`] steps.
struct Draw<'a> {
    streams: &'a mut Streams,
    masks: &'a mut [u32],
}

impl Work for Draw<'_> {
    #[inline(always)]
    fn run<const BYTES: usize>(self) {
        let Streams { steps, groups, pixels } = self.streams;
        for (group, pixels) in groups.iter_mut().zip(pixels.chunks(LANES)) {
            let (mut below, mut equal) = ([0; LANES], [0; LANES]);
            // The registers hold 16 lanes with 512-bit vectors, but only 8 with narrower ones.
            if BYTES >= 64 {
                group.draw::<LANES>(0, &mut below, &mut equal);
            } else {
                group.draw::<{ LANES / 2 }>(0, &mut below, &mut equal);
                group.draw::<{ LANES / 2 }>(LANES / 2, &mut below, &mut equal);
            }
            for ((place, stream), (below, equal)) in pixels.iter().zip(below.into_iter().zip(equal)) {
                self.masks[*place] = stream.decide(*steps, below, equal);
            }
        }
        *steps += STEPS as u64;
    }
}

impl Group {
    /// Compares the upper bits of the random numbers with the thresholds, in `N` lanes from `first`. Bit s of
    /// `below` and of `equal` tells whether the number of step s is below or equal to the threshold.
    #[inline(always)]
    fn draw<const N: usize>(&mut self, first: usize, below: &mut [u32; LANES], equal: &mut [u32; LANES]) {
        let mut state = [[0; N]; 4];
        for (lanes, all) in state.iter_mut().zip(&self.state) {
            lanes.copy_from_slice(&all[first..first + N]);
        }
        let [mut s0, mut s1, mut s2, mut s3] = state;
        let mut thresholds = [0; N];
        thresholds.copy_from_slice(&self.upper[first..first + N]);
        let (mut is_below, mut is_equal) = ([0; N], [u32::MAX; N]);
        for bit in (0..UPPER).rev() {
            for i in 0..N {
                let number = s0[i].wrapping_add(s3[i]).rotate_left(7).wrapping_add(s0[i]);
                let shifted = s1[i] << 9;
                s2[i] ^= s0[i];
                s3[i] ^= s1[i];
                s1[i] ^= s2[i];
                s0[i] ^= s3[i];
                s2[i] ^= shifted;
                s3[i] = s3[i].rotate_left(11);

                let threshold = 0_u32.wrapping_sub(thresholds[i] >> bit & 1);
                let differs = number ^ threshold;
                is_below[i] |= is_equal[i] & differs & threshold;
                is_equal[i] &= !differs;
            }
        }
        for (all, lanes) in self.state.iter_mut().zip([s0, s1, s2, s3]) {
            all[first..first + N].copy_from_slice(&lanes);
        }
        below[first..first + N].copy_from_slice(&is_below);
        equal[first..first + N].copy_from_slice(&is_equal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_hold_the_spikes_of_the_plain_encoders() {
        let digit =
            Digit::from_ink(&std::array::from_fn(|i| (i * 37 % 256) as u8 / (1 + i as u8 % 2))).unwrap();
        for encoding in [Encoding::Poisson, Encoding::Regular, Encoding::Latency] {
            for probability in [0.0, 1e-7, 0.03, 0.5, 1.0, 3.0] {
                let mut masks = MaskEncoder::new(encoding, &digit, probability, 9);
                let mut encoder = Encoder::new(encoding, &digit, probability, 9);
                let mut expected = Vec::new();
                for _ in 0..3 {
                    let words = masks.advance().to_vec();
                    assert!(words[masks.pixels().len()..].iter().all(|&word| word == 0));
                    for step in 0..STEPS {
                        encoder.step(&mut expected);
                        let spikes =
                            masks.pixels().iter().zip(&words).filter(|(_, word)| *word >> step & 1 == 1);
                        let spikes: Vec<u16> = spikes.map(|(&pixel, _)| pixel).collect();
                        assert_eq!(spikes, expected, "{encoding:?} at {probability}");
                    }
                }
            }
        }
    }
}
