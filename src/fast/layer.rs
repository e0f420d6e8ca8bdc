//! A layer of neurons with its synapses, simulated for a window of chunks of [`STEPS`] steps at a time.

use std::sync::Arc;

use super::bits::{BITS, Lists, WORD};
use super::losses::lose;
use super::vectors::{Work, vectorised};
use crate::encoding::STEPS;
use crate::layer::LayerParameters;
use crate::network::ANY_NETWORK;
use crate::network::synapses::{Blocks, Exact, FEW, LANES, Row, Synapses};
use crate::neuron::{Lif, Reset};
use crate::transmission::{LOSES, Way};

/// A layer's synapses and parameters, and the state of its neurons.
#[derive(Debug, Clone)]
pub struct FastLayer {
    synapses: Arc<Synapses>,
    lif: Lif,
    neurons: usize,
    /// The factors that turn sums of stored weights into currents, `[lanes]`.
    gains: Vec<f32>,
    /// The constant current of each neuron, `[lanes]`; empty for a layer without biases.
    constant: Vec<f32>,
    /// Membrane potentials, `[lanes]`. Lanes beyond the last neuron are at minus infinity and never fire.
    membranes: Vec<f32>,
    /// Refractory steps left for each neuron, `[lanes]`; empty where the refractory period is 0.
    refractory: Vec<u32>,
    /// Words per step in `bits`.
    words: usize,
    /// Spikes in the current window, `[chunks, STEPS, words]`.
    bits: Vec<u32>,
    /// The same as lists, one for each chunk.
    lists: Vec<Lists>,
    /// The way of the spikes to the next layer, if some are lost; then `arriving` lists those that arrive.
    way: Option<Way>,
    arriving: Vec<Lists>,
    /// Membrane potentials after each step of the current window, `[chunks, STEPS, lanes]`; empty if the observer does
    /// not need them.
    trace: Vec<f32>,
    /// For the first layer: the weights of the pixels that can spike in this presentation.
    chosen: Option<AnyChosen>,
}

/// The rows of weights of the inputs that can spike in a presentation, for each kind of weights.
#[derive(Debug, Clone)]
enum AnyChosen {
    Narrow(Chosen<i16, LANES>),
    Wide(Chosen<i32, LANES>),
    Few(Chosen<i32, FEW>),
}

/// The rows of weights of the chosen inputs, and the sums that each step starts from.
#[derive(Debug, Clone)]
struct Chosen<T, const L: usize> {
    inputs: usize,
    /// Row of each input in each block, `[blocks, inputs]`.
    rows: Vec<Row<T, L>>,
    /// Sums that a step starts from, one array per block.
    bases: Vec<[T; L]>,
}

impl<T: Exact, const L: usize> Chosen<T, L> {
    /// Copies the rows of `inputs`. A step starts from the sum of the rows of all `likely` inputs. The copies of these rows are negated, so adding one removes the input's spike.
    fn new(blocks: &Blocks<T, L>, inputs: &[u16], likely: &[u32]) -> Self {
        let rows = Vec::with_capacity(inputs.len() * blocks.blocks().len());
        let mut chosen = Self { inputs: inputs.len(), rows, bases: Vec::new() };
        for rows in blocks.blocks() {
            let mut base = [T::ZERO; L];
            for (i, &input) in inputs.iter().enumerate() {
                let mut row = rows[usize::from(input)];
                if likely[i / WORD] >> (i % WORD) & 1 == 1 {
                    for (sum, weight) in base.iter_mut().zip(&mut row.0) {
                        *sum = sum.plus(*weight);
                        *weight = weight.negated();
                    }
                }
                chosen.rows.push(row);
            }
            chosen.bases.push(base);
        }
        chosen
    }
}

impl FastLayer {
    pub fn new(LayerParameters { synapses, neurons, gains, constant, lif, .. }: &LayerParameters) -> Self {
        let lanes = synapses.lanes();
        let words = lanes.div_ceil(WORD);
        let mut layer = Self {
            synapses: Arc::clone(synapses),
            lif: *lif,
            neurons: *neurons,
            gains: vec![0.0; lanes],
            constant: vec![0.0; if constant.is_some() { lanes } else { 0 }],
            membranes: vec![f32::NEG_INFINITY; lanes],
            refractory: vec![0; if lif.refractory > 0 { lanes } else { 0 }],
            words,
            bits: Vec::new(),
            lists: Vec::new(),
            way: None,
            arriving: Vec::new(),
            trace: Vec::new(),
            chosen: None,
        };
        layer.gains[..*neurons].copy_from_slice(gains);
        layer.rest();
        if let Some(constant) = constant {
            layer.constant[..*neurons].copy_from_slice(constant);
        }
        layer
    }

    /// The memory that the weights take, in bytes.
    pub fn bytes_of_weights(&self) -> usize {
        self.synapses.bytes()
    }

    /// The memory that a chunk of a window takes, in bytes.
    pub fn bytes_of_chunk(&self) -> usize {
        STEPS * self.membranes.len() * (size_of::<f32>() + size_of::<u16>())
    }

    /// Puts every neuron at rest.
    pub fn rest(&mut self) {
        self.membranes[..self.neurons].fill(0.0);
        self.refractory.fill(0);
    }

    /// Makes room for windows of so many `chunks`. With `traced`, the potentials of every step are kept.
    pub fn make_room(&mut self, traced: bool, chunks: usize) {
        let steps = chunks * STEPS;
        self.bits.resize(self.words * steps, 0);
        self.lists.resize_with(chunks, || Lists::new(self.words * WORD));
        self.trace.resize(if traced { self.membranes.len() * steps } else { 0 }, 0.0);
    }

    /// Sends the spikes of the next presentation in this way; `None` lets all arrive. Call it after [`Self::make_room`].
    pub fn send(&mut self, way: Option<Way>) {
        self.way = way;
        if LOSES {
            let lists = if way.is_some() { self.lists.len() } else { 0 };
            self.arriving.resize_with(lists, || Lists::new(self.words * WORD));
        }
    }

    /// Selects the inputs of the next presentation. [`Self::advance`] then takes indices into `inputs`. An input whose bit
    /// in `likely` is set is listed in the steps in which it does not spike, and every other input in the steps in
    /// which it does.
    pub fn choose(&mut self, inputs: &[u16], likely: &[u32]) {
        self.chosen = Some(match &*self.synapses {
            Synapses::Narrow(blocks) => AnyChosen::Narrow(Chosen::new(blocks, inputs, likely)),
            Synapses::Few(blocks) => AnyChosen::Few(Chosen::new(blocks, inputs, likely)),
            Synapses::Wide(blocks) => AnyChosen::Wide(Chosen::new(blocks, inputs, likely)),
        });
    }

    /// Advances `steps` steps after `done` steps, at most those of a window, in which the spikes of `inputs` arrive, one list for
    /// each chunk.
    pub fn advance(&mut self, inputs: &[Lists], done: usize, steps: usize) {
        let synapses = Arc::clone(&self.synapses);
        let chosen = self.chosen.take();
        match (&chosen, &*synapses) {
            (Some(AnyChosen::Narrow(chosen)), _) => self.advance_chosen(chosen, inputs, steps),
            (Some(AnyChosen::Few(chosen)), _) => self.advance_chosen(chosen, inputs, steps),
            (Some(AnyChosen::Wide(chosen)), _) => self.advance_chosen(chosen, inputs, steps),
            (None, Synapses::Narrow(blocks)) => self.advance_blocks(blocks.blocks(), None, inputs, steps),
            (None, Synapses::Few(blocks)) => self.advance_blocks(blocks.blocks(), None, inputs, steps),
            (None, Synapses::Wide(blocks)) => self.advance_blocks(blocks.blocks(), None, inputs, steps),
        }
        self.chosen = chosen;
        let usual = vec![0; self.words];
        let chunks = self.bits.chunks_exact_mut(STEPS * self.words).take(steps.div_ceil(STEPS)).enumerate();
        for (chunk, bits) in chunks {
            self.lists[chunk].fill(bits, &usual);
            if let Some(way) = self.way
                && LOSES
            {
                lose(way, done + chunk * STEPS, bits, self.words, |neuron| neuron as u16);
                self.arriving[chunk].fill(bits, &usual);
            }
        }
    }

    /// Advances with the rows of the chosen inputs.
    fn advance_chosen<T: Exact, const L: usize>(
        &mut self,
        chosen: &Chosen<T, L>,
        inputs: &[Lists],
        steps: usize,
    ) {
        let Chosen { inputs: count, rows, bases } = chosen;
        let blocks = (0..bases.len()).map(|block| &rows[block * count..][..*count]);
        self.advance_blocks(blocks, Some(bases), inputs, steps);
    }

    /// Advances block by block. `blocks` gives the rows of each block, `bases` the sums that its steps start
    /// from, if they are not 0.
    fn advance_blocks<'a, T: Exact + 'a, const L: usize>(
        &mut self,
        blocks: impl Iterator<Item = &'a [Row<T, L>]>,
        bases: Option<&[[T; L]]>,
        inputs: &[Lists],
        steps: usize,
    ) {
        let lanes = self.membranes.len();
        let gains = self.gains.as_chunks::<L>().0;
        let constant = self.constant.as_chunks::<L>().0;
        let membranes = self.membranes.as_chunks_mut::<L>().0;
        let mut refractory = self.refractory.as_chunks_mut::<L>().0.iter_mut();
        for (block, ((rows, gains), membranes)) in blocks.zip(gains).zip(membranes).enumerate() {
            vectorised(Advance {
                rows,
                base: bases.map_or(&[T::ZERO; L], |bases| &bases[block]),
                inputs,
                steps,
                lif: self.lif,
                gains,
                constant: constant.get(block),
                membranes,
                refractory: refractory.next(),
                bits: &mut self.bits,
                words: self.words,
                word: block * L.div_ceil(WORD),
                trace: &mut self.trace,
                lanes,
                lane: block * L,
            });
        }
    }

    /// The spikes of the current window, one list for each chunk.
    pub fn lists(&self) -> &[Lists] {
        &self.lists
    }

    /// The spikes of the current window that arrive at the next layer, one list for each chunk.
    pub fn arriving(&self) -> &[Lists] {
        if LOSES && self.way.is_some() { &self.arriving } else { &self.lists }
    }

    /// The membrane potentials after `step` of the current window, `[neurons]`; empty where they are not
    /// traced.
    pub fn membranes(&self, step: usize) -> &[f32] {
        let lanes = self.membranes.len();
        self.trace.get(step * lanes..step * lanes + self.neurons).unwrap_or(&[])
    }
}

/// Advances one block of neurons by some steps.
struct Advance<'a, T, const L: usize> {
    /// One row per input.
    rows: &'a [Row<T, L>],
    /// The sums that each step starts from.
    base: &'a [T; L],
    inputs: &'a [Lists],
    steps: usize,
    lif: Lif,
    gains: &'a [f32; L],
    /// The constant current of each neuron, if the layer has biases.
    constant: Option<&'a [f32; L]>,
    membranes: &'a mut [f32; L],
    refractory: Option<&'a mut [u32; L]>,
    /// Spikes of the whole layer, `words` per step. Those of this block start at `word`.
    bits: &'a mut [u32],
    words: usize,
    word: usize,
    /// Potentials of the whole layer, `lanes` per step. Those of this block start at `lane`. Empty where
    /// they are not traced.
    trace: &'a mut [f32],
    lanes: usize,
    lane: usize,
}

impl<T: Exact, const L: usize> Work for Advance<'_, T, L> {
    #[inline(always)]
    fn run<const BYTES: usize>(self) {
        let Self { rows, base, inputs, steps, lif, gains, constant, membranes, mut refractory, .. } = self;
        let kept = Kept::new(&lif);
        // With biases the potentials decay in a loop of their own, so that layers without biases do not wait for it.
        let decay = if constant.is_some() { 1.0 } else { lif.decay };
        for step in 0..steps {
            let mut sums = *base;
            for &input in inputs[step / STEPS].step(step % STEPS) {
                rows[usize::from(input)].add_to(&mut sums);
            }
            // Potentials before the step, for neurons that take no input.
            let before = *membranes;
            if let Some(constant) = constant
                && ANY_NETWORK
            {
                for i in 0..L {
                    membranes[i] = membranes[i] * lif.decay + constant[i];
                }
            }
            // The bits of each neuron that fires. Vectors of all processors can mask constants and join them, but not all
            // can collect bits.
            let mut fired = [0_u32; L];
            for i in 0..L {
                let v = membranes[i] * decay + sums[i].to_f32() * gains[i];
                let fires = v >= lif.threshold;
                fired[i] = if fires { BITS[i] } else { 0 };
                membranes[i] = if fires { kept.of(v - lif.threshold) } else { v };
            }
            if let Some(refractory) = &mut refractory {
                for i in 0..L {
                    let is_refractory = refractory[i] > 0;
                    let after = if fired[i] != 0 { lif.refractory } else { 0 };
                    membranes[i] = if is_refractory { before[i] * lif.decay } else { membranes[i] };
                    fired[i] = if is_refractory { 0 } else { fired[i] };
                    refractory[i] = if is_refractory { refractory[i] - 1 } else { after };
                }
            }
            let word = step * self.words + self.word;
            for (word, fired) in self.bits[word..].iter_mut().zip(fired.chunks(WORD)) {
                *word = fired.iter().fold(0, |word, bit| word | bit);
            }
            let lane = step * self.lanes + self.lane;
            if let Some(trace) = self.trace.get_mut(lane..lane + L) {
                trace.copy_from_slice(membranes);
            }
        }
    }
}

/// A bit mask for the potential above the threshold. A spike leaves all of it (reset by subtraction) or nothing
/// (reset to zero).
#[derive(Clone, Copy)]
struct Kept(u32);

impl Kept {
    fn new(lif: &Lif) -> Self {
        Self(if lif.reset == Reset::Subtract { u32::MAX } else { 0 })
    }

    /// Applies the mask. The bits of 0.0 are all 0, so no branch is needed.
    #[inline(always)]
    fn of(self, above: f32) -> f32 {
        f32::from_bits(above.to_bits() & self.0)
    }
}
