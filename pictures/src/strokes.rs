//! From the ink of a digit to the raster that becomes the picture of 28 x 28.

use spikepad::{FIT, InkBox, Raster, STROKE_WIDTHS};

use crate::distance::squared_distances;
use crate::grey::{Grey, Histogram};
use crate::threshold::Ink;

/// Full ink, as a quantile of the strengths in the mask.
const FULL: f32 = 0.8;

/// How far the soft edge of a stroke reaches beyond the mask, in pixels: this and a quarter of the stroke.
const EDGE: f32 = 1.0;

/// Makes a raster of a digit: `mask` says where its ink is, in `bounds`.
pub(crate) fn raster_of(
    strength: &Grey,
    ink: &Ink,
    bounds: InkBox,
    member: impl Fn(usize, usize) -> bool,
) -> Option<Raster> {
    let margin = bounds.width().max(bounds.height()) / 8 + 3;
    let area = InkBox {
        left: bounds.left.saturating_sub(margin),
        top: bounds.top.saturating_sub(margin),
        right: (bounds.right + margin).min(strength.width),
        bottom: (bounds.bottom + margin).min(strength.height),
    };
    let (width, height) = (area.width(), area.height());
    let place = |i: usize| (area.left + i % width, area.top + i / width);
    let mask: Vec<bool> = (0..width * height).map(place).map(|(x, y)| member(x, y)).collect();
    let values: Vec<f32> = (0..height)
        .flat_map(|y| &strength.values[(area.top + y) * strength.width + area.left..][..width])
        .copied()
        .collect();
    let inked = values.iter().zip(&mask).filter(|&(_, &inside)| inside).map(|(value, _)| value);
    let full = Histogram::new(inked, 1.0).quantile(FULL);
    if full <= 0.0 {
        return None;
    }
    let thickness = thickness(width, &mask);
    let outside = squared_distances(width, &mask);
    let edge = EDGE + thickness / 4.0;
    // Ink of another component is not the soft edge of this one.
    let foreign = |i: usize| {
        let (x, y) = place(i);
        !mask[i] && ink.mask[y * strength.width + x]
    };
    let mut soft: Vec<f32> = (0..values.len())
        .map(|i| if outside[i] <= edge * edge && !foreign(i) { (values[i] / full).min(1.0) } else { 0.0 })
        .collect();
    let longer = bounds.width().max(bounds.height()) as f32;
    // The width after fitting, which counts the stroke's own width as part of the longer side.
    // Strokes that would be thinner than MNIST's in the box that a digit is fitted in are thickened, as drawn ones are.
    let thinnest = STROKE_WIDTHS[0] as f32;
    let wanted = thinnest / (FIT as f32 - thinnest) * (longer - thickness).max(1.0);
    if thickness < wanted && longer > 3.0 * thickness {
        let radius = (wanted - thickness) / 2.0;
        for (soft, &squared) in soft.iter_mut().zip(&outside) {
            *soft = soft.max((radius + 0.5 - squared.sqrt() + 0.5).clamp(0.0, 1.0));
        }
    }
    Raster::from_ink(width, height, soft).ok()
}

/// The mean thickness of strokes in pixels: twice their area for the length of their edge, whose length is that of the pixels'
/// sides, times pi / 4 because most of it is not parallel to them.
fn thickness(width: usize, mask: &[bool]) -> f32 {
    let area = mask.iter().filter(|&&inside| inside).count() as f32;
    let at = |i: usize| f32::from(u8::from(mask[i]));
    let height = mask.len() / width;
    let mut edges = 0.0;
    for y in 0..height {
        for x in 0..width {
            let i = y * width + x;
            edges += (at(i) - if x > 0 { at(i - 1) } else { 0.0 }).abs();
            edges += (at(i) - if y > 0 { at(i - width) } else { 0.0 }).abs();
        }
    }
    2.0 * area / (edges * std::f32::consts::FRAC_PI_4).max(1.0)
}
