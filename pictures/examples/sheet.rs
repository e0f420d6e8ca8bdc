//! Shows how pictures are read: for each, the picture, what was taken for ink and what was taken away, and the digit.
//!
//! `cargo run --release -p spikepad-pictures --example sheet -- sheet.png PICTURE...`

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    native::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::error::Error;
    use std::time::Instant;

    use image::{GrayImage, Rgb, RgbImage, imageops};
    use spikepad::{Digit, Model, Recording};
    use spikepad_pictures::{Picture, Reader};

    /// Pixels along a side of each of the three parts of a cell.
    const SIDE: u32 = 168;

    /// Cells side by side.
    const ACROSS: usize = 3;

    /// What was taken away, by its number: nothing, line, frame, surroundings, speck.
    const COLOURS: [[u8; 3]; 5] =
        [[255; 3], [120, 170, 255], [90, 220, 120], [235, 215, 180], [255, 120, 120]];

    pub fn run() -> Result<(), Box<dyn Error>> {
        let mut arguments = std::env::args().skip(1);
        let out = arguments.next().ok_or("name the file to write, then pictures")?;
        let files: Vec<String> = arguments.collect();
        let model = Model::shipped();
        let rows = files.len().div_ceil(ACROSS) as u32;
        let mut sheet = RgbImage::new(ACROSS as u32 * 3 * SIDE, rows * SIDE);
        for (i, file) in files.iter().enumerate() {
            let rgba = image::open(file)?.to_rgba8();
            let start = Instant::now();
            let mut reader = Reader::new(rgba.width() as usize, rgba.height() as usize)?;
            reader.push_rows(rgba.as_raw())?;
            let picture = reader.finish()?;
            let digit = picture.chosen_digit();
            let took = start.elapsed();
            let answer = match &digit {
                Some(digit) => {
                    let recording = Recording::of(&model, digit, &model.defaults())?;
                    let verdict = recording.verdict();
                    format!("{:?} {}", verdict.digit, if verdict.sure { "sure" } else { "" })
                }
                None => "none".into(),
            };
            println!(
                "{file}: {answer} of {} digits{}, {took:.1?}",
                picture.digits().len(),
                if picture.light_on_dark() { ", light on dark" } else { "" }
            );
            let left = (i % ACROSS) as i64 * 3 * i64::from(SIDE);
            let top = (i / ACROSS) as i64 * i64::from(SIDE);
            for (part, image) in parts(&picture, digit.as_ref()).into_iter().enumerate() {
                imageops::overlay(&mut sheet, &image, left + part as i64 * i64::from(SIDE), top);
            }
        }
        Ok(sheet.save(out)?)
    }

    fn parts(picture: &Picture, digit: Option<&Digit>) -> [RgbImage; 3] {
        let (width, height) = (picture.width() as u32, picture.height() as u32);
        let grey = picture.grey();
        let (ink, removed) = (picture.ink(), picture.removed());
        let at = |x: u32, y: u32| (y * width + x) as usize;
        let fit =
            |image: RgbImage| imageops::resize(&image, SIDE - 4, SIDE - 4, imageops::FilterType::Triangle);
        let shown = RgbImage::from_fn(width, height, |x, y| Rgb([grey[at(x, y)]; 3]));
        let mut taken = RgbImage::from_fn(width, height, |x, y| {
            let i = at(x, y);
            Rgb(COLOURS[usize::from(removed[i])]
                .map(|c| (u32::from(c) * (255 - u32::from(ink[i])) / 255) as u8))
        });
        for (i, bounds) in picture.digits().enumerate() {
            let colour = Rgb(if picture.chosen() == Some(i) { [255, 0, 0] } else { [255, 160, 0] });
            for x in bounds.left..bounds.right {
                taken.put_pixel(x as u32, bounds.top as u32, colour);
                taken.put_pixel(x as u32, bounds.bottom as u32 - 1, colour);
            }
            for y in bounds.top..bounds.bottom {
                taken.put_pixel(bounds.left as u32, y as u32, colour);
                taken.put_pixel(bounds.right as u32 - 1, y as u32, colour);
            }
        }
        let small = digit.map_or_else(|| vec![0; 784], |digit| digit.ink().to_vec());
        let small = GrayImage::from_raw(28, 28, small).unwrap_or_default();
        let small = RgbImage::from_fn(28, 28, |x, y| Rgb([small.get_pixel(x, y).0[0]; 3]));
        let small = imageops::resize(&small, SIDE - 4, SIDE - 4, imageops::FilterType::Nearest);
        [fit(shown), fit(taken), small]
    }
}
