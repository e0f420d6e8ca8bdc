//! Pictures: files of every format that is read.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageBuffer, ImageFormat};
use spikepad_cli::read_picture;

use crate::random::Random;
use crate::target::Target;
use crate::watch::Reading;

/// Pictures, as `spikepad classify` reads them.
pub const PICTURES: Target = Target { name: "pictures", examples, generate, repair, read };

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn read(bytes: &[u8]) -> Reading {
    let picture = read_picture(bytes).map_err(|e| e.to_string())?;
    let digits: Vec<_> = (0..picture.digits().len()).map(|i| picture.digit(i)).collect();
    Ok(Box::new((picture, digits)))
}

fn examples() -> Vec<Vec<u8>> {
    let ink = |x: u32, y: u32| if (9..13).contains(&x) && (4..18).contains(&y) { 20 } else { 240 };
    let grey = DynamicImage::ImageLuma8(ImageBuffer::from_fn(24, 20, |x, y| image::Luma([ink(x, y)])));
    let pictures = [
        (grey.clone(), ImageFormat::Png),
        (DynamicImage::ImageRgb8(grey.to_rgb8()), ImageFormat::Png),
        (DynamicImage::ImageRgba8(grey.to_rgba8()), ImageFormat::Png),
        (DynamicImage::ImageLuma16(grey.to_luma16()), ImageFormat::Png),
        (grey.clone(), ImageFormat::Jpeg),
        (DynamicImage::ImageRgb8(grey.to_rgb8()), ImageFormat::Jpeg),
    ];
    let encode = |(picture, format): (DynamicImage, ImageFormat)| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).ok().map(|()| bytes.into_inner())
    };
    let others = [ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP, ImageFormat::Tiff];
    let others = others.map(|format| (DynamicImage::ImageRgba8(grey.to_rgba8()), format));
    let mut files: Vec<_> = pictures.into_iter().chain(others).filter_map(encode).collect();
    files.push(png(
        20,
        9,
        [8, 3, 1],
        &[(b"PLTE", vec![255, 255, 255, 0, 0, 0]), (b"tRNS", vec![9])],
        &[1; 300],
    ));
    files
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_be_bytes();
    let content = [kind, data].concat();
    let checksum = crc32fast::hash(&content).to_be_bytes();
    [&length[..], &content, &checksum].concat()
}

fn compressed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing to a vector does not fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

/// A PNG file with the bit depth, colour type and interlacing given, other chunks, and uncompressed rows.
fn png(
    width: u32,
    height: u32,
    [depth, colour, interlaced]: [u8; 3],
    chunks: &[(&[u8; 4], Vec<u8>)],
    rows: &[u8],
) -> Vec<u8> {
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = chunk(b"IHDR", &[&sides[..], &[depth, colour, 0, 0, interlaced]].concat());
    let others: Vec<_> = chunks.iter().flat_map(|(kind, data)| chunk(kind, data)).collect();
    [SIGNATURE, &header, &others, &chunk(b"IDAT", &compressed(rows)), &chunk(b"IEND", &[])].concat()
}

/// Makes the checksums of a PNG file right again.
#[expect(clippy::ptr_arg, reason = "other readers replace the whole input")]
fn repair(bytes: &mut Vec<u8>, random: &mut Random) {
    if !bytes.starts_with(SIGNATURE) || random.once_in(5) {
        return;
    }
    let mut at = SIGNATURE.len();
    while let Some(length) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        let end = at.saturating_add(8).saturating_add(u32::from_be_bytes(*length) as usize);
        let Some(content) = bytes.get(at + 4..end) else { break };
        let checksum = crc32fast::hash(content).to_be_bytes();
        bytes.iter_mut().skip(end).zip(checksum).for_each(|(byte, new)| *byte = new);
        at = end.saturating_add(4);
    }
}

fn generate(random: &mut Random) -> Vec<u8> {
    if random.once_in(3) {
        return generate_jpeg(random);
    }
    let mut side = || if random.once_in(6) { random.edge() as u32 } else { 1 + random.below(60) as u32 };
    let (width, height) = (side(), side());
    let kind = random.pick(&[
        [1, 0],
        [8, 0],
        [16, 0],
        [8, 2],
        [16, 2],
        [2, 3],
        [8, 3],
        [8, 4],
        [8, 6],
        [16, 6],
        [3, 5],
    ]);
    let mut chunks: Vec<(&[u8; 4], Vec<u8>)> = Vec::new();
    let zeros = |random: &mut Random| {
        vec![random.byte(); if random.once_in(30) { 4 << 20 } else { random.pick(&[10, 1000, 100_000]) }]
    };
    if kind[1] == 3 || random.once_in(10) {
        chunks.push((b"PLTE", vec![200; 3 * random.below(300)]));
    }
    if random.once_in(6) {
        let profile = zeros(random);
        chunks.push((b"iCCP", [b"name\0\0", &compressed(&profile)[..]].concat()));
    }
    if random.once_in(6) {
        let text = zeros(random);
        chunks.push((
            random.pick(&[b"zTXt", b"iTXt", b"tEXt"]),
            [b"name\0\0", &compressed(&text)[..]].concat(),
        ));
    }
    if random.once_in(6) {
        let kind = random.pick(&[
            b"tRNS", b"gAMA", b"cHRM", b"sBIT", b"bKGD", b"eXIf", b"acTL", b"fcTL", b"cICP", b"mDCV", b"pHYs",
        ]);
        let data = vec![random.byte(); random.below(40)];
        // Some often.
        let times = if random.once_in(4) { 100 } else { 1 };
        chunks.extend(std::iter::repeat_n((kind, data), times));
    }
    let bits = u64::from(kind[0]) * [1, 1, 3, 1, 2, 3, 4][usize::from(kind[1])];
    let row = 1 + (u64::from(width) * bits).div_ceil(8);
    // What the sides ask for, but not more than compresses to a small file; sometimes something else.
    let most = if random.once_in(50) { 12 << 20 } else { 64 << 10 };
    let exact = row.saturating_mul(u64::from(height)).min(most) as usize;
    let length = if random.once_in(6) { random.below(1 << 16) } else { exact };
    let filter = random.byte() % if random.once_in(10) { 255 } else { 5 };
    let rows = if length > 1 << 16 {
        vec![filter; length]
    } else {
        let mut rows: Vec<u8> = (0..length).map(|_| random.byte()).collect();
        rows.iter_mut().step_by(row.min(1 << 20) as usize).for_each(|first| *first = filter);
        rows
    };
    png(width, height, [kind[0], kind[1], random.below(2) as u8], &chunks, &rows)
}

/// A JPEG file with other sides, other sampling, or more scans than its encoder writes.
fn generate_jpeg(random: &mut Random) -> Vec<u8> {
    let mut bytes = examples().swap_remove(4 + random.below(2));
    let frame = bytes.windows(2).position(|marker| marker == [0xff, 0xc0]);
    let Some(frame) = frame else { return bytes };
    if random.once_in(2) {
        let side = random.edge() as u16;
        let at = frame + random.pick(&[5, 7]);
        bytes[at..at + 2].copy_from_slice(&side.to_be_bytes());
    }
    match random.below(5) {
        // Progressive, though its scans are not.
        0 => bytes[frame + 1] = 0xc2,
        1 => {
            let sampling = random.byte();
            bytes[frame + 11] = sampling;
        }
        2 => {
            let scan = bytes.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap_or(0);
            let copy = bytes[scan..].repeat(1 + random.below(30));
            bytes.extend(copy);
        }
        3 => {
            // Application segments: colour profile, Exif, comment.
            let kind = random.pick(&[0xe1, 0xe2, 0xed, 0xfe]);
            let length = 2 + random.below(2000);
            let mut segment = vec![0xff, kind, (length >> 8) as u8, length as u8];
            segment.extend_from_slice(random.pick(&[
                b"ICC_PROFILE\0\x01\xff",
                b"Exif\0\0MM\0*\0\0\0\x08",
                b"nothing at all",
            ]));
            segment.resize(2 + length, 7);
            bytes.splice(2..2, segment.repeat(1 + random.below(4)));
        }
        _ => {}
    }
    bytes
}
