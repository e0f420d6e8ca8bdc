//! Arguments that several commands share.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Result;
use clap::Args;
use spikepad::Model;
use spikepad::dialect::Given;

use crate::opening::ChoiceArguments;

#[derive(Args)]
pub struct ModelArguments {
    /// Network to use, a file of Keras, PyTorch, ONNX, NIR, safetensors, NumPy or TensorFlow.js; once for each file if it is
    /// in several [default: the page's model]
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,
    #[command(flatten)]
    choice: ChoiceArguments,
}

impl ModelArguments {
    pub fn load(&self) -> Result<Model> {
        if self.model.is_empty() { Ok(Model::shipped()) } else { self.choice.model(&self.model) }
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
