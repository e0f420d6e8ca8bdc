//! Arguments that several commands share.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Result, bail};
use clap::Args;
use spikepad::dialect::{Dialect, Given};
use spikepad::{Damage, Model};

use crate::link::{Link, LinkedNetwork};
use crate::opening::{ChoiceArguments, check_digest};
use crate::setting_flags::{HEADING, NEURON_SETTINGS};

#[derive(Args)]
pub struct ModelArguments {
    /// Network to use, a file of Keras, PyTorch, ONNX, NIR, safetensors, NumPy or TensorFlow.js; once for each file if it is
    /// in several [default: the page's model]
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,
    /// Break the network, as in silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7: silence a share of the hidden neurons, add noise to
    /// the weights, round them to 1 to 8 bits, lose a share of the spikes
    #[arg(long = "break", value_name = "DAMAGE")]
    damage: Option<Damage>,
    #[command(flatten)]
    choice: ChoiceArguments,
}

impl ModelArguments {
    pub fn load(&self) -> Result<Model> {
        let whole =
            if self.model.is_empty() { self.choice.shipped() } else { self.choice.model(&self.model) }?;
        broken(whole, self.damage.as_ref())
    }

    /// The network of a link. It must be given if it is not the page's own. What was chosen when it was opened, and what is broken
    /// in it, is in the link; flags that are given replace it.
    pub fn load_linked(&self, link: &Link) -> Result<Model> {
        let whole = match &link.network {
            None if self.model.is_empty() => self.choice.shipped()?,
            None => self.choice.model(&self.model)?,
            Some(network) => self.load_named(network)?,
        };
        broken(whole, self.damage.as_ref().or(link.damage.as_ref()))
    }

    fn load_named(&self, network: &LinkedNetwork) -> Result<Model> {
        if self.model.is_empty() {
            let what = match &*network.file {
                "" => "the question's network, www/assets/question-784-128-10.safetensors",
                file => file,
            };
            bail!("the link is of another network: give its file with --model ({what})");
        }
        if network.digest != LinkedNetwork::QUESTION {
            check_digest(&self.model, &network.digest)?;
        }
        self.choice.clone().or_linked(&network.choices)?.model(&self.model)
    }

    /// The one file, which is to be a NIR file.
    pub fn nir_file(&self) -> Result<&Path> {
        match &self.model[..] {
            [file] => Ok(file),
            [] => bail!("--as reads a NIR file; name it with --model"),
            _ => bail!("--as reads one NIR file; {} were given with --model", self.model.len()),
        }
    }
}

fn broken(whole: Model, damage: Option<&Damage>) -> Result<Model> {
    Ok(match damage {
        Some(damage) => whole.damaged(damage)?,
        None => whole,
    })
}

#[derive(Args)]
#[command(next_help_heading = "As another framework")]
pub struct DialectArguments {
    /// Run the network as this framework does; evaluate also takes 'all', a table of all frameworks at their defaults
    #[arg(long, value_name = "NAME", conflicts_with = NEURON_SETTINGS)]
    pub dialect: Option<String>,
    /// Set a parameter of the dialect
    #[arg(long = "set", value_name = "NAME=VALUE", requires = "dialect")]
    overrides: Vec<Override>,
}

impl DialectArguments {
    /// The dialect with its parameters, if one was asked for.
    pub fn dialect(&self) -> Result<Option<Dialect>> {
        let Some(name) = &self.dialect else { return Ok(None) };
        let mut dialect = Dialect::named(name)?;
        self.set(&mut dialect)?;
        Ok(Some(dialect))
    }

    /// Sets the parameters that were given.
    pub fn set(&self, dialect: &mut Dialect) -> Result<()> {
        Ok(self.overrides.iter().try_for_each(|Override { name, value }| dialect.set(name, value))?)
    }
}

/// What a presentation starts from.
#[derive(Args, Default)]
pub struct StateArguments {
    /// State of the neurons at the start of a presentation: at rest, or as the image before left it, from rest at every
    /// hundredth image
    #[arg(long, value_name = "STATE", value_parser = ["rest", "keep"], help_heading = HEADING)]
    state: Option<String>,
}

impl StateArguments {
    /// Whether neurons keep their state from image to image.
    pub fn keeps(&self) -> bool {
        self.state.as_deref() == Some("keep")
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
