//! NumPy's archives of arrays: an `.npz` file is a zip of `.npy` files
//! (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use ndarray::{ArrayD, IxDyn, ShapeBuilder};
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The most bytes that one array may take: 512 MiB.
const MAX_BYTES: u64 = 512 << 20;

/// The longest header of an array; NumPy's own take some 120 bytes.
const MAX_HEADER: usize = 1 << 14;

const MAGIC: &[u8] = b"\x93NUMPY";

/// Why an array could not be read from an archive, or an archive not written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NpzError {
    /// Not a zip file, or a damaged one.
    #[error("not a readable npz file: {0}")]
    Archive(String),
    /// An array that is not there.
    #[error("the array '{name}' is missing from the file, which holds {found}")]
    Missing {
        /// Name of the array.
        name: String,
        /// The names that are there.
        found: String,
    },
    /// An array that is damaged or of a kind that is not read.
    #[error("the array '{name}' cannot be read: {reason}")]
    Array {
        /// Name of the array.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An array of a shape that is not the one wanted.
    #[error("the array '{name}' has shape {found:?}; it must be {expected}")]
    Shape {
        /// Name of the array.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// What it must be.
        expected: String,
    },
}

/// Numbers of one of the types that are read and written.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbers {
    /// `bool` and `uint8`.
    U8(Vec<u8>),
    /// `int32`.
    I32(Vec<i32>),
    /// `int64`.
    I64(Vec<i64>),
    /// `float32`.
    F32(Vec<f32>),
    /// `float64`.
    F64(Vec<f64>),
}

/// An array of numbers, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct NpyArray {
    name: String,
    shape: Vec<usize>,
    numbers: Numbers,
}

/// The arrays of a file.
#[derive(Debug, Clone)]
pub struct Npz<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Of the files in the archive, in its order.
    files: Vec<String>,
}

impl<'a> Npz<'a> {
    /// Whether `bytes` begin as a zip file does.
    #[must_use]
    pub fn is_npz(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04")
    }

    /// Opens the file whose bytes these are.
    ///
    /// # Errors
    /// [`NpzError::Archive`] where they are no zip file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NpzError> {
        let failed = |e: zip::result::ZipError| NpzError::Archive(e.to_string());
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
        let files = archive.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<_, _>>();
        Ok(Self { archive, files: files.map_err(failed)? })
    }

    /// The names of the arrays.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|name| name.strip_suffix(".npy").unwrap_or(name))
    }

    /// Whether there is an array of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// Reads the array `name`: of `bool`, `uint8`, `int32`, `int64`, `float32` or `float64`.
    ///
    /// # Errors
    /// [`NpzError`] where it is missing, damaged, too large or of another type.
    pub fn array(&mut self, name: &str) -> Result<NpyArray, NpzError> {
        let Some(index) = self.names().position(|n| n == name) else {
            let found: Vec<_> = self.names().map(|n| format!("'{n}'")).collect();
            return Err(NpzError::Missing { name: name.into(), found: found.join(", ") });
        };
        let broken = |reason: String| NpzError::Array { name: name.into(), reason };
        let mut member = self.archive.by_index(index).map_err(|e| broken(e.to_string()))?;
        let (shape, numbers) = read_npy(&mut member).map_err(broken)?;
        Ok(NpyArray { name: name.into(), shape, numbers })
    }
}

impl NpyArray {
    /// An array called `name` of `numbers` in the given shape, row-major.
    ///
    /// # Errors
    /// [`NpzError::Shape`] where there are not as many numbers as the shape holds.
    pub fn new(name: &str, shape: &[usize], numbers: Numbers) -> Result<Self, NpzError> {
        let array = Self { name: name.into(), shape: shape.into(), numbers };
        let length = shape.iter().try_fold(1_usize, |product, &side| product.checked_mul(side));
        if length != Some(array.numbers.len()) {
            let expected = format!("that of {} numbers", array.numbers.len());
            return Err(array.misshapen(expected));
        }
        Ok(array)
    }

    /// Lengths along each axis; none for a single number.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The numbers, row-major.
    #[must_use]
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The numbers as f64, which holds all of those that are read but the largest of `int64`.
    #[must_use]
    pub fn to_f64(&self) -> Vec<f64> {
        match &self.numbers {
            Numbers::U8(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::I32(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::I64(n) => n.iter().map(|&x| x as f64).collect(),
            Numbers::F32(n) => n.iter().map(|&x| f64::from(x)).collect(),
            Numbers::F64(n) => n.clone(),
        }
    }

    /// Rows and columns.
    ///
    /// # Errors
    /// [`NpzError::Shape`] where there are not two axes.
    pub fn matrix(&self, expected: &str) -> Result<(usize, usize), NpzError> {
        match self.shape[..] {
            [rows, columns] => Ok((rows, columns)),
            _ => Err(self.misshapen(expected)),
        }
    }

    /// The error that says that the shape is not as `expected`.
    pub fn misshapen(&self, expected: impl Into<String>) -> NpzError {
        NpzError::Shape { name: self.name.clone(), found: self.shape.clone(), expected: expected.into() }
    }
}

impl Numbers {
    fn len(&self) -> usize {
        match self {
            Self::U8(n) => n.len(),
            Self::I32(n) => n.len(),
            Self::I64(n) => n.len(),
            Self::F32(n) => n.len(),
            Self::F64(n) => n.len(),
        }
    }
}

/// The bytes of an archive of `arrays`, compressed.
///
/// # Errors
/// [`NpzError::Archive`] where the format cannot hold them.
pub fn write_npz(arrays: &[NpyArray]) -> Result<Vec<u8>, NpzError> {
    let failed = |e: &dyn std::fmt::Display| NpzError::Archive(e.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for array in arrays {
        // No date: the same arrays give the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        zip.start_file(format!("{}.npy", array.name), options).map_err(|e| failed(&e))?;
        zip.write_all(&npy(array)).map_err(|e| failed(&e))?;
    }
    Ok(zip.finish().map_err(|e| failed(&e))?.into_inner())
}

fn npy(array: &NpyArray) -> Vec<u8> {
    let (descr, data) = match &array.numbers {
        Numbers::U8(n) => ("|u1", n.clone()),
        Numbers::I32(n) => ("<i4", n.iter().flat_map(|x| x.to_le_bytes()).collect()),
        Numbers::I64(n) => ("<i8", n.iter().flat_map(|x| x.to_le_bytes()).collect()),
        Numbers::F32(n) => ("<f4", n.iter().flat_map(|x| x.to_le_bytes()).collect()),
        Numbers::F64(n) => ("<f8", n.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>()),
    };
    let shape: String = array.shape.iter().map(|side| format!("{side}, ")).collect();
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}), }}", shape.trim());
    // Magic, version and length take ten bytes; the data begins at a multiple of 64.
    let length = (10 + header.len() + 1).next_multiple_of(64) - 10;
    header.push_str(&" ".repeat(length - 1 - header.len()));
    header.push('\n');
    [MAGIC, &[1, 0], &(length as u16).to_le_bytes(), header.as_bytes(), &data].concat()
}

/// Reads one `.npy` file; what is wrong with it is said in words.
fn read_npy(file: &mut impl Read) -> Result<(Vec<usize>, Numbers), String> {
    let mut start = [0; 8];
    file.read_exact(&mut start).map_err(|e| e.to_string())?;
    if !start.starts_with(MAGIC) {
        return Err("it is no npy file".into());
    }
    let length = match start[6] {
        1 => usize::from(u16::from_le_bytes(take(file)?)),
        2 | 3 => u32::from_le_bytes(take(file)?) as usize,
        version => return Err(format!("its format has version {version}")),
    };
    if length > MAX_HEADER {
        return Err(format!("its header takes {length} bytes"));
    }
    let mut header = vec![0; length];
    file.read_exact(&mut header).map_err(|e| e.to_string())?;
    let Header { descr, fortran_order, shape } = Header::parse(&header)?;

    let size = match descr.as_str() {
        "|b1" | "|u1" => 1,
        "<i4" | "<f4" => 4,
        "<i8" | "<f8" => 8,
        other => {
            return Err(format!("its type is '{other}'; uint8, int32, int64, float32 and float64 are read"));
        }
    };
    let bytes = shape.iter().try_fold(size, |product: u64, &side| product.checked_mul(side as u64));
    let bytes = bytes.filter(|&bytes| bytes <= MAX_BYTES);
    let bytes = bytes.ok_or_else(|| format!("its shape {shape:?} is too large"))?;
    // What is there decides how much memory is taken, not what the header promises.
    let mut data = Vec::new();
    file.take(bytes + 1).read_to_end(&mut data).map_err(|e| e.to_string())?;
    if data.len() as u64 != bytes {
        return Err(format!("its shape {shape:?} takes {bytes} bytes of data, but there are not as many"));
    }
    let numbers = match descr.as_str() {
        "<i4" => Numbers::I32(numbers(&data, i32::from_le_bytes, &shape, fortran_order)?),
        "<i8" => Numbers::I64(numbers(&data, i64::from_le_bytes, &shape, fortran_order)?),
        "<f4" => Numbers::F32(numbers(&data, f32::from_le_bytes, &shape, fortran_order)?),
        "<f8" => Numbers::F64(numbers(&data, f64::from_le_bytes, &shape, fortran_order)?),
        _ => Numbers::U8(numbers(&data, u8::from_le_bytes, &shape, fortran_order)?),
    };
    Ok((shape, numbers))
}

fn take<const N: usize>(file: &mut impl Read) -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

/// The numbers in row-major order; NumPy stores a transposed array column by column.
fn numbers<T: Clone, const N: usize>(
    data: &[u8],
    number: impl Fn([u8; N]) -> T,
    shape: &[usize],
    fortran_order: bool,
) -> Result<Vec<T>, String> {
    let (chunks, _) = data.as_chunks::<N>();
    let numbers: Vec<T> = chunks.iter().map(|&bytes| number(bytes)).collect();
    if !fortran_order {
        return Ok(numbers);
    }
    let columns = ArrayD::from_shape_vec(IxDyn(shape).f(), numbers).map_err(|e| e.to_string())?;
    Ok(columns.iter().cloned().collect())
}

/// The header of an `.npy` file: a Python dictionary.
struct Header {
    descr: String,
    fortran_order: bool,
    shape: Vec<usize>,
}

impl Header {
    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "its header is no text")?;
        let value = |key: &str| {
            let (_, after) = text.split_once(&format!("'{key}':"))?;
            Some(after.trim_start())
        };
        let no = |key: &str| format!("its header has no readable '{key}'");
        let descr = value("descr").and_then(|v| v.strip_prefix('\'')?.split_once('\''));
        let (descr, _) = descr.ok_or_else(|| no("descr"))?;
        let fortran_order = match value("fortran_order") {
            Some(v) if v.starts_with("True") => true,
            Some(v) if v.starts_with("False") => false,
            _ => return Err(no("fortran_order")),
        };
        let shape = value("shape").and_then(|v| v.strip_prefix('(')?.split_once(')'));
        let (shape, _) = shape.ok_or_else(|| no("shape"))?;
        let sides = shape.split(',').map(str::trim).filter(|side| !side.is_empty());
        let shape = sides.map(|side| side.parse().map_err(|_| no("shape"))).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { descr: descr.into(), fortran_order, shape })
    }
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
    fn arrays_survive_their_file() {
        let bytes = archive();
        let mut npz = Npz::open(&bytes).unwrap();
        assert_eq!(npz.names().collect::<Vec<_>>(), ["u", "i", "l", "f", "d"]);
        let d = npz.array("d").unwrap();
        assert_eq!(d.shape(), [1, 2, 2]);
        assert_eq!(d.numbers(), &Numbers::F64(vec![0.1, -0.0, f64::INFINITY, 1e-320]));
        assert_eq!(npz.array("l").unwrap().to_f64(), [-7.0]);
        assert_eq!(npz.array("i").unwrap().numbers(), &Numbers::I32(vec![i32::MIN, 0, i32::MAX]));
        assert_eq!(npz.array("f").unwrap().shape(), [0, 4]);
        assert_eq!(npz.array("u").unwrap().matrix("").unwrap(), (2, 3));
        assert_eq!(bytes, archive(), "the same arrays give the same bytes");
    }

    /// An `.npy` file of one-byte data with the given header.
    fn npy_file(header: &str, data: &[u8]) -> Vec<u8> {
        [MAGIC, &[1, 0], &(header.len() as u16).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn columns_are_put_in_rows() {
        let file = npy_file("{'shape': (2, 3), 'descr': '|u1', 'fortran_order': True}", &[1, 4, 2, 5, 3, 6]);
        let (shape, numbers) = read_npy(&mut &file[..]).unwrap();
        assert_eq!((shape, numbers), (vec![2, 3], Numbers::U8(vec![1, 2, 3, 4, 5, 6])));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let says = |header: &str, data: &[u8], what: &str| {
            let text = read_npy(&mut &npy_file(header, data)[..]).unwrap_err();
            assert!(text.contains(what), "{text}");
        };
        says("{'descr': '<U7', 'fortran_order': False, 'shape': ()}", &[], "'<U7'");
        says("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", &[], "'descr'");
        says("{'descr': '<f4', 'shape': ()}", &[], "'fortran_order'");
        says("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -1)}", &[], "'shape'");
        says("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", &[0; 7], "8 bytes");
        says("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", &[0; 9], "8 bytes");
        let huge = "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}";
        says(huge, &[], "too large");
        says("{'descr': '|u1', 'fortran_order': False, 'shape': (500000000,)}", &[1], "not as many");

        let bytes = archive();
        let mut npz = Npz::open(&bytes).unwrap();
        let missing = npz.array("w1").unwrap_err().to_string();
        assert!(missing.contains("'w1'") && missing.contains("'u', 'i'"), "{missing}");
        assert!(npz.array("i").unwrap().matrix("two-dimensional").is_err());
        assert!(matches!(Npz::open(b"no zip"), Err(NpzError::Archive(_))));
        assert!(NpyArray::new("a", &[2, 2], Numbers::U8(vec![0; 3])).is_err());
        assert!(NpyArray::new("a", &[usize::MAX, 2], Numbers::U8(vec![])).is_err());
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
        fn any_header_is_an_error_or_an_array(header in "\\PC{0,80}", data: Vec<u8>) {
            let _ = read_npy(&mut &npy_file(&header, &data)[..]);
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
