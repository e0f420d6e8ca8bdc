//! Checks a whole folder of files against its manifest: `SPIKEPAD_MODELS=FOLDER cargo test -p spikepad-formats --test all manifest::`.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::common;

#[test]
fn every_file_of_the_manifest_has_its_outcome() {
    let Ok(folder) = std::env::var("SPIKEPAD_MODELS") else { return };
    let folder = PathBuf::from(folder);
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let digits = common::digits();
    let only = std::env::var("SPIKEPAD_ONLY").unwrap_or_default();
    let mut wrong = 0;
    for (path, entry) in common::entries(&manifest) {
        if !path.contains(&only) {
            continue;
        }
        let opened = common::open_file(&folder.join(&path), Some(&digits));
        let (summary, correct) = match &opened {
            Ok(opened) => (
                format!(
                    "{} | {} | {:?}",
                    opened.report.input.scaling, opened.report.format, opened.report.input.accuracy
                ),
                &opened.report.assumptions[..],
            ),
            Err(error) => (error.to_string(), &[][..]),
        };
        println!("{path} [{}]: {summary}", entry["outcome"]);
        if std::env::var("SPIKEPAD_VERBOSE").is_ok() {
            correct.iter().for_each(|line| println!("    - {line}"));
        }
        for mismatch in common::mismatches(&entry, &opened) {
            println!("    WRONG {mismatch}");
            wrong += 1;
        }
    }
    println!("{wrong} mismatches");
}
