//! The numbers that limit how large a network may be.

use std::ops::RangeInclusive;

/// The most layers of a network.
pub const MAX_LAYERS: usize = 32;

/// The most inputs and the most neurons of one layer.
pub const MAX_NEURONS: usize = 16_384;

/// The most weights in all layers of a network, without biases.
pub const MAX_WEIGHTS: usize = 50_000_000;

/// The number of classes: the neurons of the last layer.
pub const CLASSES: RangeInclusive<usize> = 2..=64;
