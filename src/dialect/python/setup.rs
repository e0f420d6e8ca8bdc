//! What a template is filled with.

use crate::dialect::decoding::Decoding;
use crate::dialect::parameter::Values;
use crate::network::Activation;

/// What a script does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum Task {
    /// Presents the input spikes in its file, and compares all spikes.
    Presentation,
    /// Presents the images in its file for this many steps each, and counts those that are read correctly.
    Set { steps: u32 },
}

/// How a network takes its input, and what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum Kind {
    /// Takes input spikes; all spikes are compared.
    Spiking,
    /// Takes the picture as a constant current, and its layers pass on numbers; outputs and spikes are compared.
    Converted,
    /// The ANN: takes the picture; activations are compared.
    Ann,
}

/// What a template is filled with.
pub(in crate::dialect) struct Setup<'a> {
    /// The framework's name, as its authors write it.
    pub framework: &'static str,
    /// The name of the script and of the file beside it, without their endings.
    pub name: &'a str,
    /// Neurons of each layer, the inputs first.
    pub sizes: &'a [usize],
    /// Whether the layers after the inputs have biases.
    pub biases: &'a [bool],
    /// The activations of the same layers in the ANN.
    pub activations: &'a [Activation],
    pub values: &'a Values,
    /// How the class is read; not used for the ANN.
    pub decoding: Decoding,
    pub kind: Kind,
    /// Whether the framework is Nengo or NengoDL, which have a low-pass filter of their own.
    pub is_nengo: bool,
    /// The most spikes of an input in a step of the presentation.
    pub most_input_spikes: u8,
    pub task: Task,
}

/// A layer after the inputs.
pub(in crate::dialect) struct Place {
    /// Counted from 1: its arrays are `w1`, `b1` and so on.
    pub number: usize,
    pub inputs: usize,
    pub neurons: usize,
    pub has_bias: bool,
    /// The name of its variables: `hidden`, or `hidden1` and so on where there are several, and `out`.
    pub name: String,
}

impl Setup<'_> {
    /// The layers after the inputs.
    pub fn layers(&self) -> impl Iterator<Item = Place> {
        let last = self.biases.len();
        (1..=last).map(move |number| Place {
            number,
            inputs: self.sizes[number - 1],
            neurons: self.sizes[number],
            has_bias: self.biases[number - 1],
            name: match number {
                _ if number == last => "out".into(),
                1 if last == 2 => "hidden".into(),
                _ => format!("hidden{number}"),
            },
        })
    }

    /// The layers that spike. Of a converted network these are the layers whose ReLU becomes spiking neurons.
    pub fn spiking_layers(&self) -> impl Iterator<Item = Place> {
        self.layers().filter(|place| match self.kind {
            Kind::Spiking => true,
            Kind::Converted => {
                let is_relu = self.activations[place.number - 1] == Activation::Relu;
                is_relu && !self.values.is("neuron", "RectifiedLinear")
            }
            Kind::Ann => false,
        })
    }

    /// The text that `write` gives for each layer.
    pub fn each_layer(&self, write: impl FnMut(Place) -> String) -> String {
        self.layers().map(write).collect()
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.sizes[0]
    }

    /// Whether any layer has biases.
    pub fn has_biases(&self) -> bool {
        self.biases.contains(&true)
    }
}

/// The parts of a script that differ between frameworks.
pub(in crate::dialect) struct Code {
    /// What pip installs: names and versions.
    pub packages: &'static [&'static str],
    /// The lines that import them.
    pub imports: String,
    /// Makes the network and runs it. For [`Task::Presentation`] it sets `spikes`, the spikes of each layer after the inputs,
    /// [steps, neurons] each. For [`Task::Set`] it sets `answers`, the class of each image.
    pub body: String,
}

/// Writes the parts of a script, or says why there is none.
pub(in crate::dialect) type Template = fn(&Setup) -> Result<Code, &'static str>;
