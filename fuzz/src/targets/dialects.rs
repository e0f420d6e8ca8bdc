//! Dialects and their parameters: the words of the command line.

use std::str::FromStr;

use spikepad::dialect::{Dialect, DialectError, Domain, Experiment, Given};
use spikepad::{Digit, Labelled};
use spikepad_cli::Override;

use super::models;
use crate::input::decimal;
use crate::random::Random;
use crate::target::{Target, leave};
use crate::watch::Reading;

/// The name of a dialect and values of its parameters, a word each, as `spikepad evaluate` reads them.
pub const DIALECTS: Target = Target { name: "dialects", examples, generate, repair: leave, read };

/// The steps of the presentations.
const STEPS: u32 = 6;

/// The most spikes of a presentation that is also recorded.
const MOST_RECORDED: u64 = 4 << 20;

fn read(bytes: &[u8]) -> Reading {
    let text = String::from_utf8_lossy(bytes);
    let mut words = text.split('\n');
    let mut dialect = Dialect::named(words.next().unwrap_or_default()).map_err(|e| e.to_string())?;
    for word in words {
        let Override { name, value } = Override::from_str(word)?;
        dialect.set(&name, &value).map_err(|e| e.to_string())?;
    }
    // They take longer than all the rest.
    if bytes.len().is_multiple_of(16) {
        let _ = dialect.facts();
    }
    let model = models::small();
    let ink: Vec<u8> = (0..model.network().inputs()).map(|i| (i * 37 % 256) as u8).collect();
    let digit = Digit::from_square(&ink).map_err(|e| e.to_string())?;
    let set = [Labelled { digit: digit.clone(), label: 2 }, Labelled { digit: None, label: 0 }];
    let run = |dialect: &Dialect| {
        let mut experiment = Experiment::new(model, dialect, None, STEPS)?;
        Ok((experiment.run(&set, 0, u64::MAX)?, experiment))
    };
    let (tally, _) = run(&dialect).map_err(|e: DialectError| e.to_string())?;
    // A recording has this input in every dialect.
    let _ = dialect.set("input", &Given::Word("bernoulli".into()));
    let (recorded, mut experiment) = run(&dialect).map_err(|e: DialectError| e.to_string())?;
    // A recording that does not fit in its 512 MiB takes them all, which a test of its own holds.
    let spikes = recorded.input_spikes + recorded.hidden_spikes + recorded.output_spikes;
    let digit = digit.filter(|_| spikes < MOST_RECORDED);
    let recording = digit.map(|digit| experiment.record(&digit, 1)).transpose().map_err(|e| e.to_string())?;
    Ok(Box::new((tally, recording)))
}

fn examples() -> Vec<Vec<u8>> {
    let describe = |dialect: Dialect| {
        let values = dialect.parameters().map(|(parameter, value)| format!("\n{}={value}", parameter.name));
        format!("{}{}", dialect.name(), values.collect::<String>()).into_bytes()
    };
    Dialect::all().map(describe).collect()
}

fn generate(random: &mut Random) -> Vec<u8> {
    let all: Vec<_> = Dialect::all().collect();
    let dialect = &all[random.below(all.len())];
    let mut text = dialect.name().to_owned();
    for (parameter, _) in dialect.parameters() {
        if random.once_in(2) {
            continue;
        }
        let value = match parameter.domain {
            _ if random.once_in(15) => decimal(random),
            Domain::Number(low, high)
            | Domain::Optional(low, high)
            | Domain::OrNone(low, high)
            | Domain::PerLayer(low, high) => match random.below(6) {
                0 => low.to_string(),
                1 => high.to_string(),
                2 => random.pick(&["auto", "none"]).to_owned(),
                5 => format!("{high},none,{low}"),
                // Anywhere between, on a line or on a logarithmic one.
                3 => (low + (high - low) * random.below(1000) as f64 / 1000.0).to_string(),
                _ => (low.max(1e-9) * (high / low.max(1e-9)).powf(random.below(1000) as f64 / 1000.0))
                    .to_string(),
            },
            Domain::Choice(words) => random.pick(words).to_owned(),
            _ => random.pick(&["true", "false"]).to_owned(),
        };
        text.push_str(&format!("\n{}={value}", parameter.name));
    }
    text.into_bytes()
}
