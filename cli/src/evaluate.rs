//! `spikepad evaluate`: measures accuracy over a labelled set.

use std::time::Instant;

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use spikepad::{Evaluation, EvaluationError, EvaluationOptions, evaluate};

use crate::arguments::{DialectArguments, ModelArguments, StateArguments};
use crate::experiment;
use crate::labelled_set::{LabelledSet, ReadingArguments, SetArguments, Way};
use crate::other_ways::BetterWay;
use crate::output::{Output, OutputError, report};
use crate::readout::{ReadoutArgument, parser};
use crate::setting_flags::{HEADING, SettingFlags, help_of};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    set: SetArguments,
    /// Numbers of steps after which to read the answer [default: 5,10,20,350]; with --dialect only one
    /// [default: 350]
    #[arg(long, value_name = "T,T,..", value_delimiter = ',')]
    steps: Option<Vec<u32>>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[arg(long, value_parser = parser(), help = help_of("readout"), help_heading = HEADING)]
    readout: Option<ReadoutArgument>,
    #[command(flatten)]
    state: StateArguments,
    #[command(flatten)]
    settings: SettingFlags,
    #[command(flatten)]
    experiment: DialectArguments,
}

const STEPS: &[u32] = &[5, 10, 20, 350];

#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    evaluation: &'a Evaluation,
    seconds: f64,
    /// How the images were read.
    read_as: Way,
    /// A way that reads a sample of the set much better.
    reads_better: Option<&'a BetterWay>,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let Arguments { set, steps, json, model, reading, readout, state, settings, experiment } = arguments;
    let model = model.load()?;
    let SetArguments { images, labels, limit } = set;
    let set = LabelledSet::load((images, labels.as_deref()), reading, *limit, &model)?;
    if set.images.is_empty() {
        return Err(EvaluationError::Nothing("image").into());
    }
    let mut settings = settings.over(&model)?;
    let better = BetterWay::find(&set, &model, &settings);
    if let Some(better) = &better {
        report(format_args!("spikepad: note: {}: {better}", images.display()));
    }
    let digits = set.digits(&model)?;
    if let Some(dialect) = &experiment.dialect {
        let decoding = readout.map(ReadoutArgument::decoding).transpose()?;
        let job = experiment::Job {
            model: &model,
            images: &digits,
            read_as: set.way,
            reads_better: better.as_ref(),
            steps: steps.as_deref(),
            seed: settings.seed,
            decoding,
            json: *json,
        };
        return experiment::run(experiment, dialect, &job, out);
    }
    if let Some(readout) = readout {
        settings.readout = readout.reading()?;
    }

    let bar = if *json { ProgressBar::hidden() } else { ProgressBar::new(digits.len() as u64) };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos} of {len} images, {eta} left")?);
    let start = Instant::now();
    let options = EvaluationOptions {
        steps: steps.as_deref().unwrap_or(STEPS),
        keeps_state: state.keeps(),
        done: &|| bar.inc(1),
        ..EvaluationOptions::default()
    };
    let evaluation = evaluate(&model, &settings, &digits, &options)?;
    let seconds = start.elapsed().as_secs_f64();
    bar.finish_and_clear();

    if *json {
        let report =
            Report { evaluation: &evaluation, seconds, read_as: set.way, reads_better: better.as_ref() };
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        print(&evaluation, seconds, out)?;
    }
    Ok(())
}

fn print(evaluation: &Evaluation, seconds: f64, out: &mut Output) -> Result<(), OutputError> {
    let Evaluation { images, ann_accuracy, snn, early, sure, ties, silent, confusion, .. } = evaluation;
    writeln!(out, "{images} images in {seconds:.1} s\n")?;
    writeln!(out, "network    steps   accuracy   synaptic operations per image")?;
    writeln!(out, "ANN            -   {:>6.2} %", 100.0 * ann_accuracy)?;
    for checkpoint in snn {
        writeln!(
            out,
            "SNN      {:>7}   {:>6.2} %   {:.0}",
            checkpoint.steps,
            100.0 * checkpoint.accuracy,
            checkpoint.synops_per_image
        )?;
    }
    writeln!(
        out,
        "\nstopped as soon as the lead suffices: {:.2} % after {:.1} steps on average, 95 % within {} steps",
        100.0 * early.accuracy,
        early.mean_steps,
        early.steps_95
    )?;
    writeln!(
        out,
        "sure of {:.2} % of the images, and right on {:.2} % of these",
        100.0 * sure.share,
        100.0 * sure.accuracy
    )?;
    let share = |count: usize| 100.0 * count as f64 / *images as f64;
    writeln!(
        out,
        "several outputs have the most spikes for {:.2} % of the images, no output spiked for {:.2} %",
        share(*ties),
        share(*silent)
    )?;
    let columns: String = (0..confusion.len()).map(|class| format!("{class:>6}")).collect();
    writeln!(
        out,
        "\nlabels (rows) and the SNN's answers after the last step (columns):\n      {columns}  none"
    )?;
    for (label, row) in confusion.iter().enumerate() {
        let cells: String = row.iter().map(|count| format!("{count:>6}")).collect();
        writeln!(out, "{label:>6}{cells}")?;
    }
    Ok(())
}
