//! Makes pictures that are not digits. A network that was trained on digits should not be sure of them.
//!
//! Half of them are digits that are changed until they are no digits, a quarter are random lines, and a quarter are shapes
//! from `stroke-templates.json`. None of the shapes is one that `npm run accuracy` measures the network on.

use anyhow::Result;
use rayon::prelude::*;
use spikepad::{Digit, Drawing, PIXELS, Point, Raster, SIDE};

use crate::mnist::Digits;
use crate::random::{Purpose, Stream};
use crate::recipe::STRONG;
use crate::templates::Template;
use crate::written;

/// Smallest and largest width of the pen, in units of a canvas of 280.
const PENS: [f32; 2] = [8.0, 28.0];

/// Kinds of pictures.
const KINDS: usize = 8;

/// Round of the random streams of the shapes.
const SHAPES: u64 = u64::MAX;

/// Distance between neighbouring points of a scribble, in the same units.
const STRIDE: f32 = 14.0;

/// `count` pictures, an eighth of each kind.
pub fn draw(digits: &Digits, shapes: &[Template], count: usize, seed: u64) -> Result<Vec<Digit>> {
    let picture = |index: usize| {
        let mut random = Stream::new(seed, Purpose::Outliers, 0, index as u64);
        let [first, second] = [0, 1].map(|_| random.below(digits.len()));
        let (ink, other, label) = (&digits.images[first], &digits.images[second], digits.labels[first]);
        // A shape that would still be a digit is laid over another digit.
        let over = |stays: bool, i: usize| if stays { other[i] } else { 0 };
        match index % KINDS {
            0 => from_ink(|x, y| {
                let mirrored = ink[y * SIDE + SIDE - 1 - x];
                mirrored.max(over(matches!(label, 0 | 1 | 8), x * SIDE + y))
            }),
            1 => from_ink(|x, y| {
                let turned = ink[x * SIDE + SIDE - 1 - y];
                turned.max(over(matches!(label, 0 | 8), y * SIDE + x))
            }),
            2 => from_ink(|x, y| ink[y * SIDE + x].max(other[y * SIDE + x])),
            3 => from_ink(|x, y| ink[(y + SIDE / 2) % SIDE * SIDE + (x + SIDE / 2) % SIDE]),
            4 => drawn(&mut random, 4, polyline),
            5 => drawn(&mut random, 3, scribble),
            // Two eighths.
            _ => Ok(written::draw(shapes, STRONG, seed, SHAPES, index)),
        }
    };
    let pictures: Vec<Option<Digit>> = (0..count).into_par_iter().map(picture).collect::<Result<_>>()?;
    Ok(pictures.into_iter().flatten().collect())
}

/// The picture with the ink `ink(x, y)`, from 0 to 255, at each pixel. Becomes a digit as a drawing does.
fn from_ink(ink: impl Fn(usize, usize) -> u8) -> Result<Option<Digit>> {
    let ink = (0..PIXELS).map(|i| f32::from(ink(i % SIDE, i / SIDE)) / 255.0).collect();
    Ok(Digit::from_raster(&Raster::from_ink(SIDE, SIDE, ink)?))
}

/// A drawing of 1 to `most` strokes.
fn drawn(random: &mut Stream, most: usize, stroke: fn(&mut Stream) -> Vec<Point>) -> Result<Option<Digit>> {
    let strokes = (0..=random.below(most)).map(|_| stroke(random)).collect();
    let pen = f64::from(random.between(PENS[0], PENS[1]));
    Ok(Drawing::new(strokes, pen)?.rasterise().and_then(|raster| Digit::from_raster(&raster)))
}

/// A stroke of one to five random points.
fn polyline(random: &mut Stream) -> Vec<Point> {
    (0..=random.below(5)).map(|_| [0, 1].map(|_| f64::from(random.between(40.0, 240.0)))).collect()
}

/// A stroke that changes its direction at random.
fn scribble(random: &mut Stream) -> Vec<Point> {
    let mut at = [0, 1].map(|_| random.between(80.0, 200.0));
    let (mut heading, mut turn) = (random.between(0.0, 7.0), 0.0);
    (0..10 + random.below(80))
        .map(|_| {
            turn = 0.85 * turn + random.between(-0.4, 0.4);
            heading += turn;
            let step: [f32; 2] = [heading.cos(), heading.sin()];
            at = [0, 1].map(|axis| (at[axis] + STRIDE * step[axis]).clamp(20.0, 260.0));
            at.map(f64::from)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mnist::pixels;
    use crate::templates::Templates;

    #[test]
    fn outliers_depend_on_the_seed_and_are_not_in_the_set() {
        let bar = std::array::from_fn(|i| if (12..16).contains(&(i % SIDE)) { 255 } else { 0 });
        let hook = std::array::from_fn(|i| if i % SIDE < 10 || i / SIDE > 20 { 200 } else { 0 });
        let digits = Digits { images: vec![bar, hook], labels: vec![1, 4] };
        let shapes = Templates::read().unwrap().other;
        let pictures = draw(&digits, &shapes, 60, 3).unwrap();
        assert_eq!(pictures, draw(&digits, &shapes, 60, 3).unwrap());
        assert_ne!(pictures, draw(&digits, &shapes, 60, 4).unwrap());
        let own = |picture: &Digit| digits.images.contains(&pixels(picture));
        assert!(pictures.len() > 50 && !pictures.iter().any(own));
    }
}
