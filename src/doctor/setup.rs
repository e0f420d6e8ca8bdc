//! A network under its settings, and what changes between two of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digits::{Shown, right};
use super::measuring::Drive;
use super::report::{Apply, FlagValue};
use super::watching::{Presented, Watch};
use crate::changes::{ChangeError, ModelChanges};
use crate::layer::{SimulationError, rates_of_activations};
use crate::model::Model;
use crate::settings::Settings;
use crate::simulation::Labelled;

/// A network, how its file is read, and how it is presented digits.
#[derive(Debug, Clone)]
pub struct Setup {
    pub model: Arc<Model>,
    /// What the model's file is read with; `None` as it was given.
    pub changes: Option<ModelChanges>,
    pub settings: Settings,
    pub keeps_state: bool,
}

impl Setup {
    /// How many of `digits` the spiking network reads correctly.
    pub fn right(&self, digits: &[Shown]) -> Result<usize, SimulationError> {
        let presented = self.present(digits, false)?;
        Ok(right(digits, presented.iter().map(|one| &one.answers[0])))
    }

    /// The same, and how strongly its neurons are driven.
    pub fn driven(&self, digits: &[Shown]) -> Result<(usize, Drive), SimulationError> {
        let presented = self.present(digits, true)?;
        let Settings { steps, refractory, .. } = self.settings;
        let drive =
            Drive::of(&presented, steps, refractory, rates_of_activations(&self.model, &self.settings)?);
        Ok((right(digits, presented.iter().map(|one| &one.answers[0])), drive))
    }

    fn present(&self, digits: &[Shown], counts: bool) -> Result<Vec<Presented>, SimulationError> {
        let checkpoints = [self.settings.steps];
        let keeps_state = self.keeps_state;
        Watch { settings: &self.settings, checkpoints: &checkpoints, counts, keeps_state }
            .present(&self.model, digits)
    }

    /// The same with other settings.
    pub fn with(&self, change: impl FnOnce(&mut Settings)) -> Self {
        Self { settings: self.settings.clone().with(change), ..self.clone() }
    }

    /// The same with the file read in another way. Settings that are the model's defaults become those of the changed model.
    ///
    /// # Errors
    /// The errors of [`Model::changed`].
    pub fn reread(&self, changes: ModelChanges, calibration: &[Labelled]) -> Result<Self, ChangeError> {
        let model = self.model.changed(&changes, calibration)?;
        let (before, mut settings) = (self.model.defaults(), model.defaults());
        for ((own, text), (_, usual)) in self.settings.texts().into_iter().zip(before.texts()) {
            if text != usual {
                // The text is a value of this setting.
                let _ = settings.set(own.name, &text);
            }
        }
        let changes = match self.changes.clone() {
            Some(earlier) => joined(earlier, changes),
            None => changes,
        };
        Ok(Self { model: Arc::new(model), changes: Some(changes), settings, keeps_state: self.keeps_state })
    }

    /// What has to be changed to come from `self` to `other`: the flags of the command line.
    pub fn flags(&self, other: &Self) -> BTreeMap<String, FlagValue> {
        let mut flags = BTreeMap::new();
        // What the changed model sets itself needs no flag.
        let (usual, start) = (other.model.defaults(), self.model.defaults());
        let texts = self.settings.texts().into_iter().zip(other.settings.texts());
        for (((setting, before), (_, after)), ((_, usual), (_, start))) in
            texts.zip(usual.texts().into_iter().zip(start.texts()))
        {
            let is_own = other.changes != self.changes && before == start && after == usual;
            if before != after && !is_own {
                flags.insert(setting.flag(), FlagValue::of(&after));
            }
        }
        if self.keeps_state && !other.keeps_state {
            flags.insert("state".into(), FlagValue::Text("rest".into()));
        }
        if let Some(changes) = other.changes.as_ref().filter(|_| other.changes != self.changes) {
            let ModelChanges {
                input_scaling,
                bias_scale,
                transposed_layers,
                activation_pieces,
                gains,
                calibrate,
            } = changes;
            let mut insert = |flag: &str, value| flags.insert(flag.into(), value);
            if let Some(name) = input_scaling {
                insert("input-scaling", FlagValue::Text(name.clone()));
            }
            if let Some(scale) = bias_scale {
                insert("bias-scale", FlagValue::Number(*scale));
            }
            if let Some(layers) = transposed_layers {
                let names: Vec<String> = layers.iter().map(i32::to_string).collect();
                insert("transpose-weights", FlagValue::Text(names.join(",")));
            }
            if let Some(pieces) = activation_pieces {
                insert("activation-pieces", FlagValue::Number(*pieces as f64));
            }
            if let Some(gains) = gains {
                let texts: Vec<String> = gains.iter().map(f64::to_string).collect();
                insert("gains", FlagValue::Text(texts.join(",")));
            }
            if *calibrate {
                insert("calibrate", FlagValue::Given(true));
            }
        }
        flags
    }

    /// The same for the page.
    pub fn apply(&self, other: &Self) -> Apply {
        Apply {
            settings: (self.settings != other.settings).then(|| other.settings.clone()),
            network: other.changes.clone().filter(|_| other.changes != self.changes),
            keeps_state: other.keeps_state,
            ..Apply::default()
        }
    }
}

/// The changes of both; those of `later` win.
fn joined(earlier: ModelChanges, later: ModelChanges) -> ModelChanges {
    ModelChanges {
        input_scaling: later.input_scaling.or(earlier.input_scaling),
        bias_scale: later.bias_scale.or(earlier.bias_scale),
        transposed_layers: later.transposed_layers.or(earlier.transposed_layers),
        activation_pieces: later.activation_pieces.or(earlier.activation_pieces),
        gains: later.gains.or(earlier.gains),
        calibrate: later.calibrate || earlier.calibrate,
    }
}

impl FlagValue {
    /// The value that is written so on the command line.
    pub(super) fn of(text: &str) -> Self {
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }
}
