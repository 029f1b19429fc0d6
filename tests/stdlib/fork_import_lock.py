# A fork waits for the import lock, which another thread may hold.
import _imp
import os
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")
started = threading.Event()


def importer():
    _imp.acquire_lock()
    sys.modules["of_thread"] = "in part"
    started.set()
    time.sleep(0.05)
    sys.modules["of_thread"] = "complete"
    _imp.release_lock()


thread = threading.Thread(target=importer)
thread.start()
started.wait()
print(_imp.lock_held())
pid = os.fork()
if not pid:
    os._exit(42 if sys.modules["of_thread"] == "complete" and not _imp.lock_held() else 1)
thread.join()
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), _imp.lock_held())
_imp.acquire_lock()
_imp.acquire_lock()
_imp.release_lock()
print(_imp.lock_held())
_imp.release_lock()
try:
    _imp.release_lock()
except RuntimeError as error:
    print(error)
