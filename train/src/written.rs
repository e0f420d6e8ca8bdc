//! Digits drawn from templates, which every batch of the training contains beside MNIST's.

use rayon::prelude::*;
use spikepad::{Digit, Labelled, PIXELS};

use crate::handwriting::write;
use crate::mnist::pixels;
use crate::network::CLASSES;
use crate::random::{Purpose, Stream};
use crate::templates::{Template, Templates};

/// Drawn digits. Number `i` has the class `i % 10`.
pub struct Written {
    /// Ink of each digit, `[28, 28]` row-major.
    pub images: Vec<[u8; PIXELS]>,
}

impl Written {
    /// Draws `count` digits with variations of the strength `strength`: the classes in turn, each template of a class equally
    /// often on average. Draws of another `round` are others.
    pub fn draw(templates: &Templates, count: usize, strength: f64, seed: u64, round: u64) -> Self {
        let one = |index: usize| draw(&templates.digits[index % CLASSES], strength, seed, round, index);
        // Only a pen without width leaves no ink.
        let images =
            (0..count).into_par_iter().map(|index| one(index).map_or([0; PIXELS], |digit| pixels(&digit)));
        Self { images: images.collect() }
    }

    /// The class of the digit `index`.
    pub fn label(index: usize) -> u8 {
        (index % CLASSES) as u8
    }

    /// The digits in the library's form.
    pub fn labelled(&self) -> Vec<Labelled> {
        let of = |(index, ink)| Labelled { digit: Digit::from_ink(ink), label: Self::label(index) };
        self.images.iter().enumerate().map(of).collect()
    }
}

/// Draws one of the templates, chosen evenly.
pub fn draw(group: &[Template], strength: f64, seed: u64, round: u64, index: usize) -> Option<Digit> {
    let mut random = Stream::new(seed, Purpose::Templates, round, index as u64);
    let template = &group[random.below(group.len())];
    write(template, strength, &mut random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_digits_depend_on_seed_and_round_and_have_ink() {
        let templates = Templates::read().unwrap();
        let draw = |seed, round| Written::draw(&templates, 200, 1.2, seed, round).images;
        assert_eq!(draw(1, 0), draw(1, 0));
        assert_ne!(draw(1, 0), draw(2, 0));
        assert_ne!(draw(1, 0), draw(1, 1));
        assert!(draw(1, 0).iter().all(|ink| ink.contains(&255)));
    }
}
