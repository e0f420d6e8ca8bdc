//! Reads and writes `.npz` files: zip files of `.npy` files.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{BufWriter, Cursor, Read};

use npyz::npz::{array_name_from_file_name, file_name_from_array_name};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::array::{NpyArray, NpzError, Numbers};
use super::npy;

/// The arrays of a file. An array is decompressed only when it is read.
#[derive(Debug, Clone)]
pub struct Npz<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of the files in the archive, in the archive's order.
    files: Vec<String>,
}

impl<'a> Npz<'a> {
    /// Whether `bytes` begin like a zip file.
    #[must_use]
    pub fn is_npz(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04")
    }

    /// Opens the file that has these bytes.
    ///
    /// # Errors
    /// [`NpzError::Archive`] if they are not a zip file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NpzError> {
        let failed = |e: zip::result::ZipError| NpzError::Archive(e.to_string());
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
        let files = archive.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<_, _>>();
        Ok(Self { archive, files: files.map_err(failed)? })
    }

    /// The names of the arrays.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter_map(|file| array_name_from_file_name(file))
    }

    /// Whether there is an array of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(&file_name_from_array_name(name)).is_some()
    }

    /// The shape of the array `name`. Reads its header only, so that a caller can refuse an array that
    /// would take too much memory.
    ///
    /// # Errors
    /// [`NpzError`] if the array is missing or its header is damaged.
    pub fn shape(&mut self, name: &str) -> Result<Vec<usize>, NpzError> {
        self.member(name, |member, _| npy::read_shape(member))
    }

    /// Reads the array `name`, of at most 512 MiB.
    ///
    /// # Errors
    /// [`NpzError`] if the array is missing, damaged, too large or of a type that [`Numbers`] does not
    /// list.
    pub fn array(&mut self, name: &str) -> Result<NpyArray, NpzError> {
        let (shape, numbers) = self.member(name, npy::read)?;
        NpyArray::new(name, &shape, numbers)
    }

    /// The names of the arrays as one text. Names only the first if there are many.
    fn listed(&self) -> String {
        const MOST: usize = 20;
        let names: Vec<_> = self.names().take(MOST).map(|name| format!("'{name}'")).collect();
        match self.names().count() {
            0 => "no arrays".into(),
            all if all > MOST => format!("{} and {} more", names.join(", "), all - MOST),
            _ => names.join(", "),
        }
    }

    /// Calls `read` with the file of the array `name` and its uncompressed size in bytes.
    fn member<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read, u64) -> Result<T, String>,
    ) -> Result<T, NpzError> {
        let Some(index) = self.archive.index_for_name(&file_name_from_array_name(name)) else {
            return Err(NpzError::Missing { name: name.into(), found: self.listed() });
        };
        let broken = |reason: String| NpzError::Array { name: name.into(), reason };
        let mut member = self.archive.by_index(index).map_err(|e| broken(e.to_string()))?;
        let size = member.size();
        read(&mut member, size).map_err(broken)
    }
}

/// Writes a compressed archive of `arrays`. The same arrays give the same bytes.
///
/// # Errors
/// [`NpzError::Archive`] if the format cannot hold them.
pub fn write_npz(arrays: &[NpyArray]) -> Result<Vec<u8>, NpzError> {
    let failed = |e: &dyn Display| NpzError::Archive(e.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for NpyArray { name, shape, numbers } in arrays {
        // A fixed date, so that every run gives the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        zip.start_file(file_name_from_array_name(name), options).map_err(|e| failed(&e))?;
        let file = BufWriter::new(&mut zip);
        let written = match numbers {
            Numbers::U8(n) => npy::write(file, shape, n),
            Numbers::I32(n) => npy::write(file, shape, n),
            Numbers::I64(n) => npy::write(file, shape, n),
            Numbers::F32(n) => npy::write(file, shape, n),
            Numbers::F64(n) => npy::write(file, shape, n),
        };
        written.map_err(|e| failed(&e))?;
    }
    Ok(zip.finish().map_err(|e| failed(&e))?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn archive() -> Vec<u8> {
        let array = |name, shape: &[usize], numbers| NpyArray::new(name, shape, numbers).unwrap();
        write_npz(&[
            array("u", &[2, 3], Numbers::U8(vec![0, 1, 2, 3, 4, 255])),
            array("i", &[3], Numbers::I32(vec![i32::MIN, 0, i32::MAX])),
            array("l", &[], Numbers::I64(vec![-7])),
            array("f", &[0, 4], Numbers::F32(vec![])),
            array("d", &[1, 2, 2], Numbers::F64(vec![0.1, -0.0, f64::INFINITY, 1e-320])),
        ])
        .unwrap()
    }

    #[test]
    fn arrays_are_read_back() {
        let bytes = archive();
        let mut npz = Npz::open(&bytes).unwrap();
        assert_eq!(npz.names().collect::<Vec<_>>(), ["u", "i", "l", "f", "d"]);
        let d = npz.array("d").unwrap();
        assert_eq!(d.shape(), [1, 2, 2]);
        assert_eq!(d.numbers(), &Numbers::F64(vec![0.1, -0.0, f64::INFINITY, 1e-320]));
        assert_eq!(npz.array("l").unwrap().to_f64(), [-7.0]);
        assert_eq!(npz.array("i").unwrap().numbers(), &Numbers::I32(vec![i32::MIN, 0, i32::MAX]));
        assert_eq!((npz.array("f").unwrap().shape(), npz.shape("f").unwrap()), (&[0, 4][..], vec![0, 4]));
        assert_eq!(npz.array("u").unwrap().matrix("").unwrap(), (2, 3));
        assert_eq!(bytes, archive(), "the same arrays give the same bytes");
    }

    #[test]
    fn errors_name_what_is_wrong() {
        let bytes = archive();
        let mut npz = Npz::open(&bytes).unwrap();
        let missing = npz.array("w1").unwrap_err().to_string();
        assert!(missing.contains("'w1'") && missing.contains("'u', 'i'"), "{missing}");
        let array = |i| NpyArray::new(&format!("a{i}"), &[], Numbers::U8(vec![0])).unwrap();
        let many = write_npz(&(0..25).map(array).collect::<Vec<_>>()).unwrap();
        let missing = Npz::open(&many).unwrap().array("w1").unwrap_err().to_string();
        assert!(missing.ends_with("'a19' and 5 more"), "{missing}");
        assert!(npz.array("i").unwrap().matrix("two-dimensional").is_err());
        assert!(matches!(Npz::open(b"no zip"), Err(NpzError::Archive(_))));
        assert!(NpyArray::new("a", &[2, 2], Numbers::U8(vec![0; 3])).is_err());
        assert!(NpyArray::new("a", &[usize::MAX, 2], Numbers::U8(vec![])).is_err());
        assert!(NpyArray::new("a", &[1; 65], Numbers::U8(vec![0])).is_err());
    }

    #[test]
    fn damaged_data_are_found_by_the_checksum() {
        let numbers = Numbers::U8((0..=255).map(|i: u8| i.wrapping_mul(167)).collect());
        let mut bytes = write_npz(&[NpyArray::new("a", &[256], numbers).unwrap()]).unwrap();
        let at = bytes.iter().rposition(|&byte| byte == 167).unwrap();
        bytes[at] ^= 1;
        let message = Npz::open(&bytes).unwrap().array("a").unwrap_err().to_string();
        assert!(message.starts_with("the array 'a' cannot be read: its data are damaged"), "{message}");
    }

    /// Reads all that can be read.
    fn read_all(bytes: &[u8]) {
        if let Ok(mut npz) = Npz::open(bytes) {
            let names: Vec<String> = npz.names().map(str::to_owned).collect();
            for name in names {
                let _ = npz.array(&name);
            }
        }
    }

    proptest! {
        #[test]
        fn damage_is_never_a_panic(at in 0_usize..1500, value: u8, cut in 0_usize..1500) {
            let mut bytes = archive();
            let length = bytes.len();
            bytes[at % length] = value;
            read_all(&bytes);
            read_all(&bytes[..cut % length]);
        }

        #[test]
        fn any_shape_is_read_back(sides in prop::collection::vec(0_usize..5, 0..4)) {
            let numbers: Vec<f32> = (0..sides.iter().product()).map(|i| i as f32 * 0.1).collect();
            let array = NpyArray::new("a", &sides, Numbers::F32(numbers)).unwrap();
            let bytes = write_npz(std::slice::from_ref(&array)).unwrap();
            prop_assert_eq!(Npz::open(&bytes).unwrap().array("a").unwrap(), array);
        }
    }
}
