//! Properties that hold for any input.

use ndarray::{Array1, Array2};
use proptest::collection::vec;
use proptest::prelude::*;
use spikepad::internals::Reference;
use spikepad::{
    Activation, Damage, Description, Digit, DigitError, Drawing, Encoding, IdxError, ImageReading, ImageSet,
    ImageSetError, Layer, Lif, Model, Network, Normalisation, Point, Population, Raster, Reading, Recording,
    Reset, SIDE, SIDES, Settings, SpikingNetwork, Weights, limits, read_labels,
};

fn point() -> impl Strategy<Value = Point> {
    [-20.0..300.0, -20.0..300.0]
}

fn strokes() -> impl Strategy<Value = Vec<Vec<Point>>> {
    vec(vec(point(), 1..12), 1..5)
}

fn digit(strokes: &[Vec<Point>], pen_width: f64) -> Digit {
    let raster = Drawing::new(strokes.to_vec(), pen_width).unwrap().rasterise().unwrap();
    Digit::from_raster(&raster).unwrap()
}

/// An IDX file: the magic number and the dimensions, then the data.
fn idx(header: &[u32], data: &[u8]) -> Vec<u8> {
    header.iter().flat_map(|number| number.to_be_bytes()).chain(data.iter().copied()).collect()
}

/// The width and the height of the ink, and its centre of mass.
fn measure(digit: &Digit) -> ([usize; 2], [f64; 2]) {
    let inked = || digit.ink().iter().enumerate().filter(|&(_, &ink)| ink > 0);
    let axes: [fn(usize) -> usize; 2] = [|i| i % SIDE, |i| i / SIDE];
    let extent = axes.map(|axis| {
        let at = || inked().map(|(i, _)| axis(i));
        at().max().unwrap() - at().min().unwrap() + 1
    });
    let mass: f64 = inked().map(|(_, &ink)| f64::from(ink)).sum();
    let centre =
        axes.map(|axis| inked().map(|(i, &ink)| axis(i) as f64 * f64::from(ink)).sum::<f64>() / mass);
    (extent, centre)
}

proptest! {
    #[test]
    fn every_drawing_is_fitted_and_centred(strokes in strokes(), pen_width in 0.5..60.0) {
        let digit = digit(&strokes, pen_width);
        let (extent, centre) = measure(&digit);
        prop_assert!(extent[0].max(extent[1]) <= 20);
        prop_assert!(extent[0].max(extent[1]) >= 18, "{extent:?}\n{digit:?}");
        prop_assert_eq!(digit.ink().iter().max(), Some(&255));
        // The centre is at index 14, or as near as possible with all ink in the picture. The box of 20 pixels can move
        // by 4 pixels to either side of the middle of the 28 pixels.
        for axis in 0..2 {
            let off_centre = (centre[axis] - 14.0).abs();
            prop_assert!(off_centre <= 0.5 + 1e-9 || off_centre <= extent[axis] as f64 / 2.0 - 4.0, "{centre:?}");
        }
    }

    #[test]
    fn the_place_of_a_drawing_does_not_matter(
        strokes in strokes(), pen_width in 1.0..40.0, dx in -64..64, dy in -64..64,
    ) {
        // Coordinates in eighths, so that moving them is exact.
        let eighths = |x: f64| (x * 8.0).round() / 8.0;
        let here: Vec<Vec<Point>> = strokes.iter().map(|s| s.iter().map(|p| p.map(eighths)).collect()).collect();
        let moved: Vec<Vec<Point>> = here
            .iter()
            .map(|s| s.iter().map(|[x, y]| [x + f64::from(dx), y + f64::from(dy)]).collect())
            .collect();
        let alike = digit(&here, pen_width).ink().iter().zip(digit(&moved, pen_width).ink())
            .all(|(a, b)| a.abs_diff(*b) <= 1);
        prop_assert!(alike);
    }

    #[test]
    fn flat_strokes_are_the_same_drawing(strokes in strokes()) {
        let single = |p: Point| p.map(|x| f64::from(x as f32));
        let strokes: Vec<Vec<Point>> = strokes.iter().map(|s| s.iter().copied().map(single).collect()).collect();
        let points: Vec<f32> = strokes.iter().flatten().flatten().map(|&x| x as f32).collect();
        let lengths: Vec<u32> = strokes.iter().map(|s| s.len() as u32).collect();
        prop_assert_eq!(Drawing::from_flat(&points, &lengths, 16.0), Drawing::new(strokes, 16.0));
    }

    #[test]
    fn any_raster_becomes_a_digit_or_none(width in 1usize..40, height in 1usize..40, seed in any::<u64>()) {
        let ink = (0..width * height).map(|i| (seed.wrapping_mul(i as u64 | 1) >> 29) as u8);
        let ink = ink.map(|ink| f32::from(ink) / 255.0 - 0.5).collect();
        let raster = Raster::from_ink(width, height, ink).unwrap();
        if let Some(digit) = Digit::from_raster(&raster) {
            prop_assert_eq!(digit.ink().iter().max(), Some(&255));
        }
    }

    #[test]
    fn bytes_of_no_format_are_an_error(bytes in vec(any::<u8>(), 0..200)) {
        prop_assume!(!bytes.starts_with(&[0, 0]));
        prop_assert!(Model::from_safetensors(&bytes).is_err());
        prop_assert!(ImageSet::from_idx(&bytes).is_err());
        prop_assert!(read_labels(&bytes).is_err());
    }

    #[test]
    fn idx_images_are_read_where_the_header_and_the_length_agree(
        count in 0u32..5,
        [rows, columns] in prop_oneof![Just([28, 28]), [1u32..31, 1u32..31]],
        missing in -3i32..4,
        first in any::<u8>(),
    ) {
        let length = count * rows * columns;
        // Some pixels are missing at the end, or there are some more.
        let length_of_data = length.saturating_add_signed(-missing);
        let data: Vec<u8> = (0..length_of_data).map(|i| first.wrapping_add((i * 37) as u8)).collect();
        let found = ImageSet::from_idx(&idx(&[0x803, count, rows, columns], &data));
        if data.len() == length as usize {
            let images = found.unwrap();
            prop_assert_eq!(images.len(), count as usize);
            prop_assert_eq!(images.digits(&ImageReading::MNIST).count(), count as usize);
            if [rows, columns] == [28, 28] {
                let digits: Vec<Digit> = images.digits(&ImageReading::MNIST).flatten().collect();
                let ink: Vec<u8> = digits.iter().flat_map(Digit::ink).copied().collect();
                prop_assert_eq!(ink, data);
            }
        } else {
            let (expected, found_bytes) = (u64::from(length), data.len() as u64);
            prop_assert_eq!(found, Err(IdxError::Length { expected, found: found_bytes }));
        }
    }

    #[test]
    fn idx_labels_are_read_where_the_header_and_the_length_agree(
        count in 0u32..100, labels in vec(any::<u8>(), 0..100), agrees in any::<bool>(),
    ) {
        let count = if agrees { labels.len() as u32 } else { count };
        let found = read_labels(&idx(&[0x801, count], &labels));
        if count as usize == labels.len() {
            prop_assert_eq!(found, Ok(labels));
        } else {
            let (expected, found_bytes) = (u64::from(count), labels.len() as u64);
            prop_assert_eq!(found, Err(IdxError::Length { expected, found: found_bytes }));
        }
    }

    #[test]
    fn idx_dimensions_beyond_the_file_are_an_error(
        dimensions in any::<[u32; 3]>(), data in vec(any::<u8>(), 0..64),
    ) {
        let [count, rows, columns] = dimensions;
        prop_assume!(u128::from(count) * u128::from(rows) * u128::from(columns) != data.len() as u128);
        let found = ImageSet::from_idx(&idx(&[0x803, count, rows, columns], &data));
        prop_assert!(matches!(found, Err(IdxError::Length { .. } | IdxError::Images(ImageSetError::Sides { .. }))), "{:?}", found);
    }

    #[test]
    fn spikes_are_the_crossings_of_the_threshold(
        currents in vec(vec(-1.0f32..1.5, 5), 1..60),
        decay in 0.5f32..=1.0,
        refractory in 0u32..4,
        subtract in any::<bool>(),
    ) {
        let reset = if subtract { Reset::Subtract } else { Reset::Zero };
        let lif = Lif { decay, threshold: 1.0, reset, refractory };
        let mut population = Population::new(5, lif);
        let mut spikes = Vec::new();
        // The definition, neuron by neuron.
        let (mut v, mut refractory_left) = ([0.0f32; 5], [0; 5]);
        for current in &currents {
            population.step(current, &mut spikes);
            let mut expected = Vec::new();
            for i in 0..5 {
                v[i] *= decay;
                if refractory_left[i] > 0 {
                    refractory_left[i] -= 1;
                    continue;
                }
                v[i] += current[i];
                if v[i] >= 1.0 {
                    expected.push(i as u16);
                    refractory_left[i] = refractory;
                    v[i] = if subtract { v[i] - 1.0 } else { 0.0 };
                }
            }
            prop_assert_eq!(&spikes, &expected);
            prop_assert_eq!(population.membranes(), &v[..]);
        }
    }
}

/// A network of random weights with layers of the given sizes: integers up to `largest`, or floats. Layer i has random
/// biases if bit i of `biased` is set.
fn network(sizes: &[usize], largest: Option<i8>, biased: u32, seed: u64) -> Model {
    let mut state = seed;
    let mut random = move || {
        // Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 24) as f32 * 2.0 - 1.0
    };
    let layers = sizes.windows(2).enumerate().map(|(i, sides)| {
        let shape = (sides[0], sides[1]);
        let weights = match largest {
            None => Weights::Float(Array2::from_shape_simple_fn(shape, || random() * 0.3)),
            Some(largest) => Weights::Int8 {
                integers: Array2::from_shape_simple_fn(shape, || (random() * f32::from(largest)) as i8),
                scales: Array1::from_shape_simple_fn(sides[1], || 0.3 * random().abs() / f32::from(largest)),
            },
        };
        let layer = Layer::new(format!("layer {i}"), weights, Activation::Relu);
        if biased >> i & 1 == 0 {
            return layer;
        }
        layer.with_bias(Array1::from_shape_simple_fn(sides[1], || 0.3 * random()))
    });
    Model::new(Network::new(layers.collect()).unwrap(), Description::default()).unwrap()
}

fn settings() -> impl Strategy<Value = Settings> {
    let neurons = (
        0.05..3.0,
        any::<bool>(),
        prop_oneof![Just(0), 1u32..5],
        prop_oneof![Just(None), (1.0..200.0).prop_map(Some)],
    );
    let input = (
        prop_oneof![Just(1000.0), Just(0.0), 1.0..3000.0],
        prop_oneof![Just(Encoding::Poisson), Just(Encoding::Regular), Just(Encoding::Latency)],
        0u64..1 << 53,
    );
    let readout = prop_oneof![Just(Reading::Count), Just(Reading::First), Just(Reading::Membrane)];
    (1u32..100, neurons, input, readout).prop_map(|(steps, neurons, input, readout)| {
        let (threshold, subtract, refractory, tau_m) = neurons;
        let (max_rate, encoding, seed) = input;
        Settings::default().with(|s| {
            (s.steps, s.dt, s.seed) = (steps, 1.0, seed);
            (s.threshold, s.refractory, s.tau_m) = (threshold, refractory, tau_m);
            s.reset = if subtract { Reset::Subtract } else { Reset::Zero };
            s.normalisation = Normalisation::None;
            (s.max_rate, s.encoding, s.readout) = (max_rate, encoding, readout);
        })
    })
}

/// A digit of any size, often MNIST's. Most pixels are paper or full ink.
fn any_digit() -> impl Strategy<Value = Digit> {
    let pixel = prop_oneof![4 => Just(0u8), 2 => Just(255), 1 => any::<u8>()];
    prop_oneof![2 => Just(SIDE), 1 => SIDES]
        .prop_flat_map(move |side| vec(pixel.clone(), side * side))
        .prop_filter_map("blank", |ink| Digit::from_square(&ink).unwrap())
}

/// The sizes of hidden layers: few of any size, or as many small ones as a network may have.
fn hidden() -> impl Strategy<Value = Vec<usize>> {
    let width = prop_oneof![1usize..20, 30usize..70, 120usize..140, 1usize..=300];
    prop_oneof![7 => vec(width, 0..3), 1 => vec(1usize..40, 3..limits::MAX_LAYERS)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_fast_path_gives_the_recording_of_the_obvious_loop(
        digit in any_digit(),
        settings in settings(),
        hidden in hidden(),
        classes in prop_oneof![2usize..20, 2usize..=64],
        biased in prop_oneof![Just(0), Just(u32::MAX), any::<u32>()],
        // Sums of 16 bits, sums of 32 bits, and floats.
        largest in prop_oneof![Just(Some(40)), Just(Some(127)), Just(None)],
        // Spikes that are lost.
        drop in prop_oneof![3 => Just(0.0), 1 => 0.0..=1.0],
        seed in any::<u64>(),
    ) {
        let sizes: Vec<usize> = [digit.ink().len()].into_iter().chain(hidden).chain([classes]).collect();
        let model = network(&sizes, largest, biased, seed);
        let model = model.damaged(&Damage { drop, ..Damage::default() }).unwrap();
        let fast = Recording::of(&model, &digit, &settings).unwrap();
        let obvious = Reference::record(&model, &digit, &settings).unwrap();
        for (layer, (a, b)) in fast.layers().iter().zip(obvious.layers()).enumerate() {
            prop_assert_eq!(a.offsets(), b.offsets(), "layer {}", layer);
            prop_assert_eq!(a.spikes(), b.spikes());
            let bits = |v: &[f32]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(a.membranes()), bits(b.membranes()));
        }
        prop_assert_eq!((fast.counts(), fast.winners()), (obvious.counts(), obvious.winners()));
        prop_assert_eq!(fast.verdict(), obvious.verdict());
        // The verdict is also the same if the observer looks only at the outputs.
        let mut network = SpikingNetwork::new(&model, &settings).unwrap();
        prop_assert_eq!(&network.verdict(Some(&digit), settings.seed).unwrap(), obvious.verdict());
    }

    #[test]
    fn a_digit_of_another_size_than_the_input_is_refused(digit in any_digit(), side in SIDES) {
        prop_assume!(digit.side() != side);
        let model = network(&[side * side, 20, 15, 10], Some(40), 0, 1);
        let settings = Settings::default().with(|s| (s.steps, s.normalisation) = (3, Normalisation::None));
        let error = DigitError::Inputs { side: digit.side(), inputs: side * side };
        prop_assert_eq!(Recording::of(&model, &digit, &settings), Err(error.clone().into()));
        prop_assert_eq!(Reference::record(&model, &digit, &settings), Err(error.clone().into()));
        let mut network = SpikingNetwork::new(&model, &settings).unwrap();
        prop_assert_eq!(network.verdict(Some(&digit), 1), Err(error.clone().into()));
        prop_assert_eq!(model.network().classify(&digit), Err(error));
    }
}
