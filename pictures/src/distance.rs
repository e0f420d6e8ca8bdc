//! Distances to the nearest pixel of a set.

/// Larger than every squared distance in a picture.
const FAR: f32 = 1e12;

/// The squared Euclidean distance of each pixel to the nearest pixel that is `true`, in pixels, `[height, width]`; 1e12 and
/// more without one.
///
/// The lower envelope of parabolas, along columns and then along rows (P. Felzenszwalb and D. Huttenlocher, "Distance
/// transforms of sampled functions", 2012).
pub(crate) fn squared_distances(width: usize, set: &[bool]) -> Vec<f32> {
    let height = set.len() / width;
    let mut squared: Vec<f32> = set.iter().map(|&inside| if inside { 0.0 } else { FAR }).collect();
    // Along columns distances are numbers of rows.
    for x in 0..width {
        let rows = (0..height).chain((0..height).rev());
        let mut distance = f32::INFINITY;
        for y in rows {
            let here = &mut squared[y * width + x];
            distance = if *here == 0.0 { 0.0 } else { distance + 1.0 };
            if distance < f32::INFINITY {
                *here = here.min(distance * distance);
            }
        }
    }
    let mut envelope = Envelope { places: vec![0; width], starts: vec![0.0; width] };
    let mut row = vec![0.0; width];
    for squares in squared.chunks_exact_mut(width) {
        row.copy_from_slice(squares);
        envelope.lower(&row, squares);
    }
    squared
}

/// The parabolas that are lowest somewhere, from left to right.
struct Envelope {
    /// The place of the vertex of each.
    places: Vec<usize>,
    /// Where each begins to be the lowest.
    starts: Vec<f32>,
}

impl Envelope {
    /// The lowest of the parabolas with vertices at these `heights`, at each place.
    fn lower(&mut self, heights: &[f32], out: &mut [f32]) {
        let mut last = 0;
        self.places[0] = 0;
        self.starts[0] = f32::NEG_INFINITY;
        for place in 1..heights.len() {
            let start = loop {
                let other = self.places[last];
                let (here, there) = (place as f32, other as f32);
                let start = (heights[place] - heights[other] + (here + there) * (here - there))
                    / (2.0 * (here - there));
                if last == 0 || start > self.starts[last] {
                    break start;
                }
                last -= 1;
            };
            if start > self.starts[last] {
                last += 1;
                self.places[last] = place;
                self.starts[last] = start;
            } else {
                self.places[0] = place;
            }
        }
        let mut current = 0;
        for (place, out) in out.iter_mut().enumerate() {
            while current < last && self.starts[current + 1] < place as f32 {
                current += 1;
            }
            let distance = place as f32 - self.places[current] as f32;
            *out = distance * distance + heights[self.places[current]];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_to_the_nearest_pixel() {
        let mut state = 5_u32;
        for (width, height, one_in) in [(1, 1, 1), (13, 9, 20), (20, 31, 60), (7, 1, 5), (1, 8, 4)] {
            let set: Vec<bool> = (0..width * height)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16).is_multiple_of(one_in)
                })
                .collect();
            let found = squared_distances(width, &set);
            for (i, &found) in found.iter().enumerate() {
                let away = |j: usize| {
                    let [dx, dy] = [(i % width).abs_diff(j % width), (i / width).abs_diff(j / width)];
                    (dx * dx + dy * dy) as f32
                };
                let expected = (0..set.len()).filter(|&j| set[j]).map(away).fold(FAR, f32::min);
                assert!(found == expected || (expected == FAR && found >= FAR), "{found} {expected}");
            }
        }
    }
}
