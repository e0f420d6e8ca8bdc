//! Connected components: which inked pixels belong together.

use std::ops::Range;

use super::raster::{InkBox, Raster};

/// Inked pixels that touch each other along a side or at a corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// The smallest box that holds the pixels.
    pub bounds: InkBox,
    /// The number of pixels.
    pub area: usize,
    /// The sum of their ink, each 0..=1.
    pub mass: f64,
}

/// Inked pixels of a row, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The row.
    pub row: usize,
    /// The columns.
    pub columns: Range<usize>,
    /// Index of the component in [`Components::list`].
    pub component: usize,
}

/// The components of a picture, each with its pixels.
///
/// They are found run by run: a run joins all runs of the row above that it touches (K. Suzuki, I. Horiba and N. Sugie,
/// "Linear-time connected-component labeling based on sequential local operations", 2003; with R. Tarjan's union-find).
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    list: Vec<Component>,
    runs: Vec<Run>,
}

impl Components {
    /// The components of the pixels that have any ink.
    #[must_use]
    pub fn of_raster(raster: &Raster) -> Self {
        Self::find(raster.width(), raster.height(), |pixel| raster.ink()[pixel])
    }

    /// The components of the pixels that are `true`, row-major in rows of `width`. A rest that does not fill a row is left
    /// out. The mass of a component is its area.
    #[must_use]
    pub fn of_mask(width: usize, mask: &[bool]) -> Self {
        Self::find(width, mask.len().checked_div(width).unwrap_or(0), |pixel| {
            f32::from(u8::from(mask[pixel]))
        })
    }

    /// The components, in the order of their first pixel: from the top down, and from left to right in a row.
    #[must_use]
    pub fn list(&self) -> &[Component] {
        &self.list
    }

    /// All runs of inked pixels, from the top down, and from left to right in a row.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// `ink` gives the ink of a pixel by its index.
    fn find(width: usize, height: usize, ink: impl Fn(usize) -> f32) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        // For each run, an earlier run of the same component, or the run itself.
        let mut earlier: Vec<usize> = Vec::new();
        let mut above = 0..0;
        for row in 0..height {
            let start = runs.len();
            let mut candidates = above.clone();
            let mut x = 0;
            while x < width {
                if ink(row * width + x) <= 0.0 {
                    x += 1;
                    continue;
                }
                let left = x;
                while x < width && ink(row * width + x) > 0.0 {
                    x += 1;
                }
                let run = runs.len();
                earlier.push(run);
                // The last run that touches this one may touch the next one too, so it stays a candidate.
                while candidates.start < candidates.end && runs[candidates.start].columns.end < left {
                    candidates.start += 1;
                }
                for other in candidates.clone() {
                    if runs[other].columns.start > x {
                        break;
                    }
                    join(&mut earlier, other, run);
                }
                runs.push(Run { row, columns: left..x, component: 0 });
            }
            above = start..runs.len();
        }
        let mut list: Vec<Component> = Vec::new();
        for i in 0..runs.len() {
            let first = first_of(&mut earlier, i);
            if first == i {
                let Run { row, ref columns, .. } = runs[i];
                let bounds = InkBox { left: columns.start, top: row, right: columns.end, bottom: row + 1 };
                list.push(Component { bounds, area: 0, mass: 0.0 });
                runs[i].component = list.len() - 1;
            } else {
                runs[i].component = runs[first].component;
            }
            let Run { row, ref columns, component } = runs[i];
            let found = &mut list[component];
            found.bounds.left = found.bounds.left.min(columns.start);
            found.bounds.right = found.bounds.right.max(columns.end);
            found.bounds.bottom = row + 1;
            found.area += columns.len();
            for x in columns.clone() {
                found.mass += f64::from(ink(row * width + x));
            }
        }
        Self { list, runs }
    }
}

/// The first run of the component that `run` belongs to.
fn first_of(earlier: &mut [usize], mut run: usize) -> usize {
    while earlier[run] != run {
        // Halves the path for the next call.
        earlier[run] = earlier[earlier[run]];
        run = earlier[run];
    }
    run
}

/// Makes two runs belong to one component.
fn join(earlier: &mut [usize], one: usize, other: usize) {
    let (one, other) = (first_of(earlier, one), first_of(earlier, other));
    earlier[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(rows: &[&str]) -> (usize, Vec<bool>) {
        let pixels = rows.iter().flat_map(|row| row.bytes()).map(|byte| byte == b'#').collect();
        (rows[0].len(), pixels)
    }

    #[test]
    fn corners_join_and_the_topmost_component_is_first() {
        let (width, pixels) = mask(&["..#....#", ".#.#..#.", "#...##..", "........", ".##....#"]);
        let components = Components::of_mask(width, &pixels);
        let areas: Vec<_> = components.list().iter().map(|component| component.area).collect();
        assert_eq!(areas, [8, 2, 1]);
        assert_eq!(components.list()[0].bounds, InkBox { left: 0, top: 0, right: 8, bottom: 3 });
        assert_eq!(components.list()[1].bounds, InkBox { left: 1, top: 4, right: 3, bottom: 5 });
    }

    #[test]
    fn components_are_those_that_a_flood_fill_finds() {
        let mut state = 7_u64;
        for case in 0..300 {
            let width = 1 + case % 17;
            let height = 1 + case % 13;
            let mut random = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state >> 60
            };
            let pixels: Vec<bool> = (0..width * height).map(|_| random() < 5 + case as u64 % 6).collect();
            let components = Components::of_mask(width, &pixels);
            let mut labels = vec![usize::MAX; pixels.len()];
            for run in components.runs() {
                labels[run.row * width..][run.columns.clone()].fill(run.component);
            }
            let mut expected = vec![usize::MAX; pixels.len()];
            let mut count = 0;
            for start in 0..pixels.len() {
                if !pixels[start] || expected[start] != usize::MAX {
                    continue;
                }
                let mut open = vec![start];
                while let Some(pixel) = open.pop() {
                    let (x, y) = (pixel % width, pixel / width);
                    expected[pixel] = count;
                    for ny in y.saturating_sub(1)..(y + 2).min(height) {
                        for nx in x.saturating_sub(1)..(x + 2).min(width) {
                            let next = ny * width + nx;
                            if pixels[next] && expected[next] == usize::MAX {
                                open.push(next);
                            }
                        }
                    }
                }
                count += 1;
            }
            assert_eq!(labels, expected);
            let area: usize = components.list().iter().map(|component| component.area).sum();
            assert_eq!(area, pixels.iter().filter(|&&pixel| pixel).count());
        }
    }

    #[test]
    fn the_mass_is_the_ink_of_a_raster() {
        let raster = Raster::from_ink(3, 2, vec![0.5, 0.0, 1.0, 0.25, 0.0, 0.0]).unwrap();
        let masses: Vec<_> =
            Components::of_raster(&raster).list().iter().map(|component| component.mass).collect();
        assert_eq!(masses, [0.75, 1.0]);
        assert!(Components::of_mask(0, &[]).list().is_empty());
    }
}
