//! Reads MNIST's test digits as pictures: as they are, enlarged on paper, and in pairs. Says how often one digit is taken for
//! several, and two for another number.
//!
//! `cargo run --release -p spikepad-pictures --example mnist -- FOLDER [COUNT]`, with the two files of MNIST's test set

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    native::run()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::error::Error;
    use std::path::Path;

    use spikepad::{Digit, ImageReading, ImageSet, Model, SIDE, read_labels};
    use spikepad_pictures::{Picture, Reader};

    /// How many times the digits are enlarged.
    const ENLARGED: usize = 8;

    pub fn run() -> Result<(), Box<dyn Error>> {
        let mut arguments = std::env::args().skip(1);
        let folder = arguments.next().ok_or("name the folder of MNIST's files")?;
        let count: usize = arguments.next().map_or(Ok(1000), |count| count.parse())?;
        let images = ImageSet::from_idx(&std::fs::read(Path::new(&folder).join("t10k-images-idx3-ubyte"))?)?;
        let labels = read_labels(&std::fs::read(Path::new(&folder).join("t10k-labels-idx1-ubyte"))?)?;
        let digits: Vec<Digit> = images.digits(&ImageReading::MNIST).flatten().take(count).collect();
        let model = Model::shipped();

        report("as they are", &model, &digits, &labels, |digit| {
            picture(SIDE, SIDE, |x, y| digit.ink()[y * SIDE + x])
        })?;
        let side = SIDE * ENLARGED;
        report("enlarged on paper", &model, &digits, &labels, |digit| {
            picture(side, side, |x, y| 235 - (f32::from(enlarged(digit, x, y)) * 0.8) as u8)
        })?;
        for apart in [20, 22, 24, 26] {
            let (mut two, mut more) = (0, 0);
            for pair in digits.chunks_exact(2) {
                let width = side + apart * ENLARGED;
                let found = picture(width, side, |x, y| {
                    let left = if x < side { enlarged(&pair[0], x, y) } else { 0 };
                    let right = x.checked_sub(apart * ENLARGED).map_or(0, |x| enlarged(&pair[1], x, y));
                    235 - (f32::from(left.max(right)) * 0.8) as u8
                });
                two += usize::from(found.digits().len() == 2);
                more += usize::from(found.digits().len() > 2);
            }
            println!("pairs, {apart} pixels apart: two in {two} of {}, more in {more}", count / 2);
        }
        Ok(())
    }

    fn picture(width: usize, height: usize, grey: impl Fn(usize, usize) -> u8) -> Picture {
        let pixel = |i: usize| [grey(i % width, i / width); 3];
        let rgba: Vec<u8> = (0..width * height).map(pixel).flat_map(|[r, g, b]| [r, g, b, 255]).collect();
        let mut reader = Reader::new(width, height).expect("the sides are small");
        reader.push_rows(&rgba).and_then(|()| reader.finish()).expect("all rows are given")
    }

    /// The ink at a place of the enlarged digit, interpolated.
    fn enlarged(digit: &Digit, x: usize, y: usize) -> u8 {
        let at = |at: usize| ((at as f32 + 0.5) / ENLARGED as f32 - 0.5).clamp(0.0, SIDE as f32 - 1.001);
        let (x, y) = (at(x), at(y));
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (x.fract(), y.fract());
        let ink = |x: usize, y: usize| f32::from(digit.ink()[y * SIDE + x]);
        let row = |y: usize| ink(left, y) * (1.0 - across) + ink(left + 1, y) * across;
        (row(top) * (1.0 - down) + row(top + 1) * down) as u8
    }

    fn report(
        name: &str,
        model: &Model,
        digits: &[Digit],
        labels: &[u8],
        picture: impl Fn(&Digit) -> Picture,
    ) -> Result<(), Box<dyn Error>> {
        let (mut right, mut none, mut several) = (0, 0, Vec::new());
        for (i, (digit, &label)) in digits.iter().zip(labels).enumerate() {
            let picture = picture(digit);
            let found = match picture.chosen_digit() {
                Some(digit) => model.network().classify(&digit)?,
                None => None,
            };
            right += usize::from(found == Some(usize::from(label)));
            none += usize::from(picture.digits().len() == 0);
            if picture.digits().len() > 1 {
                several.push((i, label));
            }
        }
        println!(
            "{name}: ANN right {right} of {}, nothing in {none}, several in {}: {several:?}",
            digits.len(),
            several.len()
        );
        Ok(())
    }
}
