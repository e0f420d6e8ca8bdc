//! Flags for the settings of a presentation, made from the library's table.

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr, ValueParser};
use clap::error::Error;
use clap::{Arg, ArgGroup, ArgMatches, Args, Command, FromArgMatches};
use spikepad::{Choice, Model, SETTINGS, Setting, Settings, SettingsError, ValueRange};

/// Heading of the settings in a command's help.
pub const HEADING: &str = "Settings [default: what suits the model]";

/// The group of the settings that only Spikepad's own neurons have. They conflict with `--dialect`.
pub const NEURON_SETTINGS: &str = "neuron settings";

/// The settings that also apply to dialects.
const WITH_DIALECT: [&str; 3] = ["steps", "readout", "seed"];

/// The settings that were given. A command can declare its own flag with the name of a setting before it flattens
/// this; then the setting has no flag here.
pub struct SettingFlags {
    /// Names of settings, and the texts that were given.
    given: Vec<(&'static str, String)>,
}

impl SettingFlags {
    /// The default settings of the model, overridden by the given ones.
    pub fn over(&self, model: &Model) -> Result<Settings, SettingsError> {
        self.over_others(model, &[])
    }

    /// The default settings of the model, overridden by `others`, names and values, and these by the given ones.
    pub fn over_others(
        &self,
        model: &Model,
        others: &[(&'static str, String)],
    ) -> Result<Settings, SettingsError> {
        let mut settings = model.defaults();
        others.iter().try_for_each(|(name, text)| settings.set(name, text))?;
        self.given.iter().try_for_each(|(name, text)| settings.set(name, text))?;
        Ok(settings)
    }
}

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let is_taken = |flag: &Arg| command.get_arguments().any(|own| own.get_long() == flag.get_long());
        let (mut flags, mut neurons) = (Vec::new(), ArgGroup::new(NEURON_SETTINGS).multiple(true));
        for setting in SETTINGS {
            let flag = flag_of(setting).help_heading(HEADING);
            if is_taken(&flag) {
                continue;
            }
            if !WITH_DIALECT.contains(&setting.name) {
                neurons = neurons.arg(flag.get_id());
            }
            flags.push(flag);
        }
        command.args(flags).group(neurons)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = SETTINGS.iter().filter_map(|setting| {
            // An error means that the command has no such flag.
            let text = matches.try_get_one::<String>(&id_of(setting)).ok()??;
            Some((setting.name, text.clone()))
        });
        Ok(Self { given: given.collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The help text of the setting `name`.
pub fn help_of(name: &str) -> StyledStr {
    SETTINGS.iter().find(|setting| setting.name == name).map(help).unwrap_or_default()
}

/// The values of a flag that takes one of `choices`.
pub fn possible_values(choices: &'static [Choice]) -> impl Iterator<Item = PossibleValue> {
    choices.iter().map(|choice| PossibleValue::new(choice.name).help(choice.help))
}

/// The id of a setting's flag. The prefix keeps it different from the ids of the command's own flags.
fn id_of(setting: &Setting) -> String {
    format!("setting {}", setting.name)
}

fn flag_of(setting: &'static Setting) -> Arg {
    let long = setting.flag();
    let value = match setting.unit {
        Some(unit) => unit.to_uppercase(),
        None => match setting.range {
            ValueRange::Whole { .. } => "N".into(),
            ValueRange::Number(_) => "X".into(),
            _ => long.to_uppercase(),
        },
    };
    Arg::new(id_of(setting))
        .long(long)
        .value_name(value)
        .allow_negative_numbers(true)
        .value_parser(parser_of(setting))
        .help(help(setting))
}

fn help(setting: &Setting) -> StyledStr {
    let sentence = setting.help.trim_end_matches('.');
    match setting.range {
        // Clap lists the values itself.
        ValueRange::Choice { .. } => sentence.into(),
        range => format!("{sentence} [{range}]").into(),
    }
}

fn parser_of(setting: &'static Setting) -> ValueParser {
    match setting.range {
        ValueRange::Choice { choices } => PossibleValuesParser::new(possible_values(choices)).into(),
        _ => ValueParser::from(move |text: &str| {
            let mut settings = Settings::default();
            settings.set(setting.name, text)?;
            settings.validate().map(|()| text.to_owned())
        }),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use spikepad::Encoding;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        /// A flag of the command's own.
        #[arg(long)]
        steps: Option<String>,
        #[arg(long, conflicts_with = NEURON_SETTINGS)]
        dialect: Option<String>,
        #[command(flatten)]
        settings: SettingFlags,
    }

    fn parse(arguments: &[&str]) -> Result<Cli, Error> {
        Cli::try_parse_from([&["test"], arguments].concat())
    }

    #[test]
    fn every_setting_has_a_flag_with_its_help_and_range() {
        let command = <Cli as clap::CommandFactory>::command();
        command.clone().debug_assert();
        for setting in SETTINGS {
            let long = setting.flag();
            let flags: Vec<_> = command.get_arguments().filter(|a| a.get_long() == Some(&long)).collect();
            assert_eq!(flags.len(), 1, "{long}");
            if long == "steps" {
                continue;
            }
            let help = flags[0].get_help().unwrap().to_string();
            assert!(help.starts_with(setting.help.trim_end_matches('.')), "{help}");
            if let ValueRange::Choice { choices } = setting.range {
                let values = flags[0].get_possible_values();
                assert!(values.iter().map(PossibleValue::get_name).eq(choices.iter().map(|c| c.name)));
            } else {
                assert!(help.ends_with(&format!(" [{}]", setting.range)), "{help}");
            }
        }
        let max_rate = SETTINGS.iter().find(|setting| setting.name == "maxRate").unwrap();
        assert_eq!(max_rate.flag(), "max-rate");
    }

    #[test]
    fn given_settings_override_those_of_the_model() {
        let given = parse(&["--steps", "many", "--tau-m", "inf", "--max-rate=5e1", "--encoding", "latency"]);
        let given = given.map_err(|error| error.to_string()).unwrap();
        assert_eq!(given.steps.as_deref(), Some("many"));
        let shipped = include_bytes!("../../www/assets/mnist-784-128-10.safetensors");
        let model = Model::from_safetensors(shipped).unwrap();
        let expected = model.defaults().with(|s| {
            (s.tau_m, s.max_rate, s.encoding) = (None, 50.0, Encoding::Latency);
        });
        assert_eq!(given.settings.over(&model).unwrap(), expected);
    }

    #[test]
    fn a_dialect_takes_the_seed_but_no_neuron_settings() {
        assert!(parse(&["--dialect", "norse", "--seed", "5"]).is_ok_and(|cli| cli.dialect.is_some()));
        for flag in ["--dt=1", "--threshold=2", "--encoding=latency"] {
            assert!(parse(&["--dialect", "norse", flag]).is_err(), "{flag}");
        }
    }
}
