//! NIR graphs as frameworks read them, spike for spike.
//!
//! NIR describes neurons by differential equations, and says neither how long a step is nor how the equations are stepped.
//! Each framework decides that when it imports a file, so the same file spikes differently in each. [`Graph::read_as`] does
//! what the framework's importer does: the same refusals, the same parameters in the same precision, the same neurons.
//! Each framework has its own file here, which names the sources.

mod array;
mod cell;
mod equations;
mod error;
mod export;
mod graph;
mod importer;
mod layer;
mod norse;
mod reading;
mod rockpool;
mod sinabs;
mod snntorch;
mod spikingjelly;
mod suggestion;
mod types;

pub use array::NodeArray;
pub use cell::{Spread, Update};
pub use error::NirError;
pub use graph::{Graph, GraphNode, NeuronKind, NeuronNode, Node};
pub use importer::{Importer, ReadAs};
pub use reading::{ReadLayer, Reading, ReadingTrace};
pub use suggestion::Suggestion;
