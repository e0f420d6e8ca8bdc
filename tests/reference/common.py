"""Code that all recordings share: networks, the input trains, and the format of the fixtures."""

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "dialects"
MODEL = ROOT / "www" / "assets" / "question-784-128-10.safetensors"

STEPS = 350
DT = 1e-3  # s


def renew(variants, record):
    """Writes the fixtures of one framework.

    `record(spikes, weights, **settings)` presents spikes (350, 784) to the network with the weights
    (784, 128) and (128, 10). It returns the arrays of a fixture, with `i1` and `i2` for all neurons.
    """
    tensors = load_file(MODEL)
    weights = tensors["hidden.weight"], tensors["output.weight"]
    for path in sorted(FIXTURES.glob("input_*.npz")):
        spikes = np.load(path)["spikes"]
        for variant, settings in variants.items():
            fixture = path.with_name(path.name.replace("input", variant))
            recording = record(spikes, weights, **settings)
            np.savez_compressed(fixture, **reduced(recording, neurons(spikes, weights)))
            print(fixture.name)


def neurons(spikes, weights):
    """Chooses 6 hidden neurons and 4 outputs, from the most inhibited to the most driven by `spikes`."""

    def spread(drive, count):
        return np.argsort(drive)[
            np.linspace(0, len(drive) - 1, count).round().astype(int)
        ]

    hidden = spikes.mean(axis=0) @ weights[0]
    return spread(hidden, 6), spread(np.maximum(hidden, 0) @ weights[1], 4)


def reduced(recording, neurons):
    """The recording as a fixture stores it: spikes as small integers, and the currents of some neurons."""
    recording = dict(recording)
    for layer in ["hidden", "out"]:
        counts = recording[layer]
        recording[layer] = counts.astype(np.uint8 if counts.max() <= 1 else np.int32)
    if "i1" in recording:
        for number, kept in enumerate(neurons, 1):
            recording[f"neurons{number}"] = kept
            recording[f"i{number}"] = np.ascontiguousarray(
                recording[f"i{number}"][:, kept]
            )
    return recording


def question():
    """Weights and biases of each layer, and two of MNIST's digits."""
    tensors = load_file(MODEL)
    images = [np.load(path)["image"] for path in sorted(FIXTURES.glob("input_*.npz"))]
    return [(tensors["hidden.weight"], None), (tensors["output.weight"], None)], images


def small():
    """A network of 64-12-9-4 neurons with random weights and biases, and two random images."""
    random = np.random.default_rng(5)
    sizes = [64, 12, 9, 4]
    layers = [
        (
            random.normal(0, 1.5 / np.sqrt(m), (m, n)).astype(np.float32),
            random.normal(0, 0.5, n).astype(np.float32),
        )
        for m, n in zip(sizes, sizes[1:])
    ]
    return layers, list(random.integers(0, 256, (2, 64), np.uint8))
