//! `spikepad settings`: prints the table of the settings.

use anyhow::Result;
use clap::Args;
use serde::Serialize;
use serde_json::Value;
use spikepad::{SETTINGS, Setting, Settings};

use crate::output::{Output, OutputError};

#[derive(Args)]
pub struct Arguments {
    /// Print a JSON list
    #[arg(long)]
    json: bool,
}

/// A setting with its default.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(flatten)]
    setting: &'static Setting,
    default: Value,
    /// Its flag in the other commands.
    flag: String,
    /// The range in words.
    must_be: String,
}

pub fn run(arguments: &Arguments, out: &mut Output) -> Result<()> {
    let defaults = serde_json::to_value(Settings::default())?;
    let rows = SETTINGS.iter().map(|setting| Row {
        setting,
        default: defaults[setting.name].clone(),
        flag: format!("--{}", setting.flag()),
        must_be: setting.range.to_string(),
    });
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&rows.collect::<Vec<_>>())?)?;
    } else {
        rows.into_iter().try_for_each(|row| print(&row, out))?;
    }
    Ok(())
}

fn print(Row { setting, default, flag, must_be }: &Row, out: &mut Output) -> Result<(), OutputError> {
    let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
    let unit = setting.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    writeln!(out, "{flag}\n  {}\n  {must_be}; default {default}{unit}", setting.help)
}
