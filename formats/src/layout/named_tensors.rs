//! Networks as named tensors without a description: PyTorch's state dicts, safetensors, NumPy's arrays.

use spikepad::{Activation, limits};

use super::names::{Parts, Role, parts};
use crate::architecture::{Affine, BatchStatistics, Dense, Stage, matrix};
use crate::chain::{Matrix, Orientation, solve};
use crate::container::{Entry, Tensors};
use crate::error::Problem;
use crate::sorting::{arranged, order as sorted};
use crate::text::{natural_order, number, quoted};

/// The most tensors of a file.
const MAX_TENSORS: usize = 4096;

/// What the format adds to names and shapes.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether the file keeps the order in which its layers were made.
    pub keeps_order: bool,
    /// The activation of the last layer, which such files do not hold. It does not change which output is the largest.
    pub output: Activation,
    /// The constant in the root of a batch normalization, which such files do not hold: the framework's default.
    pub epsilon: f64,
    /// The most numbers that are read.
    pub most_numbers: usize,
}

/// The tensors of a file with what their names tell.
struct Named<'a> {
    entries: &'a [Entry],
    parts: Vec<Parts>,
}

/// A batch normalization: indices of its tensors.
#[derive(Debug, Default)]
struct Normalization {
    layer: String,
    gamma: Option<usize>,
    beta: Option<usize>,
    mean: Option<usize>,
    variance: Option<usize>,
}

/// Reads the layers that the tensors make. Adds what is assumed to `assumptions`.
///
/// # Errors
/// [`Problem`] names the tensor that is not part of a network of dense layers, or says why there is no single order.
pub fn read(
    tensors: &mut dyn Tensors,
    style: Style,
    assumptions: &mut Vec<String>,
) -> Result<Vec<Stage>, Problem> {
    if tensors.entries().len() > MAX_TENSORS {
        let what = format!("it holds {} tensors", tensors.entries().len());
        return Err(Problem::TooLarge { what, most: MAX_TENSORS.to_string() });
    }
    let entries = tensors.entries().to_vec();
    let told = |(index, entry): (usize, &Entry)| {
        let parts = parts(&entry.name);
        let layer = tensors.layer(index).map_or_else(|| parts.layer.clone(), str::to_owned);
        Parts { layer, ..parts }
    };
    let named = Named { entries: &entries, parts: entries.iter().enumerate().map(told).collect() };
    named.refuse_others()?;
    let matrices: Vec<usize> = named.matrices();
    if matrices.is_empty() {
        let names: Vec<_> = entries.iter().take(5).map(|entry| quoted(&entry.name)).collect();
        let reason = if names.is_empty() {
            "it holds no tensors".into()
        } else {
            format!("it holds {}", names.join(", "))
        };
        return Err(Problem::NoLayers { reason });
    }
    for &index in &matrices {
        if !entries[index].is_float {
            return Err(entries[index].number_type());
        }
    }
    let chain = named.chain(&matrices, style)?;
    if !chain.is_only && chain.order.len() > 1 {
        assumptions.push("Layers of the same shape are in the order of their names, or of the file.".into());
    }
    let order: Vec<usize> = chain.order.iter().map(|&i| matrices[i]).collect();
    let orientation = chain.orientation;
    let sizes = |index: usize| orientation.of([entries[index].shape[0], entries[index].shape[1]]);
    limits::check(order.iter().map(|&index| {
        let (inputs, outputs) = sizes(index);
        (named.parts[index].layer.as_str(), inputs, outputs)
    }))?;
    let numbers: usize = order.iter().map(|&index| entries[index].len()).sum();
    if numbers > style.most_numbers {
        let what = format!("its layers have {numbers} weights");
        return Err(Problem::TooLarge {
            what,
            most: format!("{} for a compressed file of its length", style.most_numbers),
        });
    }
    let normalizations = named.normalizations()?;
    let biases = named.biases(&order, sizes, &normalizations, assumptions)?;
    let places = named.places(&order, sizes, &normalizations, style)?;

    let mut stages = Vec::new();
    let normalize = |tensors: &mut dyn Tensors, normalization: &Normalization| {
        let what = format!("BatchNormalization {}", quoted(&normalization.layer));
        let mut floats = |index: Option<usize>| index.map(|index| tensors.read(index)).transpose();
        let statistics = BatchStatistics {
            gamma: floats(normalization.gamma)?,
            beta: floats(normalization.beta)?,
            mean: floats(normalization.mean)?.unwrap_or_default(),
            variance: floats(normalization.variance)?.unwrap_or_default(),
        };
        Ok::<_, Problem>(Stage::Affine(Affine::batch_normalization(what, &statistics, style.epsilon)))
    };
    let at = |layer: usize, after_activation: bool| {
        places.iter().filter(move |place| (place.layer, place.after_activation) == (layer, after_activation))
    };
    for place in at(0, false) {
        stages.push(normalize(tensors, &normalizations[place.normalization])?);
    }
    for (i, &index) in order.iter().enumerate() {
        let weights = tensors.read(index)?;
        let [rows, columns] = [entries[index].shape[0], entries[index].shape[1]];
        let weights = matrix([rows, columns], weights, orientation == Orientation::OutputsFirst)?;
        let bias = biases[i].map(|bias| tensors.read(bias)).transpose()?;
        stages.push(Stage::Dense(Dense {
            name: named.parts[index].layer.clone(),
            weights,
            bias,
            stored: entries[index].dtype.clone(),
        }));
        for place in at(i + 1, false) {
            stages.push(normalize(tensors, &normalizations[place.normalization])?);
        }
        let is_last = i + 1 == order.len();
        stages.push(if is_last { Stage::Activation(style.output) } else { Stage::Unstated });
        for place in at(i + 1, true) {
            stages.push(normalize(tensors, &normalizations[place.normalization])?);
        }
    }
    if !normalizations.is_empty() {
        assumptions.push(format!(
            "Epsilon of the batch normalizations is {}, the default of the framework; the file does not hold it.",
            number(style.epsilon as f32)
        ));
        if places.iter().any(|place| !place.is_told) {
            assumptions.push(
                "Batch normalizations come before the activation of their layer; the file does not say."
                    .into(),
            );
        }
    }
    assumptions.push(format!(
        "The last layer has the activation {}; the file does not hold it, and it does not change the answer.",
        style.output
    ));
    Ok(stages)
}

/// Where a normalization belongs.
struct Place {
    normalization: usize,
    /// Layers before it.
    layer: usize,
    after_activation: bool,
    /// Whether the names say on which side of the activation.
    is_told: bool,
}

impl Named<'_> {
    /// A vector with one number for each of some neurons: the number of neurons.
    fn vector(&self, index: usize) -> Option<usize> {
        match self.entries[index].shape[..] {
            [n] | [1, n] | [n, 1] => Some(n),
            _ => None,
        }
    }

    /// Refuses tensors that only other layers than dense ones have.
    fn refuse_others(&self) -> Result<(), Problem> {
        for (entry, parts) in self.entries.iter().zip(&self.parts) {
            let lower = entry.name.to_ascii_lowercase();
            if lower.contains("weight_hh") || lower.contains("w_rec") || lower.contains("recurrent") {
                return Err(Problem::not_dense("recurrent layer", &parts.layer));
            }
            if entry.shape.len() > 2 {
                let reason = format!(
                    "its tensor {} has {} dimensions, as those of convolutions have; only dense layers can be run",
                    quoted(&entry.name),
                    entry.shape.len()
                );
                return Err(Problem::layer("layer", &parts.layer, reason));
            }
        }
        Ok(())
    }

    /// The matrices, in the order of their names.
    fn matrices(&self) -> Vec<usize> {
        let is_matrix = |&index: &usize| {
            let shape = &self.entries[index].shape;
            // A layer of one neuron or with one input has a name that says that these are weights.
            let is_weight = self.parts[index].role == Role::Weight;
            shape.len() == 2 && shape.iter().all(|&side| side > usize::from(!is_weight))
        };
        self.by_name((0..self.entries.len()).filter(is_matrix).collect())
    }

    /// Tensors in the order of their names.
    fn by_name(&self, indices: Vec<usize>) -> Vec<usize> {
        let name = |i: usize| self.entries[indices[i]].name.as_str();
        let order = sorted(indices.len(), &|a, b| natural_order(name(a), name(b)));
        arranged(indices, &order)
    }

    fn chain(&self, matrices: &[usize], style: Style) -> Result<crate::chain::Chain, Problem> {
        let described: Vec<_> = matrices
            .iter()
            .map(|&index| Matrix {
                name: &self.entries[index].name,
                sides: [self.entries[index].shape[0], self.entries[index].shape[1]],
            })
            .collect();
        let natural: Vec<usize> = (0..matrices.len()).collect();
        let stored = sorted(matrices.len(), &|a, b| matrices[a].cmp(&matrices[b]));
        let orders = if style.keeps_order { [stored, natural] } else { [natural, stored] };
        let all = |ends: &[&str]| {
            matrices.iter().all(|&index| ends.iter().any(|end| self.entries[index].name.ends_with(end)))
        };
        let convention = if all(&[".weight"]) {
            Some(Orientation::OutputsFirst)
        } else if all(&["kernel", "kernel:0"]) {
            Some(Orientation::InputsFirst)
        } else {
            None
        };
        solve(&described, &orders, convention)
    }

    /// The batch normalizations, in the order of their names.
    fn normalizations(&self) -> Result<Vec<Normalization>, Problem> {
        let mut all: Vec<(&str, Normalization)> = Vec::new();
        for (index, parts) in self.parts.iter().enumerate() {
            if parts.role == Role::Mean || parts.role == Role::Variance {
                let at = all.iter().position(|(key, _)| *key == parts.key).unwrap_or_else(|| {
                    all.push((parts.key.as_str(), Normalization::default()));
                    all.len() - 1
                });
                let normalization = &mut all[at].1;
                normalization.layer.clone_from(&parts.layer);
                if parts.role == Role::Mean {
                    normalization.mean = Some(index);
                } else {
                    normalization.variance = Some(index);
                }
            }
        }
        for (index, parts) in self.parts.iter().enumerate() {
            let Some((_, normalization)) = all.iter_mut().find(|(key, _)| *key == parts.key) else {
                continue;
            };
            // Keras calls the offsets beta, which is a parameter of neurons elsewhere.
            match parts.role {
                Role::Weight => normalization.gamma = Some(index),
                Role::Bias | Role::Neuron if self.vector(index).is_some_and(|n| n > 1) => {
                    normalization.beta = Some(index);
                }
                _ => {}
            }
        }
        let order = sorted(all.len(), &|a, b| natural_order(&all[a].1.layer, &all[b].1.layer));
        let all: Vec<_> = arranged(all, &order).into_iter().map(|(_, normalization)| normalization).collect();
        for normalization in &all {
            let sizes = [normalization.mean, normalization.variance, normalization.gamma, normalization.beta];
            let sizes: Vec<_> = sizes.into_iter().flatten().map(|index| self.vector(index)).collect();
            let what = if normalization.mean.is_none() { "means" } else { "variances" };
            if normalization.mean.is_none() || normalization.variance.is_none() {
                return Err(Problem::MissingTensor { layer: normalization.layer.clone(), what });
            }
            if sizes.iter().any(|size| *size != sizes[0] || size.is_none()) {
                let reason = "its tensors have different lengths";
                return Err(Problem::layer("BatchNormalization", &normalization.layer, reason));
            }
        }
        Ok(all)
    }

    /// The biases of each layer in order. Every other vector must be a parameter of spiking neurons.
    fn biases(
        &self,
        order: &[usize],
        sizes: impl Fn(usize) -> (usize, usize),
        normalizations: &[Normalization],
        assumptions: &mut Vec<String>,
    ) -> Result<Vec<Option<usize>>, Problem> {
        let taken = |index: usize| {
            order.contains(&index)
                || normalizations.iter().any(|n| [n.gamma, n.beta, n.mean, n.variance].contains(&Some(index)))
        };
        let mut free: Vec<usize> = (0..self.entries.len()).filter(|&index| !taken(index)).collect();
        let mut biases = vec![None; order.len()];
        for (bias, &layer) in biases.iter_mut().zip(order) {
            let key = &self.parts[layer].key;
            let fits = |&index: &usize| self.parts[index].role == Role::Bias && self.parts[index].key == *key;
            if let Some(at) = free.iter().position(fits) {
                let index = free.remove(at);
                let expected = sizes(layer).1;
                if self.vector(index) != Some(expected) {
                    let Entry { name, shape, .. } = self.entries[index].clone();
                    let expected = format!("[{expected}], as the layer has {expected} outputs");
                    return Err(Problem::Shape { tensor: name, shape, expected });
                }
                *bias = Some(index);
            }
        }
        // Parameters of neurons, and single numbers.
        let is_ignored = |&index: &usize| {
            let state = self.entries[index].shape.iter().product::<usize>() <= 1;
            state || self.parts[index].role == Role::Neuron
        };
        let (ignored, rest): (Vec<usize>, Vec<usize>) = free.into_iter().partition(is_ignored);
        if !ignored.is_empty() {
            let names: Vec<_> =
                ignored.iter().take(6).map(|&index| self.entries[index].name.as_str()).collect();
            let more = if ignored.len() > names.len() { ", ..." } else { "" };
            let names = crate::text::shortened(&names.join(", "), 300);
            assumptions.push(format!("Not used, because they are no weights or biases: {names}{more}."));
        }
        self.nameless_biases(order, sizes, rest, &mut biases, assumptions)?;
        Ok(biases)
    }

    /// Gives the vectors whose names tell nothing, such as `arr_1`, to the layers without biases, in order.
    fn nameless_biases(
        &self,
        order: &[usize],
        sizes: impl Fn(usize) -> (usize, usize),
        rest: Vec<usize>,
        biases: &mut [Option<usize>],
        assumptions: &mut Vec<String>,
    ) -> Result<(), Problem> {
        if rest.is_empty() {
            return Ok(());
        }
        let not_used = |index: usize| {
            let Entry { name, shape, .. } = self.entries[index].clone();
            Problem::NotUsed { tensor: name, shape }
        };
        if let Some(&index) = rest.iter().find(|&&index| self.vector(index).is_none()) {
            return Err(not_used(index));
        }
        let rest = self.by_name(rest);
        let without: Vec<usize> = (0..order.len()).filter(|&i| biases[i].is_none()).collect();
        let nameless = rest.iter().chain(without.iter().map(|&i| &order[i]));
        let nameless = nameless.into_iter().all(|&index| self.parts[index].role == Role::Unknown);
        let fits = rest.len() == without.len()
            && rest.iter().zip(&without).all(|(&index, &i)| self.vector(index) == Some(sizes(order[i]).1));
        if !nameless || !fits {
            return Err(not_used(rest[0]));
        }
        for (index, i) in rest.into_iter().zip(without) {
            biases[i] = Some(index);
        }
        assumptions.push("Vectors are the biases of the layers, in order; their names do not say.".into());
        Ok(())
    }

    /// Where each normalization belongs: by numbers in the names, by the order of the file, or by their sizes.
    fn places(
        &self,
        order: &[usize],
        sizes: impl Fn(usize) -> (usize, usize),
        normalizations: &[Normalization],
        style: Style,
    ) -> Result<Vec<Place>, Problem> {
        let number =
            |layer: &str| layer.rsplit(['.', '/']).next().and_then(|last| last.parse::<usize>().ok());
        let numbers: Option<Vec<_>> = order.iter().map(|&index| number(&self.parts[index].layer)).collect();
        let mut used: Vec<usize> = Vec::new();
        let mut places = Vec::new();
        for (index, normalization) in normalizations.iter().enumerate() {
            let Some(mean) = normalization.mean else { continue };
            let count = self.vector(mean).unwrap_or(0);
            let (mut layer, mut after_activation, mut is_told) = (None, false, false);
            if let (Some(numbers), Some(own)) = (&numbers, number(&normalization.layer)) {
                // In a sequence, a normalization beside its layer comes before the activation.
                let before = numbers.iter().filter(|&&number| number < own).count();
                layer = Some(before);
                after_activation = before > 0 && own > numbers[before - 1] + 1;
                is_told = true;
            } else if style.keeps_order {
                layer = Some(order.iter().filter(|&&layer| layer < mean).count());
            }
            let width = |layer: usize| if layer == 0 { sizes(order[0]).0 } else { sizes(order[layer - 1]).1 };
            let layer = layer.filter(|&layer| width(layer) == count).or_else(|| {
                is_told = false;
                after_activation = false;
                (1..=order.len()).chain([0]).find(|&layer| width(layer) == count && !used.contains(&layer))
            });
            let layer = layer.ok_or_else(|| {
                let reason = format!("no layer has its {count} neurons");
                Problem::layer("BatchNormalization", &normalization.layer, reason)
            })?;
            used.push(layer);
            places.push(Place {
                normalization: index,
                layer,
                after_activation: after_activation && layer > 0,
                is_told,
            });
        }
        Ok(places)
    }
}
