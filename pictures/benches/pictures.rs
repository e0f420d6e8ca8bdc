//! How long a photograph of 12 megapixels takes: its rows, and the search for digits.
#![allow(missing_docs, reason = "criterion's macros document nothing")]

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/scenes/mod.rs"]
mod scenes;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use criterion::Criterion;
    use scenes::{KINDS, Random};
    use spikepad_pictures::Reader;

    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("12 megapixels");
    let [width, height] = [4000, 3000];
    for (name, kind) in KINDS.iter().filter(|(name, _)| ["soft_shadow", "squared_paper"].contains(name)) {
        let page = kind(3, &mut Random::new(1));
        let small = page.rgba([1.0; 3]);
        let pixel = |i: usize| {
            let [x, y] = [i % width * page.width / width, i / width * page.height / height];
            &small[4 * (y * page.width + x)..][..4]
        };
        let rgba: Vec<u8> = (0..width * height).flat_map(pixel).copied().collect();
        let filled = || {
            let mut reader = Reader::new(width, height).expect("the sides are allowed");
            reader.push_rows(&rgba).expect("whole rows");
            reader
        };
        group.bench_function(format!("{name}: rows"), |bencher| bencher.iter(filled));
        let picture = filled().finish().expect("all rows");
        group.bench_function(format!("{name}: digits"), |bencher| {
            bencher.iter(|| picture.with_sensitivity(0.0))
        });
    }
    group.finish();
    criterion.final_summary();
}
