//! Measures accuracy over a labelled set.

mod answers;
mod results;

use thiserror::Error;

use self::answers::Answers;
pub use self::results::{Checkpoint, EarlyDecision, Evaluation, Sure};
use super::in_order::{CHUNK, for_each};
use super::spiking_network::SpikingNetwork;
use crate::digit::Digit;
use crate::encoding::presentation_seed;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::settings::Settings;
use crate::sorting::ascending;

/// A picture with its class. A blank picture is no digit; every answer to it counts as wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The digit; `None` for a blank picture.
    pub digit: Option<Digit>,
    /// Its class.
    pub label: u8,
}

/// Why a set cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// A label is not a class of the network.
    #[error("image {image} is labelled {label}, but the network has {classes} classes, from 0")]
    Label {
        /// Index of the image.
        image: usize,
        /// Its label.
        label: u8,
        /// Classes of the network.
        classes: usize,
    },
    /// The numbers of images and labels differ.
    #[error("there are {images} images but {labels} labels")]
    Count {
        /// Number of images.
        images: usize,
        /// Number of labels.
        labels: usize,
    },
    /// There is no image, or no number of steps.
    #[error("there is nothing to evaluate: no {0}")]
    Nothing(&'static str),
    /// The presentations cannot be run.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

/// Joins digits and labels.
///
/// # Errors
/// [`EvaluationError::Count`] where their numbers differ.
pub fn label(
    digits: impl Iterator<Item = Option<Digit>>,
    labels: &[u8],
) -> Result<Vec<Labelled>, EvaluationError> {
    let digits: Vec<_> = digits.collect();
    if digits.len() != labels.len() {
        return Err(EvaluationError::Count { images: digits.len(), labels: labels.len() });
    }
    Ok(digits.into_iter().zip(labels).map(|(digit, &label)| Labelled { digit, label }).collect())
}

/// The options of an evaluation.
#[derive(Clone, Copy)]
pub struct EvaluationOptions<'a> {
    /// The numbers of steps after which answers are read, in any order. If empty, the settings' `steps`.
    pub steps: &'a [u32],
    /// Index of the first image in its set. The image at index i is presented with the seed that
    /// [`presentation_seed`] makes from the settings' seed and i. Therefore the results of the parts of a set
    /// add up to the results of the whole set.
    pub first: usize,
    /// Whether neurons keep their state from image to image, from rest at every index that is a multiple of [`CHUNK`].
    pub keeps_state: bool,
    /// Called after each image. With several threads, any of them may call it.
    pub done: &'a (dyn Fn() + Sync),
}

impl Default for EvaluationOptions<'_> {
    fn default() -> Self {
        Self { steps: &[], first: 0, keeps_state: false, done: &|| () }
    }
}

/// Presents every image once for the largest number of steps, and reads the answers after each number of
/// steps. Uses `settings.steps` only if `options.steps` is empty.
///
/// # Errors
/// [`EvaluationError`] where there is nothing to evaluate, a label is no class, a setting is out of
/// its range, or a digit does not fit the network.
pub fn evaluate(
    model: &Model,
    settings: &Settings,
    images: &[Labelled],
    options: &EvaluationOptions,
) -> Result<Evaluation, EvaluationError> {
    let EvaluationOptions { steps, first, keeps_state, done } = *options;
    let steps = if steps.is_empty() { std::slice::from_ref(&settings.steps) } else { steps };
    let mut steps = ascending(steps.to_vec());
    steps.dedup();
    let last = *steps.last().ok_or(EvaluationError::Nothing("number of steps"))?;
    if images.is_empty() {
        return Err(EvaluationError::Nothing("image"));
    }
    let classes = model.network().classes();
    let no_class = images.iter().enumerate().find(|(_, image)| usize::from(image.label) >= classes);
    if let Some((i, &Labelled { label, .. })) = no_class {
        return Err(EvaluationError::Label { image: first.saturating_add(i), label, classes });
    }
    Settings { steps: steps[0], ..settings.clone() }.validate().map_err(SimulationError::from)?;
    let settings = Settings { steps: last, ..settings.clone() };
    let network = SpikingNetwork::new(model, &settings)?;

    let answers = for_each(
        images,
        keeps_state,
        || network.clone(),
        |network, index, image| {
            let index = first.wrapping_add(index);
            network.keep_state(keeps_state && !index.is_multiple_of(CHUNK));
            let seed = presentation_seed(settings.seed, index as u64);
            let answers = Answers::of(model, network, &steps, seed, image.digit.as_ref());
            done();
            answers
        },
    );
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;

    let is_right = |answer: Option<usize>, image: &Labelled| answer == Some(usize::from(image.label));
    let right = |answer: &dyn Fn(&Answers) -> Option<usize>| {
        answers.iter().zip(images).filter(|(answers, image)| is_right(answer(answers), image)).count()
    };
    let an_image = |sum: f64| sum / images.len() as f64;
    let snn = steps.iter().enumerate().map(|(i, &steps)| {
        let right = right(&|answers| answers.snn[i].0);
        let synops = answers.iter().map(|answers| answers.snn[i].1).sum();
        Checkpoint {
            steps,
            right,
            accuracy: an_image(right as f64),
            synops,
            synops_per_image: an_image(synops as f64),
        }
    });

    let early_steps = answers.iter().map(|answers| answers.decision.map_or(last, |decision| decision.steps));
    let early_right = right(&|a| a.decision.map_or_else(|| a.last(), |decision| Some(decision.digit)));
    let early = EarlyDecision {
        accuracy: an_image(early_right as f64),
        mean_steps: an_image(early_steps.clone().map(f64::from).sum()),
        steps_95: within(early_steps, last, (images.len() * 95).div_ceil(100)),
    };

    let sure = answers.iter().zip(images).filter(|(answers, _)| answers.sure);
    let sure_right = sure.clone().filter(|(answers, image)| is_right(answers.last(), image)).count();
    let sure = sure.count();
    let sure = Sure {
        images: sure,
        right: sure_right,
        share: an_image(sure as f64),
        accuracy: sure_right as f64 / sure.max(1) as f64,
    };

    let mut confusion = vec![vec![0; classes + 1]; classes];
    for (answers, image) in answers.iter().zip(images) {
        confusion[usize::from(image.label)][answers.last().unwrap_or(classes)] += 1;
    }
    let ann_right = right(&|answers| answers.ann);
    Ok(Evaluation {
        images: images.len(),
        ann_right,
        ann_accuracy: an_image(ann_right as f64),
        snn: snn.collect(),
        early,
        sure,
        ties: answers.iter().filter(|answers| answers.tie).count(),
        silent: answers.iter().filter(|answers| answers.silent).count(),
        confusion,
    })
}

/// The smallest number of steps within which `count` of the decisions are made. `steps` are the steps of all
/// decisions, none after `last`.
fn within(steps: impl Iterator<Item = u32>, last: u32, count: usize) -> u32 {
    let mut decided = vec![0; last as usize + 1];
    steps.for_each(|steps| decided[steps as usize] += 1);
    let mut so_far = 0;
    let reaches = decided.iter().position(|&here| {
        so_far += here;
        so_far >= count
    });
    reaches.map_or(last, |steps| steps as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digit::PIXELS;

    /// Pictures that differ, one of them blank.
    fn set() -> Vec<Labelled> {
        let picture =
            |i: usize| std::array::from_fn::<u8, PIXELS, _>(|p| ((i * 97 + p * p) % 256 * i.min(1)) as u8);
        (0..21).map(|i| Labelled { digit: Digit::from_ink(&picture(i)), label: (i % 10) as u8 }).collect()
    }

    fn model() -> Model {
        Model::from_safetensors(include_bytes!("../../../www/assets/mnist-784-128-10.safetensors")).unwrap()
    }

    #[test]
    fn the_results_of_parts_add_up_to_those_of_the_whole() {
        let (model, set) = (model(), set());
        let settings = model.defaults();
        let part = |images, first| {
            let options = EvaluationOptions { steps: &[5, 40], first, ..EvaluationOptions::default() };
            evaluate(&model, &settings, images, &options).unwrap()
        };
        let whole = part(&set, 0);
        let (early, late) = set.split_at(8);
        let parts = [part(early, 0), part(late, 8)];
        let sum = |of: &dyn Fn(&Evaluation) -> u64| parts.iter().map(of).sum::<u64>();
        assert_eq!(sum(&|e| e.images as u64), 21);
        assert_eq!(sum(&|e| e.ann_right as u64), whole.ann_right as u64);
        assert_eq!(sum(&|e| e.sure.images as u64), whole.sure.images as u64);
        assert_eq!(sum(&|e| e.sure.right as u64), whole.sure.right as u64);
        assert_eq!(sum(&|e| e.ties as u64), whole.ties as u64);
        assert_eq!(sum(&|e| e.silent as u64), whole.silent as u64);
        for (i, checkpoint) in whole.snn.iter().enumerate() {
            assert_eq!(sum(&|e| e.snn[i].right as u64), checkpoint.right as u64);
            assert_eq!(sum(&|e| e.snn[i].synops), checkpoint.synops);
        }
        for (label, row) in whole.confusion.iter().enumerate() {
            for (answer, &count) in row.iter().enumerate() {
                assert_eq!(sum(&|e| e.confusion[label][answer].into()), u64::from(count));
            }
        }
        // With another index in the set, the second part gets other spikes.
        assert_ne!(part(late, 0).snn[1].synops, parts[1].snn[1].synops);
    }

    #[test]
    fn a_label_that_is_no_class_is_named_by_its_index_in_the_set() {
        let (model, mut set) = (model(), set());
        set[3].label = 10;
        let found = evaluate(
            &model,
            &model.defaults(),
            &set,
            &EvaluationOptions { first: 100, ..EvaluationOptions::default() },
        );
        assert_eq!(found, Err(EvaluationError::Label { image: 103, label: 10, classes: 10 }));
    }

    #[test]
    fn numbers_of_steps_are_sorted_and_deduplicated() {
        let (model, set) = (model(), set());
        let found = evaluate(
            &model,
            &model.defaults(),
            &set,
            &EvaluationOptions { steps: &[20, 5, 20], ..EvaluationOptions::default() },
        )
        .unwrap();
        assert_eq!(found.snn.iter().map(|checkpoint| checkpoint.steps).collect::<Vec<_>>(), [5, 20]);
    }

    #[test]
    fn the_share_of_decisions_is_counted_from_the_earliest() {
        let steps = [9, 2, 2, 5, 3];
        let found = |count| within(steps.into_iter(), 9, count);
        assert_eq!([1, 2, 3, 4, 5].map(found), [2, 2, 3, 5, 9]);
    }
}
