# The __dict__ of a SimpleNamespace is a member that cannot be replaced.
import types


class Derived(types.SimpleNamespace):
    pass


def attempt(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


for namespace in types.SimpleNamespace(a=1), Derived(a=2):
    print(namespace.__dict__, type(namespace).__name__)
    attempt(lambda: setattr(namespace, "__dict__", {}))
    attempt(lambda: delattr(namespace, "__dict__"))
    namespace.__dict__["b"] = 3
    print(namespace)
print(types.SimpleNamespace.__dict__["__dict__"], "__dict__" in Derived.__dict__)
