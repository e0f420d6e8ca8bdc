//! `spikepad evaluate --dialect`: the experiment of docs/dialects.md, as other frameworks run it.

use std::time::Instant;

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use spikepad::dialect::{Decoding, Dialect, Experiment, ExperimentOptions, Tally};
use spikepad::{Labelled, Model};

use crate::arguments::DialectArguments;
use crate::labelled_set::Way;
use crate::other_ways::BetterWay;
use crate::output::{Output, OutputError};

/// The default number of steps of a presentation in this experiment.
const STEPS: u32 = 350;

/// A row of the table.
#[derive(Serialize)]
struct Row<'a> {
    dialect: &'static str,
    framework: &'static str,
    setting: &'static str,
    readout: Option<Decoding>,
    images: u64,
    steps: u32,
    accuracy: f64,
    /// Fraction of the images for which outputs fired and several had the largest score.
    ties: f64,
    /// Fraction of the images for which no output fired.
    silent: f64,
    input_spikes_per_image: f64,
    spikes_per_hidden_neuron: f64,
    spikes_per_output_neuron: f64,
    synops_per_image: f64,
    seconds: f64,
    /// How the images were read.
    read_as: Way,
    /// A way that reads a sample of the set much better.
    reads_better: Option<&'a BetterWay>,
}

pub struct Job<'a> {
    pub model: &'a Model,
    pub images: &'a [Labelled],
    /// How the images were read.
    pub read_as: Way,
    /// A way that reads a sample of the set much better.
    pub reads_better: Option<&'a BetterWay>,
    /// The numbers of steps that were given, if any.
    pub steps: Option<&'a [u32]>,
    pub seed: u64,
    /// How the class is read; `None` for the dialect's own way.
    pub decoding: Option<Decoding>,
    pub json: bool,
}

pub fn run(arguments: &DialectArguments, name: &str, job: &Job, out: &mut Output) -> Result<()> {
    let steps = match job.steps {
        None => STEPS,
        Some(&[steps]) => steps,
        Some(_) => bail!("--dialect takes one number of --steps"),
    };
    let mut dialects =
        if name == "all" { Dialect::defaults().collect() } else { vec![Dialect::named(name)?] };
    // In a table of all dialects the ANN is not changed, because it has no parameters.
    for dialect in dialects.iter_mut().filter(|dialect| name != "all" || dialect.has_spikes()) {
        arguments.set(dialect)?;
    }
    let bar = if job.json { ProgressBar::hidden() } else { ProgressBar::new(0) };
    bar.set_style(ProgressStyle::with_template("{msg:18} {bar:40} {pos} of {len} images, {eta} left")?);
    let mut rows = Vec::new();
    for dialect in &dialects {
        // In a table of all dialects each is read as was asked for, if it can be.
        let decoding =
            job.decoding.filter(|decoding| name != "all" || dialect.decodings().contains(decoding));
        bar.set_message(dialect.name());
        bar.set_length(job.images.len() as u64);
        bar.reset();
        let start = Instant::now();
        let done = |images: usize| bar.inc(images as u64);
        let tally = Experiment::evaluate(
            job.model,
            dialect,
            job.images,
            &ExperimentOptions { decoding, steps, seed: job.seed, done: &done },
        )?;
        let seconds = start.elapsed().as_secs_f64();
        let readout = dialect.decoding().map(|own| decoding.unwrap_or(own));
        rows.push(row(dialect, readout, &tally, job, steps, seconds));
    }
    bar.finish_and_clear();
    if !job.json {
        print(&rows, out)?;
    } else if let ([row], false) = (&rows[..], name == "all") {
        writeln!(out, "{}", serde_json::to_string(row)?)?;
    } else {
        writeln!(out, "{}", serde_json::to_string(&rows)?)?;
    }
    Ok(())
}

fn row<'a>(
    dialect: &Dialect,
    readout: Option<Decoding>,
    tally: &Tally,
    job: &Job<'a>,
    steps: u32,
    seconds: f64,
) -> Row<'a> {
    let sizes = job.model.network().sizes();
    let per_image = |sum: u64| sum as f64 / tally.images as f64;
    let hidden: usize = sizes[1..sizes.len() - 1].iter().sum();
    let outputs = sizes[sizes.len() - 1];
    Row {
        dialect: dialect.name(),
        framework: dialect.framework(),
        setting: dialect.setting(),
        readout,
        images: tally.images,
        steps,
        accuracy: per_image(tally.right),
        ties: per_image(tally.ties),
        silent: per_image(tally.silent),
        input_spikes_per_image: per_image(tally.input_spikes),
        spikes_per_hidden_neuron: per_image(tally.hidden_spikes) / hidden.max(1) as f64,
        spikes_per_output_neuron: per_image(tally.output_spikes) / outputs as f64,
        synops_per_image: per_image(tally.synops),
        seconds,
        read_as: job.read_as,
        reads_better: job.reads_better,
    }
}

fn print(rows: &[Row], out: &mut Output) -> Result<(), OutputError> {
    let readout = |row: &Row| row.readout.map_or("-", Decoding::name);
    writeln!(out, "{} images, {} steps each\n", rows[0].images, rows[0].steps)?;
    writeln!(
        out,
        "dialect            readout             accuracy     ties   silent   \
         spikes per hidden neuron   per output neuron   synaptic operations     time"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<18} {:<17} {:>8.2} % {:>6.1} % {:>6.1} % {:>26.1} {:>19.1} {:>21.0} {:>6.1} s",
            row.dialect,
            readout(row),
            100.0 * row.accuracy,
            100.0 * row.ties,
            100.0 * row.silent,
            row.spikes_per_hidden_neuron,
            row.spikes_per_output_neuron,
            row.synops_per_image,
            row.seconds
        )?;
    }
    Ok(())
}
