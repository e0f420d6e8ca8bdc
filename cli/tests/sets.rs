//! Sets of digits in the files that people have.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::Value;
use spikepad::{Digit, Drawing, PIXELS, Point};
use tempfile::TempDir;

#[derive(Deserialize)]
struct Sample {
    label: u8,
    strokes: Vec<Vec<Point>>,
}

type Image = [u8; PIXELS];

/// The digits that the page draws, 14 of all classes, with three pens each, and their classes.
fn drawn() -> (Vec<Image>, Vec<u8>) {
    let samples: Vec<Sample> = serde_json::from_str(include_str!("../../www/assets/samples.json")).unwrap();
    let of = |sample: &Sample, pen| {
        let raster = Drawing::new(sample.strokes.clone(), pen).unwrap().rasterise().unwrap();
        let digit = Digit::from_raster(&raster).unwrap();
        (Image::try_from(digit.ink()).unwrap(), sample.label)
    };
    samples.iter().flat_map(|sample| [16.0, 20.0, 24.0].map(|pen| of(sample, pen))).unzip()
}

fn idx(magic: u32, sides: &[u32], data: Vec<u8>) -> Vec<u8> {
    let header = [magic].into_iter().chain(sides.iter().copied()).flat_map(u32::to_be_bytes);
    header.chain(data).collect()
}

/// An IDX file of images whose pixels are written by `write`.
fn idx_images(pixel_type: u32, images: &[Image], write: impl Fn(u8) -> Vec<u8>) -> Vec<u8> {
    let data = images.iter().flatten().flat_map(|&ink| write(ink)).collect();
    idx(pixel_type << 8 | 3, &[images.len() as u32, 28, 28], data)
}

fn idx_labels(labels: &[u8]) -> Vec<u8> {
    idx(0x801, &[labels.len() as u32], labels.to_vec())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A table like Kaggle's, with labels if there are any.
fn csv(images: &[Image], labels: Option<&[u8]>, header: bool) -> Vec<u8> {
    let columns = labels.map(|_| "label".to_owned()).into_iter();
    let columns: Vec<_> = columns.chain((0..PIXELS).map(|i| format!("pixel{i}"))).collect();
    let mut text = if header { columns.join(",") + "\n" } else { String::new() };
    for (i, image) in images.iter().enumerate() {
        let label = labels.map(|labels| labels[i].to_string());
        let row: Vec<_> = label.into_iter().chain(image.iter().map(u8::to_string)).collect();
        text += &(row.join(",") + "\n");
    }
    text.into_bytes()
}

fn evaluate(images: &Path, labels: Option<&Path>, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spikepad"));
    command.args(["evaluate", "--json", "--steps", "50", "--images"]).arg(images);
    if let Some(labels) = labels {
        command.arg("--labels").arg(labels);
    }
    command.args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with the drawn digits' labels, in which to put files of their images.
struct Folder(TempDir);

impl Folder {
    fn new(labels: &[u8]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("labels", &idx_labels(labels));
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The answer of a successful run, and what it wrote to standard error.
    fn answer(&self, images: &[u8], labels: Option<&[u8]>, more: &[&str]) -> (Value, String) {
        let labels = labels.map(|labels| self.write("these-labels", labels));
        let output = evaluate(&self.write("images", images), labels.as_deref(), more);
        let errors = text(&output.stderr);
        assert!(output.status.success(), "{errors}");
        (serde_json::from_slice(&output.stdout).unwrap(), errors)
    }

    /// The error of a run that fails.
    fn error(&self, images: &[u8], labels: Option<&[u8]>, more: &[&str]) -> String {
        let labels = labels.map(|labels| self.write("these-labels", labels));
        let output = evaluate(&self.write("images", images), labels.as_deref(), more);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    }
}

fn right(answer: &Value) -> u64 {
    answer["snn"][0]["right"].as_u64().unwrap()
}

#[test]
fn every_container_gives_the_same_answers() {
    let (images, labels) = drawn();
    let folder = Folder::new(&labels);
    let plain = idx_images(8, &images, |ink| vec![ink]);
    let own_labels = idx_labels(&labels);
    let (expected, errors) = folder.answer(&plain, Some(&own_labels), &[]);
    assert!(right(&expected) >= 39 && errors.is_empty(), "{expected} {errors}");
    let same = |images: &[u8], labels: Option<&[u8]>, what: &str| {
        let (answer, errors) = folder.answer(images, labels, &[]);
        assert_eq!((&answer["snn"], errors.as_str()), (&expected["snn"], ""), "{what}");
    };
    same(&gzip(&plain), Some(&gzip(&own_labels)), "gzip");
    let qmnist = labels.iter().flat_map(|&label| [label.into(), 1, 26, 99, 5, 7, 0, 0]);
    let qmnist = idx(0xc02, &[labels.len() as u32, 8], qmnist.flat_map(i32::to_be_bytes).collect());
    same(&plain, Some(&qmnist), "QMNIST");
    for header in [true, false] {
        same(&csv(&images, Some(&labels), header), None, "a table with labels");
        same(&gzip(&csv(&images, Some(&labels), header)), None, "a table with labels in gzip");
        same(&csv(&images, None, header), Some(&own_labels), "a table without labels");
        same(&csv(&images, Some(&vec![3; labels.len()]), header), Some(&own_labels), "--labels decides");
    }
    let lines: Vec<_> = labels.iter().map(u8::to_string).collect();
    same(&plain, Some(lines.join("\n").as_bytes()), "labels in lines");
    same(&idx_images(0xb, &images, |ink| i16::from(ink).to_be_bytes().into()), Some(&own_labels), "shorts");
    same(&idx_images(0xc, &images, |ink| i32::from(ink).to_be_bytes().into()), Some(&own_labels), "integers");
    same(&idx_images(0xd, &images, |ink| f32::from(ink).to_be_bytes().into()), Some(&own_labels), "floats");
    same(&idx_images(0xe, &images, |ink| f64::from(ink).to_be_bytes().into()), Some(&own_labels), "doubles");
}

#[test]
fn values_from_0_to_1_are_read_as_such_and_told() {
    let (images, labels) = drawn();
    let (folder, own_labels) = (Folder::new(&labels), idx_labels(&labels));
    let (expected, _) = folder.answer(&idx_images(8, &images, |ink| vec![ink]), Some(&own_labels), &[]);
    let unit = |ink: u8| (f32::from(ink) / 255.0).to_be_bytes().to_vec();
    let (floats, errors) = folder.answer(&idx_images(0xd, &images, unit), Some(&own_labels), &[]);
    assert_eq!((&floats["snn"], &floats["read_as"]["ink"]), (&expected["snn"], &Value::from(1.0)));
    assert!(errors.contains("note") && errors.contains("no value is above 1"), "{errors}");
    let bits = idx_images(8, &images, |ink| vec![u8::from(ink > 127)]);
    let (answer, errors) = folder.answer(&bits, Some(&own_labels), &[]);
    assert!(right(&answer) >= 36 && errors.contains("--range 0,1"), "{answer} {errors}");
    // Asked for, they are read as they are, and the sample tells what that costs.
    let (answer, errors) = folder.answer(&bits, Some(&own_labels), &["--range", "0,255"]);
    assert!(right(&answer) <= 6 && errors.contains("without these flags"), "{answer} {errors}");
}

/// What is told of a set of the drawn digits, and the answer with the flags that it names.
fn told(images: &[u8], name: &str, flags: &[&str]) {
    let (_, labels) = drawn();
    let (folder, labels) = (Folder::new(&labels), idx_labels(&labels));
    let (answer, errors) = folder.answer(images, Some(&labels), &[]);
    let better = &answer["reads_better"];
    assert_eq!((&better["name"], &better["flags"]), (&name.into(), &flags.to_vec().into()), "{errors}");
    assert!(errors.contains(&format!("look {name}:")) && errors.contains(&flags.join(" ")), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(right(&answer) <= 21, "it is not done unasked");
    let words: Vec<_> = flags.iter().flat_map(|flag| flag.split(' ')).collect();
    let (answer, errors) = folder.answer(images, Some(&labels), &words);
    assert!(right(&answer) >= 36 && errors.is_empty(), "{answer} {errors}");
    assert_eq!(answer["reads_better"], Value::Null);
}

#[test]
fn a_set_that_reads_much_better_another_way_is_told() {
    let (images, _) = drawn();
    let turned = |source: fn(usize, usize) -> (usize, usize)| {
        let pixel = |image: &Image, i: usize| {
            let (row, column) = source(i / 28, i % 28);
            image[28 * row + column]
        };
        let images = images.iter().map(|image| std::array::from_fn(|i| pixel(image, i)));
        idx_images(8, &images.collect::<Vec<_>>(), |ink| vec![ink])
    };
    told(&turned(|row, column| (column, row)), "transposed", &["--transpose"]);
    told(&turned(|row, column| (27 - column, row)), "turned on their side", &["--rotate 270"]);
    told(
        &turned(|row, column| (row, 27 - column)),
        "mirrored left to right",
        &["--transpose", "--rotate 90"],
    );
    told(&idx_images(8, &images, |ink| vec![255 - ink]), "inverted", &["--invert"]);
    told(&idx_images(8, &images, |ink| vec![ink / 64]), "faint", &["--range 0,3"]);
    let both = turned(|row, column| (column, row));
    let both: Vec<u8> = both.iter().enumerate().map(|(i, &byte)| if i < 16 { byte } else { !byte }).collect();
    told(&both, "inverted and transposed", &["--invert", "--transpose"]);
}

#[test]
fn a_table_of_dialects_tells_it_too() {
    let (images, labels) = drawn();
    let folder = Folder::new(&labels);
    let inverted = idx_images(8, &images, |ink| vec![255 - ink]);
    let more = ["--dialect", "keras", "--steps", "5"];
    let labels_path = folder.write("labels", &idx_labels(&labels));
    let images_path = folder.write("images", &inverted);
    let mut command = Command::new(env!("CARGO_BIN_EXE_spikepad"));
    let command = command.args(["evaluate", "--json", "--images"]).arg(images_path).arg("--labels");
    let output = command.arg(labels_path).args(more).output().unwrap();
    let row: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(row["reads_better"]["flags"][0], "--invert", "{row} {}", text(&output.stderr));
    assert!(text(&output.stderr).contains("look inverted"));
}

#[test]
fn values_in_another_range_need_the_flag() {
    let (images, labels) = drawn();
    let (folder, own_labels) = (Folder::new(&labels), idx_labels(&labels));
    let (expected, _) = folder.answer(&idx_images(8, &images, |ink| vec![ink]), Some(&own_labels), &[]);
    let signed = |ink: u8| (f32::from(ink) / 127.5 - 1.0).to_be_bytes().to_vec();
    let file = idx_images(0xd, &images, signed);
    let error = folder.error(&file, Some(&own_labels), &[]);
    assert!(error.contains("from -1 to 1") && error.contains("--range -1,1"), "{error}");
    let (answer, _) = folder.answer(&file, Some(&own_labels), &["--range", "-1,1"]);
    assert_eq!(answer["snn"], expected["snn"]);
    // Unsigned bytes that are marked as signed.
    let (answer, errors) = folder.answer(&idx_images(9, &images, |ink| vec![ink]), Some(&own_labels), &[]);
    assert_eq!(answer["snn"], expected["snn"]);
    assert!(errors.contains("read as unsigned"), "{errors}");
}

#[test]
fn errors_name_file_place_and_remedy() {
    let (images, labels) = drawn();
    let folder = Folder::new(&labels);
    let plain = idx_images(8, &images, |ink| vec![ink]);
    let says = |images: &[u8], labels: Option<&[u8]>, words: &[&str]| {
        let error = folder.error(images, labels, &[]);
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(words.iter().all(|word| error.contains(word)), "{words:?} in {error}");
    };
    says(&plain, None, &["images has no labels", "--labels"]);
    says(&csv(&images, None, true), None, &["images has no labels", "--labels"]);
    let missing = idx_labels(&labels[1..]);
    says(&plain, Some(&missing), &["images and ", "these-labels", "42 images but 41 labels"]);
    let mut wrong = labels.clone();
    wrong[4] = 26;
    says(&plain, Some(&idx_labels(&wrong)), &["these-labels: label 4, counted from 0, is 26", "0 to 9"]);
    says(&csv(&images, Some(&wrong), true), None, &["images: line 6 is 26", "0 to 9"]);
    let table = text(&csv(&images, Some(&labels), true));
    says(table.trim_end().rsplit_once(',').unwrap().0.as_bytes(), None, &["line 43 has 784 values", "785"]);
    says(table.replacen("\n3,0", "\n3,x", 1).as_bytes(), None, &["column 2: 'x' is no number"]);
    says(&gzip(&plain)[..99], Some(&missing), &["images: it is compressed with gzip and damaged"]);
    says(b"PK\x03\x04", Some(&missing), &["images: it is a zip file", "unzip"]);
    let nan = idx_images(0xd, &images, |ink| if ink == 255 { f32::NAN } else { 0.0 }.to_be_bytes().into());
    says(&nan, Some(&idx_labels(&labels)), &["images", "image 0, counted from 0, has a pixel that is NaN"]);
    // Only the labels that are used have to be classes.
    folder.answer(&plain, Some(&idx_labels(&wrong)), &["--limit", "4"]);
}
