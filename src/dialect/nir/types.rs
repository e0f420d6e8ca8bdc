//! The check of shapes that `nir` 1.0.5 and later does when it reads a file (`nir/ir/graph.py`, `infer_types`).

use super::graph::{Graph, GraphNode, Node};

/// Checks that each node takes the shape that the node before it gives.
///
/// # Errors
/// A sentence in the words of `nir`.
pub(super) fn check(graph: &Graph) -> Result<(), String> {
    let mut before: Option<(&GraphNode, Vec<usize>)> = None;
    for node in &graph.nodes {
        let taken = taken(&node.node);
        if let Some((from, given)) = &before
            && let Some(taken) = &taken
            && given != taken
        {
            return Err(format!(
                "Type inference error: type mismatch: {}.output: {given:?} -> {}.input: {taken:?}",
                crate::plain::shortened(&from.name),
                crate::plain::shortened(&node.name)
            ));
        }
        let input = taken.or_else(|| before.map(|(_, given)| given)).unwrap_or_default();
        before = Some((node, given(&node.node, &input)?));
    }
    Ok(())
}

/// The shape that a node takes; `None` where it takes any.
fn taken(node: &Node) -> Option<Vec<usize>> {
    match node {
        Node::Input(shape) | Node::Output(shape) => Some(shape.clone()),
        Node::Flatten { input, .. } => input.clone(),
        Node::Weights { weights, .. } => Some(vec![weights.nrows()]),
        Node::Scale(array) | Node::Threshold(array) => Some(array.shape().to_vec()),
        Node::Neurons(neurons) => Some(neurons.shape().to_vec()),
        Node::Other(_) => None,
    }
}

/// The shape that a node gives, if it takes `input`.
fn given(node: &Node, input: &[usize]) -> Result<Vec<usize>, String> {
    Ok(match node {
        Node::Weights { weights, .. } => vec![weights.ncols()],
        Node::Flatten { start, end, .. } => flattened(input, *start, *end)
            .ok_or_else(|| format!("a Flatten node cannot make one axis of {start} to {end} in {input:?}"))?,
        _ => input.to_vec(),
    })
}

/// The shape after the axes from `start` to `end` became one (`nir/ir/utils.py`, `calc_flatten_output`).
fn flattened(shape: &[usize], start: i64, end: i64) -> Option<Vec<usize>> {
    let axes = i64::try_from(shape.len()).ok()?;
    let place = |axis: i64| usize::try_from(if axis < 0 { axis + axes } else { axis }).ok();
    let (start, end) = (place(start)?, place(end)?.checked_add(1)?);
    let middle = shape.get(start..end)?.iter().try_fold(1_usize, |all, &side| all.checked_mul(side))?;
    Some([&shape[..start], &[middle], &shape[end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_counted_as_in_python() {
        assert_eq!(flattened(&[1, 28, 28], 0, -1), Some(vec![784]));
        assert_eq!(flattened(&[2, 3, 4, 5], 1, 2), Some(vec![2, 12, 5]));
        assert_eq!(flattened(&[2, 3], -1, -1), Some(vec![2, 3]));
        assert_eq!(flattened(&[2, 3], 1, 4), None);
        assert_eq!(flattened(&[], 0, -1), None);
        assert_eq!(flattened(&[2, 3], i64::MIN, i64::MAX), None);
    }
}
