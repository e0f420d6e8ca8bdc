//! `spikepad bench`: measures how long a presentation takes on this machine.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};
use spikepad::internals::{Parts, Reference, vector_unit};
use spikepad::{
    Digit, Drawing, EvaluationOptions, Labelled, Model, Point, Readout, Settings, SpikingNetwork, evaluate,
};

use crate::arguments::ModelArguments;
use crate::labelled_set::{LabelledSet, ReadingArguments};
use crate::output::{Output, OutputError};
use crate::scaling;
use crate::setting_flags::SettingFlags;

/// The drawn digits that the page offers.
const SAMPLES: &str = include_str!("../../www/assets/samples.json");

/// The width of the pen that they are drawn with.
const PEN: f64 = 20.0;

/// Images that are presented one at a time.
const SINGLE: usize = 10;

/// How often each of them is measured in a row. The first time brings the data back to the nearest cache, from
/// which the other measurements have displaced it.
const IN_A_ROW: usize = 3;

/// How often the drawn digits are repeated to form a set.
const REPEATED: usize = 100;

#[derive(Args)]
pub struct Arguments {
    /// Seconds to measure for
    #[arg(long, value_name = "S", default_value_t = 5.0)]
    seconds: f64,
    /// Images to present, as for evaluate [default: the ten drawn digits that the page offers]
    #[arg(long, value_name = "FILE")]
    images: Option<PathBuf>,
    /// Their labels, as for evaluate
    #[arg(long, value_name = "FILE", requires = "images")]
    labels: Option<PathBuf>,
    /// Measure instead how the time grows with steps, rate, hidden neurons and layers
    #[arg(long)]
    scaling: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    settings: SettingFlags,
}

/// Times in microseconds. Each is the shortest of all measurements.
#[derive(Serialize)]
struct Report {
    /// A presentation in the obvious loop, the reference.
    reference_us: f64,
    /// A presentation in the fast simulation.
    fast_us: f64,
    /// One image in the evaluation of a set on all threads.
    evaluate_us_per_image: f64,
    threads: usize,
    /// Only the row additions of a presentation: the lower bound, called the floor in docs/performance.md.
    ceiling_us: f64,
}

#[derive(Deserialize)]
struct Sample {
    label: u8,
    strokes: Vec<Vec<Point>>,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let model = arguments.model.load()?;
    let settings = arguments.settings.over(&model)?;
    let set = match &arguments.images {
        Some(images) => {
            let as_usual = ReadingArguments::default();
            LabelledSet::load((images, arguments.labels.as_deref()), &as_usual, None, &model)?
                .digits(&model)?
        }
        None => drawn_set(model.network().side())?,
    };
    let budget = Duration::try_from_secs_f64(arguments.seconds).context("--seconds")?;
    let digits: Vec<&Digit> = set.iter().filter_map(|image| image.digit.as_ref()).take(SINGLE).collect();
    if digits.is_empty() {
        bail!("there is nothing to present: every image is blank");
    }
    if arguments.scaling {
        return scaling::run(&model, &settings, &digits, budget, arguments.json, out);
    }
    let single: Result<Vec<_>> = digits.iter().map(|digit| Single::new(&model, digit, &settings)).collect();
    let mut single = single?;

    // The measurements take turns, so that other work on the machine disturbs all of them alike. The shortest
    // time of each is the one that was disturbed least.
    let start = Instant::now();
    let (mut whole, mut on_whole) = (Duration::MAX, Duration::ZERO);
    loop {
        single.iter_mut().for_each(Single::measure);
        // At most about half of the time, even for a large set.
        if on_whole <= start.elapsed() / 2 {
            let took = time(|| evaluate(&model, &settings, &set, &EvaluationOptions::default()))?;
            whole = whole.min(took);
            on_whole += took;
        }
        if start.elapsed() >= budget {
            break;
        }
    }

    let mean = |time: fn(&Single) -> Duration| {
        single.iter().map(|single| time(single).as_secs_f64()).sum::<f64>() / single.len() as f64 * 1e6
    };
    let report = Report {
        reference_us: mean(|single| single.by_reference),
        fast_us: mean(|single| single.on_fast_path),
        evaluate_us_per_image: whole.as_secs_f64() / set.len() as f64 * 1e6,
        threads: rayon::current_num_threads(),
        ceiling_us: mean(|single| single.additions),
    };
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        print(&report, &settings, mean(|single| single.encoding), mean(|single| single.first_layer), out)?;
    }
    Ok(())
}

/// The presentation of one digit, and the shortest times of it and of its parts.
struct Single {
    digit: Digit,
    seed: u64,
    network: SpikingNetwork,
    reference: Reference,
    parts: Parts,
    by_reference: Duration,
    on_fast_path: Duration,
    encoding: Duration,
    first_layer: Duration,
    additions: Duration,
}

impl Single {
    fn new(model: &Model, digit: &Digit, settings: &Settings) -> Result<Self> {
        Ok(Self {
            digit: digit.clone(),
            seed: settings.seed,
            network: SpikingNetwork::new(model, settings)?,
            reference: Reference::new(model, settings)?,
            parts: Parts::of(model, digit, settings)?,
            by_reference: Duration::MAX,
            on_fast_path: Duration::MAX,
            encoding: Duration::MAX,
            first_layer: Duration::MAX,
            additions: Duration::MAX,
        })
    }

    /// Measures each of them equally often, because the shortest of more measurements is shorter.
    fn measure(&mut self) {
        let Self { digit, seed, network, reference, parts, .. } = self;
        let readout = network.readout();
        // The digit has been presented before, when the parts were made.
        let fits = "the digit fits the network";
        let by_reference = |readout: &mut _| reference.present(digit, *seed, readout).expect(fits);
        keep_least(&mut self.by_reference, by_reference, &readout);
        let on_fast_path = |readout: &mut _| network.present(digit, *seed, readout).expect(fits);
        keep_least(&mut self.on_fast_path, on_fast_path, &readout);
        keep_least(&mut self.encoding, |_| parts.encode(), &readout);
        keep_least(&mut self.first_layer, |_| parts.first_layer(), &readout);
        keep_least(&mut self.additions, |_| parts.add_rows(), &readout);
    }
}

fn keep_least(least: &mut Duration, mut work: impl FnMut(&mut Readout), readout: &Readout) {
    for _ in 0..IN_A_ROW {
        let mut readout = readout.clone();
        let start = Instant::now();
        work(&mut readout);
        *least = (*least).min(start.elapsed());
    }
}

fn time<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn drawn_set(side: usize) -> Result<Vec<Labelled>> {
    let samples: Vec<Sample> = serde_json::from_str(SAMPLES).context("the drawn digits")?;
    let mut set = Vec::new();
    for Sample { label, strokes } in samples {
        let raster = Drawing::new(strokes, PEN)?.rasterise();
        let digit = raster.as_ref().and_then(|raster| Digit::from_raster_with_side(raster, side));
        set.push(Labelled { digit, label });
    }
    Ok(set.iter().cycle().take(set.len() * REPEATED).cloned().collect())
}

fn print(
    report: &Report,
    settings: &Settings,
    encoding: f64,
    first_layer: f64,
    out: &mut Output,
) -> Result<(), OutputError> {
    let Report { reference_us, fast_us, evaluate_us_per_image, threads, ceiling_us } = report;
    writeln!(out, "one presentation of {} steps, {} vectors, one thread", settings.steps, vector_unit())?;
    writeln!(out, "  the obvious loop      {reference_us:>8.1} us")?;
    writeln!(out, "  the fast path         {fast_us:>8.1} us   {:.1} times as fast", reference_us / fast_us)?;
    writeln!(out, "    encoding            {encoding:>8.1} us")?;
    writeln!(out, "    the first layer     {first_layer:>8.1} us")?;
    writeln!(
        out,
        "  row additions alone   {ceiling_us:>8.1} us   the fast path takes {:.2} times as long",
        fast_us / ceiling_us
    )?;
    writeln!(out, "a set on {threads} threads     {evaluate_us_per_image:>8.1} us per image")?;
    Ok(())
}
