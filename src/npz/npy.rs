//! Reads and writes NumPy's `.npy` format: one array.

use std::io::{self, BufReader, Read, Write};

use half::f16;
use ndarray::{ArrayD, IxDyn, ShapeBuilder};
use npyz::{
    AutoSerialize, DType, Deserialize, NpyFile, NpyHeader, Order, TypeChar, WriteOptions, WriterBuilder,
};

use super::array::{MAX_AXES, NumberType, Numbers};
use crate::plain::shortened;

/// The most bytes of memory that one array may take: 512 MiB.
const MAX_BYTES: u64 = 512 << 20;

/// The longest header of an array, in bytes: NumPy's own limit. NumPy writes headers of about 120 bytes.
const MAX_HEADER: usize = 10_000;

/// Writes `numbers` in the given shape, row-major.
pub fn write<T: AutoSerialize + Copy>(file: impl Write, shape: &[usize], numbers: &[T]) -> io::Result<()> {
    let shape: Vec<u64> = shape.iter().map(|&side| side as u64).collect();
    let mut npy = WriteOptions::new().default_dtype().shape(&shape).writer(file).begin_nd()?;
    npy.extend(numbers.iter().copied())?;
    npy.finish()
}

/// Reads an `.npy` file of `size` bytes: its shape and its numbers. The error is a sentence in which "it" is the array.
pub fn read(file: &mut dyn Read, size: u64) -> Result<(Vec<usize>, Numbers), String> {
    let (header, begin) = read_header(file)?;
    let shape = shape_of(&header)?;
    let other = |dtype: String| {
        // What NumPy stores for these is a pickle, a program.
        if dtype.contains("|O") {
            return "it is an object array, which holds a pickle and is never read; save each array by itself".into();
        }
        let dtype = shortened(&dtype);
        format!("its type is {dtype}; bool, integers and floats are read, but uint64 and float128 are not")
    };
    let DType::Plain(dtype) = header.dtype() else { return Err(other(header.dtype().descr())) };
    let stored = Stored { shape: &shape, order: header.order(), bytes: size.saturating_sub(begin) };
    let mut data = BufReader::new(file);
    let npy = NpyFile::with_header(header, &mut data);
    let numbers = match (dtype.type_char(), dtype.size_field()) {
        (TypeChar::Bool, 1) => Numbers::U8(stored.read::<bool, _>(npy)?),
        (TypeChar::Uint, 1) => Numbers::U8(stored.read::<u8, _>(npy)?),
        (TypeChar::Int, 1) => Numbers::I32(stored.read::<i8, _>(npy)?),
        (TypeChar::Int, 2) => Numbers::I32(stored.read::<i16, _>(npy)?),
        (TypeChar::Uint, 2) => Numbers::I32(stored.read::<u16, _>(npy)?),
        (TypeChar::Int, 4) => Numbers::I32(stored.read::<i32, _>(npy)?),
        (TypeChar::Uint, 4) => Numbers::I64(stored.read::<u32, _>(npy)?),
        (TypeChar::Int, 8) => Numbers::I64(stored.read::<i64, _>(npy)?),
        (TypeChar::Float, 2) => Numbers::F32(stored.read::<f16, _>(npy)?),
        (TypeChar::Float, 4) => Numbers::F32(stored.read::<f32, _>(npy)?),
        (TypeChar::Float, 8) => Numbers::F64(stored.read::<f64, _>(npy)?),
        _ => return Err(other(format!("'{dtype}'"))),
    };
    // The zip reader compares the checksum when the end of the file is read.
    match data.read(&mut [0]) {
        Ok(0) => Ok((shape, numbers)),
        Ok(_) => Err("its data are longer than the archive says".into()),
        Err(e) => Err(format!("its data are damaged: {e}")),
    }
}

/// Reads the shape that the header of an `.npy` file gives.
pub fn read_shape(file: &mut dyn Read) -> Result<Vec<usize>, String> {
    shape_of(&read_header(file)?.0)
}

/// Reads the type of the numbers that the header of an `.npy` file gives.
pub fn read_type(file: &mut dyn Read) -> Result<NumberType, String> {
    let header = read_header(file)?.0;
    let unknown = || format!("its type is {}", shortened(&header.dtype().descr()));
    let DType::Plain(dtype) = header.dtype() else { return Err(unknown()) };
    // The field counts bytes.
    let bits = u32::try_from(dtype.size_field()).ok().and_then(|bytes| bytes.checked_mul(8));
    let bits = bits.ok_or_else(unknown)?;
    match dtype.type_char() {
        TypeChar::Bool => Ok(NumberType::Bool),
        TypeChar::Uint => Ok(NumberType::Unsigned { bits }),
        TypeChar::Int => Ok(NumberType::Signed { bits }),
        TypeChar::Float => Ok(NumberType::Float { bits }),
        _ => Err(unknown()),
    }
}

/// Reads the header of an `.npy` file; returns it with the number of bytes before the data.
///
/// npyz alone is not safe for untrusted files. It allocates as many bytes as the file claims for the header. It parses
/// any Python literal, nested lists in exponential time, and the product of the sides can overflow. Therefore it gets
/// only headers that [`check_plain`] accepts.
fn read_header(file: &mut dyn Read) -> Result<(NpyHeader, u64), String> {
    let mut start = [0; 12];
    file.read_exact(&mut start).map_err(|e| e.to_string())?;
    if !start.starts_with(b"\x93NUMPY") {
        return Err("it is not an npy file".into());
    }
    let [.., a, b, c, d] = start;
    let (begin, length) = match start[6] {
        1 => (10, usize::from(u16::from_le_bytes([a, b]))),
        _ => (12, u32::from_le_bytes([a, b, c, d]) as usize),
    };
    if !(2..=MAX_HEADER).contains(&length) {
        return Err(format!("its header has {length} bytes"));
    }
    let mut bytes = start.to_vec();
    bytes.resize(begin + length, 0);
    file.read_exact(&mut bytes[12..]).map_err(|e| e.to_string())?;
    check_plain(&bytes[begin..])?;
    let header = NpyHeader::from_reader(&bytes[..]).map_err(|e| damaged_header(&e))?;
    Ok((header, bytes.len() as u64))
}

/// The parser's message shows the whole header below its first line.
fn damaged_header(error: &io::Error) -> String {
    let text = error.to_string();
    format!("its header is damaged: {}", text.lines().next().unwrap_or_default())
}

/// Checks that a header has no brackets except those of the dictionary and of the shape, only decimal numbers, and no
/// operators. Checks also that the product of all its numbers, and so that of the shape, is below 2^64.
fn check_plain(header: &[u8]) -> Result<(), String> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_plain = |byte: &u8| is_word(byte) || b" \n\"'(),:<=>{|}".contains(byte);
    let brackets = header.iter().filter(|byte| b"({".contains(byte)).count();
    if brackets > 2 || !header.iter().all(is_plain) {
        return Err("its header is not that of an array of numbers".into());
    }
    let words =
        header.split(|byte| !is_word(byte)).filter(|word| word.first().is_some_and(u8::is_ascii_digit));
    let mut numbers = words.map(|word| str::from_utf8(word).ok()?.parse::<u64>().ok());
    let product = numbers.try_fold(1_u64, |product, number| product.checked_mul(number?.max(1)));
    product.map(|_| ()).ok_or_else(|| "its shape is too large".into())
}

fn shape_of(header: &NpyHeader) -> Result<Vec<usize>, String> {
    let sides = header.shape().iter().map(|&side| usize::try_from(side).ok());
    sides
        .collect::<Option<Vec<_>>>()
        .filter(|shape| shape.len() <= MAX_AXES)
        .ok_or_else(|| "its shape is too large".into())
}

/// How the numbers of an array are stored.
struct Stored<'a> {
    shape: &'a [usize],
    order: Order,
    /// Bytes in the file after the header.
    bytes: u64,
}

impl Stored<'_> {
    /// Reads all numbers, stored as `S`; returns them as `T`, row-major.
    fn read<S: Deserialize, T: From<S> + Clone>(&self, npy: NpyFile<impl Read>) -> Result<Vec<T>, String> {
        let Self { shape, order, bytes: found } = *self;
        let bytes = |width: usize| npy.header().len().checked_mul(width as u64);
        if bytes(size_of::<T>()).is_none_or(|bytes| bytes > MAX_BYTES) {
            return Err(format!("its shape {shape:?} is too large"));
        }
        let expected = bytes(size_of::<S>()).unwrap_or(u64::MAX);
        if expected != found {
            return Err(format!("its shape {shape:?} takes {expected} bytes of data, but there are {found}"));
        }
        let length = usize::try_from(npy.header().len()).map_err(|e| e.to_string())?;
        let stored = npy.data::<S>().map_err(|e| e.to_string())?;
        // The length is that of the data in the archive, which the caller has bounded by the archive's length.
        let mut numbers = Vec::with_capacity(length);
        for number in stored {
            numbers.push(T::from(number.map_err(|e| format!("its data are damaged: {e}"))?));
        }
        if order == Order::C || shape.len() < 2 {
            return Ok(numbers);
        }
        let columns = ArrayD::from_shape_vec(IxDyn(shape).f(), numbers).map_err(|e| e.to_string())?;
        Ok(columns.iter().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An `.npy` file of format `version` with the given header and data.
    fn npy_file(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
        let length = (header.len() as u32).to_le_bytes();
        let length = if version == 1 { &length[..2] } else { &length[..] };
        [b"\x93NUMPY", &[version, 0][..], length, header.as_bytes(), data].concat()
    }

    fn read(header: &str, data: &[u8]) -> Result<(Vec<usize>, Numbers), String> {
        let file = npy_file(1, header, data);
        super::read(&mut &file[..], file.len() as u64)
    }

    #[test]
    fn every_type_is_read_as_the_smallest_type_that_holds_it() {
        let numbers = |dtype: &str, data: &[u8]| {
            let size = usize::from(dtype.as_bytes()[2] - b'0');
            let header = format!(
                "{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({}, ), }}\n",
                data.len() / size
            );
            read(&header, data).unwrap().1
        };
        assert_eq!(numbers("|b1", &[0, 1]), Numbers::U8(vec![0, 1]));
        assert_eq!(numbers("|i1", &[1, 255]), Numbers::I32(vec![1, -1]));
        assert_eq!(numbers("<i2", &[254, 255]), Numbers::I32(vec![-2]));
        assert_eq!(numbers("<u2", &[254, 255]), Numbers::I32(vec![0xfffe]));
        assert_eq!(numbers(">i4", &[0, 0, 1, 2]), Numbers::I32(vec![0x102]));
        assert_eq!(numbers("<u4", &[255; 4]), Numbers::I64(vec![0xffff_ffff]));
        // 1, the largest float16, the smallest above 0, and minus infinity.
        let halves: Vec<u8> =
            [0x3c00_u16, 0x7bff, 0x0001, 0xfc00].iter().flat_map(|h| h.to_le_bytes()).collect();
        let floats = vec![1.0, 65_504.0, 0.5_f32.powi(24), f32::NEG_INFINITY];
        assert_eq!(numbers("<f2", &halves), Numbers::F32(floats));
    }

    #[test]
    fn column_major_arrays_become_row_major() {
        let header = "{'shape': (2, 3), 'descr': '|u1', 'fortran_order': True}";
        let expected = (vec![2, 3], Numbers::U8(vec![1, 2, 3, 4, 5, 6]));
        for version in 1..=3 {
            let file = npy_file(version, header, &[1, 4, 2, 5, 3, 6]);
            assert_eq!(super::read(&mut &file[..], file.len() as u64).unwrap(), expected);
        }
    }

    #[test]
    fn errors_name_what_is_wrong() {
        let says = |header: &str, data: &[u8], what: &str| {
            let text = read(header, data).unwrap_err();
            assert!(text.contains(what), "{text}");
        };
        says("{'descr': '<U7', 'fortran_order': False, 'shape': ()}", &[], "'<U7'");
        says("{'descr': '<u8', 'fortran_order': False, 'shape': ()}", &[0; 8], "'<u8'");
        says("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", &[], "not that of an array");
        says("{'descr': '<f4', 'shape': ()}", &[], "'fortran_order'");
        says("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -1)}", &[], "not that of an array");
        says(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
            &[0; 7],
            "8 bytes of data, but there are 7",
        );
        says(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
            &[0; 9],
            "8 bytes of data, but there are 9",
        );
        says("{'descr': '|b1', 'fortran_order': False, 'shape': (1,)}", &[2], "damaged");
    }

    #[test]
    fn headers_that_cost_too_much_are_refused() {
        let says = |file: &[u8], size: u64, what: &str| {
            let text = super::read(&mut &file[..], size).unwrap_err();
            assert!(text.contains(what), "{text}");
        };
        let header = |shape: &str| format!("{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}");
        let of_shape = |shape: &str| npy_file(1, &header(shape), &[]);
        says(&of_shape("(4294967296, 4294967296)"), 0, "too large");
        says(&of_shape("(0, 4294967296, 4294967296)"), 0, "too large");
        says(&of_shape("(0xffffffffff, 0xffffffffff)"), 0, "too large");
        says(&of_shape(&format!("({})", "1, ".repeat(65))), 1, "too large");
        says(&of_shape(&format!("({})", "(1 + 1), ".repeat(64))), 1, "not that of an array");
        says(&of_shape(&format!("({}", "[".repeat(3000))), 1, "not that of an array");
        says(&npy_file(1, &" ".repeat(10_001), &[]), 1, "its header has 10001 bytes");
        says(
            &[b"\x93NUMPY\x02\0", &u32::MAX.to_le_bytes()[..]].concat(),
            1,
            "its header has 4294967295 bytes",
        );
        // The archive claims that the data are there, but one array may not take so much memory.
        let large = of_shape("(268435456,)");
        says(&large, large.len() as u64 + (1 << 28), "damaged");
        let large = of_shape("(1073741824,)");
        says(&large, large.len() as u64 + (1 << 30), "too large");
    }

    proptest! {
        #[test]
        fn any_header_is_an_error_or_an_array(header in "\\PC{0,80}", data: Vec<u8>) {
            let _ = read(&header, &data);
        }

        #[test]
        fn nearly_plain_headers_are_an_error_or_an_array(
            shape in "[-(){}\\[\\],0-9xe_'+. ]{0,40}",
            data: Vec<u8>,
        ) {
            let header = format!("{{'descr': '|u1', 'fortran_order': True, 'shape': ({shape})}}");
            if let Ok((shape, Numbers::U8(numbers))) = read(&header, &data) {
                prop_assert_eq!(shape.iter().product::<usize>(), numbers.len());
            }
        }
    }
}
