//! Files that are wrong, hostile or only unusual.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use serde_json::Value;
use spikepad::{NpyArray, Npz, Numbers, write_npz};
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

const QUESTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/assets/question-784-128-10.safetensors");

/// Runs `spikepad trace` on a file of these arrays, and returns the arrays that it writes.
fn traced(arrays: &[NpyArray], arguments: &[&str]) -> Result<Vec<NpyArray>, String> {
    let folder = TempDir::new().unwrap();
    let (input, out) = (folder.path().join("input.npz"), folder.path().join("out.npz"));
    fs::write(&input, write_npz(arrays).unwrap()).unwrap();
    let files = [arguments, &[input.to_str().unwrap(), "--out", out.to_str().unwrap()]].concat();
    let run = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args([&["trace", "--model", QUESTION], &files[..]].concat())
        .output()
        .unwrap();
    if !run.status.success() {
        assert_ne!(run.status.code(), Some(101), "a panic");
        return Err(String::from_utf8_lossy(&run.stderr).into_owned());
    }
    let bytes = fs::read(&out).unwrap();
    let mut npz = Npz::open(&bytes).unwrap();
    let names: Vec<String> = npz.names().map(str::to_owned).collect();
    Ok(names.iter().map(|name| npz.array(name).unwrap()).collect())
}

fn array(name: &str, shape: &[usize], numbers: Numbers) -> NpyArray {
    NpyArray::new(name, shape, numbers).unwrap()
}

/// Ink of a picture: a diagonal stroke.
fn ink() -> Vec<u8> {
    (0..784_usize)
        .map(|pixel| if pixel / 28 >= 5 && (pixel / 28).abs_diff(pixel % 28) < 2 { 255 } else { 0 })
        .collect()
}

#[test]
fn an_image_of_any_kind_is_traced_through_the_converter() {
    let converter =
        ["--dialect", "nengo_dl_converter", "--set", "scale_firing_rates=100", "--set", "synapse=0.01"];
    let run = |image: NpyArray, more: &[&str]| traced(&[image], &[&converter, more, &["--image"]].concat());
    let whole = run(array("image", &[28, 28], Numbers::U8(ink())), &[]).unwrap();
    let shapes: Vec<_> = whole.iter().map(|array| array.shape().to_vec()).collect();
    assert_eq!(shapes, [vec![350, 128], vec![350, 10], vec![128], vec![10]]);
    let floats = ink().iter().map(|&ink| f64::from(ink) / 255.0).collect();
    let single = ink().iter().map(|&ink| f32::from(ink) / 255.0).collect();
    for same in [
        array("x", &[784], Numbers::F64(floats)),
        array("digit", &[1, 28, 28], Numbers::F32(single)),
        array("images", &[1, 784], Numbers::I64(ink().iter().map(|&ink| ink.into()).collect())),
    ] {
        assert_eq!(run(same, &[]).unwrap(), whole);
    }
    let with = run(array("image", &[784], Numbers::U8(ink())), &["--steps", "20", "--potentials"]).unwrap();
    let [_, softmax, end, course, ..] = &with[..] else { panic!("{with:?}") };
    assert_eq!((softmax.shape(), course.shape()), (&[20, 10][..], &[20, 128][..]));
    assert_eq!(course.to_f64()[19 * 128..], end.to_f64());
    let refused = |image, what: &str| {
        let message = run(image, &[]).unwrap_err();
        assert!(message.contains(what), "{message}");
    };
    refused(array("image", &[2, 784], Numbers::U8(vec![0; 1568])), "one image of 784 pixels");
    refused(array("image", &[784], Numbers::F64(vec![200.0; 784])), "floats must be from 0 to 1");
    refused(array("image", &[784], Numbers::I64(vec![-1; 784])), "from 0 to 255");
    refused(array("picture", &[784], Numbers::U8(ink())), "'image' is missing");
    let potentials =
        [array("image", &[784], Numbers::U8(ink())), array("v1_init", &[5], Numbers::F64(vec![0.0; 5]))];
    assert!(traced(&potentials, &[&converter[..], &["--image"]].concat()).unwrap_err().contains("v1_init"));
    let spikes = || array("spikes", &[2, 784], Numbers::U8(vec![1; 1568]));
    assert!(traced(&[spikes()], &[&converter[..], &["--spikes"]].concat()).unwrap_err().contains("--image"));
    assert!(traced(&[spikes()], &["--dialect", "norse", "--image"]).unwrap_err().contains("--spikes"));
}

#[test]
fn a_recording_of_the_page_is_traced() {
    // Steps are counted from 1: see www/export/recording-files.js.
    let pairs = [[1, 200], [1, 300], [2, 200], [2, 200], [5, 783]];
    let spikes = |pairs: &[[i32; 2]]| array("spikes_input", &[pairs.len(), 2], Numbers::I32(pairs.concat()));
    let counts = || array("counts", &[5, 10], Numbers::I64(vec![0; 50]));
    let norse = ["--dialect", "norse", "--potentials", "--spikes"];
    let mut train = vec![0_u8; 5 * 784];
    pairs.iter().for_each(|&[step, input]| train[(step as usize - 1) * 784 + input as usize] += 1);
    let expected = traced(&[array("spikes", &[5, 784], Numbers::U8(train))], &norse).unwrap();
    assert_eq!(traced(&[spikes(&pairs), counts()], &norse).unwrap(), expected);
    for (wrong, what) in [
        ([[0, 5]], "row 0 is step 0"),
        ([[6, 5]], "has 5 steps"),
        ([[1, 784]], "784 inputs"),
        ([[1, -1]], "input -1"),
    ] {
        let message = traced(&[spikes(&wrong), counts()], &norse).unwrap_err();
        assert!(message.contains(what), "{message}");
    }
    let message = traced(&[spikes(&[[1, 9]; 256]), counts()], &norse).unwrap_err();
    assert!(message.contains("more than 255"), "{message}");
    assert!(traced(&[spikes(&pairs)], &norse).unwrap_err().contains("counts"));
}
