//! The limits in `docs/security.md` are those of the code.

use std::fs;
use std::path::Path;

/// A file, the line in it that sets a limit, and how the document says it.
const LIMITS: [(&str, &str, &str); 30] = [
    ("cli/src/link/mod.rs", "MAX_LINK: usize = 400_000;", "| links | 400,000 characters"),
    ("cli/src/readers/file.rs", "MAX_FILE: u64 = 1 << 30;", "| any file | 1 GiB |"),
    ("src/network/sizes.rs", "MAX_LAYERS: usize = 32;", "32 layers"),
    ("src/network/sizes.rs", "MAX_NEURONS: usize = 16_384;", "1 to 16,384 neurons a layer"),
    ("src/network/sizes.rs", "MAX_WEIGHTS: usize = 50_000_000;", "50 million weights in all"),
    ("src/network/sizes.rs", "CLASSES: RangeInclusive<usize> = 2..=64;", "2 to 64 classes"),
    ("src/model/container.rs", "MAX_HEADER: usize = 1 << 20;", "header of 1 MiB"),
    ("src/model/container.rs", "MAX_NAME: usize = 256;", "names of tensors of 256 bytes"),
    ("src/model/safetensors.rs", "MAX_NAME: usize = 200;", "of layers of 200"),
    ("src/npz/zip_file.rs", "MAX_FILES: u64 = 4096;", "4,096 files"),
    ("src/npz/zip_file.rs", "MAX_NAME: usize = 256;", "names of 256 bytes, each name once"),
    ("src/npz/zip_file.rs", "MAX_INFLATED: u64 = 8 << 20;", "above 8 MiB"),
    ("src/npz/zip_file.rs", "MAX_RATIO: u64 = 100;", "at most 100 times"),
    ("src/npz/npy.rs", "MAX_BYTES: u64 = 512 << 20;", "| npz, array | 512 MiB"),
    ("src/npz/npy.rs", "MAX_HEADER: usize = 10_000;", "header of 10,000 bytes"),
    ("src/npz/array.rs", "MAX_AXES: usize = 64;", "64 axes"),
    ("formats/src/read.rs", "FEW_WEIGHTS: usize = 2 << 20;", "weights of a NumPy archive 2 Mi,"),
    ("formats/src/read.rs", "WEIGHTS_PER_BYTE: usize = 16;", "or 16 for each of its bytes"),
    ("src/settings.rs", "MAX_STEPS: u32 = 100_000;", "1 to 100,000 steps"),
    (
        "src/dialect/trace.rs",
        "MAX_BYTES: usize = 512 << 20;",
        "counts and potentials of all layers together 512 MiB",
    ),
    ("src/digit/raster.rs", "MAX_SIDE: usize = 65_500;", "65,500 pixels on a side and 64 Mi pixels in all"),
    ("src/digit/raster.rs", "MAX_PIXELS: usize = 64 << 20;", "64 Mi pixels in all"),
    ("src/digit/images.rs", "MAX_SMALL: u64 = 1 << 16;", "65,536 images if they have fewer than 64 pixels"),
    ("cli/src/readers/gzip.rs", "MAX_INFLATED: u64 = 4 << 20;", "| sets, gzip | 4 MiB"),
    ("cli/src/readers/gzip.rs", "MAX_RATIO: u64 = 200;", "or 200 times the bytes of the file"),
    ("cli/src/readers/drawings.rs", "MAX_LINE: usize = 2 << 20;", "lines of 2 MiB"),
    ("cli/src/readers/drawings.rs", "MAX_SAMPLES: u64 = 100_000_000;", "100 million samples"),
    ("pictures/src/tiff.rs", "MAX_DECODED: u64 = 48 << 20;", "decoded size of 48 MiB"),
    ("pictures/src/tiff.rs", "MAX_RATIO: u64 = 200;", "or 200 bytes for each byte of the file"),
    ("src/simulation/recording.rs", "MAX_BYTES: usize = 512 << 20;", "| recording | 512 MiB"),
];

#[test]
fn the_document_has_the_limits_of_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let document = read("docs/security.md");
    for (path, line, words) in LIMITS {
        assert!(read(path).contains(line), "{path} has no '{line}'; change docs/security.md with it");
        assert!(document.contains(words), "docs/security.md does not say '{words}'");
    }
}
