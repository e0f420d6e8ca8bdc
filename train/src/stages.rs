//! Runs the stages of a training: see `recipe.rs`. The first stage is run once. Several paths continue from its
//! weights. The last stages start from the mean of the weights at the ends of the paths, and the result is the
//! mean of their weights. Runs that start from the same weights and end with different ones have a mean that is
//! better than each of them (M. Wortsman et al., "Model soups", 2022).

use std::cell::LazyCell;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use spikepad::Model;

use crate::arguments::TrainArguments;
use crate::card;
use crate::mnist::Digits;
use crate::network::{CLASSES, Trained};
use crate::progress::progress_bar;
use crate::recipe::{FIRST, LAST, PATHS, STRONG, Stage, WEAK};
use crate::shape::Shape;
use crate::templates::Templates;
use crate::training::{self, Lessons, Recipe};
use crate::written::Written;

/// Digits drawn from templates with each strength of variation.
const WRITTEN: usize = 800_000;

/// Trains the network.
pub fn run(arguments: &TrainArguments, digits: &Digits) -> Result<Trained> {
    // Measured only if a stage has to be run.
    let shapes = LazyCell::new(|| {
        let bar = progress_bar("measuring strokes");
        bar.set_length(digits.len() as u64);
        let shapes: Vec<Shape> = digits.images.par_iter().map(Shape::new).inspect(|_| bar.inc(1)).collect();
        bar.finish();
        shapes
    });
    let templates = Templates::read()?;
    let count = ((WRITTEN as f64 * arguments.effort) as usize).max(CLASSES);
    let pools = [STRONG, WEAK].map(|strength| {
        let (templates, seed) = (&templates, arguments.data.seed);
        let round = (strength * 100.0) as u64;
        LazyCell::new(move || Written::draw(templates, count, strength, seed, round))
    });
    let run = |stage: &Stage, start: Option<&Trained>| -> Result<Trained> {
        let train = || {
            let recipe = stage.recipe(arguments.data.seed, arguments.effort);
            let recipe = Recipe { written: arguments.templates.unwrap_or(recipe.written), ..recipe };
            let written = &pools[usize::from(recipe.written_strength < STRONG)];
            let lessons = Lessons { shapes: &shapes, labels: &digits.labels, written };
            training::train(lessons, &recipe, start, &progress_bar(stage.name))
        };
        match &arguments.stages {
            // The same numbers as in the file of the stage.
            None => Ok(card::weights(&card::float(&train()?, digits)?)),
            Some(folder) => keep(&folder.join(stage.file()), digits, &train),
        }
    };

    let trunk = run(&FIRST, None)?;
    let mut ends = Vec::new();
    for [second, third] in &PATHS {
        ends.push(run(third, Some(&run(second, Some(&trunk))?))?);
    }
    let middle = mean(&ends);
    let ends = LAST.iter().map(|stage| run(stage, Some(&middle))).collect::<Result<Vec<_>>>()?;
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

/// Reads the weights from the file. If there is no file, runs the stage and writes its weights there.
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
    fn the_mean_is_taken_weight_by_weight() {
        let of = |hidden: [f32; 2], output| Trained { hidden: hidden.to_vec(), output: vec![output] };
        let mean = mean(&[of([1.0, -2.0], 0.5), of([2.0, -4.0], 0.5), of([3.0, 0.0], -1.0)]);
        assert_eq!((mean.hidden, mean.output), (vec![2.0, -2.0], vec![0.0]));
    }
}
