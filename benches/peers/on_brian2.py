"""Measures Brian2. It runs one digit at a time, on one thread."""

import numpy as np

from job import DT, PIXELS, STEPS


def present(job):
    """Returns a function from an image (784,), from 0 to 1, to output spikes (10,)."""
    from brian2 import (
        Hz,
        Network,
        NeuronGroup,
        PoissonGroup,
        SpikeMonitor,
        Synapses,
        defaultclock,
        ms,
        prefs,
    )

    # The fastest target, and the default if Brian2 finds a compiler.
    prefs.codegen.target = "cython"
    defaultclock.dt = DT * ms
    pixels = PoissonGroup(PIXELS, rates=np.zeros(PIXELS) * Hz)
    groups, synapses = [pixels], []
    for matrix in job.weights:
        group = NeuronGroup(
            matrix.shape[1],
            "dv/dt = -v / tau : 1",
            threshold="v >= 1",
            reset="v -= 1",
            method="exact",
            namespace={"tau": job.tau * ms},
        )
        synapse = Synapses(groups[-1], group, "w : 1", on_pre="v_post += w")
        synapse.connect()
        synapse.w = matrix.ravel()
        groups.append(group)
        synapses.append(synapse)
    monitor = SpikeMonitor(groups[-1], record=False)
    network = Network(groups, synapses, monitor)
    network.store()

    def run(image):
        network.restore()
        pixels.rates = image / (DT * ms)
        network.run(STEPS * DT * ms)
        return np.array(monitor.count)

    return run


def measure(job, digits, timed):
    """Measures the first `digits` digits, one after another."""
    run = present(job)
    images = job.images[:digits]
    # The first run compiles the network.
    run(images[0])
    seconds, counts = timed(lambda: np.stack([run(image) for image in images]))
    return [
        {
            "way": "compiled with Cython",
            "batch": 1,
            "us_per_image": seconds / digits * 1e6,
            "accuracy": job.accuracy(counts),
        }
    ]
