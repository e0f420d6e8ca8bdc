//! The same pixels give the same digits natively and as wasm: `tests/built/pictures.test.js` reads the same pictures.

use spikepad_pictures::Reader;

/// The digits, one line for each: case, and FNV-1a of its pixels.
const DIGITS: &str = include_str!("../../tests/fixtures/picture-digits.txt");

/// A 7 under light that falls off, on ruled paper in odd cases, with noise; only whole numbers, so that other languages can
/// make the same.
fn rgba(case: u32) -> ([usize; 2], Vec<u8>) {
    let (width, height) = (200 + 400 * case, 260 + 300 * case);
    let mut state = case;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let light = 225 - x * 70 / width - y * 20 * case / height + (state >> 24) % 5;
            let bar = (height / 5..height * 7 / 25).contains(&y) && (width / 4..width * 3 / 4).contains(&x);
            let stem_at = width * 7 / 10 - (y.max(height / 5) - height / 5) * width / (2 * height);
            let stem = (height / 5..height * 4 / 5).contains(&y) && stem_at.abs_diff(x) < width / 25;
            let line = case % 2 == 1 && y % (height / 8) < 3;
            let share = if bar || stem {
                3
            } else if line {
                7
            } else {
                10
            };
            let value = (light * share / 10) as u8;
            pixels.extend([value, value, value, 255]);
        }
    }
    ([width as usize, height as usize], pixels)
}

#[test]
fn the_same_pixels_give_the_same_digits() {
    let mut found = String::new();
    for case in 0..4 {
        let ([width, height], rgba) = rgba(case);
        let mut reader = Reader::new(width, height).unwrap();
        reader.push_rows(&rgba).unwrap();
        let digit = reader.finish().unwrap().chosen_digit().unwrap();
        let hash = |hash: u32, &byte: &u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
        let hash = digit.ink().iter().fold(2_166_136_261, hash);
        found += &format!("{case} {hash:08x}\n");
    }
    assert_eq!(found, DIGITS);
}
