//! Pen strokes.

use thiserror::Error;

use crate::plain::Plain;

/// Largest coordinate and pen width, in canvas units; a larger one is an error.
const MAX_COORDINATE: f64 = 1e6;

/// The most points of all strokes together; more are an error. The page's pad never gives half as many.
const MAX_POINTS: usize = 1 << 18;

/// Smallest pen width, in canvas units; a smaller one is an error.
const MIN_PEN_WIDTH: f64 = 1e-3;

/// Why strokes cannot be taken as a drawing.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DrawingError {
    /// A coordinate that is not a number, or beyond a million units.
    #[error(
        "point {point} of stroke {stroke} is at ({}, {}); coordinates must be from -1000000 to 1000000",
        Plain(*x),
        Plain(*y)
    )]
    Coordinate {
        /// Index of the stroke.
        stroke: usize,
        /// Index of the point in its stroke.
        point: usize,
        /// The x coordinate of the point, in canvas units.
        x: f64,
        /// The y coordinate of the point, in canvas units.
        y: f64,
    },
    /// A pen's width that is not from a thousandth to a million units.
    #[error("the pen is {} units wide; its width must be from 0.001 to 1000000", Plain(*.0))]
    PenWidth(f64),
    /// More points than a drawing may have.
    #[error("the strokes have {0} points; draw with at most {MAX_POINTS}")]
    TooManyPoints(usize),
    /// The number of widths is not the number of strokes.
    #[error("{widths} widths were given for {strokes} strokes; give one per stroke")]
    Widths {
        /// Widths that were given.
        widths: usize,
        /// Strokes that there are.
        strokes: usize,
    },
    /// The lengths of the strokes do not add up to the number of points.
    #[error("the strokes' lengths add up to {lengths} points, but {points} were given")]
    Lengths {
        /// Sum of the lengths.
        lengths: usize,
        /// Points that were given.
        points: usize,
    },
}

/// A point on the canvas, `[x, y]` in canvas units, y down.
pub type Point = [f64; 2];

/// Strokes of a round pen. A stroke of one point is a dot. A stroke without points draws nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub(super) strokes: Vec<Vec<Point>>,
    /// The pen's width in canvas units, one for each stroke.
    pub(super) widths: Vec<f64>,
}

impl Drawing {
    /// Takes strokes in canvas units and the pen's width in the same units.
    ///
    /// # Errors
    /// [`DrawingError`] where a coordinate or the pen's width cannot be drawn.
    pub fn new(strokes: Vec<Vec<Point>>, pen_width: f64) -> Result<Self, DrawingError> {
        check_width(pen_width)?;
        let count = strokes.iter().map(Vec::len).sum();
        if count > MAX_POINTS {
            return Err(DrawingError::TooManyPoints(count));
        }
        for (stroke, points) in strokes.iter().enumerate() {
            for (point, &[x, y]) in points.iter().enumerate() {
                if !(x.abs() <= MAX_COORDINATE && y.abs() <= MAX_COORDINATE) {
                    return Err(DrawingError::Coordinate { stroke, point, x, y });
                }
            }
        }
        let widths = vec![pen_width; strokes.len()];
        Ok(Self { strokes, widths })
    }

    /// Gives each stroke its own width, in canvas units. A pen that is pressed harder draws wider. Divide a
    /// stroke whose width changes into pieces, each with the width of the pen there.
    ///
    /// # Errors
    /// [`DrawingError`] where there is not one width per stroke, or a width cannot be drawn.
    pub fn with_widths(self, widths: Vec<f64>) -> Result<Self, DrawingError> {
        if widths.len() != self.strokes.len() {
            return Err(DrawingError::Widths { widths: widths.len(), strokes: self.strokes.len() });
        }
        widths.iter().try_for_each(|&width| check_width(width))?;
        Ok(Self { widths, ..self })
    }

    /// Takes the points of all strokes in one slice, `x, y, x, y, ..`, and the number of points of each
    /// stroke. JavaScript passes strokes in this form.
    ///
    /// # Errors
    /// The errors of [`Drawing::new`], and [`DrawingError::Lengths`] where the lengths do not add up to the
    /// number of points.
    pub fn from_flat(points: &[f32], lengths: &[u32], pen_width: f64) -> Result<Self, DrawingError> {
        let sum = lengths.iter().try_fold(0usize, |sum, &n| sum.checked_add(n as usize));
        if !points.len().is_multiple_of(2) || sum != Some(points.len() / 2) {
            return Err(DrawingError::Lengths {
                lengths: sum.unwrap_or(usize::MAX),
                points: points.len() / 2,
            });
        }
        let mut pairs = points.chunks_exact(2).map(|p| [f64::from(p[0]), f64::from(p[1])]);
        let strokes = lengths.iter().map(|&n| pairs.by_ref().take(n as usize).collect());
        Self::new(strokes.collect(), pen_width)
    }
}

fn check_width(pen_width: f64) -> Result<(), DrawingError> {
    // NaN is in no range, so it fails too.
    if (MIN_PEN_WIDTH..=MAX_COORDINATE).contains(&pen_width) {
        Ok(())
    } else {
        Err(DrawingError::PenWidth(pen_width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_what_cannot_be_drawn() {
        let far = Drawing::new(vec![vec![[0.0, 0.0]], vec![[0.0, f64::NAN]]], 16.0);
        assert!(matches!(far, Err(DrawingError::Coordinate { stroke: 1, point: 0, .. })));
        for width in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Drawing::new(vec![], width), Err(DrawingError::PenWidth(_))));
        }
        let long = Drawing::new(vec![vec![[0.0; 2]; MAX_POINTS], vec![[0.0; 2]]], 16.0);
        assert_eq!(long, Err(DrawingError::TooManyPoints(MAX_POINTS + 1)));
        let short = Drawing::from_flat(&[1.0, 2.0, 3.0, 4.0], &[1], 16.0);
        assert_eq!(short, Err(DrawingError::Lengths { lengths: 1, points: 2 }));
        let two = Drawing::new(vec![vec![[0.0, 0.0]], vec![[9.0, 0.0]]], 16.0).unwrap();
        let missing = two.clone().with_widths(vec![16.0]);
        assert_eq!(missing, Err(DrawingError::Widths { widths: 1, strokes: 2 }));
        assert!(matches!(two.with_widths(vec![16.0, f64::NAN]), Err(DrawingError::PenWidth(_))));
    }
}
