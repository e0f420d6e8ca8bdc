//! Keras (F. Chollet et al., <https://keras.io>): the trained ANN itself, which has no spikes. See
//! [`Network::classify`](crate::Network::classify).

use crate::clock::Delay;
use crate::dialect::framework::{Framework, Precision, Variant};
use crate::dialect::python;
use crate::dialect::summation::Order;

pub(super) const FRAMEWORK: Framework = Framework {
    title: "Keras",
    source: "keras/layers/core/dense.py, Dense.call",
    parameters: &[],
    variants: &[Variant::new(
        "keras",
        "Dense(128, activation=\"relu\"), Dense(10, activation=\"softmax\")",
        &[],
    )],
    delay: Delay::None,
    order: Order::Index,
    precision: Precision::Ann,
    script: Some(python::keras::code),
    ..Framework::BARE
};
