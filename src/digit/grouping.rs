//! Which pieces are one digit, by where they lie and how near they are.

use super::components::Components;
use super::raster::InkBox;
use crate::sorting::ascending;

/// Two pieces can be two digits if the smaller one is at least so tall, as a share of the taller one.
const ALIKE: f32 = 0.55;

/// Two digits side by side overlap at most by this share of the narrower one.
const OVERLAP: f32 = 0.2;

/// The least gap between two digits, as a share of the taller one's height.
const GAP: f32 = 0.08;

/// The largest gap within a digit, as a share of the taller piece's height.
const WITHIN: f32 = 0.4;

/// The most pieces that are grouped, and the points on their outlines altogether.
const MOST_PIECES: usize = 64;
const MOST_POINTS: usize = 4000;

/// Pieces of ink that make a digit.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Indices in [`Components::list`].
    pub pieces: Vec<usize>,
    /// The smallest box that holds them.
    pub bounds: InkBox,
}

/// Groups the pieces into digits, in reading order: lines from the top down, digits from left to right. Pieces that are too
/// small to be digits, and too far from one, are left out. Of more than 64 pieces the largest are grouped.
#[must_use]
pub fn group_digits(components: &Components, pieces: &[usize]) -> Vec<Group> {
    let pieces = largest(components, pieces, MOST_PIECES);
    let mut gaps = gaps(&outlines(components, &pieces));
    let bounds_of = |piece: usize| components.list()[piece].bounds;
    let mut groups: Vec<Group> =
        pieces.iter().map(|&piece| Group { pieces: vec![piece], bounds: bounds_of(piece) }).collect();
    // The nearest two that belong together, until none do.
    loop {
        let mut nearest: Option<(f32, usize, usize)> = None;
        for i in 0..groups.len() {
            for j in 0..i {
                let gap = gaps[i][j];
                if nearest.is_none_or(|(least, ..)| gap < least)
                    && belong_together(&groups[i].bounds, &groups[j].bounds, gap)
                {
                    nearest = Some((gap, i, j));
                }
            }
        }
        let Some((_, i, j)) = nearest else { break };
        let joined = groups.remove(i);
        groups[j].bounds = groups[j].bounds.with(&joined.bounds);
        groups[j].pieces.extend(joined.pieces);
        // Ink of a group is as near as its nearest piece.
        let mut removed = gaps.remove(i);
        removed.remove(i);
        for (row, gap) in gaps.iter_mut().zip(removed) {
            row.remove(i);
            row[j] = row[j].min(gap);
        }
        gaps[j] = gaps.iter().map(|row| row[j]).collect();
    }
    let tallest = groups.iter().map(|group| group.bounds.height()).max().unwrap_or(0);
    groups.retain(|group| {
        let side = group.bounds.height().max(group.bounds.width());
        side as f32 >= 0.4 * tallest as f32
    });
    in_reading_order(groups)
}

/// The pieces with the longest sides, at most `most` of them, in their order.
fn largest(components: &Components, pieces: &[usize], most: usize) -> Vec<usize> {
    let side = |piece: usize| {
        let bounds = components.list()[piece].bounds;
        bounds.width().max(bounds.height()) as u64
    };
    let sorted = ascending(pieces.iter().map(|&piece| (side(piece), piece)).collect());
    let kept = &sorted[sorted.len().saturating_sub(most)..];
    let indices = ascending(kept.iter().map(|&(_, piece)| (piece as u64, piece)).collect());
    indices.into_iter().map(|(_, piece)| piece).collect()
}

/// Are two groups of pieces, whose ink is `gap` pixels apart, one digit?
fn belong_together(one: &InkBox, other: &InkBox, gap: f32) -> bool {
    let heights = [one.height() as f32, other.height() as f32];
    let taller = heights[0].max(heights[1]);
    let alike = heights[0].min(heights[1]) >= ALIKE * taller;
    let columns = overlap([one.left, one.right], [other.left, other.right]);
    let narrower = one.width().min(other.width()) as f32;
    let rows = overlap([one.top, one.bottom], [other.top, other.bottom]);
    let beside = columns <= OVERLAP * narrower && rows > 0.0;
    let below = rows <= 0.0;
    if alike && beside {
        return gap < GAP * taller;
    }
    if alike && below {
        // Two digits one above the other; each is about as wide as the other and not much wider than tall.
        let tall = [one, other].iter().all(|b| b.height() as f32 >= 0.6 * b.width() as f32);
        return !(tall && gap >= 1.5 * GAP * taller);
    }
    let side = taller.max(one.width().max(other.width()) as f32 * 0.5);
    gap <= WITHIN * side
}

/// The length that two spans share; negative where they are apart.
fn overlap(one: [usize; 2], other: [usize; 2]) -> f32 {
    one[1].min(other[1]) as f32 - one[0].max(other[0]) as f32
}

/// Points on the outline of each piece: the ends of its runs. The more pieces, the fewer points of each.
fn outlines(components: &Components, pieces: &[usize]) -> Vec<Vec<[f32; 2]>> {
    let mut points = vec![Vec::new(); pieces.len()];
    let mut places = vec![None; components.list().len()];
    for (place, &piece) in pieces.iter().enumerate() {
        places[piece] = Some(place);
    }
    for run in components.runs() {
        if let Some(place) = places[run.component] {
            let row = run.row as f32;
            points[place].push([run.columns.start as f32, row]);
            // Long runs are horizontal strokes.
            for x in run.columns.clone().step_by(8).skip(1) {
                points[place].push([x as f32, row]);
            }
            points[place].push([run.columns.end as f32 - 1.0, row]);
        }
    }
    let most = (MOST_POINTS / pieces.len().max(1)).clamp(40, 400);
    for each in &mut points {
        let step = each.len().div_ceil(most).max(1);
        *each = each.iter().copied().step_by(step).collect();
    }
    points
}

/// The least distance between every two sets of points, `[sets, sets]`.
fn gaps(outlines: &[Vec<[f32; 2]>]) -> Vec<Vec<f32>> {
    let squared = |a: &[f32; 2], b: &[f32; 2]| (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
    let count = outlines.len();
    let mut gaps = vec![vec![0.0; count]; count];
    for i in 0..count {
        for j in 0..i {
            let all = outlines[i].iter().flat_map(|a| outlines[j].iter().map(move |b| squared(a, b)));
            let gap = all.fold(f32::INFINITY, f32::min).sqrt();
            gaps[i][j] = gap;
            gaps[j][i] = gap;
        }
    }
    gaps
}

/// The groups in reading order.
fn in_reading_order(groups: Vec<Group>) -> Vec<Group> {
    // A key, and the index of the group.
    let order = |keys: Vec<(u64, usize)>| ascending(keys).into_iter().map(|(_, index)| index);
    let left = |index: &usize| groups[*index].bounds.left as u64;
    let top = |index: &usize| groups[*index].bounds.top as u64;
    let mut rest: Vec<usize> =
        order((0..groups.len()).map(|index| (top(&index) << 32 | left(&index), index)).collect()).collect();
    let mut found = Vec::with_capacity(groups.len());
    while let Some(&first) = rest.first() {
        // A line holds what has its middle in the rows of its first digit.
        let InkBox { top, bottom, .. } = groups[first].bounds;
        let is_in_line = |index: &&usize| {
            let bounds = groups[**index].bounds;
            (top..bottom).contains(&((bounds.top + bounds.bottom) / 2)) || bounds.top == top
        };
        let after = rest.split_off(rest.iter().take_while(is_in_line).count());
        found.extend(order(rest.iter().map(|index| (left(index), *index)).collect()));
        rest = after;
    }
    found.into_iter().map(|index| groups[index].clone()).collect()
}
