//! Checks that the same seed still gives the same recordings, stored in `tests/fixtures/replay.txt`. `tests/web.rs`
//! checks browsers with the same file. After new weights, or a change that is meant to alter recordings, renew
//! the file: `SPIKEPAD_RECORD=1 cargo test --test native replay::`.

use std::{env, fs};

use spikepad::{Model, Recording};

use crate::common;

#[test]
fn recordings_replay_bit_for_bit() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/replay.txt");
    if env::var_os("SPIKEPAD_RECORD").is_some() {
        fs::write(path, common::replay()).unwrap();
    }
    assert_eq!(common::replay(), fs::read_to_string(path).unwrap());
}

#[test]
fn decimals_in_files_are_read_to_the_last_bit() {
    common::check_decimals();
}

#[test]
fn the_leading_class_after_a_step_is_the_answer_of_a_presentation_that_ends_there() {
    let model = Model::from_safetensors(common::SHIPPED).unwrap();
    let whole = Recording::of(&model, &common::four(), &model.defaults()).unwrap();
    assert_eq!(whole.winners().len(), whole.steps());
    for steps in [1, 2, 3, 5, 20, 350] {
        let settings = model.defaults().with(|settings| settings.steps = steps);
        let short = Recording::of(&model, &common::four(), &settings).unwrap();
        assert_eq!(whole.winners()[steps as usize - 1], short.verdict().digit, "after {steps} steps");
    }
}

#[test]
fn beyond_the_last_step_nothing_fires() {
    let model = Model::from_safetensors(common::SHIPPED).unwrap();
    let settings = model.defaults().with(|settings| settings.steps = 4);
    let recording = Recording::of(&model, &common::four(), &settings).unwrap();
    let input = &recording.layers()[0];
    assert!(!input.spikes_in(3).is_empty());
    for step in [4, 5, usize::MAX - 1, usize::MAX] {
        assert!(input.spikes_in(step).is_empty());
    }
}
