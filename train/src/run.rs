//! One training run: trains in stages, converts, measures and writes the model's file.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use spikepad::{Labelled, Model};

use crate::arguments::{FitArguments, TrainArguments};
use crate::card;
use crate::conversion;
use crate::figures::{self, LabelledStrokes};
use crate::mnist::Digits;
use crate::readout;
use crate::recipe::{self, WEAK, last_variation};
use crate::stages;
use crate::templates::Templates;
use crate::typicality;
use crate::written::Written;

/// Numbers of steps after which accuracy is measured.
const STEPS: [u32; 4] = [5, 10, 20, 350];

/// Number of training digits for the search for the gains. They are distorted as at the end of training. Many
/// of them are hard, so they distinguish gains that differ little.
const DRIVEN: usize = 10_000;

/// Number of held-back digits on which the readout is chosen.
const SEARCHED: usize = 2500;

/// How much of the distortion at the end of training slightly distorted digits have, and how many there are of each
/// held-back digit. They distinguish networks that read the unchanged digits equally well.
const MILD: f32 = 0.4;
const COPIES: u64 = 6;

/// Number of digits drawn from templates that accuracy is measured on, and the round of their random streams.
const DRAWN: usize = 10_000;
const ROUND: u64 = u64::MAX - 2;

/// Pens for the drawings, in canvas units, and the scales of the drawings.
const PENS: [(f64, f64); 8] =
    [(10.0, 1.0), (16.0, 1.0), (20.0, 1.0), (28.0, 1.0), (16.0, 0.5), (28.0, 0.5), (10.0, 1.3), (28.0, 1.3)];

/// Trains, measures and writes a model.
pub fn train(arguments: &TrainArguments) -> Result<()> {
    let all = Digits::read(&arguments.data.data, "train")?;
    let (train, held_back) = all.hold_back(arguments.data.hold_back, arguments.data.seed);
    let trained = stages::run(arguments, &train)?;

    let float = card::float(&trained, &train)?;
    let mut model = card::quantised(&float, &train, arguments.data.seed)?;
    let mut figures = BTreeMap::new();
    let mut add = |name: &str, share: f64| {
        println!("{name}: {:.2} %", 100.0 * share);
        figures.insert(name.to_owned(), format!("{:.2} %", 100.0 * share));
    };
    if held_back.len() > 0 {
        let digits = figures::labelled(&held_back);
        let some = &digits[..digits.len().min(SEARCHED)];
        model = converted(&model, &train, arguments.data.seed)?;
        model = fitted(&model, &train, some, arguments.data.seed)?;

        println!("held back, cross entropy of the ANN: {:.4}", figures::ann_loss(&model, &digits));
        add("held back, ANN", figures::ann_accuracy(&model, &digits));
        add("held back, ANN before quantisation", figures::ann_accuracy(&float, &digits));
        for steps in [5, 10] {
            let noisy = figures::noisy(&held_back, steps, arguments.data.seed);
            add(
                &format!("held back, ANN on the spikes of {steps} steps"),
                figures::ann_accuracy(&model, &noisy),
            );
        }
        for (steps, accuracy) in snn(&model, &digits)? {
            add(&format!("held back, SNN at {steps} steps"), accuracy);
        }
        let distorted = figures::distorted(
            &held_back,
            &recipe::FIRST.recipe(arguments.data.seed, 1.0).variation,
            1,
            arguments.data.seed,
        );
        add("held back, ANN, distorted as in training", figures::ann_accuracy(&model, &distorted));
        let mild =
            figures::distorted(&held_back, &last_variation().scaled(MILD), COPIES, arguments.data.seed);
        println!(
            "held back, slightly distorted, cross entropy of the ANN: {:.4}",
            figures::ann_loss(&model, &mild)
        );
        add("held back, slightly distorted, ANN", figures::ann_accuracy(&model, &mild));
        for (steps, accuracy) in snn(&model, &mild)? {
            add(&format!("held back, slightly distorted, SNN at {steps} steps"), accuracy);
        }
        let written = Written::draw(&Templates::read()?, DRAWN, WEAK, arguments.data.seed, ROUND).labelled();
        add("drawn from templates, ANN", figures::ann_accuracy(&model, &written));
        for (steps, accuracy) in snn(&model, &written)? {
            add(&format!("drawn from templates, SNN at {steps} steps"), accuracy);
        }
    }
    if let Some(path) = &arguments.drawings {
        let drawings = LabelledStrokes::read(path)?;
        for (pen, scale) in PENS {
            let drawn: Vec<Labelled> = drawings.iter().map(|d| d.drawn(pen, scale)).collect::<Result<_>>()?;
            let snn = conversion::accuracies(&model, &card::conversion(&model)?, &drawn, &[350], 1)?[0];
            let ann = figures::ann_accuracy(&model, &drawn);
            println!(
                "drawn with a pen of {pen} at scale {scale}: ANN {:.2} %, SNN {:.2} %",
                100.0 * ann,
                100.0 * snn
            );
        }
    }
    if arguments.test {
        let test = figures::labelled(&Digits::read(&arguments.data.data, "t10k")?);
        add("test, ANN", figures::ann_accuracy(&model, &test));
        add("test, ANN before quantisation", figures::ann_accuracy(&float, &test));
        for (steps, accuracy) in snn(&model, &test)? {
            add(&format!("test, SNN at {steps} steps"), accuracy);
        }
    }

    let about = [
        (
            "data",
            "MNIST (Y. LeCun, C. Cortes, C. Burges): its 60,000 training digits, some held back to choose on",
        ),
        ("licence", "data CC BY-SA 3.0; weights MIT OR Apache-2.0"),
        ("command", if arguments.test { "npm run train -- --test" } else { "npm run train" }),
        ("date", &arguments.date),
        ("seed", &arguments.data.seed.to_string()),
        (
            "epochs",
            &recipe::stages()
                .map(|stage| format!("{} {}", stage.name, stage.recipe(0, arguments.effort).epochs))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ("digits trained on", &train.len().to_string()),
        ("digits held back", &held_back.len().to_string()),
    ];
    figures.extend(about.map(|(name, text)| (name.to_owned(), text.to_owned())));
    model = card::described(&model, |description| description.provenance = figures)?;
    let bytes = model.to_safetensors()?;
    fs::write(&arguments.out, &bytes).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    println!("{}: {} bytes", arguments.out.display(), bytes.len());
    Ok(())
}

/// The model with the gains that suit the training digits, distorted as at the end of training.
fn converted(model: &Model, train: &Digits, seed: u64) -> Result<Model> {
    let drive = figures::distorted(&train.first(DRIVEN), &last_variation(), 1, seed);
    let found = conversion::search(model, card::conversion(model)?, &drive, seed)?;
    println!("conversion: {found:?}");
    card::described(model, |description| description.conversion = Some(found))
}

/// The model with a readout and a typicality that are chosen on the held-back digits.
fn fitted(model: &Model, train: &Digits, held_back: &[Labelled], seed: u64) -> Result<Model> {
    let rule = readout::choose(model, held_back, seed)?;
    println!("readout: {rule:?}");
    let model = card::described(model, |description| description.readout = Some(rule))?;
    typicality::fitted(&model, train, held_back, seed)
}

/// Fits the readout and the typicality of a trained model again, and writes it.
pub fn fit(arguments: &FitArguments) -> Result<()> {
    let path = &arguments.model;
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let model = Model::from_safetensors(&bytes).with_context(|| path.display().to_string())?;
    let (train, held_back) =
        Digits::read(&arguments.data.data, "train")?.hold_back(arguments.data.hold_back, arguments.data.seed);
    let digits = figures::labelled(&held_back);
    let model = fitted(&model, &train, &digits[..digits.len().min(SEARCHED)], arguments.data.seed)?;
    fs::write(path, model.to_safetensors()?).with_context(|| format!("cannot write {}", path.display()))
}

/// Accuracy of the spiking network, the mean of seeds 1 to 5, for each number of steps.
fn snn(model: &Model, digits: &[Labelled]) -> Result<Vec<(u32, f64)>> {
    const SEEDS: u64 = 5;
    let conversion = card::conversion(model)?;
    let mut sums = [0.0; STEPS.len()];
    for seed in 1..=SEEDS {
        let accuracies = conversion::accuracies(model, &conversion, digits, &STEPS, seed)?;
        sums.iter_mut().zip(accuracies).for_each(|(sum, accuracy)| *sum += accuracy);
    }
    Ok(STEPS.into_iter().zip(sums.map(|sum| sum / SEEDS as f64)).collect())
}
