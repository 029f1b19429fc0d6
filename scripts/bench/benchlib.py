"""What the runners of scripts/bench share: which CPythons there are, and means."""

import glob
import math
import os
import subprocess


def cpythons():
    """Every CPython from 3.11 on that pyenv or the system has, by version."""
    found = {}
    root = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    for path in [*glob.glob(f"{root}/versions/3.1[1-9]*/bin/python3"), *glob.glob("/usr/bin/python3.1[1-9]")]:
        asked = subprocess.run([path, "-c", "import sys; print(sys.implementation.name, sys.version.split()[0])"],
                               capture_output=True, text=True).stdout.split()
        if len(asked) == 2 and asked[0] == "cpython":
            found.setdefault(asked[1], path)
    return dict(sorted(found.items(), key=lambda item: [int(n) for n in item[0].split(".")[:2]]))


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else float("nan")
