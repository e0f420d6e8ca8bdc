//! A labelled set of images, from the files and flags of the command line.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use serde::Serialize;
use spikepad::{ImageReading, ImageSet, ImageSetError, Labelled, Model, label};

use crate::output::report;
use crate::readers::{Labels, read, read_set_images, read_set_labels};

#[derive(Args, Default)]
#[command(next_help_heading = "Images that are not as in MNIST")]
pub struct ReadingArguments {
    /// Values of paper and of full ink [default: 0,255, or 0,1 if no value is above 1]
    #[arg(long, value_name = "PAPER,INK", allow_hyphen_values = true)]
    range: Option<Range>,
    /// Exchange paper and ink
    #[arg(long)]
    invert: bool,
    /// Exchange rows and columns, as EMNIST needs
    #[arg(long)]
    transpose: bool,
    /// Turn the images clockwise, after --transpose
    #[arg(long, value_name = "DEGREES", value_parser = ["90", "180", "270"])]
    rotate: Option<String>,
}

/// The values of paper and of full ink.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    paper: f64,
    ink: f64,
}

impl FromStr for Range {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse().ok().filter(|value: &f64| value.is_finite());
        let numbers = text.split_once(',').and_then(|(paper, ink)| number(paper).zip(number(ink)));
        let (paper, ink) = numbers.ok_or("write it as two numbers: PAPER,INK")?;
        if paper == ink {
            return Err("paper and ink must differ");
        }
        Ok(Self { paper, ink })
    }
}

/// A way to read the images of a set, in the words of the flags.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Way {
    /// The value of paper, before `invert`.
    pub paper: f64,
    /// The value of full ink, before `invert`.
    pub ink: f64,
    /// Whether paper and ink are exchanged.
    pub invert: bool,
    /// Whether rows and columns are exchanged.
    pub transpose: bool,
    /// Degrees clockwise, after that.
    pub rotate: u16,
}

impl Way {
    /// The same for the library.
    pub fn reading(self) -> ImageReading {
        let Self { paper, ink, invert, transpose, rotate } = self;
        let (paper, ink) = if invert { (ink, paper) } else { (paper, ink) };
        ImageReading { paper, ink, transpose, quarter_turns: (rotate / 90) as u8 }
    }
}

/// Images with their labels.
pub struct LabelledSet {
    /// The images.
    pub images: ImageSet,
    /// A label for each.
    pub labels: Vec<u8>,
    /// How the images are read.
    pub way: Way,
}

impl LabelledSet {
    /// Reads a set from its files. Only the first `limit` images are kept. `model` tells the classes.
    pub fn load(
        paths: (&Path, Option<&Path>),
        arguments: &ReadingArguments,
        limit: Option<usize>,
        model: &Model,
    ) -> Result<Self> {
        let (images_path, labels_path) = paths;
        let place = || images_path.display().to_string();
        let (mut images, own_labels) = read_set_images(&read(images_path)?).with_context(place)?;
        let labels = match labels_path {
            Some(path) => read_set_labels(&read(path)?).with_context(|| path.display().to_string())?,
            None => {
                own_labels.with_context(|| format!("{} has no labels; give them with --labels", place()))?
            }
        };
        let labels_place = labels_path.unwrap_or(images_path).display();
        if images.len() != labels.labels.len() {
            let (images, labels) = (images.len(), labels.labels.len());
            let places = format!("{} and {labels_place}", place());
            let error = spikepad::EvaluationError::Count { images, labels };
            return Err(anyhow!("{error}; give the labels of these images").context(places));
        }
        images.truncate(limit.unwrap_or(usize::MAX));
        check_labels(&labels, images.len(), model).with_context(|| labels_place.to_string())?;
        let way = arguments.way(&mut images, images_path)?;
        let mut labels = labels.labels;
        labels.truncate(images.len());
        Ok(Self { images, labels, way })
    }

    /// The images as digits that fit the network of `model`, with their labels.
    pub fn digits(&self, model: &Model) -> Result<Vec<Labelled>> {
        let side = model.network().side();
        Ok(label(self.images.digits_with_side(&self.way.reading(), side), &self.labels)?)
    }
}

/// Checks that the first `count` labels are classes of the network.
fn check_labels(labels: &Labels, count: usize, model: &Model) -> Result<()> {
    let classes = model.network().classes();
    let wrong = labels.labels.iter().take(count).position(|&label| usize::from(label) >= classes);
    wrong.map_or(Ok(()), |index| {
        let (place, label, last) = (labels.place(index), labels.labels[index], classes - 1);
        Err(anyhow!("{place} is {label}, but the network has the classes 0 to {last}; give a set of these"))
    })
}

impl ReadingArguments {
    /// How a set is to be read. Reports what nobody asked for.
    fn way(&self, images: &mut ImageSet, path: &Path) -> Result<Way> {
        let note = |text: &str| report(format_args!("spikepad: note: {}: {text}", path.display()));
        if images.take_wrapped_bytes_as_unsigned() {
            note(
                "the bytes are marked as signed, but their values are those of unsigned bytes; read as unsigned",
            );
        }
        let Self { range, invert, transpose, rotate } = self;
        let rotate = rotate.as_ref().and_then(|degrees| degrees.parse().ok()).unwrap_or(0);
        let usual = || match images.usual_reading() {
            Ok(usual) => {
                if usual.ink == 1.0 {
                    note("no value is above 1, so 1 is read as full ink, as --range 0,1 does");
                }
                Ok(Range { paper: usual.paper, ink: usual.ink })
            }
            Err(error @ ImageSetError::Range { least, largest }) => {
                // As precisely as most files hold them.
                let (least, largest) = (least as f32, largest as f32);
                let advice = format!("with --range PAPER,INK, such as --range {least},{largest}");
                Err(anyhow!("{error} {advice}").context(path.display().to_string()))
            }
            Err(error) => Err(anyhow!(error).context(path.display().to_string())),
        };
        // Values that are no numbers are an error in any range.
        let place = || path.display().to_string();
        let Range { paper, ink } = match *range {
            Some(range) => images.extremes().map(|_| range).with_context(place)?,
            None => usual()?,
        };
        Ok(Way { paper, ink, invert: *invert, transpose: *transpose, rotate })
    }
}

/// The paths of the files of a set.
#[derive(Args)]
pub struct SetArguments {
    /// Images: IDX or CSV, plain or gzipped. Images of the network's size are used unchanged,
    /// those of 28 x 28 pixels reach another size by area means, others are fitted. A CSV file has a row
    /// for each image, with its label or without
    #[arg(long, value_name = "FILE")]
    pub images: PathBuf,
    /// Their labels: IDX or CSV, plain or gzipped [default: those in the CSV file of the images]
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
    /// Evaluate only the first N images
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}
