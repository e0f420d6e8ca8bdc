//! The doctor on networks that are broken in a known way, and on healthy ones.

use ndarray::Array2;
use spikepad::{
    Activation, Cause, Examination, Labelled, Layer, Model, ModelChanges, Network, Normalisation, Reading,
    Report, Settings, Weights, calibrate, examine, transposition,
};

use crate::common::{ARCHITECTURES, Architecture, SIDE, digits, networks, train};

/// Digits of an examination. Two of them are more than a point.
const DIGITS: usize = 120;

fn shown() -> Vec<Labelled> {
    digits(SIDE).into_iter().take(DIGITS).collect()
}

fn model(network: &Network) -> Model {
    Model::new(network.clone(), calibrate(network, &shown()).unwrap()).unwrap()
}

/// The network with changed layers.
fn changed(network: &Network, change: impl Fn(usize, &mut Layer)) -> Network {
    let mut layers = network.layers().to_vec();
    layers.iter_mut().enumerate().for_each(|(i, layer)| change(i, layer));
    Network::new(layers).unwrap()
}

fn scaled(layer: &mut Layer, factor: f32) {
    let Weights::Float(weights) = &mut layer.weights else { panic!("weights are floats") };
    weights.mapv_inplace(|weight| factor * weight);
}

fn report(model: &Model, settings: Settings, keeps_state: bool) -> Report {
    let mut examination = Examination::new(settings);
    examination.keeps_state = keeps_state;
    examine(model, &shown(), &examination).unwrap()
}

/// A broken network, and how it is presented digits.
type Broken = (Model, Settings, bool);

/// A kind of fault: its cause, the amounts, and how a network is broken by an amount; `None` where the network cannot be.
type Fault = (Cause, &'static str, [f64; 5], fn(&Network, f64) -> Option<Broken>);

fn with_settings(network: &Network, change: impl FnOnce(&mut Settings)) -> Option<Broken> {
    let model = model(network);
    let settings = model.defaults().with(change);
    Some((model, settings, false))
}

/// All weights and biases times `factor`, so that the ANN gives the same answers, presented without normalisation.
fn unnormalised(network: &Network, factor: f64) -> Option<Broken> {
    let mut product = 1.0;
    let mut layers = network.layers().to_vec();
    for layer in &mut layers {
        product *= factor as f32;
        scaled(layer, factor as f32);
        if let Some(bias) = &mut layer.bias {
            bias.mapv_inplace(|bias| product * bias);
        }
    }
    with_settings(&Network::new(layers).unwrap(), |settings| settings.normalisation = Normalisation::None)
}

const FAULTS: [Fault; 13] = [
    (Cause::DriveTooWeak, "threshold", [60.0, 110.0, 250.0, 700.0, 3000.0], |network, amount| {
        with_settings(network, |settings| settings.threshold = amount)
    }),
    (Cause::DriveTooWeak, "input rate", [0.5, 1.0, 2.0, 4.0, 6.0], |network, amount| {
        with_settings(network, |settings| settings.max_rate = amount)
    }),
    (Cause::DriveTooWeak, "weights", [0.0005, 0.002, 0.01, 0.03, 0.08], unnormalised),
    (Cause::Saturated, "threshold", [0.0004, 0.001, 0.002, 0.005, 0.01], |network, amount| {
        with_settings(network, |settings| settings.threshold = amount)
    }),
    (Cause::Saturated, "weights", [15.0, 30.0, 70.0, 150.0, 400.0], unnormalised),
    (Cause::Leak, "time constant", [0.2, 0.3, 0.4, 0.5, 0.6], |network, amount| {
        with_settings(network, |settings| settings.tau_m = Some(amount))
    }),
    (Cause::Refractory, "period", [15.0, 25.0, 45.0, 90.0, 170.0], |network, amount| {
        with_settings(network, |settings| settings.refractory = amount as u32)
    }),
    (Cause::TooFewSteps, "steps", [1.0, 2.0, 1.0, 2.0, 1.0], |network, amount| {
        with_settings(network, |settings| settings.steps = amount as u32)
    }),
    (Cause::Readout, "first spike", [1.0, 1.2, 1.5, 2.0, 3.0], |network, amount| {
        with_settings(network, |settings| {
            settings.readout = Reading::First;
            settings.seed = amount as u64;
        })
    }),
    (Cause::StateNotReset, "steps", [350.0, 300.0, 200.0, 150.0, 100.0], |network, amount| {
        let (model, settings, _) = with_settings(network, |settings| settings.steps = amount as u32)?;
        Some((model, settings, true))
    }),
    (Cause::BiasScale, "factor", [0.01, 8.0, 15.0, 30.0, 60.0], |network, amount| {
        let broken = changed(network, |_, layer| {
            if let Some(bias) = &mut layer.bias {
                bias.mapv_inplace(|bias| amount as f32 * bias);
            }
        });
        network.layers()[0].bias.as_ref()?;
        let model = model(&broken);
        let settings = model.defaults();
        Some((model, settings, false))
    }),
    (Cause::InputScaling, "offset", [0.0, 1.0, 2.0, 3.0, 4.0], |network, amount| {
        // The file takes other numbers than the ink from 0 to 1 that it gets.
        let names = [
            "-1..1",
            "0..1, inverted",
            "(x - 0.1307) / 0.3081, inverted",
            "-1..1, inverted",
            "0..255, inverted",
        ];
        let wrong =
            ModelChanges { input_scaling: Some(names[amount as usize].into()), ..ModelChanges::default() };
        let model = model(network).changed(&wrong, &shown()).unwrap();
        let settings = model.defaults();
        Some((model, settings, false))
    }),
    (Cause::Transposed, "order", [0.0, 1.0, 2.0, 3.0, 4.0], |network, amount| {
        let broken = match amount as usize {
            0 => {
                let order = transposition(SIDE * SIDE);
                changed(network, |i, layer| {
                    if i == 0 {
                        let old = layer.weights.to_float();
                        layer.weights =
                            Weights::Float(Array2::from_shape_fn(old.dim(), |(i, j)| old[[order[i], j]]));
                    }
                })
            }
            // The numbers of the first or the last layer were reshaped where they had to be transposed.
            amount => changed(network, |i, layer| {
                let is_chosen = if amount % 2 == 1 { i == 0 } else { i == network.layers().len() - 1 };
                if is_chosen {
                    let old = layer.weights.to_float();
                    let (inputs, outputs) = old.dim();
                    let numbers: Vec<f32> = if amount < 3 {
                        old.t().iter().copied().collect()
                    } else {
                        let stored =
                            Array2::from_shape_vec((outputs, inputs), old.into_raw_vec_and_offset().0);
                        stored.unwrap().t().iter().copied().collect()
                    };
                    let new = Array2::from_shape_vec((inputs, outputs), numbers).unwrap();
                    layer.weights = Weights::Float(new);
                }
            }),
        };
        let model = model(&broken);
        let settings = model.defaults();
        Some((model, settings, false))
    }),
];

#[test]
fn the_cause_of_a_known_fault_is_named_and_mended() {
    let (mut cases, mut named, mut mended) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (network, architecture) in networks().iter().zip(ARCHITECTURES) {
        for (cause, what, amounts, broken) in FAULTS {
            for amount in amounts {
                let Some((model, settings, keeps_state)) = broken(network, amount) else { continue };
                let report = report(&model, settings, keeps_state);
                let lost = report.ann_accuracy - report.before.accuracy;
                // By this amount the network is hardly broken.
                if lost <= 0.02 {
                    let is_right = report.cause == cause || report.cause == Cause::None;
                    assert!(is_right, "{architecture:?} {what} {amount}: {}", report.advice);
                    continue;
                }
                cases += 1;
                named += usize::from(report.cause == cause);
                let is_mended = report.after.accuracy >= report.ann_accuracy - 0.0101;
                mended += usize::from(is_mended);
                if report.cause != cause || !is_mended {
                    wrong.push(format!(
                        "{:?} {cause} {what} {amount}: {}",
                        architecture.hidden, report.advice
                    ));
                }
            }
        }
    }
    println!("{cases} broken networks, {named} named, {mended} mended\n{}", wrong.join("\n"));
    assert!(cases >= 110, "{cases}");
    assert!(
        100 * named >= 95 * cases && 100 * mended >= 95 * cases,
        "{named} {mended} of {cases}: {wrong:#?}"
    );
}

#[test]
fn an_activation_without_a_rate_is_run_as_several_neurons() {
    for activation in [Activation::Tanh, Activation::Sigmoid] {
        let network = train(Architecture { hidden: &[30], biases: true, activation });
        let model = model(&network);
        let report = report(&model, model.defaults(), false);
        let lost = report.ann_accuracy - report.before.accuracy;
        let cause = if lost > 0.01 { Cause::Activation } else { Cause::None };
        assert_eq!(report.cause, cause, "{activation}: {}", report.advice);
        assert!(report.after.accuracy >= report.ann_accuracy - 0.0101, "{activation}: {}", report.advice);
    }
}

#[test]
fn healthy_networks_are_left_alone() {
    for network in networks() {
        let model = model(network);
        let report = report(&model, model.defaults(), false);
        assert_eq!((report.cause, report.settings.len()), (Cause::None, 0), "{}", report.advice);
        assert_eq!(report.after, report.before);
        assert!(report.layers.iter().all(|layer| layer.r > 0.9), "{:?}", report.layers);
    }
    let shipped = Model::shipped();
    let report = examine(&shipped, &digits(28), &Examination::new(shipped.defaults())).unwrap();
    assert_eq!((report.cause, report.departs), (Cause::None, None), "{}", report.advice);
}

#[test]
fn an_untrained_network_has_no_cause() {
    let network = &networks()[0];
    let untrained = changed(network, |i, layer| {
        let shape = layer.weights.shape();
        let noise =
            |(a, b): (usize, usize)| (((a * 7919 + b * 104_729 + i) % 1009) as f32 / 504.5 - 1.0) * 0.1;
        layer.weights = Weights::Float(Array2::from_shape_fn(shape, noise));
        layer.bias = None;
    });
    let model = Model::new(untrained.clone(), calibrate(&untrained, &shown()).unwrap()).unwrap();
    let report = report(&model, model.defaults(), false);
    assert_eq!(report.cause, Cause::None, "{}", report.advice);
    assert!(report.advice.contains("The ANN itself reads only"), "{}", report.advice);
}
