"""What else the question asked, answered by Nengo itself. Prints each answer; ends with an error where one is wrong."""

import nengo
import numpy as np
from nengo.dists import Choice

DT = 1e-3  # s


def spikes(network, probe, steps):
    """The spikes of a probed ensemble of amplitude 1, [steps, neurons]."""
    with nengo.Simulator(network, dt=DT, progress_bar=False) as simulator:
        simulator.run_steps(steps)
    return np.rint(simulator.data[probe] * DT)


def driven(radius):
    """20 neurons with a radius, driven at their `.neurons` by 20 values from -2 to 5."""
    with nengo.Network(seed=0) as network:
        node = nengo.Node(np.linspace(-2, 5, 20))
        ensemble = nengo.Ensemble(20, 1, radius=radius)
        nengo.Connection(node, ensemble.neurons, synapse=None)
        probe = nengo.Probe(ensemble.neurons, synapse=None)
    return spikes(network, probe, 350)


def radius():
    narrow, wide = driven(1), driven(100)
    assert narrow.any() and (narrow == wide).all()
    print(f"radius 1 and 100: the same {narrow.sum():.0f} spikes")


def one_to_one():
    values = np.arange(5.0)
    with nengo.Network(seed=0) as network:
        node = nengo.Node(values)
        ensemble = nengo.Ensemble(5, 1, gain=Choice([3]), bias=Choice([0.5]))
        nengo.Connection(node, ensemble.neurons, synapse=None)
        probe = nengo.Probe(ensemble.neurons, "input", synapse=None)
    with nengo.Simulator(network, dt=DT, progress_bar=False) as simulator:
        simulator.run_steps(2)
    currents = simulator.data[probe][-1]
    assert np.allclose(currents, 3 * values + 0.5)
    print(f"a node with the outputs {values} gives the neurons the currents {currents}: 3 x output + 0.5, one to one")
    try:
        with nengo.Network():
            nengo.Connection(nengo.Node(np.zeros(4)), nengo.Ensemble(5, 1).neurons)
    except nengo.exceptions.ValidationError as error:
        print(f"4 outputs to 5 neurons: {error}")
    else:
        raise AssertionError("another size is refused")


def encoding():
    for pixel in [1, 100, 255]:
        with nengo.Network(seed=0) as network:
            node = nengo.Node(np.full(100, float(pixel)))
            neurons = nengo.PoissonSpiking(nengo.RectifiedLinear())
            ensemble = nengo.Ensemble(
                100, 1, neuron_type=neurons, max_rates=Choice([100]), intercepts=Choice([0])
            )
            nengo.Connection(node, ensemble.neurons, synapse=None)
            probe = nengo.Probe(ensemble.neurons, synapse=None)
        counts = spikes(network, probe, 200)
        mean, variance = counts.mean(), counts.var()
        assert abs(mean - pixel * 0.1) < 0.05 * pixel * 0.1 and abs(variance / mean - 1) < 0.05
        print(f"a pixel of {pixel}: {mean:.2f} spikes a step, variance {variance:.2f}, each 1000 high")


def direct():
    try:
        with nengo.Network() as network:
            ensemble = nengo.Ensemble(5, 1, neuron_type=nengo.Direct())
            nengo.Connection(nengo.Node(np.zeros(5)), ensemble.neurons)
        nengo.Simulator(network, progress_bar=False)
    except nengo.exceptions.NengoException as error:
        print(f"Direct: {type(error).__name__}: {error}")
    else:
        raise AssertionError("Direct is refused")


def counting():
    trains = np.zeros((350, 2))
    trains[5, 0] = trains[50::2, 1] = 1
    filtered = nengo.Lowpass(0.1).filt(trains, dt=DT, y0=0)
    steps, counts = (filtered > 0).sum(axis=0), trains.sum(axis=0)
    assert steps.argmax() == 0 and counts.argmax() == 1
    print(f"one spike in step 5, and {counts[1]:.0f} spikes from step 50 on: probe > 0 in {steps} steps")


if __name__ == "__main__":
    for answer in [radius, one_to_one, encoding, direct, counting]:
        answer()
