//! Reads and writes NumPy's `.npy` format: one array.

use std::io::Read;

use half::f16;

use super::array::{MAX_AXES, NumberType, Numbers};
use crate::plain::shortened;

/// The most bytes of memory that one array may take: 512 MiB.
const MAX_BYTES: u64 = 512 << 20;

/// The longest header of an array, in bytes: NumPy's own limit. NumPy writes headers of about 120 bytes.
const MAX_HEADER: usize = 10_000;

/// Writes `numbers` in the given shape, row-major.
#[cfg(not(target_arch = "wasm32"))]
pub fn write<T: npyz::AutoSerialize + Copy>(
    file: impl std::io::Write,
    shape: &[usize],
    numbers: &[T],
) -> std::io::Result<()> {
    use npyz::WriterBuilder;
    let shape: Vec<u64> = shape.iter().map(|&side| side as u64).collect();
    let mut npy = npyz::WriteOptions::new().default_dtype().shape(&shape).writer(file).begin_nd()?;
    npy.extend(numbers.iter().copied())?;
    npy.finish()
}

/// Reads an `.npy` file of `size` bytes: its shape and its numbers. The error is a sentence in which "it" is the array.
pub fn read(file: &mut dyn Read, size: u64) -> Result<(Vec<usize>, Numbers), String> {
    let (header, begin) = read_header(file)?;
    let found = size.saturating_sub(begin);
    let kind = header.number_type();
    let width = match kind {
        Some(NumberType::Bool) => 1,
        Some(NumberType::Unsigned { bits: bits @ (8 | 16 | 32) }) => bits / 8,
        Some(
            NumberType::Signed { bits: bits @ (8 | 16 | 32 | 64) }
            | NumberType::Float { bits: bits @ (16 | 32 | 64) },
        ) => bits / 8,
        // What NumPy stores for these is a pickle, a program.
        _ if header.descr.starts_with("|O") => {
            return Err(
                "it is an object array, which holds a pickle and is never read; save each array by itself"
                    .into(),
            );
        }
        _ => {
            let dtype = shortened(&header.descr);
            return Err(format!(
                "its type is '{dtype}'; bool, integers and floats are read, but uint64 and float128 are not"
            ));
        }
    };
    let memory = match kind {
        Some(NumberType::Bool | NumberType::Unsigned { bits: 8 }) => 1,
        Some(NumberType::Unsigned { bits: 32 }) => 8,
        _ => width.max(4),
    };
    let bytes = header.data(file, width as usize, memory, found)?;
    // A copy of the code for each type, but of no more code than this.
    fn each<T, const N: usize>(bytes: &[u8], convert: fn([u8; N]) -> T) -> Vec<T> {
        bytes.as_chunks().0.iter().map(|chunk| convert(*chunk)).collect()
    }
    let numbers = match (kind, width) {
        (Some(NumberType::Bool), _) if bytes.iter().any(|&byte| byte > 1) => {
            return Err("its data are damaged: a truth value is neither 0 nor 1".into());
        }
        (Some(NumberType::Bool | NumberType::Unsigned { .. }), 1) => Numbers::U8(bytes),
        (Some(NumberType::Unsigned { .. }), 2) => {
            Numbers::I32(each(&bytes, |n| u16::from_le_bytes(n).into()))
        }
        (Some(NumberType::Unsigned { .. }), _) => {
            Numbers::I64(each(&bytes, |n| u32::from_le_bytes(n).into()))
        }
        (Some(NumberType::Signed { .. }), 1) => Numbers::I32(each(&bytes, |n| i8::from_le_bytes(n).into())),
        (Some(NumberType::Signed { .. }), 2) => Numbers::I32(each(&bytes, |n| i16::from_le_bytes(n).into())),
        (Some(NumberType::Signed { .. }), 4) => Numbers::I32(each(&bytes, i32::from_le_bytes)),
        (Some(NumberType::Signed { .. }), _) => Numbers::I64(each(&bytes, i64::from_le_bytes)),
        (_, 2) => Numbers::F32(each(&bytes, |n| f16::from_le_bytes(n).into())),
        (_, 4) => Numbers::F32(each(&bytes, f32::from_le_bytes)),
        _ => Numbers::F64(each(&bytes, f64::from_le_bytes)),
    };
    // The zip reader compares the checksum when the end of the file is read.
    match file.read(&mut [0]) {
        Ok(0) => Ok((header.shape, numbers)),
        Ok(_) => Err("its data are longer than the archive says".into()),
        Err(e) => Err(format!("its data are damaged: {e}")),
    }
}

/// Reads the shape that the header of an `.npy` file gives.
pub fn read_shape(file: &mut dyn Read) -> Result<Vec<usize>, String> {
    Ok(read_header(file)?.0.shape)
}

/// Reads the type of the numbers that the header of an `.npy` file gives.
pub fn read_type(file: &mut dyn Read) -> Result<NumberType, String> {
    let header = read_header(file)?.0;
    header.number_type().ok_or_else(|| format!("its type is '{}'", shortened(&header.descr)))
}

/// What a header says.
struct Header {
    /// The type of the numbers: the order of their bytes, a letter, and their length in bytes.
    descr: String,
    is_column_major: bool,
    shape: Vec<usize>,
}

/// Reads the header of an `.npy` file; returns it with the number of bytes before the data.
///
/// Not with the library npyz: its parser of Python's literals would take 63 kB of gzip in the importer's wasm, which may have
/// 300 kB (measured 2026-11-26). The tests compare the two.
fn read_header(file: &mut dyn Read) -> Result<(Header, u64), String> {
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
    let text = str::from_utf8(&bytes[begin..]).map_err(|_| "its header is not text")?;
    Ok((Header::parse(text)?, bytes.len() as u64))
}

impl Header {
    /// Reads a dictionary of Python's with a text, a truth value and a tuple of whole numbers; any other is refused.
    fn parse(text: &str) -> Result<Self, String> {
        let other = || "its header is not that of an array of numbers".to_owned();
        let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let mut rest = inner.ok_or_else(other)?.trim();
        let (mut descr, mut order, mut shape) = (None, None, None);
        while !rest.is_empty() {
            let (key, after) = quoted(rest).ok_or_else(other)?;
            let value = after.trim_start().strip_prefix(':').ok_or_else(other)?.trim_start();
            let end = match key {
                "descr" => quoted(value).map(|(text, after)| {
                    descr = Some(text.to_owned());
                    after
                }),
                "fortran_order" => {
                    [("True", true), ("False", false)].into_iter().find_map(|(word, is_true)| {
                        let after = value.strip_prefix(word)?;
                        order = Some(is_true);
                        Some(after)
                    })
                }
                "shape" => {
                    let tuple = value.strip_prefix('(').and_then(|rest| rest.split_once(')'));
                    let (sides, after) = tuple.ok_or_else(other)?;
                    shape = Some(sides_of(sides)?);
                    Some(after)
                }
                _ => None,
            };
            rest = end.ok_or_else(other)?.trim_start();
            rest = match rest.strip_prefix(',') {
                Some(after) => after.trim_start(),
                None if rest.is_empty() => rest,
                None => return Err(other()),
            };
        }
        let missing = |key: &str| format!("its header has no '{key}'");
        Ok(Self {
            descr: descr.ok_or_else(|| missing("descr"))?,
            is_column_major: order.ok_or_else(|| missing("fortran_order"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
        })
    }

    fn number_type(&self) -> Option<NumberType> {
        let kind = self.descr.get(1..)?;
        let bits = 8 * kind.get(1..)?.parse::<u32>().ok().filter(|bytes| *bytes <= 32)?;
        match (kind.as_bytes()[0], bits) {
            (b'b', 8) => Some(NumberType::Bool),
            (b'u', _) => Some(NumberType::Unsigned { bits }),
            (b'i', _) => Some(NumberType::Signed { bits }),
            (b'f', _) => Some(NumberType::Float { bits }),
            _ => None,
        }
    }

    /// Reads all numbers, `found` bytes: row-major, each of `width` bytes, little-endian. Each will take `memory` bytes.
    fn data(&self, file: &mut dyn Read, width: usize, memory: u32, found: u64) -> Result<Vec<u8>, String> {
        let shape = &self.shape;
        // The product fits: it was checked when the header was read.
        let length: usize = shape.iter().product();
        let bytes = (length as u64).checked_mul(width as u64);
        if (length as u64).checked_mul(memory.into()).is_none_or(|bytes| bytes > MAX_BYTES) {
            return Err(format!("its shape {shape:?} is too large"));
        }
        if bytes != Some(found) {
            let expected = bytes.unwrap_or(u64::MAX);
            return Err(format!("its shape {shape:?} takes {expected} bytes of data, but there are {found}"));
        }
        // The length is that of the data in the archive, which the caller has bounded by the archive's length. What is not
        // there takes no memory.
        let mut stored = Vec::new();
        file.take(found).read_to_end(&mut stored).map_err(|e| format!("its data are damaged: {e}"))?;
        if stored.len() as u64 != found {
            return Err("its data are damaged: they end too early".into());
        }
        if self.descr.starts_with('>') {
            stored.chunks_exact_mut(width).for_each(<[u8]>::reverse);
        }
        if !self.is_column_major || shape.len() < 2 {
            return Ok(stored);
        }
        // Column-major: the first index runs fastest.
        let mut strides = vec![1; shape.len()];
        for axis in 1..shape.len() {
            strides[axis] = strides[axis - 1] * shape[axis - 1];
        }
        let mut place = vec![0; shape.len()];
        let mut numbers = Vec::with_capacity(stored.len());
        for _ in 0..length {
            let at = width * place.iter().zip(&strides).map(|(i, stride)| i * stride).sum::<usize>();
            numbers.extend_from_slice(&stored[at..at + width]);
            for axis in (0..shape.len()).rev() {
                place[axis] += 1;
                if place[axis] < shape[axis] {
                    break;
                }
                place[axis] = 0;
            }
        }
        Ok(numbers)
    }
}

/// The text in quotation marks at the start of `rest`, and what follows.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let mark = rest.chars().next().filter(|mark| ['\'', '"'].contains(mark))?;
    rest[1..].split_once(mark)
}

/// The sides in a tuple. Checks that their product is below 2^64, even without those that are 0.
fn sides_of(tuple: &str) -> Result<Vec<usize>, String> {
    let too_large = || "its shape is too large".to_owned();
    let mut sides = Vec::new();
    let mut parts = tuple.split(',').map(str::trim).peekable();
    let mut product = 1_usize;
    while let Some(part) = parts.next() {
        if part.is_empty() && parts.peek().is_none() {
            break;
        }
        let digits = part.trim_end_matches('L');
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("its header is not that of an array of numbers".into());
        }
        let side: usize = digits.parse().map_err(|_| too_large())?;
        product = product.checked_mul(side.max(1)).ok_or_else(too_large)?;
        sides.push(side);
    }
    if sides.len() <= MAX_AXES { Ok(sides) } else { Err(too_large()) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
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
        says(&of_shape("(0xffffffffff, 0xffffffffff)"), 0, "not that of an array");
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
        fn arrays_are_read_as_npyz_reads_them(
            sides in proptest::collection::vec(0_usize..4, 0..4),
            is_column_major: bool,
            is_big_endian: bool,
            seed: u32,
        ) {
            use ndarray::{ArrayD, IxDyn, ShapeBuilder};
            let count: usize = sides.iter().product();
            let numbers = (0..count as u32).map(|i| seed.wrapping_mul(i + 1));
            let data: Vec<u8> = numbers
                .flat_map(|number| if is_big_endian { number.to_be_bytes() } else { number.to_le_bytes() })
                .collect();
            let order = if is_column_major { "True" } else { "False" };
            let mark = if is_big_endian { '>' } else { '<' };
            let shape: String = sides.iter().map(|side| format!("{side}, ")).collect();
            let header = format!("{{'descr': '{mark}u4', 'fortran_order': {order}, 'shape': ({shape}), }}\n");
            let file = npy_file(1, &header, &data);
            let theirs = npyz::NpyFile::new(&file[..]).unwrap();
            let stored = theirs.data::<u32>().unwrap().map(|number| i64::from(number.unwrap())).collect();
            let shaped = IxDyn(&sides).set_f(is_column_major);
            let theirs: Vec<i64> = ArrayD::from_shape_vec(shaped, stored).unwrap().iter().copied().collect();
            let ours = super::read(&mut &file[..], file.len() as u64).unwrap();
            prop_assert_eq!(ours, (sides, Numbers::I64(theirs)));
        }

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
