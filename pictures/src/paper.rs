//! Paper and ink under uneven light.
//!
//! The paper's level is estimated at each pixel, by a grey-scale closing with a window wider than any stroke. The ink's
//! strength is the share of the light that it takes away from the paper around it, so that a stroke is as strong in a shadow
//! as beside it. (Background division is the usual first step for photographed documents: B. Gatos, I. Pratikakis and S.
//! Perantonis, "Adaptive degraded document image binarization", 2006.)

use spikepad::Components;

use crate::distance::squared_distances;
use crate::grey::{Grey, Histogram};
use crate::morphology::closed;

/// The longer side, in pixels, at which the first look is taken.
const FIRST_LOOK: usize = 256;

/// Radius of the first look's window, as a share of the longer side.
const WIDEST: f32 = 0.175;

/// The radius of the window, in widths of the widest stroke of the first look. The window is a little more than twice as
/// wide as the stroke.
const RADIUS: f32 = 1.25;

/// Deviations from the paper that count as paper, in standard deviations of the paper.
const NOISE_DEVIATIONS: f32 = 4.5;

/// Smaller deviations count as paper even where there is no noise, grey levels.
const LEAST_DEVIATION: f32 = 3.0;

/// The largest standard deviation of paper, in grey levels; what scatters more is not noise.
const MOST_NOISE: f32 = 8.0;

/// The most that the noise's peaks lie above the paper, grey levels.
const MOST_BIAS: f32 = 24.0;

/// Paper is not darker than this where it is divided by, grey levels.
const DARKEST_PAPER: f32 = 16.0;

/// How much of the variance of a picture of two levels lies between them (N. Otsu's measure of separability).
const TWO_LEVELS: f32 = 0.9;

/// A picture is smoothed if its shorter side is at least this long, pixels.
const SMOOTHED_FROM: usize = 96;

/// Paper, and how much darker a picture is.
#[derive(Debug)]
pub(crate) struct Paper {
    measured: Measured,
    /// Is the ink lighter than the paper?
    pub light_on_dark: bool,
    /// Paper that was added around the picture, because its ink touches the border: pixels.
    pub margin: usize,
}

impl Paper {
    /// Estimates the paper of a grey picture, 0..=255.
    pub fn of(picture: &Grey) -> Self {
        let step = picture.longer().div_ceil(FIRST_LOOK);
        let small = picture.reduced(step);
        let radius = radius_of(small.longer() as f32 * WIDEST);
        let light_on_dark = is_light_on_dark(&small, radius);
        let as_dark =
            |grey: &Grey| if light_on_dark { grey.map(|value| 255.0 - value) } else { grey.clone() };
        let (mut small, mut picture) = (as_dark(&small), as_dark(picture));
        let mut margin = 0;
        if let Some(paper) = paper_of_crop(&small) {
            let small_margin = small.longer().div_ceil(8);
            margin = small_margin * step;
            small = padded(&small, small_margin, paper);
            picture = padded(&picture, margin, paper);
        }
        let first = Measured::of(&small, radius);
        let widest = widest_stroke(&first.strength(1.0)) * step as f32;
        let most = radius_of(picture.longer() as f32 * WIDEST);
        let radius = match widest {
            // Nothing was found in the first look: hairlines.
            0.0 => radius_of(picture.longer() as f32 / 16.0),
            widest => radius_of(RADIUS * widest + 2.0).min(most),
        };
        Self { measured: Measured::of(&picture, radius), light_on_dark, margin }
    }

    /// The light of the paper, 0..=255, as dark ink on light paper.
    pub fn level(&self) -> &Grey {
        &self.measured.level
    }

    /// The share of the light that ink takes away, 0..=1; 0 for paper and noise. `noise` is a factor on what counts as noise.
    pub fn strength(&self, noise: f32) -> Grey {
        self.measured.strength(noise)
    }
}

fn radius_of(radius: f32) -> usize {
    (radius.ceil() as usize).max(1)
}

#[derive(Debug)]
struct Measured {
    level: Grey,
    /// How much darker than the paper each pixel is, in grey levels.
    darker: Grey,
    /// The standard deviation of the paper, in grey levels.
    deviation: f32,
}

impl Measured {
    fn of(picture: &Grey, radius: usize) -> Self {
        let smooth = picture.width.min(picture.height) >= SMOOTHED_FROM;
        let picture = if smooth { &picture.smoothed() } else { picture };
        let mut level = closed(picture, radius);
        let mut darker = differences(&level, picture);
        let histogram = Histogram::new(&darker.values, 255.0);
        // Where there is noise, the closing runs along its peaks. Most of a picture is paper, so the median tells how far
        // they lie above the paper, and the lower half, which has no ink, how far the noise scatters.
        let middle = histogram.quantile(0.5);
        let deviation = middle - histogram.quantile(0.16);
        let bias = if deviation < MOST_NOISE { middle.min(MOST_BIAS) } else { 0.0 };
        for (darker, level) in darker.values.iter_mut().zip(&mut level.values) {
            *level = (*level - bias).max(DARKEST_PAPER);
            *darker -= bias;
        }
        Self { level, darker, deviation: deviation.min(MOST_NOISE) }
    }

    fn strength(&self, noise: f32) -> Grey {
        let least = (NOISE_DEVIATIONS * noise * self.deviation).max(LEAST_DEVIATION * noise.min(1.0));
        let pairs = self.darker.values.iter().zip(&self.level.values);
        let share =
            |(&darker, &level): (&f32, &f32)| if darker > least { (darker / level).min(1.0) } else { 0.0 };
        Grey { width: self.level.width, height: self.level.height, values: pairs.map(share).collect() }
    }
}

fn differences(one: &Grey, other: &Grey) -> Grey {
    let values = one.values.iter().zip(&other.values).map(|(one, other)| one - other).collect();
    Grey { width: one.width, height: one.height, values }
}

/// Decides once for the whole picture whether its ink is lighter than the paper.
fn is_light_on_dark(small: &Grey, radius: usize) -> bool {
    let inverted = small.map(|value| 255.0 - value);
    // The share of the light that is missing is the same for ink on paper and for paper between ink.
    let dark = thin_things(small, radius, |paper, _| paper);
    let light = thin_things(&inverted, radius, |_, value| 255.0 - value);
    light > dark
}

/// How much is darker than its surroundings and than the median, as shares of the light, seen with windows of several sizes:
/// the thinner something is, the more windows see it. Ink is thin. The inside of a dark loop is light in a dark surrounding,
/// but thicker, or no lighter than the median.
fn thin_things(grey: &Grey, radius: usize, light: impl Fn(f32, f32) -> f32) -> f64 {
    let median = Histogram::new(&grey.values, 256.0).quantile(0.5);
    let seen = [1, 2, 3, 6].map(|part| {
        let radius = (radius / part).max(1);
        let paper = closed(grey, radius);
        let shares = paper.values.iter().zip(&grey.values).map(|(&paper, &value)| {
            let darker = (paper - value).min(median - value);
            if darker > LEAST_DEVIATION { darker / light(paper, value).max(DARKEST_PAPER) } else { 0.0 }
        });
        // Squared, because uneven light makes much that is a little darker.
        shares.map(|share| f64::from(share * share)).sum::<f64>() / (radius * radius) as f64
    });
    seen.iter().sum()
}

/// The paper of a picture of two levels that is cropped so tightly that its ink touches the border, and nothing else can be
/// the digit; otherwise none.
fn paper_of_crop(small: &Grey) -> Option<f32> {
    let histogram = Histogram::new(&small.values, 256.0);
    let [threshold, ink, paper] = histogram.otsu();
    if paper - ink < 12.0 || separability(small, threshold, [ink, paper]) < TWO_LEVELS {
        return None;
    }
    let (width, height) = (small.width, small.height);
    let dark: Vec<bool> = small.values.iter().map(|&value| value < threshold).collect();
    let paper_pixels: Vec<bool> = dark.iter().map(|dark| !dark).collect();
    let distances = squared_distances(width, &paper_pixels);
    let components = Components::of_mask(width, &dark);
    let mut thickest = vec![0.0_f32; components.list().len()];
    for run in components.runs() {
        for x in run.columns.clone() {
            let at = run.row * width + x;
            thickest[run.component] = thickest[run.component].max(distances[at]);
        }
    }
    let side = |i: usize| {
        let bounds = components.list()[i].bounds;
        bounds.width().max(bounds.height())
    };
    // Which of the borders it touches: left, top, right, bottom.
    let touched = |i: usize| {
        let b = components.list()[i].bounds;
        [b.left == 0, b.top == 0, b.right == width, b.bottom == height]
    };
    let touches = |i: usize| touched(i).contains(&true);
    let (border, inner): (Vec<usize>, Vec<usize>) = (0..thickest.len()).partition(|&i| touches(i));
    let longest = border.iter().map(|&i| side(i)).max()?;
    // Strokes are thin. What is thick is a table, or a shadow.
    let stroked = border.iter().all(|&i| 2.0 * thickest[i].sqrt() <= 0.35 * side(i).max(longest / 2) as f32);
    let alone = inner.iter().all(|&i| 3 * side(i) < longest);
    // What comes in from outside lies in a corner, but does not touch all borders.
    let all = (0..4).all(|at| border.iter().any(|&i| touched(i)[at]));
    let corners = [0, width - 1, (height - 1) * width, height * width - 1];
    let whole = all || !corners.iter().any(|&corner| dark[corner]);
    // The upper class's median is the paper; its mean has the edges of strokes in it.
    let paper = Histogram::new(small.values.iter().filter(|&&value| value >= threshold), 256.0).quantile(0.6);
    (stroked && alone && whole).then_some(paper)
}

/// The share of the variance that lies between two classes.
fn separability(grey: &Grey, threshold: f32, means: [f32; 2]) -> f32 {
    let (mut within, mut between) = (0.0_f64, 0.0_f64);
    let count = grey.values.len() as f64;
    let mean = grey.values.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
    for &value in &grey.values {
        let class = f64::from(means[usize::from(value >= threshold)]);
        within += (f64::from(value) - class) * (f64::from(value) - class);
        between += (class - mean) * (class - mean);
    }
    (between / (within + between).max(1e-9)) as f32
}

fn padded(grey: &Grey, margin: usize, level: f32) -> Grey {
    let mut padded = Grey::filled(grey.width + 2 * margin, grey.height + 2 * margin, level);
    for (y, row) in grey.values.chunks_exact(grey.width).enumerate() {
        let start = (y + margin) * padded.width + margin;
        padded.values[start..start + grey.width].copy_from_slice(row);
    }
    padded
}

/// The width of the widest stroke in pixels, twice the largest distance of a pixel of ink to paper; 0 without ink.
fn widest_stroke(strength: &Grey) -> f32 {
    let inked = strength.values.iter().filter(|&&value| value > 0.0);
    let [threshold, ..] = Histogram::new(inked, 1.0).otsu();
    let paper: Vec<bool> = strength.values.iter().map(|&value| value <= threshold.max(0.0)).collect();
    if paper.iter().all(|&paper| paper) {
        return 0.0;
    }
    let distances = squared_distances(strength.width, &paper);
    2.0 * distances.iter().copied().filter(|&squared| squared < 1e9).fold(0.0, f32::max).sqrt()
}
