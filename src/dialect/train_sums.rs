//! Sums of the weights of whole trains, in orders in which adding the rows one by one would move the sums between registers and
//! memory for each of them. The additions and their order are those of `rows.rs`, which the tests compare.

use super::real::Real;
use super::rows::{PARTIAL_SUMS, add};
use super::train::Train;
use crate::network::synapses::Row;

/// Neurons whose sums fit in half of the 16 registers of 128 bits, in f32.
const STRIP: usize = 32;

/// A train whose spikes are in the order of [`Order::Lanes`](super::summation::Order::Lanes).
pub(super) struct ByLane {
    /// The inputs that spike, one step after another, in each step one partial sum after another.
    inputs: Vec<u16>,
    /// Where the inputs of each partial sum end, for each step.
    ends: Vec<[usize; PARTIAL_SUMS]>,
}

impl ByLane {
    pub fn new(train: &Train) -> Self {
        let mut by_lane = Self { inputs: Vec::new(), ends: Vec::with_capacity(train.steps()) };
        for step in 0..train.steps() {
            let spikes = train.step(step).neurons();
            let mut places = [0; PARTIAL_SUMS];
            let lane = |input: u16| usize::from(input) % PARTIAL_SUMS;
            spikes.iter().for_each(|&input| places[lane(input)] += 1);
            // From the number of inputs to the place of the first one.
            let mut next = by_lane.inputs.len();
            for place in &mut places {
                next += std::mem::replace(place, next);
            }
            by_lane.inputs.resize(next, 0);
            for &input in spikes {
                let place = &mut places[lane(input)];
                by_lane.inputs[*place] = input;
                *place += 1;
            }
            by_lane.ends.push(places);
        }
        by_lane
    }

    /// Adds the rows of the inputs that spike in a step.
    pub fn add<R: Real, const L: usize>(&self, step: usize, rows: &[Row<R, L>], sums: &mut [R; L]) {
        let first = step.checked_sub(1).map_or(0, |before| self.ends[before][PARTIAL_SUMS - 1]);
        for (strip, sums) in sums.as_chunks_mut::<STRIP>().0.iter_mut().enumerate() {
            let mut partial = [[R::ZERO; STRIP]; PARTIAL_SUMS];
            let mut start = first;
            for (partial, &end) in partial.iter_mut().zip(&self.ends[step]) {
                // A local copy, which stays in registers.
                let mut sum = [R::ZERO; STRIP];
                for &input in &self.inputs[start..end] {
                    add(&mut sum, strip_of(rows, input, strip));
                }
                *partial = sum;
                start = end;
            }
            let mut half = PARTIAL_SUMS / 2;
            while half > 0 {
                let (lower, upper) = partial.split_at_mut(half);
                lower.iter_mut().zip(upper).for_each(|(lower, upper)| add(lower, upper));
                half /= 2;
            }
            add(sums, &partial[0]);
        }
    }
}

/// A train whose spikes are in the order of [`Order::Eights`](super::summation::Order::Eights).
pub(super) struct InEights {
    terms: Vec<Term>,
    /// Where the terms of each step end.
    ends: Vec<usize>,
}

/// What is added to the sum at once: a row, or a sum of rows.
#[derive(Clone, Copy)]
enum Term {
    One(u16),
    Two([u16; 2]),
    /// The sum of the first two, and the third.
    Three([u16; 3]),
    /// The sum of the first two, and the sum of the others.
    Four([u16; 4]),
}

impl InEights {
    pub fn new(train: &Train) -> Self {
        let mut in_eights = Self { terms: Vec::new(), ends: Vec::with_capacity(train.steps()) };
        for step in 0..train.steps() {
            for eight in train.step(step).neurons().chunk_by(|a, b| a / 8 == b / 8) {
                in_eights.push(eight);
            }
            in_eights.ends.push(in_eights.terms.len());
        }
        in_eights
    }

    /// Adds the terms of the inputs that spike in a group of eight.
    fn push(&mut self, eight: &[u16]) {
        let base = eight[0] & !7;
        let fires = eight.iter().fold(0_u8, |fires, input| fires | 1 << (input % 8));
        let input = |i: u16| (fires >> i & 1 == 1).then_some(base + i);
        let pair = |i, j| match (input(i), input(j)) {
            (Some(a), Some(b)) => Some(Term::Two([a, b])),
            (one, other) => one.or(other).map(Term::One),
        };
        let quad = match (pair(0, 2), pair(1, 3)) {
            (Some(Term::Two([a, b])), Some(Term::Two([c, d]))) => Some(Term::Four([a, b, c, d])),
            // A sum of two is the same in both orders.
            (Some(Term::Two([a, b])), Some(Term::One(c))) | (Some(Term::One(c)), Some(Term::Two([a, b]))) => {
                Some(Term::Three([a, b, c]))
            }
            (Some(Term::One(a)), Some(Term::One(b))) => Some(Term::Two([a, b])),
            (one, other) => one.or(other),
        };
        let terms = [input(6).map(Term::One), input(4).map(Term::One), pair(5, 7), quad];
        self.terms.extend(terms.iter().flatten());
    }

    /// Adds the rows of the inputs that spike in a step.
    pub fn add<R: Real, const L: usize>(&self, step: usize, rows: &[Row<R, L>], sums: &mut [R; L]) {
        let first = step.checked_sub(1).map_or(0, |before| self.ends[before]);
        for (strip, sums) in sums.as_chunks_mut::<STRIP>().0.iter_mut().enumerate() {
            let row = |input| strip_of(rows, input, strip);
            let mut sum = *sums;
            for term in &self.terms[first..self.ends[step]] {
                match *term {
                    Term::One(a) => add(&mut sum, row(a)),
                    Term::Two(inputs) => {
                        let [a, b] = inputs.map(row);
                        (0..STRIP).for_each(|i| sum[i] = sum[i].plus(a[i].plus(b[i])));
                    }
                    Term::Three(inputs) => {
                        let [a, b, c] = inputs.map(row);
                        (0..STRIP).for_each(|i| sum[i] = sum[i].plus(a[i].plus(b[i]).plus(c[i])));
                    }
                    Term::Four(inputs) => {
                        let [a, b, c, d] = inputs.map(row);
                        (0..STRIP).for_each(|i| sum[i] = sum[i].plus(a[i].plus(b[i]).plus(c[i].plus(d[i]))));
                    }
                }
            }
            *sums = sum;
        }
    }
}

/// A strip of the row of an input.
#[inline(always)]
fn strip_of<R: Real, const L: usize>(rows: &[Row<R, L>], input: u16, strip: usize) -> &[R; STRIP] {
    &rows[usize::from(input)].0.as_chunks::<STRIP>().0[strip]
}
