//! A picture, and the digits in it.

use std::sync::Arc;

use spikepad::{Components, Digit, InkBox, Raster};

use crate::grey::{Grey, Histogram};
use crate::grouping::{Group, choose, group};
use crate::lines::erase_lines;
use crate::notes::Note;
use crate::paper::Paper;
use crate::pieces::{Kind, kinds};
use crate::strokes::raster_of;
use crate::threshold::Ink;

/// What was not taken for ink of a digit, as [`Picture::removed`] gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Removed {
    /// A line of ruled or squared paper.
    Line = 1,
    /// A frame around the digit.
    Frame = 2,
    /// A shadow, a table, or something else that comes in from the border.
    Surroundings = 3,
    /// A speck, or something else that is too small or too far from the digits.
    Speck = 4,
}

/// A picture that was averaged to at most [`LARGEST_SIDE`](crate::LARGEST_SIDE) pixels a side, with the digits in it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Width and height in pixels before averaging.
    source: [usize; 2],
    grey: Grey,
    zero_to_one: bool,
    /// The same for every sensitivity.
    paper: Arc<Paper>,
    analysis: Analysis,
}

/// What was found in a picture.
#[derive(Debug, Clone)]
struct Analysis {
    strength: Grey,
    ink: Ink,
    /// The component of each pixel of the mask, counted from 1; 0 elsewhere.
    labels: Vec<u32>,
    removed: Vec<u8>,
    groups: Vec<Group>,
    chosen: Option<usize>,
}

/// How far the sensitivity goes in both directions.
const SENSITIVITY: f32 = 1.0;

/// Paper that is darker than this share of the lightest counts as shadow, or as a table.
const SHADOW: f32 = 0.72;

impl Picture {
    /// `on_black` is the picture on black paper, where parts of it are transparent.
    pub(crate) fn new(source: [usize; 2], on_white: Grey, on_black: Option<Grey>, zero_to_one: bool) -> Self {
        let read = |grey: Grey| {
            let paper = Arc::new(Paper::of(&grey));
            let analysis = Analysis::of(&paper, 0.0);
            Self { source, grey, zero_to_one, paper, analysis }
        };
        let white = read(on_white);
        match on_black {
            // White strokes on nothing are seen on black paper only.
            Some(grey) if white.analysis.groups.is_empty() => read(grey),
            _ => white,
        }
    }

    /// Looks for digits anew, with another sensitivity from -1 to 1: more sensitive, and fainter marks are ink. 0 is what
    /// [`Reader::finish`](crate::Reader::finish) uses. NaN counts as 0, and values beyond the range as its ends.
    #[must_use]
    pub fn with_sensitivity(&self, sensitivity: f32) -> Self {
        let sensitivity =
            if sensitivity.is_nan() { 0.0 } else { sensitivity.clamp(-SENSITIVITY, SENSITIVITY) };
        Self {
            analysis: Analysis::of(&self.paper, sensitivity),
            grey: self.grey.clone(),
            paper: Arc::clone(&self.paper),
            ..*self
        }
    }

    /// Width and height in pixels as the picture was given.
    #[must_use]
    pub fn source_size(&self) -> [usize; 2] {
        self.source
    }

    /// Width in pixels after averaging.
    #[must_use]
    pub fn width(&self) -> usize {
        self.grey.width
    }

    /// Height in pixels after averaging.
    #[must_use]
    pub fn height(&self) -> usize {
        self.grey.height
    }

    /// The averaged picture, `[height, width]`: 0 is black, 255 white.
    #[must_use]
    pub fn grey(&self) -> Vec<u8> {
        // A cast from a float saturates.
        self.grey.values.iter().map(|value| (value + 0.5) as u8).collect()
    }

    /// Is the ink lighter than the paper?
    #[must_use]
    pub fn light_on_dark(&self) -> bool {
        self.paper.light_on_dark
    }

    /// What was taken for the ink of digits, `[height, width]`: 0 is paper, 255 full ink.
    #[must_use]
    pub fn ink(&self) -> Vec<u8> {
        let Analysis { strength, ink, labels, groups, .. } = &self.analysis;
        let usual = ink.usual;
        let taken =
            |label: u32| label > 0 && groups.iter().any(|group| group.pieces.contains(&(label as usize - 1)));
        self.cropped(|i| {
            if taken(labels[i]) { ((strength.values[i] / usual).min(1.0) * 255.0 + 0.5) as u8 } else { 0 }
        })
    }

    /// What was not taken for the ink of digits, `[height, width]`: 0, or a [`Removed`] as a number.
    #[must_use]
    pub fn removed(&self) -> Vec<u8> {
        self.cropped(|i| self.analysis.removed[i])
    }

    /// The pixels of the picture without the paper that was added around it.
    fn cropped(&self, pixel: impl Fn(usize) -> u8) -> Vec<u8> {
        let (strength, margin) = (&self.analysis.strength, self.paper.margin);
        let row = |y: usize| (y + margin) * strength.width + margin;
        (0..self.height()).flat_map(|y| row(y)..row(y) + self.width()).map(pixel).collect()
    }

    /// The boxes of the digits in the averaged picture, in reading order: lines from the top down, digits from left to right.
    pub fn digits(&self) -> impl ExactSizeIterator<Item = InkBox> + '_ {
        // Smoothing may carry ink a pixel beyond the border, where paper was added.
        let within = |at: usize, side: usize| at.saturating_sub(self.paper.margin).min(side);
        self.analysis.groups.iter().map(move |Group { bounds, .. }| InkBox {
            left: within(bounds.left, self.width() - 1),
            top: within(bounds.top, self.height() - 1),
            right: within(bounds.right, self.width()),
            bottom: within(bounds.bottom, self.height()),
        })
    }

    /// Index of the digit that is read if nobody chooses another, the largest and most central; `None` if there is none.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.analysis.chosen
    }

    /// A digit by its index; `None` if there is none.
    #[must_use]
    pub fn digit(&self, index: usize) -> Option<Digit> {
        self.joined(&[index])
    }

    /// Some of the digits taken as one, for callers who can tell better whether they are; `None` if there are none with these
    /// indices.
    #[must_use]
    pub fn joined(&self, indices: &[usize]) -> Option<Digit> {
        Digit::from_raster(&self.raster(indices)?)
    }

    /// The chosen digit.
    #[must_use]
    pub fn chosen_digit(&self) -> Option<Digit> {
        self.digit(self.chosen()?)
    }

    fn raster(&self, indices: &[usize]) -> Option<Raster> {
        let Analysis { strength, ink, labels, groups, .. } = &self.analysis;
        let groups: Option<Vec<&Group>> = indices.iter().map(|&index| groups.get(index)).collect();
        let groups = groups?;
        let bounds = groups.iter().map(|group| group.bounds).reduce(|one, other| one.with(&other))?;
        let member = |x: usize, y: usize| {
            let label = labels[y * strength.width + x] as usize;
            label > 0 && groups.iter().any(|group| group.pieces.contains(&(label - 1)))
        };
        raster_of(strength, ink, bounds, member)
    }

    /// What a user should know about how the picture was read.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.zero_to_one {
            notes.push(Note::ZeroToOne);
        }
        match self.analysis.groups.len() {
            0 => notes.push(Note::Nothing),
            1 => {}
            digits => notes.push(Note::Several { digits }),
        }
        notes
    }
}

impl Analysis {
    fn of(paper: &Paper, sensitivity: f32) -> Self {
        // Four times as sensitive at most, or a quarter.
        let factor =
            if sensitivity > 0.0 { 1.0 / (1.0 + 3.0 * sensitivity) } else { 1.0 - 1.6 * sensitivity };
        let (mut strength, margin) = (paper.strength(factor.min(1.5)), paper.margin);
        let (width, height) = (strength.width, strength.height);
        let mut removed = surroundings(paper.level());
        // Frames first, while their sides are together.
        remove(&mut strength, &mut removed, None, |kind| (kind == Kind::Frame).then_some(Removed::Frame));
        // Without the paper that was added, because lines go from border to border.
        let mut inner = strength.without_margin(margin);
        for (i, erased) in erase_lines(&mut inner).into_iter().enumerate() {
            if erased {
                let at = (i / inner.width + margin) * width + i % inner.width + margin;
                strength.values[at] = 0.0;
                removed[at] = Removed::Line as u8;
            }
        }
        // First with all that is there, because what comes in from outside may be darker than the ink.
        for factor in [None, Some(factor)] {
            remove(&mut strength, &mut removed, factor, |kind| match kind {
                Kind::Frame => Some(Removed::Frame),
                Kind::Surroundings => Some(Removed::Surroundings),
                Kind::Piece | Kind::Speck => None,
            });
        }
        let ink = Ink::of(&strength, factor);
        let components = Components::of_mask(width, &ink.mask);
        let kinds = kinds(&components, width, height);
        let pieces: Vec<usize> = (0..kinds.len()).filter(|&i| kinds[i] == Kind::Piece).collect();
        let groups = group(&components, &pieces);
        let mut labels = vec![0; strength.values.len()];
        for run in components.runs() {
            let row = run.row * width;
            labels[row..][run.columns.clone()].fill(run.component as u32 + 1);
            if !groups.iter().any(|group| group.pieces.contains(&run.component)) {
                removed[row..][run.columns.clone()].fill(Removed::Speck as u8);
            }
        }
        let chosen = choose(&groups, width, height);
        Self { strength, ink, labels, removed, groups, chosen }
    }
}

/// Erases the components whose kinds `pick` tells, of all that is there or, with a factor, of the [`Ink`].
fn remove(
    strength: &mut Grey,
    removed: &mut [u8],
    factor: Option<f32>,
    pick: impl Fn(Kind) -> Option<Removed>,
) {
    let width = strength.width;
    let mask = match factor {
        Some(factor) => Ink::of(strength, factor).mask,
        None => strength.values.iter().map(|&value| value > 0.0).collect(),
    };
    let components = Components::of_mask(width, &mask);
    let kinds = kinds(&components, width, strength.height);
    for run in components.runs() {
        if let Some(kind) = pick(kinds[run.component]) {
            strength.values[run.row * width..][run.columns.clone()].fill(0.0);
            removed[run.row * width..][run.columns.clone()].fill(kind as u8);
        }
    }
}

/// Marks paper that is much darker than the lightest.
fn surroundings(level: &Grey) -> Vec<u8> {
    let lightest = Histogram::new(&level.values, 256.0).quantile(0.9);
    let dark = |&level: &f32| level < SHADOW * lightest;
    level.values.iter().map(|level| if dark(level) { Removed::Surroundings as u8 } else { 0 }).collect()
}
