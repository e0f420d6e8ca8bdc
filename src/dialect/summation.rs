//! Adds the weights of the spikes of one step, in the precision and in the order of a framework.
//!
//! The last bits of a floating-point sum depend on its order, and sometimes a last bit decides whether a
//! neuron fires. The orders here give the recorded currents bit for bit: see `docs/dialects.md`.

use std::sync::Arc;

use ndarray::Array2;

#[cfg(feature = "nir")]
use super::dot_order;
use super::real::Real;
use super::rows::{Arriving, Part, add, add_part, add_slice, in_eights, in_lanes, in_order};
use super::train::Train;
use super::train_sums::{ByLane, InEights};
use crate::network::synapses::{Blocks, FEW, LANES, Row};
use crate::spikes::Spikes;

/// The order in which the weights of a step's spikes are added. Frameworks leave matrix products in f32 to a
/// library whose order depends on the processor. These are the orders of Intel's MKL 2024.2 with its AVX-512
/// kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// One after another, in the order of the presynaptic neurons.
    Index,
    /// The order of a product of two matrices. The inputs form panels of at most 384. Each panel is summed
    /// from 0 and then added to the sum.
    Panels,
    /// The order of a product of a row and a matrix that is stored `[neurons, inputs]`. Input i is added to
    /// partial sum i mod 16. Then the upper half of the partial sums is added to the lower half, until one is
    /// left.
    Lanes,
    /// The order of a product of a row and a matrix that is stored `[inputs, neurons]`. For each group of
    /// eight inputs w0 to w7, the terms w6, w4, w5 + w7 and (w0 + w2) + (w1 + w3) are added to the sum, one
    /// after another. Layers of fewer than 16 neurons are summed as in [`Order::Index`].
    Eights,
    /// The order of a product of a row and a matrix that is stored `[neurons, inputs]`, on AMD's processors: `dot_order.rs`.
    #[cfg(feature = "nir")]
    AmdRow,
    /// The order of a product of two matrices on AMD's processors. The inputs form panels as in [`Order::Panels`], but of at
    /// most 192. Layers of fewer than 12 neurons are summed as in `dot_order.rs`.
    #[cfg(feature = "nir")]
    AmdTrain,
}

/// Layers of fewer neurons are multiplied by dot products ([`Order::AmdTrain`]).
#[cfg(feature = "nir")]
const MULTIPLIED_BY_DOTS: usize = 12;

const PANEL: usize = 384;
const NARROW: usize = 16;

/// The weights that lead to one layer.
#[derive(Debug, Clone)]
pub(crate) struct Sums<R> {
    weights: Lanes<R>,
    inputs: usize,
    neurons: usize,
    order: Order,
    /// Height of a spike: a factor on the weights.
    height: R,
    /// The biases of the layer, times scale and height, `[neurons]`; empty for a layer without biases.
    biases: Vec<R>,
}

/// Weights in blocks whose width suits the number of neurons.
#[derive(Debug, Clone)]
enum Lanes<R> {
    Few(Arc<Blocks<R, FEW>>),
    Many(Arc<Blocks<R, LANES>>),
}

impl<R: Real> Sums<R> {
    /// `weights` is `[inputs, neurons]`.
    pub fn new(weights: &Array2<f32>, scale: f64, order: Order, height: f64) -> Self {
        let scale = R::from_f64(scale);
        let order = if order == Order::Eights && weights.ncols() < NARROW { Order::Index } else { order };
        let weight = |at: [usize; 2]| R::ZERO.plus_product(scale, R::from_f64(f64::from(weights[at])));
        let lanes = if weights.ncols() <= FEW {
            Lanes::Few(Arc::new(Blocks::new(weights.dim(), weight)))
        } else {
            Lanes::Many(Arc::new(Blocks::new(weights.dim(), weight)))
        };
        Self {
            weights: lanes,
            inputs: weights.nrows(),
            neurons: weights.ncols(),
            order,
            height: R::from_f64(height),
            biases: Vec::new(),
        }
    }

    /// Adds a bias to each sum in every step. `bias` is `[neurons]`. A bias weighs as much as the spike of an input
    /// with this weight: it is multiplied by the scale and the height.
    ///
    /// Frameworks that multiply by a `Linear` leave the bias to the matrix product, which starts from it
    /// (`torch.addmm` with beta = 1): in the order of [`Order::Panels`] the panels are added to the bias, in the
    /// order of [`Order::Lanes`] the sum is. In the other orders the bias is added last.
    pub fn with_bias(mut self, bias: &[f32], scale: f64) -> Self {
        let scaled = |&bias: &f32| {
            let bias = R::ZERO.plus_product(R::from_f64(scale), R::from_f64(f64::from(bias)));
            R::ZERO.plus_product(self.height, bias)
        };
        self.biases = bias.iter().map(scaled).collect();
        self
    }

    /// Adds to each of `sums`, `[neurons]`, the weights of the spikes `presynaptic`.
    pub fn add(&self, presynaptic: Spikes, sums: &mut [R]) {
        let arriving = Arriving::new(presynaptic, self.height);
        match &self.weights {
            Lanes::Few(blocks) => self.add_in(blocks, &arriving, sums),
            Lanes::Many(blocks) => self.add_in(blocks, &arriving, sums),
        }
    }

    /// What [`Sums::add`] makes of sums of 0 in each step of `train`: `[steps, neurons]`.
    pub fn of_train(&self, train: &Train) -> Vec<R> {
        let mut sums = vec![R::ZERO; train.steps() * self.neurons];
        let factors = train.factors(self.height);
        match &self.weights {
            Lanes::Few(blocks) => self.train_in(blocks, train, &factors, &mut sums),
            Lanes::Many(blocks) => self.train_in(blocks, train, &factors, &mut sums),
        }
        sums
    }

    /// All steps of a block before the next block, so that the weights of a block stay in the nearest cache.
    fn train_in<const L: usize>(&self, blocks: &Blocks<R, L>, train: &Train, factors: &[R], sums: &mut [R]) {
        // Narrower blocks have no strips.
        let is_plain = R::ORDERED && L == LANES && factors.is_empty();
        let by_lane = (is_plain && self.order == Order::Lanes).then(|| ByLane::new(train));
        let in_eights = (is_plain && self.order == Order::Eights).then(|| InEights::new(train));
        for (i, rows) in blocks.blocks().enumerate() {
            let lanes = i * L..self.neurons.min((i + 1) * L);
            let bias = self.biases.chunks(L).nth(i).unwrap_or_default();
            for (step, sums) in sums.chunks_exact_mut(self.neurons.max(1)).enumerate() {
                let mut block = [R::ZERO; L];
                if let Some(by_lane) = &by_lane {
                    add_slice(&mut block, bias);
                    by_lane.add(step, rows, &mut block);
                } else if let Some(in_eights) = &in_eights {
                    in_eights.add(step, rows, &mut block);
                    add_slice(&mut block, bias);
                } else {
                    self.add_to_block((i, rows), &train.arriving(step, factors), &mut block);
                }
                sums[lanes.clone()].copy_from_slice(&block[..lanes.len()]);
            }
        }
    }

    fn add_in<const L: usize>(&self, blocks: &Blocks<R, L>, arriving: &Arriving<R>, sums: &mut [R]) {
        for (i, (rows, sums)) in blocks.blocks().zip(sums.chunks_mut(L)).enumerate() {
            let mut block = [R::ZERO; L];
            block[..sums.len()].copy_from_slice(sums);
            self.add_to_block((i, rows), arriving, &mut block);
            sums.copy_from_slice(&block[..sums.len()]);
        }
    }

    /// Adds weights and biases to the sums of block `i`, whose weights are `rows`.
    fn add_to_block<const L: usize>(
        &self,
        (i, rows): (usize, &[Row<R, L>]),
        arriving: &Arriving<R>,
        block: &mut [R; L],
    ) {
        let order = if R::ORDERED { self.order } else { Order::Index };
        let starts_from_bias = match order {
            Order::Panels | Order::Lanes => true,
            #[cfg(feature = "nir")]
            Order::AmdTrain => self.neurons >= MULTIPLIED_BY_DOTS,
            _ => false,
        };
        let bias = self.biases.chunks(L).nth(i);
        bias.filter(|_| starts_from_bias).into_iter().for_each(|bias| add_slice(block, bias));
        match order {
            Order::Panels => self.in_panels(rows, arriving, panel_end, block),
            #[cfg(feature = "nir")]
            Order::AmdTrain if self.neurons >= MULTIPLIED_BY_DOTS => {
                self.in_panels(rows, arriving, short_panel_end, block);
            }
            #[cfg(feature = "nir")]
            Order::AmdRow | Order::AmdTrain => {
                let train = order == Order::AmdTrain;
                add(block, &dot_order::sums(rows, arriving, train, (i * L, self.neurons)));
            }
            Order::Lanes => in_lanes(rows, arriving.all(), block),
            // It is not known how this order treats inputs that fire several times per step.
            Order::Eights if arriving.counts.is_empty() => in_eights(rows, arriving.neurons, block),
            Order::Index | Order::Eights => in_order(rows, arriving.all(), block),
        }
        bias.filter(|_| !starts_from_bias).into_iter().for_each(|bias| add_slice(block, bias));
    }

    /// Adds to each of `sums`, `[neurons]`, its weights times `numbers`, `[inputs]`, in the order of the inputs. Each
    /// product is rounded with its sum.
    pub fn add_products(&self, numbers: &[R], sums: &mut [R]) {
        // Most pixels are blank and most neurons are silent; they add nothing.
        let inputs = numbers.iter().enumerate().filter(|(_, x)| **x != R::ZERO);
        let (neurons, factors): (Vec<u16>, Vec<R>) = inputs.map(|(input, &x)| (input as u16, x)).unzip();
        let part = Part { neurons: &neurons, factors: &factors };
        match &self.weights {
            Lanes::Few(blocks) => add_part(blocks, part, sums),
            Lanes::Many(blocks) => add_part(blocks, part, sums),
        }
    }

    /// `end` tells where the panel ends that begins at an input, for a number of inputs.
    fn in_panels<const L: usize>(
        &self,
        rows: &[Row<R, L>],
        arriving: &Arriving<R>,
        end: fn(usize, usize) -> usize,
        sums: &mut [R; L],
    ) {
        let mut all = arriving.all();
        let mut start = 0;
        while start < self.inputs {
            let end = end(start, self.inputs);
            let inside = all.neurons.partition_point(|&input| usize::from(input) < end);
            let panel;
            (panel, all) = all.split_at(inside);
            let mut block = [R::ZERO; L];
            in_order(rows, panel, &mut block);
            add(sums, &block);
            start = end;
        }
    }
}

/// The end of the panel of [`Order::Panels`] that begins at `start`. A rest of more than one panel but less than two is
/// divided in half.
fn panel_end(start: usize, inputs: usize) -> usize {
    match inputs - start {
        left if left >= 2 * PANEL => start + PANEL,
        left if left > PANEL => start + left.div_ceil(2),
        left => start + left,
    }
}

/// The end of the panel of [`Order::AmdTrain`] that begins at `start`. Inputs of more than one panel but less than two are
/// divided in half.
#[cfg(feature = "nir")]
fn short_panel_end(start: usize, inputs: usize) -> usize {
    const PANEL: usize = 192;
    let panel = if inputs > PANEL && inputs < 2 * PANEL { inputs / 2 } else { PANEL };
    inputs.min(start + panel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spikes::SpikeList;

    const INPUTS: usize = 784;

    fn weight(i: usize, j: usize) -> f32 {
        ((i * 7919 + j * 104_729) % 1009) as f32 * 0.001_37 - 0.6
    }

    /// The sums of the weights of the inputs that fire, in the given order.
    fn sums(neurons: usize, order: Order, spikes: &SpikeList) -> Vec<f32> {
        let weights = Array2::from_shape_fn((INPUTS, neurons), |(i, j)| weight(i, j));
        let mut sums = vec![0.0; neurons];
        Sums::new(&weights, 1.0, order, 1.0).add(spikes.view(), &mut sums);
        sums
    }

    /// Weights of neuron `j` from all inputs that fire, 0 from those that do not.
    fn terms(j: usize, fires: impl Fn(usize) -> bool) -> [f32; INPUTS] {
        std::array::from_fn(|i| if fires(i) { weight(i, j) } else { 0.0 })
    }

    #[test]
    fn every_order_is_as_documented() {
        let fires = |i: usize| i.is_multiple_of(3) || i % 8 == 5 || i > 770;
        let mut spikes = SpikeList::default();
        (0..INPUTS).filter(|&i| fires(i)).for_each(|i| spikes.push(i, 1));
        for j in [0, 63, 64, 127] {
            let w = terms(j, fires);
            let of = |order| sums(128, order, &spikes)[j];
            let in_order = |w: &[f32]| w.iter().fold(0.0_f32, |sum, w| sum + w);
            assert_eq!(of(Order::Index), in_order(&w));
            let panels = (in_order(&w[..384]) + in_order(&w[384..584])) + in_order(&w[584..]);
            assert_eq!(of(Order::Panels), panels);

            let lane = |lane: usize| w.iter().skip(lane).step_by(16).fold(0.0_f32, |sum, w| sum + w);
            let mut lanes: Vec<f32> = (0..16).map(lane).collect();
            while lanes.len() > 1 {
                let upper = lanes.split_off(lanes.len() / 2);
                lanes.iter_mut().zip(upper).for_each(|(lower, upper)| *lower += upper);
            }
            assert_eq!(of(Order::Lanes), lanes[0]);

            let eights = w.chunks_exact(8).fold(0.0_f32, |sum, w| {
                let sum = ((sum + w[6]) + w[4]) + (w[5] + w[7]);
                sum + ((w[0] + w[2]) + (w[1] + w[3]))
            });
            assert_eq!(of(Order::Eights), eights);
        }
        assert_eq!(sums(10, Order::Eights, &spikes), sums(10, Order::Index, &spikes));
    }

    #[test]
    fn several_spikes_are_multiplied_and_rounded_once() {
        let mut spikes = SpikeList::default();
        spikes.push(3, 1);
        spikes.push(400, 7);
        let expected = (f64::from(weight(3, 0)) + 7.0 * f64::from(weight(400, 0))) as f32;
        assert_eq!(sums(1, Order::Index, &spikes)[0], expected);
    }

    #[test]
    fn numbers_are_multiplied_like_counts() {
        let weights = Array2::from_shape_fn((INPUTS, 70), |(i, j)| weight(i, j));
        let mut spikes = SpikeList::default();
        let mut numbers = vec![0.0_f32; INPUTS];
        for i in (0..INPUTS).step_by(5) {
            spikes.push(i, 2 + i as u32 % 3);
            numbers[i] = (2 + i % 3) as f32;
        }
        let sums = Sums::new(&weights, 1.0, Order::Index, 1.0);
        let (mut counted, mut multiplied) = (vec![0.25_f32; 70], vec![0.25_f32; 70]);
        sums.add(spikes.view(), &mut counted);
        sums.add_products(&numbers, &mut multiplied);
        assert_eq!(counted, multiplied);
    }

    #[test]
    fn biases_are_added_first_or_last() {
        let weights = Array2::from_shape_fn((INPUTS, 70), |(i, j)| weight(i, j));
        let bias: Vec<f32> = (0..70).map(|j| 0.37 - 0.011 * j as f32).collect();
        let mut spikes = SpikeList::default();
        (0..INPUTS).step_by(5).for_each(|i| spikes.push(i, 1));
        let of = |order| {
            let (mut with, mut without) = (vec![0.0_f32; 70], vec![0.0_f32; 70]);
            Sums::new(&weights, 1.0, order, 1.0).add(spikes.view(), &mut without);
            Sums::new(&weights, 1.0, order, 1.0).with_bias(&bias, 1.0).add(spikes.view(), &mut with);
            (with, without)
        };
        for order in [Order::Index, Order::Eights, Order::Lanes] {
            let (with, without) = of(order);
            for j in 0..70 {
                assert_eq!(with[j], without[j] + bias[j], "{order:?}");
            }
        }
        let (with, _) = of(Order::Panels);
        for j in [0, 64, 69] {
            let w = terms(j, |i| i % 5 == 0);
            let in_order = |w: &[f32]| w.iter().fold(0.0_f32, |sum, w| sum + w);
            let panels = ((bias[j] + in_order(&w[..384])) + in_order(&w[384..584])) + in_order(&w[584..]);
            assert_eq!(with[j], panels);
        }
    }

    #[test]
    fn a_bias_weighs_like_a_spike() {
        let mut spikes = SpikeList::default();
        spikes.push(0, 1);
        let (mut by_spike, mut by_bias) = ([0.0_f64; 2], [0.0_f64; 2]);
        let weights = Array2::from_shape_fn((4, 2), |(i, j)| if i == 0 { 0.3 + j as f32 } else { 0.0 });
        let sums = Sums::new(&weights, 2.0, Order::Index, 5.0);
        sums.add(spikes.view(), &mut by_spike);
        sums.with_bias(&[0.3, 1.3], 2.0).add(SpikeList::default().view(), &mut by_bias);
        assert_eq!(by_spike, by_bias);
    }

    #[test]
    fn the_sums_of_a_train_are_those_of_its_steps() {
        use crate::dialect::input::{Input, InputKind};
        use crate::digit::{Digit, PIXELS};

        let digit = Digit::from_ink(&std::array::from_fn::<_, PIXELS, _>(|i| (i * 37 % 256) as u8)).unwrap();
        let poisson = InputKind::Poisson { full_ink: 2.5 };
        for (neurons, kind) in
            [(128, InputKind::Bernoulli), (70, InputKind::Bernoulli), (17, poisson), (10, poisson)]
        {
            let train = Train::of(Input::new(kind, &digit, 3), 20);
            let weights = Array2::from_shape_fn((INPUTS, neurons), |(i, j)| weight(i, j));
            let bias: Vec<f32> = (0..neurons).map(|j| 0.37 - 0.011 * j as f32).collect();
            for order in [Order::Index, Order::Panels, Order::Lanes, Order::Eights] {
                for sums in [
                    Sums::<f32>::new(&weights, 1.0, order, 1.0),
                    Sums::new(&weights, 13.0, order, 1.0).with_bias(&bias, 13.0),
                    Sums::new(&weights, 1.0, order, 5.0).with_bias(&bias, 1.0),
                ] {
                    let mut expected = vec![0.0; train.steps() * neurons];
                    let steps = expected.chunks_exact_mut(neurons).enumerate();
                    steps.for_each(|(step, each)| sums.add(train.step(step), each));
                    let found = sums.of_train(&train);
                    assert!(
                        found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()),
                        "{order:?}"
                    );
                }
            }
            let sums = Sums::<f64>::new(&weights, 1.0, Order::Index, 1000.0);
            let mut expected = vec![0.0; train.steps() * neurons];
            let steps = expected.chunks_exact_mut(neurons).enumerate();
            steps.for_each(|(step, each)| sums.add(train.step(step), each));
            assert_eq!(sums.of_train(&train), expected);
        }
    }

    #[test]
    fn weights_are_added_to_the_sums() {
        let weights = Array2::from_elem((4, 2), 0.25);
        let mut spikes = SpikeList::default();
        spikes.push(2, 1);
        let mut sums = [1.0_f64, -1.0];
        Sums::new(&weights, 2.0, Order::Index, 1.0).add(spikes.view(), &mut sums);
        assert_eq!(sums, [1.5, -0.5]);
    }
}
