//! Pictures of digits under conditions that photographs and scans have, made for these tests.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod digits;
pub mod page;
pub mod random;

use rand::RngExt;

pub use digits::{Point, digit};
pub use page::Page;
pub use random::Random;

/// A kind of picture: makes one of a digit.
pub type Kind = fn(usize, &mut Random) -> Page;

/// All kinds, by their names.
pub const KINDS: [(&str, Kind); 15] = [
    ("black_corners", black_corners),
    ("corner_shadow", corner_shadow),
    ("faint_pencil", faint_pencil),
    ("falling_light", falling_light),
    ("frame", frame),
    ("hairline", hairline),
    ("light_on_dark", light_on_dark),
    ("ruled_paper", ruled_paper),
    ("sharp_shadow", sharp_shadow),
    ("soft_shadow", soft_shadow),
    ("specks", specks),
    ("squared_paper", squared_paper),
    ("table", table),
    ("tight_crop", tight_crop),
    ("vignette", vignette),
];

/// The strokes of a digit on a page of these sides, about in the middle, `size` times as tall as the page.
pub fn placed(label: usize, [width, height]: [usize; 2], size: f64, random: &mut Random) -> Vec<Vec<Point>> {
    let (strokes, wide) = digit(label, random);
    let [width, height] = [width as f64, height as f64];
    let tall = size * height;
    let mut shift = |room: f64| room / 2.0 + room * random.0.random_range(-0.15..0.15);
    let [left, top] = [shift(width - wide * tall), shift(height - tall)];
    let place = |point: &Point| [left + point[0] * tall, top + point[1] * tall];
    strokes.iter().map(|stroke| stroke.iter().map(place).collect()).collect()
}

/// A page with a digit in a usual pen.
pub fn plain(label: usize, random: &mut Random) -> (Page, Vec<Vec<Point>>) {
    let sides = [random.0.random_range(360..640), random.0.random_range(360..640)];
    let mut page = Page::new(sides[0], sides[1], random.0.random_range(0.8..0.95));
    let size = random.0.random_range(0.45..0.65);
    let strokes = placed(label, sides, size, random);
    let pen = size * sides[1] as f64 * random.0.random_range(0.05..0.11);
    page.draw(&strokes, pen, random.0.random_range(0.65..0.9));
    (page, strokes)
}

/// Numbers from 0 to 1 with an edge at 0.5 that is `soft` wide.
fn edge(at: f64, soft: f64) -> f64 {
    (at / soft + 0.5).clamp(0.0, 1.0)
}

/// Distance, in sides of the page, from a line through a point near the middle, at an angle.
fn slanted(random: &mut Random) -> impl Fn(f64, f64) -> f64 + use<> {
    let angle: f64 = random.0.random_range(0.0..std::f64::consts::TAU);
    let middle = [random.0.random_range(0.35..0.65), random.0.random_range(0.35..0.65)];
    move |x, y| (x - middle[0]) * angle.cos() + (y - middle[1]) * angle.sin()
}

fn shadow(label: usize, random: &mut Random, soft: f64) -> Page {
    let (mut page, _) = plain(label, random);
    let side = slanted(random);
    let dark = random.0.random_range(0.35..0.7);
    page.shade(|x, y| 1.0 - dark * edge(side(x, y), soft));
    page.noise(2.0, random);
    page
}

pub fn sharp_shadow(label: usize, random: &mut Random) -> Page {
    shadow(label, random, 0.004)
}

pub fn soft_shadow(label: usize, random: &mut Random) -> Page {
    let soft = random.0.random_range(0.03..0.25);
    shadow(label, random, soft)
}

/// A shadow that reaches in from a corner.
pub fn corner_shadow(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let corner = [0, 1].map(|_| f64::from(random.0.random_range(0..2)));
    let reach = random.0.random_range(0.5..1.1);
    let (dark, soft) = (random.0.random_range(0.35..0.65), random.0.random_range(0.01..0.08));
    page.shade(|x, y| 1.0 - dark * edge(reach - (x - corner[0]).abs() - (y - corner[1]).abs(), soft));
    page.noise(2.0, random);
    page
}

pub fn falling_light(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let side = slanted(random);
    let dark = random.0.random_range(0.4..0.75);
    page.shade(|x, y| 1.0 - dark * (side(x, y) + 0.6).clamp(0.0, 1.2) / 1.2);
    page.noise(2.0, random);
    page
}

pub fn vignette(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let dark = random.0.random_range(0.8..1.5);
    page.shade(|x, y| (1.0 - dark * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5))).max(0.05));
    page.noise(2.0, random);
    page
}

pub fn table(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let (side, tilt) = (random.0.random_range(0..4), random.0.random_range(-0.08..0.08));
    let (depth, dark) = (random.0.random_range(0.04..0.16), random.0.random_range(0.4..0.85));
    page.shade(|x, y| {
        let (along, into) = [(y, x), (x, y), (y, 1.0 - x), (x, 1.0 - y)][side];
        1.0 - dark * edge(depth + tilt * (along - 0.5) - into, 0.003)
    });
    page.noise(2.0, random);
    page
}

/// A sheet that was scanned askew: black where it does not reach.
pub fn black_corners(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let angle: f64 = random.0.random_range(0.05..0.25) * [-1.0, 1.0][random.0.random_range(0..2)];
    page.shade(|x, y| {
        let [x, y] = [x - 0.5, y - 0.5];
        let [u, v] = [x * angle.cos() + y * angle.sin(), y * angle.cos() - x * angle.sin()];
        if u.abs().max(v.abs()) < 0.49 { 1.0 } else { 0.02 }
    });
    page
}

pub fn frame(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    let (width, height) = (page.width as f64, page.height as f64);
    let margin = random.0.random_range(0.0..0.08);
    let tilt = random.0.random_range(-0.03..0.03);
    let corner = |x: f64, y: f64| [width * (x + tilt * (y - 0.5)), height * (y - tilt * (x - 0.5))];
    let far = 1.0 - margin;
    let corners = [corner(margin, margin), corner(far, margin), corner(far, far), corner(margin, far)];
    let around = [corners.as_slice(), &corners[..1]].concat();
    let (pen, ink) = (random.0.random_range(1.0..9.0), random.0.random_range(0.5..0.95));
    page.draw(&[around], pen, ink);
    page
}

/// Parallel lines from border to border.
fn rule(page: &mut Page, gap: f64, tilt: f64, pen: f64, ink: f64, down: bool) {
    let (width, height) = (page.width as f64, page.height as f64);
    let (along, across) = if down { (height, width) } else { (width, height) };
    let mut at = gap * 0.4;
    let mut lines = Vec::new();
    while at < across {
        let ends = [[-1.0, at], [along + 1.0, at + tilt * along]];
        lines.push(ends.map(|[x, y]| if down { [y, x] } else { [x, y] }).to_vec());
        at += gap;
    }
    page.draw(&lines, pen, ink);
}

pub fn ruled_paper(label: usize, random: &mut Random) -> Page {
    let sides = [random.0.random_range(420..640), random.0.random_range(420..640)];
    let mut page = Page::new(sides[0], sides[1], 0.92);
    let tall = sides[1] as f64;
    let gap = tall * random.0.random_range(0.11..0.2);
    let tilt = random.0.random_range(-0.03..0.03);
    rule(&mut page, gap, tilt, random.0.random_range(1.5..4.0), random.0.random_range(0.25..0.5), false);
    if random.0.random_range(0..2) == 1 {
        let (x, ink) = (0.12 * sides[0] as f64, 0.45);
        page.draw(&[vec![[x, -1.0], [x - tilt * tall, tall + 1.0]]], 3.0, ink);
    }
    let strokes = placed(label, sides, random.0.random_range(0.45..0.65), random);
    page.draw(&strokes, tall * random.0.random_range(0.015..0.03), random.0.random_range(0.4..0.7));
    page.noise(2.5, random);
    page
}

pub fn squared_paper(label: usize, random: &mut Random) -> Page {
    let sides = [random.0.random_range(420..640), random.0.random_range(420..640)];
    let mut page = Page::new(sides[0], sides[1], 0.85);
    let tall = sides[1] as f64;
    let (gap, tilt) = (tall * random.0.random_range(0.08..0.3), random.0.random_range(-0.03..0.03));
    let (pen, ink) = (random.0.random_range(1.0..2.5), random.0.random_range(0.1..0.3));
    rule(&mut page, gap, tilt, pen, ink, false);
    rule(&mut page, gap, -tilt, pen, ink, true);
    let strokes = placed(label, sides, random.0.random_range(0.45..0.65), random);
    page.draw(&strokes, tall * random.0.random_range(0.008..0.02), random.0.random_range(0.6..0.85));
    page.noise(2.0, random);
    page
}

pub fn specks(label: usize, random: &mut Random) -> Page {
    let (mut page, _) = plain(label, random);
    for _ in 0..random.0.random_range(5..40) {
        let at =
            [random.0.random_range(0.0..page.width as f64), random.0.random_range(0.0..page.height as f64)];
        let (size, ink) = (random.0.random_range(1.0..6.0), random.0.random_range(0.2..0.9));
        page.draw(&[vec![at, at]], size, ink);
    }
    page.noise(1.5, random);
    page
}

pub fn faint_pencil(label: usize, random: &mut Random) -> Page {
    let sides = [random.0.random_range(360..640), random.0.random_range(360..640)];
    let mut page = Page::new(sides[0], sides[1], random.0.random_range(0.8..0.95));
    let strokes = placed(label, sides, random.0.random_range(0.45..0.7), random);
    page.draw(
        &strokes,
        sides[1] as f64 * random.0.random_range(0.015..0.03),
        random.0.random_range(0.08..0.2),
    );
    page.noise(2.0, random);
    page
}

pub fn hairline(label: usize, random: &mut Random) -> Page {
    let sides = [random.0.random_range(900..1400), random.0.random_range(700..1400)];
    let mut page = Page::new(sides[0], sides[1], 0.95);
    let strokes = placed(label, sides, random.0.random_range(0.45..0.8), random);
    page.draw(&strokes, random.0.random_range(1.0..2.5), random.0.random_range(0.6..0.95));
    page
}

pub fn light_on_dark(label: usize, random: &mut Random) -> Page {
    let sides = [random.0.random_range(360..640), random.0.random_range(360..640)];
    let mut page = Page::new(sides[0], sides[1], random.0.random_range(0.1..0.25));
    let strokes = placed(label, sides, random.0.random_range(0.45..0.7), random);
    page.draw(&strokes, sides[1] as f64 * random.0.random_range(0.03..0.07), -2.5);
    let side = slanted(random);
    page.shade(|x, y| 1.0 - 0.4 * (side(x, y) + 0.6).clamp(0.0, 1.2));
    page.noise(2.0, random);
    page
}

/// A digit that fills its picture and touches all borders.
pub fn tight_crop(label: usize, random: &mut Random) -> Page {
    let (strokes, wide) = digit(label, random);
    let tall = random.0.random_range(30.0..300.0);
    let pen = tall * random.0.random_range(0.08..0.14);
    let sides = [(wide * tall + pen) as usize, (tall + pen) as usize];
    let mut page = Page::new(sides[0], sides[1], 0.9);
    let place = |point: &Point| [point[0] * tall + pen / 2.0, point[1] * tall + pen / 2.0];
    let strokes: Vec<Vec<Point>> = strokes.iter().map(|stroke| stroke.iter().map(place).collect()).collect();
    page.draw(&strokes, pen, 0.85);
    page
}
