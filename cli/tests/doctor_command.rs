//! `spikepad doctor` as people and scripts use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use spikepad::{Labelled, NpyArray, Numbers, transposition, write_npz};
use tempfile::TempDir;

use crate::common::{SIDE, digits, networks};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../formats/tests/fixtures");
const QUESTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/assets/question-784-128-10.safetensors");

fn spikepad(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_spikepad")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&spikepad(arguments).stdout).unwrap()
}

/// The first `count` calibration digits as IDX files.
fn idx_files(folder: &Path, count: u32) -> (PathBuf, PathBuf) {
    let header = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let (mut images, mut labels) = (header(&[0x803, count, 28, 28]), header(&[0x801, count]));
    for Labelled { digit, label } in digits(28).into_iter().take(count as usize) {
        images.extend(digit.unwrap().ink());
        labels.push(label);
    }
    let paths = (folder.join("images"), folder.join("labels"));
    fs::write(&paths.0, images).unwrap();
    fs::write(&paths.1, labels).unwrap();
    paths
}

/// The flags that a report proposes, as arguments.
fn flags(settings: &Value) -> Vec<String> {
    let mut arguments = Vec::new();
    for (flag, value) in settings.as_object().unwrap() {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            arguments.push(format!("--{flag}"));
            match value {
                Value::Bool(_) => {}
                Value::String(text) => arguments.push(text),
                other => arguments.push(other.to_string()),
            }
        }
    }
    arguments
}

#[test]
fn the_proposed_flags_give_evaluate_what_the_report_says() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 150);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    let file = format!("{FIXTURES}/keras/k225_S14.h5");
    let cases: [(&str, &[&str]); 5] = [
        ("drive_too_weak", &["--threshold", "900"]),
        ("leak", &["--tau-m", "0.3"]),
        ("input_scaling", &["--input-scaling", "-1..1"]),
        ("too_few_steps", &["--steps", "1"]),
        ("state_not_reset", &["--state", "keep", "--normalisation", "percentile99"]),
    ];
    for (cause, broken) in cases {
        let report = json(&[&["doctor", &file, "--json"], &set[..], broken].concat());
        let accuracy = |more: &[String]| {
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            let steps = if broken.contains(&"--steps") { &[][..] } else { &["--steps", "350"] };
            let arguments =
                [&["evaluate", "--json", "--model", &file], &set[..], steps, broken, &more].concat();
            let evaluation = json(&arguments);
            evaluation["snn"].as_array().unwrap().last().unwrap()["accuracy"].as_f64().unwrap()
        };
        assert_eq!(report["before"]["accuracy"].as_f64(), Some(accuracy(&[])), "{cause}");
        if cause == "state_not_reset" {
            // Whether this network loses much is not the point: the flag is that of evaluate.
            continue;
        }
        assert_eq!(report["cause"], cause, "{report}");
        let (after, mended) =
            (report["after"]["accuracy"].as_f64().unwrap(), accuracy(&flags(&report["settings"])));
        assert!((after - mended).abs() < 0.007, "{cause}: {after} {mended}");
        assert!(after >= report["ann_accuracy"].as_f64().unwrap() - 0.0101, "{report}");
    }
}

/// The network as a NumPy archive, with its pixels in this order and its biases times `factor`.
fn archive(folder: &Path, order: &[usize], factor: f32) -> String {
    let mut arrays = Vec::new();
    for (i, layer) in networks()[0].layers().iter().enumerate() {
        let weights = layer.weights.to_float();
        let (inputs, outputs) = weights.dim();
        let row = |row: usize| if i == 0 { order[row] } else { row };
        let numbers = (0..inputs * outputs).map(|at| weights[[row(at / outputs), at % outputs]]).collect();
        let bias = layer.bias.as_ref().unwrap().iter().map(|bias| factor * bias).collect();
        arrays
            .push(NpyArray::new(&format!("w{}", i + 1), &[inputs, outputs], Numbers::F32(numbers)).unwrap());
        arrays.push(NpyArray::new(&format!("b{}", i + 1), &[outputs], Numbers::F32(bias)).unwrap());
    }
    let path = folder.join("network.npz");
    fs::write(&path, write_npz(&arrays).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn faults_that_a_trial_made_up_for_are_named() {
    let folder = TempDir::new().unwrap();
    let in_order: Vec<usize> = (0..SIDE * SIDE).collect();
    let healthy = json(&["doctor", &archive(folder.path(), &in_order, 1.0), "--json"]);
    assert_eq!(healthy["cause"], "none", "{}", healthy["advice"]);
    let by_columns = archive(folder.path(), &transposition(SIDE * SIDE), 1.0);
    let report = json(&["doctor", &by_columns, "--json"]);
    assert_eq!(report["cause"], "transposed", "{}", report["advice"]);
    let scaling = report["settings"]["input-scaling"].as_str().unwrap();
    assert!(scaling.ends_with(", transposed"), "{scaling}");
    assert!(report["before"]["accuracy"].as_f64() < Some(0.5), "{report}");
    assert!(report["after"]["accuracy"].as_f64() > Some(0.97), "{report}");
}

#[test]
fn a_report_is_printed_for_people() {
    let words =
        String::from_utf8(spikepad(&["doctor", "--refractory", "60", "--steps", "100"]).stdout).unwrap();
    for part in
        ["refractory period", "cause: refractory", "change: --refractory 0", "hidden", "with the change"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    let healthy = json(&["doctor", "--json"]);
    assert_eq!((&healthy["cause"], &healthy["settings"]), (&json!("none"), &json!({})));
    assert_eq!(healthy["before"], healthy["after"]);
    for name in ["name", "r", "slope", "saturated", "silent", "dead", "spikes", "synops"] {
        assert!(!healthy["layers"][1][name].is_null(), "{name}");
    }
    assert!(healthy["layers"][0]["points"].as_array().unwrap().len() <= 400);
}

#[test]
fn a_dialect_is_mended_by_its_own_parameters() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 60);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap(), "--steps", "150"];
    for (dialect, cause) in [("snntorch", "saturated"), ("sinabs", "drive_too_weak")] {
        let run = [&["doctor", QUESTION, "--json", "--dialect", dialect], &set[..]].concat();
        let report = json(&run);
        assert_eq!(report["cause"], cause, "{report}");
        assert!(report["after"]["accuracy"].as_f64() > Some(0.95), "{}", report["advice"]);
        let more = flags(&report["settings"]);
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let evaluated = json(
            &[&["evaluate", "--model", QUESTION, "--json", "--dialect", dialect], &set[..], &more].concat(),
        );
        assert_eq!(evaluated["accuracy"], report["after"]["accuracy"]);
    }
    let advice = json(&[&["doctor", QUESTION, "--json", "--dialect", "snntorch"], &set[..]].concat());
    assert!(advice["advice"].as_str().unwrap().contains("or set threshold to"), "{}", advice["advice"]);
}

#[test]
fn weights_that_are_too_small_are_named_in_every_framework() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 40);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap(), "--steps", "100"];
    for (dialect, scale) in [
        ("spikingjelly", "0.02"),
        ("norse", "0.01"),
        ("rockpool", "0.003"),
        ("bindsnet", "0.02"),
        ("brian2", "0.02"),
        ("nengo", "0.01"),
    ] {
        let scale = format!("weight_scale={scale}");
        let run = [&["doctor", QUESTION, "--json", "--dialect", dialect, "--set", &scale], &set[..]].concat();
        let report = json(&run);
        assert_eq!(report["cause"], "drive_too_weak", "{dialect}: {}", report["advice"]);
        assert!(report["after"]["accuracy"].as_f64() > Some(0.92), "{dialect}: {}", report["advice"]);
    }
}

#[test]
fn pictures_that_are_read_in_a_wrong_way_are_told() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 60);
    let output = spikepad(&[
        "doctor",
        "--json",
        "--invert",
        "--images",
        images.to_str().unwrap(),
        "--labels",
        labels.to_str().unwrap(),
    ]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("invert"), "{told}");
}

#[test]
fn normalisations_are_compared() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 40);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    let ways = json(&[&["doctor", "--normalisations", "--json"], &set[..]].concat());
    let names: Vec<&str> = ways.as_array().unwrap().iter().map(|way| way["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["none", "max", "percentile99", "percentile99.9", "searched"]);
    let gains: Vec<String> = ways[4]["gains"].as_array().unwrap().iter().map(Value::to_string).collect();
    let evaluated =
        json(&[&["evaluate", "--json", "--steps", "10", "--gains", &gains.join(",")], &set[..]].concat());
    assert_eq!(evaluated["snn"][0]["accuracy"], ways[4]["accuracy"][1]);
}
