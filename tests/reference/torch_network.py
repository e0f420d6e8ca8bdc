"""One presentation through the neurons of a framework that is built on PyTorch."""

import torch

torch.set_grad_enabled(False)

# A matrix product in float32 depends on the order of its sums, and PyTorch's order depends on the processor.
# So the currents are summed in a stated order: either input by input, or in blocks that are then added, as
# MKL was observed to sum a whole presentation of 784 inputs.
IN_ORDER = []
IN_BLOCKS = [384, 584]


def currents(spikes, weight, cuts):
    """`spikes @ weight`, (steps, outputs), for spikes (steps, inputs) and weights (inputs, outputs)."""
    total = torch.zeros(len(spikes), weight.shape[1])
    for block in torch.arange(len(weight)).tensor_split(
        [cut for cut in cuts if cut < len(weight)]
    ):
        partial = torch.zeros_like(total)
        for k in block[spikes[:, block].any(dim=0)]:
            # Fused multiply-add: several spikes times a weight are not rounded before they are added.
            partial = (
                partial.double() + spikes[:, k, None].double() * weight[k].double()
            ).float()
        total += partial
    assert torch.allclose(total, spikes @ weight, rtol=1e-4, atol=1e-3)
    return total


def present(spikes, weights, layers, run, potential, cuts=IN_ORDER):
    """The recording of one presentation of `spikes` (steps, inputs).

    `layers` are the hidden and the output neurons of a framework. `run(layer, currents)` presents
    currents (steps, neurons) to a layer and returns its spikes. The attribute of a layer named
    `potential` is its membrane potential.
    """
    recording, layer_input = {}, torch.from_numpy(spikes).float()
    for number, name, layer, weight in zip([1, 2], ["hidden", "out"], layers, weights):
        current = currents(layer_input, torch.from_numpy(weight), cuts)
        layer_input = run(layer, current)
        recording[f"i{number}"] = current.numpy()
        recording[name] = layer_input.numpy()
        recording[f"v{number}_final"] = getattr(layer, potential).flatten().numpy()
    return recording


def step_by_step(layer, currents):
    """Runs a layer that has no time dimension, with a batch of one in each step."""
    return torch.cat([layer(current) for current in currents.split(1)])
