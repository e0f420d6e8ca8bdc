//! Networks as `nengo_dl.Converter` makes them from a Keras model, in f32, with steps of 1 ms.
//!
//! The input is a constant current, the picture itself. A layer of neurons passes on numbers: a spike is amplitude/dt
//! high. A layer that has no neurons, such as a softmax, is a function of its weighted sums. In each step, for each layer
//! in turn:
//!
//! J = gain (W x) + gain b, with the output x of the layer before it; then the neurons, or the function.
//!
//! Where there is a synapse, it smooths W x on every connection that starts at neurons (`nengo/builder/connection.py`:
//! weights come first). The filter is updated at the end of a step, y <- a y + (1 - a) W x with a = exp(-dt/tau)
//! (`nengo_dl/process_builders.py`, LowpassBuilder). So the next layer reads y as it was after the step before.

use super::catalogue::Dialect;
use super::error::DialectError;
use super::framework::Make;
use super::frameworks::nengo_dl_converter::{
    Scale, initial_voltages, is_neurons, kept_by_synapse, scaled_layers,
};
use super::layer::Neurons;
use super::summation::{Order, Sums};
use crate::clock::Observer;
use crate::model::Model;
use crate::network::Activation;
use crate::spikes::SpikeList;

/// A converted network.
pub(super) struct Converted {
    layers: Vec<Layer>,
    /// The low-pass filter of the probe that reads the outputs, if they are neurons and there is a synapse.
    probe: Option<Lowpass>,
    /// The outputs in the last step, `[classes]`.
    outputs: Vec<f32>,
}

struct Layer {
    weights: Sums<f32>,
    /// The biases, `[neurons]`, as they are added; empty without biases.
    biases: Vec<f32>,
    /// Whether biases are added before the sums are multiplied by the factor.
    bias_first: bool,
    factor: f32,
    unit: Unit,
    /// The synapse of the connection that leads to this layer.
    synapse: Option<Lowpass>,
    /// W x of the first layer, which is the same in each step.
    constant: Vec<f32>,
    /// J, `[neurons]`.
    currents: Vec<f32>,
    spikes: SpikeList,
}

/// What a layer does, before its weights are known.
pub(super) struct Part {
    /// The neurons; `None` for a layer that is a function of its sums.
    pub neurons: Option<Box<dyn Neurons<f32>>>,
    /// Factor on the sums.
    pub factor: f32,
    /// Whether biases are added before the factor. Otherwise they are multiplied by it first.
    pub bias_first: bool,
    /// Height of a spike.
    pub height: f32,
    /// The function of a layer without neurons.
    pub activation: Activation,
    /// Whether a synapse follows a layer without neurons: a function that Nengo has as neurons.
    pub is_neurons: bool,
}

/// What a layer does with J.
enum Unit {
    /// Neurons, and the height of their spikes.
    Neurons { neurons: Box<dyn Neurons<f32>>, height: f32 },
    /// A function, and its values, `[neurons]`. `is_neurons` holds for a function that Nengo has as neurons, with a gain.
    Function { activation: Activation, is_neurons: bool, values: Vec<f32> },
}

/// A low-pass filter of numbers.
struct Lowpass {
    kept: f32,
    added: f32,
    y: Vec<f32>,
}

impl Lowpass {
    fn new(kept: f64, length: usize) -> Self {
        Self { kept: kept as f32, added: (1.0 - kept) as f32, y: vec![0.0; length] }
    }

    fn take(&mut self, numbers: &[f32]) {
        let Self { kept, added, y } = self;
        y.iter_mut().zip(numbers).for_each(|(y, x)| *y = *kept * *y + *added * x);
    }
}

impl Unit {
    /// Whether a synapse follows.
    fn is_neurons(&self) -> bool {
        match self {
            Self::Neurons { .. } => true,
            Self::Function { is_neurons, .. } => *is_neurons,
        }
    }
}

impl Converted {
    /// Converts `model` with the parameters of `dialect`. `make` makes the neurons that take the place of a ReLU.
    ///
    /// # Errors
    /// [`DialectError::Layers`] where the list of scales has more entries than the network has layers that can have one.
    pub fn new(model: &Model, dialect: &Dialect, make: Make<f32>) -> Result<Self, DialectError> {
        let layers = model.network().layers();
        let values = dialect.values();
        let scalable = layers.iter().rposition(|layer| is_neurons(layer.activation)).map_or(0, |i| i + 1);
        if scaled_layers(values) > scalable {
            return Err(DialectError::Layers {
                name: dialect.name().into(),
                entries: scaled_layers(values),
                layers: scalable,
            });
        }
        // One to each layer, and one from a constant to each layer that has biases but no neurons.
        let biased = layers.iter().filter(|layer| layer.bias.is_some() && !is_neurons(layer.activation));
        let connections = layers.len() + biased.count();
        let mut ensembles = 0;
        Ok(Self::of(model, dialect.weight_scale(), kept_by_synapse(values), |i, neurons| {
            let activation = layers[i].activation;
            let is_neurons = is_neurons(activation);
            let scale = if is_neurons { Scale::of(values, i) } else { Scale::NONE };
            let made = (activation == Activation::Relu).then(|| {
                let mut made = make(values, i, neurons);
                if let Some(initial) = initial_voltages(values, connections, ensembles, neurons) {
                    made.start_from(&initial);
                }
                made
            });
            ensembles += usize::from(is_neurons);
            let (factor, height) = (scale.gain, scale.height());
            Part { neurons: made, factor, bias_first: false, height, activation, is_neurons }
        }))
    }

    /// Joins the layers of `model`, whose weights and biases are multiplied by `weight_scale`. `part` tells what a layer,
    /// counted from 0, with so many neurons does. What neurons pass on goes through a synapse that keeps the share `kept`
    /// of what it has, if there is one.
    pub fn of(
        model: &Model,
        weight_scale: f64,
        kept: Option<f64>,
        mut part: impl FnMut(usize, usize) -> Part,
    ) -> Self {
        let network = model.network();
        let mut layers: Vec<Layer> = Vec::with_capacity(network.layers().len());
        for (i, layer) in network.layers().iter().enumerate() {
            let Some(weights) = network.weights(i) else { continue };
            let neurons = weights.ncols();
            let Part { neurons: made, factor, bias_first, height, activation, is_neurons } = part(i, neurons);
            let before = layers.last().map(|before| &before.unit);
            let arriving = match before {
                Some(Unit::Neurons { height, .. }) => *height,
                _ => 1.0,
            };
            let synapse = kept.filter(|_| before.is_some_and(Unit::is_neurons));
            let scaled = weight_scale as f32 * if bias_first { 1.0 } else { factor };
            layers.push(Layer {
                weights: Sums::new(weights, weight_scale, Order::Index, f64::from(arriving)),
                biases: layer.bias.iter().flatten().map(|&bias| bias * scaled).collect(),
                bias_first,
                factor,
                unit: match made {
                    Some(neurons) => Unit::Neurons { neurons, height },
                    None => Unit::Function { activation, is_neurons, values: vec![0.0; neurons] },
                },
                synapse: synapse.map(|kept| Lowpass::new(kept, neurons)),
                constant: Vec::new(),
                currents: vec![0.0; neurons],
                spikes: SpikeList::default(),
            });
        }
        let classes = network.classes();
        let reads_neurons = layers.last().is_some_and(|last| last.unit.is_neurons());
        let probe = kept.filter(|_| reads_neurons).map(|kept| Lowpass::new(kept, classes));
        Self { layers, probe, outputs: vec![0.0; classes] }
    }

    /// Puts all neurons and synapses into their state at the start of a presentation.
    pub fn rest(&mut self) {
        for Layer { unit, synapse, spikes, .. } in &mut self.layers {
            if let Unit::Neurons { neurons, .. } = unit {
                neurons.rest();
            }
            synapse.iter_mut().for_each(|synapse| synapse.y.fill(0.0));
            spikes.clear();
        }
        self.probe.iter_mut().for_each(|probe| probe.y.fill(0.0));
    }

    /// Replaces the initial potentials of a layer, counted from 0, `[neurons]`. A layer without potentials ignores them.
    pub fn start_from(&mut self, layer: usize, potentials: &[f64]) {
        if let Unit::Neurons { neurons, .. } = &mut self.layers[layer].unit {
            neurons.start_from(potentials);
        }
    }

    /// Whether the neurons of a layer, counted from 0, spike.
    pub fn spikes(&self, layer: usize) -> bool {
        matches!(&self.layers[layer].unit, Unit::Neurons { neurons, .. } if neurons.numbers().is_none())
    }

    /// The potentials of a layer, counted from 0, `[neurons]`: J if it has no neurons with potentials.
    pub fn potentials(&self, layer: usize) -> &[f32] {
        self.layers[layer].potentials()
    }

    /// Presents `image`, `[inputs]`, the intensities of the pixels, for `steps` steps, or until `observer` ends the
    /// presentation. `after` is called after each step.
    pub fn present(
        &mut self,
        image: &[f32],
        steps: u32,
        observer: &mut impl Observer,
        mut after: impl FnMut(&Self),
    ) {
        if let Some(first) = self.layers.first_mut() {
            first.constant = vec![0.0; first.currents.len()];
            first.weights.add_products(image, &mut first.constant);
        }
        let none = SpikeList::default();
        for _ in 0..steps {
            self.step();
            observer.outputs(&self.outputs);
            observer.layer(0, none.view(), &[]);
            for (i, layer) in self.layers.iter().enumerate() {
                observer.layer(i + 1, layer.spikes.view(), layer.potentials());
            }
            after(self);
            if observer.step_done().is_break() {
                break;
            }
        }
    }

    fn step(&mut self) {
        for i in 0..self.layers.len() {
            let (before, from_here) = self.layers.split_at_mut(i);
            from_here[0].step(before.last());
        }
        // The synapses, after all layers have read them.
        let mut sums = Vec::new();
        for i in 1..self.layers.len() {
            let (before, from_here) = self.layers.split_at_mut(i);
            let Layer { weights, synapse, .. } = &mut from_here[0];
            if let Some(synapse) = synapse {
                sums.resize(synapse.y.len(), 0.0);
                before[i - 1].pass_on(weights, &mut sums);
                synapse.take(&sums);
            }
        }
        if let Some(last) = self.layers.last() {
            last.read(&mut self.outputs);
        }
        // A probe, too, reads what its synapse had after the step before.
        if let Some(probe) = &mut self.probe {
            let passed_on = self.outputs.clone();
            self.outputs.copy_from_slice(&probe.y);
            probe.take(&passed_on);
        }
    }
}

impl Layer {
    /// Advances one step. `before` is the layer before this one, which has advanced already.
    fn step(&mut self, before: Option<&Self>) {
        let Self { weights, biases, bias_first, factor, unit, synapse, constant, currents, spikes } = self;
        match (before, synapse) {
            (None, _) => currents.copy_from_slice(constant),
            (Some(_), Some(synapse)) => currents.copy_from_slice(&synapse.y),
            (Some(before), None) => before.pass_on(weights, currents),
        }
        let add_biases = |currents: &mut [f32]| {
            currents.iter_mut().zip(&*biases).for_each(|(current, bias)| *current += *bias);
        };
        if *bias_first {
            add_biases(currents);
        }
        currents.iter_mut().for_each(|current| *current *= *factor);
        if !*bias_first {
            add_biases(currents);
        }
        spikes.clear();
        match unit {
            Unit::Neurons { neurons, .. } => neurons.step(currents, spikes),
            Unit::Function { activation, values, .. } => {
                values.copy_from_slice(currents);
                activation.apply(values);
            }
        }
    }

    fn potentials(&self) -> &[f32] {
        match &self.unit {
            Unit::Neurons { neurons, .. } => neurons.potentials(),
            Unit::Function { .. } => &self.currents,
        }
    }

    /// Sets `sums` to what this layer passes on in this step, times the `weights` of the next.
    fn pass_on(&self, weights: &Sums<f32>, sums: &mut [f32]) {
        sums.fill(0.0);
        match &self.unit {
            Unit::Neurons { neurons, .. } => match neurons.numbers() {
                Some(numbers) => weights.add_products(numbers, sums),
                None => weights.add(self.spikes.view(), sums),
            },
            Unit::Function { values, .. } => weights.add_products(values, sums),
        }
    }

    /// Sets `outputs` to what this layer passes on in this step.
    fn read(&self, outputs: &mut [f32]) {
        match &self.unit {
            Unit::Neurons { neurons, height } => match neurons.numbers() {
                Some(numbers) => outputs.copy_from_slice(numbers),
                None => {
                    outputs.fill(0.0);
                    for (neuron, count) in self.spikes.view().iter() {
                        outputs[usize::from(neuron)] = count as f32 * height;
                    }
                }
            },
            Unit::Function { values, .. } => outputs.copy_from_slice(values),
        }
    }
}
