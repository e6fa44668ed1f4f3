"""unpack-wheel.py WHEEL FOLDER: TensorFlow's C libraries to FOLDER/lib, the headers its C interface needs to FOLDER/include.

Every file is checked against the SHA-256 in the wheel's own record.
"""

import base64
import csv
import hashlib
import io
import os
import re
import sys
import zipfile

LIBRARY = re.compile(r"^tensorflow/(libtensorflow_(?:cc|framework)\.(?:so\.2|2\.dylib))$")
HEADER = re.compile(r"^tensorflow/include/((?:tensorflow/c|tensorflow/core/platform|tsl|xla)/.*\.h)$")


def place(name):
    library = LIBRARY.match(name)
    if library:
        return os.path.join("lib", library.group(1))
    header = HEADER.match(name)
    return os.path.join("include", *header.group(1).split("/")) if header else None


def main(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        record = next(name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        rows = csv.reader(io.StringIO(archive.read(record).decode()))
        hashes = {row[0]: row[1] for row in rows if len(row) > 1}
        libraries = 0
        for name in archive.namelist():
            target = place(name)
            if target is None:
                continue
            path = os.path.join(folder, target)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            digest = hashlib.sha256()
            with archive.open(name) as source, open(path, "wb") as sink:
                while block := source.read(1 << 20):
                    digest.update(block)
                    sink.write(block)
            want = "sha256=" + base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()
            if hashes.get(name) != want:
                raise SystemExit(f"{name} in {wheel} is damaged")
            libraries += target.startswith("lib")
        if libraries != 2:
            raise SystemExit(f"{wheel} holds {libraries} of TensorFlow's two libraries")


main(*sys.argv[1:])
