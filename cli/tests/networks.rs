//! Networks of other programs on the command line.

use std::process::{Command, Output};

use serde_json::Value;
use spikepad::{NpyArray, Npz, Numbers, write_npz};
use tempfile::TempDir;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../formats/tests/fixtures");

fn spikepad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spikepad")).args(arguments).output().unwrap()
}

fn fixture(path: &str) -> String {
    format!("{FIXTURES}/{path}")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_file_is_inspected_in_words_and_as_json() {
    let file = fixture("keras/k225_S14.h5");
    let words = text(&spikepad(&["inspect", &file]).stdout);
    for part in
        ["Keras 2.2.5", "14 x 14 pixels, 0..1", "196 x 20", "relu", "softmax", "input scaling is 0..1"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    let json: Value = serde_json::from_slice(&spikepad(&["inspect", "--json", &file]).stdout).unwrap();
    assert_eq!(json["input"]["shape"], serde_json::json!([14, 14]));
    assert_eq!(json["layers"][0]["name"], "dense_5");
    assert_eq!(json["layers"][0]["weights_sha256"].as_str().unwrap().len(), 64);
    assert!(json["assumptions"].as_array().unwrap().len() == 1, "{json}");
}

#[test]
fn files_beside_a_model_are_found() {
    for file in ["tfjs/conv_S14_f16/model.json", "onnx/torch_dynamo_S14_external.onnx"] {
        let output = spikepad(&["inspect", "--json", &fixture(file)]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["layers"].as_array().map(Vec::len), Some(2), "{output:?}");
    }
}

#[test]
fn a_network_is_converted_and_runs() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("own.safetensors");
    let out = out.to_str().unwrap();
    let file = fixture("pytorch/pt_S14_shared_storage.pt");
    let converted = spikepad(&["convert", &file, "--out", out]);
    assert!(converted.status.success(), "{converted:?}");
    let of = |path: &str| -> Value {
        serde_json::from_slice(&spikepad(&["inspect", "--json", path]).stdout).unwrap()
    };
    let (before, after) = (of(&file), of(out));
    assert_eq!(after["format"], "Spikepad");
    assert_eq!(before["layers"][1]["bias_sha256"], after["layers"][1]["bias_sha256"]);
    assert_eq!(before["input"]["accuracy"], after["input"]["accuracy"]);
}

#[test]
fn an_error_is_one_line_that_names_the_file() {
    for (path, part) in [
        ("hostile/pickle_os_system.pt", "'posix.system'"),
        ("onnx/torch_conv.onnx", "only dense layers can be run"),
        ("hostile/git_lfs_pointer.onnx", "git lfs pull"),
        ("safetensors/torch_S14_int8.safetensors", "holds I8"),
    ] {
        let file = fixture(path);
        let output = spikepad(&["inspect", &file]);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(
            error.contains(&file) && error.contains(part) && error.trim_end().lines().count() == 1,
            "{error}"
        );
    }
    let started = std::env::temp_dir().read_dir().unwrap().flatten();
    assert!(
        !started
            .map(|file| file.file_name())
            .any(|name| name.to_string_lossy().starts_with("SPIKEPAD_PWNED"))
    );
}

#[test]
fn a_nir_file_runs_as_its_framework_reads_it() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, spikes) = (path("model.nir"), path("spikes.npz"));
    let train = (0..784 * 20).map(|i| u8::from(i % 7 == 3)).collect();
    let array = NpyArray::new("spikes", &[20, 784], Numbers::U8(train)).unwrap();
    std::fs::write(&spikes, write_npz(&[array]).unwrap()).unwrap();

    let written = spikepad(&["export", "--to", "nir:snntorch", "--set", "threshold=8", "--out", &file]);
    assert!(text(&written.stdout).contains("trace --dialect snntorch_zero --set threshold=8"), "{written:?}");
    let words = text(&spikepad(&["inspect", &file]).stdout);
    for part in ["Written by snnTorch. Read as snnTorch", "spikingjelly", "refused: Norse 1.1.0"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let json: Value = serde_json::from_slice(&spikepad(&["inspect", "--json", &file]).stdout).unwrap();
    assert_eq!(json["neurons"]["written_by"], "snntorch");

    let trace = |arguments: &[&str], out: &str| {
        let all = [&["trace", "--spikes", &spikes, "--out", out], arguments].concat();
        let done = spikepad(&all);
        assert!(done.status.success(), "{done:?}");
        let bytes = std::fs::read(out).unwrap();
        let mut npz = Npz::open(&bytes).unwrap();
        ["hidden", "out"].map(|name| npz.array(name).unwrap().to_f64())
    };
    let of_file = trace(&["--as", "snntorch", "--model", &file], &path("file.npz"));
    let of_dialect = trace(&["--dialect", "snntorch_zero", "--set", "threshold=8"], &path("dialect.npz"));
    assert!(of_file.iter().flatten().sum::<f64>() > 50.0);
    assert_eq!(of_file, of_dialect);

    let error = |arguments: &[&str]| text(&spikepad(arguments).stderr);
    let refused = ["trace", "--spikes", &spikes, "--as", "rockpool", "--model", &file];
    assert!(error(&refused).contains("'v_reset'"), "{}", error(&refused));
    let other = fixture("numpy/S14_fortran.npz");
    assert!(
        error(&["trace", "--spikes", &spikes, "--as", "norse", "--model", &other]).contains("no NIR file")
    );
    assert!(error(&["trace", "--spikes", &spikes, "--as", "norse"]).contains("--model"));
    assert!(error(&["export", "--to", "nir:snntorch_th8", "--out", &file]).contains("reset_mechanism=zero"));
}
