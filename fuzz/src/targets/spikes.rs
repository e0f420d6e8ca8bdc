//! Spike trains: the npz files of `spikepad trace`.

use std::sync::LazyLock;

use spikepad::dialect::{Dialect, Trace};
use spikepad_cli::TraceInput;

use super::{archives, models};
use crate::random::Random;
use crate::target::Target;
use crate::watch::Reading;

/// Input spikes and initial potentials, as `spikepad trace --spikes` reads them.
pub const SPIKES: Target = Target { name: "spikes", examples, generate, repair, read };

/// The inputs of the network.
const INPUTS: u64 = 64;

fn read(bytes: &[u8]) -> Reading {
    let model = models::small();
    let input = TraceInput::read(bytes, &model.network().sizes()).map_err(|e| e.to_string())?;
    // The same file is traced in the same dialect each time.
    let names = ["norse", "nengo", "snntorch", "brian2", "rockpool"];
    let name = names[bytes.len() % names.len()];
    let dialect = Dialect::named(name).map_err(|e| e.to_string())?;
    let trace = Trace::of(model, &dialect, &input.train, &input.initial).map_err(|e| e.to_string())?;
    Ok(Box::new((input, trace)))
}

fn file(name: &str, content: Vec<u8>) -> (String, Vec<u8>) {
    (format!("{name}.npy"), content)
}

fn examples() -> Vec<Vec<u8>> {
    let counts: Vec<u8> = (0..5 * INPUTS).map(|i| (i % 7 == 0) as u8 * (1 + i % 3) as u8).collect();
    let spikes = || file("spikes", archives::npy("|u1", "False", &format!("(5, {INPUTS})"), &counts));
    let potentials = || file("v1_init", archives::npy("<f8", "False", "(4,)", &[1; 32]));
    vec![
        archives::zip(&[spikes()], true),
        archives::zip(&[spikes(), potentials()], false),
        archives::zip(
            &[potentials(), spikes(), file("v2_init", archives::npy("<f4", "False", "(3,)", &[0; 12]))],
            true,
        ),
    ]
}

fn repair(bytes: &mut Vec<u8>, random: &mut Random) {
    static EXAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(examples);
    archives::damage_an_example(bytes, &EXAMPLES, random);
}

fn generate(random: &mut Random) -> Vec<u8> {
    let steps = if random.once_in(4) { random.edge() } else { 1 + random.below(300) as u64 };
    let inputs = if random.once_in(6) { random.size() } else { INPUTS };
    let mut files = vec![file("spikes", archives::array(&[steps, inputs], random))];
    for name in ["v1_init", "v2_init"] {
        if random.once_in(3) {
            let neurons = random.size();
            files.push(file(name, archives::array(&[neurons], random)));
        }
    }
    archives::zip(&files, !random.once_in(4))
}
