"""SpikingJelly: `LIFNode` and `IFNode`."""

from spikingjelly.activation_based.neuron import IFNode, LIFNode

from common import renew
from torch_network import IN_BLOCKS, present

VARIANTS = {
    "spikingjelly": {"node": LIFNode},
    "spikingjelly_if": {"node": IFNode},
    "spikingjelly_tau20": {"node": LIFNode, "tau": 20.0},
    "spikingjelly_tau20_soft": {"node": LIFNode, "tau": 20.0, "v_reset": None},
}


def record(spikes, weights, node, **settings):
    layers = [node(**settings, step_mode="m") for _ in weights]
    return present(spikes, weights, layers, at_once, "v", IN_BLOCKS)


def at_once(layer, currents):
    return layer(currents)


if __name__ == "__main__":
    renew(VARIANTS, record)
