//! Networks that nobody tuned are converted so that they answer as their ANN does.

use ndarray::{Array1, Array2};
use spikepad::{
    Activation, CalibrationError, Description, Digit, Drawing, EvaluationOptions, Labelled, Layer, Model,
    Network, Normalisation, PIXELS, Weights, calibrate, evaluate,
};

/// Random numbers from 0 to 1: Knuth's MMIX generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }

    fn around_0(&mut self) -> f32 {
        2.0 * self.next() - 1.0
    }
}

/// Drawings of `classes` shapes, each with a little noise: a polygon for each class.
fn drawings(count: usize, classes: usize, seed: u64) -> Vec<Labelled> {
    let mut random = Random(seed);
    (0..count)
        .map(|i| {
            let class = i % classes;
            let mut shape = Random(1000 + class as u64);
            let mut point = || {
                let at = [60.0 + 140.0 * shape.next(), 40.0 + 180.0 * shape.next()];
                at.map(|x| f64::from(x + 12.0 * random.around_0()))
            };
            let stroke: Vec<_> = (0..5).map(|_| point()).collect();
            let raster = Drawing::new(vec![stroke], 16.0).unwrap().rasterise().unwrap();
            Labelled { digit: Digit::from_raster(&raster), label: class as u8 }
        })
        .collect()
}

/// A network that reads the drawings: random hidden layers with biases, and outputs that are the mean activation of
/// their class, minus half its square (a classifier by the nearest mean), times `scale`, plus `shift`.
fn network(hidden: &[usize], classes: usize, scale: f32, shift: f32) -> Network {
    let mut random = Random(7);
    let mut layers = Vec::new();
    let mut inputs = PIXELS;
    let train = drawings(20 * classes, classes, 1);
    let mut features: Vec<Vec<f32>> =
        train.iter().map(|d| d.digit.as_ref().unwrap().intensities().collect()).collect();
    for (i, &neurons) in hidden.iter().enumerate() {
        let spread = scale * (3.0 / inputs as f32).sqrt();
        let mut weights = Array2::from_shape_simple_fn((inputs, neurons), || spread * random.around_0());
        // Deep networks of equal layers pass most of their input on, so that their ANN still tells classes apart.
        if inputs == neurons {
            weights *= 0.2;
            weights.diag_mut().fill(scale);
        }
        let bias = Array1::from_shape_simple_fn(neurons, || 0.3 * scale * random.around_0());
        features = features
            .iter()
            .map(|input| {
                let sum = |j: usize| (0..inputs).map(|i| input[i] * weights[[i, j]]).sum::<f32>() + bias[j];
                (0..neurons).map(|j| sum(j).max(0.0)).collect()
            })
            .collect();
        let layer = Layer::new(format!("hidden {i}"), Weights::Float(weights), Activation::Relu);
        layers.push(layer.with_bias(bias));
        inputs = neurons;
    }
    let mut means = Array2::<f32>::zeros((inputs, classes));
    for (digit, features) in train.iter().zip(&features) {
        for (i, x) in features.iter().enumerate() {
            means[[i, usize::from(digit.label)]] += x / 20.0;
        }
    }
    let bias = Array1::from_shape_fn(classes, |class| {
        shift - 0.5 * means.column(class).iter().map(|m| m * m).sum::<f32>()
    });
    let output = Layer::new("output", Weights::Float(means), Activation::Linear);
    layers.push(output.with_bias(bias));
    Network::new(layers).unwrap()
}

/// Fractions of right answers on other drawings: of the ANN, and of the spiking network after 50 and 350 steps.
fn accuracies(network: &Network, classes: usize, description: Description) -> [f64; 3] {
    let model = Model::new(network.clone(), description).unwrap();
    let test = drawings(200, classes, 2);
    let options = EvaluationOptions { steps: &[50, 350], ..EvaluationOptions::default() };
    let found = evaluate(&model, &model.defaults(), &test, &options).unwrap();
    [found.ann_accuracy, found.snn[0].accuracy, found.snn[1].accuracy]
}

#[test]
fn networks_of_any_depth_and_scale_answer_as_their_ann_does() {
    let cases: [(&[usize], usize, f32, f32); 7] = [
        (&[], 10, 1.0, 0.0),
        (&[60], 10, 1.0, 0.0),
        (&[60], 10, 300.0, 0.0),
        (&[60], 10, 0.01, 0.0),
        (&[200, 100, 50], 4, 1.0, 0.0),
        (&[60; 8], 3, 1.3, 0.0),
        // All logits are below 0.
        (&[60], 10, 1.0, -500.0),
    ];
    for (hidden, classes, scale, shift) in cases {
        let network = network(hidden, classes, scale, shift);
        let description = calibrate(&network, &drawings(100, classes, 3)).unwrap();
        let [ann, after_50, after_350] = accuracies(&network, classes, description);
        assert!(ann > 0.9, "{hidden:?}, scale {scale}: the ANN reads {ann}");
        assert!((after_50 - ann).abs() <= 0.04, "{hidden:?}, scale {scale}: {after_50} after 50, {ann}");
        assert!((after_350 - ann).abs() <= 0.015, "{hidden:?}, scale {scale}: {after_350} after 350, {ann}");
    }
}

#[test]
fn the_description_runs_with_every_setting() {
    // The second layer is silent, and the outputs are, too.
    let dead = Weights::Float(Array2::from_elem((20, 5), -1.0));
    let first = Weights::Float(Array2::from_elem((PIXELS, 20), 0.01));
    let last = Weights::Float(Array2::from_elem((5, 3), 1.0));
    let silent = [("a", first), ("b", dead), ("c", last)].map(|(name, weights)| (name.to_owned(), weights));
    let silent = Network::without_biases(silent).unwrap();
    for network in [silent, network(&[30], 5, 1.0, 0.0)] {
        let digits = drawings(50, 5, 3);
        let description = calibrate(&network, &digits).unwrap();
        let model = Model::new(network, description).unwrap();
        for &normalisation in Normalisation::ALL {
            let settings = model.defaults().with(|s| (s.normalisation, s.steps) = (normalisation, 5));
            evaluate(&model, &settings, &digits[..3], &EvaluationOptions::default()).unwrap();
            assert!(model.gains(normalisation).unwrap().iter().all(|gain| gain.is_finite() && *gain > 0.0));
        }
        let text = &model.description().provenance["conversion"];
        assert!(text.contains("of 50"), "{text}");
    }
}

#[test]
fn the_same_digits_give_the_same_description() {
    let network = network(&[30], 5, 1.0, 0.0);
    let digits = drawings(60, 5, 3);
    assert_eq!(calibrate(&network, &digits).unwrap(), calibrate(&network, &digits).unwrap());
}

#[test]
fn digits_that_do_not_fit_are_an_error() {
    let network = network(&[30], 5, 1.0, 0.0);
    assert!(matches!(calibrate(&network, &[]), Err(CalibrationError::NoDigits)));
    let blank = Labelled { digit: None, label: 0 };
    assert!(matches!(calibrate(&network, &[blank]), Err(CalibrationError::NoDigits)));
    let small = drawings(1, 1, 1)[0].digit.as_ref().unwrap().resized(14);
    let error = calibrate(&network, &[Labelled { digit: small, label: 0 }]).unwrap_err().to_string();
    assert!(error.contains("14 x 14"), "{error}");
}
