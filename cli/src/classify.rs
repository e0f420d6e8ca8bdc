//! `spikepad classify`: classifies drawings or pictures.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use spikepad::{Digit, Doubt, Model, Settings, SpikingNetwork, Verdict};

use crate::arguments::ModelArguments;
use crate::link::{Link, MAX_LINK};
use crate::output::{Output, Reported, report, report_error};
use crate::readers::{Drawn, Lines, read, read_drawn, read_picture};
use crate::setting_flags::SettingFlags;

#[derive(Args)]
#[group(id = "input", required = true)]
pub struct Arguments {
    /// Drawings, one JSON object per line: id, label (optional), strokes (each a list of [x, y], y down);
    /// '-' for standard input
    #[arg(long, value_name = "JSONL", group = "input")]
    strokes: Option<PathBuf>,
    /// A link to a drawing, as "Copy link" on the page writes it, with its settings; '-' for standard input. A link to another network
    /// needs --model
    #[arg(long, value_name = "LINK", group = "input", conflicts_with = "pen")]
    link: Option<String>,
    /// Pictures of one digit each: PNG, JPEG, GIF, BMP, WebP or TIFF, dark on light or light on dark
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

/// A line of the output.
#[derive(Serialize)]
struct Answer {
    id: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<usize>,
    digit: Option<usize>,
    ann_digit: Option<usize>,
    counts: Vec<u32>,
    margin: f64,
    doubt: Option<Doubt>,
    sure: bool,
    /// Digits in the drawing or the picture, if there are several. Then the answer is not sure.
    #[serde(skip_serializing_if = "is_one")]
    digits: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_one(digits: &usize) -> bool {
    *digits <= 1
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let link = arguments.link.as_deref().map(read_link).transpose()?;
    let model = match &link {
        Some(link) => arguments.model.load_linked(link)?,
        None => arguments.model.load()?,
    };
    let linked = link.as_ref().map_or(&[][..], |link| &link.settings);
    let settings = arguments.settings.over_others(&model, linked)?;
    let mut reader = Reader::new(&model, &settings, out)?;
    match (&arguments.strokes, &link) {
        (Some(path), _) => reader.read_drawings(path, arguments.pen)?,
        (None, Some(link)) => {
            let (digit, digits) = link.digit(model.network().side())?;
            reader.answer(to_raw_value("link")?, None, digit, digits)?;
        }
        (None, None) => arguments.pictures.iter().try_for_each(|path| reader.read_picture(path))?,
    }
    if !arguments.json && reader.read > 0 {
        reader.report();
    }
    if reader.failed > 0 { Err(Reported.into()) } else { Ok(()) }
}

/// The link that was given, or that is on standard input.
fn read_link(text: &str) -> Result<Link> {
    if text != "-" {
        return Ok(Link::read(text)?);
    }
    let mut text = String::new();
    // With one byte more, to tell the longest link from one that is cut off.
    io::stdin().lock().take(MAX_LINK as u64 + 1).read_to_string(&mut text).context("standard input")?;
    Ok(Link::read(&text)?)
}

/// Classifies digits, prints an answer for each, and counts the correct ones.
struct Reader<'a> {
    model: &'a Model,
    network: SpikingNetwork,
    out: &'a mut Output,
    /// Drawings or pictures that could not be read.
    failed: usize,
    read: usize,
    sure: usize,
    labelled: usize,
    right: usize,
    ann_right: usize,
}

impl<'a> Reader<'a> {
    fn new(model: &'a Model, settings: &Settings, out: &'a mut Output) -> Result<Self> {
        let network = SpikingNetwork::new(model, settings)?;
        Ok(Self { model, network, out, failed: 0, read: 0, sure: 0, labelled: 0, right: 0, ann_right: 0 })
    }

    fn read_drawings(&mut self, path: &Path, pen: f64) -> Result<()> {
        let reader: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            Box::new(BufReader::new(file))
        };
        let mut lines = Lines::new(reader);
        loop {
            let drawn = match lines.next() {
                Ok(None) => break Ok(()),
                Ok(Some(line)) => read_drawn(line, pen).map_err(anyhow::Error::from),
                // What follows cannot be told apart from this line.
                Err(error) => break Err(error).with_context(|| place(path, lines.number())),
            };
            match drawn.with_context(|| place(path, lines.number())) {
                Ok(Drawn { id, label, drawing }) => {
                    let raster = drawing.rasterise();
                    let side = self.model.network().side();
                    let digit = raster.as_ref().and_then(|raster| Digit::from_raster_with_side(raster, side));
                    self.answer(id, label, digit, drawing.digits().len())?;
                }
                Err(error) => self.skip(&error),
            }
        }
    }

    fn read_picture(&mut self, path: &Path) -> Result<()> {
        let name = || path.display().to_string();
        let picture = read(path).and_then(|bytes| read_picture(&bytes).with_context(name));
        match picture {
            Ok(picture) => {
                picture.notes().iter().for_each(|note| report(format_args!("{}: {note}", name())));
                let side = self.model.network().side();
                let digit = picture.chosen_digit().and_then(|digit| digit.resized(side));
                self.answer(to_raw_value(&name())?, None, digit, picture.digits().len())
            }
            Err(error) => {
                self.skip(&error);
                Ok(())
            }
        }
    }

    /// Reports what cannot be read. The others are read nevertheless.
    fn skip(&mut self, error: &anyhow::Error) {
        self.failed += 1;
        report_error(error);
    }

    /// `digits` is the number of digits in the drawing, which are read as one, or in the picture, of which `digit` is one.
    fn answer(
        &mut self,
        id: Box<RawValue>,
        label: Option<usize>,
        digit: Option<Digit>,
        digits: usize,
    ) -> Result<()> {
        let seed = self.network.settings().seed;
        let ann_digit = match &digit {
            Some(digit) => self.model.classify(digit, seed)?,
            None => None,
        };
        let verdict = self.network.verdict(digit.as_ref(), seed)?;
        let sure = verdict.sure && digits <= 1;
        self.read += 1;
        self.sure += usize::from(sure);
        if label.is_some() {
            self.labelled += 1;
            self.right += usize::from(label == verdict.digit);
            self.ann_right += usize::from(label == ann_digit);
        }
        let Verdict { digit, counts, margin, doubt, .. } = verdict;
        let answer = Answer { id, label, digit, ann_digit, counts, margin, doubt, sure, digits };
        Ok(writeln!(self.out, "{}", serde_json::to_string(&answer)?)?)
    }

    fn report(&self) {
        report(format_args!("sure of {} of {}", self.sure, self.read));
        if self.labelled > 0 {
            let percent = |right: usize| 100.0 * right as f64 / self.labelled as f64;
            let (snn, ann) = (percent(self.right), percent(self.ann_right));
            let (right, all) = (self.right, self.labelled);
            report(format_args!("{right} of {all} right: SNN {snn:.2} %, ANN {ann:.2} %"));
        }
    }
}

fn place(path: &Path, line: usize) -> String {
    format!("{}, line {line}", path.display())
}
