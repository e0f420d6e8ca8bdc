//! `spikepad export`: the files that it writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use spikepad::{Npz, Numbers};
use tempfile::TempDir;

fn spikepad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spikepad")).args(arguments).output().unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = spikepad(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn complaint(arguments: &[&str]) -> String {
    let output = spikepad(arguments);
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

fn question() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/assets/question-784-128-10.safetensors")
}

fn numbers(path: &Path, name: &str) -> Numbers {
    let bytes = fs::read(path).unwrap();
    Npz::open(&bytes).unwrap().array(name).unwrap().into_numbers()
}

#[test]
fn the_file_beside_a_script_is_one_that_trace_takes() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("made/here");
    let question = question();
    let (question, out) = (question.to_str().unwrap(), out.to_str().unwrap());
    for framework in
        ["nengo", "nengo_dl", "brian2", "snntorch", "spikingjelly", "bindsnet", "norse", "sinabs", "rockpool"]
    {
        let flags = ["--digit", "4", "--steps", "60", "--seed", "9"];
        let text =
            said(&[&["export", "--to", framework, "--out", out, "--model", question][..], &flags].concat());
        assert!(text.contains(&format!("{framework}.py")) && text.contains("Spikepad reads"), "{text}");
        let npz = Path::new(out).join(format!("{framework}.npz"));
        let trace = folder.path().join("trace.npz");
        let [npz_path, trace_path] = [&npz, &trace].map(|path| path.to_str().unwrap());
        said(&[
            "trace",
            "--dialect",
            framework,
            "--model",
            question,
            "--spikes",
            npz_path,
            "--out",
            trace_path,
        ]);
        assert_eq!(numbers(&npz, "spikes1"), numbers(&trace, "hidden"), "{framework}");
        assert_eq!(numbers(&npz, "spikes2"), numbers(&trace, "out"), "{framework}");

        // A script for given spikes is the same as that for the digit from which they were drawn.
        let again = folder.path().join("again");
        let again = again.to_str().unwrap();
        said(&["export", "--to", framework, "--out", again, "--model", question, "--spikes", npz_path]);
        for ending in ["py", "npz"] {
            let name = format!("{framework}.{ending}");
            let [a, b] = [out, again].map(|folder| fs::read(Path::new(folder).join(&name)).unwrap());
            assert!(a == b, "{name}");
        }
    }
    let converter = "nengo_dl_converter";
    said(&[
        "export",
        "--to",
        converter,
        "--out",
        out,
        "--model",
        question,
        "--set",
        "synapse=0.01",
        "--steps",
        "40",
    ]);
    let npz = Path::new(out).join("nengo_dl_converter.npz");
    let (trace, again) = (folder.path().join("trace.npz"), folder.path().join("again"));
    let [npz_path, trace_path, again] = [&npz, &trace, &again].map(|path| path.to_str().unwrap());
    let flags = ["--model", question, "--image", npz_path, "--set", "synapse=0.01", "--steps", "40"];
    said(&[&["trace", "--dialect", converter, "--out", trace_path][..], &flags].concat());
    assert_eq!(numbers(&npz, "spikes1"), numbers(&trace, "hidden"));
    assert_eq!(numbers(&npz, "outputs"), numbers(&trace, "softmax"));
    said(&[&["export", "--to", converter, "--out", again][..], &flags].concat());
    for name in ["nengo_dl_converter.py", "nengo_dl_converter.npz"] {
        let [a, b] = [out, again].map(|folder| fs::read(Path::new(folder).join(name)).unwrap());
        assert!(a == b, "{name}");
    }
    let text = said(&["export", "--to", "keras", "--out", out, "--digit", "4"]);
    assert!(text.contains("keras.npz written") && !text.contains("counts"), "{text}");
}

#[test]
fn a_set_of_images_is_written_with_what_spikepad_reads() {
    let folder = TempDir::new().unwrap();
    let row = |label: u8, ink: &dyn Fn(usize) -> u8| {
        let pixels: Vec<String> = (0..784).map(|pixel| ink(pixel).to_string()).collect();
        format!("{label},{}\n", pixels.join(","))
    };
    let bar =
        |pixel: usize| if (13..15).contains(&(pixel % 28)) && (112..672).contains(&pixel) { 255 } else { 0 };
    let set = folder.path().join("set.csv");
    fs::write(&set, row(1, &bar) + &row(1, &bar) + &row(7, &bar)).unwrap();
    let (set, out) = (set.to_str().unwrap(), folder.path().to_str().unwrap());
    said(&[
        "export",
        "--to",
        "snntorch",
        "--set",
        "threshold=8",
        "--images",
        set,
        "--limit",
        "2",
        "--out",
        out,
    ]);
    let text = fs::read_to_string(folder.path().join("snntorch.py")).unwrap();
    assert!(text.contains("threshold=8.0") && text.contains("data[\"images\"]"), "{text}");
    let npz = folder.path().join("snntorch.npz");
    assert_eq!(numbers(&npz, "labels"), Numbers::U8(vec![1, 1]));
    assert_eq!(numbers(&npz, "right"), Numbers::I32(vec![2]));
}

#[test]
fn errors_say_what_there_is() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().to_str().unwrap();
    let text = complaint(&["export", "--to", "genn", "--out", out]);
    assert!(text.contains("no dialect 'genn'") && text.contains("snntorch"), "{text}");
    let text = complaint(&["export", "--to", "norse", "--out", out, "--set", "beta=1"]);
    assert!(text.contains("norse has no parameter 'beta'"), "{text}");
    let text = complaint(&["export", "--to", "norse", "--out", out, "--digit", "1000000"]);
    assert!(text.contains("there are the digits 0 to"), "{text}");
    let text = complaint(&["export", "--to", "norse", "--out", out, "--labels", out]);
    assert!(text.contains("--images"), "{text}");
    let text = complaint(&["export", "--to", "norse", "--out", out, "--image", "image.npz"]);
    assert!(text.contains("--image is for nengo_dl_converter"), "{text}");
    let text = complaint(&["export", "--to", "nengo_dl_converter", "--out", out, "--spikes", "spikes.npz"]);
    assert!(text.contains("takes an image, not spikes"), "{text}");
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is written");
}
