//! Measures the table and the figure of docs/conversion.md.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use spikepad::{Conversion, Labelled, Model, Normalisation, Reset};

use crate::arguments::ConversionArguments;
use crate::card;
use crate::conversion;
use crate::figures;
use crate::mnist::Digits;
use crate::plot::{Line, plot};
use crate::progress::progress_bar;

/// Membrane time constants, ms; `None` for no leak.
const TAUS: [Option<f64>; 7] =
    [Some(5.0), Some(10.0), Some(20.0), Some(50.0), Some(100.0), Some(200.0), None];

/// Numbers of steps.
const STEPS: [u32; 6] = [5, 10, 20, 50, 100, 350];

/// The marks around the part of the page that the command writes.
const MARKS: [&str; 2] = ["<!-- measured: begin -->\n", "<!-- measured: end -->"];

/// The normalisations that are compared. The last one is a search on the digits.
const NORMALISATIONS: [(&str, Option<Normalisation>); 5] = [
    ("none", Some(Normalisation::None)),
    ("max", Some(Normalisation::Max)),
    ("99 %", Some(Normalisation::Percentile99)),
    ("99.9 %", Some(Normalisation::Percentile99_9)),
    ("searched", None),
];

struct Row {
    conversion: Conversion,
    normalisation: &'static str,
    accuracies: Vec<f64>,
}

/// Measures every conversion and renews the page.
pub fn conversion(arguments: &ConversionArguments) -> Result<()> {
    let bytes =
        fs::read(&arguments.model).with_context(|| format!("cannot read {}", arguments.model.display()))?;
    let model = Model::from_safetensors(&bytes)?;
    let all = Digits::read(&arguments.data.data, "train")?;
    let (_, held_back) = all.hold_back(arguments.data.hold_back, arguments.data.seed);
    let mut digits = figures::labelled(&held_back);
    ensure!(!digits.is_empty(), "no digits are held back to measure on; see --hold-back");
    digits.truncate(arguments.digits);

    let rows = measure(&model, &digits, arguments.data.seed)?;
    let ann = figures::ann_accuracy(&model, &digits);
    write_page(&arguments.docs, &rows, ann, digits.len())?;
    if arguments.write {
        let mean = |row: &&Row| row.accuracies.iter().sum::<f64>();
        let best = rows
            .iter()
            .filter(|row| row.conversion.tau_m.is_some())
            .max_by(|a, b| mean(a).total_cmp(&mean(b)))
            .context("nothing was measured")?;
        println!("best with a leak: {:?}", best.conversion);
        let chosen = card::described(&model, |d| d.conversion = Some(best.conversion.clone()))?;
        fs::write(&arguments.model, chosen.to_safetensors()?)
            .with_context(|| format!("cannot write {}", arguments.model.display()))?;
    }
    Ok(())
}

fn measure(model: &Model, digits: &[Labelled], seed: u64) -> Result<Vec<Row>> {
    let bar = progress_bar("converting");
    bar.set_length((2 * TAUS.len() * NORMALISATIONS.len()) as u64);
    let mut rows = Vec::new();
    for reset in [Reset::Subtract, Reset::Zero] {
        for tau_m in TAUS {
            for (name, normalisation) in NORMALISATIONS {
                let gains = model.gains(normalisation.unwrap_or(Normalisation::Percentile99_9))?;
                let mut conversion = Conversion::new(gains, tau_m, reset);
                if normalisation.is_none() {
                    conversion = conversion::search(model, conversion, digits, seed)?;
                }
                // Another seed than in the search for the gains.
                let accuracies = conversion::accuracies(model, &conversion, digits, &STEPS, seed + 1)?;
                rows.push(Row { conversion, normalisation: name, accuracies });
                bar.inc(1);
            }
        }
    }
    bar.finish();
    Ok(rows)
}

fn write_page(folder: &Path, rows: &[Row], ann: f64, digits: usize) -> Result<()> {
    let mut table = format!(
        "Accuracy in % on {digits} held-back digits, on which the ANN itself gets {:.2} %.\n\n\
         | reset | τ_m, ms | normalisation | gains |{}\n|---|---|---|---|{}\n",
        100.0 * ann,
        STEPS.map(|steps| format!(" {steps} |")).concat(),
        "---|".repeat(STEPS.len()),
    );
    for row in rows {
        let Conversion { gains, .. } = &row.conversion;
        let accuracies = row.accuracies.iter().map(|a| format!(" {:.2} |", 100.0 * a));
        writeln!(
            table,
            "| {} | {} | {} | {:.3}, {:.3} |{}",
            reset_name(row.conversion.reset),
            tau_name(row.conversion.tau_m),
            row.normalisation,
            gains[0],
            gains[1],
            accuracies.collect::<String>()
        )?;
    }
    let path = folder.join("conversion.md");
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let [begin, end] = MARKS;
    let (before, rest) = page.split_once(begin).context("docs/conversion.md has lost its marks")?;
    let (_, after) = rest.split_once(end).context("docs/conversion.md has lost its marks")?;
    fs::write(&path, format!("{before}{begin}\n{table}\n{end}{after}"))?;

    // The figure shows all normalisations and both resets at 100 ms.
    let drawn = rows.iter().filter(|row| row.conversion.tau_m == Some(100.0)).map(|row| Line {
        name: format!("{}, {}", row.normalisation, reset_name(row.conversion.reset)),
        dashed: row.conversion.reset == Reset::Zero,
        points: STEPS.iter().map(|&s| f64::from(s)).zip(row.accuracies.iter().map(|a| 100.0 * a)).collect(),
    });
    let title = "Accuracy against steps, by normalisation and reset (τ_m = 100 ms)";
    fs::write(folder.join("conversion.svg"), plot(title, &drawn.collect::<Vec<_>>(), 100.0 * ann))?;
    Ok(())
}

fn reset_name(reset: Reset) -> &'static str {
    match reset {
        Reset::Zero => "to zero",
        Reset::Subtract => "by subtraction",
        other => other.name(),
    }
}

fn tau_name(tau_m: Option<f64>) -> String {
    tau_m.map_or_else(|| "∞".to_owned(), |tau_m| tau_m.to_string())
}
