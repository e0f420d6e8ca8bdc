"""Measures SpikingJelly and snnTorch. Each way takes images (batch, 784) from 0 to 1 and returns output spikes (batch, 10)."""

import torch

from job import STEPS


def linear(weight):
    inputs, outputs = weight.shape
    layer = torch.nn.Linear(inputs, outputs, bias=False)
    layer.weight.data = torch.from_numpy(weight.T.copy())
    return layer


def spikingjelly(job):
    """Ways to run the job on SpikingJelly, by name."""
    from spikingjelly.activation_based import encoding, functional, layer, neuron

    def network(step_mode):
        modules = []
        for weight in job.weights:
            inputs, outputs = weight.shape
            modules.append(layer.Linear(inputs, outputs, bias=False))
            modules[-1].weight.data = torch.from_numpy(weight.T.copy())
            # The fraction of the potential that remains after a step is 1 - 1/tau.
            modules.append(
                neuron.LIFNode(
                    tau=1 / (1 - job.beta), decay_input=False, v_threshold=1.0, v_reset=None
                )
            )
        net = torch.nn.Sequential(*modules).eval()
        functional.set_step_mode(net, step_mode)
        return net

    multi, single = network("m"), network("s")
    encoder = encoding.PoissonEncoder()

    def all_steps_at_once(images):
        functional.reset_net(multi)
        spikes = encoder(images.expand(STEPS, *images.shape))
        return multi(spikes).sum(0)

    def encoded_step_by_step(images):
        functional.reset_net(multi)
        spikes = torch.empty(STEPS, *images.shape)
        for step in spikes:
            step.copy_(encoder(images))
        return multi(spikes).sum(0)

    def step_by_step(images):
        functional.reset_net(single)
        counts = 0
        for _ in range(STEPS):
            counts = counts + single(encoder(images))
        return counts

    return {
        "all steps at once": all_steps_at_once,
        "all steps at once, encoded step by step": encoded_step_by_step,
        "step by step": step_by_step,
    }


def snntorch(job):
    """Ways to run the job on snnTorch, by name."""
    from snntorch import Leaky, spikegen

    linears = [linear(weight) for weight in job.weights]
    neurons = [Leaky(beta=job.beta, reset_mechanism="subtract") for _ in job.weights]

    def run(currents_of):
        membranes = [neuron.init_leaky() for neuron in neurons]
        counts = 0
        for step in range(STEPS):
            spikes = currents_of(step)
            for i, neuron in enumerate(neurons):
                if i > 0:
                    spikes = linears[i](spikes)
                spikes, membranes[i] = neuron(spikes, membranes[i])
            counts = counts + spikes
        return counts

    def step_by_step(images):
        return run(lambda _: linears[0](spikegen.rate(images, num_steps=1)[0]))

    def first_layer_at_once(images):
        currents = linears[0](spikegen.rate(images, num_steps=STEPS))
        return run(lambda step: currents[step])

    return {"step by step": step_by_step, "the first layer at once": first_layer_at_once}


def measure(job, ways, batches, threads, timed):
    """Measures each way with each size of batch. `timed(work)` returns the time in s and the result of the work."""
    torch.set_num_threads(threads)
    rows = []
    with torch.no_grad():
        for name, present in ways(job).items():
            for batch in batches:
                images = torch.from_numpy(job.images[:batch])
                seconds, counts = timed(lambda: present(images).numpy())
                rows.append(
                    {
                        "way": name,
                        "batch": batch,
                        "us_per_image": seconds / batch * 1e6,
                        "accuracy": job.accuracy(counts),
                    }
                )
    return rows
