//! Which of several digits is read.

use spikepad::Group;

/// The digit that is read if nobody chooses: the largest, and among digits of about the same size the one in the middle.
pub(crate) fn choose(groups: &[Group], width: usize, height: usize) -> Option<usize> {
    let score = |group: &Group| {
        let b = group.bounds;
        let side = b.width().max(b.height()) as f32;
        let off = |low: usize, high: usize, length: usize| (low + high) as f32 / length as f32 - 1.0;
        let [dx, dy] = [off(b.left, b.right, width), off(b.top, b.bottom, height)];
        side * (1.5 - 0.5 * (dx * dx + dy * dy))
    };
    // The first of equals.
    (0..groups.len()).rev().max_by(|&i, &j| score(&groups[i]).total_cmp(&score(&groups[j])))
}
