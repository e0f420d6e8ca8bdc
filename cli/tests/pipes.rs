//! Standard output and standard error that are closed or full, for every command.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/assets/question-784-128-10.safetensors");
const SPIKES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/dialects/input_29.npz");
const DRAWING: &str = r#"{"id":1,"label":1,"strokes":[[[140,40],[140,240]]]}"#;

/// The commands, each with all that it may print.
fn commands(folder: &Path) -> Vec<Vec<String>> {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (images, labels, drawings) = (path("images"), path("labels"), path("drawings.jsonl"));
    let header = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let bar: Vec<u8> = (0..784).map(|i| if i % 28 == 14 && i > 100 { 255 } else { 0 }).collect();
    fs::write(&images, [header(&[0x803, 1, 28, 28]), bar].concat()).unwrap();
    fs::write(&labels, [header(&[0x801, 1]), vec![1]].concat()).unwrap();
    fs::write(&drawings, DRAWING).unwrap();
    let set = format!("evaluate --images {images} --labels {labels} --steps 5 --model {MODEL}");
    let commands = [
        format!("inspect {MODEL}"),
        "settings".into(),
        "settings --json".into(),
        format!("trace --dialect norse --model {MODEL} --spikes {SPIKES}"),
        set.clone(),
        format!("{set} --json"),
        format!("{set} --dialect norse"),
        format!("{set} --dialect norse --json"),
        format!("{set} --dialect all"),
        format!("{set} --dialect all --json"),
        format!("classify --strokes {drawings}"),
        format!("classify --strokes {drawings} --json"),
        "bench --seconds 0 --steps 8".into(),
        "bench --seconds 0 --steps 8 --json".into(),
        "bench --scaling --seconds 0 --steps 1".into(),
        "bench --scaling --seconds 0 --steps 1 --json".into(),
        "--help".into(),
        "--version".into(),
        "help inspect".into(),
        "evaluate --help".into(),
        "classify -h".into(),
    ];
    commands.map(|command| command.split(' ').map(str::to_owned).collect()).to_vec()
}

fn run(command: &[String], stdout: Stdio, stderr: Stdio) -> Output {
    let child = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args(command)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .spawn();
    child.unwrap().wait_with_output().unwrap()
}

/// The end of a pipe whose other end is closed.
fn closed() -> Stdio {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[cfg(target_os = "linux")]
fn full() -> Stdio {
    fs::OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn a_closed_pipe_ends_every_command_without_a_word() {
    let folder = TempDir::new().unwrap();
    for command in commands(folder.path()) {
        let output = run(&command, closed(), Stdio::piped());
        let text = String::from_utf8(output.stderr).unwrap();
        // The status that a shell shows for a program that SIGPIPE has ended.
        assert_eq!(output.status.code(), Some(141), "{command:?}: {text}");
        assert_eq!(text, "", "{command:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_ends_every_command_with_one_line() {
    let folder = TempDir::new().unwrap();
    for command in commands(folder.path()) {
        let output = run(&command, full(), Stdio::piped());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}: {text}");
        assert!(text.starts_with("spikepad: standard output: No space left"), "{command:?}: {text}");
        assert_eq!(text.matches("No space left").count(), 1, "{command:?}: {text}");
        assert_eq!(text.lines().count(), 1, "{command:?}: {text}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn standard_error_that_cannot_be_written_changes_nothing() {
    let folder = TempDir::new().unwrap();
    for stderr in [closed, full] {
        for command in commands(folder.path()) {
            let output = run(&command, Stdio::piped(), stderr());
            assert_eq!(output.status.code(), Some(0), "{command:?}");
            assert!(!output.stdout.is_empty(), "{command:?}");
        }
        let wrong = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(run(&wrong("inspect /no/such"), Stdio::piped(), stderr()).status.code(), Some(1));
        assert_eq!(run(&wrong("inspect"), Stdio::piped(), stderr()).status.code(), Some(2));
        // Both closed.
        assert_eq!(run(&wrong("settings"), closed(), stderr()).status.code(), Some(141));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_written_is_named() {
    let command = format!("trace --dialect norse --model {MODEL} --spikes {SPIKES} --out /dev/full");
    let command: Vec<_> = command.split(' ').map(str::to_owned).collect();
    let output = run(&command, Stdio::piped(), Stdio::piped());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.starts_with("spikepad: cannot write /dev/full: No space left"), "{text}");
}

#[test]
fn a_reader_that_has_read_enough_ends_a_long_answer() {
    // More than a pipe holds, so the program is still writing when the pipe is closed.
    let mut child = Command::new(env!("CARGO_BIN_EXE_spikepad"))
        .args(["classify", "--strokes", "-", "--json", "--steps", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // It stops reading, too.
    let _ = (0..2000).try_for_each(|_| writeln!(input, "{DRAWING}"));
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
