//! Standard output and standard error. No other module prints.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, StdoutLock, Write};
use std::process::ExitCode;

use anyhow::Result;
use thiserror::Error;

/// Standard output, for `write!` and `writeln!`.
pub struct Output(StdoutLock<'static>);

/// Standard output cannot be written to.
#[derive(Debug, Error)]
#[error("standard output")]
pub struct OutputError(#[from] io::Error);

/// Something failed and has been reported. The program goes on to its end and exits with status 1.
#[derive(Debug, Error)]
#[error("not everything could be read")]
pub struct Reported;

/// The status that a shell gives for a program that was ended by SIGPIPE (13), as most programs of Unix are.
const BROKEN_PIPE: u8 = 128 + 13;

impl Output {
    pub fn new() -> Self {
        Self(io::stdout().lock())
    }

    /// What `write!` calls.
    pub fn write_fmt(&mut self, text: fmt::Arguments) -> Result<(), OutputError> {
        Ok(self.0.write_fmt(text)?)
    }

    /// Writes what is still in memory. Without this, an error of the last line would go unseen.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        Ok(self.0.flush()?)
    }
}

/// Writes a line to standard error. If that is closed or full, there is nobody to tell.
pub fn report(line: impl fmt::Display) {
    let line = line.to_string();
    let _ = writeln!(io::stderr(), "{}", printable(&line));
}

/// Writes an error to standard error.
pub fn report_error(error: &anyhow::Error) {
    report(format_args!("spikepad: {error:#}"));
}

/// A text from a file, with its control characters in letters: they could steer a terminal.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let escape = |letter: char| match letter.is_control() {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(escape).collect::<String>().into()
}

/// Ends the program: reports the error, if any. A reader of standard output that has read enough closes it, which is no
/// error to report.
pub fn exit_code(result: Result<()>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    if error.is::<Reported>() {
        return ExitCode::FAILURE;
    }
    let output = error.downcast_ref::<OutputError>();
    if output.is_some_and(|OutputError(error)| error.kind() == io::ErrorKind::BrokenPipe) {
        return BROKEN_PIPE.into();
    }
    report_error(&error);
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_written_in_letters() {
        assert_eq!(printable("Größe 7"), "Größe 7");
        assert_eq!(printable("a\u{1b}[2J\nb\u{9b}"), "a\\u{1b}[2J\\nb\\u{9b}");
    }
}
