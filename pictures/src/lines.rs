//! Ruled and squared paper: long straight thin lines.
//!
//! Lines are found by a Hough transform of near-horizontal slopes (R. Duda and P. Hart, "Use of the Hough transformation to
//! detect lines and curves in pictures", 1972), followed column by column, and erased where the ink across them is as thin as
//! they are, so that strokes that cross them stay whole (as in staff removal: C. Dalitz, M. Droettboom, B. Pranzas and I.
//! Fujinaga, "A comparative study of staff removal algorithms", 2008). Vertical lines are the horizontal ones of the
//! transposed picture.

use crate::grey::Grey;

/// The longer side, in pixels, at which lines are looked for.
const LOOK: usize = 384;

/// The steepest line that counts as horizontal, rows per column.
const STEEPEST: f32 = 0.22;

/// The least share of the columns that a line covers.
const COVERAGE: f32 = 0.6;

/// The least share of the columns where nothing thicker lies on it.
const THIN: f32 = 0.3;

/// How close to both borders a line comes, as a share of the columns.
const REACH: f32 = 0.04;

/// The thickest line, as a share of the longer side.
const THICKEST: f32 = 0.03;

/// The most lines of a direction that are looked for.
const MOST: usize = 64;

/// A line that has been followed.
#[derive(Debug)]
struct Line {
    /// Its middle row in each column.
    rows: Vec<f32>,
    /// Its thickness, in rows: the median over the columns.
    thickness: f32,
    /// The share of the columns where something as thin lies on it.
    coverage: f32,
    /// The share of the columns where something thicker lies on it.
    crossed: f32,
    /// Mean strength where it is thin.
    strength: f32,
}

/// Erases lines in the strength of ink, and tells which pixels.
pub(crate) fn erase_lines(strength: &mut Grey) -> Vec<bool> {
    let before = strength.clone();
    erase_horizontal(strength);
    let mut turned = strength.transposed();
    let down = erase_horizontal(&mut turned);
    if down > 0 {
        *strength = turned.transposed();
        // A single line may have been crossed by those.
        erase_horizontal(strength);
    }
    before.values.iter().zip(&strength.values).map(|(before, after)| before != after).collect()
}

/// Returns the number of lines.
fn erase_horizontal(strength: &mut Grey) -> usize {
    let lines: Vec<Line> = find(strength).iter().filter_map(|&line| follow(strength, line)).collect();
    if lines.is_empty() {
        return 0;
    }
    let mut rest = strength.clone();
    lines.iter().for_each(|line| erase(&mut rest, line));
    let strokes = Strokes::of(&rest);
    let mut erased = 0;
    for line in &lines {
        let alike = lines.iter().filter(|other| is_alike(line, other)).count();
        // Ruling comes in families. A single line is one where it differs from the strokes, crosses none, or reaches beyond
        // the strokes on both sides: so the bar of a 7 that is cropped tightly is not taken for a line.
        if alike >= 3 || line.crossed < 0.02 || strokes.differ(line) || strokes.lie_within(line) {
            erase(strength, line);
            erased += 1;
        }
    }
    erased
}

/// Two lines of about the same thickness and strength.
fn is_alike(one: &Line, other: &Line) -> bool {
    let near = |a: f32, b: f32, rest: f32| a.max(b) <= 1.5 * a.min(b) + rest;
    near(one.thickness, other.thickness, 1.0) && near(one.strength, other.strength, 0.02)
}

/// What is left beside the lines.
struct Strokes {
    /// The first column with ink, and the one after the last.
    columns: [usize; 2],
    width: usize,
    /// Mean thickness in rows and columns: twice the area for the length of the edge.
    thickness: f32,
    strength: f32,
}

impl Strokes {
    fn of(rest: &Grey) -> Self {
        let width = rest.width;
        let mut columns = [width, 0];
        let (mut area, mut edges, mut sum) = (0.0_f32, 0.0_f32, 0.0_f64);
        for row in rest.values.chunks_exact(width) {
            let mut inside = false;
            for (x, &value) in row.iter().enumerate() {
                if value > 0.0 {
                    area += 1.0;
                    sum += f64::from(value);
                    columns = [columns[0].min(x), columns[1].max(x + 1)];
                }
                edges += f32::from(u8::from(inside != (value > 0.0)));
                inside = value > 0.0;
            }
        }
        let strength = if area > 0.0 { (sum / f64::from(area)) as f32 } else { 0.0 };
        Self { columns, width, thickness: 2.0 * area / edges.max(1.0), strength }
    }

    fn differ(&self, line: &Line) -> bool {
        line.thickness <= 0.6 * self.thickness || line.strength <= 0.6 * self.strength
    }

    fn lie_within(&self, line: &Line) -> bool {
        let margin = self.width / 10;
        line.coverage + line.crossed > 0.9
            && self.columns[0] >= margin
            && self.columns[1] + margin <= self.width
    }
}

/// Straight lines, each as its row in the first and in the last column, the longest first.
fn find(strength: &Grey) -> Vec<[f32; 2]> {
    let step = strength.longer().div_ceil(LOOK);
    // A cell has ink where any of its pixels has: thin lines stay whole.
    let (width, height) = (strength.width.div_ceil(step), strength.height.div_ceil(step));
    let mut inked: Vec<Vec<isize>> = vec![Vec::new(); width];
    for (y, row) in strength.values.chunks_exact(strength.width).enumerate() {
        let y = (y / step) as isize;
        for (pixels, column) in row.chunks(step).zip(&mut inked) {
            if column.last() != Some(&y) && pixels.iter().any(|&value| value > 0.0) {
                column.push(y);
            }
        }
    }
    if width < 16 {
        return Vec::new();
    }
    // A line rises by `slope` rows from the first to the last column, a whole number.
    let most = (STEEPEST * width as f32) as isize;
    let rows = height as isize + 2 * most;
    let mut counts = vec![0_u16; rows as usize];
    let mut peaks: Vec<(u16, [isize; 2])> = Vec::new();
    let least = (COVERAGE * width as f32) as u16;
    for slope in -most..=most {
        counts.fill(0);
        for (x, column) in inked.iter().enumerate() {
            // Rounded to the nearest row.
            let rise = (2 * slope * x as isize + width as isize).div_euclid(2 * width as isize);
            for &y in column {
                counts[(y - rise + most) as usize] += 1;
            }
        }
        let found = counts.iter().enumerate().filter(|&(_, &count)| count >= least);
        peaks.extend(found.map(|(row, &count)| (count, [row as isize - most, row as isize - most + slope])));
    }
    peaks.sort_by_key(|&(count, [start, end])| (std::cmp::Reverse(count), (start - end).abs(), start));
    let mut lines: Vec<[isize; 2]> = Vec::new();
    for (_, line) in peaks {
        let near = |other: &[isize; 2]| (0..2).all(|i| (line[i] - other[i]).abs() <= 5);
        // Two lines that cross within the picture are one thick line, or a stroke.
        let crosses = |other: &[isize; 2]| (line[0] - other[0]).signum() * (line[1] - other[1]).signum() < 0;
        if lines.len() < MOST && !lines.iter().any(|other| near(other) || crosses(other)) {
            lines.push(line);
        }
    }
    let full = |row: isize| (row as f32 + 0.5) * step as f32;
    lines.iter().map(|line| line.map(full)).collect()
}

/// The rows of ink in a column around or next to a row. Of ink that is thicker than any line not all rows are counted.
fn run_at(strength: &Grey, x: usize, row: f32, reach: f32) -> Option<[usize; 2]> {
    let inked = |y: usize| strength.values[y * strength.width + x] > 0.0;
    let middle = (row.max(0.0) as usize).min(strength.height - 1);
    let reach = reach as usize;
    let start = (0..=reach)
        .flat_map(|away| [middle.checked_sub(away), Some(middle + away)])
        .flatten()
        .find(|&y| y < strength.height && inked(y))?;
    let most = 2 * (THICKEST * strength.longer() as f32) as usize + 4;
    let top = (0..start).rev().take(most).take_while(|&y| inked(y)).last().unwrap_or(start);
    let bottom =
        (start + 1..strength.height).take(most).take_while(|&y| inked(y)).last().unwrap_or(start) + 1;
    Some([top, bottom])
}

/// Follows a line from column to column; `None` where it is too thick, broken, or ends before the border.
fn follow(strength: &Grey, [start, end]: [f32; 2]) -> Option<Line> {
    let width = strength.width;
    let step = strength.longer().div_ceil(LOOK) as f32;
    let straight = |x: usize| start + (end - start) * x as f32 / width as f32;
    let reach = step + 1.0;
    let mut runs: Vec<f32> = (0..width)
        .filter_map(|x| run_at(strength, x, straight(x), reach))
        .map(|[top, bottom]| (bottom - top) as f32)
        .collect();
    if (runs.len() as f32) < COVERAGE * width as f32 {
        return None;
    }
    runs.sort_unstable_by(f32::total_cmp);
    // Strokes make runs longer, so the lower quartile is the line.
    let thickness = runs[runs.len() / 4];
    if thickness > (THICKEST * strength.longer() as f32).max(2.0) {
        return None;
    }
    let (mut rows, mut offset) = (Vec::with_capacity(width), 0.0);
    let (mut thin, mut thick, mut sum) = (0, 0, 0.0_f64);
    let mut covered = [width, 0];
    for x in 0..width {
        let expected = straight(x) + offset;
        if let Some([top, bottom]) = run_at(strength, x, expected, reach) {
            covered = [covered[0].min(x), x + 1];
            if is_thin(bottom - top, thickness) {
                thin += 1;
                let middle = (top + bottom) as f32 / 2.0;
                offset += 0.25 * (middle - expected);
                sum += f64::from(strength.values[(top + bottom) / 2 * width + x]);
            } else {
                thick += 1;
            }
        }
        rows.push(straight(x) + offset);
    }
    let reach = REACH * width as f32 + 1.0;
    let ends = covered[0] as f32 <= reach && (width - covered[1]) as f32 <= reach;
    let share = |count: i32| count as f32 / width as f32;
    (ends && share(thin) >= THIN && share(thin + thick) >= COVERAGE).then(|| Line {
        rows,
        thickness,
        coverage: share(thin),
        crossed: share(thick),
        strength: (sum / f64::from(thin)) as f32,
    })
}

/// Are so many rows of ink no more than the line?
fn is_thin(rows: usize, thickness: f32) -> bool {
    rows as f32 <= 1.5 * thickness + 1.5
}

fn erase(strength: &mut Grey, line: &Line) {
    for (x, &row) in line.rows.iter().enumerate() {
        let Some([top, bottom]) = run_at(strength, x, row, line.thickness / 2.0 + 1.0) else { continue };
        if is_thin(bottom - top, line.thickness) {
            for y in top..bottom {
                strength.values[y * strength.width + x] = 0.0;
            }
        }
    }
}
