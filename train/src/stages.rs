//! The stages of a training, one after another: see `recipe.rs`.

use std::cell::LazyCell;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use spikepad::Model;

use crate::arguments::TrainArguments;
use crate::card;
use crate::mnist::Digits;
use crate::recipe::STAGES;
use crate::run::progress_bar;
use crate::shape::Shape;
use crate::training::{self, Recipe, Trained};

/// Trains the network.
pub fn run(arguments: &TrainArguments, digits: &Digits) -> Result<Trained> {
    // Not measured where all weights are kept already.
    let shapes = LazyCell::new(|| {
        let bar = progress_bar("measuring strokes");
        bar.set_length(digits.len() as u64);
        let shapes: Vec<Shape> = digits.images.par_iter().map(Shape::new).inspect(|_| bar.inc(1)).collect();
        bar.finish();
        shapes
    });
    let train = |what: &'static str, recipe: &Recipe, start: Option<&Trained>| {
        training::train(&shapes, &digits.labels, recipe, start, &progress_bar(what))
    };
    let kept = |name: &str, stage: &dyn Fn() -> Result<Trained>| match &arguments.stages {
        // As it would come back from a file.
        None => Ok(card::weights(&card::float(&stage()?, digits)?)),
        Some(folder) => keep(&folder.join(name), digits, stage),
    };

    let seed = arguments.data.seed;
    let mut trained = None;
    for stage in &STAGES {
        let recipe = stage.recipe(seed, arguments.effort);
        trained = Some(kept(stage.file, &|| train(stage.name, &recipe, trained.as_ref()))?);
    }
    trained.context("there is no stage")
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
