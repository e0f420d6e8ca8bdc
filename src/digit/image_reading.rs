//! How the numbers that files of images hold become ink.

/// The value of full ink in MNIST's files.
pub const FULL: f64 = 255.0;

/// How the values of a set become ink, and which way up the images are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImageReading {
    /// The value of paper.
    pub paper: f64,
    /// The value of full ink. It may be less than that of paper; if they are equal, everything is paper or full ink.
    pub ink: f64,
    /// Whether rows and columns are exchanged.
    pub transpose: bool,
    /// Quarter turns clockwise, after that.
    pub quarter_turns: u8,
}

impl ImageReading {
    /// MNIST's own: 0 is paper, 255 is full ink, rows come one after another.
    pub const MNIST: Self = Self { paper: 0.0, ink: FULL, transpose: false, quarter_turns: 0 };

    /// The ink of a value, 0 to 255.
    pub(super) fn ink_of(&self, value: f64) -> u8 {
        // A conversion to u8 saturates, and makes 0 of what is not a number.
        ((value - self.paper) / (self.ink - self.paper) * FULL).round() as u8
    }

    /// Puts the pixels of an image of `rows` x `columns` the right way up. Returns its new sides, too.
    pub(super) fn arrange(&self, pixels: Vec<u8>, rows: usize, columns: usize) -> (Vec<u8>, usize, usize) {
        let mut image = (pixels, rows, columns);
        if self.transpose {
            image = rebuild(&image, |y, x, _| (x, y));
        }
        for _ in 0..self.quarter_turns % 4 {
            image = rebuild(&image, |y, x, rows| (rows - 1 - x, y));
        }
        image
    }
}

/// Exchanges the sides of an image; `source` gives the row and the column that a pixel comes from, from its own and the
/// number of rows before.
fn rebuild(
    (pixels, rows, columns): &(Vec<u8>, usize, usize),
    source: impl Fn(usize, usize, usize) -> (usize, usize),
) -> (Vec<u8>, usize, usize) {
    let mut rebuilt = Vec::with_capacity(pixels.len());
    for y in 0..*columns {
        for x in 0..*rows {
            let (row, column) = source(y, x, *rows);
            rebuilt.push(pixels[row * columns + column]);
        }
    }
    (rebuilt, *columns, *rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_transposed_and_turned() {
        let arrange = |transpose, quarter_turns| {
            ImageReading { transpose, quarter_turns, ..ImageReading::MNIST }.arrange((0..6).collect(), 2, 3)
        };
        assert_eq!(arrange(false, 0), (vec![0, 1, 2, 3, 4, 5], 2, 3));
        assert_eq!(arrange(true, 0), (vec![0, 3, 1, 4, 2, 5], 3, 2));
        assert_eq!(arrange(false, 1), (vec![3, 0, 4, 1, 5, 2], 3, 2));
        assert_eq!(arrange(false, 2), (vec![5, 4, 3, 2, 1, 0], 2, 3));
        // Left and right are exchanged, and so are top and bottom.
        assert_eq!(arrange(true, 1), (vec![2, 1, 0, 5, 4, 3], 2, 3));
        assert_eq!(arrange(true, 3), (vec![3, 4, 5, 0, 1, 2], 2, 3));
    }

    #[test]
    fn equal_values_of_paper_and_ink_are_harmless() {
        let reading = ImageReading { paper: 3.0, ink: 3.0, ..ImageReading::MNIST };
        assert_eq!([2.0, 3.0, 4.0].map(|value| reading.ink_of(value)), [0, 0, 255]);
    }
}
