# How a weak reference names its object: by its class's __name__, never asking the instance.
import sys
import weakref


class Asking:
    def __getattr__(self, name):
        raise KeyError(name)


class Named:
    __name__ = "of the class"


def function():
    pass


def shown(reference):
    return repr(reference).replace(hex(id(reference)), "A").replace(hex(id(reference())), "B")


asking, named = Asking(), Named()
named.__dict__["__name__"] = "of the instance"
for thing in asking, named, function, Named:
    print(shown(weakref.ref(thing)))

# A hook that is None is the default one.
import io


class Dying:
    def __del__(self):
        raise ValueError("dying")


sys.unraisablehook = None
stderr, sys.stderr = sys.stderr, io.StringIO()
Dying()
text, sys.stderr = sys.stderr.getvalue(), stderr
print(text.startswith("Exception ignored in: <function Dying.__del__ at"), text.splitlines()[-1])
empty = 0
print((b"x" * empty) is bytes(), b"x" * empty == bytes())
