//! How large a network may be. The limits are checked from the shapes alone, before memory is taken for weights.

use super::error::NetworkError;
pub use super::sizes::{CLASSES, MAX_LAYERS, MAX_NEURONS, MAX_WEIGHTS};
use crate::digit::side_of;

/// Checks the shapes of all layers, input side first: the name, the inputs and the neurons of each.
///
/// # Errors
/// [`NetworkError`] names the layer that is too large, or does not fit the layer before it.
pub fn check<'a>(shapes: impl IntoIterator<Item = (&'a str, usize, usize)>) -> Result<(), NetworkError> {
    let mut layers = 0_usize;
    let mut weights = 0;
    let mut before: Option<(&str, usize)> = None;
    for (name, inputs, outputs) in shapes {
        let layer = || name.to_owned();
        layers += 1;
        if layers > MAX_LAYERS {
            return Err(NetworkError::TooManyLayers { layer: layer() });
        }
        if ![inputs, outputs].iter().all(|n| (1..=MAX_NEURONS).contains(n)) {
            return Err(NetworkError::Size { layer: layer(), inputs, outputs });
        }
        // At most 32 times 16,384 squared.
        weights += inputs * outputs;
        if weights > MAX_WEIGHTS {
            return Err(NetworkError::TooManyWeights { layer: layer(), weights });
        }
        match before {
            None if side_of(inputs).is_none() => {
                return Err(NetworkError::Inputs { layer: layer(), inputs });
            }
            Some((_, expected)) if inputs != expected => {
                return Err(NetworkError::Chain { layer: layer(), inputs, expected });
            }
            _ => before = Some((name, outputs)),
        }
    }
    match before {
        None => Err(NetworkError::NoLayers),
        Some((name, outputs)) if !CLASSES.contains(&outputs) => {
            Err(NetworkError::Classes { layer: name.into(), outputs })
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(sizes: &[usize]) -> String {
        let shapes = sizes.windows(2).map(|sides| ("fc", sides[0], sides[1]));
        check(shapes).map_or_else(|e| e.to_string(), |()| "nothing is wrong".into())
    }

    #[test]
    fn limits_are_inclusive() {
        let fits = |sizes: &[usize]| assert_eq!(error(sizes), "nothing is wrong", "{sizes:?}");
        fits(&[64, 2]);
        fits(&[4096, 64]);
        fits(&[784, MAX_NEURONS, 10]);
        let deepest = [vec![784], vec![3; MAX_LAYERS - 1], vec![10]].concat();
        fits(&deepest);
        // Exactly the most weights, and a few more.
        assert_eq!(64 * 6725 + 6725 * 7360 + 7360 * 10, MAX_WEIGHTS);
        fits(&[64, 6725, 7360, 10]);
        assert!(error(&[64, 6725, 7360, 11]).contains("50007360 weights"));
    }

    #[test]
    fn an_error_names_the_layer_and_the_limit() {
        let deep = [vec![784], vec![3; MAX_LAYERS], vec![10]].concat();
        assert_eq!(error(&deep), "layer 'fc' is one too many: a network has at most 32 layers");
        assert!(
            error(&[784, MAX_NEURONS + 1, 10])
                .contains("'fc' has shape 784 x 16385; each side must be 1 to 16384")
        );
        assert!(error(&[784, 0]).contains("784 x 0"));
        assert!(
            error(&[784, 8000, 8000, 10])
                .contains("with layer 'fc' the network has 70272000 weights; at most 50000000")
        );
        assert!(error(&[784, 20, 1]).contains("'fc' has 1 neurons; a network has 2 to 64 classes"));
        assert!(error(&[784, 65]).contains("65 neurons"));
        assert!(error(&[128, 10]).contains("'fc' takes 128 inputs"));
        assert!(error(&[]).contains("at least one layer"));
        let chain = check([("a", 784, 5), ("b", 6, 2)]).unwrap_err().to_string();
        assert!(chain.contains("'b' takes 6 inputs, but the layer before it has 5"), "{chain}");
        let huge = check([("a", usize::MAX, usize::MAX)]).unwrap_err().to_string();
        assert!(huge.contains("each side"), "{huge}");
    }
}
