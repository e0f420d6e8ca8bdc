//! The drawings and pictures that a link carries: `www/state/stroke-codec.js` writes them.

use spikepad::PIXELS;

use super::curve::{LinkPoint, NORMAL_WIDTH};

/// Positions of a point per canvas unit.
const GRID: f64 = 4.0;

/// The most that a link may carry: canvas units from the pad's origin, sixteenths of a pen's width, points.
const MAX_REACH: f64 = 1000.0;
const MAX_WIDTH: i64 = 64;
const MAX_POINTS: usize = 20_000;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn letter(byte: u8) -> Option<u8> {
    LETTERS.iter().position(|&letter| letter == byte).and_then(|at| u8::try_from(at).ok())
}

/// Reads strokes: for each the number of its points, and for each point the differences to the point before, in grid units. A
/// stroke along which the pen's width varies begins with a 0, and each point has a third difference. `None` where the page
/// did not write the text, or it holds too much ink.
#[must_use]
pub fn decode_strokes(text: &str) -> Option<Vec<Vec<LinkPoint>>> {
    let mut numbers = Numbers(text.as_bytes());
    let (mut strokes, mut points, mut x, mut y) = (Vec::new(), 0, 0_i64, 0_i64);
    while !numbers.0.is_empty() {
        let first = numbers.next()?;
        let is_pressed = first == 0;
        let length = usize::try_from(if is_pressed { numbers.next()? } else { first }).ok()?;
        points += length;
        // A point is two letters or more.
        if length == 0 || points > MAX_POINTS || length > numbers.0.len() {
            return None;
        }
        let mut stroke = Vec::with_capacity(length);
        let mut width = NORMAL_WIDTH as i64;
        for _ in 0..length {
            x += numbers.signed()?;
            y += numbers.signed()?;
            if is_pressed {
                width += numbers.signed()?;
            }
            let [real_x, real_y] = [x, y].map(|place| place as f64 / GRID);
            if real_x.abs().max(real_y.abs()) > MAX_REACH || !(1..=MAX_WIDTH).contains(&width) {
                return None;
            }
            stroke.push(LinkPoint { x: real_x, y: real_y, width: width as f64 });
        }
        strokes.push(stroke);
    }
    Some(strokes)
}

/// Numbers in base 32, the least significant digit first; a letter from the second half is followed by another digit.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<i64> {
        let (mut value, mut place) = (0, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let digit = i64::from(letter(byte)?);
            // Five digits are more than any number of a link has.
            if place > 20 {
                return None;
            }
            value += (digit % 32) << place;
            if digit < 32 {
                return Some(value);
            }
            place += 5;
        }
    }

    /// Even numbers stand for 0, 1, 2, ..; odd numbers for -1, -2, ..
    fn signed(&mut self) -> Option<i64> {
        let value = self.next()?;
        Some(if value % 2 == 0 { value / 2 } else { -(value + 1) / 2 })
    }
}

/// Reads a picture: runs of paper and of ink, each as the lengths of both and the pixels of the ink, in base 64. `None` where the
/// page did not write the text, or the picture has no ink.
#[must_use]
pub fn decode_picture(text: &str) -> Option<[u8; PIXELS]> {
    let bytes = base_64(text)?;
    let mut ink = [0; PIXELS];
    let (mut rest, mut pixel) = (&bytes[..], 0);
    while let [paper, inked, more @ ..] = rest {
        pixel += usize::from(*paper);
        let run = usize::from(*inked);
        ink.get_mut(pixel..pixel + run)?.copy_from_slice(more.get(..run)?);
        rest = &more[run..];
        pixel += run;
    }
    (rest.is_empty() && pixel == PIXELS && ink.iter().any(|&value| value > 0)).then_some(ink)
}

/// Base 64 with - and _, without padding.
fn base_64(text: &str) -> Option<Vec<u8>> {
    const MOST: usize = 4 * PIXELS;
    if text.len() > MOST || text.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in text.as_bytes() {
        bits = (bits << 6 | u32::from(letter(byte)?)) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_the_page_writes_them() {
        // 0, 2 points; (1, -1) and 3 wider; (100, 0) and as wide.
        let strokes = decode_strokes("ACIHGoGAA").unwrap();
        let points = [[1.0, -1.0, 19.0], [26.0, -1.0, 19.0]];
        assert_eq!(strokes, [points.map(|[x, y, width]| LinkPoint { x, y, width }).to_vec()]);
    }

    #[test]
    fn what_no_page_wrote_is_refused() {
        for text in ["A", "B", "BA", "é", "g", "gggggggA", "BgggDA", "CAAAA ", "AAAAA"] {
            assert_eq!(decode_strokes(text), None, "{text}");
        }
        for text in ["A", "AAAA", "____", "*"] {
            assert_eq!(decode_picture(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[A-Za-z0-9_-]{0,400}") {
            let points = decode_strokes(&text).map_or(0, |strokes| strokes.iter().map(Vec::len).sum());
            prop_assert!(points <= text.len());
            let _ = decode_picture(&text);
        }
    }
}
