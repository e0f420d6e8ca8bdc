//! The names that a pickle may refer to.

/// Whether a pickle may refer to this name: dictionaries, tensors and their types, and the plain values that checkpoints
/// hold beside tensors. None of them is ever looked up or called; the list tells files of tensors from programs.
///
/// Sources of the names: `torch/serialization.py`, `torch/_utils.py`, `torch/_weights_only_unpickler.py` and
/// `numpy/core/multiarray.py`.
pub fn is_allowed(module: &str, name: &str) -> bool {
    match module {
        "collections" => matches!(name, "OrderedDict" | "defaultdict" | "Counter"),
        "torch._utils" => matches!(
            name,
            "_rebuild_tensor" | "_rebuild_tensor_v2" | "_rebuild_parameter" | "_rebuild_parameter_with_state"
        ),
        "torch" => {
            name.ends_with("Storage") || matches!(name, "Size" | "device" | "Tensor") || is_dtype(name)
        }
        "torch.storage" => {
            matches!(name, "UntypedStorage" | "TypedStorage" | "_UntypedStorage" | "_TypedStorage")
        }
        "torch.nn.parameter" => name == "Parameter",
        "torch.serialization" => name == "_get_layout",
        "numpy" => name == "dtype",
        "numpy.core.multiarray" | "numpy._core.multiarray" => name == "scalar",
        "_codecs" => name == "encode",
        "argparse" => name == "Namespace",
        "__builtin__" | "builtins" => {
            matches!(
                name,
                "set" | "frozenset" | "list" | "dict" | "tuple" | "int" | "float" | "bool" | "str" | "bytes"
            )
        }
        _ => false,
    }
}

/// The names of torch's types of numbers.
fn is_dtype(name: &str) -> bool {
    matches!(
        name,
        "float32"
            | "float64"
            | "float16"
            | "bfloat16"
            | "int8"
            | "int16"
            | "int32"
            | "int64"
            | "uint8"
            | "bool"
            | "strided"
    )
}
