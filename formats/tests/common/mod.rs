//! Compares opened files with a manifest: for each file the outcome, and the layers by the hashes of their numbers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use spikepad_formats::{CalibrationDigits, NamedBytes, OpenError, Opened, Options, companions, open};

/// The calibration digits of the page.
pub fn digits() -> CalibrationDigits {
    CalibrationDigits::read(include_bytes!("../../../www/assets/calibration-digits.gz")).unwrap()
}

/// Opens a file of a folder together with the files beside it that it needs.
pub fn open_file(path: &Path, digits: Option<&CalibrationDigits>) -> Result<Opened, OpenError> {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let bytes = fs::read(path).unwrap();
    let beside = companions(&name, &bytes).into_iter().filter_map(|other| {
        let bytes = fs::read(path.with_file_name(&other)).ok()?;
        Some((other, bytes))
    });
    let others: Vec<_> = beside.collect();
    let mut files = vec![NamedBytes { name: &name, bytes: &bytes }];
    files.extend(others.iter().map(|(name, bytes)| NamedBytes { name, bytes }));
    open(&files, &Options { digits, ..Options::default() })
}

/// What is wrong with how a file of the manifest was opened; empty if nothing is.
pub fn mismatches(entry: &Value, opened: &Result<Opened, OpenError>) -> Vec<String> {
    let mut wrong = Vec::new();
    match (entry["outcome"].as_str().unwrap(), opened) {
        ("loads", Err(error)) => wrong.push(format!("does not load: {error}")),
        ("refused", Ok(_)) => wrong.push("loads, but must be refused".into()),
        (_, Err(_)) => {}
        (_, Ok(opened)) => {
            let expected = entry["layers"].as_array().map_or(&[][..], Vec::as_slice);
            if expected.len() != opened.report.layers.len() {
                wrong.push(format!("has {} layers, not {}", opened.report.layers.len(), expected.len()));
            }
            for (found, layer) in opened.report.layers.iter().zip(expected) {
                let json = serde_json::to_value(found).unwrap();
                for key in ["inputs", "outputs", "bias", "weights_sha256", "bias_sha256", "activation"] {
                    if json[key] != layer[key] && !layer[key].is_null() {
                        wrong
                            .push(format!("layer {}: {key} {} is not {}", found.name, json[key], layer[key]));
                    }
                }
                if layer["name"].is_string() && json["name"] != layer["name"] {
                    wrong.push(format!("(name {} for {})", json["name"], layer["name"]));
                }
            }
        }
    }
    wrong
}

/// The entries of a manifest by path.
pub fn entries(manifest: &Value) -> BTreeMap<String, Value> {
    let files = manifest["files"].as_array().unwrap();
    files.iter().map(|entry| (entry["path"].as_str().unwrap().to_owned(), entry.clone())).collect()
}
