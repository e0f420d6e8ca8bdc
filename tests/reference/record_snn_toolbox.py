"""SNN Toolbox: weights scaled by a percentile of the activations, neurons that reset by subtraction.

Needs the environment of requirements-tensorflow.txt. Writes `tests/fixtures/conversions/snn_toolbox_NETWORK.npz`.
"""

import configparser
import json
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from snntoolbox.bin.utils import run_pipeline, update_setup

from common import ROOT, question, small
from record_nengo_dl import keras_model

FOLDER = ROOT / "tests" / "fixtures" / "conversions"
STEPS = 60
PERCENTILE = 99.9


def setup(folder, images):
    """The settings of a run, as users of the toolbox write them. The image is a constant current."""
    config = configparser.ConfigParser()
    config.read_dict(
        {
            "paths": {"path_wd": folder, "dataset_path": folder, "filename_ann": "ann"},
            "tools": {"evaluate_ann": False, "normalize": True},
            "normalization": {"percentile": PERCENTILE},
            # Without it the outputs fire at random, with the probabilities of the softmax.
            "conversion": {"softmax_to_relu": True},
            "cell": {"reset": "Reset by subtraction"},
            "simulation": {
                "simulator": "INI",
                "duration": STEPS,
                "num_to_test": images,
                "batch_size": images,
                "keras_backend": "tensorflow",
            },
            "output": {"log_vars": {"spiketrains_n_b_l_t"}, "overwrite": True},
        }
    )
    path = Path(folder, "config")
    with path.open("w") as file:
        config.write(file)
    return update_setup(str(path))


def record(layers, images):
    """Runs the toolbox on two images, which are also those that it takes the percentiles from."""
    model = keras_model(layers, ["relu"] * (len(layers) - 1) + ["softmax"])
    pixels = np.stack(images).astype(np.float32) / np.float32(255)
    with tempfile.TemporaryDirectory() as folder:
        model.compile(loss="categorical_crossentropy")
        model.save(Path(folder, "ann.h5"))
        for name in ["x_norm", "x_test"]:
            np.savez_compressed(Path(folder, name), pixels)
        labels = np.eye(len(layers[-1][0][0]), dtype=np.float32)[: len(images)]
        np.savez_compressed(Path(folder, "y_test"), labels)
        config = setup(folder, len(images))
        run_pipeline(config)
        logs = Path(config.get("paths", "log_dir_of_current_run"))
        # The time of a spike, 0 where there is none: for each layer the array [images, neurons, steps] and its name.
        trains = np.load(logs / "log_vars" / "0.npz", allow_pickle=True)
        spikes = [
            (np.asarray(train, np.float32) > 0).transpose(0, 2, 1)
            for train, _ in trains["spiketrains_n_b_l_t"]
        ]
        scales = json.loads(
            (logs / "normalization" / f"{PERCENTILE}.json").read_text()
        )
    recording = {
        "images": np.stack(images),
        # The first scale is that of the input, 1.
        "scales": np.array(list(scales.values())[1:], np.float32),
        "sums": spikes[-1].sum(axis=1),
    }
    for number, train in enumerate(spikes, 1):
        recording[f"spikes{number}"] = train.astype(np.uint8)
    return recording


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for network, (layers, images) in {"question": question(), "small": small()}.items():
        recording = record(layers, images)
        if network == "small":
            for number, (w, b) in enumerate(layers, 1):
                recording |= {f"w{number}": w, f"b{number}": b}
        np.savez_compressed(FOLDER / f"snn_toolbox_{network}.npz", **recording)
        print(network, {key: value.shape for key, value in recording.items()})
