//! The nodes of a NIR file, whose edges must make a chain (<https://neuroir.org>; `nir/serialization.py` of the package `nir`
//! 0.1 to 1.0.8).

use crate::container::hdf5::Hdf5;
use crate::error::Problem;
use crate::text::quoted;

/// Where the nodes of the graph are.
pub const NODES: &str = "node/nodes";

/// The most nodes of a graph.
const MAX_NODES: usize = 256;

/// The kinds of the nodes, by name.
pub struct Nodes(Vec<(String, String)>);

impl Nodes {
    /// The kind of a node.
    pub fn kind(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, kind)| kind.as_str())
    }

    /// The kind of a node that is there.
    pub fn of(&self, name: &str) -> &str {
        self.kind(name).unwrap_or("node")
    }
}

/// Whether this is a file of NIR's.
#[must_use]
pub fn is_nir(file: &Hdf5<'_>) -> bool {
    file.has(NODES) && file.has("node/edges")
}

/// The version of the package that wrote the file; the first ones wrote none.
#[must_use]
pub fn version(file: &Hdf5<'_>) -> Option<String> {
    file.has("version").then(|| file.texts("version").ok()?.into_iter().next()).flatten()
}

/// The types of the nodes, by name.
///
/// # Errors
/// [`Problem`] where they are too many, or one has no type.
pub fn nodes(file: &Hdf5<'_>) -> Result<Nodes, Problem> {
    let mut nodes = Vec::new();
    for path in file.paths() {
        let Some(name) = path.strip_prefix(NODES).and_then(|rest| rest.strip_prefix('/')) else { continue };
        if name.contains('/') {
            continue;
        }
        if nodes.len() == MAX_NODES {
            let what = format!("its graph has more than {MAX_NODES} nodes");
            return Err(Problem::TooLarge { what, most: MAX_NODES.to_string() });
        }
        let kind = file.texts(&format!("{path}/type"))?.into_iter().next().unwrap_or_default();
        nodes.push((name.to_owned(), kind));
    }
    Ok(Nodes(nodes))
}

/// The names of the nodes from the input to the output.
///
/// # Errors
/// [`Problem`] names the node at which the graph is no chain.
pub fn order(file: &Hdf5<'_>, nodes: &Nodes) -> Result<Vec<String>, Problem> {
    let texts = file.texts("node/edges")?;
    let edges: Vec<(&str, &str)> =
        texts.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let mut inputs = nodes.0.iter().filter(|(_, kind)| kind == "Input").map(|(name, _)| name);
    let first =
        inputs.next().ok_or_else(|| Problem::NoLayers { reason: "its graph has no Input node".into() })?;
    let refuse = |name: &str, reason: &str| {
        let kind = nodes.of(name);
        Err(Problem::layer(kind, name, format!("{reason}; only a chain of layers can be run")))
    };
    if let Some(other) = inputs.next() {
        return refuse(other, "the graph has several inputs");
    }
    let mut order = vec![first.clone()];
    loop {
        let current = order[order.len() - 1].as_str();
        let mut next = edges.iter().filter(|(from, _)| *from == current).map(|(_, to)| *to);
        let Some(name) = next.next() else { break };
        if nodes.kind(name).is_none() {
            return Err(Problem::damaged(
                "NIR",
                format!("an edge leads to {}, which is no node", quoted(name)),
            ));
        }
        if let Some(other) = next.find(|other| *other != name) {
            let back = order.iter().any(|before| before == other || before == name);
            return refuse(current, if back { "it is recurrent" } else { "the graph branches" });
        }
        if order.iter().any(|before| before == name) {
            return refuse(name, "it is recurrent");
        }
        if edges.iter().any(|(from, to)| *to == name && *from != current) {
            return refuse(name, "it takes several inputs, or is recurrent");
        }
        order.push(name.to_owned());
    }
    if let Some(name) = nodes.0.iter().map(|(name, _)| name).find(|name| !order.contains(name)) {
        return refuse(name, "it is not connected to the input");
    }
    Ok(order)
}
