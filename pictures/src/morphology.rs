//! Grey-scale morphology with square windows.
//!
//! A closing is the largest value in a window around each pixel, and then the least of those. It fills whatever is darker
//! than its surroundings and holds no window, and keeps everything else as it is: shadows, and edges of any direction
//! (J. Serra, "Image analysis and mathematical morphology", 1982).

use crate::grey::Grey;

/// Fills what is dark and holds no square of `2 * radius + 1` pixels a side.
///
/// Squares may reach beyond the border, where everything counts as dark: what is dark at the border may go on outside. So a
/// table, the black corner of a turned scan, or a shadow that comes in from outside are kept, however little of them is
/// in the picture.
pub(crate) fn closed(grey: &Grey, radius: usize) -> Grey {
    // Windows of the first pass that are centred beyond the border, too.
    let along = |grey: &Grey| dilated_rows(grey, radius);
    let least = |grey: &Grey| eroded_rows(grey, radius);
    let dilated = along(&along(grey).transposed());
    // Columns first: the picture is transposed.
    let eroded = least(&dilated).transposed();
    least(&eroded)
}

/// The largest value in a window of `2 * radius + 1` rows, for centres from `radius` rows above the picture to as many below.
fn dilated_rows(grey: &Grey, radius: usize) -> Grey {
    let padded = [vec![f32::NEG_INFINITY; 2 * radius * grey.width], grey.values.clone()].concat();
    let values = [padded, vec![f32::NEG_INFINITY; 2 * radius * grey.width]].concat();
    extreme_rows(&values, grey.width, 2 * radius + 1, f32::max)
}

/// The least value in each window of `2 * radius + 1` rows that lies in the picture.
fn eroded_rows(grey: &Grey, radius: usize) -> Grey {
    extreme_rows(&grey.values, grey.width, 2 * radius + 1, f32::min)
}

/// The extreme of each window of `window` rows, with three comparisons for each value whatever the window (M. van Herk, "A
/// fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", 1992): a window consists of
/// the end of a block and the beginning of the next.
fn extreme_rows(values: &[f32], width: usize, window: usize, pick: fn(f32, f32) -> f32) -> Grey {
    let height = values.len() / width;
    let count = height + 1 - window;
    let mut beginnings = values.to_vec();
    for y in 1..height {
        if y % window != 0 {
            let (before, here) = beginnings.split_at_mut(y * width);
            combine(&mut here[..width], &before[(y - 1) * width..], pick);
        }
    }
    let mut ends = values.to_vec();
    for y in (0..height - 1).rev() {
        if (y + 1) % window != 0 {
            let (here, after) = ends.split_at_mut((y + 1) * width);
            combine(&mut here[y * width..], &after[..width], pick);
        }
    }
    ends.truncate(count * width);
    combine(&mut ends, &beginnings[(window - 1) * width..], pick);
    Grey { width, height: count, values: ends }
}

fn combine(values: &mut [f32], others: &[f32], pick: fn(f32, f32) -> f32) {
    for (value, &other) in values.iter_mut().zip(others) {
        *value = pick(*value, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Is there a square of `2 * radius + 1` pixels that holds the pixel, and in whose part in the picture nothing is lighter
    /// than `level`?
    fn holds_window(grey: &Grey, [x, y]: [usize; 2], radius: usize, level: f32) -> bool {
        let window = 2 * radius + 1;
        let starts = |at: usize| (0..window).map(move |i| at as isize - i as isize);
        let inside = |x: isize, y: isize| {
            (0..grey.width as isize).contains(&x) && (0..grey.height as isize).contains(&y)
        };
        starts(x).any(|left| {
            starts(y).any(|top| {
                (0..window * window).all(|i| {
                    let (x, y) = (left + (i % window) as isize, top + (i / window) as isize);
                    !inside(x, y) || grey.values[y as usize * grey.width + x as usize] <= level
                })
            })
        })
    }

    #[test]
    fn a_closing_keeps_what_holds_a_window() {
        let mut state = 3_u32;
        for (width, height, radius) in [(1, 1, 1), (9, 7, 1), (12, 12, 2), (3, 14, 4), (10, 6, 0)] {
            let values = (0..width * height).map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((state >> 24) % 5) as f32
            });
            let grey = Grey { width, height, values: values.collect() };
            let closed = closed(&grey, radius);
            assert_eq!((closed.width, closed.height), (width, height));
            for (i, &value) in closed.values.iter().enumerate() {
                let at = [i % width, i / width];
                assert!(holds_window(&grey, at, radius, value), "{at:?} of {grey:?}");
                assert!(value >= grey.values[i]);
                assert!(value == grey.values[i] || !holds_window(&grey, at, radius, value - 1.0));
            }
        }
    }
}
