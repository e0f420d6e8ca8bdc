//! `spikepad export --to nir:FRAMEWORK`: a NIR file that a framework reads back to the spikes of its dialect.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use spikepad::Model;
use spikepad::dialect::Dialect;
use spikepad::dialect::nir::{Graph, Importer, ReadAs};
use spikepad_formats::{NamedBytes, nir_graph, write_nir};

use crate::arguments::Override;
use crate::output::Output;

/// What `--to` begins with for a NIR file.
pub const PREFIX: &str = "nir:";

/// The framework that reads the file, and the dialect whose spikes it gives.
#[derive(Clone)]
pub struct NirTarget {
    importer: Importer,
    dialect: Dialect,
}

impl NirTarget {
    /// Reads what follows `nir:`, a framework or one of its dialects. A framework stands for the dialect whose neurons it reads
    /// from a file.
    pub fn named(name: &str) -> Result<Self> {
        if let Ok(importer) = name.parse::<Importer>() {
            let Some(dialect) = importer.dialect() else {
                bail!(
                    "'{name}' is no framework; a NIR file is written for one that reads it, such as nir:snntorch"
                );
            };
            return Ok(Self { importer, dialect: Dialect::named(dialect)? });
        }
        let dialect = Dialect::named(name)?;
        let importer = Importer::ALL.iter().find(|importer| importer.title() == dialect.framework());
        let Some(&importer) = importer else {
            bail!("{} reads no NIR files, so none is written for it", dialect.framework());
        };
        Ok(Self { importer, dialect })
    }

    /// Writes `model` to the file `path`.
    pub fn write(&self, model: &Model, overrides: &[Override], path: &Path, out: &mut Output) -> Result<()> {
        let Self { importer, mut dialect } = self.clone();
        overrides.iter().try_for_each(|Override { name, value }| dialect.set(name, value))?;
        let bytes = write_nir(&Graph::of(model, &dialect, importer)?)?;
        // What is written must be what is read.
        let name = path.display().to_string();
        let read_as = ReadAs { importer, dt: None };
        let graph = nir_graph(NamedBytes { name: &name, bytes: &bytes })?;
        let layers = graph.layers_as(read_as)?;
        fs::write(path, bytes).with_context(|| format!("cannot write {name}"))?;
        writeln!(out, "{name} written: {} reads it as", importer.title())?;
        for layer in layers {
            writeln!(out, "  {}: {}, {}", layer.name, layer.update.made, layer.update.rule)?;
        }
        let usual: Vec<_> = self.dialect.parameters().collect();
        let set = dialect.parameters().filter(|parameter| !usual.contains(parameter));
        let set = set.map(|(parameter, value)| {
            let value = serde_json::to_string(&value).unwrap_or_default();
            format!(" --set {}={}", parameter.name, value.trim_matches('"'))
        });
        let set: String = set.collect();
        writeln!(out, "with the spikes of `spikepad trace --dialect {}{set}`", dialect.name())?;
        writeln!(out, "and of `spikepad trace --as {read_as} --model {name}`")?;
        Ok(())
    }
}
