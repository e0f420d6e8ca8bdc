//! Numbers of a parameter that each layer can have its own of.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

use crate::network::limits::MAX_LAYERS;

/// The word for a number that is left out. Python's `None` is read as well.
pub(super) const NONE: &str = "none";

/// A number or none for each layer, input side first. Layers beyond the last one have none. Its text is a list such as
/// `100,none`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerLayer {
    layers: usize,
    numbers: [Option<f64>; MAX_LAYERS],
}

impl PerLayer {
    /// Reads a list; `None` if an entry is neither `none` nor a number in `range`, or there are more entries than a network
    /// can have layers.
    pub(super) fn read(text: &str, range: RangeInclusive<f64>) -> Option<Self> {
        let mut numbers = [None; MAX_LAYERS];
        let mut layers = 0;
        for entry in text.split(',') {
            let place = numbers.get_mut(layers)?;
            let entry = entry.trim();
            if !entry.eq_ignore_ascii_case(NONE) {
                *place = Some(entry.parse().ok().filter(|number| range.contains(number))?);
            }
            layers += 1;
        }
        Some(Self { layers, numbers })
    }

    /// The number of a layer, counted from 0.
    #[must_use]
    pub fn of(&self, layer: usize) -> Option<f64> {
        self.numbers.get(layer).copied().flatten()
    }

    /// The number of entries.
    #[must_use]
    pub fn layers(&self) -> usize {
        self.layers
    }
}

impl fmt::Display for PerLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (layer, number) in self.numbers[..self.layers].iter().enumerate() {
            if layer > 0 {
                f.write_str(",")?;
            }
            match number {
                Some(number) => write!(f, "{number}")?,
                None => f.write_str(NONE)?,
            }
        }
        Ok(())
    }
}

impl Serialize for PerLayer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<PerLayer> {
        PerLayer::read(text, 0.5..=1000.0)
    }

    #[test]
    fn a_list_is_read_and_written() {
        let list = read("100, none,2.5").unwrap();
        assert_eq!(
            (list.of(0), list.of(1), list.of(2), list.of(3), list.of(99)),
            (Some(100.0), None, Some(2.5), None, None)
        );
        assert_eq!((list.layers(), list.to_string()), (3, "100,none,2.5".into()));
        assert_eq!(read(&list.to_string()), Some(list));
        assert_eq!(read("None,7").map(|list| list.to_string()), Some("none,7".into()));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let long = vec!["1"; MAX_LAYERS + 1].join(",");
        for text in ["", ",", "1,", "1,,2", "1;2", "0,1", "1,2000", "nan,1", "inf", "some", &long] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read(&vec!["1"; MAX_LAYERS].join(",")).is_some());
    }
}
