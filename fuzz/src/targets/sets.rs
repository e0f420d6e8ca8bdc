//! Sets of labelled images: IDX files.

use spikepad::{IdxImages, label, read_labels};

use crate::random::Random;
use crate::target::{Target, leave};
use crate::watch::Reading;

/// Files of images and of labels.
pub const IDX: Target = Target { name: "idx", examples, generate, repair: leave, read };

fn read(bytes: &[u8]) -> Reading {
    // A file is one or the other; both readers see it.
    let labels = read_labels(bytes);
    let images = IdxImages::read(bytes).map_err(|e| e.to_string());
    match (images, labels) {
        (Ok(images), _) => {
            let labels = vec![0; images.len()];
            Ok(Box::new(label(images.digits(), &labels).map_err(|e| e.to_string())?))
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

fn examples() -> Vec<Vec<u8>> {
    vec![
        idx(&[0x803, 2, 28, 28], &pixels(2 * 784)),
        idx(&[0x803, 3, 5, 4], &pixels(60)),
        idx(&[0x803, 1, 40, 60], &pixels(2400)),
        idx(&[0x801, 6], &[0, 1, 2, 9, 255, 3]),
    ]
}

fn generate(random: &mut Random) -> Vec<u8> {
    let mut side = || if random.once_in(3) { random.edge() as u32 } else { 1 + random.below(40) as u32 };
    let (rows, columns) = (side(), side());
    let pixels = (u64::from(rows) * u64::from(columns)).clamp(1, 12_000);
    let images = if random.once_in(5) { random.edge() as u32 } else { (12_000 / pixels) as u32 };
    let most = 12_000;
    let length = (u64::from(images).saturating_mul(u64::from(rows) * u64::from(columns))).min(most) as usize;
    let data: Vec<u8> = (0..length).map(|_| if random.once_in(2) { random.byte() } else { 0 }).collect();
    if random.once_in(6) {
        idx(&[0x801, length as u32], &data)
    } else {
        idx(&[0x803, images, rows, columns], &data)
    }
}
