//! Grey pictures.

/// A grey picture, row-major; what its values mean depends on its use.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grey {
    pub width: usize,
    pub height: usize,
    /// `[height, width]`.
    pub values: Vec<f32>,
}

impl Grey {
    pub fn filled(width: usize, height: usize, value: f32) -> Self {
        Self { width, height, values: vec![value; width * height] }
    }

    /// The longer side in pixels.
    pub fn longer(&self) -> usize {
        self.width.max(self.height)
    }

    pub fn map(&self, value: impl FnMut(&f32) -> f32) -> Self {
        Self { width: self.width, height: self.height, values: self.values.iter().map(value).collect() }
    }

    /// Rows become columns.
    pub fn transposed(&self) -> Self {
        const TILE: usize = 16;
        let mut values = vec![0.0; self.values.len()];
        for top in (0..self.height).step_by(TILE) {
            for left in (0..self.width).step_by(TILE) {
                for y in top..(top + TILE).min(self.height) {
                    for x in left..(left + TILE).min(self.width) {
                        values[x * self.height + y] = self.values[y * self.width + x];
                    }
                }
            }
        }
        Self { width: self.height, height: self.width, values }
    }

    /// The picture without `margin` pixels on each side.
    pub fn without_margin(&self, margin: usize) -> Self {
        let (width, height) = (self.width - 2 * margin, self.height - 2 * margin);
        let row = |y: usize| &self.values[(y + margin) * self.width + margin..][..width];
        Self { width, height, values: (0..height).flat_map(row).copied().collect() }
    }

    /// Means over squares of `step` x `step` pixels; squares at the right and the lower border may be smaller.
    pub fn reduced(&self, step: usize) -> Self {
        let (width, height) = (self.width.div_ceil(step), self.height.div_ceil(step));
        let mut values = Vec::with_capacity(width * height);
        for top in (0..self.height).step_by(step) {
            let rows = top..(top + step).min(self.height);
            for left in (0..self.width).step_by(step) {
                let columns = left..(left + step).min(self.width);
                let count = rows.len() * columns.len();
                let row = |y: usize| &self.values[y * self.width..][columns.clone()];
                let sum: f32 = rows.clone().map(|y| row(y).iter().sum::<f32>()).sum();
                values.push(sum / count as f32);
            }
        }
        Self { width, height, values }
    }

    /// Smooths with the binomial weights 1, 2, 1 along both axes; values beyond the border are those at the border.
    pub fn smoothed(&self) -> Self {
        self.smoothed_rows().transposed().smoothed_rows().transposed()
    }

    fn smoothed_rows(&self) -> Self {
        let width = self.width;
        let mut values = Vec::with_capacity(self.values.len());
        for y in 0..self.height {
            let row = |y: usize| &self.values[y * width..][..width];
            let (above, here) = (row(y.saturating_sub(1)), row(y));
            let below = row((y + 1).min(self.height - 1));
            let mean = |((a, h), b): ((&f32, &f32), &f32)| 0.25 * (a + b) + 0.5 * h;
            values.extend(above.iter().zip(here).zip(below).map(mean));
        }
        Self { width, height: self.height, values }
    }
}

/// Numbers of values in bins of equal width from 0 to a largest value; quantiles without sorting.
pub(crate) struct Histogram {
    bins: Vec<u32>,
    per_unit: f32,
    count: u32,
}

impl Histogram {
    const BINS: usize = 4096;

    /// Larger values than `most` count as `most`, negative ones as 0.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a f32>, most: f32) -> Self {
        let per_unit = Self::BINS as f32 / most;
        let mut bins = vec![0; Self::BINS];
        let mut count = 0;
        for &value in values {
            // A cast from a float saturates.
            bins[((value * per_unit) as usize).min(Self::BINS - 1)] += 1;
            count += 1;
        }
        Self { bins, per_unit, count }
    }

    /// The value below which this share of the values lies, 0..=1; 0 without values.
    pub fn quantile(&self, share: f32) -> f32 {
        let wanted = share * self.count as f32;
        let mut sum = 0;
        for (bin, &count) in self.bins.iter().enumerate() {
            sum += count;
            if count > 0 && sum as f32 >= wanted {
                return (bin as f32 + 0.5) / self.per_unit;
            }
        }
        0.0
    }

    /// The threshold that divides the values into two classes of the largest variance between them (N. Otsu, "A threshold
    /// selection method from gray-level histograms", 1979), and the means of both classes.
    pub fn otsu(&self) -> [f32; 3] {
        let total: f64 = self.bins.iter().enumerate().map(|(bin, &n)| bin as f64 * f64::from(n)).sum();
        let count = f64::from(self.count);
        let (mut below, mut sum) = (0.0, 0.0);
        let mut best = (-1.0, [0.0; 3]);
        for (bin, &n) in self.bins.iter().enumerate() {
            below += f64::from(n);
            sum += bin as f64 * f64::from(n);
            let above = count - below;
            if below == 0.0 || above == 0.0 {
                continue;
            }
            let means = [sum / below, (total - sum) / above];
            let between = below * above * (means[1] - means[0]) * (means[1] - means[0]);
            if between > best.0 {
                best = (between, [bin as f64 + 1.0, means[0] + 0.5, means[1] + 0.5]);
            }
        }
        best.1.map(|bin| bin as f32 / self.per_unit)
    }
}
