//! Reads a class from the output spikes, as users of the frameworks do.

use crate::names::choices;
use crate::spikes::Spikes;

/// How a class is read from the output spikes. Among equals the lowest class wins, as in NumPy's
/// `argmax`. Therefore the class is 0 if no output fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decoding {
    /// The output that spikes most.
    Count,
    /// The output whose spike train, low-passed with a time constant of 0.1 s, is above 0 in the most
    /// steps. A low-passed train never returns to 0, so this is the output that spikes first.
    FilteredPositive,
    /// The output whose low-passed spike train has the largest sum.
    FilteredSum,
    /// The output that spikes first.
    FirstSpike,
    /// The output with the largest number in the last step.
    LastStep,
    /// The output with the largest mean over all steps.
    Mean,
}

impl Decoding {
    /// The ways to read outputs that spike.
    pub const OF_SPIKES: &'static [Self] =
        &[Self::Count, Self::FilteredPositive, Self::FilteredSum, Self::FirstSpike];

    /// The ways to read outputs that are numbers.
    pub const OF_NUMBERS: &'static [Self] = &[Self::LastStep, Self::Mean];

    /// Whether it reads numbers.
    #[must_use]
    pub fn reads_numbers(self) -> bool {
        Self::OF_NUMBERS.contains(&self)
    }
}

choices!(Decoding, "readout" {
    Count = "count", "most spikes", "The output with the most spikes";
    FilteredPositive = "filtered-positive", "most steps above 0",
        "The output whose low-passed spike train is above 0 in the most steps";
    FilteredSum = "filtered-sum", "largest sum", "The output whose low-passed spike train has the largest sum";
    FirstSpike = "first-spike", "first spike", "The output that spikes first";
    LastStep = "last-step", "last step", "The output with the largest number in the last step";
    Mean = "mean", "largest mean", "The output with the largest mean over all steps";
});

/// exp(-dt/tau) for steps of 1 ms and a time constant of 0.1 s.
const LOW_PASS: f64 = 0.990_049_833_749_168_1;

/// Collects the output spikes of one presentation, and reads the class.
#[derive(Debug, Clone)]
pub(super) struct Decoder {
    steps: u32,
    /// Whether outputs are numbers.
    has_numbers: bool,
    outputs: Vec<Output>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Output {
    count: u64,
    first: Option<u32>,
    filtered: f64,
    positive: u32,
    sum: f64,
    /// The number of the last step, and the sum of those of all steps.
    last: f32,
    total: f64,
}

/// The class that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// The lowest class of those with the largest score.
    pub class: usize,
    /// Whether no output fired.
    pub silent: bool,
    /// Whether outputs fired or have numbers, and more than one has the largest score.
    pub tie: bool,
}

impl Decoder {
    pub fn new(classes: usize) -> Self {
        Self { steps: 0, has_numbers: false, outputs: vec![Output::default(); classes] }
    }

    /// Prepares for the next presentation. With `keep_state` the low-passed trains keep their values.
    pub fn restart(&mut self, keep_state: bool) {
        self.steps = 0;
        for output in &mut self.outputs {
            let filtered = if keep_state { output.filtered } else { 0.0 };
            *output = Output { filtered, ..Output::default() };
        }
    }

    /// Takes the output spikes of the next step.
    pub fn step(&mut self, spikes: Spikes) {
        self.outputs.iter_mut().for_each(|output| output.filtered *= LOW_PASS);
        for (class, count) in spikes.iter() {
            let output = &mut self.outputs[usize::from(class)];
            output.count += u64::from(count);
            output.first.get_or_insert(self.steps);
            output.filtered += (1.0 - LOW_PASS) * f64::from(count);
        }
        for output in &mut self.outputs {
            output.positive += u32::from(output.filtered > 0.0);
            output.sum += output.filtered;
        }
        self.steps += 1;
    }

    /// Takes the numbers of the outputs in the next step, `[classes]`.
    pub fn take(&mut self, numbers: &[f32]) {
        self.has_numbers = true;
        for (output, &number) in self.outputs.iter_mut().zip(numbers) {
            output.last = number;
            output.total += f64::from(number);
        }
    }

    pub fn answer(&self, decoding: Decoding) -> Answer {
        let score = |output: &Output| match decoding {
            Decoding::Count => output.count as f64,
            Decoding::FilteredPositive => f64::from(output.positive),
            Decoding::FilteredSum => output.sum,
            Decoding::FirstSpike => output.first.map_or(f64::NEG_INFINITY, |step| -f64::from(step)),
            Decoding::LastStep => f64::from(output.last),
            Decoding::Mean => output.total,
        };
        let largest = self.outputs.iter().map(score).fold(f64::NEG_INFINITY, f64::max);
        let mut best = self.outputs.iter().enumerate().filter(|(_, output)| score(output) == largest);
        let class = best.next().map_or(0, |(class, _)| class);
        let silent = !self.has_numbers && self.outputs.iter().all(|output| output.count == 0);
        Answer { class, silent, tie: !silent && best.next().is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoder(trains: &[&[u16]]) -> Decoder {
        let mut decoder = Decoder::new(3);
        trains.iter().for_each(|spikes| decoder.step(Spikes::once(spikes)));
        decoder
    }

    #[test]
    fn decodings_differ() {
        // 2 spikes first, 1 most often, and 0 not at all.
        let decoder = decoder(&[&[], &[2], &[1], &[1], &[1]]);
        let class = |decoding| decoder.answer(decoding).class;
        let classes: Vec<_> = Decoding::OF_SPIKES.iter().map(|&decoding| class(decoding)).collect();
        assert_eq!(classes, [1, 2, 1, 2]);
    }

    #[test]
    fn numbers_are_read_in_the_last_step_or_from_all() {
        let mut decoder = Decoder::new(3);
        [[0.1, 0.8, 0.1], [0.1, 0.7, 0.2], [0.2, 0.3, 0.5]].iter().for_each(|numbers| decoder.take(numbers));
        let answer = |decoder: &Decoder, decoding| decoder.answer(decoding);
        assert_eq!(answer(&decoder, Decoding::LastStep), Answer { class: 2, silent: false, tie: false });
        assert_eq!(answer(&decoder, Decoding::Mean), Answer { class: 1, silent: false, tie: false });
        decoder.restart(false);
        decoder.take(&[1.0 / 3.0; 3]);
        for &decoding in Decoding::OF_NUMBERS {
            assert_eq!(answer(&decoder, decoding), Answer { class: 0, silent: false, tie: true });
        }
        let both = [Decoding::OF_SPIKES, Decoding::OF_NUMBERS].concat();
        assert_eq!(both, Decoding::ALL);
    }

    #[test]
    fn ties_go_to_the_lowest_class_and_differ_from_silence() {
        for &decoding in Decoding::OF_SPIKES {
            let tie = decoder(&[&[1, 2]]).answer(decoding);
            assert_eq!(tie, Answer { class: 1, silent: false, tie: true });
            let silence = decoder(&[&[], &[]]).answer(decoding);
            assert_eq!(silence, Answer { class: 0, silent: true, tie: false });
        }
    }

    #[test]
    fn a_low_passed_train_stays_above_0_until_the_state_is_reset() {
        let mut decoder = decoder(&[&[1]]);
        (0..10_000).for_each(|_| decoder.step(Spikes::once(&[])));
        decoder.restart(true);
        decoder.step(Spikes::once(&[0]));
        assert!(decoder.answer(Decoding::FilteredPositive).tie);
        decoder.restart(false);
        decoder.step(Spikes::once(&[0]));
        assert!(!decoder.answer(Decoding::FilteredPositive).tie);
    }

    #[test]
    fn the_low_pass_is_that_of_a_tenth_of_a_second() {
        assert_eq!(LOW_PASS, libm::exp(-0.01));
    }
}
