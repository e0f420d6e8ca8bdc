"""Rockpool: `LIFTorch` with its synaptic current, which may spike many times a step."""

import sys

# Rockpool's link to hardware, which would be fetched when it is first imported.
sys.modules["samna"] = None

from rockpool.nn.modules import LIFTorch

from common import renew
from torch_network import IN_BLOCKS, present

VARIANTS = {"rockpool": {}, "rockpool_single": {"max_spikes_per_dt": 1}}


def record(spikes, weights, **settings):
    layers = [LIFTorch(w.shape[1], **settings) for w in weights]
    return present(spikes, weights, layers, at_once, "vmem", IN_BLOCKS)


def at_once(layer, currents):
    """Runs a layer that expects (batch, time, neurons), and returns its state beside the spikes."""
    spikes, _, _ = layer(currents[None])
    return spikes[0]


if __name__ == "__main__":
    renew(VARIANTS, record)
