//! Reads many pictures of each kind that the tests make, and writes those that are read wrong as PNG files.
//!
//! `cargo run --release -p spikepad-pictures --example scenes -- FOLDER [COUNT [FIRST_SEED]]`

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/scenes/mod.rs"]
mod scenes;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use scenes::{KINDS, Random};
    use spikepad::{Model, Recording};

    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write to")?;
    let count: usize = arguments.next().map_or(Ok(100), |count| count.parse())?;
    let first: u64 = arguments.next().map_or(Ok(0), |seed| seed.parse())?;
    std::fs::create_dir_all(&folder)?;
    let model = Model::shipped();
    for (name, kind) in KINDS {
        let (mut right, mut none, mut sure_and_wrong, mut several) = (0, 0, 0, 0);
        for case in 0..count {
            let label = case % 10;
            let page = kind(label, &mut Random::new(first + case as u64));
            let picture = page.read();
            let verdict = match picture.chosen_digit() {
                Some(digit) => Some(Recording::of(&model, &digit, &model.defaults())?.verdict().clone()),
                None => None,
            };
            let found = verdict.as_ref().and_then(|verdict| verdict.digit);
            let one = picture.digits().len() == 1;
            let sure = verdict.is_some_and(|verdict| verdict.sure) && one;
            right += usize::from(found == Some(label));
            none += usize::from(found.is_none());
            several += usize::from(picture.digits().len() > 1);
            sure_and_wrong += usize::from(sure && found != Some(label));
            if found != Some(label) || !one {
                let (width, height) = (page.width as u32, page.height as u32);
                let image = image::RgbaImage::from_raw(width, height, page.rgba([1.0; 3])).ok_or("size")?;
                image.save(format!("{folder}/{name}-{case:03}_{label}.png"))?;
            }
        }
        println!(
            "{name:16} right {right}/{count}, nothing {none}, several {several}, sure and wrong {sure_and_wrong}"
        );
    }
    Ok(())
}
