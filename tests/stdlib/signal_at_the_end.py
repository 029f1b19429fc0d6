# As the interpreter ends, signals do again what the system does by itself.
import os
import signal
import subprocess
import sys

program = """
import _thread, os, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: print("handled", flush=True))
os.kill(os.getpid(), signal.SIGUSR1)
class Last:
    def __del__(self):
        print("last", flush=True)
        %s
last = Last()
"""
for action in ("os.kill(os.getpid(), signal.SIGUSR1)", "os.kill(os.getpid(), signal.SIGINT)", "_thread.interrupt_main()"):
    done = subprocess.run([sys.executable, "-c", program % action], capture_output=True, text=True)
    print(done.returncode, done.stdout.split(), done.stderr.splitlines()[-1:])
