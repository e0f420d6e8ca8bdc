//! Files of drawings: one JSON object per line.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::value::RawValue;
use spikepad::{Drawing, DrawingError, Point};
use thiserror::Error;

/// The longest line, in bytes: 2 MiB, some 100,000 points. Its strokes take up to sixteen times as much memory.
pub const MAX_LINE: usize = 2 << 20;

/// The most samples that the strokes of a drawing may visit: they take a third of a second.
const MAX_SAMPLES: u64 = 100_000_000;

/// A line of the file.
#[derive(Deserialize)]
struct Line {
    id: Box<RawValue>,
    label: Option<usize>,
    strokes: Vec<Vec<Point>>,
}

/// A drawing of a file.
#[derive(Debug)]
pub struct Drawn {
    /// What the file calls it, as it stands there.
    pub id: Box<RawValue>,
    /// Its class, if the file names it.
    pub label: Option<usize>,
    /// Its strokes.
    pub drawing: Drawing,
}

/// Why a line is not a drawing.
#[derive(Debug, Error)]
pub enum DrawnError {
    /// Not the JSON of a drawing.
    #[error("{0}")]
    Json(String),
    /// Strokes that cannot be drawn.
    #[error(transparent)]
    Drawing(#[from] DrawingError),
    /// The strokes are too long.
    #[error(
        "the strokes are too long: they visit {samples} samples, and at most {MAX_SAMPLES} are drawn; \
         give fewer points"
    )]
    TooLong {
        /// Samples that they visit.
        samples: u64,
    },
}

impl From<serde_json::Error> for DrawnError {
    /// The message repeats a text that stands in the wrong place, however long. Its ends say what is wrong and where.
    fn from(error: serde_json::Error) -> Self {
        const MOST: usize = 200;
        let message = error.to_string();
        let letters = message.chars().count();
        if letters <= MOST {
            return Self::Json(message);
        }
        let begin: String = message.chars().take(MOST / 2).collect();
        let end: String = message.chars().skip(letters - MOST / 2).collect();
        Self::Json(format!("{begin} ... {end}"))
    }
}

/// Reads a line as a drawing with a pen of width `pen`.
///
/// # Errors
/// [`DrawnError`] where it is not a drawing.
pub fn read_drawn(line: &[u8], pen: f64) -> Result<Drawn, DrawnError> {
    let Line { id, label, strokes } = serde_json::from_slice(line)?;
    let drawing = drawable(Drawing::new(strokes, pen)?)?;
    Ok(Drawn { id, label, drawing })
}

/// The drawing, if it does not take too long to draw.
///
/// # Errors
/// [`DrawnError::TooLong`].
pub fn drawable(drawing: Drawing) -> Result<Drawing, DrawnError> {
    let samples = drawing.samples();
    if samples > MAX_SAMPLES { Err(DrawnError::TooLong { samples }) } else { Ok(drawing) }
}

/// The lines of a file, without those that are blank, each with its number from 1.
pub struct Lines<R> {
    reader: R,
    number: usize,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, number: 0, line: Vec::new() }
    }

    /// The number of the line that was read last.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Reads the next line. None at the end.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        loop {
            self.line.clear();
            self.number += 1;
            // With one byte more, to tell the longest line from one that is cut off, and one for the end of the line.
            let most = MAX_LINE as u64 + 2;
            if self.reader.by_ref().take(most).read_until(b'\n', &mut self.line)? == 0 {
                return Ok(None);
            }
            let line = self.line.trim_ascii();
            if line.len() > MAX_LINE {
                let text = format!("the line has more than {MAX_LINE} bytes");
                return Err(io::Error::new(io::ErrorKind::InvalidData, text));
            }
            if !line.is_empty() {
                break;
            }
        }
        Ok(Some(self.line.trim_ascii()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str) -> String {
        read_drawn(line.as_bytes(), 16.0).map_or_else(|e| e.to_string(), |drawn| format!("{drawn:?}"))
    }

    #[test]
    fn lines_are_counted_and_blank_ones_skipped() {
        let mut lines = Lines::new(&b"a\n\n \r\nb\r\nc"[..]);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap().map(<[u8]>::to_vec) {
            found.push((lines.number(), line));
        }
        assert_eq!(found, [(1, b"a".to_vec()), (4, b"b".to_vec()), (5, b"c".to_vec())]);
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_is_read() {
        let longest = [vec![b'1'; MAX_LINE], b"\n".to_vec()].concat();
        assert_eq!(Lines::new(&longest[..]).next().unwrap().unwrap().len(), MAX_LINE);
        let mut endless = Lines::new(io::BufReader::new(io::repeat(b'1')));
        assert!(endless.next().unwrap_err().to_string().contains("more than 2097152 bytes"));
        assert!(endless.line.capacity() < 3 * MAX_LINE);
    }

    #[test]
    fn strokes_that_would_take_long_are_refused() {
        let of = |points: &str, count: usize| {
            format!(r#"{{"id":1,"strokes":[[{}]]}}"#, vec![points; count].join(","))
        };
        assert!(error(&of("[0,0],[900,900]", 10_000)).contains("too long"));
        // As many points close to each other, and as many strokes of one point.
        assert!(error(&of("[0,0],[1,1]", 10_000)).contains("too long"), "scale does not matter");
        let scribble: Vec<_> = (0..20_000).map(|i| format!("[{},{}]", i % 300, i / 100)).collect();
        assert!(error(&format!(r#"{{"id":1,"strokes":[[{}]]}}"#, scribble.join(","))).starts_with("Drawn"));
        let dots = vec!["[[5,5]]"; 20_000].join(",");
        assert!(error(&format!(r#"{{"id":1,"strokes":[{dots}]}}"#)).contains("too long"));
    }

    #[test]
    fn an_error_does_not_repeat_a_long_text() {
        let long = error(&format!(r#"{{"id":1,"strokes":[["{}"]]}}"#, "\u{e9}".repeat(5000)));
        assert!(long.starts_with("invalid type: string") && long.contains(" at line 1 column"), "{long}");
        assert!(long.len() < 500, "{long}");
    }

    #[test]
    fn deep_values_are_an_error_or_passed_on() {
        let deep = |letters: [&str; 2]| letters.map(|letter| letter.repeat(100_000)).concat();
        assert!(error(&format!(r#"{{"id":1,"strokes":{}}}"#, deep(["[", "]"]))).contains("at line 1"));
        // These are not parsed, only their end is found.
        assert!(error(&format!(r#"{{"id":{},"strokes":[]}}"#, deep(["[", "]"]))).starts_with("Drawn"));
        assert!(
            error(&format!(r#"{{"other":{},"id":1,"strokes":[]}}"#, deep(["[", "]"]))).starts_with("Drawn")
        );
    }
}
