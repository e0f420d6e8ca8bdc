//! Squares of 28 x 28 pixels at other sizes.

use spikepad::SIDE;

/// A square of 28 x 28 bytes at `side` x `side`, by the means of areas, row-major.
#[must_use]
pub fn resize(ink: &[u8; SIDE * SIDE], side: usize) -> Vec<u8> {
    if side == SIDE {
        return ink.to_vec();
    }
    let shares = shares(side);
    let mut resized = Vec::with_capacity(side * side);
    for rows in &shares {
        for columns in &shares {
            let mut sum = 0.0;
            for &(y, height) in rows {
                for &(x, width) in columns {
                    sum += height * width * f64::from(ink[y * SIDE + x]);
                }
            }
            resized.push(sum.round() as u8);
        }
    }
    resized
}

/// For each pixel along the new side: the old ones that it covers, and their shares of it.
fn shares(side: usize) -> Vec<Vec<(usize, f64)>> {
    let cell = SIDE as f64 / side as f64;
    (0..side)
        .map(|i| {
            let (from, to) = (i as f64 * cell, (i + 1) as f64 * cell);
            let pixels = from as usize..SIDE.min(to.ceil() as usize);
            pixels.map(|p| (p, (to.min(p as f64 + 1.0) - from.max(p as f64)) / cell)).filter(|(_, s)| *s > 0.0).collect()
        })
        .collect()
}
