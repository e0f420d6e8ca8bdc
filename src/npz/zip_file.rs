//! Zip files from strangers: what they may hold, and how much of it is decompressed.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

/// The most files in an archive. NumPy writes one per array.
const MAX_FILES: usize = 4096;

/// The longest name of a file in an archive, in bytes.
const MAX_NAME: usize = 256;

/// The most bytes of a file that are decompressed, whatever they take in the archive: 8 MiB.
const MAX_INFLATED: u64 = 8 << 20;

/// The most bytes that a byte of the archive may stand for, in a larger file. Trained weights take 1 to 10; zeros that are
/// written to exhaust memory take 1000.
const MAX_RATIO: u64 = 100;

/// A zip file in memory. The files in it are decompressed only when they are read.
#[derive(Debug, Clone)]
pub struct ZipFile<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes of the archive.
    length: u64,
    /// Names of the files in the archive, in the archive's order.
    names: Vec<String>,
}

/// Bytes of a file in an archive.
#[derive(Debug, Clone, Copy)]
pub struct MemberSize {
    /// When it is decompressed, as the archive says.
    pub inflated: u64,
    /// In the archive.
    pub stored: u64,
}

impl<'a> ZipFile<'a> {
    /// Whether `bytes` begin like a zip file.
    #[must_use]
    pub fn is_zip(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04")
    }

    /// Opens the file that has these bytes.
    ///
    /// # Errors
    /// A sentence if they are not a zip file, or one of more than 4,096 files, with a name of more than 256 bytes, or with
    /// two files of one name.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        check_long_directory(bytes)?;
        // The directory is where the archive says. Otherwise the library searches for it, and takes other bytes for it where
        // there is a record for more than 65,535 files, as in PyTorch's archives.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let archive = ZipArchive::with_config(config, Cursor::new(bytes)).map_err(|e| e.to_string())?;
        if archive.has_duplicate_names() {
            return Err("it holds two files of one name".into());
        }
        let names = archive.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<_, _>>();
        let names: Vec<String> = names.map_err(|e| e.to_string())?;
        if names.len() > MAX_FILES {
            return Err(format!("it holds {} files; at most {MAX_FILES} are read", names.len()));
        }
        if let Some(name) = names.iter().find(|name| name.len() > MAX_NAME) {
            return Err(format!("it holds a name of {} bytes; at most {MAX_NAME} are read", name.len()));
        }
        Ok(Self { archive, length: bytes.len() as u64, names })
    }

    /// The names of the files, in the archive's order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a file of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Calls `read` with the file `name` and its size; `None` if there is none. The checksum is compared when its end is
    /// read.
    ///
    /// # Errors
    /// Those of `read`, or a sentence if the file cannot be decompressed.
    pub fn member<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read, MemberSize) -> Result<T, String>,
    ) -> Option<Result<T, String>> {
        let index = self.archive.index_for_name(name)?;
        Some(self.archive.by_index(index).map_err(|e| e.to_string()).and_then(|mut member| {
            // Not more than there are in the whole archive, whatever its directory says.
            let stored = member.compressed_size().min(self.length);
            let size = MemberSize { inflated: member.size(), stored };
            read(&mut member, size)
        }))
    }

    /// The bytes of the file `name`; `None` if there is none.
    ///
    /// # Errors
    /// A sentence if it is damaged, or larger than [`MemberSize::check`] allows.
    pub fn bytes(&mut self, name: &str) -> Option<Result<Vec<u8>, String>> {
        self.member(name, |file, size| {
            size.check("save the file without compression")?;
            let length = usize::try_from(size.inflated).map_err(|e| e.to_string())?;
            let mut bytes = Vec::with_capacity(length);
            file.take(size.inflated.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
            if bytes.len() == length {
                Ok(bytes)
            } else {
                Err("it is not as long as the archive says".into())
            }
        })
    }
}

impl MemberSize {
    /// Checks that a small archive cannot exhaust the memory: a file of more than 8 MiB may have at most 100 times the bytes
    /// that it takes in the archive. `advice` says what to do about one that has more.
    ///
    /// # Errors
    /// A sentence that says by how much the file is too large.
    pub fn check(self, advice: &str) -> Result<(), String> {
        let Self { inflated, stored } = self;
        if inflated > MAX_INFLATED && inflated / MAX_RATIO > stored {
            return Err(format!(
                "it has {inflated} bytes, more than {MAX_RATIO} times the {stored} that it takes in the file; {advice}"
            ));
        }
        Ok(())
    }
}

/// Checks the record that counts more than 65535 files, if there is one: the library allocates memory for as many files as
/// it claims. PyTorch writes it for any number of files.
///
/// A zip file ends with a record of 22 bytes and a comment of up to 65535. The 20 bytes before that record say where the
/// record for more files is, which must be directly before them.
fn check_long_directory(bytes: &[u8]) -> Result<(), String> {
    const RECORD: usize = 56;
    const ANNOUNCEMENT: usize = 20;
    let from = bytes.len().saturating_sub(ANNOUNCEMENT + 22 + usize::from(u16::MAX));
    for (at, window) in bytes[from..].windows(ANNOUNCEMENT + 4).enumerate() {
        if !window.starts_with(b"PK\x06\x07") || !window.ends_with(b"PK\x05\x06") {
            continue;
        }
        let number = |bytes: &[u8], at: usize| {
            bytes.get(at..at + 8).and_then(|word| word.try_into().ok()).map_or(u64::MAX, u64::from_le_bytes)
        };
        let place = (from + at).checked_sub(RECORD).filter(|&place| number(window, 8) == place as u64);
        let record = place.and_then(|place| bytes.get(place..place + RECORD));
        let record = record.filter(|record| record.starts_with(b"PK\x06\x06"));
        let record = record.ok_or("its directory for more than 65535 files is out of place")?;
        // Files on this disk, and in all.
        let files = number(record, 24).max(number(record, 32));
        if files > MAX_FILES as u64 {
            return Err(format!("it holds {files} files; at most {MAX_FILES} are read"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_read_by_name() {
        let bytes = zip(&[("a/data.pkl", b"one"), ("b", b"")]);
        let mut file = ZipFile::open(&bytes).unwrap();
        assert_eq!(file.names(), ["a/data.pkl", "b"]);
        assert_eq!(file.bytes("a/data.pkl").unwrap().unwrap(), b"one");
        assert_eq!(file.bytes("b").unwrap().unwrap(), b"");
        assert!(file.bytes("c").is_none() && file.has("b") && !file.has("c"));
    }

    #[test]
    fn zeros_that_exhaust_memory_are_refused() {
        let bytes = zip(&[("zeros", &vec![0; 16 << 20])]);
        let error = ZipFile::open(&bytes).unwrap().bytes("zeros").unwrap().unwrap_err();
        assert!(error.contains("more than 100 times"), "{error}");
    }
}
