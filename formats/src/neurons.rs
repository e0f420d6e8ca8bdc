//! What a report says of the spiking neurons of a NIR file: how each framework reads them.

use serde::Serialize;
use spikepad::dialect::nir::{Graph, Importer, ReadAs, ReadLayer, Suggestion, Update};

use crate::text::number;

/// The neurons of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeuronsReport {
    /// The framework that wrote the file, if the file tells; `writer` of the report names the package.
    pub written_by: Option<&'static str>,
    /// How they are to be read: the framework and its time step, as `spikepad trace --as` takes them.
    pub read_as: String,
    /// The same in a sentence that says why.
    pub sentence: String,
    /// How each framework reads them, with its own time step.
    pub readings: Vec<ReadingReport>,
}

/// How a framework reads the neurons of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingReport {
    /// The framework, as `spikepad trace --as` takes it.
    pub read_as: String,
    /// The framework's name, and the version that is followed.
    pub framework: String,
    /// Why it refuses the file; `None` if it reads it.
    pub refused: Option<String>,
    /// What it leaves out, in sentences.
    pub notes: Vec<String>,
    /// The layers of neurons; empty if it refuses the file.
    pub layers: Vec<NeuronLayerReport>,
}

/// A layer of neurons as a framework reads it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeuronLayerReport {
    /// The name of its node.
    pub name: String,
    /// Its neurons.
    pub neurons: usize,
    /// One step of them.
    #[serde(flatten)]
    pub update: Update,
}

impl NeuronsReport {
    /// The report of a graph; `None` if it has no layers of neurons.
    #[must_use]
    pub fn of(graph: &Graph) -> Option<Self> {
        let Suggestion { writer, read_as, because } = graph.suggestion();
        graph.layers_as(read_as).ok()?;
        let mut ways: Vec<ReadAs> =
            Importer::ALL.iter().map(|&importer| ReadAs { importer, dt: None }).collect();
        // The suggested one in place of the framework's usual one.
        if let Some(way) = ways.iter_mut().find(|way| way.importer == read_as.importer) {
            *way = read_as;
        }
        let readings: Vec<ReadingReport> =
            ways.into_iter().map(|way| ReadingReport::of(graph, way)).collect();
        let suggested = readings.iter().find(|reading| reading.read_as == read_as.to_string())?;
        let dt = suggested.layers.first()?.update.dt;
        let step = dt.map_or_else(
            || "in steps".to_owned(),
            |dt| format!("with a time step of {} s", number(dt as f32)),
        );
        let wrote = writer.map_or_else(
            || "The file does not tell which framework wrote it.".to_owned(),
            |writer| format!("Written by {}.", writer.title()),
        );
        let sentence = format!("{wrote} Read as {} {step}: {because}.", read_as.importer.title());
        Some(Self {
            written_by: writer.map(Importer::name),
            read_as: read_as.to_string(),
            sentence,
            readings,
        })
    }
}

impl ReadingReport {
    fn of(graph: &Graph, read_as: ReadAs) -> Self {
        let importer = read_as.importer;
        let read = graph.layers_as(read_as);
        let notes = if read.is_ok() { graph.left_out(importer) } else { Vec::new() };
        let (refused, layers) = match read {
            Ok(layers) => (None, layers.into_iter().map(NeuronLayerReport::from).collect()),
            Err(error) => (Some(error.to_string()), Vec::new()),
        };
        let framework = format!("{} {}", importer.title(), importer.version());
        Self { read_as: read_as.to_string(), framework, refused, notes, layers }
    }
}

impl From<ReadLayer> for NeuronLayerReport {
    fn from(ReadLayer { name, shape: [_, neurons], update }: ReadLayer) -> Self {
        Self { name: crate::text::shortened(&name, 80), neurons, update }
    }
}
