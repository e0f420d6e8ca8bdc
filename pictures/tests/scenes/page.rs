//! Paper, what is drawn on it, and the light on it.

use spikepad_pictures::{Picture, Reader};

use super::digits::Point;
use super::random::Random;

/// A picture of paper that is being made.
#[derive(Clone)]
pub struct Page {
    pub width: usize,
    pub height: usize,
    /// How much light comes from each pixel, 0..=1.
    pub light: Vec<f64>,
}

impl Page {
    pub fn new(width: usize, height: usize, paper: f64) -> Self {
        Self { width, height, light: vec![paper; width * height] }
    }

    /// Draws lines with a round pen, in pixels. `ink` is the share of the light that it takes away; negative ink is lighter
    /// than the paper.
    pub fn draw(&mut self, strokes: &[Vec<Point>], pen: f64, ink: f64) {
        let mut covered = vec![0.0_f64; self.light.len()];
        for pair in strokes.iter().flat_map(|stroke| stroke.windows(2)) {
            let [from, to] = [pair[0], pair[1]];
            let reach = pen / 2.0 + 1.0;
            let span = |axis: usize, most: usize| {
                let low = (from[axis].min(to[axis]) - reach).max(0.0) as usize;
                low..((from[axis].max(to[axis]) + reach).max(0.0) as usize + 1).min(most)
            };
            let along = [to[0] - from[0], to[1] - from[1]];
            let length = along[0] * along[0] + along[1] * along[1];
            for y in span(1, self.height) {
                for x in span(0, self.width) {
                    let place = &mut covered[y * self.width + x];
                    // Most pixels are covered by an earlier line.
                    if *place >= pen.min(1.0) {
                        continue;
                    }
                    let off = [x as f64 + 0.5 - from[0], y as f64 + 0.5 - from[1]];
                    let share = ((off[0] * along[0] + off[1] * along[1]) / length.max(1e-9)).clamp(0.0, 1.0);
                    let away = (off[0] - share * along[0]).hypot(off[1] - share * along[1]);
                    let cover = (pen / 2.0 + 0.5 - away).clamp(0.0, 1.0).min(pen);
                    *place = place.max(cover);
                }
            }
        }
        for (light, cover) in self.light.iter_mut().zip(covered) {
            *light *= 1.0 - cover * ink;
        }
    }

    /// Multiplies the light of each pixel, by its place from 0 to 1 on both axes.
    pub fn shade(&mut self, light: impl Fn(f64, f64) -> f64) {
        for (i, value) in self.light.iter_mut().enumerate() {
            let x = (i % self.width) as f64 / self.width as f64;
            let y = (i / self.width) as f64 / self.height as f64;
            *value *= light(x, y);
        }
    }

    /// Adds the noise of a sensor, of a standard deviation in grey levels.
    pub fn noise(&mut self, deviation: f64, random: &mut Random) {
        for value in &mut self.light {
            *value += random.normal() * deviation / 255.0;
        }
    }

    /// Pixels in RGBA, under light of this colour.
    pub fn rgba(&self, colour: [f64; 3]) -> Vec<u8> {
        let pixel = |light: &f64| {
            let [r, g, b] = colour.map(|part| (light * part * 255.0 + 0.5) as u8);
            [r, g, b, 255]
        };
        self.light.iter().flat_map(pixel).collect()
    }

    pub fn read(&self) -> Picture {
        read(self.width, self.height, &self.rgba([1.0; 3]))
    }
}

pub fn read(width: usize, height: usize, rgba: &[u8]) -> Picture {
    let mut reader = Reader::new(width, height).unwrap();
    reader.push_rows(rgba).unwrap();
    reader.finish().unwrap()
}
