"""Draws the input trains from two of MNIST's training digits: make_inputs.py FOLDER, with MNIST's IDX files."""

import sys
from pathlib import Path

import numpy as np

from common import FIXTURES, STEPS

# A dense 0 that drives the outputs strongly, and a thin 7 that drives them weakly.
INDICES = [51, 29]


def main(folder):
    images = np.fromfile(folder / "train-images-idx3-ubyte", np.uint8)[16:].reshape(
        -1, 784
    )
    labels = np.fromfile(folder / "train-labels-idx1-ubyte", np.uint8)[8:]
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for index in INDICES:
        image = images[index]
        uniform = np.random.default_rng(index).random((STEPS, 784), np.float32)
        np.savez_compressed(
            FIXTURES / f"input_{index}.npz",
            spikes=(uniform < image / np.float32(255)).astype(np.uint8),
            image=image,
            label=labels[index],
            index=index,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
