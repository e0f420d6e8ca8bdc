"""Norse: `LIFCell` with its synaptic current, and `LIFBoxCell` without."""

from norse.torch import LIFBoxCell, LIFCell

from common import renew
from torch_network import present, step_by_step

VARIANTS = {"norse": {"cell": LIFCell}, "norse_box": {"cell": LIFBoxCell}}


class Stateful:
    """A cell that keeps its own state."""

    def __init__(self, cell):
        self.cell, self.state = cell, None

    def __call__(self, current):
        spikes, self.state = self.cell(current, self.state)
        return spikes

    @property
    def v(self):
        return self.state.v


def record(spikes, weights, cell):
    layers = [Stateful(cell()) for _ in weights]
    return present(spikes, weights, layers, step_by_step, "v")


if __name__ == "__main__":
    renew(VARIANTS, record)
