//! Sorts the components of ink: pieces of digits, frames, what comes in from the border, and specks.

use spikepad::{Components, InkBox};

/// A component whose longer side is shorter than this share of the longest one's is a speck, unless it is near.
const SPECK: f32 = 0.12;

/// The least pixels along the longer side of a piece of a digit.
const LEAST_SIDE: usize = 4;

/// What comes closer to the border than one of so many parts of the longer side comes in from outside.
const BORDER: usize = 128;

/// The most components that are looked at closely.
const MOST: usize = 512;

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A stroke, or strokes that touch.
    Piece,
    /// A rectangle around something.
    Frame,
    /// Something that goes on beyond the border: the edge of a table, a shadow.
    Surroundings,
    /// Too small for a piece of a digit.
    Speck,
}

/// The kind of each component.
pub(crate) fn kinds(components: &Components, width: usize, height: usize) -> Vec<Kind> {
    let list = components.list();
    let side = |i: usize| side_of(&list[i].bounds);
    let near = width.max(height) / BORDER;
    let touches = |i: usize| {
        let b = list[i].bounds;
        b.left <= near || b.top <= near || b.right + near >= width || b.bottom + near >= height
    };
    // Most of very many components are noise. Only the largest can be pieces and frames.
    let least = side_of_rank(components, MOST);
    let mut kinds: Vec<Kind> =
        (0..list.len()).map(|i| if side(i) < least { Kind::Speck } else { Kind::Piece }).collect();
    let large: Vec<usize> = (0..list.len()).filter(|&i| side(i) >= least).take(MOST).collect();
    for i in large.iter().copied() {
        let encloses = |inner: &InkBox| {
            let outer = &list[i].bounds;
            outer.left < inner.left
                && outer.top < inner.top
                && inner.right < outer.right
                && inner.bottom < outer.bottom
                && 10 * side_of(inner) >= 3 * side(i)
        };
        if large.iter().any(|&other| encloses(&list[other].bounds)) && is_rectangle(components, i) {
            kinds[i] = Kind::Frame;
        }
    }
    let pieces = |kinds: &[Kind]| (0..list.len()).filter(|&i| kinds[i] == Kind::Piece).collect::<Vec<_>>();
    let inner = pieces(&kinds).into_iter().filter(|&i| !touches(i)).map(side).max().unwrap_or(0);
    for i in pieces(&kinds) {
        // A digit that is cut off by the border is read only where there is none in the picture.
        if touches(i) && 2 * inner >= side(i).min(width.max(height) / 4) {
            kinds[i] = Kind::Surroundings;
        }
    }
    let longest = pieces(&kinds).into_iter().map(side).max().unwrap_or(0);
    for i in pieces(&kinds) {
        if side(i) < LEAST_SIDE.min(longest) || (side(i) as f32) < SPECK * longest as f32 {
            kinds[i] = Kind::Speck;
        }
    }
    kinds
}

/// The longer side of the component that has so many longer ones; 0 if there are fewer components.
fn side_of_rank(components: &Components, rank: usize) -> usize {
    let mut sides: Vec<usize> =
        components.list().iter().map(|component| side_of(&component.bounds)).collect();
    if sides.len() <= rank {
        return 0;
    }
    sides.sort_unstable();
    sides[sides.len() - rank]
}

pub(crate) fn side_of(bounds: &InkBox) -> usize {
    bounds.width().max(bounds.height())
}

/// Does the outline of a component fill a rectangle, upright or turned? An ellipse fills 79 % of the smallest one.
fn is_rectangle(components: &Components, component: usize) -> bool {
    const FILLED: f64 = 0.92;
    let runs = || components.runs().iter().filter(|run| run.component == component);
    let bounds = components.list()[component].bounds;
    // The leftmost and the rightmost column of each row.
    let mut ends = vec![[usize::MAX, 0]; bounds.height()];
    for run in runs() {
        let [left, right] = &mut ends[run.row - bounds.top];
        *left = (*left).min(run.columns.start);
        *right = (*right).max(run.columns.end);
    }
    let area: f64 = ends.iter().map(|&[left, right]| right.saturating_sub(left) as f64).sum();
    let corners = || {
        let rows = ends.iter().enumerate().filter(|(_, [left, right])| left < right);
        rows.flat_map(|(y, &[left, right])| {
            let [top, bottom] = [y as f64, y as f64 + 1.0];
            [[left as f64, top], [right as f64, top], [left as f64, bottom], [right as f64, bottom]]
        })
    };
    // Directions as whole numbers, so that no angle is rounded: up to 45 degrees to both sides.
    let smallest = (-16..=16).map(|slope| {
        let along = [16.0, f64::from(slope)];
        let span = |[x, y]: [f64; 2]| {
            let places = corners().map(|corner| corner[0] * x + corner[1] * y);
            let (low, high) = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| {
                (low.min(place), high.max(place))
            });
            high - low
        };
        span(along) * span([-along[1], along[0]]) / (along[0] * along[0] + along[1] * along[1])
    });
    area >= FILLED * smallest.fold(f64::INFINITY, f64::min)
}
