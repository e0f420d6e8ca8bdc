//! Samples of ink, and segments of strokes that are drawn on them.

use std::ops::Range;

/// Samples of ink, row-major.
pub struct Grid {
    width: usize,
    height: usize,
    pub ink: Vec<f32>,
    /// Columns of each row that have full ink. Segments pass over them: a wide pen that draws for
    /// long adds little that is new.
    pub full: Vec<Range<usize>>,
}

impl Grid {
    /// Samples without ink.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, ink: vec![0.0; width * height], full: vec![0..0; height] }
    }

    /// Inks all samples within `radius` of the segment, in samples. A sample on the edge gets partial ink: the
    /// fraction of its width that lies inside.
    pub fn draw_segment(&mut self, from: [f32; 2], to: [f32; 2], radius: f32) {
        let reach = radius + 0.5;
        let along = [to[0] - from[0], to[1] - from[1]];
        let length_squared = along[0] * along[0] + along[1] * along[1];
        let span = |axis: usize, count: usize| {
            let start = (from[axis].min(to[axis]) - reach - 0.5).ceil().max(0.0) as usize;
            let end = (from[axis].max(to[axis]) + reach - 0.5).floor().max(-1.0) + 1.0;
            start..(end as usize).min(count)
        };
        let box_columns = span(0, self.width);
        // How far the strip around a steep segment reaches in a row; one more for rounding.
        let steep = along[1].abs() > 1.0;
        let strip = reach * length_squared.sqrt() / along[1].abs() + 1.0;
        for y in span(1, self.height) {
            let row = &mut self.ink[y * self.width..][..self.width];
            let dy = y as f32 + 0.5 - from[1];
            let mut columns = box_columns.clone();
            if steep {
                let middle = from[0] - 0.5 + dy / along[1] * along[0];
                columns.start = columns.start.max((middle - strip).max(0.0) as usize);
                columns.end = columns.end.min((middle + strip + 1.0).max(0.0) as usize);
            }
            let full = self.full[y].clone();
            let (mut run, mut longest) = (0..0, full.clone());
            let left = columns.start..columns.end.min(full.start);
            let right = columns.start.max(full.end)..columns.end;
            for x in left.chain(right) {
                let dx = x as f32 + 0.5 - from[0];
                let share = if length_squared > 0.0 {
                    ((dx * along[0] + dy * along[1]) / length_squared).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let [ex, ey] = [dx - share * along[0], dy - share * along[1]];
                let distance_squared = ex * ex + ey * ey;
                if distance_squared < reach * reach {
                    let ink = (reach - distance_squared.sqrt()).min(1.0);
                    row[x] = row[x].max(ink);
                    if ink >= 1.0 {
                        let adjoins = if x == full.end { full.start } else { x };
                        let start = if x == run.end { run.start } else { adjoins };
                        run = start..if x + 1 == full.start { full.end } else { x + 1 };
                        if run.len() > longest.len() {
                            longest = run.clone();
                        }
                    }
                }
            }
            self.full[y] = longest;
        }
    }
}
