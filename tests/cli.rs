//! The command line, as a person or a script meets it.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn spikepad(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// The lines of a successful run.
fn lines(arguments: &[&str], input: &str) -> Vec<Value> {
    let output = spikepad(arguments, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The one sentence of a failed run.
fn complaint(arguments: &[&str], input: &str) -> String {
    let output = spikepad(arguments, input);
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

const SEVEN: &str = r#"{"id":"a","label":7,"strokes":[[[60,70],[200,64],[120,230]]]}"#;
const ONE: &str = r#"{"id":2,"strokes":[[[140,40],[140,240]]],"source":"ignored"}"#;
const BLANK: &str = r#"{"id":"c","label":3,"strokes":[]}"#;

/// IDX files of `side` x `side` images: a vertical bar (a 1), then blank paper, labelled 1 and 5.
fn idx_files(folder: &Path, side: u32) -> (PathBuf, PathBuf) {
    let header = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let mut images = header(&[0x803, 2, side, side]);
    let is_bar = |x: u32, y: u32| x.abs_diff(side / 2) < side / 14 && y.abs_diff(side / 2) < side * 10 / 28;
    images.extend((0..side * side).map(|i| if is_bar(i % side, i / side) { 255 } else { 0 }));
    images.extend(vec![0; (side * side) as usize]);
    let labels = [header(&[0x801, 2]), vec![1, 5]].concat();
    let paths = (folder.join("images"), folder.join("labels"));
    fs::write(&paths.0, images).unwrap();
    fs::write(&paths.1, labels).unwrap();
    paths
}

#[test]
fn drawings_are_read_a_line_each() {
    let input = format!("{SEVEN}\n\n{ONE}\n{BLANK}\n");
    let answers = lines(&["classify", "--strokes", "-", "--json"], &input);
    assert_eq!(answers.len(), 3);
    assert_eq!((&answers[0]["id"], &answers[0]["label"]), (&Value::from("a"), &Value::from(7)));
    assert_eq!((&answers[0]["digit"], &answers[0]["ann_digit"]), (&Value::from(7), &Value::from(7)));
    assert_eq!(answers[0]["counts"].as_array().unwrap().len(), 10);
    assert_eq!((&answers[1]["id"], &answers[1]["digit"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(answers[1].get("label"), None);
    assert_eq!((&answers[2]["digit"], &answers[2]["ann_digit"]), (&Value::Null, &Value::Null));
}

#[test]
fn people_are_told_the_accuracy() {
    let output = spikepad(&["classify", "--strokes", "-"], &format!("{SEVEN}\n{BLANK}\n"));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("1 of 2 right: SNN 50.00 %, ANN 50.00 %"), "{text}");
}

#[test]
fn a_seed_replays_and_another_differs() {
    let counts = |seed: &str| {
        let answers = lines(&["classify", "--strokes", "-", "--json", "--seed", seed], SEVEN);
        answers[0]["counts"].clone()
    };
    assert_eq!(counts("5"), counts("5"));
    assert_ne!(counts("5"), counts("6"));
}

#[test]
fn pictures_are_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("one.png");
    let bar = |x: u32, y: u32| {
        image::Luma([if (95..110).contains(&x) && (20..100).contains(&y) { 20 } else { 250 }])
    };
    image::GrayImage::from_fn(200, 120, bar).save(&path).unwrap();
    let path = path.to_str().unwrap();
    let answers = lines(&["classify", path, path, "--json"], "");
    assert_eq!(answers.len(), 2);
    assert_eq!((&answers[0]["id"], &answers[0]["digit"]), (&Value::from(path), &Value::from(1)));
}

#[test]
fn a_set_is_evaluated() {
    let folder = TempDir::new().unwrap();
    for side in [28, 56] {
        let (images, labels) = idx_files(folder.path(), side);
        let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
        let report = &lines(&[&["evaluate", "--json", "--steps", "50,5"], &set[..]].concat(), "")[0];
        assert_eq!((&report["images"], &report["ann_accuracy"]), (&Value::from(2), &Value::from(0.5)));
        let snn = report["snn"].as_array().unwrap();
        assert_eq!((&snn[0]["steps"], &snn[1]["steps"]), (&Value::from(5), &Value::from(50)));
        assert_eq!(snn[1]["accuracy"], Value::from(0.5));
        assert!(snn[0]["synops_per_image"].as_f64() < snn[1]["synops_per_image"].as_f64());
        assert!(report["seconds"].as_f64().unwrap() >= 0.0);
        let one = &lines(&[&["evaluate", "--json", "--limit", "1"], &set[..]].concat(), "")[0];
        assert_eq!((&one["images"], &one["ann_accuracy"]), (&Value::from(1), &Value::from(1.0)));
    }
}

#[test]
fn a_table_is_printed_for_people() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let output = spikepad(
        &["evaluate", "--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()],
        "",
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("ANN            -    50.00 %"), "{text}");
    assert_eq!(text.lines().last().unwrap().split_whitespace().count(), 12, "{text}");
}

#[test]
fn a_model_is_inspected() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/assets/mnist-784-128-10.safetensors");
    let text = String::from_utf8(spikepad(&["inspect", path], "").stdout).unwrap();
    assert!(text.contains("784 x 128") && text.contains("101632") && text.contains("conversion"), "{text}");
}

#[test]
fn what_is_wrong_is_one_sentence_that_names_it() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let (images, labels) = (images.to_str().unwrap(), labels.to_str().unwrap());
    let says = |arguments: &[&str], input: &str, what: &str| {
        let text = complaint(arguments, input);
        assert!(text.contains(what), "{text}");
    };
    says(&["evaluate", "--images", "/no/such", "--labels", labels], "", "/no/such");
    says(&["evaluate", "--images", labels, "--labels", labels], "", "not an IDX file of images");
    says(&["evaluate", "--images", images, "--labels", labels, "--limit", "0"], "", "no image");
    says(&["evaluate", "--images", images, "--labels", labels, "--steps", "0"], "", "steps is 0");
    says(&["evaluate", "--images", images, "--labels", labels, "--tau-m", "0"], "", "tauM");
    says(&["classify", "--strokes", "-", "--pen", "0"], SEVEN, "pen");
    says(&["classify", "--strokes", "-"], "{\"id\":1,\"strokes\":[[[1]]]}", "line 1");
    says(&["classify", labels], "", labels);
    says(&["inspect", images], "", images);
    says(&["classify", "--strokes", "-", "--model", labels], SEVEN, labels);
}
