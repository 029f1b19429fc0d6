# faulthandler: dumps on demand, on signals, after a while, and at the end of a process that dies.
import faulthandler
import os
import re
import signal
import sys
import tempfile
import time


def tried(function, *args, **kwargs):
    try:
        print(function.__name__, repr(function(*args, **kwargs)))
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)


def shown(file):
    file.seek(0)
    text = file.read().decode()
    file.seek(0)
    file.truncate()
    text = re.sub("0x[0-9a-f]+", "0x...", text)
    print(text.replace(__file__, "FILE"), end="--\n")


def inner(action):
    action()


with tempfile.TemporaryFile() as file:
    print(faulthandler.is_enabled(), faulthandler.enable(file), faulthandler.is_enabled())
    inner(lambda: faulthandler.dump_traceback(file))
    shown(file)
    inner(lambda: faulthandler.dump_traceback(file.fileno(), all_threads=False))
    shown(file)
    faulthandler.register(signal.SIGUSR1, file, all_threads=False)
    inner(lambda: os.kill(os.getpid(), signal.SIGUSR1))
    shown(file)
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))
    faulthandler.dump_traceback_later(0.05, file=file)
    time.sleep(0.5)
    shown(file)
    faulthandler.dump_traceback_later(60, file=file)
    faulthandler.cancel_dump_traceback_later()
    shown(file)
    for death in faulthandler._sigsegv, faulthandler._sigabrt, faulthandler._sigfpe:
        sys.stdout.flush()
        pid = os.fork()
        if not pid:
            death()
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        shown(file)
    print(faulthandler.disable(), faulthandler.disable(), faulthandler.is_enabled())
tried(faulthandler.dump_traceback, -1)
tried(faulthandler.register, signal.SIGSEGV)
tried(faulthandler.register, 100)
tried(faulthandler.dump_traceback_later, 0)
tried(faulthandler.dump_traceback_later, -1)
saved, sys.stderr = sys.stderr, None
tried(faulthandler.enable)
sys.stderr = saved
