"""NengoDL: `nengo_dl.Converter` on Keras models. Needs the environment of requirements-tensorflow.txt.

record_nengo_dl.py writes `tests/fixtures/converter/CASE.npz` for each of CASES.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import nengo
import nengo_dl
import numpy as np
import tensorflow as tf

from common import DT, ROOT, question, small

FOLDER = ROOT / "tests" / "fixtures" / "converter"
STEPS = 100

SRL, LIF = nengo.SpikingRectifiedLinear(), nengo.LIF()
RELU = tf.keras.activations.relu

# The network, the activations of its layers, what takes the place of a ReLU, scale_firing_rates and synapse. `question` is
# the question's network, `small` one with biases and random weights.
CASES = {
    "srl": ("question", ["relu", "softmax"], SRL, None, None),
    "srl_100": ("question", ["relu", "softmax"], SRL, 100, 0.01),
    "srl_500": ("question", ["relu", "softmax"], SRL, 500, None),
    "lif": ("question", ["relu", "softmax"], LIF, None, 0.01),
    "lif_100": ("question", ["relu", "softmax"], LIF, 100, 0.01),
    "small_list": ("small", ["relu", "relu", "softmax"], SRL, [200, None], 0.005),
    "small_direct": ("small", ["relu", "relu", "softmax"], SRL, 300, None),
    "small_lif": ("small", ["relu", "relu", "linear"], LIF, 3, 0.02),
    "small_neurons": ("small", ["relu", "relu", "relu"], SRL, 50, 0.01),
    "small_neurons_direct": ("small", ["relu", "relu", "relu"], SRL, 50, None),
    "small_rates": ("small", ["sigmoid", "tanh", "softmax"], None, 2, 0.005),
    "small_no_swap": ("small", ["relu", "relu", "softmax"], None, 100, 0.01),
    "small_elu": ("small", ["elu", "relu", "sigmoid"], SRL, 100, 0.01),
}


NETWORKS = {"question": question(), "small": small()}


def keras_model(layers, activations):
    source = x = tf.keras.Input((layers[0][0].shape[0],))
    for (w, b), activation in zip(layers, activations):
        dense = tf.keras.layers.Dense(
            w.shape[1], activation=activation, use_bias=b is not None
        )
        x = dense(x)
        dense.set_weights([w] if b is None else [w, b])
    return tf.keras.Model(source, x)


def record(name, activations, neuron, scale, synapse):
    layers, images = NETWORKS[name]
    model = keras_model(layers, activations)
    if isinstance(scale, list):
        scale = {layer: s for layer, s in zip(model.layers[1:], scale) if s is not None}
    converter = nengo_dl.Converter(
        model,
        swap_activations={RELU: neuron} if neuron else None,
        scale_firing_rates=scale,
        synapse=synapse,
    )
    converter.net.seed = 0
    with converter.net:
        nengo_dl.configure_settings(stateful=False)
        spiking = [
            (number, neurons)
            for number, layer in enumerate(model.layers[1:], 1)
            if isinstance(
                neurons := converter.layers[layer], nengo.ensemble.Neurons
            )
            and "voltage" in neurons.probeable
        ]
        probes = {
            number: (nengo.Probe(neurons, synapse=None), nengo.Probe(neurons, "voltage"))
            for number, neurons in spiking
        }
    data = np.stack(images)[:, None, :] / np.float32(255)
    with nengo_dl.Simulator(
        converter.net, minibatch_size=len(images), progress_bar=False
    ) as simulator:
        result = simulator.predict(
            np.tile(data.astype(np.float32), (1, STEPS, 1)), verbose=0
        )
        recording = {"images": np.stack(images)}
        for number, neurons in spiking:
            voltage = simulator.model.sig[neurons]["voltage"].initial_value
            height = neurons.ensemble.neuron_type.amplitude / DT
            output, potentials = (result[probe] for probe in probes[number])
            counts = np.rint(output / height)
            assert np.allclose(counts * height, output, rtol=1e-5), "whole spikes"
            recording[f"spikes{number}"] = counts.astype(np.uint8)
            recording[f"v{number}_init"] = np.array(voltage, np.float32)
            recording[f"v{number}_final"] = potentials[:, -1]
        outputs = result[converter.outputs[model.output]]
    # Every tenth step, which keeps the files small.
    recording["outputs"] = outputs[:, ::10]
    recording["last"] = outputs[:, -1]
    if name == "small":
        for number, (w, b) in enumerate(layers, 1):
            recording |= {f"w{number}": w, f"b{number}": b}
    return recording


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case, settings in CASES.items():
        recording = record(*settings)
        np.savez_compressed(FOLDER / f"{case}.npz", **recording)
        print(case, {key: value.shape for key, value in recording.items()})
