"""NIR files as snnTorch, SpikingJelly, Norse, Sinabs and Rockpool read them.

    python record_nir.py [FRAMEWORK ..]

Makes tests/fixtures/nir/CASE__FRAMEWORK.npz: a small file that `nir` wrote, the input spikes, and the spikes of each layer
of neurons that the framework makes of it. snnTorch and SpikingJelly need nir 1.0.8 and nirtorch 2.6, the others nir 1.0.4 and
nirtorch 2.0.2, so renew.sh calls this script once for each of the two.
"""

import contextlib
import io
import sys
import tempfile
from pathlib import Path

import nir
import numpy as np
import torch

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "nir"

SIZES = (64, 12, 10)
STEPS = 60

NEW = nir.version.startswith("1.0.8")
"""Whether this is the nir that snnTorch and SpikingJelly read files with."""


def spread(low, high, count, dtype=np.float32):
    """Another number for each neuron, in an order that is not that of the neurons."""
    return np.linspace(low, high, count)[np.argsort(np.arange(count) * 7 % count)].astype(
        dtype
    )


def full(value, count, dtype=np.float32):
    return np.full(count, value, dtype)


def weights(inputs, outputs, exact):
    """Multiples of 1/32, whose sums are exact in any order, or numbers whose sums depend on it."""
    random = np.random.default_rng(inputs * 1000 + outputs)
    drawn = random.normal(0.12, 0.35, (outputs, inputs)).astype(np.float32)
    return (np.round(drawn * 32) / 32).astype(np.float32) if exact else drawn


def graph(neurons, bias=False, exact=True, first=(), shape=(64,)):
    """A chain: `first`, weights, `neurons(12)`, weights, `neurons(10)`."""
    nodes = {"input": nir.Input(input_type={"input": np.array(shape)})}
    nodes.update({f"first{i}": node for i, node in enumerate(first)})
    for layer, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
        matrix = weights(inputs, outputs, exact)
        shift = spread(-0.5, 0.75, outputs)
        nodes[f"w{layer}"] = (
            nir.Affine(matrix, shift) if bias else nir.Linear(matrix)
        )
        made = neurons(outputs, layer)
        if made is not None:
            nodes[f"n{layer}"] = made
    nodes["output"] = nir.Output(output_type={"output": np.array([SIZES[-1]])})
    names = list(nodes)
    return nir.NIRGraph(nodes, list(zip(names, names[1:])))


def lif(tau, r, v_threshold, v_leak=0.0, dtype=np.float32, **more):
    """`tau` and the rest are numbers, or functions of the number of neurons."""
    return lambda n, layer: nir.LIF(
        tau=values(tau, n, dtype),
        r=values(r, n, dtype),
        v_leak=values(v_leak, n, dtype),
        v_threshold=values(v_threshold, n, dtype),
        **{name: values(value, n, dtype) for name, value in more.items()},
    )


def cuba(tau_syn, tau_mem, r, v_threshold, v_leak=0.0, dtype=np.float32, **more):
    return lambda n, layer: nir.CubaLIF(
        tau_syn=values(tau_syn, n, dtype),
        tau_mem=values(tau_mem, n, dtype),
        r=values(r, n, dtype),
        v_leak=values(v_leak, n, dtype),
        v_threshold=values(v_threshold, n, dtype),
        **{name: values(value, n, dtype) for name, value in more.items()},
    )


def integrate(r, v_threshold, dtype=np.float32, **more):
    return lambda n, layer: nir.IF(
        r=values(r, n, dtype),
        v_threshold=values(v_threshold, n, dtype),
        **{name: values(value, n, dtype) for name, value in more.items()},
    )


def last(hidden, output):
    return lambda n, layer: (output if layer else hidden)(n, layer)


def values(value, count, dtype):
    return value(count).astype(dtype) if callable(value) else full(value, count, dtype)


def scalar(neurons):
    """The same neurons with parameters that are one number without a shape."""

    def made(n, layer):
        node = neurons(1, layer)
        for name in ("tau", "tau_mem", "tau_syn", "r", "v_leak", "v_threshold", "w_in"):
            if hasattr(node, name):
                setattr(node, name, np.array(getattr(node, name)[0]))
        return node

    return made


TAUS = lambda n: spread(5e-4, 4e-3, n)
STEPS_OF_TAUS = lambda n: spread(5e-4, 4e-3, n) / np.float32(1e-4)
SLOW = lambda n: spread(4e-3, 3e-2, n)

CASES = {
    "snntorch": {
        "taus": lambda: graph(lif(TAUS, STEPS_OF_TAUS, 2.0), bias=True),
        "unordered": lambda: graph(lif(2e-3, 20.0, 3.0), exact=False, bias=True),
        "scaled_threshold": lambda: graph(lif(0.02, 20.0, 0.5)),
        "f64": lambda: graph(lif(3e-3, 7.0, 0.6, dtype=np.float64)),
        "v_reset": lambda: graph(lif(1e-3, 10.0, 3.0, v_reset=0.5)),
        "fast": lambda: graph(lif(5e-5, 0.5, 1.0)),
        "negative_threshold": lambda: graph(lif(1e-3, 10.0, -0.5)),
        "cuba": lambda: graph(
            cuba(TAUS, SLOW, lambda n: SLOW(n) / np.float32(1e-4), 30.0, w_in=STEPS_OF_TAUS)
        ),
        "cuba_scaled": lambda: graph(
            cuba(5e-4, 1e-3, 10.0, 4.0, w_in=2.5, dtype=np.float64), bias=True
        ),
        "if_last": lambda: graph(last(lif(1e-3, 10.0, 3.0), integrate(1.0, 2.0))),
        "flatten": lambda: graph(
            lif(1e-3, 10.0, 3.0),
            first=[nir.Flatten({"input": np.array([1, 8, 8])}, 0, -1)],
            shape=(1, 8, 8),
        ),
    },
    "spikingjelly": {
        "decay_input": lambda: graph(lif(2e-4, 1.0, 0.75, dtype=np.float64), bias=True),
        "unordered": lambda: graph(lif(2e-3, 20.0, 3.0), exact=False, bias=True),
        "v_reset": lambda: graph(lif(1.7e-3, 1.0, 0.2, v_leak=-0.25, v_reset=-0.25)),
        "cuba": lambda: graph(
            cuba(5e-4, 1.3e-3, 13.0, 6.0, w_in=5.0, v_reset=0.1, dtype=np.float64)
        ),
        "if": lambda: graph(integrate(1e4, 4.0, v_reset=0.5)),
        "flatten": lambda: graph(
            lif(2e-4, 1.0, 0.75),
            first=[nir.Flatten({"input": np.array([1, 8, 8])}, 0, -1)],
            shape=(1, 8, 8),
        ),
        "dt0.001": lambda: graph(lif(0.02, 20.0, 3.0)),
    },
    "norse": {
        "taus": lambda: graph(
            lif(
                SLOW,
                lambda n: spread(0.5, 2.0, n),
                lambda n: spread(0.1, 0.4, n),
                v_leak=lambda n: spread(-0.1, 0.05, n),
            ),
            bias=True,
        ),
        "unordered": lambda: graph(lif(5e-3, 1.0, 0.5), exact=False, bias=True),
        "scalars": lambda: graph(scalar(lif(5e-3, 1.0, 0.5)), shape=(1, 64)),
        "dt0.0001": lambda: graph(lif(TAUS, 1.0, 0.5)),
        "cuba": lambda: graph(
            cuba(
                lambda n: spread(2e-3, 8e-3, n),
                SLOW,
                lambda n: spread(0.5, 2.0, n),
                lambda n: spread(0.1, 0.3, n),
                v_leak=lambda n: spread(-0.1, 0.02, n),
                w_in=lambda n: spread(0.5, 1.5, n),
            )
        ),
        "if": lambda: graph(integrate(2.0, lambda n: spread(2.0, 9.0, n))),
        "scale_first": lambda: graph(lif(5e-3, 1.0, 0.5), first=[nir.Scale(full(2.0, 64))]),
    },
    "sinabs": {
        "taus": lambda: graph(
            lif(lambda n: spread(1.5, 40.0, n), 1.0, lambda n: spread(0.7, 5.0, n)), bias=True
        ),
        "unordered": lambda: graph(lif(20.0, 1.0, 1.0), exact=False, bias=True),
        "f64": lambda: graph(lif(7.0, 3.0, 0.9, dtype=np.float64), bias=True),
        "if": lambda: graph(integrate(1.0, lambda n: spread(0.7, 5.0, n)), bias=True),
        "if_f64": lambda: graph(integrate(1.0, 0.7, dtype=np.float64), bias=True),
        "li": lambda: graph(
            last(
                lif(7.0, 1.0, 2.0),
                lambda n, layer: nir.LI(full(9.0, n), full(1.0, n), full(0.0, n)),
            ),
            bias=True,
        ),
    },
    "rockpool": {
        "taus": lambda: graph(
            cuba(
                lambda n: spread(2e-3, 8e-3, n),
                SLOW,
                lambda n: spread(10.0, 20.0, n),
                lambda n: spread(0.7, 5.0, n),
                v_leak=lambda n: spread(-0.1, 0.2, n),
                w_in=3.0,
            ),
            bias=True,
        ),
        "unordered": lambda: graph(cuba(0.02, 0.02, 19.0, 1.0), exact=False, bias=True),
        "no_bias": lambda: graph(cuba(0.02, 0.01, 19.0, 2.0, dtype=np.float64)),
    },
}


def train():
    """Input spikes: more of some pixels than of others."""
    random = np.random.default_rng(1)
    rate = 0.5 * np.abs(np.sin(np.arange(SIZES[0])))
    return (random.random((STEPS, SIZES[0])) < rate).astype(np.uint8)


class Recorder:
    """Collects what the modules of some classes give in each step."""

    def __init__(self, network, classes):
        self.steps = {}
        inside = []
        for name, module in network.named_modules():
            is_part = any(name.startswith(f"{other}.") for other in inside)
            if type(module).__name__ in classes and not is_part:
                inside.append(name)
                module.register_forward_hook(self.hook(name))

    def hook(self, name):
        def collect(module, inputs, output):
            spikes = output[0] if isinstance(output, tuple) else output
            self.steps.setdefault(name, []).append(spikes.detach().numpy().copy())

        return collect

    def layers(self, widths):
        layers = [
            np.concatenate([step.reshape(-1, width) for step in steps])
            for width, steps in zip(widths, self.steps.values())
        ]
        assert len(layers) == len(widths), "each layer of neurons is recorded"
        return layers


def step_by_step(network, spikes, shape):
    state = ()
    for step in spikes:
        inputs = torch.from_numpy(step.astype(np.float32)).reshape(1, *shape)
        _, state = network(inputs, *state)
        state = (state,)


def snntorch(path, dt, spikes, shape):
    from snntorch.import_nir import import_from_nir

    with contextlib.redirect_stdout(io.StringIO()):
        network = import_from_nir(nir.read(path))
    recorder = Recorder(network, {"Leaky", "Synaptic"})
    step_by_step(network, spikes, shape)
    return recorder


def spikingjelly(path, dt, spikes, shape):
    from spikingjelly.activation_based.nir_exchange import import_from_nir

    network = import_from_nir(path, **dt)
    recorder = Recorder(network, {"_NIRStatefulModule"})
    step_by_step(network, spikes, shape)
    return recorder


def norse(path, dt, spikes, shape):
    from norse.torch import from_nir

    network = from_nir(nir.read(path), ignore_warnings=True, **dt)
    recorder = Recorder(network, {"CubaLIF", "LIFBoxCell", "IAFCell"})
    step_by_step(network, spikes, shape[-1:])
    return recorder


def sinabs(path, dt, spikes, shape):
    from sinabs.nir import from_nir

    network = from_nir(nir.read(path), batch_size=1)
    recorder = Recorder(network, {"LIFSqueeze", "IAFSqueeze", "ExpLeakSqueeze"})
    network(torch.from_numpy(spikes.astype(np.float32)))
    return recorder


def rockpool(path, dt, spikes, shape):
    from rockpool.nn.modules.torch.nir import from_nir

    network = from_nir(nir.read(path))
    recorder = Recorder(network, {"LIFTorch"})
    network(torch.from_numpy(spikes[None].astype(np.float32)))
    return recorder


READERS = {
    name: globals()[name]
    for name in ("snntorch", "spikingjelly", "norse", "sinabs", "rockpool")
}


def record(framework, case, build, spikes):
    made = build()
    shape = tuple(int(side) for side in made.nodes["input"].input_type["input"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nir"
        nir.write(path, made)
        file = np.frombuffer(path.read_bytes(), np.uint8)
        dt = {"dt": float(case.removeprefix("dt"))} if case.startswith("dt") else {}
        with torch.no_grad():
            recorder = READERS[framework](str(path), dt, spikes, shape)
    layers = recorder.layers(SIZES[1:])
    arrays = {}
    for number, layer in enumerate(layers, 1):
        counts = layer.round()
        is_spikes = np.array_equal(counts, layer) and counts.min() >= 0
        small = np.uint8 if counts.max() < 256 else np.int32
        arrays[f"s{number}"] = layer.astype(small if is_spikes else np.float32)
    target = FIXTURES / f"{case}__{framework}.npz"
    np.savez_compressed(target, graph=file, spikes=spikes, **arrays)
    totals = [float(layer.sum()) for layer in layers]
    print(f"{target.name}: {target.stat().st_size} bytes, spikes {totals}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    FIXTURES.mkdir(exist_ok=True)
    new = {"snntorch", "spikingjelly"}
    for framework in sys.argv[1:] or (new if NEW else set(CASES) - new):
        for case, build in CASES[framework].items():
            record(framework, case, build, train())
