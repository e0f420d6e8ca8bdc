//! Arguments that several commands share.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result};
use clap::Args;
use spikepad::Model;
use spikepad::dialect::Given;

use crate::readers::read;

#[derive(Args)]
pub struct ModelArguments {
    /// Model to use: a safetensors file, or an npz file with w1, w2 and so on [default: the page's model]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl ModelArguments {
    pub fn load(&self) -> Result<Model> {
        match &self.model {
            Some(path) => load_model(path),
            None => Ok(Model::shipped()),
        }
    }
}

/// A parameter of a dialect and its new value: `NAME=VALUE`.
#[derive(Clone)]
pub struct Override {
    /// The name of the parameter.
    pub name: String,
    /// The new value.
    pub value: Given,
}

impl FromStr for Override {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
        let (name, word) = (name.trim().to_owned(), value.trim());
        let number = word.parse().map(Given::Number);
        let value = number.or_else(|_| word.parse().map(Given::Switch));
        Ok(Self { name, value: value.unwrap_or_else(|_| Given::Word(word.into())) })
    }
}

pub fn load_model(path: &Path) -> Result<Model> {
    Model::from_bytes(&read(path)?).with_context(|| path.display().to_string())
}
