# Hashes of strings and bytes are CPython's where the seed is fixed.
import os
import subprocess
import sys

SHOWN = "print(hash('abc'), hash('é'), hash('€uro'), hash(b'hello world 12345'), hash(''), hash(b'abc'))"
for seed in 0, 1, 42, 4294967295:
    environment = dict(os.environ, PYTHONHASHSEED=str(seed))
    print(seed, subprocess.run([sys.executable, "-c", SHOWN], env=environment, capture_output=True).stdout)
print(sys.hash_info)
