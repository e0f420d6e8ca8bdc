//! Reads an answer from the outputs' spikes and potentials.

use std::sync::Arc;

use serde::Serialize;

use crate::clock::Observer;
use crate::names::{choices, named};
use crate::spikes::Spikes;
use crate::typicality::Typicality;

/// How the answer is read from the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// The output that spikes most wins: see [`winner`].
    Count,
    /// The output that spikes first wins, and later spikes do not change that. If several spike in the same
    /// step, the one with the highest membrane potential after the step wins, and among equals the first.
    /// Before any spike, the output with the highest potential leads (S. Thorpe, A. Delorme and R. Van Rullen,
    /// "Spike-based strategies for rapid processing", 2001).
    First,
    /// The outputs never fire: they are leaky integrators. The one with the highest membrane potential wins
    /// (E. O. Neftci, H. Mostafa and F. Zenke, "Surrogate gradient learning in spiking neural networks",
    /// 2019).
    Membrane,
}

choices!(Reading, "readout" {
    Count = "count", "most spikes", "The output with the most spikes";
    Membrane = "membrane", "highest potential", "The output with the highest potential; outputs never spike";
    First = "first", "first spike", "The output that spikes first";
});

/// When an early answer is given, and when an answer is in doubt. Both limits are measured for the weights
/// of one model, and stored in its file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadoutRule {
    /// The network has decided as soon as its leading output is ahead of the next by this number of spikes.
    /// A membrane potential counts as a fraction of a spike: potential / threshold.
    pub lead: f64,
    /// An answer is in doubt where the margin is less than this. The margin is the winner's lead after the
    /// last step, in spikes per step.
    pub sure_margin: f64,
}

impl Default for ReadoutRule {
    fn default() -> Self {
        Self { lead: 2.0, sure_margin: 0.0 }
    }
}

/// What the network answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The class that won; `None` if there is no evidence for any class.
    pub digit: Option<usize>,
    /// Spikes of each output neuron, `[classes]`.
    pub counts: Vec<u32>,
    /// The early answer; `None` if the lead never sufficed.
    pub decision: Option<Decision>,
    /// The winner's lead after the last step, in spikes per step.
    pub margin: f64,
    /// Why the answer is in doubt; `None` if it is not.
    pub doubt: Option<Doubt>,
    /// Whether there is an answer that is not in doubt.
    pub sure: bool,
}

/// Why an answer is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The hidden neurons did not fire as they do for a digit of the winning class. Probably the drawing is
    /// not a digit. See [`Typicality`].
    Typicality,
    /// Another class is close behind the winner. The drawing may be a digit of that class.
    Margin,
}

named!(Doubt, "doubt" { Typicality = "typicality", Margin = "margin" });

/// An early answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Steps presented when the lead was first large enough.
    pub steps: u32,
    /// The class in the lead.
    pub digit: usize,
}

/// The output with the most spikes. Among equals the one with the highest membrane potential wins, and among
/// those the first. There is no answer if no output has fired and no potential is above rest, because then
/// there is no evidence for any class.
///
/// `counts` and `membranes` hold one number per class, `[classes]`.
#[must_use]
pub fn winner(counts: &[u32], membranes: &[f32]) -> Option<usize> {
    let has_evidence = counts.iter().any(|&count| count > 0) || membranes.iter().any(|&v| v > 0.0);
    let ranked = counts.iter().zip(membranes).enumerate();
    let best = ranked.max_by(|(i, (a, v)), (j, (b, w))| a.cmp(b).then(v.total_cmp(w)).then(j.cmp(i)));
    best.filter(|_| has_evidence).map(|(class, _)| class)
}

/// Reads the outputs of a presentation, and keeps only what a verdict needs.
#[derive(Debug, Clone)]
pub struct Readout {
    rule: ReadoutRule,
    typicality: Option<Arc<Typicality>>,
    reading: Reading,
    threshold: f32,
    /// Index of the output layer, the input being 0.
    output: usize,
    steps: u32,
    counts: Vec<u32>,
    membranes: Vec<f32>,
    /// Spikes so far of each neuron of the last hidden layer; empty without a typicality.
    hidden: Vec<u32>,
    decision: Option<Decision>,
    /// The output that spiked first. Used only with [`Reading::First`].
    first: Option<usize>,
}

impl Readout {
    /// A readout before the first step. `sizes` are the neurons of each layer, the input first. The outputs
    /// fire at `threshold`.
    pub(crate) fn new(
        rule: ReadoutRule,
        typicality: Option<Arc<Typicality>>,
        reading: Reading,
        threshold: f32,
        sizes: &[usize],
    ) -> Self {
        let classes = sizes.last().copied().unwrap_or(0);
        Self {
            rule,
            hidden: vec![0; typicality.as_ref().map_or(0, |typicality| typicality.weights.nrows())],
            typicality,
            reading,
            threshold,
            output: sizes.len().saturating_sub(1),
            steps: 0,
            counts: vec![0; classes],
            membranes: vec![0.0; classes],
            decision: None,
            first: None,
        }
    }

    /// Steps seen.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Spikes of each output so far, `[classes]`.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// The early answer, if the lead has sufficed by now.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        self.decision
    }

    /// The class that would win now.
    #[must_use]
    pub fn winner(&self) -> Option<usize> {
        self.first.or_else(|| winner(&self.counts, &self.membranes))
    }

    /// What the network would answer now.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let lead = self.first.map_or_else(|| self.lead().map(|(_, lead)| lead), |first| self.lead_of(first));
        let margin = lead.unwrap_or(0.0) / f64::from(self.steps.max(1));
        let digit = self.winner();
        let typical = |class| {
            let typicality = self.typicality.as_ref();
            typicality.is_none_or(|typicality| typicality.score(class, &self.hidden, self.steps) >= 0.0)
        };
        let doubt = digit.and_then(|class| {
            if !typical(class) {
                Some(Doubt::Typicality)
            } else if margin < self.rule.sure_margin {
                Some(Doubt::Margin)
            } else {
                None
            }
        });
        Verdict {
            digit,
            counts: self.counts.clone(),
            decision: self.decision,
            margin,
            doubt,
            sure: digit.is_some() && doubt.is_none(),
        }
    }

    /// Whether several outputs have the most spikes, so that their potentials decide between them.
    pub(crate) fn is_tie(&self) -> bool {
        let most = self.counts.iter().copied().max().unwrap_or(0);
        most > 0 && self.counts.iter().filter(|&&count| count == most).count() > 1
    }

    /// Whether no output has spiked. Outputs that are read by their potential never spike: they are silent where there is
    /// no answer.
    pub(crate) fn is_silent(&self) -> bool {
        match self.reading {
            Reading::Membrane => self.winner().is_none(),
            Reading::Count | Reading::First => self.counts.iter().all(|&count| count == 0),
        }
    }

    /// The leading class, and its lead in spikes; `None` if there are fewer than two classes.
    pub(crate) fn lead(&self) -> Option<(usize, f64)> {
        let (mut first, mut second) = ((0, f64::NEG_INFINITY), f64::NEG_INFINITY);
        for class in 0..self.counts.len() {
            let evidence = self.evidence(class);
            if evidence > first.1 {
                second = first.1;
                first = (class, evidence);
            } else if evidence > second {
                second = evidence;
            }
        }
        (first.1 - second).is_finite().then_some((first.0, first.1 - second))
    }

    /// The lead of `class` over the best other class, in spikes; negative if it is behind, `None` if there is
    /// no other class.
    fn lead_of(&self, class: usize) -> Option<f64> {
        let others = (0..self.counts.len()).filter(|&other| other != class);
        let best = others.map(|other| self.evidence(other)).fold(f64::NEG_INFINITY, f64::max);
        Some(self.evidence(class) - best).filter(|lead| lead.is_finite())
    }

    /// Spikes of `class`, with its membrane potential as a fraction of a spike.
    fn evidence(&self, class: usize) -> f64 {
        f64::from(self.counts[class]) + f64::from(self.membranes[class] / self.threshold)
    }

    /// Among the outputs that fired in one step, the one with the highest potential after the step.
    fn first_of(spikes: Spikes, membranes: &[f32]) -> Option<usize> {
        let classes = spikes.neurons().iter().map(|&class| usize::from(class));
        classes.max_by(|&i, &j| membranes[i].total_cmp(&membranes[j]).then(j.cmp(&i)))
    }
}

impl Observer for Readout {
    fn looks_at(&self, layer: usize) -> bool {
        layer == self.output || layer + 1 == self.output && !self.hidden.is_empty()
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        if layer + 1 == self.output && !self.hidden.is_empty() {
            for (neuron, count) in spikes.iter() {
                self.hidden[usize::from(neuron)] += count;
            }
        }
        if layer != self.output {
            return;
        }
        self.steps += 1;
        for (class, count) in spikes.iter() {
            self.counts[usize::from(class)] += count;
        }
        self.membranes.copy_from_slice(membranes);
        if self.reading == Reading::First && self.first.is_none() {
            self.first = Self::first_of(spikes, membranes);
            self.decision = self.first.map(|digit| Decision { steps: self.steps, digit });
        } else if self.reading != Reading::First && self.decision.is_none() {
            let decided = self.lead().filter(|&(_, lead)| lead >= self.rule.lead);
            self.decision = decided.map(|(digit, _)| Decision { steps: self.steps, digit });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readout(lead: f64) -> Readout {
        Readout {
            rule: ReadoutRule { lead, sure_margin: 0.5 },
            typicality: None,
            hidden: Vec::new(),
            reading: Reading::Count,
            threshold: 2.0,
            output: 2,
            steps: 0,
            counts: vec![0; 3],
            membranes: vec![0.0; 3],
            decision: None,
            first: None,
        }
    }

    #[test]
    fn most_spikes_win() {
        assert_eq!(winner(&[3, 5, 4], &[0.9, 0.0, 0.5]), Some(1));
    }

    #[test]
    fn ties_go_to_the_higher_membrane_and_then_to_the_first() {
        assert_eq!(winner(&[3, 5, 5], &[0.9, -0.1, 0.5]), Some(2));
        assert_eq!(winner(&[0, 0, 0], &[-0.9, 0.1, 0.5]), Some(2));
        assert_eq!(winner(&[5, 5, 5], &[0.5, 0.5, 0.5]), Some(0));
    }

    #[test]
    fn without_evidence_there_is_no_answer() {
        assert_eq!(winner(&[0, 0, 0], &[0.0, 0.0, 0.0]), None);
        assert_eq!(winner(&[0, 0, 0], &[-1.0, 0.0, f32::NAN]), None);
        assert_eq!(winner(&[], &[]), None);
        let silent = readout(1.0).verdict();
        assert_eq!((silent.digit, silent.decision, silent.sure), (None, None, false));
    }

    #[test]
    fn the_decision_is_made_when_the_lead_suffices_and_does_not_change() {
        let mut readout = readout(1.5);
        readout.layer(1, Spikes::once(&[0, 0, 0]), &[9.0; 3]);
        readout.layer(2, Spikes::once(&[1]), &[1.0, 0.0, 0.0]);
        assert_eq!(readout.decision(), None, "a spike against half a threshold is a lead of one half");
        readout.layer(2, Spikes::once(&[1]), &[1.0, 0.0, 0.0]);
        let decision = Some(Decision { steps: 2, digit: 1 });
        assert_eq!(readout.decision(), decision);
        for _ in 0..7 {
            readout.layer(2, Spikes::once(&[2]), &[0.0; 3]);
        }
        let verdict = readout.verdict();
        assert_eq!((verdict.digit, verdict.decision), (Some(2), decision));
        assert_eq!(verdict.margin, 5.0 / 9.0);
        assert!(verdict.sure);
    }

    #[test]
    fn the_first_spike_wins_for_good() {
        let mut readout = Readout { reading: Reading::First, ..readout(1.5) };
        readout.layer(2, Spikes::once(&[]), &[0.1, 0.3, 1.9]);
        assert_eq!((readout.winner(), readout.decision()), (Some(2), None), "the highest potential, so far");
        readout.layer(2, Spikes::once(&[0, 1]), &[0.2, 0.7, 1.9]);
        let decision = Some(Decision { steps: 2, digit: 1 });
        assert_eq!((readout.winner(), readout.decision()), (Some(1), decision));
        for _ in 0..8 {
            readout.layer(2, Spikes::once(&[0]), &[0.0; 3]);
        }
        let verdict = readout.verdict();
        assert_eq!((verdict.digit, verdict.decision), (Some(1), decision));
        // One spike against nine, in ten steps.
        assert_eq!((verdict.margin, verdict.sure), (-0.8, false));
    }

    #[test]
    fn hidden_neurons_that_fire_as_for_no_digit_leave_the_answer_in_doubt() {
        // Class 1 is typical where the second hidden neuron fires in more than half of the steps.
        let typicality = Typicality {
            weights: ndarray::array![[0, 0, 0], [0, 2, 0]],
            scale: vec![1.0; 3],
            bias: vec![0.0, -1.0, 0.0],
        };
        let verdict = |fires: usize| {
            let typicality = Some(Arc::new(typicality.clone()));
            let mut readout = Readout { typicality, hidden: vec![0; 2], ..readout(1.5) };
            for step in 0..10 {
                readout.layer(1, Spikes::once(if step < fires { &[0, 1] } else { &[0] }), &[0.0; 2]);
                readout.layer(2, Spikes::once(&[1]), &[0.0; 3]);
            }
            readout.verdict()
        };
        assert_eq!((verdict(4).digit, verdict(4).doubt), (Some(1), Some(Doubt::Typicality)));
        assert_eq!((verdict(5).digit, verdict(5).doubt), (Some(1), None));
        assert!(verdict(5).sure && !verdict(4).sure);
    }

    #[test]
    fn a_small_margin_is_not_sure() {
        let mut readout = readout(1.5);
        for _ in 0..100 {
            readout.layer(2, Spikes::once(&[0, 1]), &[1.0, 0.0, 0.0]);
        }
        let verdict = readout.verdict();
        assert_eq!((verdict.digit, verdict.margin, verdict.sure), (Some(0), 0.005, false));
        assert_eq!(verdict.doubt, Some(Doubt::Margin));
    }
}
