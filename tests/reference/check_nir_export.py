"""NIR files that Spikepad writes, in the frameworks that they are for.

    python check_nir_export.py PATH/TO/spikepad [FRAMEWORK ..]

Exports networks with several parameters, reads each file with the framework, and compares every spike of two digits with
`spikepad trace --as FRAMEWORK` and with `spikepad trace --dialect`. snnTorch and SpikingJelly need nir 1.0.8 and nirtorch 2.6,
the others nir 1.0.4 and nirtorch 2.0.2: check_nir_export.sh calls this script once for each of the two.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from common import FIXTURES, MODEL
from record_nir import NEW, READERS

SETS = {
    "snntorch": [
        ("snntorch_zero", {}),
        ("snntorch_zero", {"beta": 0.9, "threshold": 4.0}),
        ("snntorch_zero", {"beta": 0.7, "threshold": 3.3, "weight_scale": 1.7}),
        ("snntorch_zero", {"beta": 1.0, "threshold": 12.0}),
    ],
    "spikingjelly": [
        ("spikingjelly", {}),
        ("spikingjelly", {"v_reset": -0.3, "tau": 3.7, "v_threshold": 0.6}),
        ("spikingjelly", {"decay_input": "false", "tau": 11.0, "v_threshold": 5.0}),
        ("spikingjelly_if", {"v_threshold": 9.0}),
    ],
    "norse": [("norse_box", {}), ("norse_box", {"tau_mem_inv": 64.0, "v_th": 0.4})],
    "sinabs": [("sinabs_nonorm", {}), ("sinabs_nonorm", {"tau_mem": 7.0, "spike_threshold": 3.0})],
    "rockpool": [("rockpool", {}), ("rockpool", {"tau_mem": 0.01, "threshold": 7.0})],
}


def differences(recorded, path):
    traced = np.load(path)
    return sum(
        int((spikes != traced[name]).sum())
        for spikes, name in zip(recorded, ["hidden", "out"])
    )


def check(spikepad, framework, dialect, parameters, model, folder):
    file, traced = folder / "graph.nir", folder / "trace.npz"
    given = [f"--set={name}={value}" for name, value in parameters.items()]
    network = ["--model", str(model)] if model else []

    def run(*arguments):
        subprocess.run([spikepad, *arguments], check=True, stdout=subprocess.DEVNULL)

    run("export", "--to", f"nir:{dialect}", "--out", str(file), *network, *given)
    wrong = 0
    for train in sorted(FIXTURES.glob("input_*.npz")):
        spikes = np.load(train)["spikes"]
        with torch.no_grad():
            recorder = READERS[framework](str(file), {}, spikes, spikes.shape[1:])
        layers = recorder.layers([128, 10])
        common = ["--spikes", str(train), "--out", str(traced)]
        run("trace", "--as", framework, "--model", str(file), *common)
        as_read = differences(layers, traced)
        run("trace", "--dialect", dialect, *network, *given, *common)
        as_dialect = differences(layers, traced)
        total = int(sum(layer.sum() for layer in layers))
        name = model.stem if model else "shipped network"
        print(
            f"{framework} {dialect} {parameters or ''} {name}, {train.stem}: {total} spikes, "
            f"{as_read} differ from --as, {as_dialect} from --dialect",
            flush=True,
        )
        # A dialect sums as MKL does on Intel's processors, a reading as on AMD's.
        wrong += min(as_read, as_dialect)
    return wrong


if __name__ == "__main__":
    torch.set_num_threads(1)
    new = {"snntorch", "spikingjelly"}
    wanted = sys.argv[2:] or (new if NEW else set(SETS) - new)
    with tempfile.TemporaryDirectory() as folder:
        wrong = sum(
            check(sys.argv[1], framework, *setting, model, Path(folder))
            for framework in wanted
            for setting in SETS[framework]
            for model in [MODEL, None]
        )
    sys.exit(f"{wrong} spikes differ" if wrong else 0)
