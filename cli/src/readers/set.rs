//! Sets of images and labels, in the files that people have: IDX or CSV, plain or compressed with gzip. The content tells
//! the format, not the name.

use std::borrow::Cow;

use spikepad::{IdxError, ImageSet, is_idx};
use thiserror::Error;

use super::gzip::{self, GzipError};
use super::table::{self, TableError, TableLabels};

/// How other files begin that sets come in, and how to get at what they hold.
const OTHERS: [(&[u8], &str, &str); 7] = [
    (b"PK\x03\x04", "a zip file", "unzip it, and name the file in it"),
    (b"\xfd7zXZ\0", "compressed with xz", "decompress it with unxz"),
    (b"BZh", "compressed with bzip2", "decompress it with bunzip2"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "decompress it with unzstd"),
    (b"\x89HDF", "an HDF5 file", "export its images as IDX or CSV"),
    (b"MATLAB", "a MATLAB file", "export its images as IDX or CSV"),
    (b"PAR1", "a Parquet file", "export its images as IDX or CSV"),
];

/// How far into a file control characters are looked for, which no text has.
const LOOKED_AT: usize = 1024;

/// Why a file is not a set.
#[derive(Debug, Error)]
pub enum SetError {
    /// It cannot be inflated.
    #[error(transparent)]
    Gzip(#[from] GzipError),
    /// It is of a format that is known and not read.
    #[error("it is {format}, and a set is IDX or CSV, plain or compressed with gzip; {advice}")]
    Other {
        /// The format.
        format: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It is of no format that is known.
    #[error("it is neither IDX nor CSV, plain or compressed with gzip")]
    Format,
    /// It is a damaged IDX file, or one of something else.
    #[error(transparent)]
    Idx(#[from] IdxError),
    /// It is a table that is not a set.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// The labels of a set.
#[derive(Debug, PartialEq, Eq)]
pub struct Labels {
    /// A label for each image.
    pub labels: Vec<u8>,
    /// The number of the line of each, from 1, if they come from a table.
    lines: Vec<u32>,
}

impl Labels {
    /// Where the label at an index stands.
    pub fn place(&self, index: usize) -> String {
        match self.lines.get(index) {
            Some(line) => format!("line {line}"),
            None => format!("label {index}, counted from 0,"),
        }
    }
}

impl From<TableLabels> for Labels {
    fn from(TableLabels { labels, lines }: TableLabels) -> Self {
        Self { labels, lines }
    }
}

/// Reads the images of a file, and the labels if it has any.
///
/// # Errors
/// [`SetError`] where it is of another format, or damaged.
pub fn read_set_images(bytes: &[u8]) -> Result<(ImageSet, Option<Labels>), SetError> {
    let bytes = plain(bytes)?;
    if is_idx(&bytes) {
        return Ok((ImageSet::from_idx(&bytes)?, None));
    }
    let (images, labels) = table::read_images(text(&bytes)?)?;
    Ok((images, labels.map(Labels::from)))
}

/// Reads the labels of a file.
///
/// # Errors
/// [`SetError`] where it is of another format, or damaged.
pub fn read_set_labels(bytes: &[u8]) -> Result<Labels, SetError> {
    let bytes = plain(bytes)?;
    if is_idx(&bytes) {
        return Ok(Labels { labels: spikepad::read_labels(&bytes)?, lines: Vec::new() });
    }
    Ok(table::read_labels(text(&bytes)?)?.into())
}

/// The bytes of a file without compression.
fn plain(bytes: &[u8]) -> Result<Cow<'_, [u8]>, SetError> {
    if gzip::is_gzip(bytes) {
        return Ok(gzip::inflate(bytes)?.into());
    }
    Ok(bytes.into())
}

/// The bytes of a file if they can be a text.
fn text(bytes: &[u8]) -> Result<&[u8], SetError> {
    if let Some(&(_, format, advice)) = OTHERS.iter().find(|(beginning, ..)| bytes.starts_with(beginning)) {
        return Err(SetError::Other { format, advice });
    }
    let beginning = &bytes[..bytes.len().min(LOOKED_AT)];
    if beginning.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()) {
        return Err(SetError::Format);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::GzEncoder;
    use proptest::prelude::*;
    use std::io::Read;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::new();
        GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut compressed).unwrap();
        compressed
    }

    /// Images of 8 x 8 pixels as IDX and as CSV, and their labels as both.
    fn files() -> [[Vec<u8>; 2]; 2] {
        let pixels: Vec<u8> = (0..128).map(|i| i * 2).collect();
        let header = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
        let row = |pixels: &[u8]| pixels.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
        let csv: String =
            pixels.chunks(64).zip([3, 5]).map(|(image, n)| format!("{n},{}\n", row(image))).collect();
        [
            [
                [header(&[0x803, 2, 8, 8]), pixels.clone()].concat(),
                [header(&[0x801, 2]), vec![3, 5]].concat(),
            ],
            [csv.clone().into_bytes(), csv.into_bytes()],
        ]
    }

    #[test]
    fn the_content_tells_the_format() {
        let mut images = Vec::new();
        for [image_file, label_file] in files() {
            for (image_file, label_file) in [(gzip(&image_file), gzip(&label_file)), (image_file, label_file)]
            {
                images.push(read_set_images(&image_file).unwrap().0);
                assert_eq!(read_set_labels(&label_file).unwrap().labels, [3, 5]);
            }
        }
        assert!(images.iter().all(|other| *other == images[0]));
    }

    #[test]
    fn labels_say_where_they_stand() {
        let [[_, idx], [table, _]] = files();
        assert_eq!(read_set_labels(&idx).unwrap().place(1), "label 1, counted from 0,");
        assert_eq!(read_set_images(&table).unwrap().1.unwrap().place(1), "line 2");
    }

    #[test]
    fn other_formats_are_named() {
        let error = |bytes: &[u8]| read_set_images(bytes).unwrap_err().to_string();
        assert!(error(b"PK\x03\x04....").contains("a zip file"));
        assert!(error(&gzip(b"\x89HDF\r\n")).contains("an HDF5 file"));
        assert!(error(b"\x93NUMPY\x01\0").contains("neither IDX nor CSV"));
        // Compressed twice.
        assert!(error(&gzip(&gzip(b"1"))).contains("neither IDX nor CSV"));
        assert!(error(b"").contains("no rows"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_reader_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0usize..4) {
            let starts: [&[u8]; 4] = [b"", b"\0\0\x0d\x03\0\0\0\x01", b"1,2,3\n", b"\x1f\x8b\x08\0"];
            bytes.splice(0..0, starts[start].iter().copied());
            for bytes in [gzip(&bytes), bytes] {
                let _ = (read_set_images(&bytes), read_set_labels(&bytes));
            }
        }

        #[test]
        fn damaged_files_are_read_or_refused(at in 0usize..400, byte in any::<u8>(), cut in 0usize..400) {
            for mut file in files().into_iter().flatten() {
                if let Some(place) = file.get_mut(at) {
                    *place = byte;
                }
                file.truncate(cut);
                for file in [gzip(&file), file] {
                    if let Ok((images, _)) = read_set_images(&file) {
                        let reading = images.usual_reading();
                        prop_assert!(reading.map_or(0, |reading| images.digits(&reading).count()) <= images.len());
                    }
                    let _ = read_set_labels(&file);
                }
            }
        }
    }
}
