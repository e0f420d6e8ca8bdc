//! Files that are wrong, hostile or only unusual.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use serde_json::Value;
use spikepad::{NpyArray, Numbers, write_npz};
use tempfile::TempDir;

fn spikepad(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A picture of a vertical bar, a 1.
fn bar(folder: &Path, name: &str, format: ImageFormat) -> String {
    let ink = |x: u32, y: u32| Luma([if (45..55).contains(&x) && (10..90).contains(&y) { 20 } else { 250 }]);
    let path = folder.join(name);
    DynamicImage::ImageLuma8(GrayImage::from_fn(100, 100, ink)).save_with_format(&path, format).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn one_unreadable_picture_does_not_end_a_batch() {
    let folder = TempDir::new().unwrap();
    let good = bar(folder.path(), "good.png", ImageFormat::Png);
    let broken = |name: &str, content: &[u8]| {
        let path: PathBuf = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let whole = fs::read(&good).unwrap();
    let bad = [
        broken("empty.png", b""),
        broken("text.png", b"not a picture"),
        broken("cut.png", &whole[..whole.len() / 2]),
        folder.path().join("missing.png").to_str().unwrap().to_owned(),
        folder.path().to_str().unwrap().to_owned(),
    ];
    let mut paths = vec![good.as_str()];
    for path in &bad {
        paths.extend([path.as_str(), good.as_str()]);
    }
    let output = spikepad(&[&["classify", "--json"], &paths[..]].concat(), "");
    let answers = answers(&output);
    assert_eq!(answers.len(), bad.len() + 1);
    assert!(answers.iter().all(|answer| answer["id"] == good.as_str() && answer["digit"] == 1));
    let errors = text(&output.stderr);
    assert_eq!(errors.lines().count(), bad.len(), "{errors}");
    assert!(errors.lines().zip(&bad).all(|(line, path)| line.contains(path.as_str())), "{errors}");
    assert_eq!(output.status.code(), Some(1));
    let output = spikepad(&["classify", &good, &bad[0], &good], "");
    assert!(text(&output.stderr).ends_with("sure of 2 of 2\n"), "{output:?}");
    assert_eq!(spikepad(&["classify", &good, &good], "").status.code(), Some(0));
}

#[test]
fn one_unreadable_line_does_not_end_a_batch() {
    let good = r#"{"id":"a","strokes":[[[140,40],[140,240]]]}"#;
    let bad = [
        r#"{"id":"b","strokes":[[[1]]]}"#,
        "no JSON",
        r#"{"id":"c"}"#,
        r#"{"id":"d","strokes":[[[1e9,0]]]}"#,
    ];
    let mut lines = vec![good];
    for line in bad {
        lines.extend([line, good]);
    }
    let output = spikepad(&["classify", "--strokes", "-", "--json"], &lines.join("\n"));
    assert_eq!(answers(&output).len(), bad.len() + 1);
    let errors = text(&output.stderr);
    let places: Vec<_> = (1..=bad.len()).map(|i| format!("-, line {}: ", 2 * i)).collect();
    assert!(errors.lines().zip(&places).all(|(line, place)| line.contains(place)), "{errors}");
    assert_eq!((errors.lines().count(), output.status.code()), (bad.len(), Some(1)), "{errors}");
}

#[test]
fn the_id_is_passed_on_as_it_stands() {
    for id in ["123456789012345678901234567890", "1.0", "null", r#"{"b":1,"a":[2]}"#, r#""\u00e9""#] {
        let line = format!(r#"{{"id":{id},"strokes":[]}}"#);
        let output = spikepad(&["classify", "--strokes", "-", "--json"], &line);
        let answer = text(&output.stdout);
        assert!(answer.starts_with(&format!(r#"{{"id":{id},"#)), "{answer}");
    }
}

#[test]
fn the_content_tells_the_format_of_a_picture() {
    let folder = TempDir::new().unwrap();
    let names = [("noext", ImageFormat::Png), ("png.jpg", ImageFormat::Png), ("jpeg.png", ImageFormat::Jpeg)];
    let paths = names.map(|(name, format)| bar(folder.path(), name, format));
    let output = spikepad(&["classify", "--json", &paths[0], &paths[1], &paths[2]], "");
    let digits: Vec<_> = answers(&output).iter().map(|answer| answer["digit"].clone()).collect();
    assert_eq!(digits, [1, 1, 1], "{output:?}");
}

/// An npz file with these arrays of zeros.
fn npz(folder: &Path, name: &str, arrays: &[(&str, &[usize])]) -> String {
    let array = |&(name, shape): &(&str, &[usize])| {
        NpyArray::new(name, shape, Numbers::F64(vec![0.25; shape.iter().product()])).unwrap()
    };
    let path = folder.join(name);
    fs::write(&path, write_npz(&arrays.iter().map(array).collect::<Vec<_>>()).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_network_with_biases_runs_but_no_array_is_ignored() {
    let folder = TempDir::new().unwrap();
    let biased = npz(folder.path(), "biased.npz", &[("w1", &[784, 3]), ("b1", &[3])]);
    let unknown = npz(folder.path(), "unknown.npz", &[("w1", &[784, 3]), ("b2", &[3])]);
    let drawing = r#"{"id":1,"strokes":[[[60,70],[200,64],[120,230]]]}"#;
    for command in [&["inspect"][..], &["classify", "--strokes", "-", "--model"]] {
        let output = spikepad(&[command, &[&biased]].concat(), drawing);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let output = spikepad(&[command, &[&unknown]].concat(), drawing);
        let error = text(&output.stderr);
        assert!(
            error.contains(&unknown) && error.contains("'b2' of shape [3] is not part of a dense layer"),
            "{error}"
        );
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn the_stored_type_is_told() {
    let folder = TempDir::new().unwrap();
    let path = npz(folder.path(), "doubles.npz", &[("w1", &[784, 3])]);
    let output = text(&spikepad(&["inspect", &path], "").stdout);
    assert!(output.contains("64-bit floats") && !output.contains("32-bit"), "{output}");
}

#[test]
fn texts_of_a_file_do_not_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let path = npz(folder.path(), "names.npz", &[("w1", &[784, 3]), ("\u{1b}[2J", &[2])]);
    let error = text(&spikepad(&["inspect", &path], "").stderr);
    assert!(error.contains("'\u{fffd}[2J'") && !error.contains('\u{1b}'), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_without_end_is_refused() {
    let output = spikepad(&["classify", "--strokes", "/dev/zero"], "");
    let error = text(&output.stderr);
    assert!(error.contains("/dev/zero, line 1: the line has more than 2097152 bytes"), "{error}");
    assert_eq!(output.status.code(), Some(1));
}
