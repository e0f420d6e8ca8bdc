//! Clean pictures: one digit, even light, paper of one brightness. Sizes, pens, margins and colours differ.

use rand::RngExt;
use spikepad::{Model, Recording};

use crate::scenes::{Page, Random, placed};

/// A picture of `label` without any fault. Every second one is light on dark.
fn clean(label: usize, is_dark: bool, random: &mut Random) -> Page {
    let height: usize = random.0.random_range(48..720);
    let width = (height as f64 * random.0.random_range(0.8..1.4)) as usize;
    let size = random.0.random_range(0.35..0.85);
    let strokes = placed(label, [width, height], size, random);
    let pen = size * height as f64 * random.0.random_range(0.05..0.13);
    let (paper, ink): (f64, f64) = if is_dark {
        let paper = random.0.random_range(0.02..0.12);
        (paper, 1.0 - random.0.random_range(0.8..1.0) / paper)
    } else {
        (random.0.random_range(0.85..1.0), random.0.random_range(0.75..1.0))
    };
    let mut page = Page::new(width, height, paper);
    page.draw(&strokes, pen.max(1.2), ink);
    page
}

#[test]
fn two_hundred_clean_pictures_are_read() {
    let model = Model::shipped();
    let mut wrong = Vec::new();
    for case in 0..200 {
        let label = case % 10;
        let page = clean(label, case / 10 % 2 == 1, &mut Random::new(case as u64));
        let picture = page.read();
        let read = picture.chosen_digit().and_then(|digit| {
            let verdict = Recording::of(&model, &digit, &model.defaults()).unwrap().verdict().clone();
            verdict.digit
        });
        if read != Some(label) || picture.digits().len() != 1 {
            wrong.push(format!(
                "{case}: {label}, {} x {}, is read as {read:?} of {} digits",
                page.width,
                page.height,
                picture.digits().len()
            ));
        }
    }
    assert!(wrong.len() <= 2, "{} of 200 are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
