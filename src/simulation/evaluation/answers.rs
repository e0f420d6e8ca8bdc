//! The answers of both networks for one image.

use std::ops::ControlFlow;

use crate::clock::Observer;
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::readout::{Decision, Readout};
use crate::simulation::spiking_network::SpikingNetwork;
use crate::spikes::Spikes;

/// The answers for one image.
pub struct Answers {
    /// The answer of the ANN.
    pub ann: Option<usize>,
    /// Answer and synaptic operations after each number of steps.
    pub snn: Vec<(Option<usize>, u64)>,
    /// When the lead sufficed, and for which class.
    pub decision: Option<Decision>,
    /// Whether the answer after the last step is not in doubt.
    pub sure: bool,
    /// Whether several outputs have the most spikes after the last step.
    pub tie: bool,
    /// Whether no output has spiked after the last step, or, where potentials are read, there is no answer.
    pub silent: bool,
}

impl Answers {
    /// Presents an image with this seed, and reads the answers after each of the ascending `steps`.
    pub fn of(
        model: &Model,
        network: &mut SpikingNetwork,
        steps: &[u32],
        seed: u64,
        digit: Option<&Digit>,
    ) -> Result<Self, SimulationError> {
        let Some(digit) = digit else {
            return Ok(Self {
                ann: None,
                snn: vec![(None, 0); steps.len()],
                decision: None,
                sure: false,
                tie: false,
                silent: true,
            });
        };
        let sizes = model.network().sizes();
        let mut tally = Tally {
            steps,
            readout: network.readout(),
            synops: 0,
            fan_out: sizes[1..].iter().map(|&n| n as u64).chain([0]).collect(),
            answers: Vec::with_capacity(steps.len()),
        };
        network.present(digit, seed, &mut tally)?;
        let verdict = tally.readout.verdict();
        Ok(Self {
            ann: model.classify(digit, seed)?,
            snn: tally.answers,
            decision: verdict.decision,
            sure: verdict.sure,
            tie: tally.readout.is_tie(),
            silent: tally.readout.is_silent(),
        })
    }

    /// The spiking network's answer after the last step.
    pub fn last(&self) -> Option<usize> {
        self.snn.last().and_then(|&(answer, _)| answer)
    }
}

/// Counts what an evaluation needs, and keeps nothing else.
struct Tally<'a> {
    steps: &'a [u32],
    readout: Readout,
    synops: u64,
    /// Number of synapses that a spike of each layer reaches.
    fan_out: Vec<u64>,
    answers: Vec<(Option<usize>, u64)>,
}

impl Observer for Tally<'_> {
    fn looks_at(&self, layer: usize) -> bool {
        self.readout.looks_at(layer)
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, membranes: &[f32]) {
        self.synops += spikes.total() * self.fan_out[layer];
        self.readout.layer(layer, spikes, membranes);
    }

    fn step_done(&mut self) -> ControlFlow<()> {
        if self.steps.get(self.answers.len()) == Some(&self.readout.steps()) {
            self.answers.push((self.readout.winner(), self.synops));
        }
        ControlFlow::Continue(())
    }
}
