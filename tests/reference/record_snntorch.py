"""snnTorch: `Leaky`, whose reset happens one step after the spike."""

import math

from snntorch import Leaky

from common import renew
from torch_network import present, step_by_step

BETA = math.exp(-1 / 20)

VARIANTS = {
    "snntorch": {"beta": BETA},
    "snntorch_b090": {"beta": 0.9},
    "snntorch_th8": {"beta": BETA, "threshold": 8},
    "snntorch_zero": {"beta": BETA, "reset_mechanism": "zero"},
}


def record(spikes, weights, **settings):
    layers = [Leaky(init_hidden=True, **settings) for _ in weights]
    return present(spikes, weights, layers, step_by_step, "mem")


if __name__ == "__main__":
    renew(VARIANTS, record)
