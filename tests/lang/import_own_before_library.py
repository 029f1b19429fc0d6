# The folders of sys.path lie before the library: a program's own module is found instead.
import importlib.util
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for name in ("secrets", "queue", "os", "getopt"):
        with open(os.path.join(folder, name + ".py"), "w") as file:
            file.write(f"whose = 'own {name}'\n")
    os.mkdir(os.path.join(folder, "graphlib"))
    with open(os.path.join(folder, "graphlib", "__init__.py"), "w") as file:
        file.write("whose = 'own package'\n")
    with open(os.path.join(folder, "graphlib", "sub.py"), "w") as file:
        file.write("whose = 'own part'\n")
    # A package with parts that the library's has too, and without one that it has.
    os.mkdir(os.path.join(folder, "json"))
    for part in ("__init__", "decoder"):
        with open(os.path.join(folder, "json", part + ".py"), "w") as file:
            file.write(f"whose = 'own {part}'\n")
    sys.path.insert(0, folder)

    import secrets
    import graphlib.sub
    import getopt
    from queue import whose

    print(secrets.whose, graphlib.whose, graphlib.sub.whose, getopt.whose, whose)
    print(os.path.dirname(secrets.__file__) == folder, secrets.__spec__.origin == secrets.__file__)

    import json.decoder

    print(json.whose, json.decoder.whose)
    try:
        import json.encoder
    except ModuleNotFoundError as error:
        print(error)

    # What was loaded or frozen before is not looked for on the path.
    del sys.modules["os"]
    import os

    print(hasattr(os, "whose"))
    print(importlib.util.find_spec("getopt").origin == getopt.__file__, importlib.reload(getopt) is getopt, getopt.whose)

    for name in ("secrets", "queue"):
        del sys.modules[name]
    sys.path.remove(folder)
    import queue

    print(hasattr(queue, "whose"), queue.Queue.__name__)

    # What is appended lies behind the library.
    sys.path.append(folder)
    del sys.modules["queue"]
    import queue

    print(hasattr(queue, "whose"), os.path.dirname(importlib.util.find_spec("queue").origin) == folder)
