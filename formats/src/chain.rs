//! Finds the order and the orientation of matrices, whose shapes must chain from the picture to the classes.

use spikepad::{SIDES, limits};

use crate::error::Problem;
use crate::text::{quoted, shape_text};

/// How many steps the search for an order may take.
const MAX_STEPS: usize = 20_000;

/// A matrix as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    /// Its name.
    pub name: &'a str,
    /// Rows and columns.
    pub sides: [usize; 2],
}

/// Which side of matrices the inputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// `[inputs, outputs]`, as Keras stores them.
    InputsFirst,
    /// `[outputs, inputs]`, as PyTorch stores them.
    OutputsFirst,
}

/// Matrices in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Indices of the matrices, input side first.
    pub order: Vec<usize>,
    /// How all of them are stored.
    pub orientation: Orientation,
    /// Whether the shapes allow this order only.
    pub is_only: bool,
}

impl Orientation {
    /// Inputs and outputs of a matrix of these sides.
    #[must_use]
    pub fn of(self, [rows, columns]: [usize; 2]) -> (usize, usize) {
        match self {
            Self::InputsFirst => (rows, columns),
            Self::OutputsFirst => (columns, rows),
        }
    }
}

/// Finds the order of matrices and how they are stored. `preferred` are orders that the names or the file suggest, the most
/// trusted first; they decide where the shapes allow several. `convention` decides where the shapes allow both orientations.
///
/// # Errors
/// [`Problem::Chain`] where no order chains; [`Problem::Ambiguous`] where several do, and nothing decides.
pub fn solve(
    matrices: &[Matrix<'_>],
    preferred: &[Vec<usize>],
    convention: Option<Orientation>,
) -> Result<Chain, Problem> {
    if matrices.len() > limits::MAX_LAYERS {
        let layer = matrices[limits::MAX_LAYERS].name.to_owned();
        return Err(spikepad::NetworkError::TooManyLayers { layer }.into());
    }
    let both = [Orientation::InputsFirst, Orientation::OutputsFirst];
    let found = both.map(|orientation| {
        let sides: Vec<_> = matrices.iter().map(|matrix| orientation.of(matrix.sides)).collect();
        let mut chains = all_chains(&sides);
        let trusted = preferred.iter().find(|order| chains_in(&sides, order)).cloned();
        let is_only = chains.len() == 1;
        let order = trusted.or_else(|| is_only.then(|| chains.swap_remove(0)));
        (orientation, order, is_only, chains.len())
    });
    let mut fits = found.iter().filter(|(_, order, ..)| order.is_some());
    let chosen = match (fits.next(), fits.next()) {
        (Some(one), None) => Some(one),
        (Some(_), Some(_)) => {
            let convention = convention.ok_or_else(|| Problem::Ambiguous {
                reason: format!(
                    "the shapes of the layers fit as [inputs, outputs] and as [outputs, inputs] (first {})",
                    named(matrices, 0)
                ),
                advice: "name the arrays as a framework does, such as fc1.weight (PyTorch) or dense/kernel (Keras)",
            })?;
            found.iter().find(|(orientation, ..)| *orientation == convention)
        }
        _ => None,
    };
    if let Some((orientation, Some(order), is_only, _)) = chosen {
        return Ok(Chain { order: order.clone(), orientation: *orientation, is_only: *is_only });
    }
    if found.iter().any(|&(.., count)| count > 1) {
        return Err(Problem::Ambiguous {
            reason: "the shapes of the layers allow several orders, and their names tell none".into(),
            advice: "number the layers in their names, such as fc1.weight, fc2.weight",
        });
    }
    Err(Problem::Chain { reason: reason(matrices, preferred) })
}

/// Whether the sides can be those of a picture.
fn is_picture(inputs: usize) -> bool {
    SIDES.into_iter().any(|side| side * side == inputs)
}

/// Whether matrices of these inputs and outputs chain in that order.
fn chains_in(sides: &[(usize, usize)], order: &[usize]) -> bool {
    let starts = order.first().is_some_and(|&first| is_picture(sides[first].0));
    let ends = order.last().is_some_and(|&last| limits::CLASSES.contains(&sides[last].1));
    starts && ends && order.windows(2).all(|pair| sides[pair[0]].1 == sides[pair[1]].0)
}

/// The first two orders in which matrices of these inputs and outputs chain.
fn all_chains(sides: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let (mut found, mut steps) = (Vec::new(), 0);
    extend(sides, &mut Vec::new(), &mut found, &mut steps);
    found
}

fn extend(sides: &[(usize, usize)], order: &mut Vec<usize>, found: &mut Vec<Vec<usize>>, steps: &mut usize) {
    *steps += 1;
    if *steps > MAX_STEPS || found.len() > 1 {
        return;
    }
    if order.len() == sides.len() && !order.is_empty() {
        if chains_in(sides, order) {
            found.push(order.clone());
        }
        return;
    }
    for next in 0..sides.len() {
        let fits = match order.last() {
            None => is_picture(sides[next].0),
            Some(&last) => sides[last].1 == sides[next].0,
        };
        // Matrices of the same shape make the same chain of shapes, which is still another network.
        if fits && !order.contains(&next) {
            order.push(next);
            extend(sides, order, found, steps);
            order.pop();
        }
    }
}

fn named(matrices: &[Matrix<'_>], index: usize) -> String {
    matrices
        .get(index)
        .map_or_else(String::new, |matrix| format!("{} {}", quoted(matrix.name), shape_text(&matrix.sides)))
}

/// Where the most trusted order breaks.
fn reason(matrices: &[Matrix<'_>], preferred: &[Vec<usize>]) -> String {
    let order = preferred.first().cloned().unwrap_or_else(|| (0..matrices.len()).collect());
    let Some(&first) = order.first() else { return "there is none".into() };
    let starts = |orientation: Orientation| is_picture(orientation.of(matrices[first].sides).0);
    let orientation =
        if starts(Orientation::InputsFirst) { Orientation::InputsFirst } else { Orientation::OutputsFirst };
    if !starts(orientation) {
        let (least, most) = (SIDES.start(), SIDES.end());
        return format!(
            "the first layer, {}, does not take the pixels of a square of {least} x {least} to {most} x {most}",
            named(matrices, first)
        );
    }
    for pair in order.windows(2) {
        let (outputs, inputs) =
            (orientation.of(matrices[pair[0]].sides).1, orientation.of(matrices[pair[1]].sides).0);
        if outputs != inputs {
            return format!(
                "{} has {outputs} outputs, but {} takes {inputs} inputs",
                named(matrices, pair[0]),
                named(matrices, pair[1])
            );
        }
    }
    let last = order[order.len() - 1];
    let (least, most) = (limits::CLASSES.start(), limits::CLASSES.end());
    format!("the last layer, {}, does not have {least} to {most} outputs", named(matrices, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solved(
        sides: &[[usize; 2]],
        convention: Option<Orientation>,
    ) -> Result<(Vec<usize>, Orientation, bool), String> {
        let matrices: Vec<_> = sides.iter().map(|&sides| Matrix { name: "w", sides }).collect();
        let natural = (0..sides.len()).collect();
        let chain = solve(&matrices, &[natural], convention).map_err(|problem| problem.to_string())?;
        Ok((chain.order, chain.orientation, chain.is_only))
    }

    #[test]
    fn shapes_tell_the_order_and_the_orientation() {
        use Orientation::{InputsFirst, OutputsFirst};
        assert_eq!(solved(&[[784, 32], [32, 10]], None), Ok((vec![0, 1], InputsFirst, true)));
        assert_eq!(solved(&[[10, 32], [32, 784]], None), Ok((vec![1, 0], OutputsFirst, true)));
        assert_eq!(solved(&[[784, 10]], None), Ok((vec![0], InputsFirst, true)));
        // Square matrices follow the others, and their own order.
        let deep = [[32, 784], [32, 32], [32, 32], [10, 32]];
        assert_eq!(solved(&deep, None), Ok((vec![0, 1, 2, 3], OutputsFirst, false)));
    }

    #[test]
    fn what_fits_both_ways_needs_a_convention() {
        let square = [[64, 64], [64, 64]];
        assert!(solved(&square, None).unwrap_err().contains("as [inputs, outputs] and as [outputs, inputs]"));
        let torch = solved(&square, Some(Orientation::OutputsFirst));
        assert_eq!(torch, Ok((vec![0, 1], Orientation::OutputsFirst, false)));
    }

    #[test]
    fn errors_name_both_shapes() {
        let text = solved(&[[784, 32], [30, 10]], None).unwrap_err();
        assert!(text.contains("[784, 32] has 32 outputs, but 'w' [30, 10] takes 30 inputs"), "{text}");
        assert!(solved(&[[30, 32], [32, 10]], None).unwrap_err().contains("does not take the pixels"));
        assert!(solved(&[[784, 100]], None).unwrap_err().contains("does not have 2 to 64 outputs"));
        assert!(solved(&[[784, 784]; 40], None).unwrap_err().contains("at most 32 layers"));
    }

    #[test]
    fn many_orders_end_soon() {
        let mut sides = vec![[784, 50]];
        sides.extend([[50, 50]; 29]);
        sides.push([49, 10]);
        assert!(solved(&sides, None).is_err());
    }
}
