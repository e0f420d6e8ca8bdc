//! Zip files of `.npy` files.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::input::{damage, decimal};
use crate::random::Random;

/// An `.npy` file with the header that `descr`, `order` and `shape` make.
pub fn npy(descr: &str, fortran: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
    header.extend(std::iter::repeat_n(' ', 63 - (header.len() + 10) % 64));
    header.push('\n');
    let length = u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes();
    [b"\x93NUMPY\x01\0", &length[..], header.as_bytes(), data].concat()
}

/// A zip file of files with names and contents.
pub fn zip(files: &[(String, Vec<u8>)], compress: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let method = if compress { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options =
        SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
    for (name, content) in files {
        // A name that is there already cannot be added.
        if zip.start_file(name.as_str(), options).is_ok() {
            let _ = zip.write_all(content);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A shape, most often of two sides.
fn shape(sides: &[u64], random: &mut Random) -> String {
    if random.once_in(12) {
        return random
            .pick(&["()", "(", "(1,)", "((1,2),3)", "(-1, 2)", "(1e3, 2)", "[]", "(0, 5)"])
            .to_owned();
    }
    let sides: Vec<_> =
        sides.iter().map(|side| if random.once_in(6) { decimal(random) } else { side.to_string() }).collect();
    format!("({},)", sides.join(", "))
}

/// An array of these sides, mostly; its data may be much, all of one value.
pub fn array(sides: &[u64], random: &mut Random) -> Vec<u8> {
    let descr = random.pick(&[
        "<f4", "<f4", "<f8", "|u1", "|u1", "|i1", "<i2", ">f4", "<f2", "|b1", "<i8", "<u8", "|O", "<U4",
    ]);
    let width = descr.as_bytes().last().unwrap_or(&b'1').saturating_sub(b'0').clamp(1, 8);
    let count = sides.iter().fold(u64::from(width), |product, &side| product.saturating_mul(side));
    let exact = !random.once_in(5);
    // Now and then up to 24 MiB, which is more than is decompressed of a small file. That takes time to make.
    let most = if random.once_in(100) { 24 << 20 } else { 12 << 10 };
    let length = if exact { count } else { random.edge() }.min(most) as usize;
    let data = if length > 4096 {
        vec![random.pick(&[0, 0, 1, 255]); length]
    } else {
        (0..length).map(|_| if random.once_in(3) { random.byte() } else { 0 }).collect()
    };
    npy(descr, random.pick(&["False", "False", "True", "0"]), &shape(sides, random), &data)
}

/// Half of the time, puts an example in the place of a damaged zip file and damages one of the files in it: damage of the
/// zip file itself is mostly found by its checksums.
pub fn damage_an_example(bytes: &mut Vec<u8>, examples: &[Vec<u8>], random: &mut Random) {
    if random.once_in(2) {
        bytes.clone_from(&examples[random.below(examples.len())]);
        damage_inside(bytes, random);
    }
}

/// Damages one of the files in a zip file of a few small ones.
fn damage_inside(bytes: &mut Vec<u8>, random: &mut Random) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes.clone())) else { return };
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut file) = archive.by_index(index) else { return };
        let mut content = Vec::new();
        if std::io::copy(&mut file, &mut content).is_err() {
            return;
        }
        files.push((file.name().map_or_else(|_| String::new(), |name| name.into_owned()), content));
    }
    if files.is_empty() {
        return;
    }
    let contents: Vec<_> = files.iter().map(|(_, content)| content.clone()).collect();
    let chosen = random.below(files.len());
    damage(&mut files[chosen].1, &contents, random);
    *bytes = zip(&files, random.once_in(2));
}
