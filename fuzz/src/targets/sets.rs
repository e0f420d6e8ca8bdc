//! Sets of labelled images: IDX and CSV, plain and compressed with gzip.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use spikepad::label;
use spikepad_cli::{read_set_images, read_set_labels};

use crate::input::{MAX_INPUT, damage, decimal};
use crate::random::Random;
use crate::target::{Target, leave};
use crate::watch::Reading;

/// Files of images and of labels.
pub const SETS: Target = Target { name: "sets", examples, generate, repair, read };

fn read(bytes: &[u8]) -> Reading {
    // Every file goes to both readers.
    let labels = read_set_labels(bytes);
    let images = read_set_images(bytes).map_err(|e| e.to_string());
    match (images, labels) {
        (Ok((mut images, _)), _) => {
            images.take_wrapped_bytes_as_unsigned();
            let reading = images.usual_reading().map_err(|e| e.to_string())?;
            let labels = vec![0; images.len()];
            Ok(Box::new(label(images.digits(&reading), &labels).map_err(|e| e.to_string())?))
        }
        (_, Ok(labels)) => Ok(Box::new(labels)),
        (Err(error), _) => Err(error),
    }
}

fn idx(header: &[u32], data: &[u8]) -> Vec<u8> {
    header.iter().flat_map(|number| number.to_be_bytes()).chain(data.iter().copied()).collect()
}

fn pixels(length: usize) -> Vec<u8> {
    (0..length).map(|i| if i % 5 < 2 { 0 } else { (i * 91) as u8 }).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn csv(rows: usize, columns: usize) -> Vec<u8> {
    let row = |row: usize| (0..columns).map(|i| (i * 91 % 9 + row).to_string()).collect::<Vec<_>>().join(",");
    (0..rows).map(|i| row(i) + "\n").collect::<String>().into_bytes()
}

fn examples() -> Vec<Vec<u8>> {
    let plain = [
        idx(&[0x803, 2, 28, 28], &pixels(2 * 784)),
        idx(&[0x803, 3, 5, 4], &pixels(60)),
        idx(&[0x803, 1, 40, 60], &pixels(2400)),
        idx(&[0xd03, 1, 8, 8], &[0x3f, 0, 0, 0].repeat(64)),
        idx(&[0x904, 1, 1, 28, 28], &pixels(784)),
        idx(&[0x801, 6], &[0, 1, 2, 9, 255, 3]),
        idx(&[0xc02, 2, 8], &[0; 64]),
        csv(3, 785),
        csv(5, 64),
        [b"ImageId,Label\n".to_vec(), csv(9, 2)].concat(),
    ];
    plain.iter().map(|file| gzip(file)).chain(plain.iter().cloned()).collect()
}

/// Half of the time, damages what a compressed file holds: damage of the file itself is mostly found by its checksum.
fn repair(bytes: &mut Vec<u8>, random: &mut Random) {
    if random.once_in(2) {
        return leave(bytes, random);
    }
    let examples = examples();
    let mut file = Vec::new();
    let example = &examples[random.below(examples.len())];
    if MultiGzDecoder::new(&example[..]).read_to_end(&mut file).is_ok() {
        damage(&mut file, &examples, random);
        *bytes = gzip(&file);
    }
}

fn generate(random: &mut Random) -> Vec<u8> {
    let file = match random.below(4) {
        0 => table(random),
        1 => repeated(random),
        _ => generate_idx(random),
    };
    if random.once_in(3) { gzip(&file) } else { file }
}

/// A table of numbers and words, whose rows are mostly of one length.
fn table(random: &mut Random) -> Vec<u8> {
    let columns = random.pick(&[1, 2, 64, 65, 66, 100, 784, 785]);
    let separator = random.pick(&[",", ",", ";", "\t", " ", "\""]);
    let mut text = String::new();
    while text.len() < MAX_INPUT / 2 {
        let columns = if random.once_in(60) { random.below(900) } else { columns };
        let mut field = || match random.below(40) {
            0 => decimal(random),
            1 => random.pick(&["label", "", "id", "\"", "\u{e9}", "0.5", "1e9", "\r\n"]).to_owned(),
            _ => random.byte().to_string(),
        };
        text.push_str(&(0..columns).map(|_| field()).collect::<Vec<_>>().join(separator));
        text.push('\n');
    }
    text.into_bytes()
}

/// Much of the same: compressed, it stands for more than a small file may hold.
fn repeated(random: &mut Random) -> Vec<u8> {
    let length = random.pick(&[1 << 12, 1 << 20, 4 << 20, 5 << 20]);
    let part = random.pick(&["0,", "0\n", "9 ", "\n", "\"", "x", "1,2,3,4,5,6,7,8\n"]);
    let file = match random.below(3) {
        0 => part.repeat(length / part.len()).into_bytes(),
        1 => csv(1, 64).repeat(length / 128),
        _ => {
            let side = random.pick(&[1, 2, 8, 28]);
            let images = length as u32 / (side * side);
            idx(&[0x803, images, side, side], &vec![random.byte(); (images * side * side) as usize])
        }
    };
    gzip(&file)
}

fn generate_idx(random: &mut Random) -> Vec<u8> {
    let mut side = || if random.once_in(3) { random.edge() as u32 } else { 1 + random.below(40) as u32 };
    let (rows, columns) = (side(), side());
    let pixels = (u64::from(rows) * u64::from(columns)).clamp(1, 12_000);
    let images = if random.once_in(5) { random.edge() as u32 } else { (12_000 / pixels) as u32 };
    let most = 12_000;
    let pixel_type = random.pick(&[8, 8, 8, 9, 11, 12, 13, 14]);
    let magic = |dimensions: u32| pixel_type << 8 | dimensions;
    let length = (u64::from(images).saturating_mul(u64::from(rows) * u64::from(columns))).min(most) as usize;
    let data: Vec<u8> = (0..length).map(|_| if random.once_in(2) { random.byte() } else { 0 }).collect();
    if random.once_in(6) {
        idx(&[magic(1), length as u32], &data)
    } else {
        idx(&[magic(3), images, rows, columns], &data)
    }
}
