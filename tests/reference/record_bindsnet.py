"""BindsNET: `LIFNodes`; a connection carries the spikes of the step before."""

import torch
from bindsnet.network import Network
from bindsnet.network.monitors import Monitor
from bindsnet.network.nodes import Input, LIFNodes
from bindsnet.network.topology import Connection

from common import renew
from torch_network import IN_ORDER, currents

VARIANTS = {
    "bindsnet": {},
    "bindsnet_x13": {"scale": 13},
    "bindsnet_unit": {"thresh": 1.0, "rest": 0.0, "reset": 0.0},
}


class RecordedConnection(Connection):
    """A connection that records its currents, before refractory neurons ignore them."""

    def compute(self, s):
        self.carried = [
            *getattr(self, "carried", []),
            currents(s.float(), self.w, IN_ORDER),
        ]
        return self.carried[-1]


def record(spikes, weights, scale=1, **settings):
    layers = {
        "input": Input(784),
        "hidden": LIFNodes(128, **settings),
        "out": LIFNodes(10, **settings),
    }
    network = Network(dt=1.0)
    for name, layer in layers.items():
        network.add_layer(layer, name)
    for source, target, w in zip(layers, ["hidden", "out"], weights):
        w = torch.from_numpy(w) * scale
        network.add_connection(
            RecordedConnection(layers[source], layers[target], w=w), source, target
        )
        network.add_monitor(Monitor(layers[target], ["s"], time=len(spikes)), target)
    network.run({"input": torch.from_numpy(spikes).float()}, time=len(spikes))

    recording = {
        name: network.monitors[name].get("s")[:, 0].numpy()
        for name in ["hidden", "out"]
    }
    for number, (source, target) in enumerate(
        [("input", "hidden"), ("hidden", "out")], 1
    ):
        recording[f"i{number}"] = torch.cat(
            network.connections[source, target].carried
        ).numpy()
        recording[f"v{number}_final"] = layers[target].v[0].numpy()
    return recording


if __name__ == "__main__":
    renew(VARIANTS, record)
