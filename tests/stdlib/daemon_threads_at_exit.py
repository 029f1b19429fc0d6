# Threads that want to run while the interpreter ends do not keep its last steps from being done.
import threading


# The threads run code with globals of its own: what this module holds goes while they still want
# to run.
elsewhere = {}
exec("def spin():\n    while True:\n        pass", elsewhere)
for _ in range(3):
    threading.Thread(target=elsewhere["spin"], daemon=True).start()


class Slow:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        # Longer than the interval after which waiting threads ask for the lock.
        total = 0
        for number in range(2_000_000):
            total += number
        print("gone", self.name, total)


first, second = Slow("first"), Slow("second")
print("end of the script")
