"""What scripts/record, scripts/corpus and scripts/mutate share: finding the corpus and running one script of it."""

import os
import pathlib
import re
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["lang", "types", "errors", "memory", "stdlib"]
KNOWN_FAILURES = ROOT / "tests" / "known_failures.txt"
HEAP_EXCEPTIONS = ROOT / "tests" / "heap_exceptions.txt"
# The folders whose scripts are judged by what they print on stderr and by their status too.
WITH_STDERR = {"errors"}


def scripts(filters=()):
    """Every script of the corpus (helper modules lie in subfolders), narrowed to names containing one of `filters`."""
    found = []
    for folder in FOLDERS:
        found += sorted((ROOT / "tests" / folder).glob("*.py"))
    if filters:
        found = [p for p in found if any(f in label(p) for f in filters)]
    return found


def label(path):
    """`lang/closures` for tests/lang/closures.py."""
    return f"{path.parent.name}/{path.stem}"


def no_stress(path):
    """Whether the script says that its output depends on when collections run (`# no-stress: why`)."""
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            if not line.startswith("#"):
                return False
            if line.startswith("# no-stress:"):
                return True
    return False


def environment(**extra):
    env = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    env.update(extra)
    return env


def normalise(stderr, folder):
    """Paths relative to the script's folder, addresses masked."""
    text = stderr.decode("utf-8", "backslashreplace").replace(f"{folder}/", "")
    return re.sub(r"0x[0-9a-fA-F]+", "0xADDR", text).encode()


class Run:
    """The outcome of one run: bytes of stdout and normalised stderr, the status as a shell would show it."""

    def __init__(self, stdout, stderr, status, timed_out=False):
        self.stdout, self.stderr, self.status, self.timed_out = stdout, stderr, status, timed_out

    def observed(self):
        return self.stdout, self.stderr, self.status


def run(command, path, env=None, limit=20, preexec=None):
    """Run `command` on the script at `path` from the script's folder, with an empty stdin."""
    process = subprocess.Popen([*command, path.name], cwd=path.parent, env=env or environment(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=preexec)
    timed_out = False
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        timed_out = True
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    status = process.returncode
    return Run(out, normalise(err, path.parent), 128 - status if status < 0 else status, timed_out)


def expected(path):
    """The recorded outcome, or None where the script was never recorded."""
    out = path.with_suffix(".out")
    if not out.exists():
        return None
    err, status = path.with_suffix(".err"), path.with_suffix(".status")
    return Run(out.read_bytes(), err.read_bytes() if err.exists() else b"",
               int(status.read_text()) if status.exists() else 0)


def known_failures():
    """The names of the scripts that are known to differ from CPython."""
    return listed(KNOWN_FAILURES)


def listed(path):
    """The names in a list, one a line, without what stands behind a colon."""
    if not path.exists():
        return set()
    lines = (line.strip() for line in path.read_text().splitlines())
    return {line.split(":")[0] for line in lines if line and not line.startswith("#")}
