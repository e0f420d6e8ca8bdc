//! Experiments in several dialects on the same images, one image after another, so that they share what is the same in all:
//! the input spikes, and the weighted sums of the first layer.

use super::error::DialectError;
use super::experiment::{Experiment, Tally};
use super::shared::Shared;
use crate::encoding::presentation_seed;
use crate::simulation::Labelled;

/// A tally, and how long its presentations took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimedTally {
    /// The counts.
    pub tally: Tally,
    /// Time, in the unit of the clock that was given. What several experiments share counts for each of them in equal parts.
    pub time: f64,
}

/// Experiments on the same network that get the same images. Each has the tally that it has alone.
#[derive(Default)]
pub struct Experiments {
    experiments: Vec<Experiment>,
    /// The places of the experiments in the order in which they are run: those that share sums follow each other, and so do
    /// those that share input spikes.
    turns: Vec<usize>,
    /// With how many experiments, itself included, each of them shares its sums, or its input spikes if it has no sums.
    sharing: Vec<usize>,
}

impl Experiments {
    /// Joins `experiments`, which must be on the same network.
    #[must_use]
    pub fn new(experiments: Vec<Experiment>) -> Self {
        let keys: Vec<_> = experiments.iter().map(Experiment::key).collect();
        let first = |same: &dyn Fn(usize) -> bool| (0..keys.len()).find(|&i| same(i)).unwrap_or(0);
        let mut turns: Vec<usize> = (0..keys.len()).collect();
        turns.sort_by_key(|&place| {
            let input = keys[place].map(|key| key.input);
            let same_input = first(&|i| keys[i].map(|key| key.input) == input);
            (same_input, first(&|i| keys[i] == keys[place]), place)
        });
        let sharing = keys.iter().map(|key| match key {
            Some(_) => keys.iter().filter(|other| *other == key).count(),
            None => 1,
        });
        Self { sharing: sharing.collect(), turns, experiments }
    }

    /// Presents a sample of a set to each experiment: see [`Experiment::run_sample`]. `clock` tells the time. The tallies are in
    /// the order of the experiments.
    ///
    /// # Errors
    /// [`DialectError::Simulation`] where a digit does not fit the network.
    pub fn run_sample(
        &mut self,
        images: &[Labelled],
        indices: &[u32],
        first: usize,
        seed: u64,
        clock: &mut dyn FnMut() -> f64,
    ) -> Result<Vec<TimedTally>, DialectError> {
        let Self { experiments, turns, sharing } = self;
        let mut tallies = vec![TimedTally::default(); experiments.len()];
        for (i, (image, &index)) in images.iter().zip(indices).enumerate() {
            let (position, seed) = (first.wrapping_add(i), presentation_seed(seed, index.into()));
            let mut shared = Shared::default();
            // What was made, in its time, for the experiments that share it.
            let mut part = 0.0;
            let mut made = None;
            for &place in &*turns {
                let experiment = &mut experiments[place];
                let began = clock();
                experiment.prepare(image, seed, &mut shared)?;
                let prepared = clock();
                if made != Some(experiment.key()) {
                    part = (prepared - began) / sharing[place] as f64;
                    made = Some(experiment.key());
                }
                let tally = experiment.show(image, position, seed, &shared)?;
                tallies[place].tally.add(tally);
                tallies[place].time += part + (clock() - prepared);
            }
        }
        Ok(tallies)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dialect::{Dialect, Given};
    use crate::digit::Digit;
    use crate::model::{Description, Model};
    use crate::network::{Activation, Layer, Network, Weights};

    /// A network of `sizes` with weights, and biases if `is_biased`, that follow from `seed`.
    fn model(sizes: &[usize], is_biased: bool, seed: u64) -> Model {
        let number = |layer: usize, i: usize| {
            let bits = crate::encoding::split_mix(seed + layer as u64, i as u64);
            (crate::encoding::uniform(bits) - 0.4) as f32
        };
        let layer = |(i, pair): (usize, &[usize])| {
            let weights =
                ndarray::Array2::from_shape_fn((pair[0], pair[1]), |(a, b)| number(2 * i, a * pair[1] + b));
            let is_last = i + 2 == sizes.len();
            let activation = if is_last { Activation::Softmax } else { Activation::Relu };
            let layer = Layer::new(format!("layer {i}"), Weights::Float(weights), activation);
            match is_biased {
                true => layer.with_bias((0..pair[1]).map(|j| number(2 * i + 1, j)).collect()),
                false => layer,
            }
        };
        let network = Network::new(sizes.windows(2).enumerate().map(layer).collect::<Vec<_>>()).unwrap();
        Model::new(network, Description::default()).unwrap()
    }

    fn images(pixels: usize, count: usize, seed: u64) -> Vec<Labelled> {
        let image = |i: usize| {
            let ink: Vec<u8> = (0..pixels)
                .map(|pixel| {
                    let bits = crate::encoding::split_mix(seed + i as u64, pixel as u64);
                    if bits.is_multiple_of(3) { (bits >> 8) as u8 } else { 0 }
                })
                .collect();
            Labelled { digit: Digit::from_square(&ink).unwrap(), label: (i % 3) as u8 }
        };
        // The last image is blank.
        (0..count).map(image).chain([Labelled { digit: None, label: 0 }]).collect()
    }

    /// The tally without anything that is shared: every step draws its input and adds its weights.
    fn plain(experiment: &mut Experiment, images: &[Labelled], indices: &[u32], seed: u64) -> Tally {
        let mut tally = Tally::default();
        for (i, (image, &index)) in images.iter().zip(indices).enumerate() {
            let seed = presentation_seed(seed, index.into());
            tally.add(experiment.show(image, i, seed, &Shared::default()).unwrap());
        }
        tally
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

        #[test]
        fn what_is_shared_changes_no_spike(
            side in 8_usize..20,
            hidden in prop::collection::vec(1_usize..90, 1..3),
            is_biased: bool,
            steps in 1_u32..40,
            scale in prop::sample::select(vec![0.01, 0.3, 1.0, 13.0]),
            seed in 0_u64..1000,
        ) {
            let sizes = [vec![side * side], hidden, vec![4]].concat();
            let model = model(&sizes, is_biased, seed);
            let images = images(side * side, 3, seed);
            let indices: Vec<u32> = (0..images.len() as u32).map(|i| 7 * i + 3).collect();
            // Each with its own scale of the weights, and with the given one.
            let scaled = Dialect::all().filter_map(|mut dialect| {
                dialect.set("weight_scale", &Given::Number(scale)).ok()?;
                Some(dialect)
            });
            let mut inputs = Dialect::named("nengo_seed").unwrap();
            inputs.set("input", &Given::Word("regular".into())).unwrap();
            let dialects: Vec<_> = Dialect::all().chain(scaled).chain([inputs]).collect();
            let made = || dialects.iter().map(|dialect| Experiment::new(&model, dialect, None, steps).unwrap());
            let together = Experiments::new(made().collect())
                .run_sample(&images, &indices, 0, seed, &mut || 0.0)
                .unwrap();
            for ((mut experiment, dialect), TimedTally { tally, .. }) in made().zip(&dialects).zip(together) {
                prop_assert_eq!(&tally, &plain(&mut experiment, &images, &indices, seed), "{}", dialect.name());
            }
            for (mut experiment, dialect) in made().zip(&dialects) {
                let alone = experiment.run_sample(&images, &indices, 0, seed).unwrap();
                let plain = plain(&mut Experiment::new(&model, dialect, None, steps).unwrap(), &images, &indices, seed);
                prop_assert_eq!(alone, plain, "{}", dialect.name());
            }
        }
    }

    #[test]
    fn what_is_shared_counts_in_equal_parts() {
        let model = model(&[64, 20, 3], false, 1);
        let experiment = |name| Experiment::new(&model, &Dialect::named(name).unwrap(), None, 5).unwrap();
        let names = ["snntorch", "brian2", "norse", "keras"];
        let mut experiments = Experiments::new(names.map(experiment).into());
        // A second passes with every look at the clock.
        let mut now = 0.0;
        let mut clock = || {
            now += 1.0;
            now
        };
        let images = images(64, 1, 4);
        let tallies = experiments.run_sample(&images[..1], &[0], 0, 1, &mut clock).unwrap();
        assert_eq!(tallies.iter().map(|tally| tally.time).collect::<Vec<_>>(), [1.5, 2.0, 1.5, 2.0]);
    }

    #[test]
    fn dialects_with_the_same_sums_share_them() {
        let shared = |name| Dialect::named(name).unwrap().shared_work();
        assert_eq!(shared("snntorch"), shared("norse"));
        assert_eq!(shared("spikingjelly"), shared("sinabs_iaf"));
        assert_eq!(shared("nengo_seed"), shared("nengo_dl_stateful"));
        assert_eq!(shared("bindsnet"), shared("bindsnet_unit"));
        for (one, other) in [("bindsnet", "bindsnet_x13"), ("nengo", "nengo_srl"), ("snntorch", "rockpool")] {
            assert_ne!(shared(one), shared(other));
        }
        assert_eq!((shared("keras"), shared("nengo_dl_converter")), (None, None));
    }
}
