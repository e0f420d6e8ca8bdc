//! Finds out whether a drawing is of one digit or of several.

use super::components::Components;
use super::grouping::group_digits;
use super::strokes::Drawing;

/// A pen that is drawn with the thinnest of MNIST's widths, in canvas units.
const THIN: f64 = 1e-3;

impl Drawing {
    /// The strokes of each digit, in reading order: one list of indices if the drawing is of one digit, none if nothing is
    /// drawn. Strokes that touch each other belong to one digit, and so do strokes that lie as the parts of one digit do:
    /// see [`group_digits`]. Strokes that are no part of a digit, such as dots beside it, are in no list.
    #[must_use]
    pub fn digits(&self) -> Vec<Vec<usize>> {
        // A thick pen joins digits whose strokes are apart.
        let thin = Self { strokes: self.strokes.clone(), widths: vec![THIN; self.strokes.len()] };
        let Some(canvas) = thin.fit() else { return Vec::new() };
        let Some(raster) = thin.ink(&canvas) else { return Vec::new() };
        let components = Components::of_raster(&raster);
        let pieces: Vec<usize> = (0..components.list().len()).collect();
        // The component that each stroke begins in.
        let component_of = |stroke: &Vec<[f64; 2]>| {
            let at = canvas.place(*stroke.first()?);
            let [x, y] = [(at[0], canvas.width), (at[1], canvas.height)]
                .map(|(place, count)| (place.max(0.0) as usize).min(count - 1));
            let run = components.runs().iter().find(|run| run.row == y && run.columns.contains(&x))?;
            Some(run.component)
        };
        let places: Vec<Option<usize>> = self.strokes.iter().map(component_of).collect();
        let strokes_of = |pieces: &[usize]| {
            let belongs = |place: &Option<usize>| place.is_some_and(|component| pieces.contains(&component));
            (0..places.len()).filter(|&stroke| belongs(&places[stroke])).collect()
        };
        group_digits(&components, &pieces).iter().map(|group| strokes_of(&group.pieces)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::Point;

    /// Strokes in units of the height, on a canvas of 280.
    fn digits(strokes: &[&[Point]], pen_width: f64) -> Vec<Vec<usize>> {
        let scaled = |stroke: &&[Point]| stroke.iter().map(|p| p.map(|v| 60.0 + v * 150.0)).collect();
        Drawing::new(strokes.iter().map(scaled).collect(), pen_width).unwrap().digits()
    }

    fn moved(stroke: &[Point], right: f64) -> Vec<Point> {
        stroke.iter().map(|&[x, y]| [x + right, y]).collect()
    }

    const BAR: [Point; 2] = [[0.0, 0.0], [0.0, 1.0]];
    const SEVEN: [Point; 3] = [[0.0, 0.0], [0.6, 0.0], [0.25, 1.0]];
    const RING: [Point; 9] = [
        [0.35, 0.0],
        [0.1, 0.15],
        [0.0, 0.5],
        [0.1, 0.85],
        [0.35, 1.0],
        [0.6, 0.85],
        [0.7, 0.5],
        [0.6, 0.15],
        [0.35, 0.0],
    ];

    #[test]
    fn one_digit_of_several_strokes_is_one() {
        // A 4 whose parts are apart, a 5 with a loose bar, a crossed 7, an open 0 of two arcs, an 8 of two rings.
        let four: [&[Point]; 2] = [&[[0.0, 0.1], [0.0, 0.6], [0.5, 0.6]], &[[0.54, 0.25], [0.54, 1.0]]];
        let five: [&[Point]; 2] =
            [&[[0.0, 0.05], [0.0, 0.45], [0.4, 0.5], [0.4, 0.95], [0.0, 1.0]], &[[0.08, 0.0], [0.5, 0.0]]];
        let seven: [&[Point]; 2] = [&SEVEN, &[[0.2, 0.5], [0.6, 0.5]]];
        let zero: [&[Point]; 2] = [&RING[..5], &RING[4..]];
        let small: Vec<Point> = RING.iter().map(|&[x, y]| [x * 0.5 + 0.2, y * 0.5]).collect();
        let below: Vec<Point> = small.iter().map(|&[x, y]| [x, y + 0.52]).collect();
        let eight: [&[Point]; 2] = [&small, &below];
        for pen_width in [4.0, 16.0, 28.0] {
            for strokes in [four, five, seven, zero, eight] {
                assert_eq!(digits(&strokes, pen_width), [[0, 1]], "a pen of {pen_width}");
            }
        }
        assert_eq!(digits(&[&RING], 16.0), [[0]]);
    }

    #[test]
    fn digits_side_by_side_are_several_with_any_pen() {
        for pen_width in [4.0, 16.0, 28.0] {
            let elevens = digits(&[&BAR, &moved(&BAR, 0.3)], pen_width);
            assert_eq!(elevens, [[0], [1]], "a pen of {pen_width}");
            // Drawn from right to left; the lists are in reading order.
            let seventy = digits(&[&moved(&RING, 0.8), &SEVEN], pen_width);
            assert_eq!(seventy, [[1], [0]], "a pen of {pen_width}");
        }
        let three = digits(&[&SEVEN, &moved(&BAR, 0.9), &moved(&RING, 1.2), &[[0.2, 0.5], [0.5, 0.5]]], 12.0);
        assert_eq!(three, [vec![0, 3], vec![1], vec![2]]);
    }

    #[test]
    fn a_drawing_without_ink_has_no_digits() {
        assert!(digits(&[], 16.0).is_empty());
        assert!(digits(&[&[]], 16.0).is_empty());
        assert_eq!(digits(&[&[], &[[0.5, 0.5]]], 16.0), [[1]]);
    }
}
