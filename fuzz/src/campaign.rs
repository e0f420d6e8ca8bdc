//! Reads many inputs and keeps those that are troublesome.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::input::{MAX_INPUT, damage};
use crate::random::Random;
use crate::target::Target;
use crate::watch::{Trouble, examine};

/// How often an input of a find is read to make it smaller.
const MINIMISING: usize = 300;

/// An input that was troublesome.
#[derive(Debug)]
pub struct Find {
    /// Its number.
    pub number: u64,
    /// The input, made smaller.
    pub input: Vec<u8>,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What was read of one target.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Inputs that were read.
    pub inputs: u64,
    /// Those that were accepted.
    pub accepted: u64,
    /// The longest time.
    pub slowest: Duration,
    /// The most bytes beyond a result.
    pub most: isize,
}

/// The inputs of one target under one seed.
pub struct Campaign {
    target: &'static Target,
    index: usize,
    seed: u64,
    corpus: Vec<Vec<u8>>,
    /// What was read so far.
    pub progress: Progress,
}

impl Campaign {
    /// A campaign against a target, which has this index among all.
    #[must_use]
    pub fn new(target: &'static Target, index: usize, seed: u64) -> Self {
        Self { target, index, seed, corpus: (target.examples)(), progress: Progress::default() }
    }

    /// The target.
    #[must_use]
    pub fn target(&self) -> &'static Target {
        self.target
    }

    /// Input `number`.
    #[must_use]
    pub fn input(&self, number: u64) -> Vec<u8> {
        let mut random = Random::new(self.seed, self.index, number);
        let generated = random.once_in(2).then(|| (self.target.generate)(&mut random));
        let mut input = generated.unwrap_or_else(|| self.corpus[random.below(self.corpus.len())].clone());
        // Some inputs that are put together stay as they are.
        if !random.once_in(4) {
            damage(&mut input, &self.corpus, &mut random);
            (self.target.repair)(&mut input, &mut random);
        }
        input.truncate(MAX_INPUT);
        input
    }

    /// Reads the next input.
    pub fn step(&mut self) -> Option<Find> {
        let number = self.progress.inputs;
        self.progress.inputs += 1;
        let input = self.input(number);
        match examine(self.target.read, &input) {
            Ok(cost) => {
                self.progress.accepted += u64::from(cost.accepted);
                self.progress.slowest = self.progress.slowest.max(cost.time);
                self.progress.most = self.progress.most.max(cost.beyond);
                None
            }
            Err(trouble) => Some(Find { number, ..self.smaller(input, trouble) }),
        }
    }

    /// Cuts parts out of a troublesome input while it stays troublesome in the same way.
    fn smaller(&self, mut input: Vec<u8>, mut trouble: Trouble) -> Find {
        let (mut length, mut tries) = (input.len() / 2, 0);
        while length > 0 && tries < MINIMISING {
            let mut at = 0;
            while at < input.len() && tries < MINIMISING {
                tries += 1;
                let rest = [&input[..at], &input[(at + length).min(input.len())..]].concat();
                match examine(self.target.read, &rest) {
                    Err(other) if other.kind() == trouble.kind() => (input, trouble) = (rest, other),
                    _ => at += length,
                }
            }
            length /= 2;
        }
        Find { number: 0, input, trouble }
    }
}

impl Find {
    /// Writes the input to a file in `folder`; returns its path.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self, folder: &Path, target: &Target) -> io::Result<PathBuf> {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}-{:08x}", self.trouble.kind(), crc32fast::hash(&self.input)));
        fs::write(&path, &self.input)?;
        Ok(path)
    }
}
