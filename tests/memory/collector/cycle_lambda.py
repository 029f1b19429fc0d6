"""An instance with a lambda that captures it."""
import gc

gc.collect()
gc.freeze()

class Task:
    pass

def make():
    task = Task()
    task.run = lambda: task

make()
print(gc.collect())
