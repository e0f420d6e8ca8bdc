//! `spikepad classify`: classifies drawings or pictures.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use spikepad::{Digit, Doubt, Drawing, Model, Point, Raster, Settings, SpikingNetwork, Verdict};

use crate::arguments::ModelArguments;
use crate::setting_flags::SettingFlags;

#[derive(Args)]
#[group(id = "input", required = true)]
pub struct Arguments {
    /// Drawings, one JSON object per line: id, label (optional), strokes (each a list of [x, y], y down);
    /// '-' for standard input
    #[arg(long, value_name = "JSONL", group = "input")]
    strokes: Option<PathBuf>,
    /// Pictures of one digit each, PNG or JPEG, dark on light or light on dark
    #[arg(value_name = "PICTURE", group = "input")]
    pictures: Vec<PathBuf>,
    /// Width of the pen, in the units of the strokes
    #[arg(long, value_name = "PX", default_value_t = 16.0)]
    pen: f64,
    /// Print only the answers, one JSON object per digit
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    settings: SettingFlags,
}

/// A line of the file of drawings.
#[derive(Deserialize)]
struct Line {
    id: Value,
    label: Option<usize>,
    strokes: Vec<Vec<Point>>,
}

/// A line of the output.
#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<usize>,
    digit: Option<usize>,
    ann_digit: Option<usize>,
    counts: Vec<u32>,
    margin: f64,
    doubt: Option<Doubt>,
    sure: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let model = arguments.model.load()?;
    let settings = arguments.settings.over(&model)?;
    let mut reader = Reader::new(&model, &settings)?;
    match &arguments.strokes {
        Some(path) => reader.read_drawings(path, arguments.pen)?,
        None => arguments.pictures.iter().try_for_each(|path| reader.read_picture(path))?,
    }
    if !arguments.json {
        reader.report();
    }
    Ok(())
}

/// Classifies digits, prints an answer for each, and counts the correct ones.
struct Reader<'a> {
    model: &'a Model,
    network: SpikingNetwork,
    read: usize,
    sure: usize,
    labelled: usize,
    right: usize,
    ann_right: usize,
}

impl<'a> Reader<'a> {
    fn new(model: &'a Model, settings: &Settings) -> Result<Self> {
        let network = SpikingNetwork::new(model, settings)?;
        Ok(Self { model, network, read: 0, sure: 0, labelled: 0, right: 0, ann_right: 0 })
    }

    fn read_drawings(&mut self, path: &Path, pen: f64) -> Result<()> {
        let lines: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            Box::new(BufReader::new(file))
        };
        for (number, line) in lines.lines().enumerate() {
            let place = || format!("{}, line {}", path.display(), number + 1);
            let line = line.with_context(place)?;
            if line.trim().is_empty() {
                continue;
            }
            let Line { id, label, strokes } = serde_json::from_str(&line).with_context(place)?;
            let raster = Drawing::new(strokes, pen).with_context(place)?.rasterise();
            self.answer(id, label, raster.as_ref().and_then(Digit::from_raster))?;
        }
        Ok(())
    }

    fn read_picture(&mut self, path: &Path) -> Result<()> {
        let place = || path.display().to_string();
        let picture = image::open(path).with_context(place)?.into_rgba8();
        let (width, height) = picture.dimensions();
        let raster =
            Raster::from_rgba(width as usize, height as usize, picture.as_raw()).with_context(place)?;
        self.answer(place().into(), None, Digit::from_raster(&raster))
    }

    fn answer(&mut self, id: Value, label: Option<usize>, digit: Option<Digit>) -> Result<()> {
        let ann_digit = match &digit {
            Some(digit) => self.model.network().classify(digit)?,
            None => None,
        };
        let seed = self.network.settings().seed;
        let verdict = self.network.verdict(digit.as_ref(), seed)?;
        self.read += 1;
        self.sure += usize::from(verdict.sure);
        if label.is_some() {
            self.labelled += 1;
            self.right += usize::from(label == verdict.digit);
            self.ann_right += usize::from(label == ann_digit);
        }
        let Verdict { digit, counts, margin, doubt, sure, .. } = verdict;
        let answer = Answer { id, label, digit, ann_digit, counts, margin, doubt, sure };
        let mut out = io::stdout().lock();
        let written = serde_json::to_writer(&mut out, &answer).map_err(io::Error::from);
        match written.and_then(|()| writeln!(out)) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => bail!(error),
            _ => Ok(()),
        }
    }

    fn report(&self) {
        eprintln!("sure of {} of {}", self.sure, self.read);
        if self.labelled > 0 {
            let percent = |right: usize| 100.0 * right as f64 / self.labelled as f64;
            let (snn, ann) = (percent(self.right), percent(self.ann_right));
            eprintln!("{} of {} right: SNN {snn:.2} %, ANN {ann:.2} %", self.right, self.labelled);
        }
    }
}
