"""The command `python -m unittest`."""

import sys

if sys.argv[0].endswith("__main__.py"):
    # Shown in usage messages.
    sys.argv[0] = sys.executable.rpartition("/")[2] + " -m unittest"

__unittest = True

from .main import main

main(module=None)
