//! Tables of images and labels: CSV files, a row for each image (RFC 4180; also with semicolons, tabs or spaces).

use csv::{ByteRecord, Reader, ReaderBuilder, Trim};
use spikepad::{ImageSet, ImageSetError, PixelType};
use thiserror::Error;

use super::columns::Columns;

/// The longest piece of a field that an error shows, in characters.
const SHOWN: usize = 24;

/// Why a table is not a set.
#[derive(Debug, Error)]
pub enum TableError {
    /// There is no row.
    #[error("the table has no rows")]
    Empty,
    /// The columns are neither those of images nor those of labels.
    #[error(
        "the table has {found} columns, which are no square image, with or without a label; \
         an image of 28 x 28 pixels has 784, and a label before them makes 785"
    )]
    Columns {
        /// Number of columns.
        found: usize,
    },
    /// There are labels only.
    #[error("the table has labels and no pixels")]
    NoPixels,
    /// There are pixels only.
    #[error("the table has no labels; name their column 'label', or put them in the first")]
    NoLabels,
    /// A row is longer or shorter than the first.
    #[error("line {line} has {found} values, but the first has {expected}")]
    Row {
        /// Number of the line, from 1.
        line: u64,
        /// Its values.
        found: usize,
        /// Values of the first row.
        expected: usize,
    },
    /// A value is not a number.
    #[error("line {line}, column {column}: '{text}' is no number")]
    Number {
        /// Number of the line, from 1.
        line: u64,
        /// Number of the column, from 1.
        column: usize,
        /// What stands there, or its beginning.
        text: String,
    },
    /// A value is not a label.
    #[error("line {line}: the label is '{text}'; labels are whole numbers from 0 to 255")]
    Label {
        /// Number of the line, from 1.
        line: u64,
        /// What stands there, or its beginning.
        text: String,
    },
    /// The images cannot be read.
    #[error(transparent)]
    Images(#[from] ImageSetError),
    /// It is no CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

/// Labels of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TableLabels {
    /// The labels.
    pub labels: Vec<u8>,
    /// The number of the line of each, from 1.
    pub lines: Vec<u32>,
}

/// Reads the images of a table, and the labels if it has any.
///
/// # Errors
/// [`TableError`] where it has no images, or a row is wrong.
pub fn read_images(bytes: &[u8]) -> Result<(ImageSet, Option<TableLabels>), TableError> {
    let mut pixels = Pixels::default();
    let mut labels = TableLabels::default();
    let columns = for_each_row(bytes, |columns, line, row| {
        if !columns.has_pixels {
            return Err(TableError::NoPixels);
        }
        for (column, field) in row.iter().enumerate() {
            if columns.is_pixel(column) {
                let error = || TableError::Number { line, column: column + 1, text: shown(field) };
                pixels.push(field).ok_or_else(error)?;
            }
        }
        labels.push(columns, line, row)
    })?;
    let labels = columns.label.is_some().then_some(labels);
    Ok((pixels.images(columns.side)?, labels))
}

/// Reads the labels of a table.
///
/// # Errors
/// [`TableError`] where it has no labels, or a row is wrong.
pub fn read_labels(bytes: &[u8]) -> Result<TableLabels, TableError> {
    let mut labels = TableLabels::default();
    for_each_row(bytes, |columns, line, row| {
        if columns.label.is_none() {
            return Err(TableError::NoLabels);
        }
        labels.push(columns, line, row)
    })?;
    Ok(labels)
}

/// Calls `take` with every row below the header, and the number of its line. Returns the columns.
fn for_each_row(
    bytes: &[u8],
    mut take: impl FnMut(&Columns, u64, &ByteRecord) -> Result<(), TableError>,
) -> Result<Columns, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = reader(bytes);
    let mut row = ByteRecord::new();
    if !reader.read_byte_record(&mut row)? {
        return Err(TableError::Empty);
    }
    let columns = Columns::of(&row).ok_or(TableError::Columns { found: row.len() })?;
    let mut is_row = !columns.has_header || reader.read_byte_record(&mut row)?;
    if !is_row {
        return Err(TableError::Empty);
    }
    while is_row {
        let line = row.position().map_or(0, |position| line_at(bytes, position));
        if row.len() != columns.count {
            return Err(TableError::Row { line, found: row.len(), expected: columns.count });
        }
        take(&columns, line, &row)?;
        is_row = reader.read_byte_record(&mut row)?;
    }
    Ok(columns)
}

/// The line that a row begins in. The library starts a row at the end of the line before, or at blank lines between.
fn line_at(bytes: &[u8], position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| bytes.get(byte..)).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|&&byte| byte == b'\n');
    position.line() + ends.count() as u64
}

/// A reader of rows of any length; rows are checked afterwards, for messages that say what is wrong.
fn reader(bytes: &[u8]) -> Reader<&[u8]> {
    let first = bytes.split(|&byte| byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let first = first.unwrap_or_default().trim_ascii();
    let delimiter = b",;\t ".iter().copied().find(|delimiter| first.contains(delimiter));
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(bytes)
}

impl TableLabels {
    /// Takes the label of a row, if there is a column of labels.
    fn push(&mut self, columns: &Columns, line: u64, row: &ByteRecord) -> Result<(), TableError> {
        let Some(field) = columns.label.and_then(|column| row.get(column)) else { return Ok(()) };
        let error = || TableError::Label { line, text: shown(field) };
        let value = number(field).ok_or_else(error)?;
        let label = value as u8;
        if f32::from(label) != value {
            return Err(error());
        }
        self.labels.push(label);
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        Ok(())
    }
}

/// Pixels of images: bytes as long as all values are whole numbers from 0 to 255, 32-bit floats from then on.
#[derive(Default)]
struct Pixels {
    bytes: Vec<u8>,
    are_floats: bool,
}

impl Pixels {
    /// Takes the value of a field; `None` if it is no number.
    fn push(&mut self, field: &[u8]) -> Option<()> {
        let value = match (self.are_floats, small_number(field)) {
            (false, Some(byte)) => {
                self.bytes.push(byte);
                return Some(());
            }
            (true, Some(byte)) => byte.into(),
            (_, None) => number(field)?,
        };
        if !self.are_floats && f32::from(value as u8) == value {
            self.bytes.push(value as u8);
            return Some(());
        }
        if !self.are_floats {
            self.bytes = self.bytes.iter().flat_map(|&byte| f32::from(byte).to_be_bytes()).collect();
            self.are_floats = true;
        }
        self.bytes.extend(value.to_be_bytes());
        Some(())
    }

    fn images(self, side: usize) -> Result<ImageSet, ImageSetError> {
        let pixel_type = if self.are_floats { PixelType::F32 } else { PixelType::U8 };
        ImageSet::new(side, side, pixel_type, self.bytes)
    }
}

/// A number of one to three digits, which nearly all pixels are.
fn small_number(field: &[u8]) -> Option<u8> {
    if field.is_empty() || field.len() > 3 || !field.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = field.iter().fold(0, |value, digit| 10 * value + u16::from(digit - b'0'));
    value.try_into().ok()
}

fn number(field: &[u8]) -> Option<f32> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// The beginning of a field.
fn shown(field: &[u8]) -> String {
    // The longest characters have 4 bytes.
    let beginning = String::from_utf8_lossy(&field[..field.len().min(4 * SHOWN)]);
    beginning.chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use spikepad::ImageReading;

    /// Images of 8 x 8 pixels that are all this text.
    fn pixels(text: &str) -> String {
        vec![text; 64].join(",")
    }

    fn header() -> String {
        (0..64).map(|i| format!("pixel{i}")).collect::<Vec<_>>().join(",")
    }

    fn error(table: &str) -> String {
        read_images(table.as_bytes()).map_or_else(|e| e.to_string(), |found| format!("{found:?}"))
    }

    #[test]
    fn tables_are_read_with_any_separator_ending_and_quotes() {
        let table = format!("label,{}\n7,{}\n2,{}\n", header(), pixels("9"), pixels("255"));
        let expected = read_images(table.as_bytes()).unwrap();
        assert_eq!((expected.0.len(), expected.0.extremes()), (2, Ok((9.0, 255.0))));
        let labels = TableLabels { labels: vec![7, 2], lines: vec![2, 3] };
        assert_eq!(expected.1, Some(labels));
        let others = [
            table.replace('\n', "\r\n"),
            table.replace(',', ";"),
            table.replace(',', "\t"),
            table.replace(',', ", "),
            table.replace(',', " "),
            format!("\u{feff}{table}"),
            table.trim_end().to_owned(),
            table.replace("pixel0", "\"pixel 0\"").replace("9,", "\"9\","),
            table.replace("9,", "9.0,"),
        ];
        for other in others {
            assert_eq!(read_images(other.as_bytes()).unwrap(), expected, "{other}");
        }
    }

    #[test]
    fn values_that_are_no_bytes_are_kept_as_floats() {
        let table = format!("{}\n{}\n", pixels("3"), pixels("0.5"));
        let (images, labels) = read_images(table.as_bytes()).unwrap();
        assert_eq!((images.len(), images.extremes(), labels), (2, Ok((0.5, 3.0)), None));
        let wide = format!("{}\n{}\n", pixels("-1e3"), pixels("256"));
        assert_eq!(read_images(wide.as_bytes()).unwrap().0.extremes(), Ok((-1000.0, 256.0)));
        let reading = ImageReading { paper: 0.0, ink: 1.0, ..ImageReading::MNIST };
        assert_eq!(images.digits(&reading).count(), 2);
    }

    #[test]
    fn labels_may_stand_alone() {
        let labels = |table: &str| read_labels(table.as_bytes()).map(|found| found.labels);
        assert_eq!(labels("7\n2\n").unwrap(), [7, 2]);
        assert_eq!(labels("label\n7\n2.0\n").unwrap(), [7, 2]);
        assert_eq!(labels("ImageId,Label\n1,7\n2,2\n").unwrap(), [7, 2]);
        assert_eq!(labels(&format!("4,{}\n", pixels("0"))).unwrap(), [4]);
        assert!(matches!(labels(&format!("{}\n", pixels("0"))), Err(TableError::NoLabels)));
        assert!(matches!(read_images(b"7\n2\n"), Err(TableError::NoPixels)));
    }

    #[test]
    fn errors_name_the_line_and_what_stands_there() {
        let good = format!("7,{}\n", pixels("0"));
        assert!(error(&format!("{good}\n{good}7,{}\n", pixels("0,0"))).contains("line 4 has 129 values"));
        assert!(error(&format!("{good}\r\n\r\n7,0\r\n")).contains("line 4 has 2 values"));
        assert!(error(&format!("{good}7,0\n")).contains("line 2 has 2 values, but the first has 65"));
        let word = error(&format!("{good}{}", good.replacen(",0", ",", 1)));
        assert!(word.contains("line 2, column 2: '' is no number"), "{word}");
        let label = error(&good.replacen('7', "seven", 1).repeat(2));
        assert!(label.contains("line 2: the label is 'seven'"), "{label}");
        for label in ["-1", "256", "0.5", "NaN", "inf"] {
            assert!(error(&format!("{good}{}", good.replacen('7', label, 1))).contains("line 2: the label"));
        }
        let long = error(&format!("{good}{}", good.replacen('7', &"x".repeat(5000), 1)));
        assert!(long.len() < 200, "{long}");
        assert!(error("1,2,3\n").contains("3 columns"));
        assert!(error("").contains("no rows") && error(&format!("{}\n", header())).contains("no rows"));
        assert!(error(&format!("{}\n", pixels("inf"))).starts_with("(ImageSet"), "checked with its values");
    }
}
