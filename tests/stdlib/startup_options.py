"""-X importtime and -X no_debug_ranges, warnings that are errors or about a file, and inspect's command."""
import os
import re
import subprocess
import sys
import tempfile


def run(*args, **env):
    found = subprocess.run([sys.executable, *args], capture_output=True, text=True,
                           env={**os.environ, **env}, cwd=folder)
    return found.stdout, found.stderr.replace(folder, "FOLDER")


with tempfile.TemporaryDirectory() as folder:
    def write(name, text):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)

    write("outer_part.py", "import inner_part\nimport second_part\n")
    write("inner_part.py", "")
    write("second_part.py", "")
    write("fails.py", "def f(a):\n    return a + 1 / 0\n\nf(1)\n")
    for how in (("-X", "importtime"), ()):
        env = {} if how else {"PYTHONPROFILEIMPORTTIME": "1"}
        _, err = run(*how, "-c", "import outer_part", **env)
        lines = [re.sub(r"\d+", "N", line) for line in err.splitlines()]
        print(lines[0])
        for line in lines:
            if "_part" in line:
                print(re.sub(r" +N", " N", line))
    for env in {}, {"PYTHONNODEBUGRANGES": "1"}:
        print(run("fails.py", **env)[1])
    print(run("-X", "no_debug_ranges", "fails.py")[1])
    print(run("-X", "no_debug_ranges", "-c", "def f(): return g(1)\nprint(set(p[2:] for p in f.__code__.co_positions()))"))
    write("leaves.py", "def f():\n    g = open(__file__, encoding=\"ascii\")\n    g = None\nf()\n")
    print(run("-W", "always", "leaves.py")[1])
    print(run("-W", "always", "-X", "tracemalloc=1", "leaves.py")[1])
    write("warns.py", "import warnings\n\ndef f():\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\n\nf()\nf()\n")
    print(run("warns.py")[1])
    print(run("-W", "error", "warns.py")[1])
    write("shown.py", "import os\n\ndef f(): return (lambda: 1)\n\nclass C:\n    x = 3\n")
    print(run("-m", "inspect", "shown:C"))
    print(run("-m", "inspect", "shown"))
    print(run("-m", "inspect", "sys"))
    print(run("-m", "inspect", "nowhere"))

import warnings
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn("one")
    file = open(__file__)
    name = file.name
    del file
print([(w.category.__name__, str(w.message)[:13], w.source is not None) for w in log])
print(warnings.warn.__module__, type(warnings.warn).__name__)
for filters in (["once"], ["module"], ["default"], ["ignore"], ["error"]):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(*filters)
        try:
            for _ in range(2):
                warnings.warn("again", UserWarning)
        except UserWarning as error:
            print(repr(error))
    print(filters, len(log))
