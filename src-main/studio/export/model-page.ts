/**
 * What goes with an exported model: a page that says how to read it in Python, and a module that does, with numpy alone.
 * A test runs the module and holds its pictures to ours.
 */
import { type RunInfo } from '../../contract/run'
import { type PictureShape } from '../../model/pictures'

export const modelReader = `"""Reads a model that Varia exported and decodes latents to pictures. Needs numpy alone.

    python varia_model.py 16 pictures.npy      # 16 draws from the prior, [16, height, width, channels] in 0..1

    from varia_model import Model
    model = Model('.')                         # the folder with model.safetensors and recipe.json
    pictures = model.decode(z)                 # z [n, latent] -> [n, height, width, channels] in 0..1
    means = model.encode(pictures)             # and back: the posterior means [n, latent]
"""
import json
import os
import struct
import sys

import numpy as np


def read_safetensors(path):
    """{name: float32 array}. The format is a length, a JSON header, then the tensors' bytes."""
    with open(path, 'rb') as file:
        (length,) = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop('__metadata__', None)
    return {
        name: np.frombuffer(data[slice(*entry['data_offsets'])], '<f4').reshape(entry['shape'])
        for name, entry in header.items()
    }


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


ACTIVATIONS = {
    'relu': lambda x: np.maximum(x, 0),
    'leaky-relu': lambda x: np.where(x > 0, x, 0.1 * x),
    'silu': lambda x: x * sigmoid(x),
    'tanh': np.tanh,
}


class Model:
    def __init__(self, folder='.'):
        self.weights = read_safetensors(os.path.join(folder, 'model.safetensors'))
        with open(os.path.join(folder, 'recipe.json'), encoding='utf-8') as file:
            self.about = json.load(file)
        self.recipe = self.about['recipe']
        self.network = self.recipe['network']
        self.latent = self.recipe['latent']
        shape = self.about['shape']
        self.shape = (shape['height'], shape['width'], shape['channels'])
        self.activate = ACTIVATIONS[self.network['activation']]

    # -- layers; arrays are [n, height, width, channels] or [n, features]

    def shifted(self, name, y):
        bias = self.weights.get(name + '.bias')
        return y if bias is None else y + bias

    def dense(self, name, x):
        return self.shifted(name, x @ self.weights[name + '.kernel'])

    def then(self, name, x):
        """Normalisation, where the model has it, and the activation."""
        gain = self.weights.get(name + '.norm.gain')
        if gain is not None:
            w = self.weights
            x = (x - w[name + '.norm.mean']) / np.sqrt(w[name + '.norm.variance'] + 1e-3)
            x = x * gain + w[name + '.norm.bias']
        return self.activate(x)

    def convolve(self, name, x, stride):
        kernel = self.weights[name + '.kernel']  # [side, side, from, to]
        side = kernel.shape[0]
        n, height, width, _ = x.shape
        out_h, out_w = height // stride, width // stride
        before = (max((out_h - 1) * stride + side - height, 0)) // 2
        x = np.pad(x, ((0, 0), (before, side), (before, side), (0, 0)))
        y = np.zeros((n, out_h, out_w, kernel.shape[3]), np.float32)
        for i in range(side):
            for j in range(side):
                y += x[:, i : i + out_h * stride : stride, j : j + out_w * stride : stride] @ kernel[i, j]
        return self.shifted(name, y)

    def widen(self, name, x):
        """The transpose of a convolution of side 4 and stride 2."""
        kernel = self.weights[name + '.kernel']  # [side, side, to, from]
        side = kernel.shape[0]
        n, height, width, _ = x.shape
        y = np.zeros((n, 2 * height + side, 2 * width + side, kernel.shape[2]), np.float32)
        for i in range(side):
            for j in range(side):
                y[:, i : i + 2 * height : 2, j : j + 2 * width : 2] += x @ kernel[i, j].T
        return self.shifted(name, y[:, 1 : 1 + 2 * height, 1 : 1 + 2 * width])

    def blocks(self, name, x):
        index = 0
        while '%s.block%d.first.kernel' % (name, index) in self.weights:
            block = '%s.block%d' % (name, index)
            inner = self.convolve(block + '.first', self.activate(x), 1)
            x = x + self.convolve(block + '.second', self.activate(inner), 1)
            index += 1
        return x

    # -- the decoder

    def decode(self, z):
        """z [n, latent] -> mean pictures [n, height, width, channels] in 0..1"""
        x = np.asarray(z, np.float32)
        x = {'convolutional': self._convolutional, 'residual': self._residual, 'dense': self._dense}[
            self.network['kind']
        ](x)
        if self.recipe['likelihood']['kind'] == 'bernoulli':
            x = sigmoid(x)
        return np.clip(x, 0, 1)

    def _small(self, x):
        halvings = len(self.network['widths'])
        height, width, channels = self.shape
        return x.reshape(len(x), height >> halvings, width >> halvings, -1)

    def _convolutional(self, x):
        if self.network['dense'] > 0:
            x = self.then('decoder.dense', self.dense('decoder.dense', x))
        x = self.then('decoder.spread', self._small(self.dense('decoder.spread', x)))
        for i in reversed(range(len(self.network['widths']))):
            x = self.widen('decoder.up%d' % i, x)
            if i > 0:
                x = self.then('decoder.up%d' % i, x)
        return x

    def _residual(self, x):
        if self.network['dense'] > 0:
            x = self.activate(self.dense('decoder.dense', x))
        x = self._small(self.dense('decoder.spread', x))
        for i in reversed(range(len(self.network['widths']))):
            x = self.activate(self.blocks('decoder.stage%d' % i, x))
            x = self.widen('decoder.up%d' % i, x)
        return x

    def _dense(self, x):
        x = self.dense('decoder.spread', x)
        for i in reversed(range(len(self.network['hidden']))):
            x = self.dense('decoder.dense%d' % i, self.activate(x))
        return x.reshape((len(x),) + self.shape)

    # -- the encoder

    def encode(self, pictures):
        """pictures [n, height, width, channels] in 0..1 -> posterior means [n, latent]"""
        x = np.asarray(pictures, np.float32)
        kind = self.network['kind']
        if kind == 'dense':
            x = x.reshape(len(x), -1)
            for i in range(len(self.network['hidden'])):
                x = self.activate(self.dense('encoder.dense%d' % i, x))
            return self.dense('encoder.mu', x)
        x = 2 * x - 1
        for i in range(len(self.network['widths'])):
            name = 'encoder.down%d' % i
            if kind == 'convolutional':
                x = self.then(name, self.convolve(name, x, 2))
            else:
                x = self.convolve(name, x if i == 0 else self.activate(x), 2)
                x = self.blocks('encoder.stage%d' % i, x)
        if kind == 'residual':
            x = self.activate(x)
        x = x.reshape(len(x), -1)
        if self.network['dense'] > 0:
            x = self.dense('encoder.dense', x)
            x = self.then('encoder.dense', x) if kind == 'convolutional' else self.activate(x)
        return self.dense('encoder.mu', x)


if __name__ == '__main__':
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    model = Model(os.path.dirname(os.path.abspath(__file__)))
    draws = np.random.default_rng(1).standard_normal((count, model.latent))
    pictures = model.decode(draws)
    np.save(sys.argv[2] if len(sys.argv) > 2 else 'pictures.npy', pictures)
    print('%d pictures of %d x %d, %d channels' % pictures.shape)
`

/** The page beside it. */
export function modelReadme(run: RunInfo, shape: PictureShape): string {
  const { recipe } = run
  const size = `${String(shape.width)} x ${String(shape.height)}, ${String(shape.channels)} ${shape.channels === 1 ? 'channel' : 'channels'}`
  return `# ${run.name}

A ${recipe.name} that Varia learned: pictures of ${size}; ${String(recipe.latent)} latents.

| file | what it is |
|---|---|
| \`model.safetensors\` | the weights (their moving average where the recipe keeps one), float32, under dotted names |
| \`recipe.json\` | the recipe, the pictures' shape and framing, the seed and the checkpoint |
| \`varia_model.py\` | reads both and computes encoder and decoder with numpy alone |

\`\`\`
pip install numpy
python varia_model.py 16 pictures.npy
\`\`\`

\`\`\`python
import numpy as np
from varia_model import Model

model = Model('.')
z = np.random.default_rng(1).standard_normal((16, model.latent))
pictures = model.decode(z)        # [16, ${String(shape.height)}, ${String(shape.width)}, ${String(shape.channels)}], 0..1
again = model.encode(pictures)    # posterior means [16, ${String(recipe.latent)}]
\`\`\`

In PyTorch, \`safetensors.torch.load_file('model.safetensors')\` gives the same weights. Arrays are channels last: a dense
kernel is [from, to], a convolution's [height, width, from, to], a transposed convolution's [height, width, to, from]
(permute them to [to, from, height, width] and [from, to, height, width] for \`torch.nn\`). Convolutions of side 4 have
stride 2 and padding 1, those of side 3 stride 1 and padding 1. \`varia_model.py\` shows the order of the layers.

Pictures are sRGB in 0..1${shape.channels === 4 ? ', alpha straight and last' : ''}. ${
    recipe.likelihood.kind === 'bernoulli'
      ? 'The decoder’s output goes through a sigmoid.'
      : 'The decoder’s output is the mean itself, clipped.'
  }
`
}
