//! `spikepad doctor`: says why a network loses accuracy as spikes, and what to change.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use spikepad::{
    DialectExamination, Examination, FlagValue, Labelled, LayerReport, Model, NormalisationReport, Outcome,
    RecipeReport, Report, compare_normalisations, compare_recipes, examine, examine_dialect,
};

use crate::arguments::{DialectArguments, StateArguments};
use crate::labelled_set::{LabelledSet, ReadingArguments};
use crate::opening::{ChoiceArguments, calibration_digits};
use crate::other_ways::BetterWay;
use crate::output::{Output, OutputError, printable, report as tell};
use crate::readout::{ReadoutArgument, parser};
use crate::setting_flags::{HEADING, SettingFlags, help_of};

#[derive(Args)]
pub struct Arguments {
    /// Network: a file of any format that `inspect` reads, with the files that belong to it [default: the page's model]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Images to examine it with, as for evaluate [default: 300 of MNIST's training digits]
    #[arg(long, value_name = "FILE")]
    images: Option<PathBuf>,
    /// Their labels, as for evaluate
    #[arg(long, value_name = "FILE", requires = "images")]
    labels: Option<PathBuf>,
    /// Use only the first N images
    #[arg(long, value_name = "N", requires = "images")]
    limit: Option<usize>,
    /// Compare the ways to scale the weights instead, with gains that are searched among them
    #[arg(long, conflicts_with = "dialect")]
    normalisations: bool,
    /// Compare the conversions of other tools instead: SpikingJelly, SNN Toolbox and Sinabs
    #[arg(long, conflicts_with_all = ["dialect", "normalisations"])]
    recipes: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: ChoiceArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    state: StateArguments,
    #[arg(long, value_parser = parser(), help = help_of("readout"), help_heading = HEADING)]
    readout: Option<ReadoutArgument>,
    #[command(flatten)]
    settings: SettingFlags,
    #[command(flatten)]
    dialect: DialectArguments,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let Arguments {
        files,
        images,
        labels,
        limit,
        normalisations,
        recipes,
        json,
        choice,
        reading,
        state,
        readout,
        settings,
        dialect,
    } = arguments;
    let model = if files.is_empty() { choice.shipped()? } else { choice.model(files)? };
    let mut settings = settings.over(&model)?;
    let calibration = calibration_digits(&model)?;
    let digits = match images {
        Some(images) => {
            let set = LabelledSet::load((images, labels.as_deref()), reading, *limit, &model)?;
            // Under the settings that suit the model: those that were given may be the fault.
            if let Some(better) = BetterWay::find(&set, &model, &model.defaults()) {
                tell(format_args!("spikepad: note: {}: {better}", images.display()));
            }
            set.digits(&model)?
        }
        None => readable(&calibration, &model),
    };
    if *normalisations {
        let ways = compare_normalisations(&model, &digits, &settings).with_context(|| place(files))?;
        return if *json {
            Ok(writeln!(out, "{}", serde_json::to_string(&ways)?)?)
        } else {
            Ok(print_ways(&ways, digits.len(), out)?)
        };
    }
    if *recipes {
        let recipes = compare_recipes(&model, &digits).with_context(|| place(files))?;
        return if *json {
            Ok(writeln!(out, "{}", serde_json::to_string(&recipes)?)?)
        } else {
            Ok(print_recipes(&recipes, digits.len(), out)?)
        };
    }
    let report = match dialect.dialect()? {
        Some(dialect) => {
            let mut examination = DialectExamination::new(dialect);
            examination.decoding = readout.map(ReadoutArgument::decoding).transpose()?;
            (examination.steps, examination.seed) = (settings.steps, settings.seed);
            examine_dialect(&model, &digits, &examination)
        }
        None => {
            if let Some(readout) = readout {
                settings.readout = readout.reading()?;
            }
            let mut examination = Examination::new(settings);
            examination.keeps_state = state.keeps();
            examination.scaling_found = !files.is_empty() && choice.finds_scaling();
            examination.calibration = &calibration;
            examine(&model, &digits, &examination)
        }
    };
    let report = report.with_context(|| place(files))?;
    if *json {
        return Ok(writeln!(out, "{}", serde_json::to_string(&report)?)?);
    }
    Ok(print(&report, images.is_none(), out)?)
}

fn print_recipes(recipes: &[RecipeReport], images: usize, out: &mut Output) -> Result<(), OutputError> {
    writeln!(
        out,
        "accuracy on {images} digits, by steps; each half is read with scales from the other half\n"
    )?;
    writeln!(out, "recipe                    5       10       20       60      350   tool")?;
    for RecipeReport { name, tool, accuracy, .. } in recipes {
        let cells: String = accuracy.iter().map(|share| format!("{:>7.1} %", 100.0 * share)).collect();
        writeln!(out, "{name:<19}{cells}   {tool}")?;
    }
    for RecipeReport { name, code, text, source, .. } in recipes {
        writeln!(out, "\n{name}: {text}\n  {code}\n  {source}")?;
    }
    Ok(())
}

/// The calibration digits whose classes the network has.
fn readable(digits: &[Labelled], model: &Model) -> Vec<Labelled> {
    let classes = model.network().classes();
    digits.iter().filter(|image| usize::from(image.label) < classes).cloned().collect()
}

fn place(files: &[PathBuf]) -> String {
    files.first().map_or_else(|| "the page's model".into(), |file| file.display().to_string())
}

fn print(report: &Report, calibrated: bool, out: &mut Output) -> Result<(), OutputError> {
    let Report { advice, settings, layers, images, curve, curve_after, departs, .. } = report;
    writeln!(out, "{}\n", printable(advice))?;
    if !settings.is_empty() {
        let flags: Vec<String> = settings.iter().map(|(flag, value)| written(flag, value)).collect();
        writeln!(out, "cause: {}\nchange: {}\n", report.cause, flags.join(" "))?;
    }
    let which = if calibrated { "of MNIST's training digits" } else { "of the given images" };
    writeln!(out, "measured on {images} {which}\n")?;
    writeln!(
        out,
        "layer              neurons       r   slope   saturated   silent     dead   spikes per digit   synaptic operations"
    )?;
    for LayerReport { name, neurons, r, slope, saturated, silent, dead, spikes, synops, .. } in layers {
        writeln!(
            out,
            "{:<18} {neurons:>7} {r:>7.3} {slope:>7.3} {:>9.1} % {:>6.1} % {:>6.1} % {spikes:>18.1} {synops:>21.0}",
            printable(name),
            100.0 * saturated,
            100.0 * silent,
            100.0 * dead,
        )?;
    }
    if let Some(layer) = departs {
        writeln!(out, "\nthe spikes depart from the ANN in layer '{}'", printable(&layers[*layer].name))?;
    }
    writeln!(
        out,
        "\n  steps     accuracy{}",
        if curve_after.is_empty() { "" } else { "   with the change" }
    )?;
    let after = |steps: u32| curve_after.iter().find(|outcome| outcome.steps == steps);
    for Outcome { accuracy, steps } in curve {
        write!(out, "{steps:>7} {:>10.2} %", 100.0 * accuracy)?;
        match after(*steps) {
            Some(outcome) => writeln!(out, " {:>15.2} %", 100.0 * outcome.accuracy)?,
            None => writeln!(out)?,
        }
    }
    let beyond = |outcome: &&Outcome| curve.iter().all(|other| other.steps != outcome.steps);
    for Outcome { accuracy, steps } in curve_after.iter().filter(beyond) {
        writeln!(out, "{steps:>7} {:>12} {:>15.2} %", "", 100.0 * accuracy)?;
    }
    writeln!(out, "    ANN {:>10.2} %", 100.0 * report.ann_accuracy)
}

fn print_ways(ways: &[NormalisationReport], images: usize, out: &mut Output) -> Result<(), OutputError> {
    writeln!(out, "accuracy on {images} images after so many steps\n")?;
    writeln!(out, "normalisation          5       10       20       60      350   gains")?;
    for NormalisationReport { name, gains, accuracy, .. } in ways {
        let cells: String = accuracy.iter().map(|share| format!(" {:>6.2} %", 100.0 * share)).collect();
        let gains: Vec<String> = gains.iter().map(|gain| format!("{gain:.4}")).collect();
        writeln!(out, "{name:<14}{cells}   {}", gains.join(","))?;
    }
    Ok(())
}

/// A flag as it is given to `spikepad evaluate`.
fn written(flag: &str, value: &FlagValue) -> String {
    let quoted = |text: &str| {
        if text.contains(|letter: char| !(letter.is_ascii_alphanumeric() || ".,-_=".contains(letter))) {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    match value {
        FlagValue::Given(_) => format!("--{flag}"),
        FlagValue::Number(number) => format!("--{flag} {number}"),
        FlagValue::Text(text) => format!("--{flag} {}", quoted(text)),
        FlagValue::Texts(texts) => {
            texts.iter().map(|text| format!("--{flag} {}", quoted(text))).collect::<Vec<_>>().join(" ")
        }
    }
}
