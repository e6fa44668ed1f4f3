"""UMAP in Python, the peer of the neighbour map. argv: count, dimension. Prints {version, seconds} of one seeded layout in 3-D."""

import json
import sys
import time

import numpy as np
import umap

count, dimension = int(sys.argv[1]), int(sys.argv[2])
random = np.random.default_rng(1)
centres = random.normal(size=(20, dimension)) * 2


def blobs(n):
    return (centres[np.arange(n) % 20] + random.normal(size=(n, dimension))).astype(np.float32)


def lay_out(data):
    return umap.UMAP(n_components=3, n_neighbors=15, min_dist=0.1, random_state=1, n_jobs=1).fit_transform(data)


# Numba compiles on first use; a user pays that once a session, so it is left out.
lay_out(blobs(500))
data = blobs(count)
begun = time.perf_counter()
lay_out(data)
print(json.dumps({"version": umap.__version__, "seconds": time.perf_counter() - begun}))
