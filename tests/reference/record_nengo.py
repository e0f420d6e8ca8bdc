"""Nengo: `LIF` and `SpikingRectifiedLinear`, connected neuron to neuron without a synapse."""

import nengo
import numpy as np
from nengo.dists import Choice

from common import DT, STEPS, renew

# The question's gain and bias: max_rates and intercepts determine them.
QUESTION = {"max_rates": Choice([100]), "intercepts": Choice([0])}
PLAIN = {"gain": Choice([1]), "bias": Choice([0])}
ZERO = {"voltage": Choice([0])}

VARIANTS = {
    "nengo": {
        "neuron": nengo.LIF(amplitude=0.005),
        "ensemble": PLAIN,
        "amplitude": 0.005,
    },
    "nengo_seed": {"neuron": nengo.LIF(), "ensemble": QUESTION, "amplitude": 1},
    "nengo_v0zero": {
        "neuron": nengo.LIF(amplitude=0.005, initial_state=ZERO),
        "ensemble": PLAIN,
        "amplitude": 0.005,
    },
    "nengo_srl": {
        "neuron": nengo.SpikingRectifiedLinear(),
        "ensemble": PLAIN,
        "amplitude": 1,
    },
}


def record(spikes, weights, neuron, ensemble, amplitude):
    """Presents `spikes` with a height of `amplitude`/dt. The network's seed determines the initial voltages."""
    with nengo.Network(seed=0) as network:
        source = nengo.Node(nengo.processes.PresentInput(spikes * (amplitude / DT), DT))
        layers = []
        for w in weights:
            layers.append(nengo.Ensemble(w.shape[1], 1, neuron_type=neuron, **ensemble))
            target = layers[-1].neurons
            nengo.Connection(source, target, transform=w.T, synapse=None)
            source = target
        probes = [
            {
                variable: nengo.Probe(layer.neurons, variable)
                for variable in layer.neurons.probeable
            }
            for layer in layers
        ]

    with nengo.Simulator(network, dt=DT, progress_bar=False) as simulator:
        voltages = [simulator.model.sig[layer.neurons]["voltage"] for layer in layers]
        initial = [simulator.signals[voltage].copy() for voltage in voltages]
        simulator.run_steps(STEPS)

    built = simulator.data[layers[0]]
    recording = {"gain": built.gain[0], "bias": built.bias[0]}
    for number, spikes_of in enumerate(["hidden", "out"], 1):
        data = {
            name: simulator.data[probe] for name, probe in probes[number - 1].items()
        }
        recording[spikes_of] = np.rint(data["output"] * (DT / neuron.amplitude))
        recording[f"i{number}"] = data["input"]
        recording[f"v{number}_init"] = initial[number - 1]
        recording[f"v{number}_final"] = data["voltage"][-1]
        if "refractory_time" in data:
            recording[f"r{number}_final"] = data["refractory_time"][-1]
    return recording


if __name__ == "__main__":
    renew(VARIANTS, record)
