"""What -m says about names that cannot be run."""

import subprocess
import sys

NAMES = [".unittest", "asyncio.py", "builtins", "builtins.x", "sys.imp", "unittest.x.y", "no_such_module",
         "no_such_package.module", "importlib", "json.no_such", "re.__main__"]
for name in NAMES:
    done = subprocess.run([sys.executable, "-I", "-m", name, "argument"], capture_output=True, text=True)
    print(name, done.returncode, done.stdout, done.stderr.replace(sys.executable, "PYTHON"), sep="\n  ", end="")
