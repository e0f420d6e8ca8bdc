"""SpikingJelly's ann2snn and Sinabs' from_model: conversions of trained networks, with the image as a constant input.

record_conversions.py writes `tests/fixtures/conversions/RECIPE_NETWORK.npz`.
"""

import numpy as np
import sinabs.layers
import torch
from sinabs.from_torch import from_model
from spikingjelly.activation_based import ann2snn, functional, neuron

from common import ROOT, question, small

FOLDER = ROOT / "tests" / "fixtures" / "conversions"
STEPS = 60

torch.set_grad_enabled(False)
torch.set_num_threads(1)


def torch_model(layers):
    modules = []
    for w, b in layers:
        linear = torch.nn.Linear(*w.shape, bias=b is not None)
        linear.weight.copy_(torch.from_numpy(w.T.copy()))
        if b is not None:
            linear.bias.copy_(torch.from_numpy(b))
        modules += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1]).eval()


def spikingjelly(mode):
    def convert(model, images):
        recipe = ann2snn.RateCodingRecipe(dataloader=[(images, None)], mode=mode)
        converted = ann2snn.FXConverter(recipe=recipe, device="cpu").convert(model)
        return converted.eval(), neuron.IFNode, functional.reset_net

    return convert


def sinabs_from_model(model, images):
    converted = from_model(model, batch_size=len(images)).spiking_model
    return converted.eval(), sinabs.layers.IAFSqueeze, lambda _: None


RECIPES = {
    "spikingjelly_max": spikingjelly("max"),
    "spikingjelly_99.9": spikingjelly("99.9%"),
    "sinabs_from_model": sinabs_from_model,
}


def record(convert, layers, images):
    model = torch_model(layers)
    pixels = torch.from_numpy(np.stack(images).astype(np.float32) / np.float32(255))
    # The activations of each layer with ReLU, as VoltageHook sees them.
    hidden, x = [], pixels
    for module in model:
        x = module(x)
        if isinstance(module, torch.nn.ReLU):
            hidden.append(x)
    converted, kind, reset = convert(model, pixels)
    reset(converted)
    spikes = {}
    for number, module in enumerate(
        [module for module in converted.modules() if isinstance(module, kind)], 1
    ):
        module.register_forward_hook(
            lambda _module, _input, output, number=number: spikes.setdefault(
                number, []
            ).append(output.numpy())
        )
    outputs = [converted(pixels).numpy() for _ in range(STEPS)]
    recording = {
        "images": np.stack(images),
        "max": np.array([h.max() for h in hidden], np.float32),
        "percentile99.9": np.array(
            [torch.quantile(h, 0.999) for h in hidden], np.float32
        ),
        "sums": np.sum(outputs, axis=0, dtype=np.float64),
    }
    for number, counts in spikes.items():
        recording[f"spikes{number}"] = np.stack(counts, 1).astype(np.uint8)
    return recording


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for network, (layers, images) in {"question": question(), "small": small()}.items():
        for name, convert in RECIPES.items():
            recording = record(convert, layers, images)
            if network == "small":
                for number, (w, b) in enumerate(layers, 1):
                    recording |= {f"w{number}": w, f"b{number}": b}
            np.savez_compressed(FOLDER / f"{name}_{network}.npz", **recording)
            print(name, network, {key: value.shape for key, value in recording.items()})
