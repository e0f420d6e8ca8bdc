//! Whether a set would be read much better another way: inverted, transposed, turned, or with another value of full ink.

use serde::Serialize;
use spikepad::{EvaluationOptions, ImageSet, Labelled, Model, Settings, evaluate, label};

use crate::labelled_set::{LabelledSet, Way};

/// The most images in the sample.
const SAMPLE: usize = 200;

/// Steps of each presentation in the sample.
const STEPS: u32 = 50;

/// A set of which more than this share is read correctly is read the right way: a digit that is upside down or inverted is
/// read correctly in a fifth of all cases.
const RIGHT_WAY: f64 = 0.75;

/// The least share of the sample that another way reads correctly.
const READABLE: f64 = 0.5;

/// How much larger this share must be than that of the way in use.
const MUCH: f64 = 0.25;

/// How many more images of the sample it must read correctly. With 31 other ways, chance alone gives so many in fewer than
/// one of eight sets (a sign test: 31 / 2^8), and only in sets of eight images; in larger ones hardly ever.
const IMAGES: usize = 8;

/// The share of the sample that another flag must gain, so that chance does not add flags.
const GAIN: f64 = 0.02;

/// Values up to this one fill less than half of the range of a byte. Such a set may have another value of full ink.
const FAINT: f64 = 127.0;

/// A way that reads a sample of a set much better.
#[derive(Debug, PartialEq, Serialize)]
pub struct BetterWay {
    /// The flags of the command line for it; none if the flags that were given should be left out.
    pub flags: Vec<String>,
    /// Its name.
    pub name: String,
    /// Images of the sample.
    pub sample: usize,
    /// Those that are read correctly in this way.
    pub right: usize,
    /// Those that are read correctly in the way in use.
    pub right_as_read: usize,
}

impl BetterWay {
    /// Looks for a better way. The sample is spread evenly over the set, because sets may be sorted by class.
    pub fn find(set: &LabelledSet, model: &Model, settings: &Settings) -> Option<Self> {
        let count = set.images.len().min(SAMPLE);
        let indices: Vec<usize> = (0..count).map(|i| i * set.images.len() / count).collect();
        let images = set.images.pick(&indices);
        let labels: Vec<u8> = indices.iter().map(|&index| set.labels[index]).collect();
        let right = |way: Way| {
            let digits = images.digits_with_side(&way.reading(), model.network().side());
            label(digits, &labels).ok().and_then(|sample| right_of(model, settings, &sample))
        };
        let sample = |share: f64| (share * count as f64).ceil() as usize;

        let right_as_read = right(set.way)?;
        if count < IMAGES || right_as_read > sample(RIGHT_WAY) {
            return None;
        }
        let worth = |way: Way, right: usize| right as f64 - GAIN * count as f64 * flags(way).len() as f64;
        let mut best: Option<(Way, usize)> = None;
        for way in ways(&set.images, set.way) {
            let right = right(way)?;
            if best.is_none_or(|(other, most)| worth(way, right) > worth(other, most)) {
                best = Some((way, right));
            }
        }
        let (way, right) = best?;
        let enough = sample(READABLE).max(right_as_read + IMAGES.max(sample(MUCH)));
        (right >= enough).then(|| Self {
            flags: flags(way),
            name: name(way, set.way),
            sample: count,
            right,
            right_as_read,
        })
    }
}

impl std::fmt::Display for BetterWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { flags, name, sample, right, right_as_read } = self;
        let flags =
            if flags.is_empty() { "without these flags".into() } else { format!("with {}", flags.join(" ")) };
        write!(
            f,
            "the images look {name}: of a sample of {sample}, {right_as_read} are read correctly as they are, \
             {right} {flags}"
        )
    }
}

/// How many images of a sample are read correctly: by the spiking network, or by the ANN if the settings do not make a
/// spiking network. The ANN alone would not do: without biases it reads faint images as well as others.
fn right_of(model: &Model, settings: &Settings, sample: &[Labelled]) -> Option<usize> {
    let options = EvaluationOptions { steps: &[STEPS], ..EvaluationOptions::default() };
    if let Ok(evaluation) = evaluate(model, settings, sample, &options) {
        return Some(evaluation.snn[0].right);
    }
    let mut right = 0;
    for Labelled { digit, label } in sample {
        let Some(digit) = digit else { continue };
        right += usize::from(model.network().classify(digit).ok()? == Some(usize::from(*label)));
    }
    Some(right)
}

/// All ways to read a set, with the values of paper and ink in use and, if all values are small, with the largest as full
/// ink.
fn ways(images: &ImageSet, used: Way) -> Vec<Way> {
    let largest = images.extremes().map_or(0.0, |(_, largest)| largest);
    let faint = used.paper == 0.0 && largest < used.ink && (0.0..=FAINT).contains(&largest) && largest > 0.0;
    let inks = [Some(used.ink), faint.then_some(largest)];
    let mut ways = Vec::new();
    for ink in inks.into_iter().flatten() {
        for invert in [false, true] {
            for transpose in [false, true] {
                for rotate in [0, 90, 180, 270] {
                    ways.push(Way { ink, invert, transpose, rotate, ..used });
                }
            }
        }
    }
    ways
}

/// The flags that ask for a way.
fn flags(way: Way) -> Vec<String> {
    let Way { paper, ink, invert, transpose, rotate } = way;
    let mut flags = Vec::new();
    // The range 0,1 is usual for values that are not above 1, and others are not offered it.
    if (paper, ink) != (0.0, 255.0) && (paper, ink) != (0.0, 1.0) {
        flags.push(format!("--range {paper},{ink}"));
    }
    if invert {
        flags.push("--invert".into());
    }
    if transpose {
        flags.push("--transpose".into());
    }
    if rotate > 0 {
        flags.push(format!("--rotate {rotate}"));
    }
    flags
}

/// What images look like that this way puts right.
fn name(way: Way, used: Way) -> String {
    let mut names = Vec::new();
    if way.ink != used.ink {
        names.push("faint");
    }
    if way.invert != used.invert {
        names.push("inverted");
    }
    if (way.transpose, way.rotate) != (used.transpose, used.rotate) {
        names.push(match (way.transpose, way.rotate) {
            _ if used.transpose || used.rotate > 0 => "turned the wrong way",
            (true, 0) => "transposed",
            (true, 90) => "mirrored left to right",
            (true, 270) => "mirrored top to bottom",
            (false, 180) => "upside down",
            (false, _) => "turned on their side",
            (true, _) => "transposed and upside down",
        });
    }
    names.join(" and ")
}
