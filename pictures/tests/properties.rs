//! What holds for every picture.

use proptest::collection::vec;
use proptest::prelude::*;
use spikepad::Model;
use spikepad_pictures::{Picture, Reader};

use crate::scenes::{Page, Random, plain};

fn read(width: usize, height: usize, rgba: &[u8]) -> Picture {
    let mut reader = Reader::new(width, height).unwrap();
    reader.push_rows(rgba).unwrap();
    reader.finish().unwrap()
}

/// Checks that everything that a picture gives fits together.
fn check(picture: &Picture) {
    let pixels = picture.width() * picture.height();
    assert_eq!([picture.grey().len(), picture.ink().len(), picture.removed().len()], [pixels; 3]);
    for bounds in picture.digits() {
        assert!(bounds.left < bounds.right && bounds.right <= picture.width());
        assert!(bounds.top < bounds.bottom && bounds.bottom <= picture.height());
    }
    let count = picture.digits().len();
    assert!((0..count).all(|i| picture.digit(i).is_some()));
    assert_eq!(picture.chosen().is_some(), count > 0);
    assert!(picture.digit(count).is_none() && picture.joined(&[]).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_pixels_are_read(width in 1usize..60, height in 1usize..60, seed in any::<u64>(), levels in 1u64..40) {
        // A few levels in blocks: pixels of any level are mere noise.
        let value = |i: u64| (seed.wrapping_mul((i / 3) | 1) >> 29) % levels * 255 / levels;
        let rgba: Vec<u8> = (0..(width * height * 4) as u64).map(|i| value(i) as u8).collect();
        let picture = read(width, height, &rgba);
        check(&picture);
        check(&picture.with_sensitivity(1.0));
        check(&picture.with_sensitivity(-1.0));
    }

    #[test]
    fn long_and_thin_pictures_are_read(long in 1usize..5000, thin in 1usize..4, ink in vec(0usize..20_000, 0..60)) {
        for [width, height] in [[long, thin], [thin, long]] {
            let mut rgba = vec![255; 4 * width * height];
            ink.iter().for_each(|i| rgba[i % (width * height) * 4] = 0);
            check(&read(width, height, &rgba));
        }
    }
}

/// What the network without spikes reads.
fn answer(picture: &Picture) -> Option<usize> {
    let digit = picture.chosen_digit()?;
    Model::shipped().network().classify(&digit).unwrap()
}

#[test]
fn the_colour_and_the_brightness_of_the_light_change_no_answer() {
    for label in 0..10 {
        let (page, _) = plain(label, &mut Random::new(label as u64));
        for light in [1.0, 0.7, 0.4] {
            for colour in [[light; 3], [1.0, light, light], [light, light, 1.0]] {
                let picture = read(page.width, page.height, &page.rgba(colour));
                assert_eq!(answer(&picture), Some(label), "light {colour:?}");
                assert_eq!(picture.digits().len(), 1);
            }
        }
    }
}

#[test]
fn enlarging_a_picture_changes_no_answer() {
    for label in 0..10 {
        let (page, _) = plain(label, &mut Random::new(label as u64 + 100));
        for times in 1..4 {
            let mut large = Page::new(page.width * times, page.height * times, 0.0);
            for (i, light) in large.light.iter_mut().enumerate() {
                *light = page.light[i / large.width / times * page.width + i % large.width / times];
            }
            assert_eq!(answer(&large.read()), Some(label), "{times} times");
        }
    }
}

/// Thousands of components: were each compared with each, a picture would take minutes.
#[test]
fn of_very_many_pieces_only_some_are_taken_for_digits() {
    const SIDE: usize = 1024;
    type Pattern = fn(usize, usize) -> bool;
    let patterns: [Pattern; 5] = [
        |x, y| x % 8 < 4 && y % 8 < 4,
        |x, y| x % 20 < 10 && y % 20 < 10,
        |x, y| x % 9 < 2 || y % 9 < 2,
        |_, y| y % 8 < 2,
        // Specks of one pixel, one in fifty.
        |x, y| (y * SIDE + x).wrapping_mul(0x9e37_79b9) >> 8 & 0xffff < 1310,
    ];
    for is_ink in patterns {
        let grey = |i: usize| if is_ink(i % SIDE, i / SIDE) { 0 } else { 255 };
        let rgba: Vec<u8> = (0..SIDE * SIDE).flat_map(|i| [grey(i), grey(i), grey(i), 255]).collect();
        let picture = read(SIDE, SIDE, &rgba);
        check(&picture);
        assert!(picture.digits().len() <= 64);
    }
}
