# no-stress: what refers to a local in a cycle keeps it until a collection
# What a thread's locals hold goes before anybody who waits for the thread goes on, at the program's end too.
import atexit
import threading
import time


class Value:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


local = threading.local()
local.value = Value("the main thread's")


def work(name, pause):
    local.value = Value(name)
    time.sleep(pause)
    print("done:", name)


for round_ in range(3):
    thread = threading.Thread(target=work, args=(f"of round {round_}", 0))
    thread.start()
    thread.join()
    print("joined", round_)

threading.Thread(target=work, args=("of the last", 0.05)).start()
atexit.register(print, "at exit", threading.active_count())
held = Value("global")
print("end")
