// Which wasm modules the build makes. This file imports nothing, because the lints read it before anything is installed.

/**
 * The simulator as wasm, for each page that has its own, and what reads pictures and files of networks: the name in pkg/,
 * the package, the cargo profile, the features, and whether its hot loops are on vectors.
 */
export const MODULES = [
  {
    name: 'spikepad',
    crate: 'spikepad',
    profile: 'wasm',
    features: ['--no-default-features', '--features=web'],
    vectors: true,
  },
  { name: 'laboratory', crate: 'spikepad', profile: 'laboratory', features: [], vectors: true },
  {
    name: 'pictures',
    crate: 'spikepad-pictures',
    profile: 'pictures',
    features: ['--features=spikepad-pictures/tiff'],
    vectors: false,
  },
  { name: 'formats', crate: 'spikepad-formats', profile: 'formats', features: [], vectors: false, small: true },
];
