//! The causes that the doctor tells apart.

use crate::names::named;

/// Why a network loses accuracy as spikes. docs/doctor.md names the source of each rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing is wrong: the spiking network reads as many digits as the ANN, within a point.
    None,
    /// The input of the neurons is too weak for their threshold. They rarely fire in the time of a presentation.
    DriveTooWeak,
    /// The input of the neurons is too strong for their threshold. They fire in nearly every step, whatever the input.
    Saturated,
    /// The leak takes away what the spikes add before the threshold is reached.
    Leak,
    /// The network was trained on other numbers for paper and ink than it gets.
    InputScaling,
    /// The pixels, or the weights of a layer, are in the order of the transposed matrix.
    Transposed,
    /// The biases are too large or too small beside the weights.
    BiasScale,
    /// The refractory period limits the rates.
    Refractory,
    /// The presentation is too short for rates to differ.
    TooFewSteps,
    /// The answer is read from less than the spikes tell.
    Readout,
    /// Neurons begin a presentation with the state that the one before it left.
    StateNotReset,
    /// The activation of a hidden layer is not one that a firing rate follows.
    Activation,
}

named!(Cause, "cause" {
    None = "none",
    DriveTooWeak = "drive_too_weak",
    Saturated = "saturated",
    Leak = "leak",
    InputScaling = "input_scaling",
    Transposed = "transposed",
    BiasScale = "bias_scale",
    Refractory = "refractory",
    TooFewSteps = "too_few_steps",
    Readout = "readout",
    StateNotReset = "state_not_reset",
    Activation = "activation",
});
