//! Tells the format of a file by its content.

use spikepad::ZipFile;

use crate::container::hdf5::Hdf5;
use crate::container::{protobuf, safetensors, torch};
use crate::error::Problem;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HDF5: Keras or NIR.
    Hdf5,
    /// A zip file: Keras, PyTorch or NumPy.
    Zip,
    /// PyTorch's older stream.
    TorchStream,
    /// A safetensors file.
    Safetensors,
    /// One array of NumPy's.
    Npy,
    /// An ONNX model.
    Onnx,
    /// JSON: TensorFlow.js.
    Json,
}

/// How far from an end of a file the marks of a TensorFlow checkpoint are looked for, in bytes.
const NEAR: usize = 1 << 16;

/// The format of a file with that name and content. The name only helps to say what else a file may be.
///
/// # Errors
/// [`Problem`] says what the file is, if it is of a format that is not read.
pub fn kind(name: &str, bytes: &[u8]) -> Result<Kind, Problem> {
    let unsupported =
        |what: &str, advice: &'static str| Err(Problem::Unsupported { what: what.into(), advice });
    const SAVE: &str =
        "save the model with model.save('model.keras') or model.save_weights('model.weights.h5')";
    let text = bytes.trim_ascii_start();
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if bytes.starts_with(b"version https://git-lfs") {
        return Err(Problem::GitLfs);
    }
    if Hdf5::find(bytes).is_some() {
        return Ok(Kind::Hdf5);
    }
    if ZipFile::is_zip(bytes) {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(b"\x93NUMPY") {
        return Ok(Kind::Npy);
    }
    if bytes.get(4..8) == Some(b"TFL3") {
        return unsupported("a TensorFlow Lite model", SAVE);
    }
    if safetensors::is_safetensors(bytes) {
        return Ok(Kind::Safetensors);
    }
    if bytes.first() == Some(&0x80) && bytes.get(1).is_some_and(|version| *version <= 5) {
        return if torch::is_stream(bytes) {
            Ok(Kind::TorchStream)
        } else {
            unsupported(
                "a pickle, a program that is never executed",
                "save the tensors with torch.save(model.state_dict(), 'model.pt') or numpy.savez('model.npz', ...)",
            )
        };
    }
    if bytes.starts_with(b"\x1f\x8b") {
        return unsupported("a file compressed with gzip", "unpack it first");
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return unsupported("a tar archive", "unpack it first");
    }
    let head = text.get(..64.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    if head.starts_with(b"<!doctype") || head.starts_with(b"<html") {
        return unsupported("a web page", "download the file itself, not the page that shows it");
    }
    if text.starts_with(b"{") {
        return Ok(Kind::Json);
    }
    let ends = [&bytes[..NEAR.min(bytes.len())], &bytes[bytes.len().saturating_sub(NEAR)..]];
    let has = |mark: &[u8]| ends.iter().any(|end| end.windows(mark.len()).any(|part| part == mark));
    if bytes.starts_with(&[0x08, 0x01, 0x12])
        && (has(b"saved_model") || has(b"VarHandleOp") || has(b"AssignVariableOp"))
    {
        return unsupported("a SavedModel of TensorFlow, the graph without the weights", SAVE);
    }
    if has(b".ATTRIBUTES/VARIABLE_VALUE") || has(b"VARIABLE_VALUE") && has(b"OBJECT_CONFIG_JSON") {
        return unsupported("a part of a TensorFlow checkpoint", SAVE);
    }
    // An empty file is a valid model, and so are many files of noise: only a model with a graph counts.
    match protobuf::check(bytes) {
        Ok(true) => Ok(Kind::Onnx),
        Err(problem @ Problem::TooLarge { .. }) => Err(problem),
        // The first field of a model is its version.
        Err(problem) if bytes.first() == Some(&0x08) && name.ends_with(".onnx") => Err(problem),
        _ => Err(Problem::Unknown { hint: hint(name) }),
    }
}

/// What a file of an unknown format may be, by its name.
fn hint(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    if let Some(model) = lower.ends_with(".data").then(|| &name[..name.len() - 5]) {
        return format!("; if these are the weights of an ONNX model, open {model} together with this file");
    }
    if lower.ends_with(".bin") {
        return "; if these are the weights of a TensorFlow.js model, open model.json together with this file".into();
    }
    if [".h5", ".hdf5", ".keras", ".pt", ".pth", ".npz", ".onnx", ".nir", ".safetensors"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        return "; its name says otherwise, so it may be damaged: download or save it again".into();
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        let says = |name: &str, bytes: &[u8]| {
            kind(name, bytes).map_or_else(|e| e.to_string(), |kind| format!("{kind:?}"))
        };
        assert!(says("a.h5", b"").contains("empty"));
        assert!(says("a.onnx", b"version https://git-lfs.github.com/spec/v1\n").contains("git lfs pull"));
        assert!(says("a", b"\x1c\0\0\0TFL3").contains("TensorFlow Lite"));
        assert!(says("a", b"<!DOCTYPE html>").contains("web page"));
        assert!(says("a.pkl", b"\x80\x04N.").contains("never executed"));
        assert!(says("x.onnx.data", &[0x88; 9]).contains("open x.onnx together"));
        assert!(says("x.h5", &[0x88; 9]).contains("its name says otherwise"));
        assert_eq!(says("a", b" {\"a\": 1}"), "Json");
        assert_eq!(says("a", b"\x02\0\0\0\0\0\0\0{}"), "Safetensors");
    }
}
