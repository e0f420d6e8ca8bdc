//! What the name of a tensor tells.

/// What a tensor is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The weights of a layer, or the factors of a normalization.
    Weight,
    /// Its biases, or the offsets of a normalization.
    Bias,
    /// The means of a batch normalization.
    Mean,
    /// Its variances.
    Variance,
    /// The state or a parameter of spiking neurons.
    Neuron,
    /// The name tells nothing.
    Unknown,
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What the tensors of one layer have in common.
    pub key: String,
    /// What this one is.
    pub role: Role,
    /// The name of the layer.
    pub layer: String,
}

/// Takes a name apart: `fc1.weight`, `dense/kernel:0`, `w1`, `layer1_bias`, `coefs_0`.
#[must_use]
pub fn parts(name: &str) -> Parts {
    let plain = name.strip_suffix(":0").unwrap_or(name);
    let (prefix, leaf) = plain.rsplit_once(['.', '/']).unwrap_or(("", plain));
    let lower = leaf.to_ascii_lowercase();
    let whole = match lower.as_str() {
        "running_mean" | "moving_mean" => Some(Role::Mean),
        "running_var" | "moving_variance" => Some(Role::Variance),
        "gamma" => Some(Role::Weight),
        _ => word_role(&lower),
    };
    if let Some(role) = whole {
        let layer = if prefix.is_empty() { leaf } else { prefix };
        return Parts { key: prefix.to_ascii_lowercase(), role, layer: layer.into() };
    }
    if is_neuron(&lower) {
        return Parts { key: prefix.to_ascii_lowercase(), role: Role::Neuron, layer: prefix.into() };
    }
    // A word or a letter among others: what is left tells the layer.
    let words = words(&lower);
    let found = words.iter().position(|word| word_role(word).is_some());
    let (role, rest) = match found {
        Some(at) => {
            let rest = words.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, word)| word.as_str());
            (word_role(&words[at]).unwrap_or(Role::Unknown), rest.collect::<Vec<_>>().join("_"))
        }
        None => (Role::Unknown, lower.clone()),
    };
    Parts { key: format!("{}/{rest}", prefix.to_ascii_lowercase()), role, layer: plain.into() }
}

fn word_role(word: &str) -> Option<Role> {
    match word {
        "weight" | "weights" | "kernel" | "w" | "coef" | "coefs" | "wgt" => Some(Role::Weight),
        "bias" | "biases" | "b" | "intercept" | "intercepts" => Some(Role::Bias),
        _ => None,
    }
}

/// Whether a parameter of spiking neurons has this name in snnTorch, Norse, Sinabs, Rockpool or SpikingJelly.
fn is_neuron(leaf: &str) -> bool {
    const NAMES: [&str; 20] = [
        "threshold",
        "beta",
        "alpha",
        "mem",
        "syn",
        "spk",
        "isyn",
        "vmem",
        "v_mem",
        "i_syn",
        "spikes",
        "tau_mem",
        "tau_syn",
        "spike_threshold",
        "graded_spikes_factor",
        "reset_mechanism_val",
        "reset_mechanism",
        "min_v_mem",
        "num_batches_tracked",
        "rng_key",
    ];
    NAMES.contains(&leaf)
        || leaf.starts_with("tau")
        || leaf.starts_with("v_")
        || leaf.starts_with("noise_std")
}

/// The words and numbers of a name: `layer1_bias` is `layer`, `1` and `bias`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut kind = 0;
    for c in name.chars() {
        let next = if c.is_alphabetic() { 1 } else { 2 * u8::from(c.is_ascii_digit()) };
        match words.last_mut() {
            Some(word) if next == kind && next > 0 => word.push(c),
            _ if next > 0 => words.push(c.into()),
            _ => {}
        }
        kind = next;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_layer_share_a_key() {
        let pairs = [
            ("fc1.weight", "fc1.bias"),
            ("w1", "b1"),
            ("W1", "b1"),
            ("dense/kernel:0", "dense/bias:0"),
            ("layer1_weights", "layer1_biases"),
            ("coefs_0", "intercepts_0"),
            ("hidden_w", "hidden_b"),
            ("net.0.weight", "net.0.bias"),
        ];
        for (weight, bias) in pairs {
            let (weight, bias) = (parts(weight), parts(bias));
            assert_eq!((weight.role, bias.role), (Role::Weight, Role::Bias), "{weight:?}");
            assert_eq!(weight.key, bias.key);
        }
        assert_ne!(parts("w1").key, parts("w2").key);
    }

    #[test]
    fn roles_and_layers_are_told() {
        let told = |name: &str| {
            let parts = parts(name);
            (parts.role, parts.layer)
        };
        assert_eq!(told("fc1.weight"), (Role::Weight, "fc1".into()));
        assert_eq!(told("w1"), (Role::Weight, "w1".into()));
        assert_eq!(told("1.beta"), (Role::Neuron, "1".into()));
        assert_eq!(told("bn1.running_var"), (Role::Variance, "bn1".into()));
        assert_eq!(told("arr_0").0, Role::Unknown);
        assert_eq!(told("bottleneck").0, Role::Unknown);
    }
}
