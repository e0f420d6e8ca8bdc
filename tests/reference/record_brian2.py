"""Brian2: an exactly integrated leaky membrane, `unless refractory`."""

import numpy as np
from brian2 import (
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    Synapses,
    defaultclock,
    ms,
    prefs,
)

from common import STEPS, renew

# Needs no compiler, and gives the same numbers as compiled code.
prefs.codegen.target = "numpy"

VARIANTS = {"brian2": {"refractory": 5 * ms}, "brian2_norefr": {"refractory": 0 * ms}}


def record(spikes, weights, refractory):
    """Presents `spikes` at t = step * dt. Weights are added one by one, so there is no current to record."""
    defaultclock.dt = 1 * ms
    steps, pixels = np.nonzero(spikes)
    groups = [SpikeGeneratorGroup(spikes.shape[1], pixels, steps * ms)]
    synapses, monitors = [], []
    for matrix in weights:
        group = NeuronGroup(
            matrix.shape[1],
            "dv/dt = -v / (20*ms) : 1 (unless refractory)",
            threshold="v > 1",
            reset="v = 0",
            refractory=refractory,
            method="exact",
        )
        connection = Synapses(groups[-1], group, "w : 1", on_pre="v_post += w")
        connection.connect()
        connection.w = matrix.ravel()
        groups.append(group)
        synapses.append(connection)
        monitors.append(SpikeMonitor(group))
    Network(groups, synapses, monitors).run(STEPS * ms)

    recording = {"v1_final": groups[1].v[:], "v2_final": groups[2].v[:]}
    for key, monitor in zip(["hidden", "out"], monitors):
        recording[key] = np.zeros((STEPS, len(monitor.source)))
        recording[key][np.rint(monitor.t / ms).astype(int), monitor.i] = 1
    return recording


if __name__ == "__main__":
    renew(VARIANTS, record)
