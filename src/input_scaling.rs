//! The ways in which networks want their picture: the numbers of paper and ink, and the order of the pixels.

/// A way to show a network a picture of ink from 0 to 1, with 0 for paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputScaling {
    /// The numbers that paper and ink become.
    pub range: InputRange,
    /// Whether ink and paper are exchanged.
    pub inverted: bool,
    /// Whether the picture is stored by columns.
    pub transposed: bool,
}

/// The numbers that paper and full ink become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputRange {
    /// 0 and 1.
    ZeroToOne,
    /// 0 and 255.
    ZeroTo255,
    /// MNIST's mean and deviation become 0 and 1: (x - 0.1307) / 0.3081, as in PyTorch's examples.
    MeanAndDeviation,
    /// -1 and 1.
    MinusOneToOne,
}

impl InputRange {
    /// All ranges, the most usual first.
    pub const ALL: [Self; 4] =
        [Self::ZeroToOne, Self::ZeroTo255, Self::MeanAndDeviation, Self::MinusOneToOne];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ZeroToOne => "0..1",
            Self::ZeroTo255 => "0..255",
            Self::MeanAndDeviation => "(x - 0.1307) / 0.3081",
            Self::MinusOneToOne => "-1..1",
        }
    }

    /// Factor and offset of ink from 0 to 1.
    fn affine(self) -> (f64, f64) {
        match self {
            Self::ZeroToOne => (1.0, 0.0),
            Self::ZeroTo255 => (255.0, 0.0),
            Self::MeanAndDeviation => (1.0 / 0.3081, -0.1307 / 0.3081),
            Self::MinusOneToOne => (2.0, -1.0),
        }
    }
}

impl InputScaling {
    /// Ink from 0 to 1, with 0 for paper, stored by rows.
    pub const USUAL: Self = Self { range: InputRange::ZeroToOne, inverted: false, transposed: false };

    /// All ways, the most usual first.
    pub fn all() -> impl Iterator<Item = Self> {
        let ways = [(false, false), (true, false), (false, true), (true, true)];
        ways.into_iter().flat_map(|(inverted, transposed)| {
            InputRange::ALL.into_iter().map(move |range| Self { range, inverted, transposed })
        })
    }

    /// Its name, such as `0..255, inverted`.
    #[must_use]
    pub fn name(self) -> String {
        let inverted = if self.inverted { ", inverted" } else { "" };
        let transposed = if self.transposed { ", transposed" } else { "" };
        format!("{}{inverted}{transposed}", self.range.name())
    }

    /// The way with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|scaling| scaling.name() == name)
    }

    /// Factor and offset that turn ink from 0 to 1 into what the network takes.
    #[must_use]
    pub fn affine(self) -> (f64, f64) {
        let (scale, offset) = self.range.affine();
        // 1 - x in the place of x.
        if self.inverted { (-scale, scale + offset) } else { (scale, offset) }
    }
}

/// For each pixel of a square by rows, its place by columns.
#[must_use]
pub fn transposition(pixels: usize) -> Vec<usize> {
    let side = pixels.isqrt();
    (0..pixels).map(|i| i % side * side + i / side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let names: Vec<_> = InputScaling::all().map(InputScaling::name).collect();
        assert_eq!(names.len(), 16);
        assert_eq!(names[0], InputScaling::USUAL.name());
        assert_eq!(names[5], "0..255, inverted");
        for scaling in InputScaling::all() {
            assert_eq!(InputScaling::named(&scaling.name()), Some(scaling));
        }
    }
}
