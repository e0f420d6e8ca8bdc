//! Reads and writes `.npz` files: zip files of `.npy` files.

use std::io::Read;

use super::array::{NpyArray, NpzError, NumberType};
use super::npy;
use super::zip_file::{MemberSize, ZipFile};

/// The name of the file of the array `name`.
fn file_name(name: &str) -> String {
    format!("{name}.npy")
}

/// The arrays of a file. An array is decompressed only when it is read.
#[derive(Debug, Clone)]
pub struct Npz<'a> {
    file: ZipFile<'a>,
}

impl<'a> Npz<'a> {
    /// Whether `bytes` begin like a zip file.
    #[must_use]
    pub fn is_npz(bytes: &[u8]) -> bool {
        ZipFile::is_zip(bytes)
    }

    /// Opens the file that has these bytes.
    ///
    /// # Errors
    /// [`NpzError::Archive`] if they are not a zip file, or one of too many files or too long names.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NpzError> {
        Ok(Self { file: ZipFile::open(bytes).map_err(NpzError::Archive)? })
    }

    /// The names of the arrays.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.file.names().iter().filter_map(|file| file.strip_suffix(".npy"))
    }

    /// Whether there is an array of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.file.has(&file_name(name))
    }

    /// The shape of the array `name`. Reads its header only, so that a caller can refuse an array that
    /// would take too much memory.
    ///
    /// # Errors
    /// [`NpzError`] if the array is missing or its header is damaged.
    pub fn shape(&mut self, name: &str) -> Result<Vec<usize>, NpzError> {
        self.member(name, |member, _| npy::read_shape(member))
    }

    /// The type in which the numbers of the array `name` are stored. Reads its header only.
    ///
    /// # Errors
    /// [`NpzError`] if the array is missing, its header is damaged, or it does not hold numbers.
    pub fn number_type(&mut self, name: &str) -> Result<NumberType, NpzError> {
        self.member(name, |member, _| npy::read_type(member))
    }

    /// Reads the array `name`, of at most 512 MiB. An array of more than 8 MiB may have at most 100 times the bytes that
    /// it takes in the file, so that a small file cannot exhaust the memory.
    ///
    /// # Errors
    /// [`NpzError`] if the array is missing, damaged, too large or of a type that [`Numbers`] does not
    /// list.
    pub fn array(&mut self, name: &str) -> Result<NpyArray, NpzError> {
        let (shape, numbers) = self.member(name, |member, size| {
            size.check("save the file without compression (numpy.savez)")?;
            npy::read(member, size.inflated)
        })?;
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

    /// Calls `read` with the file of the array `name` and its size.
    fn member<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read, MemberSize) -> Result<T, String>,
    ) -> Result<T, NpzError> {
        let read = self.file.member(&file_name(name), read);
        let read = read.ok_or_else(|| NpzError::Missing { name: name.into(), found: self.listed() })?;
        read.map_err(|reason| NpzError::Array { name: name.into(), reason })
    }
}

impl NpyArray {
    /// Reads the bytes of an `.npy` file. `name` is what the array is called.
    ///
    /// # Errors
    /// [`NpzError::Array`] if it is damaged or of a type that [`Numbers`] does not list.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, NpzError> {
        let read = npy::read(&mut &*bytes, bytes.len() as u64);
        let (shape, numbers) = read.map_err(|reason| NpzError::Array { name: name.into(), reason })?;
        Self::new(name, &shape, numbers)
    }

    /// The type in which the numbers of an `.npy` file are stored.
    ///
    /// # Errors
    /// [`NpzError::Array`] if its header is damaged, or it does not hold numbers.
    pub fn read_type(name: &str, bytes: &[u8]) -> Result<NumberType, NpzError> {
        npy::read_type(&mut &*bytes).map_err(|reason| NpzError::Array { name: name.into(), reason })
    }
}

/// Writes a compressed archive of `arrays`. The same arrays give the same bytes.
///
/// # Errors
/// [`NpzError::Archive`] if the format cannot hold them.
#[cfg(not(target_arch = "wasm32"))]
pub fn write_npz(arrays: &[NpyArray]) -> Result<Vec<u8>, NpzError> {
    use std::io::{BufWriter, Cursor};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::array::Numbers;

    let failed = |e: &dyn std::fmt::Display| NpzError::Archive(e.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for NpyArray { name, shape, numbers } in arrays {
        // A fixed date, so that every run gives the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        zip.start_file(file_name(name), options).map_err(|e| failed(&e))?;
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::array::Numbers;
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

    /// An archive of one array of zeros, of which the file holds little.
    fn zeros(bytes: usize) -> Vec<u8> {
        write_npz(&[NpyArray::new("a", &[bytes], Numbers::U8(vec![0; bytes])).unwrap()]).unwrap()
    }

    #[test]
    fn a_small_file_is_not_inflated_to_a_large_array() {
        assert!(Npz::open(&zeros(8 << 20)).unwrap().array("a").is_err(), "its header comes on top");
        assert_eq!(Npz::open(&zeros(8_000_000)).unwrap().array("a").unwrap().shape(), [8_000_000]);
        let large = zeros(9 << 20);
        let message = Npz::open(&large).unwrap().array("a").unwrap_err().to_string();
        assert!(message.contains("more than 100 times") && message.contains("numpy.savez"), "{message}");
        assert_eq!(Npz::open(&large).unwrap().shape("a").unwrap(), [9 << 20], "its header is read");
        // What does not compress may be as large.
        let noise = |i: u32| (i.wrapping_mul(2_654_435_761) >> 13) as u8;
        let numbers = Numbers::U8((0..9 << 20).map(noise).collect());
        let bytes = write_npz(&[NpyArray::new("a", &[9 << 20], numbers).unwrap()]).unwrap();
        assert!(Npz::open(&bytes).unwrap().array("a").is_ok());
    }

    #[test]
    fn directories_that_cost_too_much_are_refused() {
        let array = |name: &str| NpyArray::new(name, &[], Numbers::U8(vec![0])).unwrap();
        let message = |bytes: &[u8]| Npz::open(bytes).map_or_else(|e| e.to_string(), |_| "open".into());
        let many: Vec<_> = (0..4097).map(|i| array(&i.to_string())).collect();
        assert!(message(&write_npz(&many).unwrap()).contains("holds 4097 files; at most 4096"));
        assert_eq!(message(&write_npz(&many[1..]).unwrap()), "open");
        assert!(message(&write_npz(&[array(&"x".repeat(300))]).unwrap()).contains("a name of 304 bytes"));

        // A claim of a million files, before the record at the end.
        let mut bytes = write_npz(&[array("a")]).unwrap();
        let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap();
        let claim = [
            &b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0"[..],
            &[0x40, 0x42, 0xf, 0, 0, 0, 0, 0].repeat(4),
        ];
        let announcement = [&b"PK\x06\x07\0\0\0\0"[..], &(end as u64).to_le_bytes(), &[1, 0, 0, 0]];
        bytes.splice(end..end, [claim.concat(), announcement.concat()].concat());
        assert!(message(&bytes).contains("holds 1000000 files; at most 4096"), "{}", message(&bytes));
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let array = |name: &str| NpyArray::new(name, &[], Numbers::U8(vec![7])).unwrap();
        let mut bytes = write_npz(&[array("aa"), array("ab")]).unwrap();
        for at in 0..bytes.len() - 6 {
            if &bytes[at..at + 6] == b"ab.npy" {
                bytes[at + 1] = b'a';
            }
        }
        let message = Npz::open(&bytes).unwrap_err().to_string();
        assert!(message.contains("two files of one name"), "{message}");
    }

    #[test]
    fn the_stored_type_is_told() {
        let bytes = archive();
        let mut npz = Npz::open(&bytes).unwrap();
        let types = ["u", "i", "l", "f", "d"].map(|name| npz.number_type(name).unwrap().to_string());
        assert_eq!(
            types,
            [
                "8-bit unsigned integers",
                "32-bit integers",
                "64-bit integers",
                "32-bit floats",
                "64-bit floats"
            ]
        );
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
