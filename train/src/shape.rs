//! Measures the strokes in MNIST's pictures: the distance of each place from the edge of the strokes and from
//! their middle line. From these distances a digit can be drawn again with any pen.

use spikepad::{PIXELS, SIDE};

/// Places along a side of a field, two to a pixel.
pub const FIELD: usize = 2 * SIDE;

/// Places along a side of the grid on which distances are measured, four to a pixel.
const FINE: usize = 4 * SIDE;

/// Ink, from 0 to 255, at or above which a place belongs to a stroke.
const STROKE_LEVEL: f32 = 110.0;

/// Ink, from 0 to 255, below which a pixel counts as paper. The library treats pictures in the same way.
const FAINT: u8 = 16;

/// Distances are stored as bytes, in steps of this many pixels.
const STEP: f32 = 1.0 / 24.0;

/// The byte for a signed distance of 0.
const ZERO: f32 = 128.0;

/// The ink and the distances of one digit. Distances are `[56, 56]` row-major, in pixels of the 28 x 28 picture.
pub struct Shape {
    /// The picture itself, `[28, 28]`.
    pub ink: [u8; PIXELS],
    edge: Box<[u8]>,
    middle: Box<[u8]>,
}

impl Shape {
    /// Measures a picture.
    pub fn new(ink: &[u8; PIXELS]) -> Self {
        let mask = enlarge(ink);
        let inside = distances(&mask, false);
        let outside = distances(&mask, true);
        let middle = distances(&thin(mask), true);
        let signed: Vec<f32> = inside.iter().zip(&outside).map(|(i, o)| i - o).collect();
        Self { ink: *ink, edge: pack(&signed, ZERO), middle: pack(&middle, 0.0) }
    }

    /// Distance to the edge of the strokes at `[x, y]` in pixels, positive inside.
    pub fn depth(&self, at: [f32; 2]) -> f32 {
        (sample(&self.edge, FIELD, [2.0 * at[0] + 0.5, 2.0 * at[1] + 0.5], 0.0) - ZERO) * STEP
    }

    /// Distance to the middle line of the strokes at `[x, y]` in pixels.
    pub fn to_middle(&self, at: [f32; 2]) -> f32 {
        sample(&self.middle, FIELD, [2.0 * at[0] + 0.5, 2.0 * at[1] + 0.5], 255.0) * STEP
    }

    /// Ink of the pixel that holds `[x, y]`, 0..=1. It is not interpolated: that would widen the ink by up to a
    /// pixel, and the fitted digit would be smaller and paler than MNIST's own.
    pub fn ink_at(&self, at: [f32; 2]) -> f32 {
        let [x, y] = at.map(|c| c + 0.5);
        let side = SIDE as f32;
        if !(x >= 0.0 && y >= 0.0 && x < side && y < side) {
            return 0.0;
        }
        let ink = self.ink[y as usize * SIDE + x as usize];
        if ink < FAINT { 0.0 } else { f32::from(ink) / 255.0 }
    }
}

/// The smallest box around the ink, in pixels: lowest and highest x, lowest and highest y.
pub fn ink_box(ink: &[u8; PIXELS]) -> [[f32; 2]; 2] {
    let mut sides = [[f32::INFINITY, f32::NEG_INFINITY]; 2];
    for (i, _) in ink.iter().enumerate().filter(|&(_, &ink)| ink > 0) {
        for (side, at) in sides.iter_mut().zip([i % SIDE, i / SIDE]) {
            *side = [side[0].min(at as f32), side[1].max(at as f32)];
        }
    }
    sides
}

/// The value of the grid at `[x, y]` by bilinear interpolation; `beyond` outside the grid.
#[inline(always)]
fn sample(grid: &[u8], side: usize, at: [f32; 2], beyond: f32) -> f32 {
    let last = (side - 1) as f32;
    let [x, y] = at;
    if !(x >= 0.0 && y >= 0.0 && x < last && y < last) {
        return beyond;
    }
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let i = top * side + left;
    let cell = [grid[i], grid[i + 1], grid[i + side], grid[i + side + 1]].map(f32::from);
    let upper = cell[0] + (cell[1] - cell[0]) * fx;
    let lower = cell[2] + (cell[3] - cell[2]) * fx;
    upper + (lower - upper) * fy
}

/// Which places of the fine grid belong to a stroke.
fn enlarge(ink: &[u8; PIXELS]) -> Vec<bool> {
    let scale = (FINE / SIDE) as f32;
    let at = |i: usize| (i as f32 + 0.5) / scale - 0.5;
    (0..FINE * FINE).map(|i| sample(ink, SIDE, [at(i % FINE), at(i / FINE)], 0.0) >= STROKE_LEVEL).collect()
}

/// Distance, in fine places, of each place to the nearest one where `mask` is `target`
/// (P. Felzenszwalb and D. Huttenlocher, "Distance transforms of sampled functions", 2012).
fn distances(mask: &[bool], target: bool) -> Vec<f32> {
    const FAR: f32 = 1e6;
    let mut squares: Vec<f32> = mask.iter().map(|&m| if m == target { 0.0 } else { FAR }).collect();
    let mut line = [0.0; FINE];
    for x in 0..FINE {
        for y in 0..FINE {
            line[y] = squares[y * FINE + x];
        }
        let lowest = lower_envelope(&line);
        for y in 0..FINE {
            squares[y * FINE + x] = lowest[y];
        }
    }
    for row in squares.chunks_exact_mut(FINE) {
        line.copy_from_slice(row);
        row.copy_from_slice(&lower_envelope(&line));
    }
    squares.iter_mut().for_each(|d| *d = d.sqrt());
    squares
}

/// min over j of (i - j)^2 + heights[j], for each i.
fn lower_envelope(heights: &[f32; FINE]) -> [f32; FINE] {
    let mut roots = [0usize; FINE];
    let mut starts = [0.0f32; FINE + 1];
    let mut count = 0;
    starts[0] = f32::NEG_INFINITY;
    for q in 1..FINE {
        loop {
            let p = roots[count];
            let (fq, fp) = (q as f32, p as f32);
            let meet = ((heights[q] + fq * fq) - (heights[p] + fp * fp)) / (2.0 * (fq - fp));
            if meet > starts[count] {
                count += 1;
                roots[count] = q;
                starts[count] = meet;
                break;
            }
            count -= 1;
        }
    }
    starts[count + 1] = f32::INFINITY;
    let mut k = 0;
    std::array::from_fn(|i| {
        while starts[k + 1] < i as f32 {
            k += 1;
        }
        let d = i as f32 - roots[k] as f32;
        d * d + heights[roots[k]]
    })
}

/// Thins strokes to their middle lines (T. Zhang and C. Suen, "A fast parallel algorithm for
/// thinning digital patterns", 1984).
fn thin(mut mask: Vec<bool>) -> Vec<bool> {
    const AROUND: [isize; 8] = {
        let row = FINE as isize;
        [-row, -row + 1, 1, row + 1, row, row - 1, -1, -row - 1]
    };
    let inner = |i: usize| (1..FINE - 1).contains(&(i % FINE)) && (1..FINE - 1).contains(&(i / FINE));
    let mut places: Vec<usize> = (0..mask.len()).filter(|&i| mask[i] && inner(i)).collect();
    loop {
        let before = places.len();
        for second in [false, true] {
            let leaves = |&i: &usize| {
                let n = AROUND.map(|offset| mask[i.wrapping_add_signed(offset)]);
                let neighbours = n.iter().filter(|&&m| m).count();
                let borders = (0..8).filter(|&k| !n[k] && n[(k + 1) % 8]).count();
                let [up, right, down, left] = [n[0], n[2], n[4], n[6]];
                let side =
                    if second { !(up && left && (right || down)) } else { !(right && down && (up || left)) };
                (2..=6).contains(&neighbours) && borders == 1 && side
            };
            let (gone, kept): (Vec<usize>, Vec<usize>) = places.iter().copied().partition(leaves);
            gone.iter().for_each(|&i| mask[i] = false);
            places = kept;
        }
        if places.len() == before {
            return mask;
        }
    }
}

/// Converts the fine grid to the field: the mean of 2 x 2 places, as bytes.
fn pack(fine: &[f32], zero: f32) -> Box<[u8]> {
    let per_pixel = (FINE / SIDE) as f32;
    let cell = |i: usize| {
        let corner = 2 * (i / FIELD) * FINE + 2 * (i % FIELD);
        [0, 1, FINE, FINE + 1].iter().map(|offset| fine[corner + offset]).sum::<f32>() / 4.0
    };
    (0..FIELD * FIELD).map(|i| (zero + cell(i) / per_pixel / STEP).round().clamp(0.0, 255.0) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vertical bar four pixels wide, from x = 12 to 16, y = 4 to 24.
    fn bar() -> Shape {
        Shape::new(&std::array::from_fn(|i| {
            let inside = (12..16).contains(&(i % SIDE)) && (4..24).contains(&(i / SIDE));
            if inside { 255 } else { 0 }
        }))
    }

    #[test]
    fn a_bar_has_its_edges_and_its_middle_line() {
        let bar = bar();
        // Pixel centres have whole coordinates, so the bar extends from 11.5 to 15.5.
        for (x, edge, middle) in [(13.5, 2.0, 0.0), (15.5, 0.0, 2.0), (17.5, -2.0, 4.0), (9.5, -2.0, 4.0)] {
            let (e, m) = (bar.depth([x, 14.0]), bar.to_middle([x, 14.0]));
            assert!((e - edge).abs() < 0.3, "{e} from the edge at {x}, not {edge}");
            assert!((m - middle).abs() < 0.3, "{m} from the middle at {x}, not {middle}");
        }
    }

    #[test]
    fn distances_agree_with_their_definition() {
        let mask: Vec<bool> = (0..FINE * FINE).map(|i| i % 389 == 7).collect();
        let found = distances(&mask, true);
        for i in (0..FINE * FINE).step_by(97) {
            let to = |j: usize| {
                let (dx, dy) = ((i % FINE).abs_diff(j % FINE), (i / FINE).abs_diff(j / FINE));
                (dx * dx + dy * dy) as f32
            };
            let nearest = (0..FINE * FINE).filter(|&j| mask[j]).map(to).fold(f32::INFINITY, f32::min);
            assert!((found[i] - nearest.sqrt()).abs() < 1e-3);
        }
    }

    #[test]
    fn outside_the_picture_there_is_no_ink() {
        let bar = bar();
        assert_eq!(bar.ink_at([-3.0, 14.0]), 0.0);
        assert!(bar.depth([40.0, 14.0]) < -4.0);
        assert!(bar.to_middle([40.0, 14.0]) > 8.0);
    }
}
