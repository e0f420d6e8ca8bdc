//! The flag `--readout` of `spikepad evaluate`, which also runs dialects.

use anyhow::{Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use spikepad::Reading;
use spikepad::dialect::Decoding;

use crate::setting_flags::possible_values;

/// A readout of the simulator or of the dialects.
#[derive(Clone, Copy)]
pub enum ReadoutArgument {
    Simulator(Reading),
    Dialects(Decoding),
}

impl ReadoutArgument {
    fn named(name: &str) -> Result<Self> {
        match name.parse() {
            Ok(reading) => Ok(Self::Simulator(reading)),
            Err(_) => Ok(Self::Dialects(name.parse()?)),
        }
    }

    /// The readout for the simulator.
    pub fn reading(self) -> Result<Reading> {
        match self {
            Self::Simulator(reading) => Ok(reading),
            Self::Dialects(Decoding::FirstSpike) => Ok(Reading::First),
            Self::Dialects(decoding) => bail!("--readout {decoding} works only with --dialect"),
        }
    }

    /// The readout for a dialect.
    pub fn decoding(self) -> Result<Decoding> {
        match self {
            Self::Dialects(decoding) => Ok(decoding),
            Self::Simulator(Reading::Count) => Ok(Decoding::Count),
            Self::Simulator(Reading::First) => Ok(Decoding::FirstSpike),
            Self::Simulator(reading) => bail!("--readout {reading} does not work with --dialect"),
        }
    }
}

/// A parser for the names of all readouts, each listed once.
pub fn parser() -> impl TypedValueParser<Value = ReadoutArgument> {
    let both = Decoding::CHOICES.iter().filter(|choice| choice.name.parse::<Reading>().is_err());
    let only_dialects = both.map(|choice| {
        let help = format!("{}; only with --dialect", choice.help);
        clap::builder::PossibleValue::new(choice.name).help(help)
    });
    PossibleValuesParser::new(possible_values(Reading::CHOICES).chain(only_dialects))
        .try_map(|name| ReadoutArgument::named(&name))
}
