"""Sinabs: `LIF` and `IAF`, which may spike many times per step."""

from sinabs.activation import SingleSpike
from sinabs.layers import IAF, LIF

from common import renew
from torch_network import IN_BLOCKS, present

VARIANTS = {
    "sinabs": {"layer": LIF, "tau_mem": 20.0},
    "sinabs_single": {"layer": LIF, "tau_mem": 20.0, "spike_fn": SingleSpike},
    "sinabs_nonorm": {"layer": LIF, "tau_mem": 20.0, "norm_input": False},
    "sinabs_nonorm_single": {
        "layer": LIF,
        "tau_mem": 20.0,
        "norm_input": False,
        "spike_fn": SingleSpike,
    },
    "sinabs_iaf": {"layer": IAF},
}


def record(spikes, weights, layer, **settings):
    layers = [layer(**settings) for _ in weights]
    return present(spikes, weights, layers, at_once, "v_mem", IN_BLOCKS)


def at_once(layer, currents):
    """Runs a layer that expects (batch, time, neurons)."""
    return layer(currents[None])[0]


if __name__ == "__main__":
    renew(VARIANTS, record)
