//! Zip files from strangers: what they may hold, and how much of it is decompressed.
//!
//! The format is that of PKWARE's APPNOTE 6.3 (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>). What writers of
//! arrays and networks use of it is read: files that are stored or deflated, and the directory for more than 65,535 files,
//! which PyTorch writes for any number. The library `zip` 9.5 would take 28 kB of gzip in the importer's wasm, which may have
//! 300 kB (measured 2026-11-26). The tests compare the two.

use std::io::{self, Read};

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The most files in an archive. NumPy writes one per array.
const MAX_FILES: u64 = 4096;

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
    bytes: &'a [u8],
    members: Vec<Member>,
    /// Names of the files in the archive, in the archive's order.
    names: Vec<String>,
}

/// What the directory says of a file.
#[derive(Debug, Clone, Copy)]
struct Member {
    is_deflated: bool,
    crc: u32,
    size: MemberSize,
    /// Where its own header is.
    header: u64,
}

/// Bytes of a file in an archive.
#[derive(Debug, Clone, Copy)]
pub struct MemberSize {
    /// When it is decompressed, as the archive says.
    pub inflated: u64,
    /// In the archive.
    pub stored: u64,
}

/// The number of `size` bytes at `at`, little-endian.
fn number(bytes: &[u8], at: u64, size: usize) -> Option<u64> {
    let at = usize::try_from(at).ok()?;
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
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
    /// A sentence if they are not a zip file, or one of more than 4,096 files, with a name of more than 256 bytes, with two
    /// files of one name, or with files that are encrypted or compressed in other ways than by deflating.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let (count, mut at) = directory(bytes).ok_or("the directory at its end is missing or damaged")?;
        if count > MAX_FILES {
            return Err(format!("it holds {count} files; at most {MAX_FILES} are read"));
        }
        let mut file = Self { bytes, members: Vec::new(), names: Vec::new() };
        for _ in 0..count {
            at = file.entry(at)?;
        }
        Ok(file)
    }

    /// Reads an entry of the directory (section 4.3.12); returns where the next one is.
    fn entry(&mut self, at: u64) -> Result<u64, String> {
        let damaged = || "its directory is damaged".to_owned();
        let field = |offset: u64, size: usize| number(self.bytes, at + offset, size).ok_or_else(damaged);
        if field(0, 4)? != 0x0201_4b50 {
            return Err(damaged());
        }
        let (flags, method) = (field(8, 2)?, field(10, 2)?);
        let lengths = [field(28, 2)?, field(30, 2)?, field(32, 2)?];
        if lengths[0] > MAX_NAME as u64 {
            return Err(format!("it holds a name of {} bytes; at most {MAX_NAME} are read", lengths[0]));
        }
        let name_at = usize::try_from(at + 46).map_err(|_| damaged())?;
        let name = self.bytes.get(name_at..name_at + lengths[0] as usize).ok_or_else(damaged)?;
        let name = String::from_utf8_lossy(name).into_owned();
        if flags & 1 != 0 || ![0, 8].contains(&method) {
            return Err(format!(
                "the file '{name}' in it is encrypted, or compressed in a way that is not read"
            ));
        }
        let mut sizes = [field(24, 4)?, field(20, 4)?, field(42, 4)?];
        // Sizes of 32 bits that are full stand in the field 1, in this order (section 4.5.3).
        let (mut extra, extra_end) = (at + 46 + lengths[0], at + 46 + lengths[0] + lengths[1]);
        while extra + 4 <= extra_end && sizes.contains(&0xffff_ffff) {
            let (kind, length) = (number(self.bytes, extra, 2), number(self.bytes, extra + 2, 2));
            let length = length.ok_or_else(damaged)?;
            let mut place = extra + 4;
            for size in sizes.iter_mut().filter(|size| kind == Some(1) && **size == 0xffff_ffff) {
                if place + 8 <= extra + 4 + length {
                    *size = number(self.bytes, place, 8).ok_or_else(damaged)?;
                    place += 8;
                }
            }
            extra += 4 + length;
        }
        let [inflated, stored, header] = sizes;
        if self.names.contains(&name) {
            return Err("it holds two files of one name".into());
        }
        let crc = field(16, 4)? as u32;
        self.members.push(Member {
            is_deflated: method == 8,
            crc,
            size: MemberSize { inflated, stored },
            header,
        });
        self.names.push(name);
        Ok(at + 46 + lengths.iter().sum::<u64>())
    }

    /// The names of the files, in the archive's order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a file of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
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
        let member = self.members[self.names.iter().position(|other| other == name)?];
        Some(self.data(member).ok_or_else(|| "it is not all in the archive".into()).and_then(|data| {
            if member.is_deflated {
                read(&mut Checked::new(DeflateDecoder::new(data), member.crc), member.size)
            } else {
                read(&mut Checked::new(data, member.crc), member.size)
            }
        }))
    }

    /// The stored bytes of a file, behind its own header (section 4.3.7).
    fn data(&self, member: Member) -> Option<&'a [u8]> {
        let Member { size, header, is_deflated, .. } = member;
        if number(self.bytes, header, 4)? != 0x0403_4b50 || !is_deflated && size.inflated != size.stored {
            return None;
        }
        let lengths = number(self.bytes, header.checked_add(26)?, 2)? + number(self.bytes, header + 28, 2)?;
        let start = usize::try_from(header + 30 + lengths).ok()?;
        self.bytes.get(start..start.checked_add(usize::try_from(size.stored).ok()?)?)
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

/// How many files there are, and where the directory is (sections 4.3.14 to 4.3.16).
fn directory(bytes: &[u8]) -> Option<(u64, u64)> {
    const RECORD: usize = 22;
    // A comment of up to 65535 bytes may follow.
    let from = bytes.len().saturating_sub(RECORD + usize::from(u16::MAX));
    let last = bytes.len().checked_sub(RECORD)?;
    let at = (from..=last).rev().find(|&at| {
        let comment = number(bytes, at as u64 + 20, 2);
        bytes[at..].starts_with(b"PK\x05\x06")
            && comment.is_some_and(|length| at as u64 + 22 + length <= bytes.len() as u64)
    })? as u64;
    // The record for more files is announced directly before.
    let announced = at.checked_sub(20).filter(|&place| number(bytes, place, 4) == Some(0x0706_4b50));
    if let Some(place) = announced {
        let record = number(bytes, place + 8, 8)?;
        let is_there = record < place && number(bytes, record, 4) == Some(0x0606_4b50);
        return is_there.then(|| Some((number(bytes, record + 32, 8)?, number(bytes, record + 48, 8)?)))?;
    }
    Some((number(bytes, at + 10, 2)?, number(bytes, at + 16, 4)?))
}

/// A file whose checksum is compared at its end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, expected: u32) -> Self {
        Self { inner, crc: Crc::new(), expected }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.crc.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "Invalid checksum"));
        }
        Ok(count)
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn archives_are_read_as_the_library_reads_them(
            contents in proptest::collection::vec(proptest::collection::vec(0_u8..4, 0..300), 0..5),
            damage in proptest::option::of((0_usize..2000, any::<u8>())),
        ) {
            let names: Vec<String> = (0..contents.len()).map(|i| format!("{i}.npy")).collect();
            let files: Vec<_> = names.iter().zip(&contents).map(|(name, content)| (name.as_str(), &content[..])).collect();
            let mut bytes = zip(&files);
            if let Some((at, byte)) = damage {
                let length = bytes.len();
                bytes[at % length] = byte;
            }
            let Ok(mut ours) = ZipFile::open(&bytes) else {
                prop_assert!(damage.is_some());
                return Ok(());
            };
            if damage.is_none() {
                prop_assert_eq!(ours.names(), &names[..]);
            }
            for name in ours.names().to_vec() {
                let Some(Ok(content)) = ours.bytes(&name) else {
                    prop_assert!(damage.is_some());
                    continue;
                };
                // What passes the checksum is what the library reads.
                let Ok(mut theirs) = zip::ZipArchive::new(Cursor::new(&bytes)) else { continue };
                let Ok(mut file) = theirs.by_name(&name) else { continue };
                let mut expected = Vec::new();
                if file.read_to_end(&mut expected).is_ok() {
                    prop_assert_eq!(&content, &expected);
                }
            }
        }
    }
}
