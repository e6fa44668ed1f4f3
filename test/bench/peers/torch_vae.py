"""The standard convolutional VAE in PyTorch eager, channels last: the peer of Varia's training and decoding speed.

Reads the net as JSON from argv[1]: {size, channels, widths, dense, latent, batch, seconds, threads}.
Prints one JSON object: {version, trainingRate, decode1, decode64}, in pictures a second and milliseconds.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

spec = json.loads(sys.argv[1])
torch.set_num_threads(spec["threads"])
torch.manual_seed(0)
channels, widths, side = spec["channels"], spec["widths"], spec["size"] >> len(spec["widths"])
flat = side * side * widths[-1]


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        ins, down = channels, []
        for width in widths:
            down += [nn.Conv2d(ins, width, 4, 2, 1), nn.ReLU()]
            ins = width
        hidden = spec["dense"]
        narrow = [nn.Linear(flat, hidden), nn.ReLU()] if hidden else []
        widen = [nn.Linear(spec["latent"], hidden), nn.ReLU()] if hidden else []
        self.encoder = nn.Sequential(*down, nn.Flatten(), *narrow)
        self.mu = nn.Linear(hidden or flat, spec["latent"])
        self.logvar = nn.Linear(hidden or flat, spec["latent"])
        self.widen = nn.Sequential(*widen, nn.Linear(hidden or spec["latent"], flat), nn.ReLU())
        up = []
        for i in reversed(range(len(widths))):
            up += [nn.ConvTranspose2d(widths[i], widths[i - 1] if i else channels, 4, 2, 1)] + ([nn.ReLU()] if i else [])
        self.up = nn.Sequential(*up)

    def decode(self, z):
        return self.up(self.widen(z).view(-1, widths[-1], side, side))

    def forward(self, x):
        h = self.encoder(x)
        mu, logvar = self.mu(h), self.logvar(h)
        logits = self.decode(mu + torch.exp(0.5 * logvar) * torch.randn_like(mu))
        nll = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = 0.5 * (mu.square() + logvar.exp() - 1 - logvar).sum()
        return (nll + kl) / x.shape[0]


model = Vae().to(memory_format=torch.channels_last)
optimiser = torch.optim.Adam(model.parameters(), 1e-3)
shape = (spec["batch"], channels, spec["size"], spec["size"])
x = torch.rand(shape).to(memory_format=torch.channels_last)


def step():
    optimiser.zero_grad(set_to_none=True)
    loss = model(x)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 200)
    optimiser.step()
    return loss.item()


def milliseconds(work, seconds):
    for _ in range(3):
        work()
    times, begun = [], time.perf_counter()
    while time.perf_counter() - begun < seconds or len(times) < 5:
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


def decode(count):
    z = torch.randn(count, spec["latent"])
    with torch.inference_mode():
        return lambda: torch.sigmoid(model.decode(z)).detach().numpy()


training = milliseconds(step, spec["seconds"])
with torch.inference_mode():
    one, many = milliseconds(decode(1), 2), milliseconds(decode(64), 2)
print(
    json.dumps(
        {
            "version": torch.__version__,
            "trainingRate": 1000 * spec["batch"] / training,
            "decode1": one,
            "decode64": many,
        }
    )
)
