"""The numbers that PyTorch makes of the network in Fixture.java. In this folder:

  python fixture.py make       trains FIRST steps with each optimizer, saves model and optimizer, and
                               records the losses of the NEXT steps and the weights after them
  python fixture.py continue   loads what Gradus exported HALF-way through those steps, and records
                               the losses that PyTorch gets from there on

The exports between the two are written by the class dev.gradus.djl.torch.Exports among the tests:
its main method takes this folder. Needs torch and safetensors; the records say of which version
they are.
"""

import json
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn, optim

FIRST, NEXT, HALF = 10, 10, 5
BATCH, SIDE, CLASSES = 8, 4, 3



def decayed_weights(model):
    """Two groups, as many programs make them: their order is not that of the layers."""
    named = list(model.named_parameters())
    return [
        {"params": [(n, p) for n, p in named if p.ndim > 1], "weight_decay": 0.1},
        {"params": [(n, p) for n, p in named if p.ndim == 1], "weight_decay": 0},
    ]


OPTIMIZERS = {
    "sgd": (optim.SGD, {"lr": 0.05, "momentum": 0.9, "dampening": 0.1, "weight_decay": 0.01}),
    "nesterov": (optim.SGD, {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "adam": (optim.Adam, {"lr": 0.01, "weight_decay": 0.01}),
    "adamw": (optim.AdamW, {"lr": 0.01}),
    "amsgrad": (optim.Adam, {"lr": 0.01, "amsgrad": True}),
    "nadam": (optim.NAdam, {"lr": 0.01}),
    "radam": (optim.RAdam, {"lr": 0.01, "betas": (0.9, 0.99)}),
    "rmsprop": (optim.RMSprop, {"lr": 0.005, "alpha": 0.9, "momentum": 0.9, "centered": True}),
    "adagrad": (optim.Adagrad, {"lr": 0.05, "lr_decay": 0.01}),
    "adadelta": (optim.Adadelta, {"lr": 1.0, "rho": 0.9}),
}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 2, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(2)
        self.fc1 = nn.Linear(2 * SIDE * SIDE, 6)
        self.norm = nn.LayerNorm(6)
        self.fc2 = nn.Linear(6, CLASSES)

    def forward(self, images):
        hidden = torch.relu(self.bn1(self.conv1(images))).flatten(1)
        return self.fc2(torch.relu(self.norm(self.fc1(hidden))))


def batch(step):
    """Integer arithmetic only, so that every language gets the same numbers."""
    pixels = SIDE * SIDE
    targets = [(5 * example + step) % CLASSES for example in range(BATCH)]
    images = [
        ((step * BATCH + example) * pixels + pixel) * 7919 % 1009 / 1009
        + (pixel % CLASSES == targets[example])
        for example in range(BATCH)
        for pixel in range(pixels)
    ]
    return torch.tensor(images).reshape(BATCH, 1, SIDE, SIDE), torch.tensor(targets)


def train(model, optimizer, steps):
    losses = []
    for step in steps:
        images, targets = batch(step)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def save_optimizer(optimizer, file):
    saved = optimizer.state_dict()
    tensors = {
        f"state.{index}.{name}": torch.as_tensor(value)
        for index, state in saved["state"].items()
        for name, value in state.items()
        if value is not None
    }
    save_file(tensors, file, {"param_groups": json.dumps(saved["param_groups"])})


def load_optimizer(kind, model, file):
    state = {}
    with safe_open(file, "pt") as saved:
        groups = json.loads(saved.metadata()["param_groups"])
        for key in saved.keys():
            _, index, name = key.split(".")
            state.setdefault(int(index), {})[name] = saved.get_tensor(key)
    named = dict(model.named_parameters())
    optimizer = kind([{"params": [named[n] for n in group["param_names"]]} for group in groups])
    usual = optimizer.state_dict()["param_groups"]
    groups = [{**others, **group} for others, group in zip(usual, groups)]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return optimizer


def make(name):
    torch.manual_seed(1)
    model = Net()
    kind, options = OPTIMIZERS[name]
    parameters = decayed_weights(model) if name == "adamw" else model.parameters()
    optimizer = kind(parameters, **options)
    train(model, optimizer, range(FIRST))
    save_file(model.state_dict(), f"{name}-model.safetensors")
    save_optimizer(optimizer, f"{name}-optimizer.safetensors")
    losses = train(model, optimizer, range(FIRST, FIRST + NEXT))
    save_file(model.state_dict(), f"{name}-after.safetensors")
    return losses


def continued(name):
    model = Net()
    model.load_state_dict(load_file(f"{name}-exported-model.safetensors"), strict=True)
    kind, _ = OPTIMIZERS[name]
    optimizer = load_optimizer(kind, model, f"{name}-exported-optimizer.safetensors")
    return train(model, optimizer, range(FIRST + HALF, FIRST + NEXT))


if __name__ == "__main__":
    torch.set_num_threads(1)
    record, work = {"make": ("losses.json", make), "continue": ("continued.json", continued)}[sys.argv[1]]
    losses = {name: work(name) for name in OPTIMIZERS}
    with open(record, "w") as file:
        json.dump({"source": f"torch {torch.__version__}", **losses}, file, indent=1)
        file.write("\n")
