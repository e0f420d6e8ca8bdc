//! The three stages of a training: strongly distorted digits; ever less distorted ones; and the same
//! digits as spikes too.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use spikepad::Model;

use crate::arguments::TrainArguments;
use crate::card;
use crate::mnist::Digits;
use crate::run::progress_bar;
use crate::shape::Shape;
use crate::spiking::Membranes;
use crate::training::{self, Recipe, Spiking, Trained};

/// Digits a gradient step of the last stage.
const SPIKING_BATCH: usize = 128;

/// Fewest steps of a presentation in the last stage.
const FEWEST_STEPS: usize = 5;

/// Trains the network.
pub fn run(arguments: &TrainArguments, digits: &Digits) -> Result<Trained> {
    let bar = progress_bar("measuring strokes");
    bar.set_length(digits.len() as u64);
    let shapes: Vec<Shape> = digits.images.par_iter().map(Shape::new).inspect(|_| bar.inc(1)).collect();
    bar.finish();

    let train = |what: &'static str, recipe: &Recipe, start: Option<&Trained>| {
        training::train(&shapes, &digits.labels, recipe, start, &progress_bar(what))
    };
    let kept = |name: &str, stage: &dyn Fn() -> Result<Trained>| match &arguments.stages {
        // As it would come back from a file.
        None => Ok(card::weights(&card::float(&stage()?, digits)?)),
        Some(folder) => keep(&folder.join(name), digits, stage),
    };

    let strong = arguments.recipe();
    let first = kept("1.safetensors", &|| train("1 of 3: distorted", &strong, None))?;

    let calmer = Recipe {
        epochs: arguments.calmer_epochs,
        rate: arguments.calmer_rate,
        calm: [1.0, arguments.calmer_end],
        ..strong
    };
    let second = kept("2.safetensors", &|| train("2 of 3: calmer", &calmer, Some(&first)))?;

    let spiking = as_spikes(arguments, &calmer, &card::float(&second, digits)?, digits)?;
    kept("3.safetensors", &|| train("3 of 3: as spikes", &spiking, Some(&second)))
}

/// The last stage's recipe. Its distortion is as weak as `calmer`'s at the end.
fn as_spikes(arguments: &TrainArguments, calmer: &Recipe, model: &Model, digits: &Digits) -> Result<Recipe> {
    let quantised = card::quantised(model, digits, arguments.tau_m, arguments.data.seed)?;
    let balanced = card::conversion(&quantised)?.gains[0];
    let membranes = Membranes {
        gain: arguments.spiking_drive * balanced,
        decay: f64::from(spikepad::decay(1.0, Some(arguments.tau_m))),
        reset: card::RESET,
    };
    let steps = [FEWEST_STEPS, arguments.spiking_steps];
    Ok(Recipe {
        epochs: arguments.spiking_epochs,
        batch: SPIKING_BATCH,
        rate: arguments.spiking_rate,
        reuse: 1,
        dropout: 0.0,
        variation: calmer.variation.scaled(arguments.calmer_end as f32),
        calm: [0.0, 1.0],
        spiking: Some(Spiking { membranes, steps, share: arguments.spiking_share }),
        ..calmer.clone()
    })
}

/// The weights in the file, or those that the stage gives, which are then put there.
fn keep(path: &Path, digits: &Digits, stage: &dyn Fn() -> Result<Trained>) -> Result<Trained> {
    if path.exists() {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        return Ok(card::weights(&Model::from_safetensors(&bytes)?));
    }
    let model = card::float(&stage()?, digits)?;
    fs::write(path, model.to_safetensors()?).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(card::weights(&model))
}
