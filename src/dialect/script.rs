//! The script that runs a network in the real framework, and the arrays of the file beside it.

use super::catalogue::Dialect;
use super::decoding::{Answer, Decoder, Decoding};
use super::error::DialectError;
use super::python::{Kind, Setup, Task, assembled};
use super::trace::{LayerTrace, SpikeTrain, Trace, Tracing};
use crate::digit::Digit;
use crate::layer::SimulationError;
use crate::model::Model;
use crate::network::Activation;
use crate::simulation::Labelled;
use crate::spikes::SpikeList;

/// An array of the file beside a script, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    /// Its name in the file.
    pub name: String,
    /// The length of each axis; empty for a single number.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub numbers: ArrayNumbers,
}

/// The numbers of an array.
#[derive(Debug, Clone, PartialEq)]
pub enum ArrayNumbers {
    /// Bytes.
    U8(Vec<u8>),
    /// Integers.
    I32(Vec<i32>),
    /// Single precision.
    F32(Vec<f32>),
    /// Double precision.
    F64(Vec<f64>),
}

/// How a script is written.
#[derive(Debug, Clone, Copy)]
pub struct ScriptOptions<'a> {
    /// The name of the script and of the file beside it, without their endings.
    pub name: &'a str,
    /// How the class is read; `None` for the way in which users of the framework read it.
    pub decoding: Option<Decoding>,
}

/// A script in Python that runs a network in the real framework, the arrays of the file beside it, and what will come out.
///
/// The script is `NAME.py`. The arrays belong in `NAME.npz` beside it: the weights `w1`, `w2`, .., `[inputs, neurons]`, the
/// biases `b1`, .. of the layers that have some, `[neurons]`, and what [`Script::of_spikes`], [`Script::of_current`],
/// [`Script::of_picture`] or [`Script::of_set`] adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The text of `NAME.py`.
    pub text: String,
    /// The arrays of `NAME.npz`.
    pub arrays: Vec<Array>,
    /// The class that Spikepad reads, among equals the lowest; `None` for a set of images.
    pub answer: Option<usize>,
    /// The spikes of each output that Spikepad counts; empty for outputs that do not spike and for a set of images.
    pub counts: Vec<u64>,
}

impl Script {
    /// The script that presents the input spikes `train` and compares all spikes. `initial` may hold initial membrane potentials
    /// for each layer, `[neurons]`, in place of those that Nengo draws.
    ///
    /// It adds the arrays `spikes`, `[steps, inputs]`; `spikes1`, `spikes2`, .., the spikes of each layer after the inputs,
    /// `[steps, neurons]`; `answer`, the class; and for Nengo `v1_init`, `v2_init`, .., the potentials at the start,
    /// `[neurons]`.
    ///
    /// # Errors
    /// The errors of [`Trace::of`]; [`DialectError::NoScript`] where the framework cannot do this.
    pub fn of_spikes(
        model: &Model,
        dialect: &Dialect,
        options: &ScriptOptions,
        train: &SpikeTrain,
        initial: &[Option<Vec<f64>>],
    ) -> Result<Self, DialectError> {
        let most = train.counts().iter().copied().max().unwrap_or(0);
        let text = text_of(model, dialect, options, Task::Presentation, most)?;
        let sizes = model.network().sizes();
        let drawn: Vec<Option<Vec<f64>>> = sizes[1..]
            .iter()
            .enumerate()
            .map(|(layer, &neurons)| {
                initial.get(layer).cloned().flatten().or_else(|| dialect.drawn_potentials(layer, neurons))
            })
            .collect();
        let trace = Trace::of(model, dialect, train, &drawn)?;
        let mut arrays = weights_of(model);
        arrays.push(Array {
            name: "spikes".into(),
            shape: vec![train.steps(), train.inputs()],
            numbers: ArrayNumbers::U8(train.counts().to_vec()),
        });
        for (number, potentials) in (1..).zip(drawn) {
            let Some(potentials) = potentials.filter(|_| dialect.is_nengo()) else { continue };
            let (name, shape) = (format!("v{number}_init"), vec![potentials.len()]);
            arrays.push(Array { name, shape, numbers: ArrayNumbers::F64(potentials) });
        }
        let decoding = options.decoding.or(dialect.decoding()).unwrap_or(Decoding::Count);
        let (answer, counts) = trace.layers.last().map(|out| read(out, decoding)).unwrap_or_default();
        for (number, layer) in (1..).zip(trace.layers) {
            arrays.push(spikes_of(number, layer, train.steps()));
        }
        arrays.push(single("answer", answer));
        Ok(Self { text, arrays, answer: Some(answer), counts })
    }

    /// The script that presents `image`, the intensities of the pixels from 0 to 1, `[inputs]`, as a constant current for `steps`
    /// steps to a converted network, and compares its outputs and spikes. `initial` is as for [`Script::of_spikes`].
    ///
    /// It adds the arrays `image`, `[inputs]`; `outputs`, `[steps, classes]`; for each layer that spikes its potentials at the
    /// start, `v1_init`, .., `[neurons]`, and its spikes, `spikes1`, .., `[steps, neurons]`; and `answer`, the class.
    ///
    /// # Errors
    /// The errors of [`Tracing::image`]; [`DialectError::NoScript`] where the framework cannot do this.
    pub fn of_current(
        model: &Model,
        dialect: &Dialect,
        options: &ScriptOptions,
        image: &[f32],
        steps: u32,
        initial: &[Option<Vec<f64>>],
    ) -> Result<Self, DialectError> {
        let text = text_of(model, dialect, options, Task::Presentation, 0)?;
        let tracing = Tracing { model, dialect, initial, course: false };
        let Trace { layers, outputs } = tracing.image(image, steps)?;
        let starts = tracing.potentials_of_converted()?;
        let steps = steps as usize;
        let mut arrays = weights_of(model);
        arrays.push(floats("image", vec![image.len()], image.to_vec()));
        for (number, potentials) in (1..).zip(starts) {
            let Some(potentials) = potentials else { continue };
            arrays.push(floats(&format!("v{number}_init"), vec![potentials.len()], potentials));
        }
        let classes = model.network().classes();
        let mut decoder = Decoder::new(classes);
        outputs.chunks_exact(classes.max(1)).for_each(|outputs| decoder.take(outputs));
        let decoding = options.decoding.or(dialect.decoding()).unwrap_or(Decoding::LastStep);
        let Answer { class: answer, .. } = decoder.answer(decoding);
        let spiking_outputs = layers.last().filter(|out| !out.spikes.is_empty());
        let counts = spiking_outputs.map(|out| read(out, Decoding::Count).1).unwrap_or_default();
        for (number, layer) in (1..).zip(layers).filter(|(_, layer)| !layer.spikes.is_empty()) {
            arrays.push(spikes_of(number, layer, steps));
        }
        arrays.push(floats("outputs", vec![steps, classes], outputs));
        arrays.push(single("answer", answer));
        Ok(Self { text, arrays, answer: Some(answer), counts })
    }

    /// The script that shows `digit` to the ANN and compares all activations.
    ///
    /// It adds the arrays `image`, the ink from 0 to 1, `[inputs]`; `activations1`, `activations2`, .., the activations of each
    /// layer after the inputs, `[neurons]`; and `answer`, the class.
    ///
    /// # Errors
    /// [`DialectError`] where the digit does not fit the network.
    pub fn of_picture(
        model: &Model,
        dialect: &Dialect,
        options: &ScriptOptions,
        digit: &Digit,
    ) -> Result<Self, DialectError> {
        let text = text_of(model, dialect, options, Task::Presentation, 0)?;
        let network = model.network();
        let mut activations = network.activations(digit).map_err(SimulationError::from)?;
        if let (Some(outputs), Some(layer)) = (activations.last_mut(), network.layers().last()) {
            // Those of the last layer are before its activation function.
            outputs.as_slice_mut().into_iter().for_each(|outputs| layer.activation.apply(outputs));
        }
        let mut arrays = weights_of(model);
        let image: Vec<f32> = digit.intensities().collect();
        arrays.push(floats("image", vec![image.len()], image));
        for (number, layer) in (1..).zip(activations) {
            arrays.push(floats(&format!("activations{number}"), vec![layer.len()], layer.to_vec()));
        }
        let answer = network.classify(digit).map_err(SimulationError::from)?.unwrap_or(0);
        arrays.push(single("answer", answer));
        Ok(Self { text, arrays, answer: Some(answer), counts: Vec::new() })
    }

    /// The script that presents `images` for `steps` steps each, with input spikes that it draws itself, and counts those that
    /// are read correctly. `right` is how many Spikepad reads.
    ///
    /// It adds the arrays `images`, the ink from 0 to 255, `[images, inputs]`; `labels`, `[images]`; and `right`.
    ///
    /// # Errors
    /// [`DialectError`] where an image does not fit the network, or the number of steps is out of its range.
    pub fn of_set(
        model: &Model,
        dialect: &Dialect,
        options: &ScriptOptions,
        images: &[Labelled],
        steps: u32,
        right: u64,
    ) -> Result<Self, DialectError> {
        super::catalogue::check_steps(steps)?;
        let text = text_of(model, dialect, options, Task::Set { steps }, 0)?;
        let inputs = model.network().inputs();
        let mut ink = Vec::new();
        for Labelled { digit, .. } in images {
            match digit {
                Some(digit) => {
                    digit.check_inputs(inputs).map_err(SimulationError::from)?;
                    ink.extend_from_slice(digit.ink());
                }
                None => ink.resize(ink.len() + inputs, 0),
            }
        }
        let mut arrays = weights_of(model);
        arrays.push(Array {
            name: "images".into(),
            shape: vec![images.len(), inputs],
            numbers: ArrayNumbers::U8(ink),
        });
        let labels = images.iter().map(|image| image.label).collect();
        arrays.push(Array {
            name: "labels".into(),
            shape: vec![images.len()],
            numbers: ArrayNumbers::U8(labels),
        });
        arrays.push(single("right", usize::try_from(right).unwrap_or(usize::MAX)));
        Ok(Self { text, arrays, answer: None, counts: Vec::new() })
    }
}

impl Dialect {
    /// The potentials with which a presentation begins, `[neurons]`, where the framework draws them; layers are counted from 0.
    fn drawn_potentials(&self, layer: usize, neurons: usize) -> Option<Vec<f64>> {
        self.is_nengo().then(|| self.neurons(layer, neurons))?.map(|layer| layer.potentials())
    }
}

fn no_script(dialect: &Dialect, reason: &str) -> DialectError {
    DialectError::NoScript { dialect: dialect.name().into(), reason: reason.into() }
}

fn text_of(
    model: &Model,
    dialect: &Dialect,
    options: &ScriptOptions,
    task: Task,
    most_input_spikes: u8,
) -> Result<String, DialectError> {
    let layers = model.network().layers();
    let setup = Setup {
        framework: dialect.framework(),
        name: options.name,
        sizes: &model.network().sizes(),
        biases: &layers.iter().map(|layer| layer.bias.is_some()).collect::<Vec<bool>>(),
        activations: &layers.iter().map(|layer| layer.activation).collect::<Vec<Activation>>(),
        values: dialect.values(),
        decoding: options.decoding.or(dialect.decoding()).unwrap_or(Decoding::Count),
        kind: kind_of(dialect),
        is_nengo: dialect.is_nengo(),
        most_input_spikes,
        task,
    };
    let template = dialect.script().ok_or_else(|| {
        no_script(dialect, "Spikepad writes none for it; choose a dialect of another framework")
    })?;
    let code = template(&setup).map_err(|reason| no_script(dialect, reason))?;
    Ok(assembled(&setup, &code))
}

fn kind_of(dialect: &Dialect) -> Kind {
    match dialect.has_spikes() {
        false => Kind::Ann,
        true if dialect.is_converted() => Kind::Converted,
        true => Kind::Spiking,
    }
}

/// Weights and biases of all layers.
fn weights_of(model: &Model) -> Vec<Array> {
    let network = model.network();
    let mut arrays = Vec::new();
    for (i, layer) in network.layers().iter().enumerate() {
        let Some(weights) = network.weights(i) else { continue };
        let (inputs, neurons) = weights.dim();
        let numbers = ArrayNumbers::F32(weights.iter().copied().collect());
        arrays.push(Array { name: format!("w{}", i + 1), shape: vec![inputs, neurons], numbers });
        if let Some(bias) = &layer.bias {
            let numbers = ArrayNumbers::F32(bias.to_vec());
            arrays.push(Array { name: format!("b{}", i + 1), shape: vec![neurons], numbers });
        }
    }
    arrays
}

/// The spikes of a layer. Layers are counted from 1.
fn spikes_of(number: usize, layer: LayerTrace, steps: usize) -> Array {
    let LayerTrace { neurons, spikes, .. } = layer;
    // Counts up to 255 are written as bytes.
    let numbers = match spikes.iter().all(|&count| count <= u8::MAX.into()) {
        true => ArrayNumbers::U8(spikes.iter().map(|&count| count as u8).collect()),
        false => {
            ArrayNumbers::I32(spikes.iter().map(|&count| count.try_into().unwrap_or(i32::MAX)).collect())
        }
    };
    Array { name: format!("spikes{number}"), shape: vec![steps, neurons], numbers }
}

/// Numbers in single precision.
fn floats(name: &str, shape: Vec<usize>, numbers: Vec<f32>) -> Array {
    Array { name: name.into(), shape, numbers: ArrayNumbers::F32(numbers) }
}

/// A single whole number.
fn single(name: &str, value: usize) -> Array {
    let numbers = ArrayNumbers::I32(vec![value.try_into().unwrap_or(i32::MAX)]);
    Array { name: name.into(), shape: Vec::new(), numbers }
}

/// The class that is read from the outputs, and the spikes of each.
fn read(out: &LayerTrace, decoding: Decoding) -> (usize, Vec<u64>) {
    let mut decoder = Decoder::new(out.neurons);
    let mut counts = vec![0; out.neurons];
    let mut spikes = SpikeList::default();
    for step in out.spikes.chunks_exact(out.neurons.max(1)) {
        spikes.clear();
        for (class, &count) in step.iter().enumerate() {
            spikes.push(class, count);
            counts[class] += u64::from(count);
        }
        decoder.step(spikes.view());
    }
    let Answer { class, .. } = decoder.answer(decoding);
    (class, counts)
}
