"""Packs the question's network as a model: make_model.py WEIGHTS.npz FOLDER.

WEIGHTS.npz holds `w1` (784, 128) and `w2` (128, 10), float32, in Keras's layout. FOLDER holds MNIST's
IDX files.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from common import MODEL

PROVENANCE = {
    "architecture": "784-128-10, ReLU, softmax, no biases",
    "data": "MNIST (Y. LeCun, C. Cortes, C. Burges): its 60,000 training digits",
    "licence": "data CC BY-SA 3.0; weights MIT OR Apache-2.0",
    "trained with": "Keras, as the question describes; no conversion to spikes",
}


def images(folder, name):
    return np.fromfile(folder / f"{name}-images-idx3-ubyte", np.uint8)[16:].reshape(
        -1, 784
    )


def weighted_sum(inputs, weights):
    """`inputs @ weights` in float32, summed in the order of the inputs, as `Network::activations` does."""
    sums = np.zeros((len(inputs), weights.shape[1]), np.float32)
    for column, row in zip(inputs.T, weights):
        sums += column[:, None] * row
    return sums


def activations(ink, w1, w2):
    """The activations of both layers for `ink` (digits, 784), in slices that fit the cache."""
    hidden, output = [], []
    for slice in np.array_split(ink, max(1, len(ink) // 500)):
        hidden.append(np.maximum(weighted_sum(slice / np.float32(255), w1), 0))
        output.append(weighted_sum(hidden[-1], w2))
    return np.concatenate(hidden), np.concatenate(output)


def nearest_rank(values, share):
    """A percentile as `ActivationStatistics::measure` computes it."""
    rank = max(math.ceil(values.size * share) - 1, 0)
    return float(np.partition(np.maximum(values, 0), rank, axis=None)[rank])


def main(weights, folder):
    with np.load(weights) as file:
        w1, w2 = file["w1"], file["w2"]

    labels = np.fromfile(folder / "t10k-labels-idx1-ubyte", np.uint8)[8:]
    _, logits = activations(images(folder, "t10k"), w1, w2)
    accuracy = np.mean(logits.argmax(axis=1) == labels)

    layers = activations(images(folder, "train"), w1, w2)
    shares = {"max": 1.0, "percentile99": 0.99, "percentile99.9": 0.999}
    entry = {
        "format": "spikepad-network/1",
        "layers": ["hidden", "output"],
        "activations": {
            name: [nearest_rank(layer, share) for layer in layers]
            for name, share in shares.items()
        },
        "provenance": PROVENANCE | {"test, ANN": f"{accuracy:.2%}".replace("%", " %")},
    }
    tensors = {"hidden.weight": w1, "output.weight": w2}
    save_file(tensors, MODEL, metadata={"spikepad": json.dumps(entry)})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
