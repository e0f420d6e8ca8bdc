//! Opens files that the real libraries wrote, whole and damaged.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::Value;
use spikepad_formats::{NamedBytes, Options, companions, open};

use crate::common;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"))
}

fn manifest() -> Value {
    serde_json::from_slice(&fs::read(folder().join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn every_file_has_the_outcome_of_the_manifest() {
    let digits = common::digits();
    for (path, entry) in common::entries(&manifest()) {
        let opened = common::open_file(&folder().join(&path), Some(&digits));
        let wrong = common::mismatches(&entry, &opened);
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
        if let (Ok(opened), true) = (&opened, entry["ann_correct_first_1000"].is_number()) {
            let expected = entry["ann_correct_first_1000"].as_f64().unwrap() / 1000.0;
            let found = opened.report.input.accuracy.unwrap();
            assert!((found - expected).abs() < 0.03, "{path}: {found} of the digits, not {expected}");
            assert_eq!(opened.report.input.scaling, "0..1", "{path}");
            assert!(!opened.report.assumptions.is_empty(), "{path}");
        }
    }
}

#[test]
fn a_damaged_file_is_an_error_or_a_network_and_soon() {
    for path in common::entries(&manifest()).into_keys() {
        let bytes = fs::read(folder().join(&path)).unwrap();
        let name = path.rsplit('/').next().unwrap();
        let mut damaged: Vec<Vec<u8>> = (0..8).map(|part| bytes[..bytes.len() * part / 8].to_vec()).collect();
        for at in (0..bytes.len().min(4000)).step_by(41) {
            let mut copy = bytes.clone();
            copy[at] ^= 1 << (at % 8);
            damaged.push(copy);
        }
        let start = Instant::now();
        for bytes in &damaged {
            if let Err(error) = open(&[NamedBytes { name, bytes }], &Options::default()) {
                let text = error.to_string();
                assert!(text.starts_with(name) && text.len() < 2000, "{text}");
            }
        }
        let mean = start.elapsed().as_secs_f64() / damaged.len() as f64;
        assert!(mean < 1.0, "{path}: {mean} s");
    }
}

#[test]
fn missing_files_are_named() {
    for (path, missing) in [
        ("tfjs/conv_S14_f16/model.json", "group1-shard1of1.bin"),
        ("onnx/torch_dynamo_S14_external.onnx", "torch_dynamo_S14_external.onnx.data"),
    ] {
        let bytes = fs::read(folder().join(path)).unwrap();
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(companions(name, &bytes), [missing]);
        let error = open(&[NamedBytes { name, bytes: &bytes }], &Options::default()).unwrap_err().to_string();
        assert!(error.contains(missing) && error.contains("open them together"), "{error}");
    }
}

#[test]
fn one_network_is_opened_at_a_time() {
    let read = |path: &str| fs::read(folder().join(path)).unwrap();
    let (one, two) = (read("numpy/S14_fortran.npz"), read("onnx/helper_S14_typed.onnx"));
    let files = [NamedBytes { name: "a.npz", bytes: &one }, NamedBytes { name: "b.onnx", bytes: &two }];
    let error = open(&files, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("several networks") && error.contains("'a.npz', 'b.onnx'"), "{error}");
    assert!(open(&[], &Options::default()).unwrap_err().to_string().contains("no file"));
}

#[test]
fn choices_are_kept() {
    let digits = common::digits();
    let bytes = fs::read(folder().join("numpy/S14_fortran.npz")).unwrap();
    let files = [NamedBytes { name: "a.npz", bytes: &bytes }];
    let scaling = "0..255, inverted";
    let options = Options { scaling: Some(scaling), digits: Some(&digits), ..Options::default() };
    let opened = open(&files, &options).unwrap();
    assert_eq!(opened.report.input.scaling, scaling);
    assert!(opened.report.assumptions.iter().any(|text| text.contains("as you chose")));
    let unstated = opened.report.hidden_activation.unwrap();
    assert_eq!((unstated.activation.as_str(), unstated.usual[0].as_str()), ("relu", "relu"));
    // Every activation that is offered can be asked for.
    for name in unstated.usual {
        let activation = Some(name.parse().unwrap());
        let options = Options { activation, digits: Some(&digits), ..Options::default() };
        let report = open(&files, &options).unwrap().report;
        assert_eq!(
            (report.hidden_activation.unwrap().activation, &report.layers[0].activation),
            (name.clone(), &name)
        );
    }
    let wrong = Options { scaling: Some("0..7"), ..Options::default() };
    assert!(open(&files, &wrong).unwrap_err().to_string().contains("no input scaling '0..7'"));
}

#[test]
fn a_stated_activation_is_not_offered_for_change() {
    let path = "keras/k3_S14_with_optimizer.keras";
    let opened = common::open_file(&folder().join(path), None).unwrap();
    assert_eq!(opened.report.hidden_activation, None);
}

#[test]
fn a_written_network_is_read_back() {
    let digits = common::digits();
    let opened = common::open_file(&folder().join("onnx/helper_S14_typed.onnx"), Some(&digits)).unwrap();
    let bytes = opened.model().to_safetensors().unwrap();
    let files = [NamedBytes { name: "own.safetensors", bytes: &bytes }];
    let again = open(&files, &Options { digits: Some(&digits), ..Options::default() }).unwrap();
    assert_eq!(again.model(), opened.model());
    assert_eq!(again.report.layers[0].weights_sha256, opened.report.layers[0].weights_sha256);
    assert_eq!(again.report.input.accuracy, opened.report.input.accuracy);
}
