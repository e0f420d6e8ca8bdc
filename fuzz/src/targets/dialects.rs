//! Dialects and their parameters: the words of the command line.

use std::str::FromStr;

use spikepad::dialect::{Dialect, Domain, Experiment, Value};
use spikepad::{Digit, Labelled};
use spikepad_cli::Override;

use super::{Target, leave, models};
use crate::input::decimal;
use crate::random::Random;
use crate::watch::Reading;

/// The name of a dialect and values of its parameters, a word each, as `spikepad evaluate` reads them.
pub const DIALECTS: Target = Target { name: "dialects", examples, generate, repair: leave, read };

/// The steps of the presentations.
const STEPS: u32 = 6;

fn read(bytes: &[u8]) -> Reading {
    let text = String::from_utf8_lossy(bytes);
    let mut words = text.split('\n');
    let mut dialect = Dialect::named(words.next().unwrap_or_default()).map_err(|e| e.to_string())?;
    for word in words {
        let Override { name, value } = Override::from_str(word)?;
        dialect.set(&name, &value).map_err(|e| e.to_string())?;
    }
    let _ = dialect.facts();
    let model = models::model(4, 3, false, false).ok_or("there is no model")?;
    let ink: Vec<u8> = (0..model.network().inputs()).map(|i| (i * 37 % 256) as u8).collect();
    let digit = Digit::from_square(&ink).map_err(|e| e.to_string())?;
    let mut experiment = Experiment::new(&model, &dialect, None, STEPS).map_err(|e| e.to_string())?;
    let set = [Labelled { digit: digit.clone(), label: 2 }, Labelled { digit: None, label: 0 }];
    let tally = experiment.run(&set, 0, u64::MAX).map_err(|e| e.to_string())?;
    let recording = digit.map(|digit| experiment.record(&digit, 1)).transpose().map_err(|e| e.to_string())?;
    Ok(Box::new((tally, recording)))
}

fn examples() -> Vec<Vec<u8>> {
    let describe = |dialect: Dialect| {
        let values =
            dialect.parameters().map(|(parameter, value)| format!("\n{}={}", parameter.name, word(value)));
        format!("{}{}", dialect.name(), values.collect::<String>()).into_bytes()
    };
    Dialect::all().map(describe).collect()
}

fn word(value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Choice(word) => word.to_owned(),
        Value::Switch(on) => on.to_string(),
        _ => "auto".into(),
    }
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
            Domain::Number(low, high) | Domain::Optional(low, high) => match random.below(5) {
                0 => low.to_string(),
                1 => high.to_string(),
                2 => "auto".into(),
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
