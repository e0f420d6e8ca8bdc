//! The sentence that says what is wrong, and what to change.

use super::cause::Cause;
use super::report::{FlagValue, LayerReport};
use super::setup::Setup;

/// What the sentence is about.
pub struct Facts<'a> {
    pub cause: Cause,
    /// Accuracies, from 0 to 1.
    pub ann: f64,
    pub before: f64,
    pub after: f64,
    /// What to change, in words.
    pub change: String,
    /// The layers before the change.
    pub layers: &'a [LayerReport],
    /// The index of the first layer that departs from the ANN.
    pub departs: Option<usize>,
}

/// The least accuracy of an ANN that was trained on such digits.
const TRAINED: f64 = 0.5;

/// A loss that needs no change.
const POINT: f64 = 0.01;

impl Facts<'_> {
    /// One sentence.
    pub fn sentence(&self) -> String {
        let Self { cause, ann, before, after, change, .. } = self;
        let reads = format!(
            "the spiking network reads {} of the digits, the ANN {}",
            percent(*before),
            percent(*ann)
        );
        if *cause == Cause::None {
            return match () {
                () if *ann < TRAINED => format!(
                    "The ANN itself reads only {} of the digits: it was not trained on such digits, or its file is read in \
                     a way that was not tried.",
                    percent(*ann)
                ),
                () if before + POINT + 1e-9 >= *ann => format!("Nothing needs to be changed: {reads}."),
                () => {
                    format!("No single change that was tried reaches the accuracy of the ANN: {reads}.")
                }
            };
        }
        format!(
            "{}: {change}, and the spiking network reads {} of the digits instead of {} (the ANN reads {}).",
            self.reason(),
            percent(*after),
            percent(*before),
            percent(*ann)
        )
    }

    fn reason(&self) -> String {
        let layer = &self.layers[self.departs.unwrap_or(0).min(self.layers.len() - 1)];
        let name = &layer.name;
        match self.cause {
            Cause::None => String::new(),
            Cause::DriveTooWeak => {
                format!(
                    "The drive is too weak for the threshold ({} of layer '{name}' is silent)",
                    percent(layer.silent)
                )
            }
            Cause::Saturated => format!(
                "The drive is too strong ({} of layer '{name}' fires in nearly every step)",
                percent(layer.saturated)
            ),
            Cause::Leak => "The leak takes away what arrives before the threshold is reached".into(),
            Cause::InputScaling => "The network was trained on other numbers for paper and ink".into(),
            Cause::Transposed => "The pixels or the weights are in the order of the transposed matrix".into(),
            Cause::BiasScale => "The biases have another scale than the weights".into(),
            Cause::Refractory => "The refractory period limits the rates".into(),
            Cause::TooFewSteps => "The presentation is too short for the rates to differ".into(),
            Cause::Readout => "The answer is read from less than the spikes tell".into(),
            Cause::StateNotReset => "The neurons start with the state that the digit before left".into(),
            Cause::Activation => {
                "A hidden layer has an activation that the rate of one neuron does not follow".into()
            }
        }
    }
}

/// What changes from `before` to `after`, in words, from their flags.
pub fn change(before: &Setup, after: &Setup) -> String {
    let texts = before.settings.texts();
    let mut parts = Vec::new();
    for (flag, value) in before.flags(after) {
        let value = shown(&value);
        let part = match &*flag {
            "state" => "let them start at rest".to_owned(),
            "input-scaling" => {
                let now = before.model.input_scaling().name();
                if now == value {
                    continue;
                }
                format!("read the file with the input scaling {value} instead of {now}")
            }
            "bias-scale" => format!("multiply the biases by {value}"),
            "transpose-weights" => format!("read the weights of layer {value} in the other order"),
            "activation-pieces" => format!("let {value} neurons stand for each of its neurons"),
            "calibrate" => "calibrate the conversion again".to_owned(),
            _ => {
                let setting = texts.iter().find(|(setting, _)| setting.flag() == *flag);
                let Some((setting, now)) = setting else { continue };
                let unit = setting.unit.map_or_else(String::new, |unit| format!(" {unit}"));
                let label = setting.label.replace('_', "");
                let name = label.chars().next().map_or_else(String::new, |first| {
                    first.to_lowercase().chain(label.chars().skip(1)).collect()
                });
                format!("set {name} to {value} instead of {now}{unit}")
            }
        };
        parts.push(part);
    }
    match parts.split_last() {
        None => "change nothing".into(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// A value as it is written on the command line.
fn shown(value: &FlagValue) -> String {
    match value {
        FlagValue::Given(given) => given.to_string(),
        FlagValue::Number(number) => number.to_string(),
        FlagValue::Text(text) => text.clone(),
        FlagValue::Texts(texts) => texts.join(", "),
    }
}

/// A share in percent.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
