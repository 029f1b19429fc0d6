# The folders of sys.path lie before the library: a program's own module is found instead.
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for name in ("colorsys", "queue", "os", "wave"):
        with open(os.path.join(folder, name + ".py"), "w") as file:
            file.write(f"whose = 'own {name}'\n")
    os.mkdir(os.path.join(folder, "graphlib"))
    with open(os.path.join(folder, "graphlib", "__init__.py"), "w") as file:
        file.write("whose = 'own package'\n")
    with open(os.path.join(folder, "graphlib", "sub.py"), "w") as file:
        file.write("whose = 'own part'\n")
    sys.path.insert(0, folder)

    import colorsys
    import graphlib.sub
    import wave
    from queue import whose

    print(colorsys.whose, graphlib.whose, graphlib.sub.whose, wave.whose, whose)
    print(os.path.dirname(colorsys.__file__) == folder, colorsys.__spec__.origin == colorsys.__file__)

    # What was loaded or frozen before is not looked for on the path.
    del sys.modules["os"]
    import os

    print(hasattr(os, "whose"))

    for name in ("colorsys", "queue"):
        del sys.modules[name]
    sys.path.remove(folder)
    import queue

    print(hasattr(queue, "whose"), queue.Queue.__name__)
