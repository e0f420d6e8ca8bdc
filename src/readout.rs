//! From output spikes to an answer.

use serde::Serialize;

use crate::digit::Digit;
use crate::simulation::{Observer, SpikingNetwork};

/// What the network answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The class that won, or none where nothing speaks for any.
    pub digit: Option<usize>,
    /// Spikes of each output neuron.
    pub counts: Vec<u32>,
}

impl Verdict {
    /// Presents `digit` to `network` and reads the outputs after the last step. There is no
    /// answer where there is no digit.
    #[must_use]
    pub fn on(network: &mut SpikingNetwork, digit: Option<&Digit>, seed: u64) -> Self {
        let classes = network.classes();
        let mut outputs =
            Outputs { layer: network.layers(), counts: vec![0; classes], membranes: vec![0.0; classes] };
        if let Some(digit) = digit {
            network.present(digit, seed, &mut outputs);
        }
        Self::of(&outputs.counts, &outputs.membranes)
    }

    /// The output with most spikes wins; among equals, the one with the highest membrane
    /// potential, and among those the first. There is no answer where no output has fired and no
    /// membrane lies above rest: then nothing speaks for any class.
    ///
    /// `counts` and `membranes` hold one number a class, `[classes]`.
    #[must_use]
    pub fn of(counts: &[u32], membranes: &[f32]) -> Self {
        let speaks = counts.iter().any(|&count| count > 0) || membranes.iter().any(|&v| v > 0.0);
        let ranked = counts.iter().zip(membranes).enumerate();
        let best = ranked.max_by(|(i, (a, v)), (j, (b, w))| a.cmp(b).then(v.total_cmp(w)).then(j.cmp(i)));
        Self { digit: best.filter(|_| speaks).map(|(class, _)| class), counts: counts.to_vec() }
    }
}

/// Sees the outputs only.
struct Outputs {
    layer: usize,
    counts: Vec<u32>,
    membranes: Vec<f32>,
}

impl Observer for Outputs {
    fn layer(&mut self, layer: usize, spikes: &[u16], membranes: &[f32]) {
        if layer == self.layer {
            for &class in spikes {
                self.counts[usize::from(class)] += 1;
            }
            self.membranes.copy_from_slice(membranes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digit(counts: &[u32], membranes: &[f32]) -> Option<usize> {
        Verdict::of(counts, membranes).digit
    }

    #[test]
    fn most_spikes_win() {
        assert_eq!(digit(&[3, 5, 4], &[0.9, 0.0, 0.5]), Some(1));
    }

    #[test]
    fn ties_go_to_the_higher_membrane_and_then_to_the_first() {
        assert_eq!(digit(&[3, 5, 5], &[0.9, -0.1, 0.5]), Some(2));
        assert_eq!(digit(&[0, 0, 0], &[-0.9, 0.1, 0.5]), Some(2));
        assert_eq!(digit(&[5, 5, 5], &[0.5, 0.5, 0.5]), Some(0));
    }

    #[test]
    fn where_nothing_speaks_there_is_no_answer() {
        assert_eq!(digit(&[0, 0, 0], &[0.0, 0.0, 0.0]), None);
        assert_eq!(digit(&[0, 0, 0], &[-1.0, 0.0, f32::NAN]), None);
        assert_eq!(digit(&[], &[]), None);
    }
}
