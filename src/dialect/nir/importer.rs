//! The frameworks that read NIR files.

use std::fmt;
use std::str::FromStr;

use super::error::NirError;
use crate::names::named;
use crate::plain::{Plain, shortened};

/// A framework that reads NIR files, each in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Importer {
    /// `snntorch.import_nir.import_from_nir`.
    SnnTorch,
    /// `spikingjelly.activation_based.nir_exchange.import_from_nir`.
    SpikingJelly,
    /// `norse.torch.from_nir`.
    Norse,
    /// `sinabs.from_nir`.
    Sinabs,
    /// `rockpool.nn.modules.torch.nir.from_nir`.
    Rockpool,
    /// The differential equations of NIR itself, in steps of forward Euler.
    Equations,
}

named!(Importer, "framework that reads NIR files" {
    SnnTorch = "snntorch",
    SpikingJelly = "spikingjelly",
    Norse = "norse",
    Sinabs = "sinabs",
    Rockpool = "rockpool",
    Equations = "nir",
});

impl Importer {
    /// Its name, as its authors write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SnnTorch => "snnTorch",
            Self::SpikingJelly => "SpikingJelly",
            Self::Norse => "Norse",
            Self::Sinabs => "Sinabs",
            Self::Rockpool => "Rockpool",
            Self::Equations => "NIR's equations",
        }
    }

    /// The version whose importer is followed, with the versions of `nir` that it reads files with.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::SnnTorch => "1.0.0 (nir 1.0.8)",
            Self::SpikingJelly => "2.0.0 (nir 1.0.8)",
            Self::Norse => "1.1.0 (nir 1.0.4)",
            Self::Sinabs => "3.1.3 (nir 1.0.4)",
            Self::Rockpool => "3.1.0 (nir 1.0.4)",
            Self::Equations => "(forward Euler)",
        }
    }

    /// Whether it reads files with a `nir` that knows `v_reset` and checks the types of nodes. Sinabs and Rockpool ask for
    /// nir 1.0.4 or older, and Norse is installed beside them.
    pub(super) fn has_new_nir(self) -> bool {
        matches!(self, Self::SnnTorch | Self::SpikingJelly | Self::Equations)
    }

    /// The time step that it takes where nothing is said, s; `None` where the file decides.
    pub(super) fn usual_time_step(self) -> Option<f64> {
        match self {
            Self::SnnTorch | Self::SpikingJelly | Self::Equations => Some(1e-4),
            Self::Norse => Some(1e-3),
            Self::Sinabs | Self::Rockpool => None,
        }
    }

    /// The time step, s, if `asked` for one.
    ///
    /// # Errors
    /// [`NirError::TimeStep`] where it takes none, or not this one.
    pub(super) fn time_step(self, asked: Option<f64>) -> Result<Option<f64>, NirError> {
        let Some(dt) = asked else { return Ok(self.usual_time_step()) };
        let refuse =
            |reason: &str| Err(NirError::TimeStep { framework: self.title(), reason: reason.into() });
        match self {
            Self::SnnTorch if dt == 1e-4 => Ok(asked),
            Self::SnnTorch => refuse("with a time step of 0.0001 s, which cannot be chosen"),
            Self::Sinabs => refuse("with time constants in steps: leave the time step out"),
            Self::Rockpool => {
                refuse("with the least tau_mem/(1 + r) of each layer for a time step, which cannot be chosen")
            }
            _ if dt > 0.0 && dt.is_finite() => Ok(asked),
            _ => refuse("with a positive time step only"),
        }
    }
}

/// A way to read a NIR file: as a framework reads it, perhaps with another time step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadAs {
    /// The framework.
    pub importer: Importer,
    /// The time step that is handed to its importer, s; `None` for its own.
    pub dt: Option<f64>,
}

/// Writes what `FromStr` reads.
impl fmt::Display for ReadAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.importer.name())?;
        self.dt.map_or(Ok(()), |dt| write!(f, ",dt={}", Plain(dt)))
    }
}

impl FromStr for ReadAs {
    type Err = NirError;

    /// Reads `FRAMEWORK` or `FRAMEWORK,dt=SECONDS`.
    fn from_str(text: &str) -> Result<Self, NirError> {
        let names: Vec<_> = Importer::ALL.iter().map(|importer| importer.name()).collect();
        let words = || NirError::Words { given: shortened(text).into(), valid: names.join(", ") };
        let (name, rest) = text.split_once(',').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let importer = name.trim().to_ascii_lowercase().parse().map_err(|_| words())?;
        let dt = rest.map(|rest| {
            let (key, value) = rest.split_once('=')?;
            (key.trim() == "dt").then(|| value.trim().parse().ok())?
        });
        match dt {
            None => Ok(Self { importer, dt: None }),
            Some(Some(dt)) => Ok(Self { importer, dt: Some(dt) }),
            Some(None) => Err(words()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_read_is_a_framework_and_perhaps_a_time_step() {
        let read = |text: &str| text.parse::<ReadAs>().map(|ReadAs { importer, dt }| (importer, dt));
        assert_eq!(read("snntorch"), Ok((Importer::SnnTorch, None)));
        assert_eq!(read("SpikingJelly,dt=0.001"), Ok((Importer::SpikingJelly, Some(1e-3))));
        assert_eq!(read("norse, dt = 1e-6"), Ok((Importer::Norse, Some(1e-6))));
        for wrong in ["", "lava", "norse,dt", "norse,dt=fast", "norse,tau=1", "norse,dt=1,dt=2"] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(error.contains("snntorch, spikingjelly, norse, sinabs, rockpool, nir"), "{error}");
        }
    }

    #[test]
    fn only_some_importers_take_a_time_step() {
        let step = |importer: Importer, dt| importer.time_step(Some(dt));
        assert_eq!(step(Importer::SnnTorch, 1e-4), Ok(Some(1e-4)));
        assert_eq!(step(Importer::Norse, 1e-6), Ok(Some(1e-6)));
        for (importer, dt) in [
            (Importer::SnnTorch, 1e-3),
            (Importer::Sinabs, 1e-3),
            (Importer::Rockpool, 1e-3),
            (Importer::SpikingJelly, 0.0),
            (Importer::Norse, -1.0),
            (Importer::Equations, f64::NAN),
        ] {
            assert!(step(importer, dt).is_err(), "{importer} {dt}");
        }
    }
}
