"""Rockpool: `LIFTorch` with its synaptic current. It may spike many times per step."""

import sys

# Rockpool's interface to hardware. Rockpool would download it at the first import.
sys.modules["samna"] = None

from rockpool.nn.modules import LIFTorch

from common import renew
from torch_network import IN_BLOCKS, present

VARIANTS = {"rockpool": {}, "rockpool_single": {"max_spikes_per_dt": 1}}


def record(spikes, weights, **settings):
    layers = [LIFTorch(w.shape[1], **settings) for w in weights]
    return present(spikes, weights, layers, at_once, "vmem", IN_BLOCKS)


def at_once(layer, currents):
    """Runs a layer that expects (batch, time, neurons) and also returns its state."""
    spikes, _, _ = layer(currents[None])
    return spikes[0]


if __name__ == "__main__":
    renew(VARIANTS, record)
