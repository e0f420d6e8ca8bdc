//! The same seed gives the same recording as when it was recorded; `tests/web.rs` holds browsers
//! to the same file. After a change that is meant to alter recordings, or new weights, renew it:
//! `SPIKEPAD_RECORD=1 cargo test --test replay`.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::{env, fs};

#[test]
fn recordings_replay_bit_for_bit() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/replay.txt");
    if env::var_os("SPIKEPAD_RECORD").is_some() {
        fs::write(path, common::replay()).unwrap();
    }
    assert_eq!(common::replay(), fs::read_to_string(path).unwrap());
}
