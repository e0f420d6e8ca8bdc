//! The stages of a training: see `recipe.rs`. The first is run once; from there, the others are run
//! several times over, each with random numbers of its own, and the mean of the weights that they end
//! with is what was sought (M. Wortsman et al., "Model soups", 2022).

use std::cell::LazyCell;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use spikepad::{Model, presentation_seed};

use crate::arguments::TrainArguments;
use crate::card;
use crate::mnist::Digits;
use crate::recipe::{PATHS, STAGES};
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

    // Random numbers of its own for each stage: a second look at the same distortions teaches nothing.
    let seed = |stage: usize, path: usize| {
        let index = stage * PATHS + path;
        if index == 0 { arguments.data.seed } else { presentation_seed(arguments.data.seed, index as u64) }
    };
    let [first, others @ ..] = &STAGES;
    let recipe = first.recipe(seed(0, 0), arguments.effort);
    let trunk = kept(&first.file(None), &|| train(first.name, &recipe, None))?;
    let mut ends = Vec::new();
    for path in 0..PATHS {
        let mut trained = trunk.clone();
        for (stage, number) in others.iter().zip(1..) {
            let recipe = stage.recipe(seed(number, path), arguments.effort);
            let start = &trained;
            trained = kept(&stage.file(Some(path)), &|| train(stage.name, &recipe, Some(start)))?;
        }
        ends.push(trained);
    }
    Ok(mean(&ends))
}

/// The mean of each weight.
fn mean(of: &[Trained]) -> Trained {
    let mean = |pick: fn(&Trained) -> &Vec<f32>| {
        let weights = (0..pick(&of[0]).len()).map(|i| {
            let sum: f64 = of.iter().map(|trained| f64::from(pick(trained)[i])).sum();
            (sum / of.len() as f64) as f32
        });
        weights.collect()
    };
    Trained { hidden: mean(|trained| &trained.hidden), output: mean(|trained| &trained.output) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_that_of_each_weight() {
        let of = |hidden: [f32; 2], output| Trained { hidden: hidden.to_vec(), output: vec![output] };
        let mean = mean(&[of([1.0, -2.0], 0.5), of([2.0, -4.0], 0.5), of([3.0, 0.0], -1.0)]);
        assert_eq!((mean.hidden, mean.output), (vec![2.0, -2.0], vec![0.0]));
    }
}
