//! Tests of the command line as people and scripts use it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value;
use spikepad::{Model, NpyArray, Npz, Numbers, write_npz};
use tempfile::TempDir;

fn spikepad(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// The lines of a successful run.
fn lines(arguments: &[&str], input: &str) -> Vec<Value> {
    let output = spikepad(arguments, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The error message of a failed run, a single line.
fn complaint(arguments: &[&str], input: &str) -> String {
    let output = spikepad(arguments, input);
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

const SEVEN: &str = r#"{"id":"a","label":7,"strokes":[[[60,70],[200,64],[120,230]]]}"#;
const ONE: &str = r#"{"id":2,"strokes":[[[140,40],[140,240]]],"source":"ignored"}"#;
const BLANK: &str = r#"{"id":"c","label":3,"strokes":[]}"#;

/// IDX files of `side` x `side` images: a vertical bar (a 1), then blank paper, labelled 1 and 5.
fn idx_files(folder: &Path, side: u32) -> (PathBuf, PathBuf) {
    let header = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let mut images = header(&[0x803, 2, side, side]);
    let is_bar = |x: u32, y: u32| x.abs_diff(side / 2) < side / 14 && y.abs_diff(side / 2) < side * 10 / 28;
    images.extend((0..side * side).map(|i| if is_bar(i % side, i / side) { 255 } else { 0 }));
    images.extend(vec![0; (side * side) as usize]);
    let labels = [header(&[0x801, 2]), vec![1, 5]].concat();
    let paths = (folder.join("images"), folder.join("labels"));
    fs::write(&paths.0, images).unwrap();
    fs::write(&paths.1, labels).unwrap();
    paths
}

#[test]
fn drawings_are_read_a_line_each() {
    let input = format!("{SEVEN}\n\n{ONE}\n{BLANK}\n");
    let answers = lines(&["classify", "--strokes", "-", "--json"], &input);
    assert_eq!(answers.len(), 3);
    assert_eq!((&answers[0]["id"], &answers[0]["label"]), (&Value::from("a"), &Value::from(7)));
    assert_eq!((&answers[0]["digit"], &answers[0]["ann_digit"]), (&Value::from(7), &Value::from(7)));
    assert_eq!(answers[0]["counts"].as_array().unwrap().len(), 10);
    assert_eq!((&answers[1]["id"], &answers[1]["digit"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(answers[1].get("label"), None);
    assert_eq!((&answers[2]["digit"], &answers[2]["ann_digit"]), (&Value::Null, &Value::Null));
}

#[test]
fn people_are_told_the_accuracy() {
    let output = spikepad(&["classify", "--strokes", "-"], &format!("{SEVEN}\n{BLANK}\n"));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("1 of 2 right: SNN 50.00 %, ANN 50.00 %"), "{text}");
}

#[test]
fn a_seed_replays_and_another_differs() {
    let counts = |seed: &str| {
        let answers = lines(&["classify", "--strokes", "-", "--json", "--seed", seed], SEVEN);
        answers[0]["counts"].clone()
    };
    assert_eq!(counts("5"), counts("5"));
    assert_ne!(counts("5"), counts("6"));
}

#[test]
fn ink_is_encoded_as_asked() {
    let answer = |encoding: &str, seed: &str| {
        let options = ["classify", "--strokes", "-", "--json", "--encoding", encoding, "--seed", seed];
        lines(&options, SEVEN)[0].clone()
    };
    let kinds = ["poisson", "regular", "latency"].map(|encoding| answer(encoding, "5"));
    assert!(kinds[0] != kinds[1] && kinds[1] != kinds[2] && kinds[0] != kinds[2], "{kinds:?}");
    assert_eq!(answer("latency", "5"), answer("latency", "6"));
}

#[test]
fn outputs_are_read_as_asked() {
    let answer = |readout: &str| {
        lines(&["classify", "--strokes", "-", "--json", "--readout", readout], SEVEN)[0].clone()
    };
    for readout in ["count", "first", "membrane"] {
        assert_eq!(answer(readout)["digit"], 7, "{readout}");
    }
    assert_eq!(answer("first")["counts"], answer("count")["counts"]);
    assert_eq!(answer("membrane")["counts"], Value::from(vec![0; 10]));
    let output = spikepad(&["classify", "--strokes", "-", "--readout", "filtered-sum"], SEVEN);
    assert!(String::from_utf8_lossy(&output.stderr).contains("count, membrane, first"), "{output:?}");
}

#[test]
fn pictures_are_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("one.png");
    let bar = |x: u32, y: u32| {
        image::Luma([if (95..110).contains(&x) && (20..100).contains(&y) { 20 } else { 250 }])
    };
    image::GrayImage::from_fn(200, 120, bar).save(&path).unwrap();
    let path = path.to_str().unwrap();
    let answers = lines(&["classify", path, path, "--json"], "");
    assert_eq!(answers.len(), 2);
    assert_eq!((&answers[0]["id"], &answers[0]["digit"]), (&Value::from(path), &Value::from(1)));
}

#[test]
fn a_set_is_evaluated() {
    let folder = TempDir::new().unwrap();
    for side in [28, 56] {
        let (images, labels) = idx_files(folder.path(), side);
        let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
        let start = Instant::now();
        let report = &lines(&[&["evaluate", "--json", "--steps", "50,5"], &set[..]].concat(), "")[0];
        let whole = start.elapsed().as_secs_f64();
        assert_eq!((&report["images"], &report["ann_accuracy"]), (&Value::from(2), &Value::from(0.5)));
        let snn = report["snn"].as_array().unwrap();
        assert_eq!((&snn[0]["steps"], &snn[1]["steps"]), (&Value::from(5), &Value::from(50)));
        assert_eq!(snn[1]["accuracy"], Value::from(0.5));
        // The second image is blank.
        assert_eq!((&report["silent"], &report["ties"]), (&Value::from(1), &Value::from(0)));
        assert_eq!(report["confusion"].as_array().unwrap().len(), 10);
        assert!(snn[0]["synops_per_image"].as_f64() < snn[1]["synops_per_image"].as_f64());
        // The time for the set is part of the time for the whole command.
        let seconds = report["seconds"].as_f64().unwrap();
        assert!(seconds > 0.0 && seconds < whole, "{seconds} of {whole} s");
        let one = &lines(&[&["evaluate", "--json", "--limit", "1"], &set[..]].concat(), "")[0];
        assert_eq!((&one["images"], &one["ann_accuracy"]), (&Value::from(1), &Value::from(1.0)));
    }
}

#[test]
fn a_table_is_printed_for_people() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let output = spikepad(
        &["evaluate", "--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()],
        "",
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("ANN            -    50.00 %"), "{text}");
    assert_eq!(text.lines().last().unwrap().split_whitespace().count(), 12, "{text}");
}

#[test]
fn times_are_measured() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    for set in [&set[..], &[]] {
        let report = &lines(&[&["bench", "--seconds", "0", "--steps", "40", "--json"], set].concat(), "")[0];
        for time in ["reference_us", "fast_us", "evaluate_us_per_image", "ceiling_us"] {
            let us = report[time].as_f64().unwrap();
            assert!(us > 0.0 && us.is_finite(), "{time}: {us}");
        }
        assert!(report["threads"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn times_are_measured_against_the_work() {
    let report = &lines(&["bench", "--scaling", "--seconds", "0", "--steps", "8", "--json"], "")[0];
    assert!(report["vectors"].is_string());
    let points = report["points"].as_array().unwrap();
    for axis in ["steps", "rate", "hidden", "layers"] {
        let points: Vec<_> = points.iter().filter(|point| point["axis"] == axis).collect();
        assert!(points.len() >= 4, "{axis}");
        assert!(points.iter().all(|point| point["us"].as_f64().unwrap() > 0.0));
        let of = |name| points.iter().map(|point| point[name].as_f64().unwrap()).collect::<Vec<f64>>();
        assert!(of("value").is_sorted_by(|a, b| a < b), "{axis}");
        assert!(of("synaptic_operations").is_sorted_by(|a, b| a < b), "{axis}");
    }
    let mut hidden = points.iter().filter(|point| point["axis"] == "hidden");
    assert_eq!(hidden.next_back().unwrap()["value"], Value::from(8192.0));
}

#[test]
fn a_model_is_inspected() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/assets/mnist-784-128-10.safetensors");
    let text = String::from_utf8(spikepad(&["inspect", path], "").stdout).unwrap();
    assert!(text.contains("784 x 128") && text.contains("101632") && text.contains("conversion"), "{text}");
}

const QUESTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/assets/question-784-128-10.safetensors");

/// The path of a recording of a framework.
fn recording(name: &str) -> String {
    format!("{}/../tests/fixtures/dialects/{name}.npz", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_spike_train_is_traced_as_a_framework_runs_it() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("trace.npz");
    let input = recording("input_29");
    let arguments = ["trace", "--dialect", "spikingjelly", "--model", QUESTION, "--spikes", &input];
    let written = spikepad(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat(), "");
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let (trace, recorded) = (fs::read(&out).unwrap(), fs::read(recording("spikingjelly_29")).unwrap());
    let (mut trace, mut recorded) = (Npz::open(&trace).unwrap(), Npz::open(&recorded).unwrap());
    for array in ["hidden", "out", "v1_final", "v2_final"] {
        assert_eq!(trace.array(array).unwrap(), recorded.array(array).unwrap());
    }

    let people = spikepad(&[&arguments[..], &["--set", "tau=20", "--set", "v_reset=auto"]].concat(), "");
    let text = String::from_utf8(people.stdout).unwrap();
    assert!(
        text.contains("350 steps") && text.contains("hidden") && text.contains("spikes of each"),
        "{text}"
    );
}

#[test]
fn a_model_may_be_an_npz_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.npz");
    let model = Model::from_safetensors(&fs::read(QUESTION).unwrap()).unwrap();
    let array = |layer: usize| {
        let weights = model.network().weights(layer).unwrap();
        let numbers = Numbers::F32(weights.iter().copied().collect());
        NpyArray::new(&format!("w{}", layer + 1), weights.shape(), numbers).unwrap()
    };
    fs::write(&path, write_npz(&[array(0), array(1)]).unwrap()).unwrap();
    let path = path.to_str().unwrap();
    let text = String::from_utf8(spikepad(&["inspect", path], "").stdout).unwrap();
    assert!(text.contains("784 x 128") && text.contains("101632"), "{text}");
    let answers = lines(&["classify", "--strokes", "-", "--json", "--model", path], SEVEN);
    assert_eq!(answers[0]["ann_digit"], Value::from(7));
}

#[test]
fn a_set_is_evaluated_in_any_dialect() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let set = ["--images", images.to_str().unwrap(), "--labels", labels.to_str().unwrap()];
    let evaluate = |more: &[&str]| {
        lines(&[&["evaluate", "--model", QUESTION, "--json"], &set[..], more].concat(), "").remove(0)
    };
    let row = evaluate(&["--dialect", "norse", "--steps", "50"]);
    assert_eq!((&row["dialect"], &row["readout"]), (&Value::from("norse"), &Value::from("count")));
    assert_eq!((&row["images"], &row["accuracy"]), (&Value::from(2), &Value::from(0.5)));
    // The second image is blank.
    assert_eq!(row["silent"], Value::from(0.5));
    let scaled = ["--dialect", "norse", "--steps", "50", "--set", "weight_scale=0"];
    assert_eq!(evaluate(&scaled)["silent"], Value::from(1.0));
    let question = ["--dialect", "nengo_seed", "--steps", "10"];
    assert_eq!(evaluate(&question)["readout"], Value::from("filtered-positive"));
    let scaled = ["--set", "weight_scale=2"];
    let all =
        evaluate(&[&["--dialect", "all", "--steps", "5", "--readout", "first-spike"], &scaled[..]].concat());
    let names: Vec<_> = all.as_array().unwrap().iter().map(|row| row["dialect"].as_str().unwrap()).collect();
    let frameworks = ["snntorch", "spikingjelly", "bindsnet", "norse", "sinabs", "rockpool", "brian2"];
    let of_nengo = ["nengo_seed", "nengo", "nengo_dl", "nengo_dl_converter"];
    assert_eq!(names, [&["keras"], &frameworks[..], &of_nengo].concat());
    let table = [&["evaluate", "--dialect", "all", "--steps", "5"], &set[..]].concat();
    let text = String::from_utf8(spikepad(&table, "").stdout).unwrap();
    assert!(text.contains("snntorch           count"), "{text}");
}

#[test]
fn settings_are_listed() {
    let output = spikepad(&["settings", "--json"], "");
    let settings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let tau_m = settings.iter().find(|setting| setting["name"] == "tauM").unwrap();
    assert_eq!((&tau_m["key"], &tau_m["default"]), (&Value::from("tau"), &Value::from(100.0)));
    assert_eq!(tau_m["mustBe"], "a positive number, or inf");
    let text = String::from_utf8(spikepad(&["settings"], "").stdout).unwrap();
    for setting in &settings {
        assert!(text.contains(setting["help"].as_str().unwrap()), "{text}");
    }
}

#[test]
fn what_is_wrong_is_one_sentence_that_names_it() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = idx_files(folder.path(), 28);
    let (images, labels) = (images.to_str().unwrap(), labels.to_str().unwrap());
    let says = |arguments: &[&str], input: &str, what: &str| {
        let text = complaint(arguments, input);
        assert!(text.contains(what), "{text}");
    };
    says(&["evaluate", "--images", "/no/such", "--labels", labels], "", "/no/such");
    says(&["evaluate", "--images", labels, "--labels", labels], "", "not an IDX file of images");
    says(&["evaluate", "--images", images, "--labels", labels, "--limit", "0"], "", "no image");
    says(&["evaluate", "--images", images, "--labels", labels, "--steps", "0"], "", "steps is 0");
    let flag = |flag: [&str; 2], what: &str| {
        let set = ["evaluate", "--images", images, "--labels", labels];
        let output = spikepad(&[&set[..], &flag].concat(), "");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && text.contains(flag[0]) && text.contains(what), "{text}");
    };
    flag(["--tau-m", "0"], "tauM is 0; it must be a positive number, or inf");
    flag(["--dt", "-1"], "dt is -1; it must be a positive number");
    flag(["--refractory", "100001"], "it must be a whole number from 0 to 100000");
    flag(["--reset", "softly"], "zero, subtract");
    flag(["--readout", "loudest"], "filtered-positive");
    says(
        &["evaluate", "--images", images, "--labels", labels, "--readout", "filtered-sum"],
        "",
        "works only with --dialect",
    );
    says(&["classify", "--strokes", "-", "--pen", "0"], SEVEN, "pen");
    says(&["classify", "--strokes", "-"], "{\"id\":1,\"strokes\":[[[1]]]}", "line 1");
    says(&["classify", labels], "", labels);
    let dialect = |more: &[&str], what: &str| {
        says(&[&["evaluate", "--images", images, "--labels", labels], more].concat(), "", what);
    };
    dialect(&["--dialect", "nest"], "snntorch, snntorch_b090");
    dialect(&["--dialect", "norse", "--set", "threshold=8"], "tau_mem_inv, v_leak, v_th");
    dialect(&["--dialect", "norse", "--set", "v_th=high"], "a number from");
    dialect(&["--dialect", "norse", "--steps", "5,10"], "one number");
    dialect(&["--dialect", "all", "--set", "threshold=8"], "has no parameter 'threshold'");
    dialect(&["--dialect", "norse", "--limit", "0"], "no image");
    dialect(&["--dialect", "norse", "--readout", "membrane"], "does not work with --dialect");
    let set = ["evaluate", "--images", images, "--labels", labels];
    let ours = spikepad(&[&set[..], &["--dialect", "norse", "--threshold", "8"]].concat(), "");
    assert!(String::from_utf8_lossy(&ours.stderr).contains("cannot be used with"), "{ours:?}");
    let input = recording("input_29");
    let trace = |dialect: &str, spikes: &str, what: &str| {
        says(&["trace", "--dialect", dialect, "--model", QUESTION, "--spikes", spikes], "", what);
    };
    trace("nest", &input, "no dialect 'nest'");
    trace("keras", &input, "no spikes to trace");
    trace("norse", labels, labels);
    trace("norse", &recording("norse_29"), "'spikes' is missing");
    says(&["inspect", images], "", images);
    says(&["classify", "--strokes", "-", "--model", labels], SEVEN, labels);
}
