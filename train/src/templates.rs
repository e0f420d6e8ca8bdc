//! Ways to write digits, and shapes that are no digits, as strokes. They were drawn for this project.
//!
//! `stroke-templates.json` holds them: for each digit a list of templates, and the shapes under `other`. A template has a name
//! and strokes. A point of a stroke is `[x, y]` in units of the digit's height, y down; `[x, y, 1]` is a corner. Between
//! corners the stroke is a smooth curve.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use spikepad::Point;

use crate::network::CLASSES;

/// Points of the curve of one stroke.
const CURVE: usize = 72;

/// One way to write a digit, or a shape.
#[derive(Debug, Clone, Deserialize)]
pub struct Template {
    /// What distinguishes it from others of the digit.
    pub name: String,
    /// Its strokes, in the order in which they are drawn.
    pub strokes: Vec<Vec<Knot>>,
}

/// A point that a stroke passes through.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(from = "Vec<f64>")]
pub struct Knot {
    /// In units of the digit's height, y down.
    pub at: Point,
    /// Does the stroke change its direction here without a curve?
    pub is_corner: bool,
}

impl From<Vec<f64>> for Knot {
    fn from(numbers: Vec<f64>) -> Self {
        let number = |i: usize| numbers.get(i).copied().unwrap_or(f64::NAN);
        Self { at: [number(0), number(1)], is_corner: numbers.get(2) == Some(&1.0) }
    }
}

/// All templates.
#[derive(Debug)]
pub struct Templates {
    /// Those of each digit, `[10]`.
    pub digits: Vec<Vec<Template>>,
    /// Shapes that are no digits.
    pub other: Vec<Template>,
}

impl Templates {
    /// Reads the templates that are compiled into this program.
    pub fn read() -> Result<Self> {
        #[derive(Deserialize)]
        struct File {
            digits: BTreeMap<usize, Vec<Template>>,
            other: Vec<Template>,
        }
        let file: File = serde_json::from_str(include_str!("../stroke-templates.json"))
            .context("stroke-templates.json cannot be read")?;
        let templates = Self { digits: file.digits.into_values().collect(), other: file.other };
        ensure!(templates.digits.len() == CLASSES, "stroke-templates.json has no templates for some digit");
        for template in templates.digits.iter().chain([&templates.other]).flatten() {
            let is_drawn = |stroke: &Vec<Knot>| {
                !stroke.is_empty() && stroke.iter().all(|knot| knot.at.iter().all(|v| v.is_finite()))
            };
            ensure!(
                !template.strokes.is_empty() && template.strokes.iter().all(is_drawn),
                "the template \"{}\" has a stroke without points, or a point that is not [x, y] or [x, y, 1]",
                template.name
            );
        }
        Ok(templates)
    }
}

/// The points of a stroke's line: between corners a centripetal Catmull-Rom spline (C. Yuksel, S. Schaefer and J. Keyser, "On
/// the Parameterization of Catmull-Rom Curves", 2009), whose ends are reflected. Evenly spaced on each span between knots.
pub fn curve(stroke: &[Knot]) -> Vec<Point> {
    let Some(first) = stroke.first() else { return Vec::new() };
    let lengths: Vec<f64> = stroke.windows(2).map(|pair| distance(pair[0].at, pair[1].at)).collect();
    let total: f64 = lengths.iter().sum();
    let mut points = vec![first.at];
    for (span, length) in lengths.iter().enumerate() {
        if *length == 0.0 {
            continue;
        }
        let [from, to] = [stroke[span].at, stroke[span + 1].at];
        // Beyond an end or a corner, the neighbour on the other side is reflected.
        let before = if span == 0 || stroke[span].is_corner { None } else { Some(stroke[span - 1].at) };
        let after = if stroke[span + 1].is_corner { None } else { stroke.get(span + 2).map(|knot| knot.at) };
        let before = before.filter(|&p| p != from).unwrap_or_else(|| reflected(to, from));
        let after = after.filter(|&p| p != to).unwrap_or_else(|| reflected(from, to));
        let count = ((CURVE as f64 * length / total).round() as usize).max(2);
        points.extend((1..=count).map(|i| spline([before, from, to, after], i as f64 / count as f64)));
    }
    points
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// `point` seen from `middle` on the other side.
fn reflected(point: Point, middle: Point) -> Point {
    [0, 1].map(|axis| 2.0 * middle[axis] - point[axis])
}

/// A point between the second and the third of four different points, by the pyramid of P. Barry and R. Goldman ("A recursive
/// evaluation algorithm for a class of Catmull-Rom splines", 1988). Between neighbours the parameter grows by the square root
/// of their distance.
fn spline(knots: [Point; 4], share: f64) -> Point {
    let mut at = [0.0; 4];
    for i in 1..4 {
        at[i] = at[i - 1] + distance(knots[i - 1], knots[i]).sqrt();
    }
    let t = at[1] + share * (at[2] - at[1]);
    let mut level = knots;
    for order in 1..4 {
        // Only the two middle knots of the last but one level bound the span.
        for i in 0..4 - order {
            let (low, high) = match order {
                1 => (at[i], at[i + 1]),
                2 => (at[i], at[i + 2]),
                _ => (at[1], at[2]),
            };
            let weight = (t - low) / (high - low);
            level[i] = [0, 1].map(|axis| level[i][axis] + weight * (level[i + 1][axis] - level[i][axis]));
        }
    }
    level[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knots(points: &[[f64; 2]]) -> Vec<Knot> {
        points.iter().map(|&at| Knot { at, is_corner: false }).collect()
    }

    #[test]
    fn every_template_can_be_drawn_and_has_its_own_name() {
        let templates = Templates::read().unwrap();
        for group in templates.digits.iter().chain([&templates.other]) {
            assert!(group.len() > 10);
            let mut names: Vec<&str> = group.iter().map(|template| template.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), group.len());
        }
    }

    #[test]
    fn a_curve_passes_through_its_knots_and_is_straight_on_a_line() {
        let line = knots(&[[0.0, 0.0], [0.25, 0.25], [1.0, 1.0]]);
        assert!(curve(&line).iter().all(|[x, y]| (x - y).abs() < 1e-12));
        let bend = knots(&[[0.0, 0.0], [0.6, 0.1], [0.5, 0.7], [0.1, 1.0]]);
        let points = curve(&bend);
        for knot in &bend {
            assert!(points.iter().any(|&point| distance(point, knot.at) < 1e-9), "{knot:?}");
        }
        // Twice as fine as the longest span allows: no jumps.
        assert!(points.windows(2).all(|pair| distance(pair[0], pair[1]) < 0.05));
    }

    #[test]
    fn a_corner_divides_a_stroke_in_two() {
        let mut bend = knots(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
        assert!(curve(&bend).iter().any(|&[x, y]| y < -1e-3 || x > 1.0 + 1e-3));
        bend[1].is_corner = true;
        assert!(curve(&bend).iter().all(|&[x, y]| y.abs() < 1e-12 || (x - 1.0).abs() < 1e-12));
    }

    #[test]
    fn a_dot_stays_a_dot() {
        assert_eq!(curve(&knots(&[[0.5, 0.5]])), [[0.5, 0.5]]);
        assert_eq!(curve(&knots(&[[0.5, 0.5], [0.5, 0.5]])), [[0.5, 0.5]]);
    }
}
