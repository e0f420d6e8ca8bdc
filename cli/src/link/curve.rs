//! Turns the points that a pointer reported into the line that is recognised, as `www/simulator/ink.js` does for the page. It
//! must be the same line to the last bit, because a link gives the same spikes everywhere: tests/hosts/same-spikes.test.js.

use std::iter;

/// A point of a stroke: x and y in canvas units, and the pen's width there in sixteenths of the width that is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkPoint {
    pub x: f64,
    pub y: f64,
    pub width: f64,
}

/// A part of a line along which the pen has one width.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub points: Vec<LinkPoint>,
    /// In sixteenths of the width that is set.
    pub width: f64,
}

/// The width of a pen under normal pressure, in sixteenths of the width that is set.
pub const NORMAL_WIDTH: f64 = 16.0;

/// Longest straight segment of a curve, canvas units.
const SEGMENT: f64 = 4.0;

/// Cosine of 55 degrees: a point with a sharper turn is a corner.
const CORNER: f64 = 0.573_576_436_351_046;

/// Points that are nearer to the one before are left out, canvas units.
const NEAREST: f64 = 0.01;

/// The ink of a stroke.
#[must_use]
pub fn pieces(stroke: &[LinkPoint]) -> Vec<Piece> {
    let before = iter::once(None).chain(stroke.iter().map(Some));
    let moved = stroke.iter().zip(before);
    let path: Vec<LinkPoint> = moved
        .filter(|(point, before)| before.is_none_or(|before| distance(*before, **point) > NEAREST))
        .map(|(point, _)| *point)
        .collect();
    let line = if path.len() > 2 { curve(&path) } else { path };
    divided(line)
}

/// Divides a line where the pen's width changes.
fn divided(line: Vec<LinkPoint>) -> Vec<Piece> {
    if line.len() < 2 || line.iter().all(|point| point.width == NORMAL_WIDTH) {
        let width = if let [dot] = line[..] { dot.width } else { NORMAL_WIDTH };
        return vec![Piece { points: line, width }];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for pair in line.windows(2) {
        // JavaScript's Math.round.
        let width = (f64::midpoint(pair[0].width, pair[1].width) + 0.5).floor();
        match pieces.last_mut() {
            Some(last) if last.width == width => last.points.push(pair[1]),
            _ => pieces.push(Piece { points: pair.to_vec(), width }),
        }
    }
    pieces
}

/// A Catmull-Rom curve through three points or more, as a polyline, broken at corners.
fn curve(path: &[LinkPoint]) -> Vec<LinkPoint> {
    let mut line = vec![path[0]];
    for (i, pair) in path.windows(2).enumerate() {
        let [from, to] = [pair[0], pair[1]];
        let before = i.checked_sub(1).map(|i| path[i]).filter(|before| !is_corner(*before, from, to));
        let after = path.get(i + 2).copied().filter(|after| !is_corner(from, to, *after));
        let ends = [before.unwrap_or(from), from, to, after.unwrap_or(to)];
        let segments = (distance(from, to) / SEGMENT).ceil();
        line.extend((1..segments as usize).map(|k| between(ends, k as f64 / segments)));
        line.push(to);
    }
    line
}

fn distance(a: LinkPoint, b: LinkPoint) -> f64 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    (x * x + y * y).sqrt()
}

/// Whether `b` is a corner.
fn is_corner(a: LinkPoint, b: LinkPoint, c: LinkPoint) -> bool {
    let dot = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    dot < CORNER * distance(a, b) * distance(b, c)
}

/// A point of the curve, `t` from 0 at `b` to 1 at `c`. Tangents are those of evenly spaced points, scaled to the length of this
/// segment, so that uneven points make no loops.
fn between([a, b, c, d]: [LinkPoint; 4], t: f64) -> LinkPoint {
    let span = distance(b, c);
    let (from, to) = (tangent(a, b, c, span), tangent(b, c, d, span));
    let t2 = t * t;
    let t3 = t2 * t;
    let h = [2.0 * t3 - 3.0 * t2 + 1.0, t3 - 2.0 * t2 + t, 3.0 * t2 - 2.0 * t3, t3 - t2];
    LinkPoint {
        x: h[0] * b.x + h[1] * from.0 + h[2] * c.x + h[3] * to.0,
        y: h[0] * b.y + h[1] * from.1 + h[2] * c.y + h[3] * to.1,
        width: b.width + (c.width - b.width) * t,
    }
}

/// The tangent at `b`.
fn tangent(a: LinkPoint, b: LinkPoint, c: LinkPoint, length: f64) -> (f64, f64) {
    let along = distance(a, b) + distance(b, c);
    (((c.x - a.x) / along) * length, ((c.y - a.y) / along) * length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(points: &[[f64; 3]]) -> Vec<LinkPoint> {
        points.iter().map(|&[x, y, width]| LinkPoint { x, y, width }).collect()
    }

    #[test]
    fn a_line_goes_through_its_points_and_keeps_corners() {
        let corner = stroke(&[[0.0, 0.0, 16.0], [0.0, 0.001, 16.0], [40.0, 0.0, 16.0], [40.0, 40.0, 16.0]]);
        let pieces = pieces(&corner);
        assert_eq!(pieces.len(), 1);
        let points = &pieces[0].points;
        assert_eq!(
            points.len(),
            1 + 10 + 10,
            "the repeat is left out, and segments are at most 4 units long"
        );
        assert!(points.iter().all(|point| point.y.abs() < 1e-12 || (point.x - 40.0).abs() < 1e-12));
        assert!(points.contains(&corner[2]));
    }

    #[test]
    fn a_line_is_divided_where_the_pen_is_pressed_harder() {
        let pressed = stroke(&[[0.0, 0.0, 16.0], [2.0, 0.0, 16.0], [4.0, 0.0, 19.0], [6.0, 0.0, 21.0]]);
        let widths: Vec<f64> = pieces(&pressed).iter().map(|piece| piece.width).collect();
        assert_eq!(widths, [16.0, 18.0, 20.0]);
        assert_eq!(pieces(&pressed[3..])[0].width, 21.0, "a dot");
    }
}
