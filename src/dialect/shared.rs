//! What the presentations of one digit in several dialects have in common: the input spikes, and the weighted sums that
//! arrive at the first layer. The sums take most of the time of a presentation, and many dialects have the same.

use super::input::{Input, InputKind};
use super::layer::AnyLayer;
use super::real::StepSums;
use super::summation::Order;
use super::train::Train;
use crate::clock::Stage;
use crate::digit::Digit;
use crate::spikes::Spikes;

/// The most numbers that the sums or the input spikes of a presentation may have. Longer presentations share nothing.
const MOST: usize = 2 << 20;

/// What the input spikes of a presentation depend on besides the digit and the seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct InputKey {
    pub kind: InputKind,
    pub steps: u32,
}

/// What the weighted sums of the first layer depend on besides the network, the digit and the seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SumsKey {
    pub input: InputKey,
    /// Bits of a number.
    pub precision: u32,
    pub order: Order,
    /// Factor on the weights, and height of a spike.
    pub scale: f64,
    pub height: f64,
    /// Whether weights are in the wrong places.
    pub reshapes: bool,
}

/// What was last made for one digit and one seed. There is one train of input spikes and one set of sums at a time, which
/// bounds the memory that they take.
#[derive(Default)]
pub(super) struct Shared {
    train: Option<(InputKey, Train)>,
    /// No sums for neurons that add weights to other values than 0.
    sums: Option<(SumsKey, Option<StepSums>)>,
}

impl Shared {
    /// Makes what a presentation of `digit` with `seed` needs, unless it was made last. `first` is the first layer of the
    /// network, whose sums depend on `key`. Too much is not made.
    pub fn prepare(&mut self, key: SumsKey, first: &dyn AnyLayer, digit: &Digit, seed: u64) {
        let fits = |numbers: usize| {
            numbers.checked_mul(key.input.steps as usize).is_some_and(|numbers| numbers <= MOST)
        };
        if !fits(digit.ink().len()) || !fits(first.membranes().len()) {
            return;
        }
        if self.train(key.input).is_none() {
            let input = Input::new(key.input.kind, digit, seed);
            self.train = Some((key.input, Train::of(input, key.input.steps)));
        }
        if let Some((_, train)) = &self.train
            && self.sums.as_ref().is_none_or(|(made, _)| *made != key)
        {
            self.sums = Some((key, first.sums_of(train)));
        }
    }

    /// The input spikes, if they were made last.
    pub fn train(&self, key: InputKey) -> Option<&Train> {
        self.train.as_ref().filter(|(made, _)| *made == key).map(|(_, train)| train)
    }

    /// The sums of the first layer, if they were made last.
    pub fn sums(&self, key: SumsKey) -> Option<&StepSums> {
        self.sums.as_ref().filter(|(made, _)| *made == key)?.1.as_ref()
    }
}

/// A layer of a network whose first layer may get sums that were made before.
pub(super) struct Fed<'a> {
    layer: &'a mut dyn AnyLayer,
    /// The sums of all steps.
    sums: Option<&'a StepSums>,
    /// The step of the next sums; `None` before the first input spikes.
    next: Option<usize>,
}

impl<'a> Fed<'a> {
    /// `layers` with `sums` for the first of them. If `is_delayed`, no input spikes arrive in the first step.
    pub fn layers(
        layers: &'a mut [Box<dyn AnyLayer>],
        sums: Option<&'a StepSums>,
        is_delayed: bool,
    ) -> Vec<Self> {
        let next = if is_delayed { None } else { Some(0) };
        let layers = layers.iter_mut().enumerate();
        layers.map(|(i, layer)| Self { layer: &mut **layer, sums: sums.filter(|_| i == 0), next }).collect()
    }
}

impl Stage for Fed<'_> {
    fn step(&mut self, presynaptic: Spikes) {
        let step = self.next;
        self.next = Some(step.map_or(0, |step| step + 1));
        let is_done = match (self.sums, step) {
            (Some(sums), Some(step)) => self.layer.step_with(sums, step),
            _ => false,
        };
        if !is_done {
            self.layer.step(presynaptic);
        }
    }

    fn spikes(&self) -> Spikes<'_> {
        self.layer.spikes()
    }

    fn membranes(&self) -> &[f32] {
        self.layer.membranes()
    }
}
