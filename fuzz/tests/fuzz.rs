//! A short campaign, and the finds of long ones.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use spikepad_fuzz::{Campaign, TARGETS, examine};

/// Inputs of each reader: a few seconds for all of them.
const INPUTS: u64 = 2000;

#[test]
fn damaged_files_are_read_or_refused_within_bounds() {
    let mut finds = Vec::new();
    for (index, target) in TARGETS.iter().enumerate() {
        let mut campaign = Campaign::new(target, index, 1);
        for _ in 0..INPUTS {
            finds.extend(
                campaign.step().map(|find| format!("{} {}: {}", target.name, find.number, find.trouble)),
            );
        }
        let accepted = campaign.progress.accepted;
        assert!(accepted > 0 && accepted < INPUTS, "{} accepts {accepted} of {INPUTS} inputs", target.name);
    }
    assert!(finds.is_empty(), "{finds:#?}");
}

#[test]
fn an_input_depends_on_its_seed_and_number_alone() {
    for (index, target) in TARGETS.iter().enumerate() {
        let input = |seed, number| Campaign::new(target, index, seed).input(number);
        for number in 0..20 {
            assert_eq!(input(5, number), input(5, number), "{}", target.name);
        }
        assert!((0..20).any(|number| input(5, number) != input(6, number)), "{}", target.name);
    }
}

#[test]
fn earlier_finds_stay_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/fuzz");
    let mut read = 0;
    for target in &TARGETS {
        let Ok(files) = fs::read_dir(folder.join(target.name)) else { continue };
        for file in files {
            let path = file.unwrap().path();
            let found = examine(target.read, &fs::read(&path).unwrap());
            assert!(found.is_ok(), "{}: {}", path.display(), found.unwrap_err());
            read += 1;
        }
    }
    assert!(read > 0);
}
